"""Plain text and Markdown: speakers' marks at the heads of lines, or notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from empathy_insights.readers.decoding import decode
from empathy_insights.readers.dialog import find_turns, special_lines, text_lines
from empathy_insights.readers.heads import facts_of_people, head_end, head_facts
from empathy_insights.readers.labels import label_key
from empathy_insights.readers.model import Remark, Source, Transcript, Turn
from empathy_insights.readers.notes import NO_SPEAKER, find_passages


@dataclass(frozen=True)
class Stress:
    """Hold the lines that a word processor sets apart.

    Parameters
    ----------
    headings
        Numbers of lines that it calls headings.
    bold
        Numbers of lines that are bold throughout.
    runs
        Line of a paragraph -> how many code points at its head are bold, before others
        that are not.
    """

    headings: frozenset[int] = frozenset()
    bold: frozenset[int] = frozenset()
    runs: Mapping[int, int] = field(default_factory=dict)


_PLAIN = Stress()


def read_plain(source: Source) -> Transcript:
    """Read a .txt or .md file."""
    text, remarks = decode(source)
    return from_text(source, text, remarks)


def from_text(
    source: Source,
    text: str,
    remarks: tuple[Remark, ...] = (),
    *,
    stress: Stress = _PLAIN,
    by_line: bool = False,
) -> Transcript:
    """Find turns in running text, or passages when nobody is named in it.

    Parameters
    ----------
    source
        The file.
    text
        What is written in it.
    remarks
        What could not be placed before.
    stress
        What the format itself sets apart.
    by_line
        Whether each line is a paragraph.
    """
    special = special_lines(text, stress.headings, stress.bold)
    facts, head = head_facts(text), head_end(text)
    listed = facts_of_people(facts)
    turns, more = find_turns(text, special, source.names | listed.keys(), stress.runs)
    kind, people = "interview", _people(turns, listed)
    if not turns:
        turns = find_passages(text_lines(text, special), by_line=by_line)
        kind, more = "notes", (NO_SPEAKER,)
    return Transcript(
        source.path,
        kind,
        text,
        turns,
        remarks + more,
        people=people,
        facts=facts,
        head=head,
    )


def _people(
    turns: tuple[Turn, ...], listed: Mapping[str, Mapping[str, str]]
) -> dict[str, Mapping[str, str]]:
    """Return what the head of the file says about those who speak in it."""
    labels = dict.fromkeys(turn.speaker for turn in turns if turn.speaker)
    return {
        label: listed[label_key(label)]
        for label in labels
        if listed.get(label_key(label))
    }
