"""A model of how people speak of what is missing and of what works."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import yaml

from empathy_insights.coding.clauses import Clauses, cut_clauses
from empathy_insights.coding.negation import negated
from empathy_insights.text.embedders import StaticEmbedder
from empathy_insights.text.tokens import Token, tokenize

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

_STRENGTH = 5.0  # inverse of regularisation
_WORDS = 1.5  # words tell stances apart better than meaning does
_DOUBT = 0.1  # of a question: the least that either side gets
_MOST = 3.0  # log-odds: no clause outvotes three others
_AT_ONCE = 2000  # clauses
_SIDES = ("asset", "need")


class Leanings(NamedTuple):
    """What was heard in each clause: above 0 a need, below 0 a strength (log-odds).

    `is_neutral` says of each clause whether it sounds like neither.
    """

    clauses: Clauses
    lean: np.ndarray
    is_neutral: np.ndarray


@dataclass(frozen=True, eq=False)
class StanceModel:
    """Hear a need or a strength, having learned from invented sentences only.

    Words that a negation reaches are words of their own, so that "not easy" is not
    "easy". Nothing is learned from the texts that are judged: what a passage gets does
    not depend on the others.

    Examples
    --------
    >>> heard = stance_model().hear(["The staff were kind, but nobody told us when."])
    >>> (heard.lean > 0).tolist()
    [False, True]
    """

    words: TfidfVectorizer
    said: LogisticRegression
    neutral: LogisticRegression
    asked: LogisticRegression

    def hear(self, texts: Sequence[str]) -> Leanings:
        """Return the leaning of each clause of each text."""
        clauses = cut_clauses(texts)
        lean = np.zeros(len(clauses.texts))
        is_neutral = np.zeros(len(clauses.texts), dtype=bool)
        words = list(_words_by_clause(texts, clauses))
        for start in range(0, len(words), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            rows = _rows(self.words, clauses.texts[part], words[part])
            lean[part] = self.said.decision_function(rows).clip(-_MOST, _MOST)
            is_neutral[part] = self.neutral.decision_function(rows) > 0
        return Leanings(clauses, lean, is_neutral)

    def ask(self, questions: Sequence[str]) -> np.ndarray:
        """Return what questions ask for: above 0 a need, below 0 a strength, 0 neither."""
        known = sorted({question for question in questions if question.strip()})
        if not known:
            return np.zeros(len(questions))
        rows = _rows(self.words, known, [_words(tokens) for tokens in tokenize(known)])
        asset, need, _ = self.asked.predict_proba(rows).T + _DOUBT
        lean = dict(zip(known, np.log(need / asset).tolist(), strict=True))
        return np.array([lean.get(question, 0.0) for question in questions])


@cache
def stance_model() -> StanceModel:
    """Learn from the sentences that the package ships, all in English."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    source = resources.files("empathy_insights.coding") / "data" / "stances.yaml"
    taught = yaml.safe_load(source.read_text(encoding="utf-8"))
    groups, asked = taught["said"].values(), taught["asked"]
    asset, need = ([t for group in groups for t in group[s]] for s in _SIDES)
    vectorizer = TfidfVectorizer(analyzer=_as_they_are, sublinear_tf=True)
    vectorizer.fit([_words(t) for t in tokenize([*asset, *need, *taught["neutral"]])])
    return StanceModel(
        words=vectorizer,
        said=_fit(vectorizer, asset, need),
        neutral=_fit(vectorizer, [*asset, *need], taught["neutral"]),
        asked=_fit(vectorizer, *(asked[side] for side in (*_SIDES, "neutral"))),
    )


def _fit(vectorizer: TfidfVectorizer, *classes: Sequence[str]) -> LogisticRegression:
    from sklearn.linear_model import LogisticRegression

    texts = [text for texts in classes for text in texts]
    labels = np.repeat(np.arange(len(classes)), [len(texts) for texts in classes])
    rows = _rows(vectorizer, texts, [_words(tokens) for tokens in tokenize(texts)])
    model = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=3000)
    return model.fit(rows, labels)


def _rows(
    vectorizer: TfidfVectorizer, texts: Sequence[str], words: Sequence[list[str]]
) -> csr_matrix:
    """Return a row a text: its meaning, and its words."""
    from scipy import sparse

    meaning = sparse.csr_matrix(StaticEmbedder()(texts).astype(np.float64))
    said = _WORDS * vectorizer.transform(words)
    return sparse.hstack([meaning, said], format="csr")


def _words_by_clause(texts: Sequence[str], clauses: Clauses) -> Iterator[list[str]]:
    """Yield the words of each clause, read in the whole text."""
    spans = iter(zip(clauses.owner.tolist(), clauses.spans, strict=True))
    waiting = next(spans, None)
    for number, tokens in enumerate(tokenize(texts)):
        reached = negated(tokens)
        place = 0
        while waiting is not None and waiting[0] == number:
            end = waiting[1][1]
            first = place
            while place < len(tokens) and tokens[place].start < end:
                place += 1
            yield _words(tokens[first:place], reached[first:place])
            waiting = next(spans, None)


def _words(tokens: Sequence[Token], reached: np.ndarray | None = None) -> list[str]:
    is_reached = negated(tokens) if reached is None else reached
    return [
        f"not {form}" if denied and form.isalpha() else form
        for token, denied in zip(tokens, is_reached.tolist(), strict=True)
        for form in token.forms
    ]


def _as_they_are(words: list[str]) -> list[str]:
    return words
