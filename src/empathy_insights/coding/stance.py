"""Whether a passage speaks of a need, of a strength, or of both."""

from __future__ import annotations

from collections.abc import Sequence

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
    cues = (book.stance_cues.get("need", ()), book.stance_cues.get("asset", ()))
    need, asset = _has_cues(segments, book, cues).T
    stances = np.select(
        [need & asset, need, asset], ["mixed", "need", "asset"], "neutral"
    )
    return pd.Series(stances, index=segments["segment_id"], dtype="str", name="stance")


def find_suggestions(segments: pd.DataFrame, book: Codebook) -> pd.Series:
    """Say of each segment whether its speaker suggests a change, by the codebook's cues.

    Whatever its stance: a suggestion may come with praise or with a complaint.

    Returns
    -------
    pandas.Series
        True or false, by segment id.
    """
    cues = (book.stance_cues.get("suggestion", ()),)
    [suggests] = _has_cues(segments, book, cues).T
    return pd.Series(suggests, index=segments["segment_id"], dtype=bool)


def with_attributes(
    codings: pd.DataFrame, segments: pd.DataFrame, book: Codebook
) -> pd.DataFrame:
    """Return codings with the stance and suggestion of their segments."""
    coded = segments[segments["segment_id"].isin(codings["segment_id"])]
    ids = codings["segment_id"]
    return codings.assign(
        stance=ids.map(find_stances(coded, book)).astype("str"),
        suggestion=ids.map(find_suggestions(coded, book)).astype(bool),
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
    [is_sensitive] = _has_cues(segments, book, (book.sensitive_cues,)).T
    return segments[is_sensitive].reset_index(drop=True)


def _has_cues(
    segments: pd.DataFrame, book: Codebook, lists: Sequence[Sequence[str]]
) -> np.ndarray:
    """Say of each segment and each list of cues whether one of them occurs."""
    index = PatternIndex.of([cue for cues in lists for cue in cues])
    list_of = [n for n, cues in enumerate(lists) for _ in cues]
    found = np.zeros((len(segments), len(lists)), dtype=bool)
    tokenized = tokenize(segments["text"].tolist(), language=book.language)
    for row, tokens in enumerate(tokenized):
        for match in index.find(tokens):
            found[row, list_of[match.pattern]] = True
    return found
