"""The charts of the results folder, each as pictures, as words and as numbers."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import pandas as pd

from empathy_insights.analysis.stances import stances_of
from empathy_insights.analysis.table_facts import is_raised
from empathy_insights.files.output import for_file
from empathy_insights.report.charts.chart_list import chart_of
from empathy_insights.report.charts.coverage_strip import strip_size
from empathy_insights.report.charts.joint_display import joint_size, joint_table
from empathy_insights.report.charts.listed import plot_list
from empathy_insights.report.charts.listings import LISTINGS
from empathy_insights.report.charts.style import (
    Shape,
    draw_later,
    drawn,
    looking,
    plain_words,
    save_png,
    set_by_the_user,
    svg,
)
from empathy_insights.report.charts.themes import shown_themes
from empathy_insights.report.charts.topic_charts import shown_topics
from empathy_insights.report.export import write_csv, write_text
from empathy_insights.tables import BY_PEOPLE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from empathy_insights.problem.next_steps import NextSteps
    from empathy_insights.report.findings import Findings
    from empathy_insights.report.published import Published
    from empathy_insights.tables import Frames, Remember
    from empathy_insights.topics import Topics


_SHAPES: Mapping[Shape, int] = {"square": 150, "narrow": 200}  # dots an inch


class DrawnChart(NamedTuple):
    """How a chart is drawn, what it says to those who cannot see it, and its data.

    `seen` is all that its pictures depend on, beside our code.
    """

    draw: Callable[[], Figure]
    seen: Sequence[object]
    alt: str
    data: pd.DataFrame


def write_charts(shown: Published, folder: Path) -> None:
    """Write the charts of an audience."""
    folder.mkdir(exist_ok=True)
    remembered = shown.run.remembered
    for name, chart in _draw(shown).items():
        _write_chart(chart, folder / name, remembered)
    _write_shapes(shown.themes, folder, remembered)


def _write_shapes(themes: pd.DataFrame, folder: Path, remembered: Remember) -> None:
    """Write the theme chart for a post and for a phone."""
    for shape in _SHAPES:
        path = folder / f"themes_{shape}"
        _write_pictures(
            path, [*_seen(themes), shape], partial(_shaped, themes, shape), remembered
        )


def _shaped(themes: pd.DataFrame, shape: Shape) -> dict[str, bytes]:
    from matplotlib.figure import Figure

    with looking(shape):
        ax = plot_list(LISTINGS["themes"](themes), figure=Figure)
        return {".png": _png(cast("Figure", ax.figure), dpi=_SHAPES[shape])}


def write_team_charts(run: Findings, steps: NextSteps | None, folder: Path) -> None:
    """Write what only the team may see: stances, and what frameworks were spoken of.

    Stances are those that people gave: a coder's are wrong in three of ten.
    """
    folder.mkdir(exist_ok=True)
    judged = run.found[run.found["status"].isin(BY_PEOPLE)]
    if len(judged):
        stances = stances_of(run.themes, judged)
        size = _rows_of(10.5, min(10, len(stances)))
        _write_chart(_drawn(stances, size), folder / "stances", run.remembered)
    strips = {} if steps is None else {"iste": steps.iste, "roadmap": steps.roadmap}
    for name, table in strips.items():
        if table.empty:  # a study that no framework goes with
            continue
        chart = _drawn(table, strip_size(table))
        _write_chart(chart, folder / name, run.remembered)


def _draw(shown: Published) -> dict[str, DrawnChart]:
    themes, by_role, topics = shown.themes, shown.by_role, shown.run.topics
    n_themes = len(shown_themes(themes))
    charts = {"themes": _drawn(themes, _rows_of(10, n_themes))}
    if is_raised(by_role).any():
        width = max(8.0, 3.4 + 1.5 * by_role[shown.group_column].nunique())
        order = themes["name"].tolist()
        size = _rows_of(width, n_themes)
        charts["themes_by_role"] = _drawn(by_role, size, order=order)
    charts["voices"] = _drawn(shown.voices, _rows_of(9.8, len(shown.voices)))
    joint = joint_table(shown)
    if len(joint):
        charts["joint_display"] = _drawn(joint, joint_size(joint))
    if len(topics.stability) and shown.is_team:
        rows = shown_topics(topics)
        size = _rows_of(10.5, 1.25 * len(rows))
        charts["topics"] = _drawn(topics, size)._replace(data=rows)
    return charts


def _drawn(
    result: pd.DataFrame | Topics,
    size: tuple[float, float],
    *,
    order: Sequence[str] | None = None,
) -> DrawnChart:
    chart = chart_of(result, order=order)
    width, height = size
    return DrawnChart(
        partial(drawn, partial(chart.draw, result), width=width, height=height),
        [*_seen(result), size, order],
        chart.alt_text(result),
        result,
    )


def _seen(result: pd.DataFrame | Topics) -> list[object]:
    """Return what a chart shows: cells, kinds of columns, and what a table says of itself."""
    if not isinstance(result, pd.DataFrame):
        tables = [_seen(result.to_frame()), _seen(result.stability)]
        return [tables, dict(result.settings)]
    cells = result.to_csv(na_rep="\0")  # what is missing differs from what is empty
    return [cells, list(map(str, result.dtypes)), result.attrs, set_by_the_user()]


def _rows_of(width: float, rows: float) -> tuple[float, float]:
    """Return the inches of a chart with so many rows."""
    return width, 1.9 + 0.5 * max(2, rows)


def _write_chart(chart: DrawnChart, path: Path, remembered: Remember) -> None:
    _write_pictures(path, chart.seen, partial(_pictures, chart.draw), remembered)
    write_csv(chart.data, path.with_suffix(".csv"))
    write_text(path.with_suffix(".txt"), chart.alt + "\n")


def _write_pictures(
    path: Path,
    seen: Sequence[object],
    draw: Callable[[], Mapping[str, bytes]],
    remembered: Remember,
) -> None:
    """Write the pictures of a chart, drawn for the same numbers before, or later."""
    draw_later(partial(_write_now, path, seen, draw, remembered))


def _write_now(
    path: Path,
    seen: Sequence[object],
    draw: Callable[[], Mapping[str, bytes]],
    remembered: Remember,
) -> None:
    def make() -> Frames:
        columns = ["suffix", "content"]
        return {"pictures": pd.DataFrame(draw().items(), columns=columns)}

    with plain_words():
        pictures = remembered(f"chart_{path.name}", seen, make)["pictures"]
    for suffix, content in pictures.itertuples(index=False):
        path.with_suffix(suffix).write_bytes(content)


def _pictures(draw: Callable[[], Figure]) -> dict[str, bytes]:
    figure = draw()
    png = _png(figure)  # the first to be saved: its layout is that of the other
    return {".png": png, ".svg": for_file(svg(figure).decode()).encode()}


def _png(figure: Figure, *, dpi: float = 200) -> bytes:
    written = io.BytesIO()
    save_png(figure, written, dpi=dpi)
    return written.getvalue()
