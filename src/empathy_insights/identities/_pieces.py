"""Take a corpus apart into pieces of text, and put it together again without names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from itertools import pairwise

import pandas as pd

from empathy_insights.corpus import Corpus
from empathy_insights.identities._known_people import (
    facilitator_key,
    is_identifying,
    own_turns,
    voice_key,
)
from empathy_insights.identities._label_names import is_name
from empathy_insights.identities._rewrite import Edit, moved, replaced, shifter
from empathy_insights.identities._search import TextPiece
from empathy_insights.identities._vocabulary import (
    folded,
    is_listed_name,
    word_set,
)
from empathy_insights.identities._word_spans import PSEUDONYM
from empathy_insights.tables import rows_of

_CODES = word_set(
    "document_id participant_id utterance_id question_id sha256 kind role text "
    "speaker language date round start end path"
)


def pieces_of(corpus: Corpus) -> list[TextPiece]:
    """Cut documents where turns begin and end, and add the words of other columns."""
    cuts: dict[str, set[int]] = defaultdict(set)
    for name, start, end in rows_of(corpus.utterances, ["document_id", "start", "end"]):
        cuts[name] |= {start, end}
    pieces = []
    labels = _labels(corpus)
    documents = corpus.documents.sort_values("document_id")
    for name, text in rows_of(documents, ["document_id", "text"]):
        edges = sorted(cuts[name] | {0, len(text)})
        for start, end in pairwise(edges):
            announced = tuple(sorted(labels.get((name, end), ())))
            pieces.append(TextPiece(name, start, text[start:end], announced))
    named = _names_in_answer(corpus)
    return [
        *pieces,
        *(TextPiece("", 0, cell, named.get(cell, ())) for cell in cells_of(corpus)),
    ]


def _names_in_answer(corpus: Corpus) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the cells that are a name where a column asks who: `Hope`, `mark`."""
    people = corpus.participants
    asked = [column for column in free_columns(people) if _ASKS_WHO.search(column)]
    cells = {str(cell) for column in asked for cell in people[column].dropna()}
    return {
        cell: ((cell, f"found:{folded(cell).lower()}"),)
        for cell in cells
        if cell.split()
        and all(is_listed_name(folded(word).title()) for word in cell.split())
    }


_ASKS_WHO = re.compile(
    r"(?i)\b(?:who|whom|qui[eé]n(?:es)?)\b|"
    r"^(?:best |favou?rite )?(?:friend|buddy|sibling|teacher|counsell?or|homeroom)s?\b"
)


def _labels(corpus: Corpus) -> dict[tuple[str, int], set[tuple[str, str]]]:
    """Return the names that announce a turn, by where the turn starts."""
    turns = own_turns(corpus).dropna(subset=["speaker"])
    columns = ["document_id", "start", "speaker", "participant_id", "is_facilitator"]
    labels: dict[tuple[str, int], set[tuple[str, str]]] = defaultdict(set)
    for name, start, label, own, asks in rows_of(turns, columns):
        if is_name(label):
            labels[name, start].add((label, _speaker_key(label, own, asks)))
    return labels


def _speaker_key(label: str, own: object, asks: object) -> str:
    if asks:
        return facilitator_key(label)
    if isinstance(own, str):
        return f"participant:{own}"
    return voice_key(label)


def cells_of(corpus: Corpus) -> list[str]:
    """Return the different words in columns that are neither ids nor spoken."""
    found = {
        str(value)
        for frame in frames_of(corpus).values()
        for column in free_columns(frame)
        for value in frame[column].dropna().unique()
    }
    labels = corpus.utterances["speaker"].dropna().unique()
    return sorted(found | {str(label) for label in labels if not is_name(label)})


def frames_of(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """Return every table that a corpus holds, by its name, but for who is who."""
    values = {item.name: getattr(corpus, item.name) for item in fields(corpus)}
    del values["people"]
    return {
        name: frame for name, frame in values.items() if isinstance(frame, pd.DataFrame)
    }


def free_columns(frame: pd.DataFrame) -> list[str]:
    """Return the columns of a table whose words may hold a name."""
    return [
        column
        for column in frame.columns
        if column not in _CODES
        and not is_identifying(column)
        and pd.api.types.is_string_dtype(frame[column])
    ]


def rebuilt(
    corpus: Corpus,
    edits: Mapping[str, Sequence[Edit]],
    cells: Mapping[str, str],
    ids: Mapping[str, str],
    named: Mapping[str, str],
) -> Corpus:
    """Return the corpus with edits in its texts, cells and ids; it is checked anew.

    Parameters
    ----------
    edits
        Document id -> what to exchange.
    cells
        Words of a table -> the words to put there.
    ids
        Old document or participant id, or path -> new.
    named
        Key of a person -> pseudonym.
    """
    documents = corpus.documents
    texts = {
        name: replaced(text, edits.get(name, ()))
        for name, text in rows_of(documents, ["document_id", "text"])
    }
    shifts = {name: shifter(some) for name, some in edits.items() if some}
    frames = {name: _cells(frame, cells) for name, frame in frames_of(corpus).items()}
    frames["documents"] = frames["documents"].assign(
        text=pd.Series([texts[name] for name in documents["document_id"]],
                       index=documents.index, dtype="str")
    )  # fmt: skip
    frames["utterances"] = moved(
        frames["utterances"].assign(speaker=_speakers(corpus, named, cells)),
        shifts,
        texts,
    )
    frames["problems"] = moved(frames["problems"], shifts, texts)
    if any(old != new for old, new in ids.items()):
        frames = {name: _renamed(frame, ids) for name, frame in frames.items()}
    frames["participants"] = _without_identity(frames["participants"])
    # Who was taken for whom holds the names themselves.
    return replace(corpus, **frames, people=corpus.people.iloc[:0])


def _cells(frame: pd.DataFrame, cells: Mapping[str, str]) -> pd.DataFrame:
    new = {column: _mapped(frame[column], cells) for column in free_columns(frame)}
    return frame.assign(**new)


def _mapped(column: pd.Series, names: Mapping[str, str]) -> pd.Series:
    values = [
        names.get(v, v) if isinstance(v, str) else v for v in column.astype("object")
    ]
    return pd.Series(values, index=column.index, dtype="str")


def _speakers(
    corpus: Corpus, named: Mapping[str, str], cells: Mapping[str, str]
) -> pd.Series:
    turns = own_turns(corpus)
    rows = rows_of(turns, ["speaker", "participant_id", "is_facilitator"])
    labels = [_speaker(label, own, asks, named, cells) for label, own, asks in rows]
    return pd.Series(labels, index=turns.index, dtype="str")


def _speaker(
    label: object,
    own: object,
    asks: object,
    named: Mapping[str, str],
    cells: Mapping[str, str],
) -> str | None:
    if not isinstance(label, str):
        return None
    if PSEUDONYM.fullmatch(label):
        return label
    if asks or isinstance(own, str) or is_name(label):
        return named[_speaker_key(label, own, asks)]
    return cells.get(label, label)


def _renamed(frame: pd.DataFrame, ids: Mapping[str, str]) -> pd.DataFrame:
    columns = [c for c in ("document_id", "participant_id", "path") if c in frame]
    if "utterance_id" in frame:
        frame = frame.assign(
            utterance_id=_mapped(frame["utterance_id"], _turns(frame, ids))
        )
    return frame.assign(**{column: _mapped(frame[column], ids) for column in columns})


def _turns(frame: pd.DataFrame, ids: Mapping[str, str]) -> dict[str, str]:
    """Carry a new document id into the ids of its turns."""
    parts = {one: one.rpartition(":") for one in frame["utterance_id"].tolist()}
    return {
        one: f"{ids.get(stem, stem)}{colon}{position}"
        for one, (stem, colon, position) in parts.items()
    }


def _without_identity(participants: pd.DataFrame) -> pd.DataFrame:
    drop = [c for c in participants.columns if is_identifying(c)]
    return participants.drop(columns=drop)


def speakers_by_document(corpus: Corpus) -> dict[str, frozenset[str]]:
    """Return who speaks in each document, as keys of people."""
    turns = corpus.utterances.dropna(subset=["participant_id"])
    heard: dict[str, set[str]] = defaultdict(set)
    for name, own in rows_of(turns, ["document_id", "participant_id"]):
        heard[name].add(f"participant:{own}")
    return {name: frozenset(people) for name, people in heard.items()}
