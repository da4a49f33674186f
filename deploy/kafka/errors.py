"""What can go wrong with a local Apache Kafka, each told in a sentence that says what to do."""


class BrokerError(Exception):
    """A broker could not be started, reached or stopped; the message tells the user what to do."""


class SetupError(BrokerError):
    """What a broker needs (its jars, a Java) cannot be had on this machine as it is."""
