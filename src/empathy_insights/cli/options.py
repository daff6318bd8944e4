"""The options that several commands share: what they are called and what they mean."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from empathy_insights.study_file import Study

Source = Annotated[
    Path | None,
    typer.Argument(
        help="A transcript, a folder of them, a project of a program for coding (.qdpx), "
        "or a study.yaml; the study.yaml of this folder if not given."
    ),
]
Book = Annotated[
    str | None,
    typer.Option(
        "--codebook",
        "-c",
        help="A shipped codebook's name, or a file: a sheet, a list or YAML; that of a "
        "project (.qdpx), or empathy_core, if not given.",
    ),
]
Out = Annotated[Path, typer.Option("--out", "-o", help="The results folder.")]
OutOfStudy = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "-o",
        help="The results folder; as the study.yaml says, or results, if not given.",
    ),
]
People = Annotated[
    Path | None,
    typer.Option("--participants", "-p", help="Who is who: a .csv or .xlsx file."),
]
Facilitator = Annotated[
    list[str] | None,
    typer.Option("--facilitator", "-f", help="A name or label of somebody who asked."),
]
NamePattern = Annotated[
    str | None,
    typer.Option(help="What file names say, such as '{site}_{role}_{date}'."),
]
Roster = Annotated[
    Path | None,
    typer.Option(
        help="Names to take out: a .csv or .xlsx file with a column `name`, or first and last names."
    ),
]
Keep = Annotated[
    list[str] | None, typer.Option(help="A word that looks like a name and is none.")
]
Key = Annotated[
    Path | None,
    typer.Option(help="Where the key to the pseudonyms goes, outside the results."),
]
For = Annotated[
    str | None,
    typer.Option(
        help="Whom the report and tables are for: team, school or public; as the "
        "study.yaml says, or school, if not given."
    ),
]
Earlier = Annotated[
    Path | None,
    typer.Option(help="Results of an earlier release, to be told with this one."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict", help="Exit 1 if a file is unreadable or a voice unlisted."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print for scripts, as JSON.")]


# Which study a command is about, and where its results go.


def here(source: Path | None) -> Path:
    """Return what to read: this folder with its study.yaml, if nothing is named.

    Raises
    ------
    typer.BadParameter
        Nothing was named, and there is no study.yaml here.
    """
    from empathy_insights.files.results import STUDY

    if source is not None:
        return source
    if not Path(STUDY).is_file():
        raise typer.BadParameter(
            "there is no study.yaml in this folder; name a folder of interviews, or "
            "make one with `empathy-insights init`"
        )
    return Path()


def study_here(source: Path | None, out: Path | None = None) -> Study:
    """Return the study that a command is about, its results where `out` says.

    What was decided about identities in the results that its study.yaml names counts there,
    too; where it names none, those are in `results` beside it.
    """
    from empathy_insights.study_file import decided_in, study_of

    study = study_of(here(source))
    own = study.out
    if own is None and study.home is not None:
        own = study.home / "results"
    if out is not None and own is not None and study.identities is None:
        study = replace(study, identities=decided_in(own, out))
    return replace(study, out=out or study.out or Path("results"))


# What the last run was given beside its study.yaml, for the commands that go on from it.


_GIVEN = "given.json"
# The option -> the field of a study that it stands for.
_CARRIED = {
    "codebook": "codebook", "participants": "participants", "facilitator": "facilitators",
    "name_pattern": "name_pattern", "roster": "roster", "keep": "keep",
    "hand_codes": "hand_codes", "decisions": "decisions", "coder": "coder", "model": "model",
    "population": "population", "commitment": "commitments", "strategy_link": "strategy_link",
    "idea": "ideas", "quotes_released": "quotes_released", "fast": "",
}  # fmt: skip


def keep_given(study: Study, options: Mapping[str, object]) -> None:
    """Keep what a run was given beside what its study says, files by their whole path."""
    from empathy_insights.stage_cache import cache_beside

    folder = cache_beside(study.data).folder
    if folder is None or not folder.is_dir():
        return
    given = {name: _whole(options[name]) for name in _CARRIED if options[name]}
    with suppress(OSError):  # a full or locked disk costs no run
        (folder / _GIVEN).write_text(json.dumps(given), encoding="utf-8")


def _whole(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_whole(one) for one in value]
    if isinstance(value, str | Path) and Path(value).exists():
        return str(Path(value).resolve())
    return value if isinstance(value, str | bool) else str(value)


def last_given(study: Study) -> dict[str, Any]:
    """Return the options that the last run was given, by name; those alone that count on."""
    from empathy_insights.stage_cache import cache_beside

    folder = cache_beside(study.data).folder
    try:
        told = "{}" if folder is None else (folder / _GIVEN).read_text(encoding="utf-8")
        held = json.loads(told)
    except (OSError, ValueError):
        return {}
    known = held.items() if isinstance(held, dict) else ()
    return {name: value for name, value in known if name in _CARRIED}


def as_last_run(study: Study, *, quiet: bool = False) -> Study:
    """Return the study as its last run had it, and say so where the codebook differs."""
    from empathy_insights.cli.output import say

    given = last_given(study)
    book = given.get("codebook")
    if book and book != study.codebook and not quiet:
        say(f"By the codebook of the last run: {Path(book).name}.")
    fields = {_CARRIED[name]: value for name, value in given.items() if _CARRIED[name]}
    return replace(study, **fields)


def last_embedder(study: Study) -> str | None:
    """Return the embedder of the last run where it was not the usual one."""
    return "static" if last_given(study).get("fast") else None


def read_first(study: Study, codebook: str | None) -> Study:
    """Return the study with its codebook read, so that a wrong name is told at once.

    Raises
    ------
    CodebookError
        The codebook that is asked for cannot be read.
    TranscriptError
        The interviews are not where they are said to be.
    """
    from empathy_insights.codebook_file import load_codebook
    from empathy_insights.readers import check_there

    check_there(Path(str(study.data)))
    asked = codebook or study.codebook
    if asked and isinstance(asked, str | Path):
        return replace(study, codebook=load_codebook(asked))
    return study
