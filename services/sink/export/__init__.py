"""The store's incidents as files that others load: CSV, Parquet, GeoJSON, and the columns of ACLED and of UCDP."""
