"""Charts as pictures: in pages and slides, whose own heading says the finding, and alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def picture(
    draw: Callable[..., Axes], *, width: float, height: float, scale: float = 1
) -> bytes:
    """Return a chart as PNG, without its title.

    Parameters
    ----------
    draw
        Draws into `ax`.
    width, height
        In inches, where it is shown.
    scale
        How much larger its letters are there than in `charts/`.
    """
    from matplotlib.figure import Figure

    size = (width / scale, height / scale)
    figure = Figure(figsize=size, layout="constrained")
    draw(ax=figure.subplots()).set_title("", loc="left")
    written = io.BytesIO()
    figure.savefig(written, format="png", dpi=200, metadata={"Software": None})
    return written.getvalue()


def svg(figure: Figure) -> bytes:
    """Return a figure as SVG, with the same bytes in every run."""
    import matplotlib as mpl

    written = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "empathy_insights"}):
        figure.savefig(written, format="svg", metadata={"Date": None})
    return written.getvalue()
