"""Logs: one structured line a decision, JSON for machines and readable on a terminal, on standard error."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

from services.common.settings import Settings

_NAME = "tocsin"
_REPEAT_AFTER = 10.0
"""Seconds for which a library's line is not said again: aiokafka says three at each try while a broker is away."""


def logger() -> structlog.stdlib.BoundLogger:
    """Tocsin's logger: `logger().info("article accepted", id=…, trace_id=…)`."""
    bound: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(_NAME)
    return bound


def configure(service: str, settings: Settings) -> None:
    """Send Tocsin's lines from `log_level` up, and the libraries' from WARNING up, to standard error.

    To be called once, when a program starts.
    """
    plain = settings.log_format == "text" or (settings.log_format == "auto" and sys.stderr.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        _service(service),
    ]
    last: list[Processor] = (
        [_printable, structlog.dev.ConsoleRenderer(timestamp_key="time", colors=sys.stderr.isatty())]
        if plain
        else [
            structlog.processors.format_exc_info,
            _ordered,
            structlog.processors.JSONRenderer(default=str, ensure_ascii=False),
        ]
    )
    handler = logging.StreamHandler()
    handler.addFilter(_Quiet())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, _library],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_NAME).setLevel(settings.log_level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _service(service: str) -> Processor:
    def add(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        line.setdefault("service", service)
        return line

    return add


def _ordered(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """What every line has comes first, so that people can read JSON too."""
    return {name: line[name] for name in ("time", "level", "service", "event") if name in line} | dict(line)


def _library(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Say which library speaks."""
    line["logger"] = line["_record"].name
    return line


def _printable(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blot out control characters, so that an article's id or title cannot steer the reader's terminal."""
    for key, value in line.items():
        if isinstance(value, str) and key != "exception" and not value.isprintable():
            line[key] = "".join(char if char.isprintable() else "\ufffd" for char in value)
    return line


class _Quiet(logging.Filter):
    """Lets a library say the same line (by its unformatted text) once in `_REPEAT_AFTER` seconds."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == _NAME:
            return True
        key = (record.name, str(record.msg))
        if record.created - self._said.get(key, 0.0) < _REPEAT_AFTER:
            return False
        if len(self._said) >= 1000:  # libraries that format before they log
            self._said.clear()
        self._said[key] = record.created
        return True
