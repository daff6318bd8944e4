"""The first page: what was said, how sure that is, and what to do next, to be read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.estimate.next_passages import minutes_to_read
from empathy_insights.analysis.table_facts import is_shown, is_told, said_counts
from empathy_insights.analysis.voices import roles_are_known, without_role
from empathy_insights.corpus import heard, how_many
from empathy_insights.problem.sections import NO_DISSENT, NO_QUOTE, NOT_LOOKED
from empathy_insights.publishing import AudienceName
from empathy_insights.report.charts.themes import hidden_ends
from empathy_insights.report.finding import (
    not_in_codebook,
    who_was_heard,
)
from empathy_insights.report.headline import lead_of, title_of
from empathy_insights.report.methods import readers_said
from empathy_insights.tables import BY_PEOPLE, CHECKED, FIRST_LOOK, PARTLY_CHECKED
from empathy_insights.wording import (
    listing,
    plural,
)

if TYPE_CHECKING:
    from empathy_insights.report.findings import Findings
    from empathy_insights.report.published import Published

FEW_PEOPLE = 15  # heard; numbers of so few say nearly who they are
_MOST_BARS = 5
_LONGEST_QUOTE, _READS_AT_A_GLANCE = 60, 32  # words
_MID_STORY = ("and ", "but ", "so ", "or ", "because ", "then ", "which ", "that's ")


@dataclass(frozen=True)
class Bar:
    """One theme of the chart.

    Parameters
    ----------
    said
        How many people, in words.
    sure, most
        To where the bar is solid, and to where it may reach: percent of the people heard.
    """

    theme: str
    name: str
    said: str
    sure: float
    most: float


@dataclass(frozen=True)
class FirstPage:
    """What the first page says, before it is set; empty where there is nothing to say.

    Parameters
    ----------
    state, state_more
        How far people have read, and what that means.
    title, lead
        The finding, and how many people it comes from.
    quote, against
        The words of one person, and of one who sees it the other way.
    quote_instead, against_instead
        What is said where there is none.
    beyond
        What many spoke of that the codebook has no theme for; for the team.
    """

    state: str
    state_more: str
    title: str
    lead: str
    heard: str
    bars: Sequence[Bar]
    reading_bars: str
    quote: dict[str, object] | None
    quote_instead: str
    against: dict[str, object] | None
    against_instead: str
    missing: str
    question_title: str
    question: str
    following: str
    beyond: str


def first_page(shown: Published) -> FirstPage:
    """Return what the first page of a report says to its audience.

    Parameters
    ----------
    shown
        The run as the audience may see it.
    """
    state = shown.run.estimate.state
    bars = top_bars(shown)
    quote, instead = _quote(shown)
    against, none_against = _against(shown)
    said, more = state_of(shown)
    title, question = _question(shown)
    return FirstPage(
        state=said,
        state_more=more,
        title=title_of(shown),
        lead=lead_of(shown),
        heard=_heard(shown),
        bars=bars,
        reading_bars=_READING[state] if bars else "",
        quote=quote,
        quote_instead=instead,
        against=against,
        against_instead=none_against,
        missing=_missing(shown),
        question_title=title,
        question=question,
        following=_following(shown),
        beyond=not_in_codebook(shown) if shown.is_team else "",
    )


def is_small(run: Findings) -> bool:
    """Return whether so few people were heard that others can be told little."""
    return 0 < int(run.themes.attrs["people"]) < FEW_PEOPLE


FEW_SAID = (
    f"Fewer than {FEW_PEOPLE} people were heard, so this is the team's report. Little "
    "about so few can be shown to others; `--audience school` writes what they may read."
)


def default_audience(run: Findings) -> AudienceName:
    """Return whom results are for unless somebody says: the team's, where few were heard."""
    return "team" if is_small(run) else "school"


def small_study_said(shown: Published) -> str:
    """Say to others why a small study shows so little, and what it shows; or nothing."""
    if shown.is_team or not is_small(shown.run):
        return ""
    return (
        f"Fewer than {FEW_PEOPLE} people were heard. Numbers of so few would tell who said "
        "what, so most are left out here. You can see who was asked, the question, and "
        "quotes that were released. The team has the numbers."
    )


def _top(shown: Published) -> pd.DataFrame:
    """Return the themes of the chart: those that most people raised, or may have.

    One whose number may not be told has no place among them: it could be anybody's.
    """
    told = shown.carded[is_told(shown.carded)]
    return told.head(_MOST_BARS).reset_index(drop=True)


def state_of(shown: Published) -> tuple[str, str]:
    """Say how far people have read, and what that means."""
    estimate = shown.run.estimate
    n, read = estimate.n_passages, estimate.n_read
    if estimate.state == CHECKED:
        readers = shown.run.decisions["coder"].nunique()
        by = f" by {how_many(readers, 'reader')}" if readers else ""
        more = "People have read every answer behind these numbers."
        if left := estimate.n_unsigned:
            unsigned = f"{how_many(left, 'passage')} of unknown voices"
            more += f" Not read, and in no number of people: {unsigned}."
        return f"Checked{by}.", more
    if estimate.state == FIRST_LOOK:
        return (
            "First look: nobody on the team has read the answers yet.",
            "A computer has sorted them. It misses stories and misunderstands some, so "
            "each number is a range.",
        )
    are_several = len(shown.run.decisions["coder"].unique()) > 1
    by = f" {readers_said(shown)}" if shown.is_team and are_several else ""
    return (
        "Partly checked.",
        f"The team has read {read} of {how_many(n, 'passage')}.{by} A computer estimated "
        "the rest, so each number comes with a range.",
    )


def _heard(shown: Published) -> str:
    n, told = who_was_heard(shown)
    if told:
        return f"We listened to {n}: {listing(told)}."
    if len(heard(shown.run.corpus)):
        return f"We listened to {n}."
    return "We don't know who spoke: the files don't name the speakers."


_READING = {
    CHECKED: "Each bar shows how many of those we heard spoke of it, for better or worse, "
    "the most first.",
    FIRST_LOOK: "Solid: probably at least this many people spoke of it, for better or "
    "worse. Striped: perhaps this many. What may have come up most is at the top; the order "
    "may change.",
    PARTLY_CHECKED: "Solid: probably at least this many people spoke of it, for better or "
    "worse. Striped: perhaps this many. What probably came up most is at the top.",
}


def top_bars(shown: Published) -> list[Bar]:
    """Return the bars of the themes of most people; none where none would tell anything."""
    bars = [bar_of(shown, row) for _, row in _top(shown).iterrows()]
    return bars if any(bar.most for bar in bars) else []


def bar_of(shown: Published, row: pd.Series) -> Bar:
    """Return how many people raised a theme, as a bar: a row of the published table."""
    attrs = shown.themes.attrs
    table = row.to_frame().T
    table.attrs = attrs
    of = float(attrs.get("people") or 0) or float(len(shown.run.corpus.documents))
    sure = _sure(row)
    most = max(sure, _most(row), float(hidden_ends(table)[0]))
    return Bar(
        theme=str(row["theme"]),
        name=str(row["name"]),
        said=said_counts(table)[0]
        if row.get("hidden") or row["of"]
        else how_many(int(row["documents"]), "document"),
        sure=round(100 * sure / of, 1),
        most=round(100 * most / of, 1),
    )


def _sure(row: pd.Series) -> float:
    """Return how many people raised a theme at least; documents where nobody is known."""
    if row.get("hidden"):
        return 0.0
    if not row["of"]:
        return float(row["documents"])
    if row.get("state", CHECKED) == CHECKED:
        return float(row["people"])
    return 0.0 if pd.isna(row["low"]) else float(row["low"])


def _most(row: pd.Series) -> float:
    is_open = row.get("state", CHECKED) != CHECKED and not row.get("hidden")
    return float(row["high"]) if is_open and pd.notna(row["high"]) else 0.0


def _quote(shown: Published) -> tuple[dict[str, object] | None, str]:
    quotes = shown.quotes[shown.quotes["kind"] == "quote"]
    for theme in _to_quote(shown):
        if opening := fit_to_open_with(quotes[quotes["theme"] == theme]):
            return opening, ""
    if shown.waiting and not shown.is_team:
        return None, "No quote is shown yet: a person must release one first."
    return None, NO_QUOTE


def _to_quote(shown: Published) -> list[str]:
    """Return the theme of the headline; before anybody has read, all of the first."""
    if shown.leading is None or shown.run.estimate.state == FIRST_LOOK:
        return list(shown.carded["theme"].head(_MOST_BARS))
    return [str(shown.leading["theme"])]


def fit_to_open_with(quotes: pd.DataFrame) -> dict[str, object] | None:
    """Return the quote that a stranger understands first; none of great length."""
    words = quotes["text"].str.split().str.len()
    short = quotes[words <= _LONGEST_QUOTE]
    # What a person judged as neither a need nor a strength bears no headline out.
    is_judged = short["status"].isin(BY_PEOPLE) & short["stance"].ne("neutral")
    ordered = short.assign(
        _silent=~is_judged,
        _late=short["text"].str.lower().str.startswith(_MID_STORY),
        _long=words > _READS_AT_A_GLANCE,
    ).sort_values(["_silent", "_late", "_long", "rank"], kind="stable")
    rows = ordered.head(1).to_dict("records")
    return {str(name): value for name, value in rows[0].items()} if rows else None


def _against(shown: Published) -> tuple[dict[str, object] | None, str]:
    """Return who sees the lead theme the other way, as far as people have judged it."""
    if shown.carded.empty or shown.run.estimate.state == FIRST_LOOK:
        return None, NOT_LOOKED
    quotes = shown.quotes[shown.quotes["kind"] == "dissent"]
    lead = _to_quote(shown)[0]
    judged = (quotes["theme"] == lead) & quotes["status"].isin(BY_PEOPLE)
    if opening := fit_to_open_with(quotes[judged]):
        return opening, ""
    is_lead = shown.themes["theme"] == lead
    if shown.waits("dissent", lead) or not is_shown(shown.themes[is_lead]).all():
        return None, "None that can be shown."
    return None, NO_DISSENT[shown.run.estimate.state]


def _missing(shown: Published) -> str:
    run = shown.run
    names = [plural(name) for name in run.voices_missing]
    told = f"We have not heard from {listing(names)}." if names else ""
    if not roles_are_known(run.corpus):
        return f"{_unknown(shown)} {told}".rstrip()
    return told or (
        "Somebody of every group we looked for was heard. Who else should be asked?"
    )


def _unknown(shown: Published) -> str:
    """Say that roles are not known, to the team of how many, and what to do about it."""
    if not shown.is_team:
        return "We don't know who everybody is, so we can't say who is missing."
    people, files = without_role(shown.run.corpus)
    told = [f"the role of {how_many(people, 'voice')}"] * bool(people)
    told += [f"who speaks in {how_many(files, 'file')}"] * bool(files)
    return (
        f"We don't know {' or '.join(told) or 'anybody'}, so we can't say who is missing. "
        "Write it in a list of people: empathy-insights people makes one to fill in."
    )


def _question(shown: Published) -> tuple[str, str]:
    if shown.problem is None:
        return "A question to talk about", "None yet: there is no theme to build it on."
    if shown.problem.state == FIRST_LOOK:
        return "A question to check first", shown.problem.question
    return "A question to talk about", shown.problem.question


def _following(shown: Published) -> str:
    run = shown.run
    if run.estimate.state == CHECKED:
        return "Talk about the question with the people you heard."
    if not shown.is_team:
        return "The team reads the answers. Each one narrows the ranges."
    n = min(30, run.estimate.n_passages - run.estimate.n_read)
    minutes = how_many(minutes_to_read(run, n=n), "minute")
    which = "the one passage that is left" if n == 1 else f"these {n} passages"
    return f"Read {which}. It takes about {minutes}, and narrows the ranges."
