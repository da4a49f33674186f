"""The parsers of outside bytes, each as a function that takes any bytes and may raise nothing but a named error."""

from __future__ import annotations

import asyncio
import atexit
import datetime as dt
import io
import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from schemas import Alert
from services.common import log
from services.common.article_input import REASONS, read_article
from services.common.cloudevents import read_headers, record_headers
from services.common.dlq import MAX_LETTER, dead_letter
from services.common.errors import Fatal, Invalid
from services.common.settings import Settings, load_settings
from services.ingest.files import Found, read_stream
from services.ingest.guard import Guard, NotAdmitted
from services.ingest.head import split_head
from services.ingest.keys import read_keys
from services.sink.process import read_message

NOW = dt.datetime(2024, 1, 18, 12, tzinfo=dt.UTC)
_MEMORY = Path("/dev/shm")  # noqa: S108  Linux' own: a disk would be what is measured
_FOLDER = Path(tempfile.mkdtemp(prefix="tocsin-fuzz-", dir=_MEMORY if _MEMORY.is_dir() else None))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)


def quiet() -> None:
    """Let nothing be logged: a fuzzer tells what it finds."""
    log.configure("fuzz", Settings(log_format="json"))
    logging.disable(logging.CRITICAL)


def article_json(data: bytes) -> None:
    """An article as a record or a request; the record's key is the bytes before the first NUL, if any."""
    key, _, value = data.rpartition(b"\x00")
    try:
        article, unknown = read_article(value, key or None, NOW)
    except Invalid as refused:
        assert refused.reason in REASONS  # noqa: PT017  what must hold of any input
        refused.detail.encode()
        return
    assert article.id
    assert unknown == sorted(unknown)
    again, _ = read_article(article.to_bytes(), None, NOW)
    assert again == article


def article_stream(data: bytes) -> None:
    """JSON lines, one object or a text, as from a file or a pipe."""
    for item in read_stream(io.BytesIO(data)):
        if isinstance(item, Found):
            item.article.to_bytes()


def article_head(data: bytes) -> None:
    """The head of a text."""
    text = data.decode(errors="replace")
    head = split_head(text)
    assert text.endswith(head.text)


def kafka_headers(data: bytes) -> None:
    """Names and values of a record's headers, its key, and the dead letter that they end in."""
    parts = data.split(b"\n")
    names = ("ce_time", "ce_id", "traceparent", "tocsin_attempts", "ce_subject", "error.x")
    headers = [(names[n % 6] if n % 7 else part.decode(errors="replace"), part) for n, part in enumerate(parts)]
    found = read_headers(headers)
    assert found.time is None or found.time.tzinfo is dt.UTC
    record_headers(
        type="t",
        id=found.id or "",
        source="s",
        time=found.time or NOW,
        subject=found.subject or "",
        traceparent=found.traceparent or "",
    )
    refused = Invalid("schema", data.decode(errors="replace"))
    letter = dead_letter(
        topic="t", partition=0, offset=0, key=parts[0], value=data, headers=headers, invalid=refused, service="s"
    )
    size = len(letter.key or b"") + len(letter.value or b"") + sum(len(n.encode()) + len(v) for n, v in letter.headers)
    assert size <= MAX_LETTER


def events_message(data: bytes) -> None:
    """A record of conflict-events."""
    try:
        message = read_message(data)
    except Invalid as refused:
        refused.detail.encode()
        return
    assert read_message(message.to_bytes()) == message


def alert(data: bytes) -> None:
    """A record of event-alerts, as subscribers read it."""
    from services.sink.present import render

    try:
        render(Alert.read(data))
    except ValidationError:
        return


def http_headers(data: bytes) -> None:
    """What a request says of who sends it."""
    parts = data.decode("latin-1").split("\n")
    given = dict(zip(("Host", "Authorization", "X-API-Key"), parts, strict=False))
    try:
        Guard().admit(given)
    except NotAdmitted:
        return


def http_request(data: bytes) -> None:
    """A whole request to ingest, its body and its parameters, through the very parser of the server."""
    from tests.fuzz.http import answer

    status = asyncio.run(answer(data))
    assert status < 500 or status == 503


def key_file(data: bytes) -> None:
    """The file of keys."""
    path = _FOLDER / "keys"
    path.write_bytes(data)
    try:
        read_keys(path)
    except Fatal:
        return


def settings(data: bytes) -> None:
    """Environment variables, and the files that they name."""
    from services.common.settings import kafka_options
    from services.sink.store.address import address, told

    path = _FOLDER / "secret"
    path.write_bytes(data)
    text = data.decode(errors="replace").replace("\x00", "")
    parts = [*text.split("\n"), "", "", "", ""]
    given = {
        "bootstrap": parts[0],
        "workers": parts[1],
        "update_window": parts[2],
        "sasl_mechanism": parts[3],
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_username": "me",
        "sasl_password_file": path,
    }
    for chosen in (given, {"database_url": text}, {"database_url_file": path}):
        try:
            read = load_settings(**{name: value for name, value in chosen.items() if value != ""})
            kafka_options(read)
            told(address(read))
        except Fatal as refused:
            str(refused).encode(errors="replace")


TARGETS: dict[str, Callable[[bytes], None]] = {
    one.__name__: one
    for one in (
        article_json,
        article_stream,
        article_head,
        kafka_headers,
        events_message,
        alert,
        http_headers,
        http_request,
        key_file,
        settings,
    )
}
