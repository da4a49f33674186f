"""One group of people: told by a number, an article, a pronoun or a bare plural."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.extractor.coding.tolls.lexicon import Leads, toll_words
from services.extractor.coding.tolls.tokens import Token

LONGEST = 7
"""Words of a noun phrase."""
DETERMINERS = frozenset({"a", "an", "the", "his", "her", "their", "its", "my", "our", "another", "this", "that"})
PRONOUNS = frozenset({"him", "her", "me"})
SUBJECTS = frozenset({"he", "she"})
POSSESSIVES = frozenset({"his", "her", "their", "my", "our", "its"})
_DOUBTS = frozenset({"suspected", "accused", "presumed"})
SELF = frozenset({"himself", "herself"})
_ORDINALS = frozenset({"second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"})
_FILLERS = frozenset(
    {"of", "the", "other", "more", "additional", "further", "another", "his", "her", "their", "its", "those", "these"}
)

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


def noun_phrase(row: Sequence[Token], begin: int) -> tuple[int, str | None]:
    """Where the words of a noun phrase from `begin` end, and their last noun for people (None: no such noun)."""
    words, end, person_end, person = toll_words(), begin, begin, None
    while end < len(row) and end - begin < LONGEST:
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
    """Whether a word or phrase of harm that is no noun begins at `at`; the longest decides: "dead bodies" is one."""
    for phrase, _, form in toll_words().phrases.get(row[at].word, ()):
        if tuple(token.word for token in row[at : at + len(phrase)]) == phrase:
            return form != "counted"
    return False


def text_of(sentence: str, row: Sequence[Token], first: int, end: int) -> str | None:
    """The words from token `first` up to `end`; None for none."""
    return sentence[row[first].start : row[end - 1].end] if end > first else None


def numbered(sentence: str, row: Sequence[Token], at: int) -> Group | None:
    """The group that the number at `at` counts."""
    number = row[at].number
    if number is None:
        return None
    begin = at + 1
    while begin < len(row) and row[begin].word in _FILLERS and begin - at < 4:
        begin += 1
    end, person = noun_phrase(row, begin)
    words = toll_words()
    captive = person in words.split and end == begin + 1 and number.best != 1  # "took 80 prisoner"
    if end == begin or captive or _is_time(row, at + 1):
        end, person = at + 1, None
        begin = end
    if person is None and end == at + 1:
        end = skip(row, end, words.them)
        who = (
            text_of(sentence, row, at, end)
            if row[at].number and sentence[: row[at].end].lower().endswith("couple")
            else None
        )
        return Group(at, end - 1, number.low, number.best, number.high, who, number.vague)
    if person is None and end > begin and any(token.word in words.not_people for token in row[begin:end]):
        return None
    singular = words.person(person) if person else None
    who = text_of(sentence, row, begin, end)
    return Group(
        at, end - 1, number.low, number.best, number.high, who, number.vague,
        attackers=singular is not None and singular[0] in words.attackers,
    )  # fmt: skip


def _is_time(row: Sequence[Token], at: int) -> bool:
    """Whether a time follows a bare number: "31 last week", "31 the previous Friday"; not "31 last-minute shoppers"."""
    words, end = toll_words(), at
    while end < len(row) and row[end].word in words.time_leads:
        end += 1
    if not at < end < len(row) or row[end].word not in words.times:
        return False
    return end + 1 == len(row) or words.person(row[end + 1].word) is None


def _stands_alone(row: Sequence[Token], end: int) -> bool:
    return end == len(row) or row[end].word != "of"


def _numbered_next(row: Sequence[Token], at: int) -> bool:
    return at < len(row) and row[at].number is not None


def told(sentence: str, row: Sequence[Token], at: int) -> Group | None:  # noqa: PLR0911 - one kind of word a line
    """A group that an article, a pronoun or a bare plural tells."""
    words, word = toll_words(), row[at].word
    if word in SELF:
        return Group(at, at, 1, 1, 1, None, attackers=True)
    if word in DETERMINERS:
        end, person = noun_phrase(row, at + 1)
        if person is None:
            if end == at + 2 and word == "a" and row[at + 1].word in _ORDINALS and _stands_alone(row, end):
                return Group(at, at + 1, 1, 1, 1, None)  # "wounded a third"
            alone = word in PRONOUNS or (word == "another" and end == at + 1 and not _numbered_next(row, end))
            return Group(at, at, 1, 1, 1, None) if alone else None
        singular = words.person(person)
        plural = singular is not None and singular[1]
        attackers = singular is not None and singular[0] in words.attackers
        who = text_of(sentence, row, at + 1, end)
        if plural:
            return Group(at, end - 1, 2, None, None, who, vague=True, attackers=attackers, counted=False)
        number = 2 if person == "couple" and (end == len(row) or row[end].word != "of") else 1
        return Group(at, end - 1, number, number, number, who, attackers=attackers)
    if word in PRONOUNS or (word in SUBJECTS and at + 1 < len(row) and row[at + 1].word in (",", "and")):
        return Group(at, at, 1, 1, 1, None)
    found = words.person(word)
    if found and found[1] and word not in ("dead", "wounded", "lives", "forces", "bodies", "casualties"):
        return Group(
            at, at, 2, None, None, row[at].word, vague=True, attackers=found[0] in words.attackers, counted=False
        )
    return None


def skip(row: Sequence[Token], at: int, phrases: Leads) -> int:
    """Index behind one of the phrases at `at`, or `at`."""
    for words in phrases.get(row[at].word, ()) if at < len(row) else ():
        if len(words) == 1 or tuple(token.word for token in row[at : at + len(words)]) == words:
            return at + len(words)
    return at


def single(sentence: str, row: Sequence[Token], at: int) -> Group | None:
    """The group that begins at `at`, counted or not."""
    return numbered(sentence, row, at) or told(sentence, row, at)
