"""What a noun phrase is called."""

from __future__ import annotations

import pytest

from services.extractor.coding.actors import canonical, country_name, demonym_country, military_of

UAG = "Unidentified Armed Group"


@pytest.mark.parametrize(
    ("phrase", "country", "name", "kind"),
    [
        ("suspected Boko Haram militants", None, "Boko Haram", "Rebel group"),
        ("unidentified gunmen", "NGA", f"{UAG} (Nigeria)", "Political militia"),
        ("unidentified gunmen", None, UAG, "Political militia"),
        ("unknown armed men", "PAK", f"{UAG} (Pakistan)", "Political militia"),
        ("two men", "PAK", "Civilians (Pakistan)", "Civilians"),
        ("Israeli warplanes", "SYR", "Military Forces of Israel", "State forces"),
        ("the Syrian army", None, "Military Forces of Syria", "State forces"),
        ("the army", "SYR", "Military Forces of Syria", "State forces"),
        ("three police officers", "IND", "Police Forces of India", "State forces"),
        ("the U.S. military", None, "Military Forces of the United States", "State forces"),
        ("soldiers of the Pakistan army", "IND", "Military Forces of Pakistan", "State forces"),
        ("the government of Iran", None, "Government of Iran", "State forces"),
        ("women", "IRN", "Civilians (Iran)", "Civilians"),
        ("women", None, "Civilians", "Civilians"),
        ("Palestinians", None, "Civilians (Palestine)", "Civilians"),
        ("villagers in Mali", "NGA", "Civilians (Mali)", "Civilians"),
        ("a police informer", "IND", "Civilians (India)", "Civilians"),
        ("Maoist rebels", "IND", "Communist Party of India (Maoist)", "Rebel group"),
        ("Maoist rebels", "NPL", "Communist Party of Nepal (Maoist)", "Rebel group"),
        ("PLA", "CHN", "Military Forces of China", "State forces"),
        ("PLA", "IND", "People's Liberation Army (Manipur)", "Rebel group"),
        ("5,000 Taliban prisoners", None, "Prisoners", "Civilians"),
        ("hundreds of villagers", "COD", "Civilians (Democratic Republic of the Congo)", "Civilians"),
        ("a small group of gunmen", "MEX", f"{UAG} (Mexico)", "Political militia"),
        ("Ali Kushayb, a Sudanese militia leader", None, "Militia (Sudan)", "Political militia"),
        ("the Taliban-allied Haqqani Network", None, "Haqqani Network", "Rebel group"),
        ("Thousands of Kenyans", None, "Civilians (Kenya)", "Civilians"),
        ("leaders of Boko Haram", None, "Boko Haram", "Rebel group"),
        ("the Palestinian leader Yasser Arafat", None, "Government of Palestine", "State forces"),
        ("Maoists", "PHL", "New People's Army", "Rebel group"),
        ("SLA", "LKA", "Military Forces of Sri Lanka", "State forces"),
        ("SLA", "SDN", "Sudan Liberation Movement/Army", "Rebel group"),
        ("SLA", "LBN", "South Lebanon Army", "Rebel group"),
        ("cartel gunmen", "MEX", "Unidentified Gang (Mexico)", "Political militia"),
        ("ethnic Tutsi villagers", "COD", "Civilians (Democratic Republic of the Congo)", "Civilians"),
        ("members of Jaish al-Adl", "PAK", "Jaish al-Adl", "Rebel group"),
        ("Kurdish fighters", "SYR", f"{UAG} (Syria)", "Political militia"),
        ("rebel soldiers", "MLI", f"{UAG} (Mali)", "Rebel group"),
        ("opposition forces", "SYR", f"{UAG} (Syria)", "Rebel group"),
        ("RSF", "SDN", "Rapid Support Forces", "Rebel group"),
        ("Iran's elite Revolutionary Guards", None, "Islamic Revolutionary Guard Corps", "State forces"),
        ("U.S.-led coalition", None, "Global Coalition Against Daesh", "External/Other forces"),
        ("an angry mob", "KEN", "Rioters (Kenya)", "Rioters"),
        ("anti-government protesters", "THA", "Protesters (Thailand)", "Protesters"),
        ("Jewish settlers", None, "Settlers (Israel)", "Identity militia"),
        ("settlers", None, "Settlers (Israel)", "Identity militia"),
    ],
)
def test_phrase_gets_its_name_and_kind(phrase: str, country: str | None, name: str, kind: str) -> None:
    actor = canonical(phrase, country)
    assert actor is not None
    assert (actor.name, actor.kind) == (name, kind)


@pytest.mark.parametrize("phrase", ["the group", "they", "a state-run factory", "", "is", "us", "polish"])
def test_phrase_without_an_actor_gives_none(phrase: str) -> None:
    assert canonical(phrase, "PAK") is None


def test_bare_country_has_no_kind() -> None:
    actor = canonical("Pakistan")
    assert actor is not None
    assert (actor.name, actor.kind, actor.country, actor.code) == ("Pakistan", None, "PAK", "PAK")


def test_military_of_a_country_has_its_cameo_code() -> None:
    assert military_of("PAK").code == "PAKMIL"


def test_unknown_country_is_an_error() -> None:
    with pytest.raises(KeyError):
        canonical("soldiers", "ZZZ")


def test_country_helpers() -> None:
    assert demonym_country("pakistani") == "PAK"
    assert demonym_country("Danes") == "DNK"
    assert demonym_country("table") is None
    assert country_name("USA") == "United States"
