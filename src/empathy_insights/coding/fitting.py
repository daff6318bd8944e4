"""Learn a coder from people's codings, judged on people it has not seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.boundaries import Boundary
from empathy_insights.coding.held_out import (
    Judged,
    ThemeModel,
    calibrate,
    fit_margins,
    held_out_margins,
    judge,
)
from empathy_insights.coding.learned import LearnedCoder
from empathy_insights.coding.lessons import Lesson, read_lesson
from empathy_insights.coding.scores import precision, score_theme
from empathy_insights.coding.study_features import (
    StudyFeatures,
    fit_study_features,
    questions_of,
)
from empathy_insights.tables import CODINGS, SEGMENTS
from empathy_insights.text.embedders import Embedder, StaticEmbedder

_COLUMNS = [
    "theme", "positives", "people", "learned", "precision", "recall", "f1", "kappa", "low",
    "high", "auto_precision", "auto_share", "note",
]  # fmt: skip
_FEWEST_PEOPLE = 3
_TOO_FEW = "too few to learn: using the codebook"
_IMPRECISE = "not precise enough to code: only suggests"


def fit_coder(
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    book: Codebook,
    *,
    embedder: Embedder | None = None,
    target_precision: float = 0.8,
    min_positives: int = 5,
    n_folds: int = 5,
    n_resamples: int = 500,
    random_state: int = 0,
) -> LearnedCoder:
    """Learn from people's codings, with the codebook's own examples beside them.

    One logistic regression a theme, over words, letters, embeddings, phrases, the words
    of the question asked, and what a model of the codebook alone says. Boundaries and
    scores come from held-out folds in which no person is both learned from and judged
    on; the boundaries that judge a fold come from the other folds.

    Parameters
    ----------
    segments
        The study's segments, those that nobody has coded yet too: they lend their
        vocabulary. `participant_id` and `document_id` keep a person's words in one fold;
        `question` is used where it is given.
    codings
        People's codings, as `read_codings` gives them; a segment read without a theme
        counts as an example of none.
    embedder
        Places texts by meaning; offline static vectors when not given.
    target_precision
        A theme codes by itself (`auto`) only where this share of its codings is right
        on held-out people; else it only suggests.
    min_positives
        A theme with fewer coded segments, or coded for fewer than three people, is not
        learned from people: the codebook's phrases code it, and its texts only suggest
        it. Themes with fewer than 20 share one calibration and boundary.
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
    SEGMENTS.check(segments)
    lesson = read_lesson(segments, CODINGS.check(codings), book, n_folds=n_folds)
    ordered = segments.sort_values("segment_id").reset_index(drop=True)
    features = fit_study_features(ordered, book, embedder or StaticEmbedder())
    models, judged = _learn(lesson, features, target_precision)
    random = np.random.default_rng(random_state)
    scores = []
    for n, theme in enumerate(lesson.given.columns):
        row: dict[str, object] = {
            "theme": theme,
            "positives": lesson.positives(theme),
            "people": lesson.people(theme),
            "learned": lesson.positives(theme) >= min_positives
            and lesson.people(theme) >= _FEWEST_PEOPLE,
            "note": _TOO_FEW,
        }
        if row["learned"]:
            truth, found = lesson.given[theme].to_numpy(), judged.found[:, n]
            auto = judged.auto[:, n]
            row |= score_theme(
                truth,
                found,
                auto,
                lesson.person,
                n_resamples=n_resamples,
                random=random,
            )
            row["note"] = (
                "" if precision(truth, auto) >= target_precision else _IMPRECISE
            )
        if row["note"]:
            models[theme] = _suggesting(models[theme])
        scores.append(row)
    return LearnedCoder(book, features, models, pd.DataFrame(scores, columns=_COLUMNS))


def _learn(
    lesson: Lesson, features: StudyFeatures, target: float
) -> tuple[dict[str, ThemeModel], Judged]:
    """Fit each theme's model, and judge what it would say of people it has not seen."""
    from scipy import sparse

    themes = list(lesson.given.columns)
    texts = lesson.segments["text"].tolist()
    rows = features(texts, questions_of(lesson.segments))
    always = features.of_known()
    everything = sparse.vstack([rows, always], format="csr")
    truth = lesson.given.to_numpy()
    labels = [_labels(lesson, features, theme) for theme in themes]
    margins = np.column_stack(
        [held_out_margins(rows, own, lesson.fold, always) for own in labels]
    )
    calibrations = calibrate(margins, truth, target_precision=target)
    models = {
        theme: ThemeModel(*fit_margins(everything, own), calibration)
        for theme, own, calibration in zip(themes, labels, calibrations, strict=True)
    }
    return models, judge(margins, truth, lesson.fold, target_precision=target)


def _labels(lesson: Lesson, features: StudyFeatures, theme: str) -> np.ndarray:
    """Say of each segment, then of each text of the codebook, whether it has a theme."""
    of_known = np.array([item.theme == theme for item in features.known], dtype=bool)
    return np.concatenate([lesson.given[theme].to_numpy(), of_known])


def _suggesting(model: ThemeModel) -> ThemeModel:
    boundary = Boundary(model.calibration.boundary.suggested, np.nan)
    return replace(model, calibration=replace(model.calibration, boundary=boundary))
