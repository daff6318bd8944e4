"""The options that several commands share: what they are called and what they mean."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Source = Annotated[
    Path, typer.Argument(help="A transcript, a folder of them, or a study.yaml.")
]
Book = Annotated[
    str | None,
    typer.Option(
        "--codebook",
        "-c",
        help="A shipped codebook's name, or a file: a sheet, a list or YAML; empathy_core "
        "if not given.",
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
Strict = Annotated[
    bool,
    typer.Option(
        "--strict", help="Exit 1 if a file is unreadable or a voice unlisted."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print for scripts, as JSON.")]
