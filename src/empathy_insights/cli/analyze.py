"""The whole way at once: from interviews to a report, and the sample study."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from empathy_insights.cli.options import (
    AsJson,
    Book,
    Earlier,
    Facilitator,
    For,
    Keep,
    Key,
    NamePattern,
    Out,
    OutOfStudy,
    People,
    Quiet,
    Roster,
    Source,
    Strict,
    here,
    keep_given,
    read_first,
    study_here,
)
from empathy_insights.cli.output import (
    noted,
    print_json,
    print_table,
    records,
    refuse_lost,
    say,
    say_again,
    stages_shown,
    tell,
)
from empathy_insights.cli.ready import one_ready
from empathy_insights.cli.unchanged import last_run
from empathy_insights.errors import OptionError

if TYPE_CHECKING:
    import pandas as pd

    from empathy_insights.before_coding import Progress
    from empathy_insights.coding.language_model.model_coder import LanguageModel
    from empathy_insights.result import Analysis


def analyze(
    source: Source = None,
    codebook: Book = None,
    out: OutOfStudy = None,
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
        Path | None,
        typer.Option(
            help="Codings by people: a .csv or .xlsx file, or another program's export."
        ),
    ] = None,
    decisions: Annotated[
        list[Path] | None,
        typer.Option(
            help="What people decided about passages: .json or .csv; repeatable."
        ),
    ] = None,
    coder: Annotated[
        str | None,
        typer.Option(
            help="A coder that `teach` wrote, to code with; or the address of a language "
            "model on your own machine, to be heard beside: http://127.0.0.1:11434/v1."
        ),
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Which language model of --coder's server.")
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
    no_cache: Annotated[  # noqa: FBT002
        bool,
        typer.Option(
            "--no-cache",
            help="Keep nothing in the interviews' folder for the next run.",
        ),
    ] = False,
    fast: Annotated[  # noqa: FBT002
        bool,
        typer.Option(
            "--fast",
            help="Static word vectors: for tens of thousands of short answers; themes "
            "are found less well.",
        ),
    ] = False,
    scheduler: Annotated[
        str | None,
        typer.Option(
            help="The scheduler of a Dask cluster to share the work with: tcp://…; "
            "texts with names in them travel there."
        ),
    ] = None,
    quotes_released: Annotated[
        Path | None,
        typer.Option(help="Quotes that a person released for others: a .csv file."),
    ] = None,
    earlier: Earlier = None,
    compare: Annotated[
        Path | None,
        typer.Option(
            help="An earlier study, or one of another site, to say what changed; for "
            "the team."
        ),
    ] = None,
    audience: For = None,
    strict: Strict = False,  # noqa: FBT002
    quiet: Quiet = False,  # noqa: FBT002  # Typer turns it into a flag
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Read, code, cluster and count interviews; write the report and a statement."""
    options = locals()
    study = study_here(source, out)
    last = last_run(study, options)
    if last is not None and (before := last.said) is not None:
        say_again(before, quiet=quiet or as_json)
        return
    from empathy_insights.identities import check_key_place, write_key
    from empathy_insights.publishing import audience_of
    from empathy_insights.stage_cache import cache_beside, log_of

    # A wrong word is told before any work is done.
    out = study.out or Path("results")
    asked = audience or study.audience
    rules = audience_of(asked or "school")
    if key is not None:
        check_key_place(key, results=out)
    if compare is not None and rules.name != "team":
        raise OptionError("a comparison has numbers of few people; add --audience team")
    study = read_first(study, codebook)
    changes = None
    log = None if no_cache else log_of(study.data)
    is_known = not no_cache and cache_beside(study.data).has("topics")
    with (
        one_ready(scheduler, is_known=is_known),
        stages_shown(quiet=quiet, as_json=as_json, log=log) as progress,
    ):
        from empathy_insights.progress import stage_told_to
        from empathy_insights.report.first_page import FEW_SAID, default_audience
        from empathy_insights.report.folder import write_results
        from empathy_insights.study import analyze as run

        analysis = run(
            study,
            participants=participants,
            facilitators=facilitator or None,
            name_pattern=name_pattern,
            roster=roster,
            keep=keep or None,
            allow_identities=allow_identities or None,
            hand_codes=hand_codes,
            decisions=decisions or None,
            coder=coder,
            model=model,
            population=population,
            commitments=commitment or None,
            strategy_link=strategy_link,
            ideas=idea or None,
            identities=identities,
            quotes_released=quotes_released,
            embedder="static" if fast else None,
            cache=not no_cache,
            progress=progress,
        )
        if key is not None and analysis.deidentified is not None:
            write_key(analysis.deidentified.key, key, results=out)
        if compare is not None:
            changes = _changes(
                analysis, compare, coder or study.coder, model or study.model, progress
            )
        whom = rules.name if asked else default_audience(analysis)
        with stage_told_to(progress, "write"):
            written = write_results(
                analysis, out, audience=whom, decided=analysis.decided, earlier=earlier
            )
    with noted() as said:
        tell(analysis, written, whom, quiet=quiet, as_json=as_json, changes=changes)
        if not (asked or quiet or as_json) and whom == "team":
            say(FEW_SAID)
    keep_given(study, options)
    refuse_lost(analysis.corpus, strict=strict)
    if last is not None:
        last.keep(said)


def _changes(
    now: Analysis,
    earlier: Path,
    coder: Path | str | LanguageModel | None,
    model: str,
    progress: Progress,
) -> pd.DataFrame:
    """Analyze another study by the same codebook and coder, and say what changed."""
    from empathy_insights.analysis.between_studies import changes_between
    from empathy_insights.study import analyze as run
    from empathy_insights.text.embedders import STATIC, embedder_of

    is_static = now.manifest["embedder"] == embedder_of(STATIC).name
    before = run(
        here(earlier),
        codebook=now.codebook,
        coder=coder,
        model=model or None,
        embedder=STATIC if is_static else None,
        cache=True,
        progress=progress,
    )
    return changes_between(before, now)


def demo(
    out: Out = Path("results"),
    quiet: Quiet = False,  # noqa: FBT002
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Tell the invented sample study in three steps: first look, 30 passages read, all."""
    from empathy_insights.demo import tell_story
    from empathy_insights.progress import stage_told_to
    from empathy_insights.report.folder import write_results

    with one_ready(), stages_shown(quiet=quiet) as progress:
        (first, some, whole), told = tell_story(sample_folder(), progress)
        with stage_told_to(progress, "write"):
            written = write_results(some, out, audience="school")
            for name, run in (("first_look", first), ("all_read", whole)):
                write_results(run, out / name, audience="school")
    tell(some, written, "school", quiet=quiet, as_json=as_json)
    if not (quiet or as_json):
        print_table(told)
        say(f"Each step has a report: {out}/first_look, {out}, {out}/all_read.")


def topics(
    source: Source = None,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Say what people talk about, found without a codebook."""
    from empathy_insights.analysis.frequency import topic_frequency
    from empathy_insights.before_coding import begin_study
    from empathy_insights.topics import fit_topics

    study = study_here(source)
    begun = begin_study(study)
    found = fit_topics(begun.segments, random_state=study.random_state)
    table = topic_frequency(found, begun.corpus)
    if as_json:
        print_json(topics=records(table))
        return
    print_table(table[["name", "people", "of", "segments"]])


def sample_folder() -> Path:
    """Return the invented sample study, in the wheel or in a checkout."""
    package = Path(str(resources.files("empathy_insights")))
    packed = package / "sample"
    return packed if packed.is_dir() else package.parents[1] / "data" / "sample"
