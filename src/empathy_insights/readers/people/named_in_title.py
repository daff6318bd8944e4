"""Interviews whose title or file name holds the full name of somebody in a survey."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from empathy_insights.labels import is_full_name, is_generic
from empathy_insights.readers.people.clues import clues_of
from empathy_insights.readers.people.full_names import (
    Fit,
    FullName,
    called,
    full_name,
    named_in,
)
from empathy_insights.readers.people.unlisted import SHEET_ADVICE

if TYPE_CHECKING:
    from empathy_insights.readers.people.participants import Row, Voice


def told_of_titles(
    found: Sequence[Voice], ids: Mapping[tuple[str, str], str]
) -> Iterator[Row]:
    """Say which interviews seem to be of somebody who answered a survey under a full name.

    Only where one is heard, by a first name or none, and the title, the head or the name of the file
    has that name in full.

    Parameters
    ----------
    found
        Everybody who is heard.
    ids
        (document_id, label) -> participant_id.
    """
    surveyed: dict[str, list[tuple[FullName, Voice]]] = defaultdict(list)
    talks: dict[str, list[Voice]] = defaultdict(list)
    for voice in found:
        if voice.document.transcript.kind != "survey":
            talks[voice.document.path].append(voice)
        elif voice.person is None and is_full_name(voice.label):
            name = full_name(voice.label)
            surveyed[name.given].append((name, voice))
    for path, voices in sorted(talks.items()):
        first, *others = voices
        if others or first.person is not None:
            continue
        own = ids[first.document.document_id, first.label]
        same = [
            voice
            for voice in _named_in(first, surveyed)
            if ids[voice.document.document_id, voice.label] != own
        ]
        if same:
            yield {
                "path": path,
                "problem": "its title or name holds the full name of somebody who answered "
                f"{same[0].document.path}, and whoever is heard in it counts as another person",
                "advice": f"if they are the same, {SHEET_ADVICE}",
            }


def _named_in(
    heard: Voice, surveyed: Mapping[str, Sequence[tuple[FullName, Voice]]]
) -> Iterator[Voice]:
    """Yield whose full name stands above a talk, of whom its label may be the first name."""
    parts = called(heard.label).parts
    is_open = not parts or is_generic(heard.label)
    if not is_open and len(parts) > 1:
        return
    clues = clues_of(heard.document.path, heard.document.transcript)
    lines = (clues.stem, clues.folder, *clues.head)
    for given in sorted(clues.words) if is_open else parts:
        for name, voice in surveyed.get(given, ()):
            if any(named_in(words, name) == Fit.FULL for words in lines):
                yield voice
