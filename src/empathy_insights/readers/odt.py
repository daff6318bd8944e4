"""OpenDocument text: paragraphs, headings, lists and tables of content.xml.

Read from the XML through defusedxml and not by odfpy, whose last release is from 2020
and whose parser would expand the entities of a hostile file.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from empathy_insights.errors import TranscriptError
from empathy_insights.files.decoding import BROKEN
from empathy_insights.files.packed import check_office
from empathy_insights.readers.blocks import Block, Row, from_blocks
from empathy_insights.readers.model import Remark, Source, Transcript

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _OFFICE = f"{_OASIS}text:1.0}}", f"{_OASIS}table:1.0}}", f"{_OASIS}office:1.0}}"  # fmt: skip
# Comments, deleted passages and notes are not part of what is said.
_ASIDE = frozenset(
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
    return from_blocks(source, list(_blocks(body)), (remark,) if n_comments else ())


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


def _blocks(container: Element, depth: int = 0) -> Iterator[Block]:
    for element in container:
        if element.tag in _ASIDE or depth > _DEEPEST:
            continue
        if element.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield Block(_words(element), is_heading=element.tag == f"{_TEXT}h")
        elif element.tag == f"{_TABLE}table":
            yield Block(
                rows=tuple(_row(row) for row in element.iter(f"{_TABLE}table-row"))
            )
        else:
            yield from _blocks(element, depth + 1)


def _row(row: Element) -> Row:
    cells = row.iter(f"{_TABLE}table-cell")
    return tuple("\n".join(b.text for b in _blocks(cell) if b.text) for cell in cells)


def _words(element: Element, depth: int = 0) -> str:
    return "".join(_parts(element, depth)).strip("\n")


def _parts(element: Element, depth: int) -> Iterator[str]:
    yield _SPACES.sub(" ", element.text or "")
    for inner in element:
        if inner.tag == f"{_TEXT}s":
            n = inner.get(f"{_TEXT}c", "1")
            yield " " * min(int(n) if n.isdecimal() else 1, _MOST_SPACES)
        elif inner.tag == f"{_TEXT}tab":
            yield "\t"
        elif inner.tag == f"{_TEXT}line-break":
            yield "\n"
        elif inner.tag not in _ASIDE and depth < _DEEPEST:
            yield _words(inner, depth + 1)
        yield _SPACES.sub(" ", inner.tail or "")
