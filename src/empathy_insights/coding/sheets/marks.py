"""From the marks in a coding sheet to codings, and what had to be left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.review.fingerprints import fingerprint
from empathy_insights.coding.sheets.filled import (
    ANSWERS,
    NO,
    UNREAD,
    Filled,
    LeftOut,
    answer_in,
    bracketed,
    fold,
    label,
    made_with,
    named_before,
    theme_names,
)
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS, NO_THEME

NOTHING, SUGGESTION = "nothing applies", "suggestion"
_FIXED = frozenset({
    "segment_id", "document", "question", "before", "text", NOTHING, SUGGESTION,
    "notes", "coder", "coded_at", "machine", "codebook_sha256",
})  # fmt: skip
_NAMED, _ALIKE = 3, 0.75  # themes that are named, and how alike two names are
_OPEN, _NOT_READ = "the theme stays open", "the row counts as not read"


@dataclass(frozen=True)
class Marks:
    """Hold what a person marked, a row a row of the sheet.

    Parameters
    ----------
    columns
        The letter of a column -> its theme.
    given
        A column a theme: `yes`, `need`, `asset`, `mixed`, `no`, empty, or `?` for what is
        no answer.
    nothing, suggestion
        The same in these two columns.
    is_read
        The rows that say something of their passage.
    """

    columns: Mapping[str, str]
    given: pd.DataFrame
    nothing: pd.Series
    suggestion: pd.Series
    is_read: pd.Series

    @property
    def has_theme(self) -> pd.Series:
        """The rows that give a theme."""
        return self.given.isin([*ANSWERS]).any(axis="columns")


def codings_of(
    sheet: Filled, codebook: Codebook, segments: pd.DataFrame | None, coders: pd.Series
) -> tuple[pd.DataFrame, list[LeftOut]]:
    """Return the codings that a sheet holds, and what of it had to be left out.

    What is no answer leaves its theme open in its passage, and is never a no. A row that
    contradicts itself or another, or has no passage, counts as not read.

    Raises
    ------
    TableError
        No column is for a theme of the codebook.
    """
    marks = _marks(sheet, codebook)
    if not marks.columns:
        raise TableError(
            f"no column is for a theme of the codebook {codebook.name!r}; analyze with "
            "the codebook that the sheet was made with",
            path=sheet.path,
        )
    rows = [*_unclear(sheet, marks), *_without_passage(sheet, marks, segments)]
    lost = {one.row for one in rows}
    rows += _said_otherwise(sheet, marks, lost)
    lost = {one.row for one in rows}
    ids = sheet.column("segment_id")
    is_kept = marks.is_read & ~ids.index.isin(lost)
    is_kept &= ~ids.where(is_kept).duplicated()
    left_out = [
        *_columns_left(sheet, codebook, marks),
        *_cells_left(sheet, marks),
        *rows,
    ]
    return _table(sheet, codebook, marks, is_kept, coders), sorted(left_out)


# What stands in the cells.


def _marks(sheet: Filled, codebook: Codebook) -> Marks:
    columns = dict(_theme_columns(sheet, codebook))
    given: dict[str, pd.Series] = {}
    for letter, theme in columns.items():
        meant = sheet.cells[letter].map(answer_in)
        # Of two columns for one theme that differ, neither says anything.
        known = given.get(theme, meant)
        given[theme] = meant.where(meant == known, UNREAD)
    table = pd.DataFrame(given, index=sheet.cells.index, dtype="str")
    nothing, suggestion = (
        sheet.column(head).map(answer_in).where(lambda said: said.isin(["yes", NO, ""]), UNREAD)
        for head in (NOTHING, SUGGESTION)
    )  # fmt: skip
    gone = [sheet.cells[letter].map(answer_in) for letter in _gone(sheet, codebook)]
    gives = pd.concat([table, *gone], axis="columns").isin([*ANSWERS])
    refuses = (table == NO).all(axis="columns")
    is_read = gives.any(axis="columns") | refuses | (nothing == "yes")
    is_read &= ~(table == UNREAD).all(axis="columns")
    return Marks(columns, table, nothing, suggestion, is_read)


def _theme_columns(sheet: Filled, codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Yield the columns that belong to a theme, by its id in brackets, id or name."""
    names = theme_names(codebook)
    for letter, head in sheet.heads.items():
        theme = bracketed(head)
        if theme not in codebook:
            theme = names.get(fold(head)) or names.get(fold(named_before(head)))
        if theme is not None and fold(head) not in _FIXED:
            yield letter, theme


def _gone(sheet: Filled, codebook: Codebook) -> list[str]:
    """Return the columns of themes that the codebook has no more, if anything is in them."""
    known = dict(_theme_columns(sheet, codebook))
    return [
        letter
        for letter, head in sheet.heads.items()
        if letter not in known and bracketed(head) and (sheet.cells[letter] != "").any()
    ]


# What had to be left out, each with its place and what to do.


def _columns_left(sheet: Filled, codebook: Codebook, marks: Marks) -> Iterator[LeftOut]:
    for letter in _gone(sheet, codebook):
        yield LeftOut(
            0, sheet.place(letter), "column",
            f"the codebook {codebook.id!r} has no such theme",
            "give the column the name of a theme, or delete it",
        )  # fmt: skip
    first: dict[str, str] = {}
    for letter, theme in marks.columns.items():
        before = first.setdefault(theme, letter)
        meant, known = (sheet.cells[one].map(answer_in) for one in (letter, before))
        if (meant != known).any():
            yield LeftOut(
                0, sheet.place(letter), "column",
                f"column {before} is for {theme!r} too, and they differ",
                "delete one of them",
            )  # fmt: skip
    absent = [one for one in codebook.main_themes if one.id not in first]
    if absent and marks.is_read.any():
        named = ", ".join(repr(one.id) for one in absent[:_NAMED])
        more = f" and {len(absent) - _NAMED} more" if len(absent) > _NAMED else ""
        themes, stay = ("theme", "stays") if len(absent) == 1 else ("themes", "stay")
        yield LeftOut(
            0, sheet.place(), "theme",
            f"no column is for the {themes} {named}{more}, which {stay} open in all rows",
            _meant(sheet, absent, first.values())
            or "if a head was changed, write the theme's name there; else ask for a new sheet",
        )  # fmt: skip


def _meant(sheet: Filled, absent: Sequence[Theme], known: Iterable[str]) -> str:
    """Say which column is nearly called like a theme that has none, or nothing."""
    free = {
        fold(named_before(head)): letter
        for letter, head in sheet.heads.items()
        if head and letter not in set(known) and fold(head) not in _FIXED
    }
    for theme, name in (
        (one, name) for one in absent for name in (one.name, one.id, label(one))
    ):
        if near := get_close_matches(fold(name), free, n=1, cutoff=_ALIKE):
            letter = free[near[0]]
            head = sheet.heads[letter]
            return f"if column {letter} ({head!r}) is meant, write {label(theme)!r} above it"
    return ""


def _cells_left(sheet: Filled, marks: Marks) -> Iterator[LeftOut]:
    columns = {letter: sheet.cells[letter].map(answer_in) for letter in marks.columns}
    for letter, said in columns.items():
        for row in said.index[said == UNREAD]:
            yield LeftOut(
                row, sheet.place(letter, row), "cell",
                "what is written here is no answer, so "
                + (_OPEN if marks.is_read[row] else _NOT_READ),
                "write yes, need, asset or mixed, or leave it empty",
            )  # fmt: skip
    for head, said in ((NOTHING, marks.nothing), (SUGGESTION, marks.suggestion)):
        for row in said.index[said == UNREAD]:
            but = "" if marks.is_read[row] else f", so {_NOT_READ}"
            yield LeftOut(
                row, sheet.place(str(sheet.find(head)), row), "cell",
                f"what is written under {head!r} is no answer{but}",
                "write yes, or leave it empty",
            )  # fmt: skip


def _unclear(sheet: Filled, marks: Marks) -> Iterator[LeftOut]:
    """Find rows that say two things at once, or only half of what they would have to."""
    both = marks.has_theme & (marks.nothing == "yes")
    for row in both.index[both]:
        yield LeftOut(
            row, sheet.place(str(sheet.find(NOTHING)), row), "row",
            f"the row has a theme too, so {_NOT_READ}",
            "empty this cell, or the theme",
        )  # fmt: skip
    begun = (marks.given == NO).any(axis="columns") | (marks.suggestion == "yes")
    begun &= ~marks.is_read
    for row in begun.index[begun]:
        yield LeftOut(
            row, sheet.place(row=row), "row",
            f"no theme is marked, so {_NOT_READ}",
            f"mark a theme of this row, or write yes under {NOTHING!r}",
        )  # fmt: skip


def _without_passage(
    sheet: Filled, marks: Marks, segments: pd.DataFrame | None
) -> Iterator[LeftOut]:
    letter = str(sheet.find("segment_id"))
    ids = sheet.cells.loc[marks.is_read, letter]
    for row in ids.index[ids == ""]:
        yield LeftOut(
            row, sheet.place(letter, row), "row", "the segment_id is missing",
            "copy it from another sheet of the study, or read the passage again",
        )  # fmt: skip
    if segments is None:
        return
    for row in ids.index[(ids != "") & ~ids.isin(segments["segment_id"])]:
        yield LeftOut(
            row, sheet.place(letter, row), "row", "the study has no such passage",
            "see whether the cell was changed, or read the passage again",
        )  # fmt: skip


def _said_otherwise(sheet: Filled, marks: Marks, lost: set[int]) -> Iterator[LeftOut]:
    """Find rows of one passage that say different things of it."""
    letter = str(sheet.find("segment_id"))
    is_read = marks.is_read & ~marks.is_read.index.isin(list(lost))
    said = marks.given.assign(nothing=marks.nothing, suggestion=marks.suggestion)
    said = said.replace(NO, "")[is_read]
    ids = sheet.cells.loc[is_read, letter]
    for _, rows in said.groupby(ids):
        if len(rows.drop_duplicates()) > 1:
            for row in rows.index:
                other = next(one for one in rows.index if one != row)
                yield LeftOut(
                    row, sheet.place(letter, row), "row",
                    f"row {other} says otherwise of this passage, so neither counts",
                    "delete one of the two",
                )  # fmt: skip


# Codings of what is left.


def _table(
    sheet: Filled,
    codebook: Codebook,
    marks: Marks,
    is_kept: pd.Series,
    coders: pd.Series,
) -> pd.DataFrame:
    long = marks.given[is_kept].rename_axis(index="row", columns="theme")
    long = long.melt(value_name="said", ignore_index=False).reset_index()
    long = long[long["said"].isin([*ANSWERS])]
    bare = is_kept.index[is_kept & ~marks.has_theme]
    none = pd.DataFrame({"row": bare, "theme": NO_THEME, "said": "yes"})
    both = pd.concat([long, none], ignore_index=True)
    rows = both["row"]
    saved_at = sheet.column("coded_at").replace("", sheet.saved_at)
    words = sheet.column("text")
    made = pd.DataFrame(
        {
            "segment_id": rows.map(sheet.column("segment_id")),
            "theme": both["theme"],
            "coder": rows.map(coders),
            "status": "human",
            "score": float("nan"),
            "method": "read by a person",
            "evidence_start": float("nan"),
            "evidence_end": float("nan"),
            "stance": both["said"].replace(dict(ANSWERS)),
            "codebook_sha256": rows.map(made_with(sheet, codebook)),
            "suggestion": rows.map(marks.suggestion == "yes"),
            "notes": rows.map(sheet.column("notes").replace("", None)),
            "coded_at": rows.map(saved_at),
            "asked": rows.map(_asked(codebook, marks)),
            "fingerprint": rows.map(words[is_kept].map(fingerprint)),
        }
    )
    texts = [name for name, kind in CODINGS.columns.items() if kind == "text"]
    more = ["notes", "coded_at", "asked", "fingerprint"]
    made = made.astype(dict.fromkeys([*texts, *more], "str"))
    made = made.astype({"suggestion": "bool"})
    return CODINGS.check(made.sort_values(list(CODINGS.key), ignore_index=True))


def _asked(codebook: Codebook, marks: Marks) -> pd.Series:
    """Return the themes that each row answers, between semicolons; empty for all."""
    main = marks.given.columns.astype("str").str.split(".").str[0]
    is_open = (marks.given == UNREAD).T.groupby(main).any().T
    themes = [one.id for one in codebook.main_themes]
    is_open = is_open.reindex(columns=themes, fill_value=True)
    told = [
        ";".join(one for one, left in zip(themes, row, strict=True) if not left)
        if any(row)
        else ""
        for row in is_open.to_numpy(dtype=bool)
    ]
    return pd.Series(told, index=marks.given.index, dtype="str")
