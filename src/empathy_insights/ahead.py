"""What a process beside this one makes meanwhile: topics, charts, slides, what frameworks find.

A run has one where `working_on` was told to keep one ready. What it does not make, or is
lost with it, is made here, and is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Generic, TypeVar

from empathy_insights.workers import sent_beside

T = TypeVar("T")


class Ahead(Generic[T]):
    """Something that is asked for later, begun now where a process beside this one is ready.

    Parameters
    ----------
    make
        A function of a module, or a partial of one.
    is_for_any
        Whether any process may make it, where there are several: it takes nothing that
        is slow to load.

    Examples
    --------
    >>> Ahead(dict).result()
    {}
    """

    def __init__(self, make: Callable[[], T], *, is_for_any: bool = False) -> None:
        self._make = make
        self._answer = sent_beside(make, is_for_any=is_for_any)

    @property
    def is_sent(self) -> bool:
        """Whether another process makes it, or is about to."""
        return self._answer is not None

    def take_back(self) -> None:
        """Leave it to this process, unless the other one has begun."""
        if self._answer is not None and self._answer.cancel():
            self._answer = None

    def wait(self) -> None:
        """Wait until no other process makes it."""
        if self._answer is not None:
            self._answer.exception()

    def result(self) -> T:
        """Return what was made, or make it now."""
        if self._answer is not None:
            with suppress(Exception):  # what is really wrong goes wrong here too
                return self._answer.result()
        return self._make()


_begun: ContextVar[list[Ahead[None]] | None] = ContextVar("begun", default=None)


def later(do: Callable[[], None]) -> None:
    """Do something by the end of the block of `all_done`; at once where nobody else can."""
    begun, job = _begun.get(), Ahead(do)
    if begun is None or not job.is_sent:
        job.result()
    else:
        begun.append(job)


@contextmanager
def all_done() -> Iterator[None]:
    """Have done, when the block ends, all that it left for later."""
    begun: list[Ahead[None]] = []
    token = _begun.set(begun)
    try:
        yield
        _finish(begun)
    except BaseException:  # nobody writes any more once an error is told
        for job in begun:
            job.take_back()
        for job in begun:
            job.wait()
        raise
    finally:
        _begun.reset(token)


def _finish(begun: Sequence[Ahead[None]]) -> None:
    """Do the last that is not begun here, while the other process does the first."""
    running = []
    for job in reversed(begun):
        job.take_back()
        if job.is_sent:
            running.append(job)
        else:
            job.result()
    for job in running:
        job.result()
