"""The reading report: a row a file, what was understood of it, and no names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import merge
from typing import NamedTuple

import pandas as pd

from empathy_insights.labels import label_key
from empathy_insights.readers.dialog.stamps import STAMP
from empathy_insights.readers.people.participants import Row
from empathy_insights.readers.transcript import Document, Remark, Transcript, speakers
from empathy_insights.roles import is_nobody
from empathy_insights.tables import READING

_WORD = re.compile(r"\w+")
_TIME = re.compile(STAMP)
_MANY, _LARGE = 20, 0.25
_AT_ONCE = 1_000_000
_IN_PARENTHESES = re.compile(r"\([^()\n]*\)")


def reading_report(
    documents: Sequence[Document],
    table: pd.DataFrame,
    problems: pd.DataFrame,
    unread: Iterable[tuple[str, str]],
    counted: Mapping[str, Counted],
) -> pd.DataFrame:
    """Return what was understood of each file.

    Parameters
    ----------
    documents
        What was read.
    table
        The documents table, for kinds and languages.
    problems
        The problems table, to count them.
    unread
        Path and format of the files that are no documents.
    counted
        The words of each document, by its id.
    """
    counts = Counter(problems["path"])
    by_id = table.set_index("document_id")[["kind", "language"]].to_dict("index")
    rows = {
        path: {"path": path, "format": format_ or None, **_NOTHING}
        for path, format_ in unread
    }
    rows |= {
        d.path: _row(d, by_id[d.document_id], counted[d.document_id]) for d in documents
    }
    frame = READING.frame(
        row | {"problems": counts[path]} for path, row in sorted(rows.items())
    )
    return frame.reset_index(drop=True)


_NOTHING: Mapping[str, object] = {
    "turns": 0, "speakers": 0, "facilitator": 0, "words": 0,
}  # fmt: skip


def _row(document: Document, told: Mapping[object, object], words: Counted) -> Row:
    transcript = document.transcript
    said = [turn for turn in transcript.turns if not turn.is_prompt]
    timed = sum(turn.start_s is not None for turn in said)
    people = {label_key(label) for label in speakers(transcript)}
    unknown = {key for key in people if transcript.kind != "survey" and is_nobody(key)}
    leading = {label_key(label) for label in transcript.facilitators}
    return {
        "path": document.path,
        "document_id": document.document_id,
        "format": transcript.format or None,
        "turns": len(said),
        "speakers": len(people - unknown),
        "facilitator": len(leading & people),
        "facilitator_why": "; ".join(sorted(set(transcript.facilitators.values())))
        or None,
        "with_times": timed / len(said) if said else None,
        "words": words.n,
        "words_in_turns": words.in_turns / words.n if words.n else None,
        "words_kept": 1 - words.lost / words.n if words.n else None,
        **{str(name): value for name, value in told.items()},
    }


class Counted(NamedTuple):
    """The words of a text, those in its turns, and those in no turn, problem, head or mark."""

    n: int
    in_turns: int
    lost: int


def count_words(transcript: Transcript) -> Counted:
    """Count the words of a text."""
    names = {
        word
        for label in speakers(transcript)
        for said in (label, _TIME.sub(" ", label))
        for word in _WORD.findall(said.casefold())
    }
    lost = 0
    n_marks = 0
    for gap in _gaps(transcript):
        found = _WORD.findall(_IN_PARENTHESES.sub(" ", _TIME.sub(" ", gap)).casefold())
        # A number beside a mark counts lines or turns.
        strange = sum(word not in names and not word.isdecimal() for word in found)
        lost += strange
        n_marks += len(_WORD.findall(gap)) - strange
    text = transcript.text
    total = n_words_in(text, transcript.head, len(text))
    in_turns = sum(n_words_in(text, turn.start, turn.end) for turn in transcript.turns)
    return Counted(total - n_marks, in_turns, lost)


def n_words_in(text: str, start: int, end: int) -> int:
    """Count the words of a stretch of text."""
    n, at = 0, start
    # A list of all words of a long text takes ten times its room.
    while end - at > _AT_ONCE and (line := text.find("\n", at + _AT_ONCE, end)) > 0:
        n += len(_WORD.findall(text, at, line))
        at = line
    return n + len(_WORD.findall(text, at, end))


def counted_remarks(transcript: Transcript, words: Counted) -> Iterator[Remark]:
    """Yield what could not be placed, with the number of words that are in no turn.

    Where those are many, one remark more says so, since nobody reads a list to its end.
    """
    for remark in transcript.remarks:
        if remark.start is None or remark.end is None:
            yield remark
            continue
        n = n_words_in(transcript.text, remark.start, remark.end)
        yield replace(remark, problem=f"{remark.problem} ({n} word{'s' * (n != 1)})")
    lost = words.n - words.in_turns
    if lost >= _MANY and lost > _LARGE * words.n:
        yield Remark(
            f"{lost / words.n:.0%} of the words are in no turn ({lost} of {words.n})",
            "look at the file, and put a speaker's name in front of what somebody says",
        )


def _gaps(transcript: Transcript) -> Iterator[str]:
    """Yield the stretches of the text that stand in nothing we have."""
    turns = ((turn.start, turn.end) for turn in transcript.turns)
    rest = (
        (r.start, r.end) for r in transcript.remarks if r.start is not None and r.end
    )
    at = transcript.head
    for start, end in merge(turns, sorted(rest)):
        if start > at:
            yield transcript.text[at:start]
        at = max(at, end)
    yield transcript.text[at:]
