"""The data files: shape, coverage, and no name that fights with another."""

from __future__ import annotations

from collections import Counter

import pytest
from pydantic import ValidationError

from services.extractor.coding.actors import canonical, country_name, find_actors
from services.extractor.coding.actors.fold import fold, fold_accents
from services.extractor.coding.actors.knowledge import blocks, country_rows, generic
from services.extractor.coding.actors.lexicon import GroupAlias, patterns, plurals
from services.extractor.coding.actors.schema import Block


def test_every_country_has_one_row() -> None:
    codes = Counter(row.alpha3 for row in country_rows())
    assert max(codes.values()) == 1
    assert len(codes) >= 195
    assert {"PSE", "XKX", "TWN", "SOL", "SSD"} <= set(codes)


def test_every_home_of_a_group_is_a_country() -> None:
    for block in blocks():
        if block.country is not None:
            assert country_name(block.country)


def test_hundreds_of_armed_groups_each_listed_once() -> None:
    armed = [block for block in blocks() if block.kind in {"Rebel group", "Political militia", "Identity militia"}]
    names = Counter(name for block in armed for name in block.groups)
    assert len(names) >= 600
    assert [name for name, times in names.items() if times > 1] == []


def test_two_groups_share_an_alias_only_when_all_but_one_of_them_are_weak() -> None:
    clashes = []
    for key, found in patterns().items():
        strong = {p.meaning.group.name for p in found if isinstance(p.meaning, GroupAlias) and not p.meaning.weak}
        if len(strong) > 1:
            clashes.append((key, sorted(strong)))
    assert clashes == []


def test_every_full_name_of_a_group_is_found_as_that_group() -> None:
    wrong = []
    for block in blocks():
        for name in block.groups:
            actor = canonical(name, block.country)
            if actor is None or actor.name != name:
                wrong.append((name, actor and actor.name))
    assert wrong == []


def test_every_country_name_is_found_as_that_country() -> None:
    for row in country_rows():
        (mention,) = find_actors(f"They met in {row.name} again.")
        assert (mention.category, mention.country) == ("country", row.alpha3)


def test_lists_of_words_point_at_known_roles_and_groups() -> None:
    data = generic()
    assert set(data.alone.values()) <= set(data.roles)
    assert set(data.identities) <= set(data.groups)


def test_unknown_key_or_kind_in_a_block_is_an_error() -> None:
    good = {"country": "PAK", "kind": "Rebel group", "groups": {"X": []}}
    assert Block.model_validate(good).groups == {"X": []}
    for bad in ({"kind": "Terrorists"}, {"extra": 1}, {"country": "Pakistan"}, {"groups": {"\u00c9": []}}):
        with pytest.raises(ValidationError):
            Block.model_validate(good | bad)


@pytest.mark.parametrize(
    ("noun", "forms"),
    [
        ("man", ["man", "men"]),
        ("army", ["army", "armies"]),
        ("boy", ["boy", "boys"]),
        ("police", ["police", "polices"]),
    ],
)
def test_plurals(noun: str, forms: list[str]) -> None:
    assert plurals(noun) == forms


def test_folding_keeps_the_length() -> None:
    text = "".join(map(chr, range(0xD800))) + "\U0001f600"
    assert len(fold(text)) == len(fold_accents(text)) == len(text)
    assert fold("Jaish\u2013al\u2019Adl \u00c9") == "jaish al'adl e"


def test_every_alias_beyond_doubt_is_found_as_its_group() -> None:
    wrong = []
    for block in blocks():
        for name, aliases in block.groups.items():
            for alias in aliases:
                if alias.startswith("~"):
                    continue
                found = find_actors(f"it was said that {alias} came in", block.country)
                if [mention.name for mention in found] != [name]:
                    wrong.append((alias, name, [mention.name for mention in found]))
    assert wrong == []


def test_weak_alias_counts_only_with_support() -> None:
    assert find_actors("all of the Wagner came in") == []
    assert [mention.name for mention in find_actors("all of the Wagner came in", "RUS")] == ["Wagner Group"]
    assert [mention.name for mention in find_actors("the RSF came into Khartoum")][:1] == ["Rapid Support Forces"]
