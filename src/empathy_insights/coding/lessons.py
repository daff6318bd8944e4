"""What there is to learn from: segments that people have read, and who said them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.corpus import utterance_of
from empathy_insights.errors import TableError
from empathy_insights.tables import COUNTED, NO_THEME


@dataclass(frozen=True, eq=False)
class Lesson:
    """Segments that people have read, and the themes that they gave.

    Parameters
    ----------
    segments
        In the order of their ids.
    given
        Whether a theme was given: a row a segment, a column a theme.
    person
        Who said each segment; unknown voices of a document are one.
    fold
        The fold that the person was dealt to.
    """

    segments: pd.DataFrame
    given: pd.DataFrame
    person: np.ndarray
    fold: np.ndarray

    def positives(self, theme: str) -> int:
        """Return how many segments have the theme."""
        return int(self.given[theme].sum())

    def people(self, theme: str) -> int:
        """Return how many people the theme was coded for."""
        return len(set(self.person[self.given[theme].to_numpy()]))


def read_lesson(
    segments: pd.DataFrame, codings: pd.DataFrame, book: Codebook, *, n_folds: int
) -> Lesson:
    """Collect what people coded; a person's words all stand in one fold.

    Raises
    ------
    TableError
        No segment was coded by people.
    """
    read = segments[segments["segment_id"].isin(codings["segment_id"])]
    read = read.sort_values("segment_id").reset_index(drop=True)
    if read.empty:
        raise TableError("no segment was coded by people; code some segments first")
    kept = codings[codings["status"].isin(COUNTED) & (codings["theme"] != NO_THEME)]
    main = kept["theme"].str.split(".").str[0]
    given = pd.crosstab(kept["segment_id"], main) > 0
    given = given.reindex(
        index=read["segment_id"],
        columns=[theme.id for theme in book.main_themes],
        fill_value=False,
    ).astype(bool)
    person = persons(read)
    return Lesson(read, given, person, _dealt(person, n_folds))


def persons(segments: pd.DataFrame) -> np.ndarray:
    """Return who said each segment; unknown voices of a document are one."""
    documents = utterance_of(segments["segment_id"]).str.rsplit(":", n=1).str[0]
    if "participant_id" in segments.columns:
        documents = segments["participant_id"].astype("str").fillna(documents)
    return np.asarray(documents)


def _dealt(person: np.ndarray, n_folds: int) -> np.ndarray:
    """Deal people to folds so that folds hold about as many segments."""
    names, sizes = np.unique(person, return_counts=True)
    fold_of: dict[str, int] = {}
    filled = np.zeros(n_folds)
    for n in np.argsort(-sizes, kind="stable"):
        fold = int(np.argmin(filled))
        fold_of[names[n]] = fold
        filled[fold] += sizes[n]
    return np.array([fold_of[name] for name in person])
