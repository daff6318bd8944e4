"""How far two shares of people are apart, and how sure one can be of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from empathy_insights.analysis.intervals import Z95, difference_interval, wilsons

PRIOR_PEOPLE = 5
LEAST_PEOPLE = 5  # on either side, before a difference is read or tested
_LEAST_EXPECTED = 1

Numbers = np.ndarray


class Side(NamedTuple):
    """Hold the people of one side of comparisons.

    Parameters
    ----------
    people, of
        Who raised it, of how many.
    low, high
        95 % interval of the share; missing where none is honest.
    of_effective
        How many independent people they are worth; missing where that cannot be said.
    """

    people: Numbers
    of: Numbers
    low: Numbers
    high: Numbers
    of_effective: Numbers

    @property
    def share(self) -> Numbers:
        """The share who raised it, missing where nobody is on this side."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(self.people / self.of, dtype=np.float64)


def alone(people: Numbers, of: Numbers) -> Side:
    """Return a side of people who were heard alone, each independent of the others."""
    low, high = wilsons(people, of)
    return Side(people, of, low, high, of)


def differences(here: Side, there: Side) -> tuple[Numbers, Numbers, Numbers]:
    """Return differences of two shares with their 95 % intervals (Newcombe 1998, method 10).

    The intervals of the two shares are put together as Zou and Donner (2008) do, so that
    they may also be those of people in focus groups.

    Examples
    --------
    >>> here, there = (alone(np.array([k]), np.array([n])) for k, n in [(56, 70), (48, 80)])
    >>> [round(float(limit[0]), 4) for limit in differences(here, there)]
    [0.2, 0.0524, 0.3339]
    """
    low, high = difference_interval(
        (here.share, here.low, here.high), (there.share, there.low, there.high)
    )
    return here.share - there.share, low, high


def odds_ratios(here: Side, there: Side) -> tuple[Numbers, Numbers, Numbers]:
    """Return odds ratios with their 95 % intervals, half a person added to every cell.

    The half (Haldane 1956; Anscombe 1956) is added always, not only beside a zero, so
    that one person more or less does not change how the number is reckoned. The interval
    is that of the logarithm (Gart 1966).

    Examples
    --------
    >>> here, there = (alone(np.array([k]), np.array([n])) for k, n in [(8, 10), (2, 6)])
    >>> [round(float(limit[0]), 1) for limit in odds_ratios(here, there)]
    [6.1, 0.8, 49.6]
    """
    half = np.array(0.5)
    middle = _log_odds(here, half, half) - _log_odds(there, half, half)
    spread = np.sqrt(_variance(here, half, half) + _variance(there, half, half))
    return _odds(middle), _odds(middle - Z95 * spread), _odds(middle + Z95 * spread)


def shrunken_log_odds(here: Side, there: Side) -> tuple[Numbers, Numbers]:
    """Return log-odds ratios drawn towards 0 where few people spoke, and their z-scores.

    Both sides are counted with five more people, who raise the theme as all people
    together do: the informative Dirichlet prior of Monroe, Colaresi and Quinn (2008),
    with the two outcomes that a theme has for a person.

    Examples
    --------
    >>> here, there = (alone(np.array([k]), np.array([n])) for k, n in [(8, 10), (2, 6)])
    >>> [round(float(number[0]), 2) for number in shrunken_log_odds(here, there)]
    [1.19, 1.41]
    """
    share = (here.people + there.people + 0.5) / (here.of + there.of + 1)
    yes, no = PRIOR_PEOPLE * share, PRIOR_PEOPLE * (1 - share)
    nobody = (here.of == 0) | (there.of == 0)
    middle = _log_odds(here, yes, no) - _log_odds(there, yes, no)
    spread = np.sqrt(_variance(here, yes, no) + _variance(there, yes, no))
    return np.where(nobody, np.nan, middle), np.where(nobody, np.nan, middle / spread)


def too_few(here: Side, there: Side) -> Numbers:
    """Say where fewer than five people are on one side."""
    return np.asarray(np.minimum(here.of, there.of) < LEAST_PEOPLE)


def exact_tests(here: Side, there: Side) -> tuple[Numbers, Numbers, list[str]]:
    """Return p of Fisher's exact test, q after Benjamini-Hochberg, and why there is none.

    None is given where fewer than five people are on one side, or where fewer than one
    person would be expected in a cell: there no outcome, or hardly any, could be told
    from chance. It is for the caller to refuse people who are not independent.

    Examples
    --------
    >>> here, there = (alone(np.array([k]), np.array([n])) for k, n in [(8, 10), (2, 6)])
    >>> exact_tests(here, there)[0].round(2).tolist()
    [0.12]
    """
    from scipy.stats import false_discovery_control, fisher_exact

    tables = np.stack(
        [here.people, here.of - here.people, there.people, there.of - there.people], -1
    )
    few = too_few(here, there)
    rare = ~few & (_least_expected(tables) < _LEAST_EXPECTED)
    p, q = np.full((2, len(tables)), np.nan)
    tested = ~few & ~rare
    p[tested] = [fisher_exact(cells.reshape(2, 2)).pvalue for cells in tables[tested]]
    if tested.any():
        q[tested] = false_discovery_control(p[tested], method="bh")
    few_note = f"not tested: fewer than {LEAST_PEOPLE} people on one side"
    rare_note = "not tested: fewer than one person expected in a cell"
    notes = np.select([few, rare], [few_note, rare_note], "")
    return p, q, [str(note) for note in notes]


def _least_expected(tables: Numbers) -> Numbers:
    """Return the smallest number of people that a cell would hold by chance."""
    yes, no = tables[:, 0] + tables[:, 2], tables[:, 1] + tables[:, 3]
    here, there = tables[:, :2].sum(axis=1), tables[:, 2:].sum(axis=1)
    smaller = np.minimum(yes, no) * np.minimum(here, there)
    return np.asarray(smaller / np.maximum(here + there, 1))


def _odds(log_odds: Numbers) -> Numbers:
    return np.asarray(np.exp(log_odds))


def _log_odds(side: Side, yes: Numbers, no: Numbers) -> Numbers:
    raised, silent = side.people + yes, side.of - side.people + no
    return np.where(side.of > 0, np.log(raised / silent), np.nan)


def _variance(side: Side, yes: Numbers, no: Numbers) -> Numbers:
    raised = side.share * side.of_effective
    return np.asarray(1 / (raised + yes) + 1 / (side.of_effective - raised + no))
