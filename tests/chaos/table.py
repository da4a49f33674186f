"""What a run tells people: the faults by kind, what they cost, and what does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.chaos.plan import KINDS

_TOLD = 8
"""How many differences of a check are told."""


@dataclass(frozen=True)
class Struck:
    """A fault that was."""

    kind: str
    what: str
    in_flight: int
    stall: float
    """Longest time without an alert, in seconds."""


@dataclass
class Result:
    """A run."""

    faults: list[Struck] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    """What was counted, by what it is called."""
    fell: list[str] = field(default_factory=list)
    """Services that ended by themselves."""
    wrong: dict[str, list[str]] = field(default_factory=dict)
    """The sentences of each check."""

    @property
    def holds(self) -> bool:
        """Whether all promises were kept."""
        return not any(self.wrong.values())


def table(result: Result) -> Iterator[str]:
    """Its lines."""
    yield f"{'fault':<18} {'times':>5} {'in flight':>10} {'longest stall':>14}"
    for kind in KINDS:
        some = [fault for fault in result.faults if fault.kind == kind]
        if some:
            least, stall = min(f.in_flight for f in some), max(f.stall for f in some)
            yield f"{kind:<18} {len(some):>5} {f'{least} or more':>10} {stall:>12.1f} s"
    yield ""
    yield from (f"{name:<44} {number:>8,}" for name, number in result.numbers.items())
    yield from _fallen(result.fell)
    yield ""
    yield from _verdict(result.wrong)


def _fallen(fell: Sequence[str]) -> Iterator[str]:
    yield f"{'services that ended by themselves':<44} {len(fell):>8,}"
    yield from (f"    {told[:160]}" for told in fell[:_TOLD])


def _verdict(wrong: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name, sentences in wrong.items():
        yield f"{name}: {'holds' if not sentences else f'{len(sentences)} differences'}"
        yield from (f"    {sentence}" for sentence in sentences[:_TOLD])
        if len(sentences) > _TOLD:
            yield f"    and {len(sentences) - _TOLD} more"
