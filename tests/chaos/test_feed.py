import collections
import datetime as dt

from schemas import Article
from services.common.article_input import read_article
from services.extractor.coding import code_article
from tests.chaos.feed import POISON_EVERY, feed
from tests.chaos.plan import KINDS, ROLLING, ROUND, schedule
from tests.chaos.world import TOWNS, deed

TODAY = dt.date(2026, 5, 4)


def test_the_same_seed_gives_the_same_feed() -> None:
    assert feed(3, 500, TODAY) == feed(3, 500, TODAY) != feed(4, 500, TODAY)


def test_every_tenth_article_is_poison_and_all_others_can_be_read() -> None:
    articles = [item for item in feed(1, 1000, TODAY) if item.way != "events"]
    assert len(articles) == 1000
    assert [n for n, item in enumerate(articles, start=1) if item.poison] == list(
        range(POISON_EVERY, 1001, POISON_EVERY)
    )
    now = dt.datetime.combine(TODAY, dt.time(), dt.UTC)
    for item in articles:
        if not item.poison:
            assert read_article(item.value, item.key.encode(), now)[0].id == item.key


def test_it_holds_newer_and_late_versions_withdrawals_and_copies() -> None:
    good = [item for item in feed(1, 1000, TODAY) if not item.poison]
    versions = {}
    for item in good:
        article = Article.model_validate_json(item.value or b"")
        versions.setdefault(item.key, []).append((article.version, article.withdrawn))
    courses = {tuple(course) for course in versions.values()}
    plain, newer, late, withdrawn = (0, False), (1, False), (1, False), (2, True)
    assert {(plain,), (plain, plain), (plain, newer), (late, plain), (plain, withdrawn, newer)} <= courses
    assert {item.way for item in good} == {"kafka", "http"}


def test_in_a_long_run_few_deeds_lie_near_one_another() -> None:
    days = collections.Counter(deed(number, 1, TODAY).day for number in range(15_000))
    assert set(days.values()) == {len(TOWNS)}
    assert min(days).year > TODAY.year - 20


def test_the_coder_finds_what_the_world_holds() -> None:
    for number in range(4 * len(TOWNS)):
        what = deed(number, 1, TODAY)
        article = Article(id="a", text=what.told(what.killed, "police"), language="en", published_at=what.day)
        (event,) = code_article(article, article_time=dt.datetime.combine(what.day, dt.time(), dt.UTC)).events
        assert event.place is not None
        assert (event.place.name, event.place.country) == (what.town, what.code)
        assert event.date is not None
        assert event.date.start == what.day
        assert event.sub_event_type == what.kind
        assert event.casualties.killed is not None
        assert event.casualties.killed.best == what.killed


def test_a_round_has_every_fault_and_a_long_run_has_each_at_least_three_times() -> None:
    assert {fault.kind for fault in schedule(1, ROUND)} == set(KINDS) - {ROLLING}
    long = [fault.kind for fault in schedule(1, 200)]
    assert len(long) == 200
    assert min(long.count(kind) for kind in KINDS if kind != ROLLING) >= 3
    assert schedule(1, 200) == schedule(1, 200) != schedule(2, 200)
