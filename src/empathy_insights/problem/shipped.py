"""The shipped codebooks that a problem is looked at through, each read once."""

from __future__ import annotations

from functools import cache

from empathy_insights.codebook import Codebook
from empathy_insights.codebook_file import load_codebook

LEVERS = "solution_levers"
SYSTEMS = "mastery_systems"
ISTE = "iste_students"
ROADMAP = "mastery_learning_roadmap"


@cache
def shipped(name: str) -> Codebook:
    """Return a shipped codebook.

    Examples
    --------
    >>> len(shipped(ISTE).main_themes), len(shipped(ROADMAP).main_themes)
    (7, 15)
    """
    return load_codebook(name)
