"""Whether a passage speaks of a need, of a strength, or of both."""

from __future__ import annotations

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.patterns import PatternIndex
from empathy_insights.text.tokens import tokenize


def find_stances(segments: pd.DataFrame, book: Codebook) -> pd.Series:
    """Read the stance of each segment from the codebook's cues.

    Cues of a need alone give `need`, of a strength alone `asset`, both `mixed`, neither
    `neutral`. A theme says what is talked about; without its stance, praise would be
    counted as a problem.

    Returns
    -------
    pandas.Series
        The stance, by segment id.
    """
    need = _has_cue(segments, book, book.stance_cues.get("need", ()))
    asset = _has_cue(segments, book, book.stance_cues.get("asset", ()))
    stances = np.select(
        [need & asset, need, asset], ["mixed", "need", "asset"], "neutral"
    )
    return pd.Series(stances, index=segments["segment_id"], dtype="str", name="stance")


def find_sensitive(segments: pd.DataFrame, book: Codebook) -> pd.DataFrame:
    """Return the segments that a person should see before anyone quotes them.

    A match is no diagnosis, and no match is no all-clear: people who listen to minors
    keep their duty to report.

    Returns
    -------
    pandas.DataFrame
        The rows of `segments` in which one of the codebook's sensitive cues occurs.
    """
    return segments[_has_cue(segments, book, book.sensitive_cues)].reset_index(
        drop=True
    )


def _has_cue(
    segments: pd.DataFrame, book: Codebook, cues: tuple[str, ...]
) -> np.ndarray:
    index = PatternIndex.of(cues)
    texts = segments["text"].tolist()
    found = (
        any(True for _ in index.find(tokens))
        for tokens in tokenize(texts, language=book.language)
    )
    return np.fromiter(found, dtype=bool, count=len(texts))
