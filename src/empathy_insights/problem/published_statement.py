"""A problem of practice for readers who may not see small numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from empathy_insights.analysis.table_facts import (
    is_raised,
    is_shown,
    said_counts,
    surely_raised,
)
from empathy_insights.codebook import Theme
from empathy_insights.problem.basis import most_said, need_statement
from empathy_insights.problem.build import points_of_view
from empathy_insights.problem.by_need import stances_to_tell
from empathy_insights.problem.candidates import BLANK
from empathy_insights.problem.checks import LEVERAGE, PERSISTENT, TRACEABLE, traceable
from empathy_insights.problem.sentence import ASK, FAIL, PASS, UNFILLED, Finding
from empathy_insights.problem.shipped import load_rubric
from empathy_insights.problem.statement import ProblemOfPractice, Statement
from empathy_insights.problem.trace import CONSTRAINT, NOBODY, UNTOLD, WHOM
from empathy_insights.roles import ROLE_GROUP
from empathy_insights.tables import ROLES
from empathy_insights.wording import (
    capitalised,
    insight,
    need_of,
    of_people,
    of_whom,
    people_of,
    plural,
    spoke_of,
    spoken_name,
)

_GROUP = (ROLE_GROUP, "role")
_FEW = "for some phrases, whether people raised them stays hidden"
_NEEDS = ["theme", "role", "statement", "sentence"]


def published_problem(
    problem: ProblemOfPractice,
    themes: pd.DataFrame,
    evidence: pd.DataFrame,
    *,
    by_role: pd.DataFrame,
    groups: Mapping[str, tuple[str, ...]],
    least: int,
) -> Statement:
    """Return the statement with the numbers of a published theme table.

    Parameters
    ----------
    themes
        The published theme table.
    evidence
        The published quotes of the picked themes.
    by_role
        The published theme table by role or role group.
    groups
        Role group -> its roles.
    least
        Numbers of fewer people are not told.
    """
    rows = themes.set_index("theme", drop=False)
    problem = replace(
        problem,
        traced=_supported(problem, problem.traced, rows),
        commitments=_supported(problem, problem.commitments, rows),
    )
    is_nobodys = problem.traced["support"] == NOBODY
    return Statement(
        question=problem.question,
        picked=problem.picked,
        praised=problem.praised,
        candidates=problem.candidates,
        voices_missing=problem.voices_missing,
        roles_known=problem.roles_known,
        state=problem.state,
        insights=_insights(problem, rows, least),
        needs=_needs(problem, by_role, groups),
        points_of_view=points_of_view(
            problem.basis.codebook,
            themes,
            evidence,
            problem.picked,
            praised=problem.praised,
            adults=problem.basis.adults,
        ),
        checks=_checks(problem, rows),
        traced=problem.traced[["phrase", "themes", "support"]],
        commitments=problem.commitments[
            ["commitment", "in_statement", "themes", "support"]
        ],
        standing=_standing(problem, themes),
        suggested_picks=_suggested(problem, rows),
        evidence=evidence,
        not_in_statement=_left_out(problem, themes),
        unsupported=tuple(problem.traced.loc[is_nobodys, "phrase"]),
    )


def _supported(
    problem: ProblemOfPractice, traced: pd.DataFrame, rows: pd.DataFrame
) -> pd.DataFrame:
    """Return who supports a phrase, or that it may not be told.

    Where the number of its themes is hidden, that anybody raised one, or nobody, is told
    only if another of them has a number.
    """
    told = rows[rows["hidden"] == ""]
    sure = surely_raised(rows, is_estimate=problem.basis.is_estimate)
    raised = {*told.loc[is_raised(told), "theme"], *sure}
    support = []
    for names, given in zip(traced["themes"], traced["support"], strict=True):
        themes = set(names.split(", ")) - {""}
        is_open = given in {WHOM, CONSTRAINT} or bool(themes & raised)
        is_told = is_open or themes <= set(told["theme"])
        support.append(given if is_told else UNTOLD)
    return traced.assign(support=pd.array(support, dtype="str"))


def _standing(problem: ProblemOfPractice, themes: pd.DataFrame) -> pd.DataFrame:
    """Order as the published table does: the order by people would tell hidden numbers."""
    rows = themes.loc[is_raised(themes), ["theme", "name"]]
    claims = problem.traced.loc[problem.traced["support"] != WHOM, "themes"]
    named = {theme for themes in claims for theme in themes.split(", ")}
    return rows.assign(
        picked=rows["theme"].isin(problem.picked),
        in_statement=rows["theme"].isin(named),
    ).reset_index(drop=True)


def _left_out(problem: ProblemOfPractice, themes: pd.DataFrame) -> pd.DataFrame:
    """Return the themes not picked of which it is told that people raised them.

    A hidden number that may be nobody's is left out, whatever it is.
    """
    sure = surely_raised(themes, is_estimate=problem.basis.is_estimate)
    told = (is_shown(themes) & is_raised(themes)) | themes["theme"].isin(sure)
    rows = themes[told & ~themes["theme"].isin(problem.picked)]
    return rows[["theme", "name", "shown"]].reset_index(drop=True)


def _insights(
    problem: ProblemOfPractice, rows: pd.DataFrame, least: int
) -> pd.DataFrame:
    insights = problem.insights
    people = insights.set_index("theme")[["need", "asset", "mixed"]]
    told = stances_to_tell(people, rows, problem.picked)
    sentences = [
        insight(rows.loc[theme], told.loc[theme], least=least) for theme in told.index
    ]
    return insights[["theme", "name"]].assign(sentence=sentences)


def _needs(
    problem: ProblemOfPractice,
    by_role: pd.DataFrame,
    groups: Mapping[str, tuple[str, ...]],
) -> pd.DataFrame:
    """Word needs for groups whose number is told; how many spoke of a need never is."""
    [column] = [name for name in _GROUP if name in by_role]
    told = by_role[is_shown(by_role) & is_raised(by_role)]
    told = told.assign(said=said_counts(told))
    said = told.set_index(["theme", column])["said"].to_dict()
    ordered = sorted(groups.items(), key=_place)
    needs, book = [], problem.basis.codebook
    for theme in dict.fromkeys(problem.needs["theme"]):
        needs += [
            _need_of_group(book[theme], group, roles, said[theme, group], problem)
            for group, roles in ordered
            if (theme, group) in said
        ] or [_need_of_nobody(book[theme], problem, is_one=len(groups) == 1)]
    return pd.DataFrame(needs, columns=_NEEDS, dtype="str")


def _place(group: tuple[str, tuple[str, ...]]) -> int:
    first = group[1][0]
    return ROLES.index(first) if first in ROLES else len(ROLES)


def _need_of_group(
    theme: Theme,
    group: str,
    roles: Sequence[str],
    said: str,
    problem: ProblemOfPractice,
) -> dict[str, str]:
    # Roles put together keep a wording that is true of each of them.
    who = plural(group)
    statement = _statement(theme, roles, people_of(group), problem)
    heard = f"{of_whom(said, who)} {spoke_of(problem.state)} {spoken_name(theme.name)}."
    sentence = f"{statement} {capitalised(heard)}"
    return dict(zip(_NEEDS, [theme.id, group, statement, sentence], strict=True))


def _statement(
    theme: Theme, roles: Sequence[str], who: str, problem: ProblemOfPractice
) -> str:
    phrases = {need_of(theme, role) for role in roles}
    role = roles[0] if len(phrases) == 1 else "community"
    return need_statement(theme, role, who, are_students=not problem.basis.adults)


def _need_of_nobody(
    theme: Theme, problem: ProblemOfPractice, *, is_one: bool
) -> dict[str, str]:
    """Word a need for nobody in particular; of one group alone, whose it is is no secret."""
    basis = problem.basis
    statement = _statement(theme, basis.adults or ("student",), basis.whom, problem)
    hidden = "" if is_one else " Which groups said so stays hidden."
    sentence = f"{statement}{hidden}"
    return dict(zip(_NEEDS, [theme.id, "", statement, sentence], strict=True))


def _suggested(problem: ProblemOfPractice, rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out priority groups, and themes whose rank would tell a hidden number."""
    table = problem.suggested_picks.merge(
        problem.standing[["theme", "top"]], on="theme"
    )
    shown = rows.reindex(table["theme"])["hidden"].eq("").to_numpy()
    kept = table[table["top"] & shown]
    why = most_said(problem.state)
    return kept[["theme", "name", "picked"]].assign(why=why).reset_index(drop=True)


def _checks(problem: ProblemOfPractice, rows: pd.DataFrame) -> pd.DataFrame:
    """Say again, with the numbers that may be told, what rests on how many people spoke."""
    checks = problem.checks.set_index("id", drop=False)
    lead = rows.loc[problem.picked[0]] if problem.picked[0] in rows.index else None
    told = {
        # By how many roles the themes were raised is part of its result.
        LEVERAGE: Finding(
            FAIL if checks.loc[LEVERAGE, "result"] == FAIL else ASK,
            "nobody" if lead is None else of_people(lead),
        ),
        TRACEABLE: _traceable(problem, rows),
    }
    # What is true of several themes at once would say something of the hidden one.
    if (rows.reindex(problem.picked)["hidden"] != "").any():
        told[PERSISTENT] = Finding(ASK, "too few people to say where it was heard")
    criteria = load_rubric().criteria
    for name, finding in told.items():
        # A criterion that passed has nothing to ask: what is left out tells the result.
        ask = criteria[name].ask if finding.result != PASS else ""
        changed = [*finding[:2], ", ".join(finding.words)]
        checks.loc[name, ["result", "reason", "words"]] = changed
        if not criteria[name].always_ask:
            checks.loc[name, "ask"] = ask
    return checks.reset_index(drop=True)


def _traceable(problem: ProblemOfPractice, rows: pd.DataFrame) -> Finding:
    if BLANK in problem.question:
        return Finding(ASK, UNFILLED)
    # The order of themes with hidden numbers, and that few people raised one, stay untold.
    standing = problem.standing
    left_out = standing.loc[standing["top"] & ~standing["in_statement"], "theme"]
    shown = rows.reindex(left_out)
    result = problem.checks.set_index("id").loc[TRACEABLE, "result"]
    is_untold = (problem.traced["support"] == UNTOLD).any()
    told = traceable(
        problem.traced,
        problem.commitments,
        is_linked=result != FAIL or is_untold,
        left_out=list(shown.loc[shown["hidden"] == "", "name"]),
    )
    if is_untold:
        return told._replace(result=ASK, reason=f"{told.reason}; {_FEW}")
    return told
