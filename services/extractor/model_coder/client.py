"""Asks the endpoint: within the budget and the time, with retries, and not at all while it keeps failing."""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.extractor.model_coder import prompt
from services.extractor.model_coder.answer import Answer, response_format
from services.extractor.model_coder.budget import Budget, SpentError
from services.extractor.model_coder.settings import ModelSettings
from services.extractor.model_coder.transport import Reply, TooLargeError, TooSlowError, UnreachableError, post

_AGAIN = frozenset((408, 409, 429))
_BASE = 0.5
"""Seconds before the first retry, doubled for each further one, up to `_LONGEST`."""
_LONGEST = 20.0


class NoAnswerError(Exception):
    """The model gives nothing to go by; `reason` is one word of a closed list, for logs and tests.

    `budget`, `too_long`, `paused`: it was not asked. `busy`, `server_error`, `timeout`, `unreachable`, `refused`: the
    endpoint failed. `too_large`, `cut_off`, `declined`, `invalid`: its answer is of no use.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


class _AgainError(NoAnswerError):
    """The same request may go well later."""

    def __init__(self, reason: str, detail: str, after: float | None = None) -> None:
        super().__init__(reason, detail)
        self.after = after


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Message(_Lenient):
    content: str | None = None
    refusal: str | None = None


class _Choice(_Lenient):
    message: _Message
    finish_reason: str | None = None


class _Usage(_Lenient):
    total_tokens: int = Field(ge=0)


class _Completion(_Lenient):
    """What `/chat/completions` answers, as far as it matters here."""

    choices: list[_Choice] = Field(min_length=1)
    usage: _Usage | None = None


@dataclass(frozen=True)
class Timing:
    """How time passes and chance falls; tests have their own."""

    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random


class Client:
    """One process's way to the model. `ask` blocks for at most about `deadline` seconds."""

    def __init__(self, settings: ModelSettings, data_dir: Path, timing: Timing | None = None) -> None:
        timing = timing or Timing()
        self._settings = settings
        self._url = f"{settings.base_url.rstrip('/')}/chat/completions"
        self._headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "tocsin"}
        if (key := settings.secret()) is not None:
            self._headers["Authorization"] = f"Bearer {key}"
        self._budget: Budget | None = None
        if settings.requests_per_minute is not None or settings.tokens_per_day is not None:
            file = settings.budget_file or data_dir / "model-budget.sqlite"
            self._budget = Budget(file, settings.requests_per_minute, settings.tokens_per_day, timing.now)
        self._clock, self._sleep, self._jitter = timing.clock, timing.sleep, timing.jitter
        self._failures = 0
        self._rest_until = float("-inf")

    def ask(self, conversation: Sequence[dict[str, str]]) -> Answer:
        """The model's answer, of the right form; what it says is still to be checked. Raises NoAnswerError."""
        if self._clock() < self._rest_until:
            raise NoAnswerError("paused", "the endpoint failed again and again and is left alone for a while")
        asked = self._settings.request_fields() | {"messages": list(conversation), "response_format": response_format()}
        body = json.dumps(asked, ensure_ascii=False).encode()
        cost = prompt.tokens(conversation) + self._settings.max_tokens
        try:
            completion = self._with_retries(body, cost)
        except NoAnswerError as failure:
            if failure.reason != "budget":
                self._note_failure()
            raise
        self._failures = 0
        return _read(completion)

    def _note_failure(self) -> None:
        self._failures += 1
        if self._failures >= self._settings.failures:
            self._failures = 0
            self._rest_until = self._clock() + self._settings.pause

    def _with_retries(self, body: bytes, cost: int) -> _Completion:
        until = self._clock() + self._settings.deadline
        tries = 0
        while True:
            try:
                return self._once(body, cost, until)
            except _AgainError as failure:
                backoff = min(_BASE * 2**tries, _LONGEST) * (0.5 + self._jitter() / 2)
                wait = max(backoff, failure.after or 0.0)
                tries += 1
                if tries > self._settings.retries or self._clock() + wait >= until:
                    raise
                self._sleep(wait)

    def _once(self, body: bytes, cost: int, until: float) -> _Completion:
        request = self._reserve(cost, until)
        left = until - self._clock()
        if left <= 0:
            self._settle(request, 0)
            raise NoAnswerError("budget", "its turn came too late")
        try:
            reply = post(self._url, body, self._headers, min(self._settings.timeout, left))
        except TooSlowError as failure:  # its tokens may have been used: they stay counted
            raise _AgainError("timeout", str(failure)) from failure
        except UnreachableError as failure:
            self._settle(request, 0)
            raise _AgainError("unreachable", str(failure)) from failure
        except TooLargeError as failure:
            raise NoAnswerError("too_large", str(failure)) from failure
        if reply.status != 200:
            self._settle(request, 0)
            raise _refusal(reply)
        try:
            completion = _Completion.model_validate_json(reply.body)
        except ValidationError as wrong:
            raise NoAnswerError("invalid", _told(wrong)) from None
        if completion.usage is not None:
            self._settle(request, completion.usage.total_tokens)
        return completion

    def _reserve(self, cost: int, until: float) -> int:
        """Count the request, after waiting for its turn where that comes in time."""
        while self._budget is not None:
            try:
                return self._budget.reserve(cost)
            except SpentError as spent:
                if self._clock() + spent.wait >= until:
                    raise NoAnswerError("budget", str(spent)) from spent
                self._sleep(spent.wait)
            except (OSError, sqlite3.Error) as failure:  # nothing is asked that cannot be counted
                raise NoAnswerError("budget", f"the budget's file cannot be used: {failure}") from failure
        return 0

    def _settle(self, request: int, tokens: int) -> None:
        if self._budget is None:
            return
        try:
            self._budget.settle(request, tokens)
        except (OSError, sqlite3.Error) as failure:
            raise NoAnswerError("budget", f"the budget's file cannot be used: {failure}") from failure


def _refusal(reply: Reply) -> NoAnswerError:
    """What another status than 200 means; the body is not told, for some endpoints repeat the key in it."""
    told = f"HTTP status {reply.status}"
    if reply.status == 429:
        return _AgainError("busy", told, _seconds(reply.retry_after))
    if reply.status >= 500 or reply.status in _AGAIN:
        return _AgainError("server_error", told, _seconds(reply.retry_after))
    return NoAnswerError("refused", told)


def _seconds(retry_after: str | None) -> float | None:
    """Retry-After in seconds from now: a number or a date (RFC 9110, 10.2.3); null for anything else."""
    if retry_after is None:
        return None
    if retry_after.strip().isascii() and retry_after.strip().isdigit():
        return float(retry_after[:12])
    try:
        when = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max((when - dt.datetime.now(when.tzinfo)).total_seconds(), 0.0)


def _read(completion: _Completion) -> Answer:
    choice = completion.choices[0]
    if choice.finish_reason == "length":
        raise NoAnswerError("cut_off", "the answer is longer than TOCSIN_MODEL_MAX_TOKENS")
    if choice.message.content is None or choice.message.refusal or choice.finish_reason == "content_filter":
        raise NoAnswerError("declined", "the model declines to answer")
    try:
        return Answer.model_validate_json(choice.message.content)
    except ValidationError as wrong:
        raise NoAnswerError("invalid", _told(wrong)) from None


def _told(wrong: ValidationError) -> str:
    """What is wrong, without the text that is."""
    first = wrong.errors(include_input=False, include_url=False)[0]
    return f"{'.'.join(map(str, first['loc'])) or 'answer'}: {first['type']}"
