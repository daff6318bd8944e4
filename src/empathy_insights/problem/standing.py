"""Where each raised theme stands: how many raised it, and whether the statement says it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from empathy_insights.problem.basis import TOP, Basis
from empathy_insights.problem.rubric import load_rubric

_NOT_ADULTS = ("student", "mixed", "unknown")
_STANDING = {
    "theme": "str", "name": "str", "people": "int64", "of": "int64", "top": "bool",
    "picked": "bool", "in_statement": "bool", "only_adults": "bool",
    "equity_pick": "str",
}  # fmt: skip


def theme_standing(basis: Basis, linked: Sequence[str]) -> pd.DataFrame:
    """Say of each theme that anybody raised whether the statement takes it up.

    Parameters
    ----------
    linked
        The themes that the statement's phrases lead to, as `linked_themes` returns them.

    Returns
    -------
    pandas.DataFrame
        A row a raised theme, those of most people first: `theme`, `name`, `people`,
        `of`, `top` (among the three that most people raised), `picked`, `in_statement`
        (a phrase of the wording leads to it), `only_adults` (everybody who raised it is
        of an adult role), `equity_pick` (the priority groups in which it is strong: at
        least three people raised it, at 1.25 times the rate among all others or more;
        empty for none).
    """
    rows = basis.themes.set_index("theme", drop=False)
    adults = _raised_by_adults_only(basis.found)
    strong = strong_in(basis)
    table = pd.DataFrame(
        [
            {
                **{name: rows.loc[theme, name] for name in list(_STANDING)[:4]},
                "top": place < TOP,
                "picked": theme in basis.picked,
                "in_statement": theme in linked,
                "only_adults": theme in adults,
                "equity_pick": ", ".join(strong.get(theme, ())),
            }
            for place, theme in enumerate(basis.ranked)
        ],
        columns=list(_STANDING),
    )
    return table.astype(_STANDING)


def strong_in(basis: Basis) -> dict[str, list[str]]:
    """Return the priority groups in which a theme is strong, by theme."""
    limits = load_rubric().criteria["leverage"].limits
    group_of = basis.heard.set_index("participant_id")["priority_group"]
    heard = group_of.value_counts()
    raised = basis.found[["theme", "participant_id"]].dropna().drop_duplicates()
    groups = raised["participant_id"].map(group_of)
    counts = pd.crosstab(raised["theme"], groups)
    people = raised["theme"].value_counts()
    strong: dict[str, list[str]] = {}
    for group in counts.columns:
        others = len(group_of) - heard[group]
        rate = counts[group] / heard[group]
        rest = (people.reindex(counts.index) - counts[group]) / max(others, 1)
        is_strong = (
            (others > 0)
            & (counts[group] >= limits["equity_people"])
            & (100 * rate >= limits["equity_percent"] * rest)
        )
        for theme in counts.index[is_strong]:
            strong.setdefault(str(theme), []).append(str(group))
    return strong


def _raised_by_adults_only(found: pd.DataFrame) -> frozenset[str]:
    # A voice without a role may be a student's.
    maybe_student = found["role"].isna() | found["role"].isin(_NOT_ADULTS)
    is_open = maybe_student.groupby(found["theme"]).any()
    return frozenset(is_open.index[~is_open])
