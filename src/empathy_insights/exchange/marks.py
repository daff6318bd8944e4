"""What people marked in a text, put on the passages that are coded."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher

import pandas as pd

from empathy_insights.corpus import Corpus
from empathy_insights.tables import CODINGS

_TOKEN = re.compile(r"\w+|\W")
_PLACE = ["document_id", "start", "end"]
_PASSAGE = ["segment_id", "start", "end"]
_EVIDENCE = ("evidence_start", "evidence_end")
NO_PASSAGE = "nobody who takes part speaks there"


def placed(
    marks: pd.DataFrame, segments: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put marks on passages: those that they cover half of, or stand in.

    Parameters
    ----------
    marks
        A row a mark and theme: `document_id`, `start`, `end` (code points) and the
        columns of codings but for `segment_id` and the evidence.
    segments
        The passages, with their documents.

    Returns
    -------
    tuple
        The codings, the mark as evidence where it is less than the passage; and the
        marks that lie in nobody's words.

    Examples
    --------
    >>> said = {"segment_id": ["d:1.1"], "document_id": ["d"], "start": [4], "end": [20]}
    >>> mark = {"document_id": ["d"], "start": [6], "end": [9], "theme": ["bus"]}
    >>> placed(pd.DataFrame(mark), pd.DataFrame(said))[0][["segment_id", "evidence_end"]]
      segment_id  evidence_end
    0      d:1.1           9.0
    """
    by_document = {
        name: [(str(one), int(start), int(end)) for one, start, end in rows]
        for name, rows in (
            (name, table.sort_values("start")[_PASSAGE].to_numpy().tolist())
            for name, table in segments.groupby("document_id")
        )
    }
    found: dict[tuple[object, ...], dict[str, object]] = {}
    lost: list[int] = []
    for n, mark in enumerate(marks.to_dict("records")):
        here = by_document.get(mark["document_id"], [])
        covered = list(_covered(here, int(mark["start"]), int(mark["end"])))
        told = {key: said for key, said in mark.items() if key not in _PLACE}
        for row in (told | one for one in covered):
            key = tuple(row.get(name) for name in CODINGS.key)
            found[key] = _both(found[key], row) if key in found else row
        lost += [] if covered else [n]
    codings = CODINGS.completed(_frame([*found.values()])).reset_index(drop=True)
    return codings, marks.iloc[lost].reset_index(drop=True)


def _both(
    first: Mapping[str, object], second: Mapping[str, object]
) -> dict[str, object]:
    """Return one coding for two marks of a theme in a passage: the first, with both notes."""
    notes = [str(one["notes"]) for one in (first, second) if one.get("notes")]
    told = {"notes": "\n".join(dict.fromkeys(notes))} if "notes" in first else {}
    return {**first, **told}


def _frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    return CODINGS.frame([{**CODINGS.usual, **row} for row in rows])


def _covered(
    segments: list[tuple[str, int, int]], start: int, end: int
) -> Iterator[dict[str, object]]:
    first = bisect_right(segments, start, key=lambda one: one[2])
    last = bisect_left(segments, end, key=lambda one: one[1])
    here = segments[first:last]
    shared = [min(end, stop) - max(start, begin) for _, begin, stop in here]
    for (name, begin, stop), length in zip(here, shared, strict=True):
        whole = stop - begin
        if 2 * length >= min(whole, end - start) or length == max(shared):
            own = (float(max(start, begin)), float(min(end, stop)))
            is_part = length < whole
            told = dict(zip(_EVIDENCE, own, strict=True)) if is_part else {}
            yield {"segment_id": name, **told}


# From the text as it was read to the text with pseudonyms.


def moved(marks: pd.DataFrame, old: Corpus, new: Corpus) -> pd.DataFrame:
    """Move marks to the same turns of a corpus whose names were taken out.

    Documents and turns stand in the same order in both. What begins or ends between turns
    goes to the turn that it reaches into.
    """
    if old is new or marks.empty:
        return marks
    names = dict(
        zip(old.documents["document_id"], new.documents["document_id"], strict=True)
    )
    turns = {
        name: _turns(name, names[name], old, new)
        for name in marks["document_id"].unique()
    }
    rows = [
        {**mark, "document_id": names[mark["document_id"]],
         **_moved(int(mark["start"]), int(mark["end"]), turns[mark["document_id"]])}
        for mark in marks.to_dict("records")
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=marks.columns)


_Turn = tuple[int, int, int, int, Callable[[int], int]]


def _turns(name: str, now: str, old: Corpus, new: Corpus) -> list[_Turn]:
    columns = ["start", "end", "text"]
    before, after = (
        corpus.utterances.loc[
            corpus.utterances["document_id"] == of, ["position", *columns]
        ]
        .sort_values("position")[columns]
        .itertuples(index=False)
        for corpus, of in ((old, name), (new, now))
    )
    return [
        (one.start, one.end, other.start, other.end, shift(one.text, other.text))
        for one, other in zip(before, after, strict=True)
    ]


def _moved(start: int, end: int, turns: list[_Turn]) -> Mapping[str, int]:
    first = next((t for t in turns if t[1] > start), None)
    last = next((t for t in reversed(turns) if t[0] < end), None)
    if first is None or last is None or last[0] < first[0]:
        return {"start": 0, "end": 0}  # in no turn, then and now
    begin = first[2] + first[4](max(0, start - first[0]))
    stop = last[2] + last[4](min(last[1], end) - last[0])
    return {"start": begin, "end": stop}


def shift(old: str, new: str) -> Callable[[int], int]:
    """Return what moves an offset of a text to the same word of its new form.

    Examples
    --------
    >>> move = shift("I told Ana so.", "I told [person 1] so.")
    >>> move(2), move(11), move(14)
    (2, 18, 21)
    """
    if old == new:
        return lambda offset: offset
    words, others = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    kept = [(0, 0, 0)]
    at, to = _edges(words), _edges(others)
    for block in matcher.get_matching_blocks():
        size = at[block.a + block.size] - at[block.a]
        kept.append((at[block.a], to[block.b], size))

    def move(offset: int) -> int:
        here = kept[bisect_right(kept, offset, key=lambda one: one[0]) - 1]
        return here[1] + min(offset - here[0], here[2])

    return move


def _edges(words: list[str]) -> list[int]:
    edges = [0]
    for word in words:
        edges.append(edges[-1] + len(word))
    return edges
