"""The command line: the only place that prints."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
from empathy_insights.errors import EmpathyInsightsError

if TYPE_CHECKING:
    import pandas as pd

    from empathy_insights.corpus import Corpus
    from empathy_insights.privacy import AudienceName
    from empathy_insights.report.folder import Written
    from empathy_insights.result import Analysis
    from empathy_insights.study import Progress

app = typer.Typer(
    help="From empathy interviews to themes, tables and a problem of practice, offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
codebook_app = typer.Typer(help="Look at and check codebooks.", no_args_is_help=True)
app.add_typer(codebook_app, name="codebook")

_WIDE = 240
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
    audience: For = "school",
    strict: Strict = False,  # noqa: FBT002
    quiet: Quiet = False,  # noqa: FBT002  # Typer turns it into a flag
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Read, code, cluster and count interviews; write the report and a statement."""
    from empathy_insights.privacy import audience_of, write_key
    from empathy_insights.report.folder import write_results
    from empathy_insights.report.identities_open import NAME
    from empathy_insights.study import analyze as run

    before = Path(out, "team_only", NAME)
    rules = audience_of(audience)  # a wrong word is told before any work is done
    with _progress(quiet=quiet) as progress:
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
            population=population,
            commitments=commitment or None,
            strategy_link=strategy_link,
            ideas=idea or None,
            identities=identities or (before if before.is_file() else None),
            progress=progress,
        )
        if key is not None and analysis.deidentified is not None:
            write_key(analysis.deidentified.key, key, results=out)
        progress("write")
        written = write_results(
            analysis, out, audience=rules.name, decided=analysis.decided
        )
    _tell(analysis, written, rules.name, quiet=quiet, as_json=as_json)
    _refuse_lost(analysis.corpus, strict=strict)


@app.command()
def demo(out: Out = Path("results"), quiet: Quiet = False) -> None:  # noqa: FBT002
    """Run the main job on the invented sample study that comes with the package."""
    analyze(sample_folder(), out=out, quiet=quiet)


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
        _print_json(
            files=_records(corpus.reading), problems=_records(corpus.problems),
            to_do=_to_do(corpus),
        )  # fmt: skip
    else:
        _print_table(corpus.reading[_READING])
        _print_to_do(corpus)
    _refuse_lost(corpus, strict=strict)


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
        _print_json(out=str(sheet), voices=int(voices), to_do=_to_do(corpus))
        return
    print(
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
    from empathy_insights.privacy import deidentify as run
    from empathy_insights.privacy import write_key
    from empathy_insights.report.folder import write_deidentified
    from empathy_insights.study_file import study_of

    study = study_of(source)
    corpus = _read(source, participants, facilitator, None)
    clean = run(
        corpus, roster=roster or study.roster, keep=tuple(keep or study.keep or ())
    )
    if key is not None:
        write_key(clean.key, key, results=out)
    write_deidentified(clean, out)
    if as_json:
        _print_json(
            out=str(out), replaced=len(clean.log), to_review=len(clean.review),
            problems=len(corpus.problems), to_do=_to_do(corpus),
        )  # fmt: skip
        return
    print(
        f"{clean!r}\nTexts: {out / 'texts'}; look at {out / 'identities_to_review.csv'}"
    )


@codebook_app.command("check")
def check(
    codebook: Annotated[str, typer.Argument(help="A shipped name, or a YAML file.")],
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Run a codebook's examples and near misses through its own phrases."""
    from empathy_insights.codebook_file import load_codebook
    from empathy_insights.coding.check import check_codebook

    book = load_codebook(codebook)
    cases = check_codebook(book)
    missed = cases.loc[~cases["passed"], ["theme", "kind", "number", "text"]]
    if as_json:
        print(missed.to_json(orient="records", force_ascii=False))
    else:
        _print_table(missed)
        print(f"{book!r}: {int(cases['passed'].sum())} of {len(cases)} passed")


@codebook_app.command("list")
def list_codebooks() -> None:
    """List the shipped codebooks."""
    from empathy_insights.codebook_file import SHIPPED, load_codebook

    for name in SHIPPED:
        print(repr(load_codebook(name)))


def sample_folder() -> Path:
    """Return the invented sample study, in the wheel or in a checkout."""
    package = Path(str(resources.files("empathy_insights")))
    packed = package / "sample"
    return packed if packed.is_dir() else package.parents[1] / "data" / "sample"


def main() -> None:
    """Run the command line; exit 0 when done, 1 on bad input, 2 on wrong usage."""
    try:
        app()
    except EmpathyInsightsError as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from None


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress]:
    """Show the stages on standard error, and only to a person at a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    from empathy_insights.study import STAGES

    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        console=console,
        transient=True,
        disable=quiet or not console.is_terminal,
    ) as bar:
        task = bar.add_task("start", total=len(STAGES) + 1)
        begun: list[str] = []

        def begin(stage: str) -> None:
            bar.update(task, description=stage, completed=len(begun))
            begun.append(stage)

        yield begin


def _tell(
    analysis: Analysis,
    written: Written,
    audience: AudienceName,
    *,
    quiet: bool,
    as_json: bool,
) -> None:
    if as_json:
        question = None if analysis.problem is None else analysis.problem.question
        _print_json(
            out=str(written.folder), report=str(written.report),
            is_withheld=written.is_withheld, open_identities=written.open_identities,
            kept=list(written.kept), finding=str(analysis).splitlines(),
            themes=_records(analysis.themes), question=question,
            problems=_records(analysis.corpus.problems), to_do=_to_do(analysis.corpus),
        )  # fmt: skip
        return
    if written.is_withheld:
        print(
            f"Nothing was written for the {audience} yet: {written.open_identities} "
            "strings may identify somebody. Write hide or keep beside each in "
            f"{written.report.parent / 'identities_open.csv'} and run this again.",
            file=sys.stderr,
        )
    if quiet:
        return
    print(analysis)
    if n := len(analysis.corpus.problems):
        remarks = "1 remark" if n == 1 else f"{n} remarks"
        listed = written.folder / "team_only" / "tables" / "reading_problems.csv"
        print(f"{remarks} from reading: {listed}")
    for name in written.kept:
        print(f"Your changed file is kept: {written.folder / name}")
    print(f"Report: {written.report}")


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


def _to_do(corpus: Corpus) -> list[str]:
    from empathy_insights.readers.to_do import things_to_do

    return things_to_do(corpus)


def _refuse_lost(corpus: Corpus, *, strict: bool) -> None:
    """Exit 1 where a script must not go on with files or voices that were lost."""
    from empathy_insights.readers.to_do import lost

    if strict and (what := lost(corpus)):
        raise EmpathyInsightsError(f"--strict: {what}")


def _records(table: pd.DataFrame) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(table.to_json(orient="records"))
    return rows


def _print_json(**told: object) -> None:
    print(json.dumps(told, ensure_ascii=False))


def _print_table(table: pd.DataFrame) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    shown = Table(box=None, pad_edge=False)
    for name in table.columns:
        shown.add_column(str(name).replace("_", " "), no_wrap=True)
    for row in table.astype(object).where(table.notna(), "-").itertuples(index=False):
        shown.add_row(*[escape(str(value)) for value in row])
    console = Console()
    # A file or a pipe has no width of its own to cut words to.
    console = console if console.is_terminal else Console(width=_WIDE)
    console.print(shown)


def _print_to_do(corpus: Corpus) -> None:
    steps = _to_do(corpus)
    n = len(corpus.problems)
    if steps:
        remarks = "1 remark" if n == 1 else f"{n} remarks"
        print(f"\nTo do, the most useful first ({remarks} in all, with --json):")
    for number, step in enumerate(steps, start=1):
        print(f"{number}. {step}")


if __name__ == "__main__":
    main()
