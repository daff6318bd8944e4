"""Released quotes in which a word may be a name: others get them once that is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from empathy_insights.report.findings import Findings

FILE = "a released quote"
"""What stands under `file` beside a word in one."""


def doubts_in(run: Findings) -> pd.DataFrame:
    """Return the words in a run's texts that may be names, and of which nobody decided.

    Columns are `document_id`, `start`, `end`, `string` and `why`.
    """
    if run.deidentified is None:
        return pd.DataFrame(columns=["document_id", "start", "end", "string", "why"])
    rows = run.deidentified.review
    rows = rows[~rows["was_replaced"]]
    texts = run.deidentified.corpus.documents.set_index("document_id")["text"]
    strings = [
        texts[name][start:end]
        for name, start, end in rows[["document_id", "start", "end"]].to_numpy()
    ]
    rows = rows.assign(string=pd.Series(strings, index=rows.index, dtype="str"))
    known = set() if run.decided is None else {*run.decided["string"]}
    return rows.loc[
        ~rows["string"].isin(known), ["document_id", "start", "end", "string", "why"]
    ]


def within(doubts: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return the doubts that stand within places, with the place's `segment_id`."""
    columns = ["document_id", "start", "end", "segment_id"]
    both = doubts.merge(places[columns], on="document_id", suffixes=("", "_of"))
    is_in = (both["start"] < both["end_of"]) & (both["start_of"] < both["end"])
    return both[is_in]


def to_decide(run: Findings) -> pd.DataFrame:
    """Return the words to decide about before quotes that were released can be shown.

    Columns are those of what is found in written files: `string`, `file`, `where`, `why`.
    """
    released = run.quotes[run.quotes["released_by"].notna()]
    found = within(doubts_in(run), released)
    rows = found.drop_duplicates(["string", "segment_id"])
    where = "the passage " + rows["segment_id"].astype("str")
    told = rows.assign(file=FILE, where=where)[["string", "file", "where", "why"]]
    return told.drop_duplicates("string").reset_index(drop=True)


def without_doubted(run: Findings) -> tuple[pd.DataFrame, set[str]]:
    """Return the quotes, those in doubt not released, and the passages in doubt."""
    doubts = doubts_in(run)
    quotes = run.quotes
    places = quotes.reset_index(names="_row")[["document_id", "start", "end", "_row"]]
    rows = within(doubts, places.rename(columns={"_row": "segment_id"}))["segment_id"]
    held = quotes["released_by"].mask(quotes.index.isin(rows))
    turns = run.corpus.utterances[["utterance_id", "document_id"]]
    segments = run.segments.drop(columns="document_id", errors="ignore")
    passages = within(doubts, segments.merge(turns, on="utterance_id"))["segment_id"]
    return quotes.assign(released_by=held.astype("str")), {*passages}
