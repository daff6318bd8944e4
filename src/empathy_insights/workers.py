"""Where the slow parts of a run are computed: here, or by the workers of a Dask cluster."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from importlib import metadata
from typing import TYPE_CHECKING, Any, TypeVar

from empathy_insights.errors import EmpathyInsightsError

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
_PART = 256  # texts: seconds of work, some 50 kB on the way
_TRIES = 2  # more, of a part whose worker was lost
_SECONDS = 10  # to find a scheduler
_SAME = ("empathy-insights", "onnxruntime", "spacy", "tokenizers")  # here and there
_in_use: ContextVar[Client | None] = ContextVar("cluster_in_use", default=None)


Part = Callable[..., Iterable[T]]
"""Makes one thing of each item: `made(items, n_threads=None)`; on a cluster by one thread."""


@contextmanager
def working_on(cluster: str | Client | None) -> Iterator[None]:
    """Share the slow parts of a run out to a cluster.

    Parameters
    ----------
    cluster
        A Dask client, or the address of a scheduler; all is computed here when None.

    Raises
    ------
    EmpathyInsightsError
        Dask is missing, no scheduler answers, or a worker has another version.
    """
    if cluster is None:
        yield
        return
    client = _client_at(cluster) if isinstance(cluster, str) else cluster
    token = _in_use.set(client)
    try:
        _check(client)
        yield
    finally:
        _in_use.reset(token)
        if client is not cluster:
            client.close()


def shared_out(
    made: Part[T], items: Sequence[Any], *, size: int = _PART
) -> Iterator[T]:
    """Yield what is made of each item, in their order.

    On a cluster each part of the items goes to a worker, and to another where that one is
    lost. What the cluster cannot do is done here, so that no run ends with it, and
    the result is the same.

    Parameters
    ----------
    made
        A function of a module, or a partial of one, which workers can import.
    size
        How many items are a part.

    Examples
    --------
    >>> def lengths(items, *, n_threads=None):
    ...     return [len(item) for item in items]
    >>> list(shared_out(lengths, ["bus", "lunch"]))
    [3, 5]
    """
    client = _in_use.get()
    if client is None or not len(items):
        yield from made(items)
        return
    parts = [items[at : at + size] for at in range(0, len(items), size)]
    every = partial(_all, made)
    sent = _sent(client, every, parts)
    for part in parts:
        yield from _answer(sent) or made(part)


def _all(made: Part[T], items: Sequence[Any]) -> list[T]:
    return list(made(items, n_threads=1))


# Whatever breaks on a cluster is done again here: what is really wrong breaks here too.


def _sent(client: Client, every: Any, parts: Sequence[Any]) -> deque[Any]:  # noqa: ANN401
    try:
        return deque(client.map(every, parts, retries=_TRIES, pure=False))
    except Exception:  # noqa: BLE001
        return deque()


def _answer(sent: deque[Any]) -> list[Any]:
    """Return what a worker made of the next part; nothing where none could."""
    if not sent:
        return []
    try:
        return list(sent.popleft().result())
    except Exception:  # noqa: BLE001
        return []


def _client_at(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError as missing:
        raise EmpathyInsightsError(
            "a cluster needs the cluster extra: pip install empathy-insights[cluster]"
        ) from missing
    try:
        return Client(address, timeout=_SECONDS)
    except (OSError, ValueError) as unanswered:
        raise EmpathyInsightsError(
            f"no Dask scheduler answers at {address}; start one, or run without it"
        ) from unanswered


def _versions() -> str:
    return ", ".join(f"{name} {metadata.version(name)}" for name in _SAME)


def _check(client: Client) -> None:
    """Refuse workers whose results could be others than ours."""
    ours = _versions()
    try:
        theirs = set(client.run(_versions).values())
    except Exception as missing:
        raise EmpathyInsightsError(
            f"the workers of the cluster lack this package; install {ours} where they run"
        ) from missing
    if theirs - {ours}:
        raise EmpathyInsightsError(
            f"a worker of the cluster has {min(theirs - {ours})}, and here is "
            f"{ours}; install the same, or the results may differ"
        )
