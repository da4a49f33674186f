"""Apache Kafka on this machine, from packages alone."""
