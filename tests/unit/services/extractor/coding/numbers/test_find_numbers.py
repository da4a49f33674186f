"""A table of numbers with their bounds, and what find_numbers promises of every text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.extractor.coding.dates import find_dates
from services.extractor.coding.numbers import NumberMention, find_numbers, value_of

# text | mentions as words=low/best/high, "-" for null, "~" behind a vague one; nothing where there is none
CASES = """
7 people died | 7=7/7/7
seven people died | seven=7/7/7
2,500 people fled | 2,500=2500/2500/2500
1.000.000 people fled | 1.000.000=1000000/1000000/1000000
twenty-five people | twenty-five=25/25/25
twenty five people | twenty five=25/25/25
one hundred and fifty men | one hundred and fifty=150/150/150
two hundred men | two hundred=200/200/200
two hundred and three men | two hundred and three=203/203/203
a hundred people | a hundred=100/100/100
three thousand five hundred people | three thousand five hundred=3500/3500/3500
1.5 million people | 1.5 million=1500000/1500000/1500000
25 thousand people | 25 thousand=25000/25000/25000
a dozen people | a dozen=12/12/12
half a dozen men | half a dozen=6/6/6
two dozen men | two dozen=24/24/24
2 dozen men | 2 dozen=24/24/24
both men | both=2/2/2
a couple of men | a couple of=2/2/2
One of the men | One=1/1/1
SEVEN DEAD | SEVEN=7/7/7
dozens of people | dozens=12/-/-~
Dozens killed | Dozens=12/-/-~
scores of people | scores=20/-/-~
hundreds were hurt | hundreds=100/-/-~
thousands fled | thousands=1000/-/-~
tens of thousands fled | tens of thousands=10000/-/-~
hundreds of thousands fled | hundreds of thousands=100000/-/-~
several people | several=3/-/-~
a few people | a few=3/-/-~
many people | many=3/-/-~
some militants fled | some=3/-/-~
several dozen men | several dozen=36/-/-~
a few hundred men | a few hundred=300/-/-~
at least three women | at least three=3/3/-
at least 7 people | at least 7=7/7/-
at least a dozen people | at least a dozen=12/12/-
more than 20 people | more than 20=20/20/-
over 20 people | over 20=20/20/-
no fewer than 9 people | no fewer than 9=9/9/-
no less than nine people | no less than nine=9/9/-
upwards of 30 people | upwards of 30=30/30/-
20 or more people | 20 or more=20/20/-
20+ people | 20+=20/20/-
up to 30 people | up to 30=-/-/30
as many as 30 people | as many as 30=-/-/30
fewer than 10 people | fewer than 10=-/-/10
no more than 10 people | no more than 10=-/-/10
about 50 people | about 50=-/50/-
some 50 people | some 50=-/50/-
around fifty people | around fifty=-/50/-
nearly 2000 people | nearly 2000=-/2000/-
an estimated 100,000 people | an estimated 100,000=-/100000/-
50 or so people | 50 or so=-/50/-
at least some 50 people | at least some 50=50/50/-
between 10 and 15 people | between 10 and 15=10/-/15
10 to 15 people | 10 to 15=10/-/15
10-15 people | 10-15=10/-/15
10\u201315 people | 10\u201315=10/-/15
two or three people | two or three=2/-/3
no one was hurt | no one=0/0/0
nobody was hurt | nobody=0/0/0
no casualties | no=0/0/0
none were Iranian | none=0/0/0
zero casualties | zero=0/0/0
three women and four children | three=3/3/3; four=4/4/4
4 Children Among 7 Killed | 4=4/4/4; 7=7/7/7
killed 12 and wounded 25 others | 12=12/12/12; 25=25/25/25
The toll rose from 7 to 10 | 7=7/7/7; 10=10/10/10
two soldiers and one officer | two=2/2/2; one=1/1/1
the two men | two=2/2/2
3 or 30 people | 3=3/3/3; 30=30/30/30
a 25-year-old man |
a 25 year old man |
a man aged 40 |
Ahmed Khan, 25, was shot |
Ahmed Khan (25) was shot |
children as young as 14 |
Adama, who was 17, was shot |
he was 31 when he fell |
the dead, who were 31 in all | 31=31/31/31
the 5th brigade |
at 10:30 a.m. |
at 5 a.m. |
at 5pm |
50 percent of homes |
50% of homes |
50 per cent |
a $300 fine |
a fine of 300 dollars |
Rs 500 |
20 km away |
20km away |
155 mm shells |
155mm shells |
three days of fighting |
24 hours |
14 years |
six months |
T-55 tanks |
a B-52 bomber |
F-16s |
an AK-47 |
M23 rebels |
Flight 370 |
Resolution 2254 |
Highway 5 |
in 2014 |
since 2011, |
the attack of 2012 |
a 2-1 win |
12/07 |
a magnitude 5.6 quake |
two-thirds of homes |
221 Baker Street |
a three-day truce |
no longer safe |
no doubt |
one another |
one day |
G20 leaders |
10.5 |
"""


def _rows() -> list[tuple[str, str]]:
    return [
        (text.strip(), rest.strip()) for text, _, rest in (line.partition("|") for line in CASES.strip().splitlines())
    ]


def _show(mention: NumberMention) -> str:
    bounds = "/".join("-" if n is None else str(n) for n in (mention.low, mention.best, mention.high))
    return f"{mention.text}={bounds}{'~' if mention.vague else ''}"


@pytest.mark.parametrize(("text", "expected"), _rows())
def test_finds_numbers_with_their_bounds(text: str, expected: str) -> None:
    assert "; ".join(_show(mention) for mention in find_numbers(text)) == expected


def test_dates_are_left_out_when_told() -> None:
    text = "On May 3 rebels shot 12 people, two weeks after 4 June."
    dates = [(mention.start, mention.end) for mention in find_dates(text)]
    assert [mention.text for mention in find_numbers(text, exclude=dates)] == ["12"]


def test_each_is_marked() -> None:
    (mention,) = find_numbers("Two each died.")
    assert mention.each


@pytest.mark.parametrize(
    ("words", "value"), [("a dozen", 12), ("1,5", None), ("3.5", None), ("two million", 2_000_000), ("", None)]
)
def test_value_of(words: str, value: int | None) -> None:
    assert value_of(words) == value


_PIECES = st.sampled_from([
    "two", " ", "hundred", "-", "and", "at least ", "3", ",", ".", "500", "dozens", " of ", "no",
    "between ", " to ", "%", "million", "\u0130", "\u017fix", "\u0663", "\xb2", "one", "some ", "men", "+",
    "\n",
])  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map("".join)))
def test_spans_reproduce_the_text_in_order_and_apart(text: str) -> None:
    position = 0
    for mention in find_numbers(text):
        assert position <= mention.start <= mention.core[0] < mention.core[1] <= mention.end
        assert text[mention.start : mention.end] == mention.text
        position = mention.end
        known = [n for n in (mention.low, mention.best, mention.high) if n is not None]
        assert known
        assert known == sorted(known)
        assert known[0] >= 0


@pytest.mark.parametrize(
    "piece", ["1,", "two ", "twenty-", "at least ", "one hundred and ", " ", "between 3 and ", "3-", "some ", "$1 "]
)
def test_time_grows_with_length_alone(piece: str) -> None:
    """A search that back-tracks would not come to an end on these."""
    assert isinstance(find_numbers(piece * 10_000), list)
