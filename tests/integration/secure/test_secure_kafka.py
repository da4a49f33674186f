"""Kafka with TLS and logins: each way in works for every client that Tocsin has, and each wrong one is told."""

from __future__ import annotations

import asyncio
import base64
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from deploy.kafka import SetupError
from services.common import kafka
from services.common.errors import Rejected
from services.common.health import serve_app
from services.common.settings import Settings, load_settings
from services.common.topics import Topic, apply, topics
from tests.integration.extractor.harness import article, make_line
from tests.integration.secure.broker import PASSWORD, USER, Secure, secure_broker, unsecured_token

WAYS = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER", "client certificate"]


@pytest.fixture(scope="module")
def broker(bootstrap: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secure]:
    """Beside the one that all tests share, which says whether there can be a Kafka at all."""
    try:
        with secure_broker(tmp_path_factory.mktemp("secure")) as running:
            yield running
    except SetupError as error:
        pytest.skip(f"no Kafka of the tests' own: {error}")


def ways(broker: Secure, way: str, **changes: Any) -> dict[str, Any]:
    """The settings of a way in, as given to `load_settings`; paths and all."""
    folder = broker.folder
    given: dict[str, Any] = {"ssl_cafile": folder / "ca.pem"}
    if way == "client certificate":
        given |= {"security_protocol": "SSL", "bootstrap": broker.ssl}
        given |= {"ssl_certfile": folder / "client.pem", "ssl_keyfile": folder / "client.key"}
    else:
        given |= {"security_protocol": "SASL_SSL", "sasl_mechanism": way, "bootstrap": broker.sasl_ssl}
        given |= (
            {"sasl_oauth_token_file": folder / "token"}
            if way == "OAUTHBEARER"
            else {"sasl_username": USER, "sasl_password_file": folder / "password"}
        )
    return {name: value for name, value in (given | changes).items() if value is not None}


async def goes_through(settings: Settings) -> None:
    """Makes a topic, writes to it and reads it: the three kinds of clients."""
    (like,) = (topic for topic in topics() if topic.name == "articles")
    own: Topic = like.model_copy(update={"name": f"t-{uuid.uuid4().hex[:12]}"})
    await apply(settings, [own])
    async with kafka.producer(settings, client_id="test") as sender:
        await sender.send_and_wait(own.name, b"value", key=b"key")
    async with kafka.consumer(settings, own.name, group=uuid.uuid4().hex) as reader:
        assert (await reader.getone()).value == b"value"
        await reader.commit()
    assert await kafka.cluster_id(settings)


@pytest.mark.parametrize("way", WAYS)
async def test_each_way_in_works_for_every_kind_of_client(broker: Secure, way: str) -> None:
    await goes_through(load_settings(**ways(broker, way)))


@pytest.mark.parametrize(
    ("way", "changes"),
    [
        ("SCRAM-SHA-512", {"sasl_password_file": "wrong"}),
        ("PLAIN", {"sasl_password_file": "wrong"}),
        ("OAUTHBEARER", {"sasl_oauth_token_file": "wrong"}),
        ("SCRAM-SHA-512", {"ssl_cafile": "stranger.pem"}),
        ("client certificate", {"ssl_certfile": None, "ssl_keyfile": None}),
        ("client certificate", {"ssl_cafile": "stranger.pem"}),
        ("SCRAM-SHA-512", {"security_protocol": "SASL_PLAINTEXT"}),
    ],
)
async def test_a_wrong_way_in_is_refused_in_a_sentence_without_a_secret(
    broker: Secure, way: str, changes: dict[str, str | None], caplog: pytest.LogCaptureFixture
) -> None:
    wrong = "no password of theirs"
    (broker.folder / "wrong").write_text(wrong)
    files = {name: broker.folder / value if value and "file" in name else value for name, value in changes.items()}
    settings = load_settings(**ways(broker, way, **files))
    with pytest.raises(Rejected, match=r"no Kafka broker answers.*TOCSIN_SASL_") as refused:
        async with kafka.producer(settings, client_id="test", request_timeout_ms=4000):
            pass
    told = f"{refused.value} {settings!r} {caplog.text}"
    for secret in (wrong, PASSWORD, (broker.folder / "token").read_text().strip()):
        assert secret not in told


@pytest.fixture
async def token_server() -> AsyncIterator[tuple[str, list[web.Request]]]:
    """Gives tokens to the client of the right name and secret."""
    asked = []

    async def token(request: web.Request) -> web.Response:
        asked.append(request)
        if request.headers["Authorization"] != f"Basic {base64.b64encode(b'client:its+secret').decode()}":
            return web.json_response({"error": "invalid_client"}, status=401)
        form = await request.post()
        assert dict(form) == {"grant_type": "client_credentials", "scope": "kafka"}
        return web.json_response({"access_token": unsecured_token(), "expires_in": 3600, "token_type": "bearer"})

    app = web.Application()
    app.router.add_post("/token", token)
    async with serve_app(app, 0, "127.0.0.1") as port:
        yield f"http://127.0.0.1:{port}/token", asked


async def test_a_token_server_is_asked_once_for_many_logins(
    broker: Secure, token_server: tuple[str, list[web.Request]], tmp_path: Path
) -> None:
    url, asked = token_server
    (tmp_path / "secret").write_text("its secret\n")
    given = {
        "sasl_oauth_token_file": None,
        "sasl_oauth_token_url": url,
        "sasl_oauth_client_id": "client",
        "sasl_oauth_client_secret_file": tmp_path / "secret",
        "sasl_oauth_scope": "kafka",
    }
    settings = load_settings(**ways(broker, "OAUTHBEARER", **given))
    await goes_through(settings)
    clients = 5  # goes_through has so many, each with connections of its own
    assert 0 < len(asked) <= clients
    (tmp_path / "secret").write_text("another secret\n")
    with pytest.raises(Rejected, match="TOCSIN_SASL_"):
        async with kafka.producer(load_settings(**ways(broker, "OAUTHBEARER", **given)), client_id="test"):
            pass


@pytest.mark.parametrize("way", ["SCRAM-SHA-512", "OAUTHBEARER", "client certificate"])
async def test_the_extractor_reads_and_writes_that_way(
    broker: Secure, topic: Callable[[str], str], tmp_path: Path, way: str
) -> None:
    line = await make_line(broker.plain, topic, tmp_path)
    environment = {f"TOCSIN_{name.upper()}": str(value) for name, value in ways(broker, way).items()}
    with line.extractor(**environment) as running:
        await asyncio.to_thread(running.until_ready)
        await line.produce(article(f"a{number}") for number in range(3))
        await asyncio.to_thread(running.until_decided, 3)
        assert await asyncio.to_thread(running.end) == 0
        log = (tmp_path / "extractor-1.log").read_text()
    assert len(await line.read(line.events)) == 3
    assert sum((await line.committed()).values()) == 3
    assert PASSWORD not in log
    assert (broker.folder / "token").read_text().strip() not in log
