"""De-identification before analysis, and a leak check before anything is written."""

from empathy_insights.privacy.deidentify import Deidentified, deidentify
from empathy_insights.privacy.key import write_key
from empathy_insights.privacy.leaks import (
    Identities,
    check_leaks,
    find_identities,
    refuse_leaks,
)

__all__ = [
    "Deidentified",
    "Identities",
    "check_leaks",
    "deidentify",
    "find_identities",
    "refuse_leaks",
    "write_key",
]
