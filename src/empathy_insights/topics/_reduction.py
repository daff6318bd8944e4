"""Fewer columns for clusterers that suffer from many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


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
        """Tell whether there are more columns, and rows, than are kept."""
        return self.n_columns is not None and self.n_columns < min(vectors.shape)

    def described(self, vectors: np.ndarray) -> str:
        """Say what is done with these vectors, and why."""
        if self.applies(vectors):
            return f"PCA to {self.n_columns} columns, for the given clusterer"
        if self.n_columns is None:
            return "none: directions are compared in all columns"
        return f"none: no more than {self.n_columns} rows or columns"
