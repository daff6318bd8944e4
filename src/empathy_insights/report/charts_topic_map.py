"""A map of topics for analysts: every answer a dot, every topic a labelled outline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.report.style import (
    HUE,
    NOTE_SIZE,
    QUIET,
    TEXT,
    bare,
    headline,
    new_axes,
    wrap,
)
from empathy_insights.topics import topic_map

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from empathy_insights.topics import Topics

_MOST_TOPICS = 12


def plot_topic_map(
    topics: Topics,
    segments: pd.DataFrame,
    *,
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw topics as outlines with their answers in them, beside what is alike in words.

    An outline is dashed where the topic is shaky; nothing depends on colour. See
    `topic_map` for what the places mean.

    Parameters
    ----------
    topics, segments
        The topics, the twelve of most people outlined, and what they were fitted on.
    title
        The finding; by default how many topics there are.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"a": ["The bus is late.", "My bus is late.", "Cold soup."]})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a"))
    >>> ax = plot_topic_map(ei.fit_topics(segments), segments)
    >>> ax.get_title(loc="left")
    '1 topic in 3 segments'
    """
    shown = topics.stability.head(_MOST_TOPICS)
    placed = topic_map(topics, segments)
    placed = placed[placed["topic"].isin(shown["topic"])]
    outside = int((topics.assignments["topic"] < 0).sum())
    ax = ax or new_axes(9.5, 7.5)
    ax.scatter(placed["x"], placed["y"], s=9, color=QUIET, alpha=0.45, linewidths=0)
    words = topics.stability.set_index("topic")["word"]
    for topic, name in (
        topics.stability[["topic", "name"]].head(_MOST_TOPICS).to_numpy()
    ):
        own = placed.loc[placed["topic"] == topic, ["x", "y"]].to_numpy()
        _outline(ax, own, dashed=words[topic] == "shaky")
        _label(ax, own, f"{topic}: {name}")
    ax.set_xticks([])
    ax.set_yticks([])
    ax.set_aspect("equal")
    headline(
        bare(ax),
        title or _counted(len(topics.stability), len(topics.assignments)),
        f"a dot is an answer; topics side by side are alike in words; dashed: shaky; "
        f"{outside} answers are in no topic",
    )
    return ax


def outline_of(points: np.ndarray) -> np.ndarray:
    """Return the corners of the convex outline of points, in order.

    Examples
    --------
    >>> outline_of(np.array([[0, 0], [2, 0], [1, 1], [1, 0.5]])).tolist()
    [[0.0, 0.0], [2.0, 0.0], [1.0, 1.0]]
    """
    from scipy.spatial import ConvexHull, QhullError

    try:
        return np.asarray(points[ConvexHull(points).vertices])
    except (QhullError, ValueError):
        # Fewer than three points, or all on a line, have no outline.
        return points[:0]


def alt_text_of_map(topics: Topics, segments: pd.DataFrame) -> str:
    """Describe the map: how many topics, and which lies nearest to which."""
    placed = topic_map(topics, segments)
    middles = placed[placed["topic"] >= 0].groupby("topic")[["x", "y"]].median()
    names = topics.stability.set_index("topic")["name"]
    counted = _counted(len(names), len(topics.assignments))
    near = "; ".join(
        f"{names[topic]} lies nearest to {names[_nearest(middles, topic)]}"
        for topic in middles.index[:_MOST_TOPICS]
        if len(middles) > 1
    )
    return f"Map of answers. {counted}. {near}.".replace(" .", "")


def _nearest(middles: pd.DataFrame, topic: object) -> object:
    others = middles.drop(index=topic)
    far = ((others - middles.loc[topic]) ** 2).sum(axis=1)
    return far.idxmin()


def _outline(ax: Axes, points: np.ndarray, *, dashed: bool) -> None:
    from matplotlib.patches import Polygon

    corners = outline_of(points)
    if len(corners):
        ax.add_patch(Polygon(corners, facecolor=HUE, alpha=0.10, edgecolor="none"))
        ax.add_patch(
            Polygon(
                corners, fill=False, edgecolor=TEXT, linewidth=1.2,
                linestyle="--" if dashed else "-",
            )
        )  # fmt: skip


def _label(ax: Axes, points: np.ndarray, label: str) -> None:
    ax.annotate(
        wrap(label, 20), (points[:, 0].mean(), points[:, 1].min()), xytext=(0, -4),
        textcoords="offset points", fontsize=NOTE_SIZE, color=TEXT, ha="center", va="top",
        bbox={"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 1},
    )  # fmt: skip


def _counted(n_topics: int, n_segments: int) -> str:
    return f"{n_topics} topic{'s' if n_topics != 1 else ''} in {n_segments} segments"
