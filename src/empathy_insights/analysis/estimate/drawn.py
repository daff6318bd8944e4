"""People by group and theme in every draw: the middle, the ends, the state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from empathy_insights.tables import CHECKED, FIRST_LOOK, PARTLY_CHECKED

_ENDS = (0.025, 0.975)


@dataclass(frozen=True, eq=False)
class Drawn:
    """How many people raised each theme in each group, drawn many times.

    Parameters
    ----------
    people
        The middle of what is possible: groups by themes.
    counts
        People: groups by themes by draws.
    read
        Passages that a person was asked about: groups by themes.
    undecided
        People of whom it is not known: they are not known to have raised the theme, and
        have passages that nobody has read for it.
    """

    people: np.ndarray
    counts: np.ndarray
    read: np.ndarray
    undecided: np.ndarray

    @property
    def low(self) -> np.ndarray:
        """The lower end of the 95 % interval."""
        low: np.ndarray = np.minimum(quantile(self.counts, _ENDS[0]), self.people)
        return low

    @property
    def high(self) -> np.ndarray:
        """The upper end of the 95 % interval."""
        high: np.ndarray = np.maximum(quantile(self.counts, _ENDS[1]), self.people)
        return high

    @property
    def state(self) -> np.ndarray:
        """One of `STATES` for each group and theme."""
        return np.select(
            [self.read == 0, self.undecided > 0],
            [FIRST_LOOK, PARTLY_CHECKED],
            CHECKED,
        )


def quantile(draws: np.ndarray, share: float) -> np.ndarray:
    """Return a quantile of draws (the last axis): one of the values that were drawn."""
    if not draws.size:
        return np.zeros(draws.shape[:-1], dtype=draws.dtype)
    place = max(int(np.ceil(share * draws.shape[-1])) - 1, 0)
    return np.asarray(np.partition(draws, place, axis=-1)[..., place])


def ends(draws: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return both ends of the 95 % interval of draws (the last axis)."""
    return quantile(draws, _ENDS[0]), quantile(draws, _ENDS[1])


def count_in(counts: np.ndarray, owner: np.ndarray, raised: np.ndarray) -> None:
    """Add people to the counts of their groups, which follow each other in order.

    Group by group: `np.add.at` takes a hundred times as long.
    """
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    for start, end in pairwise([*starts, len(owner)]):
        counts[owner[start]] += raised[start:end].sum(axis=0, dtype=counts.dtype)


_AT_ONCE = 2000  # people, whose draws are unpacked together


def people_in(
    group: np.ndarray, person: np.ndarray
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield the passages of some people in one group each, where each begins, its group."""
    known = np.flatnonzero((group >= 0) & (person >= 0))
    key = group[known] * (person.max(initial=0) + 1) + person[known]
    order = np.argsort(key, kind="stable")
    at, key = known[order], key[order]
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    ends = np.append(starts[1:], len(at))
    for n in range(0, len(starts), _AT_ONCE):
        first, last = starts[n], ends[min(n + _AT_ONCE, len(starts)) - 1]
        some = starts[n : n + _AT_ONCE]
        yield at[first:last], some - first, group[at[some]]
