"""A multi-label model of a codebook's stories: fitted once, kept, and calibrated.

Each theme has a logistic regression of its own, so that one theme does not push out
another. How sure it is was learned from stories whose writer it had not seen.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.models.features import (
    Features,
    Terms,
    Vocabulary,
    count_spread,
    fit_vocabulary,
)
from empathy_insights.coding.models.from_examples import CodebookModel
from empathy_insights.coding.models.lexical import Read
from empathy_insights.coding.models.references import references
from empathy_insights.coding.models.regression import chances_of, log_odds, packed
from empathy_insights.coding.models.rough_vectors import RoughVectors
from empathy_insights.text.embedders import Embedder

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_STRENGTH = 5.0  # inverse of regularisation
_N_WORDS, _N_TERMS = 2, 12_000  # runs of words; terms of each kind
_N_FOLDS = 4
_CERTAIN = 1e-6
_NEVER = -50.0  # log-odds of a theme that no text has
# What a strong and a weak phrase add to the log-odds. Stories were written to do without
# the words of a theme, so they tell too little of phrases: a regression on them gave 1.2
# and .4, one on the first 961 turns 2.6 and 1.3; 2 and 1 ranked best on the half `tune`.
_PHRASES = np.array([2.0, 1.0])
# What the model's log-odds are worth among people who did not write stories for it: held-out
# writers were a language model's too. Set on `tune` and round 1 of the sample.
_WORTH = 0.8


@dataclass(frozen=True, eq=False)
class StoryModel:
    """Say how likely a person would give each theme, by stories and phrases together.

    Parameters
    ----------
    model
        What the stories say: a logistic regression a theme.
    slope
        What a unit of the model's log-odds is worth on texts held out.
    by_theme
        What each theme adds.
    meaning
        The vectors of the codebook's own texts, in the order of `told`, where they are
        shipped: to embed eight thousand again takes a minute.
    """

    model: CodebookModel
    slope: float
    by_theme: np.ndarray
    meaning: RoughVectors | None = None

    def chances(self, whole: np.ndarray, phrases: np.ndarray) -> np.ndarray:
        """Return calibrated chances: a row a text, a column a theme.

        Parameters
        ----------
        whole
            What the model says of the texts.
        phrases
            Whether a strong and a weak phrase of the theme was found: the last axis.
        """
        said = _WORTH * self.slope * log_odds(whole, certain=_CERTAIN)
        return chances_of(said + self.by_theme + phrases @ _PHRASES)


def phrases_found(reads: Sequence[Read], themes: Sequence[str]) -> np.ndarray:
    """Return whether each text has a strong and a weak phrase of each main theme."""
    found = np.zeros((len(reads), len(themes), 2))
    place = {theme: n for n, theme in enumerate(themes)}
    for row, read in enumerate(reads):
        for hit in read.hits:
            theme = hit.phrase.theme.split(".")[0]
            found[row, place[theme], int(hit.phrase.strength == "weak")] = 1
    return found


def told(codebook: Codebook) -> tuple[list[str], np.ndarray]:
    """Return the codebook's own texts, and the themes of each: a column a theme."""
    places = {theme.id: n for n, theme in enumerate(codebook.main_themes)}
    given: dict[str, set[int]] = {}
    for item in references(codebook):
        owners = given.setdefault(item.text, set())
        if item.theme is not None:
            owners.add(places[item.theme])
    labels = np.zeros((len(given), len(places)), dtype=bool)
    for row, owners in enumerate(given.values()):
        labels[row, list(owners)] = True
    return list(given), labels


def fingerprint(texts: Sequence[str], given: np.ndarray) -> str:
    """Return a hash of the texts that teach a model, and of their themes."""
    told_by = hashlib.sha256("\0".join(texts).encode())
    told_by.update(np.packbits(given).tobytes())
    return told_by.hexdigest()


def fit_story_model(
    codebook: Codebook,
    embedder: Embedder,
    *,
    writer: Sequence[str] | None = None,
) -> StoryModel:
    """Fit a model to the codebook's own texts.

    Parameters
    ----------
    codebook
        At least twenty examples a theme.
    embedder
        Places texts by meaning.
    writer
        Who wrote each text of `told`; a writer's texts are held out together. Texts are
        dealt one by one when not given.
    """
    texts, given = told(codebook)
    spread = count_spread(texts, n_words=_N_WORDS)
    vocabulary = fit_vocabulary(spread, n_words=_N_WORDS, most=_N_TERMS)
    features = Features(vocabulary, embedder, codebook.language)
    rows = features(texts)
    themes = tuple(theme.id for theme in codebook.main_themes)
    fold = _dealt([str(n) for n in range(len(texts))] if writer is None else writer)
    whole = np.zeros(given.shape)
    for one in range(_N_FOLDS):
        unaware = fit_themes(themes, features, rows[fold != one], given[fold != one])
        held_out = np.flatnonzero(fold == one)
        said = unaware([texts[n] for n in held_out], smoothed=False)
        whole[held_out] = said.whole
    slope, by_theme = _calibrated(whole, given)
    return StoryModel(fit_themes(themes, features, rows, given), slope, by_theme)


def _dealt(writer: Sequence[str]) -> np.ndarray:
    """Deal writers to the folds, the same way every time."""
    codes, _ = pd.factorize(pd.Series(writer))
    return np.asarray(
        np.random.default_rng(0).permutation(codes.max() + 1)[codes] % _N_FOLDS
    )


def fit_themes(
    themes: tuple[str, ...], features: Features, rows: csr_matrix, given: np.ndarray
) -> CodebookModel:
    """Fit a regression a theme; a theme that no row has, or every row, tells nothing."""
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((rows.shape[1], given.shape[1]))
    intercepts = np.where(given.all(axis=0), -_NEVER, _NEVER)
    for n in np.flatnonzero(given.any(axis=0) & ~given.all(axis=0)):
        fit = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=300)
        fit.fit(rows, given[:, n])
        weights[:, n], intercepts[n] = fit.coef_[0], fit.intercept_[0]
    return CodebookModel(themes, features, weights, intercepts, is_multilabel=True)


def _calibrated(whole: np.ndarray, given: np.ndarray) -> tuple[float, np.ndarray]:
    """Learn from texts held out what the model's log-odds and each theme are worth."""
    from sklearn.linear_model import LogisticRegression

    n, n_themes = given.shape
    odds = log_odds(whole, certain=_CERTAIN).reshape(-1, 1)
    rows = np.hstack([odds, np.tile(np.eye(n_themes), (n, 1))])
    fit = LogisticRegression(C=1.0, max_iter=500).fit(rows, given.ravel())
    slope, *by_theme = fit.coef_[0]
    return float(slope), np.array(by_theme) + fit.intercept_[0]


# A fitted model as one small file.


def write_story_model(fitted: StoryModel, codebook: Codebook) -> bytes:
    """Return the file of a fitted model: arrays in half precision, the same every time."""
    model = fitted.model
    vocabulary = model.features.vocabulary
    arrays = {
        "fingerprint": np.array(fingerprint(*told(codebook))),
        "weights": _parted(model.weights),
        "intercepts": model.intercepts,
        "slope": np.array(fitted.slope),
        "by_theme": fitted.by_theme,
    }
    if fitted.meaning is not None:
        arrays |= fitted.meaning._asdict()
    return packed(arrays | vocabulary_arrays(vocabulary))


def vocabulary_arrays(vocabulary: Vocabulary) -> dict[str, np.ndarray]:
    """Return words and letters as arrays for a file; `read_vocabulary` reads them."""
    arrays: dict[str, np.ndarray] = {}
    for name in ("words", "letters"):
        terms: Terms = getattr(vocabulary, name)
        joined = np.frombuffer("\n".join(terms.terms).encode(), dtype=np.uint8)
        arrays |= {name: joined, f"{name}_rarity": terms.rarity.astype(np.float16)}
    return arrays


def read_vocabulary(arrays: np.lib.npyio.NpzFile, n_words: int) -> Vocabulary:
    """Return the words and letters in a file, and runs of up to so many words."""
    words, letters = _terms(arrays)
    return Vocabulary(words, letters, n_words)


def story_model_of(
    content: bytes, codebook: Codebook, embedder: Embedder
) -> StoryModel | None:
    """Return a fitted model, or None where it is of other stories."""
    with np.load(io.BytesIO(content)) as arrays:
        is_its = str(arrays["fingerprint"]) == fingerprint(*told(codebook))
    return read_story_model(content, codebook, embedder) if is_its else None


def read_story_model(
    content: bytes, codebook: Codebook, embedder: Embedder
) -> StoryModel:
    """Return the model of a file that `write_story_model` made, for the same codebook."""
    with np.load(io.BytesIO(content)) as arrays:
        vocabulary = read_vocabulary(arrays, _N_WORDS)
        model = CodebookModel(
            tuple(theme.id for theme in codebook.main_themes),
            Features(vocabulary, embedder, codebook.language),
            _joined(arrays["weights"]),
            arrays["intercepts"],
            is_multilabel=True,
        )
        meaning = None
        if "codes" in arrays:
            meaning = RoughVectors(*(arrays[name] for name in RoughVectors._fields))
        return StoryModel(model, float(arrays["slope"]), arrays["by_theme"], meaning)


def _parted(weights: np.ndarray) -> np.ndarray:
    """Return numbers in half precision, their high bytes apart: these are packed better."""
    halves = np.ascontiguousarray(weights, dtype="<f2")
    return np.moveaxis(halves.view(np.uint8).reshape(*halves.shape, 2), -1, 0).copy()


def _joined(parts: np.ndarray) -> np.ndarray:
    halves = np.ascontiguousarray(np.moveaxis(parts, 0, -1)).view("<f2")
    return halves[..., 0].astype(np.float64)


def _terms(arrays: np.lib.npyio.NpzFile) -> Iterator[Terms]:
    for name in ("words", "letters"):
        terms = bytes(arrays[name]).decode().split("\n")
        yield Terms(tuple(terms), arrays[f"{name}_rarity"].astype(np.float64))
