"""Codebooks in the cells of a sheet: what people write over columns, and in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from empathy_insights.codebook_needs import need_in
from empathy_insights.errors import CodebookError, TableError, where
from empathy_insights.files.output import for_file
from empathy_insights.files.table import (
    Table,
    plain_word,
    read_grids,
    renamed,
    table_of,
)
from empathy_insights.files.text_files import Numbered
from empathy_insights.files.yaml_text import Yaml

COLUMNS: Mapping[str, str] = MappingProxyType({
    "theme": "theme_name name_of_theme themes name code_name codename code codes tag "
    "tags tag_name label title topic node thema codigo tema nombre",
    "parent": "parent_theme parent_code parent_name main_theme part_of",
    "subtheme": "sub_theme subthemes sub_themes subcode sub_code child_code",
    "description": "definition theme_description code_description memo meaning "
    "what_it_means explanation details about beschreibung descripcion definicion",
    "brief": "short_description short_definition summary in_short",
    "use_when": "use_if use_for when_to_use use_this_when inclusion_criteria "
    "inclusion_criterion inclusion include includes include_when what_belongs apply_when",
    "not_when": "do_not_use_when do_not_use don_t_use_when not_used_when not_if "
    "when_not_to_use exclusion_criteria exclusion_criterion exclusion exclude excludes "
    "exclude_when what_does_not_belong",
    "words": "example_words keywords key_words keyword signal_words search_words "
    "search_terms trigger_words words_people_use phrases terms word look_for",
    "examples": "example example_quotes example_quote quotes quote sample_quotes "
    "sample_quote typical_examples exemplars exemplar excerpts verbatims sounds_like",
    "near_misses": "near_miss not_examples non_examples nonexamples counter_examples "
    "counterexamples counter_example looks_like_but_is_not close_but_no",
    "headline": "headlines in_a_sentence one_sentence finding",
    "need": "needs need_statement students_need_to people_need_to",
})  # fmt: skip
"""The columns of a codebook, each with other words for it."""

_IGNORED = frozenset({
    "color", "colour", "hex", "id", "no", "nr", "number", "count", "counts", "n",
    "frequency", "freq", "highlights", "number_of_highlights", "references", "files",
    "documents", "owner", "coder", "date", "created", "modified", "created_at",
    "modified_at", "cid", "catid",
})  # fmt: skip
_LISTS = frozenset({"use_when", "not_when", "words", "examples", "near_misses"})
# A longer head still says which column it is: "Examples from our interviews".
_BY_BEGINNING = frozenset({"description", "definition", "words", *_LISTS})
_HEADS_WITHIN = 20  # rows
_ALIKE, _TELLING = 0.8, 5  # two words, one misspelt; letters of one that tells
LONGEST_NAME = 200  # characters
_BULLET = re.compile(r"^(?:[-*•‣◦–]|\d{1,2}[.)])\s+")
_QUOTES = '"“”„«»'
_ASIDE = re.compile(r"\(.*?\)|\[.*?\]|[*:?…]|\.\.\.")


class Row(NamedTuple):
    """What is said of a theme in one place: its cells, by our words for the columns."""

    line: int
    cells: Mapping[str, str]


def column_of(head: str) -> str:
    """Return our word for what stands above a column, or before a colon; empty for none.

    Examples
    --------
    >>> [column_of(head) for head in ("Inclusion criteria:", "KEYWORDS", "Shoe size")]
    ['use_when', 'words', '']
    """
    head = _ASIDE.sub("", head)
    [found] = renamed([head], COLUMNS)
    if found in COLUMNS:
        return found
    plain = re.sub(r"[\W_]+", "_", head.casefold()).strip("_")
    for ours, others in COLUMNS.items():
        for word in (ours, *others.split()):
            if ours in _BY_BEGINNING and plain.startswith(f"{word}_"):
                return ours
    return ""


# From the cells of a file to rows.


def grids_of(path: Path) -> list[tuple[str | None, Numbered]]:
    """Read all cells of a file, as `read_grids` does.

    Raises
    ------
    CodebookError
        The file cannot be read.
    """
    try:
        return read_grids(path, what="codebook")
    except TableError as error:
        raise CodebookError(error.message, path=path, line=error.line) from error


def rows_of_table(read: Sequence[tuple[str | None, Numbered]], path: Path) -> list[Row]:
    """Return the rows of the sheet that looks most like a codebook.

    Raises
    ------
    CodebookError
        No column of it holds themes.
    """
    is_sheet = any(name is not None for name, _ in read)
    sheets = [filled for _, grid in read if (filled := _filled(grid))]
    if not sheets:
        raise CodebookError("the codebook holds nothing", path=path)
    best = max(sheets, key=lambda grid: _n_known(grid[_heads_at(grid)][1]))
    return list(rows_of_grid(best, path, is_sheet=is_sheet))


def _filled(grid: Numbered) -> Numbered:
    return [(line, row) for line, row in grid if any(map(str.strip, row))]


def _heads_at(grid: Numbered) -> int:
    """Return the place of the row that holds most heads; titles may stand above it."""
    first = range(min(len(grid), _HEADS_WITHIN))
    return max(first, key=lambda n: (_n_known(grid[n][1]), -n))


def _n_known(row: Sequence[str]) -> int:
    return len({column_of(cell) for cell in row if cell.strip()} - {""})


def rows_of_grid(
    grid: Numbered, path: Path, *, is_sheet: bool = False
) -> Iterator[Row]:
    """Yield what each row of cells says, by our words for the columns.

    Raises
    ------
    CodebookError
        No column holds themes, or a row has more cells than there are heads.
    """
    at = _heads_at(grid)
    if not _n_known(grid[at][1]):
        # A plain list: names alone, or names with what they mean.
        width = max(sum(bool(cell.strip()) for cell in row) for _, row in grid)
        if width > 2:
            raise CodebookError(
                "no column is called theme; write heads such as theme, description, "
                "words and examples above the columns",
                path=path,
            )
        grid, at = [(0, ("theme", "description")), *map(_moved_left, grid)], 0
    table = table_of(_evened(grid[at:]) if is_sheet else grid[at:])
    wide = table.odd[0][0] if table.odd else None
    if wide is not None:
        raise CodebookError(
            "the row has more cells than there are heads; put cells that hold the "
            "delimiter between quotation marks",
            path=path,
            line=wide,
        )
    _refuse_misspelt(table.header, path, grid[at][0])
    heads = _named(table)
    for line, cells in zip(table.lines, table.rows, strict=True):
        told = {head: cell for head, cell in zip(heads, cells, strict=True) if head}
        yield Row(line, told)


def _refuse_misspelt(header: Sequence[str], path: Path, line: int) -> None:
    """Raise one CodebookError for all heads that are nearly one of ours, and no note.

    What is nearly another word for a column that is there is a note beside it.
    """
    there = {column_of(head) for head in header}
    words = {
        word: ours
        for ours, others in COLUMNS.items()
        for word in (ours, *others.split())
        if len(word) >= _TELLING and (ours not in there or word == ours)
    }
    problems = [
        f"{head!r} is no head that we know; did you mean {near[0].replace('_', ' ')!r}?"
        for head in header
        if not column_of(head)
        and (near := get_close_matches(plain_word(head), words, n=1, cutoff=_ALIKE))
    ]
    if problems:
        told = [f"{where(path, line)}{problem}" for problem in problems]
        if len(problems) == 1:
            raise CodebookError(problems[0], path=path, line=line or None)
        head = f"{len(problems)} problems in the codebook"
        raise CodebookError(head, path=path, problems=told)


def _evened(grid: Numbered) -> Numbered:
    """Name what stands right of all heads of a sheet, such as a note for a colleague."""
    width = max(len(row) for _, row in grid)
    (line, heads), *rest = grid
    named = [head or f"column {n}" for n, head in enumerate(heads, 1)]
    more = [f"column {n}" for n in range(len(heads) + 1, width + 1)]
    return [(line, (*named, *more)), *rest]


def _moved_left(numbered: tuple[int, tuple[str, ...]]) -> tuple[int, tuple[str, ...]]:
    line, row = numbered
    return line, tuple(cell for cell in row if cell.strip())


def _named(table: Table) -> tuple[str, ...]:
    """Name the columns by our words; one that is of no use has an empty name."""
    bare = [_ASIDE.sub("", head) for head in table.header]
    heads = list(renamed(bare, COLUMNS))
    for n, head in enumerate(bare):
        ours = column_of(head)
        if heads[n] not in COLUMNS and ours in _BY_BEGINNING and ours not in heads:
            heads[n] = ours
    plain = [re.sub(r"[\W_]+", "_", head.casefold()).strip("_") for head in heads]
    if "theme" in heads:
        _find_codes_of_themes(table, heads, plain)
    else:
        # The themes often stand first, under a head that says nothing.
        free = (n for n, name in enumerate(heads) if name not in COLUMNS)
        heads[next((n for n in free if plain[n] not in _IGNORED), 0)] = "theme"
    return tuple(
        name if name in COLUMNS else _own(name, word)
        for name, word in zip(heads, plain, strict=True)
    )


def _own(name: str, word: str) -> str:
    """Return what a column of the user's own is called; empty for one of no use."""
    is_of_use = word not in _IGNORED and not re.fullmatch(r"column \d+", name)
    return word if is_of_use else ""


def _find_codes_of_themes(table: Table, heads: list[str], plain: list[str]) -> None:
    """Take codes for sub-themes where a theme stands over several rows of them."""
    codes = [
        n for n, word in enumerate(plain) if word in ("code", "codes", "code_name")
    ]
    if not codes or "subtheme" in heads:
        return
    named = [row[heads.index("theme")].strip() for row in table.rows]
    if len({name for name in named if name}) < len(named):
        heads[codes[0]] = "subtheme"


# From rows, whoever wrote them, to what a YAML file would hold.


class _Place(NamedTuple):
    """A row, and the theme that it is about; `again` where it goes on with one."""

    line: int
    parent: str
    name: str
    cells: Mapping[str, str]
    again: bool


def content_of(rows: Iterable[Row], path: Path, *, title: str = "") -> Yaml:
    """Turn rows into what `load_yaml` would give: the one way from cells to themes.

    A row without a theme goes on with the one above, as merged cells do; rows of one
    name are one theme.

    Raises
    ------
    CodebookError
        A row has no theme, a name is too long for one, or a theme is described twice;
        all are listed, each with its line.
    """
    problems: list[tuple[int, str]] = []
    themes: dict[tuple[str, str], dict[str, object]] = {}
    first: dict[tuple[str, str], int] = {}
    for place in _flat(list(_placed(rows, problems))):
        of = place.parent.casefold()
        if of:
            themes.setdefault(("", of), {"name": place.parent})
            first.setdefault(("", of), place.line)
        key = (of, place.name.casefold())
        first.setdefault(key, place.line)
        known = themes.setdefault(key, {"name": place.name})
        for column, cell in place.cells.items():
            if cell.strip() and not _added(known, column, cell, again=place.again):
                what = f"a second {column}, other than that of line {first[key]}"
                fix = "write a row a theme, or give each theme a name of its own"
                problems.append((place.line, f"{place.name!r} has {what}; {fix}"))
    if problems:
        told = [f"{where(path, line)}{problem}" for line, problem in sorted(problems)]
        if len(problems) == 1:
            raise CodebookError(problems[0][1], path=path, line=problems[0][0])
        head = f"{len(problems)} problems in the codebook"
        raise CodebookError(head, path=path, problems=told)
    return _nested(themes, first, title)


def _placed(rows: Iterable[Row], problems: list[tuple[int, str]]) -> Iterator[_Place]:
    parent = theme = sub = ""
    for line, cells in rows:
        named, under = (name_in(cells.get(key, "")) for key in ("theme", "subtheme"))
        if named:
            parent, theme, sub = name_in(cells.get("parent", "")), named, ""
        sub = under or sub
        rest = {
            key: cell
            for key, cell in cells.items()
            if key not in ("theme", "parent", "subtheme")
        }
        if not theme:
            problems.append((line, "the row names no theme; write one beside it"))
        elif len(theme) > LONGEST_NAME or len(sub) > LONGEST_NAME:
            what = f"the name of a theme has more than {LONGEST_NAME} characters"
            problems.append((line, f"{what}; is the head of its column right?"))
        else:
            above, name = (theme, sub) if sub else (parent, theme)
            above = "" if above.casefold() == name.casefold() else above
            yield _Place(line, above, name, rest, again=not (named or under))


def _flat(places: list[_Place]) -> Iterator[_Place]:
    """Give what stands deeper than a sub-theme to the theme at the top."""
    above = {one.name.casefold(): one.parent for one in places if one.parent}
    for one in places:
        parent, seen = one.parent, {one.name.casefold()}
        while (key := parent.casefold()) in above and key not in seen:
            seen.add(key)
            parent = above[key]
        yield one._replace(parent="" if parent.casefold() in seen else parent)


def _added(known: dict[str, object], column: str, cell: str, *, again: bool) -> bool:
    """Add a cell to what is known of its theme; return whether it fits."""
    if column in _LISTS:
        before = known.get(column, [])
        both = [*(before if isinstance(before, list) else []), *items_of(column, cell)]
        known[column] = list(dict.fromkeys(both))
        return True
    text = cell.strip()
    if column == "need":
        known[column] = need_in(text)
        return True
    said = str(known.get(column, ""))
    if said and said != text and (again or column not in COLUMNS):
        text = f"{said}\n{text}"
    elif said and said != text:
        return False
    known[column] = text
    return True


def items_of(column: str, cell: str) -> list[str]:
    """Return what a cell lists: a line each or between semicolons; words, commas too.

    Examples
    --------
    >>> items_of("words", "late; no-show, Driver"), items_of("examples", "- “Late, again.”")
    (['late', 'no-show', 'Driver'], ['Late, again.'])
    """
    cut = r"[;,\n]" if column == "words" else r"\n" if "\n" in cell.strip() else ";"
    parts = [_BULLET.sub("", part.strip()) for part in re.split(cut, cell)]
    return [bare for part in parts if (bare := part.strip(f" {_QUOTES}"))]


def name_in(cell: str) -> str:
    """Return the name of a theme without the bullet or the stars around it."""
    return " ".join(_BULLET.sub("", for_file(cell).strip()).strip("*").split())


def _nested(
    themes: Mapping[tuple[str, str], dict[str, object]],
    first: Mapping[tuple[str, str], int],
    title: str,
) -> Yaml:
    lines: dict[str, int] = {"themes": 1}
    told: list[dict[str, object]] = []
    for (of, name), theme in themes.items():
        if of:
            continue
        at = f"themes[{len(told)}]"
        lines[at] = first["", name]
        subs = [(key, sub) for key, sub in themes.items() if key[0] == name]
        lines |= {f"{at}.subthemes[{n}]": first[key] for n, (key, _) in enumerate(subs)}
        told.append({**theme, "subthemes": [sub for _, sub in subs]})
    return Yaml({**({"name": title} if title else {}), "themes": told}, lines)
