"""Where two coders gave different themes, with the words, for the calibration meeting."""

from __future__ import annotations

import numpy as np
import pandas as pd

from empathy_insights.analysis.readings import Readings, line_up
from empathy_insights.arguments import public
from empathy_insights.errors import TableError
from empathy_insights.tables import SEGMENTS

NOTHING = "(none)"
_COLUMNS = ["theme_a", "theme_b", "n", "segment_id", "text"]


@public
def disagreements(
    a: pd.DataFrame, b: pd.DataFrame, segments: pd.DataFrame
) -> pd.DataFrame:
    """List what one coder gave where the other gave something else or nothing.

    Compared are the segments that both have read, as in `agreement`. What both gave to
    a segment is no disagreement; of the rest each theme of `a` is paired with each of
    `b`. A sub-theme is listed like a theme. Talk about the first pairs first: they say
    which two definitions do not keep apart, or which one is not seen.

    Parameters
    ----------
    segments
        The segments that were coded, for their text.

    Returns
    -------
    pandas.DataFrame
        A row a pair and segment: `theme_a`, `theme_b` (`(none)` where that coder gave
        nothing else), `n` (segments with this pair), `segment_id`, `text`; the most
        frequent pair first.

    Raises
    ------
    TableError
        The codings have no segment in common, or one is not among `segments`.

    Examples
    --------
    >>> from empathy_insights.tables import CODINGS
    >>> row = {"coder": "x", "method": "m", "status": "human", "codebook_sha256": "0",
    ...        "segment_id": "d:1.1"}
    >>> a, b = (CODINGS.frame([{**row, "theme": name}]) for name in ("bus", "time"))
    >>> said = {"segment_id": "d:1.1", "utterance_id": "d:1", "start": 0, "end": 8,
    ...         "text": "Too late"}
    >>> disagreements(a, b, SEGMENTS.frame([said]))
      theme_a theme_b  n segment_id      text
    0     bus    time  1      d:1.1  Too late
    """
    SEGMENTS.check(segments)
    readings = line_up([a, b])
    pairs = _only(readings, 0).merge(_only(readings, 1), on="segment_id", how="outer")
    pairs = pairs.fillna({"theme_a": NOTHING, "theme_b": NOTHING})
    lost = ~pairs["segment_id"].isin(segments["segment_id"])
    if lost.any():
        raise TableError(
            f"{int(lost.sum())} disagreements are about segments that are not among the "
            f"segments, the first about {pairs.loc[lost, 'segment_id'].iloc[0]!r}; pass "
            "the segments that were coded"
        )
    pair = ["theme_a", "theme_b"]
    return (
        pairs.assign(n=pairs.groupby(pair)["segment_id"].transform("size"))
        .merge(segments[["segment_id", "text"]], on="segment_id", validate="m:1")
        .sort_values(["n", *pair, "segment_id"], ascending=[False, True, True, True])
        .reset_index(drop=True)[_COLUMNS]
    )


def _only(readings: Readings, coder: int) -> pd.DataFrame:
    """Return the themes that this coder alone gave, a row a segment and theme."""
    alone = readings.given[:, :, coder] & ~readings.given[:, :, 1 - coder]
    theme, segment = np.nonzero(alone)
    return pd.DataFrame(
        {
            "segment_id": readings.segments.to_numpy()[segment],
            ("theme_a", "theme_b")[coder]: pd.Series(
                np.asarray(readings.themes, dtype=object)[theme], dtype="str"
            ),
        }
    )
