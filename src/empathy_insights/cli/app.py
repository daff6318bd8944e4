"""All commands together, in the order of the work."""

from __future__ import annotations

import atexit
import gc
from errno import ENAMETOOLONG
from importlib import metadata
from typing import Annotated

import typer

from empathy_insights.cli.analyze import analyze, demo, topics
from empathy_insights.cli.codebook import codebook_app
from empathy_insights.cli.files import clean, deidentify, init, people, read
from empathy_insights.cli.output import libraries_quiet, say
from empathy_insights.cli.people import agree, review, sheet, teach
from empathy_insights.cli.results import export, publish, verify
from empathy_insights.errors import EmpathyInsightsError

_TOO_LONG = (
    "a path is too long for this disk, or a name in it is; see whether words stand where a "
    "file or folder is meant"
)

app = typer.Typer(
    help="From empathy interviews to themes, tables and a problem of practice, offline.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for command in (
    init, people, read, analyze, review, sheet, agree, teach, topics, publish, export, verify,
    demo, clean, deidentify,
):  # fmt: skip
    app.command()(command)
app.add_typer(codebook_app, name="codebook")


def _version(*, wanted: bool) -> None:
    if wanted:
        say(f"empathy-insights {metadata.version('empathy-insights')}")
        raise typer.Exit


@app.callback()
def about(
    version: Annotated[  # noqa: FBT002  # the callback has said it
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Say which version."
        ),
    ] = False,
) -> None:
    """From empathy interviews to themes, tables and a problem of practice, offline."""


def main() -> None:
    """Run the command line; exit 0 when done, 1 on bad input, 2 on wrong usage."""
    # All memory goes back at once: to look for cycles in it first takes a second or two.
    atexit.register(gc.freeze)
    try:
        with libraries_quiet():
            app()
    except EmpathyInsightsError as error:
        say(error, is_error=True)
        raise SystemExit(1) from None
    except OSError as error:
        if error.errno != ENAMETOOLONG:
            raise
        say(_TOO_LONG, is_error=True)
        raise SystemExit(1) from None
