from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import ids

TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))


def test_ids_stay_what_they_were() -> None:
    """Stores and subscribers hold these: a change makes every incident a new one."""
    assert ids.article_id("https://example.org/a", None, None) == "23fbab8e-b9c6-5e6f-80e1-88078416de1d"
    assert ids.article_id(None, "BBC", "text") == "289308d6-eb47-525c-a963-74d285d42598"
    assert ids.article_id(None, None, "text") == "8afbf287-abcb-5046-ba59-8b27f2392aed"
    assert ids.event_id("a", "text", 1, 5, 0) == "a948ebbe-2dc0-5b55-bcf0-83ce80b0075d"
    assert ids.incident_id("e") == "f3cbf484-28b4-53bc-bf7e-6f060ca72866"
    assert ids.alert_id("i", 0) == "e666aae5-e748-516e-99d8-174c31b349b3"
    assert ids.record_id("x") == "306092cc-ef02-5a7a-993a-1968752d314d"
    assert ids.record_id("x", 2) == "e4a9bacd-8fe5-5cac-8e14-bdb2574906b7"
    assert ids.record_id("x", 2, "1.0") == "212f523c-7bf1-5983-b705-23a94ba337e7"


def test_an_article_is_named_by_its_url_before_its_text() -> None:
    by_url = ids.article_id("https://example.org/a", "BBC", "text")
    assert by_url == ids.article_id("https://example.org/a", None, "corrected text")
    assert ids.article_id("", "BBC", "text") == ids.article_id(None, "BBC", "text")


def test_a_url_and_a_text_of_the_same_letters_are_two_articles() -> None:
    assert ids.article_id("x", None, None) != ids.article_id(None, None, "x")


@settings(deadline=None)
@given(TEXT, TEXT, TEXT, TEXT)
def test_parts_never_run_into_one_another(name: str, text: str, other_name: str, other_text: str) -> None:
    same = (name, text) == (other_name, other_text)
    assert (ids.article_id(None, name, text) == ids.article_id(None, other_name, other_text)) is same


def test_each_part_of_an_event_counts() -> None:
    made = {
        ids.event_id("a", "text", 1, 5, 0),
        ids.event_id("b", "text", 1, 5, 0),
        ids.event_id("a", "title", 1, 5, 0),
        ids.event_id("a", "text", 15, 5, 0),
        ids.event_id("a", "text", 1, 55, 0),
        ids.event_id("a", "text", 1, 5, 1),
    }
    assert len(made) == 6
