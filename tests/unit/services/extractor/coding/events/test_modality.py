"""What happened, what was tried, denied, threatened, planned, feared or long past, sentence by sentence."""

from __future__ import annotations

import pytest

from tests.unit.services.extractor.coding.articles import triggers, violence


def missed(why: str, *case: object) -> object:
    return pytest.param(*case, marks=pytest.mark.xfail(strict=False, reason=why))


TABLE = [
    ("Rebels attacked a village near Goma on Tuesday, killing four people.", "attacked", "actual"),
    ("Gunmen shot dead two policemen in Quetta on Sunday.", "shot dead", "actual"),
    ("He said the rebels had killed his brother in Goma on Monday.", "killed", "actual"),
    ("Police confirmed that a bomb had exploded in Kabul on Monday.", "exploded", "actual"),
    ("No one was killed in the blast in Kabul on Monday.", "blast", "actual"),
    ("Police arrested two men after a clash in Lagos on Monday.", "clash", "actual"),
    ("Detectives are investigating the murder tonight of a nurse in Lyon.", "murder", "actual"),
    ("A man wanted for shooting two people in Lyon was arrested on Monday.", "arrested", "actual"),
    ("A man was charged in a fatal stabbing in Leeds.", "stabbing", "actual"),
    ("Two men were arrested over a shooting in Leeds.", "shooting", "historical"),
    ("The ministry refuted allegations that troops shelled a clinic in Goma.", "shelled", "negated"),
    ("Aid workers disputed claims that rebels fired mortars from a school in Goma.", "fired mortars", "negated"),
    ("Police are looking for a man wanted for killing a baker in Lyon.", "killing", "historical"),
    ("Militants tried to storm the prison in Kabul on Monday.", "storm", "attempted"),
    ("Militants attempted to kidnap a doctor in Kano on Saturday.", "kidnap", "attempted"),
    ("Rebels failed to capture the town of Goma on Monday.", "capture", "attempted"),
    ("An attempted assassination of the governor in Kandahar left two guards dead.", "assassination", "attempted"),
    ("The bomb failed to explode in Kabul on Monday.", "explode", "attempted"),
    ("Rebels did not attack the village near Goma on Tuesday.", "attack", "negated"),
    ("The army never shelled the hospital in Khan Younis, a spokesman said.", "shelled", "negated"),
    ("The army denied attacking the village near Goma.", "attacking", "negated"),
    ("The army denied that its soldiers had killed civilians in Goma.", "killed", "negated"),
    ("The rebels refused to attack the convoy near Aden.", "attack", "negated"),
    ("There was no attack on the village near Goma, officials said.", "attack", "negated"),
    ("Rebels threatened to attack the town of Goma.", "attack", "threatened"),
    ("The militants vowed to kill more soldiers in Somalia.", "kill", "threatened"),
    ("The threat of an attack on Goma remains high.", "attack", "threatened"),
    ("The army will attack rebel positions near Goma on Friday.", "attack", "planned"),
    ("Militants planned to bomb the market in Kabul.", "bomb", "planned"),
    ("The group plans to resume attacks on ships near Aden.", "attacks", "planned"),
    ("Troops were ordered to fire on protesters in Khartoum.", "fire on", "planned"),
    ("Soldiers are preparing to storm the town of Idlib.", "storm", "planned"),
    ("Rebels could attack Goma within days.", "attack", "hypothetical"),
    ("Police fired tear gas to scatter the crowd and arrested five men in Lome.", "arrested", "actual"),
    ("He fled Asmara in 2010 after soldiers tortured him in a cell.", "tortured", "historical"),
    ("Police foiled a plot to attack a church in Arua and arrested two men.", "arrested", "actual"),
    ("The fighting near Malakal is preventing the agency from delivering seed.", "fighting", "actual"),
    ("It is a war where women are raped, she told the panel.", "raped", "hypothetical"),
    ("The envoy called for an end to attacks on clinics in Sudan.", "attacks", "historical"),
    ("Survivors of the bombing rallied in Oslo on Tuesday.", "bombing", "historical"),
    ("Supporters of the jailed leader ransacked a bank in Lahore on Tuesday.", "ransacked", "actual"),
    ("Rebels might shell the airport in Goma.", "shell", "hypothetical"),
    ("Residents fear an attack on the town of Goma.", "attack", "hypothetical"),
    ("If rebels attack Goma, the army will respond.", "attack", "hypothetical"),
    ("Unless rebels attack Goma, the road stays open.", "attack", "hypothetical"),
    ("Fighters would storm the town of Idlib, the commander said.", "storm", "hypothetical"),
    ("A possible attack on Goma worries the army.", "attack", "hypothetical"),
    ("Hundreds marked the anniversary of the 1994 massacre in Kigali.", "massacre", "historical"),
    ("A court in Delhi convicted three men of killing 12 people in a 2008 attack.", "killing", "historical"),
    ("He was charged with murdering a policeman in Belfast in 1993.", "murdering", "historical"),
    ("Rebels have repeatedly attacked the town of Goma.", "attacked", "historical"),
    ("Families commemorated the killing of 40 students in Bamako.", "killing", "historical"),
    ("The trial over the bombing in Kampala opened on Monday.", "bombing", "historical"),
    ("The two armies have long fought over the border.", "fought", "historical"),
    ("The army has killed ten rebels near Goma since Tuesday.", "killed", "actual"),
    ("The president condemned the attack on a mosque in Kabul on Friday.", "attack", "actual"),
    ("The army rejected claims that it bombed a school in Mekelle.", "bombed", "negated"),
    ("The ministry denied reports that its troops had opened fire near Ganja on Friday.", "opened fire", "negated"),
    ("The president called for an attack on rebel bases near Goma.", "attack", "planned"),
    ("Fears of an attack grew in Goma.", "attack", "hypothetical"),
    missed("predicate", "Officials said an attack by al-Shabaab on Mogadishu was imminent.", "attack", "hypothetical"),
    missed("negative subject", "Nobody was abducted during the raid near Maiduguri on Monday.", "abducted", "negated"),
    ("The army ruled out an attack on the town of Goma.", "attack", "negated"),
    ("Six men were sent to kill the mayor of Goma.", "kill", "planned"),
    ("Rebels began to shell the town of Goma on Monday.", "shell", "actual"),
    ("He is said to have killed ten soldiers in Goma on Monday.", "killed", "actual"),
    ("New cameras are meant to prevent attacks on buses in Goma.", "attacks", "planned"),
    ("Guards thwarted an attempt to kidnap two engineers near Goma.", "kidnap", "attempted"),
    ("Three brothers in Goma confessed to killing a priest.", "killing", "historical"),
    ("The governor thanked the unit for killing two rebels near Goma.", "killing", "historical"),
    ("Police in Lagos arrested two men who attacked a bank.", "attacked", "historical"),
    ("Soldiers surrounded two men who attacked a bank in Lagos.", "attacked", "actual"),
    ("Thousands gathered in Rabat to condemn the attack on a mosque in Kano.", "attack", "actual"),
    ("The cadets were assigned the task of abducting traders in Goma.", "abducting", "planned"),
    ("Gunmen planned to attack the prison in Goma by storming its gate.", "storming", "planned"),
    ("Killings rose by 12 per cent in Kano, where rebels attacked villages.", "attacked", "historical"),
    ("The agency took over the case in which two men were killed in Goma.", "killed", "historical"),
    ("Four men were booked in Delhi in connection with the killing of a farmer.", "killing", "historical"),
    ("The two captains are responsible for mass killings in Goma.", "mass killings", "historical"),
]


@pytest.mark.parametrize(("text", "trigger", "expected"), TABLE)
def test_modality_of_a_sentence(text: str, trigger: str, expected: str) -> None:
    (event,) = [e for e in violence(text) if trigger in triggers(e)]
    assert event.modality == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels did not attack the village near Goma on Tuesday.", "not"),
        ("Militants planned to bomb the market in Kabul.", "planned"),
        ("Rebels could attack Goma within days.", "could"),
        ("Hundreds marked the anniversary of the massacre in Kigali.", "anniversary"),
        ("Militants tried to storm the prison in Kabul on Monday.", "tried"),
    ],
)
def test_the_word_that_shows_the_modality_is_its_evidence(text: str, expected: str) -> None:
    shown = {s.text for e in violence(text) for s in e.evidence if s.field == "modality"}
    assert expected in shown


def test_a_threat_is_no_attack_beside_it() -> None:
    found = violence("Rebels threatened to attack the town of Goma on Monday.")
    assert all(e.modality != "actual" for e in found)


def test_a_denial_of_one_deed_leaves_another_as_it_was() -> None:
    found = violence("Rebels attacked Goma on Monday. The army denied shelling the village of Kanyabayonga on Tuesday.")
    assert {e.modality for e in found} == {"actual", "negated"}
