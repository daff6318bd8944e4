"""Agreement beyond chance on one theme, for any number of coders.

Every measure is a function of sums over segments, so that a bootstrap over documents
adds up documents instead of counting segments again. A row of sums holds: segments,
agreeing pairs (as a share), share of readers who gave the theme, readings, readings
that gave it, pairs that differ (weighted as alpha does), and for each coder what they
read and gave.
"""

from __future__ import annotations

import numpy as np

_SEGMENTS, _AGREE, _SHARE, _READ, _GAVE, _DIFFER, _CODERS = range(7)


def summands(given: np.ndarray, read: np.ndarray) -> np.ndarray:
    """Return a row a segment of what the measures add up; both are segments x coders."""
    readers, gave = read.sum(axis=1), given.sum(axis=1)
    differ = 2 * gave * (readers - gave)
    pairs = readers * (readers - 1)
    return np.column_stack(
        [
            np.ones(len(read)),
            1 - differ / pairs,
            gave / readers,
            readers,
            gave,
            differ / (readers - 1),
            read,
            given,
        ]
    )


def percent(sums: np.ndarray) -> np.ndarray:
    """Return the share of pairs of readings that agree, each segment counting alike."""
    return np.asarray(sums[:, _AGREE] / sums[:, _SEGMENTS])


def prevalence(sums: np.ndarray) -> np.ndarray:
    """Return the mean share of a segment's readers who gave the theme."""
    return np.asarray(sums[:, _SHARE] / sums[:, _SEGMENTS])


def kappa(sums: np.ndarray) -> np.ndarray:
    """Return Conger's kappa (1980), which for two coders is Cohen's (1960).

    Chance is the mean, over all pairs of coders, of the agreement that their own
    shares would give; Fleiss' kappa gives all coders the same share instead.
    """
    read, gave = np.split(sums[:, _CODERS:], 2, axis=1)
    share = np.divide(gave, read, out=np.full(read.shape, np.nan), where=read > 0)
    return beyond(percent(sums), _met(share) + _met(1 - share))


def ac1(sums: np.ndarray) -> np.ndarray:
    """Return Gwet's AC1 (2008)."""
    share = prevalence(sums)
    return beyond(percent(sums), 2 * share * (1 - share))


def alpha(sums: np.ndarray) -> np.ndarray:
    """Return Krippendorff's nominal alpha (2004) over all that was read."""
    read, gave = sums[:, _READ], sums[:, _GAVE]
    expected = 2 * gave * (read - gave) / (read * (read - 1))
    return beyond(1 - sums[:, _DIFFER] / read, 1 - expected)


def beyond(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return agreement beyond chance; undefined where chance alone explains all."""
    room = 1 - expected
    certain = np.isclose(room, 0)
    return np.where(certain, np.nan, (observed - expected) / np.where(certain, 1, room))


def _met(share: np.ndarray) -> np.ndarray:
    """Return how often two coders drawn from all would both do what each does so often."""
    n = share.shape[1]
    both = share.sum(axis=1) ** 2 - (share**2).sum(axis=1)
    return np.asarray(both / (n * (n - 1)))
