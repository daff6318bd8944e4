"""What people filled into a sheet, cell by cell."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from empathy_insights.codebook import STORY, Codebook, Theme
from empathy_insights.errors import EmpathyInsightsWarning, TableError
from empathy_insights.files.output import for_file
from empathy_insights.files.table import plain_word, read_grids

# What one cell of a sheet holds: words that are no formula, answers, names of themes.


ANSWERS: Mapping[str, str] = {
    "yes": "neutral",
    "need": "need",
    "asset": "asset",
    "mixed": "mixed",
}
"""What stands in a theme's cell -> the stance that it gives."""
NO = "no"
UNREAD = "?"
"""What `answer_in` makes of a cell that holds no answer."""
_YES = frozenset({
    "yes", "y", "x", "1", "true", "ja", "j", "wahr", "sí", "si", "oui", "vrai", "verdadero",
    "✓", "✔", "☑", "✅",
})  # fmt: skip
_NO = frozenset({"no", "n", "0", "false", "nein", "falsch", "non", "faux", "falso"})

_LONGEST = 32_000  # a cell of a spreadsheet holds 32,767
_BRACKETED = re.compile(r"\[([^\[\]]+)\]\s*$")


def shown(text: object) -> str:
    """Return words as a cell can hold them; missing words are none."""
    if not isinstance(text, str):
        return ""
    text = for_file(text)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"


def fold(cell: str) -> str:
    """Reduce a cell to what its answer means: case and blanks do not matter.

    Examples
    --------
    >>> fold("  Nothing   APPLIES ")
    'nothing applies'
    """
    return " ".join(cell.split()).casefold()


def bare(head: str) -> str:
    """Reduce a head to its letters and digits: `Segment ID` and `segmentid` are the same.

    Examples
    --------
    >>> bare("Segment ID") == bare("segment_id")
    True
    """
    return plain_word(head).replace("_", "")


def answer_in(cell: str) -> str:
    """Return what a cell answers, however people or spreadsheets write yes and no.

    Returns
    -------
    str
        `yes`, `need`, `asset`, `mixed`, `no`, empty, or `?` for what is no answer.

    Examples
    --------
    >>> [answer_in(cell) for cell in (" Need ", "TRUE", "x", "", "perhaps")]
    ['need', 'yes', 'yes', '', '?']
    """
    said = fold(cell)
    if said in _YES or said in _NO:
        return "yes" if said in _YES else NO
    return said if said in ("", *ANSWERS) else UNREAD


def folded(text: pd.Series) -> pd.Series:
    """Reduce texts to their words, to see whether two are the same."""
    return text.map(shown).astype("str").str.split().str.join(" ")


def label(theme: Theme) -> str:
    """Return what a sheet calls a theme: its name for people, its id for the reader.

    Examples
    --------
    >>> label(Theme("bus", "The bus"))
    'The bus [bus]'
    """
    return f"{theme.name} [{theme.id}]"


def bracketed(head: str) -> str | None:
    """Return the id at the end of a label, if there is one.

    Examples
    --------
    >>> bracketed("The bus [bus]"), bracketed("my thoughts")
    ('bus', None)
    """
    found = _BRACKETED.search(head)
    return found[1].strip() if found else None


def named_before(label_: str) -> str:
    """Return the name in a label, without the id at its end."""
    return _BRACKETED.sub("", label_).strip()


def theme_names(themes: Iterable[Theme]) -> dict[str, str]:
    """Map every way to write a theme, folded, to its id; a shared name tells nothing."""
    themes = list(themes)
    names = [fold(theme.name) for theme in themes]
    found = {
        name: theme.id
        for name, theme in zip(names, themes, strict=True)
        if names.count(name) == 1
    }
    found |= {fold(label(theme)): theme.id for theme in themes}
    return found | {fold(theme.id): theme.id for theme in themes}


def codebook_rows(codebook: Codebook) -> list[dict[str, str]]:
    """Return the main themes as a team reads them, a row a theme."""
    return [
        {
            "theme": label(theme),
            "definition": theme.definition or theme.brief,
            "use when": _listed(theme.use_when),
            "not when": _listed(
                f"{item.text} → {item.use}" if item.use else item.text
                for item in theme.not_when
            ),
            "examples": _listed(
                item.text for item in theme.examples if item.form != STORY
            ),
            "near misses": _listed(
                " → ".join(part for part in (item.text, item.theme, item.why) if part)
                for item in theme.near_misses
            ),
            "parts": ", ".join(sub.name for sub in codebook.sub_themes(theme.id)),
        }
        for theme in codebook.main_themes
    ]


def _listed(items: Iterable[str]) -> str:
    return "\n".join(f"• {item}" for item in items)


# Read a sheet that came back: its cells as text, and where each of them stands.


_SAVED = re.compile(rb"<dcterms:modified[^>]*>([^<]{10,40})<")
_LINES_BEFORE_HEAD = 10
_LISTED = 6

Rows = list[list[str]]


@dataclass(frozen=True)
class Filled:
    """Hold what stands in a sheet.

    Parameters
    ----------
    path
        The file.
    name
        The sheet of the workbook; None in a CSV file.
    heads
        Letter of a column -> what stands above it.
    cells
        The cells as text, blanks around them taken off; the index is the row and the
        columns are the letters by which a spreadsheet calls them.
    saved_at
        When the workbook was saved last, where it says so.
    """

    path: Path
    name: str | None
    heads: dict[str, str]
    cells: pd.DataFrame
    saved_at: str | None = None

    def find(self, head: str) -> str | None:
        """Return the letter of the first column with this head."""
        wanted = fold(head)
        return next((at for at, is_ in self.heads.items() if fold(is_) == wanted), None)

    def column(self, head: str) -> pd.Series:
        """Return the cells under a head, empty texts where there is none."""
        letter = self.find(head)
        if letter is None:
            return pd.Series("", index=self.cells.index, dtype="str")
        return self.cells[letter]

    def place(self, letter: str = "", row: int | None = None) -> str:
        """Name a cell, a column, a row or the whole, as a spreadsheet does."""
        kind = "cell" if letter and row else "column" if letter else "row"
        where = f"{kind} {letter}{row or ''}" if letter or row else ""
        if self.name is None:
            return where or "the sheet"
        return ", ".join(filter(None, (f"Sheet {self.name!r}", where)))


def read_filled(path: str | Path, needed: Sequence[str]) -> Filled:
    """Read the sheet of a workbook, or the CSV file, that has the needed heads.

    Raises
    ------
    TableError
        There is no such file, it is no table, or a head is missing.
    """
    path = Path(path)
    wanted = {bare(head): head for head in needed}
    for name, found in read_grids(path, what="sheet"):
        rows = [list(map(str.strip, row)) for _, row in found]
        for n, row in enumerate(rows[:_LINES_BEFORE_HEAD]):
            if wanted.keys() <= set(map(bare, row)):
                rows[n] = [wanted.get(bare(cell), cell) for cell in row]
                return _filled(path, name, rows, n)
    heads = " and ".join(repr(head) for head in needed)
    raise TableError(f"no sheet has the columns {heads}", path=path)


class LeftOut(NamedTuple):
    """Say what of a sheet was left out: where it is, what is amiss, and what to do.

    Parameters
    ----------
    row
        As a spreadsheet counts them; 0 for what is no row.
    place
        What a spreadsheet calls it.
    unit
        What is left out: a `cell`, a `row`, a `column`, or the `theme` that has none.
    problem, advice
        In a few words, and no participant's.
    """

    row: int
    place: str
    unit: str
    problem: str
    advice: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}; {self.advice}"


def problems_of(
    sheet: Filled,
    left_out: Iterable[LeftOut],
    cautions: Iterable[tuple[str, str]] = (),
) -> list[dict[str, object]]:
    """Return what was left out, and what should be known, as `attrs["problems"]` has it."""
    path = sheet.path.name
    lost: list[dict[str, object]] = [
        {
            "path": path, "line": one.row or None, "advice": one.advice, "unit": one.unit,
            "problem": f"{one.place}: {one.problem}",
        }
        for one in left_out
    ]  # fmt: skip
    known: list[dict[str, object]] = [
        {"path": path, "line": None, "problem": problem, "advice": advice}
        for problem, advice in cautions
    ]
    return [*lost, *known]


def refuse(sheet: Filled, wrong: Iterable[tuple[int, str]]) -> None:
    """Raise one error that names every cell that cannot be read, from top to bottom."""
    found = [problem for _, problem in sorted(wrong)]
    if found:
        n = len(found)
        head = f"{n} cells cannot be read" if n > 1 else "a cell cannot be read"
        raise TableError("\n  ".join([f"{head}:", *found]), path=sheet.path)


def made_with(sheet: Filled, codebook: Codebook) -> pd.Series:
    """Return the fingerprint of the codebook that each row was made with."""
    mine = ["", codebook.content_sha256]  # earlier sheets have the hash itself
    return sheet.column("codebook_sha256").replace(mine, codebook.sha256)


def cautions(sheet: Filled, codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Yield what can be read and should be known, and what to do."""
    if (made_with(sheet, codebook) != codebook.sha256).any():
        yield (
            f"it was made with another version of the codebook {codebook.id!r}",
            "see whether its themes still mean the same",
        )


def warn_of(path: str | Path, problems: Sequence[Mapping[str, object]]) -> None:
    """Warn once, at the line that read the sheet, of what a person should know."""
    told = [f"{one['problem']}; {one['advice']}" for one in problems[:_LISTED]]
    if len(problems) > _LISTED:
        told.append(f'{len(problems) - _LISTED} more are in attrs["problems"]')
    if told:
        message = f"{Path(path).name}: {'. '.join(told)}"
        warnings.warn(message, EmpathyInsightsWarning, stacklevel=4)


def _filled(path: Path, name: str | None, rows: Rows, head_at: int) -> Filled:
    from openpyxl.utils import get_column_letter

    width = max(len(row) for row in rows)
    letters = [get_column_letter(n) for n in range(1, width + 1)]
    padded = [row + [""] * (width - len(row)) for row in rows]
    cells = pd.DataFrame(
        padded[head_at + 1 :],
        index=range(head_at + 2, len(rows) + 1),
        columns=letters,
        dtype="str",
    )
    heads = dict(zip(letters, padded[head_at], strict=True))
    saved_at = _saved_at(path) if name is not None else None
    return Filled(path, name, heads, cells, saved_at)


def _saved_at(path: Path) -> str | None:
    """Return the time that the program wrote when it saved; openpyxl would make one up."""
    with zipfile.ZipFile(path) as packed:
        if "docProps/core.xml" not in packed.namelist():
            return None
        found = _SAVED.search(packed.read("docProps/core.xml"))
    return found[1].decode("ascii", "replace") if found else None
