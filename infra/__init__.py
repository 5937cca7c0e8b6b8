"""What the services share: a language (events, errors) and plumbing (bus, objects, database, delivery)."""
