"""A toll that stands alone: whose it is, and that its day is not the deed's."""

import datetime as dt

from schemas import Article
from services.extractor.coding import code_article


def _events(text: str, published: str) -> list[tuple[str | None, int | None, int | None, str | None]]:
    article = Article(id="a", text=text, published_at=dt.date.fromisoformat(published))
    coded = code_article(article, article_time=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    return [
        (
            event.sub_event_type,
            killed.best if (killed := event.casualties.killed) is not None else None,
            injured.best if (injured := event.casualties.injured) is not None else None,
            event.date.start.isoformat() if event.date is not None else None,
        )
        for event in coded.events
        if event.makes_incident()
    ]


def test_who_attacks_is_hurt_in_the_fight() -> None:
    text = "Soldiers killed eight gunmen in a shootout in Nuevo Laredo on Tuesday. Two soldiers were wounded."
    assert _events(text, "2024-06-06") == [("Armed clash", 8, 2, "2024-06-04")]


def test_the_day_when_bodies_are_found_is_not_the_deeds() -> None:
    text = (
        "Rebels hacked 16 farmers to death in the village of Mukondi in North Kivu on Wednesday night. "
        "The bodies of four more victims were found on Thursday morning."
    )
    assert _events(text, "2023-03-10") == [("Attack", 20, None, "2023-03-08")]


def test_a_states_deed_and_its_foes_stay_two() -> None:
    text = (
        "Government forces shelled a suburb of Damascus on Sunday, killing eight civilians. "
        "Rebel groups fired rockets into the centre of Damascus on Sunday, killing two people."
    )
    assert [killed for _, killed, _, _ in _events(text, "2017-11-20")] == [8, 2]
