"""Passages read by people: where, by whom, how far they agree, what a coder learns."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from empathy_insights.cli.options import (
    AsJson,
    OutOfStudy,
    Quiet,
    Source,
    as_last_run,
    last_embedder,
    study_here,
)
from empathy_insights.cli.output import (
    print_json,
    print_table,
    records,
    say,
    stages_shown,
    tell_left_out,
)
from empathy_insights.errors import EmpathyInsightsError

if TYPE_CHECKING:
    import pandas as pd

    from empathy_insights.before_coding import Begun

_SHOWN, _MOST_WORDS = 20, 400  # passages to talk about, and characters of each
_HEADS = {"name": "theme", "n": "passages", "gave": "given in", "same": "same answer"}
_HOW_TO_READ = (
    "Of the passages that two of you have read: in how many somebody gave the theme, and "
    "the share of answers that are the same. Most are the same where a theme is rare; "
    "kappa leaves out what chance explains: 1 is all the same, 0 no better than chance."
)
_LEARNED = ["name", "positives", "people", "learned", "precision", "recall", "kappa"]


def review(
    source: Source = None,
    out: OutOfStudy = None,
    open_: Annotated[  # noqa: FBT002
        bool, typer.Option("--open", help="Open it in the browser.")
    ] = False,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Say where the page is on which people read passages and decide."""
    from empathy_insights.files.results import TEAM
    from empathy_insights.report.review_page import NAME

    folder = study_here(source, out).out or Path("results")
    page = folder / TEAM / NAME
    if not page.is_file():
        raise EmpathyInsightsError(
            "there is no review page yet; run `empathy-insights analyze` first",
            path=folder,
        )
    if as_json:
        print_json(review=str(page))
    else:
        say(
            f"Review: {page}. What you save goes into the folder decisions of the study, "
            "or beside the interviews; then analyze again."
        )
    if open_:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())


def sheet(
    source: Source = None,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="A new .xlsx or .csv file to fill in.")
    ] = Path("coding_sheet.xlsx"),
    reader: Annotated[str | None, typer.Option(help="Who is going to read.")] = None,
    n: Annotated[int, typer.Option("-n", help="How many passages.", min=1)] = 30,
    quiet: Quiet = False,  # noqa: FBT002
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Write a sheet of the passages to read next, those first that narrow counts most."""
    from empathy_insights.analysis.estimate.next_passages import next_passages
    from empathy_insights.coding.sheets.coding_sheet import coding_sheet
    from empathy_insights.study import analyze

    if out.exists():
        raise EmpathyInsightsError(
            "there is a file of this name already, and it stays as it is; choose another",
            path=out,
        )
    study = as_last_run(study_here(source), quiet=quiet or as_json)
    with stages_shown(quiet=quiet) as progress:
        run = analyze(
            study, embedder=last_embedder(study), cache=True, progress=progress
        )
    chosen = next_passages(run, n=n)
    order = chosen.set_index("segment_id")["order"]
    rows = run.segments.assign(order=run.segments["segment_id"].map(order))
    rows = rows.dropna(subset="order")
    coding_sheet(rows, run.codebook, out, coder=reader)
    if as_json:
        print_json(
            out=str(out), passages=len(rows), minutes=chosen.attrs["minutes"],
            finding=chosen.attrs["finding"],
        )  # fmt: skip
    elif not quiet:
        tell_left_out(run.decisions)
        say(
            f"{chosen.attrs['finding']}\nSheet: {out}. Filled in, it goes into decisions/."
        )


def agree(
    source: Source = None,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Say how far readers agree, theme by theme, and which passages to talk about."""
    from empathy_insights.analysis.between_readers import (
        readers_agree,
        to_talk_about,
        who_read,
    )
    from empathy_insights.corpus import how_many

    begun = _begun(source, quiet=as_json)
    table = readers_agree(begun.decisions, begun.codebook)
    talk = to_talk_about(begun.decisions, begun.corpus, begun.codebook)
    if as_json:
        print_json(
            readers={one.reader: one.passages for one in who_read(begun.decisions)},
            themes=records(table), to_talk_about=records(talk),
        )  # fmt: skip
        return
    tell_left_out(begun.decisions)
    for one in who_read(begun.decisions):
        say(f"{one.reader} read {how_many(one.passages, 'passage')}.")
    if not len(table):
        say("No passage was read by two people yet, so nothing can be compared.")
        return
    print_table(_rounded(table).drop(columns="theme").rename(columns=_HEADS))
    say(_HOW_TO_READ)
    _tell_talk(talk, begun)


def _tell_talk(talk: pd.DataFrame, begun: Begun) -> None:
    if not len(talk):
        say("\nNo passage was heard differently.")
        return
    say(f"\nTo talk about, most differences first ({len(talk)} in all):")
    words = begun.segments.set_index("segment_id")["text"]
    for one in talk.head(_SHOWN).to_dict("records"):
        name, place, differ = (
            one.pop(key) for key in ("segment_id", "place", "differ")
        )
        told = "; ".join(f"{who}: {gave}" for who, gave in one.items() if gave)
        document = name.rpartition(":")[0]
        place = place.replace(document, begun.files[document], 1)
        said = textwrap.shorten(words[name], _MOST_WORDS, placeholder=" …")
        say(f"\n{differ} ({place})\n  {told}\n  “{said}”")
    if len(talk) > _SHOWN:
        say(f"\n{len(talk) - _SHOWN} more: with --json.")


def teach(
    source: Source = None,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Where the coder goes.")
    ] = Path("coder.zip"),
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Let a coder learn from what people read, and say how well it does on others."""
    from empathy_insights.coding.models.fitting import fit_coder

    begun = _begun(source, quiet=as_json)
    if not len(begun.decisions):
        raise EmpathyInsightsError(
            "nobody has read passages of this study yet; read some on the review page "
            "or in a sheet first"
        )
    coder = fit_coder(begun.segments, begun.decisions, begun.codebook)
    coder.save(out)
    names = {theme.id: theme.name for theme in begun.codebook}
    scores = coder.scores.assign(name=coder.scores["theme"].map(names))
    if as_json:
        print_json(coder=str(out), scores=records(scores))
        return
    tell_left_out(begun.decisions)
    say("How well each theme is found in the words of people whom it has not seen:")
    print_table(_rounded(scores[_LEARNED]))
    say(f"{coder!r}: {out}. It holds words of the study: keep it with the interviews.")


def _begun(source: Path | None, *, quiet: bool) -> Begun:
    from empathy_insights.before_coding import begin_study

    return begin_study(as_last_run(study_here(source), quiet=quiet))


def _rounded(table: pd.DataFrame) -> pd.DataFrame:
    """Return two digits, and no nought below nought."""
    floats = table.select_dtypes("float").columns
    return table.assign(**{name: table[name].round(2) + 0.0 for name in floats})
