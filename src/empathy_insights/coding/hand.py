"""Codings made by people, from a CSV or Excel file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.coding.sheets import read_coding_sheet
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS, NO_THEME, STANCES, STATUSES


@public
def read_codings(path: str | Path, book: Codebook) -> pd.DataFrame:
    """Read human codings: a row for every segment and theme that a person gave it.

    Parameters
    ----------
    path
        A .csv or .xlsx file with the columns `segment_id`, `theme`, and if known
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
    if not path.is_file():
        raise TableError("there is no such file of codings", path=path)
    read = pd.read_excel if path.suffix.lower() == ".xlsx" else pd.read_csv
    try:
        rows = read(path, dtype="str", keep_default_na=False)
    except (ValueError, UnicodeDecodeError) as error:
        raise TableError("this is no table of codings", path=path) from error
    if "nothing applies" in rows.columns:
        return read_coding_sheet(path, book)
    absent = [name for name in ("segment_id", "theme") if name not in rows.columns]
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
        for line, value in enumerate(rows[column], 2)
        if value not in allowed
    ]
    if wrong:
        shown = "; ".join(wrong[:10]) + (" …" if len(wrong) > 10 else "")
        raise TableError(f"{len(wrong)} cells cannot be read: {shown}", path=path)
