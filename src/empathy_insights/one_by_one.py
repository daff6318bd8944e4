"""A process that is given one thing after the other; what it has not begun can be taken back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from threading import Lock
from typing import Any, TypeVar

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
