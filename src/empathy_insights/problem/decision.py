"""The decision matrix: what people said beside each criterion, and blanks for ratings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.codebook_file import load_codebook
from empathy_insights.corpus import how_many
from empathy_insights.problem.basis import Basis
from empathy_insights.problem.levers import UNSORTED, lever_names, levers_of
from empathy_insights.problem.phrases import content_phrases
from empathy_insights.problem.shipped import LEVERS, load_rubric
from empathy_insights.problem.trace import commitments_of
from empathy_insights.tables import ROLES
from empathy_insights.wording import listing, plural, spoken_name

SILENT = "interviews do not say; ask"
_HEAD = ["option", "themes", "lever", "given_by", "people", "passages"]
_GRADES = ("grade_band", "grade")


class Choice(NamedTuple):
    """A criterion to choose a solution by, and what a person asks."""

    id: str
    name: str
    question: str


def choice_criteria() -> list[Choice]:
    """Return the criteria to choose a solution by, the four of the case first.

    Examples
    --------
    >>> [criterion.id for criterion in choice_criteria()][:2]
    ['meets_student_needs', 'promotes_equity']
    """
    listed = load_codebook(LEVERS).extra["criteria"]
    rows = listed if isinstance(listed, list) else []
    return [Choice(row["id"], row["name"], row["question"]) for row in rows]


def decision_matrix(
    basis: Basis, suggested: pd.DataFrame, ideas: Sequence[str] = ()
) -> pd.DataFrame:
    """Put what people said beside each criterion, and leave every rating to people.

    Parameters
    ----------
    suggested
        As `suggestions` returns it; grouped by picked theme and lever.
    ideas
        The team's own, in words; their themes and levers are found by their words.

    Returns
    -------
    pandas.DataFrame
        A row an option: `option`, `themes`, `lever`, `given_by` (`people` or `team`),
        `people` and `passages` (who suggested it, where), then for each criterion
        `…_evidence` and `…_rating`, which is empty. There is no total.
    """
    rows = [
        *_suggested_options(basis, suggested),
        *(_own_option(text, basis) for text in ideas),
    ]
    columns = [*_HEAD, *_criterion_columns("evidence", "rating")]
    return pd.DataFrame([_judged(row, basis) for row in rows], columns=columns)


def blank_matrix(codebook: Codebook, picked: Sequence[str]) -> pd.DataFrame:
    """Return the matrix with nothing that people said: an option a picked theme and lever.

    Returns
    -------
    pandas.DataFrame
        `option`, `themes`, `lever`, and an empty `…_rating` for each criterion.

    Examples
    --------
    >>> matrix = blank_matrix(load_codebook("empathy_core"), ["well_being"])
    >>> matrix["option"].tolist()[:2]
    ['Well-being: through teacher moves', 'Well-being: through systems and processes']
    """
    rows = [
        {"option": _named(codebook, theme, lever), "themes": theme, "lever": lever}
        for theme in picked
        for lever in lever_names()
    ]
    columns = ["option", "themes", "lever", *_criterion_columns("rating")]
    return pd.DataFrame(rows, columns=columns, dtype="str").fillna("")


def _criterion_columns(*kinds: str) -> list[str]:
    return [f"{choice.id}_{kind}" for choice in choice_criteria() for kind in kinds]


def _named(codebook: Codebook, theme: str, lever: str) -> str:
    called = spoken_name(lever_names().get(lever, "other ideas"))
    return f"{codebook[theme].name}: through {called}"


def _suggested_options(
    basis: Basis, suggested: pd.DataFrame
) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for theme in basis.picked:
        for lever in (*lever_names(), UNSORTED):
            is_this = (suggested["theme"] == theme) & (suggested["lever"] == lever)
            found = suggested[is_this]
            if len(found):
                rows.append(
                    {
                        "option": _named(basis.codebook, theme, lever),
                        "themes": theme,
                        "lever": lever,
                        "given_by": "people",
                        "people": found["participant_id"].nunique(),
                        "passages": found["segment_id"].nunique(),
                    }
                )
    return rows


def _own_option(text: str, basis: Basis) -> dict[str, object]:
    phrases = content_phrases(text, basis.codebook, load_rubric())
    themes = dict.fromkeys(theme for phrase in phrases for theme in phrase.themes)
    return {
        "option": text,
        "themes": ", ".join(themes),
        "lever": ", ".join(levers_of(text)),
        "given_by": "team",
        "people": 0,
        "passages": 0,
    }


def _judged(option: dict[str, object], basis: Basis) -> dict[str, object]:
    themes = [theme for theme in str(option["themes"]).split(", ") if theme]
    said = {
        "meets_student_needs": _raised(themes, basis),
        "promotes_equity": _in_groups(themes, basis),
        "intersection": _together(themes, basis),
        "transferable": _where(themes, basis),
    }
    cells = {
        name: part
        for choice in choice_criteria()
        for name, part in (
            (f"{choice.id}_evidence", said.get(choice.id, SILENT)),
            (f"{choice.id}_rating", ""),
        )
    }
    return {**option, **cells}


def _people(themes: Sequence[str], basis: Basis) -> set[str]:
    return set(basis.of_themes(themes)["participant_id"].dropna())


def _raised(themes: Sequence[str], basis: Basis) -> str:
    if not themes:
        return "no theme is linked"
    roles = basis.heard.set_index("participant_id")["role"]
    raised = roles[roles.index.isin(_people(themes, basis))].value_counts()
    of = roles.value_counts()
    told = [
        f"{raised[role]} of {of[role]} {plural(role)}"
        for role in ROLES
        if role in raised
    ]
    text = f"{raised.sum()} of {how_many(len(roles), 'person', 'people')} raised its themes"
    return f"{text}: {listing(told)}" if told else text


def _in_groups(themes: Sequence[str], basis: Basis) -> str:
    """Say how often each priority group raised the themes, beside all others."""
    people = _people(themes, basis)
    group_of = basis.heard.set_index("participant_id")["priority_group"]
    is_raised = pd.Series(group_of.index.isin(people), index=group_of.index)
    told = []
    for group in sorted(group_of.dropna().unique()):
        inside = group_of == group
        told.append(
            f"{group}: {is_raised[inside].sum()} of {inside.sum()}; all others: "
            f"{is_raised[~inside].sum()} of {(~inside).sum()}"
        )
    if basis.missing:
        told.append(f"no voice of: {', '.join(map(plural, basis.missing))}")
    return "; ".join(told) or "no priority group is known"


def _together(themes: Sequence[str], basis: Basis) -> str:
    """Say how many people raised the themes and another that is picked or committed to."""
    people = _people(themes, basis)
    committed = commitments_of("", basis)["themes"]
    named = {theme for row in committed for theme in row.split(", ")}
    asked = [*basis.picked, *(theme for theme in basis.ranked if theme in named)]
    others = [theme for theme in dict.fromkeys(asked) if theme not in themes]
    told = [
        f"{len(people & _people([other], basis))} also raised {spoken_name(name)}"
        for other, name in zip(
            others, (basis.codebook[t].name for t in others), strict=True
        )
    ]
    return "; ".join(told) or "no other theme is picked"


def _where(themes: Sequence[str], basis: Basis) -> str:
    found = basis.of_themes(themes)
    sites = found["site"].nunique()
    told = [f"heard at {sites} site{'s' * (sites != 1)}"] if sites else []
    for column in _GRADES:
        if column in found and (n := found[column].nunique()):
            told.append(f"from {n} {plural(column)}{'s' * (n != 1)}")
            break
    return ", ".join(told) or "no site or grade is known"
