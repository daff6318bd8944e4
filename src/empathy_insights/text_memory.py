"""What was made of each text: kept in a file of the study, and written while it is made.

A run that is killed, and the next one with an interview more, make anew only what is new.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, ParamSpec, TypeVar
from zlib import crc32

P = ParamSpec("P")
T = TypeVar("T")
NAME = "texts.sqlite"
_SECONDS = 1.0  # between two writes, at the least
_LARGEST = 2_000_000_000  # bytes; then the older half goes
_TABLE = (
    "CREATE TABLE IF NOT EXISTS made (key BLOB PRIMARY KEY, told BLOB, sum INTEGER)"
)
_PUT = (
    "INSERT INTO made VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
    "told = excluded.told, sum = excluded.sum WHERE told IS NOT excluded.told"
)
_FIRST_TO_LAST = "SELECT min(rowid), max(rowid) FROM made"


class TextMemory:
    """Remember what was made of texts, each under a hash of the text and of how it was made.

    A file that cannot be read or written costs time, and nothing else.

    Parameters
    ----------
    path
        The file, in a folder of its own; where the folder around that is gone, nothing
        is kept.
    code
        What stands for all code that makes things of texts.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     memory = TextMemory(Path(folder) / "texts.sqlite")
    ...     memory.put(b"a text", b"3 words")
    ...     memory.close()
    ...     TextMemory(memory.path).get(b"a text")
    b'3 words'
    """

    def __init__(self, path: Path, code: str = "") -> None:
        self.path, self.code = path, code
        self._new: dict[bytes, bytes] = {}
        self._next = monotonic() + _SECONDS
        self._open: sqlite3.Connection | None = None
        self._is_broken = self._is_anew = False

    def __reduce__(self) -> tuple[Callable[..., TextMemory | None], tuple[Any, ...]]:
        """Let processes that this one has begun write to the file, too, and nobody else."""
        return _of_parent, (os.getpid(), self.path, self.code)

    def key(self, *told: object) -> bytes:
        """Return the hash of what something is made of, and by."""
        every = "\0".join([self.code, *map(str, told)])
        return hashlib.sha256(every.encode("utf-8", "surrogatepass")).digest()

    def get(self, key: bytes) -> bytes | None:
        """Return what was put under a key, in this run or before."""
        if (found := self._new.get(key)) is not None:
            return found
        asked = "SELECT told, sum FROM made WHERE key = ?"
        rows = self._asked(lambda file: file.execute(asked, (key,)).fetchall())
        # A disk may err, numbers may not.
        return next(
            (bytes(told) for told, sum_ in rows or () if crc32(told) == sum_), None
        )

    def put(self, key: bytes, told: bytes) -> None:
        """Remember something under a key; it is written within a second or two."""
        self._new[key] = told
        if monotonic() >= self._next:
            self.save()

    @property
    def is_lost(self) -> bool:
        """Whether the file cannot be read or written, so that no other process knows it."""
        return self._is_broken

    def save(self) -> None:
        """Write what is not written yet."""
        if self._new:
            rows = [(key, told, crc32(told)) for key, told in self._new.items()]
            self._asked(partial(_write, rows))
            self._new.clear()
        self._next = monotonic() + _SECONDS

    def close(self) -> None:
        """Write the rest; of a file that has grown too large, the older half is deleted."""
        self.save()
        if self._open is not None:
            self._asked(_kept_small)
        self._let_go()

    def _let_go(self) -> None:
        if self._open is not None:
            with suppress(sqlite3.Error):
                self._open.close()
        self._open = None

    def _asked(self, ask: Callable[[sqlite3.Connection], T]) -> T | None:
        """Return what the file answers; None where it cannot, and from then on.

        One that is damaged is begun anew, once, since it can all be made again.
        """
        while not self._is_broken:
            try:
                if self._open is None:
                    self._open = _connected(self.path)
                return ask(self._open)
            except (sqlite3.Error, OSError) as wrong:
                self._let_go()
                self._is_broken = self._is_anew or not _is_damage(wrong)
                self._is_anew = True
                if not self._is_broken:
                    with suppress(OSError):
                        self.path.unlink()
        return None


def _is_damage(wrong: Exception) -> bool:
    """Tell a damaged file from one that is locked, or in a folder that is not there."""
    is_of_file = isinstance(wrong, sqlite3.DatabaseError)
    return is_of_file and not isinstance(wrong, sqlite3.OperationalError)


def _connected(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(exist_ok=True, mode=0o700)
    file = sqlite3.connect(path, timeout=10, check_same_thread=False)
    try:
        # To lose the last seconds with the power is no harm, to wait for the disk is one.
        file.execute("PRAGMA synchronous = OFF")
        file.execute(_TABLE)
    except sqlite3.Error:
        file.close()
        raise
    return file


def _write(rows: Sequence[tuple[bytes, bytes, int]], file: sqlite3.Connection) -> None:
    with file:
        file.executemany(_PUT, rows)


def _kept_small(file: sqlite3.Connection) -> None:
    """Delete the older half of what has grown too large; its room is used again."""
    asked = ("page_count", "freelist_count", "page_size")
    pages, free, size = (file.execute(f"PRAGMA {a}").fetchone()[0] for a in asked)
    if (pages - free) * size > _LARGEST:
        first, last = file.execute(_FIRST_TO_LAST).fetchone()
        with file:
            file.execute("DELETE FROM made WHERE rowid < ?", ((first + last) // 2 + 1,))


def _of_parent(process: int, path: Path, code: str) -> TextMemory | None:
    """Open the memory in a process of the same machine; a cluster has none of it."""
    is_ours = process in (os.getpid(), os.getppid())
    return TextMemory(path, code) if is_ours else None


_in_use: ContextVar[TextMemory | None] = ContextVar("text_memory", default=None)


def text_memory() -> TextMemory | None:
    """Return the memory of the study that is worked on, if it keeps one."""
    return _in_use.get()


@contextmanager
def texts_remembered(memory: TextMemory | None) -> Iterator[None]:
    """Remember, within the block, what is made of texts."""
    token = _in_use.set(memory)
    try:
        yield
    finally:
        _in_use.reset(token)
        if memory is not None:
            memory.close()


def wherever(made: Callable[P, T]) -> Callable[P, T]:
    """Let something that another process may make know the memory in use here.

    What was made until now is written first, so that it is known there, too.
    """
    memory = _in_use.get()
    if memory is not None:
        memory.save()
    return partial(_remembering, memory, made)


def _remembering(
    memory: TextMemory | None,
    made: Callable[P, T],
    *given: P.args,
    **options: P.kwargs,
) -> T:
    if memory is _in_use.get():  # here, where more is to be made
        return made(*given, **options)
    with texts_remembered(memory):
        return made(*given, **options)


def of_each(
    what: Sequence[object],
    texts: Sequence[str],
    make: Callable[[list[str]], Iterable[Any]],
) -> list[Any]:
    """Return what is made of each text, in their order; what was made before is not again.

    Parameters
    ----------
    what
        What is made, and all that it depends on beside the text and our code.
    make
        Makes something that JSON can write of each of some texts, one after the other.

    Examples
    --------
    >>> of_each(["length"], ["bus", "lunch"], lambda texts: map(len, texts))
    [3, 5]
    """
    memory = text_memory()
    if memory is None:
        return list(make(list(texts)))
    keys = {text: memory.key(*what, text) for text in dict.fromkeys(texts)}
    found = {
        text: json.loads(told)
        for text, key in keys.items()
        if (told := memory.get(key)) is not None
    }
    new = [text for text in keys if text not in found]
    if new:  # what makes it may take seconds to load
        for text, made in zip(new, make(new), strict=True):
            memory.put(keys[text], json.dumps(made).encode())
            found[text] = made
    return [found[text] for text in texts]


def made_once(what: Sequence[object], make: Callable[[], bytes]) -> bytes:
    """Return what is made of `what`, from the memory in use where it was made before.

    Examples
    --------
    >>> made_once(["three"], lambda: b"3")
    b'3'
    """
    memory = text_memory()
    if memory is None:
        return make()
    key = memory.key(*what)
    told = memory.get(key)
    if told is None:
        told = make()
        memory.put(key, told)
    return told
