"""Find what people talk about: any number of answers, any order, the same topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from empathy_insights.text.embedders import Embedder, StaticEmbedder
from empathy_insights.topics._answers import Answers, arrange
from empathy_insights.topics._bertopic import bertopic_version, topic_terms
from empathy_insights.topics._clusters import centroids_of
from empathy_insights.topics._given import Clusterer
from empathy_insights.topics._plan import FLOOR, Plan, check_options, plan_for
from empathy_insights.topics._result import (
    Space,
    Topics,
    assignments_of,
    embedded,
    unit,
)
from empathy_insights.topics._stability import (
    SHARE,
    agreement_with_refits,
    refits_for,
    why_no_refits,
)
from empathy_insights.topics._tables import (
    exemplars_table,
    number_by_people,
    stability_table,
    terms_table,
)


def fit_topics(
    segments: pd.DataFrame,
    *,
    embedder: Embedder | None = None,
    n_topics: int | None = None,
    min_size: int | None = None,
    clusterer: Clusterer | None = None,
    random_state: int = 0,
) -> Topics:
    """Group what people say into topics, and name each by its words.

    The order of rows is irrelevant: the same answers give the same topics. Repeated
    answers are fitted once and answers that say nothing ("I don't know") not at all.

    Parameters
    ----------
    segments
        A segments table; `document_id` and `participant_id` are counted where it has
        them. Without a `document_id` the utterance's id tells the document.
    embedder
        Turns texts (lower case, single spaces) into vectors.
    n_topics
        How many topics to look for; by default as many as the answers bear.
    min_size
        The fewest different answers of a topic; by default 1 to 10, by their number.
    clusterer
        Any scikit-learn clusterer, used instead of ours; it is copied.
    random_state
        Seeds what is drawn: samples of many answers, and the refits.

    Returns
    -------
    Topics
        `assignments`, `terms`, `exemplars`, `stability` and `settings`.

    Raises
    ------
    TableError
        The table is not a segments table.
    ValueError
        `n_topics` or `min_size` is below 1, or `n_topics` comes with a `clusterer`.

    Examples
    --------
    >>> segments = pd.DataFrame(
    ...     {
    ...         "segment_id": ["ana:0001.01", "ben:0001.01"],
    ...         "utterance_id": ["ana:0001", "ben:0001"],
    ...         "start": [0, 0],
    ...         "end": [15, 12],
    ...         "text": ["The bus is late", "My bus is late"],
    ...         "participant_id": ["ana", "ben"],
    ...     }
    ... )
    >>> fit_topics(segments).to_frame()[["topic", "name", "people", "of"]]
       topic      name  people  of
    0      0  bus late       2   2
    """
    check_options(n_topics, min_size, clusterer)
    from threadpoolctl import (
        threadpool_limits,
    )

    answers = arrange(segments)
    embed = embedder if embedder is not None else StaticEmbedder()
    plan = plan_for(len(answers.texts), n_topics, min_size, clusterer, random_state)
    # Sums over threads are added in any order, so that their last digits vary.
    with threadpool_limits(limits=1):
        return _fitted(answers, embed, plan)


def _fitted(answers: Answers, embedder: Embedder, plan: Plan) -> Topics:
    vectors = unit(embedded(answers.texts, embedder))
    settled = _settle(answers, vectors, plan)
    labels, terms = settled.labels, _terms(answers, vectors, settled.labels)
    jaccard, measured = _measured(vectors, settled, plan)
    assignments = assignments_of(answers, labels, settled.strength)
    return Topics(
        assignments=assignments,
        terms=terms_table(terms),
        exemplars=exemplars_table(answers, labels, settled.strength),
        stability=stability_table(answers, labels, terms, jaccard),
        settings={
            **_counted(answers, assignments),
            **_described(embedder, vectors, plan, settled),
            "stability": measured,
        },
        embedder=embedder,
        space=settled.space,
    )


@dataclass(frozen=True)
class _Settled:
    """Where every text is, and why there are so many topics."""

    labels: np.ndarray
    strength: np.ndarray
    space: Space
    why: str
    asked: int


def _settle(answers: Answers, vectors: np.ndarray, plan: Plan) -> _Settled:
    """Cluster, place each text by the rule that places further ones, and number."""
    if not len(vectors):
        space = Space(np.zeros((0, 0)), FLOOR)
        labels, strength = space.place(vectors)
        return _Settled(labels, strength, space, "none, as no answer says anything", 0)
    found = plan.cluster(plan.reduce(vectors))
    space = Space(_directions(vectors, found.labels), FLOOR)
    if plan.places_nearest:
        labels, strength = space.place(vectors)
    else:
        labels, strength = space.measure(vectors, found.labels)
    number = number_by_people(answers, labels)
    order = np.unique(number, return_index=True)[1][(number < 0).any().astype(int) :]
    centroids = space.centroids[labels[order]]
    return _Settled(number, strength, Space(centroids, FLOOR), found.why, found.asked)


def _directions(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    placed = labels >= 0
    if not placed.any():
        return np.zeros((0, vectors.shape[1]))
    return centroids_of(vectors[placed], labels[placed])


def _measured(
    vectors: np.ndarray, settled: _Settled, plan: Plan
) -> tuple[np.ndarray, str]:
    """Return each topic's agreement with refits, and what was refitted."""
    n_refits = refits_for(len(vectors))
    unknown = np.full(len(settled.space.centroids), np.nan)
    if not n_refits:
        return unknown, f"not measured: {why_no_refits(len(vectors))}"
    try:
        jaccard = agreement_with_refits(
            settled.labels,
            lambda seen: plan.again(vectors[seen], settled.asked),
            n_refits=n_refits,
            random_state=plan.random_state,
        )
    except ValueError:
        if plan.places_nearest:
            raise
        why = "the given clusterer cannot be fitted on part of the answers"
        return unknown, f"not measured: {why}"
    share = f"{n_refits} refits on {SHARE:.0%} of the answers"
    return (
        jaccard,
        f"{share}, cut into as many groups" if plan.places_nearest else share,
    )


def _terms(
    answers: Answers, vectors: np.ndarray, labels: np.ndarray
) -> Mapping[int, Sequence[tuple[str, float]]]:
    return topic_terms(answers.texts, vectors, labels) if (labels >= 0).any() else {}


def _counted(answers: Answers, assignments: pd.DataFrame) -> dict[str, object]:
    n = len(assignments)
    outside = int((assignments["topic"] < 0).sum())
    weak = outside - answers.n_contentless
    return {
        "segments": n,
        "fitted": len(answers.texts),
        "duplicates": answers.n_duplicates,
        "contentless": answers.n_contentless,
        "people": int(answers.rows["participant_id"].nunique()),
        "documents": int(answers.rows["document_id"].nunique()),
        "outside": outside,
        "outside_share": round(outside / max(n, 1), 4),
        "weak": weak,
        "weak_share": round(weak / max(n - answers.n_contentless, 1), 4),
    }


def _described(
    embedder: Embedder,
    vectors: np.ndarray,
    plan: Plan,
    settled: _Settled,
) -> dict[str, object]:
    return {
        "embedder": embedder.name,
        "reduction": plan.reduce.described(vectors),
        "clusterer": plan.cluster.described(len(vectors)),
        "n_topics": len(settled.space.centroids),
        "n_topics_why": settled.why,
        "min_size": plan.cluster.min_size,
        "floor": FLOOR,
        "outside_rule": plan.outside_rule,
        "random_state": plan.random_state,
        "bertopic": bertopic_version(),
    }
