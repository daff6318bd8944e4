"""Put a finished draft in the place of earlier results, and lose nothing of anybody's."""

from __future__ import annotations

import ctypes
import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.files.output import PRIVATE_FOLDER, keep_private
from empathy_insights.files.results import (
    RECORD,
    TEAM,
    record_of,
    sha256_of,
    write_record,
)

_OLD, _NEW, _READY = ".empathy-old-", ".empathy-new-", ".empathy-ready-"
_HERE = -100  # AT_FDCWD: paths are from where the command was given
_SWAP = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS alike


@contextmanager
def drafted(folder: Path) -> Iterator[Path]:
    """Yield an empty folder beside the results, on the same disk, gone afterwards.

    What an earlier run left when it was killed is put right first.

    Raises
    ------
    EmpathyInsightsError
        The folder cannot be written.
    """
    folder = folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise EmpathyInsightsError(
            "the results cannot be written where a file is; choose another folder",
            path=folder,
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _recover(folder)
        prefix = f"{_NEW}{folder.name}-{os.getpid()}-"
        draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=prefix))
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or "it cannot be written"
        raise EmpathyInsightsError(
            f"the results cannot be written ({reason}); choose another folder",
            path=folder,
        ) from error


def place(
    draft: Path, folder: Path, *, replaced: Collection[str] = frozenset()
) -> list[str]:
    """Put a draft in the place of a results folder, whole and at once.

    Files that earlier results wrote, and nobody changed since, are replaced or gone. A
    file that a person changed or added stays: under its name, or beside a new file of
    that name as `name (yours).csv`. A folder that holds no results of ours gets the files
    one by one, since it may be where somebody keeps much else.

    Parameters
    ----------
    replaced
        Files that people changed, and all of whose content is in the new ones.

    Returns
    -------
    list of str
        The files of people that now have another name.
    """
    folder = folder.resolve()
    written = {
        path.relative_to(draft).as_posix(): sha256_of(path) for path in _files(draft)
    }
    write_record(draft, written)
    if (draft / TEAM).is_dir():
        keep_private(draft / TEAM)
    record = record_of(folder)
    kept = _carry(draft, folder, record or {}, replaced) if folder.is_dir() else []
    draft.chmod(
        PRIVATE_FOLDER | 0o055 if not folder.exists() else folder.stat().st_mode
    )
    if folder.is_dir() and (_is_in_use(folder) or record is None):
        ready = _named(_READY, folder)
        draft.rename(ready)
        _move_into(ready, folder)
    else:
        _swap(draft, folder)
    return kept


def _is_in_use(folder: Path) -> bool:
    """Return whether the command was given inside the folder, which then must stay."""
    return Path.cwd().resolve().is_relative_to(folder.resolve())


def _files(folder: Path) -> list[Path]:
    inside = (path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    return sorted(path for path in inside if path.name != RECORD)


def _carry(
    draft: Path, folder: Path, record: Mapping[str, str], replaced: Collection[str]
) -> list[str]:
    """Bring the files of people along, and return those that get another name."""
    renamed = []
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        if name in record and not path.is_symlink() and record[name] == sha256_of(path):
            continue
        target = draft / name
        if target.exists():
            if name in replaced:
                continue
            if not path.is_symlink() and sha256_of(target) == sha256_of(path):
                continue
            target = _beside(target, folder / name)
            renamed.append(target.relative_to(draft).as_posix())
        elif not record:
            continue  # it stays where it is
        target.parent.mkdir(parents=True, exist_ok=True)
        _linked(path, target)
    return renamed


def _beside(target: Path, old: Path) -> Path:
    """Name a person's version of a file that is written anew."""
    number = 1
    while True:
        mark = "yours" if number == 1 else f"yours {number}"
        name = f"{target.stem} ({mark}){target.suffix}"
        if not target.with_name(name).exists() and not old.with_name(name).exists():
            return target.with_name(name)
        number += 1


def _linked(path: Path, target: Path) -> None:
    try:
        os.link(path, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(path, target, follow_symlinks=False)


def _named(mark: str, folder: Path) -> Path:
    """Return what stands beside the results while they are changed."""
    return folder.with_name(f"{mark}{folder.name}")


def _move_into(ready: Path, folder: Path) -> None:
    """Take away the earlier files, then move the new ones in, the records last.

    Killed at any moment, it can be done again, and what was for one audience never
    stands beside what is for another.
    """
    if files := _files(ready):  # else all of this was done, and only records wait
        _take_away(folder, ready)
    for path in [*files, ready / TEAM / RECORD, ready / RECORD]:
        if not os.path.lexists(path):
            continue
        target = folder / path.relative_to(ready)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    if (folder / TEAM).is_dir():
        keep_private(folder / TEAM)
    shutil.rmtree(ready)


def _take_away(folder: Path, ready: Path) -> None:
    """Take away what earlier results wrote, but what of the new has been moved in."""
    new = record_of(ready) or {}
    for name, sha256 in (record_of(folder) or {}).items():
        earlier, waits = folder / name, name not in new or (ready / name).exists()
        if waits and earlier.is_file() and sha256_of(earlier) == sha256:
            earlier.unlink()
    if not (ready / TEAM / RECORD).exists():
        (folder / TEAM / RECORD).unlink(missing_ok=True)


def _swap(draft: Path, folder: Path) -> None:
    """Exchange two folders; `_recover` knows what lies in between two renamings."""
    if exchanged(draft, folder):
        return
    old = _named(_OLD, folder)
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def exchanged(one: Path, other: Path) -> bool:
    """Give each of two folders the other's name, and return whether that was done.

    Whoever looks sees both before or both after. Not all systems and disks can.

    Examples
    --------
    >>> exchanged(Path("not there"), Path("neither"))
    False
    """
    names = os.fsencode(one), os.fsencode(other)
    try:
        system = ctypes.CDLL(None)
        if sys.platform == "darwin":
            return int(system.renamex_np(*names, _SWAP)) == 0
        return int(system.renameat2(_HERE, names[0], _HERE, names[1], _SWAP)) == 0
    except (AttributeError, OSError, TypeError):
        return False


def _recover(folder: Path) -> None:
    """Bring back, or to an end, what a killed run had begun; remove its drafts."""
    old, ready = _named(_OLD, folder), _named(_READY, folder)
    if old.exists():
        if folder.exists():
            shutil.rmtree(old)
        else:
            old.rename(folder)
    if ready.exists():
        _move_into(ready, folder)
    remove_drafts(folder.parent, of=folder.name)


def remove_drafts(folder: Path, *, of: str = "") -> bool:
    """Remove what killed runs were writing in a folder; return whether there was any.

    Parameters
    ----------
    of
        The name of the results folder that they were to be; any, when not given.
    """
    there = False
    for draft in folder.glob(f"{_NEW}{glob.escape(of) or '*'}-*-*"):
        owner = draft.name.rsplit("-", 2)[1]
        if owner.isdecimal() and not _runs(int(owner)):
            shutil.rmtree(draft, ignore_errors=True)
            there = True
    return there


def _runs(process: int) -> bool:
    """Return whether a process is alive, perhaps writing just now."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
