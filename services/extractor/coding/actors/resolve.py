"""Chooses what an ambiguous name means by the countries and the full names around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.extractor.coding.actors.lexicon import CountryForm, Group, GroupAlias, Noun
from services.extractor.coding.actors.scan import Word


@dataclass(frozen=True, slots=True)
class Context:
    """What the text tells besides the word itself."""

    country: str | None
    """Of the event or article, as the caller knows it."""
    countries: frozenset[str]
    """Named in the text."""
    groups: frozenset[str]
    """Canonical names of the groups that the text names beyond doubt."""
    homes: frozenset[str] = frozenset()
    """Of the groups that the text names beyond doubt."""
    lenient: bool = False
    """Whether a weak name with one meaning counts without support: the text is a noun phrase taken for an actor."""


def context_of(words: Sequence[Word], country: str | None, *, lenient: bool = False) -> Context:
    """The context that `words`, all of one text, make for each other."""
    meanings = [meaning for word in words for meaning in word.meanings]
    countries = {meaning.alpha3 for meaning in meanings if isinstance(meaning, CountryForm)}
    sure = [[m for m in word.meanings if isinstance(m, GroupAlias)] for word in words]
    known = [found[0].group for found in sure if len(found) == 1 and not found[0].weak]
    homes = frozenset(group.country for group in known if group.country is not None)
    return Context(country, frozenset(countries), frozenset(group.name for group in known), homes, lenient)


def group_of(word: Word, context: Context, *, fighting: bool) -> Group | None:
    """The group that `word` names, or None; `fighting` is whether a noun such as "militants" follows."""
    found = [meaning for meaning in word.meanings if isinstance(meaning, GroupAlias)]
    if not found:
        return None
    if len(found) == 1 and not found[0].weak:
        return found[0].group
    for fits in (
        lambda alias: alias.group.name in context.groups,
        lambda alias: context.country is not None and alias.group.country == context.country,
        lambda alias: alias.group.country in context.countries,
        lambda alias: alias.group.country in context.homes,
        lambda alias: not alias.weak,
    ):
        fitting = sorted((alias for alias in found if fits(alias)), key=lambda alias: alias.weak)
        if fitting:
            return fitting[0].group
    if fighting or (context.lenient and len(word.meanings) == 1):
        return found[0].group
    return None


def country_of(word: Word) -> CountryForm | None:
    """The country that `word` may mean."""
    return next((meaning for meaning in word.meanings if isinstance(meaning, CountryForm)), None)


def noun_of(word: Word) -> Noun | None:
    """The generic noun that `word` may be."""
    return next((meaning for meaning in word.meanings if isinstance(meaning, Noun)), None)
