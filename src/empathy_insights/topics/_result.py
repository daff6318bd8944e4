"""What `fit_topics` returns: tables, and the centroids that place further answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from empathy_insights.tables import TOPICS, Schema
from empathy_insights.text.embedders import Embedder, embedder_of
from empathy_insights.topics._answers import Answers, arrange
from empathy_insights.topics._space import Placed, Space

ASSIGNMENTS = replace(
    TOPICS,
    columns={**TOPICS.columns, "reassigned": "flag", "participant_id": "text"},
    may_miss=frozenset({"participant_id"}),
)

TERMS = Schema(
    "topic terms",
    {"topic": "whole", "rank": "whole", "term": "text", "weight": "number"},
    key=("topic", "rank"),
)

EXEMPLARS = Schema(
    "topic exemplars",
    {
        "topic": "whole", "rank": "whole", "kind": "text", "segment_id": "text",
        "participant_id": "text", "text": "text",
    },
    key=("topic", "rank"),
    may_miss=frozenset({"participant_id"}),
)  # fmt: skip

STABILITY = Schema(
    "topic stability",
    {
        "topic": "whole", "name": "text", "people": "whole", "documents": "whole",
        "segments": "whole", "jaccard": "number", "word": "text",
    },
    key=("topic",),
    may_miss=frozenset({"jaccard"}),
)  # fmt: skip


@dataclass(frozen=True, repr=False, eq=False)
class Topics:
    """Hold what people talk about, found without a codebook.

    Parameters
    ----------
    assignments
        A row a segment: `segment_id`, `topic` (-1 = none), `strength` (0..1),
        `reassigned` (it belongs to none by itself and went to the nearest topic),
        `participant_id`.
    terms
        What names each topic: `topic`, `rank`, `term`, `weight`.
    exemplars
        Answers to read: `topic`, `rank`, `kind` (typical, least typical), `segment_id`,
        `participant_id`, `text`; from different people where there are any.
    stability
        A row a topic: `topic`, `name`, `people`, `documents`, `segments`, `jaccard`
        (agreement with refits on part of the answers), `word` (steady, fair, shaky, or
        not measured).
    settings
        What was really used, and why.
    embedder, space
        What places further answers.
    """

    assignments: pd.DataFrame
    terms: pd.DataFrame
    exemplars: pd.DataFrame
    stability: pd.DataFrame
    settings: Mapping[str, object]
    embedder: Embedder = field()
    space: Space = field()

    def __repr__(self) -> str:
        n = len(self.assignments)
        outside = int((self.assignments["topic"] < 0).sum())
        return (
            f"Topics({len(self.stability)} topics in {n} segments; in none: {outside} "
            f"({outside / max(n, 1):.0%}); reassigned to the nearest: "
            f"{int(self.assignments['reassigned'].sum())})"
        )

    def assign(self, segments: pd.DataFrame) -> pd.DataFrame:
        """Place further segments in these topics, by the same rule.

        Returns
        -------
        DataFrame
            The columns of `assignments`, sorted by `segment_id`.

        Raises
        ------
        TableError
            The table is not a segments table.
        """
        answers = arrange(segments)
        placed = self.space.place(embedded(answers.texts, self.embedder))
        return assignments_of(answers, placed)

    def save(self, path: str | Path) -> Path:
        """Write the topics to a file that `Topics.load` reads; it holds people's words.

        Returns
        -------
        Path
            The file.
        """
        from empathy_insights.topics._saved import write_topics

        return write_topics(self, Path(path))

    @classmethod
    def load(
        cls, path: str | Path, *, embedder: Embedder | str | Path | None = None
    ) -> Topics:
        """Read topics that were saved; `assign` then places segments as before.

        Nothing in the file is run, so a file from others is safe to read.

        Parameters
        ----------
        embedder
            The one that the topics were made with, where it was not the default.

        Raises
        ------
        TopicsError
            The file holds no topics, is damaged, has another format, or its topics were
            made with another embedder.

        Examples
        --------
        >>> import tempfile
        >>> import empathy_insights as ei
        >>> answers = pd.DataFrame({"a": ["The bus is late.", "My bus is late."]})
        >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a"))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     Topics.load(ei.fit_topics(segments).save(f"{folder}/bus.topics"))
        Topics(1 topics in 2 segments; in none: 0 (0%); reassigned to the nearest: 0)
        """
        from empathy_insights.topics._saved import read_topics

        return read_topics(Path(path), embedder_of(embedder))

    def rename(self, names: Mapping[int, str]) -> Topics:
        """Give topics the names that people would use.

        Raises
        ------
        ValueError
            There is no such topic.
        """
        known = self.stability["topic"].tolist()
        strange = sorted(set(names) - set(known))
        if strange:
            raise ValueError(f"there is no topic {strange[0]!r}; topics are: {known}")
        new = [
            names.get(topic, name)
            for topic, name in zip(known, self.stability["name"], strict=True)
        ]
        return replace(self, stability=self.stability.assign(name=new))

    def to_frame(self) -> pd.DataFrame:
        """Return a row a topic, people first.

        Returns
        -------
        DataFrame
            `topic`, `name`, `people`, `of` (all people who spoke), `documents`,
            `segments`, `reassigned` (how many of these only went to the nearest topic),
            `terms`, `typical` (the words of its most typical answer).
        """
        terms = self.terms.groupby("topic")["term"].agg(", ".join)
        typical = self.exemplars[self.exemplars["rank"] == 1].set_index("topic")["text"]
        counts = ["topic", "name", "people", "of", "documents", "segments"]
        frame = self.stability.assign(of=self.settings["people"]).astype(
            {"of": "int64"}
        )
        moved = self.assignments.groupby("topic")["reassigned"].sum()
        return frame[counts].assign(
            reassigned=frame["topic"].map(moved).fillna(0).astype("int64"),
            terms=frame["topic"].map(terms).fillna("").astype("str"),
            typical=frame["topic"].map(typical).fillna("").astype("str"),
        )


def embedded(texts: tuple[str, ...], embedder: Embedder) -> np.ndarray:
    """Return a finite row a text, whatever the embedder makes of strange ones."""
    if not texts:
        return np.zeros((0, 0))
    return np.nan_to_num(np.asarray(embedder(texts), dtype=np.float64))


def assignments_of(answers: Answers, placed: Placed) -> pd.DataFrame:
    """Give every segment the topic of its text; those that say nothing get -1."""
    distinct = answers.rows["distinct"].to_numpy(np.int64)
    # The last element stands for position -1: an answer without content.
    topics = np.append(placed.topic, -1).astype(np.int64)
    strengths = np.append(placed.strength, 0.0).astype(np.float64)
    reassigned = np.append(placed.reassigned, [False]).astype(bool)
    frame = answers.rows[["segment_id", "participant_id"]].assign(
        topic=topics[distinct],
        strength=strengths[distinct],
        reassigned=reassigned[distinct],
    )
    return ASSIGNMENTS.check(
        frame[list(ASSIGNMENTS.columns)].sort_values("segment_id", ignore_index=True)
    )
