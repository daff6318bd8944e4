"""The words and word parts of a study, weighted by how much they tell apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_MOST = 60_000  # terms of each kind
_WORD = r"(?u)\b\w+\b"  # scikit-learn's own drops words of one letter, as "I"
_PLACEHOLDER = "_"


@dataclass(frozen=True, eq=False)
class Terms:
    """Hold terms, in order, and how rare each is (inverse document frequency)."""

    terms: tuple[str, ...]
    rarity: np.ndarray

    @cached_property
    def index(self) -> pd.Index:
        """The terms, to look up their places."""
        return pd.Index(self.terms)

    def weigh(self, counts: csr_matrix) -> csr_matrix:
        """Return rows of length 1: 1 + log(count), times rarity (Salton, Buckley 1988)."""
        from scipy import sparse
        from sklearn.preprocessing import normalize

        if 0 in counts.shape:
            return counts
        data = (1 + np.log(counts.data)) * self.rarity[counts.indices]
        weighed = sparse.csr_matrix((data, counts.indices, counts.indptr), counts.shape)
        return normalize(weighed, copy=False)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Turn texts into rows of words (or runs of words) and of the words' letters.

    Letters let a word that nobody has coded yet lean on its relatives: `logins` on
    `log in`, and a misspelt `pasword` on `password`.
    """

    words: Terms
    letters: Terms
    n_words: int

    def __call__(self, texts: Sequence[str]) -> csr_matrix:
        """Return a sparse row a text: words first, letters after them."""
        from scipy import sparse

        words = _words(texts, self.n_words)
        parts = [
            self.words.weigh(_columns(words, self.words.index)),
            self.letters.weigh(_columns(_letters(words), self.letters.index)),
        ]
        return sparse.hstack(parts, format="csr")


def fit_vocabulary(texts: Sequence[str], *, n_words: int = 1) -> Vocabulary:
    """Learn the words, runs of up to `n_words` words, and letters of texts.

    Runs and letters that occur in one text only tell nothing about another and are left
    out; of each kind the 60,000 most widespread stay.

    Examples
    --------
    >>> fit_vocabulary(["The bus is late.", "A late bus."]).words.terms
    ('a', 'bus', 'is', 'late', 'the')
    """
    words = _words(texts, n_words)
    is_word = np.array([" " not in name for name in words.names])
    letters = _letters(words)
    return Vocabulary(
        _terms(words, kept=(is_word & (words.spread > 0)) | (words.spread > 1)),
        _terms(letters, kept=letters.spread > 1),
        n_words,
    )


class _Counts(NamedTuple):
    """How often each named term occurs in each text."""

    table: csr_matrix
    names: list[str]

    @property
    def spread(self) -> np.ndarray:
        """In how many texts each term occurs."""
        return np.bincount(self.table.indices, minlength=len(self.names))


def _words(texts: Sequence[str], n_words: int) -> _Counts:
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(ngram_range=(1, n_words), token_pattern=_WORD)
    # Texts that have no word at all would be refused without another.
    table = counter.fit_transform([*texts, _PLACEHOLDER])[:-1]
    return _Counts(table, counter.get_feature_names_out().tolist())


def _letters(words: _Counts) -> _Counts:
    """Count runs of 2 to 5 letters inside words, by way of the words they are in."""
    from sklearn.feature_extraction.text import CountVectorizer

    single = [n for n, name in enumerate(words.names) if " " not in name]
    counter = CountVectorizer(analyzer="char_wb", ngram_range=(2, 5))
    inside = counter.fit_transform([words.names[n] for n in single])
    table = (words.table[:, single] @ inside).tocsr()
    return _Counts(table, counter.get_feature_names_out().tolist())


def _terms(counts: _Counts, *, kept: np.ndarray) -> Terms:
    places = np.flatnonzero(kept)
    most = np.argsort(-counts.spread[places], kind="stable")[:_MOST]
    places = np.sort(places[most])
    rarity = (1 + counts.table.shape[0]) / (1 + counts.spread[places])
    return Terms(tuple(counts.names[n] for n in places), np.log(rarity) + 1)


def _columns(counts: _Counts, terms: pd.Index) -> csr_matrix:
    """Return the counts of these terms only, in their order."""
    from scipy import sparse

    place = terms.get_indexer(pd.Index(counts.names))
    table = counts.table.tocoo()
    known = place[table.col] >= 0
    return sparse.csr_matrix(
        (table.data[known], (table.row[known], place[table.col[known]])),
        shape=(table.shape[0], len(terms)),
    )
