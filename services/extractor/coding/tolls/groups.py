"""Finds the groups of people that a sentence counts: "at least three women and four children", "a soldier"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from services.extractor.coding.tolls.lexicon import leads, toll_words
from services.extractor.coding.tolls.others import with_others
from services.extractor.coding.tolls.single import (
    DETERMINERS,
    LONGEST,
    POSSESSIVES,
    PRONOUNS,
    SELF,
    SUBJECTS,
    Group,
    Part,
    noun_phrase,
    single,
    skip,
    text_of,
    told,
)
from services.extractor.coding.tolls.tokens import NUMBER, Token

# Words for one that another may be added to: "killed himself and five others".
_BARE = PRONOUNS | SUBJECTS | SELF

_OF_THEM = leads(["of them", "of whom", "of which"])
_WERE = leads(["were", "are", "was"])


@cache
def _openers() -> frozenset[str]:
    """The words that a group can begin with, and the mark of a number."""
    plurals = {word for word, (_, plural) in toll_words().persons.items() if plural}
    return frozenset({NUMBER} | SELF | DETERMINERS | PRONOUNS | SUBJECTS | plurals)


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


def _added(sentence: str, row: Sequence[Token], at: int, before: Group) -> Group | None:
    """What a list adds at `at`: also "their two sons", "child" after "his wife and", "as many rebels"."""
    if at + 1 < len(row) and row[at].word in POSSESSIVES and row[at + 1].number:
        at += 1
    if row[at].word == "as" and at + 1 < len(row) and sentence[row[at + 1].start : row[at + 1].end].lower() == "many":
        end, person = noun_phrase(row, at + 2)
        return replace(before, first=at, last=end - 1, who=text_of(sentence, row, at + 2, end)) if person else None
    found = toll_words().person(row[at].word)
    if found and not found[1] and row[at].number is None:
        end, person = noun_phrase(row, at)
        if person == row[at].word and end == at + 1:
            return Group(at, at, 1, 1, 1, text_of(sentence, row, at, end))
    return single(sentence, row, at)


_KIN = frozenset({"father", "mother", "husband", "wife", "brother", "sister", "son", "daughter", "widow", "uncle"})


def _of_body(sentence: str, row: Sequence[Token], group: Group) -> Group:
    """The group with the body that it is of: "a soldier of the Border Forces" is one, whoever the forces are."""
    at = group.last + 2
    if at >= len(row) or row[at - 1].word not in ("of", "from") or not group.who:
        return group
    led = row[at].word in DETERMINERS
    end = at + led
    while end < len(row) and end - at < LONGEST and row[end].capital and not row[end].number:
        end += 1
    if group.best == 1 and group.who.lower() in _KIN and row[at].number:
        return replace(group, last=noun_phrase(row, at + 1)[0] - 1)  # "the father of two boys"
    body = told(sentence, row, at) if led else None
    last = max(end - 1, body.last if body is not None and body.vague else 0)
    return replace(group, last=last) if last >= at + led else group


def _list(sentence: str, row: Sequence[Token], at: int) -> Group | None:
    """The group at `at` with those that "and" or a comma adds to it; a comma alone adds only what has a number."""
    first = single(sentence, row, at)
    if first is None:
        return None
    first = _of_body(sentence, row, first)
    groups, sure = [first], 1
    while groups[-1].counted and (groups[-1].who or (groups[-1] is first and row[at].word in _BARE)):
        behind = groups[-1].last + 1
        joint = skip(row, behind, toll_words().joints)
        joint = skip(row, joint, toll_words().joints)
        more = _added(sentence, row, joint, groups[-1]) if behind < joint < len(row) else None
        himself = more is not None and row[more.first].word in SELF
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
    while (joint := skip(row, last + 1, toll_words().joints)) > last + 1 and joint < len(row):
        more = single(sentence, row, joint)
        if more is None or more.counted:
            break
        last = more.last
    return last


def parts_at(sentence: str, row: Sequence[Token], at: int) -> tuple[int, tuple[Part, ...]] | None:
    """The parts told from token `at`, behind their last token's index: "including two boys", "two of them boys"."""
    behind = skip(row, at, toll_words().parts)
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
    behind = skip(row, at + 1, _OF_THEM)
    if number is None or behind == at + 1:
        return None
    behind = skip(row, behind, _WERE)
    end, _ = noun_phrase(row, behind)
    who = text_of(sentence, row, behind, end)
    return (end - 1, ((who, number.value),)) if who else None


def _is_age(row: Sequence[Token], at: int) -> bool:
    """True at the comma or `of` of "a woman, 24, was killed", "a man of 47 was killed"."""
    return row[at].word == "," == row[at + 2].word or (row[at].word == "of" and noun_phrase(row, at + 2)[1] is None)


def _with_parts(sentence: str, row: Sequence[Token], group: Group) -> Group:
    """The group with the parts told right behind it: "15 people, including four children"."""
    at = skip(row, group.last + 1, toll_words().family)
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
