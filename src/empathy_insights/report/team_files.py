"""What stays with the team: texts, codings, full tables, and what each number stands on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.report.audience_note import audience_note
from empathy_insights.report.export import (
    write_csv,
    write_json,
    write_tables,
    write_text,
)
from empathy_insights.report.trace import trace
from empathy_insights.text.context import CONTEXT

if TYPE_CHECKING:
    from empathy_insights.problem.next_steps import NextSteps
    from empathy_insights.report.published import Published
    from empathy_insights.report.shape import Findings

_READ_ME = """{note}

This folder holds people's words, who said what, and numbers of small groups. Keep it
where only the team can open it; give others the files beside it, not this folder.

segments.parquet, codings.parquet, topics.parquet   the passages and what was found in them
trace.json      the segments that every number of the theme table was counted from
passages.csv    which segment a passage of the report (q3fa91c) is
tables/         the tables with nothing hidden, what a person should look at, and what comes
                after the statement: suggestions, levers, decision_matrix, routing, pilot …
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
    # What was asked stands in the documents already, and would treble the file.
    segments = run.segments.drop(columns=[*CONTEXT], errors="ignore")
    segments.to_parquet(folder / "segments.parquet", index=False)
    # What coders note for each other is not searched for identities.
    codings = run.codings.drop(columns="notes", errors="ignore")
    codings.to_parquet(folder / "codings.parquet", index=False)
    run.topics.assignments.to_parquet(folder / "topics.parquet", index=False)
    write_json(folder / "trace.json", trace(run.codings, run.corpus))
    names = pd.Series(shown.passage_id, name="passage").rename_axis("segment_id")
    rows = names.sort_values().reset_index()[["passage", "segment_id"]]
    write_csv(rows, folder / "passages.csv")
    tables = {**_tables(run), **_after(steps)}
    write_tables(tables, folder / "tables", note=note)
    write_json(folder / "manifest.json", run.manifest)


def _after(steps: NextSteps | None) -> dict[str, pd.DataFrame]:
    tables = {} if steps is None else steps.tables()
    return {name: table for name, table in tables.items() if name != "voices"}


def _tables(run: Findings) -> dict[str, pd.DataFrame]:
    tables = {
        "themes": run.themes,
        "themes_by_role": run.themes_by_role,
        "voices": run.voices,
        "quotes": run.quotes,
        "topics": run.topics.to_frame().drop(columns="typical"),
        "reading": run.corpus.reading,
        "reading_problems": run.corpus.problems,
        # Where the passages stand, not what they say.
        "for_a_person": run.sensitive.drop(columns=["text", *CONTEXT], errors="ignore"),
    }
    if run.deidentified is None:
        return tables
    return {
        **tables,
        "identities_replaced": run.deidentified.log,
        "identities_to_review": run.deidentified.review,
    }
