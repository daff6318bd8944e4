"""Agreement on whole segments: how alike the sets of themes are that coders gave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from empathy_insights.analysis.chance import beyond


def masi_distance(sets: np.ndarray) -> np.ndarray:
    """Return the distance of every two sets, 0 (the same) to 1 (nothing in common).

    Passonneau (2006): 1 - J x M, where J is the Jaccard index and M is 1 for the same
    set, 2/3 when one holds the other, 1/3 when they overlap, 0 when they do not. Two
    empty sets are the same.

    Parameters
    ----------
    sets
        Sets x members: whether the set has the member.

    Examples
    --------
    >>> masi_distance(np.array([[1, 1, 0], [1, 0, 0]], dtype=bool)).round(2).tolist()
    [[0.0, 0.67], [0.67, 0.0]]
    """
    held = sets.astype(np.float64)
    size = held.sum(axis=1)
    common = held @ held.T
    union = size[:, None] + size - common
    least = np.minimum(size[:, None], size)
    kind = np.select(
        [common == union, common == 0, common == least], [1.0, 0.0, 2 / 3], 1 / 3
    )
    jaccard = np.divide(common, union, out=np.ones_like(common), where=union > 0)
    return np.asarray(1 - jaccard * kind)


@dataclass(frozen=True)
class SetSums:
    """Hold what alpha with MASI distance adds up, a row a document.

    Parameters
    ----------
    differ
        The distances of the pairs of readings, weighted as alpha does.
    readings
        Documents x sets: how often each set was given.
    distance
        Sets x sets.
    """

    differ: np.ndarray
    readings: np.ndarray
    distance: np.ndarray

    def alpha(self, draws: np.ndarray) -> np.ndarray:
        """Return Krippendorff's alpha for each row of documents drawn (how often each)."""
        readings = draws @ self.readings
        n = readings.sum(axis=1)
        expected = ((readings @ self.distance) * readings).sum(axis=1) / (n * (n - 1))
        return beyond(1 - draws @ self.differ / n, 1 - expected)


def set_sums(
    given: np.ndarray, read: np.ndarray, document: np.ndarray, n_documents: int
) -> SetSums:
    """Add up the sets of each document; `given` is themes x segments x coders."""
    sets, which = np.unique(given[:, read].T, axis=0, return_inverse=True)
    of_reading = np.full(read.shape, -1)
    of_reading[read] = which.reshape(-1)
    distance = masi_distance(sets)
    readers = read.sum(axis=1)
    differ = np.zeros(len(read))
    for first in range(read.shape[1]):
        for second in range(first + 1, read.shape[1]):
            both = read[:, first] & read[:, second]
            pair = distance[of_reading[both, first], of_reading[both, second]]
            differ[both] += 2 * pair / (readers[both] - 1)
    readings = np.zeros((n_documents, len(sets)))
    of_document = document[np.nonzero(read)[0]]
    np.add.at(readings, (of_document, which.reshape(-1)), 1)
    return SetSums(
        np.bincount(document, differ, minlength=n_documents), readings, distance
    )


def same_sets(given: np.ndarray, read: np.ndarray) -> np.ndarray:
    """Return for each segment the share of pairs of its readers who gave the same set."""
    readers = read.sum(axis=1)
    same = np.zeros(len(read))
    for first in range(read.shape[1]):
        for second in range(first + 1, read.shape[1]):
            alike = (given[:, :, first] == given[:, :, second]).all(axis=0)
            same += alike & read[:, first] & read[:, second]
    return np.asarray(2 * same / (readers * (readers - 1)))
