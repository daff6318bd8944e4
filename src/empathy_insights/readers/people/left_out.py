"""Listed people who did not consent: their words are taken out before anything is made of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from empathy_insights.corpus import how_many
from empathy_insights.errors import TranscriptError
from empathy_insights.readers.people.participants import Row
from empathy_insights.readers.people.roster import Roster
from empathy_insights.readers.people.who_is_who import Voices
from empathy_insights.readers.transcript import Transcript
from empathy_insights.roles import is_nobody

_REFUSED = (
    "who did not consent",
    "if that is wrong, correct what the list says of their consent",
)
_UNCLEAR = (
    "since what the list says of their consent is neither yes nor no",
    "write yes or no there; where nothing stands, people are read",
)


def without_refusing(
    voices: Sequence[Voices], roster: Roster
) -> tuple[list[Voices], list[Row]]:
    """Take out what people say of whom the list has no clear yes, and say of how many.

    A file in which nobody else is heard goes as a whole.

    Raises
    ------
    TranscriptError
        Nothing is left.
    """
    kept: list[Voices] = []
    rows: list[Row] = []
    found: set[str] = set()
    for one in voices:
        out = {
            label: match.person.participant_id
            for label, match in one.matches.items()
            if match.person and match.person.participant_id in roster.left_out
        }
        found |= {*out.values()}
        if not out:
            kept.append(one)
        elif _is_anybody_left(one, out):
            kept.append(_without(one, out))
        else:
            rows.append(
                {
                    "path": one.document.path,
                    "problem": "left out, since whoever is heard in it did not consent"
                    + ", or not clearly so" * bool({*out.values()} & roster.unclear),
                    "advice": "if that is wrong, correct what the list says of their consent",
                }
            )
    if voices and not kept:
        raise TranscriptError(
            f"by {roster.called} nobody in these files consents to the use of their words"
            f"{', or not clearly so' if roster.unclear else ''}; if that is wrong, correct "
            "what it says of their consent"
        )
    rows += _told_of_lost(roster.refusing - found, roster)
    rows += _told(len(roster.refusing & found), roster, _REFUSED)
    rows += _told(len(roster.unclear & found), roster, _UNCLEAR)
    for head in roster.not_understood:
        rows.append(
            {
                "path": roster.called,
                "problem": f"what stands under '{head}' is mostly neither yes nor no: nobody "
                "is left out by it, but who says a clear no",
                "advice": "if it says who consents, write yes or no there",
            }
        )
    return kept, rows


def _told(n: int, roster: Roster, said: tuple[str, str]) -> list[Row]:
    """Say how many were left out, and not who: that would be a list of who refused."""
    if not n:
        return []
    problem, advice = said
    left_out = f"{how_many(n, 'person', 'people')} left out"
    return [
        {"path": roster.called, "problem": f"{left_out} {problem}", "advice": advice}
    ]


def _told_of_lost(people: Collection[str], roster: Roster) -> list[Row]:
    """Say of how many who refused nothing was found, since they may be read unnoticed."""
    if not people:
        return []
    who = (
        "1 person who said no was"
        if len(people) == 1
        else (f"{len(people)} people who said no were")
    )
    return [
        {
            "path": roster.called,
            "problem": f"{who} found in no document, so nothing was left out by it",
            "advice": "if they are in one, write their names or ids in both the same",
        }
    ]


def _is_anybody_left(voices: Voices, out: Collection[str]) -> bool:
    transcript = voices.document.transcript
    return "" not in out and any(
        not turn.is_prompt
        and turn.speaker not in out
        and turn.speaker not in transcript.facilitators
        and not (turn.speaker and is_nobody(turn.speaker))
        for turn in transcript.turns
    )


def _without(voices: Voices, out: Collection[str]) -> Voices:
    """Blank what some say, so that all places stay."""
    document = voices.document
    matches = {k: match for k, match in voices.matches.items() if k not in out}
    transcript = _blanked(document.transcript, out)
    return Voices(replace(document, transcript=transcript), matches)


def _blanked(transcript: Transcript, out: Collection[str]) -> Transcript:
    parts: list[str] = []
    at = 0
    for turn in transcript.turns:
        if turn.speaker in out:
            parts += transcript.text[at : turn.start], " " * (turn.end - turn.start)
            at = turn.end
    return replace(
        transcript,
        text="".join((*parts, transcript.text[at:])),
        turns=tuple(turn for turn in transcript.turns if turn.speaker not in out),
        people={k: told for k, told in transcript.people.items() if k not in out},
    )
