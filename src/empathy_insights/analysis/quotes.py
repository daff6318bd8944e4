"""The words behind a theme: quotes by different people, and one that disagrees."""

from __future__ import annotations

import pandas as pd

from empathy_insights.analysis.located import counted, locate
from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus
from empathy_insights.tables import Schema
from empathy_insights.text.tokens import sentence_spans

QUOTES = Schema(
    "quotes",
    {
        "theme": "text", "kind": "text", "rank": "whole", "segment_id": "text",
        "participant_id": "text", "role": "text", "document_id": "text",
        "stance": "text", "status": "text", "start": "whole", "end": "whole",
        "text": "text",
    },
    key=("theme", "kind", "rank"),
    may_miss=frozenset({"participant_id", "role", "stance"}),
)  # fmt: skip

_LONGEST = 55  # words of a quote
_READS_WELL = 28  # words
_OPPOSITE = {"need": "asset", "asset": "need"}


def quotes(
    codings: pd.DataFrame,
    corpus: Corpus,
    segments: pd.DataFrame,
    *,
    codebook: Codebook | None = None,
    per_theme: int = 3,
    withheld: pd.Series | None = None,
) -> pd.DataFrame:
    """Choose verbatim quotes for each theme, by people of different roles.

    Each quote is by another person; roles take turns, known voices come before unknown
    ones, and passages closest to the theme first. A long passage is shown by the sentences
    around its evidence. The `dissent` is the first quote with the opposite of the
    theme's usual stance; a theme without one has none.

    Parameters
    ----------
    segments
        The segments that were coded.
    codebook
        Its themes to `handle_with_care` get no quotes.
    per_theme
        How many quotes of the usual stance.
    withheld
        Ids of segments that must not be quoted.

    Returns
    -------
    pandas.DataFrame
        `theme`, `kind` (`quote` / `dissent`), `rank`, `segment_id`, `participant_id`,
        `role`, `document_id`, `stance`, `status`, `start`, `end` (code points into the
        document), `text`.
    """
    found = locate(counted(codings), corpus)
    found = found[~found["theme"].str.contains(".", regex=False)]
    if withheld is not None:
        found = found[~found["segment_id"].isin(withheld)]
    if codebook is not None:
        careful = {theme.id for theme in codebook if theme.handle_with_care}
        found = found[~found["theme"].isin(careful)]
    texts = corpus.documents.set_index("document_id")["text"]
    bounds = segments.set_index("segment_id")[["start", "end", "text"]]
    found = found.join(bounds, on="segment_id", how="inner")
    rows = [
        _quote(kind, rank, row, texts[row["document_id"]])
        for _, of_theme in found.groupby("theme")
        for kind, chosen in _chosen(of_theme, per_theme)
        for rank, row in enumerate(chosen, 1)
    ]
    return QUOTES.frame(rows)


def _chosen(
    found: pd.DataFrame, per_theme: int
) -> list[tuple[str, list[dict[str, object]]]]:
    usual = _usual_stance(found["stance"])
    agreeing = found[found["stance"] != _OPPOSITE[usual]]
    best = _take_turns(agreeing, per_theme)
    people = {row["participant_id"] for row in best}
    other = found[
        (found["stance"] == _OPPOSITE[usual]) & ~found["participant_id"].isin(people)
    ]
    return [("quote", best), ("dissent", _take_turns(other, 1))]


def _usual_stance(stances: pd.Series) -> str:
    needs, assets = int((stances == "need").sum()), int((stances == "asset").sum())
    return "asset" if assets > needs else "need"


def _take_turns(found: pd.DataFrame, n: int) -> list[dict[str, object]]:
    """Pick one passage a person, the roles in turn, the most typical ones first."""
    # Scores within a tenth are alike; of these, a middling length reads best.
    words = found["text"].str.split().str.len()
    ranked = found.assign(
        _unknown=found["participant_id"].isna(),
        _score=-found["score"].fillna(1).round(1),
        _length=(words - _READS_WELL).abs(),
    ).sort_values(["_unknown", "_score", "_length", "segment_id"])
    one_each = ranked.drop_duplicates("participant_id")
    turn = one_each.groupby("role", dropna=False).cumcount()
    order = one_each.assign(_turn=turn).sort_values(
        ["_unknown", "_turn", "_score", "_length", "segment_id"]
    )
    return [dict(row) for row in order.head(n).to_dict("records")]


def _quote(
    kind: str, rank: int, row: dict[str, object], document: str
) -> dict[str, object]:
    start, end = _excerpt(row, document)
    return {
        **{name: row[name] for name in QUOTES.columns if name in row},
        "kind": kind,
        "rank": rank,
        "start": start,
        "end": end,
        "text": document[start:end],
    }


def _excerpt(row: dict[str, object], document: str) -> tuple[int, int]:
    """Return the sentences around the evidence, or the whole passage if it is short."""
    start, end = int(str(row["start"])), int(str(row["end"]))
    text = document[start:end]
    spans = sentence_spans(text)
    if len(text.split()) <= _LONGEST or pd.isna(row["evidence_start"]) or not spans:
        return start, end
    at = float(str(row["evidence_start"])) - start
    n = next((n for n, span in enumerate(spans) if at < span[1]), len(spans) - 1)
    first, last = n, n
    while first > 0 and _words(text, spans, first - 1, last) <= _LONGEST:
        first -= 1
    while last + 1 < len(spans) and _words(text, spans, first, last + 1) <= _LONGEST:
        last += 1
    return start + spans[first][0], start + spans[last][1]


def _words(text: str, spans: list[tuple[int, int]], first: int, last: int) -> int:
    return len(text[spans[first][0] : spans[last][1]].split())
