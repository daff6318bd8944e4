"""Boards of sticky notes that were exported without heads: frames above or beside notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from empathy_insights.files.table import plain_word
from empathy_insights.files.text_files import Numbered, Row
from empathy_insights.labels import is_unknown, words_in

_HEADS = ("Frame", "Sticky note text", "Color", "Sticky note type", "Author")
_NAMED = re.compile(
    r"(?<![^\W_])(?:miro|fig ?jam|jam ?board|lucid ?spark|stickies|"
    r"sticky[ _-]?notes?|post[ _-]?its?)(?![^\W_])",
    re.IGNORECASE,
)
_NO_BOARD = re.compile(
    r"survey|\bforms?\b|respon[sd]|answers|interview|transcript", re.IGNORECASE
)
# Heads of other tables; a frame is called by what people were asked, or by whom it is.
_KNOWN = words_in(
    "id text body note notes content color colour author name names who speaker participant "
    "student timestamp date time start end created_by type section frame area cluster board question "
    "answer email grade role first_name last_name initials voice words"
)
_COLOUR = re.compile(
    r"#[0-9a-f]{3,8}|(?:(?:light|dark|pale|bright|neon)[ _-]?)?(?:yellow|orange|red|pink|purple|"
    r"violet|blue|teal|cyan|green|lime|gr[ae]y|white|black|brown)",
    re.IGNORECASE,
)
_OF_NOBODY = re.compile(r"visitors?|guests?|facilitator|unnamed.*", re.IGNORECASE)
_OF_ONESELF = re.compile(
    r"\b(?:i|me|my|we|us|our|they|them|you|it['’]?s|don['’]t)\b", re.IGNORECASE
)
_TITLED = re.compile(
    r".*\?|.*:|.*\b(?:told us|said|say|heard|saw|learned|shared)(?: us)?\W*|how might we\b.*|hmw\b.*|"
    r"(?:(?:[A-ZÀ-Þ&][\w'’]*|\d+|and|of|the|for|at|in|on)\W+)*[A-ZÀ-Þ][\w'’]*",
    re.DOTALL,
)
_FEW, _SHORT, _FEWEST, _HALF = 6, 3, 2, 0.5


def with_board_heads(path: Path, rows: Numbered) -> Numbered:
    """Put heads above the notes of a board that has none: each under its frame.

    A colour beside the notes tells a board, and else the name of the file. Who writes in a
    frame is not known, so a row is a note and no person.

    Examples
    --------
    >>> with_board_heads(Path("Miro.csv"), [(1, ("Grows:",)), (2, ("the copier jams",))])[1]
    (2, ('Grows:', 'the copier jams', '', 'Sticky note', ''))
    """
    filled = [(line, row) for line, row in rows if any(map(str.strip, row))]
    if len(filled) < _FEWEST or any(
        plain_word(cell) in _KNOWN for _, row in filled[:3] for cell in row
    ):
        return rows
    place = _colours([row for _, row in filled])
    if place is not None:
        found = [*_coloured(filled, place)]
    elif _NAMED.search(path.stem) and not _NO_BOARD.search(path.stem):
        wide = sum(sum(map(bool, map(str.strip, row))) > 1 for _, row in filled)
        found = [*(_beside(filled) if wide else _below(rows))]
    else:
        return rows
    return [(filled[0][0], _HEADS), *found]


def _colours(rows: Sequence[Row]) -> int | None:
    """Return the column of colours, if whoever has none stands alone in its row: a title."""
    for place in range(1, max(map(len, rows))):
        cells = [row[place].strip() if place < len(row) else "" for row in rows]
        told = [cell for cell in cells if cell]
        are_colours = all(map(_COLOUR.fullmatch, told))
        alone = all(
            cell or sum(map(bool, map(str.strip, row))) == 1
            for cell, row in zip(cells, rows, strict=True)
        )
        n_least = max(_FEWEST, _HALF * len(rows))
        if are_colours and alone and len(told) >= n_least and _are_words(rows, place):
            return place
    return None


def _are_words(rows: Sequence[Row], place: int) -> bool:
    """Return whether notes stand first in their rows, in words and not all the same."""
    notes = [row[0].strip() for row in rows if place < len(row) and row[place].strip()]
    several = sum(len(note.split()) > 1 for note in notes)
    return several >= _HALF * len(notes) and len(set(notes)) > 1


def _coloured(filled: Numbered, place: int) -> Iterator[tuple[int, Row]]:
    frame: tuple[int, str] | None = None
    is_used = True
    for line, row in filled:
        cells = [cell.strip() for cell in row]
        colour = cells[place] if place < len(cells) else ""
        if colour:
            who = next(filter(_is_name, [*cells[1:place], *cells[place + 1 :]]), "")
            yield line, (frame[1] if frame else "", cells[0], colour, _NOTE, who)
            is_used = True
            continue
        if frame and not is_used:
            yield _title(*frame)
        frame, is_used = (line, next(filter(None, cells))), False
    if frame and not is_used:
        yield _title(*frame)


_NOTE = "Sticky note"


def _title(line: int, words: str) -> tuple[int, Row]:
    return line, ("", words, "", "Title", "")


def _is_name(cell: str) -> bool:
    words = cell.split()
    is_nobody = is_unknown(cell) or _OF_NOBODY.fullmatch(cell) is not None
    return 0 < len(words) <= _SHORT and cell[0].isalpha() and not is_nobody


def _beside(filled: Numbered) -> Iterator[tuple[int, Row]]:
    """Yield the notes of frames that stand side by side, under what stands above each."""
    frames: Sequence[str] = ()
    for line, row in filled:
        cells = [cell.strip() for cell in row]
        told = [cell for cell in cells if cell]
        if not frames and all(map(_may_be_title, told)):
            if len(told) == 1:
                yield _title(line, told[0])
            else:
                frames = cells
            continue
        frames = frames or [""] * len(cells)
        for n, cell in enumerate(cells):
            if cell:
                frame = frames[n] if n < len(frames) else ""
                yield line, (frame, cell, "", _NOTE, "")


def _below(rows: Numbered) -> Iterator[tuple[int, Row]]:
    """Yield notes one below the other, under what stands first behind a row that is empty."""
    blocks: list[list[tuple[int, str]]] = [[]]
    for line, row in rows:
        words = " ".join(filter(None, map(str.strip, row)))
        if words:
            blocks[-1].append((line, words))
        elif blocks[-1]:
            blocks.append([])
    blocks = [block for block in blocks if block]
    if all(len(block) == 1 for block in blocks):
        blocks = [[note for block in blocks for note in block]]
    for block in blocks:
        first = block[0][1]
        is_title = _may_be_title(first) if len(blocks) > 1 else _is_title(first)
        if is_title and len(block) == 1:
            yield _title(*block[0])
            continue
        for line, words in block[1:] if is_title else block:
            yield line, (first if is_title else "", words, "", _NOTE, "")


def _is_title(words: str) -> bool:
    is_short = len(words.split()) <= 2 * _FEW
    return is_short and _TITLED.fullmatch(words) is not None


def _may_be_title(words: str) -> bool:
    is_plain = len(words.split()) <= _FEW and not _OF_ONESELF.search(words)
    return _is_title(words) or is_plain
