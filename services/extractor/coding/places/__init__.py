"""Finds names of places in English news and says which places they are: see README.md in data/."""
