"""Paragraphs and tables, of a document or a page, to turns, answers or passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from empathy_insights.errors import TranscriptError
from empathy_insights.files.table import Table
from empathy_insights.labels import is_front_matter, is_label, label_key
from empathy_insights.readers.dialog.asked_tables import asked_rows
from empathy_insights.readers.dialog.empathy_maps import map_lines
from empathy_insights.readers.dialog.heads import head_lines, is_fact
from empathy_insights.readers.plain import Stress, from_text
from empathy_insights.readers.surveys.grids import (
    Grid,
    grid_columns,
    grid_pieces,
    without_people,
)
from empathy_insights.readers.surveys.long_survey import (
    LongColumns,
    asked_pieces,
    long_columns,
)
from empathy_insights.readers.surveys.no_answers import lists_items
from empathy_insights.readers.surveys.refusals import without_refusals
from empathy_insights.readers.surveys.survey import is_survey, read_answers
from empathy_insights.readers.surveys.turn_table import turn_columns, turn_pieces
from empathy_insights.readers.transcript import (
    Piece,
    Remark,
    Source,
    Transcript,
    compose,
)

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficeBlock:
    """Hold a paragraph, or a table of rows; only one of them is filled.

    Parameters
    ----------
    n_bold
        How many code points at the head of a paragraph are bold, before others that
        are not.
    is_bold
        Whether a paragraph is bold throughout.
    merged
        (row, column) of cells that are one with the cell above.
    """

    text: str = ""
    rows: tuple[Row, ...] = ()
    is_heading: bool = False
    n_bold: int = 0
    is_bold: bool = False
    merged: frozenset[tuple[int, int]] = frozenset()


def from_blocks(
    source: Source, blocks: Sequence[OfficeBlock], remarks: tuple[Remark, ...] = ()
) -> Transcript:
    """Read `Name: words` paragraphs, or a table of speakers and words.

    Raises
    ------
    TranscriptError
        There are no words in the blocks.
    """
    if not any(_words_of(block) for block in blocks):
        raise TranscriptError("the file is empty", path=source.path)
    if any(map(_is_talk, blocks)):
        text, turns, more = compose(_pieces(blocks))
        grids = [grid for block in blocks if (grid := _grid(block.rows)) is not None]
        more += tuple(chain.from_iterable(map(without_people, grids)))
        return Transcript(source.path, "interview", text, turns, remarks + more)
    answers = [n for n, block in enumerate(blocks) if _is_survey(block.rows)]
    if len(answers) == 1:
        return _answers(source, blocks, answers[0], remarks)
    lines, stress = _lines(list(chain.from_iterable(map(_as_lines, blocks))))
    return from_text(source, "\n".join(lines), remarks, stress=stress, by_line=True)


def _as_lines(block: OfficeBlock) -> list[OfficeBlock]:
    """Write a table of facts as a head, and one that asks and answers as paragraphs."""
    if drawn := map_lines(block.rows):
        return list(map(OfficeBlock, drawn))
    return [
        OfficeBlock(told.line, is_heading=told.is_heading, is_bold=told.asks)
        for told in asked_rows(block.rows)
    ] or [_as_head(block)]


def _as_head(block: OfficeBlock) -> OfficeBlock:
    """Write a table of facts as the lines of a head: `Student`, below or beside it `Lena`."""
    rows = block.rows
    ways = [list(zip(*rows, strict=True))] if _are_even(rows, n_rows=2) else []
    ways += [list(rows)] if _are_even(rows, n_cells=2) else []
    for pairs in ways:
        told = [(key.strip().rstrip(":"), said.strip()) for key, said in pairs]
        lines = [f"{key}: {said}" for key, said in told if said]
        is_head = (
            len(lines) > 1
            and all(map(is_fact, lines))
            and any(is_front_matter(key) for key, _ in told)
            and head_lines("\n".join([*lines, "", "."])) == len(lines)
        )
        if is_head:
            return OfficeBlock("\n".join(lines))
    return block


def _are_even(rows: Sequence[Row], *, n_rows: int = 0, n_cells: int = 0) -> bool:
    lengths = set(map(len, rows))
    is_long = len(rows) == n_rows if n_rows else len(rows) > 1
    return is_long and len(lengths) == 1 and (not n_cells or lengths == {n_cells})


def text_of(blocks: Sequence[OfficeBlock]) -> str:
    """Return what stands in the blocks, a line a paragraph, whoever says it."""
    return "\n".join(_lines(blocks)[0])


def _is_survey(rows: Sequence[Row]) -> bool:
    is_list = not rows or lists_items(rows[0])
    return not is_list and len(rows) > 1 and is_survey(rows[0], rows[1:])


def _answers(
    source: Source, blocks: Sequence[OfficeBlock], at: int, remarks: tuple[Remark, ...]
) -> Transcript:
    """Read a table with a row a person, and a question at the head of a column."""
    lengths = (len(_rows_of(block)) for block in blocks)
    firsts = list(accumulate(lengths, initial=1))[:-1]
    header, *rows = blocks[at].rows
    lines = tuple(range(firsts[at] + 1, firsts[at] + 1 + len(rows)))
    beside = [
        Piece(words, line=line, outside="text beside the table of answers is")
        for n, (line, block) in enumerate(zip(firsts, blocks, strict=True))
        if n != at and (words := "\n".join(_rows_of(block)))
    ]
    merged = frozenset((firsts[at] + row, place) for row, place in blocks[at].merged)
    table = Table(header, tuple(rows), lines, remarks=remarks, merged=merged)
    return read_answers(source, without_refusals(source, table), beside)


def _lines(blocks: Sequence[OfficeBlock]) -> tuple[list[str], Stress]:
    """Return the lines, and what the format itself sets apart among them."""
    lines: list[str] = []
    headings: set[int] = set()
    bold: set[int] = set()
    runs: dict[int, int] = {}
    for block in blocks:
        first = len(lines) + 1
        lines += [line for row in _rows_of(block) for line in row.split("\n")]
        if block.is_heading:
            headings |= set(range(first, len(lines) + 1))
        elif block.text.strip():
            runs[first] = block.n_bold
            bold |= {first} if block.is_bold else set()
    return lines, Stress(frozenset(headings), frozenset(bold), runs)


def _rows_of(block: OfficeBlock) -> list[str]:
    """Return the rows of a table, cells apart by tabs, or the one of a paragraph."""
    return ["\t".join(row) for row in block.rows] or [block.text]


def _words_of(block: OfficeBlock) -> str:
    return block.text.strip() or "".join(map("".join, block.rows)).strip()


def _is_talk(block: OfficeBlock) -> bool:
    rows = block.rows
    return _has_speakers(rows) or _asked(rows) is not None or _grid(rows) is not None


def _asked(rows: Sequence[Row]) -> LongColumns | None:
    """Return which columns of a table are questions and answers, if any are."""
    return long_columns(rows[0], rows[1:]) if len(rows) > 1 else None


def _grid(rows: Sequence[Row]) -> Grid | None:
    """Return which columns of a table are questions and people, if it is a grid."""
    is_even = len(rows) > 1 and len({len(row) for row in rows}) == 1
    if not is_even or _asked(rows) is not None:
        return None
    return grid_columns(rows[0], rows[1:])


def _has_speakers(rows: Sequence[Row]) -> bool:
    """Return whether a table is one of turns: by its heads, or by labels that repeat."""
    if not rows or lists_items(rows[0]):
        return False
    if turn_columns(rows[0]):
        return True
    labels = [
        row[0].strip().rstrip(":") for row in rows if len(row) > 1 and row[0].strip()
    ]
    keys = {label_key(label) for label in labels}
    return len(keys) < len(labels) and all(map(is_label, labels))


def _pieces(blocks: Sequence[OfficeBlock]) -> Iterator[Piece]:
    outside = "text beside the table of turns is"
    has_speakers = any(_has_speakers(block.rows) for block in blocks)
    line = 0
    for block in blocks:
        line += 1
        columns = _asked(block.rows)
        if columns is not None:
            yield from asked_pieces(block.rows, line, columns)
        elif (grid := _grid(block.rows)) is not None:
            lines = range(line + 1, line + len(block.rows))
            yield from grid_pieces(block.rows[0], block.rows[1:], lines, grid)
        elif block.rows and has_speakers:
            yield from turn_pieces(block.rows, line)
        else:
            for number, row in enumerate(_rows_of(block), start=line):
                yield Piece(row, line=number, outside=outside)
        line += max(len(block.rows) - 1, 0)
