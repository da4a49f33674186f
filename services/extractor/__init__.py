"""Articles to structured conflict events."""
