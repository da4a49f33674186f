"""What an incident case states: short articles, which of them tell of one incident, and what its facts are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import AwareDatetime, Field, model_validator

from schemas.base import Country
from tests.quality.case import NONE, Strict, WantedEvent, WantedFacts, WantedPlace, known

FOLDER = Path(__file__).parent / "cases"

PHENOMENA = (
    "Agency copy word for word",
    "Agency copy shortened",
    "Agency copy under another headline",
    "Local paper with another toll",
    "Other spelling of the town",
    "Other name of the group",
    "Correction that lowers the toll",
    "Rising toll",
    "Follow-up with burial or release",
    "Claim of responsibility later",
    "Arrest of suspects later",
    "Anniversary or court report",
    "Province in one report and town in another",
    "Unknown village",
    "Near a town",
    "Two strikes of one night",
    "Two attacks in one town by different actors",
    "Tit for tat",
    "The next day in the same town",
    "One town name in two countries",
    "Like words but another town",
    "Protest that turned violent",
    "Summary of the day",
    "Weekday and date",
    "Undated article",
    "Night of two dates",
    "Headline with another number",
    "Exercise or test",
    "Local crime",
)
"""What the cases show; each is shown by two and more."""


class CaseArticle(Strict):
    """One short article of a case."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    """The name that `reports` and `nothing` use."""
    source: str | None = None
    """Who published it."""
    published: dt.date | AwareDatetime | None = None
    """A day, or a date-time with offset; left out where the article has no date."""
    status: Literal["actual", "exercise", "test"] = "actual"
    """Whether it is meant."""
    title: str | None = None
    """The headline."""
    text: str | None = None
    """The text; or else `same_text_as`."""
    same_text_as: str | None = None
    """The id of the article whose text this one repeats word for word."""

    @model_validator(mode="after")
    def _has_one_text(self) -> Self:
        if (self.text is None) == (self.same_text_as is None):
            raise ValueError(f"article {self.id!r}: state either `text` or `same_text_as`")
        return self


Reference = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(/[1-9])?$")]
"""An article's id; `id/1` for a second incident that it tells, `id/2` for a third."""


def article_of(reference: str) -> str:
    """The id of the article that a reference names."""
    return reference.partition("/")[0]


class WantedIncident(WantedFacts):
    """One incident. What is not stated is not compared."""

    reports: Annotated[list[Reference], Field(min_length=1)]
    """The articles that tell of it."""
    mentioned_by: Annotated[list[str], Field(default_factory=list)]
    """Articles about something else that recall it in passing: they may be among its reports, and need not."""
    place: str | list[str] | None = None
    """The town's name, or several that are right; `none` where no report tells it."""
    admin1: str | None = None
    """The province, state or governorate."""
    country: Country | None = None
    """ISO 3166-1 alpha-3."""
    sources: Annotated[int, Field(ge=1)] | None = None
    """Independent sources: outlets, of which those that copy one text count once."""

    def articles(self) -> frozenset[str]:
        """The ids of the articles that tell of it."""
        return frozenset(map(article_of, self.reports))

    def met_by(self, articles: frozenset[str]) -> bool:
        """True where `articles` are those that tell of it, with or without those that recall it."""
        return self.articles() <= articles <= self.articles() | set(self.mentioned_by)

    def facts(self) -> Iterator[tuple[str, WantedEvent]]:
        """Each stated fact as an event that states nothing else, under its own name."""
        for name in WantedFacts.model_fields:
            if name in self.model_fields_set and (value := getattr(self, name)) is not None:
                yield name, WantedEvent.model_validate({name: value})
        if self.place is not None:
            yield "place", WantedEvent(place=NONE if self.place == NONE else WantedPlace(name=self.place))
        if self.admin1 is not None:
            yield "admin1", WantedEvent(place=WantedPlace(admin1=self.admin1))
        if self.country is not None:
            yield "country", WantedEvent(place=WantedPlace(country=self.country))


class IncidentCase(Strict):
    """Two to seven articles, and the incidents that they tell of."""

    about: str
    """What the case shows, in a sentence."""
    phenomena: Annotated[list[Annotated[str, known(PHENOMENA)]], Field(min_length=1)]
    """What it is an example of."""
    articles: Annotated[list[CaseArticle], Field(min_length=2, max_length=7)]
    """In the order in which they come in."""
    incidents: Annotated[list[WantedIncident], Field(default_factory=list)]
    """Each with its reports."""
    nothing: Annotated[list[Reference], Field(default_factory=list)]
    """Articles that make no incident."""

    @model_validator(mode="after")
    def _articles_are_whole(self) -> Self:
        texts = {article.id: article.text for article in self.articles}
        if len(texts) < len(self.articles):
            raise ValueError("two articles have one id")
        for article in self.articles:
            if article.same_text_as is not None and texts.get(article.same_text_as) is None:
                raise ValueError(f"article {article.id!r}: {article.same_text_as!r} is no article with a text")
        return self

    @model_validator(mode="after")
    def _references_are_whole(self) -> Self:
        ids = {article.id for article in self.articles}
        told = Counter(reference for incident in self.incidents for reference in incident.reports)
        named = told + Counter(self.nothing)
        recalled = {article for incident in self.incidents for article in incident.mentioned_by}
        unknown = sorted((recalled | set(map(article_of, named))) - ids)
        if unknown:
            raise ValueError(f"no such article: {', '.join(unknown)}")
        twice = [reference for reference, times in named.items() if times > 1]
        if twice:
            raise ValueError(f"stated twice: {', '.join(twice)}")
        unsaid = [article for article in ids if article not in named]
        if unsaid:
            raise ValueError(f"say what these tell of, or that it is `nothing`: {', '.join(sorted(unsaid))}")
        for reference in named:
            article, _, number = reference.partition("/")
            before = article if number == "1" else f"{article}/{int(number or 1) - 1}"
            if number and before not in told:
                raise ValueError(f"{reference!r} needs the references before it")
        return self

    @model_validator(mode="after")
    def _incidents_differ(self) -> Self:
        if any(len(incident.articles()) < len(incident.reports) for incident in self.incidents):
            raise ValueError("an incident names one article twice")
        if any(incident.articles() & set(incident.mentioned_by) for incident in self.incidents):
            raise ValueError("an article tells of an incident or recalls it, not both")
        return self

    def apart(self) -> bool:
        """True for a look-alike: articles that must not run together."""
        return len(self.incidents) > 1

    def text(self, article: CaseArticle) -> str:
        """The text of an article, its own or the one that it repeats."""
        if article.text is not None:
            return article.text
        return next(other.text or "" for other in self.articles if other.id == article.same_text_as)


def load(folder: Path = FOLDER) -> dict[str, IncidentCase]:
    """All cases by file stem, in order. Raises pydantic.ValidationError for a file that breaks the format."""
    return {
        path.stem: IncidentCase.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*.yaml"))
    }
