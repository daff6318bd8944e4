"""The finding in five lines, for the terminal, the notebook and the report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.estimate.next_passages import minutes_to_read
from empathy_insights.analysis.table_facts import (
    is_raised,
    is_shown,
    is_told,
    may_be_raised,
    read_state,
    said_counts,
)
from empathy_insights.analysis.voices import roles_are_known, without_role
from empathy_insights.corpus import documents_heard, heard, how_many
from empathy_insights.publishing import NEARLY_ALL
from empathy_insights.tables import CHECKED, FIRST_LOOK, ROLES
from empathy_insights.wording import (
    counted_role,
    listing,
    of_people,
    plural,
    spoken_name,
)

if TYPE_CHECKING:
    from empathy_insights.report.findings import Findings
    from empathy_insights.report.published import Published


def finding(shown: Published) -> list[str]:
    """Return five lines: who was heard, what most raised, what follows, what is missing.

    Every number in them is in the tables of the run, as its audience may see them.
    """
    return [
        _heard(shown),
        _first(shown.themes) + _needed(shown),
        _next(shown.themes),
        _caution(shown),
        _question(shown),
    ]


def headline_said(shown: Published, row: pd.Series) -> str:
    """Return the sentence of a theme where people bear it out, or nothing.

    Its number is told, somebody has read, most did not speak of it as something that helps,
    and where it speaks for people of a role ("Students want …"), somebody of that role was
    heard.
    """
    run = shown.run
    said = run.codebook[str(row["theme"])].headline.rstrip(".")
    is_untold = row.get("hidden", "") not in {"", NEARLY_ALL}
    is_praise = row["theme"] in shown.praised
    if is_untold or is_praise or row.get("state") == FIRST_LOOK:
        return ""
    first = said.partition(" ")[0].casefold()
    speaks_for = {role for role in ROLES if plural(role) == first}
    is_unheard = speaks_for and speaks_for.isdisjoint(heard(run.corpus)["role"])
    return "" if is_unheard and roles_are_known(run.corpus) else said


_MANY, _LEAST_MANY, _MOST_NAMED = 0.1, 3, 3
_MOST_OF_THEM = 0.5  # of a topic's people: what fewer say, they did not all speak about
# Alone they say of nothing what was spoken of: `minute`, where lunch is too short.
_SAYS_NOTHING = frozenset(
    ("day", "hour", "minute", "month", "people", "person", "time", "week", "year")
)


def not_in_codebook(shown: Published) -> str:
    """Say what many people spoke of that no theme of the codebook explains, or nothing.

    Only topics that hold when they are fitted again, whose number and words are told, and
    a word of which most of their people say.
    """
    if shown.walk is None:
        return ""
    alone = shown.walk.unexplained
    firm = set(alone.loc[alone["word"] != "shaky", "topic"])
    table = shown.topics
    many = table["people"] >= (_MANY * table["of"]).clip(lower=_LEAST_MANY)
    is_named = table["name"] != "topic " + table["topic"].astype("str")
    rows = table[
        table["topic"].isin(firm)
        & is_shown(table)
        & many.fillna(value=False)
        & is_named
    ]
    said_by = {
        topic: dict(zip(terms["term"], terms["people"], strict=True))
        for topic, terms in shown.run.topics.terms.groupby("topic")
    }
    told = [
        f"{listing(words)} ({said} people)"
        for topic, people, name, said in zip(
            rows["topic"], rows["people"], rows["name"], said_counts(rows), strict=True
        )
        if (words := _telling(name.split(" · "), said_by.get(topic, {}), int(people)))
    ][:_MOST_NAMED]
    if not told:
        return ""
    them = "it" if len(told) == 1 else "them"
    return f"Many also spoke about {'; '.join(told)}: this codebook has no theme for {them}."


def _telling(
    words: Iterable[str], said_by: Mapping[str, int], people: int
) -> list[str]:
    """Return the words that tell what a topic is about; none where most say none of them."""
    told = [word for word in words if word not in _SAYS_NOTHING]
    said = {
        word: said_by.get(word, people) for word in told
    }  # a name that a person gave
    if max(said.values(), default=0) < _MOST_OF_THEM * people:
        return []
    return [word for word in told if said[word] >= _LEAST_MANY]


def _heard(shown: Published) -> str:
    n, told = who_was_heard(shown)
    is_exact = n.split(" ")[0].isdecimal()
    corpus = shown.run.corpus
    documents = documents_heard(corpus) if is_exact else len(corpus.documents)
    who = f"{n} ({listing(told)})" if told else _nobody_named(shown, n)
    return f"Heard: {who} in {how_many(documents, 'document')}."


def _nobody_named(shown: Published, n: str) -> str:
    """Say who was heard where no role is told: how many, or people whom no file names."""
    is_somebody = len(heard(shown.run.corpus)) > 0
    return n if is_somebody else "people whom no file names"


def who_was_heard(shown: Published) -> tuple[str, list[str]]:
    """Return how many people were heard, and each role of theirs that may be told.

    A role whose number may not be told is named without it where it is no secret that
    somebody of it was heard: where it is told which roles were not.
    """
    voices = shown.voices
    some = voices["people"].isna() | (voices["people"].fillna(0) > 0)
    roles = voices[(voices["group"] == "role") & some]
    is_told = roles["people"].notna()
    is_told &= not roles["value"].eq("unknown").all()  # which says nothing
    told = [
        counted_role(row.value, int(row.people)) for row in roles[is_told].itertuples()
    ]
    is_open = roles_are_known(shown.run.corpus)
    spoke = set(heard(shown.run.corpus)["role"]) if is_open else set()
    untold = roles.loc[~is_told, "value"]
    if some_of := [plural(role) for role in untold if role in spoke]:
        told.append(f"some {listing(some_of)}")
    elif told and len(untold):
        told.append("perhaps others")
    n = str(shown.themes.attrs["n"]).removesuffix(" heard").split(" heard in ")[0]
    return n, told


def _first(themes: pd.DataFrame) -> str:
    raised = themes[is_raised(themes)]
    if raised.empty and read_state(themes) == FIRST_LOOK:
        coded = themes[may_be_raised(themes)]
        if len(coded):
            first = coded.sort_values("high", ascending=False, kind="stable").iloc[0]
            return f"First look, nobody has read yet: {_counted(first)}."
    if raised.empty:
        return "Raised most: no theme of the codebook was found."
    ranked = raised[is_told(raised)]
    is_first_look = read_state(themes) == FIRST_LOOK
    if ranked.empty and is_first_look:
        return "First look, nobody has read yet: too few people for a number that may be shown."
    if ranked.empty:
        return "Raised most: no number may be shown, since it would give somebody away."
    if is_first_look and themes["of"].any():
        return f"First look, nobody has read yet: {_counted(ranked.iloc[0])}."
    return f"Raised most: {_counted(ranked.iloc[0])}."


def _needed(shown: Published) -> str:
    """Say which theme the question follows, where it is not the one that most raised."""
    if shown.leading is None or not leads_by_need(shown):
        return ""
    most = "Most" if shown.run.estimate.state == CHECKED else "Probably most"
    return f" {most} often missing or hard: {str(shown.leading['name']).lower()}."


def leads_by_need(shown: Published) -> bool:
    """Return whether the first theme leads by what people found missing, not by how many raised it."""
    problem, lead = shown.run.problem, shown.leading
    if problem is None or lead is None or problem.basis.needed == problem.basis.ranked:
        return False
    theme = lead["theme"]
    is_first = theme == shown.carded["theme"].iloc[0]
    is_needed = theme == problem.basis.needed[0] and theme not in shown.praised
    return is_needed and not is_first


def _next(themes: pd.DataFrame) -> str:
    raised = themes[is_raised(themes)]
    rows = raised[is_told(raised)].iloc[1:4]
    if rows.empty and len(raised) > 1:
        return "No other theme has a number that may be shown."
    if rows.empty:
        return "No other theme came up."
    order = "Also" if read_state(themes) == FIRST_LOOK else "Then"
    return f"{order}: {listing([_briefly(row) for _, row in rows.iterrows()])}."


def _caution(shown: Published) -> str:
    run = shown.run
    estimate = run.estimate
    if estimate.state == CHECKED:
        return f"{_not_heard(run)}Coded by people."
    n = estimate.n_passages
    if not n:
        return "Nobody's words were found: see what reading remarked."
    read = f"people have read {estimate.n_read} of {how_many(n, 'passage')}"
    if estimate.state == FIRST_LOOK:
        passages = "the only passage" if n == 1 else f"any of the {n} passages"
        read = f"nobody has read {passages}"
    careful = f"Careful: {read}; the numbers are what people would probably count."
    to_read = f" {_to_read(run)}" if shown.is_team else ""
    return f"{_not_heard(run)}{careful}{to_read}"


def _to_read(run: Findings) -> str:
    """Say what to read next, how long it takes, and where."""
    minutes = how_many(minutes_to_read(run), "minute")
    return (
        "Next: open team_only/review.html and read the passages that it names, about "
        f"{minutes}."
    )


def _not_heard(run: Findings) -> str:
    missing = [plural(name) for name in run.voices_missing]
    told = f"Not heard: {listing(missing)}. " if missing else ""
    if roles_are_known(run.corpus):
        return told
    without, files = without_role(run.corpus)
    if not without:
        return f"{told}Who speaks in {how_many(files, 'file')} is not known. "
    return (
        f"{told}Not everybody's role is known: a list of people shows whose voice is "
        "missing. "
    )


def _question(shown: Published) -> str:
    if shown.problem is None:
        return "Problem of practice: none yet; no theme was found to build it on."
    if shown.problem.state == FIRST_LOOK:
        return f"Candidate for a problem of practice, to check first: {shown.problem.question}"
    return f"Problem of practice to discuss: {shown.problem.question}"


def _counted(row: pd.Series) -> str:
    name = spoken_name(row["name"])
    if row.get("hidden") or row["of"]:
        return f"{name}, by {of_people(row)}"
    return f"{name}, in {how_many(int(row['documents']), 'document')}"


def _briefly(row: pd.Series) -> str:
    name = spoken_name(row["name"])
    if row.get("hidden"):
        return f"{name} ({row['shown']})"
    if row["of"]:
        return f"{name} ({said_counts(row.to_frame().T)[0]})"
    return f"{name} ({row['documents']} documents)"
