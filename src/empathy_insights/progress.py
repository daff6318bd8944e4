"""How far a long stage has come, for whoever shows a run's progress."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
_EVERY = 1.0  # seconds between two reports
_listener: ContextVar[Callable[[str], None] | None] = ContextVar(
    "told_how_far", default=None
)


@contextmanager
def progress_told_to(listener: Callable[[str], None]) -> Iterator[None]:
    """Tell a listener how far a stage has come, about once a second.

    Examples
    --------
    >>> with progress_told_to(print):
    ...     list(told_on_the_way([1, 2], 2, every=0))
    2 of 2 passages embedded, about 0 s left
    [1, 2]
    """
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


@contextmanager
def stage_told_to(begin: Callable[[str], None], stage: str) -> Iterator[None]:
    """Begin a stage, and say how far it has come under its name.

    Examples
    --------
    >>> with stage_told_to(print, "write"):
    ...     tell("looking for names")
    write
    write: looking for names
    """
    begin(stage)
    with progress_told_to(lambda told: begin(f"{stage}: {told}")):
        yield


def tell(what: str) -> None:
    """Tell the listener, if there is one, what is done now.

    Examples
    --------
    >>> with progress_told_to(print):
    ...     tell("looking for names")
    looking for names
    """
    listener = _listener.get()
    if listener is not None:
        listener(what)


def told_on_the_way(
    made: Iterable[T],
    n: int,
    *,
    every: float = _EVERY,
    words: str = "{done:,} of {n:,} passages embedded",
) -> Iterator[T]:
    """Yield what is made, and tell the listener, if there is one, how far it is.

    Parameters
    ----------
    n
        How many there will be.
    every
        Seconds between two reports.
    words
        How to say it, by `done`, `n` and the `share` that is done.
    """
    listener, begun = _listener.get(), 0.0
    told = begun
    for done, one in enumerate(made):
        yield one
        now = time.monotonic()
        if not done:  # the first one waited for models to be loaded
            begun = told = now
        elif listener is not None and now - told >= every:
            told, left = now, (now - begun) / done * (n - done - 1)
            said = words.format(done=done + 1, n=n, share=(done + 1) / n)
            listener(f"{said}, about {left:.0f} s left")
