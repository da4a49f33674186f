"""The sink's store: what it was told, what it made of it, and what it still has to say."""
