"""Coding sheets: passages for people to code, as a workbook, and what they answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.coding.review.decisions import document_of, draw_sample
from empathy_insights.coding.sheets.filled import (
    ANSWERS,
    Filled,
    cautions,
    folded,
    label,
    problems_of,
    read_filled,
    shown,
    warn_of,
)
from empathy_insights.coding.sheets.marks import NOTHING, SUGGESTION, codings_of
from empathy_insights.coding.sheets.paint import Column, SheetPlan, draw
from empathy_insights.tables import CODINGS, NO_THEME, SEGMENTS

# Coding by hand: a sheet that a team fills in, and the codings that come back.


_TAIL = 250  # code points of what was said before; the end is what the passage answers
_HOW_TO = (
    "Work through the sheet 'code here' row by row. Read the question and what was said "
    "before, then the text. Code the text only.",
    "Does the text speak of a theme? Choose in the theme's column: need (something is "
    "missing or in the way), asset (something works), mixed (both), yes (the theme is "
    "there, but neither). An empty cell says that the theme is not there.",
    "A text may have several themes, or none. Where you have read it and no theme is "
    "there, choose yes under 'nothing applies'. A row without a mark counts as not read.",
    "Choose yes under 'suggestion' where the speaker proposes what could be done.",
    "'notes' is for whatever the team should talk about. Write no names.",
    "The sheet 'codebook' says what each theme means, with examples and near misses. "
    "In doubt, decide alone; compare with the others afterwards.",
    "Cells that are not yellow are locked, so that nothing is moved by accident. Filters "
    "work; you may add columns on the right in a copy.",
    "Save as .xlsx and send it back. Keep it as safe as the interviews: it holds what "
    "people said.",
)


@public
def coding_sheet(
    segments: pd.DataFrame,
    codebook: Codebook,
    path: str | Path,
    *,
    sample: int | float | None = None,
    codings: pd.DataFrame | None = None,
    blind: bool = True,
    coder: str | None = None,
    random_state: int = 0,
) -> Path:
    """Write a sheet in which a person codes segments, a row each, without programming.

    Each main theme has a column with a drop-down: `need`, `asset` or `mixed` say that
    the theme is there and how it is spoken of, `yes` that it is there, an empty cell
    that it is not. `nothing applies` tells a passage that was read from one that was
    not. Only these cells, `suggestion`, `notes` and `coder` can be changed.

    Parameters
    ----------
    segments
        What people said, as `segment` returns it; by its column `order`, if there is one.
    codebook
        The themes, as `load_codebook` returns them.
    path
        An .xlsx file, with the codebook and a how-to beside the sheet; or a .csv file.
    sample
        How many segments (a whole number) or which share of them (a fraction below 1),
        drawn at random so that many people are read; all when None.
    codings
        What a machine found.
    blind
        Leave out what the machine found. Who sees it tends to agree with it, so codings
        that shall judge a machine are made blind.
    coder
        Who is going to fill it in.
    random_state
        Seed of the sample.

    Raises
    ------
    EmpathyInsightsError
        The file cannot be written, or is there already and holds something else.

    See Also
    --------
    read_codings : Reads what a person filled in.
    review_sheet : A sheet to accept or reject suggestions.

    Examples
    --------
    >>> import pandas as pd
    >>> import tempfile
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["The bus.", "My friends."]})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = ei.coding_sheet(segments, ei.load_codebook("empathy_core"), f"{folder}/kim.xlsx")
    ...     len(ei.read_codings(path, ei.load_codebook("empathy_core")))  # still empty
    0
    """
    SEGMENTS.check(segments)
    if not blind and codings is None:
        raise ValueError("give the codings that blind=False shows")
    rows = draw_sample(segments, sample, random_state=random_state)
    found = None if blind or codings is None else _found(rows, codings)
    columns = (
        *_reading(rows),
        *_marking(codebook, len(rows)),
        Column("coder", [coder or ""] * len(rows), 10, is_open=True),
        *([] if found is None else [Column("machine", found, 30, is_quiet=True)]),
        Column("codebook_sha256", [codebook.content_sha256] * len(rows), 0),
    )
    return draw(
        SheetPlan("code here", columns, frozen=5, how_to=_HOW_TO), codebook, path
    )


@public
def read_coding_sheet(
    path: str | Path,
    codebook: Codebook,
    segments: pd.DataFrame | None = None,
    *,
    coder: str | None = None,
) -> pd.DataFrame:
    """Read what a person marked in a coding sheet.

    The order of rows, added columns, blanks and case do not matter; x, TRUE, 1 or ✓ is yes.
    What is no answer leaves its theme open in its passage; a row that contradicts itself
    counts as not read. If the codebook has changed since the sheet was made, or texts
    have, a warning says so.

    Parameters
    ----------
    segments
        The segments that the sheet was made of; ids and texts are compared with them.
    coder
        Who filled it in; otherwise as the column `coder` says, or `human`.

    Returns
    -------
    pandas.DataFrame
        Codings with status `human`, `no_theme` where nothing applies, and `suggestion`,
        `notes`, `coded_at` (when the workbook was saved last, where that is known),
        `asked` (the themes that a row answers, between semicolons; empty for all) and
        `fingerprint` (of the words) beside them. `attrs["problems"]` lists what was left
        out: `line`, `problem`, `advice`, `unit`.

    Warns
    -----
    EmpathyInsightsWarning
        Something was left out, or should be known.

    Raises
    ------
    TableError
        The file is no coding sheet.
    """
    codings = read_marks(path, codebook, segments, coder=coder)
    warn_of(path, codings.attrs["problems"])
    return codings


def read_marks(
    path: str | Path,
    codebook: Codebook,
    segments: pd.DataFrame | None = None,
    *,
    coder: str | None = None,
    unnamed: str = "human",
) -> pd.DataFrame:
    """Read a coding sheet as `read_coding_sheet` does, and warn of nothing.

    Parameters
    ----------
    unnamed
        Who filled in the rows of which nothing says who did.
    """
    sheet = read_filled(path, ["segment_id", NOTHING])
    coders = sheet.column("coder").replace("", unnamed)
    if coder is not None:
        coders = coders.map(lambda _: coder)
    codings, left_out = codings_of(sheet, codebook, segments, coders)
    known = [*cautions(sheet, codebook), *_curious(sheet, codings, segments)]
    codings.attrs["problems"] = problems_of(sheet, left_out, known)
    return codings


def _curious(
    sheet: Filled, codings: pd.DataFrame, segments: pd.DataFrame | None
) -> Iterator[tuple[str, str]]:
    """Yield what can be read and should be known, and what to do."""
    marked = sheet.column("segment_id").isin(codings["segment_id"])
    waiting = int(((sheet.column("notes") != "") & ~marked).sum())
    if waiting:
        n = f"{waiting} rows hold" if waiting > 1 else "1 row holds"
        yield (
            f"{n} notes and no mark, which counts as not read",
            f"write yes under {NOTHING!r} where no theme is there",
        )
    moved = 0 if segments is None else _other_words(sheet, marked, segments)
    if moved:
        n = f"{moved} coded rows hold" if moved > 1 else "1 coded row holds"
        yield (
            f"{n} other words than the segments",
            "see whether the sheet was sorted in part, or made from other segments",
        )


def _other_words(sheet: Filled, marked: pd.Series, segments: pd.DataFrame) -> int:
    if sheet.find("text") is None:
        return 0
    ids = sheet.column("segment_id")[marked]
    words = segments.set_index("segment_id")["text"]
    now = folded(ids.map(words))
    return int((folded(sheet.column("text")[marked]) != now).sum())


def _reading(rows: pd.DataFrame) -> list[Column]:
    """Return the columns that a coder reads."""
    return [
        Column("segment_id", rows["segment_id"].tolist(), 12, is_quiet=True),
        Column("document", document_of(rows).tolist(), 12, is_quiet=True),
        Column("question", context(rows, "question"), 24, is_quiet=True),
        Column("before", context(rows, "before", unlike="question"), 24, is_quiet=True),
        Column("text", rows["text"].map(shown).tolist(), 56),
    ]


def context(rows: pd.DataFrame, name: str, *, unlike: str = "") -> list[str]:
    """Return the end of what was asked or said before, once where both are the same."""
    if name not in rows.columns:
        return [""] * len(rows)
    texts = rows[name].map(shown).astype("str")
    ends = texts.where(texts.str.len() <= _TAIL, "… " + texts.str[-_TAIL:])
    if unlike in rows.columns:
        ends = ends.mask(rows[name] == rows[unlike], "")
    return list(ends)


def _marking(codebook: Codebook, n: int) -> list[Column]:
    """Return the columns that a coder fills in."""
    empty = [""] * n
    themes = [
        Column(label(theme), empty, 7, tuple(ANSWERS), is_open=True, is_upright=True)
        for theme in codebook.main_themes
    ]
    yes = [
        Column(head, empty, 7, ("yes",), is_open=True, is_upright=True)
        for head in (NOTHING, SUGGESTION)
    ]
    return [*themes, *yes, Column("notes", empty, 36, is_open=True)]


def _found(rows: pd.DataFrame, codings: pd.DataFrame) -> list[str]:
    """Return the themes that a machine gave each segment, `?` after a suggestion."""
    codings = CODINGS.completed(codings)
    kept = codings[(codings["status"] != "rejected") & (codings["theme"] != NO_THEME)]
    is_open = kept["status"] == "suggested"
    named = kept["theme"].where(~is_open, kept["theme"] + "?")
    themes = named.drop_duplicates().groupby(kept["segment_id"]).agg(", ".join)
    return list(rows["segment_id"].map(themes).fillna(""))
