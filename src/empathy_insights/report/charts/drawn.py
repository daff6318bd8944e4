"""The charts of the results folder, each as pictures, as words and as numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from empathy_insights.analysis.stances import stances_of
from empathy_insights.analysis.table_facts import is_raised
from empathy_insights.files.output import for_file
from empathy_insights.report.charts.coverage_strip import (
    alt_text_of_coverage_strip,
    plot_coverage_strip,
    strip_size,
)
from empathy_insights.report.charts.groups import (
    alt_text_of_groups,
    alt_text_of_stances,
    plot_by_group,
    plot_stances,
)
from empathy_insights.report.charts.style import drawn, svg
from empathy_insights.report.charts.themes import (
    alt_text_of_joint,
    alt_text_of_themes,
    joint_size,
    joint_table,
    plot_joint,
    plot_themes,
    shown_themes,
)
from empathy_insights.report.charts.topics import (
    alt_text_of_topics,
    plot_topics,
    shown_topics,
)
from empathy_insights.report.charts.voices import alt_text_of_voices, plot_voices
from empathy_insights.report.export import write_csv, write_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from empathy_insights.problem.next_steps import NextSteps
    from empathy_insights.report.findings import Findings
    from empathy_insights.report.published import Published


class Drawn(NamedTuple):
    """A drawn chart, what it says to those who cannot see it, and its data."""

    figure: Figure
    alt: str
    data: pd.DataFrame


def write_charts(shown: Published, folder: Path) -> dict[str, tuple[bytes, str]]:
    """Write the charts of an audience; return each one's SVG and alternative text."""
    folder.mkdir(exist_ok=True)
    return {
        name: (_write_chart(chart, folder / name), chart.alt)
        for name, chart in _draw(shown).items()
    }


def write_team_charts(run: Findings, steps: NextSteps | None, folder: Path) -> None:
    """Write what only the team may see: stances, and what frameworks were spoken of."""
    folder.mkdir(exist_ok=True)
    _write_chart(_draw_stances(run), folder / "stances")
    strips = {} if steps is None else {"iste": steps.iste, "roadmap": steps.roadmap}
    for name, table in strips.items():
        width, height = strip_size(table)
        draw = partial(plot_coverage_strip, table)
        figure = drawn(draw, width=width, height=height)
        chart = Drawn(figure, alt_text_of_coverage_strip(table), table)
        _write_chart(chart, folder / name)


def _draw(shown: Published) -> dict[str, Drawn]:
    themes, by_role, topics = shown.themes, shown.by_role, shown.run.topics
    n_themes = len(shown_themes(themes))
    charts = {
        "themes": Drawn(
            _figure(10, n_themes, partial(plot_themes, themes)),
            alt_text_of_themes(themes),
            themes,
        )
    }
    column = shown.group_column
    if is_raised(by_role).any():
        width = max(8.0, 3.4 + 1.5 * by_role[column].nunique())
        order = themes["name"].tolist()
        charts["themes_by_role"] = Drawn(
            _figure(
                width, n_themes, partial(plot_by_group, by_role, by=column, order=order)
            ),
            alt_text_of_groups(by_role, column, order=order),
            by_role,
        )
    charts["voices"] = Drawn(
        _figure(9.8, len(shown.voices), partial(plot_voices, shown.voices)),
        alt_text_of_voices(shown.voices),
        shown.voices,
    )
    joint = joint_table(shown)
    if len(joint):
        width, height = joint_size(joint)
        charts["joint_display"] = Drawn(
            drawn(partial(plot_joint, joint), width=width, height=height),
            alt_text_of_joint(joint),
            joint,
        )
    if len(topics.stability) and shown.is_team:
        rows = shown_topics(topics)
        charts["topics"] = Drawn(
            _figure(10.5, 1.25 * len(rows), partial(plot_topics, topics)),
            alt_text_of_topics(topics),
            rows,
        )
    return charts


def _draw_stances(run: Findings) -> Drawn:
    table = stances_of(run.themes, run.found)
    figure = _figure(10.5, min(10, len(table)), partial(plot_stances, table))
    return Drawn(figure, alt_text_of_stances(table), table)


def _figure(width: float, rows: float, draw: Callable[..., Axes]) -> Figure:
    return drawn(draw, width=width, height=1.9 + 0.5 * max(2, rows))


def _write_chart(chart: Drawn, path: Path) -> bytes:
    chart.figure.savefig(path.with_suffix(".png"), dpi=200)
    scalable = for_file(svg(chart.figure).decode()).encode()
    path.with_suffix(".svg").write_bytes(scalable)
    write_csv(chart.data, path.with_suffix(".csv"))
    write_text(path.with_suffix(".txt"), chart.alt + "\n")
    return scalable
