"""What the reporting checklists COREQ and SRQR ask for, filled with facts of the run.

Items have our own short names. What software cannot know is left to the team.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from empathy_insights.analysis.shown import is_raised
from empathy_insights.problem.wording import listing
from empathy_insights.report.finding import finding
from empathy_insights.report.methods import (
    agreement_said,
    coding_said,
    coverage_said,
    heard_said,
    sources,
)

if TYPE_CHECKING:
    from empathy_insights.report.published import Published

_COREQ = (
    "Interviewer", "Qualifications", "Occupation", "Gender", "Training",
    "Relationship before the study", "What participants knew of the interviewer",
    "Interviewer's interests", "Methodological orientation", "Choice of participants",
    "Way of approach", "Number of participants", "Refusals", "Where it took place", "Others present",
    "Who the participants are", "Interview questions", "Repeated interviews",
    "Recording", "Field notes", "Length", "Saturation", "Transcripts returned",
    "Number of coders", "Coding tree", "Where themes come from", "Software",
    "Participants' feedback", "Quotations", "Findings match data", "Main themes",
    "Minor themes",
)  # fmt: skip
_SRQR = (
    "Title", "Abstract", "Problem", "Purpose", "Approach", "Researchers", "Context",
    "Choice of participants", "Ethics", "How data were collected", "Instruments",
    "What was counted", "Data processing", "Analysis", "Trustworthiness",
    "Main findings", "Links to data", "Fit with earlier work", "Limits",
    "Conflicts of interest", "Funding",
)  # fmt: skip
_N_MAJOR = 3


class Item(NamedTuple):
    """An item of a checklist; `fact` is empty where the team must fill it."""

    checklist: str
    number: int
    topic: str
    fact: str


def checklists(shown: Published) -> list[Item]:
    """Return all items of COREQ and SRQR, with what the run can say of each."""
    coreq, srqr = _coreq(shown), _srqr(shown)
    return [
        *(
            Item("COREQ", n, topic, coreq.get(n, ""))
            for n, topic in enumerate(_COREQ, 1)
        ),
        *(Item("SRQR", n, topic, srqr.get(n, "")) for n, topic in enumerate(_SRQR, 1)),
    ]


def _coreq(shown: Published) -> dict[int, str]:
    run = shown.run
    major, minor = _themes(shown)
    return {
        12: f"{heard_said(shown)}.",
        16: finding(shown)[0],
        17: _questions(shown),
        18: _rounds(shown),
        20: f"Read: {sources(shown)}.",
        21: _length(shown) if shown.is_team else "",
        22: _in_team_report(shown, "See the section on saturation."),
        24: _coders(shown),
        25: f"{run.codebook.name}, version {run.codebook.version}.",
        26: "Themes were set beforehand in the codebook; topics found by clustering are "
        "candidates that a person judges.",
        27: str(run.manifest["made_with"]),
        29: f"{len(shown.quotes)} quotations, each with an id and as much of who said it "
        "as the audience may know.",
        30: "Every number of people is counted from the codings; "
        "team_only/trace.json lists the passages behind each.",
        31: f"{listing(major)}." if major else "None was found.",
        32: f"{listing(minor)}." if minor else "None.",
    }


def _srqr(shown: Published) -> dict[int, str]:
    run = shown.run
    coded = coverage_said(shown)
    major, _ = _themes(shown)
    agreed = agreement_said(run)
    dissent = int((shown.quotes["kind"] == "dissent").sum())
    return {
        12: f"People, passages and documents: {sources(shown)}, "
        f"{coded['segments']} passages.",
        13: "Names were replaced by pseudonyms before coding."
        if run.deidentified is not None
        else "Names have not been taken out.",
        14: coding_said(run),
        15: f"{agreed} {dissent} quotations of the opposite stance are shown; each coding "
        "keeps its status and reason.".strip(),
        16: finding(shown)[1] if major else "No theme was found.",
        17: f"{len(shown.quotes)} quotations with ids; passages can be opened from the "
        "numbers where the audience may read them.",
    }


def _themes(shown: Published) -> tuple[list[str], list[str]]:
    names = shown.themes.loc[is_raised(shown.themes), "name"].tolist()
    return names[:_N_MAJOR], names[_N_MAJOR:]


def _questions(shown: Published) -> str:
    n = shown.run.corpus.utterances["question_id"].nunique()
    return f"{n} different questions stand in the documents." if n else ""


def _rounds(shown: Published) -> str:
    rounds = sorted(shown.run.corpus.documents["round"].dropna().unique())
    if not rounds:
        return ""
    return (
        f"{len(rounds)} {'round' if len(rounds) == 1 else 'rounds'} "
        f"({listing([str(name) for name in rounds])})."
    )


def _length(shown: Published) -> str:
    ends = shown.run.corpus.utterances.groupby("document_id")["end_s"].max().dropna()
    if ends.empty:
        return ""
    minutes = f"{ends.min() / 60:.0f} to {ends.max() / 60:.0f} minutes"
    return f"{len(ends)} documents have times: {minutes}."


def _coders(shown: Published) -> str:
    codings = shown.run.codings
    by_people = codings.loc[codings["status"].isin(["human", "rejected"]), "coder"]
    n = by_people.nunique()
    people = f"{n} {'person' if n == 1 else 'people'}" if n else "no person"
    automatic = (codings["status"] == "auto").any()
    return f"{people.capitalize()}{', and an automatic coder' if automatic else ''}."


def _in_team_report(shown: Published, fact: str) -> str:
    return fact if shown.is_team else ""
