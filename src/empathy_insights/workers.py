"""Where the slow parts of a run are computed: here, by processes beside this one, or on Dask."""

from __future__ import annotations

import pickle
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from empathy_insights.cluster import check_workers, client_at
from empathy_insights.collector import seldom_collected
from empathy_insights.one_by_one import OneByOne, new_process

if TYPE_CHECKING:
    from concurrent.futures import Future

    from distributed import Client
    from joblib.externals.loky import (  # type: ignore[import-untyped]
        ProcessPoolExecutor,
    )

P = TypeVar("P")
T = TypeVar("T")
TRIES = 2
"""How often more a part is tried whose worker was lost."""
_MANY = 1_000_000  # characters: with fewer, what a process must load takes the gain
_EACH = 500_000  # characters: a process with fewer has too little to do
_MOST = 4  # processes: each holds its models and what it read, 300 MB to 1 GB


class Memory(dict[str, Any]):
    """Hold what a process remembers of its part of a study.

    It does not travel: what a cluster moves, or writes to a disk, is empty.
    """

    def __reduce__(self) -> tuple[type[Memory], tuple[()]]:
        """Leave all behind."""
        return (Memory, ())


@dataclass
class _Places:
    """Where parts of a run may be computed, beside this process."""

    client: Client | None = None
    ready: OneByOne | None = None
    is_kept: bool = False  # ready from the beginning, until results are written
    processes: list[ProcessPoolExecutor] = field(default_factory=list)
    memories: dict[int, Future[Memory]] = field(default_factory=dict)


_in_use: ContextVar[_Places | None] = ContextVar("places_in_use", default=None)


@contextmanager
def working_on(
    cluster: str | Client | None, *, ready: Callable[[], object] | None = None
) -> Iterator[None]:
    """Share the slow parts of a run out: to a cluster, or to processes of this machine.

    Parameters
    ----------
    cluster
        A Dask client, or the address of a scheduler. When None, what is in use stays;
        without, processes are started where there are many texts and more than one
        core. They end with the block.
    ready
        Loads what a process beside this one needs, which is then started at once (see
        `ahead`), where there is a core for it; on this machine, with a cluster too.

    Raises
    ------
    EmpathyInsightsError
        Dask is missing, no scheduler answers, or a worker has another version.
    """
    around = _in_use.get()
    if cluster is None and around is not None:
        with seldom_collected(), one_thread():
            yield
        return
    client = client_at(cluster) if isinstance(cluster, str) else cluster
    places = _Places(client)
    token = _in_use.set(places)
    try:
        if client is not None:
            check_workers(client)
        if ready is not None:
            _begin_ready(places, ready)
        with seldom_collected(), one_thread():
            yield
    finally:
        _in_use.reset(token)
        if places.ready is not None:
            places.ready.drop()
        for process in places.processes:
            with suppress(
                Exception
            ):  # loky loses its way where an answer is on the way
                process.submit(int).result(timeout=30)
            process.shutdown(kill_workers=True)
        if client is not None and client is not cluster:
            client.close()


# Processes of this machine beside this one, or workers of a cluster: each part of every
# step is done by the process that did it before, which remembers what it read.

_own = Memory()
_remembered: ContextVar[Memory] = ContextVar("remembered", default=_own)


def memory() -> Memory:
    """Return what this process remembers of its part."""
    return _remembered.get()


@contextmanager
def remembering() -> Iterator[None]:
    """Remember what is read within the block, here and elsewhere, and forget it after."""
    token = _remembered.set(Memory())
    places = _in_use.get()
    try:
        yield
    finally:
        _remembered.reset(token)
        if places is not None:
            places.memories.clear()
            with suppress(Exception):  # a process that is lost has forgotten
                for process in places.processes:
                    process.submit(_forget)


def _forget() -> None:
    _own.clear()


def client_in_use() -> Client | None:
    """Return the client of the cluster that parts of this run go to, if there is one."""
    places = _in_use.get()
    return None if places is None else places.client


def parts_of_work(items: Sequence[P], work: Sequence[int]) -> list[Sequence[P]]:
    """Return items in as many parts as there are processes, in their order.

    Parameters
    ----------
    work
        How much there is to do of each item, in characters that names could be taken out
        of in the time: parts are of about one size.

    Examples
    --------
    >>> parts_of_work(["bus", "lunch"], [3, 5])
    [['bus', 'lunch']]
    """
    *starts, whole = accumulate(work, initial=0)
    n = _n_processes(whole)
    if n < 2:
        return [items]
    cuts = [bisect_left(starts, part * whole / n) for part in range(n + 1)]
    return [items[start:stop] for start, stop in pairwise(cuts)]


def each(made: Callable[[P], T], parts: Sequence[P]) -> Iterator[T]:
    """Yield what is made of each part, in their order, by several processes at once.

    What another process cannot do is done here, and the result is the same.

    Parameters
    ----------
    made
        A function of a module, or a partial of one.
    parts
        As many as `parts_of_work` returned.

    Examples
    --------
    >>> list(each(len, [["bus", "lunch"]]))
    [2]
    """
    places = _in_use.get()
    is_on_cluster = places is not None and places.client is not None
    n_here = 0 if is_on_cluster and len(parts) > 1 else 1
    here, there = parts[:n_here], parts[n_here:]
    sent = [_begun(n, made, part) for n, part in enumerate(there)]
    yield from [made(part) for part in here]
    for part, answer in zip(there, sent, strict=True):
        found = [_told(made_there) for made_there in done(answer)]
        yield from found or [made(part)]


def expect(n_characters: int, load: Callable[[], object]) -> None:
    """Begin the processes that so much text will be worth, and let each load what it needs.

    Where a cluster does what is slow, one begins for what is made here, such as topics.
    """
    places = _in_use.get()
    if places is None:
        return
    n_beside = _n_processes(n_characters) - 1
    if places.client is None:
        for n in range(n_beside):
            _begun(n, _loaded, load)
    elif n_beside > 0 and not places.processes:
        _begin_one(places)


def _loaded(load: Callable[[], object]) -> None:
    load()


def one_thread() -> AbstractContextManager[Any]:
    """Multiply matrices by one thread, in libraries that are loaded: more wait for each other.

    They would add sums in any order, too, so that last digits vary.
    """
    from threadpoolctl import threadpool_limits

    limited: AbstractContextManager[Any] = threadpool_limits(limits=1)
    return limited


# Whatever breaks elsewhere is done again here: what is really wrong breaks here too.


def done(answer: Future[T] | None) -> list[T]:
    """Return the one thing that was made elsewhere; nothing where it was lost."""
    with suppress(Exception):
        return [] if answer is None else [answer.result()]
    return []


# As bytes: Dask looks for futures in every tuple that it is given, and loky asks of every
# one how to write it.


def _bytes(one: object) -> bytes:
    return pickle.dumps(one, protocol=pickle.HIGHEST_PROTOCOL)


def _told(by: bytes) -> Any:  # noqa: ANN401
    return pickle.loads(by)  # noqa: S301  # from this program's own processes


def _made(told: bytes) -> bytes:
    with seldom_collected():  # to be told is to make as many objects again
        made, part = _told(told)
        return _bytes(made(part))


def _n_processes(n_characters: int) -> int:
    """Return how many processes so much text is worth: with this one, or workers alone."""
    places = _in_use.get()
    if places is None or n_characters < _MANY:
        return 1
    return min(_n_there(places), n_characters // _EACH)


def _n_there(places: _Places) -> int:
    if places.client is not None:
        return len(_addresses(places.client))
    return min(_n_cores(), _MOST)


def _n_cores() -> int:
    from joblib import cpu_count  # type: ignore[import-untyped]

    return int(cpu_count())  # what a container gives, and this process may use


def _begun(n: int, made: Callable[[P], T], part: P) -> Future[bytes] | None:
    """Let a process begin with a part, which is started where it is not there yet."""
    places = _in_use.get() or _Places()
    with suppress(Exception):
        told = _bytes((made, part))
        if places.client is not None:
            return _sent_to_worker(places, places.client, n, told)
        while len(places.processes) <= n:
            places.processes.append(new_process())
        begun: Future[bytes] = places.processes[n].submit(_made, told)
        return begun
    return None


def _begin_ready(places: _Places, load: Callable[[], object]) -> None:
    if _begin_one(places):
        sent_beside(load)
        places.is_kept = True


def _begin_one(places: _Places) -> bool:
    """Begin a process where there is a core for it, and say whether it was begun."""
    if _n_cores() > 1:
        with suppress(Exception):
            places.processes.append(new_process())
            return True
    return False


def is_one_ready(*, for_results: bool = False) -> bool:
    """Return whether a process beside this one waits for work, or stays for the results."""
    places = _in_use.get()
    is_kept = places is not None and places.is_kept
    return is_kept if for_results else _ready() is not None


def sent_beside(make: Callable[[], T], *, is_for_any: bool = False) -> Future[T] | None:
    """Let a process that is ready make something; None where there is none.

    The first does, which has loaded what that takes; any, where it may be any.
    """
    ready = _ready()
    return None if ready is None else ready.submit(make, is_for_any=is_for_any)


def _ready() -> OneByOne | None:
    """Return what hands things to the processes beside this one, where there are any."""
    places = _in_use.get()
    if places is None:
        return None
    if places.ready is None and places.processes:
        places.ready = OneByOne(places.processes)
    return places.ready


def _sent_to_worker(
    places: _Places, client: Client, n: int, told: bytes
) -> Future[bytes]:
    """Send a part to the worker that remembers it; to another where that one is lost.

    What it remembers is a result of the cluster, so that it is gone with the client.
    """
    import dask

    there = _addresses(client)
    where = {"workers": [there[n % len(there)]], "allow_other_workers": True}
    if n not in places.memories:
        places.memories[n] = client.submit(Memory, pure=False, **where)
    # A part is larger than what Dask warns of, and travels with its task: data of its
    # own could be written to the worker's disk.
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1TB"}):
        begun: Future[bytes] = client.submit(
            _with, places.memories[n], told, retries=TRIES, pure=False, **where
        )
    return begun


def _addresses(client: Client) -> list[str]:
    return sorted(client.nthreads())


def _with(remembered: Memory, told: bytes) -> bytes:
    token = _remembered.set(remembered)
    try:
        return _made(told)
    finally:
        _remembered.reset(token)
