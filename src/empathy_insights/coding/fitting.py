"""Learn a coder from people's codings, judged on people it has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.features import fit_features
from empathy_insights.coding.learned import Boundary, LearnedCoder, ThemeModel
from empathy_insights.corpus import utterance_of
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS, COUNTED, NO_THEME, SEGMENTS
from empathy_insights.text.embedders import Embedder, StaticEmbedder

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_STRENGTH = 2.0  # inverse of regularisation
_LEAST_CODED = 5  # codings above a boundary before its precision is believed
_COLUMNS = [
    "theme", "positives", "people", "learned", "precision", "recall", "f1", "kappa", "low",
    "high", "auto_precision", "auto_share", "note",
]  # fmt: skip
_TOO_FEW = "too few to learn: using the codebook"
_IMPRECISE = "not precise enough to code: only suggests"


@dataclass(frozen=True, eq=False)
class _Lesson:
    """What there is to learn from: texts, themes given, and who said them."""

    texts: list[str]
    given: pd.DataFrame
    person: np.ndarray


def fit_coder(
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    book: Codebook,
    *,
    embedder: Embedder | None = None,
    target_precision: float = 0.8,
    min_positives: int = 10,
    n_folds: int = 5,
    n_resamples: int = 500,
    random_state: int = 0,
) -> LearnedCoder:
    """Learn from people's codings, with the codebook's own examples beside them.

    One logistic regression a theme, over words, word parts and embeddings. Boundaries
    and scores come from held-out folds in which no person is both learned from and
    judged on; the boundaries that judge a fold come from the other folds.

    Parameters
    ----------
    segments
        The segments that were coded (`participant_id` and `document_id` keep a person's
        words in one fold).
    codings
        People's codings, as `read_codings` gives them; a segment read without a theme
        counts as an example of none.
    embedder
        Places texts by meaning; offline static vectors when not given.
    target_precision
        A theme codes by itself (`auto`) only where this share of its codings is right
        on held-out people; else it only suggests.
    min_positives
        A theme with fewer coded segments, or coded for fewer than `n_folds` people, is
        not learned: its phrases are used.
    n_folds, n_resamples, random_state
        Folds, resamples of people for the interval, and the seed.

    Returns
    -------
    LearnedCoder
        A coder; its `scores` say how well it does, theme by theme.

    Raises
    ------
    TableError
        No segment was coded by people.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> from empathy_insights.codebook import Theme
    >>> said = ["The bus was late.", "My bus broke.", "Cold lunch.", "I like maps."] * 3
    >>> answers = pd.DataFrame({"who": [f"p{n}" for n in range(12)], "a": said})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> by_hand = CODINGS.frame(
    ...     {"segment_id": name, "theme": "bus" if "bus" in text else "no_theme",
    ...      "coder": "kim", "status": "human", "method": "read", "codebook_sha256": ""}
    ...     for name, text in zip(segments["segment_id"], segments["text"])
    ... )
    >>> book = Codebook("b", "B", themes=(Theme("bus", "Bus"),))
    >>> coder = fit_coder(segments, by_hand, book, min_positives=4, n_folds=2)
    >>> coder.scores[["theme", "positives", "people", "learned"]]
      theme  positives  people  learned
    0   bus          6       6     True
    """
    lesson = _lesson(SEGMENTS.check(segments), CODINGS.check(codings), book)
    embedder = embedder or StaticEmbedder()
    folds = _folds(lesson.person, n_folds)
    themes = [
        theme
        for theme in lesson.given.columns
        if _is_enough(lesson, theme, min_positives, n_folds)
    ]
    margins = _held_out_margins(lesson, book, themes, folds, embedder)
    features = fit_features(_with_examples(lesson.texts, book), book, embedder)
    rows = features(_with_examples(lesson.texts, book))
    random = np.random.default_rng(random_state)
    models, scores = {}, []
    for theme in lesson.given.columns:
        truth = lesson.given[theme].to_numpy()
        row = _row(theme, truth, lesson.person)
        if theme in margins:
            judged = _judge(truth, margins[theme], folds, target_precision)
            is_precise = _precision(truth, judged.auto) >= target_precision
            row |= _scores(truth, judged, lesson.person, n_resamples, random)
            row |= {"learned": True, "note": "" if is_precise else _IMPRECISE}
            labels = _labels(truth, theme, book)
            model = _model(rows, labels, truth, margins[theme], target_precision)
            models[theme] = model if is_precise else _suggesting(model)
        scores.append(row)
    return LearnedCoder(book, features, models, pd.DataFrame(scores, columns=_COLUMNS))


def _row(theme: str, truth: np.ndarray, person: np.ndarray) -> dict[str, object]:
    return {
        "theme": theme,
        "positives": int(truth.sum()),
        "people": len(set(person[truth])),
        "learned": False,
        "note": _TOO_FEW,
    }


def _lesson(segments: pd.DataFrame, codings: pd.DataFrame, book: Codebook) -> _Lesson:
    read = segments[segments["segment_id"].isin(codings["segment_id"])]
    read = read.sort_values("segment_id").reset_index(drop=True)
    if read.empty:
        raise TableError("no segment was coded by people; code some segments first")
    kept = codings[codings["status"].isin(COUNTED) & (codings["theme"] != NO_THEME)]
    themes = [theme.id for theme in book.main_themes]
    given = pd.crosstab(kept["segment_id"], kept["theme"]) > 0
    given = given.reindex(
        index=read["segment_id"], columns=themes, fill_value=False
    ).astype(bool)
    return _Lesson(read["text"].tolist(), given, _persons(read))


def _persons(segments: pd.DataFrame) -> np.ndarray:
    """Return who said each segment; unknown voices of a document are one."""
    documents = utterance_of(segments["segment_id"]).str.rsplit(":", n=1).str[0]
    if "participant_id" in segments.columns:
        documents = segments["participant_id"].astype("str").fillna(documents)
    return np.asarray(documents)


def _folds(person: np.ndarray, n_folds: int) -> np.ndarray:
    """Deal people to folds so that folds hold about as many segments."""
    names, sizes = np.unique(person, return_counts=True)
    fold_of: dict[str, int] = {}
    filled = np.zeros(n_folds)
    for n in np.argsort(-sizes, kind="stable"):
        fold = int(np.argmin(filled))
        fold_of[names[n]] = fold
        filled[fold] += sizes[n]
    return np.array([fold_of[name] for name in person])


def _is_enough(lesson: _Lesson, theme: str, least: int, n_folds: int) -> bool:
    truth = lesson.given[theme].to_numpy()
    return int(truth.sum()) >= least and len(set(lesson.person[truth])) >= n_folds


def _with_examples(texts: list[str], book: Codebook) -> list[str]:
    return [*texts, *(text for _, text in _examples(book))]


def _examples(book: Codebook) -> list[tuple[str | None, str]]:
    """Return the codebook's own texts and the theme that each belongs to."""
    found: list[tuple[str | None, str]] = []
    for theme in book.main_themes:
        for member in (theme, *book.sub_themes(theme.id)):
            texts = [member.name, member.definition, *(e.text for e in member.examples)]
            found += [(theme.id, text) for text in texts if text]
            found += [(miss.theme, miss.text) for miss in member.near_misses]
    return found


def _labels(truth: np.ndarray, theme: str, book: Codebook) -> np.ndarray:
    examples = [name == theme for name, _ in _examples(book)]
    return np.concatenate([truth, np.array(examples, dtype=bool)])


def _held_out_margins(
    lesson: _Lesson,
    book: Codebook,
    themes: Sequence[str],
    folds: np.ndarray,
    embedder: Embedder,
) -> dict[str, np.ndarray]:
    margins = {theme: np.zeros(len(lesson.texts)) for theme in themes}
    for fold in np.unique(folds):
        seen, unseen = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        texts = _with_examples([lesson.texts[n] for n in seen], book)
        features = fit_features(texts, book, embedder)
        rows, held_out = features(texts), features([lesson.texts[n] for n in unseen])
        for theme in themes:
            labels = _labels(lesson.given[theme].to_numpy()[seen], theme, book)
            weights, intercept = _regression(rows, labels)
            margins[theme][unseen] = held_out @ weights + intercept
    return margins


def _regression(rows: csr_matrix, labels: np.ndarray) -> tuple[np.ndarray, float]:
    from sklearn.linear_model import LogisticRegression

    if labels.all() or not labels.any():
        # A fold may leave one kind only, which says nothing about the other.
        return np.zeros(rows.shape[1]), 0.0
    model = LogisticRegression(
        C=_STRENGTH, class_weight="balanced", solver="liblinear", random_state=0
    ).fit(rows, labels)
    return np.asarray(model.coef_[0]), float(model.intercept_[0])


def _platt(margins: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    if truth.all() or not truth.any():
        return 1.0, 0.0
    model = LogisticRegression(C=1e3).fit(margins[:, None], truth)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _boundary(probabilities: np.ndarray, truth: np.ndarray, target: float) -> Boundary:
    """Suggest from the best F1 on; code from where the target precision is kept."""
    order = np.argsort(-probabilities, kind="stable")
    right = np.cumsum(truth[order])
    n = np.arange(1, len(order) + 1)
    f1 = 2 * right / (n + max(int(truth.sum()), 1))
    precise = np.flatnonzero((right / n >= target) & (n >= _LEAST_CODED))
    suggested = float(probabilities[order][int(np.argmax(f1))])
    if not len(precise):
        return Boundary(suggested, np.nan)
    return Boundary(suggested, max(suggested, float(probabilities[order][precise[-1]])))


@dataclass(frozen=True, eq=False)
class _Judged:
    """What the coder would have said of segments it had not seen."""

    found: np.ndarray
    auto: np.ndarray


def _judge(
    truth: np.ndarray, margins: np.ndarray, folds: np.ndarray, target: float
) -> _Judged:
    found, auto = np.zeros(len(truth), dtype=bool), np.zeros(len(truth), dtype=bool)
    for fold in np.unique(folds):
        other, own = folds != fold, folds == fold
        slope, offset = _platt(margins[other], truth[other])
        chance = 1 / (1 + np.exp(-(slope * margins + offset)))
        boundary = _boundary(chance[other], truth[other], target)
        found[own] = chance[own] >= boundary.suggested
        auto[own] = chance[own] >= boundary.auto
    return _Judged(found, auto)


def _model(
    rows: csr_matrix,
    labels: np.ndarray,
    truth: np.ndarray,
    margins: np.ndarray,
    target: float,
) -> ThemeModel:
    weights, intercept = _regression(rows, labels)
    slope, offset = _platt(margins, truth)
    chance = 1 / (1 + np.exp(-(slope * margins + offset)))
    return ThemeModel(
        weights, intercept, slope, offset, _boundary(chance, truth, target)
    )


def _suggesting(model: ThemeModel) -> ThemeModel:
    return replace(model, boundary=Boundary(model.boundary.suggested, np.nan))


def _scores(
    truth: np.ndarray,
    judged: _Judged,
    person: np.ndarray,
    n_resamples: int,
    random: np.random.Generator,
) -> dict[str, object]:
    cells = _cells(truth, judged.found, person)
    share = np.full(len(cells), 1 / len(cells))
    drawn = random.multinomial(len(cells), share, size=n_resamples) @ cells
    low, high = np.nanquantile(_f1(drawn), [0.025, 0.975])
    total = cells.sum(axis=0)
    right, wrong, missed, neither = total
    n = total.sum()
    expected = (
        (right + wrong) * (right + missed) + (missed + neither) * (wrong + neither)
    ) / n**2
    return {
        "precision": right / max(right + wrong, 1),
        "recall": right / max(right + missed, 1),
        "f1": float(_f1(total[None])[0]),
        "kappa": ((right + neither) / n - expected) / max(1 - expected, 1e-12),
        "low": float(low),
        "high": float(high),
        "auto_precision": _precision(truth, judged.auto),
        "auto_share": judged.auto.mean(),
    }


def _precision(truth: np.ndarray, found: np.ndarray) -> float:
    return float(truth[found].mean()) if found.any() else np.nan


def _cells(truth: np.ndarray, found: np.ndarray, person: np.ndarray) -> np.ndarray:
    """Count right, wrong, missed and rightly left, a row a person."""
    cell = np.select([truth & found, found, truth], [0, 1, 2], 3)
    counts = pd.crosstab(person, cell).reindex(columns=range(4), fill_value=0)
    return np.asarray(counts, dtype=np.float64)


def _f1(cells: np.ndarray) -> np.ndarray:
    right, wrong, missed = cells[:, 0], cells[:, 1], cells[:, 2]
    return np.asarray(2 * right / np.maximum(2 * right + wrong + missed, 1))
