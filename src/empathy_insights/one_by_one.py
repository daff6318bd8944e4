"""Processes beside this one, and what gives each one thing after the other.

What none has begun can be taken back.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from functools import partial
from math import inf
from threading import Lock, Thread
from time import sleep
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from joblib.externals.loky import (  # type: ignore[import-untyped]
        ProcessPoolExecutor,
    )

T = TypeVar("T")


class _Job(NamedTuple):
    asked: Future[Any]
    make: Callable[[], Any]
    is_for_any: bool


class OneByOne:
    """Hand things to executors, each of them one after the other.

    An executor takes several at a time, and loky's cannot be shut down with the rest where
    one of them was taken back.

    Parameters
    ----------
    executors
        Of one process each. There may be more of them later.
    """

    def __init__(self, executors: Sequence[Executor]) -> None:
        self._executors = executors
        self._waiting: list[_Job] = []
        self._lock = Lock()
        self._busy: set[int] = set()

    def submit(self, make: Callable[[], T], *, is_for_any: bool = False) -> Future[T]:
        """Return what will be made; to cancel it takes it back, if it is not begun.

        Parameters
        ----------
        is_for_any
            Whether any process may make it. The first does, if not.
        """
        asked: Future[T] = Future()
        with self._lock:
            self._waiting.append(_Job(asked, make, is_for_any))
        for n in range(len(self._executors) if is_for_any else 1):
            with self._lock:
                is_busy = n in self._busy
                self._busy.add(n)
            if not is_busy:
                self._go_on(n)
        return asked

    def drop(self) -> None:
        """Take back all that is not begun."""
        with self._lock:
            for job in self._waiting:
                job.asked.cancel()

    def _go_on(self, n: int) -> None:
        while (job := self._next(n)) is not None:
            if not job.asked.set_running_or_notify_cancel():
                continue
            try:
                answer = self._executors[n].submit(job.make)
            except Exception as lost:  # noqa: BLE001 - whoever asked is told
                job.asked.set_exception(lost)
                continue
            answer.add_done_callback(partial(self._done, n, job.asked))
            return

    def _next(self, n: int) -> _Job | None:
        """Return what a process makes next; where there is nothing, it waits."""
        with self._lock:
            for place, job in enumerate(self._waiting):
                if job.is_for_any or n == 0:
                    return self._waiting.pop(place)
            self._busy.discard(n)
        return None

    def _done(self, n: int, asked: Future[Any], made: Future[Any]) -> None:
        wrong = made.exception()
        if wrong is None:
            asked.set_result(made.result())
        else:
            asked.set_exception(wrong)
        self._go_on(n)


def new_process() -> ProcessPoolExecutor:
    """Begin a process that ends with this one, and keeps what it remembers.

    It is as those of the standard library, but a script needs no `if __name__ == "__main__"`.
    """
    from joblib.externals.loky import ProcessPoolExecutor

    alone = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    return ProcessPoolExecutor(
        1, env=alone, initializer=_stay_with, initargs=(os.getpid(),)
    )


def _stay_with(parent: int) -> None:
    """Keep what this process remembers while the one that began it lives, and no longer."""
    from joblib.externals.loky import process_executor

    # loky ends a process that has grown by 300 MB, and with it all that was read; where
    # it cannot ask how large one is, it looks for unused objects after every answer.
    process_executor._MAX_MEMORY_LEAK_SIZE = inf
    process_executor._MEMORY_LEAK_CHECK_DELAY = inf

    def watch() -> None:
        while os.getppid() == parent:
            sleep(1)
        os._exit(1)

    Thread(target=watch, daemon=True).start()
