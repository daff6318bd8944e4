"""How far a share of the people heard may be off, as a caution."""

from __future__ import annotations

import math
from typing import Final, NamedTuple, TypeAlias

import numpy as np

LEAST_CLUSTERS = 8
Z95 = 1.959963984540054

# Set on simulated studies; benchmarks/coverage.py judges them on groups of other sizes.
_INDEPENDENT_GROUPS: Final = 1.5  # weight of "as if all were independent", in groups
_ADDED: Final = 1.5  # people who raised the theme, and as many who did not
_ASSUMED_CORRELATION: Final = 0.2  # within groups, where nobody or everybody raised it
_HALF: Final = 0.5  # keeps the log-odds of none or all finite (Haldane 1956)

Estimates: TypeAlias = tuple[np.ndarray, np.ndarray, np.ndarray]


def wilson(successes: float, n: float) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927).

    Examples
    --------
    >>> tuple(round(limit, 2) for limit in wilson(8, 10))
    (0.49, 0.94)
    """
    if n <= 0:
        return math.nan, math.nan
    low, high = _score_limits(np.float64(successes / n), n, Z95)
    return float(low), float(high)


def wilsons(successes: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return Wilson's intervals of many shares at once; none where n is 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return _score_limits(successes / n, n, Z95)


def share_intervals(
    raised_by_cluster: np.ndarray, sizes: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the 95 % intervals of the shares of people who raised each theme.

    People interviewed alone are independent: Wilson's interval, exactly. People of one
    focus group are not. Each group is left out once (jackknife of the log-odds, as for
    surveys: Korn and Graubard 1998), and the number of people is divided by the design
    effect that this shows, at the most that of groups with one voice each. Few groups
    show it badly, so it is averaged with none, as if 1.5 more groups had been like
    independent people; Student's t with the groups' degrees of freedom (Satterthwaite
    1946) takes the place of the normal quantile; and 1.5 people who raised the theme and
    1.5 who did not are added, times the share of people heard in groups, since few
    groups lean to one side (as Agresti and Coull 1998 do). Where nobody or everybody
    raised it, an intraclass correlation of .2 is assumed.
    Below 8 clusters no interval is honest, and none is given.

    Parameters
    ----------
    raised_by_cluster
        A row a theme, a column a cluster: how many of its people raised the theme.
    sizes
        How many people each cluster has: a focus group, or 1 for a person heard alone.
        Clusters of nobody are left out.

    Returns
    -------
    tuple of numpy.ndarray
        Low and high of each theme, 0 to 1; missing where no interval can be given.

    Examples
    --------
    >>> low, high = share_intervals(np.array([[2, 0] * 5, [1] * 10]), np.full(10, 2))
    >>> low.round(2), high.round(2)
    (array([0.22, 0.41]), array([0.78, 0.59]))
    """
    there = np.asarray(sizes) > 0
    people = np.asarray(sizes, dtype=np.float64)[there]
    raised = np.asarray(raised_by_cluster, dtype=np.float64)[:, there]
    groups = people > 1
    if not len(people) or (groups.any() and len(people) < LEAST_CLUSTERS):
        return np.full(len(raised), math.nan), np.full(len(raised), math.nan)
    n, total = people.sum(), raised.sum(axis=1)
    if not groups.any():
        return _score_limits(total / n, n, Z95)
    effect, quantile = _design_effect(raised[:, groups], total, people[groups], n)
    added = _ADDED * people[groups].sum() / n
    low, high = _score_limits((total + added) / (n + 2 * added), n / effect, quantile)
    return np.minimum(low, total / n), np.maximum(high, total / n)


def effective_people(raised_by_cluster: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return how many independent people those heard are worth: all of them at most.

    Missing where people of focus groups sat in fewer than 8 clusters.

    Parameters
    ----------
    raised_by_cluster, sizes
        As in `share_intervals`.

    Examples
    --------
    >>> effective_people(np.array([[2, 0] * 5, [1] * 10]), np.full(10, 2)).round(1)
    array([10.8, 20. ])
    """
    there = np.asarray(sizes) > 0
    people = np.asarray(sizes, dtype=np.float64)[there]
    raised = np.asarray(raised_by_cluster, dtype=np.float64)[:, there]
    groups, n = people > 1, people.sum()
    if not groups.any():
        return np.full(len(raised), n)
    if len(people) < LEAST_CLUSTERS:
        return np.full(len(raised), math.nan)
    effect, _ = _design_effect(raised[:, groups], raised.sum(axis=1), people[groups], n)
    return np.asarray(np.minimum(n, n / effect))


def difference_interval(
    first: Estimates, second: Estimates
) -> tuple[np.ndarray, np.ndarray]:
    """Return the 95 % intervals of the differences of shares, first less second.

    Each side's distance from its share to its limit is squared and added up (MOVER:
    Zou and Donner 2008). With Wilson's limits this is Newcombe's method 10 (1998). The
    two shares are of different people; where some of both spoke in one group, which
    makes them alike, the interval is wider than need be.

    Parameters
    ----------
    first, second
        Shares, low and high of each theme, limits as `share_intervals` gives them.

    Returns
    -------
    tuple of numpy.ndarray
        Low and high, -1 to 1; missing where one of the two has no interval.

    Examples
    --------
    >>> students, teachers = (0.8, *wilson(8, 10)), (0.25, *wilson(2, 8))
    >>> low, high = difference_interval(students, teachers)
    >>> round(float(low), 2), round(float(high), 2)
    (0.09, 0.78)
    """
    share, low, high = (np.asarray(values, dtype=np.float64) for values in first)
    other, other_low, other_high = (
        np.asarray(values, dtype=np.float64) for values in second
    )
    difference = share - other
    return (
        difference - np.hypot(share - low, other_high - other),
        difference + np.hypot(high - share, other - other_low),
    )


def _score_limits(
    share: np.ndarray | np.float64, n: np.ndarray | float, quantile: np.ndarray | float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the limits of Wilson's score interval for any quantile."""
    z2 = np.square(quantile)
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = np.sqrt(share * (1 - share) / n + z2 / (4 * n**2)) * quantile / (1 + z2 / n)
    return np.maximum(0.0, middle - half), np.minimum(1.0, middle + half)


def _design_effect(
    raised: np.ndarray, total: np.ndarray, sizes: np.ndarray, n: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return by what to divide the number of people, and the quantile of Student's t.

    `raised` and `sizes` are those of groups alone, `total` and `n` those of everybody.
    """
    from scipy.special import stdtrit

    in_groups = sizes.sum()
    shown = in_groups**2 / np.sum(sizes**2) - in_groups / n
    weight = shown / (shown + _INDEPENDENT_GROUPS)
    measured = np.minimum(_jackknife(raised, total, sizes, n), np.sum(sizes**2))
    assumed = np.sum(sizes * (1 + (sizes - 1) * _ASSUMED_CORRELATION))
    counts_as = np.where(
        (total == 0) | (total == n),
        assumed,
        weight * measured + (1 - weight) * in_groups,
    )
    effect = (n - in_groups + counts_as) / n
    # The variance of people heard alone is known; only that of the groups is estimated.
    freedom = (shown + _INDEPENDENT_GROUPS) * (effect * n / counts_as) ** 2
    return effect, stdtrit(freedom, 0.975)


def _jackknife(
    raised: np.ndarray, total: np.ndarray, sizes: np.ndarray, n: float
) -> np.ndarray:
    """Return the groups' part of the variance: that of so many independent people."""
    yes, no = total + _HALF, n - total + _HALF
    without = (yes[:, np.newaxis] - raised) / (no[:, np.newaxis] - sizes + raised)
    change = np.log(without) - np.log(yes / no)[:, np.newaxis]
    variance: np.ndarray = np.square(change) @ (1 - sizes / n)
    return variance * n**2 * yes * no / (yes + no) ** 2


# How far two shares of people are apart, and how sure one can be of it.


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
    """Return where fewer than five people are on one side."""
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
