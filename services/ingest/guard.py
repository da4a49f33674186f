"""Who is let in, and how fast: keys where they are configured, else this machine alone."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Mapping

from services.common.errors import Fatal, TocsinError
from services.common.settings import Settings
from services.ingest.keys import Keyring
from services.ingest.publisher import Full

BURST = 10.0
"""Seconds of a key's rate that it may send at once, after a pause as long."""
_BEARER = "bearer "


class TooFast(Full):
    """A key sends faster than it may."""

    reason = "rate"


class NotAdmitted(TocsinError):  # noqa: N818  named for what becomes of the request
    """The request is refused before it is read; `status` and `reason` are HTTP's and a word for programs."""

    def __init__(self, status: int, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.reason = status, reason


class Sender:
    """Someone who was let in, with the articles that they may still send."""

    def __init__(self, name: str, rate: float, clock: Callable[[], float]) -> None:
        self.name, self.rate, self._clock = name, rate, clock
        self._most = max(1.0, rate * BURST)
        self._left, self._at = self._most, clock()

    def take(self) -> None:
        """One article is sent. Raises TooFast, with the seconds until the next one may be."""
        if not self.rate:
            return
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self.rate)
        self._at = now
        if self._left < 1:
            raise TooFast(
                f"the key {self.name} may send {self.rate:g} articles a second: send more slowly",
                retry_after=(1 - self._left) / self.rate,
            )
        self._left -= 1


class Guard:
    """Decides by the headers of a request. Without a keyring those who reach this machine by its own name are let in.

    `rate` is for keys that have none of their own; 0 sets no bound.
    """

    def __init__(
        self, keyring: Keyring | None = None, rate: float = 0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._keyring, self._rate, self._clock = keyring, rate, clock
        self._senders: dict[str, Sender] = {}

    def admit(self, headers: Mapping[str, str]) -> Sender:
        """Who sends. Raises NotAdmitted."""
        if self._keyring is None:
            _check_host(headers.get("Host", "localhost"))
            return self._sender("", 0)
        given = headers.get("Authorization", "")
        key = given[len(_BEARER) :].strip() if given.lower().startswith(_BEARER) else headers.get("X-API-Key", "")
        if not key:
            raise NotAdmitted(401, "no_key", "Send your key as `Authorization: Bearer KEY`, or as `X-API-Key: KEY`.")
        try:
            holder = self._keyring.holder(key)
        except Fatal as wrong:
            raise NotAdmitted(503, "keys", "The keys cannot be read now: try again.") from wrong
        if holder is None:
            raise NotAdmitted(401, "unknown_key", "The key is not known: ask for one, or look for a slip in it.")
        return self._sender(holder.name, self._rate if holder.rate is None else holder.rate)

    def _sender(self, name: str, rate: float) -> Sender:
        known = self._senders.get(name)
        if known is None or known.rate != rate:
            known = self._senders[name] = Sender(name, rate, self._clock)
        return known


def guard(settings: Settings) -> Guard:
    """The guard that the settings ask for. Raises Fatal for a service that anyone on the network could send to."""
    if settings.ingest_keys_file is not None:
        return Guard(Keyring(settings.ingest_keys_file), settings.ingest_rate)
    if not is_loopback(settings.http_host):
        raise Fatal(
            f"ingest would take articles from anyone who reaches {settings.http_host or 'this machine'}: make a key by "
            "`tocsin key add NAME --file FILE` and set TOCSIN_INGEST_KEYS_FILE to that file, or listen on this machine "
            "alone (TOCSIN_HTTP_HOST=127.0.0.1)"
        )
    return Guard()


def is_loopback(host: str) -> bool:
    """True for an address, or a name of nothing but addresses, that only this machine reaches."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)} if host else set()
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(str(one).partition("%")[0]).is_loopback for one in found)


def _check_host(host: str) -> None:
    """A page of another site can make a browser call this machine by that site's name: such names are refused."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() and not host.endswith("]") else host
    name = name.strip("[]").lower()
    try:
        mine = ipaddress.ip_address(name).is_loopback
    except ValueError:
        mine = name == "localhost" or name.endswith(".localhost")
    if not mine:
        raise NotAdmitted(
            421, "host", "This service is for its own machine: call it localhost, or set TOCSIN_INGEST_KEYS_FILE."
        )
