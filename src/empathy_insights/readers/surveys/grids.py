"""Grids: questions down the side, and a column for each person who answers them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from empathy_insights.files.table import is_unnamed
from empathy_insights.labels import ASKS, is_label, is_perhaps_a_label
from empathy_insights.lexicon import QUESTION, fold_head, says_asker, says_no_answer
from empathy_insights.readers.dialog.stamps import is_data
from empathy_insights.readers.surveys.survey_columns import asks_for_words
from empathy_insights.readers.transcript import Piece, Remark
from empathy_insights.roles import role_in

_MOST_VOICES = 13
_SOME_WORDS = 3
_BETWEEN_WORDS = re.compile(r"[/\\|→↓]")  # `Question / Name` in a corner
_BESIDE_NAME = re.compile(r"\s+[-–—|/]\s+|,\s+")  # `R. Imani - counselor`
_NO_PEOPLE = Remark(
    "questions stand down the side of a table, and no head of a column says who answers, so its "
    "words count by document and not by people",
    "write at the head of each column who says what is below it",
)
_PERHAPS_PEOPLE = Remark(
    "each row of a table was taken for a person, and the heads of its columns for questions",
    "if the heads are people, write Question above the first column",
)


@dataclass(frozen=True, slots=True)
class Grid:
    """Name the places of the questions and of those who answer in a row.

    Parameters
    ----------
    asked
        The column of questions.
    voices
        The columns of people; none where no head says who they are.
    """

    asked: int
    voices: tuple[int, ...]


def grid_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid | None:
    """Return which column holds what was asked and which what somebody answers, if one does.

    The column of questions may have no head: the corner of a table of people.

    Examples
    --------
    >>> grid_columns(["", "Ana (PE)", "Notes"], [["What helps?", "The band helps me", ""]])
    Grid(asked=0, voices=(1,))
    """
    asking = [n for n, head in enumerate(header) if _asks(head)]
    if not asking and header and is_unnamed(header[0]):
        asking = [0]
    if len(asking) != 1 or not 1 < len(header) <= _MOST_VOICES:
        return None
    at = asking[0]
    if not _are_asked([row[at] for row in rows]) or not _are_told(rows, at):
        return None
    voices = tuple(n for n, head in enumerate(header) if n != at and _is_voice(head))
    if says_asker(header[at]):
        all_speak = len(voices) == len(header) - 1 and is_label(header[at])
        return Grid(at, tuple(range(len(header)))) if all_speak else None
    return Grid(at, voices)


def _asks(head: str) -> bool:
    parts = map(fold_head, _BETWEEN_WORDS.split(head))
    return says_asker(head) or any(part in QUESTION for part in parts)


def _are_asked(cells: Sequence[str]) -> bool:
    said = [cell for cell in cells if cell.strip()]
    asked = sum(bool(ASKS.search(c)) or asks_for_words(c) for c in said)
    return 2 * asked >= len(said) > 0


def _are_told(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Return whether the cells beside the questions hold words, no numbers or ticks."""
    told = [c for row in rows for n, c in enumerate(row) if n != at and c.strip()]
    return sum(len(cell.split()) for cell in told) >= _SOME_WORDS * len(told) > 0


def _is_voice(head: str) -> bool:
    """Return whether a head is somebody: a name, also with what they are, or a role."""
    if is_unnamed(head):
        return False
    name = _BESIDE_NAME.split(head, maxsplit=1)[0]
    return is_label(name) or (is_perhaps_a_label(head) and role_in(head) is not None)


def grid_pieces(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    lines: Sequence[int],
    grid: Grid,
) -> Iterator[Piece]:
    """Yield each question and what each column answers, row by row.

    Where no head is a voice, nobody is known to say what is in the cells; beside voices,
    a column of another kind is notes.
    """
    for row, line in zip(rows, lines, strict=True):
        for n, (head, cell) in enumerate(zip(header, row, strict=True)):
            if n == grid.asked and n not in grid.voices:
                yield Piece(cell, line=line, is_prompt=True)
            elif says_no_answer(cell):
                yield Piece(cell, line=line, outside="a cell without an answer is")
            elif n in grid.voices:
                yield Piece(cell, head, line)
            elif grid.voices:
                yield Piece(cell, line=line, outside="a further cell of a table is")
            else:
                yield Piece(cell, line=line)


def without_people(grid: Grid) -> Iterator[Remark]:
    """Say that nobody is named at the heads of a grid."""
    if not grid.voices:
        yield _NO_PEOPLE


def perhaps_a_grid(
    columns: Mapping[str, Sequence[str]], questions: Sequence[str]
) -> Iterator[Remark]:
    """Say that what was read as a row a person may be a column a person."""
    side = next(iter(columns.values()))
    filled = [cell for cell in side if cell.strip()]
    differ = len(set(filled)) == len(side) and not any(map(is_data, filled))
    asked = any(ASKS.search(head) or asks_for_words(head) for head in questions)
    heads = [head for head in questions if _is_voice(head)]
    if differ and not asked and 1 < len(heads) == len(questions):
        yield _PERHAPS_PEOPLE
