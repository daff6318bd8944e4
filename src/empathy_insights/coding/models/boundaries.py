"""Where a probability begins to suggest a theme, and where it begins to code it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from empathy_insights.coding.models.references import Reference
from empathy_insights.coding.models.regression import (
    chances_of,
    log_odds,
    regression,
    softmax,
)

_LEAST_CODED = 5  # codings above a boundary before its precision is believed
_USUAL_WEIGHS = 50  # texts
_CERTAIN = 1e-6


@dataclass(frozen=True)
class Cutoffs:
    """Where a theme's probability begins to suggest, and to code.

    Parameters
    ----------
    suggested
        At or above it a segment is suggested.
    auto
        At or above it a segment is coded; missing when no boundary is precise enough.
    """

    suggested: float
    auto: float


def fit_boundary(
    probabilities: np.ndarray,
    truth: np.ndarray,
    *,
    target_precision: float,
    least_coded: int = _LEAST_CODED,
) -> Cutoffs:
    """Suggest from the best F1 on; code from where the target precision is kept.

    Parameters
    ----------
    probabilities, truth
        Of cases that were held out: what was predicted, and what is so.
    least_coded
        A boundary with fewer cases above it is not believed.

    Examples
    --------
    >>> chance = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.2])
    >>> so = np.array([True, True, True, True, False, True])
    >>> fit_boundary(chance, so, target_precision=0.9, least_coded=4)
    Cutoffs(suggested=0.2, auto=0.55)
    """
    if not truth.any():
        return Cutoffs(1.0, np.nan)
    order = np.argsort(-probabilities, kind="stable")
    chance = probabilities[order]
    right = np.cumsum(truth[order])
    n = np.arange(1, len(order) + 1)
    # Equal probabilities stand or fall together.
    is_edge = np.append(chance[1:] < chance[:-1], True)
    f1 = np.where(is_edge, 2 * right / (n + truth.sum()), -1)
    precise = np.flatnonzero(
        is_edge & (right / n >= target_precision) & (n >= least_coded)
    )
    suggested = _midway(chance, int(np.argmax(f1)))
    if not len(precise):
        return Cutoffs(suggested, np.nan)
    return Cutoffs(suggested, max(suggested, _midway(chance, int(precise[-1]))))


def _midway(chance: np.ndarray, last: int) -> float:
    """Return the middle between the last that is taken and the first that is not.

    What is next to a held-out case is more like it than like the next one below.
    """
    return float(chance[last : last + 2].mean())


def stand_out(
    chances: np.ndarray,
    usual: float,
    *,
    lean: float,
    hints: np.ndarray | float = 0.0,
) -> np.ndarray:
    """Return where a theme stands out in a study: as often, in all, as there are texts.

    What a model of few texts says of a theme is too high or too low throughout, so each
    theme's log-odds are first taken from its own mean in the study, in part (`lean`).
    One boundary then serves all themes. A study of few texts says little about what is
    usual in it: there, the usual boundary counts for more (50 texts weigh as much as
    it).

    Parameters
    ----------
    chances
        Probabilities: a row a text, a column a theme.
    usual
        The boundary where nothing is known of the study.
    lean
        How much of its mean each theme is taken from: 0 to 1.
    hints
        What else speaks for a theme, in log-odds: a row a text, a column a theme.

    Examples
    --------
    >>> chances = np.array([[0.6, 0.1], [0.5, 0.1], [0.7, 0.3], [0.5, 0.2]] * 50)
    >>> stand_out(chances, 0.5, lean=0.8)[:4]
    array([[ True, False],
           [False, False],
           [ True,  True],
           [False, False]])
    """
    n_texts, n_themes = chances.shape
    trust = n_texts / (n_texts + _USUAL_WEIGHS)
    odds = log_odds(chances, certain=_CERTAIN) + hints
    middle = trust * lean * odds.mean(axis=0)
    own = np.quantile(odds - middle, 1 - 1 / n_themes)
    cut = trust * own + (1 - trust) * (
        log_odds(usual, certain=_CERTAIN) - middle.mean()
    )
    return np.asarray(odds - middle >= cut)


# How sure a coder would be of segments of people that it has not seen.


_OWN = 20  # positives from which a theme has a calibration of its own
_ASTRAY = 1.0  # log-odds between the best cut of few positives and the expected one
_TRUSTED = 10  # positives at which a theme's own cut weighs as much as that of all


@dataclass(frozen=True)
class Calibration:
    """Turns log-odds into probabilities (Platt 1999), and these into a status."""

    slope: float
    offset: float
    boundary: Cutoffs

    def __call__(self, log_odds: np.ndarray) -> np.ndarray:
        """Return the calibrated probability of each."""
        return chances_of(self.slope * log_odds + self.offset)


def calibrate(
    log_odds: np.ndarray, truth: np.ndarray, *, target_precision: float
) -> list[Calibration]:
    """Calibrate each theme; those with fewer than 20 positives share one calibration.

    A theme suggests from a point between its own and the one that is best for all themes
    together, nearer its own the more positives it has (10 weigh as much as all). Its own
    is where F1 was best, but stays near where the chances promise the best F1: that does
    not follow single positives. Where to code is each theme's own.

    Parameters
    ----------
    log_odds, truth
        Held out: a row a segment, a column a theme. Missing truth: nobody was asked.
    """
    pooled = _told(log_odds.ravel(), truth.ravel())
    shared = _platt(*pooled)
    cut = fit_boundary(*pooled, target_precision=target_precision).suggested
    found = []
    for theme in zip(log_odds.T, truth.T, strict=True):
        own_odds, given = _told(*theme)
        slope, offset = _platt(own_odds, given) if given.sum() >= _OWN else shared
        if slope <= 0:
            # People differ so that surer was wronger: to turn the order round would
            # code all that speaks least for the theme.
            slope, offset = shared
        own = fit_boundary(own_odds, given, target_precision=target_precision)
        trust = given.sum() / (given.sum() + _TRUSTED)
        expected = _expected_best(own_odds)
        best = np.clip(own.suggested, expected - _ASTRAY, expected + _ASTRAY)
        from_odds = trust * best + (1 - trust) * cut
        suggested, auto = chances_of(slope * np.array([from_odds, own.auto]) + offset)
        boundary = Cutoffs(float(suggested), float(max(auto, suggested)))
        found.append(Calibration(slope, offset, boundary))
    return found


def _told(log_odds: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return what people were asked about, of one theme or of all."""
    is_told = ~np.isnan(truth)
    return log_odds[is_told], truth[is_told].astype(bool)


def _expected_best(log_odds: np.ndarray) -> float:
    """Return the log-odds from which on the F1 that chances promise is best."""
    if not len(log_odds):
        return 0.0
    ordered = np.sort(log_odds)[::-1]
    chances = chances_of(ordered)
    n = np.arange(1, len(chances) + 1)
    f1 = 2 * np.cumsum(chances) / (n + chances.sum())
    return float(ordered[int(np.argmax(f1))])


def _platt(log_odds: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    if truth.all() or not truth.any():
        return 1.0, 0.0
    model = LogisticRegression(C=1e3).fit(log_odds[:, None], truth)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


@dataclass(frozen=True, eq=False)
class HeldOut:
    """What the coder would have said of each fold: a row a segment, a column a theme."""

    found: np.ndarray
    auto: np.ndarray


def judge(
    log_odds: np.ndarray,
    truth: np.ndarray,
    fold: np.ndarray,
    *,
    target_precision: float,
) -> HeldOut:
    """Judge each fold by calibrations and boundaries that come from the others."""
    found, auto = np.zeros(truth.shape, dtype=bool), np.zeros(truth.shape, dtype=bool)
    for one in np.unique(fold):
        own = fold == one
        others: Sequence[Calibration] = calibrate(
            log_odds[~own], truth[~own], target_precision=target_precision
        )
        for n, calibration in enumerate(others):
            chance = calibration(log_odds[own, n])
            found[own, n] = chance >= calibration.boundary.suggested
            auto[own, n] = chance >= calibration.boundary.auto
    return HeldOut(found, auto)


# Where a codebook's model begins to suggest and to code: by examples held out, or by what
# chances by stories were worth.


_N_FOLDS = 5
_MOST_DEALS, _JUDGED = 4, 250  # one deal of few examples leaves much to chance
_FEWEST_EXAMPLES = 4  # a theme, on average, before held-out examples set the boundary
_USUAL = 0.14  # else: what was the best boundary in three studies out of four
_LIFT = (1.25, 2.5)  # … but at least, and at most, so many times chance
_SAID = ("example", "near miss", "no theme")  # as people talk
_SUGGESTED = 0.15  # of the chances by stories
# Codings from a chance on are surer than that chance: by stories, four in five are right
# from .7 on. As log-odds, taken off the precision that is asked for.
_SURER = 0.5
_LEAST_EXAMPLES = 20  # held-out examples above `auto`


@dataclass(frozen=True, eq=False)
class Boundaries:
    """Where a model of a codebook begins to suggest and to code.

    Parameters
    ----------
    suggested
        What is usual where nothing is known of the study: one for all themes.
    auto
        A boundary a theme; missing where none is precise enough.
    """

    suggested: float
    auto: np.ndarray


def boundaries_by_stories(n_themes: int, target_precision: float) -> Boundaries:
    """Return the boundaries of a model whose chances are calibrated already."""
    return Boundaries(_SUGGESTED, np.full(n_themes, codes_from(target_precision)))


def codes_from(precision: float) -> float:
    """Return the chance by stories from which on that share of codings is right.

    Examples
    --------
    >>> round(codes_from(0.8), 2)
    0.71
    """
    return float(chances_of(log_odds(precision, certain=_CERTAIN) - _SURER))


def boundaries_by_examples(
    rows: np.ndarray,
    labels: np.ndarray,
    known: Sequence[Reference],
    n_themes: int,
    *,
    target_precision: float,
) -> Boundaries:
    """Hold examples and near misses out, a fifth at a time, and judge the model by them.

    A theme is coded from where the target precision was kept both for all themes
    together and for itself. With fewer than four examples a theme, a usual boundary of
    .14 suggests (kept between 1.25 and 2.5 times chance), and nothing is coded.
    """
    is_example = np.array([item.kind in _SAID for item in known])
    if is_example.sum() < _FEWEST_EXAMPLES * n_themes:
        low, high = (lift / n_themes for lift in _LIFT)
        return Boundaries(float(np.clip(_USUAL, low, high)), np.full(n_themes, np.nan))
    n_deals = min(_MOST_DEALS, -(-_JUDGED // int(is_example.sum())))
    held_out = np.concatenate(
        [_held_out(rows, labels, is_example, n_themes, n) for n in range(n_deals)]
    )
    given = labels[is_example, None] == np.arange(n_themes)
    truth = np.tile(given, (n_deals, 1))
    together = fit_boundary(
        held_out.ravel(),
        truth.ravel(),
        target_precision=target_precision,
        least_coded=_LEAST_EXAMPLES * n_deals,
    )
    own = [
        fit_boundary(chances, given, target_precision=target_precision).auto
        for chances, given in zip(held_out.T, truth.T, strict=True)
    ]
    # The higher of the two; missing where either is.
    return Boundaries(together.suggested, np.maximum(together.auto, own))


def _held_out(
    rows: np.ndarray,
    labels: np.ndarray,
    is_example: np.ndarray,
    n_themes: int,
    deal: int,
) -> np.ndarray:
    """Return each example's probabilities by what was learned without its fold."""
    fold = np.where(is_example, _dealt(labels, deal), _N_FOLDS)
    n_classes = max(n_themes, int(labels.max()) + 1)  # a last one for no theme
    chances = np.zeros((len(labels), n_classes))
    for n in range(_N_FOLDS):
        weights, intercepts = regression(rows[fold != n], labels[fold != n], n_classes)
        chances[fold == n] = softmax(rows[fold == n] @ weights + intercepts)
    return np.asarray(chances[is_example, :n_themes])


def _dealt(labels: np.ndarray, deal: int) -> np.ndarray:
    """Deal each theme's texts to the folds, shuffled by the number of the deal."""
    random = np.random.default_rng(deal)
    fold = np.zeros(len(labels), dtype=int)
    for label in np.unique(labels):
        own = np.flatnonzero(labels == label)
        fold[random.permutation(own)] = (label + np.arange(len(own))) % _N_FOLDS
    return fold
