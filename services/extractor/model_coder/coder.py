"""The model coder: the rules coder's interface, a model's checked answer, and the rules where it gives none."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from schemas import Article, ArticleEvents, Coder, ConflictEvent, Sentence
from services.common.settings import load_settings
from services.extractor import coding
from services.extractor.coding.dates import find_publication_date
from services.extractor.coding.fingerprint import fingerprint
from services.extractor.coding.gate import passes
from services.extractor.coding.keywords import keywords
from services.extractor.coding.language import detect, supported
from services.extractor.coding.reading import sentences as reading
from services.extractor.model_coder import prompt
from services.extractor.model_coder.answer import Answer
from services.extractor.model_coder.client import Client, NoAnswerError
from services.extractor.model_coder.events import events, spoken
from services.extractor.model_coder.settings import ModelSettings, load_model_settings

CODER = Coder(name="model", version=f"{coding.CODER.version}.1")
"""Above the rules of the same release, which stand in for it, and below those of the next: an article that a model has
read is not replaced when it comes again while the model is away."""

# Not structlog: in a worker process nobody has set it up, and it would write to standard output.
_LOG = logging.getLogger("tocsin.model")


class ModelCoder:
    """A client and what it needs; one a process."""

    def __init__(self, settings: ModelSettings, client: Client) -> None:
        self._settings = settings
        self._client = client
        self._failing: str | None = None

    def code(
        self, article: Article, *, article_time: dt.datetime, timings: dict[str, float] | None = None
    ) -> ArticleEvents:
        """See `code_article`."""
        if article.id is None:
            raise ValueError("the article has no id")
        text = article.text or ""
        language = article.language or detect(text)
        published_at = article.published_at
        found: list[ConflictEvent] = []
        shown: list[reading.Sentence] = []
        if not article.withdrawn and supported(language):
            if published_at is None and (head := find_publication_date(text)) is not None:
                published_at = head[0]
            day = published_at.date() if isinstance(published_at, dt.datetime) else published_at
            sentences = reading.split(article.title, text)
            try:
                with _timed(timings, "model"):
                    answer = self._ask(sentences, day)
            except NoAnswerError as none:
                self._tell(article.id, none)
                with _timed(timings, "fallback"):
                    return coding.code_article(article, article_time=article_time, timings=timings)
            with _timed(timings, "check"):
                found = events(article.id, answer, sentences, day)
                shown = spoken(found, sentences)
        return ArticleEvents(
            article_id=article.id,
            version=article.version,
            status=article.status,
            withdrawn=article.withdrawn,
            language=language,
            title=article.title,
            source=article.source,
            published_at=published_at,
            article_time=article_time,
            fingerprint=fingerprint(text) if text else [],
            keywords=keywords(article.title, text) if text else [],
            coder=CODER,
            sentences=[Sentence(in_=s.part, start=s.start, end=s.end, text=s.text) for s in shown],
            events=found,
        )

    def _ask(self, sentences: Sequence[reading.Sentence], day: dt.date | None) -> Answer:
        """The model's answer; an empty one, unasked, where no sentence can tell of an event."""
        if not any(passes(s) for s in sentences):
            return Answer(events=[])
        if sum(prompt.estimate(s.text) for s in sentences) > self._settings.article_tokens:
            raise NoAnswerError("too_long", "the article is longer than TOCSIN_MODEL_ARTICLE_TOKENS")
        answer = self._client.ask(prompt.messages(sentences, day))
        self._failing = None
        return answer

    def _tell(self, article_id: str, none: NoAnswerError) -> None:
        """One warning when the model begins to fail or fails otherwise; the articles after it on level INFO."""
        level = logging.INFO if none.reason == self._failing else logging.WARNING
        self._failing = none.reason
        _LOG.log(level, "the rules code article %r, for the model gave nothing: %s", article_id, none)


@contextmanager
def _timed(timings: dict[str, float] | None, stage: str) -> Iterator[None]:
    """Add the block's seconds to its stage, also when it raises."""
    start = time.perf_counter()
    try:
        yield
    finally:
        if timings is not None:
            timings[stage] = timings.get(stage, 0.0) + time.perf_counter() - start


@cache
def _coder() -> ModelCoder:
    settings = load_model_settings()
    return ModelCoder(settings, Client(settings, load_settings().data_dir))


def code_article(
    article: Article, *, article_time: dt.datetime, timings: dict[str, float] | None = None
) -> ArticleEvents:
    """All events that the article reports, as the model of `TOCSIN_MODEL_…` reads them. `article.id` must be set.

    Where the model gives no answer of use, the rules code the article: `coder` then says `rules`, and `timings` has a
    stage `fallback`. Blocks for at most about `deadline` seconds and those of the rules. Raises Fatal for wrong
    settings.
    """
    return _coder().code(article, article_time=article_time, timings=timings)
