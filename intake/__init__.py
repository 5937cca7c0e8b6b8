"""Intake: takes in scans, keeps the originals, and says which dossier they make up."""
