"""Who asks, who answers and who is nobody, over all documents of a study at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from empathy_insights.labels import is_generic, is_unknown, label_key
from empathy_insights.readers.people.clues import with_facts
from empathy_insights.readers.people.facilitators import (
    ASKING,
    LABELLED,
    LISTED,
    answering,
    find_facilitators,
    mostly_asks,
    plainly_asking,
)
from empathy_insights.readers.people.full_names import (
    Called,
    Fit,
    FullName,
    called,
    fit,
)
from empathy_insights.readers.people.matching import (
    NO_MATCH,
    Matcher,
    Scene,
    VoiceMatch,
    matcher_of,
    scene_of,
    voices_in,
    without_rivals,
)
from empathy_insights.readers.people.roster import Roster
from empathy_insights.readers.transcript import Document, Transcript, names_of, speakers
from empathy_insights.roles import is_interpreter, is_nobody, takes_notes

IN_OTHER_FILES = "asks the questions in most of their files"
_FEWEST = 2


@dataclass(frozen=True)
class Voices:
    """Hold the voices of one document.

    Parameters
    ----------
    document
        With its facilitators.
    matches
        Label -> who that is; the label is empty for notes about one person.
    """

    document: Document
    matches: Mapping[str, VoiceMatch]


@dataclass(frozen=True, slots=True)
class _Asker:
    """Hold a voice that might be an interviewer's, in one of its documents."""

    at: int
    label: str
    said: Called


def who_is_who(
    documents: Sequence[Document],
    roster: Roster,
    *,
    named: frozenset[str] = frozenset(),
) -> list[Voices]:
    """Find the facilitators of all documents, and who everybody else is.

    Parameters
    ----------
    documents
        As read, without facilitators.
    roster
        The participants table.
    named
        Keys of labels that the user says are facilitators.
    """
    matcher = matcher_of(roster)
    scenes = [
        scene_of(d.document_id, names_of(d), d.path, d.transcript) for d in documents
    ]
    matches = [_by_name(matcher, scene) for scene in scenes]
    asking = [
        _facilitators(document.transcript, found, named)
        for document, found in zip(documents, matches, strict=True)
    ]
    asking = _across(documents, matches, asking)
    return [
        Voices(
            replace(d, transcript=replace(d.transcript, facilitators=asks)),
            _listed_askers(found) | _alone(matcher, scene, found, asks),
        )
        for d, scene, found, asks in zip(
            documents, scenes, matches, asking, strict=True
        )
    ]


def _listed_askers(matches: Mapping[str, VoiceMatch]) -> dict[str, VoiceMatch]:
    """Return whom the table lists as facilitators: nobody hears them, and they are there."""
    return {k: m for k, m in matches.items() if m.person and m.person.facilitates}


def _by_name(matcher: Matcher, scene: Scene) -> dict[str, VoiceMatch]:
    is_survey = scene.transcript.kind == "survey"
    found = {
        label: matcher.by_name(_of_respondent(scene, label), label)
        for label in voices_in(scene.transcript)
        if is_survey or not is_nobody(label)
    }
    return without_rivals(found, scene.transcript)


def _of_respondent(scene: Scene, label: str) -> Scene:
    """Add the school that a respondent named to what the file tells."""
    told = scene.transcript.people.get(label)
    if scene.transcript.kind != "survey" or not told:
        return scene
    return replace(scene, clues=with_facts(scene.clues, told))


def _facilitators(
    transcript: Transcript, matches: Mapping[str, VoiceMatch], named: frozenset[str]
) -> Mapping[str, str]:
    """Return the facilitators of one document, with what the table says of its voices."""
    if transcript.kind == "survey":
        return transcript.facilitators
    listed = {
        label for label, m in matches.items() if m.person and m.person.facilitates
    }
    taking = {label for label, m in matches.items() if m.person and m.person.takes_part}
    headed = transcript.facts.get("facilitators", "").split("\n")
    noting = {
        label: LABELLED
        for label in speakers(transcript)
        if takes_notes(label) and label not in taking
    }
    aside = [x for x in speakers(transcript) if x in noting or is_interpreter(x)]
    asking = find_facilitators(
        transcript.text,
        [turn for turn in transcript.turns if turn.speaker not in aside],
        named=named,
        listed=frozenset(map(label_key, listed)),
        headed=frozenset(map(label_key, filter(None, headed))),
        participants=frozenset(map(label_key, taking)),
    )
    if transcript.kind == "notes":  # whose words are questions has not led a talk
        asking = {label: why for label, why in asking.items() if why != ASKING}
    noted = {label: LISTED if label in listed else why for label, why in noting.items()}
    return noted | asking


def _across(
    documents: Sequence[Document],
    matches: Sequence[Mapping[str, VoiceMatch]],
    asking: Sequence[Mapping[str, str]],
) -> list[Mapping[str, str]]:
    """Let whoever asks in most of their files be the facilitator in all of them.

    Whoever asks in some is, beside these, where they mostly ask and nobody else leads.
    """
    askers = [
        _Asker(at, label, called(label))
        for at, document in enumerate(documents)
        if document.transcript.kind != "survey"
        for label in speakers(document.transcript)
        if _may_ask(label, matches[at].get(label, NO_MATCH))
    ]
    more: dict[int, dict[str, str]] = {}
    for group in _same_people(askers):
        n_asks = sum(one.label in asking[one.at] for one in group)
        files = {one.at for one in group}
        if len(files) >= _FEWEST and n_asks * 2 > len(files):
            for one in group:
                more.setdefault(one.at, {})[one.label] = IN_OTHER_FILES
        elif n_asks:
            for one in group:
                if not asking[one.at] and _mostly_asks(documents[one.at], one.label):
                    more.setdefault(one.at, {})[one.label] = IN_OTHER_FILES
    return [
        _joined(document.transcript, asks, more.get(at, {}))
        for at, (document, asks) in enumerate(zip(documents, asking, strict=True))
    ]


def _mostly_asks(document: Document, label: str) -> bool:
    transcript = document.transcript
    return mostly_asks(transcript.text, transcript.turns, label)


def _may_ask(label: str, match: VoiceMatch) -> bool:
    if match.person is not None:
        return match.person.facilitates
    return not is_generic(label) and not is_unknown(label)


def _same_people(askers: Sequence[_Asker]) -> list[list[_Asker]]:
    """Put `Dana`, `Dana W.` and `Dana Whitfield` together, where only one Dana is."""
    whole = {one.said.parts for one in askers if len(one.said.parts) > 1}
    whole = {p for p in whole if len(p[-1]) > 1}
    names = {parts: FullName(parts[0], parts[1:]) for parts in sorted(whole)}
    groups: dict[tuple[str, ...], list[_Asker]] = {}
    for one in askers:
        parts = one.said.parts
        if parts not in names:
            like = [p for p, n in names.items() if fit(one.said, n) >= Fit.INITIALS]
            parts = like[0] if len(like) == 1 else parts
        groups.setdefault(parts, []).append(one)
    return list(groups.values())


def _joined(
    transcript: Transcript, asks: Mapping[str, str], more: Mapping[str, str]
) -> Mapping[str, str]:
    """Add who asks elsewhere; a voice that only seemed to ask here is heard again.

    Beside a voice that plainly asks, who only answers is another one of the same name,
    and who hardly speaks leads with it.
    """
    text, turns = transcript.text, transcript.turns
    plain = plainly_asking(text, turns, asks.keys() - more.keys())
    quiet = answering(text, turns, more) if plain else {}
    leads = plain if quiet.keys() == more.keys() else frozenset[str]()
    more = {label: why for label, why in more.items() if not quiet.get(label)}
    if not more:
        return asks
    sure = {
        label: why
        for label, why in asks.items()
        if label in more or label in leads or why != ASKING
    }
    joined = {**more, **sure}
    voices = {label for label in speakers(transcript) if not is_nobody(label)}
    leaves_nobody = voices <= joined.keys() and bool(sure.keys() - more.keys())
    return asks if leaves_nobody else joined


def _alone(
    matcher: Matcher,
    scene: Scene,
    matches: Mapping[str, VoiceMatch],
    asks: Mapping[str, str],
) -> dict[str, VoiceMatch]:
    """Use what a file tells as a whole, where one person takes part in it."""
    heard = {label: match for label, match in matches.items() if label not in asks}
    heard = {k: m for k, m in heard.items() if not (m.person and m.person.facilitates)}
    if scene.transcript.kind == "survey":
        return heard
    answering = {
        k: m for k, m in heard.items() if not (m.person and m.person.is_nobody)
    }
    keys = {label_key(label) for label in answering}
    is_of_one = scene.transcript.kind == "notes" or _is_asked(scene.transcript)
    if is_of_one and not keys:
        about = matcher.by_document(scene, "", NO_MATCH)
        return {"": about} if about.person else heard
    if len(keys) != 1 or not (asks or len(speakers(scene.transcript)) == 1):
        return heard
    return heard | {
        label: matcher.by_document(scene, label, match)
        for label, match in answering.items()
    }


def _is_asked(transcript: Transcript) -> bool:
    """Return whether answers stand below questions in a talk without a voice by name."""
    asked = any(turn.is_prompt for turn in transcript.turns)
    return asked and not speakers(transcript)
