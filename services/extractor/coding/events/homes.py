"""Which division a name that is not in the data lies in, by what the article tells of it elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from services.extractor.coding.places.model import Candidate, PlaceMention
    from services.extractor.coding.places.resolve import Divisions

# So many places of one division, and none of another, make an article one of that division.
_LOCAL = 2


class Homes:
    """The outer places of an article's names, and the one division that it tells of."""

    def __init__(
        self, context: Sequence[PlaceMention], sure: Divisions, resolve: Callable[[PlaceMention], Candidate | None]
    ) -> None:
        self._sure = sure
        self._outer: dict[str, Candidate] = {}
        by_start = {m.start: m for m in context}
        for mention in context:
            here = resolve(mention) if mention.qualifiers else None
            if here is None or here.kind != "unknown":
                continue
            for start in mention.qualifiers:
                outer = resolve(by_start[start]) if start in by_start else None
                if outer is not None and outer.admin1 is not None and outer.country is not None:
                    self._outer.setdefault(_key(here.name), outer)

    def of(self, name: str) -> tuple[str, str] | None:
        """Country and division that another sentence places `name` in."""
        outer = self._outer.get(_key(name))
        return (outer.country, outer.admin1) if outer and outer.country and outer.admin1 else None

    def only(self, country: str) -> str | None:
        """The one division of the country that the article tells of, if it does so more than once."""
        divisions = [(a, starts) for (c, a), starts in self._sure.items() if c == country]
        return divisions[0][0] if len(divisions) == 1 and len(divisions[0][1]) >= _LOCAL else None


def _key(name: str) -> str:
    return name.lower().removeprefix("al-")
