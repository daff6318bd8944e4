"""The results folder: everything that one analysis leaves on the disk."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.privacy import find_identities, refuse_leaks
from empathy_insights.report import charts
from empathy_insights.report.charts_groups import alt_text_of_groups, plot_by_group
from empathy_insights.report.charts_topics import (
    alt_text_of_topics,
    plot_topics,
    shown_topics,
)
from empathy_insights.report.export import write_csv, write_workbook
from empathy_insights.report.html import report_html
from empathy_insights.report.markdown import audience_note, problem_markdown
from empathy_insights.report.trace import trace
from empathy_insights.text.context import CONTEXT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from empathy_insights.privacy import Deidentified
    from empathy_insights.report.shape import Findings


_TEXT = frozenset({".html", ".md", ".csv", ".json", ".txt"})


class Chart(NamedTuple):
    """A drawn chart, what it says to those who cannot see it, and its data."""

    figure: Figure
    alt: str
    data: pd.DataFrame


def write_results(analysis: Findings, folder: str | Path) -> Path:
    """Write the report, tables, charts and data; return the folder.

    Everything is written beside the folder first, searched for identities, and moved in
    at the end, file by file: a crash or a leak leaves the last results as they were.

    Raises
    ------
    EmpathyInsightsError
        The folder cannot be written, or an identity stands in what would be written.
    """
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as draft:
            _write_all(analysis, Path(draft))
            _refuse_leaks(analysis, Path(draft))
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
            _write_text(folder / "texts" / f"{name}.txt", text)
        write_csv(clean.log, folder / "identities_replaced.csv")
        write_csv(clean.review, folder / "identities_to_review.csv")
    except OSError as error:
        raise EmpathyInsightsError(
            "the texts cannot be written", path=folder
        ) from error
    return folder


def _write_all(analysis: Findings, folder: Path) -> None:
    drawn = _draw(analysis)
    (folder / "charts").mkdir()
    svgs = {
        name: (_write_chart(chart, folder / "charts" / name), chart.alt)
        for name, chart in drawn.items()
    }
    _write_text(folder / "report.html", report_html(analysis, svgs))
    if analysis.problem is not None:
        how = str(analysis.manifest["made_with"])
        identities = analysis.deidentified is None
        text = problem_markdown(analysis.problem, how=how, identities=identities)
        _write_text(folder / "problem_of_practice.md", text)
    _write_tables(analysis, folder / "tables")
    # What was asked stands in the documents already, and would treble the file.
    segments = analysis.segments.drop(columns=[*CONTEXT], errors="ignore")
    segments.to_parquet(folder / "segments.parquet", index=False)
    # What coders note for each other is not searched for identities.
    codings = analysis.codings.drop(columns="notes", errors="ignore")
    codings.to_parquet(folder / "codings.parquet", index=False)
    analysis.topics.assignments.to_parquet(folder / "topics.parquet", index=False)
    _write_json(folder / "trace.json", trace(analysis.codings, analysis.corpus))
    _write_json(folder / "manifest.json", analysis.manifest)


def _refuse_leaks(analysis: Findings, folder: Path) -> None:
    if analysis.deidentified is None:
        return
    texts = {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8-sig")
        for path in sorted(folder.rglob("*"))
        if path.suffix in _TEXT
    }
    # The workbook holds the tables again, and Parquet files these two columns of text.
    texts["segments.parquet"] = "\n".join(analysis.segments["text"])
    texts["codings.parquet"] = "\n".join(analysis.codings["method"])
    refuse_leaks(texts, find_identities(analysis.deidentified))


def _draw(analysis: Findings) -> dict[str, Chart]:
    themes, by_role, topics = analysis.themes, analysis.themes_by_role, analysis.topics
    n_themes = len(charts.shown_themes(themes))
    drawn = {
        "themes": Chart(
            _figure(10, n_themes, partial(charts.plot_themes, themes)),
            charts.alt_text_of_themes(themes),
            themes,
        )
    }
    if not by_role.empty and by_role["people"].sum():
        width = max(8.0, 3.4 + 1.5 * by_role["role"].nunique())
        drawn["themes_by_role"] = Chart(
            _figure(width, n_themes, partial(plot_by_group, by_role)),
            alt_text_of_groups(by_role, "role"),
            by_role,
        )
    if len(topics.stability):
        shown = shown_topics(topics)
        drawn["topics"] = Chart(
            _figure(10.5, 1.25 * len(shown), partial(plot_topics, topics)),
            alt_text_of_topics(topics),
            shown,
        )
    return drawn


def _figure(width: float, rows: float, draw: Callable[..., Axes]) -> Figure:
    """Draw without pyplot, which would keep the figure in the user's session."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, 1.9 + 0.5 * max(2, rows)), layout="constrained")
    draw(ax=figure.subplots())
    return figure


def _write_chart(chart: Chart, path: Path) -> bytes:
    import matplotlib as mpl

    figure = chart.figure
    with mpl.rc_context({"svg.hashsalt": "empathy_insights"}):
        figure.savefig(path.with_suffix(".png"), dpi=200)
        figure.savefig(path.with_suffix(".svg"), metadata={"Date": None})
    write_csv(chart.data, path.with_suffix(".csv"))
    _write_text(path.with_suffix(".txt"), chart.alt + "\n")
    return path.with_suffix(".svg").read_bytes()


def _write_tables(analysis: Findings, folder: Path) -> None:
    folder.mkdir()
    tables = {
        "themes": analysis.themes,
        "themes_by_role": analysis.themes_by_role,
        "voices": analysis.voices,
        "quotes": analysis.quotes,
        "topics": analysis.topics.to_frame().drop(columns="typical"),
        "reading": analysis.corpus.reading,
        "reading_problems": analysis.corpus.problems,
        # Where the passages stand, not what they say.
        "for_a_person": analysis.sensitive.drop(
            columns=["text", *CONTEXT], errors="ignore"
        ),
    }
    if analysis.deidentified is not None:
        tables["identities_replaced"] = analysis.deidentified.log
        tables["identities_to_review"] = analysis.deidentified.review
    for name, table in tables.items():
        write_csv(table, folder / f"{name}.csv")
    notes = [
        audience_note(identities=analysis.deidentified is None),
        "People are counted once for a theme; `of` is the people heard.",
        "Automatic counts are mostly too low until a person has reviewed the codings.",
        "low and high: 95 % interval of the share, a caution about those not heard.",
        str(analysis.manifest["made_with"]),
    ]
    write_workbook(tables, notes, folder / "tables.xlsx")


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _write_json(path: Path, content: object) -> None:
    _write_text(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def _move(source: Path, target: Path) -> None:
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        place = target / file.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        file.replace(place)
