"""Codebooks of any form: load with every problem reported at once, and save."""

from __future__ import annotations

from collections.abc import Sequence
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
from empathy_insights.files.text_files import Source, decode
from empathy_insights.files.yaml_text import NOT_UTF_8

USUAL = SHIPPED[0]  # of a study that names none and brings none
_TABLES = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls")
_TEXTS = (".md", ".markdown", ".txt")
_FOREIGN = (".docx", ".doc", ".odt", ".ods", ".pdf", ".rtf", ".html", ".htm")
_EXCHANGED = (".qdc", ".xml", ".qdpx")
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
    >>> load_codebook("empathy_core")
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
        return _of_rows(*rows_of_text(_any_text(path), path), path)
    if suffix in _EXCHANGED:
        return read_qdc(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CodebookError(NOT_UTF_8, path=path) from error
    return parse_codebook(text, path)


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

    See Also
    --------
    load_codebook : Reads it again.

    Examples
    --------
    >>> import tempfile
    >>> from empathy_insights.codebook import Theme
    >>> mine = Codebook("mine", "Mine", themes=(Theme("lunch", "Lunch"),))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     load_codebook(save_codebook(mine, f"{folder}/mine.yaml")) == mine
    True
    """
    path = Path(path)
    if path.suffix.casefold() in SHEETS:
        return write_sheet(codebook, path)
    path.write_text(yaml_of(codebook), encoding="utf-8")
    return path
