"""Word documents: paragraphs in the order of the body, and tables."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from empathy_insights.errors import TranscriptError
from empathy_insights.files.decoding import BROKEN
from empathy_insights.files.packed import check_office
from empathy_insights.readers.blocks import Block, Row, from_blocks
from empathy_insights.readers.model import Source, Transcript

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What stands in these stands elsewhere too, or is no longer there: the copy of a text
# box for old programs, the place that words were moved away from, how a word is read
# aloud above it.
_ASIDE = (f"{_MARKUP}Fallback", f"{_W}moveFrom", f"{_W}del", f"{_W}rt")
_BREAKS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}
_OFF = frozenset({"0", "false", "off", "none"})
_HEADINGS = ("heading", "title", "subtitle")


def read_word(source: Source) -> Transcript:
    """Read a .docx: `Name: words` paragraphs, or a table of speakers and words.

    Raises
    ------
    TranscriptError
        The file is no Word document, or is empty.
    """
    check_office(source)
    body, styles = _open(source)
    return from_blocks(source, list(_blocks(body, styles)))


@dataclass(frozen=True, slots=True)
class _Styles:
    """Hold the ids of the styles that make a heading, and of those that make bold."""

    heading: frozenset[str]
    bold: frozenset[str]


def _open(source: Source) -> tuple[Any, _Styles]:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(io.BytesIO(source.data))
        styles = _Styles(
            frozenset(
                style.style_id
                for style in document.styles
                if (style.name or "").casefold().startswith(_HEADINGS)
            ),
            frozenset(s.style_id for s in document.styles if _makes_bold(s)),
        )
    except (PackageNotFoundError, *BROKEN) as error:
        raise TranscriptError(
            "the file is not a Word document that can be opened; save it again as .docx",
            path=source.path,
        ) from error
    return document.element.body, styles


def _makes_bold(style: Any) -> bool:  # noqa: ANN401 - python-docx is half typed
    """Tell whether a style of characters, or one that it builds on, is bold."""
    from docx.enum.style import WD_STYLE_TYPE

    seen: set[str] = set()
    while style is not None and style.style_id not in seen:
        if style.type != WD_STYLE_TYPE.CHARACTER:
            return False
        if style.font.bold is not None:
            return bool(style.font.bold)
        seen.add(style.style_id)
        style = style.base_style
    return False


def _blocks(container: Any, styles: _Styles) -> Iterator[Block]:  # noqa: ANN401 - an untyped XML element
    """Yield paragraphs and tables, also from content controls and tracked insertions."""
    for element in container:
        if element.tag == f"{_W}p":
            is_heading = _style(element) in styles.heading
            n_bold, is_bold = _bold(element, styles.bold)
            yield Block(
                _text(element), is_heading=is_heading, n_bold=n_bold, is_bold=is_bold
            )
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
    return "".join(words for words, _ in _parts(paragraph)).strip("\n")


def _bold(paragraph: Any, styles: frozenset[str]) -> tuple[int, bool]:  # noqa: ANN401 - see above
    """Count what is bold at the head of a paragraph before the rest, or tell that all is."""
    bold = ""
    for words, run in _parts(paragraph):
        if words.strip() and not _is_bold(run, styles):
            return len(bold.lstrip("\n").rstrip()), False
        bold += words
    return 0, bool(bold.strip())


def _is_bold(run: Any, styles: frozenset[str]) -> bool:  # noqa: ANN401 - see above
    own = run.find(f"{_W}rPr/{_W}b")
    if own is not None:
        return own.get(f"{_W}val", "1") not in _OFF
    style = run.find(f"{_W}rPr/{_W}rStyle")
    return style is not None and style.get(f"{_W}val") in styles


def _parts(paragraph: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - see above
    """Yield the words of a paragraph with the run that each stands in."""
    for element in paragraph.iter(f"{_W}t", *_BREAKS):
        # The definition of a tab stop has the tag of a tab.
        if element.getparent().tag == f"{_W}tabs" or _is_aside(element):
            continue
        yield _BREAKS.get(element.tag) or element.text or "", element.getparent()


def _is_aside(element: Any) -> bool:  # noqa: ANN401 - an untyped XML element
    """Tell whether words are a copy of others, or were taken away from here."""
    return next(element.iterancestors(*_ASIDE), None) is not None


def _style(element: Any) -> str:  # noqa: ANN401 - an untyped XML element
    style = element.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else str(style.get(f"{_W}val"))
