"""Finds the tolls of a sentence by its surface: how many were killed, injured, missing, abducted and so on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from services.extractor.coding.dates.ranked import ranks
from services.extractor.coding.numbers import NumberMention
from services.extractor.coding.tolls.lexicon import Kind, past_patterns, toll_words
from services.extractor.coding.tolls.mention import TollMention
from services.extractor.coding.tolls.rules import mention_of, read
from services.extractor.coding.tolls.sentence import Reader, Trigger

_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|dismiss(?:es|ed|ing)?|reject(?:s|ed|ing)?|refut(?:es|ed|ing)|dispell?(?:s|ed|ing))"
    r" (?:\w+ ){0,3}(?:reports?|rumou?rs?|claims?|allegations?|figures?) (?:of|that)(?: \w+){0,2} *$"
)
_SOME = re.compile(r"\bof (?:the|those|its|his|their)\b[^,;]*$")
_DIED = re.compile(
    r" (?:in hospital |later |also |had |have |has |since |subsequently |eventually )*(?:died|die|dies|succumb|perish)"
)
_FAR = 24
"""Words between "the toll" and its number: "the toll of a bombing at … rose to 10"."""
_BEFORE = 45
_THIS = frozenset({"this", "it", "that"})


def _tolls_told(reader: Reader) -> list[TollMention]:
    """Sums told as such: "the death toll rose to 10"."""
    found = []
    used: set[int] = set()
    words = [token.word for token in reader.row]
    for parts in reader.words.sums:
        if parts[0] not in words:
            continue
        for at in range(len(words)):
            if at in used or words[at] != parts[0] or tuple(words[at : at + len(parts)]) != parts:
                continue
            used.update(range(at, at + len(parts)))
            behind = range(at + len(parts), min(at + _FAR, len(reader.row)))
            near = reader.groups[bisect_left(reader.firsts, behind.start) : bisect_left(reader.firsts, behind.stop)]
            numbered = [group for group in near if reader.row[group.first].number]
            led = [g for g in numbered if reader.word(g.first - 1) in reader.words.toll_lead]
            numbered = [group for group in numbered if group.first - behind.start < 3]
            if led or numbered:
                trigger = Trigger("killed", "counted", at, at + len(parts) - 1)
                found.append(mention_of(reader, trigger, (led or numbered)[0], total=True))
    return found


def _corrected(reader: Reader) -> list[TollMention]:
    """A number that takes the place of another: "the figure was corrected to 17", "this was later updated to 82"."""
    found = []
    for at, token in enumerate(reader.row):
        if token.word not in reader.words.corrected or not _of_a_figure(reader, at):
            continue
        for to in range(at + 1, min(at + 6, len(reader.row) - 1)):
            group = next((g for g in reader.groups if g.first == to + 1), None)
            if reader.word(to) in ("to", "at") and group is not None and reader.row[group.first].number:
                trigger = Trigger("killed", "counted", at, to)
                found.append(mention_of(reader, trigger, group, total=True, corrected=True))
                break
    return found


def _of_a_figure(reader: Reader, at: int) -> bool:
    """Whether the verb at `at` tells of a number of dead: "this", "the figure", "the number of men killed … has"."""
    near = range(max(at - 5, 0), min(at + 5, len(reader.row)))
    if any(reader.word(k) in _THIS for k in range(near.start, at)) or any(
        reader.word(k) in reader.words.figures for k in near
    ):
        return True
    counted = next((k for k in range(at - 1) if reader.word(k) == "number" and reader.word(k + 1) == "of"), None)
    return counted is not None and any(t.kind == "killed" and counted < t.first < at for t in reader.triggers)


def _since_died(reader: Reader, mention: TollMention) -> bool:
    """Some of the hurt who are hurt no more, but dead: "two of the wounded died", "three of those hurt have died"."""
    if mention.kind != "injured" or _SOME.search(mention.text) is None:
        return False
    return _DIED.match(reader.sentence, mention.end) is not None


def _denied(reader: Reader, mention: TollMention) -> bool:
    """What is told only to be denied: "denied reports of 15 dead"."""
    before = reader.sentence[max(mention.start - 40, 0) : mention.start].lower()
    return _DENIAL.search(before) is not None


def _deadly(reader: Reader) -> list[TollMention]:
    """What says that somebody died without a number: "a deadly attack"."""
    found = []
    for at, token in enumerate(reader.row):
        if (
            token.word not in reader.words.deadly
            or reader.word(at - 1).removesuffix("-") in reader.words.not_deadly_before
        ):
            continue
        if token.word == "deadliest" or reader.word(at - 2) in ("non", "potentially"):
            continue
        if any(reader.word(at + step) in reader.words.deadly_nouns for step in range(1, 5)):
            found.append(
                TollMention(
                    "killed",
                    token.start,
                    token.end,
                    reader.sentence[token.start : token.end],
                    1,
                    None,
                    None,
                    vague=True,
                )
            )
    return found


@cache
def _earlier() -> re.Pattern[str]:
    words = toll_words()
    when, what = "|".join(sorted(words.superseded)), "|".join(sorted(words.figures))
    return re.compile(
        rf"\b(?:{when}) (?:\w+ ){{0,2}}(?:{what})s?\b[^;,]*$|\b(?:up|down|from) (?:an?|the) (?:{when}) *$"
    )


def _superseded(sentence: str, mention: TollMention) -> TollMention:
    """The mention, marked where its own clause calls it an earlier count: "an initial toll had put it at nine"."""
    begin = max(0, mention.start - _BEFORE)
    before = sentence[begin : mention.end].lower().replace(" the number of dead", " it")
    if _earlier().search(before) is None or (mention.corrected and " had put " not in before):
        return mention
    return replace(mention, superseded=True, corrected=False)


def _nought(reader: Reader) -> list[TollMention]:
    """What says that nobody came to harm: "no casualties or injuries"."""
    found = []
    for group in reader.groups:
        number = reader.row[group.first].number
        kinds = reader.words.zero_nouns.get(reader.word(group.last), [])
        if reader.word(group.last + 1) in reader.words.no_count:
            continue
        if number is not None and number.high == 0:
            found += [mention_of(reader, Trigger(kind, "counted", group.first, group.last), group) for kind in kinds]
            if kinds and reader.word(group.last + 1) in ("or", "and", "nor"):
                more = reader.words.zero_nouns.get(reader.word(group.last + 2), [])
                found += [
                    mention_of(reader, Trigger(kind, "counted", group.first, group.last + 2), group) for kind in more
                ]
    return found


def _dated(sentence: str, mention: TollMention) -> TollMention:
    """The mention, marked where its own clause tells of another time."""
    after, before, breaks = past_patterns()
    right = sentence[mention.end : mention.end + 110]
    mark = after.search(right)
    if mark and not breaks.search(right[: mark.end()]):
        return replace(mention, past=True)
    begin = max(0, mention.start - 130)
    left = sentence[begin : mention.start]
    told = before.search(left)
    told = None if told and ranks(sentence, begin + told.start()) else told
    if after.search(mention.text) or (told and not breaks.search(left[told.start() :].replace(",", " "))):
        return replace(mention, past=True)
    return mention


def find_tolls(sentence: str, numbers: Sequence[NumberMention]) -> list[TollMention]:
    """The tolls of one sentence or headline in the order of the text; `numbers` are its number mentions, in order.

    Offsets count in `sentence`. One toll a trigger: "killed 12 and wounded 25 others" gives two. Time grows with the
    length of the sentence alone. A surface reading: where a parse tells subject and object, it knows better.
    """
    if not toll_words().telling.find(sentence):
        return []
    reader = Reader(sentence, numbers)
    found = [mention for trigger in reader.triggers if (mention := read(reader, trigger)) is not None]
    found = [mention for mention in found if not _denied(reader, mention) and not _since_died(reader, mention)]
    found += _tolls_told(reader) + _corrected(reader) + _nought(reader)
    if not any(mention.kind == "killed" for mention in found):
        found += _deadly(reader)
    # Of one kind on one number only the first reading stands, the sum told as such before others.
    unique: dict[tuple[Kind, int, int | None], TollMention] = {}
    for mention in sorted(found, key=lambda m: (not m.corrected, not m.total, m.start, -m.end)):
        known = unique.setdefault((mention.kind, mention.end, mention.low), mention)
        if known.start > mention.start:
            longer = replace(known, start=mention.start, text=sentence[mention.start : known.end])
            unique[mention.kind, mention.end, mention.low] = longer
    marked = (_superseded(sentence, _dated(sentence, mention)) for mention in unique.values())
    return _past_too(sorted(marked, key=lambda m: (m.start, m.end)))


def _past_too(found: list[TollMention]) -> list[TollMention]:
    """A higher number behind one of another time is of that time as well: "killed 300,000; some say 470,000 died"."""
    most: int | None = None
    marked = []
    for mention in found:
        value = mention.value or mention.high or 0
        if most is not None and not mention.past and value > most:
            mention = replace(mention, past=True)  # noqa: PLW2901
        if mention.past:
            most = value if most is None else min(most, value)
        marked.append(mention)
    return marked
