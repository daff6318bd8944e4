"""Charts of the theme tables; the table is the computed value, the chart only draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.analysis.shown import is_raised, is_shown, said_counts
from empathy_insights.arguments import public
from empathy_insights.report.style import (
    HUE,
    LABEL_SIZE,
    TEXT,
    bare,
    hatched_bars,
    headline,
    new_axes,
    wrap,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_THEMES = 10


@public
def plot_themes(
    themes: pd.DataFrame, *, title: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how many people raised each theme, the most at the top.

    Parameters
    ----------
    themes
        The table of `theme_frequency`, not grouped; the ten first rows are drawn.
    title
        The finding; by default the table's first row as a sentence.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I forgot my password."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> codings = ei.code(ei.segment(corpus), ei.load_codebook("empathy_core"))
    >>> plot_themes(ei.theme_frequency(codings, corpus)).get_yticklabels()[0].get_text()
    'Tech support'
    """
    shown = shown_themes(themes)
    ax = ax or new_axes(8.5, 1.6 + 0.52 * len(shown))
    places = np.arange(len(shown))
    counts = _measure(shown)
    ax.barh(places, counts, color=HUE, height=0.62)
    hatched_bars(ax, places, _hidden_ends(shown), height=0.62)
    _whiskers(ax, shown, places)
    _count_labels(ax, shown, counts, places)
    ax.set_yticks(places, [wrap(name, 30) for name in shown["name"]])
    ax.set_xlim(0, max(counts.max(initial=0), _of(shown)) * 1.02 or 1)
    ax.set_xticks([])
    ax.invert_yaxis()
    headline(bare(ax), title or themes_finding(themes), _reading_note(shown))
    return ax


def shown_themes(themes: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the theme chart draws: raised by somebody, ten at most."""
    return themes[is_raised(themes)].head(_MOST_THEMES).reset_index(drop=True)


def themes_finding(themes: pd.DataFrame) -> str:
    """Say the first row of a theme table as a sentence.

    Examples
    --------
    >>> row = {"name": "Digital access", "people": 12, "of": 24, "segments": 40,
    ...        "documents": 9}
    >>> themes_finding(pd.DataFrame([row]))
    'Digital access was raised by 12 of 24 people, more than any other theme'
    """
    raised = themes[is_raised(themes)]
    if raised.empty:
        return "No theme of the codebook was found"
    if themes.attrs.get("people", 1) is None:
        return "Too few people were heard to show numbers outside the team"
    first = raised.iloc[0]
    if "shown" in raised and first["hidden"] == "nearly everyone":
        return f"{first['name']} was raised by nearly everyone, {first['shown']} people"
    shown = raised[is_shown(raised)]
    if shown.empty:
        return "Every theme was raised by too few people for their number to be shown"
    top = shown.iloc[0]
    if not top["of"]:
        return f"{top['name']} comes up in {top['documents']} documents, more than any other theme"
    tied = shown[shown["people"] == top["people"]]
    if len(tied) > 1:
        names = " and ".join(tied["name"].head(2))
        return f"{names} were raised by {top['people']} of {top['of']} people each"
    said = f"{top['name']} was raised by {top['people']} of {top['of']} people"
    if "hidden" in raised and raised["hidden"].str.startswith("it would").any():
        return f"{said}, the most that can be shown"
    return f"{said}, more than any other theme"


def alt_text_of_themes(themes: pd.DataFrame) -> str:
    """Describe the theme chart: the finding, then every bar's number."""
    shown = shown_themes(themes)
    bars = "; ".join(
        f"{row.name_} {label}"
        for row, label in zip(
            shown.rename(columns={"name": "name_"}).itertuples(),
            _labels(shown),
            strict=True,
        )
    )
    return f"Bar chart. {themes_finding(themes)}. {bars}."


def _of(shown: pd.DataFrame) -> int:
    heard = shown.attrs.get("people") or shown["of"].max() if len(shown) else 0
    return 0 if pd.isna(heard) else int(heard)


def _measure(shown: pd.DataFrame) -> np.ndarray:
    """People; where no speaker is marked in any file, documents."""
    counts = shown["people"] if _of(shown) else shown["documents"]
    return np.asarray(counts.fillna(0), dtype=float)


def _labels(shown: pd.DataFrame) -> list[str]:
    if not _of(shown):
        return [f"{n} documents" for n in shown["documents"]]
    return said_counts(shown)


def _hidden_ends(shown: pd.DataFrame) -> np.ndarray:
    """Return the most that each hidden number can be, as far as it says; 0 elsewhere."""
    if "hidden" not in shown:
        return np.zeros(len(shown))
    ends = {"few people": shown.attrs["least"] - 1, "nearly everyone": _of(shown)}
    return np.asarray(shown["hidden"].map(ends).fillna(0), dtype=float)


def _reading_note(shown: pd.DataFrame) -> str:
    if not _of(shown):
        return "documents in which the theme comes up; no speakers are marked"
    if shown["low"].notna().any():
        return (
            "people who raised the theme; line: 95 % interval, if others are like them"
        )
    return "people who raised the theme"


def _whiskers(ax: Axes, shown: pd.DataFrame, places: np.ndarray) -> None:
    of = shown["of"].fillna(0).to_numpy(dtype=float)
    has = shown["low"].notna().to_numpy() & (of > 0)
    of = of[has]
    low, high = (shown[name].to_numpy()[has] * of for name in ("low", "high"))
    # White beneath, so that the line can be seen inside the bar too.
    ax.hlines(places[has], low, high, color="white", linewidth=4)
    ax.hlines(places[has], low, high, color=TEXT, linewidth=1.4)


def _count_labels(
    ax: Axes, shown: pd.DataFrame, counts: np.ndarray, places: np.ndarray
) -> None:
    ends = np.fmax(counts, (shown["high"] * shown["of"]).fillna(0).to_numpy(float))
    ends = np.fmax(ends, _hidden_ends(shown))
    for place, end, label in zip(places, ends, _labels(shown), strict=True):
        ax.annotate(
            label, (end, place), xytext=(6, 0), textcoords="offset points",
            va="center", fontsize=LABEL_SIZE, color=TEXT,
        )  # fmt: skip
