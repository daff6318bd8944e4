"""How far codings of the same segments agree, theme by theme and over all themes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from empathy_insights.analysis.disagreements import Readings, Universe, line_up
from empathy_insights.analysis.intervals import LEAST_CLUSTERS
from empathy_insights.arguments import public

# Agreement beyond chance on one theme, for any number of coders.
#
# Every measure is a function of sums over segments, so that a bootstrap over documents
# adds up documents instead of counting segments again. A row of sums holds: segments,
# agreeing pairs (as a share), share of readers who gave the theme, readings, readings
# that gave it, pairs that differ (weighted as alpha does), and for each coder what they
# read and gave.


_SEGMENTS, _AGREE, _SHARE, _READ, _GAVE, _DIFFER, _CODERS = range(7)


def summands(given: np.ndarray, read: np.ndarray) -> np.ndarray:
    """Return a row a segment of what the measures add up; both are segments x coders."""
    readers, gave = read.sum(axis=1), given.sum(axis=1)
    differ = 2 * gave * (readers - gave)
    pairs = readers * (readers - 1)
    return np.column_stack(
        [
            np.ones(len(read)),
            1 - differ / pairs,
            gave / readers,
            readers,
            gave,
            differ / (readers - 1),
            read,
            given,
        ]
    )


def percent(sums: np.ndarray) -> np.ndarray:
    """Return the share of pairs of readings that agree, each segment counting alike."""
    return np.asarray(sums[:, _AGREE] / sums[:, _SEGMENTS])


def prevalence(sums: np.ndarray) -> np.ndarray:
    """Return the mean share of a segment's readers who gave the theme."""
    return np.asarray(sums[:, _SHARE] / sums[:, _SEGMENTS])


def kappa(sums: np.ndarray) -> np.ndarray:
    """Return Conger's kappa (1980), which for two coders is Cohen's (1960).

    Chance is the mean, over all pairs of coders, of the agreement that their own
    shares would give; Fleiss' kappa gives all coders the same share instead.
    """
    read, gave = np.split(sums[:, _CODERS:], 2, axis=1)
    share = np.divide(gave, read, out=np.full(read.shape, np.nan), where=read > 0)
    return beyond(percent(sums), _met(share) + _met(1 - share))


def ac1(sums: np.ndarray) -> np.ndarray:
    """Return Gwet's AC1 (2008)."""
    share = prevalence(sums)
    return beyond(percent(sums), 2 * share * (1 - share))


def alpha(sums: np.ndarray) -> np.ndarray:
    """Return Krippendorff's nominal alpha (2004) over all that was read."""
    # Of documents drawn, none may hold a passage in which the theme was compared.
    read = np.where(sums[:, _READ] > 0, sums[:, _READ], np.nan)
    gave = sums[:, _GAVE]
    expected = 2 * gave * (read - gave) / (read * (read - 1))
    return beyond(1 - sums[:, _DIFFER] / read, 1 - expected)


def beyond(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return agreement beyond chance; undefined where chance alone explains all."""
    room = 1 - expected
    certain = np.isclose(room, 0)
    return np.where(certain, np.nan, (observed - expected) / np.where(certain, 1, room))


def _met(share: np.ndarray) -> np.ndarray:
    """Return how often two coders drawn from all would both do what each does so often."""
    n = share.shape[1]
    both = share.sum(axis=1) ** 2 - (share**2).sum(axis=1)
    return np.asarray(both / (n * (n - 1)))


# Agreement on whole segments: how alike the sets of themes are that coders gave.


def masi_distance(sets: np.ndarray) -> np.ndarray:
    """Return the distance of every two sets, 0 (the same) to 1 (nothing in common).

    Passonneau (2006): 1 - J x M, where J is the Jaccard index and M is 1 for the same
    set, 2/3 when one holds the other, 1/3 when they overlap, 0 when they do not. Two
    empty sets are the same.

    Parameters
    ----------
    sets
        Sets x members: whether the set has the member.

    Examples
    --------
    >>> masi_distance(np.array([[1, 1, 0], [1, 0, 0]], dtype=bool)).round(2).tolist()
    [[0.0, 0.67], [0.67, 0.0]]
    """
    held = sets.astype(np.float64)
    size = held.sum(axis=1)
    common = held @ held.T
    union = size[:, None] + size - common
    least = np.minimum(size[:, None], size)
    kind = np.select(
        [common == union, common == 0, common == least], [1.0, 0.0, 2 / 3], 1 / 3
    )
    jaccard = np.divide(common, union, out=np.ones_like(common), where=union > 0)
    return np.asarray(1 - jaccard * kind)


@dataclass(frozen=True)
class SetSums:
    """Hold what alpha with MASI distance adds up, a row a document.

    Parameters
    ----------
    differ
        The distances of the pairs of readings, weighted as alpha does.
    readings
        Documents x sets: how often each set was given.
    distance
        Sets x sets.
    """

    differ: np.ndarray
    readings: np.ndarray
    distance: np.ndarray

    def alpha(self, draws: np.ndarray) -> np.ndarray:
        """Return Krippendorff's alpha for each row of documents drawn (how often each)."""
        readings = draws @ self.readings
        n = readings.sum(axis=1)
        expected = ((readings @ self.distance) * readings).sum(axis=1) / (n * (n - 1))
        return beyond(1 - draws @ self.differ / n, 1 - expected)


def set_sums(
    given: np.ndarray, read: np.ndarray, document: np.ndarray, n_documents: int
) -> SetSums:
    """Add up the sets of each document; `given` is themes x segments x coders."""
    sets, which = np.unique(given[:, read].T, axis=0, return_inverse=True)
    of_reading = np.full(read.shape, -1)
    of_reading[read] = which.reshape(-1)
    distance = masi_distance(sets)
    readers = read.sum(axis=1)
    differ = np.zeros(len(read))
    for first in range(read.shape[1]):
        for second in range(first + 1, read.shape[1]):
            both = read[:, first] & read[:, second]
            pair = distance[of_reading[both, first], of_reading[both, second]]
            differ[both] += 2 * pair / (readers[both] - 1)
    readings = np.zeros((n_documents, len(sets)))
    of_document = document[np.nonzero(read)[0]]
    np.add.at(readings, (of_document, which.reshape(-1)), 1)
    return SetSums(
        np.bincount(document, differ, minlength=n_documents), readings, distance
    )


def same_sets(given: np.ndarray, read: np.ndarray) -> np.ndarray:
    """Return for each segment the share of pairs of its readers who gave the same set."""
    readers = read.sum(axis=1)
    same = np.zeros(len(read))
    for first in range(read.shape[1]):
        for second in range(first + 1, read.shape[1]):
            alike = (given[:, :, first] == given[:, :, second]).all(axis=0)
            same += alike & read[:, first] & read[:, second]
    return np.asarray(2 * same / (readers * (readers - 1)))


ALL_THEMES = "(all themes)"
READINGS = ((0.8, "rely"), (0.667, "tentative"), (-np.inf, "do not report"))

_MEASURES = {
    "percent": percent,
    "kappa": kappa,
    "ac1": ac1,
    "alpha": alpha,
    "prevalence": prevalence,
}
_COLUMNS = [
    "theme", "n", "both", "only_a", "only_b", "neither", *_MEASURES, "low", "high",
    "reading", "note",
]  # fmt: skip
_FEW = 5


@public
def agreement(
    a: pd.DataFrame,
    b: pd.DataFrame,
    *more: pd.DataFrame,
    universe: Universe = "all",
    n_resamples: int = 1000,
    random_state: int = 0,
) -> pd.DataFrame:
    """Compare tables of codings of the same segments, a table a coder.

    Compared are the segments that at least two coders have read. A table with
    `no_theme` rows, or of `Analysis.decisions`, says what it has read; another has read
    every segment that the others have. A theme that one of two left open in a segment
    (`asked`) is not compared there. Suggested and rejected codings are no codings. Agreement of a machine
    with a person says how useful the machine is; it is no evidence of two people's
    reliability.

    Parameters
    ----------
    a, b
        Codings of the same segments, a table a coder.
    more
        Further coders. A segment that a coder has not read is missing for that coder,
        not empty.
    universe
        `all`, or `coded` for the segments to which some coder gave some theme.
    n_resamples
        How often documents are drawn for the interval.
    random_state
        Seed of everything random.

    Returns
    -------
    pandas.DataFrame
        A row a theme: `theme`, `n` (segments compared), `both` (every reader gave it),
        `only_a`, `only_b` (missing for more than two coders), `neither` (nobody gave
        it), `percent` (0 to 1: pairs of readings that agree), `kappa` (two coders:
        Cohen 1960; more: Conger 1980, not Fleiss 1971), `ac1` (Gwet 2008), `alpha`
        (Krippendorff 2004, nominal, over all that was read), `prevalence` (mean share
        of readers who gave it), `low`, `high` (95 % interval of alpha: documents
        resampled; missing below 8 documents and where nobody disagrees), `reading` of
        alpha (`rely` from .800, `tentative` from .667, else `do not report`:
        Krippendorff 2004; empty where there is too little to read), `note` (`too few`
        under 5 segments with the theme; `nobody disagrees`).

        The last row, `(all themes)`, compares whole segments by the set of themes that
        each got, a sub-theme counting as its theme: `percent` is the same set, `alpha`
        has the MASI distance of sets (Passonneau 2006), the counts are of segments with
        some theme. Its `kappa` and `ac1` are missing.

    Raises
    ------
    TableError
        No segment was read by two coders; a table holds no codings, or those of several.

    See Also
    --------
    disagreements : The segments where two coders differ.
    read_codings : Codings by people.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> from empathy_insights.tables import CODINGS
    >>> row = {"coder": "x", "method": "m", "status": "human", "codebook_sha256": "0"}
    >>> a = CODINGS.frame([{**row, "segment_id": "d:1.1", "theme": "bus"},
    ...                    {**row, "segment_id": "d:2.1", "theme": "no_theme"}])
    >>> ei.agreement(a, a)[["theme", "n", "both", "neither", "percent", "alpha"]]
              theme  n  both  neither  percent  alpha
    0           bus  2     1        1      1.0    1.0
    1  (all themes)  2     1        1      1.0    1.0
    """
    readings = line_up([a, b, *more], universe)
    if not len(readings.segments):
        return pd.DataFrame(columns=_COLUMNS)
    draws = _draws(readings.n_documents, n_resamples, random_state)
    rows = [
        _theme_row(theme, given, asked, readings, draws)
        for theme, given, asked in zip(
            readings.themes, readings.given, readings.asked, strict=True
        )
        if (asked.sum(axis=1) > 1).any()
    ]
    return pd.DataFrame([*rows, _overall_row(readings, draws)], columns=_COLUMNS)


def _draws(n_documents: int, n_resamples: int, random_state: int) -> np.ndarray:
    """Draw documents with replacement: a row says how often each document was drawn."""
    random = np.random.default_rng(random_state)
    share = np.full(n_documents, 1 / n_documents)
    return random.multinomial(n_documents, share, size=n_resamples).astype(np.float64)


def _theme_row(
    theme: str,
    given: np.ndarray,
    asked: np.ndarray,
    readings: Readings,
    draws: np.ndarray,
) -> dict[str, object]:
    compared = asked.sum(axis=1) > 1
    given, asked = given[compared], asked[compared]
    parts = summands(given, asked)
    of_document = np.zeros((readings.n_documents, parts.shape[1]))
    np.add.at(of_document, readings.document[compared], parts)
    total = of_document.sum(axis=0)[None]
    measures = {name: float(measure(total)[0]) for name, measure in _MEASURES.items()}
    resampled = alpha(draws @ of_document)
    return _row(theme, given, asked, readings.n_documents, measures, resampled)


def _overall_row(readings: Readings, draws: np.ndarray) -> dict[str, object]:
    given = _main_themes(readings)
    sums = set_sums(given, readings.read, readings.document, readings.n_documents)
    some = np.asarray(given.any(axis=0))
    measures = {
        "percent": float(same_sets(given, readings.read).mean()),
        "kappa": np.nan,
        "ac1": np.nan,
        "alpha": float(sums.alpha(np.ones((1, readings.n_documents)))[0]),
        "prevalence": float((some.sum(axis=1) / readings.read.sum(axis=1)).mean()),
    }
    n = readings.n_documents
    return _row(ALL_THEMES, some, readings.read, n, measures, sums.alpha(draws))


def _main_themes(readings: Readings) -> np.ndarray:
    """Let a sub-theme count as its theme: the two together are not two opinions.

    What one of the readers of a segment left open is a theme of none of them.
    """
    by_all = (readings.asked | ~readings.read).all(axis=2, keepdims=True)
    main = pd.Index([theme.split(".")[0] for theme in readings.themes])
    given = np.zeros((main.nunique(), *readings.read.shape), dtype=bool)
    np.logical_or.at(given, pd.factorize(main)[0], readings.given & by_all)
    return given


def _row(
    theme: str,
    given: np.ndarray,
    read: np.ndarray,
    n_documents: int,
    measures: dict[str, float],
    resampled: np.ndarray,
) -> dict[str, object]:
    gave, readers = given.sum(axis=1), read.sum(axis=1)
    two = read.shape[1] == 2
    too_few = int((gave > 0).sum()) < _FEW
    agree = measures["percent"] == 1
    low, high = _interval(resampled, n_documents, agree=agree)
    return {
        "theme": theme,
        "n": len(gave),
        "both": int((gave == readers).sum()),
        "only_a": int((given[:, 0] & ~given[:, 1]).sum()) if two else None,
        "only_b": int((given[:, 1] & ~given[:, 0]).sum()) if two else None,
        "neither": int((gave == 0).sum()),
        **measures,
        "low": low,
        "high": high,
        "reading": "" if too_few else read_alpha(measures["alpha"]),
        "note": "too few" if too_few else "nobody disagrees" if agree else "",
    }


def read_alpha(value: float) -> str:
    """Return Krippendorff's (2004) word for an alpha, or nothing where there is none.

    Examples
    --------
    >>> [read_alpha(value) for value in (0.81, 0.7, 0.2)]
    ['rely', 'tentative', 'do not report']
    """
    if np.isnan(value):
        return ""
    return next(word for least, word in READINGS if value >= least)


def _interval(
    resampled: np.ndarray, n_documents: int, *, agree: bool
) -> tuple[float, float]:
    """Return the middle 95 %; where nobody disagrees, drawing again shows no doubt."""
    known = resampled[~np.isnan(resampled)]
    if agree or n_documents < LEAST_CLUSTERS or not len(known):
        return np.nan, np.nan
    low, high = np.quantile(known, [0.025, 0.975])
    return float(low), float(high)
