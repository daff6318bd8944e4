"""What a statement says, section by section; every renderer sets these and no others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from empathy_insights.analysis.table_facts import said_counts
from empathy_insights.problem.candidates import BLANK
from empathy_insights.problem.sentence import ASK, FAIL
from empathy_insights.problem.trace import UNTOLD
from empathy_insights.tables import CHECKED, FIRST_LOOK, PARTLY_CHECKED
from empathy_insights.wording import commitments_said, missing_said

if TYPE_CHECKING:
    from empathy_insights.problem.statement import Statement

NOT_LOOKED = "Nobody has looked yet who disagrees."
NO_DISSENT = {
    FIRST_LOOK: NOT_LOOKED,
    PARTLY_CHECKED: "None found so far.",
    CHECKED: "None found.",
}
NO_QUOTE = "No quote can be shown."
WAITS = "What was said waits for a person to release it."
_COUNTS = {"hidden": "number not shown"}


@dataclass(frozen=True)
class SectionLine:
    """One thing that is said.

    Parameters
    ----------
    aside
        What stands in brackets after it.
    theme
        The theme whose numbers it tells.

    Examples
    --------
    >>> str(SectionLine("Lunch", "7 of 12"))
    'Lunch (7 of 12)'
    """

    text: str
    aside: str = ""
    theme: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.aside})" if self.aside else self.text


class Quote(NamedTuple):
    """What somebody said; `released_by` is missing until a person has released it."""

    text: str
    theme: str
    said_by: str
    quote_id: str
    released_by: str | None = ""


@dataclass(frozen=True)
class Section:
    """One section, before it is set.

    Parameters
    ----------
    lines, quotes
        What it says.
    head, rows
        A table, where there is one.
    nothing
        What is said where there is nothing to say.
    notes
        How to read it.
    runs_on
        Whether its lines are words that follow each other on one line.
    """

    title: str
    lines: Sequence[SectionLine] = ()
    quotes: Sequence[Quote] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    nothing: str = ""
    notes: str = ""
    runs_on: bool = False


def lines_of(
    texts: Iterable[str], asides: Iterable[str] = repeat("")
) -> list[SectionLine]:
    """Return texts as lines, each with what stands in brackets after it.

    Examples
    --------
    >>> [str(line) for line in lines_of(["Lunch", "Bus"], ["7 of 12", ""])]
    ['Lunch (7 of 12)', 'Bus']
    """
    return [SectionLine(*pair) for pair in zip(texts, asides, strict=False)]


def statement_sections(
    problem: Statement, *, waiting: Collection[str] = (), hides: bool = False
) -> dict[str, Section]:
    """Return what a statement says after its question, in order, by a key.

    What others may not read is not in their statement, and so in no section; a section
    that has nothing to say, not even that, is left out.

    Parameters
    ----------
    waiting
        Kinds of quotes that wait for a person to release them.
    hides
        Whether the number of a theme that it is built on is hidden: that nobody
        disagreed would then tell something of it.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I want to pick my own topic."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> book = ei.load_codebook("empathy_core")
    >>> codings = ei.code(ei.segment(corpus), book)
    >>> themes = ei.theme_frequency(codings, corpus)
    >>> problem = ei.problem_of_practice(themes, codings, corpus, book)
    >>> statement_sections(problem)["dissent"].nothing
    'Nobody has looked yet who disagrees.'
    """
    untold = "None that can be shown."
    nobody = untold if hides else "None found among the coded passages."
    if problem.state == FIRST_LOOK:
        nobody = NOT_LOOKED
    told = {
        **_to_fill(problem), **_read_so_far(problem), **_voiced(problem, waiting, nobody),
        **_worded(problem), **_tested(problem),
    }  # fmt: skip
    return {
        key: section
        for key, section in told.items()
        if section.lines or section.quotes or section.rows or section.nothing
    }


_STATES = {
    FIRST_LOOK: "Nobody has read the passages yet. The question is a candidate, and no "
    "finding: read some passages first, then choose.",
    PARTLY_CHECKED: "The team has read some of the passages. How many people spoke of a "
    "theme is estimated from these, and from what the computer finds in the others.",
}  # fmt: skip


def _to_fill(problem: Statement) -> dict[str, Section]:
    """Say how to fill the blank of a question that no need was worded for."""
    if BLANK not in problem.question:
        return {}
    name = next(iter(problem.insights["name"]), "the first theme")
    said = (
        f"The codebook names {name} and not what people need there. Word the question "
        f"yourselves, or write a need for {name} into the codebook and run this again."
    )
    return {"blank": Section("To fill in", [SectionLine(said)])}


def _read_so_far(problem: Statement) -> dict[str, Section]:
    said = _STATES.get(problem.state)
    return {"state": Section("To check first", [SectionLine(said)])} if said else {}


def _voiced(
    problem: Statement, waiting: Collection[str], nobody: str
) -> dict[str, Section]:
    insights = problem.insights[["sentence", "theme"]].itertuples(index=False)
    return {
        "because": Section(
            "What we heard" if problem.praised else "Because",
            [SectionLine(text, theme=of) for text, of in insights],
        ),
        "quote": Section(
            "In their words",
            quotes=_quotes(problem.evidence, "quote"),
            nothing=WAITS if "quote" in waiting else "None can be shown.",
        ),
        "dissent": Section(
            "On the other hand",
            quotes=_quotes(problem.evidence, "dissent"),
            nothing=WAITS if "dissent" in waiting else nobody,
        ),
    }


def _worded(problem: Statement) -> dict[str, Section]:
    points = problem.points_of_view
    ways = problem.candidates[problem.candidates["question"] != problem.question]
    suggested = [
        f"{row.name}: {row.why}{'' if row.picked else '; not picked'}"
        for row in problem.suggested_picks.itertuples(index=False)
    ]
    return {
        "needs": Section(
            "What people need",
            lines_of(problem.needs["sentence"]),
            nothing=""
            if problem.praised
            else "The codebook words no need; write one beside the theme.",
        ),
        "points_of_view": Section(
            "Points of view to finish", lines_of(points["sentence"])
        ),
        "candidates": Section(
            "Other ways to ask", lines_of(ways["question"], ways["move"])
        ),
        "considered": Section(
            "Themes to consider",
            lines_of(suggested),
            nothing="None whose number may be shown.",
        ),
    }


def _tested(problem: Statement) -> dict[str, Section]:
    rest, traced, checks = problem.not_in_statement, problem.traced, problem.checks
    led = traced["phrase"] + ": " + traced["support"]
    counts = [_COUNTS.get(count, count) for count in said_counts(rest)]
    is_untold = (traced["support"] == UNTOLD).any()
    raised = "Raised" if problem.state == CHECKED else "Perhaps raised"
    return {
        "left_out": Section(
            f"{raised}, but not in the statement",
            lines_of(rest["name"], counts),
            nothing="Nothing that may be shown." if "shown" in rest else "Nothing.",
        ),
        "unsupported": Section(
            "In the statement, but in no theme that people raised",
            lines_of(problem.unsupported),
            nothing="Nothing that may be shown." if is_untold else "Nothing.",
            runs_on=True,
        ),
        "traced": Section(
            "What each phrase leads to",
            lines_of(led, map(_words, traced["themes"])),
            nothing="It has no content phrase.",
        ),
        "commitments": Section(
            "Commitments", lines_of(commitments_said(problem.commitments))
        ),
        "only_adults": _only_adults(problem.standing),
        "missing": Section(
            "Voices missing",
            lines_of(
                [missing_said(problem.voices_missing, roles_known=problem.roles_known)]
            ),
            runs_on=True,
        ),
        "checks": _checks(checks),
        "asked": Section("For a person to judge", lines_of(_asked(checks))),
    }


def _quotes(evidence: pd.DataFrame, kind: str) -> list[Quote]:
    rows = evidence[evidence["kind"] == kind]
    if "quote_id" not in rows:  # of a statement that is not published
        rows = rows.rename(columns={"segment_id": "quote_id", "role": "said_by"})
    released = rows.get("released_by", pd.Series("", index=rows.index))
    return [
        Quote(row.text, _words(row.theme), str(row.said_by), row.quote_id, by)
        for row, by in zip(
            rows.itertuples(),
            released.astype(object).where(released.notna(), None),
            strict=True,
        )
    ]


def _words(ids: str) -> str:
    return ids.replace("_", " ")


def _only_adults(standing: pd.DataFrame) -> Section:
    title = "Raised by adults only"
    # Others do not see of which roles the people were who raised a theme.
    if "only_adults" not in standing:
        return Section(title)
    names = standing.loc[standing["only_adults"], "name"]
    return Section(title, lines_of(names), nothing="Nothing.", runs_on=True)


def _checks(checks: pd.DataFrame) -> Section:
    columns = ["criterion", "result", "reason", "ask"]
    head = ["Criterion", "Result", "Reason", "Ask a person"]
    return Section("Checks", head=head, rows=checks[columns].to_numpy().tolist())


def _asked(checks: pd.DataFrame) -> list[str]:
    """Return what a person is asked of each check that no word list can make, or why."""
    return [
        f"{row.criterion} (fail: {row.reason}): {row.ask}"
        if row.result == FAIL
        else f"{row.criterion}: {row.ask or row.reason}"
        for row in checks[checks["result"].isin([ASK, FAIL])].itertuples()
    ]


# What a notebook shows of a problem of practice.


_IN_A_NOTEBOOK = (
    "blank",
    "state",
    "because",
    "considered",
    "candidates",
    "quote",
    "dissent",
)


def as_html(problem: Statement) -> str:
    """Return the question, why, other ways to ask it, and quotes, as HTML."""
    told = statement_sections(problem)
    shown = "".join(_listed(told[key]) for key in _IN_A_NOTEBOOK if key in told)
    return f"<h3>{escape(problem.question)}</h3>{shown}"


def _listed(section: Section) -> str:
    said = [SectionLine(f"“{quote.text}”", quote.said_by) for quote in section.quotes]
    lines = [*section.lines, *said] or [SectionLine(section.nothing)]
    items = "".join(f"<li>{escape(str(line))}</li>" for line in lines)
    return f"<p>{section.title}:</p><ul>{items}</ul>"
