"""What a learned coder sees of a segment: its text, its question, and the codebook's say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.features import Features, fit_features
from empathy_insights.coding.lexical import LexicalCoder
from empathy_insights.coding.model import CodebookModel, fit_codebook_model
from empathy_insights.coding.references import Reference, references
from empathy_insights.coding.vocabulary import Vocabulary, fit_vocabulary
from empathy_insights.text.embedders import Embedder

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_SAY = 0.3  # log-odds are larger numbers than word weights
_CERTAIN = 1e-4


@dataclass(frozen=True, eq=False)
class StudyFeatures:
    """Turn segments, and the codebook's own texts, into rows of numbers.

    Parameters
    ----------
    text
        Runs of two words, letters, meaning and form.
    questions
        The words of the questions asked.
    phrases
        Finds the codebook's phrases: a column a theme and strength.
    model
        What the codebook alone says: a column a theme; None when it tells nothing apart.
    """

    text: Features
    questions: Vocabulary
    phrases: LexicalCoder
    model: CodebookModel | None

    @property
    def known(self) -> list[Reference]:
        """The codebook's own texts, examples to learn from beside people's codings."""
        return references(self.phrases.codebook)

    def __call__(self, texts: Sequence[str], questions: Sequence[str]) -> csr_matrix:
        """Return a sparse row a segment."""
        from scipy import sparse

        parts = [
            self.text(texts),
            self.questions(questions),
            sparse.csr_matrix(_phrase_columns(self.phrases, texts)),
        ]
        if self.model is not None:
            chances = self.model(texts, smoothed=False).whole
            sure = np.clip(chances, _CERTAIN, 1 - _CERTAIN)
            parts.append(sparse.csr_matrix(_SAY * np.log(sure / (1 - sure))))
        return sparse.hstack(parts, format="csr")

    def of_known(self) -> csr_matrix:
        """Return a row for each of the codebook's own texts."""
        texts = [item.text for item in self.known]
        return self(texts, [""] * len(texts))


def fit_study_features(
    segments: pd.DataFrame, book: Codebook, embedder: Embedder
) -> StudyFeatures:
    """Learn the vocabulary of a study, coded or not, and of its codebook."""
    texts = segments["text"].tolist()
    known = [item.text for item in references(book)]
    return StudyFeatures(
        fit_features([*texts, *known], embedder, language=book.language, n_words=2),
        fit_vocabulary(questions_of(segments)),
        LexicalCoder(book),
        fit_codebook_model(book, texts, embedder),
    )


def questions_of(segments: pd.DataFrame) -> list[str]:
    """Return what was asked before each segment; empty where that is not known."""
    if "question" not in segments.columns:
        return [""] * len(segments)
    return [str(question) for question in segments["question"].fillna("")]


def _phrase_columns(phrases: LexicalCoder, texts: Sequence[str]) -> np.ndarray:
    themes = {theme.id: n for n, theme in enumerate(phrases.codebook.main_themes)}
    columns = np.zeros((len(texts), 2 * len(themes)))
    for row, hits in enumerate(phrases.hits(texts)):
        for hit in hits:
            theme = themes[hit.phrase.theme.split(".")[0]]
            columns[row, 2 * theme + (hit.phrase.strength == "weak")] = 1
    return columns
