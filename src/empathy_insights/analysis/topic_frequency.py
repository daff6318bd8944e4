"""How many people talk about each topic, by role, round or any other group."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.corpus import Corpus
from empathy_insights.tables import CODINGS
from empathy_insights.topics import Topics


def topic_frequency(
    topics: Topics, corpus: Corpus, *, by: str | Sequence[str] | None = None
) -> pd.DataFrame:
    """Count who talks about each topic as `theme_frequency` counts who raises a theme.

    A person counts once for a topic. Segments in no topic count for none.

    Parameters
    ----------
    by
        Columns of the participants or documents to count by, as in `theme_frequency`.

    Returns
    -------
    pandas.DataFrame
        The columns of `by`, then `topic` (its number), `name`, `people`, `of`, `share`,
        `low`, `high`, `verbal`, `documents`, `groups`, `segments`, `share_of_words`,
        `roles`.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["Late bus.", "My bus is late."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> topics = ei.fit_topics(ei.segment(corpus))
    >>> topic_frequency(topics, corpus)[["topic", "name", "people", "of"]]
       topic        name  people  of
    0      0  bus · late       2   2
    """
    names = topics.stability.set_index("topic")["name"]
    themes = tuple(Theme(f"topic_{topic}", name) for topic, name in names.items())
    inside = topics.assignments[topics.assignments["topic"] >= 0]
    codings = CODINGS.frame(
        {
            "segment_id": segment_id,
            "theme": f"topic_{topic}",
            "coder": "topics",
            "status": "auto",
            "method": "in the topic",
            "codebook_sha256": "",
        }
        for segment_id, topic in inside[["segment_id", "topic"]].itertuples(index=False)
    )
    book = Codebook("topics", "Topics", themes=themes)
    counted = theme_frequency(codings, corpus, codebook=book, by=by)
    numbers = counted["theme"].str.removeprefix("topic_").astype("int64")
    table = (
        counted.assign(theme=numbers)
        .rename(columns={"theme": "topic"})
        .drop(columns=["status", "human", "accepted", "auto", "suggested"])
    )
    table.attrs = {**counted.attrs, "table": "topics", "coding_status": "by topic"}
    return table
