"""The tables that travel between stages: their columns, keys and types, checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal, Protocol

import pandas as pd
from pandas.api import types

from empathy_insights.errors import TableError

Kind = Literal["text", "whole", "number", "flag"]

_IS_KIND = {
    "text": types.is_string_dtype,
    "whole": types.is_integer_dtype,
    "number": types.is_numeric_dtype,
    "flag": types.is_bool_dtype,
}
_DTYPE = {"text": "str", "whole": "int64", "number": "float64", "flag": "bool"}
_CALLED = {
    "text": "text",
    "whole": "whole numbers",
    "number": "numbers",
    "flag": "true or false",
}


@dataclass(frozen=True)
class Schema:
    """Describe one table.

    Parameters
    ----------
    name
        What error messages call the table.
    columns
        Column name -> kind of its values. Other columns ride along untouched.
    key
        The columns that identify a row.
    may_miss
        Columns whose values may be missing.
    usual
        What stands in columns that a table of somebody's own need not have.
    choices
        Column name -> what may stand there.
    """

    name: str
    columns: Mapping[str, Kind]
    key: tuple[str, ...]
    may_miss: frozenset[str] = field(default_factory=frozenset)
    usual: Mapping[str, object] = field(default_factory=dict)
    choices: Mapping[str, Collection[str]] = field(default_factory=dict)

    def frame(self, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
        """Build a checked table from rows, with the right types also when it is empty."""
        rows = list(rows)
        extra = list(dict.fromkeys(name for row in rows for name in row))
        names = [*self.columns, *(name for name in extra if name not in self.columns)]
        frame = pd.DataFrame(rows, columns=names)
        return self.check(
            frame.astype({name: _DTYPE[kind] for name, kind in self.columns.items()})
        )

    def check(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the table itself, or raise `TableError` listing all that is wrong.

        Raises
        ------
        TableError
            A column is missing or of the wrong kind, a value is missing where one must
            be, or a key occurs twice.
        """
        self._check_columns(frame, self.columns)
        wrong = [
            *self._wrong_kinds(frame),
            *self._gaps(frame),
            *self._strange(frame),
            *self._repeats(frame),
        ]
        if wrong:
            raise TableError(f"the {self.name} table is not usable: {'; '.join(wrong)}")
        return frame

    def completed(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a table that somebody brings with what is usual where it lacks a column.

        Raises
        ------
        TableError
            As `check`.

        Examples
        --------
        >>> own = pd.DataFrame({"segment_id": ["d:1.1"], "theme": ["bus"]})
        >>> CODINGS.completed(own)[["theme", "coder", "status"]]
          theme  coder status
        0   bus  human  human
        """
        self._check_columns(frame, [k for k in self.columns if k not in self.usual])
        absent = {k: v for k, v in self.usual.items() if k not in frame.columns}
        added = {
            name: pd.Series(value, index=frame.index, dtype=_DTYPE[self.columns[name]])
            for name, value in absent.items()
        }
        return self.check(frame.assign(**added) if added else frame)

    def _check_columns(self, frame: pd.DataFrame, needed: Iterable[str]) -> None:
        twice = frame.columns[frame.columns.duplicated()].intersection([*self.columns])
        if len(twice):
            raise TableError(
                f"two columns of the {self.name} table are called {twice[0]!r}"
            )
        absent = [name for name in needed if name not in frame.columns]
        if absent:
            found = ", ".join(map(str, frame.columns)) or "none"
            raise TableError(
                f"the {self.name} table lacks {_and(absent)}; its columns are: {found}"
            )

    def _strange(self, frame: pd.DataFrame) -> list[str]:
        return [
            f"{name!r} is none of {', '.join(known)} in {n} rows"
            for name, known in self.choices.items()
            if (n := int((~frame[name].isin(known) & frame[name].notna()).sum()))
        ]

    def _wrong_kinds(self, frame: pd.DataFrame) -> list[str]:
        return [
            f"{name!r} must hold {_CALLED[kind]}, not {frame[name].dtype}"
            for name, kind in self.columns.items()
            if len(frame) and not _IS_KIND[kind](frame[name])
        ]

    def _gaps(self, frame: pd.DataFrame) -> list[str]:
        return [
            f"{name!r} is missing in {n} rows"
            for name in self.columns
            if name not in self.may_miss and (n := int(frame[name].isna().sum()))
        ]

    def _repeats(self, frame: pd.DataFrame) -> list[str]:
        n = int(frame.duplicated(list(self.key)).sum())
        return [f"{_and(self.key)} repeats in {n} rows"] if n else []


class Listing(Protocol):
    """Know its name, and which themes it has, as a codebook does."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    def __contains__(self, theme: object) -> bool:
        """Return whether this is the id of one of its themes."""
        ...


def check_themes(codings: pd.DataFrame, codebook: Listing | None) -> None:
    """Refuse people's codings of themes that a codebook does not have: they would count 0.

    Raises
    ------
    TableError
        There are some.
    """
    if codebook is None:
        return
    theirs = codings.loc[codings["status"].isin(BY_PEOPLE), "theme"]
    lost = [one for one in theirs.unique() if one != NO_THEME and one not in codebook]
    if n := int(theirs.isin(lost).sum()):
        raise TableError(
            f"{n} codings by people are of themes that the codebook {codebook.name!r} does "
            "not have; give the codebook that was coded with, or read_codings(), which "
            "knows themes by their names"
        )


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of plain values, None where one is missing.

    Examples
    --------
    >>> plain(pd.DataFrame({"of": [1.0, None]}))["of"].tolist()
    [1.0, None]
    """
    return table.astype(object).where(table.notna(), None)


def as_html(said: str, table: pd.DataFrame) -> str:
    """Return a sentence and a table for a notebook, with every sign in them inert.

    Examples
    --------
    >>> as_html("<b>", pd.DataFrame({"a": [1]})).splitlines()[0]
    '<p>&lt;b&gt;</p>'
    """
    lines = "<br>".join(map(escape, said.splitlines()))
    return f"<p>{lines}</p>\n{table.to_html(index=False, na_rep='', border=0)}"


def _and(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names)


ROLES = (
    "student", "family", "teacher", "staff", "school_leader", "network_leader",
    "community", "mixed", "unknown",
)  # fmt: skip
KINDS = ("interview", "focus_group", "notes", "survey")
NO_THEME = "no_theme"  # a person has read the segment, and no theme applies
COUNTED = ("human", "accepted", "auto")
FIRST_LOOK, PARTLY_CHECKED, CHECKED = "first look", "partly checked", "checked"
STATES = (
    FIRST_LOOK,
    PARTLY_CHECKED,
    CHECKED,
)  # how far people have read what is counted
STATUSES = (*COUNTED, "suggested", "rejected")
BY_PEOPLE = ("human", "accepted", "rejected")
STANCES = ("need", "asset", "mixed", "neutral")

DOCUMENTS = Schema(
    "documents",
    {
        "document_id": "text", "path": "text", "kind": "text", "date": "text",
        "round": "text", "site": "text", "language": "text", "sha256": "text",
        "text": "text",
    },
    key=("document_id",),
    may_miss=frozenset({"date", "round", "site", "language"}),
)  # fmt: skip

PARTICIPANTS = Schema(
    "participants",
    {"participant_id": "text", "role": "text", "priority_group": "text"},
    key=("participant_id",),
    may_miss=frozenset({"priority_group"}),
)

UTTERANCES = Schema(
    "utterances",
    {
        "utterance_id": "text", "document_id": "text", "position": "whole",
        "speaker": "text", "participant_id": "text", "is_facilitator": "flag",
        "question_id": "text", "start_s": "number", "end_s": "number",
        "start": "whole", "end": "whole", "text": "text",
    },
    key=("utterance_id",),
    may_miss=frozenset({"speaker", "participant_id", "question_id", "start_s", "end_s"}),
)  # fmt: skip

PROBLEMS = Schema(
    "problems",
    {
        "path": "text", "line": "number", "problem": "text", "advice": "text",
        "document_id": "text", "start": "number", "end": "number",
    },
    key=("path", "line", "problem"),
    may_miss=frozenset({"line", "document_id", "start", "end"}),
)  # fmt: skip

READING = Schema(
    "reading",
    {
        "path": "text", "document_id": "text", "format": "text", "kind": "text",
        "turns": "whole", "speakers": "whole", "facilitator": "whole",
        "facilitator_why": "text", "with_times": "number", "words": "whole",
        "words_in_turns": "number", "words_kept": "number", "language": "text",
        "problems": "whole",
    },
    key=("path",),
    may_miss=frozenset({
        "document_id", "format", "kind", "facilitator_why", "with_times",
        "words_in_turns", "words_kept", "language",
    }),
)  # fmt: skip

SEGMENTS = Schema(
    "segments",
    {
        "segment_id": "text", "utterance_id": "text", "start": "whole", "end": "whole",
        "text": "text",
    },
    key=("segment_id",),
)  # fmt: skip

CODINGS = Schema(
    "codings",
    {
        "segment_id": "text", "theme": "text", "coder": "text", "status": "text",
        "score": "number", "method": "text", "evidence_start": "number",
        "evidence_end": "number", "stance": "text", "codebook_sha256": "text",
    },
    key=("segment_id", "theme", "coder"),
    may_miss=frozenset({"score", "evidence_start", "evidence_end", "stance"}),
    usual={
        "coder": "human", "status": "human", "score": None, "method": "not told",
        "evidence_start": None, "evidence_end": None, "stance": None,
        "codebook_sha256": "",
    },
    choices={"status": STATUSES},
)  # fmt: skip

TOPICS = Schema(
    "topics",
    {"segment_id": "text", "topic": "whole", "strength": "number"},
    key=("segment_id",),
)

THEMES = Schema(
    "themes",
    {
        "theme": "text", "name": "text", "people": "whole", "low": "number",
        "high": "number", "of": "whole", "read": "whole", "state": "text",
        "share": "number", "share_low": "number", "share_high": "number",
        "verbal": "text", "documents": "whole", "groups": "whole", "segments": "whole", "human": "whole",
        "accepted": "whole", "auto": "whole", "suggested": "whole",
        "share_of_words": "number", "roles": "text", "status": "text",
    },
    key=("theme",),
    may_miss=frozenset({
        "low", "high", "share", "share_low", "share_high", "share_of_words",
    }),
)  # fmt: skip

_OF_PEOPLE = {
    "participant_id", "role", "priority_group", "name", "language", "round", "site",
}  # fmt: skip
TAKEN = frozenset(
    name
    for schema in (DOCUMENTS, UTTERANCES, SEGMENTS, CODINGS, TOPICS, THEMES)
    for name in schema.columns
    if name not in _OF_PEOPLE
)
"""What a group column of the participants may not be called, beside these tables."""


def rows_of(table: pd.DataFrame, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Go through some columns row by row; strings of Arrow are slow to go through as they are.

    Examples
    --------
    >>> list(rows_of(pd.DataFrame({"theme": ["bus"], "people": [3]}), ["people", "theme"]))
    [(3, 'bus')]
    """
    some = (table[column].astype("object").tolist() for column in columns)
    return zip(*some, strict=True)


# Tables that are made once of the same input.


Frames = Mapping[str, pd.DataFrame]


class Remember(Protocol):
    """Make tables, or return what was made of the same input before."""

    def __call__(
        self, stage: str, inputs: Sequence[object], make: Callable[[], Frames]
    ) -> Frames:
        """Return the tables of a stage."""
        ...

    def begin(
        self, stage: str, inputs: Sequence[object], make: Callable[[], object]
    ) -> None:
        """Let what will be asked for be made beside this process, where it can be."""
        ...

    def known(self, stage: str, inputs: Sequence[object]) -> Frames | None:
        """Return the tables that were kept of a stage, if any were."""
        ...

    def keep(self, stage: str, inputs: Sequence[object], frames: Frames) -> None:
        """Keep the tables of a stage in the place of earlier ones."""
        ...


def by_number(value: object) -> str:
    """Return what to order groups by, so that 9th comes before 10th.

    Examples
    --------
    >>> sorted(["10th", "9th", "PreK"], key=by_number)
    ['9th', '10th', 'PreK']
    """
    return re.sub(r"\d+", lambda number: number.group().zfill(9), str(value))
