"""Charts of the themes: how many raised each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.analysis.table_facts import (
    in_told_order,
    is_raised,
    is_shown,
    read_state,
    said_counts,
)
from empathy_insights.arguments import public
from empathy_insights.publishing import COMPLEMENT, FEW, NEARLY_ALL, is_estimate
from empathy_insights.report.charts.style import (
    bare,
    hatched_bars,
    headline,
    look,
    new_axes,
    wrap,
)
from empathy_insights.tables import CHECKED, FIRST_LOOK
from empathy_insights.wording import of_people

if TYPE_CHECKING:
    from matplotlib.axes import Axes


# Charts of the theme tables; the table is the computed value, the chart only draws.


_MOST_THEMES = 10
SURE_TO_LEAD = 0.9  # share of draws from which on it is said that a theme leads


@public
def plot_themes(
    themes: pd.DataFrame, *, title: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how many people raised each theme, the most at the top.

    Parameters
    ----------
    themes
        The table of `theme_frequency` or `topic_frequency`, not grouped; the ten first
        rows are drawn. While nobody has read, ranges are told, and the one that reaches
        furthest is first.
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
    counts = measured(shown)
    _bars(ax, shown, counts, places)
    hatched_bars(ax, places, hidden_ends(shown), height=0.62)
    _whiskers(ax, shown, places)
    _counttheme_labels(ax, shown, counts, places)
    ax.set_yticks(places, [wrap(name, 30) for name in shown["name"]])
    ax.set_xlim(0, max(counts.max(initial=0), _of(shown)) * 1.02 or 1)
    ax.set_xticks([])
    ax.invert_yaxis()
    headline(bare(ax), title or themes_finding(themes), themes_note(shown))
    return ax


def shown_themes(themes: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the theme chart draws: raised by somebody, ten at most."""
    raised = in_told_order(themes[is_raised(themes)])
    return raised.head(_MOST_THEMES).reset_index(drop=True)


def themes_finding(themes: pd.DataFrame) -> str:
    """Say the first row of a theme table as a sentence.

    Examples
    --------
    >>> row = {"name": "Digital access", "people": 12, "of": 24, "segments": 40,
    ...        "documents": 9}
    >>> themes_finding(pd.DataFrame([row]))
    'Digital access was raised by 12 of 24 people, more than any other theme'
    """
    what, raised_by = _words_of(themes)
    raised = in_told_order(themes[is_raised(themes)])
    if raised.empty:
        return (
            "No topic was found"
            if what == "topic"
            else "No theme of the codebook was found"
        )
    if themes.attrs.get("people", 1) is None:
        return "Too few people were heard to show numbers outside the team"
    first = raised.iloc[0]
    is_sure = first.get("state", CHECKED) == CHECKED
    if "shown" in raised and first["hidden"] == NEARLY_ALL:
        if not is_sure:
            return _estimated(first, raised_by, themes)
        return (
            f"{first['name']} was {raised_by} nearly everyone, {first['shown']} people"
        )
    shown = raised[is_shown(raised)]
    if shown.empty and not is_sure:
        return (
            f"Every {what} may have been {raised_by} too few people for a number to be "
            "shown"
        )
    if shown.empty:
        return (
            f"Every {what} was {raised_by} too few people for their number to be shown"
        )
    return _first_said(shown, themes)


def _first_said(shown: pd.DataFrame, themes: pd.DataFrame) -> str:
    """Say the first of the rows whose number is shown."""
    what, raised_by = _words_of(themes)
    top = shown.iloc[0]
    if not top["of"]:
        return f"{top['name']} comes up in {top['documents']} documents, more than any other {what}"
    if is_estimate(top):
        return _estimated(top, raised_by, themes)
    tied = shown[shown["people"] == top["people"]]
    if len(tied) > 1:
        names = " and ".join(tied["name"].head(2))
        return f"{names} were {raised_by} {top['people']} of {top['of']} people each"
    said = f"{top['name']} was {raised_by} {top['people']} of {top['of']} people"
    if "hidden" in themes and (themes["hidden"] == COMPLEMENT).any():
        return f"{said}, the most that can be shown"
    return f"{said}, more than any other {what}"


def _estimated(top: pd.Series, raised_by: str, themes: pd.DataFrame) -> str:
    """Say the first row of an estimate: nothing that its draws do not bear out."""
    who = of_people(top)
    if top["state"] == FIRST_LOOK:
        return (
            f"First look: {top['name']} may have been {raised_by} {who}; nobody has "
            "read the passages yet"
        )
    said = f"{top['name']} was {raised_by} {who}"
    odds = themes.attrs.get("leads")
    if odds is None or odds < SURE_TO_LEAD:
        return said
    return f"{said}, more than any other theme ({odds:.0%} sure)"


def alt_text_of_themes(themes: pd.DataFrame) -> str:
    """Describe the theme chart: the finding, then every bar's number."""
    shown = shown_themes(themes)
    bars = "; ".join(
        f"{row.name_} {label}"
        for row, label in zip(
            shown.rename(columns={"name": "name_"}).itertuples(),
            theme_labels(shown),
            strict=True,
        )
    )
    return f"Bar chart. {themes_finding(themes)}. {bars}."


def _words_of(table: pd.DataFrame) -> tuple[str, str]:
    """Return what the rows of a table are called, and what people did with them."""
    if table.attrs.get("table") == "topics":
        return "topic", "talked about by"
    return "theme", "raised by"


def _of(shown: pd.DataFrame) -> int:
    heard = shown.attrs.get("people") or shown["of"].max() if len(shown) else 0
    return 0 if pd.isna(heard) else int(heard)


def measured(shown: pd.DataFrame) -> np.ndarray:
    """People; where no speaker is marked in any file, documents."""
    counts = shown["people"] if _of(shown) else shown["documents"]
    return np.asarray(counts.fillna(0), dtype=float)


def theme_labels(shown: pd.DataFrame) -> list[str]:
    """Say each row's number; documents, where no speaker is known."""
    if not _of(shown):
        return [f"{n} documents" for n in shown["documents"]]
    return said_counts(shown)


def hidden_ends(shown: pd.DataFrame) -> np.ndarray:
    """Return the most that each hidden number can be, as far as it says; 0 elsewhere."""
    if "hidden" not in shown:
        return np.zeros(len(shown))
    ends = {FEW: shown.attrs["least"] - 1, NEARLY_ALL: _of(shown)}
    said = shown["shown"].str.extract(r"^up to (\d+) of ", expand=False).astype(float)
    most = said.fillna(shown["hidden"].map(ends))
    return np.asarray(most.where(shown["hidden"] != "", 0).fillna(0), dtype=float)


def themes_note(shown: pd.DataFrame) -> str:
    """Say how to read the theme chart."""
    what, raised_by = _words_of(shown)
    if not _of(shown):
        return f"documents in which the {what} comes up; no speakers are marked"
    who = f"people who {raised_by.removesuffix(' by')} the {what}"
    if shown.apply(is_estimate, axis="columns").any():
        said = f"{who}: surely (dark), and perhaps (light), as far as people have read"
        return f"{said}; {order_said(shown)}"
    if shown["share_low"].notna().any():
        return f"{who}; line: 95 % interval, if others are like them"
    return who


def order_said(themes: pd.DataFrame) -> str:
    """Say in what order the rows of an estimate are."""
    if read_state(themes) == FIRST_LOOK:
        return "first whatever may have been said by most"
    return "first whatever was probably said by most"


def _bars(
    ax: Axes, shown: pd.DataFrame, counts: np.ndarray, places: np.ndarray
) -> None:
    """Draw people: dark as far as it is sure, light as far as it may be."""
    guessed = shown.apply(is_estimate, axis="columns").to_numpy(dtype=bool)
    low = shown.get("low", pd.Series(0.0, shown.index)).fillna(0).to_numpy(float)
    high = shown.get("high", pd.Series(0.0, shown.index)).fillna(0).to_numpy(float)
    ax.barh(places, np.where(guessed, high, 0), color=look().pale, height=0.62)
    ax.barh(places, np.where(guessed, low, counts), color=look().hue, height=0.62)


def _whiskers(ax: Axes, shown: pd.DataFrame, places: np.ndarray) -> None:
    of = shown["of"].fillna(0).to_numpy(dtype=float)
    has = shown["share_low"].notna().to_numpy() & (of > 0)
    of = of[has]
    low, high = (
        shown[name].to_numpy()[has] * of for name in ("share_low", "share_high")
    )
    # White beneath, so that the line can be seen inside the bar too.
    ax.hlines(places[has], low, high, color=look().ground, linewidth=4)
    ax.hlines(places[has], low, high, color=look().text, linewidth=1.4)


def _counttheme_labels(
    ax: Axes, shown: pd.DataFrame, counts: np.ndarray, places: np.ndarray
) -> None:
    ends = np.fmax(
        counts, (shown["share_high"] * shown["of"]).fillna(0).to_numpy(float)
    )
    if "high" in shown:
        ends = np.fmax(ends, shown["high"].fillna(0).to_numpy(float))
    ends = np.fmax(ends, hidden_ends(shown))
    for place, end, label in zip(places, ends, theme_labels(shown), strict=True):
        ax.annotate(
            label, (end, place), xytext=(6, 0), textcoords="offset points",
            va="center", fontsize=look().label_size, color=look().text,
        )  # fmt: skip
