"""What did not happen by the text's own words: what is shown falsely, what was not found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from services.extractor.coding.events import tree

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.tokens import Token

_FAKE = re.compile(
    r"\b(?:(?:claim|purport)(?:s|ed|ing)? to show|(?:falsely|wrongly) (?:claim|show|say|report)\w*|"
    r"fake (?:video|image|photo|clip)s?)\b"
)


def shown_falsely(mention: Mention) -> Token | None:
    """The word that says that what is shown did not happen: "a clip that claims to show gunmen killing …"."""
    found = (
        _FAKE.search(mention.view.sentence.text.lower(), 0, mention.start) if mention.cls.plover == "ASSAULT" else None
    )
    return mention.view.token_at(found.start()) if found is not None else None


_UNFOUND = frozenset(("weapons_seizure", "finding", "arrest", "abduction", "looting", "destruction"))


def came_to_nothing(mention: Mention) -> Token | None:
    """The "no" of "no weapon was recovered"; that nobody was hurt is a toll."""
    if not mention.verbal or mention.cls.name not in _UNFOUND:
        return None
    said = (c for s in tree.children(mention.token, "nsubjpass") for c in s.children if c.dep_ == "det")
    return next((c for c in said if c.lower_ == "no" and c.nbor(1).lower_ not in ("fewer", "less")), None)
