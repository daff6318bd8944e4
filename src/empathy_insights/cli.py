"""The command line: the only place that prints."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from empathy_insights.cli_codebook import codebook_app
from empathy_insights.cli_options import (
    AsJson,
    Book,
    Facilitator,
    For,
    Keep,
    Key,
    NamePattern,
    Out,
    People,
    Quiet,
    Roster,
    Source,
    Strict,
)
from empathy_insights.cli_output import (
    libraries_quiet,
    print_json,
    print_table,
    print_to_do,
    records,
    refuse_lost,
    say,
    stages_shown,
    tell,
    to_do,
)
from empathy_insights.errors import EmpathyInsightsError

if TYPE_CHECKING:
    from empathy_insights.corpus import Corpus

app = typer.Typer(
    help="From empathy interviews to themes, tables and a problem of practice, offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(codebook_app, name="codebook")

_READING = [
    "path", "format", "kind", "turns", "speakers", "facilitator_why", "words",
    "words_in_turns", "words_kept", "language", "problems",
]  # fmt: skip


@app.command()
def analyze(
    source: Source,
    codebook: Book = None,
    out: Out = Path("results"),
    participants: People = None,
    facilitator: Facilitator = None,
    name_pattern: NamePattern = None,
    roster: Roster = None,
    keep: Keep = None,
    key: Key = None,
    allow_identities: Annotated[  # noqa: FBT002
        bool,
        typer.Option(help="Leave names and other identities in; the results say so."),
    ] = False,
    hand_codes: Annotated[
        Path | None, typer.Option(help="Codings by people: a .csv or .xlsx file.")
    ] = None,
    decisions: Annotated[
        list[Path] | None,
        typer.Option(
            help="What people decided about passages: .json or .csv; repeatable."
        ),
    ] = None,
    population: Annotated[
        Path | None,
        typer.Option(
            help="How many people there are: group, value, people[, planned]."
        ),
    ] = None,
    commitment: Annotated[
        list[str] | None,
        typer.Option(help="What the organisation has committed itself to; repeatable."),
    ] = None,
    strategy_link: Annotated[
        str | None,
        typer.Option(
            help="The document and sentence of the strategy that the problem belongs to."
        ),
    ] = None,
    idea: Annotated[
        list[str] | None,
        typer.Option(help="An idea of the team's own to be rated; repeatable."),
    ] = None,
    identities: Annotated[
        Path | None,
        typer.Option(
            help="identities_open.csv with decisions; that of --out if not given."
        ),
    ] = None,
    no_cache: Annotated[  # noqa: FBT002
        bool,
        typer.Option(
            "--no-cache",
            help="Keep nothing in the interviews' folder for the next run.",
        ),
    ] = False,
    fast: Annotated[  # noqa: FBT002
        bool,
        typer.Option(
            "--fast",
            help="Static word vectors: for tens of thousands of short answers; themes "
            "are found less well.",
        ),
    ] = False,
    quotes_released: Annotated[
        Path | None,
        typer.Option(help="Quotes that a person released for others: a .csv file."),
    ] = None,
    earlier: Annotated[
        Path | None,
        typer.Option(help="Results of an earlier release, to be told with this one."),
    ] = None,
    audience: For = "school",
    strict: Strict = False,  # noqa: FBT002
    quiet: Quiet = False,  # noqa: FBT002  # Typer turns it into a flag
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Read, code, cluster and count interviews; write the report and a statement."""
    from empathy_insights.identities import check_key_place, write_key
    from empathy_insights.publishing import audience_of
    from empathy_insights.report.folder import write_results
    from empathy_insights.report.identities_open import NAME
    from empathy_insights.study import analyze as run

    before = Path(out, "team_only", NAME)
    rules = audience_of(audience)  # a wrong word is told before any work is done
    if key is not None:
        check_key_place(key, results=out)
    with stages_shown(quiet=quiet) as progress:
        analysis = run(
            source,
            codebook=codebook,
            participants=participants,
            facilitators=facilitator or None,
            name_pattern=name_pattern,
            roster=roster,
            keep=keep or None,
            allow_identities=allow_identities or None,
            hand_codes=hand_codes,
            decisions=decisions or None,
            population=population,
            commitments=commitment or None,
            strategy_link=strategy_link,
            ideas=idea or None,
            identities=identities or (before if before.is_file() else None),
            quotes_released=quotes_released,
            embedder="static" if fast else None,
            cache=not no_cache,
            progress=progress,
        )
        if key is not None and analysis.deidentified is not None:
            write_key(analysis.deidentified.key, key, results=out)
        progress("write")
        written = write_results(
            analysis,
            out,
            audience=rules.name,
            decided=analysis.decided,
            earlier=earlier,
        )
    tell(analysis, written, rules.name, quiet=quiet, as_json=as_json)
    refuse_lost(analysis.corpus, strict=strict)


@app.command()
def demo(
    out: Out = Path("results"),
    quiet: Quiet = False,  # noqa: FBT002
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Tell the invented sample study in three steps: first look, 30 passages read, all."""
    from empathy_insights.demo import tell_story
    from empathy_insights.report.folder import write_results

    with stages_shown(quiet=quiet) as progress:
        (first, some, whole), told = tell_story(sample_folder(), progress)
        progress("write")
        written = write_results(some, out, audience="school")
        for name, run in (("first_look", first), ("all_read", whole)):
            write_results(run, out / name, audience="school")
    tell(some, written, "school", quiet=quiet, as_json=as_json)
    if not (quiet or as_json):
        print_table(told)
        say(f"Each step has a report: {out}/first_look, {out}, {out}/all_read.")


@app.command()
def read(
    source: Source,
    participants: People = None,
    facilitator: Facilitator = None,
    name_pattern: NamePattern = None,
    strict: Strict = False,  # noqa: FBT002
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Show what was and was not understood of each file; write nothing."""
    corpus = _read(source, participants, facilitator, name_pattern)
    if as_json:
        print_json(
            files=records(corpus.reading), problems=records(corpus.problems),
            to_do=to_do(corpus),
        )  # fmt: skip
    else:
        print_table(corpus.reading[_READING])
        print_to_do(corpus)
    refuse_lost(corpus, strict=strict)


@app.command()
def people(
    source: Source,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="A new .xlsx or .csv file to correct.")
    ] = Path("people.xlsx"),
    participants: People = None,
    facilitator: Facilitator = None,
    name_pattern: NamePattern = None,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Write who was taken for whom as a sheet to correct and pass as --participants."""
    from empathy_insights.readers import people_sheet

    corpus = _read(source, participants, facilitator, name_pattern)
    sheet = people_sheet(corpus, out)
    voices = corpus.people["file"].notna().sum()
    if as_json:
        print_json(out=str(sheet), voices=int(voices), to_do=to_do(corpus))
        return
    say(
        f"{voices} voices: {sheet}. Correct the yellow columns, then add "
        f"--participants {sheet}. It holds names: keep it with the interviews."
    )


@app.command()
def deidentify(
    source: Source,
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the texts go.")],
    participants: People = None,
    facilitator: Facilitator = None,
    roster: Roster = None,
    keep: Keep = None,
    key: Key = None,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Write the texts with pseudonyms, what was replaced, and what to look at."""
    from empathy_insights.identities import check_key_place, write_key
    from empathy_insights.identities import deidentify as run
    from empathy_insights.report.folder import write_deidentified
    from empathy_insights.study_file import study_of

    if key is not None:
        check_key_place(key, results=out)
    study = study_of(source)
    corpus = _read(source, participants, facilitator, None)
    clean = run(
        corpus, roster=roster or study.roster, keep=tuple(keep or study.keep or ())
    )
    if key is not None:
        write_key(clean.key, key, results=out)
    write_deidentified(clean, out)
    if as_json:
        print_json(
            out=str(out), replaced=len(clean.log), to_review=len(clean.review),
            problems=len(corpus.problems), to_do=to_do(corpus),
        )  # fmt: skip
        return
    say(
        f"{clean!r}\nTexts: {out / 'texts'}; look at {out / 'identities_to_review.csv'}"
    )


@app.command()
def clean(source: Source, as_json: AsJson = False) -> None:  # noqa: FBT002
    """Delete what earlier runs kept in the interviews' folder."""
    from empathy_insights.stage_cache import clean_cache
    from empathy_insights.study_file import study_of

    data = study_of(source).data
    was_there = isinstance(data, str | Path) and clean_cache(data)
    if as_json:
        print_json(deleted=was_there)
    else:
        say("Deleted what earlier runs kept." if was_there else "Nothing was kept.")


def sample_folder() -> Path:
    """Return the invented sample study, in the wheel or in a checkout."""
    package = Path(str(resources.files("empathy_insights")))
    packed = package / "sample"
    return packed if packed.is_dir() else package.parents[1] / "data" / "sample"


def main() -> None:
    """Run the command line; exit 0 when done, 1 on bad input, 2 on wrong usage."""
    try:
        with libraries_quiet():
            app()
    except EmpathyInsightsError as error:
        say(error, is_error=True)
        raise SystemExit(1) from None


def _read(
    source: Path,
    participants: Path | None,
    facilitators: list[str] | None,
    name_pattern: str | None,
) -> Corpus:
    """Read what a file, a folder or a study.yaml names; options win over the study."""
    from empathy_insights.study import read_study
    from empathy_insights.study_file import study_of

    study = study_of(source)
    return read_study(
        replace(
            study,
            participants=participants or study.participants,
            facilitators=tuple(facilitators or study.facilitators),
            name_pattern=name_pattern or study.name_pattern,
        )
    )


if __name__ == "__main__":
    main()
