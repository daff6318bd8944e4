"""What a coder sees of a text: its words, their letters, its meaning and its form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.tables import NO_THEME
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
        len(texts), len(_SIGNS) + 2
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
_WORDS = r"(?u)\b\w+\b"  # scikit-learn's own drops words of one letter, as "I"
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
        return self.weigh(count_terms(texts, n_words=self.n_words))

    def weigh(self, counted: Counted) -> csr_matrix:
        """Return the same of texts whose terms were counted."""
        from scipy import sparse

        parts = [
            known.weigh(_columns(counts, known.index))
            for known, counts in zip((self.words, self.letters), counted, strict=True)
        ]
        return sparse.hstack(parts, format="csr")


def fit_vocabulary(
    *counted: Counted, n_words: int = 1, most: int = _MOST
) -> Vocabulary:
    """Learn the words, runs of up to `n_words` words, and letters of texts.

    Runs and letters that occur in one text only tell nothing about another and are left
    out; of each kind the `most` widespread stay.

    Examples
    --------
    >>> fit_vocabulary(count_terms(["The bus is late.", "A late bus."])).words.terms
    ('a', 'bus', 'is', 'late', 'the')
    """
    n_texts = sum(one.words.table.shape[0] for one in counted)
    words = _spread([one.words for one in counted])
    letters = _spread([one.letters for one in counted])
    return Vocabulary(
        _terms(words, n_texts, least=lambda name: 1 + (" " in name), most=most),
        _terms(letters, n_texts, least=lambda _: 2, most=most),
        n_words,
    )


class _Counts(NamedTuple):
    """How often each named term occurs in each text."""

    table: csr_matrix
    names: list[str]


class Counted(NamedTuple):
    """How often each word, run of words and run of letters occurs in each text."""

    words: _Counts
    letters: _Counts


def count_terms(texts: Sequence[str], *, n_words: int = 1) -> Counted:
    """Count words, runs of up to `n_words` words, and the letters inside words."""
    words = _words(texts, n_words)
    return Counted(words, _letters(words))


def _spread(counts: Sequence[_Counts]) -> dict[str, int]:
    """Return in how many texts each term occurs, in the order of the terms."""
    spread: Counter[str] = Counter()
    for table, names in counts:
        n_texts = np.bincount(table.indices, minlength=len(names))
        spread.update(dict(zip(names, n_texts.tolist(), strict=True)))
    return {name: spread[name] for name in sorted(spread)}


def _words(texts: Sequence[str], n_words: int) -> _Counts:
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(ngram_range=(1, n_words), token_pattern=_WORDS)
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


def _terms(
    spread: Mapping[str, int], n_texts: int, *, least: Callable[[str], int], most: int
) -> Terms:
    kept = [name for name, n in spread.items() if n >= least(name)]
    n_with = np.array([spread[name] for name in kept], dtype=int)
    places = np.sort(np.argsort(-n_with, kind="stable")[:most])
    rarity = (1 + n_texts) / (1 + n_with[places])
    return Terms(tuple(kept[n] for n in places), np.log(rarity) + 1)


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


# The codebook's own texts: what a theme is called, means, and sounds like.


_SENTENCE = re.compile(r"(?<=[.;:])\s+|\n")
_FEWEST_WORDS = 3


class Reference(NamedTuple):
    """A text of the codebook and the theme that it belongs to.

    `theme` is missing for a text that belongs to no theme; `owner` is the theme in
    whose entry the text stands, or `no_theme`.
    """

    theme: str | None
    kind: str
    number: int
    text: str
    owner: str


def references(codebook: Codebook) -> list[Reference]:
    """Return names, definitions (whole and by sentence), examples and near misses.

    Sub-themes lend theirs to their parents; a text that a theme says twice counts once.

    Examples
    --------
    >>> book = Codebook("b", "B", themes=(Theme("bus", "Bus", definition="Bus"),))
    >>> [(item.kind, item.text) for item in references(book)]
    [('name', 'Bus')]
    """
    found: dict[tuple[str | None, str], Reference] = {}
    for theme in codebook.main_themes:
        for member in (theme, *codebook.sub_themes(theme.id)):
            for item in _of_theme(member, theme.id):
                found.setdefault((item.theme, item.text.lower()), item)
    for n, told in enumerate(codebook.no_theme, 1):
        item = Reference(None, "no theme", n, told.text, NO_THEME)
        found.setdefault((None, item.text.lower()), item)
    return list(found.values())


def _of_theme(member: Theme, owner: str) -> Iterator[Reference]:
    parts = _SENTENCE.split(member.definition)
    meaning = [("name", member.name), ("definition", member.definition)]
    meaning += [("definition", part) for part in parts if _says_something(part)]
    for kind, text in meaning:
        if text.strip():
            yield Reference(owner, kind, 1, text.strip(), owner)
    for n, example in enumerate(member.examples, 1):
        if example.text.strip():
            yield Reference(owner, "example", n, example.text, owner)
    for n, miss in enumerate(member.near_misses, 1):
        yield Reference(_main(miss.theme), "near miss", n, miss.text, owner)


def _says_something(part: str) -> bool:
    """Return whether this is a sentence, and not the rest of one: "etc.", "NB:", "gender)."."""
    return len(part.split()) >= _FEWEST_WORDS


def _main(theme: str | None) -> str | None:
    return theme.split(".")[0] if theme else None
