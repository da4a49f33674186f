"""Death by sentence of a court: ACLED records no execution that the law ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.mentions import Mention

_STATE = "State forces"


def by_sentence(draft: Draft) -> bool:
    """True where those who were put to death had been sentenced, and nobody but the state did it."""
    if not draft.names & {"execution", "killing"} or any(p.kind not in (_STATE, None) for p in draft.agents):
        return False
    told = [m for m in draft.mentions if m.text.lower().startswith(("hang", "execut", "put to death", "put to the"))]
    return any(_sentenced(m.view.sentence.text.lower()) or _for_a_deed(m) for m in told)


def _for_a_deed(mention: Mention) -> bool:
    """True for "a man who shot dead six people was executed": he is told of for what he did."""
    deeds = [t.start for t in mention.view.triggers]
    clauses = [c for s in tree.children(mention.token, "nsubjpass") for c in tree.children(s, "relcl")]
    active = [c for c in clauses if not tree.children(c, "nsubjpass")]
    return any(c.idx <= start < c.idx + len(c) for c in active for start in deeds)


def _sentenced(text: str) -> bool:
    return any(word in text for word in cues()["sentenced"].words)
