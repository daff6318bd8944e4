"""Codebooks in a text: a list of themes, headings, or the exchange file of programs."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from empathy_insights.codebook_tables import (
    LONGEST_NAME,
    Row,
    column_of,
    name_in,
    rows_of_grid,
)
from empathy_insights.errors import CodebookError
from empathy_insights.files.refi_archive import guid_in, tag, text_in

_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_ITEM = re.compile(r"(\s*)(?:[-*+•]|\d{1,3}[.)])\s+(.+)$")
# "Bus: how it comes", "**Bus** – how it comes", "**Bus.** How it comes".
_TOLD = re.compile(
    r"(?:\*\*|__)?(?P<name>[^:]{1,200}?)(?::(?:\*\*|__)?\s|:(?:\*\*|__)?$|"
    r"(?:\*\*|__):?\s|(?:\*\*|__):?$|\s[–—-]\s)\s*(?:[–—-]\s)?(?P<said>.*)$"
)
_BOLD = re.compile(r"\*\*([^*]+)\*\*:?")  # alone on its line, it is a heading
_RULE = re.compile(r"[-=*_]{3,}$|`{3,}.*$")
_BAR = re.compile(r"\s*\|.*\|\s*$")
_NAME = LONGEST_NAME // 2 - 5  # room for the name above it, where two are alike
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_ESCAPED = re.compile(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});")
_TABLE_RULE = re.compile(r"[\s|:-]+$")


class _Line(NamedTuple):
    """A line: how deep a heading it is, whether an item, and how far to the right."""

    number: int
    text: str
    heading: int = 0
    is_item: bool = False
    indent: int = 0


def rows_of_text(text: str, path: Path) -> tuple[list[Row], str]:
    r"""Return the rows of a list of themes, or of headings; and the title.

    Below a theme, `use when: …`, `words: …` and the like say what they say in a sheet;
    one with nothing behind it opens a list. A table between bars is a sheet.

    Raises
    ------
    CodebookError
        There is no theme in it.

    Examples
    --------
    >>> rows, title = rows_of_text("# Ours\n- Bus: it is late\n  - words: wait", Path("b"))
    >>> title, [dict(row.cells) for row in rows]
    ('Ours', [{'theme': 'Bus', 'description': 'it is late', 'words': 'wait'}])
    """
    lines = list(_lines(text))
    title, lines = _titled(lines)
    barred = [line for line in lines if _BAR.match(line.text)]
    if len(barred) > 1:
        cells = [
            (line.number, tuple(line.text.strip().strip("|").split("|")))
            for line in barred
            if not _TABLE_RULE.match(line.text)
        ]
        return list(rows_of_grid(cells, path)), title
    rows = _themes(lines)
    if not rows:
        raise CodebookError(
            "no theme was found; write '- Theme: what it means', a line each", path=path
        )
    return rows, title


def _lines(text: str) -> Iterator[_Line]:
    for number, line in enumerate(text.expandtabs(4).split("\n"), 1):
        if not line.strip() or _RULE.match(line.strip()):
            continue
        heading, item = _HEADING.match(line), _ITEM.match(line)
        bold = _BOLD.fullmatch(line.strip())
        if heading:
            yield _Line(number, heading[2], heading=len(heading[1]))
        elif bold:
            yield _Line(number, bold[1], heading=7)
        elif item:
            yield _Line(number, item[2], is_item=True, indent=len(item[1]))
        else:
            indent = len(line) - len(line.lstrip())
            yield _Line(number, line.strip(), indent=indent)


def _titled(lines: list[_Line]) -> tuple[str, list[_Line]]:
    """Take the title off: a heading of its own depth above other headings or a list."""
    if not lines or not lines[0].heading:
        return "", lines
    rest = lines[1:]
    others = [line.heading for line in rest if _is_theme_heading(line)]
    items = [line for line in rest if line.is_item and not line.indent]
    items = [line for line in items if not column_of(_split(line)[0])]
    deeper = others and min(others) > lines[0].heading
    if deeper or (items and not others):
        return lines[0].text.strip("*_ "), rest
    return "", lines


def _is_theme_heading(line: _Line) -> bool:
    return bool(line.heading) and column_of(line.text) in ("", "theme")


def _themes(lines: list[_Line]) -> list[Row]:
    by_headings = any(map(_is_theme_heading, lines))
    listed = any(line.is_item and not line.indent for line in lines)
    rows: list[Row] = []
    opened = ""  # the column that a list is open for
    for line in lines:
        name, said = _split(line)
        column = column_of(name)
        begins = line.heading if by_headings else not line.indent
        if not by_headings and listed and not line.is_item:
            begins = False
        if column == "theme" and said:
            rows.append(Row(line.number, {"theme": said}))
        elif begins and not column:
            rows.append(Row(line.number, {"theme": name, "description": said}))
        elif rows:
            column, said = (
                (column, said) if column else (opened or _kind(line), line.text)
            )
            rows[-1] = _with(rows[-1], column, said)
            opened = column if not said else opened
            continue
        opened = ""
    return rows


def _split(line: _Line) -> tuple[str, str]:
    told = _TOLD.match(line.text)
    if told is None or (line.heading and not told["said"]):
        return line.text.strip("*_: "), ""
    return told["name"].strip("*_ ."), told["said"].strip()


def _kind(line: _Line) -> str:
    """Take what stands between quotation marks for somebody's words."""
    return "examples" if line.text[0] in '"“„«' else "description"


def _with(row: Row, column: str, said: str) -> Row:
    before = row.cells.get(column, "")
    told = "\n".join(part for part in (before, said) if part)
    return Row(row.line, {**row.cells, column: told})


# The exchange file of programs for coding (REFI-QDA, .qdc): codes within codes.


class Code(NamedTuple):
    """Hold a code of an exchange file as it is written, and which theme it becomes.

    `parent` is the name of the code that it stands in, folders left out; `row` is the
    cells of its theme, whose names are told apart where two codes share one.
    """

    guid: str
    element: ET.Element
    row: Row


def codes_of(root: ET.Element) -> list[Code]:
    """Return the codes of a REFI-QDA file; what cannot be coded is a folder."""
    codes: list[Code] = []
    taken: set[str] = set()
    waiting = [(root, "", "")]
    while waiting:
        element, parent, folder = waiting.pop()
        below, inside = parent, folder
        if tag(element) == "Code":
            inside = name_in(_unescaped(element.get("name", "")))[:_NAME] or "unnamed"
            if _is_codable(element):
                below = _told_apart(inside, folder, taken)
                taken.add(below.casefold())
                cells = {"theme": below, "parent": parent} | _said(element)
                row = Row(len(codes) + 1, cells)
                codes.append(Code(guid_in(element), element, row))
        waiting += [(child, below, inside) for child in reversed(element)]
    return codes


def _told_apart(name: str, folder: str, taken: Collection[str]) -> str:
    """Return the name of a code, with the one above it where it occurs twice."""
    wanted, n = name, 2
    if wanted.casefold() in taken and folder:
        wanted = f"{folder}: {name}"
    apart = wanted
    while apart.casefold() in taken:
        apart, n = f"{wanted} ({n})", n + 1
    return apart


def _said(code: ET.Element) -> dict[str, str]:
    said = _unescaped(" ".join(filter(None, [text_in(code, "Description")])))
    color = code.get("color", "").strip()
    told = {"color": color} if _COLOR.fullmatch(color) else {}
    return {"description": said} | told


def _unescaped(text: str) -> str:
    """Return a name whose accents a program wrote as `&amp;uuml;` with its accents."""
    return html.unescape(text) if _ESCAPED.search(text) else text


def _is_codable(code: ET.Element) -> bool:
    return code.get("isCodable", "true").strip().lower() not in ("false", "0")


def rows_of_exchange(root: ET.Element, path: Path) -> tuple[list[Row], str]:
    """Return a row a code of a REFI-QDA file, and no title.

    Raises
    ------
    CodebookError
        The file holds no code.

    Examples
    --------
    >>> bus = '<Code name="Bus" isCodable="true"><Description>Late.</Description></Code>'
    >>> root = ET.fromstring(f"<CodeBook><Codes>{bus}</Codes></CodeBook>")
    >>> rows, _ = rows_of_exchange(root, Path())
    >>> [dict(row.cells) for row in rows]
    [{'theme': 'Bus', 'parent': '', 'description': 'Late.'}]
    """
    codes = codes_of(root)
    if not codes:
        raise CodebookError("the file holds no code", path=path)
    return [code.row for code in codes], ""
