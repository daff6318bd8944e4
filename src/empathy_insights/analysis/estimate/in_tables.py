"""People by group and theme as every table says them: estimated, or counted as coded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from empathy_insights.analysis.counting import Numbered, distinct
from empathy_insights.analysis.estimate.counts import Drawn, Estimate
from empathy_insights.analysis.table_facts import state_of
from empathy_insights.corpus import utterance_of
from empathy_insights.errors import TableError
from empathy_insights.tables import BY_PEOPLE, CHECKED, FIRST_LOOK

UNITS = {
    "people": "people who raised the theme, each once: the middle of the estimate, or "
    "the count where every passage was read",
    "low": "people: 95 % interval of the estimate, lower end; missing where there is none",
    "high": "people: 95 % interval of the estimate, upper end",
    "read": "passages that a person has read for the theme",
    "state": "first look: nobody has read; partly checked; checked: all that could change "
    "the count was read",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class People:
    """People by group and theme.

    Parameters
    ----------
    people, low, high, read, state
        The columns of the tables: groups by themes.
    draws
        People: groups by themes by draws; one draw where nothing was estimated.
    """

    people: np.ndarray
    low: np.ndarray
    high: np.ndarray
    read: np.ndarray
    state: np.ndarray
    draws: np.ndarray

    def columns(self) -> dict[str, np.ndarray]:
        """Return the columns by name, each a matrix."""
        return {name: getattr(self, name) for name in UNITS}


def people_told(
    study: Numbered,
    themes: Sequence[str],
    turns: pd.DataFrame,
    codings: pd.DataFrame,
    estimate: Estimate | None,
) -> People:
    """Count people by group and theme.

    Sub-themes, and themes that no coder judged, are counted as they are coded: without
    an interval, unless all was read.

    Parameters
    ----------
    study
        The codings that count, in numbers; its groups and themes are those returned.
    themes
        Their names, in order.
    turns
        Participants' turns, as `study` was made of.
    codings
        All codings: they say what was read.

    Raises
    ------
    TableError
        The estimate is of other passages.
    """
    coded = distinct(study.cell, study.person, study.n_people, study.shape)
    if estimate is None:
        return _as_coded(study, turns, codings, coded)
    group, person = placed(study, turns, estimate)
    drawn = estimate.drawn(group, person, len(study.groups))
    return _in_order(drawn, coded, estimate, themes)


def placed(
    study: Numbered, turns: pd.DataFrame, estimate: Estimate
) -> tuple[np.ndarray, np.ndarray]:
    """Return the group and the person of each passage of an estimate, -1 for none.

    Raises
    ------
    TableError
        The estimate is of other passages.
    """
    turn = _turn_of(pd.Series(estimate.segment_ids), turns)
    if len(turn) and (turn < 0).all():
        raise TableError(
            "the estimate is of other passages than these; estimate the counts of this "
            "corpus"
        )
    if not len(study.of_turn):
        return turn, turn
    inside = turn >= 0
    group = np.where(inside, study.of_turn[turn], -1)
    return group, np.where(inside, study.speaker[turn], -1)


def _turn_of(segment_ids: pd.Series, turns: pd.DataFrame) -> np.ndarray:
    utterances = utterance_of(segment_ids.astype("str"))
    return np.asarray(pd.Index(turns["utterance_id"]).get_indexer(pd.Index(utterances)))


def _in_order(
    drawn: Drawn, coded: np.ndarray, estimate: Estimate, themes: Sequence[str]
) -> People:
    """Return what was drawn in the order of the table's themes."""
    mains = [theme.split(".")[0] for theme in themes]
    column = estimate.of(mains)
    is_judged = column >= 0
    is_whole = is_judged & np.array(["." not in theme for theme in themes], dtype=bool)
    read = np.where(is_judged, drawn.read[:, column], 0)
    state = np.where(is_judged, drawn.state[:, column], FIRST_LOOK)
    counts = np.repeat(coded[..., np.newaxis], estimate.n_draws, axis=-1)
    counts[:, is_whole] = drawn.counts[:, column[is_whole]]
    people = np.where(is_whole, drawn.people[:, column], coded)
    sure = np.where(state == CHECKED, coded, np.nan)
    low, high = (
        np.where(is_whole, end[:, column], sure) for end in (drawn.low, drawn.high)
    )
    return People(people, low, high, read, state, counts)


def _as_coded(
    study: Numbered, turns: pd.DataFrame, codings: pd.DataFrame, coded: np.ndarray
) -> People:
    """Count as coded: checked where people coded alone; else nothing says how sure it is."""
    state = state_of(codings)
    by_people = codings["status"].isin(BY_PEOPLE)
    turn = _turn_of(codings.loc[by_people, "segment_id"].drop_duplicates(), turns)
    group = study.of_turn[turn[turn >= 0]]
    of_group = np.bincount(group, minlength=len(study.groups))
    read = np.repeat(of_group[:, np.newaxis], study.n_themes, axis=1)
    ends = coded.astype(float) if state == CHECKED else np.full(study.shape, np.nan)
    return People(
        coded, ends, ends, read, np.full(study.shape, state), coded[..., np.newaxis]
    )
