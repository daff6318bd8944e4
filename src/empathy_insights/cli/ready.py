"""The process that a run keeps ready beside it, and what that loads before it is asked."""

from __future__ import annotations

from contextlib import AbstractContextManager

from empathy_insights.workers import working_on


def one_ready(scheduler: str | None = None) -> AbstractContextManager[None]:
    """Work, within the block, with a process ready beside this one, and on a cluster if any.

    It is begun before this process loads what a run needs, which takes a second or two.
    """
    return working_on(scheduler, ready=_load)


def _load() -> None:
    """Load what charts, slides and cards are made with."""
    import docx  # noqa: F401
    import pptx  # noqa: F401
    from matplotlib import figure  # noqa: F401
    from matplotlib.backends import backend_agg, backend_svg  # noqa: F401

    from empathy_insights.report import folder  # noqa: F401
