"""Where words stand, for a person who wants to open the file there."""

from __future__ import annotations

import pandas as pd

from empathy_insights.corpus import Corpus


def locators(utterance_ids: pd.Series, corpus: Corpus) -> pd.Series:
    """Return `document, turn 14, 3:05` for each utterance; no time where there is none.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"a": ["Late bus."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a")
    >>> locators(corpus.utterances["utterance_id"], corpus).tolist()
    ['survey, turn 1']
    """
    turns = corpus.utterances.set_index("utterance_id").loc[utterance_ids]
    pairs = turns[["document_id", "position", "start_s"]].itertuples(index=False)
    said = [
        f"{document}, turn {position}{_time(seconds)}"
        for document, position, seconds in pairs
    ]
    return pd.Series(said, index=utterance_ids.index, dtype="str")


def _time(seconds: float) -> str:
    if pd.isna(seconds):
        return ""
    minutes, rest = divmod(int(seconds), 60)
    return f", {minutes}:{rest:02d}"
