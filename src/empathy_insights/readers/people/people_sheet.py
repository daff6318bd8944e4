"""The sheet of who is who, for people to fill in, and what reading leaves to do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.corpus import Corpus, heard, how_many
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.files.output import (
    PRIVATE_FILE,
    for_file,
    save_workbook,
    write_once,
)
from empathy_insights.readers.people.list_heads import SHEET
from empathy_insights.readers.people.matching import NO_MATCH, VoiceMatch, voices_in
from empathy_insights.readers.people.participants import Row
from empathy_insights.readers.people.roster import Person, Roster
from empathy_insights.readers.people.who_is_who import Voices
from empathy_insights.readers.transcript import Transcript, words
from empathy_insights.roles import is_interpreter, is_nobody

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


# Who was taken for whom, as a sheet for a person to correct and hand back.


_BEFORE = ("file", "voice", "first_words", "turns", "words", "guess")
_TO_CORRECT = ("participant_id", "name", "nickname", "role", "priority_group")
_AFTER = ("why", "might_be")
_FIRST_WORDS = 12
_UNLISTED, _NO_LIST = "nobody in the list has this name", "no list of people was given"
_NO_VOICES = (
    "no file says who speaks in it, so there is nobody to list; write `Name: words` where "
    "somebody speaks, or put the name of the one person above the notes, as `Interviewee: Ana`"
)
_NOT_READ = "there are no voices to say anything of; read the files with read_corpus"
_NOBODYS = "the label is nobody's"
_WIDTHS = {"file": 34, "voice": 20, "first_words": 48, "guess": 24, "name": 24, "why": 40,
           "might_be": 40}  # fmt: skip
_OPEN, _HEAD = "FFFFFBEA", "FFE8EDF2"
_HOW = (
    "Each row is a voice in a file, and who the program took it for. Correct the yellow "
    "columns where a guess is wrong or missing: participant_id and name of the person, "
    "or the role facilitator, interpreter or nobody.",
    "Rows without a file at the end are people of your list whom no file seems to hold.",
    "Save the sheet and pass it as participants: it takes the place of the list that you "
    "had. Columns of your list, such as school or grade, stay as they are.",
    "The sheet holds names and words of people: keep it where you keep the interviews.",
)


def people_table(voices: Sequence[Voices], roster: Roster) -> pd.DataFrame:
    """Return a row a voice and file, and a row a listed person who is in no file.

    Columns are `file`, `voice`, `first_words`, `turns`, `words` (counts), `guess`, then
    those of the participants table, then `why` and `might_be` (ids and names, between
    semicolons).
    """
    rows = [row for one in voices for row in _voices_of(one, roster)]
    found = {str(row["participant_id"]) for row in rows if row.get("participant_id")}
    for person in roster.people:
        if person.participant_id not in found:
            found.add(person.participant_id)
            rows.append({"guess": "in no file", **_columns_of(person)})
    further = dict.fromkeys(name for row in rows for name in row)
    known = (*_BEFORE, *_TO_CORRECT, *_AFTER)
    groups = [name for name in further if name not in known]
    columns = [*_BEFORE, *_TO_CORRECT, *groups, *_AFTER]
    numbers = dict.fromkeys(("turns", "words"), "Int64")
    kinds = {name: numbers.get(name, "str") for name in columns}
    return pd.DataFrame(rows, columns=columns).astype(kinds)


@public
def people_sheet(corpus: Corpus, path: str | Path) -> Path:
    r"""Write who was taken for whom as a sheet to correct, and return its path.

    A row is a voice in a file: its first words, turns and words, who it was taken for
    and why, and who else it might be. With a person's corrections the sheet is read as
    the participants table. It holds names and words; only its owner may open it.

    Parameters
    ----------
    corpus
        As `read_corpus` returns it, before names are taken out.
    path
        A new .xlsx or .csv file.

    Raises
    ------
    EmpathyInsightsError
        The corpus was not read from files, or the file cannot be written, or
        is there already and holds something else.

    See Also
    --------
    read_corpus : Takes the sheet, filled in, as `participants`.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "ana.txt").write_text("Interviewer: What helps?\\nAna: My friends.")
    >>> ei.people_sheet(ei.read_corpus(folder), folder / "people.csv").name
    'people.csv'
    """
    path = Path(path)
    if corpus.people.empty:
        raise EmpathyInsightsError(_NO_VOICES if len(corpus.reading) else _NOT_READ)
    write = {".xlsx": _write_workbook, ".csv": _write_csv}.get(path.suffix.casefold())
    if write is None:
        raise EmpathyInsightsError("a sheet of people ends in .xlsx or .csv", path=path)
    try:
        write_once(path, lambda file: write(corpus.people, file), mode=PRIVATE_FILE)
    except OSError as error:
        raise EmpathyInsightsError(
            f"the sheet cannot be written ({error.strerror or 'no reason given'}); "
            "choose another place",
            path=path,
        ) from error
    return path


def _voices_of(voices: Voices, roster: Roster) -> Iterator[Row]:
    document, is_listed = voices.document, bool(roster.people)
    transcript = document.transcript
    said = defaultdict[str, list[str]](list)
    for turn in transcript.turns:
        if not turn.is_prompt:
            said[turn.speaker or ""].append(words(transcript, turn))
    for label in [""] if "" in voices.matches else voices_in(transcript):
        match = voices.matches.get(label, NO_MATCH)
        is_out = match.person and match.person.participant_id in roster.left_out
        texts = [] if is_out else said[label]
        is_found = match.person is not None or bool(match.might_be)
        is_voice = transcript.kind == "survey" or not (label and is_nobody(label))
        unlisted = _UNLISTED if is_listed else _NO_LIST
        unlisted = unlisted if is_voice else _NOBODYS
        why = transcript.facilitators.get(label) or (
            match.why if is_found else unlisted
        )
        yield {
            "file": document.path,
            "voice": label,
            "first_words": " ".join(" ".join(texts[:1]).split()[:_FIRST_WORDS]),
            "turns": len(texts),
            "words": sum(len(text.split()) for text in texts),
            **_guess(label, transcript, match, is_listed=is_listed),
            "why": why,
            "might_be": "; ".join(_shown(person) for person in match.might_be),
        }


def _guess(
    label: str, transcript: Transcript, match: VoiceMatch, *, is_listed: bool
) -> Row:
    asks = label in transcript.facilitators
    if match.person is not None:
        own = _columns_of(match.person)
        role = str(own["role"] or "")
        return {**own, "role": "facilitator" if asks and not role else role,
                "guess": _shown(match.person) if match.person.names or not asks
                else "facilitator"}  # fmt: skip
    if asks:
        return {"guess": "facilitator", "role": "facilitator"}
    if label and transcript.kind != "survey" and is_nobody(label):
        is_speaking_for = is_interpreter(label)
        return {"guess": "interpreter" if is_speaking_for else "nobody"}
    unlisted = "not in the list" if is_listed else "somebody"
    return {"guess": "one of several" if match.might_be else unlisted}


def _columns_of(person: Person) -> dict[str, object]:
    taken = (*_BEFORE, *_AFTER)
    facts = {
        f"their_{name}" if name in taken else name: cell
        for name, cell in person.facts.items()
    }
    return {
        **facts,
        "participant_id": person.participant_id,
        "name": person.names[0] if person.names else "",
        "nickname": ";".join(person.names[1:]),
        "role": person.role_said,
        "priority_group": person.facts.get("priority_group", ""),
    }


def _shown(person: Person) -> str:
    name = person.names[0] if person.names else ""
    return f"{person.participant_id} {name}".strip()


def _cells(table: pd.DataFrame) -> Iterator[list[str]]:
    filled = table.astype("object").where(table.notna(), "")
    for row in filled.itertuples(index=False):
        yield [for_file(str(cell)) for cell in row]


def _write_csv(table: pd.DataFrame, file: IO[bytes]) -> None:
    # A spreadsheet program would work out what begins like a formula.
    safe = [
        [f"'{c}" if c[:1] in ("=", "+", "@") else c for c in row]
        for row in _cells(table)
    ]
    frame = pd.DataFrame(safe, columns=table.columns)
    frame.to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\n")


def _write_workbook(table: pd.DataFrame, file: IO[bytes]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    _paint(book.active, table)
    how = book.create_sheet("how to")
    for line in _HOW:
        how.append([line])
    how.column_dimensions["A"].width = 110
    save_workbook(book, file)


def _paint(sheet: Worksheet, table: pd.DataFrame) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet.title = "people"
    sheet.append(list(table.columns))
    told = {*_BEFORE, *SHEET}
    for at, name in enumerate(table.columns, start=1):
        fill = _HEAD if name in told else _OPEN
        sheet.cell(1, at).font = Font(bold=True)
        sheet.cell(1, at).fill = PatternFill("solid", fgColor=fill)
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(name, 14)
    for line, row in enumerate(_cells(table), start=2):
        for at, (name, value) in enumerate(
            zip(table.columns, row, strict=True), start=1
        ):
            cell = sheet.cell(line, at)
            cell.value = int(value) if name in ("turns", "words") and value else value
            if isinstance(cell.value, str) and cell.data_type == "f":
                cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if name not in told:
                cell.fill = PatternFill("solid", fgColor=_OPEN)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions


# What to do next after reading: all remarks as a few things, the most useful first.

MOST = 5
_SHOWN = 2
# The first that fits a remark says how much depends on it.
_RANKS = tuple(
    re.compile(pattern)
    for pattern in (
        "can be opened|a recording|online or Apple|damaged|larger than",
        "cannot|could not|is empty|no (?:column|word|list)|not a text",
        "in no turn|of the words",
        "no facilitator",
        "voices? (?:is|are|might)|rows? says? nothing of|in no document|not to be used|say no to|not consent|neither yes nor no",
        "no speaker is marked|comments in the margin",
        "role '.*' of|language seems",
        "could be a speaker|looks like",
    )
)
_VOICES = 4
_OUTSIDE = re.compile(r"not part of any turn \((\d+) words?\)")
_OF_LIST = re.compile(
    r"^the (?:role|column) '.*' .*is not known|^line \d+ says otherwise of"
)
# What was done rightly, and asks nobody for anything.
_TOLD = re.compile(
    r"^set aside|^columns of the survey program|^numbers of (?:pages|lines)"
)


def things_to_do(corpus: Corpus, *, most: int = MOST) -> list[str]:
    r"""Return what a person would best do next, each in a sentence or two.

    Remarks with the same next step are one; all of them stay in `corpus.problems`. Words
    in nobody's turn come last: mostly they are titles and notes.

    Parameters
    ----------
    corpus
        As `read_corpus` returns it.
    most
        How many things at the most.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from empathy_insights.readers import read_corpus
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("Jo Lee: Go on.\nAna Ruiz: So.\nJo Lee: Hm.\n")
    >>> things_to_do(read_corpus(folder))[0]
    "a.txt: no facilitator was recognised, so everyone's words count. Name the ..."
    """
    rows = corpus.problems
    rows = rows[~rows["problem"].str.contains(_TOLD)]
    is_outside = rows["problem"].str.contains("not part of any turn")
    outside, rows = rows[is_outside], rows[~is_outside]
    ranks = rows["problem"].map(_rank)
    steps = [
        (int(ranks[group.index].min()), -len(group), _told(group, str(advice)))
        for advice, group in rows.groupby("advice", sort=True)
    ]
    steps += [(_VOICES, 0, told) for told in _without_role(corpus)]
    first = [told for _, _, told in sorted(steps)]
    return [*first, *_beside_turns(outside)][:most]


def _without_role(corpus: Corpus) -> Iterator[str]:
    """Yield that some of those who are heard have no role, where it is so."""
    people = heard(corpus)["role"]
    unknown = int((people == "unknown").sum())
    if unknown:
        yield (
            f"The role of {unknown} of {how_many(len(people), 'person', 'people')} is not known. Run `empathy-insights "
            "people FOLDER --out people.xlsx`, fill in the column role, and read again with "
            "--participants people.xlsx."
        )


def _beside_turns(rows: pd.DataFrame) -> Iterator[str]:
    """Yield how many words are in nobody's turn, and the files with the most of them."""
    n_words = rows["problem"].str.extract(_OUTSIDE)[0].astype("Int64").fillna(0)
    by_path = n_words.groupby(rows["path"], sort=True).sum()
    by_path = by_path.sort_values(ascending=False, kind="stable")
    if by_path.sum() > 0:
        yield (
            f"{_some(list(by_path.index))}: {by_path.sum()} words are in nobody's turn, as "
            "titles, notes and closing lines should be. If somebody says them, put a "
            "speaker's name in front."
        )


def _some(paths: Sequence[str]) -> str:
    """Name the first files, and say how many more there are."""
    more = len(paths) - _SHOWN
    named = ", ".join(paths[:_SHOWN]) + (f" and {more} more files" if more > 1 else "")
    return named + (" and 1 more file" if more == 1 else "")


def _rank(problem: str) -> int:
    return next(
        (n for n, pattern in enumerate(_RANKS) if pattern.search(problem)), len(_RANKS)
    )


def _told(group: pd.DataFrame, advice: str) -> str:
    """Say what is amiss, in which files, and what to do, once for all of a kind."""
    step = f"{advice[:1].upper()}{advice[1:]}"
    problems = list(dict.fromkeys(group["problem"]))
    paths = list(dict.fromkeys(group["path"]))
    if len(problems) > 1 and len(paths) == 1:
        return f"{paths[0]}: {'; '.join(problems[: _SHOWN + 1])}. {step}."
    return f"{_some(paths)}: {problems[0]}. {step}."


def told_of_list(corpus: Corpus) -> list[str]:
    """Return what is amiss in the list of people and changes who is counted as what."""
    rows = corpus.problems
    rows = rows[rows["problem"].str.contains(_OF_LIST)]
    return [
        f"{row.path}{'' if pd.isna(row.line) else f', line {row.line:.0f}'}: "
        f"{row.problem}; {row.advice}."
        for row in rows.itertuples()
    ]


def unread_files(corpus: Corpus, *, rank: int = 0) -> list[str]:
    """Return the files that could not be read; up to `rank` 1 empty ones and pictures, too."""
    files = corpus.problems[corpus.problems["document_id"].isna()]
    return list(files.loc[files["problem"].map(_rank) <= rank, "path"].unique())


def lost(corpus: Corpus) -> str:
    """Say how many files were not read and how many voices are nobody listed, if any."""
    unread = len(unread_files(corpus, rank=1))
    voices = corpus.problems["problem"].str.contains(
        r"voices? (?:is|are|might)|rows? says? nothing"
    )
    told = [f"{how_many(unread, 'file', 'files')} could not be read"] * bool(unread)
    told += [
        str(text).partition(":")[0] for text in corpus.problems.loc[voices, "problem"]
    ]
    return "; ".join(told)
