"""What a statement stands on: the themes, who raised them, and what the team decided."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from empathy_insights.analysis.table_facts import in_told_order, read_state
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.errors import CodebookError
from empathy_insights.tables import CHECKED, FIRST_LOOK, PARTLY_CHECKED, ROLES
from empathy_insights.wording import (
    capitalised,
    insight,
    need_of,
    people_of,
    people_of_roles,
    plural,
    spoken_name,
)

TOP = 3
_ADULTS = ("family", "teacher", "staff", "school_leader", "network_leader")


@dataclass(frozen=True, repr=False)
class Basis:
    """Hold everything that a wording is checked with and traced to.

    Parameters
    ----------
    themes
        The theme table, not grouped.
    found
        Located codings that count, as `locate` returns them.
    heard
        The participants who said something, as `heard` returns them.
    codebook
        Whose words lead from a phrase to a theme.
    picked
        The themes that the team builds on, the leading one first.
    ranked
        The themes that anybody raised, those of most people first.
    needed
        Of these the themes to build on, those first of which most people spoke as
        something missing or hard, as far as people have judged that.
    praised
        The themes of which more people spoke as something that helps.
    missing
        Roles and priority groups of whom nobody was heard.
    roles_known
        Whether it is known which roles are missing.
    commitments
        What the organisation has committed itself to, whoever raised it.
    strategy_link
        The document and sentence that the statement is part of; None when nobody has
        been asked for it.
    """

    themes: pd.DataFrame
    found: pd.DataFrame
    heard: pd.DataFrame
    codebook: Codebook
    picked: tuple[str, ...]
    ranked: tuple[str, ...]
    missing: tuple[str, ...]
    roles_known: bool
    needed: tuple[str, ...]
    praised: frozenset[str]
    commitments: tuple[str, ...] = ()
    strategy_link: str | None = None

    @property
    def is_estimate(self) -> bool:
        """Whether numbers of people are estimated, since not all has been read."""
        is_one = "low" in self.themes and bool(self.themes["low"].notna().any())
        return is_one and read_state(self.themes) != CHECKED

    @property
    def adults(self) -> tuple[str, ...]:
        """The roles that were heard, where it is known that all of them are adults'.

        A role that nobody has is told to others anyway, so it tells nothing to name the rest.
        """
        roles = set(self.heard["role"])
        if not self.roles_known or not roles <= set(_ADULTS):
            return ()
        return tuple(role for role in _ADULTS if role in roles)

    @property
    def whom(self) -> str:
        """Whom a question serves: students, or the adults where no student was heard."""
        return people_of_roles(self.adults or ("student",))

    def of_themes(self, themes: Sequence[str]) -> pd.DataFrame:
        """Return the located codings of some themes."""
        return self.found[self.found["theme"].isin(themes)]

    def names(self, themes: Sequence[str]) -> list[str]:
        """Return what people call some themes."""
        named = self.themes.set_index("theme")["name"]
        return [str(named[theme]) for theme in themes]


# Which themes a problem of practice is built on: the team's, or those of most people.


NEEDED = f"among the {TOP} that most spoke of as missing or hard"
MOST = f"among the {TOP} raised most"  # of most people, who may be few
_PERHAPS_MOST = {
    FIRST_LOOK: f"to check first: perhaps among the {TOP} raised most",
    PARTLY_CHECKED: f"probably among the {TOP} raised most",
}
_N_QUOTES = 2


def most_said(state: str) -> str:
    """Say of a theme that no other was raised by more, as far as people have read."""
    return _PERHAPS_MOST.get(state, MOST)


def raised_themes(themes: pd.DataFrame) -> pd.DataFrame:
    """Return the themes that a coding counts, and those suggested that people may raise.

    A theme that people do not name by its words is only suggested: what is estimated to
    be raised by most leads the table, and leads here, too.
    """
    is_raised = themes["segments"] > 0
    if {"low", "suggested"} <= set(themes):
        may_be = themes["low"].notna() & (themes["people"] > 0)
        is_raised |= may_be & (themes["suggested"] > 0)
    return themes[is_raised]


def ranked_themes(themes: pd.DataFrame, people: pd.DataFrame) -> tuple[str, ...]:
    """Order the raised themes as told, then by people, roles and the share in need."""
    raised = raised_themes(themes)
    if raised.empty:
        return ()
    need = people[["need", "mixed"]].sum(axis=1)
    order = raised.assign(
        _roles=raised["roles"].str.count(","),
        _need=(raised["theme"].map(need) / raised["people"]).fillna(0),
    ).sort_values(
        ["_roles", "_need", "documents", "theme"],
        ascending=[False, False, False, True],
    )
    by_people = order.sort_values("people", ascending=False, kind="stable")
    # A range stands by the middle between its ends: what readers see first leads here, too.
    return tuple(in_told_order(by_people)["theme"])


def picked_themes(
    needed: Sequence[str], codebook: Codebook, pick: Sequence[str] | None
) -> tuple[str, ...]:
    """Return the themes that the team picked, or the first three to build on."""
    if pick is not None:
        strange = [theme for theme in pick if theme not in codebook]
        if strange or not pick:
            what = (
                f"there is no theme {strange[0]!r}" if strange else "no theme is picked"
            )
            choices = ", ".join(theme.id for theme in codebook.main_themes)
            raise CodebookError(f"{what}; choose from {choices}")
        return tuple(pick)
    if not needed:
        raise CodebookError(
            "nobody raised a theme of the codebook; review the suggested codings, or "
            "code with a codebook that fits what people talked about"
        )
    return tuple(needed[:TOP])


def suggested_picks(
    standing: pd.DataFrame, state: str = CHECKED, *, needed: Collection[str] = ()
) -> pd.DataFrame:
    """Return the themes that a team may want to build on, and why each is suggested.

    Parameters
    ----------
    state
        How far people have read what was counted.
    needed
        The themes that most people spoke of as something missing or hard, where that is
        another order than that of all who raised them.

    Returns
    -------
    pandas.DataFrame
        `theme`, `name`, `people`, `of`, `picked`, `why`: the three themes that most
        people raised, those that most spoke of as missing or hard, then those that are
        strong in a priority group.
    """
    is_needed = standing["theme"].isin(needed)
    why = [
        "; ".join(
            [most_said(state)] * row.top
            + [NEEDED] * (row.theme in needed)
            + [f"equity pick: raised much more often by {row.equity_pick}"]
            * (row.equity_pick != "")
        )
        for row in standing.itertuples()
    ]
    rows = standing.assign(why=why)
    order = 2 * standing["top"] + (is_needed & ~standing["top"])
    ordered = rows.loc[order.sort_values(ascending=False, kind="stable").index]
    ordered = ordered[ordered["why"] != ""]
    return ordered[["theme", "name", "people", "of", "picked", "why"]].reset_index(
        drop=True
    )


def not_picked(themes: pd.DataFrame, picked: Sequence[str]) -> pd.DataFrame:
    """Return the raised themes that a problem is not built on.

    Where nobody has coded or suggested a passage, nobody is known to have raised it, however
    many an estimate allows for.
    """
    is_found = themes["segments"] > 0
    if "suggested" in themes:
        is_found |= themes["suggested"] > 0
    left = themes[~themes["theme"].isin(picked) & (themes["people"] > 0) & is_found]
    names = ("theme", "name", "people", "low", "high", "of", "state")
    return left[[name for name in names if name in left]].reset_index(drop=True)


def picked_quotes(quoted: pd.DataFrame, picked: Sequence[str]) -> pd.DataFrame:
    """Take two quotes and one that disagrees for each picked theme, in its order."""
    kept = quoted[quoted["theme"].isin(picked) & (quoted["rank"] <= _N_QUOTES)]
    order = kept["theme"].map({theme: n for n, theme in enumerate(picked)})
    return kept.iloc[order.argsort(kind="stable")].reset_index(drop=True)


# What people said of the picked themes, and what they need, in sentences and counts.


_INSIGHT = ["theme", "name", "people", "of", "need", "asset", "mixed", "sentence"]
NEEDS = {
    "theme": "str", "role": "str", "people": "int64", "of": "int64", "statement": "str",
    "sentence": "str",
}  # fmt: skip


def insights(
    themes: pd.DataFrame, people: pd.DataFrame, picked: Sequence[str]
) -> pd.DataFrame:
    """Return for each picked theme how many people raised it, and in which stance."""
    rows = themes.set_index("theme", drop=False)
    counts = people.reindex(index=list(picked), fill_value=0)
    return pd.DataFrame(
        [
            {
                **{name: rows.loc[theme, name] for name in _INSIGHT[:4]},
                **counts.loc[theme, ["need", "asset", "mixed"]],
                "sentence": insight(rows.loc[theme], counts.loc[theme]),
            }
            for theme in picked
            if theme in rows.index
        ],
        columns=_INSIGHT,
    )


def needs(
    found: pd.DataFrame,
    heard: pd.DataFrame,
    codebook: Codebook,
    picked: Sequence[str],
    *,
    state: str = CHECKED,
    adults: Sequence[str] = (),
) -> pd.DataFrame:
    """Word the need of each picked theme for each role that spoke of one.

    How many spoke of it is said only where people have read all that was counted.

    Parameters
    ----------
    adults
        The roles heard, where no student was.
    """
    needing = found[found["stance"].isin(["need", "mixed"])]
    counts = needing.groupby(["theme", "role"])["participant_id"].nunique()
    of = heard["role"].value_counts()
    rows = [
        _need(
            codebook[theme],
            role,
            int(counts.get((theme, role), 0)),
            int(of.get(role, 0)),
            is_checked=state == CHECKED,
            are_students=not adults,
        )
        for theme in picked
        if codebook[theme].need.verb_phrase
        for role in _roles(counts, theme) or adults or ["student"]
    ]
    return pd.DataFrame(rows, columns=list(NEEDS)).astype(NEEDS)


def _roles(counts: pd.Series, theme: str) -> list[str]:
    return [role for role in ROLES if counts.get((theme, role), 0)]


def _need(
    theme: Theme,
    role: str,
    people: int,
    of: int,
    *,
    is_checked: bool,
    are_students: bool,
) -> dict[str, object]:
    statement = need_statement(theme, role, are_students=are_students)
    who = f"{people} of {of} {plural(role)} we heard" if people else "Nobody we heard"
    about = f"spoke of something missing or hard in {spoken_name(theme.name)}."
    return {
        "theme": theme.id,
        "role": role,
        "people": people,
        "of": of,
        "statement": statement,
        "sentence": f"{statement} {who} {about}" if is_checked else statement,
    }


def need_statement(
    theme: Theme, role: str, who: str = "", *, are_students: bool = True
) -> str:
    """Say what people of a role need, as the codebook words it.

    Why they need it is for people to say: a codebook's reason may be nobody's here.

    Parameters
    ----------
    who
        What these people are called; the role's own word when not given.
    are_students
        Whether any student was heard; of adults alone it is the goal that they need.

    Examples
    --------
    >>> from empathy_insights.codebook import Need
    >>> bus = Theme("bus", "Bus", need=Need("be in time"))
    >>> need_statement(bus, "student"), need_statement(bus, "family")
    ('Our students need to be in time.', 'Our families need students to be in time.')
    >>> bus = Theme("bus", "Bus", need=Need("be in time", "buses on time"))
    >>> need_statement(bus, "family", are_students=False)
    'Our families need buses on time.'
    """
    role = (
        "student" if role == "unknown" else role
    )  # as the question, which serves them
    who = who or people_of(role)
    is_own = role == "student" or role in theme.need.verb_phrase_of
    if not (is_own or are_students) and theme.need.goal_noun:
        return f"{capitalised(who)} need {theme.need.goal_noun}."
    need = need_of(theme, role) if is_own else theme.need.verb_phrase
    whom = "" if is_own else "students "
    return f"{capitalised(who)} need {whom}to {need}."
