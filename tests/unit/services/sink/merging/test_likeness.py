from __future__ import annotations

import datetime as dt

import pytest

from schemas import Actor, Casualties, Toll
from services.sink.merging.knowledge import knowledge
from services.sink.merging.likeness import RULED_OUT, likeness
from services.sink.merging.report import ArticleReport
from services.sink.merging.signature import signature
from tests.unit.services.sink.merging.build import DAY, dead, on, report, town

ENOUGH = knowledge().enough


def between(one: ArticleReport, other: ArticleReport) -> int:
    a, b = signature(one), signature(other)
    assert likeness(a, b) == likeness(b, a)
    return likeness(a, b)


def named(role: str, name: str, country: str = "NGA", kind: str = "Rebel group") -> Actor:
    return Actor(role=role, name=name, mention=name, kind=kind, country=country)


def test_two_papers_that_tell_the_same_are_of_one_incident() -> None:
    assert between(report("a"), report("b")) >= ENOUGH


def test_an_article_s_own_events_are_never_one() -> None:
    assert between(report("a"), report("a", casualties=dead(2))) == RULED_OUT


def test_an_exercise_is_no_real_event() -> None:
    assert between(report("a"), report("b", about={"status": "exercise"})) == RULED_OUT


def test_towns_that_both_texts_tell_outright_keep_incidents_apart() -> None:
    assert between(report("a"), report("b", place=town("Bama"))) == RULED_OUT


def test_a_town_that_both_texts_name_may_have_been_taken_for_the_other() -> None:
    unsure = {"inferred": ["place.country", "place.admin1"], "casualties": dead(1)}
    assert between(report("a"), report("b", place=town("Bama"), **unsure)) >= ENOUGH
    assert between(report("a"), report("b", place=town("Gwoza"), **unsure)) > RULED_OUT
    one, other = (
        report(a, place=town(name), about={"keywords": ["Sani", "Goni", name]}, **unsure)
        for a, name in (("a", "Bama"), ("b", "Gwoza"))
    )
    assert between(one, other) == RULED_OUT


def test_regions_that_both_texts_tell_outright_keep_apart_unless_one_names_the_other_s() -> None:
    one, other = (town(name, name, precision=3, latitude=None, longitude=None) for name in ("Borno", "Adamawa"))
    assert between(report("a", place=one), report("b", place=other)) == RULED_OUT
    named = {"keywords": ["Borno", "Adamawa", "Sani"]}
    assert between(report("a", place=one, about=named), report("b", place=other, about=named)) >= ENOUGH


@pytest.mark.parametrize("other", ["Maidugury", "Maiduguri city"])
def test_a_town_in_another_spelling_is_the_same(other: str) -> None:
    assert between(report("a"), report("b", place=town(other))) >= ENOUGH


def test_a_town_lies_in_its_region() -> None:
    region = town("Borno", latitude=None, longitude=None, precision=3)
    assert between(report("a"), report("b", place=region)) >= ENOUGH


def test_an_unknown_village_may_lie_in_the_region() -> None:
    village = town("Kwa Danja", admin1=None, geonames_id=None, latitude=None, longitude=None)
    assert between(report("a"), report("b", place=village)) >= ENOUGH


def test_a_namesake_in_another_country_is_another_town() -> None:
    assert (
        between(
            report("a", place=town("Tripoli", "Tripoli", "LBY")), report("b", place=town("Tripoli", "North", "LBN"))
        )
        == RULED_OUT
    )


def test_a_region_that_is_only_inferred_rules_nothing_out() -> None:
    unsure = {"place": town("Fugu", "Yobe"), "inferred": ["place.admin1", "place.country"]}
    assert between(report("a"), report("b", place=town("Fugu", "Yobe"))) == RULED_OUT
    assert between(report("a"), report("b", **unsure)) > RULED_OUT


def test_a_week_apart_by_both_texts_is_another_incident() -> None:
    one, other = (
        report(a, hours=hours, date=on(day), about={"published_at": day + dt.timedelta(days=1)})
        for a, hours, day in (("a", 0, DAY), ("b", 200, DAY + dt.timedelta(days=8)))
    )
    assert between(one, other) == RULED_OUT


def test_the_next_day_in_like_words_is_another_incident_and_a_day_of_reporting_is_not() -> None:
    def told(article: str, day: dt.date, published: dt.date) -> ArticleReport:
        return report(article, hours=24, date=on(day), about={"published_at": published}, casualties=dead(1))

    next_day = DAY + dt.timedelta(days=1)
    after = next_day + dt.timedelta(days=1)
    assert between(told("a", DAY, next_day), told("b", next_day, after)) == RULED_OUT
    assert between(told("a", DAY, next_day), told("b", next_day, next_day)) >= ENOUGH


def test_late_on_one_day_is_early_on_the_next() -> None:
    def told(article: str, day: dt.date, text: str) -> ArticleReport:
        date = on(day).model_copy(update={"text": text})
        return report(article, date=date, casualties=dead(1), about={"published_at": DAY + dt.timedelta(days=2)})

    next_day = DAY + dt.timedelta(days=1)
    late = told("a", DAY, "on Monday night")
    assert between(late, told("b", next_day, "early on Tuesday")) >= ENOUGH
    assert between(late, told("b", next_day, "on Tuesday night")) == RULED_OUT


def test_an_archive_s_report_without_any_day_may_be_of_any() -> None:
    long_ago = {"article_time": dt.datetime(1970, 1, 1, tzinfo=dt.UTC), "published_at": None}
    one = report("a", date=None)
    other = ArticleReport(one.article.model_copy(update={"article_id": "b", **long_ago}), one.event, one.sentences)
    assert between(report("c"), other) >= ENOUGH


def test_town_and_toll_are_not_enough_without_words() -> None:
    one, other = (report(a, about={"keywords": words}) for a, words in (("a", ["Sani"]), ("b", ["Goni"])))
    assert between(one, other) < ENOUGH
    assert knowledge().places.same_town + 50 <= ENOUGH


def test_the_forces_of_one_state_are_one_side() -> None:
    one, other = (
        report(n[0], actors=[named("perpetrator", f"{n} Forces of Nigeria", kind="State forces")])
        for n in ("Police", "Military")
    )
    assert between(one, other) >= ENOUGH


def test_a_follow_up_that_tells_no_day_may_come_days_later() -> None:
    late = report("b", hours=72, date=on(DAY + dt.timedelta(days=4), told=False))
    assert between(report("a"), late) >= ENOUGH


def test_what_comes_after_the_incident_has_closed_joins_no_more() -> None:
    late = report("b", hours=24 * (knowledge().days.open + 3))
    assert between(report("a"), late) == RULED_OUT


def test_other_groups_on_one_day_in_one_town_are_other_attacks() -> None:
    one = report("a", actors=[named("perpetrator", "Boko Haram")])
    other = report("b", actors=[named("perpetrator", "Military Forces of Nigeria", kind="State forces")])
    assert between(one, other) == RULED_OUT


def test_tit_for_tat_is_two() -> None:
    one = report("a", actors=[named("perpetrator", "Boko Haram"), named("target", "ISWAP")])
    answer = report("b", actors=[named("perpetrator", "ISWAP"), named("target", "Boko Haram")])
    assert between(one, answer) == RULED_OUT


def test_an_agreement_is_no_attack() -> None:
    assert (
        between(report("a"), report("b", event_type="Strategic developments", sub_event_type="Agreement")) == RULED_OUT
    )


def test_tolls_that_agree_speak_for_one_and_far_ones_against() -> None:
    near, same, far = (between(report("a", casualties=dead(7)), report("b", casualties=dead(n))) for n in (8, 7, 70))
    assert same > near > far


def test_copies_of_one_text_are_one_even_where_they_were_read_differently() -> None:
    marks = {"fingerprint": list(range(64))}
    assert between(report("a", about=marks), report("b", about=marks, place=town("Bama"))) >= ENOUGH


PERSON = {"keywords": ["Sani", "Traore", "Amadou", "mason", "Traore, Amadou"]}
VICTIM = {"keywords": ["Goni", "Traore", "Amadou", "mason", "Traore, Amadou"]}


@pytest.mark.parametrize("days", [3, 100, knowledge().days.open])
def test_what_is_told_of_one_person_is_one_incident_also_on_the_day_of_the_verdict(days: int) -> None:
    verdict = report("b", about=VICTIM, hours=24 * days, date=on(DAY + dt.timedelta(days=days)))
    assert between(report("a", about=PERSON), verdict) >= ENOUGH


def test_a_person_joins_no_more_once_the_incident_has_closed() -> None:
    days = knowledge().days.open + 1
    verdict = report("b", about=VICTIM, hours=24 * days, date=on(DAY + dt.timedelta(days=days)))
    assert between(report("a", about=PERSON), verdict) == RULED_OUT


def test_a_person_told_by_age_is_one_whom_another_text_names_in_full() -> None:
    late = on(DAY + dt.timedelta(days=20))
    named_only = {"keywords": [*VICTIM["keywords"][:-1], "Amadou Traore"]}
    other = {"keywords": [*VICTIM["keywords"][:-1], "Amadou Sow"]}
    assert between(report("a", about=PERSON), report("b", about=named_only, date=late)) >= ENOUGH
    assert between(report("a", about=PERSON), report("b", about=other, date=late)) < ENOUGH


def test_a_protest_over_a_death_is_not_that_death() -> None:
    protest = {"event_type": "Protests", "sub_event_type": "Peaceful protest", "casualties": Casualties()}
    late = {"about": VICTIM, "date": on(DAY + dt.timedelta(days=20)), **protest}
    assert between(report("a", about=PERSON), report("b", **late)) < ENOUGH


def test_one_person_in_two_towns_is_told_of_in_two_incidents() -> None:
    assert between(report("a", about=PERSON), report("b", about=PERSON, place=town("Bama"))) == RULED_OUT


def test_another_person_in_like_words_a_year_later_is_another_incident() -> None:
    other = {"keywords": ["Sani", "Diallo", "Amadou", "mason", "Diallo, Amadou"]}
    late = report("b", about=other, hours=24 * 300, date=on(DAY + dt.timedelta(days=300)))
    assert between(report("a", about=PERSON), late) < ENOUGH


def test_a_town_may_be_the_region_that_is_named_after_it() -> None:
    one = report("a", place=town("Gaza", "Gaza Strip", "PSE"))
    other = report("b", place=town("Jabalya", "Gaza Strip", "PSE"))
    assert between(one, other) >= ENOUGH
    assert between(other, report("c", place=town("Rafah", "Gaza Strip", "PSE"))) == RULED_OUT


def test_armed_men_of_no_state_did_not_do_what_a_state_s_forces_did() -> None:
    army = {"actors": [named("perpetrator", "Military Forces of Nigeria", kind="State forces")]}
    gunmen = Actor(role="perpetrator", name="Unidentified Armed Group", mention="gunmen", kind="Political militia")
    same = between(report("a", **army), report("b"))
    assert between(report("a", **army), report("b", actors=[gunmen])) == same - knowledge().actors.other_side


def test_people_who_were_taken_tell_of_no_air_raid() -> None:
    raid = {"sub_event_type": "Air/drone strike", "event_type": "Explosions/Remote violence"}
    taken = Casualties(killed=dead(7).killed, abducted=Toll(low=30, best=30, high=30, text="30"))
    plain = between(report("a", **raid), report("b"))
    assert between(report("a", **raid), report("b", casualties=taken)) == plain - knowledge().means.minus


def test_a_country_named_after_a_town_is_not_that_town_s_name() -> None:
    one, other = (
        report(a, place=town(name, None, mention=f"{name}, Nigeria", geonames_id=None), about={"keywords": words})
        for a, name, words in (
            ("a", "Kolmari", ["Nigeria", "Kolmari", "Sani"]),
            ("b", "Gajiram", ["Nigeria", "Gajiram", "Sani"]),
        )
    )
    assert between(one, other) == RULED_OUT


def test_two_capitals_of_regions_of_their_names_are_two_towns_though_the_country_was_inferred() -> None:
    unsure = {"inferred": ["place.country", "place.admin1"]}
    one, other = (
        report(a, place=town(name, name), about={"keywords": ["drone", "depot", "Sani", name]}, **unsure)
        for a, name in (("a", "Sumy"), ("b", "Poltava"))
    )
    assert between(one, other) == RULED_OUT


def test_rebels_of_several_countries_are_a_side_by_their_common_name_but_no_umbrella_is() -> None:
    groups = {"doers": ["Boko Haram", "Islamic State"], "own": ["Islamic State", "Islamic State (Sahel Province)"]}
    doers, own = (
        [report(n, actors=[named("perpetrator", n, country=None)]) for n in names] for names in groups.values()
    )
    described = report("x", actors=[named("perpetrator", "Unidentified Armed Group (Nigeria)")])
    umbrella = report("y", actors=[named("perpetrator", "Al-Qaeda", country=None)])
    assert between(*doers) == RULED_OUT
    assert between(*own) >= ENOUGH
    assert between(doers[0], described) == between(doers[0], umbrella) == between(doers[0], report("z"))


def strangers(one: dict[str, object], other: dict[str, object]) -> int:
    """The likeness of two short reports of one town that share nothing else."""
    words = (["Maiduguri", "Nigeria", "market"], ["Maiduguri", "Nigeria", "hospital"])
    (a, b) = (
        report(n, **{"casualties": Casualties()} | facts, about={"keywords": w})
        for n, facts, w in zip("ab", (one, other), words, strict=True)
    )
    return between(a, b)


@pytest.mark.parametrize(
    "other",
    [
        {"weapons": ["grenade"], "sub_event_type": "Grenade"},
        {"weapons": ["blade"]},
        {"date": on(DAY).model_copy(update={"text": "on Monday night"})},
    ],
)
def test_reports_that_share_the_place_alone_are_two_where_both_tell_the_hand_or_the_hour(
    other: dict[str, object],
) -> None:
    shot = {"weapons": ["small arms"], "date": on(DAY).model_copy(update={"text": "Monday morning"})}
    assert strangers(shot, {}) >= ENOUGH
    assert strangers(shot, other) < ENOUGH


def test_of_means_that_were_read_as_two_none_is_told() -> None:
    shot, both = {"weapons": ["small arms"]}, {"weapons": ["small arms", "grenade"], "sub_event_type": "Grenade"}
    assert strangers(shot, both) >= ENOUGH


def test_rallies_of_two_camps_are_two_and_of_one_camp_one() -> None:
    marchers = ("Supporters of the government", "The ruling party's supporters", "Opponents of the government")
    loyal, ruling, opposed = (
        report(
            words,
            sub_event_type="Peaceful protest",
            casualties=Casualties(),
            actors=[Actor(role="perpetrator", name="Protesters", mention=words, kind="Protesters")],
        )
        for words in marchers
    )
    assert between(loyal, ruling) >= ENOUGH
    assert between(loyal, opposed) == RULED_OUT or between(loyal, opposed) < between(loyal, ruling) - 200
