"""A table of sentences with their tolls, and what find_tolls promises of every text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.extractor.coding.dates import find_dates
from services.extractor.coding.numbers import find_numbers
from services.extractor.coding.tolls import TollMention, find_tolls
from services.extractor.coding.tolls.lexicon import KINDS, toll_words

# sentence | tolls as kind=low/best/high, "-" for null; nothing where none is told
CASES = """
At least three women and four children were killed in one of the blasts. | killed=7/7/-
Army Hits Hideouts; 4 Children Among 7 Killed | killed=7/7/7
A bomb killed 12 people and wounded 25 others. | killed=12/12/12; injured=25/25/25
15 people were killed, including four children. | killed=15/15/15
15 people, including four children, were killed. | killed=15/15/15
Strike kills 15 including 4 children | killed=15/15/15
12 villagers, two of them children, were killed. | killed=12/12/12
Six civilians were among at least 22 people killed in the raids. | killed=22/22/-
Nearly 40 pupils were among the dead of the bombing. | killed=40/-/-
Gunmen shot dead two priests on Sunday. | killed=2/2/2
Two priests were shot dead on Sunday. | killed=2/2/2
Two priests were shot and killed. | killed=2/2/2
Militants beheaded three villagers. | killed=3/3/3
Two more have since died of burns. | killed=2/2/2
Four volunteers who tried to stop the attackers died. | killed=4/4/4
Three nurses who had treated the rebels were killed. | killed=3/3/3
It killed two officers and wounded a third. | killed=2/2/2; injured=1/1/1
Nine wounded people were taken to a clinic in Kaya. | injured=9/9/9
The army killed nine and freed five kidnapped migrants. | killed=9/9/9
The rebels had killed 60 soldiers and taken 80 prisoner. | killed=60/60/60; abducted=80/80/80
Pirates seized 12 sailors and a cook. | abducted=13/13/13
Police seized 12 rifles and 40 kilos of heroin. |
The rebels seized 12 villages. |
Rebels freed two soldiers and a priest near Tame whom they had abducted. | abducted=3/3/3
Forces "neutralised" 12 terrorists. | killed=12/12/12
Fighting drove 3,000 people from their homes. | displaced=3000/3000/3000
They drove two trucks from the market. |
It gave no casualty figures. |
There was no casualty toll. |
Thousands bury nurse shot dead in Tame |
Hundreds mourn boy killed by stray bullet |
Dozens of mourners bury cousins slain by bandits |
200 protest after man killed by police |
Hundreds demand justice for woman killed in Multan |
Five protest leaders killed in Choloma | killed=5/5/5
Eighteen traders and shoppers died in an air strike. | killed=18/18/18
Four soldiers and policemen were wounded in the ambush. | injured=4/4/4
Troops killed four soldiers and rebels captured the base. | killed=4/4/4
Nine people, not twelve, died in the bombing. | killed=9/9/9
Eight people rather than 11 were killed. | killed=8/8/8
The death toll rose to 10 on Monday. | killed=10/10/10
The toll rose from 7 to 10. | killed=10/10/10
The death toll from the blast stands at 31. | killed=31/31/31
The blast left three people dead and 12 injured. | killed=3/3/3; injured=12/12/12
At least 40 dead and 70 wounded in clashes | killed=40/40/-; injured=70/70/70
Seven dead, 12 wounded in blast | killed=7/7/7; injured=12/12/12
leaving 15 killed 12 wounded | killed=15/15/15; injured=12/12/12
The bodies of five men were found in a well. | killed=5/5/5
Five bodies were found in a well. | killed=5/5/5
A soldier was killed in the clash. | killed=1/1/1
A soldier of the Northern Border Forces was killed in the clash. | killed=1/1/1
Four guards of the Tamale Cocoa Company and two drivers were killed. | killed=6/6/6
The father of two boys was killed. | killed=1/1/1
An elderly couple were stoned to death. | killed=2/2/2
A soldier died in the clash. | killed=1/1/1
The blast killed a soldier and two civilians. | killed=3/3/3
Five soldiers and a policeman were killed. | killed=6/6/6
The blast killed him and two others. | killed=3/3/3
The man killed his wife. | killed=1/1/1
The mayor, Ahmed Khan, was killed. | killed=1/1/1
Ahmed Khan was shot dead outside his home. | killed=1/1/1
The rebels killed Ahmed Khan, a judge. | killed=1/1/1
He was killed on the spot. | killed=1/1/1
Dozens were killed. | killed=12/-/-
Scores of people were killed. | killed=20/-/-
Hundreds of villagers were massacred. | killed=100/-/-
Several civilians were killed. | killed=3/-/-
Soldiers were killed. | killed=2/-/-
The strike killed civilians. | killed=2/-/-
More than 20 rebels died. | killed=20/20/-
Up to 30 rebels died. | killed=-/-/30
About 50 rebels died. | killed=-/50/-
Between 10 and 15 rebels died. | killed=10/-/15
Two or three rebels died. | killed=2/-/3
A deadly attack shook the town. | killed=1/-/-
Deadly Strike Shakes Town | killed=1/-/-
A fatal shooting shook the town. | killed=1/-/-
The attack claimed the lives of 9 miners. | killed=9/9/9
The attack claimed 9 lives. | killed=9/9/9
Nine miners lost their lives. | killed=9/9/9
The murder of two priests shook the town. | killed=2/2/2
The police counted 12 deaths. | killed=12/12/12
Two Russian pilots killed in crash | killed=2/2/2
Suicide bomber kills 4 in town | killed=4/4/4
Raids kill 5 Hezbollah members in valley | killed=5/5/5
Child killed, 20 people injured in attacks | killed=1/1/1; injured=20/20/20
Child Killed 20 People Injured in Attacks | killed=1/1/1; injured=20/20/20
The army said 31 IS group militants were killed. | killed=31/31/31
Three houses were burned and two people killed. | killed=2/2/2
An explosion killed six people and injured another ten. | killed=6/6/6; injured=10/10/10
The raid killed and wounded dozens of people. | killed=1/-/-; injured=1/-/-
30 people were killed or wounded. | killed=1/-/30; injured=1/-/30
Nobody was hurt. | injured=0/0/0
No one was killed. | killed=0/0/0
There were no casualties. | killed=0/0/0; injured=0/0/0
There were no deaths or injuries. | killed=0/0/0; injured=0/0/0
There were casualties. |
Casualties were reported on both sides. |
Rebels abducted 12 students. | abducted=12/12/12
Twelve students were kidnapped by rebels. | abducted=12/12/12
Four aid workers were taken hostage. | abducted=4/4/4
The abduction of three nurses was condemned. | abducted=3/3/3
Police arrested 20 protesters. | arrested=20/20/20
At least 20 protesters were detained. | arrested=20/20/-
The arrest of two judges drew protest. | arrested=2/2/2
Two soldiers went missing. | missing=2/2/2
Nine miners are missing. | missing=9/9/9
Violence has displaced 10,000 people. | displaced=10000/10000/10000
1,000 families were displaced. | displaced=1000/1000/1000
Thousands fled their homes. | displaced=1000/-/-
The Syrian army killed and wounded scores of rebels. | killed=1/-/-; injured=1/-/-
A blast hurt several people, an official said. | injured=3/-/-
Nine men have been confirmed dead. | killed=9/9/9
A poet and three activists were arrested. | arrested=4/4/4
Rebels killed two guards, a cook, and three farmers. | killed=6/6/6
Rockets killed 3 soldiers, 2 guards in town | killed=5/5/5
The students were taken hostage. Two guards fled. | abducted=2/-/-; displaced=2/2/2
Rebels hacked eight farmers to death at Mbau. | killed=8/8/8
Gunmen shot two soldiers dead and seriously hurt another. | killed=2/2/2; injured=1/1/1
Raiders burned 13 people alive in a church. | killed=13/13/13
Rescuers pulled 13 people alive from the rubble. |
The judge sentenced two men to death. |
Twelve passengers were pulled off a bus and executed by rebels. | killed=12/12/12
Raiders fell upon herders, leaving nine of them dead. | killed=9/9/9
They slaughtered my three brothers. | killed=3/3/3
A bomber killed four guards, as well as himself, at a gate. | killed=5/5/5
Troops beat back an attack, killing 10 of them and losing two soldiers. | killed=10/10/10; killed=2/2/2
The party lost 20 seats and its leader. |
A couple and their three sons were killed by a shell. | killed=5/5/5
He, his wife and child were killed. | killed=3/3/3
A strike killed two women and their seven children. | killed=9/9/9
Four members of one family were killed. | killed=4/4/4
A family of six was killed. | killed=6/6/6
Of the 18 people shot, six died and 12 are being treated. | killed=6/6/6; injured=12/12/12
The mission later corrected the figure to 17. | killed=17/17/17
This was later updated to 82. | killed=82/82/82
The price was raised to 82. |
At least 10 people including women and children were killed. | killed=10/10/-
Nine people, most of them women, were killed. | killed=9/9/9
Raids leave boy and nurse dead and 5 others injured | killed=2/2/2; injured=5/5/5
Bombs of regime war planes on Friday have killed 26 villagers. | killed=26/26/26
The army killed Amin Ruz, a field commander, and eight more militants. | killed=9/9/9
Amin Ruz, Omar Said and Ali Noor were killed in the blast. | killed=3/3/3
Two soldiers and as many militants were killed. | killed=4/4/4
The dead are three raiders and a corporal. | killed=4/4/4
Those killed included six women and three police officers. | killed=9/-/-
The offensive killed 20 pigs. |
A woman, 24, was killed and three men were wounded. | killed=1/1/1; injured=3/3/3
A 16-year-old was shot dead in the park. | killed=1/1/1
Teen killed in park | killed=1/1/1
The number of inmates killed in the prison has risen to 13. | killed=13/13/13
The army denied reports of 15 dead. |
The toll is set to rise as crews look through dozens of homes. |
Three houses were destroyed. |
The army launched three rockets. |
Rebels hold two villages near the river. |
The toll on the economy is heavy. |
A deadly weapon was found. |
A potentially deadly attack was averted. |
Talks continued for two days. |
The offensive killed three cows. |
His injuries were not serious. |
The toll rose to 34 on Friday after six of the wounded died in hospital. | killed=34/34/34
Three of those injured have since died. |
Two of the wounded are in hospital. | injured=2/2/2
A man of 47 was killed. | killed=1/1/1
A family of six was killed. | killed=6/6/6
"""


def _tolls(sentence: str) -> list[TollMention]:
    dates = [(mention.start, mention.end) for mention in find_dates(sentence)]
    return find_tolls(sentence, find_numbers(sentence, exclude=dates))


def _show(mention: TollMention) -> str:
    return f"{mention.kind}=" + "/".join(
        "-" if n is None else str(n) for n in (mention.low, mention.best, mention.high)
    )


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [tuple(cell.strip() for cell in line.rsplit("|", 1)) for line in CASES.strip().splitlines()],
)
def test_reads_the_tolls_of_a_sentence(sentence: str, expected: str) -> None:
    assert "; ".join(_show(mention) for mention in _tolls(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Three women and four children were killed.", (("women", 3), ("children", 4))),
        ("15 people were killed, including four children.", (("children", 4),)),
        ("15 people (including two women and a child) were killed.", (("women", 2), ("child", 1))),
        ("4 Children Among 7 Killed", (("Children", 4),)),
        ("12 villagers, two of them boys, were killed.", (("boys", 2),)),
        ("Six civilians were among 22 people killed.", (("civilians", 6),)),
        ("Twelve people were killed.", ()),
    ],
)
def test_parts_stand_with_their_whole(sentence: str, parts: tuple[tuple[str, int], ...]) -> None:
    assert _tolls(sentence)[0].parts == parts


@pytest.mark.parametrize(
    "sentence",
    [
        "More than 300,000 people have been killed since 2011.",
        "The war has killed 5,000 people.",
        "At least 90 people have been killed so far this year.",
        "Some 3,000 people died in the past two years.",
        "Over the past three months, 400 people have been killed.",
        "More than 9,000 people have died in the civil war.",
    ],
)
def test_a_toll_of_another_time_is_marked(sentence: str) -> None:
    (mention,) = _tolls(sentence)
    assert mention.past


@pytest.mark.parametrize(
    "sentence",
    [
        "At least 29 rebels were killed, the deadliest attack since 2014.",
        "12 people were killed since Monday.",
        "12 people were killed in the past 24 hours.",
        "A bomb killed 12 people on Sunday.",
        "12 people were killed in the town. The war began in 2011.",
    ],
)
def test_a_toll_of_these_days_is_not(sentence: str) -> None:
    (mention,) = _tolls(sentence)
    assert not mention.past


@pytest.mark.parametrize(
    ("sentence", "attackers"),
    [
        ("Two attackers were killed.", True),
        ("The suicide bomber died.", True),
        ("Two soldiers were killed.", False),
        ("Two soldiers and an attacker were killed.", False),
    ],
)
def test_those_who_did_the_harm_are_marked(sentence: str, attackers: bool) -> None:  # noqa: FBT001 - a table's column
    (mention,) = _tolls(sentence)
    assert mention.attackers is attackers


def test_a_sum_told_as_such_is_marked() -> None:
    assert _tolls("The death toll rose to 10.")[0].total
    assert not _tolls("Ten people died.")[0].total


def test_who_names_those_harmed_without_their_number() -> None:
    assert [mention.who for mention in _tolls("A mine killed two Syrian soldiers and hurt a child.")] == [
        "Syrian soldiers",
        "child",
    ]


_WORDS = (
    "killed|were|7|people|,|and|including|children|death toll|to|a|the|wounded|among|no|casualties|since|2011|.|"
    "two of them|(|)|\u0130|IS|Khan|of|bodies|deadly|attack|killing|himself|dozens|those"
)
_PIECES = st.sampled_from([word + " " for word in _WORDS.split("|")])


@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map("".join)))
def test_spans_reproduce_the_text(text: str) -> None:
    for mention in _tolls(text):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start < mention.end
        assert mention.kind in KINDS
        known = [n for n in (mention.low, mention.best, mention.high) if n is not None]
        assert known
        assert known == sorted(known)


@pytest.mark.parametrize(
    "piece",
    [
        "killed ",
        "7 killed ",
        "a man and ",
        "death toll ",
        "including ",
        "was killed ",
        "killed and ",
        "12 deaths ",
        "Khan killed ",
        "no ",
    ],
)
def test_time_grows_with_length_alone(piece: str) -> None:
    """A quadratic search would not come to an end on these."""
    assert isinstance(_tolls(piece * 10_000), list)


def test_the_word_file_is_whole() -> None:
    words = toll_words()
    assert set(words.irregular.values()) <= words.people
    assert words.attackers <= words.people
    assert not words.not_people & words.people - {"death"}
