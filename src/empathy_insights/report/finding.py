"""The finding in five lines, for the terminal, the notebook and the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.located import counted
from empathy_insights.analysis.voices import missing_voices, roles_are_known
from empathy_insights.problem.wording import counted_role, listing, of_people, plural

if TYPE_CHECKING:
    from empathy_insights.report.shape import Findings


def finding(analysis: Findings) -> list[str]:
    """Return five lines: who was heard, what most raised, what follows, what is missing.

    Every number in them is in the tables of the analysis.
    """
    return [
        _heard(analysis),
        _first(analysis.themes),
        _next(analysis.themes),
        _caution(analysis),
        _question(analysis),
    ]


def _heard(analysis: Findings) -> str:
    voices = analysis.voices
    roles = voices[(voices["group"] == "role") & (voices["people"] > 0)]
    told = [counted_role(row.value, row.people) for row in roles.itertuples()]
    n = int(roles["people"].sum())
    documents = len(analysis.corpus.documents)
    who = f"{n} people ({listing(told)})" if n else "voices that no file names"
    return (
        f"Heard: {who} in {documents} {'document' if documents == 1 else 'documents'}."
    )


def _first(themes: pd.DataFrame) -> str:
    raised = themes[themes["segments"] > 0]
    if raised.empty:
        return "Raised most: no theme of the codebook was found."
    return f"Raised most: {_counted(raised.iloc[0])}."


def _next(themes: pd.DataFrame) -> str:
    rows = themes[themes["segments"] > 0].iloc[1:4]
    if rows.empty:
        return "Then: no other theme."
    return f"Then: {listing([_briefly(row) for _, row in rows.iterrows()])}."


def _caution(analysis: Findings) -> str:
    statuses = set(counted(analysis.codings)["status"])
    if statuses and "auto" not in statuses:
        return f"{_not_heard(analysis)}Coded by people."
    suggested = int((analysis.codings["status"] == "suggested").sum())
    return (
        f"{_not_heard(analysis)}Careful: codings are automatic; {_waiting(suggested)} for "
        "a person, and most counts are too low."
    )


def _not_heard(analysis: Findings) -> str:
    if not roles_are_known(analysis.corpus):
        return (
            "Roles are not known: a participants table shows whose voice is missing. "
        )
    missing = [plural(name) for name in missing_voices(analysis.corpus)]
    return f"Not heard: {listing(missing)}. " if missing else ""


def _question(analysis: Findings) -> str:
    if analysis.problem is None:
        return "Problem of practice: none yet; no theme was found to build it on."
    return f"Problem of practice to discuss: {analysis.problem.question}"


def _counted(row: pd.Series) -> str:
    if row["of"]:
        return f"{row['name'].lower()}, by {of_people(row)}"
    return f"{row['name'].lower()}, in {row['documents']} documents"


def _briefly(row: pd.Series) -> str:
    name = row["name"].lower()
    if row["of"]:
        return f"{name} ({row['people']} of {row['of']})"
    return f"{name} ({row['documents']} documents)"


def _waiting(n: int) -> str:
    return "1 suggestion waits" if n == 1 else f"{n} suggestions wait"
