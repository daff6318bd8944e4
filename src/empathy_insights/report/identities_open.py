"""What may still identify somebody in what was written, for a person to decide about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.errors import TableError
from empathy_insights.files.results import TEAM
from empathy_insights.files.table import read_table
from empathy_insights.identities import check_leaks, find_identities
from empathy_insights.report.export import words_of, write_csv

if TYPE_CHECKING:
    from empathy_insights.identities import Deidentified
    from empathy_insights.report.findings import Findings

NAME = "identities_open.csv"
HIDE, KEEP = "hide", "keep"
COLUMNS = ("string", "file", "where", "why", "decision")
_TEXT = frozenset({".html", ".md", ".csv", ".json", ".txt"})
_OFFICE = frozenset({".docx", ".pptx"})
_OURS = frozenset({"csv-metadata.json"})  # what columns mean, in no words of people
_PRIVATE = ("segments.parquet", "codings.parquet")

LookedAt = dict[str, tuple[str, pd.DataFrame]]
"""File -> the words in it, and what the leak check found there."""


def open_identities(
    run: Findings,
    folder: Path,
    decided: pd.DataFrame | None = None,
    *,
    before: LookedAt | None = None,
) -> pd.DataFrame:
    """Return what the leak check finds in all that a run wrote into a folder.

    Strings that a person decided to keep are left out. A file that was looked at
    `before`, and holds the same words, is not looked at again.

    Columns are `string`, `file`, `where` and `why`, a row a string and file.
    """
    if run.deidentified is None:
        return _table([])
    # The workbook holds the tables again, and Parquet files these two columns of text.
    columns = (run.segments["text"], run.codings["method"])
    more = dict(zip(_PRIVATE, map("\n".join, columns), strict=True))
    known = read_decisions(decided)
    keep = tuple(known.loc[known["decision"] == KEEP, "string"].unique())
    return identities_in(run.deidentified, folder, more, keep=keep, before=before)


def identities_in(
    clean: Deidentified,
    folder: Path,
    more: dict[str, str] | None = None,
    *,
    keep: Sequence[str] = (),
    before: LookedAt | None = None,
) -> pd.DataFrame:
    """Return what the leak check finds in the files of a folder, and in more texts."""
    seen: LookedAt = {} if before is None else before
    texts = {
        path.relative_to(folder).as_posix(): _words(path)
        for path in sorted(folder.rglob("*"))
        if path.suffix in _TEXT | _OFFICE and path.name not in _OURS
    }
    texts |= more or {}
    known = {place: text for place, (text, _) in seen.items()}
    new = {place: t for place, t in texts.items() if known.get(place) != t}
    found = check_leaks(new, find_identities(clean, keep=keep))
    of_place = dict(iter(found.groupby("place")))
    seen |= {
        place: (text, of_place.get(place, found[:0])) for place, text in new.items()
    }
    leaks = pd.concat([seen[place][1] for place in sorted(texts)] or [found])
    rows = [
        (place if start < 0 else texts[place][start:end], place, start, kind)
        for place, kind, start, end in leaks.itertuples(index=False)
    ]
    return _table(rows)


def _words(path: Path) -> str:
    if path.suffix in _OFFICE:
        return words_of(path)
    return path.read_text(encoding="utf-8-sig")


def _table(rows: list[tuple[str, str, int, str]]) -> pd.DataFrame:
    """Put the places of a string in a file into one row."""
    found = pd.DataFrame(rows, columns=["string", "file", "start", "why"])
    by_file = found.groupby(["string", "file", "why"], sort=True)["start"]
    counted = by_file.agg(["size", "min"]).reset_index()
    places = [
        "its name" if first < 0 else f"{n} x, first at character {first}"
        for n, first in zip(counted["size"], counted["min"], strict=True)
    ]
    table = counted.assign(where=pd.Series(places, index=counted.index, dtype="str"))
    return table[["string", "file", "where", "why"]]


def is_private(file: str) -> bool:
    """Return whether a file is the team's alone."""
    return file.startswith(f"{TEAM}/") or file in _PRIVATE


def write_open(left: pd.DataFrame, decided: pd.DataFrame | None, folder: Path) -> None:
    """Write what is left to decide, and what was decided before, into the team's folder."""
    before = read_decisions(decided)
    new = left[~left["string"].isin(before["string"])].assign(decision="")
    both = pd.concat([before, new], ignore_index=True).reindex(columns=[*COLUMNS])
    if len(both):
        write_csv(both.drop_duplicates(["string", "file"]).fillna(""), folder / NAME)


def read_decisions(decided: str | Path | pd.DataFrame | None) -> pd.DataFrame:
    """Return the rows that a person has decided about, `decision` as hide or keep.

    Parameters
    ----------
    decided
        A table or its file.

    Raises
    ------
    TableError
        A decision is neither, or the table lacks a column.
    """
    if decided is None:
        return pd.DataFrame(columns=[*COLUMNS], dtype="str")
    table = decided
    if isinstance(table, str | Path):
        table = read_table(table, what="table of decided identities").frame()
    absent = [name for name in ("string", "decision") if name not in table]
    if absent:
        raise TableError(
            f"the table of open identities lacks {', '.join(map(repr, absent))}; take "
            f"the {NAME} that analyze wrote, and fill in its column 'decision'"
        )
    words = table["decision"].fillna("").astype("str").str.strip().str.casefold()
    strange = sorted(set(words) - {"", HIDE, KEEP})
    if strange:
        raise TableError(
            f"'decision' holds {strange[0]!r}; write {HIDE} to take the string out, "
            f"{KEEP} to leave it, or nothing"
        )
    return table.assign(decision=words)[words != ""].reset_index(drop=True)
