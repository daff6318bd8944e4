"""The vectors of a study's passages in a file, written while they are made."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic

import numpy as np

Vectors = Mapping[bytes, np.ndarray]
_SECONDS = 1.0  # between two writes, at the least
_SHARE = 20  # times as long as the last write took: 5 % of a run at the most
# Of what was asked for before, so that a team can go back to an earlier codebook.
_RUNS, _OTHERS = 4, 100_000


class VectorFile:
    """Keep the vectors of a run for the next ones, also if this one is killed.

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
        self.known, self._ages = _read(path)  # in runs since it was asked for
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
        self._write(self._ages)

    def close(self) -> None:
        """Write what the run asked for, and the latest of what others did before."""
        older = {key: age + 1 for key, age in self._ages.items() if age + 1 < _RUNS}
        others = [key for key in older if key not in self._used]
        others.sort(key=older.__getitem__)
        self._write({key: older[key] for key in others[:_OTHERS]})

    def _write(self, others: Mapping[bytes, int]) -> None:
        """Write what the run asked for, and others, each with its age in runs."""
        if self._used.keys() <= self.known.keys():
            return
        ages = {**others, **dict.fromkeys(self._used, 0)}
        every = {**self.known, **self._used}
        # Another model may have other dimensions.
        size = next(reversed(self._used.values())).shape
        names = [key for key in ages if every[key].shape == size]
        keys = np.frombuffer(b"".join(names), dtype=np.uint8)
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = self.path.with_name(f".{self.path.name}")
            with draft.open("wb") as opened:
                np.savez(
                    opened,
                    keys=keys.reshape(len(names), -1),
                    vectors=np.stack([every[key] for key in names]),
                    ages=np.array([ages[key] for key in names], np.uint8),
                )
            draft.replace(self.path)


def _read(path: Path) -> tuple[dict[bytes, np.ndarray], dict[bytes, int]]:
    try:
        with np.load(path) as kept:
            keys, vectors, ages = kept["keys"], kept["vectors"], kept["ages"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}, {}
    names = [*map(np.ndarray.tobytes, keys)]
    rows = (row.copy() for row in vectors)
    return (
        dict(zip(names, rows, strict=True)),
        dict(zip(names, ages.tolist(), strict=True)),
    )
