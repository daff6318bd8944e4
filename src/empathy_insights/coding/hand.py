"""Codings made by people, from a CSV or Excel file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.coding.sheets.coding_sheet import read_coding_sheet
from empathy_insights.coding.sheets.filled import fold
from empathy_insights.errors import TableError
from empathy_insights.files.table import read_table, renamed
from empathy_insights.tables import CODINGS, NO_THEME, STANCES, STATUSES

_HEADS = {
    "segment_id": "segment segmentid passage_id",
    "theme": "theme_id themes code codes",
    "coder": "coded_by rater annotator reader",
    "status": "",
    "stance": "",
}


@public
def read_codings(path: str | Path, book: Codebook) -> pd.DataFrame:
    """Read human codings: a row for every segment and theme that a person gave it.

    Parameters
    ----------
    path
        A table (.csv, .tsv, .xlsx) with the columns `segment_id`, `theme`, and if known
        `coder`, `status` and `stance`. A row without a theme says that the segment was
        read and that no theme applies; its theme becomes `no_theme`. A coding sheet
        is read by `read_coding_sheet`.
    book
        The codebook that the themes come from.

    Returns
    -------
    pandas.DataFrame
        Codings with status `human` unless the file says otherwise.

    Raises
    ------
    TableError
        The file is missing, lacks a column, or names themes, stances or statuses that
        do not exist; all are listed with their lines.
    """
    path = Path(path)
    table = read_table(path, what="file of codings")
    if "nothing applies" in map(fold, table.header):
        return read_coding_sheet(path, book)
    heads = renamed(table.header, _HEADS)
    rows = table.frame().set_axis(heads, axis="columns")
    absent = [name for name in ("segment_id", "theme") if name not in heads]
    if absent:
        raise TableError(f"there is no column {absent[0]!r}", path=path, line=1)
    rows = _filled(rows)
    _check(rows, book, path)
    coded = rows.drop_duplicates(list(CODINGS.key))
    return CODINGS.frame(
        coded.assign(
            score=None,
            method="read by a person",
            evidence_start=None,
            evidence_end=None,
            codebook_sha256=book.sha256,
        )
        .sort_values(list(CODINGS.key))
        .to_dict("records")
    )


def _filled(rows: pd.DataFrame) -> pd.DataFrame:
    defaults = {
        "theme": NO_THEME,
        "coder": "human",
        "status": "human",
        "stance": "neutral",
    }
    filled = rows.assign(
        **{name: value for name, value in defaults.items() if name not in rows.columns}
    )
    for name, value in defaults.items():
        filled = filled.assign(**{name: filled[name].replace("", value)})
    return filled


def _check(rows: pd.DataFrame, book: Codebook, path: Path) -> None:
    choices = {
        "theme": {NO_THEME, *(theme.id for theme in book)},
        "status": set(STATUSES),
        "stance": set(STANCES),
    }
    wrong = [
        f"line {line}: {column} {value!r} does not exist"
        for column, allowed in choices.items()
        for line, value in rows[column].items()
        if value not in allowed
    ]
    if wrong:
        shown = "; ".join(wrong[:10]) + (" …" if len(wrong) > 10 else "")
        raise TableError(f"{len(wrong)} cells cannot be read: {shown}", path=path)
