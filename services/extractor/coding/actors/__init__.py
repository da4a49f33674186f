"""Who acts in a text: names of armed actors, states' forces, civilians and their groups, from data files alone."""

from services.extractor.coding.actors.canonical import (
    Canonical,
    canonical,
    canonical_mention,
    government_of,
    military_of,
    police_of,
)
from services.extractor.coding.actors.countries import country_name, demonym_country
from services.extractor.coding.actors.find import ActorMention, find_actors

__all__ = [
    "ActorMention",
    "Canonical",
    "canonical",
    "canonical_mention",
    "country_name",
    "demonym_country",
    "find_actors",
    "government_of",
    "military_of",
    "police_of",
]
