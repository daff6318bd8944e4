"""What the command line prints, and how: for a person, or for a script."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TextIO

from empathy_insights.cli.said_of_reading import of_open_names, of_reading
from empathy_insights.errors import EmpathyInsightsError, EmpathyInsightsWarning
from empathy_insights.files.output import for_terminal

if TYPE_CHECKING:
    import pandas as pd
    from rich.text import Text

    from empathy_insights.before_coding import Progress
    from empathy_insights.corpus import Corpus
    from empathy_insights.publishing import AudienceName
    from empathy_insights.report.folder import Written
    from empathy_insights.report.published import Published
    from empathy_insights.result import Analysis


_WIDE = 240
_LOGS = 20  # runs
_said: ContextVar[list[tuple[str, bool]] | None] = ContextVar("said", default=None)


@contextmanager
def libraries_quiet() -> Iterator[None]:
    """Keep off the terminal what libraries tell programmers, home or no home.

    A warning of ours is a sentence for a person, without the line of code behind it.
    """
    logging.getLogger().addHandler(logging.NullHandler())
    usual = warnings.showwarning

    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        if issubclass(category, EmpathyInsightsWarning):
            say(message, is_error=True)
        else:
            usual(message, category, filename, lineno, file, line)

    warnings.showwarning = show
    with TemporaryDirectory() as instead:
        with suppress(OSError, RuntimeError):
            Path("~/.cache").expanduser().mkdir(parents=True, exist_ok=True)
        if not os.access(os.path.expanduser("~/.cache"), os.W_OK):  # noqa: PTH111  # raises nothing
            os.environ.setdefault("XDG_CACHE_HOME", instead)
        try:
            yield
        finally:
            warnings.showwarning = usual


@contextmanager
def stages_shown(
    *, quiet: bool, as_json: bool = False, log: Path | None = None
) -> Iterator[Progress]:
    """Show the stages on standard error: to a person at a terminal, or to a script.

    Parameters
    ----------
    as_json
        Print a line a stage, such as `{"seconds": 3.1, "progress": "code"}`.
    log
        A folder to keep the lines of this run in, the last twenty runs'.
    """
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

        note = _noted(log, show=as_json and not quiet)

        def begin(stage: str) -> None:
            name, _, _ = stage.partition(":")
            if name not in begun:
                begun.append(name)
            bar.update(task, description=stage, completed=len(begun) - 1)
            note(stage)

        yield begin
        note("done")


def _noted(log: Path | None, *, show: bool) -> Progress:
    """Return what notes each stage with the seconds since the run began."""
    begun = time.monotonic()
    now = datetime.now().astimezone()
    file = None if log is None else log / f"{now:%Y-%m-%dT%H%M%S}.jsonl"

    def note(stage: str) -> None:
        seconds = round(time.monotonic() - begun, 1)
        line = json.dumps({"seconds": seconds, "progress": stage})
        if show:
            say(line, is_error=True)
        if file is not None:
            with suppress(OSError):  # a log that cannot be written stops no run
                file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                with file.open("a", encoding="utf-8") as opened:
                    opened.write(f"{line}\n")

    if log is not None:
        for old in sorted(log.glob("*.jsonl"))[: -_LOGS + 1]:
            old.unlink(missing_ok=True)
    return note


def tell(
    analysis: Analysis,
    written: Written,
    audience: AudienceName,
    *,
    quiet: bool,
    as_json: bool,
    changes: pd.DataFrame | None = None,
) -> None:
    """Print what a run found, as its audience may see it, and where it is.

    What is said of identities goes to standard error.
    """
    from empathy_insights.files.results import OPEN, TEAM
    from empathy_insights.report.finding import finding, not_in_codebook
    from empathy_insights.report.published import published

    shown = written.shown or published(analysis, audience)
    if as_json:
        question = None if analysis.problem is None else analysis.problem.question
        print_json(
            out=str(written.folder), report=str(written.report),
            is_withheld=written.is_withheld, open_identities=written.open_identities,
            kept=list(written.kept), finding=finding(shown),
            themes=records(shown.themes), question=question,
            problems=records(analysis.corpus.problems), to_do=to_do(analysis.corpus),
            open_in_quotes=len(shown.doubts),
            changes=[] if changes is None else records(changes),
            cautions=[] if changes is None else changes.attrs["cautions"],
        )  # fmt: skip
        return
    if written.is_withheld:
        say(
            f"Nothing was written for the {audience} yet: {written.open_identities} "
            "strings may identify somebody. Write hide or keep beside each in "
            f"{written.report.parent / 'identities_open.csv'} and run this again."
            f"{_of_team(written.by_team)}",
            is_error=True,
        )
    tell_doubts(shown, written.folder / TEAM / OPEN)
    if quiet:
        return
    if n := len(analysis.sensitive):
        listed = written.folder / TEAM / "tables" / "for_a_person.csv"
        some = f"{n} passages" if audience == "team" and n > 1 else "passages"
        say(
            f"First: {some} may need a person's care: {listed}. A computer misses many."
        )
    for line in filter(None, [*finding(shown), not_in_codebook(shown)]):
        say(line)
    n_open = 0 if written.is_withheld else written.open_identities
    for line in (
        *of_reading(analysis.corpus, written.folder / TEAM / "tables"),
        *of_open_names(n_open, written.folder / TEAM / OPEN),
    ):
        say(line)
    tell_left_out(analysis.decisions)
    for line in [*named_groups(shown), *_of_folder(written)]:
        say(line)
    _tell_changes(changes)
    say(f"Report: {written.report}")


def _of_team(n: int) -> str:
    stand = "One of them stands" if n == 1 else f"{n} of them stand"
    return (
        f" {stand} in study.yaml or your codebook, as the column why says: change it there, "
        "since hide cannot."
        if n
        else ""
    )


def _of_folder(written: Written) -> list[str]:
    """Say what stood in the folder of the results before."""
    kept = [f"Your changed file is kept: {written.folder / n}" for n in written.kept]
    if not written.of_other:
        return kept
    other = (
        f"Results of another study stood in {written.folder}: these took their place."
    )
    return [other, *kept]


def named_groups(shown: Published) -> list[str]:
    """Say how many groups of few people are named in what others get."""
    from empathy_insights.roles import ROLE_GROUP

    table = shown.voices
    if shown.is_team or table.empty:
        return []
    own = ~table["group"].isin(["role", ROLE_GROUP])
    n = int((own & (table["hidden"] != "")).sum())
    if not n:
        return []
    named = "1 group of few people is" if n == 1 else f"{n} groups of few people are"
    return [
        f"{named} named in what others get, without a number (tables/voices.csv). If a name "
        "could say who it is, call the group otherwise in the list of people."
    ]


def tell_doubts(shown: Published, listed: Path) -> None:
    """Say that released quotes wait, since words in them may be names."""
    if n := len(shown.doubts):
        words = "a word in them" if n == 1 else f"{n} words in them"
        say(
            f"Quotes that were released wait: {words} may be a name. Write hide or keep beside "
            f"each in {listed} and run this again.",
            is_error=True,
        )


def tell_left_out(decisions: pd.DataFrame) -> None:
    """Say in a line a file what of people's decisions does not count."""
    for line in decisions.attrs.get("told", ()):
        say(line)


def _tell_changes(changes: pd.DataFrame | None) -> None:
    if changes is not None:
        say(
            "What changed, the surest first (people who raised it; change of the share):"
        )
        for caution in changes.attrs["cautions"]:
            say(caution)
        ends = changes[["low", "high"]].map("{:+.2f}".format)
        said = {"before": changes["before_said"], "now": changes["now_said"]}
        change = ends["low"] + " to " + ends["high"]
        shown = changes[["name"]].assign(**said, change=change)
        shown["verdict"] = changes["verdict"]
        needs = changes[["needs_before", "needs_now"]].astype("str")
        needs = needs["needs_before"] + " to " + needs["needs_now"]
        if changes["needs_now"].notna().any():
            shown["missing or hard"] = needs.where(changes["needs_now"].notna(), "")
        print_table(shown)


def to_do(corpus: Corpus) -> list[str]:
    """Return what to do next after reading."""
    from empathy_insights.readers.people.people_sheet import things_to_do

    return things_to_do(corpus)


def asking_of(corpus: Corpus) -> dict[str, list[str]]:
    """Return file -> what those are called in it who ask: for the team's own eyes."""
    from empathy_insights.roles import is_interpreter

    turns = corpus.utterances
    asking = turns[turns["is_facilitator"] & turns["speaker"].notna()]
    paths = corpus.documents.set_index("document_id")["path"]
    labels = asking["speaker"].groupby(asking["document_id"].map(paths), sort=True)
    return {
        str(path): [label for label in dict.fromkeys(said) if not is_interpreter(label)]
        for path, said in labels
    }


def print_unlisted(corpus: Corpus) -> None:
    """Say what those are called whom the list of people does not have."""
    if not corpus.problems["problem"].str.contains(_UNLISTED).any():
        return
    lost = corpus.people[corpus.people["guess"] == "not in the list"]
    lost = lost[lost["voice"].fillna("") != ""]
    first = [f"{row.voice} ({row.file})" for row in lost.head(_MOST_NAMED).itertuples()]
    more = len(lost) - len(first)
    say(f"Not in the list: {', '.join(first)}{f' and {more} more' if more else ''}")


_UNLISTED = r"^\d+ voices? (?:is|are) not in "
_MOST_NAMED = 6


def refuse_lost(corpus: Corpus, *, strict: bool) -> None:
    """Exit 1 where a script must not go on with files or voices that were lost."""
    from empathy_insights.readers.people.people_sheet import lost

    if strict and (what := lost(corpus)):
        raise EmpathyInsightsError(f"--strict: {what}")


def records(table: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows of a table as JSON has them."""
    rows: list[dict[str, object]] = json.loads(table.to_json(orient="records"))
    return rows


def say(text: object, *, is_error: bool = False) -> None:
    """Print for a person; what would command the terminal is spelled out."""
    if (said := _said.get()) is not None:
        said.append((str(text), is_error))
    print(for_terminal(str(text)), file=sys.stderr if is_error else sys.stdout)


def say_again(said: Sequence[tuple[str, bool]], *, quiet: bool) -> None:
    """Print what a run said before, since nothing has changed."""
    if not quiet:
        say("Nothing has changed since the last run: its results stand.")
    for line, is_error in said:
        say(line, is_error=is_error)


@contextmanager
def noted() -> Iterator[list[tuple[str, bool]]]:
    """Note down what is said in a block, and whether as an error."""
    said: list[tuple[str, bool]] = []
    token = _said.set(said)
    try:
        yield said
    finally:
        _said.reset(token)


def print_json(**told: object) -> None:
    """Print one object for a script."""
    say(json.dumps(told, ensure_ascii=False))


def print_table(table: pd.DataFrame) -> None:
    """Print a table for a person, cut to the width of a terminal."""
    from rich.console import Console
    from rich.table import Table

    shown = Table(box=None, pad_edge=False)
    for name in table.columns:
        shown.add_column(_cell(str(name).replace("_", " ")), no_wrap=True)
    for row in table.astype(object).where(table.notna(), "-").itertuples(index=False):
        shown.add_row(*[_cell(value) for value in row])
    console = Console(highlight=False)
    # A file or a pipe has no width of its own to cut words to.
    console = console if console.is_terminal else Console(width=_WIDE)
    console.print(shown)


def _cell(value: object) -> Text:
    """Return a cell as it is: in a str of rich's, brackets and colons are markup."""
    from rich.text import Text

    return Text(" ".join(for_terminal(str(value)).split("\n")))


def print_to_do(corpus: Corpus) -> None:
    """Print what to do next, numbered."""
    steps = to_do(corpus)
    n = len(corpus.problems)
    if steps:
        remarks = "1 remark" if n == 1 else f"{n} remarks"
        say(f"\nTo do, the most useful first ({remarks} in all, with --json):")
    for number, step in enumerate(steps, start=1):
        say(f"{number}. {step}")
