"""What people decided about this study before, put where its passages are now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.review.decision_files import decisions_of, latest
from empathy_insights.coding.review.fingerprints import (
    find_again,
    find_parts,
    find_same,
    fingerprint,
)
from empathy_insights.corpus import how_many
from empathy_insights.errors import EmpathyInsightsError, TableError
from empathy_insights.files.results import decision_files, unknown_among_decisions
from empathy_insights.tables import NO_THEME, PROBLEMS

Source: TypeAlias = str | Path | pd.DataFrame
_NOT_KNOWN = (
    "no coding sheet and no other decisions were found in it, so it does not count"
)
_SHEETS_HAVE = (
    "a coding sheet is an .xlsx or .csv file with the heads 'segment_id' and 'nothing "
    "applies', as they were; move other files elsewhere"
)
_BLANK = "nothing is decided in it yet"
_TO_FILL = "fill it in, or put the filled one in its place, and run again"
_BY_ID = (
    "it names passages by their ids alone, so nobody can see whether their words are "
    "still those that were coded",
    "add a column text with the words of each passage; then codes move with them",
)
_UNITS = ("cell", "row", "column")


@dataclass(frozen=True)
class Remembered:
    """Hold what people decided, as far as it belongs to this study.

    Parameters
    ----------
    decisions
        A row a passage, theme and reader; see `decisions_of`.
    problems
        What could not be used, a row a remark, as in a corpus; `attrs["told"]` of the
        decisions says the same in a line a file or two.
    """

    decisions: pd.DataFrame
    problems: pd.DataFrame


def remember(
    given: Sequence[Source],
    folders: Iterable[Path],
    codebook: Codebook,
    segments: pd.DataFrame,
    *,
    hand_codes: Source | None = None,
) -> Remembered:
    """Read what people decided, and find the passages again that they decided about.

    Parameters
    ----------
    given
        Files, folders or tables that somebody named: all of them must fit.
    folders
        Where others may lie; one that does not fit is a remark.
    codebook, segments
        The study as it is now.
    hand_codes
        Codings of passages that must all be there.

    Raises
    ------
    TableError
        What was given cannot be read, or belongs to another study or codebook.
    """
    remarks: list[dict[str, object]] = []
    tables = []
    if hand_codes is not None:
        tables = [_by_hand(hand_codes, codebook, segments, remarks)]
    named = [file for one in given for file in _files(one)]
    folders = list(folders)
    for one in _beside(folders, named):
        try:
            tables.append(_placed(one, codebook, segments, remarks))
            if tables[-1].empty and not _is_told(one, remarks):
                remarks.append(_remark(one, _BLANK, _TO_FILL))
        except EmpathyInsightsError as error:
            problem, _, advice = error.message.partition("; ")
            remarks.append(_remark(one, problem, advice))
    tables += [_placed(one, codebook, segments, remarks) for one in named]
    remarks += [
        _remark(one, _NOT_KNOWN, _SHEETS_HAVE)
        for folder in folders
        for one in unknown_among_decisions(folder)
        if one not in named
    ]
    once = {(one["path"], one.get("line"), one["problem"]): one for one in remarks}
    decisions = latest(tables)
    decisions.attrs["told"] = tuple(_told(list(once.values())))
    kept = [{k: v for k, v in one.items() if k != "unit"} for one in once.values()]
    return Remembered(decisions, PROBLEMS.frame(kept))


def _told(remarks: Sequence[Mapping[str, object]]) -> Iterator[str]:
    """Say in a line a file how much of it was left out, and what else is amiss."""
    for path in dict.fromkeys(one["path"] for one in remarks):
        mine = [one for one in remarks if one["path"] == path]
        units = Counter(one.get("unit") for one in mine)
        parts = [how_many(units[unit], unit) for unit in _UNITS if units[unit]]
        if parts:
            yield f"Left out of {path}: {', '.join(parts)}."
        for one in mine:
            if one.get("unit") in (None, "theme"):
                yield f"{path}: {one['problem']}; {one['advice']}."


def _files(one: Source) -> list[Source]:
    """Return a file or table as it is, and of a folder the decisions in it."""
    if isinstance(one, pd.DataFrame) or not Path(one).is_dir():
        return [one]
    found = decision_files(Path(one))
    if not found:
        raise TableError(
            "this folder holds no decisions-NAME.json; name a file of decisions",
            path=one,
        )
    return list(found)


def _beside(folders: Iterable[Path], given: Sequence[Source]) -> list[Path]:
    """Return the files of decisions in folders, without those that are given anyway."""
    named = {Path(one).resolve() for one in given if not isinstance(one, pd.DataFrame)}
    found = [path for folder in folders for path in decision_files(folder)]
    once = {path.resolve(): path for path in reversed(found)}
    return [path for place, path in reversed(once.items()) if place not in named]


def _decisions(
    one: Source,
    codebook: Codebook,
    segments: pd.DataFrame,
    remarks: list[dict[str, object]],
) -> pd.DataFrame:
    """Return the decisions of one file, and remark on rows of another program's export."""
    table = decisions_of(one, codebook, segments)
    problems = table.attrs.get("problems", ())
    if all("advice" in told for told in problems):
        remarks += problems
    elif n := len({told["line"] for told in problems}):
        what = f"{n} highlights" if n > 1 else "1 highlight"
        advice = "read_codings() lists each and why; its themes= renames codes"
        remarks.append(_remark(one, f"{what} found no place or no theme", advice))
    if _is_by_id(table):
        remarks.append(_remark(one, *_BY_ID))
    return table


def _is_by_id(table: pd.DataFrame) -> bool:
    """Return whether nothing but ids tells which words were coded."""
    is_bare = (table["fingerprint"] == "") & table["evidence_start"].isna()
    return len(table) > 0 and bool(is_bare.all())


def _placed(
    one: Source,
    codebook: Codebook,
    segments: pd.DataFrame,
    remarks: list[dict[str, object]],
) -> pd.DataFrame:
    """Return the decisions of one file where their passages are now."""
    table = _decisions(one, codebook, segments, remarks)
    return _in_place(table, one, segments, remarks)


def _in_place(
    table: pd.DataFrame,
    one: Source,
    segments: pd.DataFrame,
    remarks: list[dict[str, object]],
) -> pd.DataFrame:
    marks = table.drop_duplicates("segment_id").set_index("segment_id")["fingerprint"]
    now = find_again(marks.to_dict(), segments)
    if len(now) < len(marks):
        now |= find_same(marks.to_dict(), now, _judged(table), segments)
    is_bare = (table["theme"] == NO_THEME).groupby(table["segment_id"]).transform("all")
    bare = marks.drop([*now]).filter(items=table.loc[is_bare, "segment_id"].unique())
    # Where nothing was heard in the whole, nothing was in any part.
    parts = find_parts(bare.to_dict(), now, segments)
    places = {one: [place] for one, place in now.items()} | parts
    _check_study(marks, places, one)
    placed = table.assign(segment_id=table["segment_id"].map(places))
    placed = placed.explode("segment_id").dropna(subset="segment_id")
    placed = placed.astype({"segment_id": "str"}).reset_index(drop=True)
    if lost := len(marks) - len(places):
        remarks.append(
            _remark(
                one,
                # "Could not" is said of files that nobody could read.
                f"{lost} decisions fit no passage as they are now"
                if lost > 1
                else "1 decision fits no passage as they are now",
                "read those again that are still in the study, they are among the next to read",
            )
        )
    return _released_as_they_were(placed, one, segments, remarks)


def _judged(table: pd.DataFrame) -> dict[str, frozenset[tuple[str, ...]]]:
    """Return what was decided about each passage, whoever read it and when."""
    told = table[["theme", "status", "stance", "release"]].astype("str")
    rows = zip(table["segment_id"], told.itertuples(index=False), strict=True)
    judged: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for one, row in rows:
        judged[one].add(tuple(row))
    return {one: frozenset(some) for one, some in judged.items()}


def _check_study(marks: pd.Series, now: dict[str, list[str]], one: Source) -> None:
    """Refuse decisions of which most are about passages of another study."""
    told = marks[marks != ""] if (marks != "").any() else marks
    n_lost = int((~told.index.isin(list(now))).sum())
    if n_lost * 2 > len(told):
        raise TableError(
            f"most of these decisions ({n_lost} of {len(told)}) are about passages that "
            "this study does not have; they belong to another study, or its files were "
            "changed since",
            path=None if isinstance(one, pd.DataFrame) else one,
        )


def _released_as_they_were(
    placed: pd.DataFrame,
    one: Source,
    segments: pd.DataFrame,
    remarks: list[dict[str, object]],
) -> pd.DataFrame:
    """Take back the release of passages whose words are others now."""
    texts = segments.set_index("segment_id")["text"]
    released = placed.loc[placed["release"], ["segment_id", "fingerprint"]]
    is_same = pd.Series(
        [mark in ("", fingerprint(texts[name])) for name, mark in released.to_numpy()],
        index=released.index,
        dtype="bool",
    )
    if n := released.loc[~is_same, "segment_id"].nunique():
        remarks.append(
            _remark(
                one,
                f"{n} released passages have other words now"
                if n > 1
                else "1 released passage has other words now",
                "release them again, others do not get them until then",
            )
        )
    kept = placed["release"] & is_same.reindex(placed.index, fill_value=False)
    return placed.assign(release=kept)


def _by_hand(
    one: Source,
    codebook: Codebook,
    segments: pd.DataFrame,
    remarks: list[dict[str, object]],
) -> pd.DataFrame:
    """Return codings by people; each passage of theirs must be there, by its words or id."""
    table = _decisions(one, codebook, segments, remarks)
    marks = table.drop_duplicates("segment_id").set_index("segment_id")["fingerprint"]
    known = {*segments["segment_id"], *find_again(marks.to_dict(), segments)}
    if n := int((~marks.index.isin(known)).sum()):
        raise TableError(
            f"people's codings speak of {how_many(n, 'passage')} that this study does not "
            "have; they belong to another study, or its files were changed since",
            path=None if isinstance(one, pd.DataFrame) else one,
        )
    return _in_place(table, one, segments, remarks)


def _remark(one: Source, problem: str, advice: str) -> dict[str, object]:
    path = "decisions" if isinstance(one, pd.DataFrame) else Path(one).name
    return {"path": path, "problem": problem, "advice": advice or "save it again"}


def _is_told(one: Source, remarks: Sequence[Mapping[str, object]]) -> bool:
    path = _remark(one, "", "")["path"]
    return any(remark["path"] == path for remark in remarks)


# What readers let others read, and what they want to be seen to first.


def released_by_readers(decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the passages that readers have released, as `released_passages` does.

    Examples
    --------
    >>> read = pd.DataFrame({"segment_id": ["d:1.1"], "coder": ["kim"], "release": [True]})
    >>> released_by_readers(read)
      segment_id released_by  is_whole
    0      d:1.1         kim      True
    """
    rows = decisions.loc[decisions["release"], ["segment_id", "coder"]]
    named = rows.rename(columns={"coder": "released_by"}).assign(is_whole=True)
    return named.drop_duplicates("segment_id").reset_index(drop=True)


def needing_care(
    segments: pd.DataFrame, sensitive: pd.DataFrame, decisions: pd.DataFrame
) -> pd.DataFrame:
    """Return the passages that a person should see first: by their words, or by a reader."""
    named = {*sensitive["segment_id"], *decisions.loc[decisions["care"], "segment_id"]}
    return segments[segments["segment_id"].isin(named)].reset_index(drop=True)
