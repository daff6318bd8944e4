"""Where each raised theme stands: how many raised it, and whether the statement says it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from empathy_insights.problem.basis import TOP, Basis

_NOT_ADULTS = ("student", "mixed", "unknown")
_STANDING = {
    "theme": "str", "name": "str", "people": "int64", "of": "int64", "top": "bool",
    "picked": "bool", "in_statement": "bool", "only_adults": "bool",
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
        of an adult role).
    """
    rows = basis.themes.set_index("theme", drop=False)
    adults = _raised_by_adults_only(basis.found)
    table = pd.DataFrame(
        [
            {
                **{name: rows.loc[theme, name] for name in list(_STANDING)[:4]},
                "top": place < TOP,
                "picked": theme in basis.picked,
                "in_statement": theme in linked,
                "only_adults": theme in adults,
            }
            for place, theme in enumerate(basis.ranked)
        ],
        columns=list(_STANDING),
    )
    return table.astype(_STANDING)


def _raised_by_adults_only(found: pd.DataFrame) -> frozenset[str]:
    # A voice without a role may be a student's.
    maybe_student = found["role"].isna() | found["role"].isin(_NOT_ADULTS)
    is_open = maybe_student.groupby(found["theme"]).any()
    return frozenset(is_open.index[~is_open])
