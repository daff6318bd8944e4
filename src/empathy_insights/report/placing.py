"""Put a finished draft in the place of earlier results, and lose nothing of anybody's."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.files.results import RECORD, record_of

TEAM = "team_only"
_OLD, _NEW = ".empathy-old-", ".empathy-new-"
_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600


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


def place(draft: Path, folder: Path) -> list[str]:
    """Put a draft in the place of a results folder, whole and at once.

    Files that earlier results wrote, and nobody changed since, are replaced or gone. A
    file that a person changed or added stays: under its name, or beside a new file of
    that name as `name (yours).csv`. A folder that holds no results of ours gets the files
    one by one, since it may be where somebody keeps much else.

    Returns
    -------
    list of str
        The files of people that now have another name.
    """
    folder = folder.resolve()
    _keep_private(draft)
    written = {
        path.relative_to(draft).as_posix(): _sha256(path) for path in _files(draft)
    }
    record = record_of(folder)
    kept = _carry(draft, folder, record or {}) if folder.is_dir() else []
    text = json.dumps({"made_by": "empathy_insights", "written": written}, indent=1)
    (draft / RECORD).write_text(text + "\n", encoding="utf-8", newline="\n")
    draft.chmod(
        _PRIVATE_FOLDER | 0o055 if not folder.exists() else folder.stat().st_mode
    )
    if folder.is_dir() and (_is_in_use(folder) or record is None):
        stale = [name for name in record or {} if not (draft / name).exists()]
        _move_into(draft, folder, [folder / name for name in stale])
    else:
        _swap(draft, folder)
    return kept


def _is_in_use(folder: Path) -> bool:
    """Return whether the command was given inside the folder, which then must stay."""
    return Path.cwd().resolve().is_relative_to(folder.resolve())


def _keep_private(draft: Path) -> None:
    """Let only the owner open what is the team's."""
    private = draft / TEAM
    if not private.is_dir():
        return
    for path in [private, *private.rglob("*")]:
        path.chmod(_PRIVATE_FOLDER if path.is_dir() else _PRIVATE_FILE)


def _files(folder: Path) -> list[Path]:
    inside = (path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    return sorted(path for path in inside if path.name != RECORD)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _carry(draft: Path, folder: Path, record: Mapping[str, str]) -> list[str]:
    """Bring the files of people along, and return those that get another name."""
    renamed = []
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        if name in record and not path.is_symlink() and record[name] == _sha256(path):
            continue
        target = draft / name
        if target.exists():
            if not path.is_symlink() and _sha256(target) == _sha256(path):
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


def _move_into(draft: Path, folder: Path, stale: Sequence[Path]) -> None:
    for path in sorted(p for p in draft.rglob("*") if p.is_file() or p.is_symlink()):
        target = folder / path.relative_to(draft)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    for path in stale:
        path.unlink(missing_ok=True)
    _keep_private(folder)


def _swap(draft: Path, folder: Path) -> None:
    """Exchange two folders by renaming; `_recover` knows what lies in between."""
    old = folder.with_name(f"{_OLD}{folder.name}")
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _recover(folder: Path) -> None:
    """Bring back the results that a killed run had put aside; remove its drafts."""
    old = folder.with_name(f"{_OLD}{folder.name}")
    if old.exists():
        if folder.exists():
            shutil.rmtree(old)
        else:
            old.rename(folder)
    start = f"{_NEW}{folder.name}-"
    for draft in folder.parent.iterdir():
        owner = draft.name.removeprefix(start).partition("-")[0]
        if draft.name.startswith(start) and owner.isdecimal() and not _runs(int(owner)):
            shutil.rmtree(draft, ignore_errors=True)


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
