"""A process beside this one, and what gives it one thing after the other.

What it has not begun can be taken back.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from math import inf
from threading import Lock, Thread
from time import sleep
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from joblib.externals.loky import (  # type: ignore[import-untyped]
        ProcessPoolExecutor,
    )

T = TypeVar("T")


class OneByOne:
    """Hand things to an executor one by one.

    An executor takes several at a time, and loky's cannot be shut down with the rest where
    one of them was taken back.

    Parameters
    ----------
    executor
        Of one process.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._waiting: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._lock = Lock()
        self._is_busy = False

    def submit(self, make: Callable[[], T]) -> Future[T]:
        """Return what will be made; to cancel it takes it back, if it is not begun."""
        asked: Future[T] = Future()
        with self._lock:
            self._waiting.append((asked, make))
            if self._is_busy:
                return asked
            self._is_busy = True
        self._go_on()
        return asked

    def drop(self) -> None:
        """Take back all that is not begun."""
        with self._lock:
            for asked, _ in self._waiting:
                asked.cancel()

    def _go_on(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._is_busy = False
                    return
                asked, make = self._waiting.popleft()
            if not asked.set_running_or_notify_cancel():
                continue
            try:
                answer = self._executor.submit(make)
            except Exception as lost:  # noqa: BLE001 - whoever asked is told
                asked.set_exception(lost)
                continue
            answer.add_done_callback(partial(self._done, asked))
            return

    def _done(self, asked: Future[T], made: Future[T]) -> None:
        wrong = made.exception()
        if wrong is None:
            asked.set_result(made.result())
        else:
            asked.set_exception(wrong)
        self._go_on()


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
