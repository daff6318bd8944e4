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


def turn_numbers(corpus: Corpus) -> pd.Series:
    """Return each turn's number among all, by which the page is opened there: `#t12`.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"a": ["Late bus.", "No bus."]})
    >>> turn_numbers(ei.corpus_from_frame(answers, text="a")).tolist()
    [0, 1]
    """
    turns = corpus.utterances.sort_values(["document_id", "position"])
    ids = pd.Index(turns["utterance_id"])
    return pd.Series(range(len(ids)), index=ids, dtype="int64")


def transcripts_html(run: Findings) -> str:
    """Return every turn of a study in its order, a section a document, as one page.

    Parameters
    ----------
    run
        The run; its texts are shown as they were coded, pseudonyms in place of names.
    """
    corpus = run.corpus
    turns = corpus.utterances.assign(
        n=corpus.utterances["utterance_id"].map(turn_numbers(corpus))
    )
    roles = spoken(corpus).set_index("utterance_id")["role"]
    careful = set(
        run.segments.loc[
            run.segments["segment_id"].isin(run.sensitive["segment_id"]), "utterance_id"
        ]
    )
    turns = turns.assign(
        who=[attribution(role) for role in turns["utterance_id"].map(roles)],
        care=turns["utterance_id"].isin(careful),
    ).sort_values("n")
    turns["place"] = locators(turns["utterance_id"], corpus)
    return template("transcripts.html.j2").render(
        **inlined("report.css", []),
        note=audience_note("team", identities=run.deidentified is None),
        careful=turns[turns["care"]].to_dict("records"),
        documents=[
            {"name": name, "turns": said.to_dict("records")}
            for name, said in turns.groupby("document_id")
        ],
    )
