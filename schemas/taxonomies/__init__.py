"""The taxonomies of ACLED, CAMEO and PLOVER as data files, each with its loader, and the way from one to another."""
