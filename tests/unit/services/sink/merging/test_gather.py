from __future__ import annotations

import datetime as dt
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from services.sink.merging.gather import incidents
from services.sink.merging.report import ArticleReport
from tests.unit.services.sink.merging.build import DAY, dead, on, report, town

TOWNS = ["Maiduguri", "Bama", "Gwoza"]


@st.composite
def reports(draw: st.DrawFn) -> list[ArticleReport]:
    """Some reports about a few towns and days, so that many can and some cannot be one."""
    found = []
    for number in range(draw(st.integers(1, 9))):
        day = DAY + dt.timedelta(days=draw(st.integers(0, 3)))
        words = draw(
            st.lists(st.sampled_from(["Sani", "market", "Ali", "school", "bridge", "31", "Goni Ali"]), unique=True)
        )
        article = report(
            f"a{number}",
            hours=draw(st.integers(0, 90)),
            date=draw(st.sampled_from([on(day), on(day, told=False), None])),
            place=draw(st.one_of(st.none(), st.sampled_from(TOWNS).map(town))),
            casualties=dead(draw(st.integers(1, 9))),
        )
        about = article.article.model_copy(update={"keywords": words})
        found.append(ArticleReport(about, article.event, article.sentences, draw(st.booleans())))
    return found


def ids(groups: list[list[ArticleReport]]) -> list[list[str]]:
    return [[report.article.article_id for report in group] for group in groups]


@settings(deadline=None)
@given(reports(), st.randoms(use_true_random=False))
def test_any_shuffle_ends_in_the_same_incidents(found: list[ArticleReport], dice: random.Random) -> None:
    shuffled = list(found)
    dice.shuffle(shuffled)
    assert ids(incidents(shuffled)) == ids(incidents(found))


def test_two_articles_that_tell_of_two_strikes_make_two_incidents() -> None:
    told = [report(a, hours=n, place=town(name)) for n, a in enumerate("ab") for name in ("Maiduguri", "Bama")]
    groups = incidents(told)
    assert ids(groups) == [["a", "b"], ["a", "b"]]
    assert [{r.event.place.name for r in group if r.event.place} for group in groups] == [{"Maiduguri"}, {"Bama"}]


def test_the_earliest_report_stands_first() -> None:
    assert ids(incidents([report("late", hours=5), report("early")])) == [["early", "late"]]
