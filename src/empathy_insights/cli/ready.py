"""The process that a run keeps ready beside it, and what that loads before it is asked."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import partial

from empathy_insights.report.ready import load_for_results
from empathy_insights.workers import working_on


def one_ready(
    scheduler: str | None = None, *, is_known: bool = False
) -> AbstractContextManager[None]:
    """Work, within the block, with a process ready beside this one, and on a cluster if any.

    It is begun before this process loads what a run needs, which takes a second or two.

    Parameters
    ----------
    is_known
        Topics of the study are kept: only other passages need what finds them.
    """
    return working_on(scheduler, ready=partial(_load, is_known=is_known))


def _load(*, is_known: bool) -> None:
    """Load what topics are found with, what results are made with, and what keeps both."""
    from empathy_insights.topics import load_engine

    if not is_known:
        load_engine()
    load_for_results()
    import empathy_insights.stage_cache  # noqa: F401
