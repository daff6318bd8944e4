"""What every reader returns: a text, the turns in it, and what could not be placed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from empathy_insights.files.text_files import Remark as Remark  # noqa: PLC0414 - part of the model
from empathy_insights.files.text_files import Source as Source  # noqa: PLC0414 - part of the model


@dataclass(frozen=True, slots=True)
class Turn:
    """Point to what one voice says without a break.

    Parameters
    ----------
    speaker
        The label in the file, or None where the file marks no speaker.
    start, end
        Code points into the text of the transcript.
    line
        Line of the file, from 1; the row of a table, the paragraph of a document.
    start_s, end_s
        Seconds, None where the file has no times.
    question_id
        The question that is asked or answered, in a survey.
    is_prompt
        Whether this is context that nobody said, such as the question of a survey.
    """

    speaker: str | None
    start: int
    end: int
    line: int | None = None
    start_s: float | None = None
    end_s: float | None = None
    question_id: str | None = None
    is_prompt: bool = False


@dataclass(frozen=True)
class Transcript:
    """Hold one file as read.

    Parameters
    ----------
    path
        The file.
    kind
        interview, focus_group, notes or survey.
    text
        The plain text that all offsets index.
    turns
        Who says what, in the order of the text; turns do not overlap.
    remarks
        What could not be placed.
    facilitators
        Label of a speaker -> why they are taken for a facilitator.
    people
        Label of a respondent -> what a survey says about them.
    sha256
        Fingerprint of the bytes of the file.
    format
        What the file is, whatever its suffix.
    facts
        What the file says about itself at its head: date, kind, language, …
    head
        Where that head ends, in code points.
    ids
        The head under which a table tells its people apart by an id, empty without one.

    Examples
    --------
    >>> transcript = Transcript(Path("a.txt"), "interview", "Maria: Yes.",
    ...                         (Turn("Maria", 7, 11),))
    >>> words(transcript, transcript.turns[0])
    'Yes.'
    """

    path: Path
    kind: str
    text: str
    turns: tuple[Turn, ...]
    remarks: tuple[Remark, ...] = ()
    facilitators: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sha256: str = ""
    format: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    head: int = 0
    ids: str = ""


def words(transcript: Transcript, turn: Turn) -> str:
    """Return what is said in a turn."""
    return transcript.text[turn.start : turn.end]


def speakers(transcript: Transcript) -> tuple[str, ...]:
    """Return the labels of the speakers, by first appearance."""
    return tuple(dict.fromkeys(t.speaker for t in transcript.turns if t.speaker))


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold the words of one turn of a file that has no running text of its own.

    Parameters
    ----------
    outside
        Why these words are in no turn; empty when they are one.
    """

    words: str
    speaker: str | None = None
    line: int | None = None
    start_s: float | None = None
    end_s: float | None = None
    question_id: str | None = None
    is_prompt: bool = False
    outside: str = ""


def compose(
    pieces: Iterable[Piece],
) -> tuple[str, tuple[Turn, ...], tuple[Remark, ...]]:
    """Write pieces as a readable transcript and note where each one stands."""
    parts: list[str] = []
    turns: list[Turn] = []
    remarks: list[Remark] = []
    at = 0
    for piece in pieces:
        said = piece.words.strip()
        if not said:
            continue
        mark = f"{piece.speaker}: " if piece.speaker and not piece.outside else ""
        start = at + len(mark)
        end = start + len(said)
        if piece.outside:
            remarks.append(outside(piece.outside, piece.line, start, end))
        else:
            turns.append(_turn(piece, start, end))
        parts += (mark, said, "\n")
        at = end + 1
    return "".join(parts), tuple(turns), tuple(remarks)


def outside(what: str, line: int | None, start: int, end: int) -> Remark:
    """Say that words stand in no turn, so nobody is heard saying them."""
    return Remark(
        f"{what} not part of any turn",
        "put a speaker's name in front if somebody says these words",
        line,
        start,
        end,
    )


def _turn(piece: Piece, start: int, end: int) -> Turn:
    return Turn(
        piece.speaker,
        start,
        end,
        piece.line,
        piece.start_s,
        piece.end_s,
        piece.question_id,
        piece.is_prompt,
    )


@dataclass(frozen=True)
class Document:
    """Hold a transcript under the id and path that the corpus knows it by."""

    document_id: str
    path: str
    transcript: Transcript


OF_ONE_FILE = "in this file"
"""What `Transcript.ids` is of the rounds of one survey: its labels are the same people's."""


def names_of(document: Document) -> frozenset[str]:
    """Return all that a participants table may call a document, or the whole of a round."""
    file = PurePosixPath(document.path)
    is_round = document.transcript.ids == OF_ONE_FILE and file.parent.name
    names = {document.document_id, document.path}
    for one in (file, file.parent) if is_round else (file,):
        names |= {str(one), one.name, one.stem, str(one.with_suffix(""))}
    return frozenset(name.casefold() for name in names)
