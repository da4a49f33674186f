"""Dates of a text: found, reckoned against the day of publication, and read off datelines."""

from services.extractor.coding.dates.expr import (
    DateExpr,
    DateMention,
    Day,
    FromEvent,
    Month,
    Range,
    Relative,
    Since,
    Stretch,
    Weekday,
    Weekend,
    Year,
)
from services.extractor.coding.dates.finder import find_dates
from services.extractor.coding.dates.head import Dateline, find_publication_date, strip_dateline
from services.extractor.coding.dates.resolve import Resolved, resolve

__all__ = [
    "DateExpr",
    "DateMention",
    "Dateline",
    "Day",
    "FromEvent",
    "Month",
    "Range",
    "Relative",
    "Resolved",
    "Since",
    "Stretch",
    "Weekday",
    "Weekend",
    "Year",
    "find_dates",
    "find_publication_date",
    "resolve",
    "strip_dateline",
]
