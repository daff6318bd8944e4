"""Let BERTopic weigh and choose the terms of topics, and leave no trace of it.

BERTopic is imported here and nowhere else. It silences the session's warnings and adds
a log handler when imported, so both are put back.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd

from empathy_insights.text.session import untouched_session
from empathy_insights.topics._words import (
    BREAK,
    diverse,
    heavier_when_shared,
    lemmatized,
    shared_terms,
    verbatim,
)


def bertopic_version() -> str:
    """Return the version of the engine."""
    return version("bertopic")


def topic_terms(
    texts: Sequence[str], vectors: np.ndarray, labels: np.ndarray
) -> dict[int, tuple[tuple[str, float], ...]]:
    """Weigh the terms of each topic with BERTopic's c-TF-IDF, and choose diverse ones.

    Parameters
    ----------
    texts
        The answers, folded, each once.
    vectors
        Their embeddings.
    labels
        Their topics, -1 for none; BERTopic's own clustering is skipped.

    Returns
    -------
    dict
        Label -> terms and weights, heaviest first.
    """
    documents = _documents(texts, labels)
    with _no_trace():
        from bertopic import BERTopic
        from bertopic.cluster import BaseCluster
        from bertopic.dimensionality import BaseDimensionalityReduction
        from sklearn.feature_extraction.text import CountVectorizer

        model = BERTopic(
            # "english" would drop every letter beyond a-z before counting words.
            language="multilingual",
            umap_model=BaseDimensionalityReduction(),
            hdbscan_model=BaseCluster(),
            vectorizer_model=CountVectorizer(analyzer=shared_terms(documents)),
            representation_model=[_DiverseTerms()],
        )
        theirs, _ = model.fit_transform(documents, embeddings=vectors, y=labels)
        represented = model.topic_representations_
    # BERTopic numbers topics by size; ours are numbered by people.
    number = dict(zip(theirs, labels.tolist(), strict=True))
    return {
        number[label]: tuple((str(term), float(weight)) for term, weight in weighted)
        for label, weighted in represented.items()
    }


def _documents(texts: Sequence[str], labels: np.ndarray) -> list[str]:
    """Return lemmas, or every word in topics where no answer has any."""
    documents = np.array([lemmatized(text) for text in texts], dtype=object)
    named = set(labels[documents != BREAK].tolist())
    nameless = np.flatnonzero([label not in named for label in labels.tolist()])
    documents[nameless] = [verbatim(texts[position]) for position in nameless.tolist()]
    return [str(document) for document in documents]


@dataclass(frozen=True)
class _DiverseTerms:
    """A representation in the shape that BERTopic calls when given in a list."""

    def extract_topics(
        self,
        topic_model: Any,  # noqa: ARG002, ANN401 - BERTopic is untyped
        documents: pd.DataFrame,
        c_tf_idf: object,  # noqa: ARG002
        topics: Mapping[int, list[tuple[str, float]]],
    ) -> dict[int, list[tuple[str, float]]]:
        held = documents.groupby("Topic")["Document"]
        return {
            label: diverse(heavier_when_shared(weighted, held.get_group(label)))
            for label, weighted in topics.items()
        }


@contextmanager
def _no_trace() -> Iterator[None]:
    logger = logging.getLogger("BERTopic")
    before = (list(logger.handlers), logger.level, logger.propagate)
    with untouched_session():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            logger.handlers, logger.level, logger.propagate = before
