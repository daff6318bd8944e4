"""Files and folders to a corpus: what is read, what is set aside and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.corpus import Corpus
from empathy_insights.errors import TranscriptError
from empathy_insights.files.results import (
    beside_results,
    is_results,
    own_table,
    read_as_decisions,
    record_of,
)
from empathy_insights.labels import label_key
from empathy_insights.progress import told_on_the_way
from empathy_insights.readers.assemble import assemble, name_documents
from empathy_insights.readers.copies import (
    UNFITTING,
    check_pattern,
    facts_of_name,
    without_copies,
)
from empathy_insights.readers.dialog.heads import (
    HIDDEN,
    PARTICIPANTS_FILE,
    RESULTS,
    Facts,
    about_folders,
    why_aside,
)
from empathy_insights.readers.drafts import without_drafts
from empathy_insights.readers.machine_summaries import SUMMARY, why_a_summary
from empathy_insights.readers.named_rounds import with_rounds
from empathy_insights.readers.not_used import NOT_USED, OF_A_LINE, why_not_used
from empathy_insights.readers.people.consent_lists import with_consent_list
from empathy_insights.readers.people.participants import Row
from empathy_insights.readers.people.roster import Roster, read_roster
from empathy_insights.readers.people.who_is_who import who_is_who
from empathy_insights.readers.refused_parts import without_refused_parts
from empathy_insights.readers.registry import (
    ReadPart,
    is_readable,
    load,
    read_parts,
    read_source,
    suffixes,
)
from empathy_insights.readers.surveys.exports import without_earlier_exports
from empathy_insights.readers.transcript import Document, Transcript


@dataclass(frozen=True)
class _KnownPeople:
    """Hold what the user has told us about people."""

    roster: Roster
    facilitators: frozenset[str]
    name_pattern: str | None = None
    told: tuple[Row, ...] = ()

    @cached_property
    def names(self) -> frozenset[str]:
        """The keys of all labels that are known beforehand."""
        return frozenset(map(label_key, self.facilitators | self.roster.labels))


@public
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

    See Also
    --------
    read_corpus : A folder, with its people.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "ana.txt")
    >>> _ = file.write_text("Interviewer: What helps?\nAna: My friends.")
    >>> [(turn.speaker, turn.line) for turn in ei.read_transcript(file).turns]
    [('Interviewer', 1), ('Ana', 2)]
    """
    file = Path(path)
    check_there(file)
    if file.is_dir():
        raise TranscriptError("this is a folder; use read_corpus", path=file)
    named = _keys(facilitators)
    transcript = read_source(load(file, names=named))
    document = Document(file.stem, file.name, transcript)
    return who_is_who([document], Roster(), named=named)[0].document.transcript


@public
def read_corpus(
    path: str | Path,
    *,
    participants: str | Path | pd.DataFrame | None = None,
    facilitators: Sequence[str] = (),
    name_pattern: str | None = None,
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
    name_pattern
        What the names of files say, such as `{site}_{role}_{date}`; fields are site,
        role, date, round and participant. Front matter in a file wins over its name.

    Returns
    -------
    Corpus
        Its `reading` says what was understood of each file, its `problems` list what was
        not read, set aside or in doubt; its utterances have a column `facilitator_why`
        beside those of every corpus.

    Raises
    ------
    TranscriptError
        Nothing could be read.
    TableError
        The participants table cannot be used.
    OptionError
        The name pattern has a field that we do not know.

    See Also
    --------
    read_transcript : One file.
    people_sheet : Who was taken for whom, to correct.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "ana.txt")
    >>> _ = file.write_text("Interviewer: What helps?\nAna: My friends.")
    >>> ei.read_corpus(file).utterances[["speaker", "participant_id", "text"]]
           speaker participant_id         text
    0  Interviewer            NaN  What helps?
    1          Ana        ana:p01  My friends.
    """
    root = Path(path)
    check_there(root)
    if is_results(root) and record_of(root) is None:
        raise _only_results(root)
    own = root / PARTICIPANTS_FILE
    if participants is None and root.is_dir() and own.is_file():
        participants = own
    listed = None if participants is None else read_roster(participants)
    taken, roster, told = with_consent_list(root, listed)
    given = None if isinstance(participants, pd.DataFrame) else taken or participants
    if name_pattern is not None:
        check_pattern(name_pattern)
    known = _KnownPeople(roster, _keys(facilitators), name_pattern, tuple(told))
    # What was read is let go before the tables are checked.
    return Corpus(**_read_all(root, known, given))


def _read_all(
    root: Path, known: _KnownPeople, given: str | Path | None
) -> dict[str, pd.DataFrame]:
    parts = list(map(_held_back, _parts(root, known, given)))
    folder = root.resolve()
    within = folder.parent if root.is_file() else folder
    about = about_folders(root)
    about["."] = {"folder": within.name} | dict(about.get(".", {}))
    read = [
        (name, _told(name, part.transcript, known, about))
        for name, part in parts
        if isinstance(part, ReadPart) and part.transcript is not None
    ]
    aside = [_row(name, part) for name, part in parts if isinstance(part, str)]
    aside += known.told
    errors = [
        (name, part.error)
        for name, part in parts
        if isinstance(part, ReadPart) and part.error is not None
    ]
    failed = [_row(name, error.message, error.line) for name, error in errors]
    if not read:
        held = [row for row in aside if row["problem"] in (NOT_USED, SUMMARY)]
        raise (
            errors[0][1]
            if root.is_file() and errors
            else _nothing(root, [*failed, *held])
        )
    read, copies = without_copies([*with_rounds(dict(read)).items()])
    read, drafts, alike = without_drafts(read)
    read, earlier, shared = without_earlier_exports(read)
    twice = [*copies, *drafts, *earlier]
    documents = name_documents(read)
    return assemble(
        documents,
        known.roster,
        [*aside, *failed, *twice, *alike, *shared],
        _unread(parts, {str(row["path"]) for row in twice}),
        facilitators=known.facilitators,
    )


def _held_back(told: tuple[str, ReadPart | str]) -> tuple[str, ReadPart | str]:
    """Set a file or a part aside that is not to be used, or that a program wrote."""
    name, part = told
    if isinstance(part, str):
        return told
    why = why_not_used(name, part.transcript) or why_a_summary(name, part.transcript)
    if why or part.transcript is None:
        return name, why or part
    left = without_refused_parts(part.transcript)
    return name, OF_A_LINE if left is None else replace(part, transcript=left)


def _unread(
    parts: Sequence[tuple[str, ReadPart | str]], twice: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield path and format of all that became no document."""
    for name, part in parts:
        if isinstance(part, str):
            yield name, ""
        elif part.transcript is None or name in twice:
            yield name, part.format


def _told(
    name: str, transcript: Transcript, known: _KnownPeople, about: Mapping[str, Facts]
) -> Transcript:
    """Add what the folders and the name of a file say; the file itself knows best."""
    said = facts_of_name(name, known.name_pattern) if known.name_pattern else {}
    remarks = (
        transcript.remarks if said is not None else (*transcript.remarks, UNFITTING)
    )
    folders = [str(folder) for folder in PurePosixPath(name).parents]
    facts: dict[str, str] = {}
    for told in (*(about.get(f, {}) for f in reversed(folders)), said or {}):
        facts |= told
    return replace(transcript, facts=facts | dict(transcript.facts), remarks=remarks)


def _parts(
    root: Path, known: _KnownPeople, given: str | Path | None
) -> Iterator[tuple[str, ReadPart | str]]:
    """Yield what each file holds, or why it was set aside, with its place in the folder."""
    if root.is_file():
        for part in _parts_of(root, known):
            own = "" if part.is_packed else _named(root.name)
            name = "/".join(filter(None, (own, part.name)))
            yield name, (part.is_packed and _set_aside_in(part)) or part
        return
    files, results = beside_results(root)
    decided = set(read_as_decisions(root))
    for folder in results:
        yield _named(folder.relative_to(root).as_posix()), RESULTS
    for file in told_on_the_way(files, len(files), words=_READ):
        name = _named(file.relative_to(root).as_posix())
        is_hidden = _is_hidden(PurePosixPath(name).parts[:-1])
        if is_hidden or _is_same(file, given) or file in decided:
            continue
        aside = why_aside(name) or _as_ours(file)
        if aside:
            yield name, aside
            continue
        for part in _parts_of(file, known):
            inner = f"{name}/{part.name}" if part.name else name
            yield inner, (part.is_packed and _set_aside_in(part)) or part


_READ = "{done:,} of {n:,} files"


def _named(path: str) -> str:
    """Write a path as tables hold it, where a name has bytes that are no letters."""
    return path.encode(errors="surrogateescape").decode(errors="backslashreplace")


def _parts_of(file: Path, known: _KnownPeople) -> Iterator[ReadPart]:
    try:
        source = load(file, names=known.names)
    except TranscriptError as error:
        yield ReadPart("", "", error=error)
        return
    yield from read_parts(source)


def _set_aside_in(part: ReadPart) -> str:
    """Say why a member of an archive is no transcript, or nothing."""
    hidden = _is_hidden(PurePosixPath(part.name).parts[:-1])
    return HIDDEN if hidden else why_aside(part.name)


def _keys(names: Sequence[str]) -> frozenset[str]:
    return frozenset(map(label_key, [names] if isinstance(names, str) else names))


def check_there(path: Path) -> None:
    """Raise TranscriptError where there is nothing to read."""
    if not path.exists():
        raise TranscriptError(
            f"there is no file or folder {str(path)!r}; check the path"
        )


def _only_results(root: Path) -> TranscriptError:
    return TranscriptError(
        "this folder holds results of empathy_insights and no interviews; give the "
        "folder of the interviews",
        path=root,
    )


def _is_same(file: Path, given: str | Path | None) -> bool:
    return given is not None and file.exists() and file.samefile(given)


def _as_ours(file: Path) -> str:
    what = own_table(file)
    return what and f"set aside as {what}"


def _is_hidden(parts: Collection[str]) -> bool:
    return any(part.startswith((".", "__")) for part in parts)


def _row(path: str, message: str, line: int | None = None) -> Row:
    problem, _, advice = message.partition("; ")
    return {
        "path": path,
        "line": line,
        "problem": problem,
        "advice": advice or "export it again or leave it out",
    }


def _nothing(root: Path, failed: Sequence[Row]) -> TranscriptError:
    if is_results(root):
        return _only_results(root)
    tried = [row for row in failed if is_readable(Path(str(row["path"])))]
    known = "" if tried else f"; {suffixes()} are read"
    tried = tried or list(failed)
    if not tried:
        told = f"the folder holds no file that can be read{known}"
        return TranscriptError(told, path=root)
    first = tried[0]
    why = f"{first['path']}: {first['problem']}; {first['advice']}{known}"
    if len(tried) == 1:
        return TranscriptError(f"its only file could not be read, {why}", path=root)
    return TranscriptError(
        f"none of the {len(tried)} files could be read; the first, {why}", path=root
    )
