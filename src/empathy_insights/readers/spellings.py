"""One person, one label: spellings that differ in case, times or roles are merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from empathy_insights.readers.labels import label_key
from empathy_insights.readers.model import Remark, Transcript
from empathy_insights.readers.roles import role_from_label


def merge_spellings(transcript: Transcript) -> Transcript:
    """Give each person the label used most, and say which labels were merged."""
    said = Counter(turn.speaker for turn in transcript.turns if turn.speaker)
    labels: dict[str, list[str]] = {}
    for label in said:
        labels.setdefault(label_key(label), []).append(label)
    several = {key: found for key, found in labels.items() if len(found) > 1}
    if transcript.kind == "survey" or not several:
        return transcript
    one = {
        label: max(found, key=lambda label: said[label])
        for found in several.values()
        for label in found
    }
    turns = tuple(
        replace(turn, speaker=one.get(turn.speaker or "", turn.speaker))
        for turn in transcript.turns
    )
    return replace(
        transcript,
        turns=turns,
        people=_roles(transcript, one),
        remarks=(*transcript.remarks, *_merged(transcript, several)),
    )


def _roles(
    transcript: Transcript, one: Mapping[str, str]
) -> dict[str, Mapping[str, str]]:
    """Keep the role that only some spelling of a label tells."""
    people = dict(transcript.people)
    for label, kept in one.items():
        facts = transcript.people.get(label, {})
        role = role_from_label(label)
        told = {"role": role} if role else {}
        if facts or told:
            people[kept] = told | dict(facts) | dict(people.get(kept, {}))
    return people


def _merged(
    transcript: Transcript, several: Mapping[str, list[str]]
) -> Iterator[Remark]:
    first: dict[str, int | None] = {}
    for turn in transcript.turns:
        first.setdefault(turn.speaker or "", turn.line)
    for found in several.values():
        yield Remark(
            f"a speaker is written in {len(found)} ways and was taken for one person",
            "if they are different people, give them different names in the file",
            first[found[1]],
        )
