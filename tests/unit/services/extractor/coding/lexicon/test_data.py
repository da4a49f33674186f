"""The lexicon's data files are whole: every class is valid, every name in them known, no word in two minds."""

from __future__ import annotations

from collections import defaultdict
from importlib.resources import files
from itertools import combinations

import pytest
import yaml
from pydantic import ValidationError

from schemas.taxonomies import acled, cameo, plover
from services.extractor.coding.events.codes import codes
from services.extractor.coding.events.draft import families, related
from services.extractor.coding.events.modality import _GROUPS
from services.extractor.coding.lexicon.cues import Cue, cues
from services.extractor.coding.lexicon.matcher import fold
from services.extractor.coding.lexicon.things import things
from services.extractor.coding.lexicon.topics import CONFLICT, leaning, topic_counter
from services.extractor.coding.lexicon.triggers import TriggerClass, classes
from services.extractor.coding.lexicon.turns import PLOVER as TURN_EVENTS
from services.extractor.coding.lexicon.turns import turned, turns
from services.extractor.coding.lexicon.weapons import Weapon, weapon_finder

VIOLENT = [c for c in classes().values() if c.domain == "violence"]
# A verb that two classes of violence read: the first of the data files stands, and what else the sentence says decides.
SHARED = {
    "target": {"strike", "attack"},  # "targeted a convoy": a strike only beside a weapon
    "lynch": {"killing", "mob"},
    "ransack": {"looting", "riot"},
}


def _yaml(name: str) -> dict[str, object]:
    data: dict[str, object] = yaml.safe_load(
        files("services.extractor.coding.lexicon").joinpath(name).read_text(encoding="utf-8")
    )
    return data


@pytest.mark.parametrize("cls", classes().values(), ids=lambda c: c.name)
def test_a_class_says_its_type_in_all_three_taxonomies(cls: TriggerClass) -> None:
    assert cls.plover in plover.event_names()
    assert cls.cameo in cameo.codes()
    if cls.domain == "diplomacy":
        assert cls.sub_event_type is None
    assert cls.verbs or cls.nouns or cls.pairs


@pytest.mark.parametrize("cls", classes().values(), ids=lambda c: c.name)
def test_no_entry_of_a_class_is_blank_or_not_text(cls: TriggerClass) -> None:
    paired = [p for pairs in cls.pairs for p in (*pairs.verbs, *pairs.objects)]
    assert not [p for p in paired if "*" in p]
    for phrase in (*cls.verbs, *cls.nouns, *cls.adjectives, *paired):
        assert phrase == phrase.strip()
        assert phrase
        assert "  " not in phrase
        assert phrase.count(" * ") <= 1
        assert not phrase.startswith("*")
        assert not phrase.endswith("*")


def test_only_verbs_have_gaps() -> None:
    assert not [p for c in classes().values() for p in (*c.nouns, *c.adjectives) if "*" in p]


def test_no_entry_stands_twice_in_its_class() -> None:
    twice = [
        (c.name, p)
        for c in classes().values()
        for entries in (c.verbs, c.nouns, c.adjectives, *(e for p in c.pairs for e in (p.verbs, p.objects)))
        for p in set(entries)
        if entries.count(p) > 1
    ]
    assert twice == []


@pytest.mark.parametrize(
    "change",
    [
        {"sub_event_type": "Air strike"},
        {"cameo": "9999"},
        {"mode": "by-magic"},
        {"frame": "fight"},
        {"colour": "red"},
    ],
)
def test_a_class_with_a_word_that_no_taxonomy_has_is_refused(change: dict[str, str]) -> None:
    good = {"name": "x", "domain": "violence", "plover": "ASSAULT", "cameo": "190", "frame": "attack"}
    TriggerClass.model_validate(good)
    with pytest.raises(ValidationError):
        TriggerClass.model_validate({**good, **change})


def test_no_phrase_tells_of_two_kinds_of_violence_but_the_named_ones() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for cls in VIOLENT:
        for part, entries in (("verb", cls.verbs), ("noun", cls.nouns), ("adjective", cls.adjectives)):
            for phrase in entries:
                owners[part, phrase.lower()].add(cls.name)
    shared = {phrase: names for (_, phrase), names in owners.items() if len(names) > 1}
    assert {p: names for p, names in shared.items() if SHARED.get(p) != names} == {}


def test_trigger_classes_codes_and_families_know_one_another() -> None:
    assert all(families()[c.name] for c in VIOLENT)
    assert set(codes()) == set(acled.sub_event_types())
    assert len(codes()) == 25


def test_every_one_of_the_25_types_has_words_of_its_own() -> None:
    assert {c.sub_event_type for c in VIOLENT} - {None} == set(acled.sub_event_types())


@pytest.mark.parametrize("name", acled.sub_event_types())
def test_the_codes_of_a_type_are_codes(name: str) -> None:
    code = codes()[name]
    assert code.cameo in cameo.codes()
    assert code.mode is None or code.mode in plover.events()[code.plover].modes


def test_classes_are_related_to_themselves_and_both_ways() -> None:
    for one, other in combinations(classes().values(), 2):
        assert related(one, one)
        assert related(one, other) == related(other, one)
    assert related(classes()["airstrike"], classes()["death"])
    assert not related(classes()["arrest"], classes()["shelling"])


def test_cues_hold_the_groups_that_the_code_reads() -> None:
    assert set(cues()) >= {*_GROUPS, "light", "result", "saying", "arrest"}
    for name, group in cues().items():
        assert group.verb_forms or group.words, name
    with pytest.raises(ValidationError):
        Cue.model_validate({"nouns": ["fear"]})


def test_cues_are_words_even_where_yaml_reads_them_as_something_else() -> None:
    """A bare `no` in YAML is false."""
    assert "no" in cues()["negated"].words
    assert {"will", "'ll"} <= cues()["planned"].words


def test_a_cue_word_says_one_thing() -> None:
    for one, other in combinations(("negated", "planned", "hypothetical"), 2):
        assert not cues()[one].words & cues()[other].words, (one, other)


def test_things_tell_property_territory_and_weapons_in_both_numbers() -> None:
    assert set(things()) >= {"property", "territory", "weapon"}
    assert all(things().values())
    assert {"mosque", "mosques"} <= things()["property"]
    assert {"town", "towns", "city", "cities"} <= things()["territory"]
    assert {"cache", "caches", "ied"} <= things()["weapon"]


def test_weapons_hint_at_types_that_there_are() -> None:
    raw = _yaml("weapons.yaml")
    for name, fields in raw.items():
        weapon = Weapon.model_validate(fields)
        assert weapon.hint is None or weapon.hint in acled.sub_event_types(), name
        assert weapon.words


def test_a_word_is_one_weapon() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for name, fields in _yaml("weapons.yaml").items():
        for word in Weapon.model_validate(fields).words:
            owners[word.lower()].add(name)
    assert {word: names for word, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two roadside bombs", ["improvised explosive device"]),
        ("a hand grenade and rifles", ["grenade", "small arms"]),
        ("a rocket-propelled grenade", ["rocket"]),
        ("tear gas", ["tear gas"]),
        ("a molotov cocktail", ["petrol bomb"]),
        ("a bombastic shellfish", []),
    ],
)
def test_weapons_are_named_by_their_longest_words(text: str, expected: list[str]) -> None:
    assert [w.name for w in weapon_finder().find(fold(text))] == expected


def test_tear_gas_and_petrol_bombs_are_neither_chemical_weapons_nor_grenades() -> None:
    hints = {w.hint for w in weapon_finder().find(fold("tear gas, a molotov cocktail and stun grenades"))}
    assert "Chemical weapon" not in hints


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels and soldiers fought near the base as warplanes circled.", CONFLICT),
        ("The striker scored a goal in the second half of the match, the coach said.", "sport"),
        ("The film's director and its actor shone at the premiere; it topped the box office.", "entertainment"),
        ("The earthquake, of magnitude 6, and its aftershock set off a landslide.", "disaster"),
        ("Shares fell as investors read of the takeover bid and of quarterly earnings.", "business"),
        ("Militants, soldiers and rebels met on the stadium's field; a goal was scored.", CONFLICT),
    ],
)
def test_an_article_leans_to_the_topic_whose_words_clearly_outnumber(text: str, expected: str) -> None:
    assert leaning(topic_counter().count(fold(text))) == expected


def test_a_topic_word_counts_once_and_only_whole() -> None:
    counts = topic_counter().count(fold("goal goal goal goalkeepers gloat filmy"))
    assert counts["sport"] == 1 + 3  # "goalkeeper" is hardly said of anything else
    assert counts["entertainment"] == 0


def test_a_turn_says_of_known_deeds_what_the_taxonomies_have() -> None:
    assert set(turns()) == set(TURN_EVENTS)
    for name, rows in turns().items():
        assert set(rows) <= set(classes()) | set(plover.event_names())
        for row in rows.values():
            assert row.cameo in cameo.codes()
            assert row.mode is None or row.mode in plover.events()[TURN_EVENTS[name]].modes


def test_a_class_that_turns_is_of_the_event_that_its_turn_makes() -> None:
    assert {c.turn: c.plover for c in classes().values() if c.turn} == TURN_EVENTS


def test_what_is_said_of_a_deed_goes_by_its_class_before_its_event() -> None:
    release, retreat, killing = classes()["release"], classes()["retreat"], classes()["killing"]
    assert (found := turned("reject", release)) is not None
    assert (found.cameo, found.mode) == ("1243", "yield")
    assert turned("agree", retreat) != turned("agree", release)
    assert turned("agree", killing) is None


@pytest.mark.parametrize(
    "name", ["cues", "things", "topics", "turns", "weapons", "violence", "diplomacy", "inflection"]
)
def test_no_key_is_given_twice(name: str) -> None:
    """YAML lets the last one win in silence."""
    text = files("services.extractor.coding.lexicon").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    root = yaml.compose(text)
    assert isinstance(root, yaml.MappingNode)
    keys = [key.value for key, _ in root.value]
    assert len(keys) == len(set(keys))
