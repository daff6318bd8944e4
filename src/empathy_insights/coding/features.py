"""What a coder sees of a text: its words, their letters, its meaning and its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from empathy_insights.coding.form import form_columns
from empathy_insights.coding.vocabulary import Vocabulary, fit_vocabulary
from empathy_insights.text.embedders import Embedder

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_FORM = 0.3  # signs of form are many and say little: they must not outweigh words


@dataclass(frozen=True, eq=False)
class Features:
    """Turn texts into rows of numbers for a linear model.

    Parameters
    ----------
    vocabulary
        Words and letters, weighted.
    embedder
        Places texts by meaning.
    language
        The language that the codebook is in.
    """

    vocabulary: Vocabulary
    embedder: Embedder
    language: str = "en"

    def __call__(self, texts: Sequence[str]) -> csr_matrix:
        """Return a sparse row a text: meaning, form, words and letters."""
        from scipy import sparse

        dense = np.hstack([self.embedder(texts), self.form(texts)])
        return sparse.hstack(
            [sparse.csr_matrix(dense), self.vocabulary(texts)], format="csr"
        )

    def form(self, texts: Sequence[str]) -> np.ndarray:
        """Return the signs of form, weighted."""
        return _FORM * form_columns(texts, language=self.language)


def fit_features(
    texts: Sequence[str], embedder: Embedder, *, language: str = "en", n_words: int = 1
) -> Features:
    """Learn the vocabulary of texts; words may run up to `n_words` together."""
    vocabulary = fit_vocabulary(texts, n_words=n_words)
    return Features(vocabulary, embedder, language)
