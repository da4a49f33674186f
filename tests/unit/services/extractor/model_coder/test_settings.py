"""Settings are told in one sentence when they are wrong, and never with a secret in it."""

from pathlib import Path

import pytest

from services.common.errors import Fatal
from services.extractor.model_coder.settings import load_model_settings

NEEDED = {"base_url": "http://localhost:1/v1", "model": "m"}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BASE_URL", "MODEL", "API_KEY", "API_KEY_FILE"):
        monkeypatch.delenv(f"TOCSIN_MODEL_{name}", raising=False)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(Fatal, match=r"TOCSIN_MODEL_BASE_URL.*TOCSIN_MODEL_MODEL"):
        load_model_settings()


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_MODEL_BASE_URL", "https://host/v1")
    monkeypatch.setenv("TOCSIN_MODEL_MODEL", "m")
    monkeypatch.setenv("TOCSIN_MODEL_EXTRA", '{"temperature": null}')
    settings = load_model_settings()
    assert settings.request_fields() == {"model": "m", "seed": 0, "max_tokens": 4000}
    assert settings.secret() is None


@pytest.mark.parametrize(
    "url", ["", "host/v1", "file:///etc/passwd", "http://u:p@host/v1", "http://host/v1?key=s3cret"]
)
def test_an_address_is_plain_http_without_secrets_in_it(url: str) -> None:
    with pytest.raises(Fatal, match="TOCSIN_MODEL_BASE_URL") as fatal:
        load_model_settings(base_url=url, model="m")
    assert "s3cret" not in str(fatal.value)


@pytest.mark.parametrize("field", ["messages", "response_format", "stream", "model", "n"])
def test_extra_fields_cannot_undo_what_the_coder_needs(field: str) -> None:
    with pytest.raises(Fatal, match=field):
        load_model_settings(**NEEDED, extra={field: None})


def test_a_key_comes_from_a_file_without_its_line_end(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("s3cret\n")
    settings = load_model_settings(**NEEDED, api_key_file=file)
    assert settings.secret() == "s3cret"


def test_a_key_is_not_shown() -> None:
    assert "s3cret" not in repr(load_model_settings(**NEEDED, api_key="s3cret"))


@pytest.mark.parametrize("key", ["s3cret\nX-Evil: 1", "s3crét"])
def test_a_key_that_no_header_can_carry_is_refused_unseen(key: str) -> None:
    with pytest.raises(Fatal) as fatal:
        load_model_settings(**NEEDED, api_key=key).secret()
    assert key not in str(fatal.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Fatal, match="TOCSIN_MODEL_API_KEY_FILE"):
        load_model_settings(**NEEDED, api_key_file=tmp_path / "none").secret()
