"""What is said after the statement: asks, options to rate, a pilot, questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.table_facts import said_counts
from empathy_insights.corpus import how_many
from empathy_insights.problem.asks import asks, pilot_sheet, reflection_prompts
from empathy_insights.problem.candidates import BLANK
from empathy_insights.problem.decision import blank_matrix, choice_criteria
from empathy_insights.problem.levers import UNSORTED, lever_names
from empathy_insights.problem.next_steps import (
    ASKS,
    CAUTION,
    HEARD,
    ISTE_HEARD,
    PILOT,
    PROMPTS,
    ROUTING,
)
from empathy_insights.problem.sections import Section, lines_of
from empathy_insights.wording import capitalised

if TYPE_CHECKING:
    from empathy_insights.codebook import Codebook
    from empathy_insights.problem.next_steps import NextSteps
    from empathy_insights.problem.statement import Statement

_N_CORE = 4
INTRODUCTION = "Fill in the lines (____) together. Nothing here chooses for the team."


def sections_after(
    problem: Statement,
    codebook: Codebook,
    *,
    themes: pd.DataFrame,
    voices: pd.DataFrame,
    steps: NextSteps | None = None,
) -> list[Section]:
    """Return what comes after a statement, section by section; none that says nothing.

    Parameters
    ----------
    themes, voices
        As the readers may see them.
    steps
        The team's own: who suggested what, by which roles a theme was raised, who spoke
        of which framework. None for everybody else.
    """
    picked = problem.picked
    sections = [
        _section(PROMPTS, _prompted()),
        *(_for_the_team(steps) if steps else []),
        _section(PILOT, _piloted(pilot_sheet(codebook, themes, picked))),
        _section(ASKS, _asked(asks(problem.insights, codebook))),
        _rated(blank_matrix(codebook, picked)),
        _section(HEARD, _heard(voices)),
    ]
    return [section for section in sections if section.lines or section.rows]


def _section(title: str, texts: list[str], notes: str = "") -> Section:
    return Section(title, lines_of(texts), notes=notes)


def _asked(table: pd.DataFrame) -> list[str]:
    return [
        f"{row.finding} For us this means {BLANK}. Who can act: "
        f"{row.who_can_act or BLANK}. We ask them to {BLANK}."
        for row in table.itertuples(index=False)
    ]


def _rated(matrix: pd.DataFrame) -> Section:
    criteria = [choice.name for choice in choice_criteria()[:_N_CORE]]
    return Section(
        "Options to rate",
        notes="Rate each option on each criterion together; there is no total. Four more "
        "criteria are in decision_matrix.csv.",
        head=["Option", *criteria],
        rows=[[option, *[""] * _N_CORE] for option in matrix["option"]],
    )


def _piloted(sheet: pd.DataFrame) -> list[str]:
    return [
        f"{row.name}. Now: {row.baseline}. Ask before and after: “{row.ask_students}” "
        f"Smallest version: {BLANK}. Who runs it: {BLANK}. Ask again on: {BLANK}."
        for row in sheet.itertuples(index=False)
    ]


def _prompted() -> list[str]:
    return [
        f"{capitalised(about)}: {' '.join(part['prompt'])}"
        for about, part in reflection_prompts().groupby("about", sort=False)
    ]


def _heard(voices: pd.DataFrame) -> list[str]:
    counts = said_counts(voices)
    names = voices[["group", "value"]].itertuples(index=False, name=None)
    return [
        f"{_words(group)}: {_words(value)} ({count})"
        for (group, value), count in zip(names, counts, strict=True)
    ]


def _for_the_team(steps: NextSteps) -> list[Section]:
    """Say what people suggested, who would act, and what frameworks they spoke of."""
    every = steps.levers[steps.levers["theme"] == ""]
    names = {**lever_names(), UNSORTED: "Not sorted yet"}
    caution = str(steps.rounds.attrs.get("caution", ""))
    return [
        _section(
            "What people suggested",
            _levers(every, names),
            "Found and sorted by words alone; no person has checked them yet. The passages are in "
            "team_only/tables/suggestions.csv.",
        ),
        _section(
            ROUTING,
            _routed(steps.routing),
        ),
        _section(
            "From round to round",
            _rounds(steps.rounds),
            caution if len(steps.rounds) else "",
        ),
        _section(ISTE_HEARD, _strip(steps.iste), CAUTION),
        _section(
            "Steps to mastery learning that people spoke of",
            _strip(steps.roadmap),
            CAUTION,
        ),
    ]


def _levers(table: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    return [
        f"{names[row.lever]}: {row.people} of {how_many(row.of, 'person', 'people')}, in "
        f"{how_many(row.passages, 'passage')}"
        for row in table[table["passages"] > 0].itertuples(index=False)
    ]


def _routed(routing: pd.DataFrame) -> list[str]:
    rows = routing[(routing["kind"] == "theme") & (routing["passages"] > 0)]
    return [
        f"{name}: "
        + ", ".join(
            f"{row.system_name} ({how_many(row.people, 'person', 'people')})"
            for row in of_theme.itertuples(index=False)
        )
        for name, of_theme in rows.groupby("name", sort=False)
    ]


def _strip(strip: pd.DataFrame) -> list[str]:
    rows = strip.loc[strip["people"] > 0, ["name", "people", "of"]]
    return [
        f"{row.name}: {row.people} of {how_many(row.of, 'person', 'people')}"
        for row in rows.itertuples(index=False)
    ]


def _rounds(rounds: pd.DataFrame) -> list[str]:
    lines = []
    told_rounds = rounds.assign(said=said_counts(rounds))
    for name, of_theme in told_rounds.groupby("name", sort=False):
        told = [
            f"{row.said} in round {row.round}{_in_both(row.in_both)}"
            for row in of_theme.itertuples(index=False)
        ]
        lines.append(f"{name}: {', '.join(told)}")
    return lines


def _in_both(n: object) -> str:
    return (
        ""
        if pd.isna(n)
        else f" ({how_many(int(str(n)), 'person', 'people')} heard in both)"
    )


def _words(name: object) -> str:
    return str(name).replace("_", " ")
