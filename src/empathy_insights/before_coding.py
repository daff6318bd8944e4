"""A study before it is coded: read, names taken out, cut into passages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.codebook_file import load_codebook
from empathy_insights.coding.review.remembered import Remembered, remember
from empathy_insights.corpus import Corpus
from empathy_insights.identities import Deidentified, deidentify
from empathy_insights.readers import read_corpus
from empathy_insights.stage_cache import (
    StageCache,
    cache_beside,
    corpus_of_frames,
    deidentified_of_frames,
    files_in,
    frames_of_corpus,
    frames_of_deidentified,
)
from empathy_insights.study_file import Study
from empathy_insights.tables import PROBLEMS
from empathy_insights.text.embedders import Embedder, embedder_of
from empathy_insights.text.onnx_embedder import vectors_kept
from empathy_insights.text.segments import segment

Progress = Callable[[str], None]
"""Called with the name of each stage as it begins, and while a stage is long with how
far it has come: `"code: 400 of 3,000 passages embedded, about 20 s left"`."""


def silent(stage: str) -> None:
    """Show nothing: a progress that nobody looks at."""


def passages_of(
    study: Study, embedder: Embedder, begin: Progress, remembered: StageCache
) -> tuple[Corpus, Deidentified | None, pd.DataFrame]:
    """Return what was read, what was done to identities, and the passages."""
    begin("read")
    corpus = _read(study, remembered)
    begin("take identities out")
    deidentified = _deidentified(corpus, study, remembered)
    corpus = corpus if deidentified is None else deidentified.corpus
    begin("segment")
    return corpus, deidentified, segment(corpus, embedder=embedder)


@dataclass(frozen=True)
class Begun:
    """Hold a study before it is coded: its passages, and what people said of them."""

    corpus: Corpus
    codebook: Codebook
    segments: pd.DataFrame
    decisions: pd.DataFrame


def begin_study(study: Study) -> Begun:
    """Read a study and what people decided about it; code and count nothing."""
    remembered, embedder = cache_beside(study.data), embedder_of(None)
    with vectors_kept(remembered.vectors):
        corpus, _, segments = passages_of(study, embedder, silent, remembered)
    book = codebook_of(study)
    people = said_by_people(study, book, segments)
    corpus = with_problems(corpus, people.problems)
    return Begun(corpus, book, segments, people.decisions)


def said_by_people(study: Study, book: Codebook, said: pd.DataFrame) -> Remembered:
    """Return what people decided about the passages of a study."""
    hand = study.hand_codes
    return remember(study.decisions, study.folders, book, said, hand_codes=hand)


def codebook_of(study: Study) -> Codebook:
    """Return the codebook of a study, from its file where it is one."""
    book = study.codebook
    return book if isinstance(book, Codebook) else load_codebook(book)


def read_study(study: Study) -> Corpus:
    """Read the documents and people of a study; a corpus is what it is."""
    if isinstance(study.data, Corpus):
        return study.data
    return read_corpus(
        study.data,
        participants=study.participants,
        facilitators=study.facilitators,
        name_pattern=study.name_pattern or None,
    )


def with_problems(corpus: Corpus, *found: pd.DataFrame) -> Corpus:
    """Return a corpus with further problems among its own."""
    problems = pd.concat([corpus.problems, *found], ignore_index=True)
    return replace(corpus, problems=PROBLEMS.check(problems))


def _read(study: Study, remembered: StageCache) -> Corpus:
    if isinstance(study.data, Corpus):
        return study.data
    told = [study.participants, study.facilitators, study.name_pattern]
    files = files_in(study.data) if Path(study.data).exists() else []
    frames = remembered(
        "read", [files, *told], lambda: frames_of_corpus(read_study(study))
    )
    return corpus_of_frames(frames)


def _deidentified(
    corpus: Corpus, study: Study, remembered: StageCache
) -> Deidentified | None:
    if study.allow_identities:
        return None
    told = [*frames_of_corpus(corpus).values(), study.roster, study.keep]
    frames = remembered(
        "deidentified",
        told,
        lambda: frames_of_deidentified(
            deidentify(corpus, roster=study.roster, keep=study.keep)
        ),
    )
    return deidentified_of_frames(frames)
