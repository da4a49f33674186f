"""What happens in the made-up world: deeds in towns that the gazetteer knows, each far enough from the next to be one.

A deed is told by one to four articles, so that reports of one incident meet; deeds of one town lie eleven days apart.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

APART = 11
"""Days between two deeds of one town: reports more than a week apart are never of one incident."""
NEWEST = 60
"""Days before the run on which the newest deeds lie."""

TOWNS = (
    ("Maiduguri", "Nigeria", "NGA"),
    ("Gao", "Mali", "MLI"),
    ("Herat", "Afghanistan", "AFG"),
    ("Mosul", "Iraq", "IRQ"),
    ("Quetta", "Pakistan", "PAK"),
    ("Kismayo", "Somalia", "SOM"),
    ("Djibo", "Burkina Faso", "BFA"),
    ("Agadez", "Niger", "NER"),
    ("Idlib", "Syria", "SYR"),
    ("Taiz", "Yemen", "YEM"),
    ("Benghazi", "Libya", "LBY"),
    ("Nyala", "Sudan", "SDN"),
    ("Malakal", "South Sudan", "SSD"),
    ("Bangui", "the Central African Republic", "CAF"),
    ("Pemba", "Mozambique", "MOZ"),
    ("Garissa", "Kenya", "KEN"),
    ("Jijiga", "Ethiopia", "ETH"),
    ("Maroua", "Cameroon", "CMR"),
    ("Cali", "Colombia", "COL"),
    ("Sittwe", "Myanmar", "MMR"),
    ("Goma", "the Democratic Republic of Congo", "COD"),
    ("Tillaberi", "Niger", "NER"),
    ("Tacloban", "the Philippines", "PHL"),
    ("Kherson", "Ukraine", "UKR"),
    ("Culiacan", "Mexico", "MEX"),
    ("Bujumbura", "Burundi", "BDI"),
    ("Gulu", "Uganda", "UGA"),
    ("Abeche", "Chad", "TCD"),
    ("Srinagar", "India", "IND"),
    ("Sidon", "Lebanon", "LBN"),
)


@dataclass(frozen=True)
class Deed:
    """One incident as it was."""

    number: int
    town: str
    country: str
    code: str
    day: dt.date
    kind: str
    """ACLED's sub-event type, as the coder is to find it."""
    killed: int

    def told(self, killed: int, source: str) -> str:
        """A text that reports it with a number of dead."""
        day = f"{self.day.day} {self.day:%B %Y}"
        return _TEXTS[self.kind].format(n=killed, town=self.town, country=self.country, day=day, source=source)


_TEXTS = {
    "Attack": "Gunmen killed {n} civilians in {town}, {country}, on {day}, {source} said.",
    "Remote explosive/landmine/IED": "A car bomb killed {n} soldiers in {town}, {country}, on {day}, {source} said.",
    "Suicide bomb": "A suicide bomber killed {n} people in {town}, {country}, on {day}, {source} said.",
    "Shelling/artillery/missile attack": "Shelling killed {n} people in {town}, {country}, on {day}, {source} said.",
}
KINDS = tuple(_TEXTS)


def deed(number: int, seed: int, today: dt.date) -> Deed:
    """Deed `number` of the world of `seed`, the further back from `today` the greater the number.

    However many there are, few lie near one another: what a sink merges one by one, within its bounds, is then what
    merging all at once gives.
    """
    chance = random.Random(f"{seed} {number}")
    town, country, code = TOWNS[number % len(TOWNS)]
    turn = number // len(TOWNS)
    day = today - dt.timedelta(days=NEWEST + APART * turn)
    return Deed(number, town, country, code, day, KINDS[turn % len(KINDS)], chance.randrange(3, 60))
