"""What the text calls a name ("village", "province"), which saves names that no gazetteer has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from services.extractor.coding.places import curated
from services.extractor.coding.places.countries import demonym_keys
from services.extractor.coding.places.fold import ascii_name
from services.extractor.coding.places.locatives import before_part, located, places
from services.extractor.coding.places.tokens import Words

_MOST_WORDS: Final = 4
_SHORT: Final = 3
# Kinds that a name can only be given by these words' own force, so that an unknown name still is a place.
_TELLING: Final = frozenset({"town", "admin2", "admin1", "camp", "site"})
_VAGUE: Final = frozenset(
    [
        "state",
        "states",
        "agency",
        "division",
        "department",
        "area",
        "areas",
        "market",
        "island",
        "islands",
        "region",
        "regions",
        "capital",
        "port",
        "block",
        "cities",
        "towns",
        "villages",
        "districts",
        "neighborhoods",
        "neighbourhoods",
        "suburbs",
        "provinces",
        "crossing",
        "zone",
        "quarter",
        "forest",
        "forests",
        "hills",
        "mountains",
        "valley",
        "peninsula",
        "bazaar",
        "bazar",
    ]
)


# Of these only those that have names are told by them.
_PLURAL: Final = frozenset({"towns", "villages", "districts"})

# Regions of somebody's making; the others are mountains and valleys, whose names in capitals are theirs alone.
_ORDERS: Final = frozenset({"region", "regions", "division"})


@dataclass(frozen=True, slots=True)
class Called:
    """A name with the word that says what it is, as numbers of words."""

    first: int
    last: int
    name: str
    hint: str | None
    tail_end: int
    """Where the tail ends in the text; 0 without one."""
    after: int
    """The first word after name and tail."""


@cache
def _tail_openers() -> frozenset[str]:
    return frozenset(tail.split(" ")[0] for tail in curated.words().tails)


def _tail(words: Words, after: int) -> tuple[str, str, int] | None:
    """The tail that begins at the word `after`: its words, hint and number of words."""
    tails = curated.words().tails
    if after >= len(words.tokens) or words.tokens[after].key not in _tail_openers():
        return None
    for length in (3, 2, 1):
        tokens = words.tokens[after : after + length]
        if len(tokens) < length or not all(words.joined(after + i - 1) for i in range(length)):
            continue
        if words.gap(after - 1, after) not in {" ", "  "}:
            continue
        tail = " ".join(token.key for token in tokens)
        if tail in tails:
            return tail, tails[tail], length
    return None


def _head(words: Words, first: int) -> tuple[str, str] | None:
    """The head before the word `first`: "village of", "village"."""
    heads = curated.words().heads
    before = first - 1
    if before >= 0 and words.tokens[before].key in {"of", "called", "named"} and words.spaced(before):
        before -= 1
        head = words.tokens[before].key if before >= 0 and words.spaced(before) else None
        if head == "capital":
            return None  # "Grozny, the capital of Chechnya"
        outer = head in heads and (heads[head] not in {"town", "camp"} or head in {"area", "areas", "camp"})
        return (head, heads[head]) if head in heads and not (outer and _of_other(words, before)) else None
    # Without "of" only a small letter tells a head from a name's end: "village Bseira", not "Cook County Sheriff".
    bare = before >= 0 and words.spaced(before) and words.tokens[before].key in heads
    if bare and not words.tokens[before].possessive and not words.tokens[before].capital:
        return words.tokens[before].key, heads[words.tokens[before].key]
    return None


def _of_other(words: Words, head: int) -> bool:
    """The head ends another name: "Tank district of Khyber Pakhtunkhwa" calls Tank a district."""
    if not head or not words.spaced(head - 1) or words.tokens[head - 1].possessive:
        return False
    before = words.tokens[head - 1]
    return (
        before.capital
        and not before.upper
        and before.key not in demonym_keys()
        and before.key not in curated.words().parts
    )


def called(words: Words, first: int, length: int) -> Called | None:
    """What the text calls the name that begins at the word `first`.

    `length` is that of the known name there, 0 if none is known; a longer run of capitals outgrows it only if a
    telling word follows.
    """
    head = _head(words, first)
    length_of_run = run(words, first)
    if not length_of_run:
        return None
    for last in dict.fromkeys((first + length - 1, first + length_of_run - 1)):
        if last < first or words.tokens[last].possessive:
            continue
        tail = _tail(words, last + 1)
        known = bool(length) and last == first + length - 1
        land = tail is not None and tail[1] == "region" and tail[0] not in _ORDERS and words.tokens[last + 1].capital
        if tail is not None and (known or land or _tells(*tail[:2]) or located(words, first)):
            if tail[1] == "site" and words.tokens[last].key in curated.words().plain:
                continue
            end = words.tokens[last + tail[2]].end
            whole = last + tail[2] if tail[1] == "site" else last
            return Called(first, last, _name(words, first, whole), tail[1], end, last + tail[2] + 1)
    if not length and length_of_run > 1 and words.tokens[first].key in curated.words().beginnings:
        last = first + length_of_run - 1
        kind = "town" if head is not None and head[1] == "town" else "camp"
        return Called(first, last, _name(words, first, last), kind, 0, last + 1)
    if head is None:
        return None
    if not length and not _tells(*head) and not _several(words, first):
        return None
    last = first + (length or length_of_run) - 1
    return Called(first, last, _name(words, first, last), head[1], 0, last + 1)


def _several(words: Words, first: int) -> bool:
    """More than one is told, each by its name: "the villages of Xyz and Zyx"."""
    return first > 1 and words.tokens[first - 1].key == "of" and words.tokens[first - 2].key in _PLURAL


def nation(words: Words, first: int) -> str | None:
    """The country of an adjective before the name's own head: "the southern Lebanese village of Aitaroun"."""
    known, demonyms = curated.words(), demonym_keys()
    headed = False
    for number in range(first - 1, max(first - 6, -1), -1):
        if not words.spaced(number):
            return None
        word = words.tokens[number].key
        if headed and words.tokens[number].capital and word in demonyms:
            return demonyms[word]
        headed = headed or word in known.heads
        if word != "of" and word not in known.heads and word not in known.parts and words.tokens[number].capital:
            return None
    return None


def plain(words: Words, first: int) -> Called | None:
    """An unknown name right after "in" or "in eastern", without an article, not aimed at ("fired at Mengistu")."""
    name = unnamed(words, first)
    before = before_part(words, first)
    if name is None or not places(words, before):
        return None
    aimed = words.tokens[before].key == "at" and before > 0 and words.tokens[before - 1].key in curated.words().aims
    return None if aimed else name


def unnamed(words: Words, first: int) -> Called | None:
    """An unknown name that a word of place stands before: a place if what follows vouches for it."""
    return ground(words, first) if located(words, first) else None


def ground(words: Words, first: int) -> Called | None:
    """The run of capitals that begins at the word `first`, as a name of which nothing is told."""
    length = run(words, first)
    if not length:
        return None
    last = first + length - 1
    return Called(first, last, _name(words, first, last), None, 0, last + 1)


def described(words: Words, first: int) -> Called | None:
    """A name that the text explains: "Maryin Gubay, a small town in the south"."""
    length = run(words, first)
    last = first + length - 1
    if not length or last + 2 >= len(words.tokens) or words.gap(last, last + 1) not in _ASIDE:
        return None
    article = words.tokens[last + 1].key
    opening = article == "the" and words.opens_sentence(first)  # "Subsequently, the village was shelled"
    if article not in {"a", "an", "the", "another"} or words.tokens[last].possessive or opening:
        return None
    kind = _kind_after(words, last + 2)
    return Called(first, last, _name(words, first, last), kind, 0, last + 1) if kind is not None else None


def _kind_after(words: Words, start: int) -> str | None:
    """What the noun after an article calls something: "small town" → `town`."""
    heads = curated.words().heads
    for number in range(start, min(start + 5, len(words.tokens))):
        word = words.tokens[number].key
        if word in _PREPOSITIONS or not (words.spaced(number - 1) or words.gap(number - 1, number) == "-"):
            return None
        if word in heads and _tells(word, heads[word]):
            return heads[word]
    return None


_ASIDE: Final = frozenset((", ", "; ", " (", " - ", " -- ", " \u2013 ", " \u2014 "))
_PREPOSITIONS: Final = frozenset(
    {"of", "in", "from", "on", "at", "for", "with", "by", "to", "who", "and", "that", "which"}
)


def _tells(word: str, hint: str) -> bool:
    return hint in _TELLING and word not in _VAGUE


def _name(words: Words, first: int, last: int) -> str:
    return ascii_name(words.text[words.tokens[first].start : words.tokens[last].end])


def _in_a_name(words: Words, first: int) -> bool:
    """A common word with a capital within a sentence, and the word of a place right behind it: "the Super Highway"."""
    if words.opens_sentence(first) or not words.joined(first):
        return False
    after = words.tokens[first + 1]
    return after.capital and not after.titled and after.key in curated.words().tails


def run(words: Words, first: int) -> int:
    """How many words the run of capitals has that begins here; 0 if none does."""
    known = curated.words()
    token = words.tokens[first]
    stop = curated.stop("stop_never") if _in_a_name(words, first) else curated.never()
    article = token.key in known.articles and words.joined(first) and words.gap(first, first + 1) == "-"
    if article and words.tokens[first + 1].key not in stop:  # "Al-Xyz"
        article = words.tokens[first + 1].capital
    elif token.key in stop:
        return 0
    if not (token.capital or article) or token.key in demonym_keys() or token.titled:
        return 0
    if token.key in known.tails or token.key in known.heads or token.key in known.parts or token.key.isdigit():
        return 0
    length = 1
    while length < _MOST_WORDS and words.joined(first + length - 1):
        nxt = words.tokens[first + length]
        # "Mazar-e-Sharif", but not "Islamist-controlled"
        hyphen = words.gap(first + length - 1, first + length) == "-" and (nxt.capital or len(nxt.key) <= _SHORT)
        bound = nxt.key in known.articles and words.joined(first + length)
        gap = words.gap(first + length, first + length + 1) if bound else ""
        bound = gap == "-" or (
            gap == " " and nxt.capital and words.tokens[first + length + 1].capital
        )  # "Jabal al-Akrad"
        if not (nxt.capital or hyphen or bound):
            break
        if (nxt.key in known.tails or nxt.key in stop) and not hyphen and not bound:
            break
        length += 1
    return length
