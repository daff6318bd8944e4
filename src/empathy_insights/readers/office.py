"""Word and OpenDocument files: their paragraphs and tables, in the order of the page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from empathy_insights.corpus import how_many
from empathy_insights.errors import TranscriptError
from empathy_insights.files.text_files import BROKEN
from empathy_insights.files.workbook import check_office
from empathy_insights.readers.blocks import (
    OfficeBlock,
    Row,
    from_blocks,
    text_of,
)
from empathy_insights.readers.page_headers import PAGE_HEADER, page_headers
from empathy_insights.readers.transcript import Remark, Source, Transcript

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


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
    body, styles, n_hidden = _open(source)
    remarks = (*_of_comments(_authors(source)), *_of_hidden(n_hidden))
    read = from_blocks(source, list(_blocks(body, styles)), remarks)
    above = page_headers(source.data)
    return replace(read, facts={**read.facts, PAGE_HEADER: above}) if above else read


def words_in_word(source: Source) -> str:
    """Return what stands in a .docx, whoever says it.

    Raises
    ------
    TranscriptError
        The file is no Word document.
    """
    check_office(source)
    body, styles, _ = _open(source)
    return text_of(list(_blocks(body, styles)))


def _authors(source: Source) -> list[str]:
    """Return who wrote the comments in the margin of a .docx, a name a comment."""
    from defusedxml.ElementTree import (  # type: ignore[import-untyped]  # no stubs
        fromstring,
    )

    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
            root: Element = fromstring(packed.read("word/comments.xml"))
    except (*BROKEN, RuntimeError, RecursionError):
        return []
    filled = [
        one
        for one in root.iter(f"{_W}comment")
        if any((part.text or "").strip() for part in one.iter(f"{_W}t"))
    ]
    return [one.get(f"{_W}author", "") for one in filled]


def _of_comments(authors: Sequence[str]) -> tuple[Remark, ...]:
    """Say how many comments there are: a team's notes, or what people said of a draft."""
    if not authors:
        return ()
    people = {" ".join(name.casefold().split()) for name in authors if name.strip()}
    by = f", by {how_many(len(people), 'person', 'people')}" if people else ""
    remark = Remark(
        f"comments in the margin were left out: {len(authors)}{by}",
        "if they are what people said, copy them into a file of their own, a line `Name: "
        "words` each",
    )
    return (remark,)


@dataclass(frozen=True, slots=True)
class _Styles:
    """Hold the ids of the styles that make a heading, and of those that make bold."""

    heading: frozenset[str]
    bold: frozenset[str]


def _open(source: Source) -> tuple[Any, _Styles, int]:
    """Open a .docx: its body, its styles, and how many hidden stretches were taken out."""
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
            frozenset(s.style_id for s in document.styles if _makes(s, "bold")),
        )
    except (PackageNotFoundError, *BROKEN) as error:
        raise TranscriptError(
            "the file is not a Word document that can be opened; save it again as .docx",
            path=source.path,
        ) from error
    hiding = frozenset(s.style_id for s in document.styles if _makes(s, "hidden"))
    body = document.element.body
    return body, styles, _without_hidden(body, hiding)


def _without_hidden(body: Any, styles: frozenset[str]) -> int:  # noqa: ANN401 - an untyped XML element
    """Take out the words that Word does not show, and count the paragraphs with some."""
    hidden = [run for run in body.iter(f"{_W}r") if _is(run, "vanish", styles)]
    told = {
        next(run.iterancestors(f"{_W}p"), run)
        for run in hidden
        if any((part.text or "").strip() for part in run.iter(f"{_W}t"))
    }
    for run in hidden:
        run.getparent().remove(run)
    return len(told)


def _of_hidden(n: int) -> tuple[Remark, ...]:
    if not n:
        return ()
    remark = Remark(
        f"hidden words were not read, in {how_many(n, 'place')}",
        "show them in the word processor and save the file, if somebody said them",
    )
    return (remark,)


def _makes(style: Any, look: str) -> bool:  # noqa: ANN401 - python-docx is half typed
    """Return whether a style of characters, or one that it builds on, is bold, or hidden."""
    from docx.enum.style import WD_STYLE_TYPE

    seen: set[str] = set()
    while style is not None and style.style_id not in seen:
        if style.type != WD_STYLE_TYPE.CHARACTER:
            return False
        if (says := getattr(style.font, look)) is not None:
            return bool(says)
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
            rows = list(element.iter(f"{_W}tr"))
            merged = frozenset(_merged(rows))
            yield OfficeBlock(rows=tuple(map(_row, rows)), merged=merged)
        elif element.tag != f"{_W}sectPr":
            yield from _blocks(element, styles)


def _merged(rows: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """Yield the (row, column) of each cell that goes on with the cell above."""
    for number, row in enumerate(rows):
        for place, cell in enumerate(row.iter(f"{_W}tc")):
            for merge in cell.iterfind(f"{_W}tcPr/{_W}vMerge"):
                if merge.get(f"{_W}val", "continue") == "continue":
                    yield number, place


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
        if words.strip() and not _is(run, "b", styles):
            return len(bold.lstrip("\n").rstrip()), False
        bold += words
    return 0, bool(bold.strip())


def _is(run: Any, look: str, styles: frozenset[str]) -> bool:  # noqa: ANN401 - see above
    """Return whether a run has a look of its own, or by its style: `b`, `vanish`."""
    own = run.find(f"{_W}rPr/{_W}{look}")
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
_STYLE = f"{_OASIS}style:1.0}}"
_AUTHOR = "{http://purl.org/dc/elements/1.1/}"
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
    body, n_hidden = _body(source)
    if body is None:
        raise TranscriptError(
            "the file is not an OpenDocument text; save it as .docx or .txt",
            path=source.path,
        )
    authors = [
        one.findtext(f"{_AUTHOR}creator", "")
        for one in body.iter(f"{_OFFICE}annotation")
    ]
    remarks = (*_of_comments(authors), *_of_hidden(n_hidden))
    return from_blocks(source, list(_odt_blocks(body)), remarks)


def _body(source: Source) -> tuple[Element | None, int]:
    """Open an .odt: its text, and how many hidden stretches were taken out."""
    from defusedxml.ElementTree import fromstring

    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
            root: Element = fromstring(packed.read("content.xml"))
    except (*BROKEN, RuntimeError, RecursionError) as error:
        raise TranscriptError(
            "the file is not an OpenDocument text that can be opened; save it again",
            path=source.path,
        ) from error
    hiding = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for look in style.iter(f"{_STYLE}text-properties")
        if look.get(f"{_TEXT}display") == "none"
    }
    body = root.find(f".//{_OFFICE}text")
    return body, 0 if body is None else _without_hidden_of(body, hiding - {None})


def _without_hidden_of(body: Element, styles: Collection[str | None]) -> int:
    """Take out the words of an .odt that nobody sees, and count the stretches."""
    n, within = 0, [body]
    while within:
        element, before = within.pop(), None
        for inner in list(element):
            is_hidden = (
                inner.get(f"{_TEXT}style-name") in styles
                or inner.get(f"{_TEXT}display") == "none"
            )
            if not is_hidden:
                within.append(inner)
                before = inner
                continue
            n += bool("".join(inner.itertext()).strip())
            if before is None:
                element.text = (element.text or "") + (inner.tail or "")
            else:
                before.tail = (before.tail or "") + (inner.tail or "")
            element.remove(inner)
    return n


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
