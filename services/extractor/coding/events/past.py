"""What shows that a deed is no news: an old date, a court's hearing, a past that is summed up."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from services.extractor.coding.dates.expr import Day, Month, Relative
from services.extractor.coding.dates.resolve import resolve
from services.extractor.coding.events import tree
from services.extractor.coding.events.bygone import of_old_wars, studied
from services.extractor.coding.events.states import state_of_things
from services.extractor.coding.lexicon.cues import cues, phrases

if TYPE_CHECKING:
    from services.extractor.coding.dates.expr import DateExpr
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.events.when import Calendar, Timing
    from services.extractor.coding.reading.tokens import Token

# Older than this at publication, an event is background; a stretch of this many days is a sum, no event.
_OLD = dt.timedelta(days=45)
_LONG = dt.timedelta(days=31)
_MONTHS = 12
# From a captive's name to the word that frees him: "the release of two of the engineers".
_STEPS = 4


def no_news(mention: Mention, timing: Timing, calendar: Calendar) -> Token | None:
    """The word that puts the mention into the past, null where none does."""
    found = _long_past(mention, timing, calendar) or _in_court(mention) or _freed(mention, timing) or _standing(mention)
    found = found or _back_then(mention, calendar) or _ever_since(mention)
    if found is None and timing.history is not None:
        found = mention.view.head_of(timing.history.start, timing.history.end)
    found = found or _goes_on(mention, timing, calendar) or state_of_things(mention) or studied(mention, timing)
    if found is None and timing.when is None:
        found = of_old_wars(mention)
    return found or (_sums_up(mention) or _counted(mention, timing) if timing.when is None else None)


def _back_then(mention: Mention, calendar: Calendar) -> Token | None:
    """The old date that a clause explains: "held since 2022, when they were captured"."""
    verb, head = mention.token, mention.token.head
    if verb.dep_ != "relcl" or calendar.published is None or all(c.lower_ != "when" for c in verb.children):
        return None
    date = next((d for d in mention.view.dates if d.start <= head.idx < d.end), None)
    resolved = resolve(date.expr, calendar.published) if date is not None else None
    return head if resolved is not None and calendar.published - resolved.start > _OLD else None


def _ever_since(mention: Mention) -> Token | None:
    """The word of what has gone on for a time: "400 people have died since protests began in October"."""
    verb = mention.token.head
    if mention.token.dep_ != "nsubj" or not (cues()["begun"].has_verb(verb) or cues()["happen"].has_verb(verb)):
        return None
    return next((c for c in verb.children if c.dep_ == "mark" and c.lower_ == "since"), None)


_TRUCES = frozenset(("ceasefire", "cease-fire", "truce", "armistice"))
_SWAPS = ("swap", "swaps", "exchange", "exchanges")


def _gives_back(verb: Token) -> bool:
    freed = cues()["freeing"]
    return (
        freed.has_verb(verb)
        or verb.lower_ in freed.words
        or verb.lower_.startswith(("hand", "exchang", "swap", "transfer"))
    )


def _standing(mention: Mention) -> Token | None:
    """The word that shows that a truce was made before: "despite the ceasefire", "violated the truce"."""
    noun, group = tree.first_conjunct(mention.token), cues()["standing"]
    if mention.cls.name != "ceasefire" or mention.verbal or noun.lower_ in _SWAPS or noun.dep_ == "ROOT":
        return None
    if noun.dep_ == "pobj":
        prep = noun.head
        if prep.lower_ == "under" and noun.lower_ in _TRUCES and not _gives_back(prep.head):
            return prep  # "deployed under the truce"; who is freed under one makes it come about
        return next((t for t in (prep, prep.head) if t.lower_ in group.words), None)
    known = noun.dep_ in ("nsubj", "nsubjpass", "dobj") and group.has_verb(noun.head)
    return noun.head if known else None


def _counted(mention: Mention, timing: Timing) -> Token | None:
    """The word of a statistic in the sentence, where no day is told."""
    if mention.cls.domain != "violence" or isinstance(getattr(timing.told, "expr", None), Day):
        return None
    found = phrases("counting").find_matches_as_indexes(mention.view.sentence.text.lower())
    return mention.view.token_at(found[0][1]) if found else None


def _long_past(mention: Mention, timing: Timing, calendar: Calendar) -> Token | None:
    """The date's token where it lies long before publication or spans too long for an event."""
    when = timing.when
    if when is None and timing.told is not None and _old_by_itself(timing.told.expr, calendar.issued):
        return mention.view.head_of(timing.told.start, timing.told.end)
    if when is None or when.mention is None:
        return None
    if calendar.published is not None:
        old = calendar.published - when.end > _OLD
    else:  # news names the year only of what is long past
        old = calendar.yearless and getattr(when.mention.expr, "year", None) is not None
    if not old and when.end - when.start <= _LONG:
        return None
    return when.view.head_of(when.mention.start, when.mention.end)


def _goes_on(mention: Mention, timing: Timing, calendar: Calendar) -> Token | None:
    """The mention's own word where the sentences before tell of a day long past and this one names no other."""
    if calendar.story is None or timing.when is not None or timing.told is not None or mention.cls.domain != "violence":
        return None
    if any(mention.view.sentence.text.lower().startswith(word) for word in cues()["apart"].words):
        return None
    if calendar.published is not None:
        return mention.token if calendar.published - calendar.story > _OLD else None
    return mention.token if calendar.yearless else None  # a day is known without publication only by its year


def _old_by_itself(expr: DateExpr, issued: Day | None) -> bool:
    """Without a day of publication: "last year", and a day of another season than the one the article opens with."""
    if isinstance(expr, Relative):
        return expr.unit == "year" or (expr.unit == "month" and expr.offset < -1)
    if issued is None or not isinstance(expr, Day | Month) or expr.year is not None:
        return False
    apart = abs(expr.month - issued.month)
    apart = min(apart, _MONTHS - apart)
    if isinstance(expr, Month) or apart != 1:
        return apart > 1
    later, earlier = (expr, issued) if (expr.month - issued.month) % _MONTHS == 1 else (issued, expr)
    return later.day > earlier.day


def _in_court(mention: Mention) -> Token | None:
    """The word of a court's hearing in the sentence: what is told there has been done long before."""
    if mention.cls.domain != "violence" or mention.cls.name in ("arrest", "protest", "protesters", "riot"):
        return None
    court = cues()["court"].words
    if court.isdisjoint(mention.view.doc.words):
        return None
    return next((t for t in mention.view.doc if t.lower_ in court and not _only_says_who(t)), None)


def _only_says_who(word: Token) -> bool:
    """True for "supporters of the jailed leader", "the convicted bomber's home": no court sits."""
    return word.dep_ == "amod" and word.lower_.endswith("ed") and word.head.dep_ in ("pobj", "poss", "compound")


def _freed(mention: Mention, timing: Timing) -> Token | None:
    """The word that says that whoever was abducted came free: that is the news, unless the taking has its day."""
    if mention.cls.name != "abduction":
        return None
    freeing = _freeing(mention, timing)
    if freeing is None or timing.when is None or timing.when.mention is None or timing.background:
        return freeing
    day = timing.when.mention.start
    own = mention.start < day and not mention.start < freeing.idx < day
    return None if own else freeing


def _freeing(mention: Mention, timing: Timing) -> Token | None:
    if timing.clause is not None:  # "freed after 20 days as hostages"
        above = [t for t in tree.ancestors(timing.clause) if tree.is_verbal(t)]
        return next((t for t in above[:1] if cues()["freeing"].has_verb(t)), None)
    if mention.token.dep_ not in ("relcl", "acl", "amod"):
        return None
    noun = tree.first_conjunct(mention.token.head)
    if noun.dep_ == "appos":
        noun = tree.first_conjunct(noun.head)
    above = list(tree.ancestors(noun))[:_STEPS]
    return next((t for t in above if t.lower_ in cues()["freeing"].words or cues()["freeing"].has_verb(t)), None)


_MANY = frozenset(
    ("similar", "previous", "several", "numerous", "many", "frequent", "repeated", "countless", "multiple", "regular")
)


def _often(mention: Mention) -> Token | None:
    """The word that makes a past of the noun: "has carried out similar attacks", "have staged dozens of raids"."""
    noun = mention.token
    many = next((c for c in noun.children if c.lower_ in _MANY), None)
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in ("dozens", "scores", "hundreds"):
        many = noun = noun.head.head
    verb = noun.head
    perfect = noun.dep_ == "dobj" and any(c.dep_ == "aux" and c.lower_ in ("has", "have", "had") for c in verb.children)
    return many if perfect and noun.text.lower().endswith("s") else None


def _sums_up(mention: Mention) -> Token | None:
    """The word that shows that a past is summed up: `has fought`, `have often attacked`, without a day or a toll."""
    if mention.cls.domain != "violence" or mention.view.tolls:
        return None
    if not mention.verbal:
        return _often(mention)
    adverb = next((c for c in mention.token.children if c.lower_ in cues()["repeated"].words), None)
    words = mention.text.lower().split()
    many = words[-1].endswith("s") and any(w in _MANY for w in words)  # "has carried out similar attacks"
    perfect = next(
        (c for c in mention.token.children if c.dep_ == "aux" and c.lower_ in ("has", "have", "'ve", "had")), None
    )
    if adverb is not None:
        return adverb
    return perfect if many or mention.token.lower_ in cues()["lasting"].words else None
