"""Participants, counted once each: their ids, what is known of them, and who is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from empathy_insights.labels import (
    is_full_name,
    is_generic,
    is_of_several,
    label_key,
    words_in,
)
from empathy_insights.readers.people.calls import calls_of, in_calls, told_of_calls
from empathy_insights.readers.people.clues import is_of_a_class, role_told
from empathy_insights.readers.people.full_names import called, is_adult_title
from empathy_insights.readers.people.id_forms import id_key
from empathy_insights.readers.people.interpreted import (
    spoken_through,
    told_of_interpreted,
)
from empathy_insights.readers.people.matching import NO_MATCH, VoiceMatch
from empathy_insights.readers.people.named_in_title import told_of_titles
from empathy_insights.readers.people.one_spelling import (
    told_of_spellings,
    with_one_spelling,
)
from empathy_insights.readers.people.parts import (
    called_alike,
    heard_again,
    talks_of,
    told_of_again,
    translations_of,
)
from empathy_insights.readers.people.roster import (
    Person,
    Roster,
    told_of_list,
)
from empathy_insights.readers.people.said_roles import roles_said
from empathy_insights.readers.people.same_ids import same_ids, told_of_same_ids
from empathy_insights.readers.people.unlisted import (
    told_of_uncertain,
    told_of_unheard,
    told_of_unlisted,
)
from empathy_insights.readers.people.who_is_who import Voices
from empathy_insights.readers.transcript import Document, names_of, speakers
from empathy_insights.roles import (
    is_interpreter,
    is_nobody,
    role_from_label,
    role_in,
)

Row = dict[str, object]

# Titles of those who come to parents, and are none of them.
_OFFICES = words_in(
    "dr principal coach counselor counsellor dean superintendent director"
)


@dataclass(frozen=True)
class Cast:
    """Hold who speaks in a corpus.

    Parameters
    ----------
    ids
        (document_id, label) -> participant_id; the label is empty for notes about one
        person.
    participants
        Rows of the participants table.
    problems
        Rows of the problems table.
    through
        (document_id, place of a turn) -> participant_id of whose words an interpreter says;
        empty for what is passed on.
    """

    ids: Mapping[tuple[str, str], str]
    participants: tuple[Row, ...]
    problems: tuple[Row, ...]
    through: Mapping[tuple[str, int], str]


@dataclass(frozen=True, slots=True)
class Voice:
    """Hold a label of a document, who it is, its place by first appearance, and its role.

    The role is what the talk itself says, empty where it says none or several.
    """

    document: Document
    label: str
    ordinal: int
    match: VoiceMatch
    said: str = ""

    @property
    def person(self) -> Person | None:
        """Return who it is, None where that is not certain."""
        return self.match.person


def find_people(voices: Sequence[Voices], roster: Roster) -> Cast:
    """Give everybody an id: that of the participants table, else one by the document."""
    found = [voice for one in voices for voice in _heard(one)]
    talking = {v.document.path for v in found if v.document.transcript.kind != "survey"}
    talks, translations = talks_of(talking), translations_of(talking)
    again = heard_again(_alone(found, roster))
    documents = [one.document for one in voices]
    known = same_ids(documents)
    ids = _ids(found, talks, translations, again, known)
    calls = calls_of(
        {d.path: d.transcript for d in documents if d.transcript.kind != "survey"}
    )
    joined = dict(in_calls(calls, _ids_by_path(found, ids)))
    ids |= {
        (voice.document.document_id, voice.label): joined[
            voice.document.path, voice.label
        ]
        for voice in found
        if voice.person is None and (voice.document.path, voice.label) in joined
    }
    rows = _participants(found, ids, roster)
    through = dict(chain.from_iterable(_through(one, ids) for one in voices))
    problems = [
        *told_of_unlisted(found, roster),
        *told_of_uncertain(found, roster),
        *told_of_unheard(found, roster),
        *told_of_list(roster),
        *_in_parts(found, ids, translations | talks),
        *told_of_again(again),
        *told_of_calls(calls, joined),
        *called_alike(_unlisted_ids(found, ids)),
        *told_of_same_ids(documents, known, ids),
        *told_of_titles(found, ids),
        *told_of_interpreted(documents, through),
        *told_of_spellings(rows, _paths_of_heads(found, roster)),
    ]
    return Cast(ids, tuple(with_one_spelling(rows)), tuple(problems), through)


def _paths_of_heads(found: Sequence[Voice], roster: Roster) -> dict[str, str]:
    """Return what describes people -> the list or the first file in which it stands."""
    paths = dict.fromkeys(roster.heads, roster.called)
    for voice in found:
        for head in voice.document.transcript.people.get(voice.label, {}):
            paths.setdefault(head, voice.document.path)
    return paths


def _heard(voices: Voices) -> Iterator[Voice]:
    """Yield the labels that are people, with their ordinals by first appearance.

    Where whoever asks hears an interpreter only, that is somebody's voice, too.
    """
    transcript = voices.document.transcript
    ordinals: dict[str, int] = {}
    heard = [*speakers(transcript), *transcript.people]
    if transcript.kind == "survey":  # by their rows, not by who answers first
        heard = [*transcript.people, *heard]
    labels = dict.fromkeys(heard)
    said = roles_said(transcript)
    keys = frozenset(map(label_key, labels))
    if "" in voices.matches:
        labels = {"": None}
    taking = [label for label in labels if _takes_part(voices, label)]
    own = [
        label
        for label in taking
        if not label or transcript.kind == "survey" or not _is_nobodys(label, keys)
    ]
    if not own and transcript.facilitators:
        own = [label for label in taking if is_interpreter(label)]
    for label in own:
        match = voices.matches.get(label, NO_MATCH)
        ordinal = ordinals.setdefault(label_key(label), len(ordinals) + 1)
        yield Voice(voices.document, label, ordinal, match, said.get(label, ""))


def _takes_part(voices: Voices, label: str) -> bool:
    person = voices.matches.get(label, NO_MATCH).person
    asks = label in voices.document.transcript.facilitators
    return not asks and (person is None or person.takes_part)


def _through(
    voices: Voices, ids: Mapping[tuple[str, str], str]
) -> Iterator[tuple[tuple[str, int], str]]:
    """Yield the turns in which interpreters say the words of somebody who is heard."""
    transcript, name = voices.document.transcript, voices.document.document_id
    labels = speakers(transcript)
    speaking = [x for x in labels if (name, x) not in ids and _interprets(voices, x)]
    heard = [label for label in labels if (name, label) in ids]
    for place, label in spoken_through(transcript, speaking, heard).items():
        yield (name, place), ids.get((name, label), "")


def _interprets(voices: Voices, label: str) -> bool:
    """Return whether a label, or what the list says of it, is an interpreter's."""
    person = voices.matches.get(label, NO_MATCH).person
    return is_interpreter(person.role_said if person else label)


def _is_nobodys(label: str, keys: Collection[str]) -> bool:
    return is_nobody(label) or is_of_several(label, keys)


def _alone(found: Sequence[Voice], roster: Roster) -> dict[str, str]:
    """Return path -> label of whoever alone is heard in it, if no list tells who is in it."""
    listed = frozenset().union(*(person.documents for person in roster.people))
    heard: dict[str, dict[int, Voice]] = defaultdict(dict)
    for voice in found:
        is_told = not listed.isdisjoint(names_of(voice.document))
        if voice.document.transcript.kind != "survey" and not is_told:
            heard[voice.document.path][voice.ordinal] = voice
    alone = {path: [*some.values()] for path, some in heard.items() if len(some) == 1}
    return {path: v.label for path, [v] in alone.items() if v.person is None}


def _ids(
    found: Sequence[Voice],
    talks: Mapping[str, str],
    translations: Mapping[str, str],
    again: Mapping[str, str],
    known: Mapping[str, str],
) -> dict[tuple[str, str], str]:
    first: dict[str, str] = {}
    same: dict[tuple[str, str], str] = {}
    ids = {}
    people = {(v.document.document_id, v.ordinal) for v in found}
    alone = Counter(document for document, _ in people)
    for voice in found:
        key = label_key(voice.label)
        own = f"{voice.document.document_id}:p{voice.ordinal:02d}"
        named = voice.document.transcript.facts.get("participant", "")
        if voice.person:
            own = voice.person.participant_id
        elif named and alone[voice.document.document_id] == 1:
            own = named
        elif one := _in_several(voice, again, known):
            own = same.setdefault(one, own)
        elif is_full_name(voice.label):
            own = first.setdefault(key, own)
        elif voice.document.path in talks:
            is_one = alone[voice.document.document_id] == 1 and is_generic(voice.label)
            talk = talks[voice.document.path]
            own = same.setdefault((talk, "" if is_one else key), own)
        elif voice.document.path in translations and not is_generic(voice.label):
            own = same.setdefault((translations[voice.document.path], key), own)
        ids[voice.document.document_id, voice.label] = own
    return ids


def _in_several(
    voice: Voice, again: Mapping[str, str], known: Mapping[str, str]
) -> tuple[str, str] | None:
    """Return the first file of somebody who is heard in several, and who in it."""
    path = voice.document.path
    if path in again:
        return again[path], ""
    is_known = path in known and not is_full_name(voice.label)
    return (known[path], id_key(voice.label)) if is_known else None


def _in_parts(
    found: Sequence[Voice],
    ids: Mapping[tuple[str, str], str],
    firsts: Mapping[str, str],
) -> Iterator[Row]:
    """Say where somebody who was heard in one file goes on in another."""
    heard: dict[str, set[str]] = defaultdict(set)
    for voice in found:
        if voice.person is None:
            own = ids[voice.document.document_id, voice.label]
            heard[voice.document.path].add(own)
    for path, whole in sorted(firsts.items()):
        if whole != path and heard[path] & heard[whole]:
            yield {
                "path": path,
                "problem": f"by its name the same talk as {whole}: who is called the same "
                "counts once",
                "advice": "if they are two talks, give the files names that say so",
            }


def _ids_by_path(
    found: Sequence[Voice], ids: Mapping[tuple[str, str], str]
) -> dict[str, dict[str, str]]:
    heard: dict[str, dict[str, str]] = defaultdict(dict)
    for voice in found:
        own = ids[voice.document.document_id, voice.label]
        heard[voice.document.path][voice.label] = own
    return heard


def _unlisted_ids(
    found: Sequence[Voice], ids: Mapping[tuple[str, str], str]
) -> dict[str, dict[str, str]]:
    """Return path -> label -> id of each who is heard in a talk and in no list."""
    heard: dict[str, dict[str, str]] = defaultdict(dict)
    for voice in found:
        document = voice.document
        if voice.person is None and document.transcript.kind != "survey":
            own = ids[document.document_id, voice.label]
            heard[document.path][voice.label] = own
    return heard


def _participants(
    found: Sequence[Voice], ids: Mapping[tuple[str, str], str], roster: Roster
) -> list[Row]:
    rows: dict[str, Row] = {}
    for person in roster.people:
        if person.takes_part and person.participant_id not in roster.left_out:
            row = rows.setdefault(person.participant_id, {})
            _fill(row, {"role": person.role, **person.facts})
    for voice in found:
        row = rows.setdefault(ids[voice.document.document_id, voice.label], {})
        _fill(row, _facts(voice))
    return [
        {"participant_id": key, "role": "unknown", "priority_group": None} | row
        for key, row in rows.items()
    ]


def _fill(row: Row, facts: Mapping[str, str]) -> None:
    for name, value in facts.items():
        if value:
            row.setdefault(name, value)


def _facts(voice: Voice) -> dict[str, str]:
    facts = dict(voice.document.transcript.people.get(voice.label, {}))
    facts.pop("participant_id", None)
    said = role_in(facts.pop("role", ""))
    # In a survey of students Tia, Dean and Papa are called so.
    first = _by_file(voice) if voice.document.transcript.kind == "survey" else ""
    role = (
        said or first or role_from_label(voice.label) or _by_file(voice) or voice.said
    )
    return {"role": role, **facts}


def _by_file(voice: Voice) -> str:
    """Return the role of whoever speaks in a file, but of no `Ms. Ruiz` among students."""
    path, transcript = voice.document.path, voice.document.transcript
    title = called(voice.label).title
    told = role_told(path, transcript)
    if not told and is_of_a_class(path, transcript):
        titles = (called(label).title for label in speakers(transcript))
        told = "student" if any(map(is_adult_title, titles)) else ""
    is_other = told == "student" and is_adult_title(title)
    return "" if is_other or (told == "family" and title in _OFFICES) else told
