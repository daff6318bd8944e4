"""Office files that are the same in every run, and the words that stand in them."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from empathy_insights.files.signs import for_file

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SAID_OF_PICTURES = ("descr", "title", "name")
AUTHOR = "empathy_insights"


def date_properties(
    properties: Any,  # noqa: ANN401 - two libraries, each with its own class
    *,
    title: str,
    date: str,
) -> None:
    """Give a file its title and the run's date, which would be now or the template's."""
    day = datetime.datetime.fromisoformat(date)
    properties.title = title[:255]  # what the format allows; the page holds it whole
    properties.author = properties.last_modified_by = AUTHOR
    properties.created = properties.modified = day
    properties.comments = properties.keywords = properties.subject = ""
    properties.language = "en-GB"
    properties.revision = 1


def words_of(path: Path) -> str:
    """Return all words of a .docx or .pptx file, also those behind pictures and pages.

    A paragraph is a line, so that a name is found where its letters are in two runs.
    """
    with zipfile.ZipFile(path) as package:
        parts = [name for name in package.namelist() if name.endswith(".xml")]
        return "\n".join(
            line for name in parts for line in _lines(package.read(name)) if line
        )


def _lines(xml: bytes) -> Iterator[str]:
    from defusedxml.ElementTree import (  # type: ignore[import-untyped]  # no stubs
        fromstring,
    )

    root: Element = fromstring(xml)
    if root.tag.endswith("coreProperties"):
        yield from (part.text or "" for part in root)
    for part in root.iter():
        if part.tag.endswith("}p"):
            yield "".join(run.text or "" for run in part.iter() if _is_text(run))
        yield from (part.get(name, "") for name in _SAID_OF_PICTURES)


def _is_text(part: Element) -> bool:
    return part.tag.endswith("}t")


def one_line(text: str) -> str:
    r"""Return a text on one line, without the signs that no office file may hold.

    Examples
    --------
    >>> one_line("My bus\n is\x0b late.")
    'My bus is late.'
    """
    return " ".join(for_file(text).split())


def quoted(text: str, said_by: str, quote_id: str) -> str:
    """Return a quote with whose words it is and what it is called.

    Examples
    --------
    >>> quoted("My bus is late.", "student", "q3fa91c")
    '“My bus is late.” - student [q3fa91c]'
    """
    return one_line(f"“{one_line(text)}” - {said_by} [{quote_id}]")
