"""How each form of a word of harm stands to those harmed: actives, passives, headlines, nouns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from services.extractor.coding.tolls.groups import parts_at
from services.extractor.coding.tolls.lexicon import Form
from services.extractor.coding.tolls.mention import TollMention
from services.extractor.coding.tolls.names import named_before
from services.extractor.coding.tolls.sentence import Reader, Trigger
from services.extractor.coding.tolls.single import Group

# Also infinitives: their subject stands right before them.
_PRESENT = frozenset({"die", "dies", "dying", "flee", "perish", "lose", "loses"})
_NEVER_ACTIVE = frozenset({"taken", "held", "made", "driven", "forced", "rendered", "left"})
_LIVES_TAKEN = frozenset(
    {"claimed", "claiming", "claims", "cost", "costing", "lost", "losing", "taking", "took", "taken"}
)
_COUNTED = frozenset(
    {
        "deaths",
        "death",
        "fatalities",
        "bodies",
        "lives",
        "casualties",
        "injuries",
        "corpses",
        "killings",
        "people killed",
    }
)
_TELLS_SOME = frozenset({"included", "include", "includes", "including"})
_TELLS = _TELLS_SOME | {"are", "were"}
_ARTICLES = frozenset({"the", "its", "his", "her", "their", "all", "another"})
_REACH = 14
"""How many tokens a subject may stand before its verb."""


def mention_of(
    reader: Reader, trigger: Trigger, group: Group, *, total: bool = False, corrected: bool = False
) -> TollMention:
    """The mention that spans a word of harm and a group."""
    first, last = min(trigger.first, group.first), max(trigger.last, group.last)
    start, end = reader.row[first].start, reader.row[last].end
    number = any(token.number for token in reader.row[group.first : group.last + 1])
    who = None if group.who and group.who.lower() in _COUNTED else group.who
    return TollMention(
        trigger.kind, start, end, reader.sentence[start:end], group.low, group.best, group.high, who, group.parts,
        total=total, corrected=corrected, attackers=group.attackers, vague=group.vague, number=number,
    )  # fmt: skip


def _with_parts_behind(reader: Reader, trigger: Trigger, mention: TollMention) -> TollMention:
    """The mention with the parts told behind its verb: "15 people were killed, including four children"."""
    if mention.parts or (mention.low or mention.best or 0) < 2:
        return mention
    for at in range(trigger.last + 1, min(trigger.last + 16, len(reader.row))):
        if at in reader.trigger_at or reader.word(at) in (";", "."):
            return mention
        told = parts_at(reader.sentence, reader.row, at)
        if told is not None:
            last, parts = told
            end = max(mention.end, reader.row[last].end)
            return replace(mention, end=end, text=reader.sentence[mention.start : end], parts=parts)
    return mention


def _shared(mention: TollMention) -> TollMention:
    """Its share of a toll of two kinds: at least one, at most all."""
    if mention.low == mention.high == 0:
        return mention
    top = mention.high if mention.high is not None else mention.best if mention.low == mention.best else None
    return replace(mention, low=1, best=None, high=top, parts=(), vague=True)


def _among(reader: Reader, group: Group) -> Group:
    """A whole with the part before it: "4 children among 7 killed"."""
    if reader.word(group.first - 1) not in reader.words.among:
        return group
    part = reader.left(group.first - 1, 3)
    if part is None or not part.counted:
        return group
    return replace(
        group, first=part.first, parts=(*group.parts, *(part.parts or (((part.who, part.best),) if part.who else ())))
    )


def _among_those(reader: Reader, trigger: Trigger) -> TollMention | None:
    """Some of a toll that is not told: "70 children were among those killed"."""
    if (
        reader.word(trigger.first - 1) not in ("those", "the")
        or reader.word(trigger.first - 2) not in reader.words.among
    ):
        return None
    group = reader.left(trigger.first - 2, 4)
    if group is None or not group.counted:
        return None
    return _least(mention_of(reader, trigger, group), group)


def _unnamed(reader: Reader, trigger: Trigger, auxiliary: int) -> TollMention | None:
    """A passive whose subject is a name or a pronoun: the verb tells whether it is one or more."""
    before = auxiliary - 1
    while before >= 0 and reader.word(before) in ("have", "has", "had", "had", "who", "also"):
        before -= 1
    if before < 0 or reader.word(before) in reader.words.not_people:
        return None
    token = reader.row[before]
    if not (token.capital or token.word in ("he", "she", "they")) or token.number:
        return None
    single = (
        reader.word(auxiliary) in ("was", "is") or reader.word(auxiliary - 1) == "has" or token.word in ("he", "she")
    )
    listed = None if single else named_before(reader.row, before)
    if listed is not None:
        return mention_of(reader, trigger, listed)
    # "Juan Rosas had been strangled" tells of one, "the Zetas had been shot" of more
    single = single or (reader.word(auxiliary - 1) == "had" and token.capital and not token.word.endswith("s"))
    begin = before
    while (
        begin > 0
        and reader.row[begin - 1].capital
        and reader.word(begin - 1) not in reader.words.stops
        and before - begin < 4
    ):
        begin -= 1
    who = None if token.word in ("he", "she", "they") else reader.sentence[reader.row[begin].start : token.end]
    group = Group(begin, before, 1, 1, 1, who) if single else Group(begin, before, 2, None, None, who, vague=True)
    return mention_of(reader, trigger, group)


def _passive(reader: Reader, trigger: Trigger, auxiliary: int) -> TollMention | None:
    group = reader.left(auxiliary, _REACH)
    if group is None:
        return _among_those(reader, trigger) or _unnamed(reader, trigger, auxiliary)
    return mention_of(reader, trigger, _among(reader, group))


def _the_dead(reader: Reader, trigger: Trigger) -> TollMention | None:
    """The dead as a whole, or some of them: "the dead are two soldiers", "those killed included three women"."""
    verb = reader.word(trigger.last + 1)
    led = reader.word(trigger.first - 1) in ("the", "those")
    if reader.word(trigger.last) not in reader.words.the_dead or not led or verb not in _TELLS:
        return None
    group = reader.right(trigger.last + 1)
    if group is None or not group.counted:
        return None
    found = mention_of(reader, trigger, group)
    some = verb in _TELLS_SOME or reader.word(trigger.first - 2) in reader.words.among
    return _least(found, group) if some else found


def _least(found: TollMention, group: Group) -> TollMention:
    """Some of a toll that is not told: no best number, and what is told is a part."""
    low = group.low if group.low is not None else group.best
    parts = group.parts or (((group.who, group.best),) if group.who else ())
    return replace(found, low=low, best=None, high=None, parts=parts)


def _passive_of_two(reader: Reader, trigger: Trigger) -> TollMention | None:
    """The second participle of a passive, with its doer: "12 people were taken off a bus and executed by rebels"."""
    if reader.word(trigger.last + 1) != "by" or reader.word(trigger.first - 1) not in ("and", "then", "later"):
        return None
    group = reader.left(trigger.first, _REACH + 4)
    if group is None or not group.counted:
        return None
    between = range(group.last + 1, trigger.first)
    return mention_of(reader, trigger, group) if any(reader.word(k) in ("was", "were") for k in between) else None


def _either(reader: Reader, trigger: Trigger) -> TollMention | None:
    """A past form: passive behind "was", active before a group, else a headline's passive: "two killed in raid"."""
    auxiliary = reader.auxiliary(trigger.first)
    if auxiliary is not None:
        return _passive(reader, trigger, auxiliary)
    told = _the_dead(reader, trigger) or _passive_of_two(reader, trigger)
    if told is not None:
        return told
    left, right = reader.left(trigger.first, 2) or reader.whom(trigger.first), reader.right(trigger.last)
    if reader.word(trigger.first) in _NEVER_ACTIVE and trigger.last > trigger.first:
        right = None
    beside = left is not None and left.counted and reader.beside(left, trigger)
    if right is not None and right.last + 1 in reader.trigger_at:
        alone = reader.one_before(trigger.first)
        if beside or alone:
            right = None  # "15 killed 12 wounded", "Child killed 20 people injured": each stands before its word
        left = left or alone
    if right is None and (left is None or left.last < trigger.first - 1):
        right = reader.borrowed(trigger)
    if right is not None and not (beside and not right.counted):
        return mention_of(reader, trigger, right)
    if left is not None and left.counted:
        return mention_of(reader, trigger, _among(reader, left))
    named = reader.named(trigger.last) or reader.one_before(trigger.first)
    return mention_of(reader, trigger, named) if named else _among_those(reader, trigger)


def _was_freed(reader: Reader, trigger: Trigger) -> bool:
    """True for those whom somebody frees: "freed five kidnapped migrants"."""
    group = reader.left(trigger.first, 0) if trigger.kind == "abducted" else None
    return group is not None and reader.word(group.first - 1) in reader.words.freeing


def _of_people(reader: Reader, trigger: Trigger, mention: TollMention) -> bool:
    """False for towns and rifles that are seized, and for crowds that are driven along a road."""
    words = _words_of(reader, trigger)
    if words in reader.words.driving:
        behind = range(trigger.last + 1, trigger.last + 14)
        home = next((k for k in behind if reader.word(k) in reader.words.homes), None)
        return home is not None and any(reader.word(k) in ("from", "of") for k in range(trigger.last, home))
    if words not in reader.words.of_people:
        return True
    if mention.who is None:  # "killed 20 and captured four"
        return bool(mention.parts) or (mention.number and any(t.first < trigger.first for t in reader.triggers))
    return any(reader.words.person(word) for word in mention.who.lower().split()[-1:])


def _fought(reader: Reader, group: Group | None) -> bool:
    """Whether those lost are counted fighters or guards, so that the loss is a death."""
    if group is None or not group.counted or not group.who:
        return False
    return reader.words.side(group.who) in ("state", "armed", "anyone")


def _words_of(reader: Reader, trigger: Trigger) -> str:
    return " ".join(reader.word(k) for k in range(trigger.first, trigger.last + 1))


def _split(reader: Reader, trigger: Trigger) -> TollMention | None:
    """A verb that stands around those harmed: "hacked eight farmers to death"."""
    group = reader.left(trigger.first, 0)
    if group is None or not group.counted:
        return None
    verbs = reader.words.split[_words_of(reader, trigger)]
    before = range(group.first - 1, max(group.first - 4, -1), -1)
    verb = next((k for k in before if reader.word(k) not in reader.words.adverbs | _ARTICLES), -1)
    return mention_of(reader, trigger, group) if reader.word(verb) in verbs else None


def _read_form(reader: Reader, trigger: Trigger) -> TollMention | None:
    """The toll that one trigger tells."""
    return _READERS[trigger.form](reader, trigger)


def _active(reader: Reader, trigger: Trigger) -> TollMention | None:
    group = reader.right(trigger.last) or reader.borrowed(trigger)
    if reader.word(trigger.first) in reader.words.lost and not _fought(reader, group):
        return None
    if reader.word(trigger.last) == "claiming" and (group is None or reader.row[group.first].number is None):
        return None  # "claiming a major offensive"
    if group is None and trigger.form == "active":
        group = reader.named(trigger.last)
    return mention_of(reader, trigger, group) if group else None


def _intransitive(reader: Reader, trigger: Trigger) -> TollMention | None:
    near = reader.word(trigger.first) in _PRESENT
    group = reader.left(trigger.first, 1 if near else _REACH)
    return mention_of(reader, trigger, _among(reader, group)) if group and group.counted else None


def _state(reader: Reader, trigger: Trigger) -> TollMention | None:
    if reader.words.split.get(_words_of(reader, trigger)):
        return _split(reader, trigger)
    told = _the_dead(reader, trigger)
    if told is not None:
        return told
    auxiliary = reader.auxiliary(trigger.first)
    if auxiliary is None:
        group = reader.left(trigger.first, 1) or reader.one_before(trigger.first)
    else:
        group = reader.left(auxiliary, _REACH)
    if group is None:
        return _among_those(reader, trigger)
    return mention_of(reader, trigger, _among(reader, group)) if group.counted else None


def _counted(reader: Reader, trigger: Trigger) -> TollMention | None:
    group = reader.around(trigger)
    if group is None or reader.row[group.first].number is None:
        return None
    lives = reader.word(trigger.last) == "lives" and reader.word(trigger.first - 2) not in _LIVES_TAKEN
    captives = reader.word(trigger.last) in reader.words.captives
    kept = captives and reader.word(group.first - 1) not in reader.words.taken
    return None if lives or kept else mention_of(reader, trigger, group)


_READERS: dict[Form, Callable[[Reader, Trigger], TollMention | None]] = {
    "active": _active,
    "of": _active,
    "either": _either,
    "intransitive": _intransitive,
    "state": _state,
    "counted": _counted,
}


def read(reader: Reader, trigger: Trigger) -> TollMention | None:
    """The toll that one word of harm tells, with the parts told behind it; None where it tells none."""
    mention = None if _was_freed(reader, trigger) else _read_form(reader, trigger)
    if mention is None or not _of_people(reader, trigger, mention):
        return None
    mention = _with_parts_behind(reader, trigger, mention)
    if trigger.form in ("active", "either") and reader.same_before(trigger):
        return _shared(mention)
    return mention
