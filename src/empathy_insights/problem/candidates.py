"""How-might-we questions from the needs of a codebook: several ways into one problem."""

from __future__ import annotations

from collections.abc import Sequence
from string import Formatter

import pandas as pd

from empathy_insights.codebook import Theme
from empathy_insights.problem.phrases import content_words
from empathy_insights.wording import need_of, own_need, spoken_name

BLANK = "____"
"""Stands in a question for what nobody has worded yet."""

_MOST = 5
_CALLED = {
    "family": "families parents caregivers", "teacher": "teachers", "staff": "staff",
    "school_leader": "leaders principals",
}  # fmt: skip
# The first wording of a move that the themes feed is taken; no two moves say the same.
_MOVES = (
    ("name the goal", "How might we build {goal}, so that {audience} can {verb}?"),
    ("name the goal", "How might we build {goal}{for_audience} in this school?"),
    ("name the goal", "How might we make it possible for {audience} to {verb}?"),
    (
        "name the goal",
        "How might we act on what we heard, that {headline}, together with {audience}?",
    ),
    ("name the goal", "How might we make it possible for {audience} to {blank}?"),
    (
        "join two themes",
        "How might we join {goal} with {second_goal}, together with {audience}?",
    ),
    (
        "amp up the good",
        "How might we spread what already brings about {goal}{for_audience}?",
    ),
    (
        "amp up the good",
        "How might we learn from what already works, so that {audience} can {verb}?",
    ),
    (
        "remove the bad",
        "How might we redesign what we do where {barrier}, together with {audience}?",
    ),
    ("use unexpected resources", "How might we let {audience} lead the way to {goal}?"),
    (
        "question an assumption",
        "How might we plan as if it were no longer true that {barrier}?",
    ),
    (
        "change the status quo",
        "How might we make sure that {audience} can {verb} every day?",
    ),
    (
        "break it into pieces",
        "How might we take a first step toward {goal}, together with {audience}?",
    ),
    (
        "break it into pieces",
        "How might we take a first step on what we heard about {name}, together with "
        "{audience}?",
    ),
    (
        "break it into pieces",
        "How might we take a first step where we heard that {headline}?",
    ),
)
# Of what people praise nothing is missing that could be built, removed or questioned.
_MOVES_OF_PRAISE = (
    (
        "keep the good",
        "How might we keep what already brings about {goal}, so that it reaches all of "
        "{audience}?",
    ),
    (
        "keep the good",
        "How might we keep what already helps {audience} to {verb}, so that it reaches all "
        "of them?",
    ),
    (
        "keep the good",
        "How might we keep what people told us helps them in {any_name}, so that it "
        "reaches all of {audience}?",
    ),
    *(way for way in _MOVES if way[0] == "amp up the good"),
    ("use unexpected resources", "How might we let {audience} show us what works?"),
)


def candidates(
    themes: Sequence[Theme],
    *,
    audience_phrase: str,
    outcome: str | None,
    has_assets: bool,
    is_praise: bool = False,
) -> pd.DataFrame:
    """Word up to five how-might-we questions for the picked themes, naming no solution.

    A move is left out when the themes do not feed it: without a barrier in the codebook
    nothing is removed or questioned, without a strength that people named nothing is
    amplified. Any one field of a need gives three. Without a need, the theme's headline
    gives two; a name alone gives one, with a blank (`BLANK`) for a person to fill.

    Parameters
    ----------
    themes
        The picked themes, the leading one first.
    audience_phrase
        Whom the question serves, such as `our students`; where it names families,
        teachers, staff or leaders, the need is worded for them.
    outcome
        What for; the leading theme's need when not given.
    has_assets
        Whether somebody spoke of a strength.
    is_praise
        Whether the leading theme is one that people praised: then the questions ask how to
        keep it and how it may reach others.

    Returns
    -------
    pandas.DataFrame
        `move`, `question`.
    """
    known = _known(themes, audience_phrase, outcome)
    worded: dict[str, str] = {}
    for move, template in _MOVES_OF_PRAISE if is_praise else _MOVES:
        is_fed = all(known.get(name) is not None for name in _fields(template))
        if is_fed and (is_praise or has_assets or move != "amp up the good"):
            worded.setdefault(move, template.format(**known))
    rows = list(worded.items())
    return pd.DataFrame(rows[:_MOST], columns=["move", "question"])


def _known(
    themes: Sequence[Theme], audience: str, outcome: str | None
) -> dict[str, str | None]:
    """Return what the themes say for each field of a template; None for nothing."""
    lead, second = themes[0], themes[1] if len(themes) > 1 else None
    need = lead.need
    roles = _roles_of(audience)
    own = own_need(lead, roles) or ("" if need.goal_noun else need_of(lead, roles[0]))
    verb = outcome or own
    is_bare = not (need.goal_noun or verb or need.barrier)
    # "student ownership for our students" says whom twice.
    is_said_twice = bool(_told(audience) & _told(need.goal_noun))
    return {
        "goal": need.goal_noun or None,
        "second_goal": (second and second.need.goal_noun) or None,
        "audience": audience,
        "for_audience": "" if is_said_twice else f" for {audience}",
        "verb": verb or None,
        "barrier": need.barrier or None,
        "name": None if is_bare else spoken_name(lead.name),
        "any_name": spoken_name(lead.name),
        "headline": _within(lead.headline) or None if is_bare else None,
        "blank": BLANK if is_bare and not lead.headline else None,
    }


def _within(headline: str) -> str:
    """Return a headline as it stands within a sentence."""
    first, _, rest = headline.rstrip(". ").partition(" ")
    first = first if first.isupper() and first != "A" else first.lower()
    return f"{first} {rest}".strip()


def _fields(template: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(template) if name]


def _told(text: str) -> frozenset[str]:
    return frozenset[str]().union(*(token.forms for token in content_words(text)))


def _roles_of(audience: str) -> list[str]:
    """Return the roles that an audience phrase names; students where it names them or none."""
    told = _told(audience)
    named = [role for role, words in _CALLED.items() if told & _told(words)]
    return ["student"] if told & _told("students") else named or ["student"]
