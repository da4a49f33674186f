"""One word for deeds in several towns, each with its target and toll: "bombed a house in Gao and a car in Kidal"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.view import View
    from services.extractor.coding.events.where import Located
    from services.extractor.coding.places.model import PlaceMention

_IN = r"(?:in|at|near|outside|inside)"
# Between two of the places: "… Gao on Monday, killing two, and two shops in Menaka".
_GAP = re.compile(
    r"(?:,? on \w+day)?(?:,? (?:killing|wounding|injuring) [^,]{3,60})?(?P<cut>,? and,? |,? as well as |, )"
    rf"(?:(?P<what>(?:[\w'-]+ ){{1,5}}){_IN} |{_IN} )?(?:the )?(?:[a-z]+ )?"
    r"(?:(?:town|city|village|district|area|suburb|province|neighbou?rhood) of )?"
)
_COUNTED = re.compile(r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|another|others?)\b")
_BETWEEN = re.compile(r"\bbetween\b[^.;]*$")
_FINE = frozenset(("town", "admin2", "unknown"))
_WIDE = frozenset(("admin1", "region"))
_FEW = 6


def parts(draft: Draft) -> list[Draft]:
    """The draft, or what each of its places saw; the first part keeps what other sentences tell."""
    if draft.domain != "violence" or not draft.places or not 1 < len(draft.places[0].view.places) <= _FEW:
        return [draft]
    view = draft.places[0].view
    run, cuts, counted = _run(view, draft.places[0].mention)
    if len(run) == 1 or not _shared_out(draft, view, run, cuts, counted=counted):
        return [draft]
    return [
        _part(draft, view, place, span, number)
        for number, (place, span) in enumerate(zip(run, _spans(cuts), strict=True))
    ]


def _run(view: View, first: PlaceMention) -> tuple[list[PlaceMention], list[int], bool]:
    """The places told beside one another, `first` among them; where each but the first begins; "three in Goma"."""
    runs: list[tuple[list[PlaceMention], list[int], bool]] = [([view.places[0]], [], False)]
    for left, right in pairwise(view.places):
        gap = _GAP.fullmatch(view.sentence.text, left.end, right.start)
        if gap is not None and _beside(view, left, right, gap):
            places, cuts, counted = runs[-1]
            counts = gap["what"] is not None and _COUNTED.match(gap["what"]) is not None
            runs[-1] = ([*places, right], [*cuts, gap.start("cut")], counted or counts)
        else:
            runs.append(([right], [], False))
    return next((run for run in runs if first in run[0]), ([first], [], False))


def _beside(view: View, left: PlaceMention, right: PlaceMention, gap: re.Match[str]) -> bool:
    linked = left.start in right.qualifiers or right.start in left.qualifiers
    if linked or not (_is_town(left) and _is_town(right)) or left.candidates[0].name == right.candidates[0].name:
        return False
    if _BETWEEN.search(view.sentence.text, 0, left.start) or (gap["what"] is None and gap["cut"] == ", "):
        return False
    start, end = gap.end("cut"), right.start
    verbs = any(t.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for t in view.doc if start <= t.idx < end)
    return not verbs and not any(start <= t.start < end for t in view.triggers)


def _is_town(place: PlaceMention) -> bool:
    return place.hint not in _WIDE and any(c.kind in _FINE for c in place.candidates)


def _shared_out(draft: Draft, view: View, run: list[PlaceMention], cuts: list[int], *, counted: bool) -> bool:
    """True where it is plain which place each toll belongs to."""
    if not draft.tolls:
        return True
    told = [toll.start for v, toll in draft.tolls if v is view]
    if len(told) < len(draft.tolls):
        return False
    if all(any(start <= at < end for at in told) for start, end in _spans(cuts)):
        return True
    return counted and all(at < run[0].start for at in told)  # "killed five in Beni and three in Bunia"


def _spans(cuts: list[int]) -> list[tuple[float, float]]:
    return list(pairwise((0.0, *cuts, float("inf"))))


def _part(draft: Draft, view: View, place: PlaceMention, span: tuple[float, float], number: int) -> Draft:
    start, end = span

    def here(at: int) -> bool:
        return start <= at < end

    mine = next((p for p in draft.places if p.mention is place), None)
    located = mine or replace(draft.places[0], view=view, mention=place)
    others = [p for p in draft.places if p is not mine and (p.view is not view or here(p.mention.start))]
    return replace(
        draft,
        mentions=draft.mentions if not number else [m for m in draft.mentions if m.view is view],
        places=[located, *(others if not number else _inner(others, view))],
        tolls=[(v, t) for v, t in draft.tolls if v is view and here(t.start)],
        patients=[p for p in draft.patients if p.sentence is not view.sentence or here(p.start)],
        things=[p for p in draft.things if p.sentence is not view.sentence or here(p.start)],
    )


def _inner(places: list[Located], view: View) -> list[Located]:
    return [p for p in places if p.view is view]
