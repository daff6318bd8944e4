"""The section of the problem of practice on what comes after the statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.shown import said_counts
from empathy_insights.problem.asks import asks
from empathy_insights.problem.decision import blank_matrix, choice_criteria
from empathy_insights.problem.levers import UNSORTED, lever_names
from empathy_insights.problem.pilot import pilot_sheet
from empathy_insights.problem.points_of_view import BLANK
from empathy_insights.problem.prompts import reflection_prompts
from empathy_insights.report.markdown import bullets, inert

if TYPE_CHECKING:
    from empathy_insights.problem.next_steps import NextSteps
    from empathy_insights.report.published import Published

_N_CORE = 4
_LEVEL = "###"


def after_statement(shown: Published, steps: NextSteps) -> str:
    """Return the section for an audience; empty without a problem of practice.

    What only the team may see (who suggested what, by which roles a theme was raised, who
    spoke of which framework) is left out for everybody else.
    """
    if shown.problem is None:
        return ""
    book, picked = shown.run.codebook, shown.problem.picked
    sheet = pilot_sheet(book, shown.themes, picked)
    blocks = [
        "## After the statement",
        "Blanks are for people. Nothing here chooses for the team.",
        f"{_LEVEL} From a finding to an ask",
        bullets(_asked(asks(shown.problem.insights, book))),
        *(_for_the_team(steps) if shown.is_team else []),
        f"{_LEVEL} Options to rate",
        _rated(blank_matrix(book, picked)),
        "Rate each option on each criterion together; there is no total. Four more criteria "
        "are in `decision_matrix.csv`.",
        f"{_LEVEL} A small pilot",
        bullets(_piloted(sheet)),
        f"{_LEVEL} Before you decide",
        bullets(_prompted()),
        f"{_LEVEL} Who was heard",
        bullets(_heard(shown.voices)),
    ]
    return "\n\n".join(block for block in blocks if block)


def _asked(table: pd.DataFrame) -> list[str]:
    blank = inert(BLANK)
    return [
        f"{inert(row.finding)} It means: {blank}. Who can act: "
        f"{row.who_can_act or blank}. We ask: {blank}."
        for row in table.itertuples(index=False)
    ]


def _rated(matrix: pd.DataFrame) -> str:
    names = [choice.name for choice in choice_criteria()[:_N_CORE]]
    head = ["Option", *names]
    lines = [head, ["---"] * len(head)]
    lines += [[inert(option), *[""] * _N_CORE] for option in matrix["option"]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _piloted(sheet: pd.DataFrame) -> list[str]:
    blank = inert(BLANK)
    return [
        f"{inert(row.name)}. Now {row.baseline}. Ask before and after: “{row.ask_students}” "
        f"Smallest version: {blank}. Who runs it: {blank}. Ask again on: {blank}."
        for row in sheet.itertuples(index=False)
    ]


def _prompted() -> list[str]:
    return [
        f"{about[:1].upper()}{about[1:]}: {' '.join(part['prompt'])}"
        for about, part in reflection_prompts().groupby("about", sort=False)
    ]


def _heard(voices: pd.DataFrame) -> list[str]:
    counts = said_counts(voices)
    names = voices[["group", "value"]].itertuples(index=False, name=None)
    return [
        f"{_words(group)}: {_words(value)} ({count})"
        for (group, value), count in zip(names, counts, strict=True)
    ]


def _for_the_team(steps: NextSteps) -> Iterable[str]:
    """Say what people suggested, who would act, and what frameworks they spoke of."""
    every = steps.levers[steps.levers["theme"] == ""]
    names = {**lever_names(), UNSORTED: "Sorted by nobody yet"}
    return [
        f"{_LEVEL} What people suggested",
        bullets(_levers(every, names)),
        "Found and sorted by words alone; nobody has looked yet. The passages are in "
        "`team_only/tables/suggestions.csv`.",
        f"{_LEVEL} Who would have to act",
        bullets(_routed(steps.routing))
        or "No passage speaks of a theme and of a system.",
        f"{_LEVEL} What people spoke of in the ISTE standards",
        bullets(_strip(steps.iste)),
        f"{_LEVEL} What people spoke of in the mastery-learning roadmap",
        bullets(_strip(steps.roadmap)),
        f"{_LEVEL} Over rounds",
        bullets(_rounds(steps.rounds)) or "No round is known.",
    ]


def _levers(table: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    return [
        f"{names[row.lever]}: {row.people} of {row.of} people, in "
        f"{_counted(row.passages, 'passage', 'passages')}"
        for row in table.itertuples(index=False)
    ]


def _routed(routing: pd.DataFrame) -> list[str]:
    rows = routing[(routing["kind"] == "theme") & (routing["passages"] > 0)]
    return [
        f"{inert(row.name)} and {row.system_name}: together in "
        f"{_counted(row.passages, 'passage', 'passages')} of "
        f"{_counted(row.people, 'person', 'people')}"
        for row in rows.itertuples(index=False)
    ]


def _strip(strip: pd.DataFrame) -> list[str]:
    return [
        f"{row.place} {row.name}: {row.people} of {row.of} people"
        for row in strip[["place", "name", "people", "of"]].itertuples(index=False)
    ]


def _rounds(rounds: pd.DataFrame) -> list[str]:
    lines = []
    for name, of_theme in rounds.groupby("name", sort=False):
        told = [
            f"{row.people} of {row.of} in round {row.round}"
            for row in of_theme.itertuples(index=False)
        ]
        lines.append(f"{inert(str(name))}: {', '.join(told)}")
    return lines


def _counted(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def _words(name: object) -> str:
    return inert(str(name).replace("_", " "))
