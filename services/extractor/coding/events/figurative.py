"""Words of violence that are not meant so: contests of words and of sport, problems fought, fiction, mishaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.events.accident import is_accident
from services.extractor.coding.events.everyday import of_beasts, on_the_road, one_blow, runs_away, to_oneself
from services.extractor.coding.events.fiction import in_a_work
from services.extractor.coding.events.kinds import ARMED, each_other
from services.extractor.coding.lexicon.things import things

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.mentions import Mention

# What one can do to a problem, a rival party or the visitors' goal as well as to people.
_LOOSE = frozenset(
    (
        *(
            "attack",
            "ambush",
            "clash",
            "killing",
            "shooting",
            "strike",
            "bomb_run",
            "explosion",
            "shelling",
            "airstrike",
        ),
        *("stabbing", "beating", "execution", "torture", "takeover", "recapture", "abduction", "arrest", "looting"),
        *(
            "destruction",
            "weapons_seizure",
            "interception",
            "finding",
            "handover",
            "riot",
            "death",
            "injury",
            "weapon_impact",
            "brawl",
        ),
        *("mob", "ramming", "unspecified", "protest", "robbery", "chemical", "grenade", "missile"),
    )
)


def is_figurative(draft: Draft) -> bool:
    """True for a draft of violence that tells of no violence between people."""
    if draft.domain != "violence":
        return False
    if any(in_a_work(m) for m in draft.mentions) or all(_only_talked_of(m) or _in_writing(m) for m in draft.mentions):
        return True
    if is_accident(draft) or any(" political " in m.text.lower() for m in draft.mentions):
        return True  # the minister's landmine
    if on_the_road(draft) or of_beasts(draft) or to_oneself(draft) or runs_away(draft) or one_blow(draft):
        return True
    if not draft.names <= _LOOSE or _bloody(draft) or _on_a_position(draft) or _among_themselves(draft):
        return False
    return any(_in_words(m) for m in draft.mentions) or _against_matter(draft) or _in_a_contest(draft)


def _against_matter(draft: Draft) -> bool:
    """True where what is attacked, fought or captured is no body and no ground: a problem, a title, a market."""
    if draft.names & {"protest", "riot"}:
        return False
    matter = things()["matter"]
    met = draft.objects | (draft.doers if "clash" in draft.names else set())
    return bool(met & matter) and draft.objects <= matter | things()["territory"]


def _in_a_contest(draft: Draft) -> bool:
    """True where those who do it fight with words, money or the ball; or suffer it in a game."""
    playing = (things()["player"], things()["cast"])
    shown = any(m.cls.name == "protest" and not m.text.lower().startswith("rall") for m in draft.mentions)
    if draft.doers and _all_of(
        draft.doers, *playing, *(() if shown else (things()["talker"],))
    ):  # unions march as well
        return True
    return bool(draft.objects) and not draft.agents and _all_of(draft.objects, *playing)


def _all_of(words: set[str], *groups: frozenset[str]) -> bool:
    """True where each word is of one of the groups: they are large, and joining them costs more than asking each."""
    return all(any(word in group for group in groups) for word in words)


def _bloody(draft: Draft) -> bool:
    """True where somebody was hurt or a weapon is named: then it is meant as it is said."""
    outright = any(m.verbal and m.text.lower().endswith((" dead", " to death")) for m in draft.mentions)
    hurt = any(t.kind in ("killed", "injured") for _, t in draft.tolls)
    return outright or hurt or any(w.own for _, w in draft.weapons)


def _among_themselves(draft: Draft) -> bool:
    """True for worshippers who clash with each other, over whatever: they come to blows."""
    if "clash" not in draft.names or not (each_other(draft) or draft.doers & {"other", "another"}):
        return False
    people = any(p.kind == "Civilians" for p in draft.agents + draft.both + draft.patients)
    return people or bool(draft.doers & things()["crowd"])


def _on_a_position(draft: Draft) -> bool:
    """True for an armed group that attacks ground, whatever else its approaches and positions may be."""
    armed = any(p.kind in ARMED for p in draft.agents)
    return armed and draft.names <= {"attack", "ambush", "strike"} and bool(draft.objects & things()["territory"])


def _only_talked_of(mention: Mention) -> bool:
    """True for a truce that talks are about."""
    above = (a.lower_ for a in tree.ancestors(mention.token))
    return mention.cls.name == "ceasefire" and not mention.verbal and any(a in ("talks", "negotiations") for a in above)


_WRITING = frozenset(
    (
        "letter",
        "letters",
        "statement",
        "petition",
        "email",
        "e-mail",
        "tweet",
        "tweets",
        "note",
        "memo",
        "post",
        "article",
    )
)


def _in_writing(mention: Mention) -> bool:
    """True for those who protest in a letter, or by one: nobody takes to the streets."""
    if mention.cls.name != "protest" or not mention.verbal:
        return False
    above = mention.token.head.lower_ if mention.token.dep_ == "acl" else ""
    means = tree.prepositions(mention.token, "in", "by", "with", "through")
    return above in _WRITING or any(t.lower_ in _WRITING for t in means)


def _in_words(mention: Mention) -> bool:
    """True for a contest of words: "clashed over wording", "attacked its rivals over tax"."""
    if mention.cls.name not in ("attack", "clash", "brawl", "beating"):
        return False
    wordy = things()["matter"] - _FOUGHT_OVER
    return any(t.lower_ in wordy for t in tree.prepositions(mention.token, "over", "about"))


_FOUGHT_OVER = frozenset(("dispute", "row", "tension", "drug", "drugs", "oil", "gold", "crime", "goat", "sheep", "cow"))
