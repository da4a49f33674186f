"""Who is let in, how fast, and where a service without keys may listen."""

from pathlib import Path

import pytest

from services.common.errors import Fatal
from services.common.settings import Settings, load_settings
from services.ingest.guard import Guard, NotAdmitted, TooFast, guard, is_loopback
from services.ingest.keys import Keyring, hashed


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    path = tmp_path / "keys"
    path.write_text(f"slow {hashed('tcs_slow')} 2\nplain {hashed('tcs_plain')}\n")
    return Keyring(path)


def refused(guarding: Guard, **headers: str) -> NotAdmitted:
    with pytest.raises(NotAdmitted) as wrong:
        guarding.admit({name.replace("_", "-"): value for name, value in headers.items()})
    return wrong.value


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer tcs_plain"},
        {"Authorization": "bearer   tcs_plain "},
        {"X-API-Key": "tcs_plain"},
        {"Authorization": "Basic abc", "X-API-Key": "tcs_plain"},
    ],
)
def test_a_key_lets_its_holder_in(ring: Keyring, headers: dict[str, str]) -> None:
    assert Guard(ring).admit(headers).name == "plain"


def test_without_a_key_or_with_a_wrong_one_nobody_is(ring: Keyring) -> None:
    assert refused(Guard(ring), Host="localhost").reason == "no_key"
    assert refused(Guard(ring), Authorization="Bearer ").reason == "no_key"
    wrong = refused(Guard(ring), Authorization="Bearer tcs_wrong")
    assert (wrong.status, wrong.reason) == (401, "unknown_key")
    assert "tcs_wrong" not in str(wrong)


def test_a_key_file_that_is_lost_lets_nobody_in(ring: Keyring, tmp_path: Path) -> None:
    (tmp_path / "keys").unlink()
    assert refused(Guard(ring), Authorization="Bearer tcs_plain").status == 503


def test_a_key_may_send_so_many_a_second_and_as_many_as_in_ten_at_once(ring: Keyring) -> None:
    now = [0.0]
    sender = Guard(ring, clock=lambda: now[0]).admit({"X-API-Key": "tcs_slow"})
    for _ in range(20):
        sender.take()
    with pytest.raises(TooFast, match="2 articles a second") as wrong:
        sender.take()
    assert wrong.value.retry_after == 0.5
    now[0] = 0.49
    with pytest.raises(TooFast):
        sender.take()
    now[0] = 0.5
    sender.take()
    with pytest.raises(TooFast):
        sender.take()
    now[0] = 1e9
    for _ in range(20):
        sender.take()
    with pytest.raises(TooFast):
        sender.take()


def test_each_key_has_its_own_rate_and_requests_share_it(ring: Keyring) -> None:
    guarding = Guard(ring, rate=0.1, clock=lambda: 0.0)
    guarding.admit({"X-API-Key": "tcs_plain"}).take()
    with pytest.raises(TooFast):
        guarding.admit({"X-API-Key": "tcs_plain"}).take()
    guarding.admit({"X-API-Key": "tcs_slow"}).take()


def test_no_rate_is_no_bound(ring: Keyring) -> None:
    sender = Guard(ring, rate=0).admit({"X-API-Key": "tcs_plain"})
    for _ in range(10_000):
        sender.take()


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:8080", "127.0.0.1:1", "127.9.9.9", "[::1]:8080", "[::1]", "LOCALHOST", "a.localhost"],
)
def test_without_keys_this_machine_is_let_in_by_its_own_name(host: str) -> None:
    assert Guard().admit({"Host": host}).name == ""


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8080", "localhost.evil.example", "10.0.0.1", "", "[::2]", "127.0.0.1.nip.example"],
)
def test_a_page_of_another_site_cannot_call_it_by_that_sites_name(host: str) -> None:
    assert refused(Guard(), Host=host).status == 421


@pytest.mark.parametrize(
    ("host", "mine"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),  # noqa: S104
        ("", False),
        ("no such name!", False),
    ],
)
def test_what_this_machine_alone_reaches(host: str, mine: bool) -> None:  # noqa: FBT001
    assert is_loopback(host) is mine


@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])  # noqa: S104
def test_without_keys_it_does_not_listen_to_the_network(host: str, tmp_path: Path) -> None:
    with pytest.raises(Fatal, match=r"tocsin key add.*TOCSIN_INGEST_KEYS_FILE.*TOCSIN_HTTP_HOST"):
        guard(Settings(http_host=host))
    (tmp_path / "keys").write_text("")
    guard(Settings(http_host=host, ingest_keys_file=tmp_path / "keys"))
    with pytest.raises(Fatal, match="cannot be read"):
        guard(Settings(ingest_keys_file=tmp_path / "none"))


def test_by_default_every_service_listens_on_this_machine_alone() -> None:
    assert is_loopback(load_settings().http_host)
