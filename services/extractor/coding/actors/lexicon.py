"""All names as patterns: which folded string may mean which country, group or noun, and in what case of letters."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from services.extractor.coding.actors.fold import fold, fold_accents
from services.extractor.coding.actors.knowledge import blocks, country_rows, generic
from services.extractor.coding.actors.schema import Block, CountryRow
from services.extractor.coding.actors.spellings import careless, spellings

Case = Literal["exact", "capital", "any"]


@dataclass(frozen=True, slots=True)
class CountryForm:
    """A country by its name, an adjective, its people or a metonym."""

    alpha3: str
    form: Literal["name", "demonym", "people", "metonym"]


@dataclass(frozen=True, slots=True)
class Group:
    """A named actor of the data files."""

    name: str
    country: str | None
    kind: str
    code: str | None


@dataclass(frozen=True, slots=True)
class GroupAlias:
    """One of a group's names; a weak one needs support from the text."""

    group: Group
    weak: bool


@dataclass(frozen=True, slots=True)
class Noun:
    """A generic noun; `neutral` ones take the role of what stands before them."""

    role: str | None
    group: str | None = None
    neutral: bool = False
    word: str = ""


Meaning = CountryForm | GroupAlias | Noun


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to write something, and what it then means."""

    cased: str
    """Folded but for its case, for those that count in this case alone."""
    case: Case
    meaning: Meaning


_KIND_CODES = {"Rebel group": "REB", "Political militia": "UAF", "Identity militia": "UAF", "State forces": "MIL"}
_UPPER = re.compile(r"[A-Z]")
_LETTER = re.compile(r"[A-Za-z]")


def _case(alias: str) -> Case:
    """Abbreviations count in their own case, names with a capital, phrases in any."""
    capitals = len(_UPPER.findall(alias))
    if " " not in alias and capitals >= 2 and capitals * 2 >= len(_LETTER.findall(alias)):
        return "exact"
    if alias[:3].lower() in {"al-", "al "} or not alias[0].isupper():
        return "any"
    return "capital"


def plurals(noun: str) -> list[str]:
    """The noun and its regular plural; a word that ends in s, and those with plurals of their own, stay as they are."""
    if noun.endswith("man"):
        return [noun, f"{noun[:-3]}men"]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return [noun, f"{noun[:-1]}ies"]
    if noun.endswith(("ch", "sh", "ss", "x")):
        return [noun, f"{noun}es"]
    if noun.endswith(("s", "men", "people", "children")):
        return [noun]
    return [noun, f"{noun}s"]


def _country_patterns(row: CountryRow) -> Iterator[Pattern]:
    forms: list[tuple[list[str], Literal["name", "demonym", "people", "metonym"]]] = [
        ([row.name, *row.aliases], "name"),
        (row.adjectives, "demonym"),
        (row.people, "people"),
        (row.metonyms, "metonym"),
    ]
    for words, form in forms:
        for word in words:
            yield Pattern(fold_accents(word), _case(word), CountryForm(row.alpha3, form))


@dataclass(frozen=True, slots=True)
class GroupPattern:
    """A pattern of a group, and whether the file has it as it is."""

    cased: str
    case: Case
    meaning: GroupAlias
    own: bool


def _group_patterns(block: Block) -> Iterator[GroupPattern]:
    """Patterns of a block's groups: their names as the file has them, and the other spellings of these."""
    code = block.code or (f"{block.country or 'IMG'}{_KIND_CODES.get(block.kind, '')}")
    for name, aliases in block.groups.items():
        group = Group(name, block.country, block.kind, code)
        for alias in (name, *aliases):
            bare = alias.removeprefix("~")
            own = frozenset(careless(bare))
            for spelling in spellings(bare):
                meaning = GroupAlias(group, alias.startswith("~"))
                yield GroupPattern(fold_accents(spelling), _case(bare), meaning, spelling in own)


def _noun_patterns() -> Iterator[Pattern]:
    data = generic()
    neutral = {form for word in data.neutral for form in plurals(word)}
    for name, role in data.roles.items():
        for noun in role.nouns:
            for form in plurals(noun):
                yield Pattern(form, "any", Noun(name, None, form in neutral, form))
        for noun in role.acronyms:
            yield Pattern(noun, "exact", Noun(name, None, neutral=False, word=noun))
    for group, nouns in data.groups.items():
        for noun in nouns:
            for form in plurals(noun):
                case: Case = "exact" if form[:2].isupper() else "any"
                yield Pattern(form, case, Noun("civilians", group, form in neutral, form))
    for phrase in data.no_actors:
        yield Pattern(fold_accents(phrase), _case(phrase), Noun(None, word=phrase))
    roles = {form: role for word, role in data.alone.items() for form in plurals(word)}
    taken = {form for role in data.roles.values() for noun in role.nouns for form in plurals(noun)}
    taken |= {form for nouns in data.groups.values() for noun in nouns for form in plurals(noun)}
    for form in sorted(neutral - taken):
        yield Pattern(form, "any", Noun(roles.get(form), None, neutral=True, word=form))


def _of_groups() -> Iterator[Pattern]:
    """Patterns of all groups. A group's own name stands above another's spelling; one that two share needs support."""
    groups = [told for block in blocks() for told in _group_patterns(block)]
    written = {fold(told.cased) for told in groups if told.own}
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for told in groups:
        meant[fold(told.cased)].add(told.meaning.group.name)
    for told in groups:
        key = fold(told.cased)
        if told.own:
            yield Pattern(told.cased, told.case, told.meaning)
        elif key not in written:
            weak = told.meaning.weak or len(meant[key]) > 1
            yield Pattern(told.cased, told.case, replace(told.meaning, weak=weak))


@cache
def patterns() -> dict[str, tuple[Pattern, ...]]:
    """All patterns by their folded string, in the order of the files: groups, then countries, then nouns."""
    found: defaultdict[str, list[Pattern]] = defaultdict(list)
    for pattern in _of_groups():
        found[fold(pattern.cased)].append(pattern)
    for row in country_rows():
        for pattern in _country_patterns(row):
            found[fold(pattern.cased)].append(pattern)
    for pattern in _noun_patterns():
        found[fold(pattern.cased)].append(pattern)
    return {key: tuple(dict.fromkeys(of_key)) for key, of_key in found.items()}
