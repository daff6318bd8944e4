"""How a run was made, in facts and sentences that can stand in a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.agreement import ALL_THEMES, agreement
from empathy_insights.analysis.coverage import coverage
from empathy_insights.analysis.frequency_rows import VERBAL_SCALE
from empathy_insights.coding.by_codebook import CodebookCoder
from empathy_insights.errors import TableError
from empathy_insights.problem.wording import LEAST_FOR_PERCENT, listing
from empathy_insights.publishing import audience_of
from empathy_insights.tables import NO_THEME

if TYPE_CHECKING:
    from collections.abc import Hashable

    from empathy_insights.report.published import Published
    from empathy_insights.report.shape import Findings

_KINDS = {
    "interview": "interviews",
    "focus_group": "focus groups",
    "survey": "surveys",
    "notes": "notes",
}
_BY_PEOPLE = ("human", "accepted")


def coverage_said(shown: Published) -> dict[Hashable, object]:
    """Return how much is coded; of people only for the team.

    Beside the themes, how many people have any would tell of a hidden one.
    """
    run = shown.run
    counts = coverage(run.segments, run.codings, run.corpus).to_dict()
    people = f"{counts['people_coded']} of {counts['people']} people"
    return {**counts, "people_said": people if shown.is_team else ""}


def measured(run: Findings) -> str:
    """Return what the codebook says of its default coder, where that has coded."""
    is_default = (run.codings["coder"] == CodebookCoder.name).any()
    return str(run.codebook.extra.get("measured", "")) if is_default else ""


def status_rows(run: Findings) -> list[dict[str, object]]:
    """Count codings, not people, by status and by who or what gave them."""
    said = {
        "human": "given by a person",
        "accepted": "suggested, and accepted by a person",
        "auto": "given automatically; counted",
        "suggested": "suggested; wait for a person and count nowhere",
        "rejected": "rejected by a person; count nowhere",
    }
    given = run.codings[run.codings["theme"] != NO_THEME]
    counts = given["status"].value_counts()
    return [
        {"status": said[status], "codings": int(counts[status])}
        for status in said
        if status in counts
    ]


def agreement_said(run: Findings) -> str:
    """Say how far people who coded the same passages agree; empty without two people."""
    by_people = run.codings[run.codings["status"].isin(["human", "rejected"])]
    tables = [table for _, table in by_people.groupby("coder")]
    if not tables:
        return ""
    if len(tables) == 1:
        return (
            "One person's codings are used, so agreement between people cannot be told."
        )
    try:
        table = agreement(*tables).set_index("theme")
    except TableError:
        return "No passage was coded by two people, so their agreement cannot be told."
    if ALL_THEMES not in table.index or pd.isna(table.loc[ALL_THEMES, "alpha"]):
        return "Too little was coded by two people to tell how far they agree."
    row = table.loc[ALL_THEMES]
    reading = f" ({row['reading']})" if row["reading"] else ""
    return (
        f"{len(tables)} people coded {row['n']} passages in common: alpha "
        f"with the MASI distance is {row['alpha']:.2f}{reading}."
    )


def methods_paragraph(shown: Published) -> str:
    """Return a paragraph on hearing, coding and counting, for a paper's methods section."""
    return " ".join(
        [
            f"{heard_said(shown)} were heard, in {sources(shown)}.",
            *_identities(shown.run),
            coding_said(shown.run),
            "A person counts once for a theme, however often they come back to it; "
            "facilitators' words are context and are neither coded nor counted.",
            f"Percentages are given from {LEAST_FOR_PERCENT} people on, with Wilson's 95 % "
            "intervals, widened where people spoke in one focus group; as people were not "
            "drawn at random, intervals are a caution about those not heard.",
            f"Shares are worded as {scale()}.",
            *_hidden(shown),
            f"Analysed with {shown.run.manifest['made_with']}",
        ]
    )


def heard_said(shown: Published) -> str:
    """Say how many people were heard, as the audience may know it."""
    return str(shown.themes.attrs["n"]).split(" in ")[0].removesuffix(" heard")


def sources(shown: Published) -> str:
    """Say in how many documents, and of which kinds, people were heard."""
    documents = shown.run.corpus.documents
    kinds = documents["kind"].value_counts()
    named = [_KINDS.get(kind, kind.replace("_", " ")) for kind in kinds.index]
    n = len(documents)
    return f"{n} {'document' if n == 1 else 'documents'} ({listing(named)})"


def coding_said(run: Findings) -> str:
    """Say who or what coded, with which codebook."""
    book = run.codebook
    n = sum(theme.parent is None for theme in book)
    base = f"the codebook “{book.name}” (version {book.version}, {n} themes)"
    statuses = set(run.codings["status"])
    if not statuses & {"auto"}:
        return f"Passages were coded by people with {base}."
    people = " and people reviewed codings" if statuses & set(_BY_PEOPLE) else ""
    return (
        f"Passages were coded automatically with {base}{people}; weaker signs are "
        "suggestions, which count nowhere."
    )


def scale() -> str:
    """Return the words for shares."""
    return ", ".join(f"{word} from {least:.0%}" for least, word in VERBAL_SCALE)


def _identities(run: Findings) -> list[str]:
    if run.deidentified is None:
        return []
    return ["Names, contacts and places were replaced by pseudonyms before coding."]


def _hidden(shown: Published) -> list[str]:
    least = audience_of(shown.audience).least
    if not least:
        return []
    return [
        f"Numbers of fewer than {least} people, and what would give them away, are hidden."
    ]
