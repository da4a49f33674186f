"""What happens in the made-up world: deeds in towns that the gazetteer knows, each far enough from the next to be one.

A deed is told by one to four articles, so that reports of one incident meet; deeds of one town lie eleven days apart.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

APART = 11
"""Days between two deeds of one town: reports more than a week apart are never of one incident."""
RECENT = 20
"""Days before the run in which the deeds lie whose articles come over HTTP, where ingest sets the time."""

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


def deed(number: int, seed: int, today: dt.date, *, recent: bool) -> Deed:
    """Deed `number` of the world of `seed`; a `recent` one lies within the last days before `today`."""
    chance = random.Random(f"{seed} {number} {recent}")
    town, country, code = TOWNS[number % len(TOWNS)]
    turn = number // len(TOWNS)
    if recent:
        # A few turns fill the days; what comes after tells another kind of deed of the same day, or of the same again.
        back = 2 + APART * (turn % (RECENT // APART + 1))
        kind = KINDS[turn // (RECENT // APART + 1) % len(KINDS)]
    else:
        back = 60 + APART * turn
        kind = KINDS[turn % len(KINDS)]
    return Deed(number, town, country, code, today - dt.timedelta(days=back), kind, chance.randrange(3, 60))
