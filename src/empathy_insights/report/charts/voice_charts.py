"""The strip of voices: whom one heard, whom one could have, and who is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.publishing import FEW
from empathy_insights.report.charts.style import (
    bare,
    hatched_bars,
    headline,
    look,
    new_axes,
    wrap,
)
from empathy_insights.wording import listing, plural, spoken_column

if TYPE_CHECKING:
    from matplotlib.axes import Axes


_GAP = 0.9  # between two ways to group people
_MOST_NAMED = 4  # in the title


def plot_voices(
    table: pd.DataFrame, *, title: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how many people of each role and group were heard, and who were not.

    Parameters
    ----------
    table
        The table of `voices`. With a population, a grey bar shows how many people of
        the same number would be heard if each group were heard by its size.
    title
        The finding; by default who is missing.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"role": ["student"], "a": ["Too much homework."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", role="role")
    >>> [text.get_text() for text in plot_voices(ei.voices(corpus)).texts[:2]]
    ['1', 'not heard']
    """
    places, people = _places(table), _people(table)
    ax = ax or new_axes(9.8, 1.9 + 0.46 * (places.max(initial=0) + 1))
    expected = expected_voices(table)
    ax.barh(places, expected.fillna(0), color=look().line, height=0.8)
    ax.barh(places, people, color=look().hue, height=0.42)
    hatched_bars(ax, places, _hidden_ends(table).to_numpy(), height=0.42)
    _mark_missing(ax, table, places)
    _write_numbers(ax, table, expected, places)
    _name_groups(ax, table, places)
    ax.set_yticks(places, [wrap(_named(value), 26) for value in table["value"]])
    ends = np.fmax(people, expected.fillna(0))
    most = (ends.max() if len(ends) else 0) or 1
    ax.set_xlim(-0.02 * most, 1.02 * most)
    ax.set_xticks([])
    ax.invert_yaxis()
    headline(bare(ax), title or voices_finding(table), voices_note(table, expected))
    return ax


def voices_finding(table: pd.DataFrame) -> str:
    """Say who was not heard and who was under-heard, as a sentence.

    Examples
    --------
    >>> rows = {"group": "role", "value": ["student", "family", "teacher"],
    ...         "people": [9, 0, 1], "reading": ["", "not heard", "under-heard"]}
    >>> voices_finding(pd.DataFrame(rows))
    'Not heard: families. Under-heard: teachers'
    """
    said = [
        f"{reading.capitalize()}: {_listed(named)}"
        for reading in ("not heard", "under-heard")
        if (named := table.loc[table["reading"] == reading, "value"].tolist())
    ]
    if said:
        return ". ".join(said)
    if (table["reading"] == "not known").any():
        known = table[~table["value"].isin(["unknown"]) & table["reading"].eq("")]
        if "people" in known and known["people"].fillna(1).gt(0).any():
            return "Who is missing is not known: some people's roles are not"
        return "Whose voices these are is not known"
    return "Somebody of every role and group was heard"


def alt_text_of_voices(table: pd.DataFrame) -> str:
    """Describe the strip: the finding, every row's numbers, and who held the floor."""
    rows = "; ".join(
        f"{_named(value)}: {label}"
        for value, label in zip(
            table["value"], _labels(table, expected_voices(table)), strict=True
        )
    )
    floor = table.attrs["facilitator_share_of_words"]
    return (
        f"Bar chart of people heard. {voices_finding(table)}. {rows}. "
        f"Facilitators spoke {floor:.0%} of all words."
    )


def voice_bars(table: pd.DataFrame) -> list[tuple[str, str, float, float]]:
    """Return each row's name, its number in words, and its bar in percent of all heard.

    A bar has two ends: to where it is sure, and to where a hidden number may reach.
    """
    people = _people(table)
    told = table["of"].astype("float64").fillna(0).max()
    heard = max(1.0, people.max(), told, float(table.attrs.get("people") or 0))
    is_first = table["group"] == next(iter(table["group"]), "")
    names = [
        _named(value) if plain else f"{_named(value)} ({spoken_column(group)})"
        for value, group, plain in zip(
            table["value"], table["group"], is_first, strict=True
        )
    ]
    ends = (100 / heard * values for values in (people, people + _hidden_ends(table)))
    labels = _labels(table, expected_voices(table))
    return list(zip(names, labels, *(end.round(1) for end in ends), strict=True))


def _named(value: object) -> str:
    return plural(str(value))


def _listed(values: list[str]) -> str:
    names = [_named(value) for value in values]
    rest = len(names) - _MOST_NAMED
    if rest <= 1:
        return listing(names)
    return listing([*names[:_MOST_NAMED], f"{rest} more"])


def expected_voices(table: pd.DataFrame) -> pd.Series:
    """Return how many of those heard there would be, heard by their share of all."""
    return (table["share_of_population"] * table["of"]).astype("float64")


def _places(table: pd.DataFrame) -> np.ndarray:
    starts = (table["group"] != table["group"].shift()).cumsum().to_numpy()
    return np.asarray(np.arange(len(table)) + _GAP * (starts - 1), dtype=np.float64)


def _labels(table: pd.DataFrame, expected: pd.Series) -> list[str]:
    columns = (_people(table), table["reading"], expected, table["planned"])
    labels = [_label(*row) for row in zip(*columns, strict=True)]
    if "hidden" not in table:
        return labels
    return [
        label if not why else shown
        for label, shown, why in zip(
            labels, table["shown"], table["hidden"], strict=True
        )
    ]


def _people(table: pd.DataFrame) -> pd.Series:
    return table["people"].astype("float64").fillna(0)


def _hidden_ends(table: pd.DataFrame) -> pd.Series:
    """Return the most people that a hidden number can be, 0 elsewhere."""
    if "hidden" not in table:
        return _people(table) * 0
    return (table["hidden"] == FEW) * float(table.attrs["least"] - 1)


def _label(people: float, reading: str, expected: float, planned: float) -> str:
    """Say a row: `2 (5 expected, 6 planned), under-heard`."""
    beside = [
        f"{_rounded(number)} {word}"
        for number, word in ((expected, "expected"), (planned, "planned"))
        if not np.isnan(number)
    ]
    said = reading if not people and reading else f"{people:.0f}"
    more = f" ({', '.join(beside)})" if beside else ""
    return said + more + (f", {reading}" if people and reading else "")


def _rounded(people: float) -> str:
    return "<1" if 0 < people < 0.5 else f"{people:.0f}"


def _name_groups(ax: Axes, table: pd.DataFrame, places: np.ndarray) -> None:
    """Name every way to group people but the first, which the rows explain."""
    is_first = ~table["group"].duplicated()
    for place, group in list(
        zip(places[is_first], table["group"][is_first], strict=True)
    )[1:]:
        ax.annotate(
            f"by {spoken_column(group)}", (0, place - 0.75), fontsize=look().note_size,
            color=look().quiet, va="center",
        )  # fmt: skip


def voices_note(table: pd.DataFrame, expected: pd.Series) -> str:
    """Say how to read the strip of voices, and who held the floor."""
    floor = table.attrs["facilitator_share_of_words"]
    grey = "; grey: if each were heard by its size" if expected.notna().any() else ""
    return f"people heard{grey}; facilitators spoke {floor:.0%} of all words"


def _mark_missing(ax: Axes, table: pd.DataFrame, places: np.ndarray) -> None:
    """Put an open ring where a bar would be, so that nobody is not mistaken for nothing."""
    none = places[(table["people"] == 0).fillna(value=False).to_numpy(dtype=bool)]
    ax.plot(
        np.zeros(len(none)), none, "o", markersize=9, markerfacecolor=look().ground,
        markeredgecolor=look().text, markeredgewidth=1.6, clip_on=False, zorder=3,
    )  # fmt: skip


def _write_numbers(
    ax: Axes, table: pd.DataFrame, expected: pd.Series, places: np.ndarray
) -> None:
    ends = np.fmax(_people(table) + _hidden_ends(table), expected.fillna(0))
    rows = zip(ends, places, _labels(table, expected), table["reading"], strict=True)
    for end, place, label, reading in rows:
        ax.annotate(
            label, (end, place), xytext=(10, 0), textcoords="offset points", va="center",
            fontsize=look().label_size, color=look().text, fontweight="bold" if reading else "normal",
        )  # fmt: skip
