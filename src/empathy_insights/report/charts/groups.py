"""Charts of groups of people, and of needs and strengths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.analysis.counting import ALL
from empathy_insights.analysis.table_facts import is_raised, read_state, said_counts
from empathy_insights.publishing import COMPLEMENT, FEW, NEARLY_ALL, SMALL_GROUP
from empathy_insights.report.charts.letters import text_width
from empathy_insights.report.charts.style import (
    bare,
    blues,
    hatched_cell,
    head_table,
    headline,
    look,
    new_axes,
    on_blue,
    wrap,
)
from empathy_insights.tables import FIRST_LOOK, PARTLY_CHECKED, ROLES, by_number
from empathy_insights.wording import counted_group, named_group, spoken_column

if TYPE_CHECKING:
    from matplotlib.axes import Axes


# A heat table: themes or topics by role, round or site, people n/N in every cell.


_MOST_ROWS = 10
_ENOUGH = 5  # people of a group, before its share is compared
_NAMES = 2.7  # inches beside the cells


def plot_by_group(
    counted: pd.DataFrame,
    *,
    by: str = "role",
    order: Sequence[str] | None = None,
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    r"""Draw who talks of what: people n/N in each cell, darker for a larger share.

    Parameters
    ----------
    counted
        The table of `theme_frequency` or `topic_frequency`, counted by one column.
    by
        That column: `role`, `round`, `site`, a group of one's own.
    order
        Names of themes or topics in the order to draw; by default those that most people
        of all groups raised come first.
    title
        The finding; by default where shares differ most.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> from empathy_insights.analysis.frequency import topic_frequency
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["Late bus.", "My bus is late."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> topics = ei.fit_topics(ei.segment(corpus))
    >>> by_role = topic_frequency(topics, corpus, by="role")
    >>> plot_by_group(by_role).get_xticklabels()[0].get_text()
    'people of\nunknown role'
    """
    people, of = group_grid(counted, by, order)
    rows, columns = people.shape
    ax = ax or new_axes(max(8.0, 2.6 + 1.35 * columns), 1.9 + 0.46 * rows)
    share = (people / of).astype("float64").to_numpy()
    if rows:
        ax.imshow(np.nan_to_num(share), cmap=blues(), vmin=0, vmax=1, aspect="auto")
    _write_cells(ax, cell_words(counted, by, people), share)
    ax.set_xticks(
        range(columns), [wrap(named_group(name), 12) for name in people.columns]
    )
    ax.set_yticks(range(rows), [wrap(name, 30) for name in people.index])
    ax.set_xticks(np.arange(-0.5, columns), minor=True)
    ax.set_yticks(np.arange(-0.5, rows), minor=True)
    ax.grid(which="minor", color=look().ground, linewidth=3)
    bare(ax).tick_params(which="minor", length=0)
    head_table(
        ax,
        title or group_finding(counted, by),
        f"people who speak of it / people heard in the {spoken_column(by)}",
    )
    return ax


def group_grid(
    counted: pd.DataFrame, by: str, order: Sequence[str] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return people and people heard: a row a theme or topic, a column a group."""
    counted = counted[counted[by] != ALL]
    heard = counted.groupby(by)["of"].max().fillna(1)
    counted = counted[counted[by].isin(heard[heard > 0].index)]
    raised = counted[is_raised(counted)]
    totals = raised.assign(groups_=1).groupby("name")
    totals = totals[["people", "groups_"]].sum()
    ranked = totals.sort_values(["people", "groups_"], ascending=False, kind="stable")
    names = ranked.index if order is None else [n for n in order if n in ranked.index]
    names = names[:_MOST_ROWS]
    present = set(counted[by].dropna())
    roles = [role for role in ROLES if role in present]
    groups = [*roles, *sorted(present - set(roles), key=by_number)]
    people, of = (
        counted.pivot(index="name", columns=by, values=value)
        .reindex(index=names, columns=groups)
        .astype("Int64")
        for value in ("people", "of")
    )
    return people, of


def group_finding(counted: pd.DataFrame, by: str) -> str:
    """Say where shares differ most between two groups of five people and more.

    Examples
    --------
    >>> rows = [("bus", "Bus", "student", 9, 10), ("bus", "Bus", "teacher", 1, 8)]
    >>> table = pd.DataFrame(rows, columns=["theme", "name", "role", "people", "of"])
    >>> group_finding(table.assign(documents=1), "role")
    'Bus: 9 of 10 students, 1 of 8 teachers'
    """
    # Voices of no known group are in no number of people, however little of them is read.
    state = read_state(counted[counted["of"].fillna(1) > 0])
    named = spoken_column(by)
    if state == FIRST_LOOK:
        return f"First look by {named}: nobody has read the passages yet"
    if state == PARTLY_CHECKED:
        # A difference between two estimates may be none.
        return f"How many people of each {named} spoke of what is still an estimate"
    people, of = group_grid(counted, by)
    share = (people / of).where(of >= _ENOUGH).astype("float64")
    apart = share.max(axis=1) - share.min(axis=1)
    if not (apart > 0).any():
        return f"No difference by {named} can be shown"
    name = apart.idxmax()
    most, least = share.loc[name].idxmax(), share.loc[name].idxmin()
    return f"{name}: " + ", ".join(
        counted_group(people.loc[name, group], of.loc[name, group], group, by)
        for group in (most, least)
    )


def alt_text_of_groups(
    counted: pd.DataFrame, by: str, *, order: Sequence[str] | None = None
) -> str:
    """Describe the heat table: its finding, and every cell's number."""
    people, _ = group_grid(counted, by, order)
    words = cell_words(counted, by, people)
    rows = "; ".join(
        f"{name}: "
        + ", ".join(f"{named_group(group)} {words.loc[name, group]}" for group in words)
        for name in words.index
    )
    finding = group_finding(counted, by)
    return f"Table of people by {spoken_column(by)}. {finding}. {rows}."


def cell_words(counted: pd.DataFrame, by: str, grid: pd.DataFrame) -> pd.DataFrame:
    """Return what each cell says: people of people heard, or what stands there."""
    words = counted.assign(said_=said_counts(counted)).pivot(
        index="name", columns=by, values="said_"
    )
    if "hidden" in counted:
        hidden = counted.pivot(index="name", columns=by, values="hidden")
        least = counted.attrs["least"]
        short = {FEW: f"<{least}", SMALL_GROUP: f"n<{least}"}
        # An estimate that is hidden as small says how many there may be.
        is_open = hidden.isin([FEW, NEARLY_ALL]) & words.apply(
            lambda one: one.str.contains("^up to | or more of ", na=False)
        )
        words = words.replace(r"^perhaps nearly all of \d+$", "nearly all?", regex=True)
        is_open |= words == "nearly all?"
        words = words.mask((hidden != "") & ~is_open, hidden.replace(short))
        words = words.replace({NEARLY_ALL: "nearly all", COMPLEMENT: "hidden"})
    return words.reindex(index=grid.index, columns=grid.columns)


def _write_cells(ax: Axes, words: pd.DataFrame, share: np.ndarray) -> None:
    """Write each cell's words; hatch the hidden ones, which are not nobody."""
    size = ax.figure.bbox.width / ax.figure.dpi
    wide = (size - _NAMES) / max(share.shape[1], 1) - 0.1
    for (row, column), value in np.ndenumerate(share):
        if np.isnan(value):
            ax.add_patch(hatched_cell(row, column))
        said, letters = _in_cell(str(words.iloc[row, column]), wide)
        ax.text(
            column, row, said, ha="center", va="center", fontsize=letters,
            color=on_blue(value), linespacing=1.05,
        )  # fmt: skip


def _in_cell(words: str, wide: float) -> tuple[str, float]:
    """Return what a cell says, on two smaller lines where one has no room, and its size."""
    short = words.replace(" of ", "/")
    if text_width(short, size=look().label_size) <= wide:
        return short, look().label_size
    broken = (
        short.replace(" (", "\n(") if " (" in short else words.replace(" of ", "\nof ")
    )
    return broken, look().note_size - 1


# Stance bars: who spoke of a need, of a strength, or of both, theme by theme.


_MOST_THEMES = 10
_HEADS = {"need": "a need", "mixed": "both", "asset": "a strength"}
_LEAST_SHARE = 0.02  # of the chart, that a figure has room in
_GAP = 4  # points between a bar and its number


def plot_stances(
    table: pd.DataFrame, *, title: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw people who spoke of a need to the left, of a strength to the right. For the team.

    People who spoke of both stand across the middle; a person is in one bar.

    Parameters
    ----------
    table
        The table of `theme_stances`; the ten first themes are drawn.
    title
        The finding; by default the theme of which most people spoke as a need.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> from empathy_insights.analysis.stances import theme_stances
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I forgot my password."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> codings = ei.code(ei.segment(corpus), ei.load_codebook("empathy_core"))
    >>> themes = ei.theme_frequency(codings, corpus)
    >>> ax = plot_stances(theme_stances(themes, codings, corpus))
    >>> [text.get_text() for text in ax.texts[:3]]
    ['1', '', '0']
    """
    drawn = table.head(_MOST_THEMES)
    ax = ax or new_axes(10.5, 1.9 + 0.52 * max(2, len(drawn)))
    places = np.arange(len(drawn))
    need, both, asset = (drawn[name].to_numpy(float) for name in _HEADS)
    for width, left, color, edge in (
        (-need, -both / 2, look().hue, look().ground),
        (both, -both / 2, look().line, look().ground),
        (asset, both / 2, look().pale, look().hue),
    ):
        ax.barh(places, width, left=left, height=0.62, color=color, edgecolor=edge)
    _write_numbers(ax, drawn, places)
    _name_sides(ax, drawn)
    ax.set_yticks(places, [wrap(name, 36) for name in drawn["name"]])
    left, right = (need + both / 2).max(initial=1), (asset + both / 2).max(initial=1)
    ax.set_xlim(-1.25 * left, 1.35 * right)
    ax.set_xticks([])
    ax.set_ylim(max(len(drawn), 1) - 0.4, -1.1)
    headline(bare(ax), title or stances_finding(table), _note(table), width=52)
    return ax


def stances_finding(table: pd.DataFrame) -> str:
    """Say of which theme most people spoke as a need, as a sentence.

    Examples
    --------
    >>> row = {"name": "Bus", "need": 3, "mixed": 1, "asset": 0}
    >>> stances_finding(pd.DataFrame([row]))
    'Bus: 4 people spoke of a need, 1 of a strength'
    """
    needs = table["need"] + table["mixed"]
    if not needs.any():
        return "Nobody spoke of a need"
    row = table.loc[needs.idxmax()]
    asset = int(row["asset"] + row["mixed"])
    n = int(needs.max())
    who = f"{n} {'person' if n == 1 else 'people'}"
    return f"{row['name']}: {who} spoke of a need, {asset or 'nobody'} of a strength"


def alt_text_of_stances(table: pd.DataFrame) -> str:
    """Describe the stance bars: the finding, and every number that is drawn."""
    rows = "; ".join(
        f"{name}: need {need}, both {both}, strength {asset}, neither {neutral}"
        for name, need, both, asset, neutral in table.head(_MOST_THEMES)[
            ["name", *_HEADS, "neutral"]
        ].itertuples(index=False, name=None)
    )
    return f"Diverging bars of people. {stances_finding(table)}. {rows}."


def _note(table: pd.DataFrame) -> str:
    first = f"; the first {_MOST_THEMES} of {len(table)} themes"
    return f"people, each in one bar{first if len(table) > _MOST_THEMES else ''}"


def _write_numbers(ax: Axes, drawn: pd.DataFrame, places: np.ndarray) -> None:
    ends = drawn["mixed"] / 2 + drawn[["need", "asset"]].max(axis=1)
    widest = max(1.0, 2 * float(ends.max())) if len(drawn) else 1.0
    columns = [*_HEADS, "neutral"]
    rows = drawn[columns].itertuples(index=False, name=None)
    for place, (need, both, asset, neutral) in zip(places, rows, strict=True):
        is_inside = both / widest >= _LEAST_SHARE * len(str(both))
        beside = {"both": 0 if is_inside else both, "neither": neutral}
        more = "".join(f"   + {n} {what}" for what, n in beside.items() if n)
        for text, x, side, aligned in (
            (str(need), -need - both / 2, -_GAP, "right"),
            (str(both) if both and is_inside else "", 0, 0, "center"),
            (f"{asset}{more}", asset + both / 2, _GAP, "left"),
        ):
            ax.annotate(
                text, (x, place), xytext=(side, 0), textcoords="offset points",
                ha=aligned, va="center", fontsize=look().label_size, color=look().text,
            )  # fmt: skip


def _name_sides(ax: Axes, drawn: pd.DataFrame) -> None:
    """Name the three bars above the first theme, the outer ones away from the middle."""
    if drawn.empty:
        return
    for name, x, aligned in (
        ("need", -14, "right"),
        ("mixed", 0, "center"),
        ("asset", 14, "left"),
    ):
        ax.annotate(
            _HEADS[name], (0, -0.7), xytext=(x * (name != "mixed") * 1.6, 0),
            textcoords="offset points", ha=aligned, va="center", fontsize=look().note_size,
            color=look().quiet,
        )  # fmt: skip
