"""Which event an article is mainly about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree

if TYPE_CHECKING:
    import datetime as dt

    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.mentions import Mention

_IN_TITLE, _FIRST, _SECOND, _THIRD = 4.0, 4.0, 2.5, 1.0
_FOREGROUND, _PER_MENTION, _MOST_MENTIONS = 2.0, 0.5, 6
_TOLL, _NEW, _ACTUAL, _VIOLENT, _BARE, _SAID = 4.0, 1.5, 6.0, 2.0, -2.0, -1.0
_UNDER = -2.0
# What is said of a deed stands behind the deed.
_OF_WORDS = frozenset(("ACCUSE", "REJECT", "REQUEST", "SUPPORT"))


def prominence(draft: Draft, published: dt.date | None, opening: int) -> float:
    """How much speaks for the article being about the draft: news leads with it, repeats it and counts its dead.

    `opening` is the index of the first sentence of the story.
    """
    told = [m for m in draft.mentions if not m.attributive]
    news = [m for m in told if not m.background]
    sentences = {m.view.sentence.index: m.view.sentence for m in news}
    places = sorted(max(i, opening) for i, s in sentences.items() if s.part == "text")
    titled = any(s.headline for s in sentences.values())
    score = _IN_TITLE if titled else 0.0
    if places:
        depth = places[0] - opening
        score += {0: _FIRST, 1: _SECOND, 2: _THIRD}.get(depth, -0.2 * min(depth, 10))
    score += _PER_MENTION * min(len(draft.mentions), _MOST_MENTIONS)
    score += _FOREGROUND * len(news) / max(len(told), 1)
    score += _TOLL if any(t.kind in ("killed", "injured") and not t.past for _, t in draft.tolls) else 0.0
    score += _ACTUAL if draft.modality in ("actual", "attempted") else 0.0
    score += _VIOLENT if draft.domain == "violence" else 0.0
    score += _BARE if draft.weak else 0.0
    if not opening:  # else a headline says what it is about
        score += _UNDER * min((_depth(m) for m in told), default=0)
    score += _SAID if draft.mentions[0].cls.plover in _OF_WORDS else 0.0
    if published is not None and draft.when is not None:
        age = (published - draft.when.end).days
        score += _NEW if 0 <= age <= 2 else -1.0 if age > 14 else 0.0
    return score


def _depth(mention: Mention) -> int:
    """How many clauses that only add to another one stand above the mention: news leads with the main clause."""
    above = (mention.token, *tree.ancestors(mention.token))
    return min(sum(t.dep_ in _ADDED for t in above), _DEEPEST)


_ADDED, _DEEPEST = frozenset(("advcl", "relcl", "acl")), 2
