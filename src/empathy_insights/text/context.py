"""What stands before a turn: what was asked last, and who said what just before."""

from __future__ import annotations

import pandas as pd

from empathy_insights.corpus import Corpus

CONTEXT = ("question", "before")
_ASKED_ON_PAPER = ("survey", "notes")  # where a turn answers no turn


def find_context(corpus: Corpus) -> pd.DataFrame:
    """Return what was asked and said before each turn.

    Returns
    -------
    pandas.DataFrame
        A row a turn (index `utterance_id`): `question`, the facilitator's latest turn
        before it in the document, or in surveys and notes the turn that asks its
        `question_id`; `before`, the turn just before it, missing in a survey, whose
        neighbours are answers of different people. Either may be missing.
    """
    turns = corpus.utterances.sort_values(["document_id", "position"])
    kinds = corpus.documents.set_index("document_id")["kind"]
    kind = turns["document_id"].map(kinds)
    asked = turns["text"].where(turns["is_facilitator"])
    so_far = asked.groupby(turns["document_id"]).ffill()
    asked_last = so_far.groupby(turns["document_id"]).shift()
    before = turns.groupby("document_id")["text"].shift()
    question = asked_last.where(~kind.isin(_ASKED_ON_PAPER), _asked_on_paper(turns))
    context = pd.DataFrame(
        {
            "utterance_id": turns["utterance_id"],
            "question": question,
            "before": before.mask(kind == "survey"),
        }
    )
    return context.astype("str").set_index("utterance_id")


def _asked_on_paper(turns: pd.DataFrame) -> pd.Series:
    """Return the words of each turn's question, by its id within the document."""
    pair = ["document_id", "question_id"]
    asked = turns.loc[turns["is_facilitator"], [*pair, "text"]]
    words = asked.dropna(subset="question_id").drop_duplicates(pair)
    joined = turns[pair].merge(words, on=pair, how="left", validate="many_to_one")
    return joined["text"].set_axis(turns.index)
