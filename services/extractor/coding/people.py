"""People whom a text tells by name and age, as identified, as suspected, or as those for whose death somebody is held.

They were hurt, killed, held or tried. Those who speak of a deed, officers and officials, are told without an age. So
two texts that share such a person tell of what befell or was done by one and the same, be the second one an obituary or
a verdict a year later.
"""

from __future__ import annotations

import re

LEAD = 4000
"""Characters of the text that are read: an age stands where a person is told of first."""
_WORD = r"[^\W\d_a-z][\w'\u2019-]{0,30}[^\W\d_A-Z]"
_BETWEEN = rf"(?:{_WORD}|[A-Z]\.?(?:[A-Z]\.?)?|[\"\u201c'\u2018][^\"\u201d\u2019]{{2,20}}[\"\u201d'\u2019]),?"
_NAME = rf"(?P<first>{_WORD})[ ](?:{_BETWEEN}[ ]){{0,2}}?(?P<last>(?!(?:Jr|Sr)\b){_WORD})\b"
_AGE = r"\d\d?(?=[,.;:)\u2014-]|[ ](?:and|of|was|from|who|at)\b|[ ]year|$)"
_SOMEWHERE = (" in ", " near ", " at ", " from ", " outside ")
"""What stands before the name of a place: "in Kano Road, 30-year-olds" tells nobody's age."""
_JUNIOR = r"(?:,?[ ](?:Jr|Sr|I{2,3}|IV)\b\.?)?"
_AFTER = rf"{_JUNIOR}(?:,?[ ]\(|,[ ](?:who[ ](?:is|was)[ ]|then[ ])?(?:aged?[ ]|an?[ ])?|[ ]aged?[ ])"
# A name is told to its end, and no noun follows it: that would make it a town's ("a 25-year-old Corpus Christi man").
_GOES_ON = (
    r"(?:and|or|was|were|is|are|has|had|have|of|from|in|at|on|near|to|with|without|as|for|by|after|before|while|when|who|"
    r"whose|that|but|then|died|dead|dies|inside|outside|during|over|under|into|through|told|said|says|faces|fell|shot|"
    r"went|got|lost|hit|struck|ran|took|came|drove|fled|held|left|met|stood|began|became|woke|stabs|shoots|kills|"
    r"will|would|could|did|does|remains|[a-z]+ed|[a-z]+ly)\b"
)
_WHOLE = rf"(?P<first>{_WORD})[ ](?:{_BETWEEN}[ ]){{0,2}}(?P<last>(?!(?:Jr|Sr)\b){_WORD})\b{_JUNIOR}"
_ENDS = rf"(?!['\u2019]s?[ ][^\W\d_a-z])(?![ ]{{1,2}}(?!(?:Jr|Sr|I{{2,3}}|IV)\b)[^\W\d_a-z])(?![ ](?!{_GOES_ON})[a-z])"
_RANK = (
    r"(?:(?:[^\W\d_a-z][\w'\u2019.-]*[ ]){0,5}"
    r"(?:Officer|Deputy|Sheriff|Constable|Sergeant|Captain|Trooper|Agent|Private|Corporal|Lieutenant|"
    r"Major|Colonel|Sgt\.|Lt\.|Cpl\.|Pte\.|Const\.|Capt\.|Pastor|Father|Sister|Rev\.|Dr\.|Mr\.|Mrs\.|Ms\.)[ ])?"
)
# Words for whoever is held or tried, and for that which they are held for.
_TRIED = (
    r"(?:charge[sd]?|charging|convict(?:ed|ion)|indict(?:ed|ment)|arrest(?:ed|s)?|sentenced|arraigned|accused|suspects?|"
    r"wanted|guilty|trial)"
)
_DEEDS = ("death", "murder", "killing", "slaying", "shooting", "stabbing", "kidnapping", "abduction", "homicide")
_DEED = rf"(?:{'|'.join(_DEEDS)})s?"
_DEEDS_OF = tuple(f"{deed}{plural} of " for deed in _DEEDS for plural in ("", "s"))
_HELD = r"(?:[Ss]uspects?|[Gg]unm[ae]n|[Ss]hooter|[Kk]illers?|[Dd]efendants?|[Aa]ssailants?)"
# Each form, with words one of which it holds: looked for first, since that is quick.
_FORMS = (
    (("",), re.compile(rf"\b{_NAME}{_AFTER}{_AGE}")),
    (
        ("years-old", "year-old", "years old", "year old"),
        re.compile(rf"\b\d\d?[ -]years?[ -]old[ ](?:(?!on\b|in\b|at\b)[a-z]+[ ]){{0,3}}{_RANK}{_WHOLE}{_ENDS}"),
    ),
    (
        (" as ",),
        re.compile(
            rf"\b(?:identified|named)[ ](?:[a-z']+[ ]){{0,4}}?as[ ](?:[\w'-]+,?[ ]){{0,4}}?{_RANK}{_WHOLE}{_ENDS}"
        ),
    ),
    (
        _DEEDS_OF,
        re.compile(rf"\b{_TRIED}\b[^.;:\n]{{0,80}}?\b{_DEED}[ ]of[ ](?:[a-z0-9-]+,?[ ]){{0,4}}{_RANK}{_WHOLE}{_ENDS}"),
    ),
    (("uspect", "unm", "hooter", "iller", "efendant", "ssailant"), re.compile(rf"\b{_HELD}[ ]{_WHOLE}{_ENDS}")),
)


def people(text: str) -> list[tuple[str, str]]:
    """Their first and last names, each person once, in the order in which they are told."""
    lead = text[:LEAD]
    forms = [form for words, form in _FORMS if any(word in lead for word in words)]
    told = (m for form in forms for m in form.finditer(lead) if not lead.endswith(_SOMEWHERE, 0, m.start()))
    found = sorted((m.start(), m["first"], m["last"]) for m in told)
    return list(dict.fromkeys((first, last) for _, first, last in found))
