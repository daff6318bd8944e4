"""Many texts in parts: on a cluster, with the help of a process beside this one, or here."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from empathy_insights.ahead import Ahead
from empathy_insights.text_memory import wherever
from empathy_insights.workers import TRIES, client_in_use, done, one_thread, remembering

if TYPE_CHECKING:
    from distributed import Client

P = TypeVar("P")
T = TypeVar("T")
_PART = 256  # items: seconds of work, some 50 kB on the way
_PART_HERE = 500  # items: tenths of a second
_FEWEST = 4  # parts that another process helps with: it must load things first

Made = Callable[[Sequence[P]], Iterable[T]]
"""Makes one thing of each item."""

_one: ContextVar[bool] = ContextVar("one_core", default=False)


def n_cores() -> int:
    """Return how many cores what is made here may use: one in a part, where others work."""
    return 1 if _one.get() else os.cpu_count() or 1


def shared_out(
    made: Made[P, T], items: Sequence[P], *, size: int = _PART
) -> Iterator[T]:
    """Yield what is made of each item, in their order, on a cluster where there is one.

    Each part of the items goes to a worker, and to another where that one is lost. What
    the cluster cannot do is done here, so that no run ends with it, and the result is the
    same.

    Parameters
    ----------
    made
        A function of a module, or a partial of one, which workers can import. It travels
        to each of them once.
    size
        How many items are a part.

    See Also
    --------
    made_in_parts : For what keeps one core busy.

    Examples
    --------
    >>> def lengths(items):
    ...     return [len(item) for item in items]
    >>> list(shared_out(lengths, ["bus", "lunch"]))
    [3, 5]
    """
    client = client_in_use()
    if client is None:
        yield from made(items)
    else:
        yield from _there(client, made, _cut(items, size))


def made_in_parts(
    made: Made[P, T], items: Sequence[P], *, size: int = _PART_HERE
) -> Iterator[T]:
    """Yield what is made of each item, in their order, by one core or more.

    As `shared_out`, and on this machine in the same parts: processes beside this one, where
    they have nothing else to do, make the last of them.

    Examples
    --------
    >>> from itertools import accumulate
    >>> list(made_in_parts(accumulate, [1, 2, 3], size=2))  # what a part is, tells
    [1, 3, 3]
    """
    client, parts = client_in_use(), _cut(items, size)
    if client is not None:
        yield from _there(client, made, parts)
    elif len(parts) < _FEWEST:
        yield from chain.from_iterable(map(made, parts))
    else:
        yield from _with_help(made, parts)


def _cut(items: Sequence[P], size: int) -> list[Sequence[P]]:
    return [items[at : at + size] for at in range(0, len(items), size)]


def _with_help(made: Made[P, T], parts: Sequence[Sequence[P]]) -> Iterator[T]:
    """Make the first parts here, and let processes beside this one make the last."""
    make = wherever(_made)
    begun = [
        Ahead(partial(make, made, part), is_for_any=True) for part in reversed(parts)
    ]
    for one in reversed(begun):
        one.take_back()
        yield from one.result()


def _there(
    client: Client, made: Made[P, T], parts: Sequence[Sequence[P]]
) -> Iterator[T]:
    sent = _sent(client, made, parts) if parts else deque()
    for part in parts:
        for found in done(sent.popleft() if sent else None) or [made(part)]:
            yield from found


def _sent(client: Client, made: Any, parts: Sequence[Any]) -> deque[Any]:  # noqa: ANN401
    try:
        known = client.scatter(made, broadcast=True, hash=False)
        return deque(
            client.map(_made_there, parts, made=known, retries=TRIES, pure=False)
        )
    except Exception:  # noqa: BLE001  # it is all made here
        return deque()


def _made(made: Made[P, T], part: Sequence[P]) -> list[T]:
    token = _one.set(True)
    try:
        return list(made(part))
    finally:
        _one.reset(token)


def _made_there(part: Sequence[P], *, made: Made[P, T]) -> list[T]:
    """Make a part on a worker, which remembers nothing of it."""
    with remembering(), one_thread():
        return _made(made, part)
