"""The coder: an article's text to conflict events, a pure library that knows no Kafka."""
