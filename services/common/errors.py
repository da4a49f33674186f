"""The three ways in which a piece of work can fail: try again later, refuse it for good, or stop the service."""

from __future__ import annotations


class TocsinError(Exception):
    """What all named errors share, so that a command line can tell them from bugs."""


class Rejected(TocsinError):  # noqa: N818  named for what becomes of the work
    """It could not be done now, by no fault of the input: keep it, and try again in `retry_after` seconds."""

    def __init__(self, message: str, retry_after: float = 5.0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Invalid(TocsinError):  # noqa: N818  named for what becomes of the work
    """The input is at fault and will be so every time: put it on the dead-letter topic, and go on.

    `reason` is one short word of a closed list (it is a metric label); `detail` is a sentence that tells
    the sender what to mend.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type[Invalid], tuple[str, str]]:
        # Exceptions pickle by their args, which here are not those of __init__; errors come back from a process pool.
        return type(self), (self.reason, self.detail)


class Fatal(TocsinError):  # noqa: N818  named for what becomes of the work
    """Nothing can go on, such as with a wrong setting: stop loudly, with a sentence that says what to do."""
