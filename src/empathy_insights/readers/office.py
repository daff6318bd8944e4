"""Word and OpenDocument files: their paragraphs and tables, in the order of the page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from empathy_insights.errors import TranscriptError
from empathy_insights.files.text_files import BROKEN
from empathy_insights.files.workbook import check_office
from empathy_insights.labels import is_label, label_key
from empathy_insights.readers.plain import Stress, from_text
from empathy_insights.readers.surveys.long_survey import (
    LongColumns,
    asked_pieces,
    long_columns,
)
from empathy_insights.readers.surveys.turn_table import (
    turn_columns,
    turn_pieces,
    voice_columns,
    voice_pieces,
)
from empathy_insights.readers.transcript import (
    Piece,
    Remark,
    Source,
    Transcript,
    compose,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


# Paragraphs and tables of a word processor's document to turns.


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
    """

    text: str = ""
    rows: tuple[Row, ...] = ()
    is_heading: bool = False
    n_bold: int = 0
    is_bold: bool = False


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
        return Transcript(source.path, "interview", text, turns, remarks + more)
    lines, stress = _lines(blocks)
    return from_text(source, "\n".join(lines), remarks, stress=stress, by_line=True)


def _lines(blocks: Sequence[OfficeBlock]) -> tuple[list[str], Stress]:
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


def _words_of(block: OfficeBlock) -> str:
    return block.text.strip() or "".join(map("".join, block.rows)).strip()


def _is_talk(block: OfficeBlock) -> bool:
    rows = block.rows
    return _has_speakers(rows) or _asked(rows) is not None or _has_voices(rows)


def _asked(rows: Sequence[Row]) -> LongColumns | None:
    """Return which columns of a table are questions and answers, if any are."""
    return long_columns(rows[0]) if len(rows) > 1 else None


def _has_voices(rows: Sequence[Row]) -> bool:
    """Return whether a table has a column for each voice, one of which asks."""
    width = {len(row) for row in rows}
    return len(rows) > 1 and len(width) == 1 and voice_columns(rows[0], rows[1:])


def _has_speakers(rows: Sequence[Row]) -> bool:
    """Return whether a table is one of turns: by its heads, or by labels that repeat."""
    if not rows:
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
        elif _has_voices(block.rows):
            lines = range(line + 1, line + len(block.rows))
            yield from voice_pieces(block.rows[0], block.rows[1:], lines)
        elif block.rows and has_speakers:
            yield from turn_pieces(block.rows, line)
        else:
            rows = ["\t".join(row) for row in block.rows] or [block.text]
            for number, row in enumerate(rows, start=line):
                yield Piece(row, line=number, outside=outside)
        line += max(len(block.rows) - 1, 0)


# Word documents: paragraphs in the order of the body, and tables.


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
    """Return whether a style of characters, or one that it builds on, is bold."""
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


def _blocks(container: Any, styles: _Styles) -> Iterator[OfficeBlock]:  # noqa: ANN401 - an untyped XML element
    """Yield paragraphs and tables, also from content controls and tracked insertions."""
    for element in container:
        if element.tag == f"{_W}p":
            is_heading = _style(element) in styles.heading
            n_bold, is_bold = _bold(element, styles.bold)
            yield OfficeBlock(
                _text(element), is_heading=is_heading, n_bold=n_bold, is_bold=is_bold
            )
        elif element.tag == f"{_W}tbl":
            yield OfficeBlock(rows=tuple(_row(row) for row in element.iter(f"{_W}tr")))
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
    """Return whether words are a copy of others, or were taken away from here."""
    return next(element.iterancestors(*_ASIDE), None) is not None


def _style(element: Any) -> str:  # noqa: ANN401 - an untyped XML element
    style = element.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else str(style.get(f"{_W}val"))


# OpenDocument text: paragraphs, headings, lists and tables of content.xml.
#
# Read from the XML through defusedxml and not by odfpy, whose last release is from 2020
# and whose parser would expand the entities of a hostile file.


_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _OFFICE = f"{_OASIS}text:1.0}}", f"{_OASIS}table:1.0}}", f"{_OASIS}office:1.0}}"  # fmt: skip
# Comments, deleted passages and notes are not part of what is said.
_ODT_ASIDE = frozenset(
    {f"{_OFFICE}annotation", f"{_TEXT}tracked-changes", f"{_TEXT}note-citation"}
)
_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1000
_DEEPEST = 200


def read_odt(source: Source) -> Transcript:
    """Read a .odt: `Name: words` paragraphs, or a table of speakers and words.

    Raises
    ------
    TranscriptError
        The file is no OpenDocument text, or is empty.
    """
    check_office(source)
    body = _body(source)
    if body is None:
        raise TranscriptError(
            "the file is not an OpenDocument text; save it as .docx or .txt",
            path=source.path,
        )
    n_comments = sum(1 for _ in body.iter(f"{_OFFICE}annotation"))
    remark = Remark(
        f"comments in the margin were left out: {n_comments}",
        "write them into the text if somebody says them",
    )
    return from_blocks(source, list(_odt_blocks(body)), (remark,) if n_comments else ())


def _body(source: Source) -> Element | None:
    from defusedxml.ElementTree import (  # type: ignore[import-untyped]  # no stubs
        fromstring,
    )

    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
            root: Element = fromstring(packed.read("content.xml"))
    except (*BROKEN, RuntimeError, RecursionError) as error:
        raise TranscriptError(
            "the file is not an OpenDocument text that can be opened; save it again",
            path=source.path,
        ) from error
    return root.find(f".//{_OFFICE}text")


def _odt_blocks(container: Element, depth: int = 0) -> Iterator[OfficeBlock]:
    for element in container:
        if element.tag in _ODT_ASIDE or depth > _DEEPEST:
            continue
        if element.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield OfficeBlock(_words(element), is_heading=element.tag == f"{_TEXT}h")
        elif element.tag == f"{_TABLE}table":
            yield OfficeBlock(
                rows=tuple(_odt_row(row) for row in element.iter(f"{_TABLE}table-row"))
            )
        else:
            yield from _odt_blocks(element, depth + 1)


def _odt_row(row: Element) -> Row:
    cells = row.iter(f"{_TABLE}table-cell")
    return tuple(
        "\n".join(b.text for b in _odt_blocks(cell) if b.text) for cell in cells
    )


def _words(element: Element, depth: int = 0) -> str:
    return "".join(_odt_parts(element, depth)).strip("\n")


def _odt_parts(element: Element, depth: int) -> Iterator[str]:
    yield _SPACES.sub(" ", element.text or "")
    for inner in element:
        if inner.tag == f"{_TEXT}s":
            n = inner.get(f"{_TEXT}c", "1")
            yield " " * min(int(n) if n.isdecimal() else 1, _MOST_SPACES)
        elif inner.tag == f"{_TEXT}tab":
            yield "\t"
        elif inner.tag == f"{_TEXT}line-break":
            yield "\n"
        elif inner.tag not in _ODT_ASIDE and depth < _DEEPEST:
            yield _words(inner, depth + 1)
        yield _SPACES.sub(" ", inner.tail or "")
