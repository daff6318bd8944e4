"""Databases in which Taguette and QualCoder keep a project; they are only ever read."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from html import unescape
from pathlib import Path

from empathy_insights.coding.highlights.exported import Exported, Highlight
from empathy_insights.errors import TableError

_SQLITE = b"SQLite format 3\0"
_IN_FOLDER = "data.qda"
_MOST_HIGHLIGHTS = 500_000
_MOST_STEPS = 1_000  # of 100,000 instructions each: some seconds
_LONGEST = 100_000_000  # bytes of one text
_AROUND = 400  # characters
_DEEPEST = 10  # categories in categories
_TAG = re.compile(r"<[^>]*>")

_TAGUETTE = """
    SELECT highlights.id, highlights.snippet, tags.path, documents.name,
           highlights.start_offset, highlights.end_offset, documents.id
    FROM highlights
    JOIN documents ON documents.id = highlights.document_id
    JOIN highlight_tags ON highlight_tags.highlight_id = highlights.id
    JOIN tags ON tags.id = highlight_tags.tag_id
    ORDER BY highlights.id, tags.id
"""
_QUALCODER = """
    SELECT code_text.ctid, code_text.seltext, code_name.name, source.name,
           code_text.pos0, code_text.pos1, source.id, code_text.owner, code_name.catid
    FROM code_text
    JOIN code_name ON code_name.cid = code_text.cid
    JOIN source ON source.id = code_text.fid
    ORDER BY code_text.ctid
"""


def database_of(path: Path) -> Path | None:
    """Return the database of a project: a .sqlite3 or .qda file, or that in a .qda folder."""
    file = path / _IN_FOLDER if path.is_dir() else path
    if not file.is_file():
        return None
    with file.open("rb") as opened:
        return file if opened.read(len(_SQLITE)) == _SQLITE else None


def highlights_in_project(path: Path) -> Exported:
    """Return what was highlighted in a project, each with what stands around it.

    Raises
    ------
    TableError
        The database is broken, too large, or of another program.
    """
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as project:
            _bind(project)
            names = {
                row[0] for row in project.execute("SELECT name FROM sqlite_master")
            }
            if {"highlights", "highlight_tags", "documents", "tags"} <= names:
                return Exported(
                    tuple(_of_taguette(project)), "read as a project of Taguette"
                )
            if {"code_text", "code_name", "code_cat", "source"} <= names:
                return Exported(
                    tuple(_of_qualcoder(project)), "read as a project of QualCoder"
                )
    except (sqlite3.Error, MemoryError, OverflowError, ValueError) as error:
        raise TableError(
            "the database cannot be read: it is broken, or far too large; export the "
            "project again",
            path=path,
        ) from error
    raise TableError(
        "this is a database, but no project of Taguette or QualCoder; export the codings "
        "as .csv or .xlsx",
        path=path,
    )


def _bind(project: sqlite3.Connection) -> None:
    """Let a database neither write nor run for long, whatever its views say."""
    steps = iter(range(_MOST_STEPS))
    project.set_progress_handler(lambda: next(steps, -1) == -1, 100_000)
    project.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    project.text_factory = lambda data: data.decode(errors="replace")
    project.execute("PRAGMA query_only = ON")
    project.execute("PRAGMA trusted_schema = OFF")


def _rows(project: sqlite3.Connection, query: str) -> Iterator[tuple[object, ...]]:
    for n, row in enumerate(project.execute(query)):
        if n >= _MOST_HIGHLIGHTS:
            raise sqlite3.DataError("more highlights than a study has")
        yield row


def _of_taguette(project: sqlite3.Connection) -> Iterator[Highlight]:
    """Yield highlights; Taguette counts bytes of a page's text, and keeps no coder."""
    texts: dict[object, bytes] = {}
    for number, snippet, tag, document, start, end, home in _rows(project, _TAGUETTE):
        if home not in texts:
            query = "SELECT contents FROM documents WHERE id = ?"
            [(page,)] = project.execute(query, (home,))
            texts[home] = _text(str(page)).encode()
        begin, stop = _whole(start), _whole(end)
        yield Highlight(
            row=_whole(number),
            words=_text(str(snippet), apart=True),
            codes=(str(tag),),
            document=str(document),
            before=texts[home][max(0, begin - _AROUND) : begin].decode(errors="ignore"),
            after=texts[home][stop : stop + _AROUND].decode(errors="ignore"),
        )


def _of_qualcoder(project: sqlite3.Connection) -> Iterator[Highlight]:
    """Yield highlights; QualCoder counts characters of a text, and files codes in categories."""
    above = {
        number: (str(name), parent)
        for number, name, parent in project.execute(
            "SELECT catid, name, supercatid FROM code_cat"
        )
    }
    texts: dict[object, str] = {}
    for number, words, code, document, start, end, home, owner, folder in _rows(
        project, _QUALCODER
    ):
        if home not in texts:
            query = "SELECT fulltext FROM source WHERE id = ?"
            [(text,)] = project.execute(query, (home,))
            texts[home] = str(text or "")
        begin, stop = _whole(start), _whole(end)
        yield Highlight(
            row=_whole(number),
            words=str(words or ""),
            codes=(_path(str(code), folder, above),),
            document=str(document),
            coder=str(owner or ""),
            start=begin,
            before=texts[home][max(0, begin - _AROUND) : begin],
            after=texts[home][stop : stop + _AROUND],
        )


def _path(code: str, folder: object, above: Mapping[object, tuple[str, object]]) -> str:
    """Return a code below the categories that it is in, at most ten deep."""
    steps = [code]
    while folder in above and len(steps) <= _DEEPEST:
        name, folder = above[folder]
        steps.insert(0, name)
    return " > ".join(steps)


def _whole(number: object) -> int:
    return max(0, number) if isinstance(number, int) else 0


def _text(page: str, *, apart: bool = False) -> str:
    """Return the text of a page; `apart` puts a blank in the place of each tag.

    Examples
    --------
    >>> _text("<p>Late &amp; <i>cold</i></p><p>Yes</p>"), _text("<p>No</p><p>Yes</p>", apart=True)
    ('Late & coldYes', 'No  Yes')
    """
    return unescape(_TAG.sub(" " * apart, page)).strip(" " * apart)
