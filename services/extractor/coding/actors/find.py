"""Mentions of actors in a text: named groups, states' forces, generic nouns and countries, with exact offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from services.extractor.coding.actors.countries import demonym_country
from services.extractor.coding.actors.fold import fold
from services.extractor.coding.actors.heads import CIVIL, FIGHTING, head_role
from services.extractor.coding.actors.knowledge import generic
from services.extractor.coding.actors.lexicon import CountryForm, Group, Noun
from services.extractor.coding.actors.names import Canonical, of_country, of_role
from services.extractor.coding.actors.resolve import Context, context_of, country_of, group_of, noun_of
from services.extractor.coding.actors.scan import Word, scan
from services.extractor.coding.actors.unknown import unknown_groups

Category = Literal["named", "state", "generic", "country"]
Form = Literal["name", "demonym", "people", "metonym"]

_MAX_GAP = 40  # characters between a country and its forces: possessive, blanks and two modifiers
_HYPHENS = "\u2010\u2011\u2012\u2013-"


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A stretch of the text that names an actor; `text` is `source[start:end]`."""

    start: int
    end: int
    text: str
    name: str
    """Canonical, ASCII; without a country for generic ones whose country the words do not tell."""
    kind: str | None
    country: str | None
    """ISO 3166-1 alpha-3, as far as the words themselves tell."""
    code: str | None
    category: Category
    role: str | None = None
    """The role of `generic_nouns.yaml` (`military`, `rebels`, `civilians`…) for states' forces and generic mentions."""
    group: str | None = None
    """What kind of civilians (`women`, `journalists`…), where the noun tells."""
    form: Form | None = None
    """How a bare country is named; a `demonym` alone ("Syrian town") is rarely an actor."""


@dataclass(slots=True)
class _Phrase:
    """Words that stand together: a country, a group and nouns, each if there."""

    start: int
    end: int
    country: CountryForm | None = None
    group: Group | None = None
    nouns: tuple[Noun, ...] = ()


def find_actors(text: str, country: str | None = None) -> list[ActorMention]:
    """All actors that `text` mentions, by place, without overlap.

    `country` (alpha-3) is the event's or article's, if known: it settles shared abbreviations and the
    Maoists of which country are meant, and is not otherwise given to mentions. Does not block; linear in the text.
    """
    return list(_found(text, country))


@lru_cache(maxsize=32)
def _found(text: str, country: str | None) -> tuple[ActorMention, ...]:
    """Kept for a while: gate, letter case and view ask for the same sentence."""
    words = scan(text)
    return tuple(mentions(text, words, context_of(words, country)))


def mentions(text: str, words: list[Word], context: Context) -> list[ActorMention]:
    """The mentions that `words`, scanned from `text`, make in this context."""
    folded = fold(text)
    phrases: list[_Phrase] = []
    index = 0
    while index < len(words):
        phrase, index = _phrase(text, folded, words, index, context)
        if phrase is not None:
            phrases.append(phrase)
    found = [mention for phrase in phrases if (mention := _mention(text, folded, phrase)) is not None]
    return _share_nouns(text, _with_unknown(text, _apart(found)))


def _with_unknown(text: str, found: list[ActorMention]) -> list[ActorMention]:
    """Names of groups that no file has, in place of the words found inside them; known groups stay."""
    kept: list[ActorMention] = []
    at = 0
    for start, end, name in unknown_groups(text):
        while at < len(found) and found[at].end <= start:
            kept.append(found[at])
            at += 1
        after = next((index for index in range(at, len(found)) if found[index].start >= end), len(found))
        inside = found[at:after]
        if any(mention.role is None and mention.category != "country" for mention in inside):
            continue
        home = next((mention.country for mention in inside if mention.country), None)
        kept.append(_build(text, start, end, Canonical(name, "Rebel group", home, f"{home or 'IMG'}REB"), "named"))
        at = after
    return kept + found[at:]


def _phrase(text: str, folded: str, words: list[Word], index: int, context: Context) -> tuple[_Phrase | None, int]:
    """The phrase that begins at word `index`, None if it means nothing here, and the index after it."""
    word = words[index]
    phrase = _Phrase(word.start, word.end)
    after = words[index + 1] if index + 1 < len(words) else None
    fighting = after is not None and _joined(folded, word, after) and _is_fighting(after)
    phrase.group = group_of(word, context, fighting=fighting)
    if phrase.group is None:
        phrase.country = country_of(word)
        noun = noun_of(word)
        if phrase.country is None and noun is None:
            return None, index + 1
        if phrase.country is None and noun is not None:
            phrase.nouns = (noun,)
        elif _hyphened(text, word.end) or _hyphened_before(text, word.start):
            return None, index + 1  # "Saudi-led", "non-Syrian": no actor by itself
        elif phrase.country is not None and phrase.country.form == "metonym" and _NAMED_AFTER.match(text, word.end):
            return None, index + 1  # "Ottawa Park" is no government
    elif _hyphened(text, word.end):
        return None, index + 1  # "Houthi-held"
    return _extend(folded, words, index + 1, phrase, context)


def _extend(folded: str, words: list[Word], index: int, phrase: _Phrase, context: Context) -> tuple[_Phrase, int]:
    """Take in the words that follow directly, as far as they belong to the phrase."""
    while index < len(words):
        word, before = words[index], words[index - 1]
        gap_ok = _joined(folded, before, word, loose=phrase.country is not None and not phrase.nouns)
        noun = noun_of(word)
        group = None if phrase.nouns or phrase.group else group_of(word, context, fighting=False)
        if gap_ok and group and phrase.country and _possessed(folded, before, word, phrase.country):
            phrase.group = group
        elif gap_ok and noun and country_of(word) is None and not (phrase.group and noun.role in CIVIL):
            phrase.nouns = (*phrase.nouns, noun)
        elif phrase.nouns and not phrase.group and not phrase.country and _of(folded, before, word):
            country = country_of(word)
            if country is None or country.form in {"demonym", "people"} or head_role(phrase.nouns) is None:
                break
            phrase.country = country
        else:
            break
        phrase.end = word.end
        index += 1
    return phrase, index


def _joined(folded: str, before: Word, after: Word, *, loose: bool = False) -> bool:
    """Whether `after` follows `before` in the same phrase; `loose` allows modifiers between."""
    gap = folded[before.end : after.start]
    if len(gap) > _MAX_GAP:
        return False
    return bool((_loose_gap() if loose else _TIGHT_GAP).fullmatch(gap))


# Places that are named after a capital.
_NAMED_AFTER = re.compile(
    r" (?:Park|Street|Road|Avenue|Square|Bridge|Gate|Hill|Lane|Drive|Boulevard|Station|Airport|Hotel|Hospital|Clinic|"
    r"School|College|University|Mosque|Church|Cathedral|Stadium|Market|Mall|Camp|Prison|Village|County|River|Beach)\b"
)
_TIGHT_GAP = re.compile(r"(?:'s?)? {1,2}")
_OF_GAP = re.compile(r" of (?:the )?")


@cache
def _loose_gap() -> re.Pattern[str]:
    words = "|".join(sorted((re.escape(fold(word)) for word in generic().modifiers), key=len, reverse=True))
    return re.compile(rf"(?:'s?)? {{1,2}}(?:(?:{words}) ){{0,2}}")


def _of(folded: str, before: Word, after: Word) -> bool:
    return bool(_OF_GAP.fullmatch(folded[before.end : after.start]))


def _possessed(folded: str, before: Word, after: Word, country: CountryForm) -> bool:
    """True of "Iran's Revolutionary Guards" and "Pakistani Rangers", not of "against Israel Hamas said"."""
    return country.form == "demonym" or "'" in folded[before.end : after.start]


def _is_fighting(word: Word) -> bool:
    noun = noun_of(word)
    return noun is not None and (noun.neutral or noun.role in FIGHTING)


def _hyphened(text: str, end: int) -> bool:
    return end + 1 < len(text) and text[end] in _HYPHENS and text[end + 1].isalpha()


def _hyphened_before(text: str, start: int) -> bool:
    return start > 1 and text[start - 1] in _HYPHENS and text[start - 2].isalpha()


def _mention(text: str, folded: str, phrase: _Phrase) -> ActorMention | None:
    start, end = phrase.start, phrase.end
    if phrase.group is not None:
        group = phrase.group
        category: Category = "state" if group.kind == "State forces" else "named"
        actor = Canonical(group.name, group.kind, group.country, group.code)
        return _build(text, start, end, actor, category)
    country = phrase.country.alpha3 if phrase.country else None
    role = head_role(phrase.nouns, country_before=country is not None)
    if role is None:
        if phrase.country is None:
            return None
        if phrase.country.form == "people":
            return _build(text, start, end, of_role("civilians", country), "generic", role="civilians")
        return _build(text, start, end, of_country(phrase.country.alpha3), "country", form=phrase.country.form)
    if role == "civilians" or role in FIGHTING:
        start, role = _unidentified(folded, start, role, phrase.nouns)
    if role == "military" and country is None and _sponsored().search(text, max(0, start - _MAX_GAP), start):
        role = "militia"
    row = generic().roles[role]
    group_name = (
        next((noun.group for noun in reversed(phrase.nouns) if noun.group), None) if role == "civilians" else None
    )
    return _build(text, start, end, of_role(role, country), row.category, role=role, group=group_name)


@cache
def _sponsored() -> re.Pattern[str]:
    """What before an army tells that it is no state's: "Turkish-backed ", "pro-Iranian "."""
    words = "|".join(generic().sponsored)
    return re.compile(rf"(?:\b(?:[Pp]ro|[Aa]nti)[{_HYPHENS}][A-Z]\w+|[\w.][{_HYPHENS}](?:{words})) $")


@cache
def _unidentified_before() -> re.Pattern[str]:
    words = "|".join(sorted((re.escape(fold(word)) for word in generic().unidentified), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:(?:{words}) )+$")


def _unidentified(folded: str, start: int, role: str, nouns: tuple[Noun, ...]) -> tuple[int, str]:
    """The start with "unidentified" taken in, and the role: unidentified men are armed ones."""
    before = _unidentified_before().search(folded, max(0, start - _MAX_GAP), start)
    if before is None:
        return start, role
    plain = role == "civilians" and nouns[-1].group is None
    return before.start(), "armed" if plain else role


def _build(  # noqa: PLR0913 - a mention's parts
    text: str,
    start: int,
    end: int,
    actor: Canonical,
    category: Category,
    *,
    role: str | None = None,
    group: str | None = None,
    form: Form | None = None,
) -> ActorMention:
    name, kind, country, code = actor.name, actor.kind, actor.country, actor.code
    return ActorMention(start, end, text[start:end], name, kind, country, code, category, role, group, form)


def _apart(found: list[ActorMention]) -> list[ActorMention]:
    """Drop what a widened start made overlap: the earlier mention stays."""
    kept: list[ActorMention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


_AND = re.compile(r"(?:,| and| or|, and|/| &)(?: the)? ?")


def _share_nouns(text: str, found: list[ActorMention]) -> list[ActorMention]:
    """Of "Syrian and Russian warplanes" the first adjective shares the noun of the second."""
    for index in range(len(found) - 2, -1, -1):
        first, second = found[index], found[index + 1]
        role = second.role
        if first.category != "country" or demonym_country(first.text) is None or role is None or second.country is None:
            continue
        if not _AND.fullmatch(text[first.end : second.start]):
            continue
        row = generic().roles[role]
        actor = of_role(role, first.country)
        found[index] = _build(text, first.start, first.end, actor, row.category, role=role, group=second.group)
    return found
