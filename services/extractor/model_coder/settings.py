"""What a person who has a language model may set: environment `TOCSIN_MODEL_…`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.common.errors import Fatal

_OWN_FIELDS = frozenset(("messages", "model", "n", "response_format", "stream"))


class ModelSettings(BaseSettings):
    """Where the model is and what it may cost; times are seconds."""

    # Error messages do not repeat their input, which may be a key; "model" is a field here, no name of pydantic's.
    model_config = SettingsConfigDict(
        env_prefix="TOCSIN_MODEL_",
        extra="ignore",
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
        protected_namespaces=(),
    )

    base_url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/?#@]+(/[^\s?#]*)?$")]
    """The endpoint as its maker names it, such as `http://localhost:11434/v1`; `/chat/completions` is added."""
    model: Annotated[str, StringConstraints(min_length=1)]
    """The model's name at that endpoint."""
    api_key: SecretStr | None = None
    """Sent as a bearer token; better in a file, where no process list shows it."""
    api_key_file: Path | None = None
    """File that holds the key; the line end is left out."""
    timeout: float = Field(default=30.0, gt=0)
    """How long one request may take."""
    deadline: float = Field(default=45.0, gt=0)
    """How long one article may take with all its tries; below `TOCSIN_EXTRACTOR_TIME_LIMIT`: the rules come after."""
    retries: int = Field(default=2, ge=0, le=10)
    """Further tries after 408, 409, 429, 5xx, a time-out or a lost connection."""
    failures: int = Field(default=3, ge=1)
    """After so many articles in a row on which the endpoint failed, it is left alone for `pause`."""
    pause: float = Field(default=60.0, ge=0)
    """How long an endpoint that fails is left alone; the rules code meanwhile."""
    max_tokens: int = Field(default=4000, ge=100)
    """Longest answer; a longer one is cut off by the endpoint and then not used."""
    article_tokens: int = Field(default=12_000, ge=100)
    """Longest article to send, counted as three characters a token; the rules code longer ones."""
    requests_per_minute: int | None = Field(default=None, ge=1)
    """Of all processes on this machine together; an article waits for its turn within `deadline`."""
    tokens_per_day: int | None = Field(default=None, ge=1)
    """Tokens in and out in any 24 hours, of all processes on this machine together; the rules code what is beyond."""
    budget_file: Path | None = None
    """SQLite file that both budgets are counted in; `model-budget.sqlite` in `TOCSIN_DATA_DIR` when not set."""
    seed: int = 0
    """Sent with temperature 0, so that the same article gives the same answer where the endpoint can do that."""
    extra: dict[str, Any] = {}
    """JSON object of further request fields; null leaves a field out, such as a temperature that a model refuses."""

    def request_fields(self) -> dict[str, Any]:
        """The fields of a request besides the messages and the answer's schema."""
        own = {"model": self.model, "temperature": 0, "seed": self.seed, "max_tokens": self.max_tokens}
        return {name: value for name, value in (own | self.extra).items() if value is not None}

    def secret(self) -> str | None:
        """The key. Raises Fatal where its file cannot be read or what it holds cannot be sent."""
        key = self.api_key.get_secret_value() if self.api_key else None
        if self.api_key_file is not None:
            try:
                key = self.api_key_file.read_text(encoding="utf-8").rstrip("\r\n")
            except (OSError, UnicodeDecodeError) as wrong:
                raise Fatal(f"TOCSIN_MODEL_API_KEY_FILE cannot be read: {type(wrong).__name__}") from None
        if key is not None and not (key.isascii() and key.isprintable()):
            raise Fatal("the key of TOCSIN_MODEL_API_KEY or its file holds characters that no header can carry")
        return key or None


def load_model_settings(**given: Any) -> ModelSettings:
    """Read the environment; `given` values win over it. Raises Fatal, naming the variable that is wrong or missing."""
    try:
        settings = ModelSettings(**given)
    except ValidationError as wrong:
        told = "; ".join(f"TOCSIN_MODEL_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in wrong.errors())
        raise Fatal(f"settings are wrong: {told}") from None
    if taken := sorted(_OWN_FIELDS & settings.extra.keys()):
        raise Fatal(f"settings are wrong: TOCSIN_MODEL_EXTRA may not set {', '.join(taken)}")
    return settings
