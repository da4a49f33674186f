"""What all three services need: settings, Kafka, metrics, logging, tracing, health."""
