"""Hide small cells before a table leaves the team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.publishing._audiences import (
    Audience,
    AudienceName,
    Label,
    audience_of,
    up_to,
)
from empathy_insights.publishing._cells import (
    Key,
    can_be_published,
    cells,
    nested_groups,
)
from empathy_insights.publishing._hidden import hidden_labels
from empathy_insights.publishing._quotes import published_quotes
from empathy_insights.publishing._shown import shown_table, told_only

_A_ROW_A_PERSON = frozenset({"case_matrix"})
_NO_PEOPLE = frozenset({"saturation"})
_QUOTES = "quotes"


@public
def publish(
    table: pd.DataFrame,
    audience: AudienceName = "school",
    *,
    beside: Sequence[pd.DataFrame] = (),
) -> pd.DataFrame:
    """Return a table as an audience may see it: small cells hidden, extremes masked.

    For `school`, counts of 1 to 4 people and results of groups of fewer than 5 are
    hidden; for `public`, of fewer than 10, and nobody is not told from a few. Where
    nearly everyone in a group said something, only "at least" is said (after the ladder
    of NCES 2011-603). Further cells are hidden where one of these could be solved for
    from margins, from the rest of the table, or from the tables `beside` it. The public
    does not see what is hidden from a school, so that the two can be read side by side.
    For `team` nothing is hidden.

    Parameters
    ----------
    table
        As a function of this library returned it: its `attrs` say what it holds.
    beside
        The other tables that the same people will see. Publish each table of a run with
        all others beside it; the order does not matter.

    Returns
    -------
    pandas.DataFrame
        The rows of the table, those that are hidden after those that are shown.
        `shown` says the count in words (`7 of 12`, `fewer than 5 of 12`), `hidden` why
        it is not shown (`few people`, `small group`, `nearly everyone`, `it would give
        another away`; empty where it is). Numbers of a hidden row are missing. Who
        raised a theme (`roles`) is left out, and from grouped tables columns of mentions
        and of other people's counts, where they would tell what is hidden. Of quotes only theme, stance, words and a safe
        attribution are left. `attrs["audience"]` names the audience; `attrs["suggestions"]`
        says which roles could be shown if they were counted together.

    Raises
    ------
    EmpathyInsightsError
        There is no such audience, the table has a row a person, or it is not known what
        it holds.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": list("abcdef"), "a": ["Late bus."] + ["Hm."] * 5})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> book = ei.Codebook("b", "B", themes=(ei.Theme("bus", "Late bus"),))
    >>> table = ei.theme_frequency(ei.code(ei.segment(corpus), book), corpus, codebook=book)
    >>> publish(table, "school")[["theme", "shown", "hidden"]]
      theme              shown      hidden
    0   bus  fewer than 5 of 6  few people
    """
    return publish_together([table, *beside], audience)[0]


def publish_together(
    tables: Sequence[pd.DataFrame], audience: AudienceName
) -> list[pd.DataFrame]:
    """Publish all tables of a run, as `publish` does each with the others beside it.

    Raises
    ------
    EmpathyInsightsError
        As `publish`.
    """
    rules = audience_of(audience)
    if rules.least == 0:
        return list(tables)
    for one in tables:
        _check(one, audience)
    run = [one for one in tables if can_be_published(one)]
    numbers = [cell for one in run for cell in cells(one)]
    nested = [nest for one in run for nest in nested_groups(one)]
    labels: Mapping[Key, Label] = {}
    for each in up_to(rules):
        labels = hidden_labels(numbers, each, nested, before=labels)
    return [_published(one, labels, rules) for one in tables]


def _published(
    table: pd.DataFrame, labels: Mapping[Key, Label], rules: Audience
) -> pd.DataFrame:
    if table.attrs["table"] in _NO_PEOPLE:
        return told_only(table, rules)
    if table.attrs["table"] == _QUOTES:
        return told_only(published_quotes(table, labels, rules), rules)
    return shown_table(table, labels, rules)


def _check(table: pd.DataFrame, audience: str) -> None:
    name = table.attrs.get("table")
    if name in _A_ROW_A_PERSON:
        raise EmpathyInsightsError(
            f"a {str(name).replace('_', ' ')} has a row a person and stays with the team; "
            f"for {audience} publish a table of counts"
        )
    if table.attrs.get("audience", "team") != "team":
        raise EmpathyInsightsError(
            f"this table is published already, for {table.attrs['audience']}; publish "
            "the team's own"
        )
    if not can_be_published(table) and name not in {*_NO_PEOPLE, _QUOTES}:
        raise EmpathyInsightsError(
            "this table does not say what it counts; publish it as the function that "
            "made it returned it"
        )
    if table.attrs.get("unit", "people") != "people":
        raise EmpathyInsightsError(
            f"this table counts {table.attrs['unit']}; publish one that counts people"
        )
