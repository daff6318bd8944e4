"""The command line: the only place that prints."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from empathy_insights.errors import EmpathyInsightsError

if TYPE_CHECKING:
    import pandas as pd

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
    "words_kept", "language", "problems",
]  # fmt: skip

Source = Annotated[
    Path, typer.Argument(help="A transcript, a folder of them, or a study.yaml.")
]
Book = Annotated[
    str | None,
    typer.Option(
        "--codebook",
        "-c",
        help="A shipped codebook's name, or a YAML file; empathy_core if not given.",
    ),
]
Out = Annotated[Path, typer.Option("--out", "-o", help="The results folder.")]
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
    typer.Option(help="Names to take out: a .csv or .xlsx file with a column `name`."),
]
Keep = Annotated[
    list[str] | None, typer.Option(help="A word that looks like a name and is none.")
]
Key = Annotated[
    Path | None,
    typer.Option(help="Where the key to the pseudonyms goes, outside the results."),
]
For = Annotated[
    str,
    typer.Option(help="Whom the report and tables are for: team, school or public."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print for scripts, as JSON.")]


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
    audience: For = "school",
    quiet: Quiet = False,  # noqa: FBT002  # Typer turns it into a flag
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Read, code, cluster and count interviews; write the report and a statement."""
    from empathy_insights.privacy import audience_of, write_key
    from empathy_insights.study import analyze as run

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
            progress=progress,
        )
        if key is not None and analysis.deidentified is not None:
            write_key(analysis.deidentified.key, key, results=out)
        progress("write")
        folder = analysis.write(out, audience=rules.name)
    _tell(analysis, folder, quiet=quiet, as_json=as_json)


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
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Show what was and was not understood of each file; write nothing."""
    from empathy_insights.readers import read_corpus

    corpus = read_corpus(
        source,
        participants=participants,
        facilitators=tuple(facilitator or ()),
        name_pattern=name_pattern,
    )
    table = corpus.reading if as_json else corpus.reading[_READING]
    _print_table(table, as_json=as_json)
    if not as_json:
        _print_problems(corpus.problems)


@app.command()
def deidentify(
    source: Source,
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the texts go.")],
    participants: People = None,
    facilitator: Facilitator = None,
    roster: Roster = None,
    keep: Keep = None,
    key: Key = None,
) -> None:
    """Write the texts with pseudonyms, what was replaced, and what to look at."""
    from empathy_insights.privacy import deidentify as run
    from empathy_insights.privacy import write_key
    from empathy_insights.readers import read_corpus
    from empathy_insights.report.folder import write_deidentified

    corpus = read_corpus(
        source, participants=participants, facilitators=tuple(facilitator or ())
    )
    clean = run(corpus, roster=roster, keep=tuple(keep or ()))
    if key is not None:
        write_key(clean.key, key, results=out)
    write_deidentified(clean, out)
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
    _print_table(missed, as_json=as_json)
    if not as_json:
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


def _tell(analysis: Analysis, folder: Path, *, quiet: bool, as_json: bool) -> None:
    if as_json:
        themes = json.loads(analysis.themes.to_json(orient="records"))
        question = None if analysis.problem is None else analysis.problem.question
        out = {"out": str(folder), "themes": themes, "question": question}
        print(json.dumps(out, ensure_ascii=False))
        return
    if quiet:
        return
    print(analysis)
    n = len(analysis.corpus.problems)
    if n:
        remarks = "1 remark" if n == 1 else f"{n} remarks"
        print(
            f"{remarks} from reading: {folder / 'team_only' / 'tables' / 'reading_problems.csv'}"
        )
    print(f"Report: {folder / 'report.html'}")


def _print_table(table: pd.DataFrame, *, as_json: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    if as_json:
        print(table.to_json(orient="records", force_ascii=False))
        return
    shown = Table(box=None, pad_edge=False)
    for name in table.columns:
        shown.add_column(str(name).replace("_", " "), no_wrap=True)
    for row in table.astype(object).where(table.notna(), "-").itertuples(index=False):
        shown.add_row(*[str(value) for value in row])
    console = Console()
    # A file or a pipe has no width of its own to cut words to.
    console = console if console.is_terminal else Console(width=_WIDE)
    console.print(shown)


def _print_problems(problems: pd.DataFrame) -> None:
    for row in problems.itertuples():
        line = "" if math.isnan(row.line) else f":{int(row.line)}"
        print(f"{row.path}{line}: {row.problem}; {row.advice}")


if __name__ == "__main__":
    main()
