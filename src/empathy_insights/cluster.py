"""A Dask cluster: found at its address, and refused where its results could differ."""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING

from empathy_insights.errors import EmpathyInsightsError

if TYPE_CHECKING:
    from distributed import Client

_SECONDS = 10  # to find a scheduler
_SAME = ("empathy-insights", "onnxruntime", "spacy", "tokenizers")  # here and there


def client_at(address: str) -> Client:
    """Return a client of the scheduler at an address."""
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


def check_workers(client: Client) -> None:
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
