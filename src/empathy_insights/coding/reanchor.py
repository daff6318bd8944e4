"""Codings moved along when transcripts are corrected: to the same words, or nowhere."""

from __future__ import annotations

import re
import warnings
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.coding.review.decisions import without_idle_nos
from empathy_insights.coding.review.fingerprints import (
    find_again,
    find_parts,
    fingerprint,
)
from empathy_insights.corpus import Corpus, document_in
from empathy_insights.errors import EmpathyInsightsWarning, TableError
from empathy_insights.tables import CODINGS, NO_THEME
from empathy_insights.text.segments import segment

_GONE = "its words are gone, or have become others"
_CUT = "it was cut in several passages, and nothing says in which it is"
_TWICE = "it is said several times, and not as often as before"

_END = 2**31  # beyond the last passage of any document

Passage = Mapping[str, Any]


@public
def reanchor(
    codings: pd.DataFrame,
    old_corpus: Corpus,
    new_corpus: Corpus,
    *,
    by: Literal["turn", "sentence"] = "turn",
) -> pd.DataFrame:
    """Move codings to where their passages are now, after transcripts were corrected.

    Typos, names that were taken out, new or removed turns and renamed files do no harm: a
    passage is the same by its words and by what stands around it. What cannot be found
    for certain is left out and listed.

    Parameters
    ----------
    codings
        Which segment got which theme, in the old corpus.
    old_corpus, new_corpus
        The documents before and after.
    by
        How both are cut, as in `segment`.

    Returns
    -------
    pandas.DataFrame
        The codings that have a place in the new corpus, `segment_id`, `evidence_start` and
        `evidence_end` as they are there. Evidence is missing where its words are gone and
        the passage is not. `attrs["problems"]` lists what was left out: `segment_id` of
        the old corpus, `theme`, `coder` and `problem`.

    Warns
    -----
    EmpathyInsightsWarning
        Codings were left out.

    Raises
    ------
    TableError
        A coding is of a passage that the old corpus does not have.

    See Also
    --------
    read_codings : Reads what people coded.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> words = "The buss is late, so I miss the first class again."
    >>> said = ["Hm.", words], [words.replace("buss", "bus")]
    >>> old, new = (ei.corpus_from_frame(pd.DataFrame({"a": one}), text="a") for one in said)
    >>> mine = pd.DataFrame({"segment_id": ["survey:0002.01"], "theme": ["transport"]})
    >>> ei.reanchor(mine, old, new)[["segment_id", "theme"]]
           segment_id      theme
    0  survey:0001.01  transport
    """
    codings = CODINGS.completed(codings)
    old, new = segment(old_corpus, by=by), segment(new_corpus, by=by)
    lost = codings.loc[~codings["segment_id"].isin(old["segment_id"]), "segment_id"]
    if len(lost):
        raise TableError(
            f"{lost.nunique()} passages are not in the old corpus; give the corpus that "
            "was coded, and by= as it was cut"
        )
    before, after = (
        {str(row["segment_id"]): row for row in one.to_dict("records")}
        for one in (old, new)
    )
    places, doubtful = _places(old, new)
    moved, problems = [], []
    for row in codings.to_dict("records"):
        one = str(row["segment_id"])
        targets = [after[place] for place in places.get(one, ())]
        rows = list(_moved(row, before[one], targets))
        moved += rows
        if not rows:
            why = _TWICE if one in doubtful else _CUT if len(targets) > 1 else _GONE
            told = {name: str(row[name]) for name in CODINGS.key}
            problems.append(told | {"problem": why})
    return _told(moved, problems, codings)


def _told(
    moved: list[dict[str, Any]], problems: list[dict[str, str]], codings: pd.DataFrame
) -> pd.DataFrame:
    key = list(CODINGS.key)
    frame = pd.DataFrame(moved, columns=codings.columns).astype(
        codings.dtypes.to_dict()
    )
    kept = without_idle_nos(frame.drop_duplicates(key)).sort_values(
        key, ignore_index=True
    )
    kept.attrs |= codings.attrs | {"problems": problems}
    if problems:
        counts = Counter(one["problem"] for one in problems).most_common()
        told = "; ".join(f"{why} ({n})" for why, n in counts)
        warnings.warn(
            f"{len(problems)} of {len(codings)} codings are left out: {told}. "
            'attrs["problems"] lists each; code these passages again',
            EmpathyInsightsWarning,
            stacklevel=4,
        )
    return CODINGS.check(kept)


def _places(
    old: pd.DataFrame, new: pd.DataFrame
) -> tuple[dict[str, list[str]], set[str]]:
    """Return where each passage is now, and those of which several may be meant."""
    marks, now = _Marks.of(old), _Marks.of(new)
    found = find_again(marks.of_passage, new)
    again = dict(_said_again(marks, now, found))
    found |= {one: place for one, place in again.items() if place}
    same = {
        one: place
        for one, place in found.items()
        if marks.of_passage[one] == now.of_passage[place]
    }
    rest = {one: mark for one, mark in marks.of_passage.items() if one not in same}
    places = {one: [place] for one, place in found.items()}
    # What is most like a passage may be the longer half of it.
    places |= find_parts(rest, same, new)
    doubtful = {one for one, place in again.items() if not place}
    return {one: at for one, at in places.items() if one not in doubtful}, doubtful


@dataclass(frozen=True)
class _Marks:
    """Hold a mark of the words of each passage, and where each is in its document."""

    of_passage: dict[str, str]
    documents: dict[str, list[str]]
    said: dict[tuple[str, str], list[int]]

    @classmethod
    def of(cls, segments: pd.DataFrame) -> _Marks:
        """Mark the passages of a corpus, in their order."""
        marks: dict[str, str] = {}
        documents, said = (
            defaultdict[str, list[str]](list),
            defaultdict[tuple[str, str], list[int]](list),
        )
        for one, text in segments[["segment_id", "text"]].itertuples(index=False):
            marks[one] = fingerprint(text)
            said[document_in(one), marks[one]].append(len(documents[document_in(one)]))
            documents[document_in(one)].append(one)
        return cls(marks, dict(documents), dict(said))

    def times(self, one: str) -> int:
        """Return how often the words of a passage are said in its document."""
        return len(self.said[document_in(one), self.of_passage[one]])


def _said_again(
    old: _Marks, new: _Marks, found: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Say where passages are whose words are said more than once; empty where nothing tells.

    Between the same two neighbours the first is the first and the last is the last, if
    the words are said there as often as before.
    """
    for name, ours in old.documents.items():
        sure = {
            n: found[one]
            for n, one in enumerate(ours)
            if one in found and old.times(one) == 1 and new.times(found[one]) == 1
        }
        homes = Counter(map(document_in, sure.values())).most_common(1)
        home = homes[0][0] if homes else name
        order = {one: n for n, one in enumerate(new.documents.get(home, ()))}
        anchors = [(n, order[one]) for n, one in sure.items() if one in order]
        for n, one in enumerate(ours):
            mark = old.of_passage[one]
            theirs = new.said.get((home, mark), [])
            if max(old.times(one), len(theirs)) > 1:
                at = _between(n, anchors, old.said[name, mark], theirs)
                yield one, "" if at is None else new.documents[home][at]


def _between(
    n: int,
    anchors: Sequence[tuple[int, int]],
    ours: Sequence[int],
    theirs: Sequence[int],
) -> int | None:
    """Return which of `theirs` the n-th passage is, by its neighbours before and after."""
    at = bisect_left(anchors, (n, 0))
    low, first = anchors[at - 1] if at else (-1, -1)
    high, last = anchors[at] if at < len(anchors) else (_END, _END)
    before = [k for k in ours if low < k < high]
    now = [k for k in theirs if first < k < last]
    return now[before.index(n)] if len(before) == len(now) else None


def _moved(
    row: dict[str, Any], before: Passage, targets: Sequence[Passage]
) -> Iterator[dict[str, Any]]:
    """Yield a coding where it is now: in the part that holds its evidence, if it was cut."""
    start, end = row["evidence_start"], row["evidence_end"]
    is_told = not (pd.isna(start) or pd.isna(end))
    at = {
        one["segment_id"]: _evidence(before, (int(start), int(end)), one)
        if is_told
        else None
        for one in targets
    }
    if len(targets) > 1 and row["theme"] != NO_THEME:
        held = [name for name, span in at.items() if span is not None]
        at = {name: at[name] for name in held} if len(held) == 1 else {}
    for name, span in at.items():
        low, high = span or (None, None)
        yield row | {"segment_id": name, "evidence_start": low, "evidence_end": high}


def _evidence(
    before: Passage, evidence: tuple[int, int], now: Passage
) -> tuple[int, int] | None:
    """Return where the words of the evidence are in a passage; None without half of them."""
    start, end = (at - before["start"] for at in evidence)
    if before["text"] == now["text"]:
        return now["start"] + start, now["start"] + end
    ours, theirs = (list(re.finditer(r"\w+", one["text"])) for one in (before, now))
    said = [
        n for n, word in enumerate(ours) if start <= word.start() and word.end() <= end
    ]
    was, is_now = ([word[0].casefold() for word in one] for one in (ours, theirs))
    same = SequenceMatcher(None, was, is_now, autojunk=False)
    found = [
        block.b + k
        for block in same.get_matching_blocks()
        for k in range(block.size)
        if block.a + k in said
    ]
    if not found or 2 * len(found) < len(said):
        return None
    return now["start"] + theirs[found[0]].start(), now["start"] + theirs[
        found[-1]
    ].end()
