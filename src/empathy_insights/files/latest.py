"""The latest of what is kept in a folder, and no more."""

from __future__ import annotations

import shutil
from pathlib import Path

_KEPT = 4  # what a team goes back and forth between


def keep_latest(folder: Path) -> None:
    """Delete all in a folder but the four files or folders that changed last.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     for name in "abcdef":
    ...         _ = Path(folder, name).write_text(name)
    ...     keep_latest(Path(folder))
    ...     len(list(Path(folder).iterdir()))
    4
    """
    kept = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
    for old in kept[:-_KEPT]:
        delete(old)


def delete(path: Path) -> None:
    """Delete a file, or a folder as far as it can be."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
