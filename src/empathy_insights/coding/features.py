"""What a learned coder sees of a text: words, word parts, meaning, and phrases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from empathy_insights.codebook import Codebook
from empathy_insights.coding.lexical import LexicalCoder
from empathy_insights.text.embedders import Embedder

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer


@dataclass(frozen=True, eq=False)
class Features:
    """Turn texts into rows: n-grams of words and letters, an embedding, the phrases.

    Parameters
    ----------
    words, letters
        Fitted vectorizers.
    embedder
        Places texts by meaning.
    phrases
        Finds the codebook's phrases: a column a theme and strength.
    """

    words: TfidfVectorizer
    letters: TfidfVectorizer
    embedder: Embedder
    phrases: LexicalCoder

    def __call__(self, texts: Sequence[str]) -> csr_matrix:
        """Return a sparse row a text."""
        from scipy import sparse

        parts = [
            sparse.csr_matrix(self.embedder(texts)),
            self.words.transform(texts),
            self.letters.transform(texts),
            sparse.csr_matrix(_phrase_columns(self.phrases, texts)),
        ]
        return sparse.hstack(parts).tocsr()


def fit_features(texts: Sequence[str], book: Codebook, embedder: Embedder) -> Features:
    """Learn the vocabulary of texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    return Features(words.fit(texts), letters.fit(texts), embedder, LexicalCoder(book))


def _phrase_columns(phrases: LexicalCoder, texts: Sequence[str]) -> np.ndarray:
    themes = {theme.id: n for n, theme in enumerate(phrases.codebook.main_themes)}
    columns = np.zeros((len(texts), 2 * len(themes)))
    for row, hits in enumerate(phrases.hits(texts)):
        for hit in hits:
            theme = themes[hit.phrase.theme.split(".")[0]]
            columns[row, 2 * theme + (hit.phrase.strength == "weak")] = 1
    return columns
