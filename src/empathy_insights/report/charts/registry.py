"""One way to draw any table: each has the chart that it is read best in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.report.charts.coverage_strip import (
    alt_text_of_coverage_strip,
    plot_coverage_strip,
)
from empathy_insights.report.charts.groups import (
    alt_text_of_groups,
    alt_text_of_stances,
    plot_by_group,
    plot_stances,
)
from empathy_insights.report.charts.matrices import (
    alt_text_of_case_matrix,
    alt_text_of_cooccurrence,
    alt_text_of_crosstab,
    plot_case_matrix,
    plot_cooccurrence,
    plot_crosstab,
)
from empathy_insights.report.charts.rounds import (
    alt_text_of_rounds,
    alt_text_of_saturation,
    plot_rounds,
    plot_saturation,
)
from empathy_insights.report.charts.style import plain_words
from empathy_insights.report.charts.themes import (
    alt_text_of_joint,
    alt_text_of_themes,
    plot_joint,
    plot_themes,
)
from empathy_insights.report.charts.voices import alt_text_of_voices, plot_voices

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Chart(NamedTuple):
    """How a table is drawn, and what is said to those who cannot see it."""

    draw: Callable[..., Axes]
    alt_text: Callable[[pd.DataFrame], str]


@public
def plot(
    table: pd.DataFrame, *, title: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw a table of this library, the team's own or a published one.

    Hidden numbers are hatched: they look different from nobody.

    Parameters
    ----------
    table
        As a function of this library, or `publish`, returned it: its `attrs` say what
        it holds.
    title
        The finding; by default the table's own.
    ax
        Where to draw; a new figure by default.

    Raises
    ------
    ValueError
        The table does not say what it holds, or is counted by several columns.

    See Also
    --------
    publish : Hides small numbers before others see a chart.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"role": ["student"], "a": ["Too much homework."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", role="role")
    >>> plot(ei.voices(corpus)).get_title(loc="left").splitlines()[0]
    'Not heard: families, teachers, staff members and school'
    """
    with plain_words():
        return _chart_of(table).draw(table, title=title, ax=ax)


def alt_text(table: pd.DataFrame) -> str:
    """Describe the chart of a table: the finding, and every number that is drawn.

    Raises
    ------
    ValueError
        The table does not say what it holds, or is counted by several columns.
    """
    return _chart_of(table).alt_text(table)


_CHARTS: Mapping[str, Chart] = {
    "case_matrix": Chart(plot_case_matrix, alt_text_of_case_matrix),
    "cooccurrence": Chart(plot_cooccurrence, alt_text_of_cooccurrence),
    "crosstab": Chart(plot_crosstab, alt_text_of_crosstab),
    "elements": Chart(plot_coverage_strip, alt_text_of_coverage_strip),
    "joint": Chart(plot_joint, alt_text_of_joint),
    "rounds": Chart(plot_rounds, alt_text_of_rounds),
    "themes": Chart(plot_themes, alt_text_of_themes),
    "saturation": Chart(plot_saturation, alt_text_of_saturation),
    "strip": Chart(plot_coverage_strip, alt_text_of_coverage_strip),
    "stances": Chart(plot_stances, alt_text_of_stances),
    "voices": Chart(plot_voices, alt_text_of_voices),
}


def _chart_of(table: pd.DataFrame) -> Chart:
    name = table.attrs.get("table")
    by = list(table.attrs.get("by", []))
    if name in {"themes", "topics"} and by:
        return _by_group(by)
    if name not in _CHARTS:
        raise ValueError(
            "this table does not say what it holds, so it cannot be drawn; plot it as "
            "the function that made it returned it"
        )
    return _CHARTS[name]


def _by_group(by: list[str]) -> Chart:
    if len(by) > 1:
        raise ValueError(
            f"a table by {' and '.join(by)} is too much for one chart; count by one of them"
        )
    [column] = by

    def draw(table: pd.DataFrame, *, title: str | None, ax: Axes | None) -> Axes:
        return plot_by_group(table, by=column, title=title, ax=ax)

    return Chart(draw, lambda table: alt_text_of_groups(table, column))
