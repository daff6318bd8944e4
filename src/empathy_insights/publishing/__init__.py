"""What may be told to whom: small cells are hidden before a number leaves the team.

- `suppression`: small cells hidden in one table, or in several together
- `_audiences`: who may see which numbers, and what hidden cells say
- `_cells`: the numbers of people in tables of a run, and what holds between them
- `_hidden`: which numbers are hidden from an audience
- `_protect`: more is hidden until no hidden number can be narrowed
- `_quotes`: quotes of which nothing tells whose they are
- `_said`: how many people, in words: counted, estimated, or not told
- `_solving`: how far hidden numbers can be solved for
- `_topic_names`: topics called by words that enough people said
"""

from empathy_insights.publishing._audiences import (
    COMPLEMENT,
    FEW,
    NEARLY_ALL,
    SMALL_GROUP,
    AudienceName,
    audience_of,
    least_masked,
)
from empathy_insights.publishing._said import is_estimate, said_count
from empathy_insights.publishing._topic_names import topic_name
from empathy_insights.publishing.suppression import publish, publish_together

__all__ = [
    "COMPLEMENT",
    "FEW",
    "NEARLY_ALL",
    "SMALL_GROUP",
    "AudienceName",
    "audience_of",
    "is_estimate",
    "least_masked",
    "publish",
    "publish_together",
    "said_count",
    "topic_name",
]
