"""How the database of the site changes from version to version; Django writes and reads these."""
