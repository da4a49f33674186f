"""How found incidents are compared with a case: which stated groups were found, and whether their facts are right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from schemas.event import EventFacts
from tests.quality.compare import Check, fields
from tests.quality.incidents.bcubed import Mentions, score
from tests.quality.incidents.case import IncidentCase, WantedIncident, article_of


class Report(Protocol):
    """One event of one article that went into an incident."""

    @property
    def article_id(self) -> str:
        """The article's id."""

    @property
    def event_id(self) -> str:
        """The event's id."""

    @property
    def main(self) -> bool:
        """True for the lowest-ranked event of the article that makes an incident."""


class Incident(Protocol):
    """What the merger found."""

    @property
    def event(self) -> EventFacts:
        """The merged facts."""

    @property
    def independent_sources(self) -> int:
        """How many sources tell of it, copies counted once."""

    @property
    def reports(self) -> Sequence[Report]:
        """The events that it is made of."""


@dataclass(frozen=True)
class Group:
    """One stated incident, and the checks of its facts: all fail where no found incident has exactly its articles."""

    wanted: WantedIncident
    got: list[str]
    """Articles of the found incident that is most like it."""
    exact: bool
    """True where those are the stated ones."""
    checks: list[Check]


@dataclass(frozen=True)
class Comparison:
    """One case compared."""

    groups: list[Group]
    extra: list[Incident]
    """Found incidents that are no stated one."""
    mentions: Mentions
    """For B-cubed over all cases."""

    def exact(self) -> int:
        """Stated groups that were found exactly."""
        return sum(group.exact for group in self.groups)

    def checks(self) -> list[Check]:
        """The checks of all groups."""
        return [check for group in self.groups for check in group.checks]

    def passed(self) -> bool:
        """True where every group and every fact was found, and nothing else."""
        right = all(group.exact for group in self.groups) and all(check.ok for check in self.checks())
        return right and not self.extra


def compare(case: IncidentCase, found: Sequence[Incident]) -> Comparison:
    """Compare what was found in the articles of `case`, whose ids are those that the case gives them."""
    pairs = _pairs(case.incidents, found)
    groups = [_group(wanted, found[pairs[n]] if n in pairs else None) for n, wanted in enumerate(case.incidents)]
    extra = [incident for n, incident in enumerate(found) if n not in pairs.values()]
    return Comparison(groups, extra, _mentions(case, found, pairs))


def _pairs(wanted: Sequence[WantedIncident], found: Sequence[Incident]) -> dict[int, int]:
    """For each stated incident its found one: those that share most articles first, then those with most facts."""
    likeness = []
    for w, want in enumerate(wanted):
        for f, incident in enumerate(found):
            ours, theirs = want.articles(), _articles(incident)
            if ours & theirs:
                right = sum(check.ok for check in _facts(want, incident))
                likeness.append((-len(ours & theirs) / len(ours | (theirs - set(want.mentioned_by))), -right, w, f))
    pairs: dict[int, int] = {}
    for _, _, w, f in sorted(likeness):
        if w not in pairs and f not in pairs.values():
            pairs[w] = f
    return pairs


def _group(wanted: WantedIncident, incident: Incident | None) -> Group:
    got = sorted(_articles(incident)) if incident else []
    if incident is not None and wanted.met_by(frozenset(got)):
        return Group(wanted, got, exact=True, checks=list(_facts(wanted, incident)))
    names = [name for name, _ in wanted.facts()] + ["sources"] * (wanted.sources is not None)
    lost = [Check(name, ok=False, wanted=str(getattr(wanted, name)), got="not found") for name in names]
    return Group(wanted, got, exact=False, checks=lost)


def _facts(wanted: WantedIncident, incident: Incident) -> Iterator[Check]:
    for name, fact in wanted.facts():
        asked = "place" if name in ("admin1", "country") else name
        [check] = [check for check in fields(fact, incident.event) if check.field == asked]
        yield Check(name, check.ok, check.wanted, check.got)
    if wanted.sources is not None:
        got, recalling = incident.independent_sources, len(_articles(incident) - wanted.articles())
        yield Check("sources", wanted.sources <= got <= wanted.sources + recalling, str(wanted.sources), str(got))


def _articles(incident: Incident) -> frozenset[str]:
    return frozenset(report.article_id for report in incident.reports)


def _mentions(case: IncidentCase, found: Sequence[Incident], pairs: dict[int, int]) -> Mentions:
    """Bring together what the case and the answer say of each article: incidents of one pair, then those left over.

    What is mentioned in passing counts for nothing.
    """
    of = {f: w for w, f in pairs.items()}
    ours: dict[str, list[int]] = defaultdict(list)
    for reference, w in sorted((ref, w) for w, want in enumerate(case.incidents) for ref in want.reports):
        ours[article_of(reference)].append(w)
    theirs: dict[str, list[int]] = defaultdict(list)
    for article, f in sorted(
        (
            (article, f)
            for f, incident in enumerate(found)
            for article in _articles(incident)
            if not (f in of and article in case.incidents[of[f]].mentioned_by)
        ),
        key=lambda told: (told[0], not _main(found[told[1]], told[0]), told[1]),
    ):
        theirs[article].append(f)
    both = [
        pair
        for article in sorted(ours.keys() | theirs.keys())
        for pair in _aligned(ours[article], theirs[article], pairs)
    ]
    return score(both)


def _main(incident: Incident, article: str) -> bool:
    return any(report.main for report in incident.reports if report.article_id == article)


def _aligned(ours: list[int], theirs: list[int], pairs: dict[int, int]) -> Iterator[tuple[int | None, int | None]]:
    agreed = [(w, pairs[w]) for w in ours if pairs.get(w) in theirs]
    left = [w for w in ours if w not in dict(agreed)]
    over = [f for f in theirs if f not in dict(agreed).values()]
    yield from agreed
    for n in range(max(len(left), len(over))):
        yield (left[n] if n < len(left) else None), (over[n] if n < len(over) else None)
