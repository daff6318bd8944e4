"""What a process that makes charts, slides and cards loads before it is asked."""

from __future__ import annotations


def load_for_results() -> None:
    """Load what charts, slides and cards are made with."""
    import docx  # noqa: F401
    import pptx  # noqa: F401
    from matplotlib import figure  # noqa: F401
    from matplotlib.backends import backend_agg, backend_svg  # noqa: F401

    from empathy_insights.report.charts.drawn import write_charts  # noqa: F401
    from empathy_insights.report.render.docx import write_cards  # noqa: F401
    from empathy_insights.report.render.slides import write_slides  # noqa: F401
