"""An article as anyone may send it: read, checked, and given its id. Ingest and the extractor share it."""

from __future__ import annotations

import datetime as dt
import json

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from schemas import Article
from schemas.article import MAX_BYTES, MAX_ID, MAX_TEXT
from schemas.base import unknown_fields
from schemas.ids import article_id
from services.common.errors import Invalid

FUTURE = dt.timedelta(days=1)
"""How far past the record's time `published_at` may lie: clocks and time zones differ by less."""

REASONS = (
    "tombstone",
    "too_large",
    "not_utf8",
    "not_json",
    "lone_surrogate",
    "not_object",
    "blank_text",
    "text_too_long",
    "nul_character",
    "published_in_future",
    "schema",
)
"""The `reason` of every Invalid that `read_article` raises."""

_BOM = b"\xef\xbb\xbf"
_TOLD = 3
"""How many errors of one article are told: the sender mends them and sends again."""


def read_article(value: bytes | None, key: bytes | None, record_time: dt.datetime) -> tuple[Article, list[str]]:
    """The article with its `id` filled, and the dotted names of the fields that were dropped.

    The id is the article's own, else the record's key (where that is UTF-8 of 1 to 256 characters), else
    uuid5 of its URL or text. `record_time` is the record's timestamp, with offset. Raises Invalid with one
    of `REASONS`.
    """
    if value is None:
        raise Invalid("tombstone", "The record has no value: to take an article back, send it with `withdrawn`: true.")
    if len(value) > MAX_BYTES:
        raise Invalid("too_large", f"The record is {len(value):,} bytes long: send at most {MAX_BYTES:,}.")
    raw = value.removeprefix(_BOM)
    try:
        article = Article.model_validate_json(raw)
    except ValidationError as wrong:
        raise _invalid(wrong.errors(include_url=False, include_input=False), raw) from None
    _check_time(article, record_time)
    if article.id is None:
        made = _key_id(key) or article_id(article.source.url, article.source.name, article.text)
        article = article.model_copy(update={"id": made})
    return article, unknown_fields(Article, raw)


def _check_time(article: Article, record_time: dt.datetime) -> None:
    published = article.published_at
    if published is None:
        return
    if not isinstance(published, dt.datetime):
        published = dt.datetime.combine(published, dt.time(), dt.UTC)
    if published > record_time + FUTURE:
        told = article.model_dump(mode="json")["published_at"]
        raise Invalid(
            "published_in_future",
            f"`published_at` is {told}, more than a day after the record's time {record_time.isoformat()}: "
            "correct it, or leave it out when it is not known.",
        )


def _key_id(key: bytes | None) -> str | None:
    try:
        text = (key or b"").decode()
    except UnicodeDecodeError:
        return None  # a number or another client's own coding
    return text if text.strip() and len(text) <= MAX_ID and "\x00" not in text else None


def _invalid(errors: list[ErrorDetails], raw: bytes) -> Invalid:
    first = errors[0]
    if first["type"] == "json_invalid":
        return _not_json(first["ctx"]["error"], raw)
    if first["type"] == "model_type" and not first["loc"]:
        return Invalid("not_object", 'The value is not a JSON object: send one such as {"text": "..."}.')
    told = "; ".join(dict.fromkeys(_tell(error) for error in errors[:_TOLD]))
    more = len(errors) - _TOLD
    return Invalid(_reason(first), f"{told}{f'; and {more} more' if more > 0 else ''}.")


def _not_json(told: str, raw: bytes) -> Invalid:
    try:
        text = raw.decode()
    except UnicodeDecodeError as wrong:
        return Invalid("not_utf8", f"The value is not UTF-8 (byte {wrong.start}): send JSON encoded as UTF-8.")
    try:
        # Python's own parser lets lone surrogates through, and they cannot be encoded again.
        json.dumps(json.loads(text), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return Invalid(
            "lone_surrogate",
            "A string holds half of a surrogate pair (\\ud800 to \\udfff): send whole characters.",
        )
    except (ValueError, RecursionError):
        pass  # as expected: it is not JSON, or too deep
    return Invalid("not_json", f"The value is not JSON ({told}): send one JSON object encoded as UTF-8.")


def _reason(error: ErrorDetails) -> str:
    if "NUL" in error["msg"]:
        return "nul_character"
    if error["loc"] == ("text",) and error["type"] == "too_long":
        return "text_too_long"
    if error["loc"] == ("text",) and error["type"] == "too_short":
        return "blank_text"
    if not error["loc"] and "`text`" in error["msg"]:
        return "blank_text"
    return "schema"


def _tell(error: ErrorDetails) -> str:
    """One sentence: which field is wrong, and what it should be."""
    # Which branch of a union failed says nothing to a sender.
    names = [str(part) for part in error["loc"] if part not in ("date", "datetime")]
    field = f"`{'.'.join(names)}`"
    if names == ["published_at"]:
        return f"{field} must be a date such as 2024-01-18 or a date-time with offset such as 2024-01-18T07:30:00Z"
    if names == ["text"] and error["type"] == "too_long":
        return f"{field} is {error['ctx']['actual_length']:,} characters long: send at most {MAX_TEXT:,}"
    if names == ["text"] and error["type"] == "too_short":
        return f"{field} is empty: send the article's text"
    if error["type"] in ("too_long", "too_short"):
        context = error["ctx"]
        bound = (
            f"at most {context['max_length']}" if error["type"] == "too_long" else f"at least {context['min_length']}"
        )
        return f"{field} must have {bound} characters or items"
    message = error["msg"].removeprefix("Value error, ").removeprefix("Input ").rstrip(".")
    return f"{field} {message}" if names else message
