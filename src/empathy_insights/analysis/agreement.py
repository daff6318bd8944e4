"""How far two codings of the same segments agree, theme by theme."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from empathy_insights.corpus import utterance_of
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS, COUNTED, NO_THEME

_CELLS = ["both", "only_a", "only_b", "neither"]
_FEW = 5


def agreement(
    a: pd.DataFrame,
    b: pd.DataFrame,
    *,
    universe: Literal["all", "coded"] = "all",
    n_resamples: int = 1000,
    random_state: int = 0,
) -> pd.DataFrame:
    """Compare two tables of codings, such as two people's, or a person's and a coder's.

    Compared are the segments that both have read. A table with `no_theme` rows says
    what it has read; one without has read every segment that the other has. Suggested
    and rejected codings are no codings. Agreement of a coder with a person says how
    useful the coder is; it is no evidence of two people's reliability.

    Parameters
    ----------
    universe
        `all`, or `coded` for the segments to which at least one of the two gave some
        theme.
    n_resamples
        How often documents are drawn for the interval.

    Returns
    -------
    pandas.DataFrame
        A row a theme: `theme`, `n` (segments compared), `both`, `only_a`, `only_b`,
        `neither`, `percent` (0 to 1), `kappa` (Cohen 1960), `ac1` (Gwet 2008), `alpha`
        (Krippendorff 2004, nominal), `prevalence` (mean share of the two), `low`,
        `high` (95 % interval of kappa: documents resampled), `note` (`too few` under 5
        segments with the theme, where kappa says little).

    Raises
    ------
    TableError
        The two tables have no segment in common.

    Examples
    --------
    >>> row = {"coder": "x", "method": "m", "status": "human", "codebook_sha256": "0"}
    >>> a = CODINGS.frame([{**row, "segment_id": "d:1.1", "theme": "bus"},
    ...                    {**row, "segment_id": "d:2.1", "theme": "no_theme"}])
    >>> agreement(a, a)[["theme", "n", "both", "neither", "percent", "kappa"]]
      theme  n  both  neither  percent  kappa
    0   bus  2     1        1      1.0    1.0
    """
    units = _units(CODINGS.check(a), CODINGS.check(b))
    given_a, given_b = _given(a, units), _given(b, units)
    if universe == "coded":
        coded = set(given_a["segment_id"]) | set(given_b["segment_id"])
        units = units[units.isin(coded)]
    themes = sorted(set(given_a["theme"]) | set(given_b["theme"]))
    documents = utterance_of(pd.Series(units)).str.rsplit(":", n=1).str[0]
    rows = [
        _row(
            theme,
            _cells(given_a, given_b, theme, units, documents),
            n_resamples,
            random_state,
        )
        for theme in themes
    ]
    names = ["theme", "n", *_CELLS, *_MEASURES, "low", "high", "note"]
    return pd.DataFrame(rows, columns=names)


def _units(a: pd.DataFrame, b: pd.DataFrame) -> pd.Index:
    read = [
        set(table["segment_id"]) for table in (a, b) if NO_THEME in set(table["theme"])
    ]
    units = (
        set.intersection(*read) if read else set(a["segment_id"]) | set(b["segment_id"])
    )
    if not units:
        raise TableError(
            "the two tables of codings have no segment in common; compare codings of the "
            "same segments"
        )
    return pd.Index(sorted(units))


def _given(codings: pd.DataFrame, units: pd.Index) -> pd.DataFrame:
    kept = (
        codings["status"].isin(COUNTED)
        & (codings["theme"] != NO_THEME)
        & codings["segment_id"].isin(units)
    )
    return codings.loc[kept, ["segment_id", "theme"]].drop_duplicates()


def _cells(
    a: pd.DataFrame,
    b: pd.DataFrame,
    theme: str,
    units: pd.Index,
    documents: pd.Series,
) -> np.ndarray:
    """Count the four cells in each document: documents x both, only a, only b, neither."""
    has_a = units.isin(a.loc[a["theme"] == theme, "segment_id"])
    has_b = units.isin(b.loc[b["theme"] == theme, "segment_id"])
    cell = np.select([has_a & has_b, has_a, has_b], [0, 1, 2], 3)
    counts = pd.crosstab(documents.to_numpy(), cell)
    filled = counts.reindex(columns=range(4), fill_value=0)
    return np.asarray(filled, dtype=np.float64)


def _row(
    theme: str, cells: np.ndarray, n_resamples: int, random_state: int
) -> dict[str, object]:
    total = cells.sum(axis=0)
    random = np.random.default_rng(random_state)
    share = np.full(len(cells), 1 / len(cells))
    drawn = random.multinomial(len(cells), share, size=n_resamples) @ cells
    kappas = _kappa(drawn)
    known = kappas[~np.isnan(kappas)]
    low, high = np.quantile(known, [0.025, 0.975]) if len(known) else (np.nan, np.nan)
    return {
        "theme": theme,
        "n": int(total.sum()),
        **dict(zip(_CELLS, total.astype(int).tolist(), strict=True)),
        **{name: float(measure(total[None])[0]) for name, measure in _MEASURES.items()},
        "low": float(low),
        "high": float(high),
        "note": "too few" if total[:3].sum() < _FEW else "",
    }


def _percent(cells: np.ndarray) -> np.ndarray:
    return np.asarray((cells[:, 0] + cells[:, 3]) / cells.sum(axis=1))


def _kappa(cells: np.ndarray) -> np.ndarray:
    n = cells.sum(axis=1)
    by_a, by_b = (cells[:, 0] + cells[:, 1]) / n, (cells[:, 0] + cells[:, 2]) / n
    return _beyond(_percent(cells), by_a * by_b + (1 - by_a) * (1 - by_b))


def _ac1(cells: np.ndarray) -> np.ndarray:
    prevalence = _prevalence(cells)
    return _beyond(_percent(cells), 2 * prevalence * (1 - prevalence))


def _alpha(cells: np.ndarray) -> np.ndarray:
    n_values = 2 * cells.sum(axis=1)
    with_theme = 2 * cells[:, 0] + cells[:, 1] + cells[:, 2]
    pairs = with_theme * (n_values - with_theme) / (n_values * (n_values - 1))
    return _beyond(_percent(cells), 1 - 2 * pairs)


def _prevalence(cells: np.ndarray) -> np.ndarray:
    return np.asarray(
        (2 * cells[:, 0] + cells[:, 1] + cells[:, 2]) / (2 * cells.sum(axis=1))
    )


def _beyond(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return agreement beyond chance; undefined where chance alone explains all."""
    room = 1 - expected
    certain = np.isclose(room, 0)
    return np.where(certain, np.nan, (observed - expected) / np.where(certain, 1, room))


_MEASURES = {
    "percent": _percent,
    "kappa": _kappa,
    "ac1": _ac1,
    "alpha": _alpha,
    "prevalence": _prevalence,
}
