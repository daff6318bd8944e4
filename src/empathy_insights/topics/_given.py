"""Use the analyst's own clusterer instead of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from empathy_insights.topics._clusters import FEWEST, Partition


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
