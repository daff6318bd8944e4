"""Learn a coder from people's codings, judged on people it has not seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.coding.boundaries import Boundary
from empathy_insights.coding.held_out import Calibration, Judged, calibrate, judge
from empathy_insights.coding.learned import LearnedCoder
from empathy_insights.coding.lessons import Lesson, read_lesson
from empathy_insights.coding.pairs import (
    describe,
    fit_pairs,
    held_out_log_odds,
)
from empathy_insights.coding.scores import precision, score_theme
from empathy_insights.coding.study_features import (
    StudyFeatures,
    fit_study_features,
    said_in,
)
from empathy_insights.coding.views import Views, fit_views
from empathy_insights.tables import CODINGS, SEGMENTS
from empathy_insights.text.embedders import Embedder, embedder_of

_COLUMNS = [
    "theme", "positives", "people", "learned", "precision", "recall", "f1", "kappa", "low",
    "high", "auto_precision", "auto_share", "note",
]  # fmt: skip
_FEWEST_PEOPLE = 3
_TOO_FEW = "too few to learn: using the codebook"
_IMPRECISE = "not precise enough to code: only suggests"


@public
def fit_coder(
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    book: Codebook,
    *,
    embedder: Embedder | str | Path | None = None,
    target_precision: float = 0.8,
    min_positives: int = 5,
    n_folds: int = 5,
    n_resamples: int = 500,
    random_state: int = 0,
) -> LearnedCoder:
    """Learn from people's codings, with the codebook's own examples beside them.

    Ridge regressions say how much a segment speaks for each theme, by its words, letters
    and meaning, the codebook's phrases, the question asked, the turn before, and what a
    model of the codebook alone says. What they say of people held out teaches a logistic
    regression, shared by all themes, what chance follows from it. Boundaries and scores
    come from folds in which no person is both learned from and judged on; the boundaries
    that judge a fold come from the other folds. What the shared regression learns for a
    fold comes from ridge regressions that had seen it, so that scores are a little high.

    Parameters
    ----------
    segments
        The study's segments, those that nobody has coded yet too: they lend their
        vocabulary. `participant_id` and `document_id` keep a person's words in one fold;
        `question` and `before` are used where they are given.
    codings
        People's codings, as `read_codings` gives them; a segment read without a theme
        counts as an example of none.
    embedder
        Places texts by meaning: an embedder, or the folder of a sentence-transformer;
        offline static vectors when not given.
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
    features = fit_study_features(ordered, book, embedder_of(embedder))
    views, pairs = _hear(lesson, features)
    truth = lesson.given.to_numpy()
    log_odds = held_out_log_odds(pairs, truth, lesson.fold)
    judged = judge(log_odds, truth, lesson.fold, target_precision=target_precision)
    scores = _score(
        lesson,
        judged,
        target_precision=target_precision,
        min_positives=min_positives,
        n_resamples=n_resamples,
        random_state=random_state,
    )
    calibrations = calibrate(log_odds, truth, target_precision=target_precision)
    by_theme = {
        theme: _suggesting(calibration) if note else calibration
        for theme, note, calibration in zip(
            scores["theme"], scores["note"], calibrations, strict=True
        )
    }
    model = fit_pairs(pairs, truth)
    return LearnedCoder(book, features, views, model, by_theme, scores)


def _hear(lesson: Lesson, features: StudyFeatures) -> tuple[Views, np.ndarray]:
    """Fit the views, and describe each segment by views that have not seen its fold."""
    seen = features(said_in(lesson.segments))
    given = lesson.given.to_numpy()
    of_known = np.array(
        [[item.theme == theme for theme in lesson.given] for item in features.known]
    )
    views, by_fold = fit_views(
        [seen.rows, features.of_known()],
        np.vstack([given, of_known.reshape(-1, given.shape[1])]),
        np.concatenate([lesson.fold, np.full(len(of_known), -1)]),
    )
    pairs = describe(views(seen), seen)
    for fold, unaware in by_fold.items():
        own = lesson.fold == fold
        pairs[own] = describe(unaware(seen), seen)[own]
    return views, pairs


def _score(
    lesson: Lesson,
    judged: Judged,
    *,
    target_precision: float,
    min_positives: int,
    n_resamples: int,
    random_state: int,
) -> pd.DataFrame:
    """Say how well each theme was found in the words of people not seen."""
    random = np.random.default_rng(random_state)
    rows = []
    for n, theme in enumerate(lesson.given):
        positives, people = lesson.positives(theme), lesson.people(theme)
        row: dict[str, object] = {
            "theme": theme,
            "positives": positives,
            "people": people,
            "learned": positives >= min_positives and people >= _FEWEST_PEOPLE,
            "note": _TOO_FEW,
        }
        if row["learned"]:
            truth, auto = lesson.given[theme].to_numpy(), judged.auto[:, n]
            row |= score_theme(
                truth,
                judged.found[:, n],
                auto,
                lesson.person,
                n_resamples=n_resamples,
                random=random,
            )
            is_precise = precision(truth, auto) >= target_precision
            row["note"] = "" if is_precise else _IMPRECISE
        rows.append(row)
    return pd.DataFrame(rows, columns=_COLUMNS)


def _suggesting(calibration: Calibration) -> Calibration:
    return replace(
        calibration, boundary=Boundary(calibration.boundary.suggested, np.nan)
    )
