"""What a learned coder sees of a segment: its words, what stood before it, and the codebook's say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from empathy_insights.codebook import STORY, Codebook
from empathy_insights.coding.models.clauses import Clauses, cut_clauses, indicators
from empathy_insights.coding.models.features import (
    Features,
    Vocabulary,
    count_spread,
    fit_vocabulary,
)
from empathy_insights.coding.models.from_examples import (
    CodebookModel,
)
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.coding.models.references import Reference, references
from empathy_insights.coding.models.regression import log_odds
from empathy_insights.coding.models.shipped_models import model_of
from empathy_insights.coding.models.story_model import phrases_found
from empathy_insights.text.embedders import Embedder

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


_SAY = 0.3  # log-odds are larger numbers than word weights
_CERTAIN = 1e-4
_LEAN = 0.5


class Said(NamedTuple):
    """Texts, the question asked before each, and the turn just before it.

    Questions and turns are empty where they are not known.
    """

    texts: list[str]
    questions: list[str]
    before: list[str]

    def part(self, start: int, end: int) -> Said:
        """Return what was said from one place to another."""
        return Said(*(field[start:end] for field in self))


class Rows(NamedTuple):
    """Rows of numbers, in blocks: a row a text in each.

    `signs` are form, the codebook's phrases and its model's log-odds; `context` is the
    words of the question and of the turn before.
    """

    meaning: np.ndarray
    words: csr_matrix
    letters: csr_matrix
    signs: np.ndarray
    context: csr_matrix


@dataclass(frozen=True, eq=False)
class Seen:
    """What is seen of texts and of their clauses.

    Parameters
    ----------
    rows
        A row a text.
    say
        What the codebook alone says: log-odds, a row a text and a column a theme.
    n_words
        How long each text is.
    clauses, of_clauses
        The texts' clauses: each has its own meaning, words and letters, and the signs
        and context of its text.
    """

    rows: Rows
    say: np.ndarray
    n_words: np.ndarray
    clauses: Clauses
    of_clauses: Rows


@dataclass(frozen=True, eq=False)
class StudyFeatures:
    """Turn segments, and the codebook's own texts, into rows of numbers.

    Parameters
    ----------
    text
        Runs of two words, letters, meaning and form.
    questions, before
        The words of the questions asked, and of the turns just before.
    phrases
        Finds the codebook's phrases: a column a theme and strength.
    model
        What the codebook alone says: a column a theme; None when it tells nothing apart.
    usual
        Half of what it says of each theme throughout the study, which is taken off:
        it is too high or too low of some themes, whatever is said.
    """

    text: Features
    questions: Vocabulary
    before: Vocabulary
    phrases: LexicalCoder
    model: CodebookModel | None
    usual: np.ndarray

    @property
    def known(self) -> list[Reference]:
        """What of the codebook to learn from beside people's codings."""
        return _known(self.phrases.codebook)

    def __call__(self, said: Said) -> Seen:
        """Return what is seen of texts."""
        from scipy import sparse

        say = self._say(said.texts)
        heard = [self.text.form(said.texts), _phrase_columns(self.phrases, said.texts)]
        asked = [self.questions(said.questions), self.before(said.before)]
        context = sparse.hstack(asked, format="csr")
        clauses = cut_clauses(said.texts)
        owner = clauses.owner
        meaning, of_clauses = clauses.meaning(
            said.texts,
            self.text.embedder,
            in_context=self.model is not None and self.model.is_multilabel,
        )
        signs = np.hstack([*heard, _SAY * say])
        rows = self._rows(said.texts, meaning, signs, context)
        return Seen(
            rows,
            say,
            np.array([len(text.split()) for text in said.texts]),
            clauses,
            self._rows(clauses.texts, of_clauses, signs[owner], context[owner]),
        )

    def of_known(self) -> Rows:
        """Return a row for each of the codebook's own texts."""
        texts = [item.text for item in self.known]
        unknown = [""] * len(texts)
        return self(Said(texts, unknown, unknown)).rows

    def usual_of(self, texts: Sequence[str]) -> np.ndarray:
        """Return half of what the codebook says of each theme in these texts, on average."""
        return np.asarray(_LEAN * self._say(texts).mean(axis=0))

    def _rows(
        self,
        texts: Sequence[str],
        meaning: np.ndarray,
        signs: np.ndarray,
        context: csr_matrix,
    ) -> Rows:
        vocabulary = self.text.vocabulary
        terms = vocabulary(texts)
        n_words = len(vocabulary.words.terms)
        return Rows(meaning, terms[:, :n_words], terms[:, n_words:], signs, context)

    def _say(self, texts: Sequence[str]) -> np.ndarray:
        """Return the log-odds of each main theme beside what is usual of it."""
        themes = [theme.id for theme in self.phrases.codebook.main_themes]
        say = np.zeros((len(texts), len(themes)))
        if self.model is not None:
            chances = self.model(texts, smoothed=False).whole
            own = [themes.index(theme) for theme in self.model.themes]
            say[:, own] = log_odds(chances, certain=_CERTAIN)
        return np.asarray(say - self.usual)


def fit_study_features(
    segments: pd.DataFrame, codebook: Codebook, embedder: Embedder
) -> StudyFeatures:
    """Learn the vocabulary of a study, coded or not, and of its codebook."""
    said = said_in(segments)
    texts = [*said.texts, *(item.text for item in _known(codebook))]
    features = StudyFeatures(
        Features(
            fit_vocabulary(count_spread(texts, n_words=2), n_words=2),
            embedder,
            codebook.language,
        ),
        fit_vocabulary(count_spread(said.questions)),
        fit_vocabulary(count_spread(said.before)),
        LexicalCoder(codebook),
        model_of(codebook, said.texts, embedder),
        usual=np.zeros(len(codebook.main_themes)),
    )
    return replace(features, usual=features.usual_of(said.texts))


def _known(codebook: Codebook) -> list[Reference]:
    """Return the codebook's texts and indicators, without its stories.

    Hundreds of stories would outweigh a hundred codings of the study at hand; what they
    teach is in what the codebook's model says.
    """
    examples = [item for theme in codebook for item in theme.examples]
    stories = {item.text.lower() for item in examples if item.form == STORY}
    told = stories | {item.text.lower() for item in codebook.no_theme}
    known = [*references(codebook), *indicators(codebook)]
    return [item for item in known if item.text.lower() not in told]


def said_in(segments: pd.DataFrame) -> Said:
    """Return the texts of segments, and what was asked and said before each."""
    return Said(
        segments["text"].tolist(),
        _column(segments, "question"),
        _column(segments, "before"),
    )


def _column(segments: pd.DataFrame, name: str) -> list[str]:
    if name not in segments.columns:
        return [""] * len(segments)
    return [str(words) for words in segments[name].fillna("")]


def _phrase_columns(phrases: LexicalCoder, texts: Sequence[str]) -> np.ndarray:
    themes = [theme.id for theme in phrases.codebook.main_themes]
    found = phrases_found(phrases.read(texts), themes)
    return found.reshape(len(texts), 2 * len(themes))


# How much a text speaks for each theme, in three views: all of it, its words, its letters.
#
# Ridge regression in place of logistic: in three studies it ranked themes better, and all
# themes are solved for at once in the space of the coded texts.


# A view of words alone errs elsewhere than one of letters alone. Penalties are smaller
# where a row has fewer blocks, for its length is smaller.
VIEWS: Mapping[str, tuple[tuple[str, ...], float]] = {
    "whole": (Rows._fields, 2.0),
    "words": (("words",), 0.3),
    "letters": (("letters",), 0.3),
}


@dataclass(frozen=True, eq=False)
class Weights:
    """A linear model of every theme: a column a theme in each block."""

    blocks: Mapping[str, np.ndarray]
    bias: np.ndarray

    def __call__(self, rows: Rows) -> np.ndarray:
        """Return margins: a row a text, a column a theme."""
        margins = np.tile(self.bias, (rows.meaning.shape[0], 1))
        for name, weights in self.blocks.items():
            margins += getattr(rows, name) @ weights
        return margins


@dataclass(frozen=True, eq=False)
class Margins:
    """What each view says of texts, and the whole view of their clauses."""

    whole: np.ndarray
    words: np.ndarray
    letters: np.ndarray
    of_clauses: np.ndarray


@dataclass(frozen=True, eq=False)
class Views:
    """The three views of a coder."""

    whole: Weights
    words: Weights
    letters: Weights

    def __call__(self, seen: Seen) -> Margins:
        """Return the margins of texts and of their clauses."""
        rows = seen.rows
        return Margins(
            self.whole(rows),
            self.words(rows),
            self.letters(rows),
            self.whole(seen.of_clauses),
        )


def fit_views(
    rows: list[Rows], labels: np.ndarray, fold: np.ndarray
) -> tuple[Views, dict[int, Views]]:
    """Fit the views to all rows, and to all but each fold.

    Parameters
    ----------
    rows
        Stacked: people's segments, then the codebook's own texts.
    labels
        Whether a theme was given: a row a row, a column a theme; missing where nobody
        was asked.
    fold
        The fold of each row; -1 for rows that every fold learns from.
    """
    from scipy import sparse

    stacked = Rows(
        *(
            np.vstack(blocks)
            if isinstance(blocks[0], np.ndarray)
            else sparse.vstack(blocks, format="csr")
            for blocks in zip(*rows, strict=True)
        )
    )
    folds = [int(one) for one in np.unique(fold) if one >= 0]
    fits = {view: _fit(stacked, labels, fold, [None, *folds], view) for view in VIEWS}
    by_fold = {one: Views(**{view: fits[view][one] for view in VIEWS}) for one in folds}
    return Views(**{view: fits[view][None] for view in VIEWS}), by_fold


def _fit(
    rows: Rows,
    labels: np.ndarray,
    fold: np.ndarray,
    left_out: list[int | None],
    view: str,
) -> dict[int | None, Weights]:
    """Solve one view, with each fold left out in turn."""
    blocks = {name: getattr(rows, name) for name in VIEWS[view][0]}
    alike = np.ones((len(fold), len(fold)))  # for the bias
    for block in blocks.values():
        alike += _products(block)
    return {
        one: _solved(blocks, alike, labels, _but(fold, one), VIEWS[view][1])
        for one in left_out
    }


def _but(fold: np.ndarray, one: int | None) -> np.ndarray:
    return np.flatnonzero(fold != one) if one is not None else np.arange(len(fold))


def _products(block: np.ndarray) -> np.ndarray:
    products = block @ block.T
    return products if isinstance(products, np.ndarray) else products.toarray()


def _solved(
    blocks: Mapping[str, np.ndarray],
    alike: np.ndarray,
    labels: np.ndarray,
    learned: np.ndarray,
    penalty: float,
) -> Weights:
    from scipy.linalg import solve

    told = labels[learned].astype(float)
    shares = np.zeros(told.shape)
    # Themes that were asked of the same rows are solved together.
    patterns, which = np.unique(~np.isnan(told), axis=1, return_inverse=True)
    for n, is_told in enumerate(patterns.T):
        cells = np.ix_(np.flatnonzero(is_told), np.flatnonzero(which == n))
        system = alike[np.ix_(learned[is_told], learned[is_told])]
        system[np.diag_indices_from(system)] += penalty
        shares[cells] = solve(system, told[cells], assume_a="pos", overwrite_a=True)
    return Weights(
        {name: block[learned].T @ shares for name, block in blocks.items()},
        shares.sum(axis=0),
    )
