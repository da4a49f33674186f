"""Tokens for logging in to Kafka by OAUTHBEARER: from a file, or from a token server for a client's id and secret."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

import aiohttp
from aiokafka.abc import AbstractTokenProvider  # type: ignore[import-untyped]  # aiokafka ships no types
from aiokafka.errors import SaslAuthenticationFailed  # type: ignore[import-untyped]

from services.common.errors import Fatal
from services.common.settings import Settings, secret

_PATIENCE = aiohttp.ClientTimeout(total=10)
_LONGEST = 1_000_000
"""Longest answer of a token server that is read, in bytes."""
_SHARE = 0.8
"""Of its life, how long a token is used before a new one is asked for."""
_LIFE = 300.0
"""Seconds that a token is taken to live whose server does not say it."""


class TokenFile(AbstractTokenProvider):  # type: ignore[misc]  # aiokafka ships no types
    """The token in a file, as it is at each login."""

    def __init__(self, path: Path) -> None:
        self._path = path
        secret(None, path)  # Fatal now rather than a login that never goes well

    async def token(self) -> str:
        """Raises aiokafka's error of a login that failed; the client then tries again."""
        try:
            return (await asyncio.to_thread(secret, None, self._path) or "").strip()
        except Fatal as wrong:
            raise SaslAuthenticationFailed(str(wrong)) from None


class ClientCredentials(AbstractTokenProvider):  # type: ignore[misc]  # aiokafka ships no types
    """OAuth 2.0's client credentials grant; a token is kept for most of its life."""

    def __init__(self, url: str, client_id: str, client_secret: str, scope: str | None) -> None:
        # RFC 6749 has both encoded as in a form, since a colon or a percent sign may be in them.
        pair = f"{quote_plus(client_id)}:{quote_plus(client_secret)}"
        self._url, self._scope = url, scope
        self._headers = {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
        self._token, self._until = "", 0.0
        self._asking = asyncio.Lock()

    async def token(self) -> str:
        """Raises aiokafka's error of a login that failed; the client then tries again."""
        async with self._asking:
            if time.monotonic() >= self._until:
                try:
                    await self._ask()
                except (aiohttp.ClientError, TimeoutError, OSError, ValueError, KeyError, TypeError) as wrong:
                    # Neither the answer nor the cause is told: either may show what was sent.
                    raise SaslAuthenticationFailed(f"no token from {self._url}: {type(wrong).__name__}") from None
            return self._token

    async def _ask(self) -> None:
        form = {"grant_type": "client_credentials"} | ({"scope": self._scope} if self._scope else {})
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE, headers=self._headers) as session,
            session.post(self._url, data=form, allow_redirects=False) as answer,
        ):
            if answer.status != 200:
                raise ValueError(answer.status)
            self._token, life = _read_answer(await answer.content.read(_LONGEST))
        self._until = time.monotonic() + _SHARE * life


def token_provider(settings: Settings) -> AbstractTokenProvider:
    """What the settings ask for. Raises Fatal where they say too little."""
    if settings.sasl_oauth_token_file is not None:
        return TokenFile(settings.sasl_oauth_token_file)
    client_secret = secret(settings.sasl_oauth_client_secret, settings.sasl_oauth_client_secret_file)
    if not (settings.sasl_oauth_token_url and settings.sasl_oauth_client_id and client_secret):
        raise Fatal(
            "OAUTHBEARER needs TOCSIN_SASL_OAUTH_TOKEN_FILE, or TOCSIN_SASL_OAUTH_TOKEN_URL with "
            "TOCSIN_SASL_OAUTH_CLIENT_ID and TOCSIN_SASL_OAUTH_CLIENT_SECRET_FILE"
        )
    if not _is_private(settings.sasl_oauth_token_url):
        raise Fatal("TOCSIN_SASL_OAUTH_TOKEN_URL must begin with https://: the client's secret is sent there")
    return ClientCredentials(
        settings.sasl_oauth_token_url, settings.sasl_oauth_client_id, client_secret, settings.sasl_oauth_scope
    )


def _is_private(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1"))


def _read_answer(raw: bytes) -> tuple[str, float]:
    """Token and life. Raises ValueError, KeyError or TypeError for what is no answer."""
    told = json.loads(raw)
    token = told["access_token"]
    if not isinstance(token, str) or not token:
        raise TypeError
    return token, float(told.get("expires_in", _LIFE))
