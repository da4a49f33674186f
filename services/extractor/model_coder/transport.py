"""One HTTP request with a bound on its time and on the size of its answer, by the standard library alone."""

from __future__ import annotations

import http.client
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MAX_BYTES = 2_000_000
"""Longest answer that is read."""
_CHUNK = 65_536


class UnreachableError(Exception):
    """No whole answer came."""


class TooSlowError(UnreachableError):
    """None came in time."""


class TooLargeError(Exception):
    """The answer is longer than `MAX_BYTES`."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the endpoint answered, whatever its status."""

    status: int
    retry_after: str | None
    body: bytes


class _AsItComes(urllib.request.HTTPErrorProcessor):
    """Gives every status back: an error is no exception, and a redirect would carry the key to another host."""

    def http_response(self, request: Any, response: Any) -> Any:  # noqa: ARG002  urllib's signature
        return response

    https_response = http_response


def post(url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Reply:
    """POST `body` and read the answer; blocks at most about `timeout` seconds. Proxies are those of the environment.

    Raises TooSlowError, UnreachableError or TooLargeError.
    """
    until = time.monotonic() + timeout
    request = urllib.request.Request(url, body, dict(headers), method="POST")  # noqa: S310  settings take http(s) alone
    opener = urllib.request.build_opener(_AsItComes)
    try:
        with opener.open(request, timeout=timeout) as response:
            return Reply(response.status, response.headers.get("Retry-After"), _read(response, until))
    except OSError as failure:
        reason = getattr(failure, "reason", failure)
        if isinstance(reason, TimeoutError):
            raise TooSlowError(f"no answer in {timeout:.0f} s") from failure
        raise UnreachableError(f"{type(reason).__name__}") from failure
    except http.client.HTTPException as failure:
        raise UnreachableError(f"{type(failure).__name__}") from failure


def _read(response: http.client.HTTPResponse, until: float) -> bytes:
    """All of it, in pieces, lest one that trickles in outlast the time."""
    parts: list[bytes] = []
    size = 0
    while part := response.read1(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > MAX_BYTES:
            raise TooLargeError(f"the answer is longer than {MAX_BYTES} bytes")
        if time.monotonic() > until:
            raise TimeoutError
    return b"".join(parts)
