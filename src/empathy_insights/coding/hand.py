"""Codings made by people: from sheets and tables, and from other programs for coding."""

from __future__ import annotations

import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Self

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.coding.asked import with_asked
from empathy_insights.coding.highlights.exported import (
    Exported,
    Highlight,
    highlights_in_tables,
    highlights_in_text,
)
from empathy_insights.coding.highlights.named_themes import (
    Named,
    codes_in,
    theme_finder,
)
from empathy_insights.coding.highlights.places import Found, Places
from empathy_insights.coding.highlights.projects import (
    database_of,
    highlights_in_project,
)
from empathy_insights.coding.review.decisions import document_of
from empathy_insights.coding.sheets.coding_sheet import read_coding_sheet, read_marks
from empathy_insights.coding.sheets.filled import bare, warn_of
from empathy_insights.coding.sheets.marks import NOTHING
from empathy_insights.coding.typed_codings import (
    By,
    codings_in_table,
    codings_of_rows,
    nearly,
)
from empathy_insights.errors import EmpathyInsightsWarning, TableError, where
from empathy_insights.files.table import (
    Table,
    any_cell,
    first_table,
    plain_word,
    read_grids,
    table_of,
)
from empathy_insights.files.text_files import Numbered
from empathy_insights.tables import NO_THEME

_ID = re.compile(r":\d+\.\d+$")
_HEADS_WITHIN, _IDS = 10, "segment_id"  # rows
_SHOWN, _LISTED = 40, 6
_WHAT = "file of codings"


@public
def read_codings(
    path: str | Path,
    codebook: Codebook,
    segments: pd.DataFrame | None = None,
    *,
    coder: str | None = None,
    themes: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    read_whole: bool = False,
) -> pd.DataFrame:
    r"""Read human codings: a sheet, a row a segment and theme, or another program's export.

    What was highlighted in another program is found in the segments by its words, in the
    document that the export names. What stands nowhere, or in several places, or has a
    code that is no theme, is listed and never guessed.

    Parameters
    ----------
    path
        A table (.csv, .tsv, .xlsx) with the columns `segment_id`, `theme`, and if known
        `coder`, `status`, `stance`, `text` (its words, or some of them) and `asked` (the
        themes that it answers, between semicolons). A row without a theme says that the
        segment was read and that no theme applies; its theme is `no_theme`. Or a sheet that
        `coding_sheet` made and a person filled in. Or an export: highlights with their
        codes from Taguette, QualCoder, MAXQDA, ATLAS.ti, Dedoose, Dovetail or Condens
        (.csv, .xlsx), the references of a code from NVivo (.docx, .txt), or a project of
        Taguette (.sqlite3) or QualCoder (.qda). See docs/other_tools.md.
    codebook
        The codebook that the themes come from.
    segments
        The segments of the study, in which highlights are found. Ids and texts of a
        coding sheet are compared with them.
    coder
        Who coded, where the file does not say.
    themes
        What the file calls a code -> the id or name of a theme; an empty text leaves
        it out.
    columns
        `text`, `theme`, `document`, `coder` or `start` -> what an export calls it, where
        that is not understood.
    read_whole
        Whether each coder read the documents with their highlights to the end: passages
        without one then say `no_theme`. Otherwise they count as not read.

    Returns
    -------
    pandas.DataFrame
        Codings with status `human` unless the file says otherwise. From a coding sheet
        also `suggestion`, `notes` and `coded_at`: when it was saved last, if known. From
        an export, `attrs["reading"]` says which columns were taken for what.
        `attrs["problems"]` lists what was left out (`line`) and why (`problem`).

    Warns
    -----
    EmpathyInsightsWarning
        Rows of an export, cells of a sheet, or rows of a table were left out.

    Raises
    ------
    TableError
        The file is missing, lacks a column, or holds nothing about themes of the
        codebook.

    See Also
    --------
    coding_sheet : The workbook that a person codes in.
    reanchor : Moves codings when a transcript was corrected.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import empathy_insights as ei
    >>> file = pathlib.Path(tempfile.mkdtemp(), "codes.csv")
    >>> _ = file.write_text("segment_id,theme,coder\nd:1.1,tech_support,kim\nd:2.1,,kim\n")
    >>> ei.read_codings(file, ei.load_codebook("empathy_core"))[["theme", "coder", "status"]]
              theme coder status
    0  tech_support   kim  human
    1      no_theme   kim  human
    """
    found = _read(Path(path), columns)
    if found is None:
        return read_coding_sheet(path, codebook, segments, coder=coder)
    if isinstance(found, Table):
        by = By(codebook, segments, coder, themes, Path(path))
        codings = codings_in_table(found, by)
        warn_of(path, codings.attrs["problems"])
        return codings
    find, given = theme_finder(codebook, themes), _needed(segments, path)
    own = coder or "human"
    placed = _Located.of(found, given)
    codings = _placed(placed, codebook, find, own, Path(path))
    if read_whole:
        codings = _with_rest(codings, placed.lost(own), given, codebook)
    return _answering(codings, placed, codebook, find, own)


def read_decided(
    path: Path, codebook: Codebook, segments: pd.DataFrame | None
) -> pd.DataFrame:
    """Read codings as `read_codings` does, and compare no sheet with passages that may have moved."""
    found = _read(path, None)
    if isinstance(found, Exported):
        find, placed = (
            theme_finder(codebook),
            _Located.of(found, _needed(segments, path)),
        )
        codings = _placed(placed, codebook, find, "human", path)
        return _answering(codings, placed, codebook, find, "human")
    if found is None:
        return read_marks(path, codebook, unnamed=path.stem)
    return codings_in_table(found, By(codebook, segments, path=path))


def _read(path: Path, columns: Mapping[str, str] | None) -> Exported | Table | None:
    """Return what a file holds; None for a coding sheet, which is read cell by cell."""
    if path.exists():
        if database := database_of(path):
            return highlights_in_project(database)
        if told := highlights_in_text(path):
            return told
    grids = read_grids(path, what=_WHAT)
    heads = [row for _, rows in grids for _, row in rows[:_HEADS_WITHIN]]
    # Below the ids, "nothing applies" is a code that somebody gave.
    heads = [row for row in heads if bare(_IDS) in map(bare, row)] or heads
    if any(_is_sheet(row, path) for row in heads):
        return None
    if not any(_is_ours(rows) for _, rows in grids):
        found = highlights_in_tables(grids, path, columns)
        if found is not None:
            return found
    filled = next((rows for _, rows in grids if any_cell(rows)), [])
    return table_of(filled) if filled else first_table(grids, path, what=_WHAT)


def _is_sheet(heads: Sequence[str], path: Path) -> bool:
    """Return whether these are the heads of a coding sheet; of nearly one, raise TableError."""
    said = set(map(bare, heads))
    absent = [head for head in (_IDS, NOTHING) if bare(head) not in said]
    if len(absent) != 1:
        return not absent
    near = nearly(absent[0], heads)
    if not near and absent[0] == NOTHING:  # a table of codes has ids, too
        return False
    raise TableError(
        f"this coding sheet has no column {absent[0]!r}{near}; write {absent[0]!r} above it",
        path=path,
    )


def _is_ours(rows: Numbered) -> bool:
    """Return whether these are ids of passages: their words may stand under "Segment", too."""
    for n, (_, row) in enumerate(rows[:_HEADS_WITHIN]):
        said = list(map(plain_word, row))
        if {"segment_id", "segmentid", "passage_id"} & set(said):
            return True
        if "segment" in said:
            at = said.index("segment")
            below = (told[at] for _, told in rows[n + 1 :] if at < len(told))
            return any(map(_ID.search, below))
    return False


# From what was highlighted in another program to codings of passages.


def _needed(segments: pd.DataFrame | None, path: str | Path) -> pd.DataFrame:
    if segments is None:
        raise TableError(
            "this file holds highlights; give the passages that they are found in: "
            "read_codings(path, codebook, ei.segment(corpus))",
            path=path,
        )
    return segments


class _Located(NamedTuple):
    """Hold the highlights of a file, and where each is in what people said."""

    exported: Exported
    places: Places
    found: list[Found]

    @classmethod
    def of(cls, exported: Exported, segments: pd.DataFrame) -> Self:
        places = Places.of(segments)
        return cls(exported, places, places.find_all(exported.highlights))

    def each(self) -> Iterator[tuple[Highlight, Found]]:
        return zip(self.exported.highlights, self.found, strict=True)

    def lost(self, coder: str) -> set[tuple[str, str]]:
        """Return the passages, with the coder, in which a highlight without a place may be."""
        return {
            (passage, one.coder or coder)
            for one, place in self.each()
            if not place.passages
            for passage in self.places.may_be(one)
        }


def _placed(
    placed: _Located, codebook: Codebook, find: Named, coder: str, path: Path
) -> pd.DataFrame:
    """Return the codings of all highlights that have a place and a theme; warn of the rest."""
    rows: list[dict[str, object]] = []
    problems: list[tuple[int, str]] = []
    for one, place in placed.each():
        codes = [code for cell in one.codes for code in codes_in(cell, find)]
        problems += [
            (one.row, why)
            for why in _problems(codes, place.problem, find, placed.places)
        ]
        rows += [
            {
                "segment_id": passage, "theme": theme, "coder": one.coder or coder,
                "status": "human", "stance": "neutral", "evidence_start": start,
                "evidence_end": end,
            }
            for code in codes
            if (theme := find(code))
            for passage, start, end in place.passages
        ]  # fmt: skip
    codings = codings_of_rows(rows, codebook)
    name = path.name
    codings.attrs |= {
        "reading": f"{name}: {placed.exported.reading}",
        "problems": [
            {"path": name, "line": line, "problem": why}
            for line, why in dict.fromkeys(problems)
        ],
    }
    if problems:
        _warn(placed.exported, problems, path)
    return codings


def _answering(
    codings: pd.DataFrame, placed: _Located, codebook: Codebook, find: Named, coder: str
) -> pd.DataFrame:
    """Say what the passages of an export answer, as of a table that people typed."""
    bare = theme_finder(codebook)
    strange: dict[str, set[str]] = defaultdict(set)
    unclear: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, place in placed.each():
        who = one.coder or coder
        codes = [code for cell in one.codes for code in codes_in(cell, find)]
        others = {code for code in codes if bare(code) is None}
        strange[who] |= {code for code in others if not placed.places.holds(code)}
        lost = {code for code in others if find(code) is None}
        for passage, _, _ in place.passages if lost else ():
            unclear[passage, who] |= lost
    told = with_asked(codings, codebook, strange, unclear).reset_index(drop=True)
    told.attrs |= codings.attrs
    return told


def _problems(
    codes: list[str], problem: str, find: Named, places: Places
) -> Iterator[str]:
    """Yield why a highlight is left out; a code in people's own words is not told."""
    if problem and codes:
        yield problem
    if not codes:
        yield "it has no code"
    for code in codes:
        if find(code) is None:
            told = (
                "in people's own words" if places.holds(code) else repr(code[:_SHOWN])
            )
            yield f"the codebook has no theme for the code {told}"


def _warn(found: Exported, problems: list[tuple[int, str]], path: Path) -> None:
    n_rows = len({row for row, _ in problems})
    counts = Counter(why for _, why in problems).most_common()
    told = "; ".join(f"{why} ({n})" for why, n in counts[:_LISTED])
    more = " …" if len(counts) > _LISTED else ""
    warnings.warn(
        f"{where(path, None)}{n_rows} of {len({one.row for one in found.highlights})} "
        f"highlights are left out, at least in part: {told}{more}. {found.reading}. "
        'attrs["problems"] lists each; themes= renames codes, columns= columns',
        EmpathyInsightsWarning,
        stacklevel=5,
    )


def _with_rest(
    codings: pd.DataFrame,
    lost: set[tuple[str, str]],
    segments: pd.DataFrame,
    codebook: Codebook,
) -> pd.DataFrame:
    """Add that no theme applies to the passages that a coder read and did not highlight.

    Where a highlight may be that has no place, nobody knows.
    """
    home = document_of(segments)
    read = codings.assign(home=document_of(codings))
    readers = read[["home", "coder"]].drop_duplicates()
    whole = segments[["segment_id"]].assign(home=home).merge(readers, on="home")
    coded = {*zip(codings["segment_id"], codings["coder"], strict=True), *lost}
    pairs = zip(whole["segment_id"], whole["coder"], strict=True)
    rest = whole[[pair not in coded for pair in pairs]]
    bare = rest[["segment_id", "coder"]].assign(
        theme=NO_THEME, status="human", stance="neutral"
    )
    both = [*codings.to_dict("records"), *bare.to_dict("records")]
    told = codings_of_rows(both, codebook)
    told.attrs |= codings.attrs
    return told
