"""Codebooks in a text: a list of themes, or headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from empathy_insights.codebook_tables import Row, column_of, rows_of_grid
from empathy_insights.errors import CodebookError

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
    listed = _is_list(lines)
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


def _is_list(lines: list[_Line]) -> bool:
    """Return whether themes are the items: what has no mark then goes on with one.

    Of sticky notes that somebody typed, one or two may have a mark.
    """
    told = [line for line in lines if not (line.heading or line.indent)]
    items = [at for at, line in enumerate(told) if line.is_item]
    if not items:
        return False
    notes = [n for n, one in enumerate(told) if not one.is_item and _is_note(one.text)]
    n_before = sum(n < items[0] for n in notes)
    return n_before < 2 and (len(items) > 1 or len(notes) < 2)


def _is_note(text: str) -> bool:
    """Recognise a theme as people write it on a note, and no sentence or title."""
    return len(text.split()) <= _LONGEST_NOTE and not text.endswith((".", ":", "!"))


_LONGEST_NOTE = 6  # words


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
