"""Which passages a person has released, so that others than the team may read them."""

from __future__ import annotations

import warnings
from pathlib import Path

import pandas as pd

from empathy_insights.analysis.released_by import only_releases
from empathy_insights.errors import EmpathyInsightsWarning, TableError
from empathy_insights.files.table import read_table

RELEASED_FILE = "quotes_released.csv"
_ID, _BY = ("segment_id", "passage"), "released_by"


def released_passages(
    source: str | Path | pd.DataFrame | None,
    segments: pd.DataFrame,
    *,
    also: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the passages that a person has released.

    Parameters
    ----------
    source
        A table or its file (.csv, .xlsx) with the columns `segment_id` (or `passage`: the team's
        report names passages by the same ids), `released_by`, and perhaps `text`: the
        team's own tables/quotes.csv with names filled in, or what `read_review_sheet`
        returns. A name, initials or a yes release a quote; an empty cell, a no and anything
        else (`do not release`, `pending`) do not, nor does a row of other words than the
        passage has now.
    segments
        The passages of the study.
    also
        What was released elsewhere: a table as is returned.

    Returns
    -------
    pandas.DataFrame
        A row a passage: `segment_id`, `released_by`, `is_whole` (all of it was read, not
        an excerpt).

    Warns
    -----
    EmpathyInsightsWarning
        Passages were released that are not in the study, or have changed since; or a cell
        says neither who released a quote nor a plain no.

    Raises
    ------
    TableError
        The file is missing, is no table, or lacks a column.

    Examples
    --------
    >>> segments = pd.DataFrame({"segment_id": ["a", "b"], "text": ["Late bus.", "Hm."]})
    >>> table = pd.DataFrame({"segment_id": ["a", "b"], "released_by": ["kim", ""]})
    >>> released_passages(table, segments)
      segment_id released_by  is_whole
    0          a         kim      True
    """
    table = _read(source)
    ids = table[_id_column(table, source)]
    rows = pd.DataFrame(
        {
            "segment_id": ids,
            _BY: only_releases(table[_BY]),
            "words": _as_typed(table.get("text", "")),
        },
        dtype="str",
        index=table.index,
    )
    rows = rows[rows[_BY] != ""].drop_duplicates("segment_id")
    now = rows["segment_id"].map(_as_typed(segments.set_index("segment_id")["text"]))
    is_there = pd.Series(
        [
            isinstance(whole, str) and said in whole
            for said, whole in zip(rows["words"], now, strict=True)
        ],
        index=rows.index,
        dtype="bool",
    )
    if lost := int((~is_there).sum()):
        warnings.warn(
            f"{lost} released {'passage is' if lost == 1 else 'passages are'} not in this "
            "study, or no longer of the same words: release them again",
            EmpathyInsightsWarning,
            stacklevel=2,
        )
    is_whole = (rows["words"] == "") | (rows["words"] == now)
    kept = rows.assign(is_whole=is_whole)[["segment_id", _BY, "is_whole"]]
    both = pd.concat([kept[:0] if also is None else also, kept[is_there]])
    once = both.drop_duplicates("segment_id")
    return once.sort_values("segment_id", ignore_index=True)


def released_beside(data: object) -> Path | None:
    """Return quotes_released.csv in the folder of a study, where there is one."""
    if not isinstance(data, str | Path):
        return None
    folder = Path(data) if Path(data).is_dir() else Path(data).parent
    file = folder / RELEASED_FILE
    return file if file.is_file() else None


def _read(source: str | Path | pd.DataFrame | None) -> pd.DataFrame:
    if source is None:
        return pd.DataFrame(columns=["segment_id", _BY], dtype="str")
    if isinstance(source, pd.DataFrame):
        return source
    return read_table(source, what="released quotes").frame()


def _id_column(table: pd.DataFrame, source: str | Path | pd.DataFrame | None) -> str:
    found = [name for name in _ID if name in table]
    if not found or _BY not in table:
        path = source if isinstance(source, str | Path) else None
        raise TableError(
            "released quotes need the columns 'segment_id' and 'released_by'", path=path
        )
    return found[0]


def _as_typed(texts: pd.Series | str) -> pd.Series | str:
    """Return texts without blanks that a spreadsheet changes, and our mark before a formula."""
    if isinstance(texts, str):
        return texts
    texts = texts.fillna("").astype("str").str.removeprefix("'")
    return texts.str.split().str.join(" ")
