"""A study before it is coded: read, names taken out, cut into passages.

What needs the passages alone is begun here, beside what is done with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pandas as pd

from empathy_insights.codebook import Codebook, check_letters
from empathy_insights.codebook_file import USUAL, load_codebook
from empathy_insights.coding.review.remembered import Remembered, remember
from empathy_insights.corpus import Corpus
from empathy_insights.exchange.qdpx_read import (
    Project,
    coded_by_people,
    read_project,
)
from empathy_insights.files.refi_archive import PROJECT
from empathy_insights.identities import Deidentified, deidentify, load_names
from empathy_insights.identities.leaks import FILE_NAME
from empathy_insights.problem.shipped import begin_frameworks
from empathy_insights.progress import stage_told_to
from empathy_insights.readers import read_corpus
from empathy_insights.readers.registry import is_readable
from empathy_insights.stage_cache import (
    StageCache,
    cache_beside,
    corpus_of_frames,
    deidentified_of_frames,
    frames_of_corpus,
    frames_of_deidentified,
    paths_in,
    told_files,
)
from empathy_insights.study_file import Study
from empathy_insights.tables import PROBLEMS, Frames
from empathy_insights.text.embedders import Embedder, StaticEmbedder, embedder_of
from empathy_insights.text.segments import segment
from empathy_insights.text_memory import text_memory, texts_remembered
from empathy_insights.topics import Topics, fit_topics, load_engine
from empathy_insights.workers import expect, is_one_ready, sent_beside

Progress = Callable[[str], None]
"""Called with the name of each stage as it begins, and while a stage is long with how
far it has come: `"code: 400 of 3,000 passages embedded, about 20 s left"`."""


def silent(stage: str) -> None:
    """Show nothing: a progress that nobody looks at."""


def project_of(study: Study) -> Project | None:
    """Return the project of another program that a study is, if it is one."""
    if isinstance(study.data, Corpus) or Path(study.data).suffix.casefold() != PROJECT:
        return None
    return read_project(
        study.data,
        participants=study.participants,
        facilitators=study.facilitators,
        name_pattern=study.name_pattern or None,
    )


def passages_of(
    study: Study,
    embedder: Embedder,
    begin: Progress,
    remembered: StageCache,
    project: Project | None = None,
) -> tuple[Corpus, Deidentified | None, pd.DataFrame]:
    """Return what was read, what was done to identities, and the passages."""
    with stage_told_to(begin, "read"):
        corpus = _read(study, remembered) if project is None else project.corpus
    with stage_told_to(begin, "take identities out"):
        deidentified = _deidentified(corpus, study, remembered)
    corpus = corpus if deidentified is None else deidentified.corpus
    begin("segment")
    return corpus, deidentified, _segments(corpus, embedder, remembered)


def begin_beside(
    segments: pd.DataFrame,
    embedder: Embedder,
    random_state: int,
    remembered: StageCache,
    *,
    is_coded: bool = False,
) -> None:
    """Let topics and frameworks be found by a process beside this one, if there is one.

    Static vectors are made there anew. Others are made once, for coding, and found by
    that process in the memory of texts.
    """
    memory = text_memory()
    if memory is not None:
        memory.save()  # what coding made, for what the other process makes
    is_embedded = is_coded and memory is not None and not memory.is_lost
    if is_embedded or isinstance(embedder, StaticEmbedder):
        remembered.begin(*topics_stage(segments, embedder, random_state))
    if is_one_ready(for_results=True):
        begin_frameworks(segments, remembered)


def topics_stage(
    segments: pd.DataFrame, embedder: Embedder, random_state: int
) -> tuple[str, list[object], Callable[[], Topics]]:
    """Return the stage that finds topics: its name, what goes in, and what makes them."""
    make = partial(fit_topics, segments, embedder=embedder, random_state=random_state)
    return "topics", [segments, embedder.name, random_state], make


@dataclass(frozen=True)
class Begun:
    """Hold a study before it is coded: its passages, and what people said of them.

    `files` are the names that the team gave to its files, by the document; in the corpus
    people's names are taken out of them.
    """

    corpus: Corpus
    codebook: Codebook
    segments: pd.DataFrame
    decisions: pd.DataFrame
    files: Mapping[str, str]


def begin_study(study: Study) -> Begun:
    """Read a study and what people decided about it; code and count nothing."""
    remembered, embedder = cache_beside(study.data), embedder_of(None)
    project = project_of(study)
    with texts_remembered(remembered.texts):
        corpus, clean, segments = passages_of(
            study, embedder, silent, remembered, project
        )
    book = codebook_of(study, project)
    people = said_by_people(study, book, segments, project, corpus)
    corpus = with_problems(corpus, people.problems)
    return Begun(corpus, book, segments, people.decisions, own_files(corpus, clean))


def own_files(corpus: Corpus, clean: Deidentified | None) -> dict[str, str]:
    """Return what the file of each document is really called; for the team's terminal."""
    called: dict[str, str] = {}
    if clean is not None:
        renamed = clean.key[clean.key["source"] == FILE_NAME]
        called = dict(zip(renamed["pseudonym"], renamed["form"], strict=True))
    paths = corpus.documents[["document_id", "path"]].itertuples(index=False, name=None)
    return {str(one): str(called.get(path, path)) for one, path in paths}


def said_by_people(
    study: Study,
    codebook: Codebook,
    said: pd.DataFrame,
    project: Project | None = None,
    corpus: Corpus | None = None,
) -> Remembered:
    """Return what people decided about the passages of a study.

    Parameters
    ----------
    said
        The passages.
    project, corpus
        The project of another program in which people have coded, and its texts as they
        are now.
    """
    given, lost = list(study.decisions), PROBLEMS.frame([])
    if project is not None and corpus is not None:
        coded, lost = coded_by_people(project, corpus, said, codebook)
        given += [coded] if len(coded) else []
    hand = study.hand_codes
    found = remember(given, study.folders, codebook, said, hand_codes=hand)
    both = pd.concat([found.problems, lost], ignore_index=True)
    return replace(found, problems=PROBLEMS.check(both))


def codebook_of(study: Study, project: Project | None = None) -> Codebook:
    """Return the codebook of a study: what was asked for, or what its project has."""
    book = study.codebook
    if not book and project is not None and project.codebook.themes:
        return project.codebook
    if not isinstance(book, Codebook):
        return load_codebook(book or USUAL)
    check_letters(book)
    return book


def read_study(study: Study) -> Corpus:
    """Read the documents and people of a study; a corpus is what it is."""
    if isinstance(study.data, Corpus):
        return study.data
    if (project := project_of(study)) is not None:
        return project.corpus
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
    data = study.data
    if isinstance(data, Corpus):
        return data
    told = [study.participants, study.facilitators, study.name_pattern]
    root = Path(data)
    paths = paths_in(root) if root.exists() else []
    files = told_files(root, paths)
    remembered.forget_who_left(root, files)

    def make() -> Frames:
        if not study.allow_identities:
            expect(sum(map(_size, paths)), load_names)
        return frames_of_corpus(read_study(study))

    return corpus_of_frames(remembered("read", [files, *told], make))


def _size(path: Path) -> int:
    """Return how many bytes a file has that can be read, about a character each."""
    return path.stat().st_size if is_readable(path) and path.exists() else 0


def _deidentified(
    corpus: Corpus, study: Study, remembered: StageCache
) -> Deidentified | None:
    if study.allow_identities:
        return None
    told = [*frames_of_corpus(corpus).values(), study.roster, study.keep]

    def make() -> Frames:
        if is_one_ready(for_results=True):
            sent_beside(load_engine)  # there will be topics to find in other passages
        clean = deidentify(corpus, roster=study.roster, keep=study.keep)
        return frames_of_deidentified(clean)

    return deidentified_of_frames(remembered("deidentified", told, make))


def _segments(
    corpus: Corpus, embedder: Embedder, remembered: StageCache
) -> pd.DataFrame:
    # spaCy and the embedder are loaded only where a turn is cut for the first time.
    kinds = corpus.documents[["document_id", "kind"]]
    frames = remembered(
        "segments",
        [corpus.utterances, kinds, embedder.name],
        lambda: {"segments": segment(corpus, embedder=embedder)},
    )
    return frames["segments"]
