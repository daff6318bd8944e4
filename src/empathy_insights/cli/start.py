"""A new study: its settings, who is who, and a place for what people decide."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from empathy_insights.cli.options import AsJson
from empathy_insights.cli.output import print_json, say


def init(
    folder: Annotated[
        Path, typer.Argument(help="The folder of the study; made if it is not there.")
    ],
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Make study.yaml, participants.csv and decisions/ in a folder; overwrite nothing."""
    from empathy_insights.new_study import begin_folder

    begun = begin_folder(folder)
    if as_json:
        print_json(folder=str(folder), made=list(begun.made), kept=list(begun.kept))
        return
    for name in begun.made:
        say(f"Made {folder / name}")
    for name in begun.kept:
        say(f"Kept {folder / name}, which was there")
    if begun.waits:
        say(f"Put the interviews into {folder / begun.waits}.")
    say(f"Next: cd {folder}, look at study.yaml, and run `empathy-insights analyze`.")
