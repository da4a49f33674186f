"""Which reports a coming one is compared with: those that it meets in cells, as far as these can be looked through."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.orm import Session

from services.sink.store import reports
from services.sink.store.kept import Kept


def near_in_store(session: Session, coming: Sequence[Kept]) -> dict[int, set[int]]:
    """By the numbers of coming reports, those of the store that they are compared with."""
    windows = {one.number: reports.windows(one.signature, one.cells) for one in coming}
    found = reports.in_windows(session, (window for many in windows.values() for window in many.values()))
    return {
        one.number: near_in(one, {cell: found.get(window, ()) for cell, window in windows[one.number].items()})
        for one in coming
    }


def near_in(one: Kept, in_cells: Mapping[int, Sequence[int]]) -> set[int]:
    """The reports that may meet one, as far as the cells tell: of a full one they do not tell all that are in it."""
    near: set[int] = set()
    once: set[int] = set()
    full = False
    for cell in one.cells:
        numbers = in_cells.get(cell, ())
        full = full or len(numbers) >= reports.MOST_IN_CELL
        if cell in one.strong:
            near.update(numbers)
        else:
            near.update(once.intersection(numbers))
            once.update(numbers)
    if full:
        near.update(*(numbers for cell in one.cells if len(numbers := in_cells.get(cell, ())) < reports.MOST_IN_CELL))
    near.discard(one.number)
    return near


def alike(one: Kept, near: Collection[int], among_these: Mapping[int, Kept]) -> list[int]:
    """Of the reports that are near one, those that are like it."""
    return one.like(among_these[number] for number in sorted(near) if number in among_these)
