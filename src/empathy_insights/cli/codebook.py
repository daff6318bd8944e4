"""The commands for codebooks: list the shipped ones, check one, write one anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from empathy_insights.cli.options import AsJson
from empathy_insights.cli.output import print_json, print_table, records, say
from empathy_insights.errors import CodebookError

if TYPE_CHECKING:
    from empathy_insights.codebook import Codebook

codebook_app = typer.Typer(
    help="List, check and write codebooks.", no_args_is_help=True
)

_FORMS = "a sheet (.xlsx, .csv), a list (.md, .txt), .qdc or YAML"


@codebook_app.command("list")
def list_codebooks(as_json: AsJson = False) -> None:  # noqa: FBT002
    """List the shipped codebooks."""
    from empathy_insights.codebook_file import load_codebook
    from empathy_insights.codebook_yaml import SHIPPED

    books = [load_codebook(name) for name in SHIPPED]
    if as_json:
        print_json(codebooks=[_about(book) for book in books])
        return
    for book in books:
        say(repr(book))


@codebook_app.command("check")
def check(
    codebook: Annotated[str, typer.Argument(help=f"A shipped name, or {_FORMS}.")],
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Say what is missing in a codebook, what that costs, and what it finds today."""
    from empathy_insights.codebook_file import load_codebook

    _tell(load_codebook(codebook), as_json=as_json)


@codebook_app.command("new")
def new(
    source: Annotated[
        Path,
        typer.Option("--from", help=f"A shipped name, or your codebook: {_FORMS}."),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help="A new file, .yaml, .xlsx or .csv; YAML named as the first if absent.",
        ),
    ] = None,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Write a codebook as YAML or as a sheet, to go on with; no file is overwritten."""
    from empathy_insights.codebook_file import load_codebook, save_codebook

    book = load_codebook(source)
    path = out or Path(f"{source.stem}.yaml")
    if path.exists():
        problem = "the file is there already; name a new one with --out"
        raise CodebookError(problem, path=path)
    try:
        save_codebook(book, path)
    except OSError as error:
        problem = "the file cannot be written; name another place with --out"
        raise CodebookError(problem, path=path) from error
    _tell(book, as_json=as_json, out=path)


def _tell(codebook: Codebook, *, as_json: bool, out: Path | None = None) -> None:
    """Print what a codebook holds, lacks and does."""
    from empathy_insights.coding.check import check_codebook, codebook_gaps

    own = _written_here(codebook)
    gaps, cases = codebook_gaps(own), check_codebook(own)
    missed = cases.loc[~cases["passed"], ["theme", "kind", "number", "text"]]
    n_passed = int(cases["passed"].sum())
    if as_json:
        print_json(
            out=None if out is None else str(out), codebook=_about(codebook),
            gaps=records(gaps), passed=n_passed, cases=len(cases),
            missed=records(missed),
        )  # fmt: skip
        return
    say(repr(codebook) if out is None else f"{codebook!r}: {out}")
    for sentence in gaps["sentence"]:
        say(f"- {sentence}")
    if not len(cases):
        say("It has no examples and no near misses to try its phrases on.")
        return
    if n_passed == len(cases):
        say(
            f"By its phrases all {n_passed} of its own examples and near misses passed."
        )
        return
    say(
        f"By its phrases alone {n_passed} of its own {len(cases)} examples and near misses "
        "passed. An example that they miss is no mistake: it shows how people talk without "
        "these words, and teaches the coder to hear them. These did not pass:"
    )
    print_table(missed)


def _written_here(codebook: Codebook) -> Codebook:
    """Return a codebook without the themes of a shipped one, which others have checked."""
    from empathy_insights.codebook_file import load_codebook
    from empathy_insights.codebook_yaml import SHIPPED

    shipped = [theme for name in SHIPPED for theme in load_codebook(name)]
    own = tuple(theme for theme in codebook if theme not in shipped)
    return replace(codebook, themes=own) if own else codebook


def _about(codebook: Codebook) -> dict[str, object]:
    return {
        "id": codebook.id, "name": codebook.name, "version": codebook.version,
        "themes": [theme.name for theme in codebook.main_themes],
        "without_phrases": [
            theme.name for theme in codebook.main_themes if not theme.has_phrases
        ],
    }  # fmt: skip
