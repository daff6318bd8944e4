"""The one list of charts: each result is drawn in the chart that it is read best in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from empathy_insights.analysis.crosswalk import Crosswalk
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
from empathy_insights.report.charts.joint_display import alt_text_of_joint, plot_joint
from empathy_insights.report.charts.listed import Listing, plot_list
from empathy_insights.report.charts.listings import (
    LISTINGS,
    listing_of_crosswalk,
    listing_of_groups,
    listing_of_topics,
)
from empathy_insights.report.charts.matrices import (
    alt_text_of_case_matrix,
    alt_text_of_cooccurrence,
    alt_text_of_crosstab,
    plot_case_matrix,
    plot_cooccurrence,
    plot_crosstab,
)
from empathy_insights.report.charts.round_charts import (
    alt_text_of_rounds,
    alt_text_of_saturation,
    plot_rounds,
    plot_saturation,
)
from empathy_insights.report.charts.style import Shape, leave_out_missing, looking
from empathy_insights.report.charts.themes import alt_text_of_themes, plot_themes
from empathy_insights.report.charts.topic_charts import (
    alt_text_of_crosswalk,
    alt_text_of_topics,
    plot_crosswalk,
    plot_topics,
)
from empathy_insights.report.charts.voice_charts import alt_text_of_voices, plot_voices
from empathy_insights.topics import Topics

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Chart(NamedTuple):
    """How a result is drawn, and what is said to those who cannot see it.

    Parameters
    ----------
    listing
        What it says as a list, where there is no room for the chart; a chart without
        one is drawn in every shape.
    """

    draw: Callable[..., Axes]
    alt_text: Callable[..., str]
    listing: Callable[..., Listing] | None = None


@public
def plot(
    table: pd.DataFrame | Topics | Crosswalk,
    *,
    title: str | None = None,
    ax: Axes | None = None,
    shape: Shape = "wide",
    dark: bool = False,
) -> Axes:
    """Draw a table of this library, the team's own or a published one; topics too.

    Hidden numbers are hatched: they look different from nobody. Square and narrow charts
    are lists, a bar a row, with as many rows as there is room for.

    Parameters
    ----------
    table
        As a function of this library, or `publish`, returned it: its `attrs` say what
        it holds. Tables of counts have charts, those of words have none. Topics and a
        crosswalk are drawn as a whole.
    title
        The finding; by default the table's own.
    ax
        Where to draw; a new figure by default.
    shape
        "wide" for a page, "square" (7.2 by 7.2 inches) for a slide or a post, "narrow"
        (3.6 inches, 360 pixels) for a phone.
    dark
        Whether it stands on a dark page.

    Raises
    ------
    ValueError
        The table has no chart, is part of one, or is counted by several columns; or there
        is no such shape.

    See Also
    --------
    publish : Hides small numbers before others see a chart.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"role": ["student"], "a": ["Too much homework."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", role="role")
    >>> ei.plot(ei.voices(corpus)).get_title(loc="left").splitlines()[0]
    'Not heard: families, teachers, staff members and'
    """
    with looking(shape, dark=dark) as now:
        chart = chart_of(table)
        if ax is not None and dark:
            ax.set_facecolor(now.ground)
            ax.figure.set_facecolor(now.ground)
        if shape == "wide" or chart.listing is None:
            drawn = chart.draw(table, title=title, ax=ax)
        else:
            drawn = plot_list(chart.listing(table), title=title, ax=ax)
        leave_out_missing(drawn)
        return drawn


def alt_text(table: pd.DataFrame | Topics | Crosswalk) -> str:
    """Describe the chart of a table: the finding, and every number that is drawn.

    Raises
    ------
    ValueError
        The table has no chart, is part of one, or is counted by several columns.
    """
    return chart_of(table).alt_text(table)


_DRAWN: Mapping[str, tuple[Callable[..., Axes], Callable[..., str]]] = {
    "case_matrix": (plot_case_matrix, alt_text_of_case_matrix),
    "cooccurrence": (plot_cooccurrence, alt_text_of_cooccurrence),
    "crosstab": (plot_crosstab, alt_text_of_crosstab),
    "elements": (plot_coverage_strip, alt_text_of_coverage_strip),
    "joint": (plot_joint, alt_text_of_joint),
    "rounds": (plot_rounds, alt_text_of_rounds),
    "themes": (plot_themes, alt_text_of_themes),
    "saturation": (plot_saturation, alt_text_of_saturation),
    "strip": (plot_coverage_strip, alt_text_of_coverage_strip),
    "stances": (plot_stances, alt_text_of_stances),
    "topics": (plot_themes, alt_text_of_themes),
    "voices": (plot_voices, alt_text_of_voices),
}
_CHARTS = {name: Chart(*how, LISTINGS.get(name)) for name, how in _DRAWN.items()}
_OF_TOPICS = Chart(plot_topics, alt_text_of_topics, listing_of_topics)
_OF_CROSSWALK = Chart(plot_crosswalk, alt_text_of_crosswalk, listing_of_crosswalk)
_THEMES = ("themes", "topics")


def chart_of(
    result: pd.DataFrame | Topics | Crosswalk, *, order: Sequence[str] | None = None
) -> Chart:
    """Return the chart of a result; groups are drawn with their rows in an order.

    Raises
    ------
    ValueError
        The table has no chart, is part of one, or is counted by several columns.
    """
    if isinstance(result, Topics):
        return _OF_TOPICS
    if isinstance(result, Crosswalk):
        return _OF_CROSSWALK
    name, by = result.attrs.get("table"), list(result.attrs.get("by", []))
    if name in _THEMES and by:
        return _by_group(by, order)
    if name not in _CHARTS:
        raise ValueError(_why_not(name))
    if name in _THEMES and not {"share_low", "share_high"} <= set(result):
        raise ValueError(
            f"this is part of a table of {name}; plot the whole, as "
            "`theme_frequency` returned it"
        )
    return _CHARTS[name]


def _why_not(name: str | None) -> str:
    if name is None:
        return (
            "this table does not say what it holds, so it cannot be drawn; plot a table "
            "of counts as the function that made it returned it, count codings by "
            "`theme_frequency` first, and give topics or a crosswalk as a whole"
        )
    return (
        f"a table of {name.replace('_', ' ')} is there to be read, and has no chart; plot "
        "one of counts, such as that of `theme_frequency`"
    )


def _by_group(by: list[str], order: Sequence[str] | None) -> Chart:
    if len(by) > 1:
        raise ValueError(
            f"a table by {' and '.join(by)} is too much for one chart; count by one of them"
        )
    [column] = by
    return Chart(
        partial(plot_by_group, by=column, order=order),
        partial(alt_text_of_groups, by=column, order=order),
        partial(listing_of_groups, by=column, order=order),
    )
