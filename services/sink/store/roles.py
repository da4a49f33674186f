"""Which of the articles that a batch brings are copies of others, and whom that concerns besides."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.sink.merging.copies import originals, prints, story
from services.sink.store import kept, reports
from services.sink.store.bulk import among
from services.sink.store.kept import Kept
from services.sink.store.models import ArticleRow


@dataclass
class Roles:
    """What becomes of articles. Copies have an original; all others stand for themselves."""

    stories: dict[str, int | None] = field(default_factory=dict)
    """Of the articles that come."""
    copy_of: dict[str, str | None] = field(default_factory=dict)
    """Of the articles that come, and of others whose original is another one than the store says."""
    anew: list[str] = field(default_factory=list)
    """Other articles that become or cease to be copies: their reports are to be put again."""


@dataclass(frozen=True)
class _Article:
    time: dt.datetime
    article_id: str
    told: tuple[Kept, ...]
    """Its reports by rank; compared by what the two above say."""

    def order(self) -> tuple[dt.datetime, str]:
        return self.time, self.article_id

    def __hash__(self) -> int:
        return hash(self.article_id)


@dataclass(frozen=True)
class _Stored:
    story: int
    time: dt.datetime
    copy_of: str | None


def roles(session: Session, coming: Mapping[str, Sequence[Kept]]) -> Roles:
    """The roles of articles, given the reports that come of each in place of those that the store has.

    Most copies come after their original, and change nothing for others. Where an original comes or goes before other
    articles of its story, all of these are looked at anew.
    """
    found = Roles(stories={name: _story(many) for name, many in coming.items()})
    found.copy_of = dict.fromkeys(coming)
    gone = _alone(session, ArticleRow.article_id, coming.keys())
    own = _by_story(
        (number, _article(name, coming[name])) for name, number in found.stories.items() if number is not None
    )
    numbers = own.keys() | {one.story for one in gone.values()}
    if not numbers:
        return found
    before = _by_story(_read(session, _alone(session, ArticleRow.story, numbers), coming))
    first: dict[int, list[_Article]] = defaultdict(list)
    for number, articles in own.items():
        alone = before.get(number, [])
        decided = originals(sorted([*alone, *articles], key=_Article.order), _is_copy, set(alone))
        for article in articles:
            original = decided[article]
            found.copy_of[article.article_id] = original.article_id if original else None
            if original is None:
                first[number].append(article)
    _look_anew(session, found, own, coming, _concerned(session, coming, first, gone))
    return found


def _concerned(
    session: Session,
    coming: Mapping[str, Sequence[Kept]],
    first: Mapping[int, Sequence[_Article]],
    gone: Mapping[str, _Stored],
) -> dict[str, _Stored]:
    """The store's articles of the stories in which others than those that come may have another role now.

    So they may where one is a copy of an original that goes, or of one that comes and is earlier.
    """
    numbers = first.keys() | {one.story for one in gone.values()}
    rows = _rows(session, among(session, ArticleRow.story, numbers)) if numbers else {}
    rows = {name: one for name, one in rows.items() if name not in coming}
    concerned = {one.story for one in rows.values() if one.copy_of in gone}
    starts = {number: min(article.time for article in articles) for number, articles in first.items()}
    later = {
        name: one
        for name, one in rows.items()
        if one.story not in concerned and one.story in starts and one.time >= starts[one.story]
    }
    for number, article in _read(session, later, coming) if later else ():
        if any(one.order() < article.order() and _is_copy(one, article) for one in first[number]):
            concerned.add(number)
    return {name: one for name, one in rows.items() if one.story in concerned}


def _look_anew(
    session: Session,
    found: Roles,
    own: Mapping[int, Sequence[_Article]],
    coming: Mapping[str, Sequence[Kept]],
    stored: Mapping[str, _Stored],
) -> None:
    """Decide for whole stories, of which the store has these articles besides."""
    everyone = _by_story(_read(session, stored, coming)) if stored else {}
    for number in sorted(everyone):
        articles = [*everyone[number], *own.get(number, ())]
        for article, original in originals(sorted(articles, key=_Article.order), _is_copy).items():
            name, now = article.article_id, original.article_id if original else None
            if name in coming:
                found.copy_of[name] = now
            elif (was := stored[name].copy_of) != now:
                found.copy_of[name] = now
                if was is None or now is None:
                    found.anew.append(name)


def _story(many: Sequence[Kept]) -> int | None:
    return story([one.report for one in many], [one.signature for one in many])


def _is_copy(one: _Article, other: _Article) -> bool:
    if len(one.told) != len(other.told):  # retention took some of its reports
        return False
    likenesses = (a.likeness(b) for a, b in zip(one.told, other.told, strict=True))
    return prints(one.told[0].signature.fingerprint, other.told[0].signature.fingerprint, likenesses)


def _article(name: str, many: Sequence[Kept]) -> _Article:
    return _Article(many[0].report.article.article_time, name, tuple(many))


def _by_story(articles: Iterable[tuple[int, _Article]]) -> dict[int, list[_Article]]:
    found: dict[int, list[_Article]] = defaultdict(list)
    for number, article in articles:
        found[number].append(article)
    return found


def _read(session: Session, rows: Mapping[str, _Stored], but: Collection[str]) -> Iterable[tuple[int, _Article]]:
    """The articles with their reports; those of which the store keeps none any more stand for nobody."""
    numbers = reports.of_articles(session, rows.keys() - set(but))
    known = kept.by_number(session, numbers.keys())
    told: dict[str, list[Kept]] = defaultdict(list)
    for number, (name, _) in numbers.items():
        told[name].append(known[number])
    return [(rows[name].story, _article(name, many)) for name, many in told.items()]


def _alone(session: Session, column: object, values: Collection[object]) -> dict[str, _Stored]:
    """Articles that stand for themselves and may stand for others."""
    return _rows(session, among(session, column, values) & ArticleRow.copy_of.is_(None))


def _rows(session: Session, condition: sa.ColumnElement[bool]) -> dict[str, _Stored]:
    query = sa.select(ArticleRow.article_id, ArticleRow.story, ArticleRow.article_time, ArticleRow.copy_of)
    rows = session.execute(query.where(condition, ArticleRow.story.is_not(None)))
    return {name: _Stored(number or 0, time, copy_of) for name, number, time, copy_of in rows}
