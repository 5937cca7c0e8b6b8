"""Scoring: an extraction becomes a pre-filled score sheet; a council's sealed ballots become stars."""
