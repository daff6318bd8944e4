"""Results written for others, and held against what was written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from empathy_insights.cli.analyze import analyze
from empathy_insights.cli.options import AsJson, OutOfStudy, Quiet, Source
from empathy_insights.cli.output import print_json, say
from empathy_insights.errors import EmpathyInsightsError


def publish(
    audience: Annotated[
        str, typer.Argument(help="Whom it is for: team, school or public.")
    ],
    source: Source = None,
    out: OutOfStudy = None,
    quiet: Quiet = False,  # noqa: FBT002
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Write the results again for others: what was coded before is not coded anew."""
    analyze(source, out=out, audience=audience, quiet=quiet, as_json=as_json)


def verify(
    results: Annotated[Path, typer.Argument(help="A results folder.")] = Path(
        "results"
    ),
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Say which files of a results folder are still as they were written; else exit 1."""
    from empathy_insights.files.results import verified

    found = verified(results)
    if as_json:
        print_json(
            results=str(results), whole=len(found.whole), changed=list(found.changed),
            missing=list(found.missing), added=list(found.added),
        )  # fmt: skip
    else:
        say(f"{len(found.whole)} files are as they were written.")
        for what in ("changed", "missing", "added"):
            for name in getattr(found, what):
                say(f"{what}: {name}")
    if found.changed or found.missing:
        n = len(found.changed) + len(found.missing)
        raise EmpathyInsightsError(
            f"{n} {'file has' if n == 1 else 'files have'} changed since the results were "
            "written; analyze again to restore them",
            path=results,
        )
