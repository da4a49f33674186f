"""The closed word lists of Tocsin's own fields; those of ACLED, CAMEO and PLOVER are data in `taxonomies`."""

MODALITIES = ("actual", "attempted", "negated", "threatened", "planned", "hypothetical", "historical")
INCIDENT_MODALITIES = ("actual", "attempted")
DATE_PRECISIONS = ("day", "week", "month", "year")
DATE_BASES = ("text", "publication")
ROLES = ("perpetrator", "target", "participant")
# What an actor is, in ACLED's words; External/Other is a matter of place and is made at export.
ACTOR_KINDS = (
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/Other forces",
)
TOLL_KINDS = ("killed", "injured", "missing", "abducted", "arrested", "displaced")
MESSAGE_TYPES = ("alert", "update", "cancel")
# CAP 1.2's words, in lower case.
SEVERITIES = ("extreme", "severe", "moderate", "minor", "unknown")
URGENCIES = ("immediate", "expected", "future", "past", "unknown")
CERTAINTIES = ("observed", "likely", "possible", "unlikely", "unknown")
