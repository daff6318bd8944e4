"""How-might-we questions from the needs of a codebook: several ways into one problem."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from empathy_insights.codebook import Theme
from empathy_insights.problem.basis import Basis
from empathy_insights.problem.needs import audience_of
from empathy_insights.problem.wording import theme_goal

_MOST = 5
# The first wording of a move that the themes feed is taken; no two moves say the same.
_MOVES = (
    ("name the goal", "How might we build {goal}, so that {audience} can {verb}?"),
    ("name the goal", "How might we build {aim} for {audience} in this school?"),
    (
        "join two themes",
        "How might we join {goal} with {second_goal}, together with {audience}?",
    ),
    ("amp up the good", "How might we spread what already gives {audience} {aim}?"),
    (
        "amp up the good",
        "How might we learn from what already works, so that {audience} can {verb}?",
    ),
    (
        "remove the bad",
        "How might we redesign what we do where {barrier}, together with {audience}?",
    ),
    ("use unexpected resources", "How might we let {audience} lead the way to {aim}?"),
    (
        "question an assumption",
        "How might we plan as if it were no longer true that {barrier}?",
    ),
    (
        "change the status quo",
        "How might we make it an everyday matter for {audience} to {verb}?",
    ),
    (
        "break it into pieces",
        "How might we take a first step toward {goal}, together with {audience}?",
    ),
)


def candidates(
    themes: Sequence[Theme],
    *,
    audience_phrase: str,
    outcome: str | None,
    has_assets: bool,
) -> pd.DataFrame:
    """Word up to five how-might-we questions for the picked themes, naming no solution.

    A move is left out when the themes do not feed it: without a barrier in the codebook
    nothing is removed or questioned, without a strength that people named nothing is
    amplified. Any one field of a need gives three; a codebook of names alone still gets a
    first step to word further.

    Parameters
    ----------
    themes
        The picked themes, the leading one first.
    audience_phrase
        Whom the question serves, such as `our students`.
    outcome
        What for; the leading theme's need when not given.
    has_assets
        Whether somebody spoke of a strength.

    Returns
    -------
    pandas.DataFrame
        `move`, `question`.
    """
    lead = themes[0]
    known = {
        "goal": theme_goal(lead),
        "aim": lead.need.goal_noun,
        "second_goal": theme_goal(themes[1]) if len(themes) > 1 else "",
        "audience": audience_phrase,
        "verb": outcome or lead.need.verb_phrase,
        "barrier": lead.need.barrier,
    }
    worded: dict[str, str] = {}
    for move, template in _MOVES:
        is_fed = all(
            value for name, value in known.items() if f"{{{name}}}" in template
        )
        if is_fed and (has_assets or move != "amp up the good"):
            worded.setdefault(move, template.format(**known))
    rows = list(worded.items())
    return pd.DataFrame(rows[:_MOST], columns=["move", "question"])


def offered_candidates(
    basis: Basis,
    people: pd.DataFrame,
    *,
    audience_phrase: str | None,
    outcome: str | None,
) -> pd.DataFrame:
    """Word candidates for the picked themes; see `candidates`."""
    lead = basis.picked[0]
    return candidates(
        [basis.codebook[theme] for theme in basis.picked],
        audience_phrase=audience_phrase or audience_of(basis.found, lead),
        outcome=outcome,
        has_assets=bool(people[["asset", "mixed"]].sum(axis=1).get(lead)),
    )
