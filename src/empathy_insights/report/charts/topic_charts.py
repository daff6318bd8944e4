"""Charts of topics: what people talk about, and how themes and topics meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.corpus import how_many
from empathy_insights.report.charts.style import (
    bare,
    blues,
    head_table,
    headline,
    look,
    new_axes,
    on_blue,
    wrap,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from empathy_insights.analysis.crosswalk import Crosswalk
    from empathy_insights.topics import Topics

_MOST_TOPICS = 12
_MOST_THEMES = 10


def plot_topics(
    topics: Topics, *, title: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how many people talk about each topic, with the words that name it.

    Topics that are not found again in part of the answers are pale and called shaky.

    Parameters
    ----------
    topics
        The twelve of most people are drawn.
    title
        The finding; by default the first topic as a sentence.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["Late bus.", "My bus is late."]})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> plot_topics(ei.fit_topics(segments)).get_title(loc="left").splitlines()[0]
    '2 of 2 people talk about bus · late, more than about'
    """
    shown = shown_topics(topics)
    ax = ax or new_axes(10.5, 1.7 + 0.62 * len(shown))
    places = np.arange(len(shown))
    shaky = (shown["word"] == "shaky").to_numpy()
    ax.barh(
        places, shown["n"], color=np.where(shaky, look().pale, look().hue), height=0.6
    )
    for place, n, label in zip(places, shown["n"], shown["label"], strict=True):
        ax.annotate(
            label, (n, place), xytext=(6, 0), textcoords="offset points",
            va="center", fontsize=look().label_size, color=look().text,
        )  # fmt: skip
    ax.set_yticks(places, [wrap(name, 34) for name in shown["named"]])
    ax.set_xlim(0, max(shown[["n", "of"]].max().max(), 1) * 1.02 if len(shown) else 1)
    ax.set_xticks([])
    ax.invert_yaxis()
    headline(bare(ax), title or topics_finding(topics), topics_note(topics))
    return ax


def plot_crosswalk(
    walk: Crosswalk, *, title: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw themes by topics: people with both in each cell, darker for a larger lift.

    Parameters
    ----------
    walk
        The ten themes and twelve topics of most segments are drawn.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I forgot my password."]})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> codings = ei.code(segments, ei.load_codebook("empathy_core"))
    >>> walk = ei.crosswalk(codings, ei.fit_topics(segments))
    >>> plot_crosswalk(walk).get_yticklabels()[0].get_text()
    'Tech support'
    """
    people, lift = crosswalk_grid(walk)
    rows, columns = people.shape
    ax = ax or new_axes(max(8.0, 3.2 + 1.15 * columns), 2.6 + 0.46 * rows)
    if rows:
        # Thrice as often as by chance, and more, is darkest.
        ax.imshow(lift, cmap=blues(), vmin=0, vmax=3, aspect="auto")
    _write_cells(ax, people.to_numpy(), lift.to_numpy())
    ax.set_xticks(range(columns), [wrap(name, 11) for name in people.columns])
    ax.set_yticks(range(rows), [wrap(spelt_theme(name), 30) for name in people.index])
    head_table(
        ax,
        title or crosswalk_finding(walk),
        f"{crosswalk_unit(walk)} with both; the darker, the more often than by chance",
    )
    return bare(ax)


def shown_topics(topics: Topics) -> pd.DataFrame:
    """Return the rows of the topic chart.

    Returns
    -------
    pandas.DataFrame
        `name`, `named` (with more terms), `n` and `of` (people; segments where nobody is
        known), `label`, `word` (how firmly the topic stands).
    """
    table = topics.to_frame().head(_MOST_TOPICS).reset_index(drop=True)
    words = topics.stability.set_index("topic")["word"]
    known = bool(topics.settings["people"])
    n = table["people"] if known else table["segments"]
    of = table["of"] if known else pd.Series(len(topics.assignments), table.index)
    word = table["topic"].map(words).astype("str")
    unit = "" if known else " segments"
    labels = [
        f"{one} of {all_}{unit}" + (" (shaky)" if firm == "shaky" else "")
        for one, all_, firm in zip(n, of, word, strict=True)
    ]
    named = [
        _with_terms(*pair) for pair in zip(table["name"], table["terms"], strict=True)
    ]
    return pd.DataFrame(
        {"name": table["name"], "named": named, "n": n, "of": of, "label": labels,
         "word": word}
    )  # fmt: skip


def topics_finding(topics: Topics) -> str:
    """Say the first topic as a sentence."""
    shown = shown_topics(topics)
    if shown.empty:
        return "No topic was found in what was said"
    top = shown.iloc[0]
    words = ("person talks", "people talk")
    who, of = words if topics.settings["people"] else ("segment is", "segments are")
    said = f"{top['n']} of {how_many(int(top['of']), who, of)} about"
    if (shown["n"] == top["n"]).sum() > 1:
        both = " and ".join(shown["name"].head(2))
        return f"{said} each of {both}"
    return f"{said} {top['name']}, more than about any other topic"


def crosswalk_finding(walk: Crosswalk) -> str:
    """Say what themes leave unexplained as a sentence."""
    if walk.table.empty:
        return "No theme of the codebook meets a topic"
    n, of = len(walk.unexplained), walk.table["topic"].nunique()
    if not n:
        return f"Every one of {of} topics is explained by themes, or one person's"
    return f"{n} of {of} topics are explained by no theme: candidates for new ones"


def crosswalk_grid(walk: Crosswalk) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return people and lift: a row a theme, a column a topic, the largest first.

    Where nobody is known, segments stand for people.
    """
    table = walk.table
    themes = _largest(table, "theme", "of_theme")[:_MOST_THEMES]
    order = _largest(table, "topic", "of_topic")[:_MOST_TOPICS]
    names = table.drop_duplicates("topic").set_index("topic")["name"]
    people, lift = (
        table.pivot(index="theme", columns="topic", values=value)
        .reindex(index=themes, columns=order)
        .set_axis([str(names[topic]) for topic in order], axis=1)
        for value in (crosswalk_unit(walk), "lift")
    )
    return people, lift


def alt_text_of_topics(topics: Topics) -> str:
    """Describe the topic chart: the finding, then every bar's number."""
    shown = shown_topics(topics)
    bars = "; ".join(
        f"{name} {label}"
        for name, label in zip(shown["name"], shown["label"], strict=True)
    )
    return f"Bar chart. {topics_finding(topics)}. {bars}."


def alt_text_of_crosswalk(walk: Crosswalk) -> str:
    """Describe the heat table: the finding, then every theme's topics."""
    people, _ = crosswalk_grid(walk)
    rows = "; ".join(
        f"{spelt_theme(theme)}: "
        + (", ".join(f"{n} in {name}" for name, n in row.items() if n) or "none")
        for theme, row in people.iterrows()
    )
    return f"Table of {crosswalk_unit(walk)} by theme and topic. {crosswalk_finding(walk)}. {rows}."


def crosswalk_unit(walk: Crosswalk) -> str:
    """Return what the cells count."""
    return "people" if (walk.table["people"] > 0).any() else "segments"


def _write_cells(ax: Axes, people: np.ndarray, lift: np.ndarray) -> None:
    for (row, column), n in np.ndenumerate(people):
        if lift[row, column] > 0:
            ax.text(
                column, row, str(n), ha="center", va="center", fontsize=look().label_size,
                color=on_blue(float(lift[row, column]) / 3),
            )  # fmt: skip


def topics_note(topics: Topics) -> str:
    """Say what the bars count, and what is in no topic."""
    outside = int((topics.assignments["topic"] < 0).sum())
    who = "people who talk about it" if topics.settings["people"] else "segments"
    return f"{who}; {outside} of {len(topics.assignments)} segments are in no topic"


def _with_terms(name: str, terms: str) -> str:
    """Put terms below a name that does not hold them already."""
    more = [term for term in terms.split(", ") if term and term not in name]
    return f"{name} ({', '.join(more[:2])})" if more else name


def _largest(table: pd.DataFrame, key: str, size: str) -> list[object]:
    once = table.drop_duplicates(key)
    return list(once.sort_values([size, key], ascending=[False, True])[key])


def spelt_theme(theme: object) -> str:
    """Return the id of a theme as words."""
    return str(theme).replace("_", " ").capitalize()
