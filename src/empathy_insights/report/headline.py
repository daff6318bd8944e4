"""What the first page begins with: the finding, and how many people it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.corpus import how_many
from empathy_insights.publishing import audience_of, is_estimate
from empathy_insights.report.charts.themes import SURE_TO_LEAD
from empathy_insights.report.finding import headline_said, leads_by_need
from empathy_insights.tables import FIRST_LOOK
from empathy_insights.wording import capitalised, of_people, stances_said

if TYPE_CHECKING:
    from empathy_insights.report.published import Published

_LEAST_FOR_TENTHS, _TENTHS = 10, 10


def title_of(shown: Published) -> str:
    """Return the finding in one sentence: that of the theme to begin with."""
    if shown.carded.empty and not shown.n_untold:
        return "We listened, and found none of the themes we looked for"
    if shown.run.estimate.state == FIRST_LOOK:
        people = shown.themes.attrs.get("people")
        whom = f"{people} people" if people and people > 1 else "people"
        return f"A first look at what {whom} told us"
    if shown.leading is None:
        return "No number can be shown without giving somebody away"
    return _headline(shown, shown.leading)


def _headline(shown: Published, row: pd.Series) -> str:
    if said := headline_said(shown, row):
        return said
    name = str(row["name"]).lower()
    if row["theme"] in shown.praised:
        return f"What helps people here: {name}"
    is_most = row["theme"] == shown.carded["theme"].iloc[0]
    return f"What came up{' most' if is_most else ''}: {name}"


def lead_of(shown: Published) -> str:
    """Say how many people the finding comes from, as people say it."""
    row = shown.leading
    if row is None or shown.run.estimate.state == FIRST_LOOK:
        return ""
    if row.get("hidden"):
        return f"{capitalised(of_people(row))} spoke of it."
    people, of = int(row["people"]), int(row["of"])
    if not of:
        return f"It came up in {how_many(int(row['documents']), 'document')}."
    is_by_need = leads_by_need(shown)  # and so not the first of the bars
    share = "" if is_by_need else _share_said(people, of)
    if is_estimate(row.to_dict()):
        said = capitalised(of_people(row))
        why = " Probably no other theme was missing or hard for as many." * is_by_need
        return f"{said} spoke of it.{share}{why}{_rivalled(shown, row)}"
    told = f"All {of}" if people == of > 1 else f"{people} of the {of}"
    least = audience_of(shown.audience).least
    kind = stances_said(row, shown.stances.loc[row["theme"]], least=least)
    if is_by_need:
        most = "missing or hard, the most of all themes,"
        kind = kind.replace("missing or hard", most, 1).replace(",.", ".")
    return f"{told} people we heard spoke of it.{share} {kind}".rstrip()


def _share_said(people: int, of: int) -> str:
    """Say a share as people do, by tenths; a small one as 1 in as many as it is.

    Examples
    --------
    >>> _share_said(28, 41), _share_said(7, 51), _share_said(1, 4)
    (' That is about 7 in 10.', ' That is about 1 in 7.', '')
    """
    if not people or of < _LEAST_FOR_TENTHS:
        return ""
    tenths = round(_TENTHS * people / of)
    told = f"{tenths} in 10" if tenths > 1 else f"1 in {round(of / people)}"
    return f" That is about {told}." if tenths < _TENTHS else ""


def _rivalled(shown: Published, row: pd.Series) -> str:
    """Say that the first theme may not be first, unless that is nearly sure."""
    odds = shown.themes.attrs.get("leads")
    is_first = row["theme"] == shown.themes["theme"].iloc[0]
    is_open = is_first and odds is not None and odds < SURE_TO_LEAD
    return " Another theme may have come up as often." if is_open else ""
