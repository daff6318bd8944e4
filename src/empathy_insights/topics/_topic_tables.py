"""Number topics by people, and write the tables about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from empathy_insights.publishing import topic_name
from empathy_insights.topics._answers import Answers
from empathy_insights.topics._fitted import EXEMPLARS, STABILITY, TERMS
from empathy_insights.topics._words import lemmas_of, terms_in

Weighted = Sequence[tuple[str, float]]


def number_by_people(answers: Answers, labels: np.ndarray) -> np.ndarray:
    """Return labels renumbered by people, documents, segments, then first text.

    Parameters
    ----------
    labels
        A label for each of `answers.texts`, -1 for none.
    """
    counted = _counts(_with_topic(answers, labels))
    order = counted.sort_values(
        ["people", "documents", "segments", "first"],
        ascending=[False, False, False, True],
    )["topic"]
    new = np.full(int(labels.max(initial=-1)) + 2, -1, dtype=np.int64)
    new[order.to_numpy(np.int64)] = np.arange(len(order))
    return np.asarray(new[labels], dtype=np.int64)


def terms_table(
    answers: Answers, labels: np.ndarray, terms: Mapping[int, Weighted]
) -> pd.DataFrame:
    """List the terms of every topic, heaviest first, and how many people say each."""
    said_by = _said_by(answers, labels)
    return TERMS.frame(
        {
            "topic": topic, "rank": rank, "term": term, "weight": round(weight, 6),
            "people": len(said_by[topic, term]),
        }
        for topic, weighted in sorted(terms.items())
        if topic >= 0
        for rank, (term, weight) in enumerate(weighted, start=1)
    )  # fmt: skip


def _said_by(answers: Answers, labels: np.ndarray) -> dict[tuple[int, str], set[str]]:
    """Return who says each term in a topic; voices that nobody knows are no people."""
    held = [set(terms_in(words)) for words in lemmas_of(answers.texts, labels)]
    rows = _with_topic(answers, labels).dropna(subset=["participant_id"])
    said_by: dict[tuple[int, str], set[str]] = defaultdict(set)
    for row in rows.itertuples(index=False):
        for term in held[row.distinct]:
            said_by[row.topic, term].add(row.participant_id)
    return said_by


def stability_table(
    answers: Answers,
    labels: np.ndarray,
    terms: Mapping[int, Weighted],
    jaccard: np.ndarray,
) -> pd.DataFrame:
    """Count each topic, name it by its first terms, and say how firmly it stands."""
    counted = _counts(_with_topic(answers, labels)).sort_values("topic")
    return STABILITY.frame(
        {
            "topic": row.topic,
            "name": topic_name(
                [term for term, _ in terms.get(row.topic, ())], row.topic
            ),
            "people": row.people,
            "documents": row.documents,
            "segments": row.segments,
            "jaccard": round(float(jaccard[row.topic]), 3),
            "word": _word(float(jaccard[row.topic])),
        }
        for row in counted.itertuples(index=False)
    )


def exemplars_table(
    answers: Answers, labels: np.ndarray, strength: np.ndarray
) -> pd.DataFrame:
    """Pick two typical answers and the least typical one of every topic.

    A second person's answer goes before the first person's next one.
    """
    rows = _with_topic(answers, labels)
    rows = rows.assign(strength=strength[rows["distinct"]])
    return EXEMPLARS.frame(
        {
            "topic": topic, "rank": rank, "kind": kind, "segment_id": row["segment_id"],
            "participant_id": row["participant_id"], "text": row["text"],
        }
        for topic, group in rows.groupby("topic")
        for rank, (kind, row) in enumerate(_picked(group), start=1)
    )  # fmt: skip


def _with_topic(answers: Answers, labels: np.ndarray) -> pd.DataFrame:
    rows = answers.rows
    topic = np.append(labels, -1)[rows["distinct"].to_numpy(np.int64)]
    placed = rows.assign(topic=topic, first=np.arange(len(rows)))
    return placed[placed["topic"] >= 0]


def _counts(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.groupby("topic", as_index=False).agg(
        people=("participant_id", "nunique"),
        documents=("document_id", "nunique"),
        segments=("segment_id", "size"),
        first=("first", "min"),
    )


def _word(jaccard: float) -> str:
    if np.isnan(jaccard):
        return "not measured"
    if jaccard >= 0.75:
        return "steady"
    return "fair" if jaccard >= 0.5 else "shaky"


def _picked(group: pd.DataFrame) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield the typical answers, then the least typical one, from others if possible."""
    left = group.sort_values(["strength", "first"], ascending=[False, True])
    heard: list[object] = []
    said: list[object] = []
    for kind, position in (("typical", 0), ("typical", 0), ("least typical", -1)):
        left = left[~left["distinct"].isin(said)]
        if not len(left):
            return
        # A voice that nobody could tell apart may be anyone, so it is no other person.
        others = left[
            left["participant_id"].notna() & ~left["participant_id"].isin(heard)
        ]
        row = (others if len(others) else left).iloc[position].to_dict()
        heard.append(row["participant_id"])
        said.append(row["distinct"])
        yield kind, row
