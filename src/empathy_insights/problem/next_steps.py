"""What comes after the statement: ideas, who would act, a small pilot, and questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from html import escape

import pandas as pd

from empathy_insights.analysis.estimate.counts import Estimate
from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.analysis.rounds import theme_over_rounds
from empathy_insights.analysis.table_facts import stated
from empathy_insights.codebook import Codebook
from empathy_insights.codebook_file import load_codebook
from empathy_insights.corpus import Corpus, how_many
from empathy_insights.problem.asks import asks, pilot_sheet, reflection_prompts, routing
from empathy_insights.problem.decision import decision_matrix
from empathy_insights.problem.levers import count_levers, suggestions
from empathy_insights.problem.shipped import (
    ISTE,
    ROADMAP,
    Frameworks,
)
from empathy_insights.problem.statement import ProblemOfPractice

ASKS, PILOT, ROUTING = (
    "From a finding to an ask",
    "A small pilot",
    "Who would have to act",
)
ISTE_HEARD = "ISTE standards that people spoke of"
PROMPTS, HEARD = "Before you decide", "Who was heard"

# What a notebook shows of the steps after a statement.


def as_html(steps: NextSteps) -> str:
    """Return asks, ideas, the pilot, the frameworks and the prompts, as HTML tables."""
    levers = steps.levers[steps.levers["theme"] == ""]
    heard = steps.routing[(steps.routing["people"] > 0) | steps.routing["linked"]]
    options = steps.decision_matrix.drop(
        columns=[name for name in steps.decision_matrix if name.endswith("_rating")]
    )
    parts = {
        ASKS: steps.asks,
        "What people suggested, by lever": levers[
            ["lever", "people", "of", "passages"]
        ],
        "Options to rate (no score is made)": options,
        ROUTING: heard[["name", "system_name", "people", "linked"]],
        PILOT: steps.pilot,
        "Over rounds": steps.rounds[["name", "round", "people", "of", "in_both"]],
        ISTE_HEARD: steps.iste[["place", "name", "people", "of"]],
        "Mastery-learning roadmap": steps.roadmap[["place", "name", "people", "of"]],
        PROMPTS: steps.prompts[["about", "prompt", "look_at"]],
        HEARD: steps.voices[["group", "value", "people", "of"]],
    }
    tables = "".join(
        f"<h4>{title}</h4>{_table(table)}" for title, table in parts.items()
    )
    return f"<h3>After the statement</h3>{tables}"


def _table(table: pd.DataFrame) -> str:
    if table.empty:
        return "<p>Nothing.</p>"
    head = "".join(
        f"<th>{escape(str(name).replace('_', ' '))}</th>" for name in table.columns
    )
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(_said(cell))}</td>' for cell in row)}</tr>"
        for row in table.astype(object).itertuples(index=False, name=None)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _said(cell: object) -> str:
    if pd.isna(cell):
        return ""
    return {True: "yes", False: "no"}[cell] if isinstance(cell, bool) else str(cell)


# How much of a published framework people spoke of: a row a part, nobody kept.


CAUTION = (
    "Found by a computer, which misses most of what people tell: a part that is missing "
    "here may still matter to somebody."
)


def _is_of_the_core(book: Codebook) -> bool:
    """Return whether a codebook has a theme of the shipped one, which frameworks go with."""
    core = {theme.id for theme in load_codebook("empathy_core").main_themes}
    return not core.isdisjoint(theme.id for theme in book.main_themes)


def coverage_strip(name: str, frameworks: Frameworks, corpus: Corpus) -> pd.DataFrame:
    """Count who spoke of each part of a shipped framework, in the framework's order.

    Parameters
    ----------
    name
        A shipped codebook, such as `iste_students` or `mastery_learning_roadmap`.
    frameworks
        What `read_frameworks` found in the segments.

    Returns
    -------
    pandas.DataFrame
        A row a part: `place` (its step, or its place), `theme`, `name`, `people`, `of`,
        `segments`, `status` (`auto`: coded by phrases), `is_priority` (where the
        framework was narrowed to some parts).
    """
    book = load_codebook(name)
    table = theme_frequency(frameworks.codings[name], corpus, codebook=book)
    rows = table.set_index("theme")[["name", "people", "of", "segments"]]
    parts = book.main_themes
    strip = rows.loc[[part.id for part in parts]].reset_index()
    strip.insert(
        0, "place", [part.extra.get("step", n) for n, part in enumerate(parts, 1)]
    )
    strip = strip.astype({"place": "int64"}).assign(
        status="auto",
        is_priority=[bool(part.extra.get("pilot_priority")) for part in parts],
    )
    strip.attrs |= {**table.attrs, "table": "strip", "caution": CAUTION}
    return strip


UNITS = {
    "people": "people, each once",
    "of": "people heard",
    "passages": "passages of text",
    "status": "who coded it; auto: nobody has looked",
    "linked": "whether the codebook of systems names the theme there",
}


@dataclass(frozen=True, repr=False)
class NextSteps:
    """Hold what a team works on after the statement; all of it is the team's alone.

    Parameters
    ----------
    asks
        `theme`, `name`, `finding`, `meaning`, `who_can_act`, `ask`: a row a picked theme;
        what it means and what is asked of whom are blanks for people.
    suggestions
        `theme`, `lever`, `segment_id`, `participant_id`, `role`, `document_id`,
        `found_by`, `status`, `text`: what people suggested, `unsorted` kept.
    levers
        `theme`, `name`, `lever`, `people`, `of`, `passages`: who suggested what kind of
        thing, nobody kept; the rows without a theme are of all suggestions.
    decision_matrix
        An option a row, evidence and an empty rating for each criterion; no total.
    pilot
        `theme`, `name`, `baseline`, `ask_students`, `counts_as`, `smallest_version`,
        `who_runs_it`, `ask_again_on`: a row a picked theme, the plan a blank.
    rounds
        The picked themes by round, as `theme_over_rounds` counts them.
    iste, roadmap
        `place`, `theme`, `name`, `people`, `of`, `segments`, `status`, `is_priority`: who
        spoke of each part of a framework, nobody kept.
    routing
        `kind`, `id`, `name`, `system`, `system_name`, `people`, `passages`, `linked`: who
        would have to act on a theme or a lever.
    prompts
        `about`, `prompt`, `look_at`, `answer`: what the team asks itself.
    voices
        Who was heard, to read beside the prompts.
    """

    asks: pd.DataFrame
    suggestions: pd.DataFrame
    levers: pd.DataFrame
    decision_matrix: pd.DataFrame
    pilot: pd.DataFrame
    rounds: pd.DataFrame
    iste: pd.DataFrame
    roadmap: pd.DataFrame
    routing: pd.DataFrame
    prompts: pd.DataFrame
    voices: pd.DataFrame

    def __repr__(self) -> str:
        people = how_many(
            self.suggestions["participant_id"].nunique(), "person", "people"
        )
        n = how_many(self.suggestions["segment_id"].nunique(), "suggestion")
        return (
            f"NextSteps({n} by {people}, {len(self.decision_matrix)} options to rate)"
        )

    def _repr_html_(self) -> str:
        return as_html(self)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return every table by its name."""
        return {part.name: getattr(self, part.name) for part in fields(self)}


def next_steps(
    problem: ProblemOfPractice,
    codings: pd.DataFrame,
    corpus: Corpus,
    segments: pd.DataFrame,
    frameworks: Frameworks,
    voices: pd.DataFrame,
    *,
    sensitive: Collection[str] = (),
    ideas: Sequence[str] = (),
    estimate: Estimate | None = None,
) -> NextSteps:
    """Gather what a team needs to choose, try and measure a solution.

    Levers, systems and frameworks are found by English codebooks that are shipped, nobody
    has checked them, and much of what is said in other words is missed.

    Parameters
    ----------
    frameworks
        What `read_frameworks` found in the segments.
    sensitive
        Segments whose text a person reads first.
    ideas
        The team's own, for the decision matrix.
    estimate
        What people are counted with by round.
    """
    basis = problem.basis
    book = basis.codebook
    suggested = suggestions(
        segments, codings, corpus, book, frameworks, sensitive=sensitive
    )
    rounds = theme_over_rounds(codings, corpus, codebook=book, estimate=estimate)
    is_picked = rounds["theme"].isin(basis.picked)
    is_over_rounds = len(rounds["round"].unique()) > 1
    # "My grade is mean": a study of something else speaks of no framework for learning.
    n_shown = None if _is_of_the_core(book) else 0
    tables = {
        "suggestions": suggested,
        "levers": count_levers(suggested, basis.themes, basis.picked),
        "decision_matrix": decision_matrix(basis, suggested, ideas),
        "pilot": pilot_sheet(book, basis.themes, basis.picked),
        "routing": routing(basis.found, suggested, frameworks, book, basis.picked),
    }
    for name, table in tables.items():
        tables[name] = stated(table, name, UNITS, corpus=corpus, codings=codings)
        tables[name].attrs["caution"] = CAUTION
    return NextSteps(
        asks=asks(problem.insights, book),
        **tables,
        rounds=rounds[is_picked & is_over_rounds].reset_index(drop=True),
        iste=coverage_strip(ISTE, frameworks, corpus)[:n_shown],
        roadmap=coverage_strip(ROADMAP, frameworks, corpus)[:n_shown],
        prompts=reflection_prompts(),
        voices=voices,
    )
