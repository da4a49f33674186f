"""Finds the names of places in a text: longest name first, capitals, whole words, exact offsets."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache, lru_cache
from typing import Final

from services.extractor.coding.places import curated, links, modifiers
from services.extractor.coding.places.countries import demonym_keys
from services.extractor.coding.places.fold import key
from services.extractor.coding.places.guard import Guard
from services.extractor.coding.places.locatives import located, owned
from services.extractor.coding.places.model import Candidate, PlaceMention
from services.extractor.coding.places.nesting import lies_in
from services.extractor.coding.places.store import Store
from services.extractor.coding.places.tokens import Words, words_of
from services.extractor.coding.places.unknown import Called, called, described, ground, nation, plain, unnamed

_LONGEST: Final = 7
_MOST_CANDIDATES: Final = 40


class Gazetteer:
    """The names of towns, divisions, regions and countries."""

    def __init__(self) -> None:
        self._store = Store()
        self._curated: dict[str, list[Candidate]] = defaultdict(list)
        self._capitals: dict[str, list[Candidate]] = defaultdict(list)
        self._add_countries()
        self._add_regions()
        self._add_spellings()
        self._add_localities()
        self._add_abbreviations()
        self.lookup = lru_cache(maxsize=16384)(self._lookup)

    def _add_countries(self) -> None:
        for row in curated.countries():
            country = Candidate("country", row.name, country=row.alpha3)
            for name in (row.name, *row.aliases):
                self._note(self._curated, name, replace(country, primary=name == row.name))
            for name in row.abbreviations:
                self._note(self._capitals, name, country)

    def _add_regions(self) -> None:
        for row in curated.regions():
            inner = [self._store.division(self._store.codes[code]) for code in row.parts if code in self._store.codes]
            outer = self._store.division(self._store.codes[row.within]) if row.within else None
            latitude, longitude, population = _middle(inner)
            region = Candidate(
                "admin2" if row.district else "region",
                row.name,
                outer.name if outer else (inner[0].name if len(inner) == 1 else None),
                row.name if row.district else None,
                row.countries[0] if len(row.countries) == 1 else None,
                latitude,
                longitude,
                population,
                countries=row.countries,
                wide=row.wide,
            )
            for name in (row.name, *row.aliases):
                table = self._capitals if name.isupper() and len(name) < 5 else self._curated
                self._note(table, name, replace(region, primary=name == row.name))

    def _add_abbreviations(self) -> None:
        for code, row in curated.admin1().items():
            for name in row.aliases:
                if name.isupper() and len(name) < 6 and code in self._store.codes:
                    self._note(self._capitals, name, self._store.division(self._store.codes[code]))

    def _add_spellings(self) -> None:
        for row in curated.spellings():
            known = [c for c in self._rows(key(row.name)) if c.country == row.country and c.kind != "admin1"]
            for name in row.aliases:
                for candidate in known:
                    self._note(self._curated, name, candidate)

    def _add_localities(self) -> None:
        for row in curated.localities():
            outer = self._store.division(self._store.codes[row.within])
            for name, aliases in row.names.items():
                district = name if row.kind == "admin2" else None
                place = Candidate(row.kind, name, outer.name, district, outer.country)
                for spelling in (name, *aliases):
                    self._note(self._curated, spelling, replace(place, primary=spelling == name))

    @staticmethod
    def _note(table: dict[str, list[Candidate]], name: str, candidate: Candidate) -> None:
        if all(candidate.geonames_id != c.geonames_id or candidate.name != c.name for c in table[key(name)]):
            table[key(name)].append(candidate)

    def _rows(self, name: str) -> list[Candidate]:
        return [self._store.candidate(ref) for ref in self._store.names.refs(name)]

    def _lookup(self, name: str) -> tuple[Candidate, ...]:
        """All places with the key `name`, at most 40, the likeliest without any context first."""
        known = [*self._curated.get(name, ()), *self._rows(name)]
        if not known:
            return ()
        found: dict[tuple[str, str, str | None, str | None], Candidate] = {}
        for candidate in sorted(known, key=rank):
            found.setdefault((candidate.kind, candidate.name, candidate.country, candidate.admin1), candidate)
        return tuple(found.values())[:_MOST_CANDIDATES]

    def towns_of(self, country: str) -> list[Candidate]:
        """All towns of a country; slow, for what is kept."""
        return self._store.towns_of(country)

    def _abbreviation(self, words: Words, number: int) -> tuple[Candidate, ...]:
        """What a word in capitals stands for; where all is capitals, only full stops tell "U.S." from "us"."""
        token = words.tokens[number]
        if token.dotted or (token.upper and not token.shouted):
            return tuple(self._capitals.get(token.key, ()))
        return ()

    def find(self, text: str) -> list[PlaceMention]:
        """The places that `text` names, in its order, without overlaps. Linear in the text's length.

        Raises nothing on any text; a name that is not in the data counts where the text calls it a place
        ("the village of X"), with one candidate of kind `unknown`.
        """
        words = words_of(text)
        guard = Guard(words)
        mentions: list[PlaceMention] = []
        free = 0
        for number in words.openers:
            if number < free or not guard.may_begin(number):
                continue
            length, candidates, trimmed = self._match(words, number, guard)
            name = None if trimmed else _called(words, number, length, candidates)
            if name is not None and candidates and name.last >= number + length and _complete(candidates):
                name = None
            if name is not None and (not candidates or name.last >= number + length):
                candidates, length, trimmed = self._of_called(words, name), name.last - name.first + 1, 0
            elif candidates and not guard.accepts(number, length, candidates, name, mentions):
                candidates = ()
            if not candidates and name is None:
                name = described(words, number) or self._vouched(words, guard, number) or _plain(words, guard, number)
                candidates, length, trimmed = self._of_called(words, name) if name else (), _length(name), 0
            if candidates and name is not None and name.hint == "site":
                candidates = tuple(c for c in candidates if _is_city(c)) or (Candidate("unknown", name.name),)
            if not candidates:
                continue
            start, end = words.tokens[number].start, words.tokens[number + length - 1].end - trimmed
            mention = _mention(words, (start, end), candidates, name, nation(words, number))
            mentions.append(self._countryside(mention) if mention.modifier == "rural" else mention)
            free = max(number + length, name.after if name else 0)
        return links.link(words, mentions)

    def _countryside(self, mention: PlaceMention) -> PlaceMention:
        """What is known as the land around the town: "rural Damascus" is a division of its own."""
        known = self.lookup(key(f"rural {mention.text}"))
        return replace(mention, candidates=known) if known else mention

    def _match(self, words: Words, first: int, guard: Guard) -> tuple[int, tuple[Candidate, ...], int]:
        """Words, places and characters cut from the end ("Aleppos") of the longest name that begins here."""
        keys = [words.tokens[first].key]
        longest = 1
        while longest < _LONGEST and words.joined(first + longest - 1):
            if not guard.may_continue(first + longest):
                break
            keys.append(words.tokens[first + longest].key)
            longest += 1
        for length in range(longest, 0, -1):
            if length == 1 and (short := self._abbreviation(words, first)):
                return 1, short, 0
            if guard.may_end(first, first + length - 1):
                candidates = self._named(words, first, keys[:length])
                if candidates:
                    return length, candidates, 0
        if longest > 1 and keys[0] in curated.words().articles and words.gap(first, first + 1) == "-":
            length, known, trimmed = self._match(words, first + 1, guard)
            if known:  # "al-Raqqa" is Raqqa
                return length + 1, known, trimmed
        last = keys[0]
        if len(last) > 4 and last.endswith("s") and not words.tokens[first].possessive:
            known = tuple(c for c in self.lookup(last[:-1]) if _well_known(c))
            return 1, known, int(bool(known))
        return 1, (), 0

    def _named(self, words: Words, first: int, keys: list[str]) -> tuple[Candidate, ...]:
        name, token = " ".join(keys), words.tokens[first]
        if (token.upper or token.mixed) and len(keys) == 1 and not token.shouted and name not in self._curated:
            known = self.lookup(name)
            return known if token.upper and len(name) > 3 and any(_well_known(c) and c.primary for c in known) else ()
        return self.lookup(name)

    def _vouched(self, words: Words, guard: Guard, first: int) -> Called | None:
        """An unknown name after "in" or "at" with a known place right behind it: "in Xyz, Idlib province"."""
        name = unnamed(words, first) or self._confirmed(words, first)
        link = owned(words, first) if name is None else "in"
        if link is not None and name is None:
            name = ground(words, first)
            name = name if name is not None and guard.may_be_place(name.first, name.last) else None
        if name is None or name.after >= len(words.tokens):
            return None
        after = name.after
        gap = words.folded[words.tokens[name.last].end : words.tokens[after].start]
        if gap == " " and words.tokens[after].key in {"in", "of"} and link == "in":
            after += 2 if words.tokens[min(after + 1, len(words.tokens) - 1)].key == "the" else 1
        elif gap not in {", ", " ("}:
            return None
        while after < len(words.tokens) and words.tokens[after].key in curated.words().parts:
            after += 1
        if after >= len(words.tokens) or not guard.may_begin(after):
            return None
        length, outer, _ = self._match(words, after, guard)
        if words.tokens[after + length - 1].possessive:  # "the attack on Xyz, Niger's best-known paper"
            return None
        sure = any(c.kind in {"country", "admin1"} or (c.primary and c.population >= 20_000) for c in outer)
        behind = called(words, after, length) if outer else None
        return name if sure or behind is not None else None

    def _confirmed(self, words: Words, first: int) -> Called | None:
        """A word that is read as no place by itself, after "in" and before what one of its name lies in."""
        if first + 1 >= len(words.tokens) or words.gap(first, first + 1) != ", " or not located(words, first):
            return None
        token = words.tokens[first]
        outer = [c for c in self.lookup(words.tokens[first + 1].key) if c.kind in {"country", "admin1"}]
        if token.titled or token.shouted or not any(lies_in(c, o) for c in self.lookup(token.key) for o in outer):
            return None
        return Called(first, first, words.text[token.start : token.end], "town", 0, first + 1)

    def _of_called(self, words: Words, name: Called) -> tuple[Candidate, ...]:
        named = name.hint and name.hint != "site"
        known = self.lookup(" ".join(t.key for t in words.tokens[name.first : name.last + 1])) if named else ()
        return known or (Candidate("unknown", name.name),)


def _plain(words: Words, guard: Guard, first: int) -> Called | None:
    """A name that nothing is known of, right after "in" or "at", where nothing says that it is no place's."""
    name = plain(words, first)
    return name if name is not None and guard.may_be_place(name.first, name.last) else None


def _called(words: Words, first: int, length: int, candidates: tuple[Candidate, ...]) -> Called | None:
    """What the text calls the name; its first word may be a smaller town's: "town of Khan Xyz", "Ain Xyz"."""
    begins = words.tokens[first].key in curated.words().beginnings and not _goes_on_from(words, first)
    if candidates and length == 1 and (begins or not any(c.primary or c.population >= _CITY for c in candidates)):
        longer = called(words, first, 0)
        if longer is not None and (longer.hint == "town" or begins):
            return longer
    return called(words, first, length if candidates else 0)


def _goes_on_from(words: Words, first: int) -> bool:
    """The word before it is of the same name: "Wali Khan Amin"."""
    return (
        first > 0
        and words.spaced(first - 1)
        and words.tokens[first - 1].capital
        and not words.opens_sentence(first - 1)
    )


def _complete(candidates: tuple[Candidate, ...]) -> bool:
    """The name ends here whatever follows: it is a country's."""
    return any(c.kind == "country" and c.primary for c in candidates)


def _length(name: Called | None) -> int:
    return name.last - name.first + 1 if name else 1


def _well_known(candidate: Candidate) -> bool:
    return candidate.kind in {"country", "admin1"} or candidate.population >= 100_000


def _is_city(candidate: Candidate) -> bool:
    """Its name before "University" or "Airport" is the city's, not the founder's."""
    return candidate.kind == "town" and candidate.primary and candidate.population >= 100_000


def _middle(inner: list[Candidate]) -> tuple[float | None, float | None, int]:
    known = [
        (c.latitude, c.longitude, c.population) for c in inner if c.latitude is not None and c.longitude is not None
    ]
    total = sum(population + 1 for _, _, population in known)
    if not total:
        return None, None, 0
    latitude = sum(y * (population + 1) for y, _, population in known) / total
    longitude = sum(x * (population + 1) for _, x, population in known) / total
    return round(latitude, 3), round(longitude, 3), sum(population for *_, population in known)


_CITY: Final = 20_000
_ORDER: Final = {"country": 0, "region": 1, "admin1": 1, "town": 2, "admin2": 2, "unknown": 3}


def rank(candidate: Candidate) -> tuple[bool, int, int, str]:
    """Sort key: main names before alternates, countries before divisions before towns, large before small."""
    return (
        not candidate.primary and candidate.kind != "country",
        _ORDER[candidate.kind],
        -candidate.population,
        f"{candidate.kind}{candidate.name}{candidate.geonames_id}",
    )


def _mention(
    words: Words, span: tuple[int, int], candidates: tuple[Candidate, ...], name: Called | None, country: str | None
) -> PlaceMention:
    start, end = span
    hint = name.hint if name else _own_hint(words.folded[start:end], candidates[0])
    if name is not None and name.tail_end > end:
        end = name.tail_end
    if hint is not None:
        fitting = tuple(c for c in candidates if fits(c, hint))
        candidates = fitting + tuple(c for c in candidates if c not in fitting)
    modifier = modifiers.around(words.folded, start, end)
    return PlaceMention(start, end, words.text[start:end], candidates, hint, modifier, country)


def _own_hint(name: str, known: Candidate) -> str | None:
    """What a name calls itself: the data have "Xyz District" whole."""
    hint = curated.words().tails.get(name.rpartition(" ")[2]) if " " in name else None
    return hint if hint in {"admin1", "admin2"} and known.kind == hint else None


def fits(candidate: Candidate, hint: str) -> bool:
    """Whether a place may be called what the text calls it."""
    if hint == "region":
        return candidate.kind in {"region", "admin1", "admin2"}
    return candidate.kind == ("town" if hint in {"camp", "site"} else hint)


@cache
def load() -> Gazetteer:
    """The gazetteer, read once a process (some 2 s). Raises FileNotFoundError if its files were never built."""
    demonym_keys()
    return Gazetteer()
