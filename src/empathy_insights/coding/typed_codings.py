"""Codings in a table that people typed, a row a segment and theme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.sheets.filled import fold, theme_names
from empathy_insights.errors import TableError
from empathy_insights.files.table import Table, renamed
from empathy_insights.tables import CODINGS, NO_THEME, STANCES, STATUSES

_HEADS = {
    "segment_id": "segment segmentid passage_id",
    "theme": "theme_id themes code codes",
    "coder": "coded_by rater annotator reader",
    "status": "",
    "stance": "",
}
_NOT_TYPED = {
    "score": None, "method": "read by a person", "evidence_start": None,
    "evidence_end": None, "codebook_sha256": "",
}  # fmt: skip
_ALIKE = 0.75  # two words of which one is misspelt
_NOT_READ = "the passage counts as not read"
_TOO_WIDE = (
    f"the row has more cells than there are heads, so {_NOT_READ}",
    "put cells that hold the delimiter between quotation marks",
)
_NO_STANCE = (
    "there is no such stance, so the theme counts without one",
    f"use {', '.join(STANCES)}, or leave it empty",
)


def codings_in_table(
    table: Table, codebook: Codebook, coder: str | None, path: Path
) -> pd.DataFrame:
    """Return the codings of a table; `attrs["problems"]` lists what was left out of it.

    A passage of which a row cannot be understood counts as not read by its coder: what
    else was said of it is not known.

    Raises
    ------
    TableError
        A column is missing, or no row can be understood.
    """
    heads = renamed(table.header, _HEADS)
    cut = [row[: len(heads)] for _, row in table.odd]
    lines = [*table.lines, *(line for line, _ in table.odd)]
    rows = pd.DataFrame([*table.rows, *cut], lines, list(heads), dtype="str")
    absent = [name for name in ("segment_id", "theme") if name not in heads]
    if absent:
        raise TableError(
            f"there is no column {absent[0]!r}{nearly(absent[0], table.header)}; write "
            "segment_id and theme above the columns. For an export of another program, "
            "see docs/other_tools.md",
            path=path,
            line=1,
        )
    rows = _filled(rows, coder or "human").drop(columns=[*_NOT_TYPED], errors="ignore")
    rows = _as_written(rows, codebook)
    wrong = {line: _TOO_WIDE for line, _ in table.odd} | dict(_wrong(rows))
    if wrong and len(wrong) == len(rows):
        raise TableError(
            f"no row holds a theme of the codebook {codebook.name!r} for a segment; "
            "analyze with the codebook that was coded with",
            path=path,
        )
    # Who said what of a passage is known only where all rows of it are.
    pair = ["segment_id", "coder"]
    lost = pd.MultiIndex.from_frame(rows.loc[list(wrong), pair])
    kept = rows[~pd.MultiIndex.from_frame(rows[pair]).isin(lost)]
    stances = dict.fromkeys(set(kept["stance"]) - {*STANCES}, "neutral")
    codings = codings_of_rows(
        kept.replace({"stance": stances}).to_dict("records"), codebook
    )
    unclear = kept.index[kept["stance"].isin(stances)]
    told = [("row", line, *why) for line, why in wrong.items()]
    told += [("cell", line, *_NO_STANCE) for line in unclear]
    codings.attrs["problems"] = [
        {
            "path": path.name,
            "line": line,
            "problem": what,
            "advice": advice,
            "unit": unit,
        }
        for unit, line, what, advice in sorted(told, key=lambda one: one[1])
    ]
    return codings


def nearly(name: str, heads: Iterable[str]) -> str:
    """Say which head is nearly a name that is missing, or nothing.

    Examples
    --------
    >>> nearly("theme", ["segment_id", "Tehme"])
    ", but 'Tehme'"
    """
    written = {fold(head): head for head in heads}
    near = get_close_matches(name, written, n=1, cutoff=_ALIKE)
    return f", but {written[near[0]]!r}" if near else ""


def codings_of_rows(rows: list[dict[Any, Any]], codebook: Codebook) -> pd.DataFrame:
    """Return checked codings of rows, each once, with what is usual where it lacks a column."""
    usual = _NOT_TYPED | {"codebook_sha256": codebook.sha256}
    told = CODINGS.frame(usual | row for row in rows)
    once = told.drop_duplicates(list(CODINGS.key))
    return once.sort_values(list(CODINGS.key), ignore_index=True)


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


def _as_written(rows: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Call themes by their ids, however they are written, and fold the other words."""
    names = theme_names(codebook) | {fold(NO_THEME): NO_THEME}
    return rows.assign(
        theme=[names.get(fold(one), "") for one in rows["theme"]],
        status=rows["status"].map(fold),
        stance=rows["stance"].map(fold),
    )


def _wrong(rows: pd.DataFrame) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the lines that say nothing certain of their passage, and why."""
    choices = ", ".join(STATUSES)
    for line, row in zip(rows.index, rows.to_dict("records"), strict=True):
        if not row["segment_id"].strip():
            yield line, ("the segment_id is missing", "write it there")
        elif not row["theme"]:
            yield (
                line,
                (
                    f"the codebook has no theme of this name, so {_NOT_READ}",
                    "write the id or name of a theme, or nothing where none applies",
                ),
            )
        elif row["status"] not in STATUSES:
            yield line, (f"there is no such status, so {_NOT_READ}", f"use {choices}")
