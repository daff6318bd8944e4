"""The problem of practice as Markdown: the question and everything it stands on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

import pandas as pd

from empathy_insights.analysis.shown import said_counts
from empathy_insights.problem.build import ProblemOfPractice
from empathy_insights.problem.wording import commitments_said, missing_said
from empathy_insights.report.after import INTRODUCTION, Part
from empathy_insights.report.cards import WAITS


def problem_markdown(
    problem: ProblemOfPractice,
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
