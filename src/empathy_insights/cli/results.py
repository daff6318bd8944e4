"""Results written for others, also for other programs, and held against what was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from empathy_insights.cli.analyze import analyze
from empathy_insights.cli.options import (
    AsJson,
    Earlier,
    OutOfStudy,
    Quiet,
    Source,
    as_last_run,
    last_embedder,
    last_given,
    study_here,
)
from empathy_insights.cli.output import print_json, say, stages_shown
from empathy_insights.errors import EmpathyInsightsError, OptionError

if TYPE_CHECKING:
    from empathy_insights.study_file import Study

_FOR_THE_TEAM = (
    " It holds people's words under pseudonyms: keep it to the team. The key to the "
    "pseudonyms is not in it."
)


def publish(
    audience: Annotated[
        str,
        typer.Argument(
            help="Whom it is for: team, school (staff and leaders), or public (families, "
            "everybody else)."
        ),
    ],
    source: Source = None,
    out: OutOfStudy = None,
    earlier: Earlier = None,
    quiet: Quiet = False,  # noqa: FBT002
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Write the results again for others: what was coded before is not coded anew."""
    study = study_here(source, out)
    as_last_run(study, quiet=quiet or as_json)
    analyze(
        source, out=out, audience=audience, earlier=earlier, quiet=quiet, as_json=as_json,
        **last_given(study),
    )  # fmt: skip


def export(
    form: Annotated[
        str,
        typer.Argument(
            help="qdpx, a project with texts and codings, or qdc, the codebook alone; for "
            "NVivo, MAXQDA, ATLAS.ti and QualCoder."
        ),
    ],
    source: Source = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="The file; study.qdpx or codebook.qdc if not given."
        ),
    ] = None,
    quiet: Quiet = False,  # noqa: FBT002
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Write a study or its codebook for another program; what was coded is not coded anew."""
    if form not in ("qdpx", "qdc"):
        raise OptionError(f"there is no form {form!r} to export; take qdpx or qdc")
    study = as_last_run(study_here(source), quiet=quiet or as_json)
    if form == "qdc":
        out = out or Path("codebook.qdc")
        told, about = _write_codebook(study, out), ""
    else:
        out, about = out or Path("study.qdpx"), _FOR_THE_TEAM
        told = _write_project(study, out, quiet=quiet, as_json=as_json)
    if as_json:
        print_json(out=str(out), **told)
    elif not quiet:
        counts = ", ".join(f"{n} {what}" for what, n in told.items())
        say(f"{counts}: {out}.{about}")


def _write_codebook(study: Study, out: Path) -> dict[str, int]:
    from empathy_insights.before_coding import codebook_of, project_of
    from empathy_insights.codebook_refi import write_qdc

    book = codebook_of(study, project_of(study))
    write_qdc(book, out)
    return {"themes": len(book.themes)}


def _write_project(
    study: Study, out: Path, *, quiet: bool, as_json: bool
) -> dict[str, int]:
    from empathy_insights.exchange.qdpx_written import write_qdpx
    from empathy_insights.study import analyze as run

    with stages_shown(quiet=quiet, as_json=as_json) as progress:
        analysis = run(
            study, embedder=last_embedder(study), cache=True, progress=progress
        )
        write_qdpx(analysis, out)
    return {
        "documents": len(analysis.corpus.documents),
        "themes": len(analysis.codebook.themes),
        "codings": len(analysis.codings),
    }


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
