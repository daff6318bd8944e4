"""The shipped codebooks that a problem is looked at through, in one pass over the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from empathy_insights.analysis.located import counted
from empathy_insights.codebook import Codebook
from empathy_insights.codebook_file import load_codebook
from empathy_insights.coding.lexical import LexicalCoder

LEVERS = "solution_levers"
SYSTEMS = "mastery_systems"
ISTE = "iste_students"
ROADMAP = "mastery_learning_roadmap"
_ALL = (LEVERS, SYSTEMS, ISTE, ROADMAP)


@dataclass(frozen=True, repr=False)
class Frameworks:
    """Hold what the phrases of the shipped codebooks found.

    Parameters
    ----------
    codings
        Name of a codebook -> the codings of segments by it.
    is_suggested
        Whether a segment sounds like a suggestion, a value a segment.
    """

    codings: Mapping[str, pd.DataFrame]
    is_suggested: np.ndarray

    def main(self, name: str, column: str) -> pd.DataFrame:
        """Return `segment_id` and, in the column, each main theme that counts there."""
        return main_themes(counted(self.codings[name]), column)


@cache
def shipped(name: str) -> Codebook:
    """Return a shipped codebook.

    Examples
    --------
    >>> len(shipped(ISTE).main_themes), len(shipped(ROADMAP).main_themes)
    (7, 15)
    """
    return load_codebook(name)


def read_frameworks(segments: pd.DataFrame) -> Frameworks:
    """Find the phrases of the shipped codebooks, and the cues of suggestions, in segments."""
    coder = LexicalCoder(_together())
    reads = coder.read(segments["text"].tolist())
    codings = coder.codings(segments, reads)
    return Frameworks(
        {name: _of_book(codings, shipped(name)) for name in _ALL},
        np.array(["suggestion" in read.cues for read in reads], dtype=bool),
    )


def main_themes(codings: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return `segment_id` and, in the column, each theme that is part of no other."""
    is_main = ~codings["theme"].str.contains(".", regex=False)
    found = codings.loc[is_main, ["segment_id", "theme"]].drop_duplicates()
    return found.rename(columns={"theme": column})


@cache
def _together() -> Codebook:
    """Return all of them as one codebook: splitting text into words is what takes time."""
    themes = tuple(theme for name in _ALL for theme in shipped(name))
    cues = shipped(LEVERS).stance_cues
    return Codebook("frameworks", "Frameworks", themes=themes, stance_cues=cues)


def _of_book(codings: pd.DataFrame, book: Codebook) -> pd.DataFrame:
    own = codings[codings["theme"].isin([theme.id for theme in book])]
    return own.assign(codebook_sha256=book.sha256).reset_index(drop=True)
