"""A model of the codebook's own texts: which theme something sounds like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.models.boundaries import Boundaries, boundaries_by_examples
from empathy_insights.coding.models.clauses import Clauses, cut_clauses, indicators
from empathy_insights.coding.models.features import (
    N_SIGNS,
    Features,
    Spread,
    Vocabulary,
    count_spread,
    count_terms,
    fit_vocabulary,
    signs_of_form,
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
from empathy_insights.in_parts import made_in_parts
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

    def by_words(self) -> _ByWords:
        """Return what of the model it takes to judge words and form."""
        _, _, of_words = self._parts
        features = self.features
        return _ByWords(features.vocabulary, of_words, features.language)

    def judge(self, said: np.ndarray, heard: Heard) -> Chances:
        """Return the same, not smoothed, where it is known what the words say."""
        clauses = heard.clauses
        n = len(heard.texts)
        # Few texts teach the most of single words, which a clause by itself holds apart.
        meaning, of_clauses = heard.meaning(
            self.features.embedder, in_context=self.is_multilabel
        )
        of_meaning, of_form, _ = self._parts
        margins = said[heard.spoken.place]
        margins += np.concatenate([meaning, of_clauses]) @ of_meaning
        # A clause has the form of its text: "?" stands at the end of both.
        whose = np.concatenate([np.arange(n), clauses.owner])
        form = heard.spoken.form[self.features.language]
        margins += (form @ of_form)[whose] + self.intercepts
        link = chances_of if self.is_multilabel else softmax
        chances = link(margins)[:, : len(self.themes)]
        best = np.zeros((n, chances.shape[1]))
        np.maximum.at(best, clauses.owner, chances[n:])
        share = _WHOLE_STORY if self.is_multilabel else _WHOLE
        whole = share * chances[:n] + (1 - share) * best
        return Chances(whole, meaning, telling(clauses, chances[n:], n))

    @property
    def _parts(self) -> list[np.ndarray]:
        """The weights of meaning, of form and of words."""
        vocabulary = self.features.vocabulary
        n_words = len(vocabulary.words.terms) + len(vocabulary.letters.terms)
        n_before = len(self.weights) - n_words
        return np.split(self.weights, [n_before - N_SIGNS, n_before])


class _ByWords(NamedTuple):
    """What of a model it takes to judge words and form, and no more."""

    vocabulary: Vocabulary
    weights: np.ndarray
    language: str


class _Spoken(NamedTuple):
    """What stands in texts, whatever it means.

    `said` has an array a model: a row a different text or clause, and `place` the row of
    each text, then of each clause. `form` has the signs of each text, by language.
    """

    clauses: Clauses
    place: np.ndarray
    said: list[np.ndarray]
    form: dict[str, np.ndarray]


def _speak(
    models: Sequence[_ByWords], parts: Sequence[Sequence[str]]
) -> Iterator[_Spoken]:
    """Yield what each model says of the words of each part's texts."""
    for texts in parts:
        clauses = cut_clauses(texts)
        # A text of one clause has its words, and short answers repeat each other.
        every = np.array([*texts, *clauses.texts], dtype=object)
        place, different = pd.factorize(every)
        lengths = {model.vocabulary.n_words for model in models}
        counted = {n: count_terms(different, n_words=n) for n in lengths}
        yield _Spoken(
            clauses._replace(texts=[]),
            place,
            [
                model.vocabulary.times(counted[model.vocabulary.n_words], model.weights)
                for model in models
            ],
            {
                language: signs_of_form(texts, language)
                for language in {model.language for model in models}
            },
        )


def judged_by(
    models: Sequence[CodebookModel], texts: Sequence[str], *, smoothed: bool = True
) -> Iterator[Chances]:
    """Yield what each of several models says of the same texts.

    What they see alike (clauses, words, letters, vectors) is made once. Words are judged
    where there is room for it (`made_in_parts`).
    """
    parts = [texts[n : n + _AT_ONCE] for n in range(0, len(texts), _AT_ONCE)]
    speak = partial(_speak, [model.by_words() for model in models])
    spoken = made_in_parts(speak, parts, size=1)
    every = [
        [
            model.judge(said, heard)
            for model, said in zip(models, heard.spoken.said, strict=True)
        ]
        for heard in map(Heard, parts, spoken)
    ]
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
    """Hold texts, what stands in them, and their meaning, made when it is first asked for."""

    def __init__(self, texts: Sequence[str], spoken: _Spoken) -> None:
        self.texts, self.spoken = texts, spoken
        self._meaning: dict[tuple[str, bool], tuple[np.ndarray, np.ndarray]] = {}

    @property
    def clauses(self) -> Clauses:
        """Where the clauses of the texts stand."""
        return self.spoken.clauses

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
    """Each theme's probability, and the clause that says most for it.

    Parameters
    ----------
    whole
        A row a text, a column a theme.
    meaning
        The texts' embeddings.
    spans
        Where the clause stands in the text: its start and end, for each text and theme.
    """

    whole: np.ndarray
    meaning: np.ndarray
    spans: np.ndarray


def telling(clauses: Clauses, said: np.ndarray, n_texts: int) -> np.ndarray:
    """Return where the clause of each text stands that says most for each theme.

    Parameters
    ----------
    said
        How much each clause says: a row a clause, a column a theme.
    """
    spans = np.zeros((n_texts, said.shape[1], 2), dtype=np.int32)
    places = np.array(clauses.spans, dtype=np.int32).reshape(-1, 2)
    ends = np.searchsorted(clauses.owner, np.arange(n_texts + 1)).tolist()
    for n, (first, end) in enumerate(pairwise(ends)):
        if first < end:
            spans[n] = places[first + said[first:end].argmax(axis=0)]
    return spans


def no_chances(n_texts: int, n_themes: int = 0) -> Chances:
    """Return what can be said of texts where there are no themes to tell apart."""
    none = np.zeros((n_texts, n_themes))
    return Chances(none, none, np.zeros((*none.shape, 2), dtype=np.int32))


def smooth(chances: np.ndarray, meaning: np.ndarray) -> np.ndarray:
    """Return what rows of like meaning got on average (ridge regression on vectors).

    People of one study say alike what no example of the codebook says; what its words
    leave open for one row is lent by the others. Each column keeps its spread.
    """
    alike = ridge(meaning, chances, strength=_SMOOTHING)
    middle, spread = chances.mean(axis=0), alike.std(axis=0)
    ratio = chances.std(axis=0) / np.where(spread > 0, spread, 1)
    return np.asarray(np.clip(middle + (alike - middle) * ratio, 0, 1))


def _joined(parts: Sequence[Chances]) -> Chances:
    every = zip(*(vars(part).values() for part in parts), strict=True)
    return Chances(*map(np.concatenate, every))


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
