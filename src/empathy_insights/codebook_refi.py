"""Codebooks as programs for coding exchange them (REFI-QDA): codes within codes."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from empathy_insights.arguments import public
from empathy_insights.codebook import STORY, Codebook, Example, Theme
from empathy_insights.codebook_tables import LONGEST_NAME, Row, content_of, name_in
from empathy_insights.codebook_yaml import (
    SHIPPED,
    checked,
    parse_codebook,
    shipped_codebook,
    yaml_of,
)
from empathy_insights.errors import CodebookError, EmpathyInsightsError
from empathy_insights.files.output import for_file
from empathy_insights.files.refi_archive import (
    PROJECT,
    below,
    guid_in,
    open_project,
    root_of,
    tag,
    text_in,
)
from empathy_insights.files.refi_written import (
    described,
    filled,
    guid_of,
    node,
    xml_of,
)
from empathy_insights.tables import NO_THEME

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ORIGIN = "empathy_insights"
KEPT = "All of the codebook, for empathy_insights"
"""The name of the set or note that keeps what a code has no room for."""

_SPACE = "urn:QDA-XML:codebook:1.0"
_FOLDER = ("false", "0")  # codable, where a program does not say
_NOTHING = ("no theme", "no_theme")
_NAME = LONGEST_NAME // 2 - 5  # room for the name above it, where two are alike
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_ESCAPED = re.compile(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});")
_SHOWN = 5  # examples
_MOST = 5_000  # codes


@public
def read_qdc(path: str | Path) -> Codebook:
    """Read a REFI-QDA codebook (.qdc), or that of a project (.qdpx).

    A code that cannot be applied is a folder and no theme; codes deeper than a sub-theme
    belong to the theme at the top.

    Parameters
    ----------
    path
        The file that NVivo, MAXQDA, ATLAS.ti, QualCoder or we exported.

    Raises
    ------
    CodebookError
        The file cannot be read, or holds no code.

    See Also
    --------
    load_codebook : Reads codebooks of any form, these too.
    write_qdc : Writes one.

    Examples
    --------
    >>> import tempfile
    >>> mine = Codebook("mine", "Mine", themes=(Theme("bus", "Bus"),))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     read_qdc(write_qdc(mine, f"{folder}/mine.qdc")) == mine
    True
    """
    path = Path(path)
    try:
        is_project = path.suffix.casefold() == PROJECT
        data = b"" if is_project else path.read_bytes()
        root = open_project(path).root if is_project else root_of(data, path)
    except OSError as error:
        raise CodebookError("the file cannot be opened", path=path) from error
    except EmpathyInsightsError as error:
        raise CodebookError(error.message, path=path) from error
    book, _ = codebook_in(root, path, kept=_kept_beside(root))
    if not book.themes:
        raise CodebookError("the file holds no code", path=path)
    return book


@public
def write_qdc(codebook: Codebook, path: str | Path) -> Path:
    """Write a codebook as a REFI-QDA file (.qdc), which programs for coding import.

    Themes are codes, sub-themes the codes within them; what a code has no room for
    (phrases, stories, needs) is kept in the description of a set, for `read_qdc`.

    Parameters
    ----------
    codebook
        The themes, as `load_codebook` returns them.
    path
        The .qdc file to write.

    Raises
    ------
    CodebookError
        There is no theme in it: programs refuse an empty codebook.

    Examples
    --------
    >>> import tempfile
    >>> mine = Codebook("mine", "Mine", themes=(Theme("bus", "Bus"),))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     'name="Bus"' in write_qdc(mine, f"{folder}/mine.qdc").read_text()
    True
    """
    if not codebook.themes:
        raise CodebookError("there is no theme in the codebook, so nothing to write")
    members = [node("MemberCode", {"guid": theme_guid(t.id)}) for t in codebook]
    told = {"guid": guid_of("set", KEPT), "name": KEPT}
    kept = node("Set", told, [described(kept_text(codebook)), *members])
    root = node(
        "CodeBook", {"origin": ORIGIN}, [codes_node(codebook), filled("Sets", [kept])]
    )
    path = Path(path)
    path.write_bytes(xml_of(root, _SPACE))
    return path


# What a code has no room for.


def kept_text(codebook: Codebook) -> str:
    """Return all of a codebook as YAML; of a shipped one without the stories beside it."""
    if codebook.id not in SHIPPED:
        return yaml_of(codebook)
    themes = [replace(t, examples=_shown(t.examples)) for t in codebook]
    short = replace(codebook, themes=tuple(themes), no_theme=_shown(codebook.no_theme))
    return f"# {codebook.sha256}\n{yaml_of(short)}"


def _shown(examples: Iterable[Example]) -> tuple[Example, ...]:
    return tuple(one for one in examples if one.form != STORY)


def _kept_beside(root: Element) -> str | None:
    """Return the whole codebook from the set of a codebook, or the note of a project."""
    for kept in below(root, "Set", "Note"):
        if kept.get("name") == KEPT and tag(kept) == "Set":
            return text_in(kept, "Description")
        if kept.get("name") == KEPT:
            with suppress(ValueError, KeyError, TypeError, RecursionError):
                return str(
                    json.loads(text_in(kept, "PlainTextContent") or "")["codebook"]
                )
    return None


def _kept_in(text: str, path: Path) -> Codebook | None:
    """Return the codebook that we kept; nothing where somebody has broken it."""
    try:
        book = parse_codebook(text, path)
    except CodebookError:
        return None
    if text.startswith("# ") and book.id in SHIPPED:
        whole = shipped_codebook(book.id)
        mark = text[2:].split("\n", maxsplit=1)[0]
        return whole if whole.sha256 == mark else book
    return book


# From themes to codes.


def theme_guid(theme: str) -> str:
    """Return the GUID of a theme's code."""
    return guid_of("theme", theme)


def codes_node(codebook: Codebook, *, with_nothing: bool = False) -> Element | None:
    """Return the codes of a codebook; one for passages without a theme, if asked for."""
    nothing = Theme(
        NO_THEME, "No theme", definition="Somebody has read this; no theme applies."
    )
    extra = [_code_node(nothing, codebook)] if with_nothing else []
    return filled(
        "Codes", [*(_code_node(t, codebook) for t in codebook.main_themes), *extra]
    )


def _code_node(theme: Theme, codebook: Codebook) -> Element:
    told = {"guid": theme_guid(theme.id), "name": theme.name, "isCodable": "true"}
    color = str(theme.extra.get("color", ""))
    if _COLOR.fullmatch(color):
        told["color"] = color
    subs = [_code_node(sub, codebook) for sub in codebook.sub_themes(theme.id)]
    return node("Code", told, [described(_described(theme)), *subs])


def _described(theme: Theme) -> str:
    """Say what a theme means as a person would write it into the memo of a code."""
    examples = [one.text for one in _shown(theme.examples)][:_SHOWN]
    lines = [
        theme.definition or theme.brief,
        *(f"Use when: {said}" for said in theme.use_when),
        *(f"Not when: {one.text}" for one in theme.not_when),
        *(f"Example: “{said}”" for said in examples),
    ]
    return for_file("\n".join(filter(None, lines))).strip()


# From codes to themes.


class Code(NamedTuple):
    """Hold a code as it is written, and the row of cells that is its theme.

    In a row `parent` is the name of the code at the top, folders left out; where two codes
    have one name, the row tells them apart.
    """

    guid: str
    element: Element
    row: Row


def codes_of(root: Element) -> list[Code]:
    """Return the codes of a REFI-QDA file; what cannot be coded is a folder.

    Examples
    --------
    >>> import xml.etree.ElementTree as ET
    >>> bus = '<Code name="Bus" isCodable="true"><Description>Late.</Description></Code>'
    >>> root = ET.fromstring(f"<CodeBook><Codes>{bus}</Codes></CodeBook>")
    >>> [dict(code.row.cells) for code in codes_of(root)]
    [{'theme': 'Bus', 'parent': '', 'description': 'Late.'}]
    """
    codes: list[Code] = []
    taken: Counter[str] = Counter()
    waiting = [(root, "", "")]
    while waiting and len(codes) <= _MOST:
        element, top, folder = waiting.pop()
        above, inside = top, folder
        if tag(element) == "Code":
            inside = name_in(unescaped(element.get("name", "")))[:_NAME] or "unnamed"
            if element.get("isCodable", "").strip().lower() not in _FOLDER:
                name = _told_apart(inside, folder, taken)
                above = top or name
                cells = {"theme": name, "parent": top} | _said(element)
                row = Row(len(codes) + 1, cells)
                codes.append(Code(guid_in(element), element, row))
        waiting += [(child, above, inside) for child in reversed(element)]
    return codes


def _told_apart(name: str, folder: str, taken: Counter[str]) -> str:
    """Return the name of a code, with the one above it where it occurs twice."""
    wanted = f"{folder}: {name}" if taken[name.casefold()] and folder else name
    apart = wanted
    while taken[apart.casefold()]:
        taken[wanted.casefold()] += 1
        apart = f"{wanted} ({taken[wanted.casefold()]})"
    taken[apart.casefold()] += 1
    return apart


def _said(code: Element) -> dict[str, str]:
    color = code.get("color", "").strip()
    told = {"color": color} if _COLOR.fullmatch(color) else {}
    return {"description": unescaped(text_in(code, "Description") or "")} | told


def unescaped(text: str) -> str:
    """Return a text whose accents a program wrote as `&amp;uuml;` with its accents."""
    return html.unescape(text) if _ESCAPED.search(text) else text


def codebook_in(
    root: Element, path: Path, *, kept: str | None = None
) -> tuple[Codebook, dict[str, str]]:
    """Return the codebook of a REFI-QDA file, and which theme each GUID stands for.

    Parameters
    ----------
    kept
        The whole codebook as we wrote it beside the codes. Where the codes say something
        else now, the codes are right.

    Raises
    ------
    CodebookError
        The codes cannot be themes.
    """
    codes = codes_of(root)
    if len(codes) > _MOST:
        raise CodebookError(f"the file holds more than {_MOST:,} codes", path=path)
    nothing = [code for code in codes if _is_nothing(code)]
    rows = [code.row for code in codes if code not in nothing]
    title = unescaped(root.get("name", ""))
    if not rows:
        book = Codebook(path.stem, title or path.stem, themes=())
    else:
        book, _ = checked(content_of(rows, path, title=title), path)
    by_name = {theme.name.casefold(): theme.id for theme in book}
    ids = {
        code.guid: by_name[code.row.cells["theme"].casefold()]
        for code in codes
        if code not in nothing
    }
    if kept and (whole := _kept_in(kept, path)):
        book, now = _completed(book, codes, ids, whole)
        ids = {guid: now[name] for guid, name in ids.items()}
    return book, ids | {code.guid: NO_THEME for code in nothing}


def _is_nothing(code: Code) -> bool:
    is_ours = code.guid == theme_guid(NO_THEME)
    return is_ours or code.row.cells["theme"].casefold() in _NOTHING


def _completed(
    book: Codebook, codes: Iterable[Code], ids: Mapping[str, str], kept: Codebook
) -> tuple[Codebook, dict[str, str]]:
    """Return the kept codebook with what was changed since, and the new id of each theme."""
    written = {theme_guid(theme.id): theme for theme in kept}
    ours = {c.guid: c for c in codes if c.guid in written and c.guid in ids}
    now = {theme.id: theme.id for theme in book}
    now |= {ids[guid]: written[guid].id for guid in ours}
    fresh = [t.id for t in book if t.id not in {ids[guid] for guid in ours}]
    now |= {name: _free(name, {t.id for t in kept}) for name in fresh}
    themes = {}
    for theme in book:
        parent = None if theme.parent is None else now[theme.parent]
        themes[now[theme.id]] = replace(theme, id=now[theme.id], parent=parent)
    for guid, code in ours.items():
        themes[written[guid].id] = _changed(
            written[guid], themes[written[guid].id], code.element
        )
    order = [theme.id for theme in kept if theme.id in themes]
    order += [name for name in themes if name not in order]
    whole = replace(kept, themes=tuple(themes[name] for name in order))
    return _without_gone(whole), now


def _free(name: str, taken: Collection[str]) -> str:
    wanted, n = name, 2
    while wanted in taken:
        wanted, n = f"{name}_{n}", n + 1
    return wanted


def _changed(written: Theme, read: Theme, code: Element) -> Theme:
    """Return a theme as we wrote it, with what its code says differently now."""
    theme = replace(written, parent=read.parent)
    if code.get("name", "") != for_file(written.name):
        theme = replace(theme, name=read.name)
    if (text_in(code, "Description") or "").strip() != _described(written):
        theme = replace(theme, definition=read.definition)
    if read.extra.get("color") and read.extra["color"] != written.extra.get("color"):
        theme = replace(theme, extra={**theme.extra, "color": read.extra["color"]})
    return theme


def _without_gone(book: Codebook) -> Codebook:
    """Return a codebook whose themes point to no theme that somebody has deleted."""

    def pointed(theme: Theme) -> Theme:
        return replace(
            theme,
            not_when=tuple(
                replace(one, use=one.use if one.use in book else None)
                for one in theme.not_when
            ),
            near_misses=tuple(
                replace(one, theme=one.theme if one.theme in book else None)
                for one in theme.near_misses
            ),
        )

    sets = {
        name: tuple(one for one in listed if one in book)
        for name, listed in book.theme_sets.items()
    }
    return replace(book, themes=tuple(map(pointed, book.themes)), theme_sets=sets)
