"""The results folder: everything that one analysis leaves on the disk."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.privacy import AudienceName, find_identities, refuse_leaks
from empathy_insights.problem.decision import blank_matrix
from empathy_insights.report.after import Part, after_statement
from empathy_insights.report.cards import write_cards
from empathy_insights.report.drawn import write_charts, write_team_charts
from empathy_insights.report.export import (
    write_csv,
    write_json,
    write_tables,
    write_text,
)
from empathy_insights.report.html import report_html
from empathy_insights.report.markdown import problem_markdown
from empathy_insights.report.office import words_of
from empathy_insights.report.published import Published, published
from empathy_insights.report.slides import write_slides
from empathy_insights.report.statement_docx import write_statement
from empathy_insights.report.team_files import write_team_files

if TYPE_CHECKING:
    from empathy_insights.privacy import Deidentified
    from empathy_insights.problem.build import ProblemOfPractice
    from empathy_insights.report.shape import Findings


_TEXT = frozenset({".html", ".md", ".csv", ".json", ".txt"})
_OFFICE = frozenset({".docx", ".pptx"})
_OURS = frozenset({"csv-metadata.json"})  # what columns mean, in no words of people


# Not every audience gets these: what an earlier one got must not stay beside the rest.
_SOMETIMES = (
    "charts/joint_display", "charts/themes_by_role", "charts/topics", "decision_matrix",
    "problem_of_practice",
)  # fmt: skip
_SUFFIXES = (".csv", ".docx", ".md", ".png", ".svg", ".txt")


def write_results(
    run: Findings, folder: str | Path, *, audience: AudienceName = "school"
) -> Path:
    """Write the report, tables, charts and data; return the folder.

    The report, tables, charts and the statement are for the audience. What the team
    works on (texts, codings, full tables, what each number stands on) goes into
    `team_only`, whoever the audience is.

    Everything is written beside the folder first, searched for identities, and moved in
    at the end, file by file: a crash or a leak leaves the last results as they were.
    What the last results had and this audience does not get is removed.

    Raises
    ------
    EmpathyInsightsError
        The folder cannot be written, or an identity stands in what would be written.
    """
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as draft:
            _write_all(published(run, audience), Path(draft))
            _refuse_leaks(run, Path(draft))
            _move(Path(draft), folder)
    except OSError as error:
        reason = error.strerror or "it cannot be written"
        raise EmpathyInsightsError(
            f"the results cannot be written ({reason}); choose another folder",
            path=folder,
        ) from error
    return folder


def write_deidentified(clean: Deidentified, folder: str | Path) -> Path:
    """Write texts with pseudonyms, what was replaced where, and what to look at.

    The key is not among them; `write_key` puts it elsewhere.

    Raises
    ------
    EmpathyInsightsError
        The folder cannot be written.
    """
    folder = Path(folder)
    try:
        (folder / "texts").mkdir(parents=True, exist_ok=True)
        for name, text in clean.corpus.documents[["document_id", "text"]].to_numpy():
            write_text(folder / "texts" / f"{name}.txt", text)
        write_csv(clean.log, folder / "identities_replaced.csv")
        write_csv(clean.review, folder / "identities_to_review.csv")
    except OSError as error:
        raise EmpathyInsightsError(
            "the texts cannot be written", path=folder
        ) from error
    return folder


def _write_all(shown: Published, folder: Path) -> None:
    svgs = write_charts(shown, folder / "charts")
    run = shown.run
    steps = None if shown.problem is None else run.next_steps()
    after = [] if steps is None else after_statement(shown, steps)
    write_text(folder / "report.html", report_html(shown, svgs, after))
    if shown.problem is not None:
        _write_problem(shown, shown.problem, after, folder)
    write_statement(shown, folder)
    write_cards(shown, folder)
    write_slides(shown, folder)
    write_tables(_tables(shown), folder / "tables", note=shown.note)
    manifest = {**run.manifest, "audience": shown.audience}
    write_json(folder / "manifest.json", without_documents(manifest))
    write_team_files(shown, folder / "team_only", steps)
    write_team_charts(run, steps, folder / "team_only" / "charts")


def _write_problem(
    shown: Published,
    problem: ProblemOfPractice,
    after: Sequence[Part],
    folder: Path,
) -> None:
    run = shown.run
    how = str(run.manifest["made_with"])
    text = problem_markdown(problem, how=how, note=shown.note, after=after)
    write_text(folder / "problem_of_practice.md", text)
    blank = blank_matrix(run.codebook, problem.picked)
    write_csv(blank, folder / "decision_matrix.csv")


def without_documents(manifest: Mapping[str, object]) -> dict[str, object]:
    """Leave out the names of files, which say who was interviewed where."""
    return {name: value for name, value in manifest.items() if name != "documents"}


def _tables(shown: Published) -> dict[str, pd.DataFrame]:
    return {
        "themes": shown.themes,
        "themes_by_role": shown.by_role,
        "voices": shown.voices,
        "quotes": shown.quotes,
        "topics": shown.topics,
    }


def _refuse_leaks(run: Findings, folder: Path) -> None:
    if run.deidentified is None:
        return
    texts = {
        str(path.relative_to(folder)): _words(path)
        for path in sorted(folder.rglob("*"))
        if path.suffix in _TEXT | _OFFICE and path.name not in _OURS
    }
    # The workbook holds the tables again, and Parquet files these two columns of text.
    texts["segments.parquet"] = "\n".join(run.segments["text"])
    texts["codings.parquet"] = "\n".join(run.codings["method"])
    refuse_leaks(texts, find_identities(run.deidentified))


def _words(path: Path) -> str:
    if path.suffix in _OFFICE:
        return words_of(path)
    return path.read_text(encoding="utf-8-sig")


def _move(source: Path, target: Path) -> None:
    for name in _SOMETIMES:
        for suffix in _SUFFIXES:
            if not (source / f"{name}{suffix}").exists():
                (target / f"{name}{suffix}").unlink(missing_ok=True)
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        place = target / file.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        file.replace(place)
