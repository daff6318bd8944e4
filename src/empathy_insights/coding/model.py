"""A model of the codebook's own texts: which theme something sounds like."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from empathy_insights.codebook import Codebook
from empathy_insights.coding.boundaries import Boundary, fit_boundary
from empathy_insights.coding.clauses import Clauses, cut_clauses
from empathy_insights.coding.features import Features, fit_features
from empathy_insights.coding.references import Reference, references
from empathy_insights.text.embedders import Embedder

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_STRENGTH = 5.0  # inverse of regularisation
_N_FOLDS, _N_DEALS = 5, 4  # one deal of few examples leaves much to chance
_FEWEST_EXAMPLES = 4  # a theme, on average, before held-out examples set the boundary
_USUAL = 0.14  # else: what was the best boundary in three studies out of four
_LIFT = (1.25, 2.5)  # … but at least, and at most, so many times chance
_LEAST_CODED = 20  # held-out examples above `auto`
_AT_ONCE = 1000  # texts; their words and letters take much memory
_FEWEST_TO_SMOOTH, _SMOOTHING = 1000, 5.0  # about four texts a dimension of meaning


@dataclass(frozen=True, eq=False)
class CodebookModel:
    """Say how much texts sound like each theme, having learned the codebook only.

    Parameters
    ----------
    themes
        The themes that have a text, in the codebook's order.
    features
        What the model sees of a text.
    weights, intercepts
        A multinomial logistic regression: a column a theme.
    boundary
        Where to suggest and where to code, from held-out examples.
    """

    themes: tuple[str, ...]
    features: Features
    weights: np.ndarray
    intercepts: np.ndarray
    boundary: Boundary

    def __call__(self, texts: Sequence[str], *, smoothed: bool = True) -> Chances:
        """Return each theme's probability for each text, and the clauses behind it.

        It is the mean of what the whole text and its most telling clause say: a passage
        may touch on a theme in one clause out of ten. In a study of 1,000 texts and more
        half of it is what texts of like meaning got on average (see `smooth`).
        """
        if not len(texts):
            return no_chances(0, len(self.themes))
        chances = _joined(
            [
                self._judge(texts[start : start + _AT_ONCE])
                for start in range(0, len(texts), _AT_ONCE)
            ]
        )
        if not smoothed or len(texts) < _FEWEST_TO_SMOOTH:
            return chances
        alike = smooth(chances.whole, chances.meaning)
        lent = (chances.whole + _spread_like(alike, chances.whole)) / 2
        return replace(chances, whole=lent)

    def _judge(self, texts: Sequence[str]) -> Chances:
        clauses = cut_clauses(texts)
        n = len(texts)
        said = [*texts, *clauses.texts]
        meaning = self.features.embedder(said)
        form = self.features.form(texts)
        # A clause has the form of its text: "?" stands at the end of both.
        dense = np.hstack([meaning, np.vstack([form, form[clauses.owner]])])
        width = dense.shape[1]
        margins = dense @ self.weights[:width] + self.intercepts
        margins += self.features.vocabulary(said) @ self.weights[width:]
        chances = _softmax(margins)
        best = np.zeros((n, chances.shape[1]))
        np.maximum.at(best, clauses.owner, chances[n:])
        return Chances((chances[:n] + best) / 2, meaning[:n], clauses, chances[n:])


@dataclass(frozen=True, eq=False)
class Chances:
    """Each theme's probability: of texts (`whole`), and of their clauses.

    Parameters
    ----------
    whole
        A row a text, a column a theme.
    meaning
        The texts' embeddings.
    clauses, of_clauses
        The clauses of the texts; a row a clause, a column a theme.
    """

    whole: np.ndarray
    meaning: np.ndarray
    clauses: Clauses
    of_clauses: np.ndarray

    def telling(self, texts: np.ndarray, themes: np.ndarray) -> np.ndarray:
        """Return where the clause stands that says most for a theme: a row a pair."""
        first = np.searchsorted(self.clauses.owner, texts)
        last = np.searchsorted(self.clauses.owner, texts, side="right")
        spans = np.zeros((len(texts), 2), dtype=int)
        for n in np.flatnonzero(first < last):
            said = self.of_clauses[first[n] : last[n], themes[n]]
            spans[n] = self.clauses.spans[first[n] + int(said.argmax())]
        return spans


def no_chances(n_texts: int, n_themes: int = 0) -> Chances:
    """Return what can be said of texts where there are no themes to tell apart."""
    none = np.zeros((n_texts, n_themes))
    return Chances(none, none, Clauses([], np.zeros(0, dtype=int), []), none[:0])


def smooth(chances: np.ndarray, meaning: np.ndarray) -> np.ndarray:
    """Return what rows of like meaning got on average (ridge regression on vectors).

    People of one study say alike what no example of the codebook says; what its words
    leave open for one row is lent by the others.
    """
    from sklearn.linear_model import Ridge

    return np.asarray(Ridge(alpha=_SMOOTHING).fit(meaning, chances).predict(meaning))


def _joined(parts: list[Chances]) -> Chances:
    starts = np.cumsum([0, *(len(part.whole) for part in parts[:-1])])
    clauses = Clauses(
        [text for part in parts for text in part.clauses.texts],
        np.concatenate(
            [
                part.clauses.owner + start
                for part, start in zip(parts, starts, strict=True)
            ]
        ),
        [span for part in parts for span in part.clauses.spans],
    )
    return Chances(
        np.concatenate([part.whole for part in parts]),
        np.concatenate([part.meaning for part in parts]),
        clauses,
        np.concatenate([part.of_clauses for part in parts]),
    )


def _spread_like(values: np.ndarray, model: np.ndarray) -> np.ndarray:
    """Keep the order of values and give them the spread of others."""
    ranked = np.empty(values.size)
    ranked[np.argsort(values, axis=None, kind="stable")] = np.sort(model, axis=None)
    return ranked.reshape(values.shape)


def fit_codebook_model(
    book: Codebook,
    texts: Sequence[str],
    embedder: Embedder,
    *,
    target_precision: float = 0.8,
) -> CodebookModel | None:
    """Learn the themes from their names, definitions, examples and near misses.

    The texts to be coded lend their vocabulary only: how rare each word is in this
    study. The boundaries come from the codebook's examples, held out a fifth at a time;
    where a theme has fewer than four on average, a usual boundary of .14 is taken (kept
    between 1.25 and 2.5 times chance), and nothing is coded.

    Returns
    -------
    CodebookModel or None
        None when fewer than two themes have a text: there is nothing to tell apart.
    """
    known = [item for item in references(book) if item.theme is not None]
    themes = tuple(
        theme.id
        for theme in book.main_themes
        if any(item.theme == theme.id for item in known)
    )
    if len(themes) < 2:
        return None
    said = [item.text for item in known]
    features = fit_features([*texts, *said], embedder, language=book.language)
    rows, back = _span(features(said))
    labels = np.array([themes.index(str(item.theme)) for item in known])
    held_out = np.stack(
        [_held_out(rows, labels, len(themes), n) for n in range(_N_DEALS)]
    )
    boundary = _boundary(held_out, labels, known, target_precision)
    weights, intercepts = _regression(rows, labels, len(themes))
    return CodebookModel(themes, features, back @ weights, intercepts, boundary)


def _span(rows: csr_matrix) -> tuple[np.ndarray, np.ndarray]:
    """Return rows in the few dimensions that they span, and the way back.

    A codebook has hundreds of texts and its study thousands of words; a ridge penalty
    gives the same model in either space.
    """
    gram = np.asarray((rows @ rows.T).todense())
    strength, directions = np.linalg.eigh(gram)
    kept = strength > 1e-8 * strength[-1]
    length = np.sqrt(strength[kept])
    narrow = directions[:, kept] * length
    return narrow, np.asarray(rows.T @ (directions[:, kept] / length))


def _held_out(
    rows: np.ndarray, labels: np.ndarray, n_themes: int, deal: int
) -> np.ndarray:
    chances = np.zeros((len(labels), n_themes))
    fold = _dealt(labels, deal)
    for n in range(_N_FOLDS):
        weights, intercepts = _regression(rows[fold != n], labels[fold != n], n_themes)
        chances[fold == n] = _softmax(rows[fold == n] @ weights + intercepts)
    return chances


def _boundary(
    chances: np.ndarray, labels: np.ndarray, known: list[Reference], target: float
) -> Boundary:
    n_themes = chances.shape[-1]
    is_example = np.array([item.kind in ("example", "near miss") for item in known])
    if is_example.sum() < _FEWEST_EXAMPLES * n_themes:
        low, high = (lift / n_themes for lift in _LIFT)
        return Boundary(float(np.clip(_USUAL, low, high)), np.nan)
    truth = np.eye(n_themes, dtype=bool)[labels]
    return fit_boundary(
        chances[:, is_example].ravel(),
        np.tile(truth[is_example].ravel(), len(chances)),
        target_precision=target,
        least_coded=_LEAST_CODED * len(chances),
    )


def _dealt(labels: np.ndarray, deal: int) -> np.ndarray:
    """Deal each theme's texts to the folds, shuffled by the number of the deal."""
    random = np.random.default_rng(deal)
    fold = np.zeros(len(labels), dtype=int)
    for label in np.unique(labels):
        own = np.flatnonzero(labels == label)
        fold[random.permutation(own)] = (label + np.arange(len(own))) % _N_FOLDS
    return fold


def _regression(
    rows: np.ndarray, labels: np.ndarray, n_themes: int
) -> tuple[np.ndarray, np.ndarray]:
    from sklearn.linear_model import LogisticRegression

    weights, intercepts = np.zeros((rows.shape[1], n_themes)), np.zeros(n_themes)
    if len(np.unique(labels)) < 2:
        return weights, intercepts
    model = LogisticRegression(
        C=_STRENGTH, class_weight="balanced", max_iter=500, tol=1e-3
    )
    with warnings.catch_warnings():
        # Themes with a text or two each are no sign of a quantity, as scikit-learn fears.
        warnings.filterwarnings("ignore", "The number of unique classes", UserWarning)
        model.fit(rows, labels)
    classes = model.classes_
    coefficients, constants = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coefficients = np.vstack([-coefficients, coefficients]) / 2
        constants = np.array([-constants[0], constants[0]]) / 2
    intercepts -= 50  # of themes whose texts are all held out
    weights[:, classes] = coefficients.T
    intercepts[classes] = constants
    return weights, intercepts


def _softmax(margins: np.ndarray) -> np.ndarray:
    from scipy.special import softmax

    return np.asarray(softmax(margins, axis=1))
