"""A codebook as a sheet: a row a theme, and read again as it was."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, Any

from empathy_insights.codebook import LEFT_OUT, STORY, Codebook
from empathy_insights.codebook_yaml import checked, fields_of
from empathy_insights.errors import CodebookError
from empathy_insights.files.output import save_workbook, write_once
from empathy_insights.files.text_files import Numbered, disarm
from empathy_insights.files.yaml_text import Yaml
from empathy_insights.tables import NO_THEME

SHEETS = (".xlsx", ".csv")
_FIRST = (
    "theme_id", "theme", "parent", "headline", "brief", "definition", "use_when",
    "not_when", "examples", "near_misses", "patterns.strong", "patterns.weak",
    "patterns.exclude",
)  # fmt: skip
_LAST = ("codebook", "story_role", "story")
_PARTED = ("patterns", "need")
_TEXTS = frozenset({
    "theme_id", "theme", "parent", "headline", "brief", "definition", "priority",
    "need.verb_phrase", "need.goal_noun", "need.barrier", "story_role", "story",
})  # fmt: skip
_LISTS = frozenset({
    "use_when", "not_when", "examples", "near_misses", "default_levers",
    "patterns.strong", "patterns.weak", "patterns.exclude",
})  # fmt: skip
_LONGEST = 32_767  # characters of a cell, in every spreadsheet program

Cells = dict[str, str]


def write_sheet(codebook: Codebook, path: Path) -> Path:
    """Write a codebook as .xlsx or .csv; no cell is a formula.

    A list has a line an item; an item of several parts, such as an example and whose it
    is, is written as JSON, a line an item. Stories have a row each, below the themes.

    Raises
    ------
    CodebookError
        A text is longer than a cell may be.
    """
    rows = list(_rows(codebook))
    heads = list(dict.fromkeys(chain(_FIRST, *rows)))
    heads = [*(head for head in heads if head not in _LAST), *_LAST]
    table = [heads, *([row.get(head, "") for head in heads] for row in rows)]
    if any(len(cell) > _LONGEST for row in table for cell in row):
        problem = "a text is too long for a cell; save the codebook as .yaml"
        raise CodebookError(problem, path=path)
    is_text = path.suffix.casefold() == ".csv"
    write = _write_csv if is_text else _write_workbook
    return write_once(path, lambda file: write(table, file))


def _write_csv(table: Sequence[Sequence[str]], file: IO[bytes]) -> None:
    told = io.StringIO()
    safe = ([disarm(cell) for cell in row] for row in table)
    csv.writer(told, lineterminator="\n").writerows(safe)
    file.write(told.getvalue().encode("utf-8-sig"))


def _rows(codebook: Codebook) -> Iterator[Cells]:
    """Yield what is said of the codebook, each theme, and each story."""
    fields = fields_of(codebook)
    apart = ("schema_version", "themes", "stories", "no_theme")
    head = {name: value for name, value in fields.items() if name not in apart}
    yield {"codebook": _json(head)}
    yield from _themes(fields["themes"], "")
    if "no_theme" in fields:
        yield {"theme_id": NO_THEME, "examples": _cell("examples", fields["no_theme"])}
    told = [(theme.id, one) for theme in codebook for one in theme.examples]
    told += [(NO_THEME, one) for one in codebook.no_theme]
    for theme, one in told:
        if one.form == STORY:
            yield {"theme_id": theme, "story_role": one.role, "story": one.text}


def _themes(themes: Sequence[Mapping[str, Any]], parent: str) -> Iterator[Cells]:
    for theme in themes:
        plain = {name: value for name, value in theme.items() if name != "subthemes"}
        parts = [
            (f"{name}.{key}", value)
            for name in _PARTED
            for key, value in plain.pop(name, {}).items()
        ]
        told = {
            "theme_id": plain.pop("id"),
            "theme": plain.pop("name"),
            "parent": parent,
        }
        told |= plain | dict(parts)
        yield {name: _cell(name, value) for name, value in told.items()}
        yield from _themes(theme.get("subthemes", ()), theme["id"])


def _cell(name: str, value: Any) -> str:  # noqa: ANN401 - whatever YAML may hold
    """Write a value so that `_value` reads it again."""
    if name in _LISTS:
        items = [_item(one) for one in value]
        is_plain = all(
            isinstance(one, str) and one == one.strip() != "" for one in items
        )
        lines = "\n".join(map(str, items))
        return lines if is_plain and _value(name, lines) == items else _json(items)
    if isinstance(value, str) and (name in _TEXTS or _value(name, value) == value):
        return value
    return _json(value)


def _item(one: Any) -> Any:  # noqa: ANN401 - see above
    """Return an item that says nothing but its text as that text."""
    if not isinstance(one, dict):
        return one
    told = {k: v for k, v in one.items() if (k, v) != ("form", "transcript")}
    return told["text"] if set(told) == {"text"} else told


def _value(name: str, cell: str) -> Any:  # noqa: ANN401 - see above
    """Read a cell: text, a list with a line an item, or JSON."""
    if name in _TEXTS:
        return cell
    try:
        return json.loads(cell)
    except ValueError:
        if name not in _LISTS:
            return cell
    return [line.strip() for line in cell.split("\n") if line.strip()]


def _json(value: object) -> str:
    """Return JSON with a line an item, which a person can read in a cell."""
    if isinstance(value, dict):
        inside = [f"{json.dumps(k)}: {_flat(v)}" for k, v in value.items()]
        return "{" + ",\n".join(inside) + "}"
    if isinstance(value, list):
        return "[" + ",\n".join(map(_flat, value)) + "]"
    return _flat(value)


def _flat(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _write_workbook(table: Sequence[Sequence[str]], file: IO[bytes]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = "codebook"
    sheet.freeze_panes = "C2"
    styled = None
    for n, row in enumerate(table, 1):
        for k, text in enumerate(row, 1):
            if not text:
                continue
            cell = sheet.cell(n, k)
            cell.value, cell.data_type = text, "s"
            if n == 1:
                cell.font = Font(bold=True)
            elif styled is None:
                cell.quotePrefix = True
                cell.alignment = Alignment(vertical="top", wrap_text=True)
                styled = cell
            else:  # setting every style anew takes ten times as long
                cell._style = styled._style
    for k, head in enumerate(table[0], 1):
        width = 22 if head in _TEXTS and head not in ("definition", "story") else 50
        sheet.column_dimensions[sheet.cell(1, k).column_letter].width = width
    save_workbook(book, file)


# And back.


def codebook_in_sheet(
    read: Sequence[tuple[str | None, Numbered]], path: Path
) -> Codebook | None:
    """Return the codebook that `write_sheet` wrote, whoever worked on it since.

    None of any other table.

    Raises
    ------
    CodebookError
        What was written into it since is no codebook; all problems, with their lines.
    """
    for _, grid in read:
        heads = [cell.strip() for cell in grid[0][1]] if grid else []
        if {"theme_id", "codebook"} <= set(heads):
            rows = [
                (
                    line,
                    {
                        h: cell
                        for h, cell in zip(heads, row, strict=False)
                        if h and cell.strip()
                    },
                )
                for line, row in grid[1:]
            ]
            return checked(_content(rows, path), path)[0]
    return None


def _content(rows: Sequence[tuple[int, Cells]], path: Path) -> Yaml:
    """Return what the YAML of the codebook would hold, and the lines of its themes."""
    content: dict[str, Any] = {"themes": []}
    lines: dict[str, int] = {"themes": 1}
    themes: dict[str, tuple[str, dict[str, Any]]] = {}
    of_none: list[Any] = []
    gone = _stories_of_none(rows)
    for line, row in rows:
        if "codebook" in row:
            content |= _about(row["codebook"], path, line)
        name, parent = row.get("theme_id", ""), row.get("parent", "")
        if name in gone:
            continue
        if name == NO_THEME:
            of_none += [*_value("examples", row.get("examples", "[]")), *_story(row)]
        elif "story" in row and name in themes:
            themes[name][1].setdefault("examples", []).extend(_story(row))
        elif name or "theme" in row:
            above = themes.get(parent, ("", content))
            if parent and parent not in themes:
                problem = f"the sheet has no theme {parent!r} above this one; name its theme_id"
                raise CodebookError(problem, path=path, line=line)
            inside = above[1].setdefault("subthemes" if parent else "themes", [])
            at = f"{above[0]}.subthemes" if parent else "themes"
            place, theme = f"{at}[{len(inside)}]", _theme(row)
            themes[name or row["theme"]] = place, theme
            lines[place] = line
            inside.append(theme)
    found = {"no_theme": of_none, LEFT_OUT: gone}
    return Yaml(content | {name: told for name, told in found.items() if told}, lines)


def _stories_of_none(rows: Sequence[tuple[int, Cells]]) -> dict[str, int]:
    """Count the stories of each theme whose own row somebody has deleted."""
    kept = {row.get("theme_id", "") for _, row in rows if "story" not in row}
    names = [row.get("theme_id", "") for _, row in rows if "story" in row]
    return dict(Counter(name for name in names if name not in {*kept, "", NO_THEME}))


def _about(cell: str, path: Path, line: int) -> dict[str, Any]:
    try:
        told = json.loads(cell)
    except ValueError as error:
        problem = "the cell 'codebook' is no JSON any more; take it from the saved sheet again"
        raise CodebookError(problem, path=path, line=line) from error
    return (
        {k: v for k, v in told.items() if k != "themes"}
        if isinstance(told, dict)
        else {}
    )


def _story(row: Cells) -> list[dict[str, str]]:
    if "story" not in row:
        return []
    return [{"text": row["story"], "role": row.get("story_role", ""), "form": STORY}]


def _theme(row: Cells) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, cell in row.items():
        part, _, key = name.partition(".")
        if key and part in _PARTED:
            told.setdefault(part, {})[key] = _value(name, cell)
        elif name not in ("parent", *_LAST):
            told[{"theme_id": "id", "theme": "name"}.get(name, name)] = _value(
                name, cell
            )
    return told
