"""The commands on codebooks."""

from __future__ import annotations

from typing import Annotated

import typer

from empathy_insights.cli.options import AsJson
from empathy_insights.cli.output import print_json, print_table, say

codebook_app = typer.Typer(help="Look at and check codebooks.", no_args_is_help=True)


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
        say(missed.to_json(orient="records", force_ascii=False))
    else:
        print_table(missed)
        say(f"{book!r}: {int(cases['passed'].sum())} of {len(cases)} passed")


@codebook_app.command("list")
def list_codebooks(as_json: AsJson = False) -> None:  # noqa: FBT002
    """List the shipped codebooks."""
    from empathy_insights.codebook_file import SHIPPED, load_codebook

    if as_json:
        print_json(codebooks=list(SHIPPED))
        return
    for name in SHIPPED:
        say(repr(load_codebook(name)))
