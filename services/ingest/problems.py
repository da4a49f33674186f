"""What went wrong, as HTTP tells it: problem documents of RFC 9457."""

from __future__ import annotations

import json
import math
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from services.common.errors import Invalid, Rejected
from services.ingest.publisher import Full

_CONTENT_TYPE = "application/problem+json"
_TITLES = {
    400: "The request cannot be read",
    401: "Who sends is not known",
    408: "The request took too long",
    413: "The article is too large",
    415: "The content type is not supported",
    422: "The article cannot be used",
    421: "The service is called by a name that is not its own",
    429: "Too many articles",
    503: "The brokers cannot take the article now",
}
_STATUS = {"not_json": 400, "not_utf8": 400, "lone_surrogate": 400, "too_large": 413}
"""Status of each reason of Invalid; all others are 422."""


def problem(error: Invalid | Rejected) -> dict[str, Any]:
    """The problem document; `reason` is a word for programs, `detail` a sentence for people."""
    if isinstance(error, Invalid):
        return document(_STATUS.get(error.reason, 422), error.reason, error.detail)
    if isinstance(error, Full):
        return document(429, error.reason, f"{error}.") | {"retry_after": _seconds(error)}
    return document(503, "unavailable", f"{error}.") | {"retry_after": _seconds(error)}


def document(status: int, reason: str, detail: str) -> dict[str, Any]:
    """A problem document of our own type."""
    title = _TITLES.get(status, detail)
    return {
        "type": f"urn:tocsin:problem:{reason}",
        "title": title,
        "status": status,
        "detail": detail,
        "reason": reason,
    }


def response(body: dict[str, Any]) -> web.Response:
    """The document as an answer, with Retry-After where one may try again."""
    headers = {"Retry-After": str(body["retry_after"])} if "retry_after" in body else {}
    text = json.dumps(body, ensure_ascii=False)
    return web.Response(text=text, status=body["status"], content_type=_CONTENT_TYPE, headers=headers)


@web.middleware
async def problems(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Answer aiohttp's own errors (no such page, wrong method, a broken body) with problem documents too."""
    try:
        return await handler(request)
    except web.RequestPayloadError:
        return response(document(400, "broken_body", "The body does not end, or is not what Content-Encoding says."))
    except TimeoutError:
        return response(document(408, "slow_body", "The body did not go on for too long: send it again."))
    except web.HTTPException as error:
        if error.status < 400:
            raise
        body = {"type": "about:blank", "title": error.reason, "status": error.status}
        answer = response(body)
        if "Allow" in error.headers:
            answer.headers["Allow"] = error.headers["Allow"]
        return answer


def _seconds(error: Rejected) -> int:
    return max(1, math.ceil(error.retry_after))
