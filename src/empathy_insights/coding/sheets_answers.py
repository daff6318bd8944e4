"""From the marks in a coding sheet to codings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.sheets_cells import (
    ANSWERS,
    bracketed,
    fold,
    folded,
    theme_names,
)
from empathy_insights.coding.sheets_filled import Filled, made_with, refuse
from empathy_insights.tables import CODINGS, NO_THEME

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
    sheet: Filled, book: Codebook, segments: pd.DataFrame | None, coder: str | None
) -> pd.DataFrame:
    """Return the codings that a sheet holds, or name every cell that holds none."""
    themes = dict(_theme_columns(sheet, book))
    marks = sheet.cells[list(themes)].map(fold)
    yes = {head: sheet.column(head).map(fold) for head in (_NOTHING, _SUGGESTION)}
    marked = (marks != "").any(axis="columns") | (yes[_NOTHING] == "yes")
    refuse(
        sheet,
        [
            *_unknown_themes(sheet, book),
            *_twice(sheet, themes),
            *_bad_marks(sheet, marks),
            *_bad_yes(sheet, yes),
            *_contradictions(sheet, marks, yes, marked),
            *_bad_ids(sheet, marked, segments),
        ],
    )
    return _table(sheet, book, _stances(marks, themes, yes[_NOTHING]), coder)


def _theme_columns(sheet: Filled, book: Codebook) -> Iterator[tuple[str, str]]:
    """Yield the columns that belong to a theme, by its id in brackets, id or name."""
    names = theme_names(book)
    for letter, head in sheet.heads.items():
        theme = bracketed(head) or names.get(fold(head))
        if theme in book and fold(head) not in _FIXED:
            yield letter, str(theme)


def _unknown_themes(sheet: Filled, book: Codebook) -> Iterator[Problem]:
    for letter, head in sheet.heads.items():
        theme = bracketed(head)
        if theme is None or theme in book or (sheet.cells[letter] == "").all():
            continue
        place = sheet.place(letter)
        yield (
            0,
            f"{place}: the codebook {book.id!r} has no theme {theme[:_SHOWN]!r}; "
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
    """Tell an id from words that slipped into its column, which no error may show."""
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
    sheet: Filled, book: Codebook, marks: pd.DataFrame, coder: str | None
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
            "codebook_sha256": rows.map(made_with(sheet, book)),
            "suggestion": rows.map(sheet.column(_SUGGESTION).map(fold) == "yes"),
            "notes": rows.map(sheet.column("notes").replace("", None)),
            "coded_at": rows.map(saved_at),
        }
    )
    texts = [name for name, kind in CODINGS.columns.items() if kind == "text"]
    made = made.astype(dict.fromkeys([*texts, "notes", "coded_at"], "str"))
    made = made.astype({"suggestion": "bool"})
    return CODINGS.check(made.sort_values(list(CODINGS.key), ignore_index=True))
