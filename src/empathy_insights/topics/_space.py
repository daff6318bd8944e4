"""Where topics are, and the rule that puts an answer into one, or into none."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Placed:
    """Say where vectors are.

    Parameters
    ----------
    topic
        The topic of each, -1 for none.
    strength
        The cosine with the topic's centroid, 0..1.
    reassigned
        Whether it belongs to none by itself, and went to the nearest.
    """

    topic: np.ndarray
    strength: np.ndarray
    reassigned: np.ndarray

    @property
    def own(self) -> np.ndarray:
        """The topic of each, -1 also for those that were reassigned."""
        return np.where(self.reassigned, -1, self.topic)


@dataclass(frozen=True, eq=False)
class Space:
    """Place vectors by the topic whose direction they share.

    Parameters
    ----------
    centroids
        A row a topic, of length 1.
    floor
        With a strength below it a vector belongs to no topic by itself.
    reassign_floor
        With a strength of this or more it then goes to the nearest; none: never.
    """

    centroids: np.ndarray
    floor: float
    reassign_floor: float | None = None

    def place(self, vectors: np.ndarray) -> Placed:
        """Return the nearest topic of each vector, -1 where it is too far."""
        nearest, strength = self._nearest(vectors)
        own = np.where(strength >= self.floor, nearest, -1)
        return self._reassigned(own, nearest, strength, strength)

    def measure(self, vectors: np.ndarray, labels: np.ndarray) -> Placed:
        """Keep given topics where they are strong enough."""
        if not len(self.centroids):
            return self.place(vectors)
        cosines = np.einsum("ij,ij->i", unit(vectors), self.centroids[labels])
        strength = np.where(labels >= 0, np.clip(cosines, 0, 1), 0.0).round(6)
        own = np.where(strength >= self.floor, labels, -1)
        return self._reassigned(own, *self._nearest(vectors), strength)

    def rules(self) -> dict[str, float | None]:
        """Return all but the centroids."""
        return {"floor": self.floor, "reassign_floor": self.reassign_floor}

    def only(self, topics: np.ndarray) -> Space:
        """Return the space of some topics, in this order."""
        return replace(self, centroids=self.centroids[topics])

    def _nearest(self, vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if not len(vectors) or not len(self.centroids):
            return np.full(len(vectors), -1), np.zeros(len(vectors))
        cosines = unit(vectors) @ self.centroids.T
        nearest = cosines.argmax(axis=1)
        strength = cosines[np.arange(len(nearest)), nearest]
        return nearest, np.clip(strength, 0, 1).round(6)

    def _reassigned(
        self,
        own: np.ndarray,
        nearest: np.ndarray,
        near: np.ndarray,
        strength: np.ndarray,
    ) -> Placed:
        if self.reassign_floor is None:
            return Placed(own, strength, np.zeros(len(own), dtype=bool))
        moved = (own < 0) & (nearest >= 0) & (near >= self.reassign_floor)
        return Placed(
            np.where(moved, nearest, own), np.where(moved, near, strength), moved
        )


def unit(vectors: np.ndarray) -> np.ndarray:
    """Return vectors of length 1; (nearly) zero ones become zeros."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(
        np.where(lengths > 1e-6, vectors / np.maximum(lengths, 1e-6), 0),
        dtype=np.float64,
    )
