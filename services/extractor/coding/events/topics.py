"""What a crowd is about: of "protested in Gao against the killing of a trader in Menaka" the killing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from services.extractor.coding.events.mentions import Mention

_CROWD = frozenset(("protest", "protesters", "riot"))
# After these, at a crowd's verb or noun, stands what it is for or against.
_ABOUT = frozenset(("against", "over", "about", "for", "of"))
_CLAUSES = frozenset(("advcl", "acl", "xcomp"))
_MOST_STEPS = 8


def about_it(deed: Mention, mentions: Sequence[Mention]) -> bool:
    """True where the deed is what the crowd of another mention is about: where it was done, no crowd was."""
    crowds = {m.token.i for m in mentions if m.cls.name in _CROWD}
    if deed.cls.name in _CROWD or not crowds:
        return False
    child = deed.token
    for steps, above in enumerate(tree.ancestors(deed.token)):
        if steps >= _MOST_STEPS:
            return False
        about = child.lower_ in _ABOUT or (child.lower_ == "at" and deed.token.head.i == child.i)
        if child.dep_ == "prep" and about and (above.i in crowds or _leads(above.i, mentions)):
            return True
        if child.dep_ == "dobj" and above.i in crowds:
            return True  # "protested the shelling of Menaka"
        if child.i != deed.token.i and child.dep_ in _CLAUSES and cues()["demanding"].has_verb(child):
            return True  # "rallied outside the ministry, demanding the release of those arrested in Menaka"
        child = above
    return False


def _leads(verb: int, mentions: Sequence[Mention]) -> bool:
    """The verb of which a word for those who protest is the subject."""
    return any(m.token.dep_ == "nsubj" and m.token.head.i == verb for m in mentions if m.cls.name in _CROWD)
