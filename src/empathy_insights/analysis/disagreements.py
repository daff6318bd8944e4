"""Where two coders gave different themes, with the words, for the calibration meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from empathy_insights.analysis.codings_in_place import counted
from empathy_insights.arguments import public
from empathy_insights.corpus import documents_of
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS, NO_THEME, SEGMENTS

# What several coders have read and given, lined up segment by segment.


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
    asked
        The same: whether the coder answered for the theme there, with yes or no.
    """

    segments: pd.Index
    document: np.ndarray
    themes: tuple[str, ...]
    read: np.ndarray
    given: np.ndarray
    asked: np.ndarray

    @property
    def n_documents(self) -> int:
        """How many documents the segments come from."""
        return int(self.document.max()) + 1 if len(self.document) else 0


def _check_is_of_one(table: pd.DataFrame, n: int) -> None:
    """Raise where a table is of nobody, or of several."""
    if table.empty:
        raise TableError(
            f"table {n} holds no codings, so nobody knows what was read; give "
            "passages without a theme as no_theme"
        )
    if (n_coders := table["coder"].nunique()) > 1:
        raise TableError(
            f"table {n} holds codings of {n_coders} coders; give a table a coder: "
            "agreement(*(table for _, table in codings.groupby('coder')))"
        )


def line_up(tables: Sequence[pd.DataFrame], universe: Universe = "all") -> Readings:
    """Line up tables of codings, a table a coder, over what at least two have read.

    A table with `no_theme` rows, or of decisions (with a column `asked`), says what its
    coder has read, and which themes were answered there; any other has read every segment
    that any of the others has. Suggested and rejected codings are no codings. With `universe="coded"` segments to which no coder gave a theme are left
    out.

    Raises
    ------
    TableError
        No segment was read by two coders; a table holds no codings, or those of several.
    """
    tables = [CODINGS.completed(table) for table in tables]
    for n, table in enumerate(tables, 1):
        _check_is_of_one(table, n)
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
    asked = np.stack([_asked(table, segments, themes) for table in tables], axis=2)
    asked = given | (asked & read)
    if universe == "coded":
        coded = given.any(axis=(0, 2))
        segments, read = segments[coded], read[coded]
        given, asked = given[:, coded], asked[:, coded]
    document, _ = pd.factorize(documents_of(pd.Series(segments, dtype="str")))
    return Readings(segments, document, themes, read, given, asked)


def _has_read(table: pd.DataFrame, segments: pd.Index) -> np.ndarray:
    if "asked" not in table and NO_THEME not in set(table["theme"]):
        return np.ones(len(segments), dtype=bool)
    return np.asarray(segments.isin(table["segment_id"]))


def _asked(
    table: pd.DataFrame, segments: pd.Index, themes: Sequence[str]
) -> np.ndarray:
    """Return themes x segments: all, but for what a table of decisions left open."""
    asked = np.ones((len(themes), len(segments)), dtype=bool)
    if "asked" not in table:
        return asked
    main = [theme.split(".")[0] for theme in themes]
    part = table.loc[table["asked"].fillna("") != "", ["segment_id", "asked"]]
    for name, told in part.drop_duplicates("segment_id").itertuples(index=False):
        at = segments.get_indexer(pd.Index([name]))
        asked[:, at[at >= 0]] = np.isin(main, told.split(";"))[:, None]
    return asked


NOTHING = "(none)"
_COLUMNS = ["theme_a", "theme_b", "n", "segment_id", "text"]


@public
def disagreements(
    a: pd.DataFrame, b: pd.DataFrame, segments: pd.DataFrame
) -> pd.DataFrame:
    """List what one coder gave where the other gave something else or nothing.

    Compared are the segments that both have read, as in `agreement`. What both gave to
    a segment is no disagreement; of the rest each theme of `a` is paired with each of
    `b`. A sub-theme is listed like a theme. Talk about the first pairs first: they say
    which two definitions do not keep apart, or which one is not seen.

    Parameters
    ----------
    a, b
        Codings of the same segments, a table a coder.
    segments
        The segments that were coded, for their text.

    Returns
    -------
    pandas.DataFrame
        A row a pair and segment: `theme_a`, `theme_b` (`(none)` where that coder gave
        nothing else), `n` (segments with this pair), `segment_id`, `text`; the most
        frequent pair first.

    Raises
    ------
    TableError
        The codings have no segment in common, or one is not among `segments`.

    See Also
    --------
    agreement : How far coders agree, in numbers.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> ids = {"segment_id": ["d:1.1"]}
    >>> a, b = (pd.DataFrame({**ids, "theme": [name]}) for name in ("bus", "time"))
    >>> said = {**ids, "utterance_id": "d:1", "start": 0, "end": 8, "text": "Too late"}
    >>> ei.disagreements(a, b, pd.DataFrame(said))
      theme_a theme_b  n segment_id      text
    0     bus    time  1      d:1.1  Too late
    """
    SEGMENTS.check(segments)
    readings = line_up([a, b])
    pairs = _only(readings, 0).merge(_only(readings, 1), on="segment_id", how="outer")
    pairs = pairs.fillna({"theme_a": NOTHING, "theme_b": NOTHING})
    lost = ~pairs["segment_id"].isin(segments["segment_id"])
    if lost.any():
        raise TableError(
            f"{int(lost.sum())} disagreements are about segments that are not among the "
            "segments; pass the segments that were coded"
        )
    pair = ["theme_a", "theme_b"]
    return (
        pairs.assign(n=pairs.groupby(pair)["segment_id"].transform("size"))
        .merge(segments[["segment_id", "text"]], on="segment_id", validate="m:1")
        .sort_values(["n", *pair, "segment_id"], ascending=[False, True, True, True])
        .reset_index(drop=True)[_COLUMNS]
    )


def _only(readings: Readings, coder: int) -> pd.DataFrame:
    """Return the themes that this coder alone gave, a row a segment and theme."""
    other = 1 - coder
    alone = readings.given[:, :, coder] & ~readings.given[:, :, other]
    alone &= readings.asked[:, :, other]
    theme, segment = np.nonzero(alone)
    return pd.DataFrame(
        {
            "segment_id": readings.segments.to_numpy()[segment],
            ("theme_a", "theme_b")[coder]: pd.Series(
                np.asarray(readings.themes, dtype=object)[theme], dtype="str"
            ),
        }
    )
