"""Words of violence that are not meant so: contests of words and of sport, problems fought, fiction, mishaps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.events.accident import is_accident
from services.extractor.coding.events.everyday import of_beasts, on_the_road, one_blow, runs_away, to_oneself
from services.extractor.coding.events.fiction import in_a_work
from services.extractor.coding.events.kinds import ARMED, STATE, each_other
from services.extractor.coding.events.practice import only_practised
from services.extractor.coding.lexicon.things import things

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.events.party import Party

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
    if any(is_none(draft) for is_none in _NO_VIOLENCE):
        return True
    if not draft.names <= _LOOSE or _bloody(draft) or _on_a_position(draft) or _among_themselves(draft):
        return False
    if any(_in_words(m) or _with_words(m) for m in draft.mentions) or _where_people_talk(draft):
        return True
    return _against_matter(draft) or _in_a_contest(draft)


def _against_matter(draft: Draft) -> bool:
    """True where what is attacked, fought or captured is no body and no ground: a problem, a title, a market."""
    if draft.names & {"protest", "riot"}:
        return False
    matter = things()["matter"]
    met = draft.objects | (draft.doers if "clash" in draft.names else set())
    around = things()["territory"]
    if draft.names <= _RAIDS and draft.agents and all(p.kind == STATE for p in draft.agents):
        around |= things()["property"]  # "seized heroin in a raid on a warehouse"
    return bool(met & matter) and draft.objects <= matter | around


_RAIDS = frozenset(("takeover", "strike", "finding", "weapons_seizure", "looting"))


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
    if _OWN_PARTY.search(mention.view.sentence.text):
        return True
    wordy = things()["matter"] - _FOUGHT_OVER
    verbs = (mention.token, *tree.children(mention.token, "dobj"))  # "traded blows over the budget"
    return any(t.lower_ in wordy for v in verbs for t in tree.prepositions(v, "over", "about"))


_OWN_PARTY = re.compile(
    r"\b[Rr]ebels? (?:in|within|from|inside|of) (?:his|her|its|their|the)(?: \w+){0,2} "
    r"(?:party|ranks|caucus|bloc|coalition|benches|backbenches|cabinet|parliamentary group)\b"
)
_FOUGHT_OVER = frozenset(("dispute", "row", "tension", "drug", "drugs", "oil", "gold", "crime", "goat", "sheep", "cow"))


def _with_words(mention: Mention) -> bool:
    """True for who is bombarded with anything but weapons: "bombarded with calls", "opened fire on its critics"."""
    if mention.cls.name == "shelling" and mention.text.lower().startswith("bombard"):
        means = tree.prepositions(mention.token, "with", "by")[:1]
        told = {c.lower_ for t in means for c in (t, *tree.prepositions(t, "of"))}
        return bool(told & (things()["matter"] | things()["missive"]))
    return mention.cls.name == "shooting" and any(
        t.lower_ in things()["critic"] for t in tree.prepositions(mention.token, "on", "at")
    )


_TALKERS = frozenset((None, "Civilians"))


def _where_people_talk(draft: Draft) -> bool:
    """True for countries or politicians who clash at a summit or in parliament: no forces and no crowd take part."""
    if not draft.names <= {"clash", "attack", "brawl", "shooting", "strike", "weapon_impact"}:
        return False
    sides = draft.agents + draft.both + draft.patients
    if any(p.category != "country" and p.kind not in _TALKERS and not _in_office(p) for p in sides):
        return False
    if (draft.doers | draft.objects) & things()["crowd"] or any(p.name == "Protesters" for p in sides):
        return False
    at = [t for m in draft.mentions for t in tree.prepositions(m.token, "in", "at", "during")]
    return bool(sides) and any(t.lower_ in things()["forum"] for t in at)


def _in_office(party: Party) -> bool:
    return party.name.startswith("Government")


def _in_a_boardroom(draft: Draft) -> bool:
    """True for an executive or a coach who is ousted: no government falls."""
    return draft.names == {"upheaval"} and bool(draft.objects) and draft.objects <= things()["executive"]


def _in_politics(draft: Draft) -> bool:
    """True for the minister's political landmine."""
    return any(" political " in m.text.lower() for m in draft.mentions)


_NO_VIOLENCE = (
    *(
        is_accident,
        _in_politics,
        on_the_road,
        of_beasts,
        to_oneself,
        runs_away,
        one_blow,
        only_practised,
        _in_a_boardroom,
    ),
)
