"""Coding sheets: passages for people to code, as a workbook, and what they answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.coding.review.decisions import document_of, draw_sample
from empathy_insights.coding.sheets.filled import (
    ANSWERS,
    Filled,
    bracketed,
    caution,
    fold,
    folded,
    label,
    made_with,
    read_filled,
    refuse,
    shown,
    theme_names,
)
from empathy_insights.coding.sheets.paint import Column, SheetPlan, draw
from empathy_insights.tables import CODINGS, NO_THEME, SEGMENTS

# From the marks in a coding sheet to codings.


_NOTHING, _SUGGESTION = "nothing applies", "suggestion"
_FIXED = frozenset({
    "segment_id", "document", "question", "before", "text", _NOTHING, _SUGGESTION,
    "notes", "coder", "coded_at", "machine", "codebook_sha256",
})  # fmt: skip
_CHOICES = "use yes, need, asset, mixed or leave empty"
_SHOWN = 20

Problem = tuple[int, str]


def curious(
    sheet: Filled, codings: pd.DataFrame, segments: pd.DataFrame | None
) -> Iterator[str]:
    """Yield what can be read and should be known."""
    marked = sheet.column("segment_id").isin(codings["segment_id"])
    waiting = int(((sheet.column("notes") != "") & ~marked).sum())
    if waiting:
        yield f"{waiting} rows hold notes and no mark; they count as not read"
    moved = 0 if segments is None else _other_words(sheet, marked, segments)
    if moved:
        yield (
            f"{moved} coded rows hold other words than the segments; perhaps the sheet "
            "was sorted in part, or made from other segments"
        )


def codings_of(
    sheet: Filled, codebook: Codebook, segments: pd.DataFrame | None, coder: str | None
) -> pd.DataFrame:
    """Return the codings that a sheet holds, or name every cell that holds none."""
    themes = dict(_theme_columns(sheet, codebook))
    marks = sheet.cells[list(themes)].map(fold)
    yes = {head: sheet.column(head).map(fold) for head in (_NOTHING, _SUGGESTION)}
    marked = (marks != "").any(axis="columns") | (yes[_NOTHING] == "yes")
    refuse(
        sheet,
        [
            *_unknown_themes(sheet, codebook),
            *_twice(sheet, themes),
            *_bad_marks(sheet, marks),
            *_bad_yes(sheet, yes),
            *_contradictions(sheet, marks, yes, marked),
            *_bad_ids(sheet, marked, segments),
        ],
    )
    return _table(sheet, codebook, _stances(marks, themes, yes[_NOTHING]), coder)


def _theme_columns(sheet: Filled, codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Yield the columns that belong to a theme, by its id in brackets, id or name."""
    names = theme_names(codebook)
    for letter, head in sheet.heads.items():
        theme = bracketed(head) or names.get(fold(head))
        if theme in codebook and fold(head) not in _FIXED:
            yield letter, str(theme)


def _unknown_themes(sheet: Filled, codebook: Codebook) -> Iterator[Problem]:
    for letter, head in sheet.heads.items():
        theme = bracketed(head)
        if theme is None or theme in codebook or (sheet.cells[letter] == "").all():
            continue
        place = sheet.place(letter)
        yield (
            0,
            f"{place}: the codebook {codebook.id!r} has no theme {theme[:_SHOWN]!r}; "
            "delete the column, or take the brackets out of its name",
        )


def _twice(sheet: Filled, themes: Mapping[str, str]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for letter, theme in themes.items():
        if first.setdefault(theme, letter) != letter:
            place = sheet.place(letter)
            yield 0, f"{place}: column {first[theme]} is for {theme!r} already"


def _bad_marks(sheet: Filled, marks: pd.DataFrame) -> Iterator[Problem]:
    for letter in marks.columns:
        column = marks[letter]
        for row in column.index[~column.isin(["", *ANSWERS])]:
            typed = sheet.cells.loc[row, letter][:_SHOWN]
            yield row, f"{sheet.place(letter, row)}: {typed!r} is no answer; {_CHOICES}"


def _bad_yes(sheet: Filled, yes: Mapping[str, pd.Series]) -> Iterator[Problem]:
    for head, column in yes.items():
        for row in column.index[~column.isin(["", "yes"])]:
            place = sheet.place(str(sheet.find(head)), row)
            yield row, f"{place}: {head!r} takes yes, or leave it empty"


def _contradictions(
    sheet: Filled, marks: pd.DataFrame, yes: Mapping[str, pd.Series], marked: pd.Series
) -> Iterator[Problem]:
    """Find rows with themes and none, and suggestions in rows that nobody has coded."""
    both = (marks != "").any(axis="columns") & (yes[_NOTHING] == "yes")
    for row in both.index[both]:
        place = sheet.place(str(sheet.find(_NOTHING)), row)
        yield row, f"{place}: the row has a theme too; empty this cell, or the theme"
    alone = (yes[_SUGGESTION] == "yes") & ~marked
    for row in alone.index[alone]:
        place = sheet.place(str(sheet.find(_SUGGESTION)), row)
        yield row, f"{place}: mark a theme of this row, or that nothing applies"


def _bad_ids(
    sheet: Filled, marked: pd.Series, segments: pd.DataFrame | None
) -> Iterator[Problem]:
    letter = str(sheet.find("segment_id"))
    ids = sheet.cells.loc[marked, letter]
    for row in ids.index[ids == ""]:
        yield row, f"{sheet.place(letter, row)}: the segment_id is missing"
    again = ids[(ids != "") & ids.duplicated()]
    for row, name in again.items():
        first = ids.index[ids == name][0]
        yield row, f"{sheet.place(letter, row)}: row {first} codes this segment already"
    if segments is None:
        return
    lost = ids[(ids != "") & ~ids.isin(segments["segment_id"])]
    for row, name in lost.items():
        said = f" {name!r}" if _looks_like_id(name) else ""
        yield row, f"{sheet.place(letter, row)}: there is no segment{said}"


def _looks_like_id(name: str) -> bool:
    """Return whether this is an id: no error may show words that slipped into its column."""
    document, _, rest = name.rpartition(":")
    return bool(document) and " " not in name and rest.replace(".", "").isdecimal()


def _other_words(sheet: Filled, marked: pd.Series, segments: pd.DataFrame) -> int:
    if sheet.find("text") is None:
        return 0
    ids = sheet.column("segment_id")[marked]
    words = segments.set_index("segment_id")["text"]
    now = folded(ids.map(words))
    return int((folded(sheet.column("text")[marked]) != now).sum())


def _stances(
    marks: pd.DataFrame, themes: Mapping[str, str], nothing: pd.Series
) -> pd.DataFrame:
    """Return a row a mark: `row` of the sheet, `theme`, `stance`."""
    given = marks.rename(columns=themes).rename_axis(index="row", columns="theme")
    long = given.melt(value_name="stance", ignore_index=False).reset_index()
    long = long[long["stance"] != ""].replace({"stance": dict(ANSWERS)})
    empty = nothing.index[nothing == "yes"]
    none = pd.DataFrame({"row": empty, "theme": NO_THEME, "stance": "neutral"})
    return pd.concat([long, none], ignore_index=True)


def _table(
    sheet: Filled, codebook: Codebook, marks: pd.DataFrame, coder: str | None
) -> pd.DataFrame:
    rows = marks["row"]
    saved_at = sheet.column("coded_at").replace("", sheet.saved_at)
    coders = sheet.column("coder").replace("", "human")
    made = pd.DataFrame(
        {
            "segment_id": rows.map(sheet.column("segment_id")),
            "theme": marks["theme"],
            "coder": rows.map(coders) if coder is None else coder,
            "status": "human",
            "score": float("nan"),
            "method": "read by a person",
            "evidence_start": float("nan"),
            "evidence_end": float("nan"),
            "stance": marks["stance"],
            "codebook_sha256": rows.map(made_with(sheet, codebook)),
            "suggestion": rows.map(sheet.column(_SUGGESTION).map(fold) == "yes"),
            "notes": rows.map(sheet.column("notes").replace("", None)),
            "coded_at": rows.map(saved_at),
        }
    )
    texts = [name for name, kind in CODINGS.columns.items() if kind == "text"]
    made = made.astype(dict.fromkeys([*texts, "notes", "coded_at"], "str"))
    made = made.astype({"suggestion": "bool"})
    return CODINGS.check(made.sort_values(list(CODINGS.key), ignore_index=True))


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
        The file cannot be written.

    See Also
    --------
    read_codings : Reads what a person filled in.
    review_sheet : A sheet to accept or reject suggestions.

    Examples
    --------
    >>> import tempfile
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["The bus.", "My friends."]})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = coding_sheet(segments, ei.load_codebook("empathy_core"), f"{folder}/kim.xlsx")
    ...     len(read_coding_sheet(path, ei.load_codebook("empathy_core")))  # still empty
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
        Column("codebook_sha256", [codebook.sha256] * len(rows), 0),
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

    The order of rows, added columns, blanks and case do not matter. If the codebook has
    changed since the sheet was made, or texts have, a warning says so.

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
        `notes` and `coded_at` (when the workbook was saved last, where that is known)
        beside them.

    Raises
    ------
    TableError
        The file is no coding sheet, or holds cells that cannot be read; all of them are
        named.
    """
    sheet = read_filled(path, ["segment_id", "nothing applies"])
    codings = codings_of(sheet, codebook, segments, coder)
    caution(sheet, codebook, curious(sheet, codings, segments))
    return codings


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
        for head in ("nothing applies", "suggestion")
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
