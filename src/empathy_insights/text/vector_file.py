"""The vectors of a study's passages in a file, written while they are made."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic

import numpy as np

Vectors = Mapping[bytes, np.ndarray]
_SECONDS = 5.0  # between two writes, at the least
_SHARE = 20  # times as long as the last write took: 5 % of a run at the most


class VectorFile:
    """Keep the vectors of a run for the next one, also if this one is killed.

    A file that cannot be read or written costs time, and nothing else.

    Parameters
    ----------
    path
        The file; each write replaces it whole.

    Attributes
    ----------
    known
        What the file held, under a hash each.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: Vectors = _read(path)
        self._used: dict[bytes, np.ndarray] = {}
        self._next = monotonic() + _SECONDS

    def add(self, vectors: Vectors) -> None:
        """Keep what a run asked for, and write it now and then."""
        self._used.update(vectors)
        if monotonic() < self._next:
            return
        begun = monotonic()
        self.save()
        now = monotonic()
        self._next = now + max(_SECONDS, _SHARE * (now - begun))

    def save(self) -> None:
        """Write all that is known, in the midst of a run."""
        self._write({**self.known, **self._used})

    def close(self) -> None:
        """Write what the run asked for, and nothing else."""
        self._write(self._used)

    def _write(self, vectors: Vectors) -> None:
        if self._used.keys() <= self.known.keys():
            return
        keys = np.frombuffer(b"".join(vectors), dtype=np.uint8)
        with suppress(OSError, ValueError):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = self.path.with_name(f".{self.path.name}")
            with draft.open("wb") as opened:
                np.savez(
                    opened,
                    keys=keys.reshape(len(vectors), -1),
                    vectors=np.stack(list(vectors.values())),
                )
            draft.replace(self.path)


def _read(path: Path) -> dict[bytes, np.ndarray]:
    try:
        with np.load(path) as kept:
            keys, vectors = kept["keys"], kept["vectors"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}
    named = zip(map(np.ndarray.tobytes, keys), vectors, strict=True)
    return {key: row.copy() for key, row in named}
