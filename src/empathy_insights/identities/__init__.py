"""Who people are: taken out of what they said before analysis, and looked for before writing."""

from empathy_insights.identities._decided import hide_strings
from empathy_insights.identities.deidentify import (
    Deidentified,
    check_key_place,
    deidentify,
    write_key,
)
from empathy_insights.identities.leaks import (
    Identities,
    check_leaks,
    find_identities,
)

__all__ = [
    "Deidentified",
    "Identities",
    "check_key_place",
    "check_leaks",
    "deidentify",
    "find_identities",
    "hide_strings",
    "write_key",
]
