"""A problem of practice for readers who may not see small numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from empathy_insights.problem.build import ProblemOfPractice
from empathy_insights.problem.checks import LEVERAGE, PERSISTENT, TRACEABLE, traceable
from empathy_insights.problem.sentence import ASK, FAIL, Finding
from empathy_insights.problem.wording import insight, listing, of_people, plural
from empathy_insights.tables import ROLES


def published_problem(
    problem: ProblemOfPractice,
    themes: pd.DataFrame,
    evidence: pd.DataFrame,
    *,
    heard_by_role: Mapping[str, int],
    least: int,
) -> ProblemOfPractice:
    """Return the problem with the numbers of a published theme table.

    Parameters
    ----------
    themes
        The published theme table.
    evidence
        The published quotes of the picked themes.
    heard_by_role
        How many people of each role were heard.
    least
        Numbers of fewer people are not told.
    """
    rows = themes.set_index("theme", drop=False)
    left_out = rows.reindex(problem.not_in_statement["theme"])
    return replace(
        problem,
        insights=_insights(problem.insights, rows, least),
        needs=_needs(problem.needs, heard_by_role, least),
        checks=_checks(problem, rows),
        traced=problem.traced[["phrase", "themes", "support"]],
        commitments=problem.commitments[
            ["commitment", "in_statement", "themes", "support"]
        ],
        standing=problem.standing[["theme", "name", "picked", "in_statement"]],
        evidence=evidence,
        not_in_statement=left_out[["theme", "name", "shown"]].reset_index(drop=True),
        basis=None,
    )


def _insights(insights: pd.DataFrame, rows: pd.DataFrame, least: int) -> pd.DataFrame:
    sentences = [
        insight(rows.loc[row["theme"]], pd.Series(row), least=least)
        for row in insights.to_dict("records")
    ]
    return insights[["theme", "name"]].assign(sentence=sentences)


def _needs(
    needs: pd.DataFrame, heard_by_role: Mapping[str, int], least: int
) -> pd.DataFrame:
    """Name only roles of which enough people were heard, and no numbers."""
    told = {role for role, n in heard_by_role.items() if n >= least}
    heard = [
        listing([plural(role) for role in ROLES if role in told and role in roles])
        for roles in needs["roles"].str.split(", ")
    ]
    sentences = [
        f"{statement} A need was heard from {who or 'some people'}." if n else statement
        for statement, who, n in zip(
            needs["statement"], heard, needs["people"], strict=True
        )
    ]
    return needs[["theme", "statement"]].assign(sentence=sentences)


def _checks(problem: ProblemOfPractice, rows: pd.DataFrame) -> pd.DataFrame:
    """Say again, with the numbers that may be told, what rests on how many people spoke."""
    checks = problem.checks.set_index("id", drop=False)
    lead = rows.loc[problem.picked[0]] if problem.picked[0] in rows.index else None
    told = {
        LEVERAGE: Finding(
            checks.loc[LEVERAGE, "result"],
            "nobody" if lead is None else of_people(lead),
        ),
        TRACEABLE: _traceable(problem, rows),
    }
    # What is true of several themes at once would say something of the hidden one.
    if (rows.reindex(problem.picked)["hidden"] != "").any():
        if told[LEVERAGE].result != FAIL:
            told[LEVERAGE] = told[LEVERAGE]._replace(result=ASK)
        told[PERSISTENT] = Finding(ASK, "too few people to say where it was heard")
    for name, finding in told.items():
        checks.loc[name, ["result", "reason"]] = [finding.result, finding.reason]
    return checks.reset_index(drop=True)


def _traceable(problem: ProblemOfPractice, rows: pd.DataFrame) -> Finding:
    # The order of themes with hidden numbers, and that few people raised one, stay untold.
    standing = problem.standing
    left_out = standing.loc[standing["top"] & ~standing["in_statement"], "theme"]
    shown = rows.reindex(left_out)
    result = problem.checks.set_index("id").loc[TRACEABLE, "result"]
    return traceable(
        problem.traced,
        problem.commitments,
        is_linked=result != FAIL,
        left_out=list(shown.loc[shown["hidden"] == "", "name"]),
    )
