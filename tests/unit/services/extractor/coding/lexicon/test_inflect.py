"""Verbs and nouns take the forms that English gives them, by rule or by the table of exceptions."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from services.extractor.coding.lexicon.triggers import classes, inflection

REGULAR = {
    "attack": "attacks attacked attacking",
    "ambush": "ambushes ambushed ambushing",
    "raze": "razes razed razing",
    "free": "frees freed freeing",
    "occupy": "occupies occupied occupying",
    "deploy": "deploys deployed deploying",
    "rob": "robs robbed robbing",
    "loot": "loots looted looting",
    "bomb": "bombs bombed bombing",
    "storm": "storms stormed storming",
    "axe": "axes axed axing",
    "expel": "expels expelled expelling",
    "surrender": "surrenders surrendered surrendering",
    "vow": "vows vowed vowing",
    "evict": "evicts evicted evicting",
    "gang-rape": "gang-rapes gang-raped gang-raping",
    "machine-gun": "machine-guns machine-gunned machine-gunning",
}
IRREGULAR = {
    "shoot": "shoots shot shooting",
    "strike": "strikes struck striking",
    "seek": "seeks sought seeking",
    "blow": "blows blew blown blowing",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
    "set": "sets setting",
    "be": "is are was were been being",
    "slay": "slays slew slain slaying",
    "kidnap": "kidnaps kidnapped kidnapping",
}
PLURALS = {
    "attack": "attacks",
    "clash": "clashes",
    "robbery": "robberies",
    "monkey": "monkeys",
    "embargo": "embargoes",
    "casualty": "casualties",
    "air strike": "air strikes",
    "exchange of fire": "exchanges of fire",
    "coup d'etat": "coups d'etat",
    "gas": "gases",
}
# Verbs that English bends irregularly, as grammars list them: the rule must not be let loose on them.
_IRREGULAR = """
    arise be bear beat become begin bend bet bind bite bleed blow break breed bring build burst buy cast catch choose
    cling come cost creep cut deal die dig do draw drink drive eat fall feed feel fight find flee fling fly forbid
    foresee forget forgive forgo forsake freeze get give go grind grow hang have hear hide hit hold hurt keep kneel know
    lay lead leave lend let lie lose make mean meet overcome overrun oversee overtake overthrow pay put quit read ride
    ring rise run say see seek sell send set shake shed shoot show shrink shut sing sink sit slay sleep slide sling slit
    speak speed spend spin spit split spread spring stand steal stick sting stink strike strive swear sweep swell swim
    swing take teach tear tell think throw thrust tie tread undergo understand undertake undo untie uphold vie wake wear
    weave weep win wind withdraw withhold withstand wring write"""
IRREGULAR_VERBS = frozenset(_IRREGULAR.split())


@pytest.mark.parametrize(("verb", "forms"), [*REGULAR.items(), *IRREGULAR.items()])
def test_a_verb_has_itself_and_its_forms(verb: str, forms: str) -> None:
    assert set(inflection().verb_forms(verb)) >= {verb, *forms.split()}


@pytest.mark.parametrize("wrong", ["shooted", "striked", "expeled", "robed", "razeed", "occupyed", "setted", "lootted"])
def test_a_form_that_english_lacks_is_not_made(wrong: str) -> None:
    made = {form for verb in (*REGULAR, *IRREGULAR) for form in inflection().verb_forms(verb)}
    assert wrong not in made


def test_a_phrase_bends_its_first_word_among_verbs_and_its_last_among_nouns() -> None:
    assert set(inflection().verb_forms("open fire")) == {"open fire", "opens fire", "opened fire", "opening fire"}
    assert inflection().noun_forms("rocket attack") == ["rocket attack", "rocket attacks"]


@pytest.mark.parametrize(("noun", "plural"), PLURALS.items())
def test_a_noun_has_its_plural(noun: str, plural: str) -> None:
    assert inflection().noun_forms(noun) == [noun, plural]


def _heads() -> set[str]:
    """First words of all verb phrases in the lexicon's data, of a hyphened word the part that bends."""
    path = files("services.extractor.coding.lexicon").joinpath("cues.yaml")
    cues = yaml.safe_load(path.read_text(encoding="utf-8"))
    phrases = [p for c in classes().values() for p in c.verbs] + [p for c in cues.values() for p in c.get("verbs", ())]
    return {phrase.split()[0].rpartition("-")[2] for phrase in phrases}


def test_no_irregular_verb_of_the_data_is_bent_by_rule() -> None:
    assert sorted(_heads() & IRREGULAR_VERBS - set(inflection().verbs)) == []


def test_verbs_in_el_that_double_are_listed() -> None:
    doubling = {"compel", "dispel", "expel", "propel", "quell", "rebel", "repel"}
    for verb in _heads() & doubling:
        assert f"{verb}led" in inflection().verb_forms(verb) or verb.endswith("ll")


def test_every_irregular_verb_tells_its_past_and_its_participle_in_ing() -> None:
    for verb, forms in inflection().verbs.items():
        assert len(forms) >= 4, verb
        assert any(form.endswith("ing") for form in forms), verb


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14))
def test_any_word_gives_forms_that_begin_alike_and_none_twice(word: str) -> None:
    forms = inflection().verb_forms(word)
    assert forms[0] == word
    assert len(set(forms)) == len(forms)
    if word not in inflection().verbs:
        assert all(form.startswith(word[:-1]) for form in forms)
    assert inflection().noun_forms(word)[0] == word
