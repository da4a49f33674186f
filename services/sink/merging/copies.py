"""Articles that print one text: the first of them stands for all, so that a thousand copies are compared as one.

Which article stands for which is a function of the set of articles: each is a copy of the earliest article before it
that stands for itself and is printed by it, whatever order they came in.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import TypeVar

import numpy as np

from services.sink.merging.knowledge import knowledge
from services.sink.merging.likeness import are_copies
from services.sink.merging.report import ArticleReport
from services.sink.merging.signature import Signature

T = TypeVar("T")
Fingerprint = tuple[int, ...]


def story(reports: Sequence[ArticleReport], told: Sequence[Signature]) -> int | None:
    """What an article, given its reports by rank, shares with those that tell the same facts by the same ranks.

    A number of 64 bits, signed. None for an article that is nobody's copy: of no incident, too short to compare, or
    with two reports of one rank.
    """
    ranks = [report.event.rank for report in reports]
    if not told or not told[0].fingerprint or len(set(ranks)) < len(ranks):
        return None
    facts = repr([(rank, _facts(one)) for rank, one in zip(ranks, told, strict=True)])
    return int.from_bytes(blake2b(facts.encode(), digest_size=8).digest(), "big", signed=True)


def prints(original: Fingerprint, copy: Fingerprint, likenesses: Iterable[int]) -> bool:
    """True where an article of the same story has the earlier one's text, and each report is like its own there."""
    return are_copies(original, copy) and all(value >= knowledge().enough for value in likenesses)


def originals(ordered: Iterable[T], is_copy: Callable[[T, T], bool], known: Container[T] = ()) -> dict[T, T | None]:
    """For each article of one story, given in order, the one that it is a copy of; None for those that stand alone.

    Those that are `known` to stand alone are compared with none before them.
    """
    found: dict[T, T | None] = {}
    alone: list[T] = []
    for article in ordered:
        found[article] = None if article in known else next((one for one in alone if is_copy(one, article)), None)
        if found[article] is None:
            alone.append(article)
    return found


def copies(texts: Sequence[Fingerprint]) -> Iterator[tuple[int, int]]:
    """Pairs of different fingerprints of one length, by their numbers, that tie all that are copies to one another."""
    codes: dict[int, int] = {}
    table = np.array([[codes.setdefault(value, len(codes)) for value in text] for text in texts])
    part = np.arange(len(texts))
    for number in range(1, len(texts)):
        same = (table[:number] == table[number]).sum(axis=1) >= knowledge().copies.share * table.shape[1]
        for other in np.unique(part[:number][same]).tolist():
            yield other, number
            part[part == part[number]] = part[other]


def _facts(one: Signature) -> tuple[object, ...]:
    """All of a signature but the article, when it came, and its words."""
    where = one.where
    return (
        one.main,
        one.status,
        (one.first, one.last, one.timeless, one.dated, one.told, one.since, one.spoken, one.firm, sorted(one.parts)),
        where and (where.country, where.region, where.town, where.sure, where.known, sorted(where.words)),
        (one.kind, one.means, one.killed),
        (sorted(one.doers), sorted(one.sufferers), sorted(one.people)),
    )
