"""From parsed sentences to events: mentions, roles, modality, dates, places, tolls, merging, rank."""
