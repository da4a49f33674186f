"""Settings of every service, from environment variables `TOCSIN_…`, read once when a program starts."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.common.errors import Fatal

ARTICLES = "articles"
CONFLICT_EVENTS = "conflict-events"
EVENT_ALERTS = "event-alerts"
ARTICLES_DLQ = "articles.dlq"
CONFLICT_EVENTS_DLQ = "conflict-events.dlq"

EXTRACTOR_GROUP = "tocsin-extractor"
SINK_GROUP = "tocsin-sink"


LEAST_RETENTION = 31
"""Days that `conflict-events` keeps its records, and one: what was removed must not be read and told again."""


class Settings(BaseSettings):
    """What a person who runs Tocsin may set; topic and group names are part of the contract and fixed."""

    model_config = SettingsConfigDict(env_prefix="TOCSIN_", extra="ignore", use_attribute_docstrings=True)

    bootstrap: str = "localhost:9092"
    """Kafka brokers, host:port, with commas between several."""
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    """How to talk to the brokers."""
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"] = "PLAIN"
    """How to log in, with SASL_PLAINTEXT and SASL_SSL."""
    sasl_username: str | None = None
    """Who logs in."""
    sasl_password: SecretStr | None = None
    """The password; better in a file, where no process list or crash report shows it."""
    sasl_password_file: Path | None = None
    """File that holds the password; the line end is left out."""
    sasl_oauth_token_file: Path | None = None
    """For OAUTHBEARER: file that holds a token, read again at each login; whoever writes it keeps it fresh."""
    sasl_oauth_token_url: str | None = None
    """For OAUTHBEARER: where tokens are had for client id and secret, https:// (OAuth 2.0's client credentials)."""
    sasl_oauth_client_id: str | None = None
    """Who asks for a token."""
    sasl_oauth_client_secret: SecretStr | None = None
    """The client's secret; better in a file."""
    sasl_oauth_client_secret_file: Path | None = None
    """File that holds the client's secret."""
    sasl_oauth_scope: str | None = None
    """What the token is to be good for, where the server asks."""
    ssl_cafile: Path | None = None
    """Certificate authority of the brokers, PEM; the system's own when not set."""
    ssl_certfile: Path | None = None
    """Our certificate, PEM, where brokers ask for one."""
    ssl_keyfile: Path | None = None
    """Its key, PEM."""
    ssl_key_password: SecretStr | None = None
    """The key's password."""
    ssl_key_password_file: Path | None = None
    """File that holds the key's password."""

    http_host: str = "127.0.0.1"
    """Address that HTTP servers listen on; 0.0.0.0 in a container."""
    ingest_port: int = Field(default=8080, ge=0, le=65535)
    """HTTP port of ingest; 0 takes any free one, here and below."""
    ingest_keys_file: Path | None = None
    """File of those who may send by HTTP, as `tocsin key add` writes it; without one only this machine may."""
    ingest_rate: float = Field(default=100.0, ge=0, le=1e6)
    """Articles a second that a key may send which has no rate of its own; 0 sets no bound."""
    extractor_port: int = Field(default=8081, ge=0, le=65535)
    """HTTP port of the extractor."""
    sink_port: int = Field(default=8082, ge=0, le=65535)
    """HTTP port of the sink, which also serves the page."""

    log_format: Literal["auto", "json", "text"] = "auto"
    """`auto`: text on a terminal, JSON elsewhere."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """The least level of Tocsin's own lines; those of libraries start at WARNING."""

    data_dir: Path = Path(".data")
    """Folder for what must outlive a restart on one machine."""
    database_url: str = Field(default="", repr=False)
    """The sink's store, postgresql://… or sqlite:///…; SQLite in `data_dir` when empty. May hold a password."""
    database_url_file: Path | None = None
    """File that holds `database_url`, for one with a password."""
    update_window: float = Field(default=60.0, ge=0, le=86400)
    """Seconds in which an incident has at most one update; what changes meanwhile leaves together at the end."""
    sink_memory: int = Field(default=512, ge=16, le=65536)
    """MiB of reports that the sink keeps in memory; what it needs beyond these it reads from the store again."""
    retention_days: int = Field(default=0, ge=0, le=36500)
    """Days after which an incident that nothing is heard of any more is removed from the store; 0 keeps everything."""
    workers: int = Field(default=1, ge=1, le=64)
    """Processes that code articles, in each extractor."""

    @field_validator("retention_days")
    @classmethod
    def _not_too_short(cls, days: int) -> int:
        if 0 < days < LEAST_RETENTION:
            raise ValueError(f"must be 0, to keep everything, or at least {LEAST_RETENTION}")
        return days


def load_settings(**given: Any) -> Settings:
    """Read the environment; `given` values win over it, and those that are None count as not given.

    Raises Fatal with a sentence that names the variable that is wrong.
    """
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as wrong:
        told = "; ".join(f"TOCSIN_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in wrong.errors())
        raise Fatal(f"settings are wrong: {told}") from None
    if settings.database_url_file is not None:
        return settings.model_copy(update={"database_url": secret(None, settings.database_url_file)})
    return settings


def kafka_options(settings: Settings) -> dict[str, Any]:
    """What the constructors of aiokafka's clients take: where the brokers are and how to log in.

    Reads the files named in the settings. Raises Fatal where one is missing or wrong.
    """
    options: dict[str, Any] = {
        "bootstrap_servers": settings.bootstrap,
        "security_protocol": settings.security_protocol,
    }
    if settings.security_protocol.startswith("SASL_"):
        options |= _login(settings)
    if settings.security_protocol.endswith("SSL"):
        options["ssl_context"] = _ssl_context(settings)
    return options


def secret(given: SecretStr | None, file: Path | None) -> str | None:
    """A secret from its file, else as it was given. Raises Fatal for a file that cannot be read."""
    if file is None:
        return given.get_secret_value() if given else None
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as wrong:
        told = wrong.strerror if isinstance(wrong, OSError) else "it is not UTF-8"
        raise Fatal(f"the secret in {file} cannot be read: {told}") from None


def _login(settings: Settings) -> dict[str, Any]:
    if settings.sasl_mechanism == "OAUTHBEARER":
        from services.common.oauth import token_provider

        return {"sasl_mechanism": settings.sasl_mechanism, "sasl_oauth_token_provider": token_provider(settings)}
    password = secret(settings.sasl_password, settings.sasl_password_file)
    if not settings.sasl_username or password is None:
        raise Fatal("SASL needs TOCSIN_SASL_USERNAME and TOCSIN_SASL_PASSWORD_FILE (or TOCSIN_SASL_PASSWORD)")
    return {
        "sasl_mechanism": settings.sasl_mechanism,
        "sasl_plain_username": settings.sasl_username,
        "sasl_plain_password": password,
    }


def _ssl_context(settings: Settings) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=settings.ssl_cafile)
        if settings.ssl_certfile:
            password = secret(settings.ssl_key_password, settings.ssl_key_password_file)
            context.load_cert_chain(settings.ssl_certfile, settings.ssl_keyfile, password)
    except OSError as wrong:  # ssl.SSLError is one
        raise Fatal(f"TOCSIN_SSL_CAFILE, TOCSIN_SSL_CERTFILE or TOCSIN_SSL_KEYFILE cannot be used: {wrong}") from wrong
    return context
