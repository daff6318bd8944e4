"""What a coder sees of a text: its words, their letters, its meaning and its form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from empathy_insights.text.embedders import Embedder

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


# The form of what is said: a question, an address, a laugh, another language.


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SIGNS = (
    re.compile(r"\?"),
    re.compile(r"!"),
    re.compile(r"@\w"),
    re.compile(r"\d"),
    re.compile(r"\d:\d\d"),
    re.compile(
        r"\b(?:lol|lmao|rofl|(?:ha){2,})\b|[😂🤣😁😆😄😅]|[:;]-?[)D]", re.IGNORECASE
    ),
)
_FEW_WORDS = 3
N_SIGNS = len(_SIGNS) + 2
"""How many signs of form there are."""


def form_columns(texts: Sequence[str], *, language: str = "en") -> np.ndarray:
    """Return 0 or 1 for eight signs: a row a text.

    The signs are a question mark, an exclamation mark, an `@name`, a digit, a time, a
    laugh, three words or fewer, and mostly words that are not in the codebook's
    language.

    Examples
    --------
    >>> form_columns(["Why? At 10:30!", "Muchas gracias por este video."]).astype(int)
    array([[1, 1, 0, 1, 1, 0, 1, 0],
           [0, 0, 0, 0, 0, 0, 0, 1]])
    """
    return np.array([_signs(text, language) for text in texts], dtype=float).reshape(
        len(texts), N_SIGNS
    )


def _signs(text: str, language: str) -> list[bool]:
    words = _WORD.findall(text.lower())
    known = sum(_is_known(word, language) for word in words)
    return [
        *(bool(sign.search(text)) for sign in _SIGNS),
        len(words) <= _FEW_WORDS,
        2 * known < len(words),
    ]


@cache
def _is_known(word: str, language: str) -> bool:
    """Return whether a dictionary of the language has the word; without one, it has."""
    from simplemma import is_known

    try:
        return bool(is_known(word, lang=language))
    except ValueError:
        return True


# The words and word parts of a study, weighted by how much they tell apart.


_MOST = 60_000  # terms of each kind
_TERM = re.compile(r"\w+")
_LONGEST = 5  # letters
_AT_ONCE = 5000  # texts


@dataclass(frozen=True, eq=False)
class Counts:
    """How often each named term occurs in each text: a row a text, a column a name."""

    table: csr_matrix
    names: list[str]

    @cached_property
    def index(self) -> pd.Index:
        """The names, to look up their places."""
        return pd.Index(self.names, dtype=object)

    @cached_property
    def damped(self) -> csr_matrix:
        """1 + log(count): the tenth time that a word is said tells less than the first."""
        most = self.table.data.max(initial=0)
        return self._with((1 + np.log(np.arange(1, most + 1)))[self.table.data - 1])

    @cached_property
    def squared(self) -> csr_matrix:
        """The squares of `damped`."""
        return self._with(self.damped.data**2)

    def _with(self, data: np.ndarray) -> csr_matrix:
        """Return other numbers where the counts stand."""
        from scipy import sparse

        table = self.table
        return sparse.csr_matrix((data, table.indices, table.indptr), table.shape)


@dataclass(frozen=True, eq=False)
class Terms:
    """Hold terms, in order, and how rare each is (inverse document frequency).

    A text is a row of length 1: 1 + log(count) of each term, times its rarity (Salton,
    Buckley 1988).
    """

    terms: tuple[str, ...]
    rarity: np.ndarray

    @cached_property
    def index(self) -> pd.Index:
        """The terms, to look up their places."""
        return pd.Index(self.terms, dtype=object)

    def rows(self, counts: Counts) -> csr_matrix:
        """Return the rows of texts: a column a term."""
        from scipy import sparse
        from sklearn.preprocessing import normalize

        place = self.index.get_indexer(counts.index)
        table = counts.damped.tocoo()
        known = place[table.col] >= 0
        column = place[table.col[known]]
        rows = sparse.csr_matrix(
            (table.data[known] * self.rarity[column], (table.row[known], column)),
            shape=(table.shape[0], len(self.terms)),
        )
        return normalize(rows, copy=False) if rows.nnz else rows

    def times(self, counts: Counts, weights: np.ndarray) -> np.ndarray:
        """Return `rows(counts) @ weights`, where a column a term takes too long to make."""
        place = self.index.get_indexer(counts.index)
        known = np.flatnonzero(place >= 0)
        rarity = np.zeros(len(place))
        rarity[known] = self.rarity[place[known]]
        spread = np.zeros((len(place), weights.shape[1]))
        spread[known] = weights[place[known]] * rarity[known, None]
        length = np.sqrt(counts.squared @ rarity**2)
        length[length == 0] = 1
        return np.asarray((counts.damped @ spread) / length[:, None])


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

        counted = count_terms(texts, n_words=self.n_words)
        parts = [self.words.rows(counted.words), self.letters.rows(counted.letters)]
        return sparse.hstack(parts, format="csr")

    def times(self, counted: Counted, weights: np.ndarray) -> np.ndarray:
        """Return the rows of texts whose terms were counted, times weights."""
        of_words, of_letters = np.split(weights, [len(self.words.terms)])
        said = self.words.times(counted.words, of_words)
        return np.asarray(said + self.letters.times(counted.letters, of_letters))


def fit_vocabulary(*said: Spread, n_words: int = 1, most: int = _MOST) -> Vocabulary:
    """Learn the words, runs of up to `n_words` words, and letters of texts.

    Runs and letters that occur in one text only tell nothing about another and are left
    out; of each kind the `most` widespread stay.

    Examples
    --------
    >>> fit_vocabulary(count_spread(["The bus is late.", "A late bus."])).words.terms
    ('a', 'bus', 'is', 'late', 'the')
    """
    n_texts = sum(one.n_texts for one in said)
    words = sum((one.words for one in said), Counter[str]())
    letters = sum((one.letters for one in said), Counter[str]())
    return Vocabulary(
        _terms(words, n_texts, least=lambda name: 1 + (" " in name), most=most),
        _terms(letters, n_texts, least=lambda _: 2, most=most),
        n_words,
    )


class Spread(NamedTuple):
    """In how many of some texts each word or run of words, and run of letters, occurs."""

    n_texts: int
    words: Counter[str]
    letters: Counter[str]


def count_spread(texts: Sequence[str], *, n_words: int = 1) -> Spread:
    """Count in how many texts each term occurs; what each holds is soon forgotten."""
    spread = Spread(len(texts), Counter(), Counter())
    for start in range(0, len(texts), _AT_ONCE):
        counted = count_terms(texts[start : start + _AT_ONCE], n_words=n_words)
        for kind, counts in counted._asdict().items():
            known: Counter[str] = getattr(spread, kind)
            known.update(_n_with(counts))
    return spread


def _n_with(counts: Counts) -> dict[str, int]:
    """Return in how many texts each term occurs."""
    n_texts = np.bincount(counts.table.indices, minlength=len(counts.names))
    return dict(zip(counts.names, n_texts.tolist(), strict=True))


class Counted(NamedTuple):
    """How often each word, run of words and run of letters occurs in each text."""

    words: Counts
    letters: Counts


def count_terms(texts: Sequence[str], *, n_words: int = 1) -> Counted:
    """Count words, runs of up to `n_words` words, and the letters inside words."""
    words = _words(texts, n_words)
    return Counted(words, _letters(words))


def _words(texts: Sequence[str], n_words: int) -> Counts:
    """Count words and runs of them; runs are numbered, and written out once each."""
    owner, word, words = _numbered([_TERM.findall(text.lower()) for text in texts])
    names, run, called = [*words], word, words
    owners, columns = [owner], [word]
    for size in range(2, n_words + 1):
        # A run, and the word after it where the text goes on.
        last = np.flatnonzero(owner[size - 1 :] == owner[: 1 - size]) + size - 1
        first = last - size + 1
        code, pairs = pd.factorize(run[first] * len(words) + word[last])
        called = [
            f"{called[pair // len(words)]} {words[pair % len(words)]}"
            for pair in pairs.tolist()
        ]
        run = np.full(len(owner), -1)
        run[first] = code
        owners.append(owner[first])
        columns.append(code + len(names))
        names += called
    shape = len(texts), len(names)
    return Counts(_table(np.concatenate(owners), np.concatenate(columns), shape), names)


def _letters(words: Counts) -> Counts:
    """Count runs of 2 to 5 letters inside words, by way of the words they are in."""
    single = [n for n, name in enumerate(words.names) if " " not in name]
    parts = [_parts(f" {words.names[n]} ") for n in single]
    owner, part, names = _numbered(parts)
    inside = _table(owner, part, (len(single), len(names)))
    return Counts((words.table[:, single] @ inside).tocsr(), names)


def count_words(said: Sequence[Sequence[str]]) -> Counts:
    """Count the words of texts that are cut into words."""
    owner, word, words = _numbered(said)
    return Counts(_table(owner, word, (len(said), len(words))), words)


def terms_of(counts: Counts) -> Terms:
    """Return the terms of some texts, whatever there are."""
    spread = _n_with(counts)
    n_texts = counts.table.shape[0]
    return _terms(spread, n_texts, least=lambda _: 1, most=len(spread))


def _parts(word: str) -> list[str]:
    sizes = range(2, min(_LONGEST, len(word)) + 1)
    return [word[at : at + n] for n in sizes for at in range(len(word) - n + 1)]


def _numbered(
    said: Sequence[Sequence[str]],
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return whose each term is, its number, and what the numbers stand for."""
    owner = np.repeat(np.arange(len(said)), [len(terms) for terms in said])
    every = np.array([*chain.from_iterable(said)], dtype=object)
    number, found = pd.factorize(every)
    return owner, number, list(found)


def _table(owner: np.ndarray, column: np.ndarray, shape: tuple[int, int]) -> csr_matrix:
    """Return how often each column occurs in each row."""
    from scipy import sparse

    ones = np.ones(len(owner), dtype=np.int64)
    return sparse.csr_matrix((ones, (owner, column)), shape=shape)


def _terms(
    spread: Mapping[str, int], n_texts: int, *, least: Callable[[str], int], most: int
) -> Terms:
    kept = [name for name in sorted(spread) if spread[name] >= least(name)]
    n_with = np.array([spread[name] for name in kept], dtype=int)
    places = np.sort(np.argsort(-n_with, kind="stable")[:most])
    rarity = (1 + n_texts) / (1 + n_with[places])
    return Terms(tuple(kept[n] for n in places), np.log(rarity) + 1)


_FORM = 0.3  # signs of form are many and say little: they must not outweigh words


def signs_of_form(texts: Sequence[str], language: str) -> np.ndarray:
    """Return the signs of form, weighted: a row a text."""
    return _FORM * form_columns(texts, language=language)


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
        return signs_of_form(texts, self.language)
