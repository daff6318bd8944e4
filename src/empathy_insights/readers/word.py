"""Word documents: paragraphs in the order of the body, and tables with speakers."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from empathy_insights.errors import TranscriptError
from empathy_insights.readers.decoding import BROKEN
from empathy_insights.readers.labels import is_label, label_key
from empathy_insights.readers.model import Piece, Source, Transcript, compose
from empathy_insights.readers.plain import from_text
from empathy_insights.readers.turn_table import turn_columns, turn_pieces

Row = tuple[str, ...]
Block = str | list[Row]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}
_HEADINGS = ("heading", "title", "subtitle")


def read_word(source: Source) -> Transcript:
    """Read a .docx: `Name: words` paragraphs, or a table of speakers and words.

    Raises
    ------
    TranscriptError
        The file is no Word document, or is empty.
    """
    body, heading_styles = _open(source)
    blocks = list(_blocks(body))
    if not any(_words_of(block) for block in blocks):
        raise TranscriptError("the file is empty", path=source.path)
    if any(isinstance(block, list) and _has_speakers(block) for block in blocks):
        text, turns, remarks = compose(_pieces(blocks))
        return Transcript(source.path, "interview", text, turns, remarks)
    lines, headings = _lines(body, heading_styles)
    return from_text(source, "\n".join(lines), headings=headings, by_line=True)


def _open(source: Source) -> tuple[Any, frozenset[str]]:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(io.BytesIO(source.data))
        styles = {
            style.style_id
            for style in document.styles
            if (style.name or "").casefold().startswith(_HEADINGS)
        }
    except (PackageNotFoundError, *BROKEN) as error:
        raise TranscriptError(
            "the file is not a Word document that can be opened; save it again as .docx",
            path=source.path,
        ) from error
    return document.element.body, frozenset(styles)


def _blocks(container: Any) -> Iterator[Block]:  # noqa: ANN401 - an untyped XML element
    """Yield paragraphs and tables, also from content controls and tracked insertions."""
    for element in container:
        if element.tag == f"{_W}p":
            yield _text(element)
        elif element.tag == f"{_W}tbl":
            yield [_row(row) for row in element.iter(f"{_W}tr")]
        elif element.tag != f"{_W}sectPr":
            yield from _blocks(element)


def _row(row: Any) -> Row:  # noqa: ANN401 - an untyped XML element
    cells = row.iter(f"{_W}tc")
    return tuple(
        "\n".join(filter(None, (_text(p) for p in cell.iter(f"{_W}p"))))
        for cell in cells
    )


def _text(paragraph: Any) -> str:  # noqa: ANN401 - an untyped XML element
    parts = []
    for element in paragraph.iter(f"{_W}t", *_BREAKS):
        # The definition of a tab stop has the tag of a tab.
        if element.getparent().tag == f"{_W}tabs" or _is_repeated(element):
            continue
        parts.append(_BREAKS.get(element.tag) or element.text or "")
    return "".join(parts).strip("\n")


def _is_repeated(element: Any) -> bool:  # noqa: ANN401 - an untyped XML element
    """Tell whether this is the copy of a text box that is kept for old programs."""
    return next(element.iterancestors(_FALLBACK), None) is not None


def _lines(body: Any, styles: frozenset[str]) -> tuple[list[str], frozenset[int]]:  # noqa: ANN401
    lines: list[str] = []
    headings = set()
    flat = [_style(element) for element in _paragraphs(body)]
    for block, style in zip(_blocks(body), flat, strict=True):
        first = len(lines) + 1
        rows = [block] if isinstance(block, str) else ["\t".join(row) for row in block]
        lines += [line for row in rows for line in row.split("\n")]
        if style in styles:
            headings |= set(range(first, len(lines) + 1))
    return lines, frozenset(headings)


def _paragraphs(container: Any) -> Iterator[Any]:  # noqa: ANN401 - untyped XML elements
    for element in container:
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag != f"{_W}sectPr":
            yield from _paragraphs(element)


def _style(element: Any) -> str:  # noqa: ANN401 - an untyped XML element
    style = element.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else str(style.get(f"{_W}val"))


def _words_of(block: Block) -> str:
    return (
        block.strip()
        if isinstance(block, str)
        else "".join(map("".join, block)).strip()
    )


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
        if isinstance(block, str):
            yield Piece(block, line=line, outside="text beside the table of turns is")
            continue
        yield from turn_pieces(block, line)
        line += len(block) - 1
