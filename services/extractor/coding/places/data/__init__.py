"""Data of the gazetteer: see README.md here."""
