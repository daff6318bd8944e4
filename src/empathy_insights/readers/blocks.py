"""Paragraphs and tables of a word processor's document to turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from empathy_insights.errors import TranscriptError
from empathy_insights.readers.labels import is_label, label_key
from empathy_insights.readers.model import Piece, Remark, Source, Transcript, compose
from empathy_insights.readers.plain import Stress, from_text
from empathy_insights.readers.turn_table import turn_columns, turn_pieces

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Hold a paragraph, or a table of rows; only one of them is filled.

    Parameters
    ----------
    n_bold
        How many code points at the head of a paragraph are bold, before others that
        are not.
    is_bold
        Whether a paragraph is bold throughout.
    """

    text: str = ""
    rows: tuple[Row, ...] = ()
    is_heading: bool = False
    n_bold: int = 0
    is_bold: bool = False


def from_blocks(
    source: Source, blocks: Sequence[Block], remarks: tuple[Remark, ...] = ()
) -> Transcript:
    """Read `Name: words` paragraphs, or a table of speakers and words.

    Raises
    ------
    TranscriptError
        There are no words in the blocks.
    """
    if not any(_words_of(block) for block in blocks):
        raise TranscriptError("the file is empty", path=source.path)
    if any(block.rows and _has_speakers(block.rows) for block in blocks):
        text, turns, more = compose(_pieces(blocks))
        return Transcript(source.path, "interview", text, turns, remarks + more)
    lines, stress = _lines(blocks)
    return from_text(source, "\n".join(lines), remarks, stress=stress, by_line=True)


def _lines(blocks: Sequence[Block]) -> tuple[list[str], Stress]:
    """Return the lines, and what the format itself sets apart among them."""
    lines: list[str] = []
    headings: set[int] = set()
    bold: set[int] = set()
    runs: dict[int, int] = {}
    for block in blocks:
        first = len(lines) + 1
        rows = ["\t".join(row) for row in block.rows] or [block.text]
        lines += [line for row in rows for line in row.split("\n")]
        if block.is_heading:
            headings |= set(range(first, len(lines) + 1))
        elif block.text.strip():
            runs[first] = block.n_bold
            bold |= {first} if block.is_bold else set()
    return lines, Stress(frozenset(headings), frozenset(bold), runs)


def _words_of(block: Block) -> str:
    return block.text.strip() or "".join(map("".join, block.rows)).strip()


def _has_speakers(rows: Sequence[Row]) -> bool:
    """Tell a table of turns by its heads, or by a first column of labels that repeat."""
    if turn_columns(rows[0]):
        return True
    labels = [
        row[0].strip().rstrip(":") for row in rows if len(row) > 1 and row[0].strip()
    ]
    keys = {label_key(label) for label in labels}
    return len(keys) < len(labels) and all(map(is_label, labels))


def _pieces(blocks: Sequence[Block]) -> Iterator[Piece]:
    line = 0
    for block in blocks:
        line += 1
        if not block.rows:
            outside = "text beside the table of turns is"
            yield Piece(block.text, line=line, outside=outside)
            continue
        yield from turn_pieces(block.rows, line)
        line += len(block.rows) - 1
