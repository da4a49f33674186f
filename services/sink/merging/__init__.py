"""Which reports tell of one incident, and what they add up to: a pure library that knows no Kafka and no database."""
