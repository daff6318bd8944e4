"""The file of one reader's decisions: found again, and never in another's place."""

from __future__ import annotations

import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from empathy_insights.codebook import Codebook
from empathy_insights.coding.review.decision_files import told_in
from empathy_insights.errors import EmpathyInsightsError, TableError

_NAME = re.compile(r"decisions-.+\.json", re.IGNORECASE)


@dataclass(frozen=True)
class OwnFile:
    """Where a reader's decisions are saved, and what is there already."""

    path: Path
    told: Mapping[str, Any] | None

    @property
    def reader(self) -> str:
        """Who reads, as the file says or its name."""
        named = self.path.stem.split("-", maxsplit=1)[1]
        return str(self.told["reader"]).strip() if self.told else named


def own_file(path: Path, reader: str, codebook: Codebook) -> OwnFile:
    """Return the file of a reader in a folder, or the one that is named.

    Raises
    ------
    TableError
        The named file is another reader's, is about other themes, or cannot be read.
    EmpathyInsightsError
        There is no such folder, the name is none of decisions, or no reader is named.

    Examples
    --------
    >>> folder = Path(tempfile.mkdtemp())
    >>> own_file(folder, "Kim B.", Codebook("b", "B", themes=())).path.name
    'decisions-Kim-B.json'
    """
    if path.is_dir():
        return _in_folder(path, reader, codebook)
    if not _NAME.fullmatch(path.name) or not path.parent.is_dir():
        raise EmpathyInsightsError(
            "decisions are saved in a folder that exists, or in a file of it that is "
            "called decisions-NAME.json; make the folder first, or name another",
            path=path,
        )
    if not path.exists():
        return OwnFile(path, None)
    told = told_in(path)
    if not is_same_reader(told["reader"], reader or told["reader"] or "?"):
        raise TableError(
            "this file is another reader's, and stays as it is; name another file",
            path=path,
        )
    if not _asks_the_same(told, codebook):
        raise TableError(
            "this file answers other themes than this codebook asks; keep it, for the "
            "analysis reads it as it is, and name another file",
            path=path,
        )
    return OwnFile(path, told)


def _in_folder(folder: Path, reader: str, codebook: Codebook) -> OwnFile:
    """Return the first file that is free, or that the reader can go on with."""
    if not reader:
        raise EmpathyInsightsError(
            'a file of decisions is called by who reads: say it, as in reader="Kim"',
            path=folder,
        )
    there = {_fold(one.name): one for one in folder.iterdir()}
    for name in _names(reader):
        path = there.get(_fold(name), folder / name)
        told = told_in(path) if path.exists() else None
        if told is None or (
            is_same_reader(told["reader"], reader) and _asks_the_same(told, codebook)
        ):
            return OwnFile(path, told)
    raise AssertionError("names never end")


def _names(reader: str) -> Iterator[str]:
    """Yield the names that the review page gives a reader's files."""
    name = re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFC", reader)).strip("-")
    for edition in count(1):
        number = f"-{edition}" if edition > 1 else ""
        yield f"decisions-{name[:60] or 'reader'}{number}.json"


def is_same_reader(one: object, other: str) -> bool:
    """Return whether two names are of one reader, however they are written."""
    return _fold(str(one)) == _fold(other)


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()


def _asks_the_same(told: Mapping[str, Any], codebook: Codebook) -> bool:
    asked = told.get("asked")
    mains = {theme.id for theme in codebook.main_themes}
    return not isinstance(asked, list) or {*map(str, asked)} == mains


def write_own(own: OwnFile, told: Mapping[str, Any]) -> OwnFile:
    """Write decisions so that a crash leaves the last file or the new one, never half.

    Raises
    ------
    TableError
        The file is no longer what it was when it was read or written last.
    OSError
        The file cannot be written.
    """
    if own.path.exists() and told_in(own.path) != own.told:
        raise TableError("somebody else has written it since", path=own.path)
    text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    folder, name = own.path.parent, own.path.name
    handle, draft = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
    try:
        # A letter that a limit of length has cut in half is no letter.
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8", errors="replace"))
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(own.path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return OwnFile(own.path, told_in(own.path))
