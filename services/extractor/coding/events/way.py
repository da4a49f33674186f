"""What the way through the parse from a place name up to a trigger says: the place of the event, or of somebody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.cues import cues
from services.extractor.coding.lexicon.things import things
from services.extractor.coding.places import curated

if TYPE_CHECKING:
    from services.extractor.coding.reading.tokens import Token

# The nearer these stand to "where", the less they cost; a name right after one that is not here says no place.
_COST = {
    **dict.fromkeys(("in", "at", "inside", "within", "across", "throughout", "along"), 0),
    **dict.fromkeys(("near", "outside", "around", "of", "on", "between", "into", "over", "off", "through", "under"), 1),
    **dict.fromkeys(("by", "beside", "above", "north", "south", "east", "west"), 1),
    **dict.fromkeys(("northeast", "northwest", "southeast", "southwest"), 1),
    **dict.fromkeys(("to", "toward", "towards", "against", "upon", "onto", "opposite"), 2),
    **dict.fromkeys(("from", "for"), 3),
}
_FROM = frozenset(("in", "from"))
_NEAR = frozenset(("in", "at", "inside", "outside", "near", "around", "through", "across", "along", "into"))
# After these, at a verb that is not the trigger, stands where somebody went, came from or belongs.
_MOTION = frozenset(("to", "from", "into", "toward", "towards", "for"))
# After these, at a protest, stands what it is about; at people, where they are from.
_TOPIC = frozenset(("against", "over", "for", "about", "of", "to", "from", "by", "with"))
_ORIGIN = frozenset(("from", "of", "for", "to", "against", "by"))
_NAMING = frozenset(("compound", "nmod", "amod", "poss", "npadvmod", "nummod", "det"))
_SUBJECTS = ("nsubj", "nsubjpass")
_CLAUSES = frozenset(("xcomp", "advcl", "ccomp", "acl", "pcomp"))
_ELSEWHERE = ("conj", "advcl", "relcl", "ccomp", "xcomp")
# Lands, waters and skies that a country has.
_SHORES = ("coast", "coastline", "shore", "shores", "waters", "sky", "skies", "airspace", "soil", "streets", "roads")
# A name before these is their make: "Apache helicopters".
_MACHINES = frozenset(
    ("helicopter", "gunship", "jet", "fighter", "warplane", "drone", "missile", "rocket", "rifle", "tank")
)
_COUNTRY, _REPORTED, _LOOSE, _PERSON, _OWN_SUBJECT = 7, 6, 4, 3, 2
# Behind what is near a place (where.py) that somebody passed.
_ON_THE_WAY = 9
_ROLE = {"dobj": 2, "nsubjpass": 3, "nsubj": 7, "ROOT": 4, "dep": 4}


@dataclass(frozen=True, slots=True)
class Around:
    """The tokens of a sentence that head names of people, places and days, and words of diplomacy and of deeds."""

    people: frozenset[int]
    places: frozenset[int]
    days: frozenset[int]
    talk: frozenset[int]
    deeds: frozenset[int]


@dataclass(frozen=True, slots=True)
class Way:
    """The way from one place name to one trigger."""

    trigger: Token
    around: Around
    country: bool
    """The name is a country's, which before a noun says whose it is."""
    crowd: bool
    """The trigger tells of a protest, which is for or against something."""
    told: bool
    """The words right before the name say that it is a place, whatever the parse."""
    struck: bool
    """The name is a country's, and the trigger's noun ("strikes") is told with who did it before it."""
    taken: bool
    """The trigger tells of who or what was taken away: from where is where."""
    personal: bool
    """What the trigger tells of befalls people: its object is somebody, whatever town bears the name."""

    def cost(self, head: Token) -> int | None:
        """Steps from the place name `head` to the trigger, and what its role costs; null where it tells no place."""
        if head.i == self.trigger.i or _is_one_of_many(head):
            return None
        above = {self.trigger.i, *(t.i for t in tree.ancestors(self.trigger))}
        total, bare, direct, node = 0, True, True, head
        while node.i not in above:
            step = self._bare(node) if bare else self._through(node, direct=direct)
            if step is None or node.head.i == node.i:
                return None
            treated = _treated(node)
            if treated is None:
                return None
            total += 1 + step + treated
            direct = direct and (bare or node.dep_ in ("pobj", "pcomp"))
            bare = bare and node.dep_ in ("conj", "appos")
            node = node.head
        return total + self._descent(node.i)

    def _descent(self, shared: int) -> int:
        """Steps from the trigger up to what it shares with the name."""
        steps, node = 0, self.trigger
        while node.i != shared:
            steps += 1
            if node.dep_ in ("conj", "ccomp") and tree.children(node, *_SUBJECTS):
                steps += _OWN_SUBJECT
            node = node.head
        return steps

    def _bare(self, node: Token) -> int | None:
        """What the step up from the name itself costs; null where it leads away from any "where"."""
        if self.country and node.dep_ == "appos" and node.i - node.head.i == 1 and self._is_named(node.head):
            return None  # "the Tehrik-e-Jafria Pakistan"
        if node.dep_ in _NAMING:
            return self._before_noun(node, node.head)
        if node.dep_ in ("pobj", "pcomp"):
            return _COST.get(node.head.lower_) if node.head.dep_ != "agent" else None
        if node.dep_ in ("conj", "appos"):
            return 0
        return self._as_argument(node, node.head)

    def _through(self, node: Token, *, direct: bool) -> int | None:
        """What a further step up costs, from the phrase that holds the name."""
        if node.dep_ in ("prep", "agent"):
            return self._by_preposition(node, node.head, direct=direct)
        if node.dep_ in ("pobj", "pcomp"):
            return _COST.get(node.head.lower_, 2)
        if node.dep_ in _CLAUSES and self.crowd and cues()["demanding"].has_verb(node):
            return None
        if node.dep_ == "dobj" and self.crowd and node.i in self.around.deeds and node.head.i == self.trigger.i:
            return None  # "protested the shelling of a market in Xyz"
        return self._by_role(node, node.head)

    def _by_role(self, node: Token, parent: Token) -> int:
        if node.dep_ == "relcl":
            return _REPORTED if parent.i in self.around.people or self._is_named(parent) else 0
        if node.dep_ == "conj":
            return _OWN_SUBJECT + 1 if tree.children(node, *_SUBJECTS) else 0
        if node.dep_ in _SUBJECTS:
            if _says(parent):
                return _REPORTED
            return _PERSON if node.i in self.around.people else 0
        return int(node.dep_ == "ccomp")

    def _before_noun(self, node: Token, parent: Token) -> int | None:
        """`Balochistan strike` says where; `Iran's strike`, `US troops` and `the Israeli embassy` say whose."""
        around = self.around
        if parent.i == self.trigger.i:
            return None if node.dep_ == "poss" or self.struck else _COUNTRY if self.country else 0
        if parent.i in around.places or parent.i in around.days or parent.lower_ in _local():
            return int(node.dep_ == "poss")
        if parent.lower_.removesuffix("s") in _MACHINES:
            return None
        police = parent.lower_ == "police" and not self.country and parent.head.i == self.trigger.i
        if self.told or police:
            return _LOOSE if self.told else _REPORTED  # a city's police act in it
        if parent.i in around.people or not self.country:
            return None if parent.i in around.people or self._is_somebody(parent) else 2
        # "near Pakistan's parliament", but not "Pakistan's champion"
        inside = node.dep_ == "poss" and parent.dep_ == "pobj" and parent.head.lower_ in _NEAR
        return _LOOSE if inside and parent.text.islower() else None

    def _by_preposition(self, prep: Token, governor: Token, *, direct: bool) -> int | None:
        word = prep.lower_
        own = governor.i == self.trigger.i
        topic = word in _TOPIC if own or self._marches(governor) else word == "at" and governor.lower_ == "protest"
        if self.crowd and topic:
            return self._at_crowd(prep, governor, direct=direct)
        if governor.dep_ in ("prep", "advmod") or own or (self.taken and word == "from" and not self._origin(governor)):
            return 0
        if self._is_of_somebody(word, governor, direct=direct):
            return None
        if _says(governor) or governor.lower_ == "according":
            return None if word in _MOTION | _TOPIC else _REPORTED
        if governor.i in self.around.people or (direct and self._is_named(governor)):
            return self._at_people(word, named=governor.i not in self.around.people)
        return self._at_other(word, governor, direct=direct)

    def _at_crowd(self, prep: Token, governor: Token, *, direct: bool) -> int | None:
        """What it is about or where it goes: `marched to the palace in Xyz`, but "in protest at Ankara's campaign"."""
        if prep.lower_ == "to" and cues()["marching"].has_verb(governor):
            return 0
        loose = not direct and not self.country and not any(t.i in self.around.deeds for t in prep.subtree)
        return _REPORTED if loose and governor.i == self.trigger.i else None

    def _marches(self, governor: Token) -> bool:
        """The crowd's verb beside the trigger: "the demonstrators protested against", "gathered to protest against"."""
        subject = self.trigger.dep_ in _SUBJECTS and self.trigger.head.i == governor.i
        return subject or (governor.dep_ in ("xcomp", "advcl") and governor.head.i == self.trigger.i)

    def _origin(self, governor: Token) -> bool:
        """What stands at somebody before the deed says where they are from: "two traders from Xyz were seized"."""
        return governor.i < self.trigger.i and (governor.i in self.around.people or self._is_named(governor))

    def _is_of_somebody(self, word: str, governor: Token, *, direct: bool) -> bool:
        """Where somebody comes from ("born in Xyz"), or is who tells of it ("a source in Xyz said")."""
        if not governor.is_ancestor(self.trigger) and cues()["belonging"].has_verb(governor):
            return True
        return direct and word in _FROM and _speaks(governor)

    def _is_somebody(self, token: Token) -> bool:
        """A name that does it or suffers it: "Austin Smith was shot", but not "shelled the Goma Bazaar"."""
        return (self.personal or token.dep_ in _SUBJECTS) and self._is_named(token) and not token.text.isupper()

    def _at_people(self, word: str, *, named: bool) -> int | None:
        if word not in _ORIGIN:
            return _PERSON
        return _LOOSE + 1 if word == "of" and not named and not self.country else None

    def _at_other(self, word: str, governor: Token, *, direct: bool) -> int | None:
        verbal = tree.is_verbal(governor)
        if word == "from" and not verbal:
            return None
        above = governor.is_ancestor(self.trigger)
        if word in _MOTION and direct and cues()["travelling"].has_verb(governor):
            if above:
                return _ON_THE_WAY  # "was going from Xyz to Abc when it was hit by a bomb"
            if governor.dep_ == "acl":
                return None  # "a pipeline running from Xyz to Abc"
        elsewhere = governor.dep_ in _ELSEWHERE and not above
        return None if elsewhere and verbal and word in (_MOTION | _TOPIC if direct else _MOTION) else 0

    def _is_named(self, token: Token) -> bool:
        """A name that is no place's: somebody's, or something's."""
        known = self.around.places | self.around.days
        return token.text[:1].isupper() and token.i > 0 and token.i not in known and token.lower_ not in sites()

    def _as_argument(self, node: Token, parent: Token) -> int | None:
        """`bombed Aleppo`, `Goma was shelled`, `Aleppo saw clashes`; in `warned Tehran` the name is a government's."""
        if node.dep_ in ("dobj", "nsubjpass", "attr"):
            if parent.i == self.trigger.i:
                return None if self.personal and not self.told else 0
            passing = parent.dep_ == "relcl" and cues()["leaving"].has_verb(parent)
            return None if self.country or passing or parent.i in self.around.talk else _ROLE.get(node.dep_, 4)
        if node.dep_ == "nsubj" and not self.told:
            return 2 if cues()["hosting"].has_verb(parent) and parent.is_ancestor(self.trigger) else None
        return _ROLE.get(node.dep_, 4)


def _treated(node: Token) -> int | None:
    """What a hospital costs: `flown to one in Xyz` says no place, `died in one` at most where nothing else does."""
    verb = node.head
    if node.dep_ != "prep" or not (cues()["treating"].has_verb(verb) or cues()["bringing_in"].has_verb(verb)):
        return 0
    where = tree.prepositions(verb, "in", "at", "to", "into", "for", "from")
    if not any(t.lower_ in cues()["clinics"].words for t in where):
        return 0
    return _REPORTED if cues()["treating"].has_verb(verb) else None


def _speaks(noun: Token) -> bool:
    """`a source in Damascus said`: where somebody was who told of it."""
    if noun.lower_.removesuffix("s") not in cues()["speakers"].words:
        return False
    above = noun.head
    if noun.dep_ == "pobj":
        above = above.head
    return above.lower_ == "according" or _says(above)


def _says(token: Token) -> bool:
    """A verb of saying: "the state of Assam" states nothing."""
    return token.dep_ not in tree.NOMINAL and cues()["saying"].has_verb(token)


def _is_one_of_many(name: Token) -> bool:
    """`a Black Hawk`: no place's name has such an article; "a Gaza street" is another matter."""
    return name.text[:1].isupper() and any(c.lower_ in ("a", "an") for c in tree.children(name, "det"))


@cache
def _local() -> frozenset[str]:
    """Nouns that a place's name before them still names a place with."""
    known = curated.words()
    return frozenset((*known.tails, *known.heads, *known.parts, *known.sides, *_SHORES)) | things()["territory"]


@cache
def sites() -> frozenset[str]:
    """Nouns that name no people, whoever they belong to: "rebel stronghold"."""
    return things()["territory"] | things()["property"] | curated.words().buildings
