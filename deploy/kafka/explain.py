"""Why a node did not start, in a sentence that says what to do: from what Java and Kafka told."""

from pathlib import Path

TAIL = 20  # lines
# What Java and Kafka say, and what their user is to do; the first that is found counts.
_CAUSES = (
    ("Address already in use", "A port that Kafka needs is in use: stop what listens there, or choose another port."),
    ("No space left on device", "The disk is full: make room for Kafka's data, or choose another folder."),
    ("Disk quota exceeded", "Your disk quota is used up: make room for Kafka's data, or choose another folder."),
    ("Could not reserve enough space", "There is too little memory for Kafka: close other programs."),
    (
        "There is insufficient memory for the Java Runtime",
        "There is too little memory for Kafka: close other programs.",
    ),
    ("Invalid maximum heap size", "Java does not take that heap size: give one such as 384m."),
    ("Invalid cluster.id", "The folder holds the data of another cluster: choose another folder."),
)


def explain(told: str, log: Path | None) -> str:
    """A sentence for a known cause, else the last lines of what was told; with the log's path, if it stays."""
    where = f" (log: {log})" if log else ""
    for sign, sentence in _CAUSES:
        if sign in told:
            return sentence + where
    lines = [line for line in told.strip().splitlines() if not line.startswith("\tat ")][-TAIL:]
    return "\n  ".join([f"Apache Kafka did not start; its last words{where}:", *(lines or ["nothing at all"])])
