"""Codebooks as programs for coding exchange them (REFI-QDA): codes within codes."""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.codebook_kept import (
    KEPT,
    completed,
    kept_beside,
    kept_in,
    kept_text,
    meaning_of,
    theme_guid,
)
from empathy_insights.codebook_tables import LONGEST_NAME, Row, content_of, name_in
from empathy_insights.codebook_yaml import checked
from empathy_insights.errors import CodebookError, EmpathyInsightsError
from empathy_insights.files.output import write_once
from empathy_insights.files.refi_archive import (
    PROJECT,
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
_SPACE = "urn:QDA-XML:codebook:1.0"
_FOLDER = ("false", "0")  # codable, where a program does not say
_NOTHING = ("no theme", "no_theme")
_NAME = LONGEST_NAME // 2 - 5  # room for the name above it, where two are alike
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_ESCAPED = re.compile(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});")
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
    >>> import empathy_insights as ei
    >>> import tempfile
    >>> mine = ei.Codebook("mine", "Mine", themes=(ei.Theme("bus", "Bus"),))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ei.read_qdc(ei.write_qdc(mine, f"{folder}/mine.qdc")) == mine
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
    book, _ = codebook_in(root, path, kept=kept_beside(root))
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
    EmpathyInsightsError
        A file of this name is there already and holds something else.

    See Also
    --------
    read_qdc : Reads it again.
    save_codebook : Writes YAML, or a sheet to work on.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> import tempfile
    >>> mine = ei.Codebook("mine", "Mine", themes=(ei.Theme("bus", "Bus"),))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     'name="Bus"' in ei.write_qdc(mine, f"{folder}/mine.qdc").read_text()
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
    return write_once(Path(path), lambda file: file.write(xml_of(root, _SPACE)))


# From themes to codes.


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
    return node("Code", told, [described(meaning_of(theme)), *subs])


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
    if kept and (whole := kept_in(kept, path)):
        book, now = completed(book, {c.guid: c.element for c in codes}, ids, whole)
        ids = {guid: now[name] for guid, name in ids.items()}
    return book, ids | {code.guid: NO_THEME for code in nothing}


def _is_nothing(code: Code) -> bool:
    is_ours = code.guid == theme_guid(NO_THEME)
    return is_ours or code.row.cells["theme"].casefold() in _NOTHING
