"""Web pages of a talk: as Google Docs and transcribers save one, and oTranscribe's files.

A page is read where somebody speaks in it. Others are pages about something, or ask one
to sign in: who saved them meant another file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from empathy_insights.errors import TranscriptError
from empathy_insights.files.text_files import decode
from empathy_insights.readers.blocks import OfficeBlock, from_blocks
from empathy_insights.readers.transcript import Source, Transcript

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # no stubs

_PARAGRAPHS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = frozenset({"b", "strong"})
# Programs, menus and buttons, and comments in the margin of a Google document.
_ASIDE = (
    "//head|//script|//del|//style|//noscript|//template|//nav|//aside|//button|//select|//svg|//iframe"
    "|//*[@hidden or contains(translate(@style, ' ', ''), 'display:none')]|//comment()|//processing-instruction()"
    "|//sup[a[starts-with(@id, 'cmnt')]]|//div[p/a[starts-with(@href, '#cmnt_ref')]]"
)
_OURS = "//meta[@name='generator' and @content='empathy_insights']"
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")
_SPACES_ONLY = re.compile(r"[ \t\r\f\u00a0]+")
_DEEPEST = 200


def read_page(source: Source) -> Transcript:
    """Read a .html file in which somebody speaks.

    Raises
    ------
    TranscriptError
        Nobody speaks in it, or it is one of our own pages.
    """
    text, _ = decode(source)
    return _talk(source, text)


def read_otranscribe(source: Source) -> Transcript:
    """Read an .otr file: the page that oTranscribe keeps, and where its recording is.

    Raises
    ------
    TranscriptError
        It holds no such page, or nobody speaks in it.
    """
    text, _ = decode(source)
    try:
        page = json.loads(text)["text"]
    except (ValueError, TypeError, KeyError, RecursionError):
        page = ""
    if not isinstance(page, str) or not page.strip():
        raise TranscriptError(
            "this is no file of oTranscribe that can be read; save it again, or as text",
            path=source.path,
        )
    return _talk(source, page)


def words_of_page(source: Source, page: str) -> str:
    """Return the paragraphs of a page, a line each; tables are left out.

    Raises
    ------
    TranscriptError
        Nothing stands in it, or it is one of our own pages.
    """
    return "\n".join(block.text for block in _blocks_of(source, page) if block.text)


def _talk(source: Source, page: str) -> Transcript:
    transcript = from_blocks(source, _blocks_of(source, page))
    if not any(turn.speaker for turn in transcript.turns):
        raise _no_talk(source)
    return transcript


def _blocks_of(source: Source, page: str) -> list[OfficeBlock]:
    """Return what stands in a page, without its programs, menus and comments."""
    from lxml import etree, html  # type: ignore[import-untyped]  # no stubs

    try:
        root = html.document_fromstring(_DECLARED.sub("", page))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise _no_talk(source) from error
    if root.xpath(_OURS):
        raise TranscriptError(
            "this is a page that empathy_insights wrote; its words were read elsewhere",
            path=source.path,
        )
    for aside in root.xpath(_ASIDE):
        aside.drop_tree()
    blocks = [block for block in _blocks(root) if block.rows or block.text]
    if not blocks:
        raise _no_talk(source)
    return blocks


def _no_talk(source: Source) -> TranscriptError:
    return TranscriptError(
        "this is a web page in which nobody speaks; save what it says as .txt or .docx",
        path=source.path,
    )


# From elements to paragraphs and tables, as a word processor's.


class _Look(NamedTuple):
    """How words look; in `<pre>` lines stay lines."""

    is_bold: bool = False
    is_heading: bool = False
    is_kept: bool = False

    def of(self, element: HtmlElement) -> _Look:
        """Return how the words of an element look within this."""
        name, style = element.tag, element.get("style", "")
        return _Look(
            self.is_bold or name in _BOLD or "bold" in style,
            self.is_heading or name in _HEADINGS,
            self.is_kept or name == "pre",
        )


@dataclass
class _Line:
    """Gather the words of a paragraph, and how they look."""

    parts: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, words: str | None, look: _Look) -> None:
        spaces = _SPACES_ONLY if look.is_kept else _SPACES
        if words:
            self.parts.append((spaces.sub(" ", words), look.is_bold))

    def block(self, look: _Look) -> OfficeBlock:
        """Return the paragraph so far, and begin the next."""
        parts, self.parts = self.parts, []
        text, n_bold, is_bold = "", 0, True
        for words, bold in parts:
            if words.strip() and not bold and is_bold:
                n_bold, is_bold = len(text.rstrip()), False
            text += words.lstrip(" ") if text[-1:] in ("", " ", "\n") else words
        text = text.strip()
        return OfficeBlock(
            text,
            is_heading=look.is_heading,
            n_bold=0 if is_bold else n_bold,
            is_bold=is_bold and bool(text),
        )


def _blocks(root: HtmlElement) -> Iterator[OfficeBlock]:
    line, look = _Line(), _Look()
    yield from _inside(root, line, look, 0)
    yield line.block(look)


def _inside(
    element: HtmlElement, line: _Line, look: _Look, depth: int
) -> Iterator[OfficeBlock]:
    """Yield the paragraphs within an element; what follows the last stays in the line."""
    line.add(element.text, look)
    for inner in element:
        own = look.of(inner)
        if depth == _DEEPEST:
            line.add(inner.text_content(), own)
        elif inner.tag == "br":
            line.add("\n", _AS_IT_IS)
        elif inner.tag == "table" and _is_wide(inner):
            yield line.block(look)
            yield OfficeBlock(rows=tuple(map(_row, inner.iter("tr"))))
        elif inner.tag in _PARAGRAPHS:
            yield line.block(look)
            yield from _inside(inner, line, own, depth + 1)
            yield line.block(own)
        else:
            yield from _inside(inner, line, own, depth + 1)
        line.add(inner.tail, look)


def _is_wide(table: HtmlElement) -> bool:
    """Return whether a table is one, and not what sets a page."""
    widths = [len(row.xpath("./td|./th")) for row in table.iter("tr")]
    return table.find(".//table") is None and max(widths, default=0) > 1


def _row(row: HtmlElement) -> tuple[str, ...]:
    return tuple(
        "\n".join(block.text for block in _blocks(cell) if block.text)
        for cell in row.xpath("./td|./th")
    )


_AS_IT_IS = _Look(is_kept=True)
