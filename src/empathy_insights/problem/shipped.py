"""The shipped codebooks that a problem is looked at through: their phrases, weighed by a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib import resources
from typing import Self

import numpy as np
import pandas as pd

from empathy_insights.analysis.codings_in_place import counted
from empathy_insights.codebook import Codebook
from empathy_insights.codebook_file import load_codebook
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.coding.models.semantic import (
    Judged,
    SemanticCoder,
    judge_together,
)
from empathy_insights.files.yaml_text import load_yaml
from empathy_insights.tables import Frames, Remember
from empathy_insights.text.embedders import StaticEmbedder
from empathy_insights.yaml_fields import Fields

LEVERS = "solution_levers"
SYSTEMS = "mastery_systems"
ISTE = "iste_students"
ROADMAP = "mastery_learning_roadmap"
_ALL = (LEVERS, SYSTEMS, ISTE, ROADMAP)
_SUGGESTED = "suggested"

# From which chance on phrases count, by what they say alone; and from which on a lever
# needs no phrase. Set on half of some invented turns (benchmarks/lens_quality.py).
_PHRASE_COUNTS = {"auto": 0.3, "suggested": 0.45}
_LEVER_SOUNDS = 0.5


@dataclass(frozen=True, repr=False)
class Frameworks:
    """Hold what the shipped codebooks found.

    Parameters
    ----------
    codings
        Name of a codebook -> the codings of segments by it.
    is_suggested
        Whether a segment sounds like a suggestion, a value a segment.
    """

    codings: Mapping[str, pd.DataFrame]
    is_suggested: np.ndarray

    @classmethod
    def of_frames(cls, frames: Mapping[str, pd.DataFrame]) -> Self:
        """Return what some tables, as `frames` made them, are of."""
        is_suggested = frames[_SUGGESTED]["is_suggested"].to_numpy(dtype=bool)
        return cls({name: frames[name] for name in _ALL}, is_suggested)

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return all of it as tables, to be kept."""
        suggested = pd.DataFrame({"is_suggested": self.is_suggested})
        return {**self.codings, _SUGGESTED: suggested}

    def main(self, name: str, column: str) -> pd.DataFrame:
        """Return `segment_id` and, in the column, each main theme that counts there."""
        return main_themes(counted(self.codings[name]), column)


def frameworks_in(segments: pd.DataFrame, remembered: Remember) -> Frameworks:
    """Return what the shipped codebooks find, or found in the same segments before."""
    return Frameworks.of_frames(remembered(*_stage(segments)))


def begin_frameworks(segments: pd.DataFrame, remembered: Remember) -> None:
    """Let the shipped codebooks be looked through beside what is done meanwhile."""
    remembered.begin(*_stage(segments))


def _stage(segments: pd.DataFrame) -> tuple[str, list[object], Callable[[], Frames]]:
    books = [load_codebook(name).sha256 for name in _ALL]
    return "frameworks", [segments, *books], partial(_frames, segments)


def _frames(segments: pd.DataFrame) -> Frames:
    return read_frameworks(segments).frames()


def read_frameworks(segments: pd.DataFrame) -> Frameworks:
    """Find the themes of the shipped codebooks, and the cues of suggestions, in segments.

    A phrase counts (`auto`) where a model of the codebook's own texts bears it out, and
    is `suggested` elsewhere. A lever is told by its phrases, or by that model alone.
    """
    coder = LexicalCoder(_together())
    reads = coder.read(segments["text"].tolist())
    codings = coder.codings(segments, reads)
    # Static vectors: they do as well here, and a study that was kept is not embedded anew.
    coders = [SemanticCoder(load_codebook(name), StaticEmbedder()) for name in _ALL]
    judged = judge_together(coders, segments["text"].tolist())
    return Frameworks(
        {
            name: _of_book(codings, coder, said, segments)
            for name, coder, said in zip(_ALL, coders, judged, strict=True)
        },
        np.array(["suggestion" in read.cues for read in reads], dtype=bool),
    )


def main_themes(codings: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return `segment_id` and, in the column, each theme that is part of no other."""
    is_main = ~codings["theme"].str.contains(".", regex=False)
    found = codings.loc[is_main, ["segment_id", "theme"]].drop_duplicates()
    return found.rename(columns={"theme": column})


@cache
def _together() -> Codebook:
    """Return all of them as one codebook: splitting text into words is what takes time."""
    themes = tuple(theme for name in _ALL for theme in load_codebook(name))
    cues = load_codebook(LEVERS).stance_cues
    return Codebook("frameworks", "Frameworks", themes=themes, stance_cues=cues)


def _of_book(
    codings: pd.DataFrame,
    coder: SemanticCoder,
    judged: Judged,
    segments: pd.DataFrame,
) -> pd.DataFrame:
    """Return a book's own codings, each with the status that phrase and model give."""
    codebook = coder.codebook
    own = codings[codings["theme"].isin([theme.id for theme in codebook])]
    own = own.assign(codebook_sha256=codebook.sha256).reset_index(drop=True)
    if codebook.id == LEVERS:
        sounds = replace(judged, likely=judged.chances.whole >= _LEVER_SOUNDS)
        found = coder.codings(segments, sounds).assign(status="auto")
        both = pd.concat([own, found], ignore_index=True)
        return both.drop_duplicates(["segment_id", "theme"], ignore_index=True)
    rows = pd.Index(segments["segment_id"]).get_indexer(own["segment_id"])
    chance = judged.scores(rows, own["theme"].str.split(".").str[0])
    counts = chance >= own["status"].map(_PHRASE_COUNTS).to_numpy(dtype=float)
    return own.assign(status=np.where(counts, "auto", "suggested"))


# The criteria that a problem-of-practice statement is held against, from rubric.yaml.


@dataclass(frozen=True)
class Criterion:
    """Describe one criterion.

    Parameters
    ----------
    id, name
        What tables and what people call it.
    source
        Who asks for it.
    ask
        What a person is asked where words and counts cannot decide.
    always_ask
        A person is asked whatever the result.
    terms
        Kind -> patterns of the words that the check looks for.
    limits
        Name -> the number from which, or up to which, the check passes.
    """

    id: str
    name: str
    source: str
    ask: str
    always_ask: bool
    terms: Mapping[str, tuple[str, ...]]
    limits: Mapping[str, int]


@dataclass(frozen=True)
class Fixture:
    """Hold a statement whose results are known: its `text`, and whose it is (`source`).

    `expect` maps criteria to results.
    """

    text: str
    source: str
    expect: Mapping[str, str]


@dataclass(frozen=True)
class Rubric:
    """Hold the criteria, in the order in which they are shown.

    Parameters
    ----------
    version
        The rubric's own.
    criteria
        By id.
    form_words
        Words of a question's form, which nobody needs to have raised.
    common_words
        Words that do not lead to a theme by themselves.
    fixtures
        Published and invented statements with their expected results.
    """

    version: str
    criteria: Mapping[str, Criterion]
    form_words: tuple[str, ...]
    common_words: tuple[str, ...]
    fixtures: tuple[Fixture, ...]

    def terms(self, criterion: str, kind: str) -> tuple[str, ...]:
        """Return the patterns of one kind that a criterion looks for."""
        return self.criteria[criterion].terms[kind]


@cache
def load_rubric() -> Rubric:
    """Load the rubric that the library ships.

    Examples
    --------
    >>> len(load_rubric().criteria)
    14
    """
    file = resources.files("empathy_insights") / "problem" / "rubric.yaml"
    text = file.read_text(encoding="utf-8")
    content, lines = load_yaml(text)
    fields = Fields(content if isinstance(content, dict) else {}, "", lines, [])
    criteria = [_criterion(item) for item in fields.items("criteria")]
    return Rubric(
        version=fields.text("version"),
        criteria={criterion.id: criterion for criterion in criteria},
        form_words=fields.texts("form_words"),
        common_words=fields.texts("common_words"),
        fixtures=tuple(_fixture(item) for item in fields.items("fixtures")),
    )


def _criterion(fields: Fields) -> Criterion:
    limits = fields.mapping("limits")
    return Criterion(
        id=fields.text("id"),
        name=fields.text("name"),
        source=fields.text("source"),
        ask=fields.text("ask"),
        always_ask=fields.flag("always_ask"),
        terms=fields.lists_of_patterns("terms"),
        limits={name: limits.whole(name) for name in limits.content},
    )


def _fixture(fields: Fields) -> Fixture:
    expect = fields.mapping("expect")
    return Fixture(
        text=fields.text("text"),
        source=fields.text("from"),
        expect={name: expect.text(name) for name in expect.content},
    )
