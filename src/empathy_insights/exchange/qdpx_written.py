"""A study as a project that NVivo, MAXQDA, ATLAS.ti and QualCoder open (REFI-QDA)."""

from __future__ import annotations

import hashlib
import io
import json
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook_kept import KEPT, kept_text, theme_guid
from empathy_insights.codebook_refi import ORIGIN, codes_node
from empathy_insights.corpus import Corpus
from empathy_insights.errors import EmpathyInsightsWarning
from empathy_insights.exchange.memos import Coded, named_nobody
from empathy_insights.files.output import PRIVATE_FILE, save_members, write_once
from empathy_insights.files.refi_written import (
    described,
    filled,
    guid_of,
    node,
    xml_of,
)
from empathy_insights.tables import CODINGS, NO_THEME, plain

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SUGGESTION = " (suggestion)"
"""What stands behind the name of a coder whose coding nobody has read."""

_SPACE = "urn:QDA-XML:project:1.0"
_FACTS = ("kind", "date", "round", "site", "language")
_DAY = re.compile(rb' creationDateTime="[^"]*"')
_NAMED = 60  # characters of a quote
_ABOUT = (
    "Texts with pseudonyms, themes as codes, people as cases. The coder 'codebook' is a "
    "computer program; what it suggests and nobody has read is by 'codebook "
    "(suggestion)': hide that user to see what counts. Keep this file to the team."
)


@public
def write_qdpx(analysis: Coded, path: str | Path) -> Path:
    """Write a study as a REFI-QDA project (.qdpx), to go on with in another program.

    Texts are those with pseudonyms, and so are memos: names that the study knows are
    taken out of them. A selection is a passage, named by its first words;
    a coding has its coder as user (of a passage that several people read, each their own),
    and its status and stance as a note. What a person
    rejected is no coding. A note on the project keeps what other programs have no room
    for, so that `read_qdpx` gives back the same. The file is the team's alone.

    Parameters
    ----------
    analysis
        A study, as `analyze` returns it.
    path
        The .qdpx file to write.

    Raises
    ------
    EmpathyInsightsError
        A file of this name is there already and holds something else.

    Warns
    -----
    EmpathyInsightsWarning
        Identities were allowed, so the texts may hold names.

    See Also
    --------
    read_qdpx : Reads a project, ours and those of other programs.
    write_qdc : The codebook alone.

    Examples
    --------
    >>> import pandas as pd
    >>> import tempfile
    >>> import empathy_insights as ei
    >>> said = pd.DataFrame({"who": ["ana"], "a": ["I want to pick my own topic."]})
    >>> study = ei.analyze(ei.corpus_from_frame(said, text="a", person="who"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     corpus, _, codings = ei.read_qdpx(ei.write_qdpx(study, f"{folder}/study.qdpx"))
    >>> codings.equals(study.codings), corpus.documents.equals(study.corpus.documents)
    (True, True)
    """
    if analysis.deidentified is None:
        warnings.warn(
            "identities were allowed in this study, so the project may hold names; keep "
            "it where the interviews are",
            EmpathyInsightsWarning,
            stacklevel=3,
        )
    else:
        analysis = named_nobody(analysis, analysis.deidentified)
    path = Path(path)
    documents = analysis.corpus.documents
    pairs = zip(documents["document_id"], documents["text"], strict=True)
    texts = {
        f"sources/{_file(name)}": text.encode(errors="replace") for name, text in pairs
    }
    root = _project(analysis, path.stem)
    members = {"project.qde": xml_of(root, _SPACE), **dict(sorted(texts.items()))}
    return write_once(
        path,
        lambda file: save_members(members, file),
        is_same=_says_the_same,
        mode=PRIVATE_FILE,
    )


def _says_the_same(before: bytes, now: bytes) -> bool:
    """Return whether two projects are the same but for the day on which they were made."""
    try:
        return _undated(before) == _undated(now)
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _undated(project: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(project)) as package:
        return {name: _DAY.sub(b"", package.read(name)) for name in package.namelist()}


def _file(document: str) -> str:
    return f"{guid_of('text', document)}.txt"


def _project(analysis: Coded, name: str) -> Element:
    """Return the whole project; its children stand in the order that programs demand."""
    coded = _coded(analysis)
    when = f"{analysis.manifest.get('date', '1980-01-01')}T00:00:00Z"
    has_nothing = bool((coded["theme"] == NO_THEME).any())
    codes = codes_node(analysis.codebook, with_nothing=has_nothing)
    notes = _notes(coded)
    kept = _note(KEPT, json.dumps(kept_of(analysis, coded)), guid_of("note", KEPT))
    corpus = analysis.corpus
    told = {"name": name, "origin": ORIGIN, "creatingUserGUID": user_guid(ORIGIN),
            "creationDateTime": when}  # fmt: skip
    users = [ORIGIN, *sorted({*coded["user"]} - {ORIGIN})]
    return node("Project", told, [
        node("Users", within=[node("User", {"guid": user_guid(u), "name": u}) for u in users]),
        None if codes is None else node("CodeBook", within=[codes]),
        filled("Variables", _variables(corpus)),
        filled("Cases", _cases(corpus, coded)),
        filled("Sources", _sources(corpus, coded, when)),
        node("Notes", within=[*notes.values(), kept]),
        described(_ABOUT),
        node("NoteRef", {"targetGUID": guid_of("note", KEPT)}),
    ])  # fmt: skip


def user_guid(name: str) -> str:
    """Return the GUID of a coder."""
    return guid_of("user", name)


def _coded(analysis: Coded) -> pd.DataFrame:
    """Return the codings that other programs get, each with its place, user and notes."""
    places = analysis.segments[["segment_id", "document_id", "start", "end", "text",
                                "participant_id"]]  # fmt: skip
    known = {NO_THEME, *(theme.id for theme in analysis.codebook)}
    settled = analysis.codings.assign(is_own=False)
    readings = _own_readings(analysis).assign(is_own=True)
    codings = (
        pd.concat([settled, readings], ignore_index=True) if len(readings) else settled
    )
    codings = codings[codings["theme"].isin(known)]
    is_open = codings["status"] == "suggested"
    user = codings["coder"].where(~is_open, codings["coder"] + SUGGESTION)
    said = (
        "status: "
        + codings["status"]
        + "; stance: "
        + codings["stance"].fillna("not told")
    )
    notes = codings["notes"] if "notes" in codings else pd.Series(index=codings.index)
    own = notes.astype("str").fillna("")
    coded = codings.assign(user=user, said=said, own=own)
    coded = coded[coded["status"] != "rejected"]
    return coded.merge(places, on="segment_id", how="inner", validate="many_to_one")


def _own_readings(analysis: Coded) -> pd.DataFrame:
    """Return what each of several readers chose, where the study has it of another."""
    read = analysis.decisions
    several = read.groupby("segment_id")["coder"].transform("nunique") > 1
    key = list(CODINGS.key)
    there = pd.MultiIndex.from_frame(analysis.codings[key])
    is_there = pd.MultiIndex.from_frame(read[key]).isin(there)
    return read[several & ~is_there]


# People.


def _variables(corpus: Corpus) -> Iterator[Element]:
    people = [n for n in corpus.participants.columns if n != "participant_id"]
    held = {n: corpus.participants[n].notna().any() for n in people}
    of_documents = {n: corpus.documents[n].notna().any() for n in _FACTS}
    for name in dict.fromkeys([*people, *_FACTS]):
        if held.get(name) or of_documents.get(name):
            told = {
                "guid": guid_of("variable", name),
                "name": name,
                "typeOfVariable": "Text",
            }
            yield node("Variable", told)


def _values(told: Mapping[str, object]) -> Iterator[Element]:
    for name, value in told.items():
        if isinstance(value, str) or pd.notna(value):
            yield node("VariableValue", within=[
                node("VariableRef", {"targetGUID": guid_of("variable", name)}),
                node("TextValue", text=str(value)),
            ])  # fmt: skip


def _cases(corpus: Corpus, coded: pd.DataFrame) -> Iterator[Element]:
    """Yield a case a person: what is known of them, their document, their passages."""
    alone = {person: name for name, person in _alone(corpus).items()}
    passages = coded.drop_duplicates("segment_id").groupby("participant_id")[
        "segment_id"
    ]
    said = passages.agg(list).to_dict()
    facts = corpus.participants.drop(columns="participant_id").to_dict("records")
    for person, told in zip(corpus.participants["participant_id"], facts, strict=True):
        own = [alone[person]] if person in alone else []
        yield node("Case", {"guid": guid_of("case", person), "name": person}, [
            *_values(told),
            *(node("SourceRef", {"targetGUID": source_guid(name)}) for name in own),
            *(node("SelectionRef", {"targetGUID": guid_of("selection", name)})
              for name in said.get(person, [])),
        ])  # fmt: skip


def _alone(corpus: Corpus) -> dict[str, str]:
    """Return the documents in which one person is heard, and who that is."""
    turns = corpus.utterances
    said = turns[~turns["is_facilitator"]].dropna(subset="participant_id")
    people = said.groupby("document_id")["participant_id"].agg(["nunique", "first"])
    alone: dict[str, str] = people.loc[people["nunique"] == 1, "first"].to_dict()
    return alone


# Documents.


def source_guid(document: str) -> str:
    """Return the GUID of a document."""
    return guid_of("source", document)


def _sources(corpus: Corpus, coded: pd.DataFrame, when: str) -> Iterator[Element]:
    alone = _alone(corpus)
    people = corpus.participants.set_index("participant_id").to_dict("index")
    by_document = dict(list(coded.groupby("document_id")))
    for row in corpus.documents.to_dict("records"):
        name = row["document_id"]
        facts = {key: row[key] for key in _FACTS if pd.notna(row[key])}
        facts = {**people.get(alone.get(name, ""), {}), **facts}
        told = {
            "guid": source_guid(name), "name": row["path"],
            "plainTextPath": f"internal://{_file(name)}", **_by(ORIGIN, when),
        }  # fmt: skip
        chosen = _selections(by_document[name], when) if name in by_document else ()
        yield node("TextSource", told, [*chosen, *_values(facts)])


def _by(user: str, when: str) -> dict[str, str]:
    return {"creatingUser": user_guid(user), "creationDateTime": when}


def _selections(coded: pd.DataFrame, when: str) -> Iterator[Element]:
    """Yield a selection a passage, with all codings of it; ends are exclusive."""
    for (start, end, name), rows in coded.groupby(["start", "end", "segment_id"]):
        told = {
            "guid": guid_of("selection", name), "name": quoted(rows["text"].iloc[0]),
            "startPosition": str(start), "endPosition": str(end),
            **_by(rows["user"].iloc[0], when),
        }  # fmt: skip
        yield node(
            "PlainTextSelection",
            told,
            [_coding(row, when) for row in rows.to_dict("records")],
        )


def quoted(text: str) -> str:
    """Return the first words of a passage, which is what programs call a selection.

    Examples
    --------
    >>> quoted("The bus is late again. " * 9)
    'The bus is late again. The bus is late again. The bus is…'
    """
    said = " ".join(text.split())
    return said if len(said) <= _NAMED else f"{said[:_NAMED].rsplit(' ', 1)[0]}…"


def _coding(row: Mapping[str, object], when: str) -> Element:
    notes = [guid_of("note", row["said"])]
    if row["own"]:
        notes.append(guid_of("note", row["coder"], row["own"]))
    return node("Coding", {"guid": coding_guid(row), **_by(str(row["user"]), when)}, [
        node("CodeRef", {"targetGUID": theme_guid(str(row["theme"]))}),
        *(node("NoteRef", {"targetGUID": note}) for note in notes),
    ])  # fmt: skip


def coding_guid(row: Mapping[str, object]) -> str:
    """Return the GUID of a coding: its passage, theme and coder."""
    return guid_of("coding", row["segment_id"], row["theme"], row["coder"])


# Notes, and what is kept for us.


def _notes(coded: pd.DataFrame) -> dict[str, Element]:
    notes = {
        guid: _note("Status and stance", said, guid)
        for said in sorted({*coded["said"]})
        for guid in [guid_of("note", said)]
    }
    own = coded.loc[coded["own"] != "", ["coder", "own"]].drop_duplicates()
    for coder, said in sorted(own.itertuples(index=False, name=None)):
        guid = guid_of("note", coder, said)
        notes[guid] = _note(f"Note of {coder}", said, guid)
    return notes


def _note(name: str, text: str, guid: str) -> Element:
    content = node("PlainTextContent", text=text)
    return node("Note", {"guid": guid, "name": name}, [content])


def text_hash(text: str) -> str:
    """Return what tells whether a text is still the same."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def kept_of(analysis: Coded, coded: pd.DataFrame) -> dict[str, object]:
    """Return what other programs have no room for, as JSON holds it."""
    corpus = analysis.corpus
    texts = {
        name: text_hash(text)
        for name, text in zip(
            corpus.documents["document_id"], corpus.documents["text"], strict=True
        )
    }
    shown = set(map(coding_guid, coded.to_dict("records")))
    places = analysis.segments.set_index("segment_id")[["document_id", "start", "end"]]
    here = places.to_dict("index")
    codings = [
        {
            **row,
            **here.get(row["segment_id"], {}),
            "guid": guid if guid in shown else "",
        }
        for row in records_of(analysis.codings)
        for guid in [coding_guid(row)]
    ]
    for row in coded[coded["is_own"]].to_dict("records"):
        key = {name: row[name] for name in CODINGS.key}
        codings.append({**key, "guid": coding_guid(row), OWN: True})
    return {
        "made_by": ORIGIN,
        "codebook": kept_text(analysis.codebook),
        "texts": texts,
        "documents": records_of(corpus.documents.drop(columns="text")),
        "participants": records_of(corpus.participants),
        "utterances": records_of(corpus.utterances.drop(columns="text")),
        "codings": codings,
    }


OWN = "reader's own"
"""What marks a coding that programs are shown beside those of the study."""


def records_of(table: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows of a table as JSON holds them, None where nothing is told."""
    return [
        {
            str(name): getattr(value, "item", lambda value=value: value)()
            for name, value in row.items()
        }
        for row in plain(table).to_dict("records")
    ]
