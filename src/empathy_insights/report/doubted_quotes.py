"""Released quotes in which a word may be a name: others get them once that is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from empathy_insights.report.findings import Findings

FILE = "a released quote"
"""What stands under `file` beside a word in one."""


_DOUBTS = ["segment_id", "start", "end", "string", "why"]


def doubts_in(run: Findings) -> pd.DataFrame:
    """Return the words in a run's passages that may be names, and of which nobody decided.

    Columns are `segment_id`, `start`, `end`, `string` and `why`.
    """
    if run.deidentified is None:
        return pd.DataFrame(columns=_DOUBTS)
    rows = run.deidentified.review
    rows = rows[~rows["was_replaced"]]
    texts = run.deidentified.corpus.documents.set_index("document_id")["text"]
    strings = [
        texts[name][start:end]
        for name, start, end in rows[["document_id", "start", "end"]].to_numpy()
    ]
    rows = rows.assign(string=pd.Series(strings, index=rows.index, dtype="str"))
    known = set() if run.decided is None else {*run.decided["string"]}
    return _with_passages(rows[~rows["string"].isin(known)], run)[_DOUBTS]


def _with_passages(rows: pd.DataFrame, run: Findings) -> pd.DataFrame:
    """Return the rows that stand in passages, each with the passage that it stands in."""
    kinds = {"document_id": "str", "start": "int64"}
    turns = run.corpus.utterances.set_index("utterance_id")["document_id"]
    passages = pd.DataFrame(
        {
            "segment_id": run.segments["segment_id"],
            "document_id": run.segments["utterance_id"].map(turns),
            "start": run.segments["start"],
            "stop": run.segments["end"],
        }
    )
    ordered, places = (
        one.astype(kinds).sort_values("start") for one in (rows, passages)
    )
    placed = pd.merge_asof(ordered, places, on="start", by="document_id")
    is_in = (placed["start"] < placed["stop"]).fillna(value=False).astype(bool)
    return placed[is_in].sort_values(["segment_id", "start"])


def _within(doubts: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the doubts that stand within quotes, with the `row` of the quote."""
    places = quotes[["segment_id", "start", "end"]].reset_index(names="row")
    both = doubts.merge(places, on="segment_id", suffixes=("", "_of"))
    return both[(both["start"] < both["end_of"]) & (both["start_of"] < both["end"])]


def to_decide(run: Findings) -> pd.DataFrame:
    """Return the words to decide about before quotes that were released can be shown.

    Columns are those of what is found in written files: `string`, `file`, `where`, `why`.
    """
    released = run.quotes[run.quotes["released_by"].notna()]
    found = _within(doubts_in(run), released)
    rows = found.drop_duplicates(["string", "segment_id"])
    where = "the passage " + rows["segment_id"].astype("str")
    told = rows.assign(file=FILE, where=where)[["string", "file", "where", "why"]]
    return told.drop_duplicates("string").reset_index(drop=True)


def without_doubted(run: Findings) -> pd.DataFrame:
    """Return the quotes, those in doubt not released."""
    rows = _within(doubts_in(run), run.quotes)["row"]
    held = run.quotes["released_by"].mask(run.quotes.index.isin(rows))
    return run.quotes.assign(released_by=held.astype("str"))
