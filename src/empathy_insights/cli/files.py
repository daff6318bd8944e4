"""The commands on files: a new study, what was understood, who is who, texts without names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from empathy_insights.cli.options import (
    AsJson,
    Facilitator,
    Keep,
    Key,
    NamePattern,
    People,
    Roster,
    Source,
    Strict,
    here,
)
from empathy_insights.cli.output import (
    asking_of,
    print_json,
    print_table,
    print_to_do,
    print_unlisted,
    records,
    refuse_lost,
    say,
    to_do,
)

if TYPE_CHECKING:
    import pandas as pd

    from empathy_insights.corpus import Corpus


_HEADS = {
    "path": "file", "kind": "read as", "turns": "turns", "speakers": "voices",
    "asking": "who asks", "words": "words", "words_in_turns": "in turns",
    "language": "language", "problems": "remarks",
}  # fmt: skip


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
    else:
        say(f"Interviews are read from {folder / begun.data} and the folders in it.")
    say(f"Next: cd {folder}, look at study.yaml, and run `empathy-insights analyze`.")


def people(
    source: Source = None,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="A new .xlsx or .csv file to correct.")
    ] = Path("people.xlsx"),
    participants: People = None,
    facilitator: Facilitator = None,
    name_pattern: NamePattern = None,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Write who was taken for whom as a sheet to correct and pass as --participants."""
    from empathy_insights.readers import people_sheet

    corpus = _read(source, participants, facilitator, name_pattern)
    sheet = people_sheet(corpus, out)
    voices = corpus.people["file"].notna().sum()
    if as_json:
        print_json(out=str(sheet), voices=int(voices), to_do=to_do(corpus))
        return
    say(
        f"{voices} voices: {sheet}. Correct the yellow columns, then add "
        f"--participants {sheet}. It holds names: keep it with the interviews."
    )


def read(
    source: Source = None,
    participants: People = None,
    facilitator: Facilitator = None,
    name_pattern: NamePattern = None,
    strict: Strict = False,  # noqa: FBT002
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Show what was and was not understood of each file; write nothing."""
    corpus = _read(source, participants, facilitator, name_pattern)
    if as_json:
        asking = asking_of(corpus)
        files = [
            row | {"asking": asking.get(str(row["path"]), [])}
            for row in records(corpus.reading)
        ]
        print_json(
            files=files, problems=records(corpus.problems),
            to_do=to_do(corpus),
        )  # fmt: skip
    else:
        print_table(_for_people(corpus))
        print_to_do(corpus)
        print_unlisted(corpus)
    refuse_lost(corpus, strict=strict)


def _for_people(corpus: Corpus) -> pd.DataFrame:
    """Return what was understood of each file, in a person's words, and who asks in it."""
    reading, asking = corpus.reading, asking_of(corpus)
    named = reading["path"].map({k: ", ".join(v) for k, v in asking.items()})
    named, why = named.astype("str"), reading["facilitator_why"]
    is_used = reading["kind"].notna()
    form = (" (" + reading["format"] + ")").where(is_used, "")
    table = reading.assign(
        kind=reading["kind"].str.replace("_", " ").fillna("not used") + form,
        asking=(named + " (" + why + ")").where(named.notna() & why.notna(), why),
        words_in_turns=reading["words_in_turns"].map(
            "{:.0%}".format, na_action="ignore"
        ),
    )
    told = table[[*_HEADS]].rename(columns=_HEADS).astype(object)
    # Of a file that is not used there is nothing to count but its remarks.
    counted = told.columns.difference(["file", "read as", "remarks"])
    told.loc[~is_used, counted] = None
    return told


def deidentify(
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the texts go.")],
    source: Source = None,
    participants: People = None,
    facilitator: Facilitator = None,
    roster: Roster = None,
    keep: Keep = None,
    key: Key = None,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Write the texts with pseudonyms, what was replaced, and what to look at."""
    from empathy_insights.identities import check_key_place, write_key
    from empathy_insights.identities import deidentify as run
    from empathy_insights.report.folder import write_deidentified
    from empathy_insights.study_file import study_of

    if key is not None:
        check_key_place(key, results=out)
    study = study_of(here(source))
    corpus = _read(source, participants, facilitator, None)
    clean = run(
        corpus, roster=roster or study.roster, keep=tuple(keep or study.keep or ())
    )
    if key is not None:
        write_key(clean.key, key, results=out)
    write_deidentified(clean, out)
    if as_json:
        print_json(
            out=str(out), replaced=len(clean.log), to_review=len(clean.review),
            problems=len(corpus.problems), to_do=to_do(corpus),
        )  # fmt: skip
        return
    say(
        f"{clean!r}\nTexts: {out / 'texts'}; look at {out / 'identities_to_review.csv'}"
    )


def clean(source: Source = None, as_json: AsJson = False) -> None:  # noqa: FBT002
    """Delete what earlier runs kept in the interviews' folder, and what killed ones left."""
    from empathy_insights.report.placing import remove_drafts
    from empathy_insights.stage_cache import clean_cache
    from empathy_insights.study_file import study_of

    data = study_of(here(source)).data
    was_there = isinstance(data, str | Path) and clean_cache(data)
    # Results are written beside the interviews, in them, or where the command is given.
    around = {Path.cwd()}
    if isinstance(data, str | Path):
        around |= {Path(data).resolve(), Path(data).resolve().parent}
    n_left = sum(map(remove_drafts, around))
    was_there |= n_left > 0
    if as_json:
        print_json(deleted=was_there)
    else:
        say("Deleted what earlier runs kept." if was_there else "Nothing was kept.")


def _read(
    source: Path | None,
    participants: Path | None,
    facilitators: list[str] | None,
    name_pattern: str | None,
) -> Corpus:
    """Read what a file, a folder or a study.yaml names; options win over the study."""
    from empathy_insights.before_coding import read_study
    from empathy_insights.study_file import study_of

    study = study_of(here(source))
    return read_study(
        replace(
            study,
            participants=participants or study.participants,
            facilitators=tuple(facilitators or study.facilitators),
            name_pattern=name_pattern or study.name_pattern,
        )
    )
