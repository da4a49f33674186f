"""What did not happen by the text's own words: nothing was found, nobody was held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.tokens import Token

_UNFOUND = frozenset(("weapons_seizure", "finding", "arrest", "abduction", "looting", "destruction"))


def came_to_nothing(mention: Mention) -> Token | None:
    """The "no" of "no weapon was recovered"; that nobody was hurt is a toll."""
    if not mention.verbal or mention.cls.name not in _UNFOUND:
        return None
    said = (c for s in tree.children(mention.token, "nsubjpass") for c in s.children if c.dep_ == "det")
    return next((c for c in said if c.lower_ == "no" and c.nbor(1).lower_ not in ("fewer", "less")), None)
