"""What several coders have read and given, lined up segment by segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from empathy_insights.analysis.located import counted
from empathy_insights.corpus import utterance_of
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS, NO_THEME

Universe = Literal["all", "coded"]


@dataclass(frozen=True)
class Readings:
    """Hold the segments that at least two coders have read.

    Parameters
    ----------
    segments
        Their ids, sorted.
    document
        The document of each, as a whole number from 0.
    themes
        The themes that some coder gave, sorted.
    read
        Segments x coders: whether the coder has read the segment.
    given
        Themes x segments x coders: whether the coder gave the theme.
    """

    segments: pd.Index
    document: np.ndarray
    themes: tuple[str, ...]
    read: np.ndarray
    given: np.ndarray

    @property
    def n_documents(self) -> int:
        """How many documents the segments come from."""
        return int(self.document.max()) + 1 if len(self.document) else 0


def line_up(tables: Sequence[pd.DataFrame], universe: Universe = "all") -> Readings:
    """Line up tables of codings, a table a coder, over what at least two have read.

    A table with `no_theme` rows says what its coder has read; one without has read
    every segment that any of the others has. Suggested and rejected codings are no
    codings. With `universe="coded"` segments to which no coder gave a theme are left
    out.

    Raises
    ------
    TableError
        No segment was read by two coders.
    """
    tables = [CODINGS.check(table) for table in tables]
    segments = pd.Index(sorted(set().union(*(table["segment_id"] for table in tables))))
    read = np.column_stack([_has_read(table, segments) for table in tables])
    compared = read.sum(axis=1) >= 2
    if not compared.any():
        raise TableError(
            "the tables of codings have no segment in common; compare codings of the "
            "same segments"
        )
    segments, read = segments[compared], read[compared]
    found = [counted(table)[["segment_id", "theme"]] for table in tables]
    found = [table[table["segment_id"].isin(segments)] for table in found]
    themes = tuple(sorted(set().union(*(table["theme"] for table in found))))
    given = np.zeros((len(themes), *read.shape), dtype=bool)
    for coder, table in enumerate(found):
        theme = pd.Index(themes).get_indexer(table["theme"])
        given[theme, segments.get_indexer(table["segment_id"]), coder] = True
    if universe == "coded":
        coded = given.any(axis=(0, 2))
        segments, read, given = segments[coded], read[coded], given[:, coded]
    documents = utterance_of(pd.Series(segments, dtype="str")).str.rsplit(":", n=1)
    document, _ = pd.factorize(documents.str[0])
    return Readings(segments, document, themes, read, given)


def _has_read(table: pd.DataFrame, segments: pd.Index) -> np.ndarray:
    if NO_THEME not in set(table["theme"]):
        return np.ones(len(segments), dtype=bool)
    return np.asarray(segments.isin(table["segment_id"]))
