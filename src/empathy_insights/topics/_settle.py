"""Settle where every text is, by the rule that places further ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from empathy_insights.topics._answers import Answers
from empathy_insights.topics._clusters import centroids_of
from empathy_insights.topics._plan import FLOOR, Plan
from empathy_insights.topics._space import Placed, Space
from empathy_insights.topics._tables import number_by_people


@dataclass(frozen=True)
class Settled:
    """Where every text is, and why there are so many topics."""

    placed: Placed
    space: Space
    why: str
    asked: int


def settle(
    answers: Answers, vectors: np.ndarray, guided: np.ndarray, plan: Plan
) -> Settled:
    """Cluster, place each text, and number the topics by people.

    Parameters
    ----------
    vectors
        Where the texts are; they are placed by these, as further ones will be.
    guided
        Where they are when they are grouped.
    """
    if not len(vectors):
        space = Space(np.zeros((0, 0)), FLOOR)
        why = "none, as no answer says anything"
        return Settled(space.place(vectors), space, why, 0)
    found = plan.cluster(plan.reduce(guided))
    space, labels = _held(vectors, found.labels, plan)
    placed = _placed(space, vectors, labels, plan)
    number = number_by_people(answers, placed.topic)
    order = np.unique(number, return_index=True)[1][(number < 0).any().astype(int) :]
    return Settled(
        replace(placed, topic=number),
        space.only(placed.topic[order]),
        found.why,
        found.asked,
    )


def _held(
    vectors: np.ndarray, labels: np.ndarray, plan: Plan
) -> tuple[Space, np.ndarray]:
    """Return the topics of which an answer is strong enough, and labels among them.

    Without this, answers that are too weak for any topic would make one together.
    """
    space = Space(_directions(vectors, labels), FLOOR)
    strong = _placed(space, vectors, labels, plan).topic
    used = np.unique(strong[strong >= 0])
    kept = np.where(np.isin(labels, used), np.searchsorted(used, labels), -1)
    return replace(space.only(used), reassign_floor=plan.reassign_floor), kept


def _placed(
    space: Space, vectors: np.ndarray, labels: np.ndarray, plan: Plan
) -> Placed:
    if plan.places_nearest:
        return space.place(vectors)
    return space.measure(vectors, labels)


def _directions(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    placed = labels >= 0
    if not placed.any():
        return np.zeros((0, vectors.shape[1]))
    return centroids_of(vectors[placed], labels[placed])
