"""Plain text and Markdown: speakers' marks at the heads of lines, or notes."""

from __future__ import annotations

from empathy_insights.readers.decoding import decode
from empathy_insights.readers.dialog import find_turns, text_lines
from empathy_insights.readers.model import Remark, Source, Transcript
from empathy_insights.readers.notes import NO_SPEAKER, find_passages


def read_plain(source: Source) -> Transcript:
    """Read a .txt or .md file."""
    text, remarks = decode(source)
    return from_text(source, text, remarks)


def from_text(
    source: Source,
    text: str,
    remarks: tuple[Remark, ...] = (),
    *,
    headings: frozenset[int] = frozenset(),
    by_line: bool = False,
) -> Transcript:
    """Find turns in running text, or passages when nobody is named in it."""
    lines = text_lines(text, headings)
    turns, more = find_turns(lines, source.names)
    if turns:
        return Transcript(source.path, "interview", text, turns, remarks + more)
    passages = find_passages(lines, by_line=by_line)
    return Transcript(source.path, "notes", text, passages, (*remarks, NO_SPEAKER))
