"""The one door: users, sessions and roles; the status of every dossier; every web page; the way to the services."""
