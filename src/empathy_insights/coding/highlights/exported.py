"""Tables and lists that programs for coding export: a row a highlight."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from empathy_insights.errors import OptionError, TableError, TranscriptError
from empathy_insights.files.table import Table, plain_word, renamed, table_of
from empathy_insights.files.text_files import Numbered, Source, decode
from empathy_insights.readers.office import words_in_word

COLUMNS: Mapping[str, str] = MappingProxyType({
    "text": "segment coded_segment quotation_content text_content content excerpt_copy "
    "coded_text seltext highlight highlight_text quotation quote excerpt selected_text "
    "coded coded_content segmento contenido_de_la_cita cita zitat zitatinhalt "
    "textstelle citation extrait",
    "theme": "code codes code_name codename codes_applied tag tags themes label labels "
    "node nodes codigo codigos kode",
    "document": "document_name documents nombre_del_documento documento dokumentname "
    "dokument nom_du_document media_title resource_title file file_name filename source "
    "source_name note_title session session_name transcript interview recording datei "
    "archivo fichier",
    "coder": "owner coded_by created_by excerpt_creator creator author user erstellt_von "
    "autor creado_por cree_par auteur codierer",
    "start": "pos0 start_offset start_position position_start",
})  # fmt: skip
"""The columns of an export, each with other words for it, those of MAXQDA in four languages."""

_HEADS_WITHIN = 10  # rows
_APPLIED = re.compile(r"code: ?(.+?) applied", re.IGNORECASE)
_YES = frozenset({"true", "1", "yes", "x", "wahr", "verdadero", "vrai"})
_OF_FILE = re.compile(r"<?(.+?)>? [-–] § ?\d+ .*\[ ?[\d.,]+ ?% .+\]")
_REFERENCE = re.compile(r"\w+ \d+ [-–] [\d.,]+ ?% \w+")


@dataclass(frozen=True)
class Highlight:
    """Hold words that somebody gave one code or several.

    Parameters
    ----------
    row
        Where it stands in the file: a line, or a number of its own.
    words
        What was highlighted.
    codes
        What the file calls the codes, as they stand in one cell.
    document
        What the file calls the document; empty where it does not say.
    coder
        Who coded; empty where the file does not say.
    start
        Where it begins, in code points, if the file says so.
    before, after
        What stands around it, if the file holds the whole text.
    """

    row: int
    words: str
    codes: tuple[str, ...]
    document: str = ""
    coder: str = ""
    start: int | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Exported:
    """Hold what a file exports: its highlights, and how it was read."""

    highlights: tuple[Highlight, ...]
    reading: str


def highlights_in_tables(
    grids: Iterable[tuple[str | None, Numbered]],
    path: Path,
    columns: Mapping[str, str] | None = None,
) -> Exported | None:
    """Return the highlights of the first sheet that has words and codes, if there is one.

    Parameters
    ----------
    columns
        `text`, `theme`, `document`, `coder`, `start` -> what the file calls it.

    Raises
    ------
    OptionError
        `columns` names a column that the file does not have.
    """
    own = dict(columns or {})
    if strange := sorted(set(own) - set(COLUMNS)):
        raise OptionError(
            f"columns: {strange[0]!r} is none of {', '.join(COLUMNS)}; write "
            "columns={'text': 'what your file calls it'}"
        )
    read = [grid for _, grid in grids]
    for grid in read:
        for at in range(min(len(grid), _HEADS_WITHIN)):
            heads = _named(grid[at][1], own)
            is_told = "text" in heads and ("theme" in heads or _applied(heads))
            if is_told and _absent(own, grid[at][1]) is None:
                return _of_table(table_of(_evened(grid[at:])), own)
    if own:
        missing = _absent(
            own, [head for grid in read for _, row in grid[:1] for head in row]
        )
        problem = (
            f"has no column {missing!r}" if missing else "needs 'text' and 'theme'"
        )
        raise OptionError(f"columns: {path.name} {problem}")
    return None


def _absent(own: Mapping[str, str], header: Sequence[str]) -> str | None:
    """Return the first column that the user names and the file does not have."""
    present = set(map(plain_word, header))
    return next(
        (head for head in own.values() if plain_word(head) not in present), None
    )


def _named(header: Sequence[str], own: Mapping[str, str]) -> tuple[str, ...]:
    """Call heads by our words: as the user says, else as programs call them."""
    said = {plain_word(head): ours for ours, head in own.items()}
    heads = [said.get(plain_word(head), head) for head in header]
    return renamed(heads, {k: v for k, v in COLUMNS.items() if k not in own})


def _applied(heads: Sequence[str]) -> dict[int, str]:
    """Return the columns that say of one code whether it was applied, as Dedoose has them."""
    found = {n: _APPLIED.fullmatch(head.strip()) for n, head in enumerate(heads)}
    return {n: match[1] for n, match in found.items() if match}


def _evened(grid: Numbered) -> Numbered:
    width = max(len(row) for _, row in grid)
    (line, heads), *rest = grid
    more = [f"column {n}" for n in range(len(heads) + 1, width + 1)]
    return [
        (line, (*(head or f"column {n}" for n, head in enumerate(heads, 1)), *more)),
        *rest,
    ]


def _of_table(table: Table, own: Mapping[str, str]) -> Exported:
    heads = _named(table.header, own)
    at = {ours: heads.index(ours) for ours in COLUMNS if ours in heads}
    applied = _applied(heads)

    def cell(row: Sequence[str], ours: str) -> str:
        return row[at[ours]].strip() if ours in at else ""

    highlights = [
        Highlight(
            row=line,
            words=cell(row, "text"),
            codes=(
                *([cell(row, "theme")] if "theme" in at else []),
                *(
                    name
                    for n, name in applied.items()
                    if row[n].strip().casefold() in _YES
                ),
            ),
            document=cell(row, "document"),
            coder=cell(row, "coder"),
            start=int(begin) if (begin := cell(row, "start")).isdecimal() else None,
        )
        for line, row in zip(table.lines, table.rows, strict=True)
    ]
    told = [f"{ours} from {table.header[n]!r}" for ours, n in at.items()]
    told += [
        f"theme from {len(applied)} columns such as {table.header[n]!r}"
        for n in [*applied][:1]
    ]
    return Exported(tuple(highlights), f"read as highlights: {', '.join(told)}")


# What NVivo exports of a code: its references, file by file, as a text.


def highlights_in_text(path: Path) -> Exported | None:
    """Return the references in a text that NVivo exports of a code, None of any other.

    Raises
    ------
    TableError
        The file cannot be read.
    """
    if path.suffix.casefold() not in (".docx", ".txt"):
        return None
    try:
        source = Source(path, path.read_bytes())
        is_word = path.suffix.casefold() == ".docx"
        text = words_in_word(source) if is_word else decode(source)[0]
    except OSError as error:
        raise TableError(
            "the file of codings cannot be opened; close it", path=path
        ) from error
    except TranscriptError as error:
        raise TableError(error.message, path=path, line=error.line) from error
    lines = text.split("\n")
    if not any(_OF_FILE.fullmatch(line.strip()) for line in lines):
        return None
    told = "read as the references of one code in NVivo: theme from the file's name"
    return Exported(tuple(_references(lines, path.stem)), told)


def _references(lines: Sequence[str], code: str) -> Iterable[Highlight]:
    document, begins, said = "", 0, list[str]()
    for n, line in enumerate([*lines, ""], 1):
        of_file = _OF_FILE.fullmatch(line.strip())
        if of_file or _REFERENCE.fullmatch(line.strip()) or n > len(lines):
            if begins and any(said):
                yield Highlight(begins, "\n".join(said).strip(), (code,), document)
            document = of_file[1] if of_file else document
            begins, said = (0 if of_file else n), []
        else:
            said.append(line)
