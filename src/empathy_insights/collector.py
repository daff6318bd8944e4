"""How often Python looks for unused cycles of objects: seldom, while many are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

# The usual: 700, 10, 10. Of a run a twelfth was spent on looking, and next to nothing found.
_SELDOM = (100_000, 50, 100)

_lock = Lock()
_usual: list[tuple[int, int, int]] = []  # of each block that has begun and not ended


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for unused cycles less often within the block; after the last one as before.

    Examples
    --------
    >>> before = gc.get_threshold()
    >>> with seldom_collected():
    ...     gc.get_threshold() >= before
    True
    >>> gc.get_threshold() == before
    True
    """
    with _lock:
        usual = _usual[0] if _usual else gc.get_threshold()
        _usual.append(usual)
        if usual[0]:  # at 0 Python looks for none
            gc.set_threshold(*map(max, usual, _SELDOM))
    try:
        yield
    finally:
        with _lock:
            _usual.pop()
            if not _usual:
                gc.set_threshold(*usual)
