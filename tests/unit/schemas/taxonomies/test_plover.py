from schemas.taxonomies import plover

EVENTS = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST "
    "ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"
)


def test_there_are_the_16_events() -> None:
    assert plover.event_names() == EVENTS.split()


def test_scores_have_the_sign_of_their_quad_class() -> None:
    for name, event in plover.events().items():
        scores = [event.score, *(score for score in event.modes.values() if score is not None)]
        assert event.quad_class in (1, 2, 3, 4), name
        if event.quad_class <= 2:
            assert all(0 < score <= 10 for score in scores), name
        elif name != "REQUEST":  # a request may be a friendly one
            assert all(-10 <= score < 0 for score in scores), name


def test_modes_are_those_of_some_event() -> None:
    assert {"aerial", "firearms", "ceasefire", "third-party"} <= set(plover.mode_names())
