"""A quote has a span only where the article has its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.extractor.coding.reading.sentences import split
from services.extractor.model_coder.spans import MAX_QUOTE, find

# letters, marks, blanks, characters special to patterns, right-to-left and astral ones
TEXTS = st.text(
    st.sampled_from("ab AB.\n\t'\u2019\"\u201c-\u2013\u00a0()[]*+?\\^$|é\u0301שא😀7"), min_size=1, max_size=120
)


def same(text: str) -> str:
    for alike, plain in (
        ("'\u2018\u2019\u02bc`", "'"),
        ('"\u201c\u201d\u201e\u00ab\u00bb', '"'),
        ("\u2010\u2011\u2012\u2013\u2014", "-"),
    ):
        for char in alike:
            text = text.replace(char, plain)
    return " ".join(text.split())


@given(TEXTS, TEXTS, st.integers(-5, 50))
def test_a_span_always_reads_its_quote(text: str, quote: str, number: int) -> None:
    sentences = split(None, text)
    span = find(quote, number, sentences)
    if span is None:
        return
    assert same(span.text) == same(quote)
    proof = span.evidence("date")
    assert text[proof.start : proof.end] == proof.text == span.text


@given(st.data(), TEXTS)
def test_every_stretch_of_whole_words_is_found(data: st.DataObject, text: str) -> None:
    sentences = split(None, text)
    if not sentences:
        return
    number = data.draw(st.integers(0, len(sentences) - 1))
    words = sentences[number].text.split()
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quote = " ".join(words[first : last + 1])
    span = find(quote, number, sentences)
    assert span is not None
    assert span.sentence is sentences[number]


@given(TEXTS)
def test_words_that_are_not_there_are_not_found(text: str) -> None:
    assert find(f"{text}zzz", 0, split(None, text)) is None
    assert find("zzz", 0, split(None, text)) is None


ARTICLE = "A toward war. The war\u2019s end was near. War, he said, \u201cis over\u201d. 24-hour truce."


@pytest.mark.parametrize(
    ("quote", "number", "start"),
    [
        ("war", 0, 9),  # not in "toward"
        ("war", 1, 18),
        ("war's", 1, 18),  # another apostrophe
        ("War", 0, 38),  # upper case counts
        ('"is over"', 2, 52),  # other quotation marks
        ("war", 3, 18),  # from the nearest sentence that has it, whatever the number
        ("war", 99, 18),
        ("war", -99, 9),
    ],
)
def test_where_a_quote_is_found(quote: str, number: int, start: int) -> None:
    span = find(quote, number, split(None, ARTICLE))
    assert span is not None
    assert span.sentence.start + span.start == start


@pytest.mark.parametrize(
    "quote", ["", "  \n", "wa", "ar", "war. The", "wAR", "war peace", ".*", "w.r", "x" * (MAX_QUOTE + 1)]
)
def test_what_is_no_quote(quote: str) -> None:
    assert find(quote, 0, split(None, ARTICLE)) is None


def test_the_title_has_spans_of_its_own() -> None:
    sentences = split("Blast in Kabul", "A blast hit Kabul.")
    title, text = find("Kabul", 0, sentences), find("Kabul", 1, sentences)
    assert title is not None
    assert text is not None
    assert (title.evidence("place").in_, title.evidence("place").start) == ("title", 9)
    assert (text.evidence("place").in_, text.evidence("place").start) == ("text", 12)


def test_no_sentences_hold_no_quote() -> None:
    assert find("war", 0, []) is None
