"""Whether a passage speaks of a need, of a strength, or of both."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.lexical import LexicalCoder, Read
from empathy_insights.coding.patterns import PatternIndex
from empathy_insights.text.tokens import tokenize


def with_attributes(
    codings: pd.DataFrame, segments: pd.DataFrame, book: Codebook
) -> pd.DataFrame:
    """Return codings with the stance and suggestion of their segments.

    A theme says what is talked about; without its stance, praise would be counted as a
    problem. By the codebook's cues: of a need alone `need`, of a strength alone `asset`,
    of both `mixed`, of neither `neutral`. Whether the speaker suggests a change is
    independent of that.

    Returns
    -------
    pandas.DataFrame
        The codings with `stance` and `suggestion` (true or false).
    """
    coded = segments[segments["segment_id"].isin(codings["segment_id"])]
    return attach_cues(codings, coded, LexicalCoder(book).read(coded["text"].tolist()))


def attach_cues(
    codings: pd.DataFrame, segments: pd.DataFrame, reads: Sequence[Read]
) -> pd.DataFrame:
    """Return codings with the attributes that the cues read in their segments give."""
    rows = pd.Index(segments["segment_id"]).get_indexer(codings["segment_id"])
    need, asset, suggestion = (
        np.array([cue in read.cues for read in reads], dtype=bool)[rows]
        for cue in ("need", "asset", "suggestion")
    )
    stances = np.select(
        [need & asset, need, asset], ["mixed", "need", "asset"], "neutral"
    )
    return codings.assign(
        stance=pd.Series(stances, index=codings.index, dtype="str"),
        suggestion=suggestion,
    )


def find_sensitive(segments: pd.DataFrame, book: Codebook) -> pd.DataFrame:
    """Return the segments that a person should see before anyone quotes them.

    A match is no diagnosis, and no match is no all-clear: people who listen to minors
    keep their duty to report.

    Returns
    -------
    pandas.DataFrame
        The rows of `segments` in which one of the codebook's sensitive cues occurs.
    """
    index = PatternIndex.of(book.sensitive_cues)
    tokenized = tokenize(segments["text"].tolist(), language=book.language)
    is_sensitive = [any(index.find(tokens)) for tokens in tokenized]
    return segments[np.array(is_sensitive, dtype=bool)].reset_index(drop=True)
