"""B-cubed: of what was put together with a report, how much belongs to it; of what belongs to it, how much was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Mentions:
    """Sums over the reports of incidents, to be added up over cases.

    A report that only the answer has counts nought for precision, one that only the case has counts nought for recall.
    """

    found: int
    precise: float
    stated: int
    recalled: float

    @property
    def precision(self) -> float:
        """Mean share of an answer's group that belongs there; 1 where there is no answer."""
        return self.precise / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Mean share of a stated group that was found together; 1 where nothing is stated."""
        return self.recalled / self.stated if self.stated else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(mentions: Sequence[tuple[int | None, int | None]]) -> Mentions:
    """Score reports, each with the number of its stated and of its found incident; None where it has none."""
    stated = [w for w, _ in mentions if w is not None]
    found = [f for _, f in mentions if f is not None]
    whole = [(w, f) for w, f in mentions if w is not None and f is not None]
    return Mentions(
        found=len(found),
        precise=sum(whole.count((w, f)) / found.count(f) for w, f in whole),
        stated=len(stated),
        recalled=sum(whole.count((w, f)) / stated.count(w) for w, f in whole),
    )


def total(parts: Iterable[Mentions]) -> Mentions:
    """The sums over cases."""
    some = list(parts)
    return Mentions(
        found=sum(part.found for part in some),
        precise=sum(part.precise for part in some),
        stated=sum(part.stated for part in some),
        recalled=sum(part.recalled for part in some),
    )
