"""Settle where every text is, by the rule that places further ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from empathy_insights.topics._answers import Answers, Placed, Space
from empathy_insights.topics._clusters import centroids_of
from empathy_insights.topics._plan import FLOOR, TopicPlan
from empathy_insights.topics._topic_tables import number_by_people


@dataclass(frozen=True)
class Settled:
    """Where every text is, and why there are so many topics."""

    placed: Placed
    space: Space
    why: str
    asked: int


def settle(
    answers: Answers, vectors: np.ndarray, guided: np.ndarray, plan: TopicPlan
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
    vectors: np.ndarray, labels: np.ndarray, plan: TopicPlan
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
    space: Space, vectors: np.ndarray, labels: np.ndarray, plan: TopicPlan
) -> Placed:
    if plan.places_nearest:
        return space.place(vectors)
    return space.measure(vectors, labels)


def _directions(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    placed = labels >= 0
    if not placed.any():
        return np.zeros((0, vectors.shape[1]))
    return centroids_of(vectors[placed], labels[placed])


# Refit on part of the answers, and see whether the topics come back.


SHARE = 0.8
"""How much of the answers a refit sees."""


class Agreement(NamedTuple):
    """How far refits agree with the topics.

    Parameters
    ----------
    jaccard
        A value a topic; missing where no refit was made.
    ari
        Of all answers together, those in no topic as one group (adjusted Rand index,
        Hubert & Arabie 1985): 1 where refits are the same, 0 by chance.
    """

    jaccard: np.ndarray
    ari: float


def refits_for(n: int) -> int:
    """Return how many refits the answers are worth, and their number allows.

    Examples
    --------
    >>> [refits_for(n) for n in (4, 300, 5_000, 50_000)]
    [0, 20, 5, 0]
    """
    if why_no_refits(n):
        return 0
    return 20 if n <= 2_000 else 5


def why_no_refits(n: int) -> str:
    """Return why n answers are not refitted; nothing when they are."""
    if n < 5:
        return "too few answers"
    return "it would take too long for more than 20,000 answers" if n > 20_000 else ""


def agreement_with_refits(
    labels: np.ndarray,
    refit: Callable[[np.ndarray], np.ndarray],
    *,
    n_refits: int,
    random_state: int,
) -> Agreement:
    """Refit on 80 % of the answers, and return the mean agreement with these.

    A topic's own is its best-match Jaccard (Hennig 2007).

    Parameters
    ----------
    labels
        The topic of each answer, 0 and up, -1 for none.
    refit
        Positions of answers -> their labels when nothing else is seen.
    """
    from sklearn.metrics import adjusted_rand_score

    n_topics = int(labels.max(initial=-1)) + 1
    overlaps, ari = np.full((n_refits, n_topics), np.nan), []
    for turn in range(n_refits):
        chance = np.random.default_rng([random_state, turn])
        size = int(np.ceil(SHARE * len(labels)))
        seen = np.sort(chance.choice(len(labels), size=size, replace=False))
        again = refit(seen)
        overlaps[turn] = _best_matches(labels[seen], again, n_topics)
        ari.append(adjusted_rand_score(labels[seen], again))
    found = (~np.isnan(overlaps)).sum(axis=0)
    total = np.nansum(overlaps, axis=0)
    jaccard = np.where(found > 0, total / np.maximum(found, 1), np.nan)
    return Agreement(jaccard, float(np.mean(ari)) if ari else np.nan)


def _best_matches(labels: np.ndarray, again: np.ndarray, n_topics: int) -> np.ndarray:
    """Return each topic's largest Jaccard with any refitted one; missing if unseen."""
    shared = np.zeros((n_topics + 1, int(again.max(initial=-1)) + 2))
    np.add.at(shared, (labels, again), 1)  # the last row and column take the -1s
    sizes, sizes_again = shared.sum(axis=1)[:-1], shared.sum(axis=0)[:-1]
    union = sizes[:, None] + sizes_again[None, :] - shared[:-1, :-1]
    best = (shared[:-1, :-1] / np.maximum(union, 1)).max(axis=1, initial=0.0)
    return np.where(sizes > 0, best, np.nan)
