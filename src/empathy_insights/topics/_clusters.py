"""Group vectors by direction, with as many topics as the answers bear.

Average linkage on cosine distance gives a tree; the number of topics is where the
silhouette is good enough; a few rounds of spherical k-means tidy the groups. Above
`TREE_LIMIT` answers the tree is grown on a sample and its groups are the starting points
for all of them (Buckshot: Cutting, Karger, Pedersen & Tukey 1992).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from empathy_insights.topics._answers import unit

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

FEWEST = 5
"""With fewer different answers there is nothing to choose between: one topic."""

TREE_LIMIT = 3_000
"""The most answers that a tree is grown on: memory and time go with its square."""

MOST_TOPICS = 250
GOOD_ENOUGH = 0.9
"""The share of the best silhouette that the chosen number of topics must reach."""

ROUNDS = 8

FLAT = 0.15
"""A best silhouette below it says that no number of topics stands out."""

FLAT_SIZES = (60, 1_000)
"""For how many answers that is acted on: fewer have no room for many topics, and of more
the silhouette chose better (measured by `benchmarks/topics_quality.py`)."""


@dataclass(frozen=True)
class Partition:
    """Hold a label for each vector, -1 for none, and why there are so many.

    Parameters
    ----------
    asked
        How many groups the tree was cut into, before small ones joined others.
    """

    labels: np.ndarray
    why: str
    asked: int = 1


@dataclass(frozen=True)
class DirectionClusters:
    """Find topics of at least `min_size` vectors that point the same way.

    Parameters
    ----------
    n_topics
        How many to look for; none: as many as the silhouette bears.
    min_size
        Vectors of smaller groups go to the nearest larger one.
    random_state
        Draws the sample that the tree is grown on, above `TREE_LIMIT` vectors.
    """

    n_topics: int | None
    min_size: int
    random_state: int

    def __call__(self, vectors: np.ndarray) -> Partition:
        """Return a label for each row; rows of zeros get -1."""
        labels = np.full(len(vectors), -1, dtype=np.int64)
        known = np.linalg.norm(vectors, axis=1) > 0
        if not known.any():
            return Partition(labels, "no answer holds a word that the embedder knows")
        found = self._partition(unit(vectors[known]))
        labels[known] = found.labels
        return replace(found, labels=labels)

    def described(self, n: int) -> str:
        """Say how n vectors are clustered."""
        on = f" on a sample of {TREE_LIMIT:,}" if n > TREE_LIMIT else ""
        return f"average linkage on cosine distance{on}, then spherical k-means"

    def _partition(self, directions: np.ndarray) -> Partition:
        n = len(directions)
        together = np.zeros(n, dtype=np.int64)
        if self.n_topics is None and n < FEWEST:
            return Partition(together, f"one, as fewer than {FEWEST} answers differ")
        if self.n_topics == 1 or n == 1:
            return Partition(together, self._asked_for(n))
        start = self._start(directions)
        labels = _without_small(
            directions, _spherical(directions, start[0]), self.min_size
        )
        return Partition(labels, start[2], start[1])

    def _asked_for(self, n: int) -> str:
        if self.n_topics is not None and self.n_topics > n:
            return f"{self.n_topics} asked for; different answers: {n}"
        return "asked for"

    def _sample(self, n: int) -> np.ndarray:
        if n <= TREE_LIMIT:
            return np.arange(n)
        chance = np.random.default_rng(self.random_state)
        return np.sort(chance.choice(n, size=TREE_LIMIT, replace=False))

    def _start(self, directions: np.ndarray) -> tuple[np.ndarray, int, str]:
        """Return centroids to start from, how many were cut, and why so many."""
        from scipy.spatial.distance import squareform

        sample = directions[self._sample(len(directions))]
        distances = _cosine_distances(sample)
        tree = _tree(squareform(distances, checks=False))
        if self.n_topics is not None:
            asked = min(self.n_topics, len(sample))
            return (
                centroids_of(sample, _cut(tree, asked)),
                asked,
                self._asked_for(asked),
            )
        # A group of the sample stands for a proportionally larger one of all.
        least = max(2, self.min_size * len(sample) // len(directions))
        asked, labels, why = _best_cut(
            tree, sample, distances, min(least, self.min_size)
        )
        return centroids_of(sample, labels), asked, why


def numbers_to_try(n: int) -> list[int]:
    """Return the numbers of topics to compare for n answers.

    Examples
    --------
    >>> numbers_to_try(12)
    [2, 3, 4]
    >>> numbers_to_try(300)
    [2, 3, 5, 6, 8, 11, 14, 19, 25, 32, 43, 57, 75]
    """
    most = min(max(2, n // (3 if n <= 20 else 4)), MOST_TOPICS)
    return sorted({round(float(k)) for k in np.geomspace(2, most, 14)})


def _best_cut(
    tree: np.ndarray, sample: np.ndarray, distances: np.ndarray, min_size: int
) -> tuple[int, np.ndarray, str]:
    """Return the cut that leaves the fewest groups with a silhouette good enough."""
    tried = numbers_to_try(len(sample))
    scored: list[tuple[int, float, int, np.ndarray]] = []
    for k in tried:
        labels = _spherical(sample, centroids_of(sample, _cut(tree, k)))
        labels = _without_small(sample, labels, min_size)
        n_found = len(np.unique(labels))
        if 1 < n_found < len(sample):
            scored.append((n_found, _silhouette(distances, labels), k, labels))
    if not scored:
        return 1, np.zeros(len(sample), dtype=np.int64), "one, as no division holds"
    best = max(score for _, score, _, _ in scored)
    if best < FLAT and FLAT_SIZES[0] <= len(sample) <= FLAT_SIZES[1]:
        return _readable_cut(tree, len(sample), best)
    limit = min(best, GOOD_ENOUGH * best)  # also when the best is negative
    _, score, k, labels = min((s for s in scored if s[1] >= limit), key=lambda s: s[0])
    return (
        k,
        labels,
        (
            f"the fewest of {', '.join(map(str, tried))} (groups below min_size joined to "
            f"others) with a cosine silhouette ({score:.3f}) of at least {GOOD_ENOUGH:.0%} "
            f"of the best ({best:.3f})"
        ),
    )


def _readable_cut(tree: np.ndarray, n: int, best: float) -> tuple[int, np.ndarray, str]:
    """Return as many groups as are easily read, where no number stands out."""
    k = round(float(np.sqrt(n / 2)))
    why = (
        f"{k}, the square root of half the {n} answers (groups below min_size joined to "
        f"others), as no number stands out: the best cosine silhouette ({best:.3f}) is "
        f"below {FLAT}"
    )
    return k, _cut(tree, k), why


def _tree(condensed: np.ndarray) -> np.ndarray:
    from scipy.cluster.hierarchy import linkage

    return np.asarray(linkage(condensed, method="average"), dtype=np.float64)


def _cut(tree: np.ndarray, k: int) -> np.ndarray:
    from scipy.cluster.hierarchy import fcluster

    return np.asarray(fcluster(tree, k, criterion="maxclust"), dtype=np.int64) - 1


def _cosine_distances(directions: np.ndarray) -> np.ndarray:
    # In place: of 3,000 directions they fill 72 MB, and a pass takes as long as the product.
    # A product with one's own transpose is symmetric to the last bit (BLAS: syrk).
    distances: np.ndarray = directions @ directions.T
    np.subtract(1, distances, out=distances)
    np.clip(distances, 0, 2, out=distances)
    np.fill_diagonal(distances, 0)
    return distances


def _silhouette(distances: np.ndarray, labels: np.ndarray) -> float:
    """Return the mean silhouette (Rousseeuw 1987), a fifth of scikit-learn's time.

    Its number to the last bit, where distances are symmetric.
    """
    labels = np.unique(labels, return_inverse=True)[1]
    sizes, rows = np.bincount(labels), np.arange(len(labels))
    totals = _members(labels) @ distances
    with np.errstate(invalid="ignore"):  # one who is alone has a silhouette of 0
        within = totals[labels, rows] / (sizes - 1)[labels]
        totals /= sizes[:, None]
        totals[labels, rows] = np.inf
        nearest = totals.min(axis=0)
        each = (nearest - within) / np.maximum(nearest, within)
    return float(np.nan_to_num(each).mean())


def _spherical(directions: np.ndarray, centroids: np.ndarray) -> np.ndarray:
    """Return labels after a few rounds of k-means by cosine, numbered from 0."""
    labels = (directions @ centroids.T).argmax(axis=1)
    for _ in range(ROUNDS):
        before = labels
        labels = (directions @ centroids_of(directions, labels).T).argmax(axis=1)
        if np.array_equal(before, labels):
            break
    return np.unique(labels, return_inverse=True)[1]


def centroids_of(directions: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the direction of each group that has members, in order of label."""
    return unit(_members(np.unique(labels, return_inverse=True)[1]) @ directions)


def _members(labels: np.ndarray) -> csr_matrix:
    """Return 1 where a vector is in a group: a row a group."""
    from scipy.sparse import csr_matrix

    cells = (np.ones(len(labels)), (labels, np.arange(len(labels))))
    return csr_matrix(cells, shape=(int(labels.max(initial=-1)) + 1, len(labels)))


def _without_small(
    directions: np.ndarray, labels: np.ndarray, min_size: int
) -> np.ndarray:
    sizes = np.bincount(labels)
    large = np.flatnonzero(sizes >= min_size)
    if len(large) == len(sizes):
        return labels
    if not len(large):
        return np.zeros_like(labels)
    centroids = centroids_of(directions, labels)[large]
    return np.asarray((directions @ centroids.T).argmax(axis=1), dtype=np.int64)
