"""A table of date expressions, read on Thursday 2024-01-18 unless told otherwise."""

from __future__ import annotations

import datetime as dt

import pytest

from services.extractor.coding.dates import Resolved, find_dates, resolve

THURSDAY = dt.date(2024, 1, 18)

# text | the expression | first day | last day | precision; "-" where the day is not known
CASES = """
Troops attacked on Thursday. | Thursday | 2024-01-18 | 2024-01-18 | day
Troops attacked on Wednesday. | Wednesday | 2024-01-17 | 2024-01-17 | day
On Friday troops attacked. | Friday | 2024-01-12 | 2024-01-12 | day
On Monday, troops attacked. | Monday | 2024-01-15 | 2024-01-15 | day
a Sunday raid on a farm | Sunday | 2024-01-14 | 2024-01-14 | day
Tuesday's bombing | Tuesday | 2024-01-16 | 2024-01-16 | day
Tuesday\u2019s bombing | Tuesday | 2024-01-16 | 2024-01-16 | day
They fled late Monday. | late Monday | 2024-01-15 | 2024-01-15 | day
late on Monday | late on Monday | 2024-01-15 | 2024-01-15 | day
early Friday | early Friday | 2024-01-12 | 2024-01-12 | day
early on Friday | early on Friday | 2024-01-12 | 2024-01-12 | day
Thursday night | Thursday night | 2024-01-18 | 2024-01-18 | day
on Tuesday morning | Tuesday morning | 2024-01-16 | 2024-01-16 | day
Saturday afternoon shelling | Saturday afternoon | 2024-01-13 | 2024-01-13 | day
the night of Tuesday | night of Tuesday | 2024-01-16 | 2024-01-16 | day
in the early hours of Saturday | early hours of Saturday | 2024-01-13 | 2024-01-13 | day
overnight on Tuesday | overnight on Tuesday | 2024-01-16 | 2024-01-16 | day
at dawn on Wednesday | dawn on Wednesday | 2024-01-17 | 2024-01-17 | day
last Friday | last Friday | 2024-01-12 | 2024-01-12 | day
last Thursday | last Thursday | 2024-01-11 | 2024-01-11 | day
this Wednesday | this Wednesday | 2024-01-17 | 2024-01-17 | day
next Tuesday | next Tuesday | 2024-01-23 | 2024-01-23 | day
next Thursday | next Thursday | 2024-01-25 | 2024-01-25 | day
the coming Monday | coming Monday | 2024-01-22 | 2024-01-22 | day
The mayor was shot on TUESDAY. | TUESDAY | 2024-01-16 | 2024-01-16 | day
on monday the army | monday | 2024-01-15 | 2024-01-15 | day
The blast today hit a bus. | today | 2024-01-18 | 2024-01-18 | day
today's act | today | 2024-01-18 | 2024-01-18 | day
This morning Pakistan struck | This morning | 2024-01-18 | 2024-01-18 | day
earlier today | earlier today | 2024-01-18 | 2024-01-18 | day
this evening | this evening | 2024-01-18 | 2024-01-18 | day
tonight | tonight | 2024-01-18 | 2024-01-18 | day
yesterday | yesterday | 2024-01-17 | 2024-01-17 | day
yesterday evening | yesterday evening | 2024-01-17 | 2024-01-17 | day
the day before yesterday | the day before yesterday | 2024-01-16 | 2024-01-16 | day
last night | last night | 2024-01-17 | 2024-01-17 | day
tomorrow | tomorrow | 2024-01-19 | 2024-01-19 | day
Villages burned overnight. | overnight | 2024-01-17 | 2024-01-18 | day
earlier this week | earlier this week | 2024-01-15 | 2024-01-18 | week
this week | this week | 2024-01-15 | 2024-01-18 | week
last week | last week | 2024-01-08 | 2024-01-14 | week
next week | next week | 2024-01-22 | 2024-01-28 | week
this month | this month | 2024-01-01 | 2024-01-18 | month
last month | last month | 2023-12-01 | 2023-12-31 | month
last year | last year | 2023-01-01 | 2023-12-31 | year
this year | this year | 2024-01-01 | 2024-01-18 | year
three days ago | three days ago | 2024-01-15 | 2024-01-15 | day
3 days ago | 3 days ago | 2024-01-15 | 2024-01-15 | day
a day ago | a day ago | 2024-01-17 | 2024-01-17 | day
a couple of days ago | a couple of days ago | 2024-01-16 | 2024-01-16 | day
ten days ago | ten days ago | 2024-01-08 | 2024-01-08 | day
twenty-one days ago | twenty-one days ago | 2023-12-28 | 2023-12-28 | day
hours ago | hours ago | 2024-01-18 | 2024-01-18 | day
two weeks ago | two weeks ago | 2024-01-01 | 2024-01-07 | week
a month ago | a month ago | 2023-12-01 | 2023-12-31 | month
two years ago | two years ago | 2022-01-01 | 2022-12-31 | year
a decade ago | a decade ago | 2014-01-01 | 2014-12-31 | year
several days ago | several days ago | 2024-01-12 | 2024-01-17 | week
a few months ago | a few months ago | 2023-07-01 | 2023-12-31 | year
in the past 24 hours | in the past 24 hours | 2024-01-17 | 2024-01-18 | day
over the last 48 hours | over the last 48 hours | 2024-01-16 | 2024-01-18 | day
over the past two days | over the past two days | 2024-01-16 | 2024-01-18 | day
in the past week | in the past week | 2024-01-11 | 2024-01-18 | week
in the last five days | in the last five days | 2024-01-13 | 2024-01-18 | week
over the weekend | over the weekend | 2024-01-13 | 2024-01-14 | day
at the weekend | at the weekend | 2024-01-13 | 2024-01-14 | day
last weekend | last weekend | 2024-01-13 | 2024-01-14 | day
next weekend | next weekend | 2024-01-20 | 2024-01-21 | day
18 January 2024 | 18 January 2024 | 2024-01-18 | 2024-01-18 | day
January 18, 2024 | January 18, 2024 | 2024-01-18 | 2024-01-18 | day
January 18 2024 | January 18 2024 | 2024-01-18 | 2024-01-18 | day
Jan 18, 2024 | Jan 18, 2024 | 2024-01-18 | 2024-01-18 | day
Jan. 18, 2024 | Jan. 18, 2024 | 2024-01-18 | 2024-01-18 | day
18 Jan 2024 | 18 Jan 2024 | 2024-01-18 | 2024-01-18 | day
18-Jan-2024 | 18-Jan-2024 | 2024-01-18 | 2024-01-18 | day
18th January, 2024 | 18th January, 2024 | 2024-01-18 | 2024-01-18 | day
the 18th of January 2024 | 18th of January 2024 | 2024-01-18 | 2024-01-18 | day
March 29th 2015 | March 29th 2015 | 2015-03-29 | 2015-03-29 | day
2024-01-18 | 2024-01-18 | 2024-01-18 | 2024-01-18 | day
2024/01/18 | 2024/01/18 | 2024-01-18 | 2024-01-18 | day
18/01/2024 | 18/01/2024 | 2024-01-18 | 2024-01-18 | day
01/18/2024 | 01/18/2024 | 2024-01-18 | 2024-01-18 | day
23-02-2015 | 23-02-2015 | 2015-02-23 | 2015-02-23 | day
25.12.2023 | 25.12.2023 | 2023-12-25 | 2023-12-25 | day
07/07/2021 | 07/07/2021 | 2021-07-07 | 2021-07-07 | day
FIGHTING ON 3 MARCH 2022 | 3 MARCH 2022 | 2022-03-03 | 2022-03-03 | day
29 February 2020 | 29 February 2020 | 2020-02-29 | 2020-02-29 | day
Wed 05 Apr 2017 | Wed 05 Apr 2017 | 2017-04-05 | 2017-04-05 | day
Sunday, March 29th 2015 | Sunday, March 29th 2015 | 2015-03-29 | 2015-03-29 | day
Tuesday, January 16 | Tuesday, January 16 | 2024-01-16 | 2024-01-16 | day
on Tuesday (January 16) | Tuesday (January 16) | 2024-01-16 | 2024-01-16 | day
on 16 January, Tuesday | 16 January, Tuesday | 2024-01-16 | 2024-01-16 | day
on January 16 | January 16 | 2024-01-16 | 2024-01-16 | day
on Jan. 16 | Jan. 16 | 2024-01-16 | 2024-01-16 | day
on 16 January | 16 January | 2024-01-16 | 2024-01-16 | day
on Oct. 28 | Oct. 28 | 2023-10-28 | 2023-10-28 | day
on OCT 28 | OCT 28 | 2023-10-28 | 2023-10-28 | day
the 7th of October | 7th of October | 2023-10-07 | 2023-10-07 | day
the January 3 bombing | January 3 | 2024-01-03 | 2024-01-03 | day
on May 3 | May 3 | 2023-05-03 | 2023-05-03 | day
the night of May 4 | May 4 | 2023-05-04 | 2023-05-04 | day
on December 31 | December 31 | 2023-12-31 | 2023-12-31 | day
on 20 January | 20 January | 2024-01-20 | 2024-01-20 | day
on 25 January | 25 January | 2023-01-25 | 2023-01-25 | day
on February 29 | February 29 | 2020-02-29 | 2020-02-29 | day
on 31/07 | 31/07 | 2023-07-31 | 2023-07-31 | day
Around 2 February 2022 | Around 2 February 2022 | 2022-01-30 | 2022-02-05 | week
2 February 2022 (week of) | 2 February 2022 (week of) | 2022-01-30 | 2022-02-05 | week
in the week of 8 January | in the week of 8 January | 2024-01-05 | 2024-01-11 | week
in May | May | 2023-05-01 | 2023-05-31 | month
in January | January | 2024-01-01 | 2024-01-18 | month
last May | last May | 2023-05-01 | 2023-05-31 | month
last January | last January | 2023-01-01 | 2023-01-31 | month
in March 2021 | March 2021 | 2021-03-01 | 2021-03-31 | month
in late August 2021 | late August 2021 | 2021-08-21 | 2021-08-31 | month
early June | early June | 2023-06-01 | 2023-06-10 | month
mid-June | mid-June | 2023-06-11 | 2023-06-20 | month
the September uprising | September | 2023-09-01 | 2023-09-30 | month
in 2014 | 2014 | 2014-01-01 | 2014-12-31 | year
founded in 2012, it | 2012 | 2012-01-01 | 2012-12-31 | year
the 2019 election | 2019 | 2019-01-01 | 2019-12-31 | year
late 2014 | late 2014 | 2014-09-01 | 2014-12-31 | year
May 3-5 | May 3-5 | 2023-05-03 | 2023-05-05 | day
May 3 to 5, 2016 | May 3 to 5, 2016 | 2016-05-03 | 2016-05-05 | day
3-5 May 2016 | 3-5 May 2016 | 2016-05-03 | 2016-05-05 | day
3 and 4 May | 3 and 4 May | 2023-05-03 | 2023-05-04 | day
between 3 May and 5 June 2016 | between 3 May and 5 June 2016 | 2016-05-03 | 2016-06-05 | month
28 December to 3 January | 28 December to 3 January | 2023-12-28 | 2024-01-03 | week
from Monday to Wednesday | from Monday to Wednesday | 2024-01-15 | 2024-01-17 | day
between Saturday and Monday | between Saturday and Monday | 2024-01-13 | 2024-01-15 | day
Monday-Tuesday | Monday-Tuesday | 2024-01-15 | 2024-01-16 | day
from 2014 to 2016 | from 2014 to 2016 | 2014-01-01 | 2016-12-31 | year
since 2011 | since 2011 | 2011-01-01 | 2024-01-18 | year
since Monday | since Monday | 2024-01-15 | 2024-01-18 | week
since last year | since last year | 2023-01-01 | 2024-01-18 | year
since January 3 | since January 3 | 2024-01-03 | 2024-01-18 | month
for decades | for decades | - | - | -
in recent months | in recent months | - | - | -
over the last several years | over the last several years | - | - | -
during the past three years | during the past three years | - | - | -
for three years | for three years | - | - | -
in the past | in the past | - | - | -
every year | every year | - | - | -
every Friday | every Friday | - | - | -
on Fridays | on Fridays | - | - | -
the 10th anniversary of the war | 10th anniversary of | - | - | -
"""

# the same, told from an event on Wednesday 2024-01-17
FROM_EVENT = """
a day after Islamabad warned | a day after | 2024-01-18 | 2024-01-18 | day
Day After Strike | Day After | 2024-01-18 | 2024-01-18 | day
one day after | one day after | 2024-01-18 | 2024-01-18 | day
hours after Tehran struck | hours after | 2024-01-17 | 2024-01-17 | day
three hours later | three hours later | 2024-01-17 | 2024-01-17 | day
two days earlier | two days earlier | 2024-01-15 | 2024-01-15 | day
three days before the vote | three days before | 2024-01-14 | 2024-01-14 | day
a week before | a week before | 2024-01-07 | 2024-01-13 | week
two weeks later | two weeks later | 2024-01-28 | 2024-02-03 | week
a month after | a month after | 2024-02-01 | 2024-02-29 | month
the following day | the following day | 2024-01-18 | 2024-01-18 | day
the next day | the next day | 2024-01-18 | 2024-01-18 | day
the previous day | the previous day | 2024-01-16 | 2024-01-16 | day
the previous night | the previous night | 2024-01-16 | 2024-01-16 | day
the day before | the day before | 2024-01-16 | 2024-01-16 | day
the night before | the night before | 2024-01-16 | 2024-01-16 | day
on the same day | on the same day | 2024-01-17 | 2024-01-17 | day
that night | that night | 2024-01-17 | 2024-01-17 | day
the previous Friday | previous Friday | 2024-01-12 | 2024-01-12 | day
the following Monday | following Monday | 2024-01-22 | 2024-01-22 | day
days after | days after | 2024-01-18 | 2024-01-23 | week
"""

NO_DATE = """
Protesters march on parliament.
They may 3 times refuse.
The sun rose over the city.
He sat down.
It is second to none.
24/7 guards
05/04/2017 is either of two days
Section 2014 applies
a 2-1 win
31/31/2020
1,999 people
5 killed
the Marching band
"""


def _rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]


def _expected(first: str, last: str, precision: str) -> tuple[str, ...]:
    return (first, last, precision)


def _got(found: Resolved | None) -> tuple[str, ...]:
    return ("-", "-", "-") if found is None else (found.start.isoformat(), found.end.isoformat(), found.precision)


@pytest.mark.parametrize(("text", "words", "first", "last", "precision"), _rows(CASES))
def test_reckons_from_the_day_of_publication(text: str, words: str, first: str, last: str, precision: str) -> None:
    (mention,) = find_dates(text)
    assert mention.text == words
    assert _got(resolve(mention.expr, THURSDAY)) == _expected(first, last, precision)


@pytest.mark.parametrize(("text", "words", "first", "last", "precision"), _rows(FROM_EVENT))
def test_reckons_from_another_event(text: str, words: str, first: str, last: str, precision: str) -> None:
    (mention,) = find_dates(text)
    assert mention.text == words
    found = resolve(mention.expr, THURSDAY, dt.date(2024, 1, 17))
    assert _got(found) == _expected(first, last, precision)


@pytest.mark.parametrize("text", NO_DATE.strip().splitlines())
def test_leaves_other_words_alone(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize("words", ["a day after", "on the same day", "hours later", "two days earlier"])
def test_an_offset_needs_its_event(words: str) -> None:
    (mention,) = find_dates(words)
    assert resolve(mention.expr, THURSDAY) is None


@pytest.mark.parametrize(
    "words", ["on Thursday", "yesterday", "on Oct. 28", "in May", "last week", "three days ago", "over the weekend"]
)
def test_without_a_day_of_publication_only_full_dates_are_known(words: str) -> None:
    (mention,) = find_dates(words)
    assert resolve(mention.expr, None) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [("18 January 2024", "2024-01-18"), ("May 3-5, 2016", "2016-05-03"), ("in March 2021", "2021-03-01")],
)
def test_full_dates_need_no_day_of_publication(words: str, day: str) -> None:
    (mention,) = find_dates(words)
    found = resolve(mention.expr, None)
    assert found is not None
    assert found.start.isoformat() == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on Friday", "2024-01-19"),
        ("on Thursday", "2024-01-18"),
        ("on March 1", "2024-03-01"),
        ("on January 2", "2025-01-02"),
    ],
)
def test_what_is_to_come_lies_ahead(words: str, day: str) -> None:
    (mention,) = find_dates(words)
    found = resolve(mention.expr, THURSDAY, future=True)
    assert found is not None
    assert found.start.isoformat() == day
