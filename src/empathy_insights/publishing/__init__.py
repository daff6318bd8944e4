"""What may be told to whom: small cells are hidden before a number leaves the team."""

from empathy_insights.publishing._audiences import (
    COMPLEMENT,
    FEW,
    NEARLY_ALL,
    SMALL_GROUP,
    AudienceName,
    audience_of,
    least_masked,
)
from empathy_insights.publishing.suppression import publish, publish_together

__all__ = [
    "COMPLEMENT",
    "FEW",
    "NEARLY_ALL",
    "SMALL_GROUP",
    "AudienceName",
    "audience_of",
    "least_masked",
    "publish",
    "publish_together",
]
