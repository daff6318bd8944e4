"""Choose the steps for this many answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, Protocol

import numpy as np

from empathy_insights.topics._clusters import FEWEST, DirectionClusters, Partition

# Use the analyst's own clusterer instead of ours.


class Clusterer(Protocol):
    """Any scikit-learn clusterer."""

    def fit_predict(self, X: np.ndarray) -> np.ndarray:  # noqa: N803
        """Return a label for each row, -1 for none."""
        ...


@dataclass(frozen=True)
class GivenClusterer:
    """Use the analyst's own clusterer; it is copied, never changed."""

    clusterer: Clusterer
    min_size: int
    random_state: int

    def __call__(self, vectors: np.ndarray) -> Partition:
        """Return the clusterer's own labels; groups below `min_size` get -1."""
        if len(vectors) < FEWEST:
            why = f"one, as fewer than {FEWEST} answers differ"
            return Partition(np.zeros(len(vectors), dtype=np.int64), why)
        labels = np.asarray(self._copy().fit_predict(vectors), dtype=np.int64)
        sizes = np.bincount(labels[labels >= 0], minlength=1)
        small = np.isin(labels, np.flatnonzero(sizes < self.min_size))
        kept = np.where(small | (labels < 0), -1, labels)
        return Partition(_from_zero(kept), "chosen by the given clusterer")

    def described(self, n: int) -> str:  # noqa: ARG002 - the same for any n
        """Name the clusterer and its settings."""
        return " ".join(repr(self.clusterer).split())

    def _copy(self) -> Clusterer:
        from sklearn.base import clone

        copied: Clusterer = clone(self.clusterer, safe=False)
        if getattr(copied, "random_state", 0) is None:
            copied.random_state = self.random_state  # type: ignore[attr-defined]  # scikit-learn's name for a seed
        return copied


def _from_zero(labels: np.ndarray) -> np.ndarray:
    groups = np.unique(labels[labels >= 0])
    return np.where(labels >= 0, np.searchsorted(groups, labels), -1).astype(np.int64)


# Fewer columns for clusterers that suffer from many.


@dataclass(frozen=True)
class Reduction:
    """Project vectors on their main directions.

    Parameters
    ----------
    n_columns
        How many are kept, where there are more; none: all, and nothing is done.
    random_state
        Seeds the projection of many vectors.
    """

    n_columns: int | None
    random_state: int

    def __call__(self, vectors: np.ndarray) -> np.ndarray:
        """Return the vectors in fewer columns."""
        if not self.applies(vectors):
            return vectors
        from sklearn.decomposition import PCA

        # The sign of "randomized" depends on the draw, "full" is exact and dear.
        solver = "full" if len(vectors) <= 5_000 else "randomized"
        projection = PCA(
            self.n_columns, svd_solver=solver, random_state=self.random_state
        )
        return np.asarray(projection.fit_transform(vectors), dtype=np.float64)

    def applies(self, vectors: np.ndarray) -> bool:
        """Return whether there are more columns, and rows, than are kept."""
        return self.n_columns is not None and self.n_columns < min(vectors.shape)

    def described(self, vectors: np.ndarray) -> str:
        """Say what is done with these vectors, and why."""
        if self.applies(vectors):
            return f"PCA to {self.n_columns} columns, for the given clusterer"
        if self.n_columns is None:
            return "none: directions are compared in all columns"
        return f"none: no more than {self.n_columns} rows or columns"


FLOOR = 0.2
"""The cosine with a topic's centroid below which an answer belongs nowhere by itself."""

REASSIGN_FLOOR = 0.15
"""The cosine below which an answer is not even put with the nearest topic.

Weaker ones are mostly put wrong: a floor of .1 costs .04 of V-measure on patients'
feedback, this one .03, and next to nothing on texts with clear topics.
"""

REASSIGN_BELOW = 2_000
"""With fewer segments every voice is read, so none is left out lightly."""

Reassign = Literal["auto", "nearest"] | None


@dataclass(frozen=True)
class TopicPlan:
    """What is done with this many answers."""

    reduce: Reduction
    cluster: DirectionClusters | GivenClusterer
    random_state: int
    reassigns: bool

    @property
    def places_nearest(self) -> bool:
        """Whether every answer goes to the nearest topic, wherever its cluster was."""
        return isinstance(self.cluster, DirectionClusters)

    @property
    def reassign_floor(self) -> float | None:
        """The strength that puts a weak answer with the nearest topic; none: nothing."""
        return REASSIGN_FLOOR if self.reassigns else None

    @property
    def outside_rule(self) -> str:
        """What puts an answer into -1."""
        weak = f"strength (cosine with the topic's centroid) below {FLOOR}"
        rule = weak if self.places_nearest else f"{weak} or outside for the clusterer"
        if not self.reassigns:
            return f"{rule}, or no content"
        return (
            f"{rule}, and below {REASSIGN_FLOOR} for the nearest topic, or no content"
        )

    def again(self, vectors: np.ndarray, asked: int) -> np.ndarray:
        """Return the labels of part of the answers, when they are all there is."""
        cluster = self.cluster
        if isinstance(cluster, DirectionClusters):
            cluster = replace(cluster, n_topics=asked)
        return cluster(self.reduce(vectors)).labels


def check_options(
    n_topics: int | None,
    clusterer: Clusterer | None,
    reassign: Reassign,
) -> None:
    """Refuse options that contradict themselves or each other."""
    if reassign not in ("auto", "nearest", None):
        raise ValueError(
            f"reassign must be 'auto', 'nearest' or None, not {reassign!r}"
        )
    if n_topics is not None and clusterer is not None:
        raise ValueError(
            "give n_topics or a clusterer: the clusterer knows its own number"
        )


def fewest_for(n: int) -> int:
    """Return how many of n different answers make a topic.

    Among fewer than ten, a lone answer stands for itself: it has nobody to join.

    Examples
    --------
    >>> [fewest_for(n) for n in (5, 10, 300, 20_000)]
    [1, 2, 3, 10]
    """
    return 1 if n < 10 else min(10, max(2, n // 100))


def plan_for(
    n: int,
    n_topics: int | None,
    min_size: int | None,
    clusterer: Clusterer | None,
    random_state: int,
    *,
    reassigns: bool = False,
) -> TopicPlan:
    """Choose the steps for n different answers."""
    if clusterer is not None:
        given = GivenClusterer(clusterer, min_size or 1, random_state)
        return TopicPlan(Reduction(50, random_state), given, random_state, reassigns)
    # Who asks for a number of topics gets it, however small the last one is.
    least = min_size or (fewest_for(n) if n_topics is None else 1)
    ours = DirectionClusters(n_topics, least, random_state)
    return TopicPlan(Reduction(None, random_state), ours, random_state, reassigns)
