"""What sounds like danger to somebody in words that no list has, by a model of invented examples."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from empathy_insights.coding.models.features import (
    Features,
    count_spread,
    count_terms,
    fit_vocabulary,
)
from empathy_insights.coding.models.regression import packed
from empathy_insights.coding.models.story_model import (
    read_vocabulary,
    vocabulary_arrays,
)
from empathy_insights.text.embedders import Embedder
from empathy_insights.text.onnx_embedder import ContextualEmbedder

_STRENGTH = 3.0  # inverse of regularisation
_N_WORDS, _N_TERMS = 2, 2_000  # runs of words; terms of each kind
_AT_ONCE = 1000  # texts


@dataclass(frozen=True, eq=False)
class DangerModel:
    """A logistic regression on meaning, words and letters, of one embedder.

    Parameters
    ----------
    features
        What it sees of a text.
    weights, intercept
        Of the regression.
    least
        From which log-odds on a text is shown to a person.
    """

    features: Features
    weights: np.ndarray
    intercept: float
    least: float

    def hears(self, texts: Sequence[str], embedder: Embedder) -> np.ndarray:
        """Return whether each text sounds like danger; by another embedder none does.

        Examples
        --------
        >>> from empathy_insights.text.embedders import StaticEmbedder
        >>> danger_model().hears(["We sleep in the car."], StaticEmbedder()).tolist()
        [False]
        """
        if embedder.name != self.features.embedder.name:
            return np.zeros(len(texts), dtype=bool)
        parts = [texts[n : n + _AT_ONCE] for n in range(0, len(texts), _AT_ONCE)]
        odds = [self.log_odds(part) for part in parts]
        return np.concatenate([np.zeros(0), *odds]) >= self.least

    def log_odds(self, texts: Sequence[str]) -> np.ndarray:
        """Return how much each text sounds like danger."""
        features, vocabulary = self.features, self.features.vocabulary
        dense = np.hstack([features.embedder(texts), features.form(texts)])
        of_dense, of_words = np.split(self.weights, [dense.shape[1]])
        counted = count_terms(texts, n_words=vocabulary.n_words)
        said = vocabulary.times(counted, of_words[:, None])[:, 0]
        return np.asarray(dense @ of_dense + said + self.intercept)


def fit_danger_model(
    texts: Sequence[str], is_danger: np.ndarray, groups: Sequence[str]
) -> DangerModel:
    """Learn from examples; `least` is even odds.

    Parameters
    ----------
    groups
        What each text is an example of: groups weigh alike, however many texts they have.
    """
    from sklearn.linear_model import LogisticRegression

    spread = count_spread(texts, n_words=_N_WORDS)
    vocabulary = fit_vocabulary(spread, n_words=_N_WORDS, most=_N_TERMS)
    features = Features(vocabulary, ContextualEmbedder())
    _, group, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    weights = len(texts) / (len(sizes) * sizes[group])
    fit = LogisticRegression(C=_STRENGTH, max_iter=1000)
    fit.fit(features(texts), is_danger, sample_weight=weights)
    return DangerModel(features, fit.coef_[0], float(fit.intercept_[0]), 0.0)


@cache
def danger_model() -> DangerModel:
    """Return the model that the package ships; benchmarks/fit_danger_model.py made it."""
    fitted = resources.files("empathy_insights.coding") / "data" / "danger.npz"
    with np.load(io.BytesIO(fitted.read_bytes())) as arrays:
        return DangerModel(
            Features(read_vocabulary(arrays, _N_WORDS), ContextualEmbedder()),
            arrays["weights"].astype(np.float64),
            float(arrays["intercept"]),
            float(arrays["least"]),
        )


def write_danger_model(model: DangerModel) -> bytes:
    """Return the file of a model, in half precision, the same bytes every time."""
    numbers = {
        "weights": model.weights.astype(np.float16),
        "intercept": np.array(model.intercept),
        "least": np.array(model.least),
    }
    return packed(numbers | vocabulary_arrays(model.features.vocabulary))
