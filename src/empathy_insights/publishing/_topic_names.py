"""Topics are called by people's words: others see those that enough people said."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from empathy_insights.publishing._audiences import Audience


def with_safe_names(
    kept: pd.DataFrame, table: pd.DataFrame, audience: Audience
) -> pd.DataFrame:
    """Call topics by words that enough of their people said, or else by their number.

    A topic of which a number is hidden has its number: words would tell how many people
    talk about it at least. A name that somebody gave stays.

    Parameters
    ----------
    kept
        The rows of `table`, with `hidden`.
    table
        The team's own; its `attrs["words"]` hold the words of each topic that is called
        by them, and how many people said each.
    """
    words: Mapping[int, list[tuple[str, int]]] = table.attrs["words"]
    guarded = set(kept.loc[kept["hidden"] != "", "topic"])
    names = {
        topic: topic_name(
            [] if topic in guarded else [w for w, n in said if n >= audience.least],
            topic,
        )
        for topic, said in words.items()
    }
    called = [names.get(*row) for row in zip(kept["topic"], kept["name"], strict=True)]
    return kept.assign(name=pd.Series(called, index=kept.index, dtype="str"))


def topic_name(words: list[str], topic: int) -> str:
    """Return what a topic is called: its first words, or its number.

    Examples
    --------
    >>> topic_name(["bus", "late"], 3), topic_name([], 3)
    ('bus · late', 'topic 3')
    """
    return " · ".join(words[:3]) or f"topic {topic}"
