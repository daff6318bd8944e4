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
def read_codings(
    path: str | Path,
    codebook: Codebook,
    segments: pd.DataFrame | None = None,
    *,
    coder: str | None = None,
) -> pd.DataFrame:
    r"""Read human codings: a coding sheet, or a row for every segment and theme.

    Parameters
    ----------
    path
        A table (.csv, .tsv, .xlsx) with the columns `segment_id`, `theme`, and if known
        `coder`, `status` and `stance`. A row without a theme says that the segment was
        read and that no theme applies; its theme becomes `no_theme`. Or a sheet that
        `coding_sheet` made and a person filled in.
    codebook
        The codebook that the themes come from.
    segments
        The segments that a coding sheet was made of; ids and texts are compared with
        them.
    coder
        Who coded, where the file does not say.

    Returns
    -------
    pandas.DataFrame
        Codings with status `human` unless the file says otherwise. From a coding sheet
        also `suggestion`, `notes` and `coded_at`: when it was saved last, if known.

    Raises
    ------
    TableError
        The file is missing, lacks a column, or names themes, stances or statuses that
        do not exist; all are listed with their lines.

    See Also
    --------
    coding_sheet : The workbook that a person codes in.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import empathy_insights as ei
    >>> file = pathlib.Path(tempfile.mkdtemp(), "codes.csv")
    >>> _ = file.write_text("segment_id,theme,coder\nd:1.1,tech_support,kim\nd:2.1,,kim\n")
    >>> read_codings(file, ei.load_codebook("empathy_core"))[["theme", "coder", "status"]]
              theme coder status
    0  tech_support   kim  human
    1      no_theme   kim  human
    """
    path = Path(path)
    table = read_table(path, what="file of codings")
    if "nothing applies" in map(fold, table.header):
        return read_coding_sheet(path, codebook, segments, coder=coder)
    heads = renamed(table.header, _HEADS)
    rows = table.frame().set_axis(heads, axis="columns")
    absent = [name for name in ("segment_id", "theme") if name not in heads]
    if absent:
        raise TableError(f"there is no column {absent[0]!r}", path=path, line=1)
    rows = _filled(rows, coder or "human")
    _check(rows, codebook, path)
    coded = rows.drop_duplicates(list(CODINGS.key))
    return CODINGS.frame(
        coded.assign(
            score=None,
            method="read by a person",
            evidence_start=None,
            evidence_end=None,
            codebook_sha256=codebook.sha256,
        )
        .sort_values(list(CODINGS.key))
        .to_dict("records")
    )


def _filled(rows: pd.DataFrame, coder: str) -> pd.DataFrame:
    defaults = {
        "theme": NO_THEME,
        "coder": coder,
        "status": "human",
        "stance": "neutral",
    }
    filled = rows.assign(
        **{name: value for name, value in defaults.items() if name not in rows.columns}
    )
    for name, value in defaults.items():
        filled = filled.assign(**{name: filled[name].replace("", value)})
    return filled


def _check(rows: pd.DataFrame, codebook: Codebook, path: Path) -> None:
    choices = {
        "theme": {NO_THEME, *(theme.id for theme in codebook)},
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
