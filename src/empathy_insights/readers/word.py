"""Word documents: paragraphs in the order of the body, and tables."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from empathy_insights.errors import TranscriptError
from empathy_insights.readers.blocks import Block, Row, from_blocks
from empathy_insights.readers.decoding import BROKEN
from empathy_insights.readers.model import Source, Transcript
from empathy_insights.readers.packed import check_size

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
    check_size(source)
    body, heading_styles = _open(source)
    return from_blocks(source, list(_blocks(body, heading_styles)))


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


def _blocks(container: Any, styles: frozenset[str]) -> Iterator[Block]:  # noqa: ANN401 - an untyped XML element
    """Yield paragraphs and tables, also from content controls and tracked insertions."""
    for element in container:
        if element.tag == f"{_W}p":
            yield Block(_text(element), is_heading=_style(element) in styles)
        elif element.tag == f"{_W}tbl":
            yield Block(rows=tuple(_row(row) for row in element.iter(f"{_W}tr")))
        elif element.tag != f"{_W}sectPr":
            yield from _blocks(element, styles)


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


def _style(element: Any) -> str:  # noqa: ANN401 - an untyped XML element
    style = element.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else str(style.get(f"{_W}val"))
