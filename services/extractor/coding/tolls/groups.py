"""Finds the groups of people that a sentence counts: "at least three women and four children", "a soldier"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from services.extractor.coding.tolls.lexicon import Leads, leads, toll_words
from services.extractor.coding.tolls.others import with_others
from services.extractor.coding.tolls.tokens import NUMBER, Token

_LONGEST = 7
_DETERMINERS = frozenset({"a", "an", "the", "his", "her", "their", "its", "my", "our", "another", "this", "that"})
_PRONOUNS = frozenset({"him", "her", "me"})
_SUBJECTS = frozenset({"he", "she"})
_POSSESSIVES = frozenset({"his", "her", "their", "my", "our", "its"})
_DOUBTS = frozenset({"suspected", "accused", "presumed"})
_SELF = frozenset({"himself", "herself"})
# Words for one that another may be added to: "killed himself and five others".
_BARE = _PRONOUNS | _SUBJECTS | _SELF
_FILLERS = frozenset(
    {"of", "the", "other", "more", "additional", "further", "another", "his", "her", "their", "its", "those", "these"}
)

_OF_THEM = leads(["of them", "of whom", "of which"])
_WERE = leads(["were", "are", "was"])

Part = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Group:
    """A group of people: token indices `first` to `last`, both included, and how many they are."""

    first: int
    last: int
    low: int | None
    best: int | None
    high: int | None
    who: str | None
    vague: bool = False
    attackers: bool = False
    counted: bool = True
    """Told by a number or an article, not by a bare plural."""
    parts: tuple[Part, ...] = ()


def _noun_phrase(row: Sequence[Token], begin: int) -> tuple[int, str | None]:
    """Where the words of a noun phrase from `begin` end, and their last noun for people (None: no such noun)."""
    words, end, person_end, person = toll_words(), begin, begin, None
    while end < len(row) and end - begin < _LONGEST:
        token = row[end]
        ends = token.word in words.stops and not (end == begin and token.word in _DOUBTS)
        if token.number or not token.word[0].isalnum() or ends:
            break
        if _tells_harm(row, end) and words.person(token.word) in (None, ("person", True)):
            break
        if end > begin and token.word in words.split and not (end + 1 < len(row) and words.person(row[end + 1].word)):
            break  # "took its 25 crew hostage"
        end += 1
        found = words.person(token.word.removesuffix("'s"))
        if found:
            person_end, person = end, token.word
    if person is None or (person in words.demonyms and person_end < end):
        return end, None
    return person_end, person


def _tells_harm(row: Sequence[Token], at: int) -> bool:
    """Whether a word or phrase of harm that is no noun begins at `at`."""
    return any(
        form != "counted" and tuple(token.word for token in row[at : at + len(phrase)]) == phrase
        for phrase, _, form in toll_words().phrases.get(row[at].word, ())
    )


def _text(sentence: str, row: Sequence[Token], first: int, end: int) -> str | None:
    return sentence[row[first].start : row[end - 1].end] if end > first else None


def _numbered(sentence: str, row: Sequence[Token], at: int) -> Group | None:
    number = row[at].number
    if number is None:
        return None
    begin = at + 1
    while begin < len(row) and row[begin].word in _FILLERS and begin - at < 4:
        begin += 1
    end, person = _noun_phrase(row, begin)
    if end == begin:
        end = begin = at + 1
    words = toll_words()
    if person is None and end == at + 1:
        end = _skip(row, end, words.them)
        who = (
            _text(sentence, row, at, end)
            if row[at].number and sentence[: row[at].end].lower().endswith("couple")
            else None
        )
        return Group(at, end - 1, number.low, number.best, number.high, who, number.vague)
    if person is None and end > begin and any(token.word in words.not_people for token in row[begin:end]):
        return None
    singular = words.person(person) if person else None
    who = _text(sentence, row, begin, end)
    return Group(
        at, end - 1, number.low, number.best, number.high, who, number.vague,
        attackers=singular is not None and singular[0] in words.attackers,
    )  # fmt: skip


def _numbered_next(row: Sequence[Token], at: int) -> bool:
    return at < len(row) and row[at].number is not None


def _told(sentence: str, row: Sequence[Token], at: int) -> Group | None:  # noqa: PLR0911 - one kind of word a line
    """A group that an article, a pronoun or a bare plural tells."""
    words, word = toll_words(), row[at].word
    if word in _SELF:
        return Group(at, at, 1, 1, 1, None, attackers=True)
    if word in _DETERMINERS:
        end, person = _noun_phrase(row, at + 1)
        if person is None:
            alone = word in _PRONOUNS or (word == "another" and end == at + 1 and not _numbered_next(row, end))
            return Group(at, at, 1, 1, 1, None) if alone else None
        singular = words.person(person)
        plural = singular is not None and singular[1]
        attackers = singular is not None and singular[0] in words.attackers
        who = _text(sentence, row, at + 1, end)
        if plural:
            return Group(at, end - 1, 2, None, None, who, vague=True, attackers=attackers, counted=False)
        number = 2 if person == "couple" and (end == len(row) or row[end].word != "of") else 1
        return Group(at, end - 1, number, number, number, who, attackers=attackers)
    if word in _PRONOUNS or (word in _SUBJECTS and at + 1 < len(row) and row[at + 1].word in (",", "and")):
        return Group(at, at, 1, 1, 1, None)
    found = words.person(word)
    if found and found[1] and word not in ("dead", "wounded", "lives", "forces", "bodies", "casualties"):
        return Group(
            at, at, 2, None, None, row[at].word, vague=True, attackers=found[0] in words.attackers, counted=False
        )
    return None


@cache
def _openers() -> frozenset[str]:
    """The words that a group can begin with, and the mark of a number."""
    plurals = {word for word, (_, plural) in toll_words().persons.items() if plural}
    return frozenset({NUMBER} | _SELF | _DETERMINERS | _PRONOUNS | _SUBJECTS | plurals)


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _joined(groups: Sequence[Group]) -> Group:
    """Several groups of one list as one: "three women and four children" are seven."""
    if len(groups) == 1:
        return groups[0]
    lows = [group.low for group in groups if group.low is not None]
    same = {group.who for group in groups}
    return Group(
        groups[0].first,
        groups[-1].last,
        sum(lows) if lows else None,
        _sum([group.best for group in groups]),
        _sum([group.high for group in groups]),
        same.pop() if len(same) == 1 else None,
        vague=any(group.vague for group in groups),
        attackers=all(group.attackers for group in groups),
        counted=all(group.counted for group in groups),
        parts=tuple((group.who, group.best) for group in groups if group.who),
    )


def _skip(row: Sequence[Token], at: int, phrases: Leads) -> int:
    """Index behind one of the phrases at `at`, or `at`."""
    for words in phrases.get(row[at].word, ()) if at < len(row) else ():
        if len(words) == 1 or tuple(token.word for token in row[at : at + len(words)]) == words:
            return at + len(words)
    return at


def _added(sentence: str, row: Sequence[Token], at: int, before: Group) -> Group | None:
    """What a list adds at `at`: also "their two sons", "child" after "his wife and", "as many rebels"."""
    if at + 1 < len(row) and row[at].word in _POSSESSIVES and row[at + 1].number:
        at += 1
    if row[at].word == "as" and at + 1 < len(row) and sentence[row[at + 1].start : row[at + 1].end].lower() == "many":
        end, person = _noun_phrase(row, at + 2)
        return replace(before, first=at, last=end - 1, who=_text(sentence, row, at + 2, end)) if person else None
    found = toll_words().person(row[at].word)
    if found and not found[1] and row[at].number is None:
        end, person = _noun_phrase(row, at)
        if person == row[at].word and end == at + 1:
            return Group(at, at, 1, 1, 1, _text(sentence, row, at, end))
    return _single(sentence, row, at)


def _single(sentence: str, row: Sequence[Token], at: int) -> Group | None:
    return _numbered(sentence, row, at) or _told(sentence, row, at)


_KIN = frozenset({"father", "mother", "husband", "wife", "brother", "sister", "son", "daughter", "widow", "uncle"})


def _of_body(sentence: str, row: Sequence[Token], group: Group) -> Group:
    """The group with the body that it is of: "a soldier of the Border Forces" is one, whoever the forces are."""
    at = group.last + 2
    if at >= len(row) or row[at - 1].word not in ("of", "from") or not group.who:
        return group
    led = row[at].word in _DETERMINERS
    end = at + led
    while end < len(row) and end - at < _LONGEST and row[end].capital and not row[end].number:
        end += 1
    if group.best == 1 and group.who.lower() in _KIN and row[at].number:
        return replace(group, last=_noun_phrase(row, at + 1)[0] - 1)  # "the father of two boys"
    body = _told(sentence, row, at) if led else None
    last = max(end - 1, body.last if body is not None and body.vague else 0)
    return replace(group, last=last) if last >= at + led else group


def _list(sentence: str, row: Sequence[Token], at: int) -> Group | None:
    """The group at `at` with those that "and" or a comma adds to it; a comma alone adds only what has a number."""
    first = _single(sentence, row, at)
    if first is None:
        return None
    first = _of_body(sentence, row, first)
    groups, sure = [first], 1
    while groups[-1].counted and (groups[-1].who or (groups[-1] is first and row[at].word in _BARE)):
        behind = groups[-1].last + 1
        joint = _skip(row, behind, toll_words().joints)
        joint = _skip(row, joint, toll_words().joints)
        more = _added(sentence, row, joint, groups[-1]) if behind < joint < len(row) else None
        himself = more is not None and row[more.first].word in _SELF
        if more is None or not more.counted or (more.who is None and not himself) or more.low == 0:
            break
        groups.append(more)
        if row[more.first].number or row[joint - 1].word != ",":
            sure = len(groups)
        if himself:
            break
    return with_others(sentence, row, first) if sure == 1 else _joined(groups[:sure])


def _bare_plurals(sentence: str, row: Sequence[Token], part: Group) -> int:
    """The last token of parts that are told without a number: "women and children"."""
    last = part.last
    while (joint := _skip(row, last + 1, toll_words().joints)) > last + 1 and joint < len(row):
        more = _single(sentence, row, joint)
        if more is None or more.counted:
            break
        last = more.last
    return last


def parts_at(sentence: str, row: Sequence[Token], at: int) -> tuple[int, tuple[Part, ...]] | None:
    """The parts told from token `at`, behind their last token's index: "including two boys", "two of them boys"."""
    behind = _skip(row, at, toll_words().parts)
    if behind > at and behind < len(row):
        behind += row[behind].word == "at"
        part = _list(sentence, row, behind)
        if part is not None and not part.counted:
            return _bare_plurals(sentence, row, part), ()
        if part is None or (part.who is None and not part.parts):
            return None
        last = part.last + (part.last + 1 < len(row) and row[part.last + 1].word == ")")
        return last, part.parts or ((part.who or "", part.best),)
    number = row[at].number
    behind = _skip(row, at + 1, _OF_THEM)
    if number is None or behind == at + 1:
        return None
    behind = _skip(row, behind, _WERE)
    end, _ = _noun_phrase(row, behind)
    who = _text(sentence, row, behind, end)
    return (end - 1, ((who, number.value),)) if who else None


def _is_age(row: Sequence[Token], at: int) -> bool:
    """True at the comma or `of` of "a woman, 24, was killed", "a man of 47 was killed"."""
    return row[at].word == "," == row[at + 2].word or (row[at].word == "of" and _noun_phrase(row, at + 2)[1] is None)


def _with_parts(sentence: str, row: Sequence[Token], group: Group) -> Group:
    """The group with the parts told right behind it: "15 people, including four children"."""
    at = _skip(row, group.last + 1, toll_words().family)
    if group.high == 1 and at + 2 < len(row) and row[at + 1].number and _is_age(row, at):
        at += 2
    if at - 1 != group.last:
        group = replace(group, last=at - 1)
    while at < len(row) and row[at].word in (",", "(", "-", "\u2013", "\u2014"):
        at += 1
    told = parts_at(sentence, row, at) if at < len(row) else None
    if told is None:
        return group
    return replace(group, last=told[0], parts=(*group.parts, *told[1]))


def find_groups(sentence: str, row: Sequence[Token]) -> list[Group]:
    """All groups of people in order and apart; lists are summed, and parts stand with their whole."""
    found: list[Group] = []
    openers = _openers()
    at = 0
    while at < len(row):
        group = _list(sentence, row, at) if row[at].word in openers else None
        if group is None:
            at += 1
            continue
        group = _with_parts(sentence, row, group)
        found.append(group)
        at = group.last + 1
    return found
