"""REFI-QDA files (.qdc, .qdpx) opened within limits: one XML, and the texts beside it.

Programs disagree about name spaces, letter case and folders, so only the names of
elements and of files are compared. Nothing outside the archive is ever opened.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.files.text_files import BROKEN
from empathy_insights.files.workbook import is_bomb, is_locked

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PROJECT = ".qdpx"
_MOST_MEMBERS = 50_000
_MOST_BYTES = 200_000_000  # of the XML, and of all texts together
_MOST_ELEMENTS = 3_000_000
_MOST_SELECTIONS = 200_000
_NOT_ONE = (
    "the file is no REFI-QDA {what} that can be read; export it again as {suffix}"
)


@dataclass(frozen=True)
class Archive:
    """Hold a project: its XML, and which file is which.

    Parameters
    ----------
    path
        The .qdpx file.
    root
        The XML that says what everything is.
    members
        Last part of a name, in small letters -> the file in the archive.
    """

    path: Path
    root: Element
    members: dict[str, str]

    def read(self, link: str) -> bytes:
        """Return the bytes of what the XML calls `internal://…`; none that is not there.

        Raises
        ------
        EmpathyInsightsError
            The file is locked, damaged or too large.
        """
        scheme, _, name = link.partition("://")
        inside = self.members.get(PurePosixPath(name).name.casefold())
        if scheme.casefold() != "internal" or inside is None:
            return b""
        with _opened(self.path) as packed:
            return _unpacked(packed, packed.getinfo(inside), self.path)


def open_project(path: Path) -> Archive:
    """Open a .qdpx file.

    Raises
    ------
    EmpathyInsightsError
        The archive is broken, locked, too large, or has no .qde file or several of them;
        or its XML cannot be read, or is none that is safe to read.
    """
    with _opened(path) as packed:
        members = [one for one in packed.infolist() if not one.is_dir()]
        found = [one for one in members if one.filename.casefold().endswith(".qde")]
        at_root = [one for one in found if "/" not in one.filename.replace("\\", "/")]
        found = at_root or found
        if len(found) != 1:
            said = "holds no .qde file" if not found else "holds several .qde files"
            raise EmpathyInsightsError(
                f"the project {said}, where there must be one; export it again as .qdpx",
                path=path,
            )
        data = _unpacked(packed, found[0], path)
    names = {_last(one.filename): one.filename for one in members}
    return Archive(path, root_of(data, path), names)


def _last(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name.casefold()


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        packed = zipfile.ZipFile(path)
    except BROKEN as error:
        raise EmpathyInsightsError(_not_one(path), path=path) from error
    if len(packed.infolist()) > _MOST_MEMBERS:
        packed.close()
        raise EmpathyInsightsError(
            f"the project holds more than {_MOST_MEMBERS:,} files; split it", path=path
        )
    return packed


def _not_one(path: Path) -> str:
    if path.suffix.casefold() == PROJECT:
        return _NOT_ONE.format(what="project", suffix=PROJECT)
    # Of a codebook the tests and our users know this sentence.
    return "the file is no codebook in the REFI-QDA format; export it again as .qdc"


def _unpacked(packed: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> bytes:
    if is_locked(member):
        raise EmpathyInsightsError(
            "the project is locked with a password; export it without one", path=path
        )
    if is_bomb(member) or member.file_size > _MOST_BYTES:
        raise EmpathyInsightsError(
            "a file in the project unpacks to more than a project could hold; look at "
            "what is inside",
            path=path,
        )
    try:
        return packed.read(member)
    except (*BROKEN, RuntimeError) as error:
        raise EmpathyInsightsError(
            "the project is damaged inside; export it again", path=path
        ) from error


def root_of(data: bytes, path: Path) -> Element:
    """Return the root of an XML that declares nothing, and holds no more than one could.

    Raises
    ------
    EmpathyInsightsError
        It is no XML, has a document type, or is too large.
    """
    from defusedxml.ElementTree import (  # type: ignore[import-untyped]  # no stubs
        fromstring,
    )

    plain = data.replace(b"\0", b"")  # two bytes a letter in UTF-16
    n_selections = plain.count(b"startPosition")
    if n_selections > _MOST_SELECTIONS:
        raise EmpathyInsightsError(
            f"the project has more than {_MOST_SELECTIONS:,} selections; export it in "
            "parts",
            path=path,
        )
    if len(data) > _MOST_BYTES or plain.count(b"<") > _MOST_ELEMENTS:
        raise EmpathyInsightsError(
            "the project is larger than can be read at once; export it in parts",
            path=path,
        )
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (SyntaxError, ValueError, LookupError) as error:
        raise EmpathyInsightsError(_not_one(path), path=path) from error
    return root


# What programs agree on: the names of elements.


def tag(element: Element) -> str:
    """Return the name of an element without its name space."""
    return str(element.tag).rsplit("}", 1)[-1]


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Yield the children of some names, in their order."""
    for child in () if element is None else element:
        if tag(child) in names:
            yield child


def below(element: Element, *names: str) -> Iterator[Element]:
    """Yield everything of some names that stands within an element, in its order."""
    return (one for one in element.iter() if tag(one) in names)


def text_in(element: Element, name: str) -> str | None:
    """Return the text of the first child of a name; None without one."""
    return next((one.text or "" for one in children(element, name)), None)


def guid_in(element: Element, name: str = "guid") -> str:
    """Return a GUID as it is compared: in capitals, without braces."""
    return element.get(name, "").strip("{} ").upper()


def targets(element: Element, name: str) -> list[str]:
    """Return what the children of a name point to."""
    return [guid_in(one, "targetGUID") for one in children(element, name)]
