"""Files that a person or a script reads: CSV, one workbook, what their columns mean."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from empathy_insights.files.signs import all_for_file, for_file

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TYPES = {"i": "integer", "u": "integer", "f": "number", "b": "boolean"}


def write_tables(
    tables: Mapping[str, pd.DataFrame], folder: Path, *, note: str
) -> None:
    """Write each table as CSV, all as one workbook, and what their columns mean.

    The meaning (units, people heard, coding status, audience, codebook, date) is in the
    workbook's notes and in `csv-metadata.json`, where the W3C's "CSV on the Web" looks
    for it: lines above a CSV's header would break every program that reads it.

    Parameters
    ----------
    note
        Whom the tables are for.
    """
    from empathy_insights.report.workbook import write_workbook

    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        write_csv(table, folder / f"{name}.csv")
    write_json(folder / "csv-metadata.json", _metadata(tables, note))
    write_workbook(tables, note, folder / "tables.xlsx")


def write_csv(table: pd.DataFrame, path: Path) -> Path:
    """Write a table for any spreadsheet: UTF-8 with a mark, formulas disarmed."""
    safe_cells(table).to_csv(
        path, index=False, encoding="utf-8-sig", lineterminator="\n"
    )
    return path


def write_text(path: Path, text: str) -> None:
    """Write text with the same bytes on every system."""
    path.write_text(for_file(text), encoding="utf-8", newline="\n")


def write_json(path: Path, content: object) -> None:
    """Write JSON that a person can read too."""
    write_text(
        path, json.dumps(all_for_file(content), indent=1, ensure_ascii=False) + "\n"
    )


def safe_cells(table: pd.DataFrame) -> pd.DataFrame:
    """Take out signs that programs obey, and put an apostrophe before a formula."""
    texts = {
        name: _safe(table[name])
        for name in table.columns
        if pd.api.types.is_string_dtype(table[name])
    }
    return table.assign(**texts)


def _safe(texts: pd.Series) -> pd.Series:
    cleaned = texts.map(for_file, na_action="ignore").astype(texts.dtype)
    return cleaned.where(
        ~cleaned.fillna("").str.startswith(_STARTS_FORMULA), "'" + cleaned
    )


def facts_of(table: pd.DataFrame) -> dict[str, str]:
    """Return in words what a table must be read with, as `stated` put it there."""
    names = {
        "n": "heard", "coding_status": "codings", "audience": "audience",
        "codebook": "codebook", "date": "date", "caution": "caution",
    }  # fmt: skip
    return {
        called: str(table.attrs[name])
        for name, called in names.items()
        if table.attrs.get(name)
    }


def _metadata(tables: Mapping[str, pd.DataFrame], note: str) -> dict[str, object]:
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:description": note,
        "tables": [
            {
                "url": f"{name}.csv",
                "notes": [facts_of(table)],
                "tableSchema": {"columns": _columns(table)},
            }
            for name, table in tables.items()
        ],
    }


def _columns(table: pd.DataFrame) -> list[dict[str, str]]:
    units: Mapping[str, str] = table.attrs.get("units", {})
    return [
        {
            "name": str(name),
            "titles": str(name),
            "datatype": _TYPES.get(table[name].dtype.kind, "string"),
            **({"dc:description": units[str(name)]} if name in units else {}),
        }
        for name in table.columns
    ]
