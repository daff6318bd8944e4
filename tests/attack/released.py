"""What a stranger reads in the files of a release: numbers, names and their order.

Nothing here knows the library's frames: every fact is taken from a file that others get.
"""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from pathlib import Path

import openpyxl
import pandas as pd

TOTAL = "everybody"
_MERGES = {
    "families and community": ("family", "community"),
    "teachers, staff and leaders": (
        "teacher", "staff", "school_leader", "network_leader",
    ),
}  # fmt: skip
_SPOKEN = {
    "students": "student", "families": "family", "teachers": "teacher",
    "staff members": "staff", "people of unknown role": "unknown",
    "student": "student", "a family member": "family", "teacher": "teacher",
    "staff": "staff", "role unknown": "unknown", "unknown": "unknown",
    "family": "family",
}  # fmt: skip
_LADDER = ((19, 0.8), (39, 0.9), (99, 0.95), (299, 0.98))
_LEAST = {"school": 5, "public": 10}


@dataclass
class Release:
    """Hold what the files say.

    Parameters
    ----------
    rows
        Theme (empty for people heard), roles, `shown`, `hidden`, and the status column.
    named
        Theme -> roles that some list of who raised it names.
    spoke
        Theme and role, or everybody -> at least so many people, by the quotes.
    picked
        Themes of the statement, the first first.
    heard_of
        A number that stands beside groups: people whose role is known.
    coded
        How many people have a theme at all.
    """

    audience: str
    rows: list[dict[str, object]] = field(default_factory=list)
    named: dict[str, set[str]] = field(default_factory=dict)
    spoke: dict[tuple[str, str], int] = field(default_factory=dict)
    picked: list[str] = field(default_factory=list)
    heard_of: set[int] = field(default_factory=set)
    coded: int | None = None

    @property
    def least(self) -> int:
        return _LEAST[self.audience]

    @cached_property
    def sized(self) -> set[object]:
        """Roles of which it is told how many were heard; None is everybody."""
        return {
            row["roles"]
            for row in self.rows
            if re.search(r"\d+ of \d+$", str(row["shown"]))
            or (not row["theme"] and not row["hidden"])
        }

    @property
    def shows_zero(self) -> bool:
        return self.audience == "school"


def read_release(folder: Path) -> Release:
    """Read every file of a release but those in the team's folder."""
    audience = json.loads((folder / "manifest.json").read_text())["audience"]
    found = Release(audience)
    texts = []
    for path in sorted(folder.rglob("*")):
        if "team_only" in path.parts or path.is_dir():
            continue
        if path.suffix == ".csv":
            _read_table(found, pd.read_csv(path, encoding="utf-8-sig"))
        elif path.suffix == ".xlsx":
            for sheet in openpyxl.load_workbook(path).worksheets:
                head, *rows = sheet.iter_rows(values_only=True)
                _read_table(
                    found,
                    pd.DataFrame(
                        rows, columns=[str(name).replace(" ", "_") for name in head]
                    ),
                )
        else:
            texts += _texts(path)
    for text in texts:
        _read_text(found, text)
    html = (folder / "report.html").read_text(encoding="utf-8")
    _read_passages(found, html)
    return found


def _texts(path: Path) -> list[str]:
    if path.suffix in {".docx", ".pptx"}:
        with zipfile.ZipFile(path) as packed:
            return [
                _plain(packed.read(name).decode())
                for name in packed.namelist()
                if name.endswith(".xml")
            ]
    if path.suffix in {".html", ".md", ".txt", ".json"}:
        return [_plain(path.read_text(encoding="utf-8"))]
    return []


def _plain(markup: str) -> str:
    ends = re.sub(r"</(?:a:p|w:p|p|td|th|li|h\d|tr|div)>", "\n", markup)
    return unescape(re.sub(r"<[^>]+>", "", ends))


def _read_table(found: Release, table: pd.DataFrame) -> None:
    for columns, read in _READERS:
        if columns <= set(table.columns):
            read(found, table)


def _read_counts(found: Release, table: pd.DataFrame) -> None:
    if "quote" not in table:  # the numbers of the theme table once more
        found.rows += [_row(row) for row in table.to_dict("records")]


def _read_voices(found: Release, table: pd.DataFrame) -> None:
    for row in table[table["group"] == "role"].to_dict("records"):
        found.rows.append(_row({**row, "role": row["value"], "theme": ""}))
        if not pd.isna(row.get("of")) and row["value"] != "unknown":
            found.heard_of.add(int(row["of"]))


def _read_roles(found: Release, table: pd.DataFrame) -> None:
    for theme, roles in table[["theme", "roles"]].dropna().to_numpy():
        _name(found, str(theme), _listed(str(roles)))


def _read_readings(found: Release, table: pd.DataFrame) -> None:
    for theme, said in table[["theme", "reading"]].dropna().to_numpy():
        if "heard from " in said:
            _name(found, str(theme), _listed(said.split("heard from ")[1]))


def _read_options(found: Release, table: pd.DataFrame) -> None:
    found.picked = found.picked or list(dict.fromkeys(table["themes"].dropna()))


def _row(row: dict[str, object]) -> dict[str, object]:
    group = row.get("role", row.get("role_group"))
    roles = None if group is None else _MERGES.get(str(group), (str(group),))
    kept = {
        name: "" if pd.isna(row.get(name)) else row[name]
        for name in ("shown", "hidden")
    }
    status = row.get("status", "no such column")
    return {
        "theme": row["theme"], "roles": roles, **kept,
        "status": "" if pd.isna(status) else status,
    }  # fmt: skip


def _listed(text: str) -> list[str]:
    for merged in _MERGES:  # of one of several roles, nobody can say which
        text = re.sub(rf"(?:, | and )?{merged}", "", text)
    return re.split(r", | and ", text.strip())


def _name(found: Release, theme: str, roles: list[str]) -> None:
    names = {_SPOKEN[role] for role in roles if role in _SPOKEN}
    found.named.setdefault(theme, set()).update(names)


def _read_quotes(found: Release, table: pd.DataFrame) -> None:
    quotes = table[table["kind"] == "quote"]
    for theme, said in quotes.groupby("theme"):
        _spoke(found, (str(theme), TOTAL), len(said))
        for who, of_role in said.groupby("said_by"):
            if who in _SPOKEN:
                _spoke(found, (str(theme), _SPOKEN[str(who)]), len(of_role))


def _spoke(found: Release, key: tuple[str, str], n: int) -> None:
    found.spoke[key] = max(n, found.spoke.get(key, 0))


def _read_text(found: Release, text: str) -> None:
    spoke = r"people(?: \([^)]*\))? spoke of it"
    for theme, roles in re.findall(
        rf"\b(\w+): [^.:\n]*?{spoke}(?:, ([a-z ,]+) among them)?\.", text
    ):
        _name(found, theme.lower(), _listed(roles) if roles else [])
    for theme, count in re.findall(rf"\b(\w+): (\d+ of \d+) {spoke}", text):
        found.rows.append(_told(theme.lower(), None, count))
    for theme, count in re.findall(r"\b([a-z]+) \((\d+ of \d+)\)", text):
        found.rows.append(_told(theme, None, count))
    for count, who, theme in re.findall(
        r"(?<!than )(?<!least )\b(\d+ of \d+) (students|families|teachers|staff members) spoke of ([a-z]+)",
        text,
    ):
        found.rows.append(_told(theme, (_SPOKEN[who],), count))
    if match := re.search(
        r"(?<!than )(?<!least )\b(\d+) of \d+ people have at least one theme", text
    ):
        found.coded = int(match[1])


def _told(theme: str, roles: tuple[str, ...] | None, count: str) -> dict[str, object]:
    return {
        "theme": theme, "roles": roles, "shown": count, "hidden": "", "status": "?",
    }  # fmt: skip


def _read_passages(found: Release, html: str) -> None:
    if 'id="passages">' not in html:
        return
    data = json.loads(html.split('id="passages">')[1].split("</script>")[0])
    codings, passages = data["codings"], data["passages"]
    for passage, theme in zip(codings["passage"], codings["theme"], strict=True):
        who = data["shared"][passages["who"][passage]]
        key = data["themes"][theme]["id"]
        _spoke(found, (key, TOTAL), 1)
        if who in _SPOKEN:
            _spoke(found, (key, _SPOKEN[who]), 1)


_READERS = (
    ({"theme", "shown"}, _read_counts),
    ({"group", "value", "shown"}, _read_voices),
    ({"theme", "roles"}, _read_roles),
    ({"theme", "reading"}, _read_readings),
    ({"theme", "kind", "said_by"}, _read_quotes),
    ({"option", "themes"}, _read_options),
)


def least_masked(of: int) -> int:
    """Return from how many people on a number is masked as nearly everybody's."""
    share = next((share for size, share in _LADDER if of <= size), 0.99)
    return min(int(share * of) + 1, of - 1)
