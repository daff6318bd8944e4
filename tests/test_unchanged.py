"""The same command again: its results stand, unless anything that goes into them changed."""

import dataclasses
import json
import shutil
from inspect import signature
from pathlib import Path
from typing import get_type_hints

import pytest

from empathy_insights.cli.analyze import analyze
from empathy_insights.cli.options import study_here
from empathy_insights.cli.unchanged import FILES, last_run
from empathy_insights.files.results import OPEN, RECORD
from empathy_insights.study_file import Study

pytestmark = pytest.mark.usefixtures("no_pixels", "in_an_empty_folder")

NONE = dict.fromkeys(signature(analyze).parameters)
BESIDE = {
    "roster.csv": "name\nAmara Boone\n",
    "mine.yaml": "id: mine\nstories_file: mine_stories.csv\n"
    "brief: results of the study; notes.txt tells more\n",
    "mine_stories.csv": "text,theme\nIt froze.,bus\n",
    "earlier/manifest.json": "{}",
}


@pytest.fixture
def study(tmp_path):
    """Return a folder with settings, one interview, and what people decided."""
    folder = tmp_path / "study"
    (folder / "interviews/decisions").mkdir(parents=True)
    (folder / "study.yaml").write_text("data: interviews\nroster: ../roster.csv\n")
    (folder / "interviews/ana.txt").write_text("Interviewer: And?\n\nAna: The bus.\n")
    for name, text in BESIDE.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text)
    return folder


def asked(study, **given):
    """Return the fingerprint of a command, with these options."""
    read = study_here(study, given.get("out"))
    last = last_run(read, {**NONE, "source": study, **given})
    return None if last is None else last.asked


def write(path, text="changed\n"):
    """Write a file anew."""
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text)


OPTIONS = {
    "codebook": "mine.yaml",
    "earlier": Path("earlier"),
    "decisions": [Path("mine.csv")],
}


@pytest.mark.parametrize(
    "changed",
    [
        "study/study.yaml",
        "study/interviews/ana.txt",
        "study/interviews/ben.txt",
        "study/interviews/participants.csv",
        "study/interviews/quotes_released.csv",
        "study/interviews/decisions-Kim.json",
        "study/decisions-Kim.json",
        "roster.csv",
        "mine.yaml",
        "mine_stories.csv",
        "mine.csv",
        "earlier/manifest.json",
    ],
)
def test_there_is_work_to_do_once_a_file_has_changed(study, changed):
    Path("mine.csv").write_text("segment_id,theme\n")
    before = asked(study, **OPTIONS)

    write(Path(changed), "data: interviews\nkeep: [Bo]\nroster: ../roster.csv\n")

    assert asked(study, **OPTIONS) != before


@pytest.mark.parametrize(
    "given", [{"fast": True}, {"idea": ["a bus"]}, {"out": Path("x")}, {"quiet": True}]
)
def test_there_is_work_to_do_where_something_else_is_asked_for(study, given):
    assert asked(study, **given) != asked(study)


def test_what_was_decided_in_two_results_is_looked_at_whole(study):
    write(study / "study.yaml", "data: interviews\nout: results\n")
    here, there = study / "results/team_only", Path("x/team_only")
    rows = [f"Name {n},hide" for n in range(90)]
    write(here / OPEN, "\n".join(["string,decision", *rows]))
    write(there / OPEN, "string,decision\nAna,keep\n")
    before = asked(study, out=Path("x"))

    assert asked(study, out=Path("x")) == before
    rows[45] = "Name 45,keep"  # in the middle, where a long table is not printed
    write(here / OPEN, "\n".join(["string,decision", *rows]))
    assert asked(study, out=Path("x")) != before


@pytest.mark.slow
def test_a_release_is_written_again_once_something_was_decided(run, study):
    write(study / "study.yaml", "data: interviews\nout: results\n")
    write(study / "interviews/ben.txt", "Interviewer: And?\n\nBen: My glass eye.\n")
    words = ["publish", "team", study, "--out", "for_them", "--quiet"]
    run("analyze", study, "--fast", "--quiet")
    write(study / "results/team_only" / OPEN, "string,decision\nAna,keep\n")
    assert run(*words) == (0, "", "")
    page = Path("for_them/team_only/transcripts.html")
    assert "glass eye" in page.read_text(encoding="utf-8")
    write(Path("for_them/team_only") / OPEN, "string,decision\nBo,keep\n")

    write(study / "interviews/participants.csv", "name,consent\nBen,withdrawn\n")
    assert run(*words)[0] == 0

    assert "glass eye" not in page.read_text(encoding="utf-8")


def test_what_lies_elsewhere_makes_no_work(study):
    before = asked(study, codebook="mine.yaml")

    write(Path("study/notes.txt"))
    write(Path("other/decisions-Kim.json"))
    write(Path("study/interviews/.empathy_insights/texts.sqlite"))
    for named in ("results/report.html", "notes.txt"):  # by words of the codebook
        write(Path(named))

    assert asked(study, codebook="mine.yaml") == before


@pytest.mark.parametrize(
    "given",
    [
        {"no_cache": True},
        {"key": Path("key.csv")},
        {"compare": Path("other")},
        {"coder": "http://127.0.0.1:11434/v1"},
        {"codebook": "b" * 300},  # no file can be called so
    ],
)
def test_nothing_is_kept_of_what_is_not_all_in_files(study, given):
    assert asked(study, **given) is None


def test_every_file_that_a_study_or_command_can_name_is_looked_at():
    named = {one.name for one in dataclasses.fields(Study) if "Path" in str(one.type)}
    options = get_type_hints(analyze, include_extras=True)
    given = {name for name, one in options.items() if "Path" in str(one)}

    own = {"data", "home", "out", "source", "key", "compare"}
    assert (named | given) - own == FILES


@pytest.mark.slow
def test_the_same_command_says_the_same_and_writes_nothing(run, study):
    words = ["analyze", study, "--out", "out", "--fast"]
    _, first, _ = run(*words)
    write(Path("out/team_only/.DS_Store"))
    written = Path("out", RECORD).stat().st_mtime_ns

    code, again, err = run(*words)

    notice = "Nothing has changed since the last run: its results stand.\n"
    assert (code, again, err) == (0, f"{notice}{first}", "")
    assert Path("out", RECORD).stat().st_mtime_ns == written
    write(Path("out/team_only/decisions-Kim.json"))
    _, out, _ = run(*words)
    assert not out.startswith(notice)


@pytest.mark.slow
@pytest.mark.parametrize("spoil", [Path.unlink, write])
def test_results_that_somebody_changed_are_written_again(run, study, spoil):
    words = ["analyze", study, "--out", "out", "--fast", "--json"]
    run(*words)
    report = Path("out/report.html")
    before = report.read_bytes()

    spoil(report)
    code, out, err = run(*words)

    assert (code, report.read_bytes()) == (0, before)
    assert json.loads(out)["kept"] == (
        [] if spoil is Path.unlink else ["report (yours).html"]
    )
    assert '"progress": "write"' in err


def test_a_note_that_is_broken_costs_time_and_nothing_else(study):
    last = last_run(study_here(study), NONE)
    write(last.note, "{")

    assert last.said is None
    shutil.rmtree(last.note.parent)
    last.keep([])  # the study's folder is gone, or locked
    assert last.said is None
