"""Files and folders to a corpus: what is read, what is set aside and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from empathy_insights.corpus import Corpus, slug
from empathy_insights.errors import TranscriptError
from empathy_insights.readers.assemble import assemble, name_documents
from empathy_insights.readers.facilitators import find_facilitators
from empathy_insights.readers.labels import label_key
from empathy_insights.readers.model import Transcript
from empathy_insights.readers.people import Row, names_of
from empathy_insights.readers.registry import is_readable, read_file, suffixes
from empathy_insights.readers.roster import (
    Roster,
    facilitators_in,
    participants_in,
    read_roster,
)

PARTICIPANTS_FILE = "participants.csv"

_ABOUT = ("readme", "license", "licence", "manifest")
_HAND_CODES = frozenset({"segment_id", "theme"})
_HEAD = 4096


@dataclass(frozen=True)
class _Known:
    """Hold what the user has told us about people."""

    roster: Roster
    facilitators: frozenset[str]


def read_transcript(
    path: str | Path, *, facilitators: Sequence[str] = ()
) -> Transcript:
    r"""Read one file and find out who facilitates.

    Parameters
    ----------
    path
        A file of a kind that `read_corpus` reads.
    facilitators
        Names or labels of facilitators, as in the file.

    Raises
    ------
    TranscriptError
        The file is absent, empty, broken or of a kind that is not read.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "ana.txt")
    >>> _ = file.write_text("Interviewer: What helps?\nAna: My friends.")
    >>> [(turn.speaker, turn.line) for turn in read_transcript(file).turns]
    [('Interviewer', 1), ('Ana', 2)]
    """
    file = Path(path)
    _check_exists(file)
    if file.is_dir():
        raise TranscriptError("this is a folder; use read_corpus", path=file)
    return _read(file, file.name, _Known(Roster(), _keys(facilitators)))


def read_corpus(
    path: str | Path,
    *,
    participants: str | Path | pd.DataFrame | None = None,
    facilitators: Sequence[str] = (),
) -> Corpus:
    r"""Read a file or a folder of transcripts, notes and surveys.

    Parameters
    ----------
    path
        A file, or a folder that is searched through all its folders.
    participants
        A table with a row a person: `participant_id`, `name` as in the transcripts,
        `role`, and where wanted `document`, `priority_group` and any group column.
        A folder's own `participants.csv` is used when this is None.
    facilitators
        Names or labels of facilitators, as in the files.

    Returns
    -------
    Corpus
        Its `problems` list what was not read, set aside or in doubt; its utterances
        have a column `facilitator_why` beside those of every corpus.

    Raises
    ------
    TranscriptError
        Nothing could be read.
    TableError
        The participants table cannot be used.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "ana.txt")
    >>> _ = file.write_text("Interviewer: What helps?\nAna: My friends.")
    >>> read_corpus(file).utterances[["speaker", "participant_id", "text"]]
           speaker participant_id         text
    0  Interviewer            NaN  What helps?
    1          Ana        ana:p01  My friends.
    """
    root = Path(path)
    _check_exists(root)
    own = root / PARTICIPANTS_FILE
    if participants is None and root.is_dir() and own.is_file():
        participants = own
    roster = Roster() if participants is None else read_roster(participants)
    known = _Known(roster, _keys(facilitators))
    if root.is_file():
        document = (root.name, _read(root, root.name, known))
        return assemble(name_documents([document]), roster)
    given = None if isinstance(participants, pd.DataFrame) else participants
    return _read_folder(root, known, given)


def _read_folder(root: Path, known: _Known, given: str | Path | None) -> Corpus:
    read: list[tuple[str, Transcript]] = []
    problems: list[Row] = []
    failed: list[Row] = []
    for file in _files(root):
        name = file.relative_to(root).as_posix()
        if given is not None and file.resolve() == Path(given).resolve():
            continue
        aside = _set_aside(file)
        if aside:
            problems.append(_row(name, aside))
            continue
        try:
            read.append((name, _read(file, name, known)))
        except TranscriptError as error:
            failed.append(_row(name, error.message, error.line))
    if not read:
        raise _nothing(root, failed)
    return assemble(name_documents(read), known.roster, [*problems, *failed])


def _read(file: Path, name: str, known: _Known) -> Transcript:
    names = known.facilitators | known.roster.by_key.keys()
    transcript = read_file(file, names=names)
    called = names_of(slug(str(Path(name).with_suffix("").as_posix())), name)
    facilitators = (
        {}
        if transcript.kind == "survey"
        else find_facilitators(
            transcript.text,
            transcript.turns,
            named=known.facilitators,
            listed=facilitators_in(known.roster, called),
            participants=participants_in(known.roster, called),
        )
    )
    return replace(transcript, facilitators=facilitators)


def _keys(names: Sequence[str]) -> frozenset[str]:
    return frozenset(map(label_key, [names] if isinstance(names, str) else names))


def _check_exists(path: Path) -> None:
    if not path.exists():
        raise TranscriptError(
            f"there is no file or folder {str(path)!r}; check the path"
        )


def _files(root: Path) -> Iterator[Path]:
    """Yield the files of a folder, in an order that does not depend on the disk."""
    inside = [path for path in root.rglob("*") if path.is_file()]
    shown = [p for p in inside if not _is_hidden(p.relative_to(root).parts[:-1])]
    yield from sorted(shown, key=lambda path: path.relative_to(root).as_posix())


def _is_hidden(parts: Collection[str]) -> bool:
    return any(part.startswith((".", "__")) for part in parts)


def _set_aside(file: Path) -> str:
    """Say why a file is not a transcript, or nothing."""
    name = file.name.casefold()
    if name.startswith((".", "~$")):
        return "set aside as a hidden file; rename it if it is a transcript"
    if file.stem.casefold().startswith(_ABOUT):
        return "set aside as a note about the folder; rename it if it is a transcript"
    if name == "roster.csv":
        return "set aside as the list of names to hide; it is used for deidentifying"
    if name == PARTICIPANTS_FILE:
        return "set aside as a table of participants; pass it as participants to use it"
    if name in ("study.yaml", "study.yml"):
        return "set aside as the settings of the study; pass it to analyze to use it"
    if file.suffix.casefold() == ".csv" and _holds_codes(file):
        return "set aside as codes by hand; read it with read_codings"
    return ""


def _holds_codes(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError:
        return False
    line = head.decode("utf-8-sig", errors="replace").split("\n")[0]
    cells = {
        cell.strip(' "\r').casefold() for cell in line.replace(";", ",").split(",")
    }
    return cells >= _HAND_CODES


def _row(path: str, message: str, line: int | None = None) -> Row:
    problem, _, advice = message.partition("; ")
    return {
        "path": path,
        "line": line,
        "problem": problem,
        "advice": advice or "export it again or leave it out",
    }


def _nothing(root: Path, failed: Sequence[Row]) -> TranscriptError:
    tried = [row for row in failed if is_readable(Path(str(row["path"])))]
    if not tried:
        return TranscriptError(
            f"the folder holds no file that can be read; {suffixes()} are read",
            path=root,
        )
    first = tried[0]
    return TranscriptError(
        f"none of the {len(tried)} files could be read; the first, {first['path']}: "
        f"{first['problem']}; {first['advice']}",
        path=root,
    )
