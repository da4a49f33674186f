from pathlib import Path

import pytest
from pydantic import SecretStr

from services.common.errors import Fatal
from services.common.settings import Settings, kafka_options, load_settings


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TOCSIN_{name.upper()}", raising=False)


def test_the_environment_is_read_and_what_is_given_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_BOOTSTRAP", "kafka:9092")
    monkeypatch.setenv("TOCSIN_INGEST_PORT", "0")
    settings = load_settings(ingest_port=9000, http_host=None)
    assert (settings.bootstrap, settings.ingest_port, settings.http_host) == ("kafka:9092", 9000, "127.0.0.1")


def test_a_wrong_value_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_WORKERS", "many")
    with pytest.raises(Fatal, match="TOCSIN_WORKERS"):
        load_settings()


def test_the_store_s_address_may_hold_a_password_and_is_not_shown() -> None:
    assert "s3cret" not in repr(load_settings(database_url="postgresql://me:s3cret@db/t"))


def test_plain_text_needs_no_more_than_the_brokers() -> None:
    assert kafka_options(load_settings()) == {"bootstrap_servers": "localhost:9092", "security_protocol": "PLAINTEXT"}


def test_a_password_comes_from_its_file_and_is_not_shown(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("s3cret\n")
    settings = load_settings(security_protocol="SASL_SSL", sasl_username="me", sasl_password_file=secret)
    options = kafka_options(settings)
    assert options["sasl_plain_password"] == "s3cret"  # noqa: S105  made up
    assert options["ssl_context"].check_hostname
    assert "s3cret" not in repr(load_settings(sasl_password="s3cret"))  # noqa: S106  made up


@pytest.mark.parametrize(
    "wrong",
    [
        {"security_protocol": "SASL_PLAINTEXT", "sasl_username": "me"},
        {"security_protocol": "SASL_PLAINTEXT", "sasl_username": "me", "sasl_password_file": Path("/absent")},
        {"security_protocol": "SSL", "ssl_cafile": Path("/absent")},
    ],
)
def test_missing_secrets_and_files_stop_with_a_sentence(wrong: dict[str, object]) -> None:
    with pytest.raises(Fatal, match=r"SASL|/absent|SSL"):
        kafka_options(load_settings(**wrong))


SECRETS = [name for name, field in Settings.model_fields.items() if field.annotation == SecretStr | None]


def test_every_secret_may_stand_in_a_file_and_is_shown_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"sasl_password", "ssl_key_password", "sasl_oauth_client_secret"} == set(SECRETS)
    for name in SECRETS:
        assert f"{name}_file" in Settings.model_fields
        monkeypatch.setenv(f"TOCSIN_{name.upper()}", "s3cret")
    (tmp_path / "url").write_text("postgresql://me:s3cret@db/t\n")
    settings = load_settings(database_url_file=tmp_path / "url")
    assert settings.database_url == "postgresql://me:s3cret@db/t"
    assert "s3cret" not in repr(settings) + str(settings)


def test_a_wrong_setting_is_told_without_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_SASL_PASSWORD", "s3cret")
    monkeypatch.setenv("TOCSIN_DATABASE_URL", "postgresql://me:s3cret@db/t")
    monkeypatch.setenv("TOCSIN_WORKERS", "s3cret")
    with pytest.raises(Fatal) as wrong:
        load_settings()
    assert "s3cret" not in str(wrong.value)
    assert wrong.value.__cause__ is None


@pytest.mark.parametrize("name", ["sasl_password_file", "database_url_file"])
def test_a_secrets_file_that_is_no_text_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\xff")
    with pytest.raises(Fatal, match="not UTF-8"):
        kafka_options(load_settings(security_protocol="SASL_PLAINTEXT", sasl_username="me", **{name: tmp_path / "x"}))
