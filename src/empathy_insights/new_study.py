"""The files that a new study begins with, of which none is overwritten."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.files.results import STUDY, beside_results
from empathy_insights.readers import people_sheet, read_corpus
from empathy_insights.readers.registry import is_readable

_PEOPLE, _DECISIONS, _INTERVIEWS = "participants.csv", "decisions", "interviews"
_NOBODY = "participant_id,name,role,priority_group\n"
_SETTINGS = """\
# The settings of the study. Take the # away from a line to use it.
# Paths are from where this file is.

data: {data}                  # the folder of the interviews, notes and surveys
out: results               # where the report goes
# audience: school         # or team, public; left out: the team's where few were heard
codebook: empathy_core     # a shipped codebook, or a YAML file of your own

# Who is who
# participants: people.xlsx      # without it, participants.csv beside the interviews
# facilitators: [Ms. Rivera]     # names or labels of those who asked
# name_pattern: '{{site}}_{{role}}_{{date}}'   # what the names of files say
# population: population.csv     # how many people there are: group, value, people

# Names that are taken out
# roster: roster.csv             # names to take out beside those of the speakers
# keep: [Hope]                   # words that look like names and are none
# identities: results/team_only/identities_open.csv   # what you decided about doubts
# allow_identities: true         # leave names in; the report says so

# What people read. decisions-NAME.json here and all in decisions/ are found anyway.
# decisions: [elsewhere/decisions-kim.json]
# hand_codes: codes.csv          # codings of whole interviews
# quotes_released: quotes.csv    # quotes that others may read

# coder: coder.zip               # a coder that `teach` wrote; or the address of a language
#                                # model on your own machine, heard beside: docs/local_model.md
# model: NAME                    # which model of that address

# The problem of practice, in your words
# pick: [tech_support]           # the themes that it is about
# wording: How might we ...?     # the question itself
# audience_phrase: our students  # for whom
# outcome: so that they ...      # what for
# commitments: [care]            # what you have committed yourselves to
# strategy_link: The plan, goal 2   # the strategy that it belongs to
# ideas: [A help line]           # to be rated beside what people suggested

# random_state: 0                # the seed of everything random
"""


@dataclass(frozen=True)
class BegunFolder:
    """Say what was made, what was there and stays, and where interviews are or wait to be.

    Parameters
    ----------
    made, kept
        Files and folders.
    data
        The folder of the interviews, within that of the study.
    waits
        The same where nothing is in it yet, else empty.
    """

    made: tuple[str, ...]
    kept: tuple[str, ...]
    data: str
    waits: str


def begin_folder(folder: Path) -> BegunFolder:
    """Make the files of a new study: settings, who is who, and a folder for decisions.

    Where interviews lie in the folder, or in folders in it, the table of people has a row
    for each voice that was heard in them.

    Raises
    ------
    EmpathyInsightsError
        The folder cannot be written.
    """
    made: list[str] = []
    kept: list[str] = []
    home = _home_of_interviews(folder)
    at = home or _INTERVIEWS
    people = "" if at == "." else f"{at}/"
    try:
        _note(_DECISIONS, _made_folder(folder / _DECISIONS), made, kept)
        _made_folder(folder / at)
        settings = _SETTINGS.format(data=_as_yaml(at))
        _note(STUDY, _written(folder / STUDY, settings), made, kept)
        _note(
            f"{people}{_PEOPLE}", _people(folder / at, is_there=bool(home)), made, kept
        )
    except OSError as error:
        raise EmpathyInsightsError(
            f"the study cannot be made here ({error.strerror}); choose another folder",
            path=folder,
        ) from error
    return BegunFolder(tuple(made), tuple(kept), at, "" if home else people)


def _home_of_interviews(folder: Path) -> str:
    """Return where in a folder interviews lie: itself, or the one folder that has all.

    A folder that is called `interviews` holds them, whatever lies beside it, such as a plan.
    """
    if not folder.is_dir():
        return ""
    own = folder / _INTERVIEWS
    if own.is_dir() and any(map(_is_interview, beside_results(own)[0])):
        return _INTERVIEWS
    if any(map(_is_interview, folder.iterdir())):
        return "."
    inside = [one for one in sorted(folder.iterdir()) if one.is_dir()]
    homes = [
        one.name
        for one in inside
        if not one.name.startswith(".")
        and one.name != _DECISIONS
        and any(map(_is_interview, beside_results(one)[0]))
    ]
    return homes[0] if len(homes) == 1 else "." if homes else ""


def _is_interview(path: Path) -> bool:
    return path.name != _PEOPLE and path.is_file() and is_readable(path)


def _as_yaml(folder: str) -> str:
    """Write the name of a folder so that YAML takes it for a text."""
    is_usual = folder in (".", _INTERVIEWS)
    return folder if is_usual else json.dumps(folder, ensure_ascii=False)


def _note(name: str, is_new: bool, made: list[str], kept: list[str]) -> None:  # noqa: FBT001
    (made if is_new else kept).append(name)


def _made_folder(folder: Path) -> bool:
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    return is_new


def _written(path: Path, text: str) -> bool:
    """Write a file unless there is one, and return whether it is new."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True


def _people(data: Path, *, is_there: bool) -> bool:
    path = data / _PEOPLE
    if path.exists():
        return False
    if is_there:
        people_sheet(read_corpus(data), path)
        return True
    return _written(path, _NOBODY)
