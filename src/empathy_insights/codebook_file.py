"""Codebooks of any form: load with every problem reported at once, and save."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.codebook_refi import read_qdc
from empathy_insights.codebook_sheet import SHEETS, codebook_in_sheet, write_sheet
from empathy_insights.codebook_tables import Row, content_of, grids_of, rows_of_table
from empathy_insights.codebook_texts import rows_of_text
from empathy_insights.codebook_yaml import (
    SHIPPED,
    checked,
    parse_codebook,
    shipped_codebook,
    yaml_of,
)
from empathy_insights.errors import CodebookError, TranscriptError
from empathy_insights.files.output import write_once
from empathy_insights.files.text_files import Source, decode
from empathy_insights.files.yaml_text import NOT_UTF_8

USUAL = SHIPPED[0]  # of a study that names none and brings none
_TABLES = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls")
_TEXTS = (".md", ".markdown", ".txt")
_FOREIGN = (".docx", ".doc", ".odt", ".ods", ".pdf", ".rtf", ".html", ".htm")
_EXCHANGED = (".qdc", ".xml", ".qdpx")
_EXTENDS = "extends"
_EXTENDS_LINE = re.compile(
    rf"^\s*{_EXTENDS}:\s*(\S+)\s*$", re.IGNORECASE | re.MULTILINE
)
_shipped = cache(shipped_codebook)


@public
def load_codebook(name_or_path: str | Path) -> Codebook:
    """Load a shipped codebook by name, or your own from a file of any form.

    Parameters
    ----------
    name_or_path
        `empathy_core`, `iste_students`, `mastery_learning_roadmap`, `mastery_systems`,
        `solution_levers`, or the path of a file: a sheet (.xlsx, .csv, also as Taguette
        and QualCoder write it), a list or headings (.md, .txt), an exchange file of
        programs for coding (.qdc, .qdpx), or YAML.

    Raises
    ------
    CodebookError
        The file is missing or cannot be read, or holds fields, themes or patterns that
        cannot be used; all problems are listed, each with its line.

    See Also
    --------
    check_codebook : Holds a codebook against its own examples.
    save_codebook : Writes one.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> ei.load_codebook("empathy_core")
    Codebook('empathy_core' 0.6.0: 20 themes, 23 sub-themes)
    """
    if str(name_or_path) in SHIPPED:
        return _shipped(str(name_or_path))
    path = Path(name_or_path)
    if not path.is_file():
        raise CodebookError(
            f"there is no codebook {str(name_or_path)!r}; give the path of a file, or "
            f"one of {', '.join(SHIPPED)}"
        )
    suffix = path.suffix.casefold()
    if suffix in _FOREIGN:
        raise CodebookError(
            f"a codebook is not read from a {suffix} file; save it as .xlsx, .csv, .md "
            "or .yaml",
            path=path,
        )
    if suffix in _TABLES:
        read = grids_of(path)
        saved = codebook_in_sheet(read, path)
        return saved or _of_rows(rows_of_table(read, path), "", path)
    if suffix in _TEXTS:
        return _of_text(_any_text(path), path)
    if suffix in _EXCHANGED:
        return read_qdc(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CodebookError(NOT_UTF_8, path=path) from error
    book = parse_codebook(text, path)
    return _extending(book, str(book.extra.get(_EXTENDS, "")), path)


def _of_text(text: str, path: Path) -> Codebook:
    said = _EXTENDS_LINE.search(text)
    # The line stays, empty, so that errors name the lines of the file.
    own = text if said is None else text.replace(said[0].strip(), "", 1)
    book = _of_rows(*rows_of_text(own, path), path)
    return _extending(book, "" if said is None else said[1], path)


def _extending(book: Codebook, name: str, path: Path) -> Codebook:
    """Return a codebook with the themes of a shipped one before its own."""
    if not name:
        return book
    if name not in SHIPPED:
        raise CodebookError(
            f"a codebook extends one of {', '.join(SHIPPED)}, not {name!r}", path=path
        )
    base = _shipped(name)
    if twice := [theme.name for theme in book if theme.id in base]:
        raise CodebookError(
            f"{name} has a theme {twice[0]!r} already; give yours another name, or make "
            f"the codebook yours with `codebook new --from {name}`",
            path=path,
        )
    return replace(
        base,
        id=book.id,
        name=book.name,
        version=book.version,
        themes=base.themes + book.themes,
        stance_cues={**base.stance_cues, **book.stance_cues},
        sensitive_cues=base.sensitive_cues + book.sensitive_cues,
        theme_sets={**base.theme_sets, **book.theme_sets},
        no_theme=base.no_theme + book.no_theme,
        extra={key: said for key, said in book.extra.items() if key != _EXTENDS},
    )


def _any_text(path: Path) -> str:
    try:
        return decode(Source(path, path.read_bytes()))[0]
    except TranscriptError as error:
        raise CodebookError(error.message, path=path, line=error.line) from error


def _of_rows(rows: Sequence[Row], title: str, path: Path) -> Codebook:
    return checked(content_of(rows, path, title=title), path)[0]


@public
def save_codebook(codebook: Codebook, path: str | Path) -> Path:
    """Write a codebook as YAML or as a sheet; loading it again gives an equal codebook.

    Parameters
    ----------
    codebook
        The themes, as `load_codebook` returns them.
    path
        The file to write: .xlsx or .csv for a sheet with a row a theme, anything else
        for YAML.

    Raises
    ------
    EmpathyInsightsError
        A file of this name is there already and holds something else.

    See Also
    --------
    load_codebook : Reads it again.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> import tempfile
    >>> mine = ei.Codebook("mine", "Mine", themes=(ei.Theme("lunch", "Lunch"),))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ei.load_codebook(ei.save_codebook(mine, f"{folder}/mine.yaml")) == mine
    True
    """
    path = Path(path)
    if path.suffix.casefold() in SHEETS:
        return write_sheet(codebook, path)
    return write_once(path, lambda file: file.write(yaml_of(codebook).encode()))
