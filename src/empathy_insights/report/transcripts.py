"""The transcripts as a page for the team, so that a passage opens where it was said."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.codings_in_place import locators, spoken
from empathy_insights.report.audience_note import audience_note
from empathy_insights.report.render.frame import inlined, template
from empathy_insights.roles import attribution

if TYPE_CHECKING:
    from empathy_insights.corpus import Corpus
    from empathy_insights.report.findings import Findings

NAME = "transcripts.html"
_LONGEST = 90  # characters of a question beside its answer


def turns_in_order(corpus: Corpus) -> pd.DataFrame:
    """Return all turns, document by document, each with the role of who speaks.

    A turn's row is its number, by which the page is opened there: `#t12`.
    """
    turns = corpus.utterances.sort_values(["document_id", "position"])
    roles = spoken(corpus).set_index("utterance_id")["role"]
    return turns.assign(role=turns["utterance_id"].map(roles)).reset_index(drop=True)


def turn_numbers(corpus: Corpus) -> pd.Series:
    """Return the number of each turn, by its id.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"a": ["Late bus.", "No bus."]})
    >>> turn_numbers(ei.corpus_from_frame(answers, text="a")).tolist()
    [0, 1]
    """
    turns = turns_in_order(corpus)
    return pd.Series(turns.index, index=turns["utterance_id"])


def transcripts_html(run: Findings) -> str:
    """Return every turn of a study in its order, a section a document, as one page.

    The answers of a survey are put together by who gave them, each after its question.

    Parameters
    ----------
    run
        The run; its texts are shown as they were coded, pseudonyms in place of names.
    """
    turns = turns_in_order(run.corpus)
    is_careful = run.segments["segment_id"].isin(run.sensitive["segment_id"])
    careful = run.segments.loc[is_careful, "utterance_id"]
    turns = turns.assign(
        n=turns.index,
        who=[attribution(role) for role in turns["role"]],
        place=locators(turns["utterance_id"], run.corpus),
        care=turns["utterance_id"].isin(careful),
    )
    surveys = set(run.corpus.documents.query("kind == 'survey'")["document_id"])
    return template("transcripts.html.j2").render(
        **inlined("report.css", []),
        note=audience_note("team", identities=run.deidentified is None),
        careful=turns[turns["care"]].to_dict("records"),
        documents=[
            {"name": name, "parts": _parts(said, is_survey=name in surveys)}
            for name, said in turns.groupby("document_id")
        ],
    )


def _parts(said: pd.DataFrame, *, is_survey: bool) -> list[dict[str, object]]:
    """Return the turns of a document under their heads: of a survey, each person's."""
    if not is_survey or said["participant_id"].nunique() < 2:
        return [{"head": "", "turns": said.to_dict("records")}]
    asked = said[said["is_facilitator"]]
    questions = asked.drop_duplicates("question_id").set_index("question_id")["text"]
    given = said[~said["is_facilitator"]]
    short = [textwrap.shorten(text, _LONGEST, placeholder=" …") for text in questions]
    to_what = given["question_id"].map(dict(zip(questions.index, short, strict=True)))
    given = given.assign(who=to_what.astype("str").fillna(given["who"]))
    whose = given["participant_id"].fillna("")
    persons = [
        {
            "head": f"{said.loc[rows.index[0], 'who']}, {n} of {whose[whose != ''].nunique()}"
            if person
            else "Who said this is not known",
            "turns": rows.to_dict("records"),
        }
        for n, (person, rows) in enumerate(_by_person(given, whose), 1)
    ]
    questions_first = {"head": "The questions", "turns": asked.to_dict("records")}
    return [questions_first, *persons] if len(asked) else persons


def _by_person(given: pd.DataFrame, whose: pd.Series) -> list[tuple[str, pd.DataFrame]]:
    """Return what each person said, in the order of the file; nobody's last."""
    groups = [(str(name), rows) for name, rows in given.groupby(whose, sort=False)]
    return sorted(groups, key=lambda one: one[0] == "")
