"""Where topics lie beside each other, and answers inside them: a plane to look at."""

from __future__ import annotations

import numpy as np
import pandas as pd

from empathy_insights.topics._answers import arrange, unit
from empathy_insights.topics._fitted import Topics, embedded

_APART = 0.35  # between topics; the largest has the radius 1
_LEAST = 0.2  # radius of a small topic
_PUSHES = 500


def topic_map(topics: Topics, segments: pd.DataFrame) -> pd.DataFrame:
    """Place topics on a plane, those alike in words beside each other, answers inside.

    A topic's area grows with its answers. Topics first lie where the two main
    directions of their middles put them (principal components), and are then pushed
    apart until none covers another. Inside a topic the two main directions of its own
    answers place these. Most directions are left out: what lies together is alike; what
    lies apart may be alike too.

    Parameters
    ----------
    segments
        The segments that the topics were fitted on, or others.

    Returns
    -------
    pandas.DataFrame
        `segment_id`, `topic`, `x`, `y`: a row a segment that is in a topic, by id.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"a": ["The bus is late.", "My bus is late.", "Cold soup."]})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a"))
    >>> topic_map(ei.fit_topics(segments), segments).columns.tolist()
    ['segment_id', 'topic', 'x', 'y']
    """
    answers = arrange(segments)
    vectors = unit(embedded(answers.texts, topics.embedder))
    assigned = topics.assign(segments)
    inside = (assigned["topic"] >= 0).to_numpy()
    found = assigned.loc[inside, ["segment_id", "topic"]].reset_index(drop=True)
    own = vectors[answers.rows["distinct"].to_numpy(np.int64)[inside]]
    sizes = found["topic"].value_counts().sort_index()
    radii = np.maximum(np.sqrt(sizes / max(sizes.max(), 1)), _LEAST).to_numpy()
    middles = _pushed_apart(_plane(topics.space.centroids[sizes.index]), radii)
    plane = np.zeros((len(found), 2))
    for topic, middle, radius in zip(sizes.index, middles, radii, strict=True):
        rows = (found["topic"] == topic).to_numpy()
        plane[rows] = middle + radius * _within_circle(_plane(own[rows]))
    return found.assign(x=plane[:, 0], y=plane[:, 1])


def _plane(vectors: np.ndarray) -> np.ndarray:
    """Return the two main directions of vectors, each turned to its farthest row."""
    if len(vectors) < 2:
        return np.zeros((len(vectors), 2))
    centred = vectors - vectors.mean(axis=0)
    left, strength, _ = np.linalg.svd(centred, full_matrices=False)
    plane = np.zeros((len(vectors), 2))
    n = min(2, len(strength))
    plane[:, :n] = left[:, :n] * strength[:n]
    farthest = np.abs(plane.round(9)).argmax(axis=0)
    return np.asarray(plane * np.where(plane[farthest, [0, 1]] < 0, -1.0, 1.0))


def _within_circle(plane: np.ndarray) -> np.ndarray:
    far = np.linalg.norm(plane, axis=1).max(initial=0.0)
    return plane / far if far > 0 else plane


def _pushed_apart(middles: np.ndarray, radii: np.ndarray) -> np.ndarray:
    """Move circles away from each other until none covers another."""
    places = middles * (radii.sum() / max(np.abs(middles).max(initial=0.0), 1e-9)) / 4
    needed = radii[:, None] + radii + _APART
    for _ in range(_PUSHES):
        between = places[:, None] - places
        far = np.linalg.norm(between, axis=2)
        missing = np.where(np.eye(len(places), dtype=bool), 0, needed - far).clip(min=0)
        if not missing.max(initial=0.0) > 1e-6:
            break
        step = between / np.maximum(far, 1e-9)[:, :, None] * missing[:, :, None] / 2
        places = places + step.sum(axis=1)
    return np.asarray(places)
