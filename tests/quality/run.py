"""Codes every case and tells, by phenomenon, how many cases and how many fields are right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from schemas.article import Article
from schemas.article_events import ArticleEvents
from services.extractor.coding import code_article
from tests.quality.case import Case, Phenomenon
from tests.quality.compare import Check, compare

ARTICLE_TIME = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""Later than every case, so that a date taken from it is seen to be wrong."""


@dataclass(frozen=True)
class CaseResult:
    """One case, coded and compared."""

    name: str
    case: Case
    answer: ArticleEvents
    checks: list[Check]

    @property
    def passed(self) -> bool:
        """True where every stated field is right."""
        return all(check.ok for check in self.checks)


@dataclass(frozen=True)
class PhenomenonResult:
    """All cases of one file."""

    stem: str
    name: str
    cases: list[CaseResult]

    @property
    def checks(self) -> list[Check]:
        """The checks of all cases."""
        return [check for case in self.cases for check in case.checks]

    @property
    def passing_cases(self) -> int:
        """Cases with every field right."""
        return sum(case.passed for case in self.cases)

    @property
    def passing_fields(self) -> int:
        """Fields that are right."""
        return sum(check.ok for check in self.checks)


def run_phenomenon(stem: str, phenomenon: Phenomenon) -> PhenomenonResult:
    """Code the cases of one file. What the coder raises is raised: no text may do that."""
    names = [f"{stem}-{number}" for number in range(1, len(phenomenon.cases) + 1)]
    results = [_run_case(name, case) for name, case in zip(names, phenomenon.cases, strict=True)]
    return PhenomenonResult(stem, phenomenon.phenomenon, results)


def run_all(phenomena: Mapping[str, Phenomenon]) -> list[PhenomenonResult]:
    """Code all files, in order."""
    return [run_phenomenon(stem, phenomenon) for stem, phenomenon in phenomena.items()]


def _run_case(name: str, case: Case) -> CaseResult:
    article = Article(id=name, title=case.title, text=case.text, published_at=case.published)
    answer = code_article(article, article_time=ARTICLE_TIME)
    return CaseResult(name, case, answer, compare(case, answer))
