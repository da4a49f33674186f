"""People whom a text tells by name and age, or says that they were identified: who was hurt, killed, held or tried.

Those who speak of a deed, officers and officials, are told without an age. So two texts that share such a person tell
of what befell or was done by one and the same, be the second one an obituary or a verdict a year later.
"""

from __future__ import annotations

import re

LEAD = 4000
"""Characters of the text that are read: an age stands where a person is told of first."""
_WORD = r"[^\W\d_a-z][\w'\u2019-]{0,30}[^\W\d_A-Z]"
_BETWEEN = rf"(?:{_WORD}|[A-Z]\.?(?:[A-Z]\.?)?|[\"\u201c'\u2018][^\"\u201d\u2019]{{2,20}}[\"\u201d'\u2019]),?"
_NAME = rf"(?P<first>{_WORD})[ ](?:{_BETWEEN}[ ]){{0,2}}?(?P<last>(?!(?:Jr|Sr)\b){_WORD})\b"
_AGE = r"\d\d?(?=[,.;:)\u2014-]|[ ](?:and|of|was|from|who|at)\b|[ ]year|$)"
_JUNIOR = r"(?:,?[ ](?:Jr|Sr|I{2,3}|IV)\b\.?)?"
_AFTER = rf"{_JUNIOR}(?:,?[ ]\(|,[ ](?:who[ ](?:is|was)[ ]|then[ ])?(?:aged?[ ]|an?[ ])?|[ ]aged?[ ])"
_NO_PERSON = r"man|woman|boy|girl|male|female|resident|native|teenager|teen|student|police|officer"
_FORMS = (
    re.compile(rf"\b{_NAME}{_AFTER}{_AGE}"),
    re.compile(rf"\b\d\d?[ -]years?[ -]old[ ](?:[a-z]+[ ]){{0,3}}{_NAME}(?![ ](?:{_NO_PERSON})\b)"),
    re.compile(rf"\b(?:identified|named)[ ](?:[a-z']+[ ]){{0,4}}?as[ ](?:[\w'-]+,?[ ]){{0,4}}?{_NAME}"),
)


def people(text: str) -> list[tuple[str, str]]:
    """Their first and last names, each person once, in the order in which they are told."""
    lead = text[:LEAD]
    found = sorted((m.start(), m["first"], m["last"]) for form in _FORMS for m in form.finditer(lead))
    return list(dict.fromkeys((first, last) for _, first, last in found))
