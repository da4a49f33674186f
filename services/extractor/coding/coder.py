"""The rules coder: an article in, all that it reports out. Pure: the same article gives the same bytes."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from schemas import Article, ArticleEvents, Coder, ConflictEvent, Sentence
from services.extractor.coding.actors.find import find_actors
from services.extractor.coding.dates import find_dates, find_publication_date, strip_dateline
from services.extractor.coding.events.accident import explains, may_be_accident
from services.extractor.coding.events.attach import attach
from services.extractor.coding.events.build import About, build
from services.extractor.coding.events.claims import give_claims
from services.extractor.coding.events.cluster import drafts
from services.extractor.coding.events.coreference import Memory
from services.extractor.coding.events.counts import counts
from services.extractor.coding.events.draft import Draft
from services.extractor.coding.events.figurative import is_figurative
from services.extractor.coding.events.merge import merge
from services.extractor.coding.events.news import fade
from services.extractor.coding.events.parts import parts
from services.extractor.coding.events.rank import prominence
from services.extractor.coding.events.settle import Scene
from services.extractor.coding.events.view import look
from services.extractor.coding.events.when import Calendar, When, first_day, leaves_years_out
from services.extractor.coding.fingerprint import fingerprint
from services.extractor.coding.gate import passes
from services.extractor.coding.keywords import keywords
from services.extractor.coding.language import detect, supported
from services.extractor.coding.lexicon.matcher import fold
from services.extractor.coding.lexicon.topics import leaning, topic_counter
from services.extractor.coding.places.gazetteer import load
from services.extractor.coding.reading import sentences as reading
from services.extractor.coding.reading.head import head_cuts
from services.extractor.coding.reading.parse import parse
from services.extractor.coding.reading.titlecase import is_title_case, running_case

CODER = Coder(name="rules", version="0.1.0")
# Sentences with events that an article opens with.
_OPENING = 2
MAX_EVENTS = 100
"""Events an article may give; the least prominent beyond are left out."""


class _Clock:
    """Seconds by stage, for those who ask."""

    def __init__(self, timings: dict[str, float] | None) -> None:
        self._timings = timings

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time of the block to its stage."""
        start = time.perf_counter()
        yield
        if self._timings is not None:
            self._timings[name] = self._timings.get(name, 0.0) + time.perf_counter() - start


def code_article(
    article: Article, *, article_time: dt.datetime, timings: dict[str, float] | None = None
) -> ArticleEvents:
    """All events that the article reports, ranked. `article.id` must be set.

    Blocks for the time of parsing, some milliseconds a sentence that passes the gate. Raises nothing for a valid
    article. `timings` receives the seconds that each stage took, added to what it holds.
    """
    if article.id is None:
        raise ValueError("the article has no id")
    clock = _Clock(timings)
    text = article.text or ""
    language = article.language
    with clock.stage("language"):
        language = language or detect(text)
    events: list[ConflictEvent] = []
    spoken: list[Sentence] = []
    published_at = article.published_at
    if not article.withdrawn and supported(language):
        if published_at is None and (head := find_publication_date(text)) is not None:
            published_at = head[0]
        day = published_at.date() if isinstance(published_at, dt.datetime) else published_at
        events, spoken = _code(article.id, article.title, text, day, clock)
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
        sentences=spoken,
        events=events,
    )


def _code(
    article_id: str, title: str | None, text: str, published: dt.date | None, clock: _Clock
) -> tuple[list[ConflictEvent], list[Sentence]]:
    with clock.stage("gate"):
        whole, open_ones, texts = gated(title, text, published)
        if not open_ones:
            return [], []
        topic = leaning(topic_counter().count(fold(f"{title or ''}\n{text}")))
    with clock.stage("parse"):
        docs = list(parse(texts))
    with clock.stage("read"):
        newsroom = _newsroom(text, max((s.end for s in whole if s.headline and s.part == "text"), default=0))
        views = [look(s, d, newsroom) for s, d in zip(open_ones, docs, strict=True)]
        scene = Scene(whole, views, text[slice(*newsroom)])
    with clock.stage("events"):
        found: list[Draft] = []
        story: When | None = None
        mishap = False
        opening = [d for v in views[:_OPENING] for d in v.dates]
        if published is None:  # the first sentence tells its day though it holds no event
            lead = next((s for s in whole if s.part == "text"), None)
            opening = (find_dates(lead.text) if lead is not None and lead not in open_ones else []) + opening
        yearless, issued = leaves_years_out(opening), first_day(opening) if published is None else None
        memory = Memory(whole, views)
        for view in views:
            view.memory = memory
            here = drafts(view, Calendar(published, story.end if story is not None else None, yearless, issued))
            for draft in here:
                draft.story = story
            attach(view, here)
            mishap = mishap or any(explains(d) for d in here)
            here = [d for d in here if not is_figurative(d)]
            memory.suffered |= {p.name for d in here for p in d.patients}
            found += here
            told = next((d.when for d in here if d.when is not None and not d.background), None)
            if told is not None and told.precision == "day" and view.sentence.part == "text":
                story = told
        merged = [d for d in merge(found, scene.candidate) if counts(d, topic) and not (mishap and may_be_accident(d))]
        give_claims(views, merged)
        fade(merged, whole, views)
    with clock.stage("build"):
        scene.learn(merged)
        about = About(article_id, topic, published)
        begins = next((s.index for s in whole if not s.headline), 0)
        ranked = sorted(merged, key=lambda d: -prominence(d, published, begins))[:MAX_EVENTS]
        places = (
            (part, ordinal, settled)
            for draft in ranked
            for ordinal, (part, settled) in enumerate((p, s) for p in parts(draft) for s in scene.settle(p))
        )
        events = [
            build(about, draft, settled, ordinal=ordinal, rank=rank)
            for rank, (draft, ordinal, settled) in enumerate(islice(places, MAX_EVENTS))
        ]
    return events, _spoken(events, whole)


def gated(
    title: str | None, text: str, published: dt.date | None
) -> tuple[list[reading.Sentence], list[reading.Sentence], list[str]]:
    """All sentences of an article, those worth parsing, and these as the parser reads them."""
    whole = reading.split(title, text, head_cuts(title, text, published))
    open_ones = [s for s in whole if passes(s)]
    return whole, open_ones, [_as_running_text(s.text) for s in open_ones]


def _newsroom(text: str, headed: int) -> tuple[int, int]:
    """Characters of the dateline behind the text's own headline, whose place is where the report was written."""
    begin = len(text) - len(text[headed:].lstrip())
    dateline = strip_dateline(text[begin:])
    return (begin + dateline.span[0], begin + dateline.span[1]) if dateline is not None else (0, 0)


def _as_running_text(text: str) -> str:
    if not is_title_case(text):
        return text
    names = [(a.start, a.end) for a in find_actors(text) if a.category != "generic"]
    names += [
        (p.start, p.end)
        for p in load().find(text)
        if any(c.population > 100_000 or c.kind != "town" for c in p.candidates)
    ]
    return running_case(text, names)


def _spoken(events: list[ConflictEvent], whole: list[reading.Sentence]) -> list[Sentence]:
    """The sentences that evidence stands in, in the order of the article."""
    spans = {(e.in_, e.start) for event in events for e in event.evidence}
    held = [s for s in whole if any(part == s.part and s.start <= start < s.end for part, start in spans)]
    return [Sentence(in_=s.part, start=s.start, end=s.end, text=s.text) for s in held]
