"""What is poured in: articles of ordinary length about made-up deeds, each with names that no other has.

Names that are always new would let a coder grow that keeps the words it has seen.
"""

from __future__ import annotations

import datetime as dt
import json
import random

from tests.chaos.world import deed

SENTENCES = 20
"""Sentences of an article that tell of no deed, and of others that happened long before."""
LONG = 790_000
"""Bytes of a long article: nearly as long as an article may be."""
_SYLLABLES = ("ba", "dor", "ke", "lun", "mi", "nar", "osh", "pel", "ra", "sim", "tu", "vek", "wan", "yor", "zel")
_PLAIN = (
    "The council of {name} talked about the repair of its bridges until the evening.",
    "A market for fruit and cloth was opened near the station of {name}.",
    "Teachers in {name} asked for new books before the term begins.",
    "{name} Water said that its reservoirs are three quarters full.",
    "The football club of {name} signed two players from the coast.",
    "Farmers around {name} expect a good harvest of millet this year.",
)
_BEFORE = (
    "In 1998 rebels attacked {name} and killed its mayor, who had refused to pay them for the road.",
    "Soldiers had shelled {name} in May 2003, after a bomb near their camp wounded four of them.",
    "Gunmen of the {name} Front abducted three traders in 2007 and freed them for a ransom.",
)


def name_of(number: int) -> str:
    """The id of article `number`."""
    return f"flood-{number}"


def article(number: int, seed: int, today: dt.date) -> bytes:
    """Article `number`, as JSON: one deed among sentences that tell of none. Pure."""
    chance = random.Random(f"flood {seed} {number}")
    told = deed(number, seed, today)
    sentences = [chance.choice(_PLAIN + _BEFORE).format(name=_name(chance)) for _ in range(SENTENCES)]
    sentences.insert(0, told.told(told.killed, f"{_name(chance)} police"))
    published = told.day + dt.timedelta(days=1)
    body = {"id": name_of(number), "language": "en", "title": f"News of {told.town}", "text": " ".join(sentences)}
    return json.dumps(body | {"published_at": published.isoformat(), "source": {"name": "The Courier"}}).encode()


def long_article(number: int) -> bytes:
    """One that fills the broker's buffer; the extractor sets it aside at once, as it is in no language it reads."""
    body = {"id": f"flood-long-{number}", "language": "got", "text": "\U00010348" * (LONG // 4)}
    return json.dumps(body, ensure_ascii=False).encode()


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(4)).capitalize()
