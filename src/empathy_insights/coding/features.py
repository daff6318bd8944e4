"""What a coder sees of a text: its words, their letters, its meaning and its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

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

    @property
    def n_dimensions(self) -> int:
        """How many of the first columns hold the embedding."""
        return int(self.embedder([]).shape[1])

    def __call__(self, texts: Sequence[str]) -> csr_matrix:
        """Return a sparse row a text."""
        from scipy import sparse

        parts = [
            sparse.csr_matrix(self.embedder(texts)),
            self.vocabulary(texts),
            sparse.csr_matrix(_FORM * form_columns(texts, language=self.language)),
        ]
        return sparse.hstack(parts, format="csr")


def fit_features(
    texts: Sequence[str], embedder: Embedder, *, language: str = "en", n_words: int = 1
) -> Features:
    """Learn the vocabulary of texts; words may run up to `n_words` together."""
    vocabulary = fit_vocabulary(texts, n_words=n_words)
    return Features(vocabulary, embedder, language)
