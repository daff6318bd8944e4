"""The charts of the results folder, each as pictures, as words and as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from empathy_insights.report.charts.style import Shape, drawn, looking, save_png, svg
from empathy_insights.report.charts.themes import shown_themes
from empathy_insights.report.charts.topic_charts import shown_topics
from empathy_insights.report.export import write_csv, write_text
from empathy_insights.tables import BY_PEOPLE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from empathy_insights.problem.next_steps import NextSteps
    from empathy_insights.report.findings import Findings
    from empathy_insights.report.published import Published
    from empathy_insights.topics import Topics


_SHAPES: Mapping[Shape, int] = {"square": 150, "narrow": 200}  # dots an inch


class DrawnChart(NamedTuple):
    """A drawn chart, what it says to those who cannot see it, and its data."""

    figure: Figure
    alt: str
    data: pd.DataFrame


def write_charts(shown: Published, folder: Path) -> None:
    """Write the charts of an audience."""
    folder.mkdir(exist_ok=True)
    for name, chart in _draw(shown).items():
        _write_chart(chart, folder / name)
    _write_shapes(shown.themes, folder)


def _write_shapes(themes: pd.DataFrame, folder: Path) -> None:
    """Write the theme chart for a post and for a phone."""
    from matplotlib.figure import Figure

    for shape, dpi in _SHAPES.items():
        with looking(shape):
            ax = plot_list(LISTINGS["themes"](themes), figure=Figure)
            figure = cast("Figure", ax.figure)
            save_png(figure, folder / f"themes_{shape}.png", dpi=dpi)


def write_team_charts(run: Findings, steps: NextSteps | None, folder: Path) -> None:
    """Write what only the team may see: stances, and what frameworks were spoken of.

    Stances are those that people gave: a coder's are wrong in three of ten.
    """
    folder.mkdir(exist_ok=True)
    judged = run.found[run.found["status"].isin(BY_PEOPLE)]
    if len(judged):
        stances = stances_of(run.themes, judged)
        size = _rows_of(10.5, min(10, len(stances)))
        _write_chart(_drawn(stances, size), folder / "stances")
    strips = {} if steps is None else {"iste": steps.iste, "roadmap": steps.roadmap}
    for name, table in strips.items():
        _write_chart(_drawn(table, strip_size(table)), folder / name)


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
    figure = drawn(partial(chart.draw, result), width=width, height=height)
    return DrawnChart(figure, chart.alt_text(result), result)


def _rows_of(width: float, rows: float) -> tuple[float, float]:
    """Return the inches of a chart with so many rows."""
    return width, 1.9 + 0.5 * max(2, rows)


def _write_chart(chart: DrawnChart, path: Path) -> None:
    save_png(chart.figure, path.with_suffix(".png"))
    scalable = for_file(svg(chart.figure).decode()).encode()
    path.with_suffix(".svg").write_bytes(scalable)
    write_csv(chart.data, path.with_suffix(".csv"))
    write_text(path.with_suffix(".txt"), chart.alt + "\n")
