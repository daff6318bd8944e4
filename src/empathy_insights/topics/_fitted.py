"""What `fit_topics` returns: tables, and the centroids that place further answers."""

from __future__ import annotations

import json
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from empathy_insights.errors import EmpathyInsightsWarning, TopicsError
from empathy_insights.tables import TOPICS, Schema, as_html, plain
from empathy_insights.text.embedders import Embedder, embedder_of
from empathy_insights.topics._answers import Answers, Placed, Space, arrange

ASSIGNMENTS = replace(
    TOPICS,
    columns={**TOPICS.columns, "reassigned": "flag", "participant_id": "text"},
    may_miss=frozenset({"participant_id"}),
)

TERMS = Schema(
    "topic terms",
    {
        "topic": "whole", "rank": "whole", "term": "text", "weight": "number",
        "people": "whole",
    },
    key=("topic", "rank"),
)  # fmt: skip

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
        What names each topic: `topic`, `rank`, `term`, `weight`, `people` (how many of
        those who talk about it say so).
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

    See Also
    --------
    fit_topics : Finds them, and has an example.
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

    def _repr_html_(self) -> str:
        return as_html(repr(self), self.to_frame()[["topic", "name", "people", "of"]])

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
        >>> import pandas as pd
        >>> import empathy_insights as ei
        >>> answers = pd.DataFrame({"a": ["The bus is late.", "My bus is late."]})
        >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a"))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     ei.Topics.load(ei.fit_topics(segments).save(f"{folder}/bus.topics"))
        Topics(1 topics in 2 segments; in none: 0 (0%); reassigned to the nearest: 0)
        """
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


# Topics as a file: numbers and JSON in a zip archive, nothing that runs when read.


FORMAT = 2
"""Goes up when a file cannot be read as before."""

_TABLES = {
    "assignments": ASSIGNMENTS,
    "terms": TERMS,
    "exemplars": EXEMPLARS,
    "stability": STABILITY,
}


def write_topics(topics: Topics, path: Path) -> Path:
    """Write topics to a file of numpy's .npz kind."""
    about = {
        "format": FORMAT,
        "version": _version(),
        "embedder": topics.embedder.name,
        "space": topics.space.rules(),
        "settings": dict(topics.settings),
        "tables": {name: _columns(getattr(topics, name)) for name in _TABLES},
    }
    text = json.dumps(about, ensure_ascii=True, allow_nan=False)
    # Given a name, numpy would add an ending of its own.
    with path.open("wb") as file:
        np.savez_compressed(
            file, allow_pickle=False, about=np.array(text),
            centroids=topics.space.centroids,
        )  # fmt: skip
    return path


def read_topics(path: Path, embedder: Embedder) -> Topics:
    """Read what `write_topics` wrote, and check that it can be used as it was."""
    about, centroids = _opened(path)
    _check(about, embedder, path)
    try:
        tables = {name: _frame(name, about["tables"][name]) for name in _TABLES}
        space = Space(centroids=centroids, **about["space"])
        return Topics(
            **tables, settings=about["settings"], embedder=embedder, space=space
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(path) from error


def _opened(path: Path) -> tuple[dict[str, Any], np.ndarray]:
    if not path.is_file():
        raise TopicsError("there is no such file; give one of `Topics.save`", path=path)
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            about = json.loads(str(held["about"]))
            return dict(about), np.asarray(held["centroids"], dtype=np.float64)
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError,
            IndexError, zipfile.BadZipFile) as error:  # fmt: skip
        raise _damaged(path) from error


def _damaged(path: Path) -> TopicsError:
    return TopicsError(
        "the file holds no topics, or is damaged; fit the topics again and save them",
        path=path,
    )


def _check(about: Mapping[str, object], embedder: Embedder, path: Path) -> None:
    saved_by = about.get("version", "an unknown version")
    if about.get("format") != FORMAT:
        raise TopicsError(
            f"the topics were saved by empathy-insights {saved_by} in a format that "
            f"{_version()} does not read; fit them again, or use that version",
            path=path,
        )
    if about.get("embedder") != embedder.name:
        raise TopicsError(
            f"the topics were made with the embedder {about.get('embedder')!r}, not "
            f"{embedder.name!r}; give that one as `embedder`",
            path=path,
        )
    if saved_by != _version():
        warnings.warn(
            f"{path.name}: the topics were saved by empathy-insights {saved_by}; "
            f"{_version()} may place further answers differently",
            EmpathyInsightsWarning,
            stacklevel=4,
        )


def _columns(frame: pd.DataFrame) -> dict[str, list[object]]:
    """Return plain values, with nothing (null) where one is missing."""
    values = plain(frame)
    return {str(name): values[name].tolist() for name in values.columns}


def _frame(name: str, columns: Mapping[str, list[object]]) -> pd.DataFrame:
    return _TABLES[name].frame(pd.DataFrame(columns).to_dict("records"))


def _version() -> str:
    return metadata.version("empathy-insights")
