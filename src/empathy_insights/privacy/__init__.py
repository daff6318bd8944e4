"""De-identification before analysis; small cells and a leak check before anything is written."""

from empathy_insights.privacy._audiences import (
    FEW,
    NEARLY_ALL,
    SOMEONE,
    AudienceName,
    audience_of,
    least_masked,
)
from empathy_insights.privacy._decided import hide_strings
from empathy_insights.privacy._merges import ROLE_MERGES
from empathy_insights.privacy.deidentify import Deidentified, deidentify
from empathy_insights.privacy.key import check_key_place, write_key
from empathy_insights.privacy.leaks import (
    Identities,
    check_leaks,
    find_identities,
    identities_open,
    refuse_leaks,
)
from empathy_insights.privacy.suppression import publish, publish_together

__all__ = [
    "FEW",
    "NEARLY_ALL",
    "ROLE_MERGES",
    "SOMEONE",
    "AudienceName",
    "Deidentified",
    "Identities",
    "audience_of",
    "check_key_place",
    "check_leaks",
    "deidentify",
    "find_identities",
    "hide_strings",
    "identities_open",
    "least_masked",
    "publish",
    "publish_together",
    "refuse_leaks",
    "write_key",
]
