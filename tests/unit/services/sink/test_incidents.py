from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from schemas import ArticleEvents, Coder, ids
from services.sink.incidents import Told, is_current, standing
from tests.messages import event, message


def told(*messages_events: object) -> list[Told]:
    return [Told(ids.incident_id(e.id), e) for e in messages_events]  # type: ignore[attr-defined]


def test_the_same_message_again_keeps_its_incidents() -> None:
    attack = event("a1")
    assert standing([attack], told(attack)) == {attack.id: ids.incident_id(attack.id)}


def test_what_is_new_stands_for_nothing() -> None:
    assert standing([event("a1", 30, sub_event_type="Grenade")], told(event("a1", 8))) == {}


def test_an_event_whose_words_moved_keeps_its_incident() -> None:
    before, after = event("a1", 8), event("a1", 108)
    assert standing([after], told(before)) == {after.id: ids.incident_id(before.id)}


def test_of_two_alike_that_moved_nothing_is_guessed() -> None:
    before = [event("a1", 8), event("a1", 40)]
    assert standing([event("a1", 108), event("a1", 140)], told(*before)) == {}


def test_what_vanished_stands_for_nothing() -> None:
    assert standing([], told(event("a1"))) == {}


versions = st.tuples(st.integers(0, 3), st.sampled_from(["1.0", "1", "1.9", "1.10", "2"]))


@given(st.lists(versions, min_size=1, max_size=5))
def test_the_current_message_is_the_highest_in_whatever_order_they_come(pairs: list[tuple[int, str]]) -> None:
    messages = [message(version=v, coder=Coder(name="rules", version=c)) for v, c in pairs]
    for order in itertools.islice(itertools.permutations(messages), 24):
        current: ArticleEvents | None = None
        for one in order:
            if is_current(one, current.order() if current else None):
                current = one
        assert current is not None
        assert current.order() == max(m.order() for m in messages)


def test_of_equals_the_later_is_current() -> None:
    assert is_current(message(), message().order())
