"""Transcripts and people to the tables of a corpus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import PurePosixPath

import pandas as pd

from empathy_insights.corpus import slug, utterance_id
from empathy_insights.files.output import for_file
from empathy_insights.labels import label_key
from empathy_insights.readers.dates import date_above, date_in, date_in_name
from empathy_insights.readers.dialog.notes import NO_SPEAKER
from empathy_insights.readers.dialog.questions import number_questions, why_context
from empathy_insights.readers.language import language_of
from empathy_insights.readers.people.facilitators import NOBODY
from empathy_insights.readers.people.interpreted import PASSED_ON
from empathy_insights.readers.people.left_out import without_refusing
from empathy_insights.readers.people.participants import Cast, Row, find_people
from empathy_insights.readers.people.people_sheet import people_table
from empathy_insights.readers.people.roster import Roster
from empathy_insights.readers.people.who_is_who import who_is_who
from empathy_insights.readers.reading import (
    Counted,
    count_words,
    counted_remarks,
    reading_report,
)
from empathy_insights.readers.transcript import Document, Transcript, speakers, words
from empathy_insights.roles import is_nobody
from empathy_insights.tables import (
    DOCUMENTS,
    PARTICIPANTS,
    PROBLEMS,
    TAKEN,
    UTTERANCES,
    Schema,
)

# Columns that describe people, and are called like a column of our own tables.


Named = Mapping[str, object]


def called_apart(rows: Sequence[Named]) -> list[dict[str, object]]:
    """Call what is known of people by names that no other table has.

    Examples
    --------
    >>> called_apart([{"participant_id": "p1", "status": "EL"}])
    [{'participant_id': 'p1', 'their_status': 'EL'}]
    """
    present = {name for row in rows for name in row}
    names = {name: _other(name, present) for name in present & TAKEN}
    return [{names.get(name, name): row[name] for name in row} for row in rows]


def _other(name: str, present: set[str]) -> str:
    other = f"their_{name}"
    return _other(other, present) if other in present else other


def say_renamed(
    documents: Sequence[Document], roster: Roster
) -> Iterator[dict[str, object]]:
    """Say of each file which of its columns have another name in the corpus."""
    told = {roster.called: {name for person in roster.people for name in person.facts}}
    for document in documents:
        facts = document.transcript.people.values()
        told.setdefault(document.path, set()).update(*facts)
    present = set().union(*told.values())
    for path, names in told.items():
        pairs = [
            f"{name!r} is called {_other(name, present)!r}"
            for name in sorted(names & TAKEN)
        ]
        if pairs:
            yield {
                "path": path,
                "problem": f"{', '.join(pairs)} here, since other tables have a column "
                "of that name",
                "advice": "use the new name to group people by it",
            }


_ROUND = re.compile(r"(?<![^\W_])r(?:ound)?[ _-]?(\d)(?![^\W_])", re.IGNORECASE)
_GROUP = re.compile(
    r"(?<![^\W_])focus[ _-]?group|(?<![^\W_])focus(?![^\W_])", re.IGNORECASE
)
_GROUP_VOICES = 3
_SAMPLE, _AT_ONCE = 500, 20_000
_LONGEST_TOP, _TOP_OF_NOTES = 1000, 4


def name_documents(read: Sequence[tuple[str, Transcript]]) -> list[Document]:
    """Give each transcript an id from its relative path, without its suffix.

    When two files differ only in their suffix, both ids carry it.
    """
    stems = [slug(str(PurePosixPath(path).with_suffix(""))) for path, _ in read]
    folded = [stem.casefold() for stem in stems]
    counts = Counter(folded)
    taken: set[str] = set()
    documents = []
    for stem, key, (path, transcript) in zip(stems, folded, read, strict=True):
        suffix = PurePosixPath(path).suffix.removeprefix(".").casefold()
        wanted = stem if counts[key] == 1 else f"{stem}-{suffix}"
        name, n = wanted, 2
        while name in taken:
            name, n = f"{wanted}-{n}", n + 1
        taken.add(name)
        documents.append(Document(name, path, transcript))
    return documents


def assemble(
    documents: Sequence[Document],
    roster: Roster,
    problems: Iterable[Row] = (),
    unread: Iterable[tuple[str, str]] = (),
    *,
    facilitators: frozenset[str] = frozenset(),
) -> dict[str, pd.DataFrame]:
    """Build the tables of a corpus, with the reading report of all files.

    Parameters
    ----------
    documents
        What was read.
    roster
        Who is who.
    problems
        Rows of the problems table that are known beforehand.
    unread
        Path and format of each file that is no document.
    facilitators
        Keys of labels that the user says are facilitators.
    """
    voices = who_is_who(documents, roster, named=facilitators)
    people = people_table(voices, roster)
    formats = {one.document.path: one.document.transcript.format for one in voices}
    voices, left_out = without_refusing(voices, roster)
    documents = sorted((one.document for one in voices), key=_id)
    cast = find_people(voices, roster)
    found = [*problems, *left_out, *cast.problems, *say_renamed(documents, roster)]
    counted = {one.document_id: count_words(one.transcript) for one in documents}
    for one in voices:
        words = counted[one.document.document_id]
        found += _problems(one.document, words, is_about_one="" in one.matches)
    listed = _problem_table(found)
    said = _utterances(documents, cast)
    table = _table(DOCUMENTS, map(_document, documents), ["document_id"])
    return {
        "documents": table,
        "participants": _table(
            PARTICIPANTS,
            map(_safe, called_apart(cast.participants)),
            ["participant_id"],
        ),
        "utterances": said,
        "problems": listed,
        "reading": reading_report(
            documents, table, listed, [*formats.items(), *unread], counted
        ),
        "people": people,
    }


def _table(schema: Schema, rows: Iterable[Row], by: list[str]) -> pd.DataFrame:
    return schema.frame(rows).sort_values(by, kind="stable").reset_index(drop=True)


def _problem_table(rows: Iterable[Row]) -> pd.DataFrame:
    empty = dict.fromkeys(PROBLEMS.columns)
    unique = {(r["path"], r.get("line"), r["problem"]): empty | r for r in rows}
    return _table(PROBLEMS, unique.values(), ["path", "line", "problem"])


def _safe(row: Row) -> Row:
    """Take signs that programs obey out of what forms and files say of people."""
    return {
        for_file(name): for_file(told)
        if isinstance(told, str) and name != "participant_id"
        else told
        for name, told in row.items()
    }


def _document(document: Document) -> Row:
    transcript, stem = document.transcript, str(PurePosixPath(document.path))
    facts = {name: for_file(told) for name, told in transcript.facts.items()}
    ordinal = _ROUND.search(stem)
    return {
        "document_id": document.document_id,
        "path": document.path,
        "kind": _kind(document),
        "date": _date(transcript, facts) or date_in_name(stem),
        "round": facts.get("round") or (ordinal[1] if ordinal else None),
        "site": facts.get("site"),
        "language": facts.get("language") or _language(transcript),
        "sha256": transcript.sha256,
        "text": transcript.text,
    }


def _date(transcript: Transcript, facts: Mapping[str, str]) -> str | None:
    """Return when a talk was, as the file itself says it."""
    if told := facts.get("date"):
        return date_in(told) or told
    if transcript.kind == "survey":
        return None
    said = (turn.start for turn in transcript.turns if not turn.is_prompt)
    first = next(said, 0) if transcript.kind != "notes" else 0
    top = "\n".join(transcript.text[:_LONGEST_TOP].split("\n")[:_TOP_OF_NOTES])
    return date_above(transcript.text[:first] if first else top)


def _language(transcript: Transcript) -> str | None:
    """Return the language of what people say, not of headings and questions of a form."""
    said = [turn for turn in transcript.turns if not turn.is_prompt]
    parts = islice((transcript.text[turn.start : turn.end] for turn in said), _SAMPLE)
    return language_of(" ".join(parts))


def _kind(document: Document) -> str:
    transcript = document.transcript
    if "kind" in transcript.facts:
        return transcript.facts["kind"]
    if transcript.kind != "interview":
        return transcript.kind
    people = {
        label_key(label)
        for label in speakers(transcript)
        if label not in transcript.facilitators and not is_nobody(label)
    }
    is_group = len(people) >= _GROUP_VOICES or _GROUP.search(document.path)
    return "focus_group" if is_group else "interview"


def _id(document: Document) -> str:
    return document.document_id


def _utterances(documents: Sequence[Document], cast: Cast) -> pd.DataFrame:
    """Build the table a stretch at a time: rows take ten times the room of a frame."""
    rows = (row for document in documents for row in _turns(document, cast))
    numbered = number_questions(rows, _answered(documents, cast))
    stretches = iter(lambda: list(islice(numbered, _AT_ONCE)), [])
    frames = [UTTERANCES.frame(some) for some in stretches] or [UTTERANCES.frame([])]
    if "facilitator_why" not in frames[0]:
        frames = [frames[0].assign(facilitator_why=pd.Series(dtype="str"))]
    typed = [frame.astype({"facilitator_why": "str"}) for frame in frames]
    return pd.concat(typed, ignore_index=True)


def _answered(documents: Sequence[Document], cast: Cast) -> Iterator[Row]:
    """Yield the questions of surveys and the answers to them."""
    for document in documents:
        if any(turn.question_id for turn in document.transcript.turns):
            yield from (row for row in _turns(document, cast) if row["question_id"])


def _turns(document: Document, cast: Cast) -> Iterator[Row]:
    transcript, name = document.transcript, document.document_id
    for position, turn in enumerate(transcript.turns, start=1):
        why = transcript.facilitators.get(turn.speaker or "")
        through = cast.through.get((name, position))
        if through == "":
            why = PASSED_ON
        if turn.is_prompt:
            why = why_context(
                words(transcript, turn), turn.question_id, transcript.kind
            )
        yield {
            "utterance_id": utterance_id(name, position),
            "document_id": name,
            "position": position,
            "speaker": turn.speaker,
            "participant_id": cast.ids.get((name, turn.speaker or ""), through) or None,
            "is_facilitator": why is not None,
            "question_id": turn.question_id,
            "start_s": turn.start_s,
            "end_s": turn.end_s,
            "start": turn.start,
            "end": turn.end,
            "text": transcript.text[turn.start : turn.end],
            "facilitator_why": why,
        }


def _problems(
    document: Document, words: Counted, *, is_about_one: bool
) -> Iterator[Row]:
    transcript = document.transcript
    remarks = list(counted_remarks(transcript, words))
    if is_about_one:
        remarks = [remark for remark in remarks if remark.problem != NO_SPEAKER.problem]
    alone = len(speakers(transcript)) < 2
    asked = transcript.facilitators or any(t.is_prompt for t in transcript.turns)
    if transcript.kind == "interview" and not (alone or asked):
        remarks.append(NOBODY)
    for remark in remarks:
        yield {
            "path": document.path,
            "line": remark.line,
            "problem": remark.problem,
            "advice": remark.advice,
            "document_id": document.document_id,
            "start": remark.start,
            "end": remark.end,
        }
