"""The results folder: everything that one analysis leaves on the disk."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.ahead import all_done
from empathy_insights.analysis.case_matrix import case_matrix, coded_passages
from empathy_insights.analysis.estimate.next_passages import next_passages
from empathy_insights.files.output import keep_private
from empathy_insights.files.results import OPEN, TEAM
from empathy_insights.problem.decision import blank_matrix
from empathy_insights.progress import tell
from empathy_insights.publishing import AudienceName
from empathy_insights.report.audience_note import audience_note
from empathy_insights.report.charts.drawn import write_charts, write_team_charts
from empathy_insights.report.charts.style import plain_words
from empathy_insights.report.export import (
    write_csv,
    write_json,
    write_tables,
    write_text,
)
from empathy_insights.report.identities_open import (
    LeakCheck,
    also_written,
    is_private,
    is_taken_over,
    review_told,
    write_open,
)
from empathy_insights.report.passages import trace
from empathy_insights.report.placing import drafted, place
from empathy_insights.report.published import Published, published, study_of
from empathy_insights.report.ready import load_for_results
from empathy_insights.report.render.docx import write_cards
from empathy_insights.report.render.html import methods_html, report_html
from empathy_insights.report.render.markdown import problem_markdown
from empathy_insights.report.render.slides import write_slides
from empathy_insights.report.render.statement_docx import write_statement
from empathy_insights.report.review_page import NAME as REVIEW_PAGE
from empathy_insights.report.review_page import review_html
from empathy_insights.report.team_words import with_places
from empathy_insights.report.transcripts import NAME as TRANSCRIPTS
from empathy_insights.report.transcripts import transcripts_html
from empathy_insights.text.segments import CONTEXT
from empathy_insights.workers import working_on

if TYPE_CHECKING:
    from empathy_insights.identities import Deidentified
    from empathy_insights.problem.next_steps import NextSteps
    from empathy_insights.problem.sections import Section
    from empathy_insights.problem.statement import Statement
    from empathy_insights.report.findings import Findings
    from empathy_insights.report.published import Published


# What stays with the team: texts, codings, full tables, and what each number stands on.


_READ_ME = """{note}

This folder holds people's words, who said what, and numbers of small groups. Keep it
where only the team can open it; give others the files beside it, not this folder.

review.html     open it in a browser to read the passages that come next; it needs no
                network, and saves what you say as a file for the next analysis
transcripts.html  every turn in its order; passages of the report open it where they were said
segments.parquet, codings.parquet, topics.parquet   the passages and what was found in them
trace.json      the segments that every number of the theme table was counted from
passages.csv    which segment a passage of the report (q3fa91c) is
tables/         the tables with nothing hidden, for R or Excel a row a person (case_matrix) and
                a row a passage and theme (coded_passages), what a person should look at, and
                what comes after the statement: suggestions, levers, decision_matrix, routing, pilot …
charts/         how many people spoke of a need, of a strength, or of both, and of which
                parts of two frameworks
manifest.json   versions, hashes, seeds and settings
"""


def write_team_files(
    shown: Published, folder: Path, steps: NextSteps | None = None
) -> None:
    """Write the team's own files into a folder that says whom they are for.

    Parameters
    ----------
    steps
        What comes after the statement; none without a problem of practice.
    """
    run = shown.run
    folder.mkdir(exist_ok=True)
    note = audience_note("team", identities=run.deidentified is None)
    write_text(folder / "README.txt", _READ_ME.format(note=note))
    write_text(folder / REVIEW_PAGE, review_html(run))
    write_text(folder / TRANSCRIPTS, transcripts_html(run))
    # What was asked stands in the documents already, and would treble the file.
    segments = run.segments.drop(columns=[*CONTEXT], errors="ignore")
    segments.to_parquet(folder / "segments.parquet", index=False)
    # What coders note for each other is not searched for identities.
    codings = run.codings.drop(columns="notes", errors="ignore")
    codings.to_parquet(folder / "codings.parquet", index=False)
    run.topics.assignments.to_parquet(folder / "topics.parquet", index=False)
    write_json(folder / "trace.json", trace(run.found))
    _write_names(shown, folder)
    tables = {**_team_tables(run), **_after(steps)}
    write_tables(tables, folder / "tables", note=note)
    write_json(folder / "manifest.json", run.manifest)


def _write_names(shown: Published, folder: Path) -> None:
    """Write which segment each passage of the report is."""
    names = pd.Series(shown.passage_id, name="passage").rename_axis("segment_id")
    rows = names.sort_values().reset_index()[["passage", "segment_id"]]
    write_csv(rows, folder / "passages.csv")


def _after(steps: NextSteps | None) -> dict[str, pd.DataFrame]:
    tables = {} if steps is None else steps.tables()
    return {name: table for name, table in tables.items() if name != "voices"}


def _team_tables(run: Findings) -> dict[str, pd.DataFrame]:
    tables = {
        "themes": run.themes,
        "themes_by_role": run.themes_by_role,
        "voices": run.voices,
        "quotes": run.quotes,
        "coded_passages": coded_passages(
            run.found, run.corpus, run.segments, run.codebook
        ),
        "case_matrix": _case_matrix(run),
        "topics": run.topics.to_frame().drop(columns="typical"),
        "reading": run.corpus.reading,
        "reading_problems": run.corpus.problems,
        # Where the passages stand, not what they say.
        "next_passages": next_passages(run),
        "for_a_person": run.sensitive.drop(columns=["text", *CONTEXT], errors="ignore"),
    }
    if run.deidentified is None:
        return tables
    return {
        **tables,
        "identities_replaced": run.deidentified.log,
        "identities_to_review": review_told(run.deidentified),
    }


def _case_matrix(run: Findings) -> pd.DataFrame:
    """Lay out who raised which theme; a column of people called like a theme gives way."""
    people = run.corpus.participants
    ours = {name: f"their_{name}" for name in people if name in run.codebook}
    renamed = people.rename(columns=ours)
    corpus = replace(run.corpus, participants=renamed) if ours else run.corpus
    table = case_matrix(run.codings, corpus, codebook=run.codebook)
    return table.assign(themes_raised=table[list(table.attrs["names"])].sum(axis=1))


@dataclass(frozen=True)
class Written:
    """Say what was written where, and what was held back.

    Parameters
    ----------
    folder
        The results.
    report
        The report; the team's where the audience's is held back.
    open_identities
        How many strings a person has to decide about before others get anything.
    kept
        Files that people had changed, under the names that they have now.
    shown
        What the audience may see; missing where only texts were written.
    by_team
        How many of the strings the team itself wrote, into study.yaml or its codebook.
    of_other
        Whether results of a study of other files stood in the folder, and were replaced.
    """

    folder: Path
    report: Path
    open_identities: int = 0
    kept: tuple[str, ...] = ()
    shown: Published | None = None
    by_team: int = 0
    of_other: bool = False

    @property
    def is_withheld(self) -> bool:
        """Return whether the audience's files are held back."""
        return self.report.parent != self.folder


def write_results(
    run: Findings,
    folder: str | Path,
    *,
    audience: AudienceName = "school",
    decided: pd.DataFrame | None = None,
    earlier: str | Path | None = None,
) -> Written:
    """Write the report, tables, charts and data.

    The report, tables, charts and the statement are for the audience. What the team
    works on (texts, codings, full tables, what each number stands on) goes into
    `team_only`, whoever the audience is.

    Everything is written beside the folder first and searched for identities. Where some
    are left, the audience gets nothing: the team's report and tables go into `team_only`,
    and `identities_open.csv` there says what to decide. Then the whole takes the place of
    earlier results at once.

    Parameters
    ----------
    decided
        What a person has decided about identities before; see `read_decisions`.
    earlier
        The results folder, or the manifest, of an earlier release of the study.

    Raises
    ------
    EmpathyInsightsError
        The folder cannot be written, or the earlier release is not there.
    """
    folder = Path(folder)
    shown = published(run, audience, earlier=earlier)
    ready = load_for_results if len(run.segments) >= _MANY else None
    with drafted(folder) as draft, plain_words(), working_on(None, ready=ready):
        look = LeakCheck(run.deidentified, decided, run.remembered)
        with all_done():
            tell("report and charts")
            steps = _write_for_audience(shown, draft)
            tell("what is for the team alone")
            _write_team_only(shown, draft / TEAM, steps)
        tell("looking for names in all of it")
        more = also_written(run)
        left = look(draft, more)
        told = left[~left["file"].map(is_private)]
        is_withheld = audience != "team" and len(told) > 0
        if is_withheld:
            tell("for the team alone: a name is left in what others would get")
            _write_for_team(shown, draft)
            tell("looking for names in that")
            left = pd.concat([told, look(draft, more)])
        look.keep()
        left = left.sort_values(["string", "file"], kind="stable")
        left = with_places(left, run)
        write_open(pd.concat([left, shown.doubts]), decided, draft / TEAM)
        if audience == "team":
            _for_its_owner(draft)
        of_other = _holds_others(folder, run)
        kept = place(draft, folder, replaced=_taken_over(folder, decided))
    report = (folder / TEAM if is_withheld else folder) / "report.html"
    by_team = left.loc[left["by_team"], "string"].nunique()
    n_open = left["string"].nunique()
    return Written(folder, report, n_open, tuple(kept), shown, by_team, of_other)


def _holds_others(folder: Path, run: Findings) -> bool:
    """Return whether results of other files stand in a folder, none of them in this run."""
    try:
        held = json.loads((folder / TEAM / "manifest.json").read_text("utf-8"))
        before = [(one["path"], one["sha256"]) for one in held["documents"]]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    now = run.corpus.documents
    paths, hashes = {*now["path"]}, {*now["sha256"]}
    if not before or any(sha256 in hashes for _, sha256 in before):
        return False
    # Files of two studies may be called alike once names are out of them.
    return 2 * sum(path in paths for path, _ in before) < len(before)


def _for_its_owner(draft: Path) -> None:
    """Let only the owner open what is in a draft: people's words stand in it."""
    for path in draft.iterdir():
        keep_private(path)


def _taken_over(folder: Path, decided: pd.DataFrame | None) -> frozenset[str]:
    """Return the file of decisions, if all that people wrote into it is in the new one."""
    earlier = folder / TEAM / OPEN
    is_one = earlier.is_file() and is_taken_over(earlier, decided)
    return frozenset({f"{TEAM}/{OPEN}"} if is_one else ())


_MANY = 5_000  # passages: with fewer, a process takes as long to begin as it helps


def write_deidentified(clean: Deidentified, folder: str | Path) -> Written:
    """Write texts with pseudonyms, what was replaced where, and what to look at.

    The key is not among them; `write_key` puts it elsewhere. What the leak check still
    finds goes into `team_only/identities_open.csv`.

    Raises
    ------
    EmpathyInsightsError
        The folder cannot be written.
    """
    folder = Path(folder)
    with drafted(folder) as draft, working_on(None):
        (draft / "texts").mkdir()
        for name, text in clean.corpus.documents[["document_id", "text"]].to_numpy():
            write_text(draft / "texts" / f"{name}.txt", text)
        write_csv(clean.log, draft / "identities_replaced.csv")
        write_csv(review_told(clean), draft / "identities_to_review.csv")
        left = LeakCheck(clean)(draft)
        if len(left):
            (draft / TEAM).mkdir()
            write_open(left, None, draft / TEAM)
        _for_its_owner(draft)
        kept = place(draft, folder)
    return Written(folder, folder, left["string"].nunique(), tuple(kept))


def _write_for_team(shown: Published, draft: Path) -> None:
    """Take from others what they would have got, and give it to the team as it may see it."""
    for path in [*draft.iterdir()]:
        if path.name != TEAM:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    team, beside = published(shown.run, "team"), draft / "beside" / TEAM
    beside.mkdir(parents=True)
    with all_done():
        steps = _write_for_audience(team, beside)
        if (steps is None) != (shown.problem is None):
            _write_team_only(team, draft / TEAM, steps)
        else:
            _write_names(team, draft / TEAM)
    # The team's own files go before those that others would have under the same name.
    shutil.copytree(draft / TEAM, beside, dirs_exist_ok=True)
    shutil.rmtree(draft / TEAM)
    beside.rename(draft / TEAM)
    beside.parent.rmdir()


def _write_team_only(shown: Published, folder: Path, steps: NextSteps | None) -> None:
    write_team_files(shown, folder, steps)
    write_team_charts(shown.run, steps, folder / "charts")


def _write_for_audience(shown: Published, folder: Path) -> NextSteps | None:
    write_charts(shown, folder / "charts")
    run = shown.run
    steps = None if shown.problem is None else run.next_steps()
    after = shown.after(steps)
    beside = "" if folder.name == TEAM else f"{TEAM}/"
    page = report_html(shown, after, team_folder=beside)
    write_text(folder / "report.html", page)
    write_text(folder / "methods.html", methods_html(shown))
    if shown.problem is not None:
        _write_problem(shown, shown.problem, after, folder)
    write_statement(shown, folder)
    write_cards(shown, folder)
    write_slides(shown, folder)
    write_tables(_tables(shown), folder / "tables", note=shown.note)
    manifest = {**run.manifest, "audience": shown.audience, "study": study_of(run)}
    write_json(folder / "manifest.json", without_documents(manifest))
    return steps


def _write_problem(
    shown: Published,
    problem: Statement,
    after: Sequence[Section],
    folder: Path,
) -> None:
    run = shown.run
    how = str(run.manifest["made_with"])
    text = problem_markdown(
        problem.question, shown.sections, how=how, note=shown.note, after=after
    )
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
