"""People by group and theme as every table says them: estimated, or counted as coded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from empathy_insights.analysis.counting import Numbered, distinct, only
from empathy_insights.analysis.estimate.counts import Estimate
from empathy_insights.analysis.estimate.drawn import Drawn
from empathy_insights.analysis.estimate.passages_read import answers
from empathy_insights.analysis.table_facts import state_of
from empathy_insights.corpus import utterance_of
from empathy_insights.errors import TableError
from empathy_insights.tables import BY_PEOPLE, CHECKED, FIRST_LOOK, STATUSES

_GIVEN = [STATUSES.index(name) for name in ("human", "accepted")]

UNITS = {
    "people": "people who raised the theme, each once: the middle of the estimate, or "
    "the count where every passage was read",
    "low": "people: 95 % interval of the estimate, lower end; missing where there is none",
    "high": "people: 95 % interval of the estimate, upper end",
    "read": "passages that a person has read for the theme",
    "state": "first look: nobody has read, or not all of a sub-theme; partly checked; "
    "checked: all that could change the count was read",
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
    is_drawn
        Of each theme, whether the draws say how sure its numbers are.
    """

    people: np.ndarray
    low: np.ndarray
    high: np.ndarray
    read: np.ndarray
    state: np.ndarray
    draws: np.ndarray
    is_drawn: np.ndarray

    @property
    def is_known(self) -> np.ndarray:
        """Whether the draws, or a count of all, tell how sure a number is."""
        known: np.ndarray = self.is_drawn | (self.state == CHECKED)
        return known

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

    How many sub-themes a coder misses is not known, nor of themes that no coder judged.
    There `people` is as coded, and the interval is what is certain: from those in whom
    a person found it to all who may have raised the theme, or who were heard.

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
        The estimate is of other passages, or of more codings than these.
    """
    coded = distinct(study.cell, study.person, study.n_people, study.shape)
    if estimate is None:
        return _as_coded(study, turns, codings, coded)
    _check_whole(codings, estimate)
    group, person = placed(study, turns, estimate)
    drawn = estimate.drawn(group, person, len(study.groups))
    return _in_order(drawn, study, coded, codings, estimate, themes)


def _check_whole(codings: pd.DataFrame, estimate: Estimate) -> None:
    """Refuse a part of the codings: the estimate would count all, whatever is given."""
    if not estimate.said.any():
        return
    _, said = answers(codings, estimate.segment_ids, estimate.themes)
    if (estimate.said & ~said).any():
        raise TableError(
            "these are some of the codings that the estimate counts, and it would count "
            "them all; leave estimate out to count these alone"
        )


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
    if len(turn) and len(turns) and (turn < 0).all():
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
    drawn: Drawn,
    study: Numbered,
    coded: np.ndarray,
    codings: pd.DataFrame,
    estimate: Estimate,
    themes: Sequence[str],
) -> People:
    """Return what was drawn in the order of the table's themes."""
    column = estimate.of([theme.split(".")[0] for theme in themes])
    is_judged = column >= 0
    is_drawn = is_judged & np.array(["." not in theme for theme in themes], dtype=bool)
    of = distinct(study.of_place, study.heard, study.n_people, (len(study.groups), 1))
    most = np.where(is_judged, drawn.high[:, column], of)
    all_read = np.where(
        is_judged, drawn.state[:, column] == CHECKED, estimate.state == CHECKED
    )
    mine = only(study, np.isin(study.status, _GIVEN))
    named = distinct(mine.cell, mine.person, mine.n_people, mine.shape)
    is_asked = _asked_of_people(codings, themes)
    sure = all_read & is_asked & (named == coded)
    counts = np.repeat(coded[..., np.newaxis], estimate.n_draws, axis=-1)
    counts[:, is_drawn] = drawn.counts[:, column[is_drawn]]
    states = np.where(sure, CHECKED, FIRST_LOOK)
    return People(
        people=np.where(is_drawn, drawn.people[:, column], coded),
        low=np.where(is_drawn, drawn.low[:, column], named).astype(float),
        high=np.where(is_drawn, drawn.high[:, column], np.where(sure, named, most))
        .astype(float),
        read=np.where(is_drawn | is_asked, drawn.read[:, column], 0),
        state=np.where(is_drawn, drawn.state[:, column], states),
        draws=counts,
        is_drawn=is_drawn,
    )  # fmt: skip


def _asked_of_people(codings: pd.DataFrame, themes: Sequence[str]) -> np.ndarray:
    """Return for each theme whether people looked for it: for sub-themes, if for any."""
    given = set(codings.loc[codings["status"].isin(BY_PEOPLE), "theme"])
    any_part = any("." in theme for theme in given)
    asked = [any_part if "." in one else one in given for one in themes]
    return np.array(asked, dtype=bool)


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
        coded, ends, ends, read, np.full(study.shape, state), coded[..., np.newaxis],
        np.zeros(study.n_themes, dtype=bool),
    )  # fmt: skip
