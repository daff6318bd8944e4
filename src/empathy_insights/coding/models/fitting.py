"""Learn a coder from people's codings, judged on people it has not seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.coding.models.boundaries import (
    Calibration,
    Cutoffs,
    HeldOut,
    calibrate,
    judge,
)
from empathy_insights.coding.models.learned import LearnedCoder
from empathy_insights.coding.models.pairs import (
    describe,
    fit_pairs,
    held_out_log_odds,
)
from empathy_insights.coding.models.study_features import (
    StudyFeatures,
    Views,
    fit_study_features,
    fit_views,
    said_in,
)
from empathy_insights.coding.review.decision_files import asked_by_anybody
from empathy_insights.corpus import documents_of
from empathy_insights.errors import TableError
from empathy_insights.tables import (
    BY_PEOPLE,
    CODINGS,
    COUNTED,
    NO_THEME,
    SEGMENTS,
    check_themes,
)
from empathy_insights.text.embedders import Embedder, embedder_of

# What there is to learn from: segments that people have read, and who said them.


@dataclass(frozen=True, eq=False)
class Lesson:
    """Segments that people have read, and the themes that they gave.

    Parameters
    ----------
    segments
        In the order of their ids.
    given
        Whether a theme was given: a row a segment, a column a theme; missing where
        nobody was asked about it.
    person
        Who said each segment; unknown voices of a document are one.
    fold
        The fold that the person was dealt to.
    """

    segments: pd.DataFrame
    given: pd.DataFrame
    person: np.ndarray
    fold: np.ndarray

    def positives(self, theme: str) -> int:
        """Return how many segments have the theme."""
        return int(self.given[theme].sum())

    def people(self, theme: str) -> int:
        """Return how many people the theme was coded for."""
        return len(set(self.person[(self.given[theme] == 1).to_numpy()]))


def read_lesson(
    segments: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook, *, n_folds: int
) -> Lesson:
    """Collect what people coded; a person's words all stand in one fold.

    Raises
    ------
    TableError
        No segment was coded by people, or by themes that the codebook does not have.
    """
    check_themes(codings, codebook)
    codings = codings[codings["status"].isin(BY_PEOPLE)]
    read = segments[segments["segment_id"].isin(codings["segment_id"])]
    read = read.sort_values("segment_id").reset_index(drop=True)
    if read.empty:
        raise TableError("no segment was coded by people; code some segments first")
    kept = codings[codings["status"].isin(COUNTED) & (codings["theme"] != NO_THEME)]
    main = kept["theme"].str.split(".").str[0]
    given = pd.crosstab(kept["segment_id"], main) > 0
    given = given.reindex(
        index=read["segment_id"],
        columns=[theme.id for theme in codebook.main_themes],
        fill_value=False,
    ).astype(float)
    given = given.where(_asked(read, codings, given.columns))
    person = persons(read)
    return Lesson(read, given, person, _dealt(person, n_folds))


def _asked(read: pd.DataFrame, codings: pd.DataFrame, themes: pd.Index) -> np.ndarray:
    """Return whether each theme was asked about in each segment that was read.

    A sheet without a column for a theme, or with a cell left open, says nothing of it.
    """
    if "asked" not in codings.columns:
        return np.ones((len(read), len(themes)), dtype=bool)
    told = asked_by_anybody(codings)
    return np.array(
        [
            [not asked or theme in asked.split(";") for theme in themes]
            for asked in read["segment_id"].map(told)
        ]
    )


def persons(segments: pd.DataFrame) -> np.ndarray:
    """Return who said each segment; unknown voices of a document are one."""
    documents = documents_of(segments["segment_id"])
    if "participant_id" in segments.columns:
        documents = segments["participant_id"].astype("str").fillna(documents)
    return np.asarray(documents)


def _dealt(person: np.ndarray, n_folds: int) -> np.ndarray:
    """Deal people to folds so that folds hold about as many segments."""
    names, sizes = np.unique(person, return_counts=True)
    fold_of: dict[str, int] = {}
    filled = np.zeros(n_folds)
    for n in np.argsort(-sizes, kind="stable"):
        fold = int(np.argmin(filled))
        fold_of[names[n]] = fold
        filled[fold] += sizes[n]
    return np.array([fold_of[name] for name in person])


# How well each theme was found in the words of people held out.


def score_theme(
    truth: np.ndarray,
    found: np.ndarray,
    auto: np.ndarray,
    person: np.ndarray,
    *,
    n_resamples: int,
    random: np.random.Generator,
) -> dict[str, float]:
    """Return precision, recall, F1 with its interval, kappa, and how precise `auto` is.

    The 95 % interval of F1 resamples people, whose segments are not independent.
    """
    cells = _cells(truth, found, person)
    share = np.full(len(cells), 1 / len(cells))
    drawn = random.multinomial(len(cells), share, size=n_resamples) @ cells
    low, high = np.nanquantile(_f1(drawn), [0.025, 0.975])
    total = cells.sum(axis=0)
    right, wrong, missed, _ = total
    return {
        "precision": right / max(right + wrong, 1),
        "recall": right / max(right + missed, 1),
        "f1": float(_f1(total[None])[0]),
        "kappa": _kappa(*total),
        "low": float(low),
        "high": float(high),
        "auto_precision": precision(truth, auto),
        "auto_share": float(auto.mean()),
    }


def precision(truth: np.ndarray, found: np.ndarray) -> float:
    """Return the share of what was found that is right; missing if nothing was."""
    return float(truth[found].mean()) if found.any() else np.nan


def _kappa(right: float, wrong: float, missed: float, neither: float) -> float:
    n = right + wrong + missed + neither
    expected = (
        (right + wrong) * (right + missed) + (missed + neither) * (wrong + neither)
    ) / n**2
    return float(((right + neither) / n - expected) / max(1 - expected, 1e-12))


def _cells(truth: np.ndarray, found: np.ndarray, person: np.ndarray) -> np.ndarray:
    """Count right, wrong, missed and rightly left, a row a person."""
    cell = np.select([truth & found, found, truth], [0, 1, 2], 3)
    counts = pd.crosstab(person, cell).reindex(columns=range(4), fill_value=0)
    return np.asarray(counts, dtype=np.float64)


def _f1(cells: np.ndarray) -> np.ndarray:
    right, wrong, missed = cells[:, 0], cells[:, 1], cells[:, 2]
    return np.asarray(2 * right / np.maximum(2 * right + wrong + missed, 1))


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
    codebook: Codebook,
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
        counts as an example of none, unless its reader was not `asked` about the theme.
    codebook
        The themes, as `load_codebook` returns them.
    embedder
        Places texts by meaning: an embedder, or the folder of a sentence-transformer;
        all-MiniLM-L6-v2 when not given, offline.
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

    See Also
    --------
    read_codings : What people coded, to learn from.
    LearnedCoder : What is returned.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> said = ["The bus was late.", "My bus broke.", "Cold lunch.", "I like maps."] * 3
    >>> answers = pd.DataFrame({"who": [f"p{n}" for n in range(12)], "a": said})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> themes = ["bus" if "bus" in text else "no_theme" for text in segments["text"]]
    >>> by_hand = segments[["segment_id"]].assign(theme=themes, coder="kim")
    >>> book = ei.Codebook("b", "B", themes=(ei.Theme("bus", "Bus"),))
    >>> coder = ei.fit_coder(segments, by_hand, book, min_positives=4, n_folds=2)
    >>> coder.scores[["theme", "positives", "people", "learned"]]
      theme  positives  people  learned
    0   bus          6       6     True
    """
    SEGMENTS.check(segments)
    lesson = read_lesson(
        segments, CODINGS.completed(codings), codebook, n_folds=n_folds
    )
    ordered = segments.sort_values("segment_id").reset_index(drop=True)
    features = fit_study_features(ordered, codebook, embedder_of(embedder))
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
    return LearnedCoder(codebook, features, views, model, by_theme, scores)


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
    judged: HeldOut,
    *,
    target_precision: float,
    min_positives: int,
    n_resamples: int,
    random_state: int,
) -> pd.DataFrame:
    """Return how well each theme was found in the words of people not seen."""
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
            told = lesson.given[theme].to_numpy()
            was_asked = ~np.isnan(told)
            truth, auto = told[was_asked].astype(bool), judged.auto[was_asked, n]
            row |= score_theme(
                truth,
                judged.found[was_asked, n],
                auto,
                lesson.person[was_asked],
                n_resamples=n_resamples,
                random=random,
            )
            is_precise = precision(truth, auto) >= target_precision
            row["note"] = "" if is_precise else _IMPRECISE
        rows.append(row)
    return pd.DataFrame(rows, columns=_COLUMNS)


def _suggesting(calibration: Calibration) -> Calibration:
    return replace(
        calibration, boundary=Cutoffs(calibration.boundary.suggested, np.nan)
    )
