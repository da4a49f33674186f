"""Deeds that are only shown or claimed falsely: "a clip that claims to show gunmen killing …"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
