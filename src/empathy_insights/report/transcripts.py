"""The transcripts as a page for the team, so that a passage opens where it was said."""

from __future__ import annotations

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
    return template("transcripts.html.j2").render(
        **inlined("report.css", []),
        note=audience_note("team", identities=run.deidentified is None),
        careful=turns[turns["care"]].to_dict("records"),
        documents=[
            {"name": name, "turns": said.to_dict("records")}
            for name, said in turns.groupby("document_id")
        ],
    )
