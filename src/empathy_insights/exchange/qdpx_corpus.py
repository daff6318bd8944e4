"""The corpus of a REFI-QDA project: as we wrote it, or read anew from its texts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from empathy_insights.codebook_kept import KEPT
from empathy_insights.codebook_refi import unescaped
from empathy_insights.corpus import Corpus
from empathy_insights.errors import TableError
from empathy_insights.exchange.marks import shift
from empathy_insights.exchange.qdpx_marks import Told
from empathy_insights.exchange.qdpx_offsets import SelectedText, find_selections
from empathy_insights.exchange.qdpx_sources import (
    Problem,
    Text,
    raw_of,
    values_of,
)
from empathy_insights.exchange.qdpx_written import source_guid, text_hash
from empathy_insights.files.output import for_file
from empathy_insights.files.refi_archive import (
    Archive,
    below,
    guid_in,
    targets,
)
from empathy_insights.labels import label_key
from empathy_insights.readers.assemble import assemble, name_documents
from empathy_insights.readers.copies import UNFITTING, check_pattern, facts_of_name
from empathy_insights.readers.people.roster import Roster, read_roster
from empathy_insights.readers.people.spellings import merge_spellings
from empathy_insights.readers.plain import from_text
from empathy_insights.readers.transcript import Source, Transcript
from empathy_insights.tables import (
    CODINGS,
    DOCUMENTS,
    KINDS,
    PARTICIPANTS,
    PROBLEMS,
    UTTERANCES,
)

_OF_DOCUMENTS = ("kind", "date", "round", "site", "language")
_OF_PEOPLE = ("participant_id", "name", "document")
_MOST_LISTED = 200
_KEPT = {
    "codebook": str, "texts": dict, "documents": list, "participants": list,
    "utterances": list, "codings": list,
}  # fmt: skip


def variables_of(archive: Archive) -> dict[str, str]:
    """Return the name of each variable, by its GUID."""
    return {
        guid_in(one): for_file(unescaped(one.get("name", ""))).strip()
        for one in below(archive.root, "Variable")
    }


def found_in(text: Text) -> SelectedText:
    """Return a text as we keep it, and where its selections stand."""
    spans = [(one.start, one.end) for one in text.selections]
    return find_selections(text.raw, spans, [one.name for one in text.selections])


class Here(NamedTuple):
    """Hold a text, and where it is now: in which document, moved how."""

    text: Text
    found: SelectedText
    document_id: str
    move: Callable[[int], int]


Read = Sequence[tuple[Text, SelectedText]]


# A project of another program: its texts are read as those of any file.


def read_anew(
    read: Read,
    participants: str | Path | pd.DataFrame | None,
    facilitators: Sequence[str],
    name_pattern: str | None,
) -> tuple[list[Here], Corpus]:
    """Read the texts of another program as those of any file, and its cases as people."""
    roster = Roster() if participants is None else read_roster(participants)
    keys = frozenset(map(label_key, facilitators))
    if name_pattern is not None:
        check_pattern(name_pattern)
    transcripts = [
        (text.name, _transcript(text, found.text, roster.labels | keys, name_pattern))
        for text, found in read
    ]
    documents = name_documents(transcripts)
    tables = assemble(documents, roster, facilitators=keys)
    here = [
        Here(text, found, one.document_id, shift(found.text, one.transcript.text))
        for (text, found), one in zip(read, documents, strict=True)
    ]
    return here, Corpus(**tables)


def _transcript(
    text: Text, words: str, labels: frozenset[str], name_pattern: str | None
) -> Transcript:
    read = from_text(Source(Path(text.name), b"", labels), words)
    said = facts_of_name(text.name, name_pattern) if name_pattern else {}
    told = {
        ours: value
        for name, value in text.told.items()
        for ours in _OF_DOCUMENTS
        if name.casefold() == ours and (ours != "kind" or value in KINDS)
    }
    remarks = read.remarks if said is not None else (*read.remarks, UNFITTING)
    return merge_spellings(
        replace(
            read,
            facts={**told, **(said or {}), **read.facts},
            remarks=remarks,
            format="qdpx",
            sha256=text_hash(text.raw),
        )
    )


def people_of(archive: Archive, texts: Sequence[Text]) -> pd.DataFrame | None:
    """Return a row a case, and one a document whose variables no case tells."""
    variables = variables_of(archive)
    names = {text.guid: text.name for text in texts}
    names |= {one.guid: text.name for text in texts for one in text.selections}
    rows: list[dict[str, str]] = []
    for case in below(archive.root, "Case"):
        ends = [*targets(case, "SourceRef"), *targets(case, "SelectionRef")]
        places = list(dict.fromkeys(names[one] for one in ends if one in names))
        name = for_file(unescaped(case.get("name", ""))).strip()
        facts = _facts(values_of(case, variables))
        if name or (len(places) == 1 and facts):
            rows.append({**facts, **_called(name or places[0], name, places)})
    known = {place for row in rows for place in row["document"].split(";")}
    for text in texts:
        facts = _facts(text.told)
        if facts and text.name not in known:
            rows.append({**facts, **_called(text.name, "", [text.name])})
    return pd.DataFrame(rows).fillna("").astype("str") if rows else None


def _called(own: str, name: str, places: Sequence[str]) -> dict[str, str]:
    return dict(zip(_OF_PEOPLE, (own, name, ";".join(places)), strict=True))


def _facts(told: Mapping[str, str]) -> dict[str, str]:
    aside = {*_OF_PEOPLE, *_OF_DOCUMENTS}
    return {name: value for name, value in told.items() if name.casefold() not in aside}


# A project that we wrote, while its texts are as they were.


def kept_in(archive: Archive) -> dict[str, Any]:
    """Return what we kept for ourselves; nothing where somebody has broken it."""
    note = next((n for n in below(archive.root, "Note") if n.get("name") == KEPT), None)
    try:
        kept = {} if note is None else json.loads(raw_of(archive, note))
        is_ours = all(isinstance(kept[name], kind) for name, kind in _KEPT.items())
        is_ours = is_ours and all(
            {"guid", *CODINGS.key} <= set(c) for c in kept["codings"]
        )
    except (ValueError, RecursionError, KeyError, TypeError):
        return {}
    return dict(kept) if is_ours else {}


def as_written(
    kept: Mapping[str, Any], read: Read
) -> tuple[list[Here], Corpus, list[Mapping[str, Any]]] | None:
    """Return the corpus that we wrote, if all of its texts are there, and no other.

    With it come the codings that we showed to no other program.
    """
    names = {source_guid(name): name for name in kept.get("texts", {})}
    now = {names.get(text.guid, ""): (text, found) for text, found in read}
    if not names or set(now) != set(names.values()):
        return None
    texts = {name: found.text for name, (_, found) in now.items()}
    if {name: text_hash(text) for name, text in texts.items()} != kept["texts"]:
        return None
    try:
        corpus = _corpus_kept(kept, texts)
    except (KeyError, TypeError, ValueError, TableError):
        return None
    gone = [row for row in kept["codings"] if not row["guid"] and "start" in row]
    return [Here(*now[name], name, int) for name in names.values()], corpus, gone


def _corpus_kept(kept: Mapping[str, Any], texts: Mapping[str, str]) -> Corpus:
    documents = [
        {**row, "text": texts[row["document_id"]]} for row in kept["documents"]
    ]
    turns = [
        {**row, "text": texts[row["document_id"]][row["start"] : row["end"]]}
        for row in kept["utterances"]
    ]
    return Corpus(
        DOCUMENTS.frame(documents), PARTICIPANTS.frame(kept["participants"]),
        UTTERANCES.frame(turns), PROBLEMS.frame([]),
    )  # fmt: skip


def with_memos(corpus: Corpus, here: Sequence[Here], told: Told) -> Corpus:
    """Put what is noted about whole documents beside them."""
    memos = {
        name: "\n".join(filter(None, [text.memo, *told.memo(*text.notes)]))
        for text, _, name, _ in here
    }
    if not any(memos.values()) or "memo" in corpus.documents:
        return corpus
    memo = corpus.documents["document_id"].map(memos).astype("str")
    return replace(corpus, documents=corpus.documents.assign(memo=memo))


def problem_table(rows: Sequence[Problem]) -> pd.DataFrame:
    """Return problems once each; of very many, the first and how many more there are."""
    empty: Problem = dict.fromkeys(PROBLEMS.columns)
    once = {(r["path"], r.get("line"), r["problem"]): {**empty, **r} for r in rows}
    told = list(once.values())
    if len(told) > _MOST_LISTED:
        more = len(told) - _MOST_LISTED
        rest = {
            "path": told[0]["path"],
            "problem": f"further remarks: {more}",
            "advice": "see to these first",
        }
        told = [*told[:_MOST_LISTED], {**empty, **rest}]
    return PROBLEMS.frame(told)
