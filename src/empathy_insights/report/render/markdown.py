"""The problem of practice as Markdown: the question and everything it stands on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from empathy_insights.analysis.table_facts import said_counts
from empathy_insights.problem.asks import asks, pilot_sheet, reflection_prompts
from empathy_insights.problem.build import BLANK
from empathy_insights.problem.decision import blank_matrix, choice_criteria
from empathy_insights.problem.levers import UNSORTED, lever_names
from empathy_insights.problem.statement import Statement
from empathy_insights.report.render.docx import WAITS
from empathy_insights.wording import commitments_said, missing_said

if TYPE_CHECKING:
    from empathy_insights.problem.next_steps import NextSteps
    from empathy_insights.report.published import Published


# The section of the problem of practice on what comes after the statement.


_N_CORE = 4


class Part(NamedTuple):
    """One part of the section: its lines, or options beside blanks to rate them in.

    Parameters
    ----------
    notes
        How to read it.
    head, rows
        A table, where there is one.
    """

    title: str
    lines: Sequence[str] = ()
    notes: str = ""
    head: Sequence[str] = ()
    rows: Sequence[str] = ()


INTRODUCTION = "Blanks are for people. Nothing here chooses for the team."


def after_statement(shown: Published, steps: NextSteps) -> list[Part]:
    """Return what comes after the statement, for an audience; nothing without a problem.

    What only the team may see (who suggested what, by which roles a theme was raised, who
    spoke of which framework) is left out for everybody else.
    """
    if shown.problem is None:
        return []
    book, picked = shown.run.codebook, shown.problem.picked
    sheet = pilot_sheet(book, shown.themes, picked)
    return [
        Part("From a finding to an ask", _asked(asks(shown.problem.insights, book))),
        *(_for_the_team(steps) if shown.is_team else []),
        _rated(blank_matrix(book, picked)),
        Part("A small pilot", _piloted(sheet)),
        Part("Before you decide", _prompted()),
        Part("Who was heard", _heard(shown.voices)),
    ]


def _asked(table: pd.DataFrame) -> list[str]:
    return [
        f"{row.finding} It means: {BLANK}. Who can act: {row.who_can_act or BLANK}. "
        f"We ask: {BLANK}."
        for row in table.itertuples(index=False)
    ]


def _rated(matrix: pd.DataFrame) -> Part:
    return Part(
        "Options to rate",
        notes="Rate each option on each criterion together; there is no total. Four more "
        "criteria are in decision_matrix.csv.",
        head=["Option", *(choice.name for choice in choice_criteria()[:_N_CORE])],
        rows=matrix["option"].tolist(),
    )


def _piloted(sheet: pd.DataFrame) -> list[str]:
    return [
        f"{row.name}. Now {row.baseline}. Ask before and after: “{row.ask_students}” "
        f"Smallest version: {BLANK}. Who runs it: {BLANK}. Ask again on: {BLANK}."
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


def _for_the_team(steps: NextSteps) -> list[Part]:
    """Say what people suggested, who would act, and what frameworks they spoke of."""
    every = steps.levers[steps.levers["theme"] == ""]
    names = {**lever_names(), UNSORTED: "Sorted by nobody yet"}
    caution = str(steps.rounds.attrs.get("caution", ""))
    return [
        Part(
            "What people suggested",
            _levers(every, names),
            "Found and sorted by words alone; nobody has looked yet. The passages are in "
            "team_only/tables/suggestions.csv.",
        ),
        Part(
            "Who would have to act",
            _routed(steps.routing) or ["No passage speaks of a theme and of a system."],
        ),
        Part("What people spoke of in the ISTE standards", _strip(steps.iste)),
        Part(
            "What people spoke of in the mastery-learning roadmap",
            _strip(steps.roadmap),
        ),
        Part(
            "Over rounds",
            _rounds(steps.rounds) or ["No round is known."],
            caution if len(steps.rounds) else "",
        ),
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
        f"{row.name} and {row.system_name}: together in "
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
            f"{row.people} of {row.of} in round {row.round}{_in_both(row.in_both)}"
            for row in of_theme.itertuples(index=False)
        ]
        lines.append(f"{name}: {', '.join(told)}")
    return lines


def _in_both(n: object) -> str:
    return (
        ""
        if pd.isna(n)
        else f" ({_counted(int(str(n)), 'person', 'people')} heard in both)"
    )


def _counted(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def _words(name: object) -> str:
    return str(name).replace("_", " ")


def problem_markdown(
    problem: Statement,
    *,
    how: str,
    note: str,
    after: Sequence[Part] = (),
    waiting: Collection[str] = (),
) -> str:
    """Return problem_of_practice.md.

    Parameters
    ----------
    how
        One sentence on the data and the coding, such as the report's last line.
    note
        Whom the results are for.
    after
        What comes after the statement.
    waiting
        Kinds of quotes that wait for a person to release them.
    """
    blocks = [
        f"# {inert(problem.question)}",
        f"*{note}*",
        "## Because",
        _inert_bullets(problem.insights["sentence"]),
        "## In their words",
        bullets(_quotes(problem.evidence, "quote"))
        or (WAITS if "quote" in waiting else "None can be shown."),
        "## On the other hand",
        bullets(_quotes(problem.evidence, "dissent"))
        or (WAITS if "dissent" in waiting else "None found among the coded passages."),
        "## What people need",
        _inert_bullets(problem.needs["sentence"])
        or "No need was worded in the codebook.",
        "## Points of view to finish",
        _inert_bullets(problem.points_of_view["sentence"]),
        "## Other ways to ask",
        _inert_bullets(
            f"{row.question} ({row.move})" for row in problem.candidates.itertuples()
        ),
        "## Themes to consider",
        _inert_bullets(_considered(problem.suggested_picks))
        or "None whose number is told.",
        "## Raised, but not in the statement",
        _inert_bullets(_left_out(problem.not_in_statement)) or "Nothing.",
        "## In the statement, but raised by nobody we heard",
        inert(", ".join(problem.unsupported)) or "Nothing.",
        "## What each phrase leads to",
        _inert_bullets(_led(problem.traced)) or "It has no content phrase.",
        *_commitments(problem.commitments),
        *_only_adults(problem.standing),
        "## Voices missing",
        inert(missing_said(problem.voices_missing)),
        "## Checks",
        bullets(
            f"{inert(c.criterion)}: **{c.result}** - "
            f"{inert(c.reason)}{c.ask and f'. {inert(c.ask)}'}"
            for c in problem.checks.itertuples()
        ),
        *_after(after),
        "---",
        inert(how),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _after(parts: Sequence[Part]) -> list[str]:
    """Return the section on what comes after the statement."""
    if not parts:
        return []
    blocks = ["## After the statement", INTRODUCTION]
    for part in parts:
        blocks += [f"### {inert(part.title)}", _inert_bullets(part.lines), _table(part)]
        blocks.append(inert(part.notes))
    return blocks


def _table(part: Part) -> str:
    head = [inert(name) for name in part.head]
    lines = [head, ["---"] * len(head)] if head else []
    lines += [[inert(option), *[""] * (len(head) - 1)] for option in part.rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _considered(suggested: pd.DataFrame) -> list[str]:
    return [
        f"{row.name}: {row.why}{'' if row.picked else '; not picked'}"
        for row in suggested.itertuples(index=False)
    ]


def _led(traced: pd.DataFrame) -> list[str]:
    return [
        f"{row.phrase}: {row.support}{row.themes and f' ({row.themes})'}"
        for row in traced.itertuples()
    ]


def _commitments(commitments: pd.DataFrame) -> list[str]:
    if commitments.empty:
        return []
    return ["## Commitments", _inert_bullets(commitments_said(commitments))]


def _only_adults(standing: pd.DataFrame) -> list[str]:
    # Others do not see of which roles the people were who raised a theme.
    if "only_adults" not in standing:
        return []
    names = standing.loc[standing["only_adults"], "name"]
    return ["## Raised by adults only", inert(", ".join(names)) or "Nothing."]


def _left_out(themes: pd.DataFrame) -> list[str]:
    return [
        f"{name} ({count} people)"
        for name, count in zip(themes["name"], said_counts(themes), strict=True)
    ]


def _quotes(evidence: pd.DataFrame, kind: str) -> list[str]:
    rows = evidence[evidence["kind"] == kind]
    return [
        f"“{inert(row.text)}” - {inert(row.said_by)} ({inert(row.theme)}) [{row.quote_id}]"
        for row in rows.itertuples()
    ]


def inert(text: str) -> str:
    """Keep a quote on one line and its signs from being read as Markdown or HTML."""
    escaped = re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))
    return escaped.replace("\\<", "&lt;").replace("\\>", "&gt;")


def _inert_bullets(lines: Iterable[str]) -> str:
    return bullets(map(inert, lines))


def bullets(lines: Iterable[str]) -> str:
    """Return lines as a list."""
    return "\n".join(f"- {line}" for line in lines)
