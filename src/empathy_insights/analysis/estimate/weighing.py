"""How much a second coder counts beside the first: as much as readers show it to help."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from empathy_insights.analysis.estimate.calibration import calibration
from empathy_insights.analysis.estimate.passages_read import answers
from empathy_insights.analysis.estimate.posterior import posterior
from empathy_insights.coding.models.regression import chances_of, log_odds

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
_CERTAIN = 1e-3  # surer than that, one coder would silence the other
_LEAST_READ, _LEAST_DOCUMENTS, _FOLDS = 20, 5, 5


@dataclass(frozen=True)
class Weighed:
    """The chances of two coders as one, and why so.

    Parameters
    ----------
    chances
        As `theme_chances` returns them.
    share
        Of log-odds, how much is the second coder's; 0 where it does not help.
    n_read, n_documents
        What people have read.
    first, second
        Average precision of both on these passages, over all themes; missing where
        nothing was read, or no theme found.
    """

    chances: pd.DataFrame
    share: float = 0.0
    n_read: int = 0
    n_documents: int = 0
    first: float = float("nan")
    second: float = float("nan")

    @property
    def is_judged(self) -> bool:
        """Whether enough was read to say what the second coder is worth."""
        return self.n_read >= _LEAST_READ and self.n_documents >= _LEAST_DOCUMENTS

    @property
    def facts(self) -> dict[str, object]:
        """What the manifest says."""
        return {
            "share": self.share,
            "judged": self.is_judged,
            "read": self.n_read,
            "average_precision": _told(self.second),
            "average_precision_of_first": _told(self.first),
        }


def _told(value: float) -> float | None:
    return None if np.isnan(value) else round(value, 3)


def weigh(
    first: pd.DataFrame,
    second: pd.DataFrame,
    codings: pd.DataFrame,
    segments: pd.DataFrame,
) -> Weighed:
    """Mix the chances of two coders by what people read.

    The share of the second is the one with which passages of other documents, held out,
    are foretold best. It stays 0 until people have read twenty passages in five
    documents, and unless held-out documents are foretold better with it than without by
    more than a standard error.

    Parameters
    ----------
    first, second
        Chances, as `theme_chances` returns them; the same passages in the same order.
    codings
        Codings, of which those of people say what was read.
    segments
        Where each passage stands: `segment_id`, `document_id`.

    See Also
    --------
    estimate_counts : Counts people by the chances.
    """
    themes = tuple(name for name in first.columns if name != "segment_id")
    ids = pd.Index(first["segment_id"])
    asked, said = answers(codings, ids, themes)
    rows = np.flatnonzero(asked.any(axis=1))
    place = segments.set_index("segment_id")["document_id"].reindex(ids)
    document = pd.factorize(place)[0]
    ours, theirs = (_odds(coder, themes) for coder in (first, second))
    weighed = Weighed(
        first,
        n_read=len(rows),
        n_documents=len(set(document[rows])),
        first=_precision(ours, asked, said),
        second=_precision(theirs, asked, said),
    )
    if not weighed.is_judged:
        return weighed
    share = _best_share(ours, theirs, asked, said, document)
    if not share:
        return weighed
    mixed = pd.DataFrame(chances_of(_mixed(ours, theirs, share)), columns=list(themes))
    chances = first[["segment_id"]].join(mixed.round(6))
    return replace(weighed, chances=chances, share=share)


def _odds(chances: pd.DataFrame, themes: tuple[str, ...]) -> np.ndarray:
    told = chances[list(themes)].to_numpy(dtype=np.float64)
    return log_odds(told, certain=_CERTAIN)


def _mixed(first: np.ndarray, second: np.ndarray, share: float) -> np.ndarray:
    return np.asarray((1 - share) * first + share * second)


def _precision(odds: np.ndarray, asked: np.ndarray, said: np.ndarray) -> float:
    from sklearn.metrics import average_precision_score

    if not said[asked].any():
        return float("nan")
    return float(average_precision_score(said[asked], odds[asked]))


def _best_share(
    first: np.ndarray,
    second: np.ndarray,
    asked: np.ndarray,
    said: np.ndarray,
    document: np.ndarray,
) -> float:
    """Return the share of the second with which held-out documents are foretold best."""
    lost = np.stack(
        [
            _held_out(_mixed(first, second, share), asked, said, document)
            for share in SHARES
        ]
    )
    best = int(lost.sum(axis=1).argmin())
    gained = lost[0] - lost[best]
    error = float(gained.std(ddof=1)) * np.sqrt(len(gained))
    return SHARES[best] if gained.sum() > error else 0.0


def _held_out(
    odds: np.ndarray, asked: np.ndarray, said: np.ndarray, document: np.ndarray
) -> np.ndarray:
    """Return how badly each document that was read is foretold by what the others say."""
    fitted = calibration()
    apart, middle = fitted.centred(chances_of(odds))
    read = np.unique(document[asked.any(axis=1)])
    lost = np.zeros(len(read))
    for fold in range(_FOLDS):
        out = np.isin(document, read[fold::_FOLDS])
        learned = posterior(apart, middle, asked & ~out[:, None], said, fitted)
        chance = np.clip(learned.chances(), _CERTAIN, 1 - _CERTAIN)
        off = -np.where(said, np.log(chance), np.log(1 - chance)) * asked
        rows = np.flatnonzero(out & asked.any(axis=1))
        np.add.at(lost, np.searchsorted(read, document[rows]), off[rows].sum(axis=1))
    return lost
