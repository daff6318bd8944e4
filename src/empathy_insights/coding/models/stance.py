"""Whether a passage speaks of a need, of a strength, or of both."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import yaml

from empathy_insights.codebook import Codebook
from empathy_insights.coding.models.clauses import Clauses, cut_clauses, negated
from empathy_insights.coding.models.features import Terms, count_words, terms_of
from empathy_insights.coding.models.lexical import LexicalCoder, Read
from empathy_insights.coding.models.regression import packed, softmax
from empathy_insights.coding.models.study_features import said_in
from empathy_insights.in_parts import made_in_parts
from empathy_insights.text.embedders import StaticEmbedder
from empathy_insights.text.tokens import Token, tokenize
from empathy_insights.text_memory import of_each

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression


# A model of how people speak of what is missing and of what works.


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

    Parameters
    ----------
    words
        The words of these sentences, and how rare each is.
    weights, intercepts
        Logistic regressions: rows are meaning and words, columns say need against
        strength, neither against both, and what questions ask for (three).

    Examples
    --------
    >>> heard = stance_model().hear(["The staff were kind, but nobody told us when."])
    >>> (heard.lean > 0).tolist()
    [False, True]
    """

    words: Terms
    weights: np.ndarray
    intercepts: np.ndarray

    def hear(self, texts: Sequence[str]) -> Leanings:
        """Return the leaning of each clause of each text."""
        told = of_each(["leaning"], texts, partial(made_in_parts, self._told))
        lean = [one for leans, _ in told for one in leans]
        is_neutral = [one for _, neutral in told for one in neutral]
        return Leanings(
            cut_clauses(texts), np.array(lean, float), np.array(is_neutral, bool)
        )

    def _told(self, texts: Sequence[str]) -> Iterator[tuple[list[float], list[bool]]]:
        """Yield the leanings of a text's clauses, and which are neutral."""
        clauses = cut_clauses(texts)
        lean, is_neutral = self._leanings(texts, clauses)
        ends = np.searchsorted(clauses.owner, np.arange(len(texts) + 1))
        for own in map(slice, ends, ends[1:]):
            yield lean[own].tolist(), is_neutral[own].tolist()

    def _leanings(
        self, texts: Sequence[str], clauses: Clauses
    ) -> tuple[np.ndarray, np.ndarray]:
        lean = np.zeros(len(clauses.texts))
        is_neutral = np.zeros(len(clauses.texts), dtype=bool)
        words = list(_words_by_clause(texts, clauses))
        for start in range(0, len(words), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            said, neutral, *_ = self._margins(clauses.texts[part], words[part])
            lean[part] = said.clip(-_MOST, _MOST)
            is_neutral[part] = neutral > 0
        return lean, is_neutral

    def _margins(self, texts: Sequence[str], words: Sequence[list[str]]) -> np.ndarray:
        """Return what each regression says: a row a regression, a column a text."""
        meaning = StaticEmbedder()(texts).astype(np.float64)
        of_meaning, of_words = np.split(self.weights, [meaning.shape[1]])
        said = _WORDS * self.words.times(count_words(words), of_words)
        return np.asarray(meaning @ of_meaning + said + self.intercepts).T

    def ask(self, questions: Sequence[str]) -> np.ndarray:
        """Return what questions ask for: above 0 a need, below 0 a strength, 0 neither."""
        known = sorted({question for question in questions if question.strip()})
        lean = dict(zip(known, of_each(["asked"], known, self._asked), strict=True))
        return np.array([lean.get(question, 0.0) for question in questions])

    def _asked(self, questions: list[str]) -> list[float]:
        words = [_words(tokens) for tokens in tokenize(questions)]
        _, _, *asked = self._margins(questions, words)
        asset, need, _ = softmax(np.column_stack(asked)).T + _DOUBT
        told: list[float] = np.log(need / asset).tolist()
        return told


@cache
def stance_model() -> StanceModel:
    """Return the model of the sentences that the package ships, all in English."""
    fitted = resources.files("empathy_insights.coding") / "data" / "stances.npz"
    with np.load(io.BytesIO(fitted.read_bytes())) as arrays:
        words = bytes(arrays["words"]).decode().split("\n")
        terms = Terms(tuple(words), arrays["rarity"])
        return StanceModel(terms, arrays["weights"], arrays["intercepts"])


def write_stance_model(source: Path) -> bytes:
    """Learn from a file of sentences anew, and return the file that the package ships."""
    taught = yaml.safe_load(source.read_text(encoding="utf-8"))
    groups, asked = taught["said"].values(), taught["asked"]
    asset, need = ([t for group in groups for t in group[s]] for s in _SIDES)
    neutral = taught["neutral"]
    said = [_words(tokens) for tokens in tokenize([*asset, *need, *neutral])]
    words = terms_of(count_words(said))
    fits = [
        _fit(words, asset, need),
        _fit(words, [*asset, *need], neutral),
        _fit(words, *(asked[side] for side in (*_SIDES, "neutral"))),
    ]
    return packed(
        {
            "words": np.frombuffer("\n".join(words.terms).encode(), dtype=np.uint8),
            "rarity": words.rarity,
            "weights": np.concatenate([fit.coef_ for fit in fits]).T,
            "intercepts": np.concatenate([fit.intercept_ for fit in fits]),
        }
    )


def _fit(words: Terms, *classes: Sequence[str]) -> LogisticRegression:
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    texts = [text for texts in classes for text in texts]
    labels = np.repeat(np.arange(len(classes)), [len(texts) for texts in classes])
    meaning = sparse.csr_matrix(StaticEmbedder()(texts).astype(np.float64))
    said = words.rows(count_words([_words(tokens) for tokens in tokenize(texts)]))
    rows = sparse.hstack([meaning, _WORDS * said], format="csr")
    model = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=3000)
    return model.fit(rows, labels)


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


# Log-odds, set by round 1 of the sample (benchmarks/HISTORY.md).
_QUESTION, _CUE = 1.3, 2.0
_EVEN, _STRONG = 0.2, 2.0  # both sides strong, and neither wins: mixed
# "What could be better?" - "Nothing, really." But not: "No internet."
_DENIAL = (
    r"(?i)\W*(?:no|nope|none|nothing|n/?a|not|can['’]?t think)\b\W*(?:(?:no|none|nothing|not"
    r"|really|at|all|else|that|i|can|think|of|any|anything|comes|to|mind|thanks|thank"
    r"|you)\b\W*)*$"
)
_ASKED = 1.0  # a question from which on a plain answer is not neutral


def with_attributes(
    codings: pd.DataFrame, segments: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """Return codings with the stance and suggestion of what they stand on.

    A theme says what is talked about; without its stance, praise would be counted as a
    problem. A model of invented sentences hears, clause by clause, what is missing
    (`need`) and what works (`asset`); the clause that is the coding's evidence weighs
    most, its neighbours less the further they are. The question that was asked and the
    codebook's cues are added; cues of both sides, or strong clauses of both in balance,
    are `mixed`; what sounds like neither is `neutral`. For a codebook in a language
    other than English the cues decide alone. A stance or suggestion that a coding
    already has stays. Whether the speaker suggests a change is independent of stance.

    Returns
    -------
    pandas.DataFrame
        The codings with `stance` and `suggestion` (true or false).
    """
    coded = segments[segments["segment_id"].isin(codings["segment_id"])]
    reads = LexicalCoder(codebook).read(coded["text"].tolist())
    return attach_attributes(codings, coded, reads, language=codebook.language)


def attach_attributes(
    codings: pd.DataFrame,
    segments: pd.DataFrame,
    reads: Sequence[Read],
    *,
    language: str,
) -> pd.DataFrame:
    """Return codings with the attributes that their segments and the cues there give."""
    rows = pd.Index(segments["segment_id"]).get_indexer(codings["segment_id"])
    cues = _Cues(
        *(
            np.array([cue in read.cues for read in reads], dtype=bool)[rows]
            for cue in _Cues._fields
        )
    )
    if language == "en" and len(codings):
        stances = _by_words(codings, segments.iloc[rows], cues)
    else:
        stances = _by_cues(cues)
    return codings.assign(
        stance=_unless_given(codings, "stance", stances).astype("str"),
        suggestion=_unless_given(codings, "suggestion", cues.suggestion).astype(bool),
    )


class _Cues(NamedTuple):
    """Whether a cue was found, a row a coding."""

    need: np.ndarray
    asset: np.ndarray
    suggestion: np.ndarray


def _unless_given(codings: pd.DataFrame, name: str, found: np.ndarray) -> pd.Series:
    made = pd.Series(found, index=codings.index, dtype="object")
    if name not in codings.columns:
        return made
    return codings[name].astype("object").where(codings[name].notna(), made)


def _by_cues(cues: _Cues) -> np.ndarray:
    return np.select(
        [cues.need & cues.asset, cues.need, cues.asset],
        ["mixed", "need", "asset"],
        "neutral",
    )


def _by_words(codings: pd.DataFrame, said: pd.DataFrame, cues: _Cues) -> np.ndarray:
    """Return stances; `said` is the segment of each coding."""
    which, texts = pd.factorize(said["text"])
    begins = said["start"].to_numpy(dtype=np.float64)
    evidence = codings[["evidence_start", "evidence_end"]].to_numpy(dtype=np.float64)
    heard = _heard(
        stance_model().hear(texts.tolist()), which, evidence - begins[:, None]
    )
    asked = stance_model().ask(said_in(said).questions)
    asked = np.where(said["text"].str.match(_DENIAL), -asked, asked)
    cue = cues.need.astype(int) - cues.asset.astype(int)
    lean = np.where(heard.is_neutral, 0, heard.lean) + _QUESTION * asked + _CUE * cue
    in_balance = heard.is_strong_both & (np.abs(lean) < _EVEN)
    is_plain = heard.is_neutral & (np.abs(asked) < _ASKED)
    return np.select(
        [
            (cues.need & cues.asset) | in_balance,
            is_plain & ~cues.need & ~cues.asset,
            lean > 0,
        ],
        ["mixed", "neutral", "need"],
        "asset",
    )


class _Heard(NamedTuple):
    """What was heard around the evidence of each coding."""

    lean: np.ndarray
    is_strong_both: np.ndarray
    is_neutral: np.ndarray


def _heard(leanings: Leanings, texts: np.ndarray, evidence: np.ndarray) -> _Heard:
    """Weigh the clauses of each coding's text by how near its evidence they are."""
    owner, n = leanings.clauses.owner, len(texts)
    first = np.searchsorted(owner, texts)
    counts = np.searchsorted(owner, texts, side="right") - first
    coding = np.repeat(np.arange(n), counts)
    place = np.arange(len(coding)) - np.repeat(np.cumsum(counts) - counts, counts)
    clause = first[coding] + place
    spans = np.array(leanings.clauses.spans, dtype=np.float64).reshape(-1, 2)[clause]
    weight = 1 / (1 + _distance(coding, place, spans, evidence))
    lean = leanings.lean[clause]
    total = np.bincount(coding, weight, n)
    strongest = np.zeros((2, n))
    for side, values in enumerate((lean, -lean)):
        np.maximum.at(strongest[side], coding, values)
    return _Heard(
        np.bincount(coding, weight * lean, n) / np.where(total > 0, total, 1),
        np.asarray((strongest > _STRONG).all(axis=0)),
        np.bincount(coding, leanings.is_neutral[clause], n) == counts,
    )


def _distance(
    coding: np.ndarray, place: np.ndarray, spans: np.ndarray, evidence: np.ndarray
) -> np.ndarray:
    """Return how many clauses away each is from its coding's evidence (0 without any)."""
    start, end = evidence[coding].T
    is_inside = (spans[:, 0] < end) & (spans[:, 1] > start)
    low = np.full(len(evidence), np.inf)
    high = np.full(len(evidence), -np.inf)
    np.minimum.at(low, coding[is_inside], place[is_inside])
    np.maximum.at(high, coding[is_inside], place[is_inside])
    low, high = np.where(low <= high, [low, high], [[-np.inf], [np.inf]])
    away = np.maximum(low[coding] - place, place - high[coding])
    return np.asarray(np.maximum(away, 0))
