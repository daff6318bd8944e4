"""A model of the codebook's own texts: which theme something sounds like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.models.boundaries import Boundaries, boundaries_by_examples
from empathy_insights.coding.models.clauses import Clauses, cut_clauses, indicators
from empathy_insights.coding.models.features import (
    Counted,
    Features,
    Spread,
    count_spread,
    count_terms,
    fit_vocabulary,
)
from empathy_insights.coding.models.references import Reference, references
from empathy_insights.coding.models.regression import (
    chances_of,
    narrowed,
    regression,
    ridge,
    softmax,
    widened,
)
from empathy_insights.text.embedders import Embedder

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


_AT_ONCE = 1000  # texts; their words and letters take much memory
_SMOOTHING, _LENT = 5.0, 0.25
# The share of the whole text beside its most telling clause. A story is told over several
# clauses; what a codebook of few texts knows stands in one.
_WHOLE, _WHOLE_STORY = 0.5, 0.8


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
        A multinomial logistic regression: a column a theme, and a last one for texts of
        no theme where the codebook has such.
    is_multilabel
        Whether each column is a regression of its own, learned from stories, so that
        themes do not compete.
    """

    themes: tuple[str, ...]
    features: Features
    weights: np.ndarray
    intercepts: np.ndarray
    is_multilabel: bool = False

    def __call__(self, texts: Sequence[str], *, smoothed: bool = True) -> Chances:
        """Return each theme's probability for each text, and the clauses behind it.

        It is the mean of what the whole text and its most telling clause say: a passage
        may touch on a theme in one clause out of ten. Stories speak by four fifths as a
        whole. A quarter of it is what texts of like meaning got on average (`smooth`).
        """
        [chances] = judged_by([self], texts, smoothed=smoothed)
        return chances

    def judge(self, heard: Heard) -> Chances:
        """Return the same, not smoothed."""
        clauses = heard.clauses
        n = len(heard.texts)
        # Few texts teach the most of single words, which a clause by itself holds apart.
        meaning, of_clauses = heard.meaning(
            self.features.embedder, in_context=self.is_multilabel
        )
        form = heard.form(self.features)
        of_meaning, of_form, of_words = np.split(
            self.weights, np.cumsum([meaning.shape[1], form.shape[1]])
        )
        vocabulary = self.features.vocabulary
        said = vocabulary.times(heard.counted(vocabulary.n_words), of_words)
        margins = said[heard.place]
        margins += np.concatenate([meaning, of_clauses]) @ of_meaning
        # A clause has the form of its text: "?" stands at the end of both.
        whose = np.concatenate([np.arange(n), clauses.owner])
        margins += (form @ of_form)[whose] + self.intercepts
        link = chances_of if self.is_multilabel else softmax
        chances = link(margins)[:, : len(self.themes)]
        best = np.zeros((n, chances.shape[1]))
        np.maximum.at(best, clauses.owner, chances[n:])
        share = _WHOLE_STORY if self.is_multilabel else _WHOLE
        whole = share * chances[:n] + (1 - share) * best
        return Chances(whole, meaning, clauses, chances[n:])


def judged_by(
    models: Sequence[CodebookModel], texts: Sequence[str], *, smoothed: bool = True
) -> Iterator[Chances]:
    """Yield what each of several models says of the same texts.

    What they see alike (clauses, words, letters, vectors) is made once.
    """
    at_once = (texts[n : n + _AT_ONCE] for n in range(0, len(texts), _AT_ONCE))
    every = [[model.judge(heard) for model in models] for heard in map(Heard, at_once)]
    for n, model in enumerate(models):
        if not every:
            yield no_chances(0, len(model.themes))
            continue
        chances = _joined([said[n] for said in every])
        if smoothed:
            alike = smooth(chances.whole, chances.meaning)
            whole = (1 - _LENT) * chances.whole + _LENT * alike
            chances = replace(chances, whole=whole)
        yield chances


class Heard:
    """Hold texts, and what models see of them alike, made when it is first asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.clauses = cut_clauses(texts)
        # A text of one clause has its words, and short answers repeat each other.
        every = np.array([*texts, *self.clauses.texts], dtype=object)
        self.place, self._said = pd.factorize(every)
        self._counted: dict[int, Counted] = {}
        self._meaning: dict[tuple[str, bool], tuple[np.ndarray, np.ndarray]] = {}
        self._form: dict[str, np.ndarray] = {}

    def counted(self, n_words: int) -> Counted:
        """Return the terms of each text and clause, one row where they are the same."""
        if n_words not in self._counted:
            self._counted[n_words] = count_terms(self._said, n_words=n_words)
        return self._counted[n_words]

    def form(self, features: Features) -> np.ndarray:
        """Return the signs of form of the texts."""
        if features.language not in self._form:
            self._form[features.language] = features.form(self.texts)
        return self._form[features.language]

    def meaning(
        self, embedder: Embedder, *, in_context: bool
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the vectors of the texts, and of the clauses."""
        key = embedder.name, in_context
        if key not in self._meaning:
            self._meaning[key] = self.clauses.meaning(
                self.texts, embedder, in_context=in_context
            )
        return self._meaning[key]


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
    leave open for one row is lent by the others. Each column keeps its spread.
    """
    alike = ridge(meaning, chances, strength=_SMOOTHING)
    middle, spread = chances.mean(axis=0), alike.std(axis=0)
    ratio = chances.std(axis=0) / np.where(spread > 0, spread, 1)
    return np.asarray(np.clip(middle + (alike - middle) * ratio, 0, 1))


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


def fit_codebook_model(
    codebook: Codebook, texts: Sequence[str], embedder: Embedder
) -> CodebookModel | None:
    """Learn the themes from the codebook's own texts and what else it says of them.

    Its texts are names, definitions, examples and near misses (`references`); beside
    them stand phrases, listed things and ways of speaking (`indicators`). The texts to
    be coded lend their vocabulary only: how rare each word is in this study. Where the
    codebook has texts of no theme (`no_theme`), these are a class of their own, so that
    small talk sounds like no theme.

    Returns
    -------
    CodebookModel or None
        None when fewer than two themes have a text: there is nothing to tell apart.
    """
    taught = teach(codebook, count_spread(texts), embedder)
    return None if taught is None else taught.model()


class Taught(NamedTuple):
    """The texts that a codebook teaches by, as rows of features."""

    themes: tuple[str, ...]
    known: list[Reference]
    labels: np.ndarray
    features: Features
    rows: csr_matrix
    narrow: np.ndarray

    def model(self) -> CodebookModel:
        """Fit the model to all texts."""
        n_classes = int(self.labels.max()) + 1
        weights, intercepts = regression(self.narrow, self.labels, n_classes)
        wide = widened(self.rows, self.narrow, weights)
        return CodebookModel(self.themes, self.features, wide, intercepts)

    def boundaries(self, target_precision: float) -> Boundaries:
        """Return where the model suggests and where it codes, by held-out examples."""
        return boundaries_by_examples(
            self.narrow,
            self.labels,
            self.known,
            len(self.themes),
            target_precision=target_precision,
        )


def teach(codebook: Codebook, studied: Spread, embedder: Embedder) -> Taught | None:
    """Turn what a codebook says into rows; None when there is nothing to tell apart.

    `studied` says how widespread terms are in the texts to be coded.
    """
    known = [item for item in references(codebook) if item.theme or codebook.no_theme]
    if not codebook.is_taught:
        # Twenty examples a theme say it better, and phrases then have their own say.
        known += indicators(codebook)
    have_texts = {item.theme for item in known}
    themes = tuple(theme.id for theme in codebook.main_themes if theme.id in have_texts)
    if len(themes) < 2:
        return None
    said = [item.text for item in known]
    vocabulary = fit_vocabulary(studied, count_spread(said))
    features = Features(vocabulary, embedder, codebook.language)
    rows = features(said)
    classes = [*themes, None]
    labels = np.array([classes.index(item.theme) for item in known])
    return Taught(themes, known, labels, features, rows, narrowed(rows))
