"""What an article is news of: where it opens with something else, the violence told further down is past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.words import INCIDENT_MODALITIES
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.sentences import Sentence

# Sentences of the text that an article opens with.
_OPENING = 2
_VIOLENT = frozenset(("ASSAULT", "PROTEST"))


def fade(drafts: Sequence[Draft], whole: Sequence[Sentence]) -> None:
    """Makes history of the deeds that an article which opens with other news mentions in passing, in place."""
    text = [s.index for s in whole if s.part == "text"]
    last = text[min(_OPENING, len(text)) - 1] if text else -1
    done = [d for d in drafts if d.modality in INCIDENT_MODALITIES and d.domain == "violence"]
    if any(_opens(d, last) for d in done):
        return
    for draft in done:
        told = [m for m in draft.mentions if _is_violent(m)]
        if told and draft.when is None and not draft.tolls and not any(_opens_anew(m) for m in told):
            draft.modality, draft.cue = "historical", (told[0].view, told[0].token)


def _opens(draft: Draft, last: int) -> bool:
    """True where the article opens with the deed or with its dead and hurt."""
    harmed = any(t.kind in ("killed", "injured") and v.sentence.index <= last for v, t in draft.tolls)
    return harmed or any(_is_violent(m) and m.view.sentence.index <= last for m in draft.mentions)


def _is_violent(mention: Mention) -> bool:
    return (
        mention.cls.plover in _VIOLENT and not mention.attributive and not mention.cls.weak and not mention.background
    )


def _opens_anew(mention: Mention) -> bool:
    """True in a sentence that the text itself sets apart from what came before: "Separately, …"."""
    opening = mention.view.sentence.text[:40].lower()
    return any(opening.startswith(word) for word in cues()["apart"].words)
