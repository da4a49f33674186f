"""Tokens for Kafka: as the settings say, and no secret in what is shown or raised."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiokafka.errors import SaslAuthenticationFailed

from services.common.errors import Fatal
from services.common.health import serve_app
from services.common.oauth import ClientCredentials, TokenFile, token_provider
from services.common.settings import Settings, kafka_options


@asynccontextmanager
async def server(*answers: Any, status: int = 200) -> AsyncIterator[tuple[str, list[web.Request]]]:
    asked: list[web.Request] = []

    async def token(request: web.Request) -> web.Response:
        asked.append(request)
        answer = answers[min(len(asked), len(answers)) - 1]
        return web.Response(text=answer if isinstance(answer, str) else json.dumps(answer), status=status)

    app = web.Application()
    app.router.add_post("/", token)
    async with serve_app(app, 0, "127.0.0.1") as port:
        yield f"http://127.0.0.1:{port}/", asked


async def test_a_token_in_a_file_is_read_at_each_login(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("one\n")
    provider = TokenFile(path)
    assert await provider.token() == "one"
    path.write_text("two")
    assert await provider.token() == "two"
    path.unlink()
    with pytest.raises(SaslAuthenticationFailed):
        await provider.token()
    with pytest.raises(Fatal, match="cannot be read"):
        TokenFile(path)


async def test_a_token_is_kept_for_most_of_its_life(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("services.common.oauth.time.monotonic", lambda: now[0])
    async with server({"access_token": "a", "expires_in": 100}, {"access_token": "b"}) as (url, asked):
        provider = ClientCredentials(url, "client", "secret", None)
        assert set(await asyncio.gather(*(provider.token() for _ in range(5)))) == {"a"}
        now[0] = 79
        assert await provider.token() == "a"
        now[0] = 80
        assert await provider.token() == "b"
        assert len(asked) == 2


@pytest.mark.parametrize(
    "answer", ["nope", [], {}, {"access_token": 1}, {"access_token": ""}, {"access_token": "a", "expires_in": "x"}]
)
async def test_what_is_no_token_is_a_failed_login(answer: Any) -> None:
    async with server(answer) as (url, _):
        with pytest.raises(SaslAuthenticationFailed) as failed:
            await ClientCredentials(url, "client", "secret", None).token()
    assert "secret" not in str(failed.value)


async def test_a_refusal_or_a_redirect_is_a_failed_login_and_the_secret_goes_no_further() -> None:
    for status in (302, 401, 500):
        async with server({"access_token": "a"}, status=status) as (url, asked):
            with pytest.raises(SaslAuthenticationFailed):
                await ClientCredentials(url, "client", "secret", None).token()
            assert len(asked) == 1


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"sasl_oauth_token_url": "https://x.example/"},
        {"sasl_oauth_token_url": "https://x.example/", "sasl_oauth_client_id": "a"},
        {"sasl_oauth_client_id": "a", "sasl_oauth_client_secret": "b"},
        {"sasl_oauth_token_url": "http://x.example/", "sasl_oauth_client_id": "a", "sasl_oauth_client_secret": "b"},
        {"sasl_oauth_token_url": "http://[", "sasl_oauth_client_id": "a", "sasl_oauth_client_secret": "b"},
    ],
)
def test_settings_that_say_too_little_are_refused(given: dict[str, str]) -> None:
    with pytest.raises(Fatal, match="TOCSIN_SASL_OAUTH_"):
        token_provider(Settings(**given))


async def test_the_clients_get_the_provider() -> None:
    settings = Settings(
        security_protocol="SASL_SSL",
        sasl_mechanism="OAUTHBEARER",
        sasl_oauth_token_url="https://x.example/",  # noqa: S106  a URL
        sasl_oauth_client_id="a",
        sasl_oauth_client_secret="very secret",  # type: ignore[arg-type]  # noqa: S106  no secret
    )
    assert isinstance(kafka_options(settings)["sasl_oauth_token_provider"], ClientCredentials)
    assert "very secret" not in repr(settings) + str(settings) + settings.model_dump_json()
