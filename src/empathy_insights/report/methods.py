"""How a run was made, in facts and sentences that can stand in a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from empathy_insights.analysis.agreement import ALL_THEMES, agreement
from empathy_insights.analysis.between_readers import readers_apart, who_read
from empathy_insights.analysis.frequency_rows import VERBAL_SCALE
from empathy_insights.analysis.population import coverage
from empathy_insights.analysis.table_facts import is_raised
from empathy_insights.codebook_file import USUAL, load_codebook
from empathy_insights.coding.models.by_codebook import CodebookCoder
from empathy_insights.corpus import how_many
from empathy_insights.errors import TableError
from empathy_insights.publishing import audience_of
from empathy_insights.report.finding import finding
from empathy_insights.tables import CHECKED, NO_THEME
from empathy_insights.wording import LEAST_FOR_PERCENT, listing

if TYPE_CHECKING:
    from collections.abc import Hashable

    from empathy_insights.report.findings import Findings
    from empathy_insights.report.published import Published


_KINDS = {
    "interview": "interviews",
    "focus_group": "focus groups",
    "survey": "surveys",
    "notes": "notes",
}
_BY_PEOPLE = ("human", "accepted")
_BY_CODERS = ("auto", "suggested")


def coverage_said(shown: Published) -> dict[Hashable, object]:
    """Return how much is coded; of people only for the team.

    Beside the themes, how many people have any would tell of a hidden one.
    """
    run = shown.run
    counts = coverage(run.segments, run.codings, run.corpus).to_dict()
    of = how_many(counts["people"], "person", "people")
    people = f"{counts['people_coded']} of {of}"
    return {**counts, "people_said": people if shown.tells_whole else ""}


def measured(run: Findings) -> str:
    """Return what the codebook says of its default coder, where that has coded.

    What `empathy_core` says was not measured on a copy that says other things.
    """
    book = run.codebook
    said = str(book.extra.get("measured", ""))
    if not said or not (run.codings["coder"] == CodebookCoder.name).any():
        return ""
    usual = load_codebook(USUAL)
    is_of_another = said == usual.extra["measured"] and book.sha256 != usual.sha256
    return "" if is_of_another else said


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
    by_people = run.decisions[run.decisions["status"].isin(["human", "rejected"])]
    n_people = by_people["coder"].nunique()
    if not n_people:
        return ""
    if n_people == 1:
        return "One person coded, so nothing can be said about how far people agree."
    try:
        table = agreement(*readers_apart(by_people, run.codebook)).set_index("theme")
    except TableError:
        return "No passage was coded by two people, so nothing can be said about how far they agree."
    if ALL_THEMES not in table.index or pd.isna(table.loc[ALL_THEMES, "alpha"]):
        return "Too little was coded by two people to say how far they agree."
    row = table.loc[ALL_THEMES]
    reading = f" ({row['reading']})" if row["reading"] else ""
    of = "Two or more of " if n_people > _PAIR else ""
    return (
        f"{of}{n_people} people coded {how_many(int(row['n']), 'passage')} in common and gave the same themes "
        f"in {row['percent']:.0%} of them: alpha with the MASI distance is {row['alpha']:.2f}{reading}."
    )


_PAIR = 2


def readers_said(shown: Published) -> str:
    """Say who read how much; by name only for the team. Empty where nobody has read."""
    found = who_read(shown.run.decisions)
    if not shown.is_team or not found:
        n = len(found)
        return f"{n} {'person' if n == 1 else 'people'} read passages." if n else ""
    first, *rest = found
    told = [f"{first.reader} read {how_many(first.passages, 'passage')}"]
    told += [f"{one.reader} {one.passages}" for one in rest]
    return f"{listing(told)}."


def methods_paragraph(shown: Published) -> str:
    """Return a paragraph on hearing, coding and counting, for a paper's methods section."""
    return " ".join(
        [
            f"{heard_said(shown)} {_was(shown)} heard, in {sources(shown)}.",
            *_identities(shown.run),
            coding_said(shown.run),
            "A person counts once for a theme, however often they come back to it; "
            "facilitators' words are context and are neither coded nor counted.",
            counting_said(shown.run),
            f"Shares are worded as {scale()}.",
            *_hidden(shown),
            f"Analysed with {shown.run.manifest['made_with']}",
        ]
    )


def state_said(shown: Published) -> str:
    """Say what the numbers of people are, for a caption."""
    found = shown.run.estimate
    if found.state == CHECKED:
        return "Every passage was read by a person."
    if not found.n_read:
        return (
            "A first look: nobody has read yet. “4 to 30” is what people would count."
        )
    return (
        f"People have read {found.n_read} of "
        f"{how_many(found.n_passages, 'passage')}; the rest "
        "is estimated, with its 95 % interval in brackets."
    )


def counting_said(run: Findings) -> str:
    """Say how people were counted: as coded, or estimated."""
    found = run.estimate
    if found.state == CHECKED:
        return (
            f"Percentages are given from {LEAST_FOR_PERCENT} people on, with Wilson's "
            "95 % intervals, widened where people spoke in one focus group; as people "
            "were not drawn at random, intervals are a caution about those not heard."
        )
    passages = how_many(found.n_passages, "passage")
    more = how_many(n := len(found.segment_ids) - found.n_passages, "further passage")
    rest = f" Of {more} nobody knows who spoke." * bool(n)
    return (
        f"People read {found.n_read} of {passages}.{rest} How many people raised a theme was "
        "estimated from the chances that the coder gives all passages, by a logistic "
        "model with random intercepts of study and theme (calibration "
        f"{found.version}); the middle and 95 % of {found.n_draws} draws are given. They "
        "say nothing of people who were not heard."
    )


def heard_said(shown: Published) -> str:
    """Say how many people were heard, as the audience may know it."""
    return str(shown.themes.attrs["n"]).split(" in ")[0].removesuffix(" heard")


def _was(shown: Published) -> str:
    return "was" if shown.themes.attrs["people"] == 1 else "were"


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
    if not statuses & set(_BY_CODERS):
        return f"Passages were coded by people with {base}."
    people = " and people reviewed codings" if statuses & set(_BY_PEOPLE) else ""
    bare = [theme.name for theme in book.main_themes if not theme.has_phrases]
    own = f" {len(bare)} of its themes have no phrases; the words of their names and "
    own += "descriptions stood in, and only suggested."
    said = f"Passages were coded automatically with {base}{people}.{own * bool(bare)}"
    return f"{said} {language_model_said(run)}".rstrip()


def language_model_said(run: Findings) -> str:
    """Say what a language model is worth by what people read; empty without one."""
    told = run.manifest.get("language_model")
    if not isinstance(told, dict):
        return ""
    said = f"A language model ({told['model']}) was heard too, and only suggested. "
    if not told["judged"]:
        return said + (
            "It counts for nothing until people have read twenty passages in five "
            "documents."
        )
    theirs, ours = told["average_precision"], told["average_precision_of_first"]
    if theirs is not None and ours is not None:
        how = "worse" if theirs < ours else "no worse"
        said += (
            f"In the {told['read']} passages that people read it found themes {how} than "
            f"the usual coder (average precision {theirs:.2f} and {ours:.2f}). "
        )
    if not told["share"]:
        return said + (
            "Held-out documents were foretold no better with it, so the counts leave it "
            "out."
        )
    return said + (
        "Held-out documents were foretold better with it, so it has "
        f"{told['share']:.0%} of the say in the counts."
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


# What the reporting checklists COREQ and SRQR ask for, filled with facts of the run.
#
# Items have our own short names. What software cannot know is left to the team.


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


def _traced(run: Findings) -> str:
    """Say what the numbers of people rest on, and where the passages are listed."""
    listed = "team_only/trace.json lists the passages"
    if run.estimate.state == CHECKED:
        return (
            f"Every number of people is counted from the codings; {listed} behind each."
        )
    return (
        "Numbers of people are estimated from what people read and from the coder's "
        f"chances for all other passages; {listed} that are coded."
    )


def _coreq(shown: Published) -> dict[int, str]:
    run = shown.run
    major, minor = _themes(shown)
    return {
        12: f"{heard_said(shown)}.",
        16: finding(shown)[0],
        17: _questions(shown),
        18: _rounds(shown),
        20: f"Read: {sources(shown)}.",
        21: _length(shown) if shown.tells_whole else "",
        22: _in_team_report(shown, "See the section on saturation."),
        24: _coders(shown),
        25: f"{run.codebook.name}, version {run.codebook.version}.",
        26: "Themes were set beforehand in the codebook; topics found by clustering are "
        "candidates that a person judges.",
        27: str(run.manifest["made_with"]),
        29: f"{len(shown.quotes)} quotations, each with an id and as much of who said it "
        "as the audience may know.",
        30: _traced(run),
        31: f"{listing(major)}." if major else "None was found.",
        32: f"{listing(minor)}." if minor else "None.",
    }


def _srqr(shown: Published) -> dict[int, str]:
    run = shown.run
    major, _ = _themes(shown)
    agreed = agreement_said(run)
    dissent = int((shown.quotes["kind"] == "dissent").sum())
    return {
        12: f"People, passages and documents: {sources(shown)}, "
        f"{how_many(len(run.segments), 'passage')}.",
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
    n = len(who_read(shown.run.decisions))
    people = f"{n} {'person' if n == 1 else 'people'}" if n else "no person"
    automatic = shown.run.codings["status"].isin(_BY_CODERS).any()
    return f"{people.capitalize()}{', and an automatic coder' if automatic else ''}."


def _in_team_report(shown: Published, fact: str) -> str:
    return fact if shown.tells_whole else ""
