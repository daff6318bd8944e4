"""A REFI-QDA project as a study: its texts, people, codes and codings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.codebook_refi import codebook_in
from empathy_insights.coding.review.fingerprints import fingerprint
from empathy_insights.corpus import Corpus
from empathy_insights.errors import TranscriptError
from empathy_insights.exchange.marks import NO_PASSAGE, moved, placed
from empathy_insights.exchange.qdpx_corpus import (
    Here,
    as_written,
    found_in,
    kept_in,
    people_of,
    problem_table,
    read_anew,
    variables_of,
    with_memos,
)
from empathy_insights.exchange.qdpx_marks import Told, left_out, marks_of, told_in
from empathy_insights.exchange.qdpx_sources import (
    Problem,
    texts_of,
)
from empathy_insights.exchange.qdpx_written import OWN, records_of
from empathy_insights.files.refi_archive import (
    Archive,
    open_project,
    tag,
)
from empathy_insights.tables import BY_PEOPLE, CODINGS, NO_THEME, PROBLEMS
from empathy_insights.text.segments import segment

_MARK = [
    "guid", "document_id", "start", "end", "theme", "coder", "status", "method", "stance",
    "notes", "codebook_sha256",
]  # fmt: skip
_PLACE = ("guid", "document_id", "start", "end")
_UNSURE: Problem = {
    "problem": "where some selections stand could not be checked: no name is their words",
    "advice": "hold some codings against the program that they come from",
}
_CHANGED: Problem = {
    "problem": "texts were changed since we wrote this project, so it was read anew",
    "advice": "hold some codings against the program that they come from",
}


@dataclass(frozen=True)
class Project:
    """Hold what a project is to us.

    Parameters
    ----------
    corpus, codebook
        Its texts and people, and its codes.
    marks
        What is coded: a row a selection, theme and coder.
    kept
        The codings as we wrote them, where the texts are still those; else nothing.
    """

    corpus: Corpus
    codebook: Codebook
    marks: pd.DataFrame
    kept: Sequence[Mapping[str, Any]] = ()


@public
def read_qdpx(path: str | Path) -> tuple[Corpus, Codebook, pd.DataFrame]:
    """Read a REFI-QDA project (.qdpx): texts, people, codes and codings.

    Sources are documents, cases people with their variables, codes themes. A coding is
    put on the passages that its selection covers half of, or stands in; users are coders,
    and notes are kept.

    Parameters
    ----------
    path
        A project that NVivo, MAXQDA, ATLAS.ti, QualCoder or `write_qdpx` wrote.

    Returns
    -------
    tuple
        The corpus, whose `problems` list all that was not read or could not be placed;
        the codebook; and the codings of `segment(corpus)`, as `code` returns them, with
        `notes`. Names are still in the texts of another program: `deidentify` comes next.

    Raises
    ------
    EmpathyInsightsError
        The file is broken, locked, unsafe or too large, or holds no text.

    See Also
    --------
    write_qdpx : Writes a project.
    analyze : Takes the path of a project as it takes a folder.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> ei.read_qdpx("study.qdpx")
    Traceback (most recent call last):
    empathy_insights.errors.TranscriptError: there is no file 'study.qdpx'; check the path
    """
    project = read_project(path)
    codings, lost = codings_of(project, project.corpus, segment(project.corpus))
    problems = pd.concat([project.corpus.problems, lost], ignore_index=True)
    corpus = replace(project.corpus, problems=PROBLEMS.check(problems))
    return corpus, project.codebook, codings


def read_project(
    path: str | Path,
    *,
    participants: str | Path | pd.DataFrame | None = None,
    facilitators: Sequence[str] = (),
    name_pattern: str | None = None,
) -> Project:
    """Read a project; the options are those of `read_corpus`.

    Raises
    ------
    EmpathyInsightsError
        It cannot be read, or holds no text.
    """
    path = Path(path)
    archive = _project(path)
    kept = kept_in(archive)
    book, themes = codebook_in(archive.root, path, kept=kept.get("codebook"))
    told = told_in(archive, themes)
    texts = texts_of(archive, variables_of(archive))
    read = [(text, found_in(text)) for text in texts if text.raw.strip()]
    if not read:
        raise TranscriptError(
            "the project holds no text; export it together with its documents",
            path=path,
        )
    problems = [*(p for text in texts for p in text.problems), *left_out(archive, told)]
    if not all(found.is_sure for _, found in read):
        problems.append({**_UNSURE, "path": path.name})
    whole = as_written(kept, read) if participants is None else None
    if whole is not None:
        here, corpus, gone = whole
    else:
        if participants is None:
            participants = people_of(archive, texts)
            problems += [{**_CHANGED, "path": path.name}] * bool(kept)
        here, corpus = read_anew(read, participants, facilitators, name_pattern)
        gone, kept = [], {}
    marks, lost = _marks(here, told, book, gone)
    listed = problem_table([*problems, *records_of(corpus.problems), *lost])
    corpus = replace(with_memos(corpus, here, told), problems=listed)
    return Project(corpus, book, marks, kept.get("codings", ()))


def _project(path: Path) -> Archive:
    if not path.is_file():
        raise TranscriptError(f"there is no file {str(path)!r}; check the path")
    archive = open_project(path)
    if tag(archive.root) != "Project":
        raise TranscriptError("the .qde file in it holds no project", path=path)
    return archive


# What is coded.


def _marks(
    here: Sequence[Here],
    told: Told,
    codebook: Codebook,
    gone: Sequence[Mapping[str, Any]],
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return what is coded, what others do not show (`gone`), and what is nowhere."""
    marks: list[dict[str, Any]] = []
    lost: list[Problem] = []
    for text, found, name, move in here:
        rows, problems = marks_of(text, found.spans, found.wrong, told)
        lost += problems
        for row in rows:
            place = {"start": move(row["start"]), "end": move(row["end"])}
            of = {"document_id": name, "codebook_sha256": codebook.sha256}
            marks.append({**row, **of, **place})
    return pd.DataFrame([*marks, *gone], columns=_MARK), lost


def codings_of(
    project: Project, corpus: Corpus, segments: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put what is coded in a project on passages, and say what lies on none.

    Parameters
    ----------
    corpus
        That of the project, or the same without names.
    segments
        Its passages.
    """
    kept = list(project.kept) if corpus is project.corpus else []
    known = {row["guid"] for row in kept}
    there = {*project.marks["guid"], ""}
    fresh = project.marks[~project.marks["guid"].isin(known)]
    codings, lost = placed(moved(fresh, project.corpus, corpus), segments)
    codings = codings.drop(columns="guid", errors="ignore")
    exact = [
        {name: value for name, value in row.items() if name not in _PLACE}
        for row in kept
        if row["guid"] in there and not row.get(OWN)
    ]
    if exact:
        codings = _together(exact, codings)
    problems = [
        {"path": row["document_id"], "problem": f"the selection {row['start']} to {row['end']}, "
         f"coded {row['theme']!r}, was left out: {NO_PASSAGE}",
         "advice": "code what somebody answers"}
        for row in lost.to_dict("records")
    ]  # fmt: skip
    return codings, problem_table(problems)


def _together(
    exact: Sequence[Mapping[str, object]], codings: pd.DataFrame
) -> pd.DataFrame:
    """Return the codings as we wrote them, and those that came to them since."""
    both = [*exact, *codings.to_dict("records")]
    once = {tuple(row[name] for name in CODINGS.key): row for row in both}
    table = CODINGS.frame(once.values())
    own = [name for name in table.columns if name not in CODINGS.columns]
    return table.assign(
        **{name: table[name].where(table[name].notna()) for name in own}
    )


def coded_by_people(
    project: Project, corpus: Corpus, segments: pd.DataFrame, codebook: Codebook
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what people coded in a project, on these passages; and what could not be used.

    Parameters
    ----------
    corpus, segments
        The texts of the project as they are now, and their passages.
    codebook
        The themes that count: those of the project, or others.
    """
    codings, lost = codings_of(project, corpus, segments)
    codings = codings[codings["status"].isin(BY_PEOPLE)]
    marks = segments.set_index("segment_id")["text"].map(fingerprint)
    codings = codings.assign(fingerprint=codings["segment_id"].map(marks))
    is_known = codings["theme"].isin({NO_THEME, *(theme.id for theme in codebook)})
    if n := int((~is_known).sum()):
        told: Problem = {
            "path": "project",
            "problem": f"codings of codes that the codebook does not have: {n}",
            "advice": "leave --codebook out to analyze with the codes of the project",
        }
        lost = problem_table([told, *records_of(lost)])
    return codings[is_known].reset_index(drop=True), lost
