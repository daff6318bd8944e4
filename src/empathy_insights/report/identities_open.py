"""What may still identify somebody in what was written, for a person to decide about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.errors import EmpathyInsightsError, TableError
from empathy_insights.files.results import OPEN, TEAM
from empathy_insights.files.table import read_table
from empathy_insights.identities import check_leaks, find_identities
from empathy_insights.report.export import words_of, write_csv
from empathy_insights.report.own_words import is_own

if TYPE_CHECKING:
    from empathy_insights.identities import Deidentified, Identities
    from empathy_insights.report.findings import Findings
    from empathy_insights.tables import Frames, Remember

HIDE, KEEP = "hide", "keep"
COLUMNS = ("string", "file", "where", "why", "decision")
_TEXT = frozenset({".html", ".md", ".csv", ".json", ".txt"})
_OFFICE = frozenset({".docx", ".pptx"})
_OURS = frozenset({"csv-metadata.json"})  # what columns mean, in no words of people
_PRIVATE = ("segments.parquet", "codings.parquet")

_LEAKS = {"place": "str", "kind": "str", "start": "int64", "end": "int64"}
_FILES = {"place": "str", "sha256": "str"}
_STAGE = "leaks"


class LeakCheck:
    """Look for identities in what is written: at the same words of a file only once.

    Parameters
    ----------
    clean
        Its key says what to look for; without one there is nothing.
    decided
        What a person decided about strings; those to keep are left out.
    remembered
        Knows what an earlier run found, and in which files: places, and no words.
    """

    def __init__(
        self,
        clean: Deidentified | None,
        decided: pd.DataFrame | None = None,
        remembered: Remember | None = None,
    ) -> None:
        known = read_decisions(decided)
        self._keep = tuple(known.loc[known["decision"] == KEEP, "string"].unique())
        self._clean = clean
        self._remembered = None if clean is None else remembered
        self._inputs = [] if clean is None else [clean.key, self._keep]
        before = self._of_earlier_run()
        self._hashes = dict(before["files"].itertuples(index=False))
        self._leaks = before["leaks"]
        self._looked_at: set[str] = set()

    def __call__(
        self, folder: Path, more: Mapping[str, str] | None = None
    ) -> pd.DataFrame:
        """Return what is found in the files of a folder, and in more texts.

        Columns are `string`, `file`, `where` and `why`, a row a string and file.
        """
        if self._clean is None:
            return _table([])
        texts = {
            path.relative_to(folder).as_posix(): _words(path)
            for path in sorted(folder.rglob("*"))
            if path.suffix in _TEXT | _OFFICE and path.name not in _OURS
        } | dict(more or {})
        hashes = {place: _sha256(text) for place, text in texts.items()}
        new = {p: t for p, t in texts.items() if self._hashes.get(p) != hashes[p]}
        if new:
            found = check_leaks(new, self._identities)
            spans = found[["place", "start", "end"]].itertuples(index=False)
            found = found.loc[
                [not is_own(new[p], start, end) for p, start, end in spans]
            ]
            others = self._leaks[~self._leaks["place"].isin(new)]
            self._leaks = pd.concat([others, found], ignore_index=True)
            self._hashes |= hashes
        self._looked_at |= texts.keys()
        leaks = self._leaks[self._leaks["place"].isin(texts)]
        return _table(
            (place if start < 0 else texts[place][start:end], place, start, kind)
            for place, kind, start, end in leaks.itertuples(index=False)
        )

    @cached_property
    def _identities(self) -> Identities:
        return find_identities(self._clean, keep=self._keep)

    def keep(self) -> None:
        """Keep what was found in the files of this run, for the next one."""
        if self._remembered is None:
            return
        files = pd.DataFrame(self._hashes.items(), columns=[*_FILES]).astype(_FILES)
        every = {"files": files, "leaks": self._leaks}
        here = {
            name: frame[frame["place"].isin(self._looked_at)]
            for name, frame in every.items()
        }
        self._remembered.keep(_STAGE, self._inputs, here)

    def _of_earlier_run(self) -> Frames:
        none = {
            name: pd.DataFrame(columns=[*dtypes]).astype(dtypes)
            for name, dtypes in (("files", _FILES), ("leaks", _LEAKS))
        }
        if self._remembered is None:
            return none
        return self._remembered.known(_STAGE, self._inputs) or none


def also_written(run: Findings) -> dict[str, str]:
    """Return the words in files that only programs open.

    The workbook holds the tables again, and Parquet files these two columns of text.
    """
    columns = (run.segments["text"], run.codings["method"])
    # No name goes on in the next row.
    return dict(zip(_PRIVATE, map("\n|\n".join, columns), strict=True))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _words(path: Path) -> str:
    if path.suffix in _OFFICE:
        return words_of(path)
    return path.read_text(encoding="utf-8-sig")


def _table(rows: Iterable[tuple[str, str, int, str]]) -> pd.DataFrame:
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
    """Write what is left to decide, and what was decided before, into the team's folder.

    What was to be hidden and is left all the same is written as it is found now.
    """
    before = read_decisions(decided)
    how = dict(before[["string", "decision"]].itertuples(index=False, name=None))
    now = left.assign(decision=[how.get(string, "") for string in left["string"]])
    now = now[now["decision"] != KEEP]
    before = before[~before["string"].isin(now["string"])]
    both = pd.concat([before, now], ignore_index=True).reindex(columns=[*COLUMNS])
    if len(both):
        write_csv(both.drop_duplicates(["string", "file"]).fillna(""), folder / OPEN)


def is_taken_over(earlier: Path, decided: pd.DataFrame | None) -> bool:
    """Return whether all that a person wrote into a file of this is in what was decided."""
    try:
        columns = {*read_table(earlier, what="table of decided identities").frame()}
        theirs = read_decisions(earlier)
    except (EmpathyInsightsError, OSError):
        return False
    pairs = [
        {*table[["string", "decision"]].itertuples(index=False, name=None)}
        for table in (theirs, read_decisions(decided))
    ]
    return columns == {*COLUMNS} and pairs[0] <= pairs[1]


_AROUND = 60  # characters on each side


def review_told(clean: Deidentified) -> pd.DataFrame:
    """Return what a person should look at with the words, and where they stand; for the team.

    Returns
    -------
    pandas.DataFrame
        The rows of `Deidentified.review`, with `file`, `turn` (as in transcripts.html;
        missing outside of turns), `string` (what stands there now) and `around` (it, and
        the words beside it).
    """
    known = clean.corpus.documents.set_index("document_id")
    texts, files = known["text"], known["path"]
    spans = [
        (texts[name], int(start), int(end))
        for name, start, end in clean.review[["document_id", "start", "end"]].to_numpy()
    ]
    around = [
        " ".join(text[max(start - _AROUND, 0) : end + _AROUND].split())
        for text, start, end in spans
    ]
    return clean.review.assign(
        file=clean.review["document_id"].map(files).astype("str"),
        turn=_turns_at(clean),
        string=pd.Series([text[start:end] for text, start, end in spans], dtype="str"),
        around=pd.Series(around, dtype="str"),
    )


def _turns_at(clean: Deidentified) -> pd.Series:
    """Return the turn in which each place of the review stands."""
    rows = clean.review[["document_id", "start"]].reset_index()
    turns = clean.corpus.utterances[["document_id", "start", "end", "position"]]
    found = pd.merge_asof(
        rows.astype({"start": "int64"}).sort_values("start"),
        turns.astype({"start": "int64"}).sort_values("start"),
        on="start",
        by="document_id",
    )
    inside = found["position"].where(found["start"] < found["end"])
    return inside.set_axis(found["index"]).sort_index().astype("Int64")


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
            f"the {OPEN} that analyze wrote, and fill in its column 'decision'"
        )
    words = table["decision"].fillna("").astype("str").str.strip().str.casefold()
    strange = words.index[~words.isin(["", HIDE, KEEP])]
    if len(strange):
        is_file = isinstance(decided, str | Path)
        more = f" (and {len(strange) - 1} more)" if len(strange) > 1 else ""
        raise TableError(
            f"what stands under 'decision'{more} is neither; write {HIDE} to take the "
            f"string out, {KEEP} to leave it, or nothing",
            path=Path(decided) if is_file else None,
            line=int(strange[0]) if is_file else None,
        )
    return table.assign(decision=words)[words != ""].reset_index(drop=True)
