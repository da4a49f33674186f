"""One sentence as the toll rules see it: its words, its groups of people, its words of harm, and their neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.extractor.coding.numbers import NumberMention
from services.extractor.coding.tolls.groups import find_groups
from services.extractor.coding.tolls.lexicon import Form, Kind, toll_words
from services.extractor.coding.tolls.names import named_behind
from services.extractor.coding.tolls.single import Group
from services.extractor.coding.tolls.tokens import tokens

_AND = ("and", "or")
_WHO = frozenset({"who", "that"})
_WHOM = 8
"""Tokens between those harmed and "whom"."""
_BREAKS = frozenset({";", ".", ":", "but", "said", "while"})
_BEFORE_NUMBER = frozenset(
    {"the", "another", "a", "further", "total", "of", "some", "additional", "up", "to", "my", "our", "his", "her"}
    | {"their", "its", "all", "both", "these", "those"}
)
_RATHER = frozenset((("rather", "than"), ("instead", "of")))


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase of harm: token indices `first` to `last`, both included."""

    kind: Kind
    form: Form
    first: int
    last: int


class Reader:
    """One sentence with its tokens, groups and words of harm; places are token indices."""

    def __init__(self, sentence: str, numbers: Sequence[NumberMention]) -> None:
        self.sentence = sentence
        self.row = tokens(sentence, numbers)
        self.words = toll_words()
        found = find_groups(sentence, self.row)
        self.groups = [group for group in found if not (self._unharmed(group) or self._denied(group))]
        self.firsts = [group.first for group in self.groups]
        self.lasts = [group.last for group in self.groups]
        self.triggers = list(self._triggers())
        self.trigger_at = {k for trigger in self.triggers for k in range(trigger.first, trigger.last + 1)}
        self.by_first = {trigger.first: trigger for trigger in self.triggers}
        self.by_last = {trigger.last: trigger for trigger in self.triggers}
        words = [token for token in self.row if token.word[0].isalpha()]
        self.headline = 2 * sum(token.capital for token in words) > len(words)

    def _triggers(self) -> Iterator[Trigger]:
        at, phrases = 0, toll_words().phrases
        while at < len(self.row):
            for words, kind, form in phrases.get(self.row[at].word, ()):
                if len(words) == 1 or tuple(token.word for token in self.row[at : at + len(words)]) == words:
                    yield Trigger(kind, form, at, at + len(words) - 1)
                    at += len(words) - 1
                    break
            at += 1

    def _unharmed(self, group: Group) -> bool:
        """Whether they mourn or march for others: "hundreds mourn boy killed by a stray bullet"."""
        if not group.counted or self.row[group.first].number is None:
            return False
        inside = range(group.first + 1, group.last + 2)
        if any(self.word(at) in self.words.mourning for at in inside):
            return True
        return any(self.word(at) in self.words.marching for at in inside[-2:])

    def _denied(self, group: Group) -> bool:
        """Whether a number is set right: "nine, not 12 as reported", "eight rather than eleven"."""
        before = (self.word(group.first - 2), self.word(group.first - 1))
        return self.row[group.first].number is not None and (before[1] == "not" or before in _RATHER)

    def word(self, at: int) -> str:
        """The word at `at` in lower case; empty outside the sentence."""
        return self.row[at].word if 0 <= at < len(self.row) else ""

    def right(self, at: int, skips: int = 3) -> Group | None:
        """The group that starts behind token `at`, over adverbs and capitalised names of nations and units."""
        for step in range(1, skips + 2):
            place = at + step
            index = bisect_left(self.firsts, place)
            if index < len(self.groups) and self.firsts[index] == place:
                return self.groups[index]
            if place >= len(self.row):
                return None
            token = self.row[place]
            if token.number or not (
                token.word in self.words.adverbs
                or token.word.endswith("ly")
                or token.capital
                or token.word in _BEFORE_NUMBER
            ):
                return None
        return None

    def left(self, at: int, reach: int) -> Group | None:
        """The nearest group that ends before token `at`, not beyond another verb of harm or a full stop."""
        index = bisect_right(self.lasts, at - 1) - 1
        if index >= 0 and at - 1 - self.lasts[index] <= reach:
            group = self._described(index)
            between = range(group.last + 1, at)
            breaks = _BREAKS if reach > 4 else _BREAKS | {"and", "or"}
            if not any(k in self.trigger_at or self.word(k) in breaks for k in between):
                return group
        return None

    def _described(self, index: int) -> Group:
        """The group, or the one that a clause with this one in it describes: "two men who fought the rebels"."""
        group = self.groups[index]
        before = self.groups[index - 1] if index else None
        if before is None or not before.counted or self.word(before.last + 1) not in _WHO:
            return group
        between = range(before.last + 2, group.first)
        parted = any(k in self.trigger_at or self.word(k) in _BREAKS or self.word(k) == "," for k in between)
        return group if parted or self.word(group.last + 1) in _WHO else before

    def beside(self, group: Group, trigger: Trigger) -> bool:
        """Whether the word of harm stands right behind the group: "nine injured", "dozens of injured"."""
        return group.last + 1 + (self.word(group.last + 1) == "of") == trigger.first

    def whom(self, at: int) -> Group | None:
        """Those whom the clause with the verb at `at` tells of: "two soldiers whom the rebels had abducted"."""
        for place in range(at - 1, max(-1, at - 7), -1):
            if self.word(place) == "whom":
                return self.left(place, _WHOM)
            if place in self.trigger_at or self.word(place) in _BREAKS or self.word(place) == ",":
                break
        return None

    def auxiliary(self, at: int) -> int | None:
        """Index of the "was" or "were" that makes a passive of the participle at `at`."""
        for place in range(at - 1, max(-1, at - 6), -1):
            word = self.word(place)
            if word in self.words.passive_auxiliaries:
                return place
            over = (
                word in self.words.adverbs or word.endswith("ly") or word in ("and", "or") or place in self.trigger_at
            )
            if not over:
                return None
        return None

    def named(self, at: int) -> Group | None:
        """Those who are named behind token `at`: "killed Ahmed Khan"; never in a headline, where all is capital."""
        if self.row[at].capital or self.headline:
            return None
        return named_behind(self.sentence, self.row, at + 1)

    def one_before(self, at: int) -> Group | None:
        """People without an article, as in headlines, right before token `at`: "Child killed", "man and woman dead"."""
        begin, count = at, 0
        while begin > 0 and (found := self.words.person(self.word(begin - 1))) is not None and not found[1]:
            begin, count = begin - 1, count + 1
            if self.word(begin - 1) != "and" or begin < 2:
                break
            begin -= 1
        aged = self.word(begin).endswith("-year-old")
        if count == 0 or not (self.row[begin].capital or count > 1 or aged):
            return None
        who = self.sentence[self.row[begin].start : self.row[at - 1].end] if count == 1 else None
        return Group(begin, at - 1, count, count, count, who)

    def around(self, trigger: Trigger) -> Group | None:
        """The group that the trigger is a word of: "12 deaths"."""
        index = bisect_right(self.firsts, trigger.first) - 1
        return self.groups[index] if index >= 0 and trigger.last <= self.groups[index].last else None

    def borrowed(self, trigger: Trigger) -> Group | None:
        """The object of the verb that "and" ties to this one: "killing and wounding dozens"."""
        other = self.by_first.get(trigger.last + 2)
        if other is None or self.word(trigger.last + 1) not in _AND or other.form not in ("active", "either"):
            return None
        return self.right(other.last)

    def same_before(self, trigger: Trigger) -> bool:
        """Whether "and" or "or" ties another verb of harm to this one: "killed or wounded", "killing and wounding"."""
        behind = self.by_first.get(trigger.last + 2) if self.word(trigger.last + 1) in _AND else None
        before = self.by_last.get(trigger.first - 2) if self.word(trigger.first - 1) in _AND else None
        pair = {"killed", "injured"}
        return any(
            other is not None and {other.kind, trigger.kind} == pair and other.form in ("active", "either")
            for other in (behind, before)
        )
