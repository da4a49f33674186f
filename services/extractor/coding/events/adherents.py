"""Those who march for or against somebody, and are not he: "supporters of the government", "the mayor's critics"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.actors.names import of_role
from services.extractor.coding.events import tree
from services.extractor.coding.events.party import Party

if TYPE_CHECKING:
    from services.extractor.coding.events.view import View
    from services.extractor.coding.reading.tokens import Token

_NOUNS = frozenset(
    (
        *("supporters", "backers", "loyalists", "followers", "adherents", "sympathisers", "sympathizers", "partisans"),
        *("opponents", "critics", "foes", "detractors"),
    )
)


def adherents(view: View, head: Token) -> Party | None:
    """The protesters whom the head names by whom they are for or against, with the words that say so."""
    if head.lower_ not in _NOUNS:
        return None
    of = tree.prepositions(head, "of", "to")
    start, end = tree.noun_phrase(head)
    if not of and end - start == len(head):
        return None  # "the home side beat their opponents"
    if of:
        end = max(end, tree.noun_phrase(of[0])[1])
    people = of_role("protesters", None)
    return Party(view.sentence, start, end, people.name, people.kind, people.country, people.code, "generic")
