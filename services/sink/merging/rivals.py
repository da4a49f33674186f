"""What pairs of reports say of groups of them: nothing where a rival is likelier, and no one pair outvotes many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.sink.merging.grouping import Pair
from services.sink.merging.knowledge import knowledge
from services.sink.merging.signature import Signature


def without_rivals(likenesses: Mapping[Pair, int], signatures: Sequence[Signature]) -> dict[Pair, int]:
    """The likenesses of pairs of `signatures`, with nothing left of those that a rival outdoes.

    "Two policemen were shot, a day after a bombing at the station killed 21" is told in the words of the station; but
    of its two incidents the bombing is that of a report on the station, not the shooting that the article is mainly
    about. It is a rival only where the numbers of dead or hurt differ: else both may be one deed, told in two pieces.
    """
    best: dict[tuple[int, str], int] = {}
    for (one, other), value in likenesses.items():
        for mine, theirs in ((one, signatures[other].article), (other, signatures[one].article)):
            best[mine, theirs] = max(best.get((mine, theirs), 0), value)

    def is_outdone(mine: int, main: int, value: int) -> bool:
        theirs = signatures[main]
        return theirs.main and best[mine, theirs.article] - value >= knowledge().rival

    return {
        (one, other): 0
        if value > 0
        and _count_others(signatures[one], signatures[other])
        and (is_outdone(one, other, value) or is_outdone(other, one, value))
        else value
        for (one, other), value in likenesses.items()
    }


def outweighable(likenesses: Mapping[Pair, int], signatures: Sequence[Signature]) -> dict[Pair, int]:
    """The likenesses, with a contradiction of facts as something that many other pairs can outweigh.

    One report of sixteen whose place was misread contradicts some of the others, which must not keep all apart that
    agree. Two reports of one article, or of another status, are two whatever joins others.
    """
    least = -knowledge().contradiction
    return {
        (one, other): least
        if value < least
        and signatures[one].article != signatures[other].article
        and signatures[one].status == signatures[other].status
        else value
        for (one, other), value in likenesses.items()
    }


def _count_others(one: Signature, other: Signature) -> bool:
    """True where both count dead or hurt, and other numbers of them."""
    counts = ((one.killed, other.killed), (one.injured, other.injured))
    return any(mine and theirs and mine != theirs for mine, theirs in counts)
