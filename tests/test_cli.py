import json
import re
import subprocess
import sys
import warnings
from pathlib import Path

import pandas as pd
import pytest

from empathy_insights.cli import sample_folder
from empathy_insights.cli.output import libraries_quiet
from empathy_insights.errors import EmpathyInsightsWarning
from empathy_insights.study import STAGES

from .conftest import SAMPLE

pytestmark = pytest.mark.usefixtures("no_pixels")

TALK = "Interviewer: How is the bus?\n\nAna: I got locked out of my account again.\n"


@pytest.fixture
def folder(tmp_path):
    source = tmp_path / "talks"
    source.mkdir()
    (source / "ana.txt").write_text(TALK, encoding="utf-8")
    return source


@pytest.fixture(scope="module")
def analyzed(tmp_path_factory):
    """Run the command line once, as a program: its output, its errors and its results."""
    place = tmp_path_factory.mktemp("program")
    (place / "ana.txt").write_text(TALK, encoding="utf-8")
    command = [Path(sys.executable).with_name("empathy-insights"), "analyze", "ana.txt"]
    command += [
        "--commitment",
        "joy",
        "--commitment",
        "care",
        "--strategy-link",
        "Plan",
    ]
    command += ["--idea", "A help line", "--out", "out"]
    ran = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=place, timeout=600
    )
    return ran.stdout, ran.stderr, place / "out"


@pytest.mark.slow
def test_analyze_writes_the_folder_and_tells_the_finding_in_five_lines(analyzed):
    out, err, written = analyzed

    lines = out.splitlines()
    assert err == ""
    assert [line.split(":")[0] for line in lines[:3]] == [
        "Heard",
        "First look, nobody has read yet",
        "No other theme came up.",
    ]
    assert len(lines) == 7
    assert lines[-2] == "Report: out/report.html"
    assert (written / "report.html").is_file()


@pytest.mark.slow
def test_of_few_people_the_team_gets_the_report_and_is_told_why(analyzed):
    out, _, written = analyzed

    assert embedders(written) == {"all-MiniLM-L6-v2-int8"}
    assert "For the team only" in (written / "report.html").read_text("utf-8")
    assert out.splitlines()[-1].startswith("Fewer than 15 people were heard, so this")


def tells_of_few(printed):
    return re.search(r"\b[1-4] of \d|\b[1-4] (people|student)", printed)


def embedders(out):
    """Return which embedders the manifests name, of whom there is at least one."""
    files = [*out.rglob("manifest.json")]
    return {json.loads(one.read_text("utf-8"))["embedder"] for one in files}


@pytest.mark.slow
def test_quiet_says_nothing_and_fast_is_in_the_manifest(run, folder, tmp_path):
    out = tmp_path / "out"

    assert run("analyze", folder, "--out", out, "--quiet", "--fast") == (0, "", "")

    assert embedders(out) == {"wordllama-0.4.0-256"}


@pytest.mark.parametrize("option", [(), ("--codebook",), ("--out",)])
def test_words_in_the_place_of_a_path_are_told_in_a_sentence(run, folder, option):
    words = "What the people said about the bus. " * 9

    code, out, err = run("analyze", *[folder] * bool(option), *option, words)

    assert (code, out) == (1, "")
    assert err.startswith("a path is too long for this disk, or a name in it is; ")
    assert err.count("\n") == 1


@pytest.mark.slow
def test_a_script_reads_json_and_how_far_the_run_is(run, folder, tmp_path):
    options = ["--out", tmp_path / "out", "--audience", "school"]

    code, out, err = run("analyze", folder, *options, "--json")

    told = json.loads(out)
    stages = [json.loads(line) for line in err.splitlines()]
    [log] = folder.glob(".empathy_insights/log/*.jsonl")
    assert log.read_text("utf-8") == err
    begun = [one["progress"] for one in stages if ":" not in one["progress"]]
    assert begun == [*STAGES, "write", "done"]
    assert "write: looking for names in all of it" in {
        one["progress"] for one in stages
    }
    seconds = [one["seconds"] for one in stages]
    assert sorted(seconds) == seconds
    assert code == 0
    assert "tech_support" in {row["theme"] for row in told["themes"]}
    assert told["question"].startswith("How might we")
    # What is printed of the same run is the same, and what the audience may see.
    _, printed, _ = run("analyze", folder, *options)
    table = pd.read_csv(tmp_path / "out" / "tables" / "themes.csv")
    assert [row["shown"] for row in told["themes"]] == table["shown"].tolist()
    assert told["finding"] == printed.splitlines()[: len(told["finding"])]
    assert not tells_of_few(printed)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["analyze", "no/such/path"], "no/such/path"),
        (["analyze", SAMPLE, "--codebook", "empathy_cor"], "no codebook 'empathy_cor'"),
        (["read", "no/such/path"], "no/such/path"),
        (["codebook", "check", "nothing.yaml"], "no codebook 'nothing.yaml'"),
    ],
)
def test_bad_input_is_one_line_on_standard_error_and_exit_1(run, words, said):
    code, out, err = run(*words)

    assert (code, out) == (1, "")
    assert said in err
    assert len(err.splitlines()) == 1


def test_a_codebook_with_a_slip_names_file_and_line(run, folder, tmp_path):
    book = tmp_path / "book.yaml"
    book.write_text("id: b\nname: B\nthemes:\n- id: bus\n  nam: Bus\n")

    code, _, err = run("analyze", folder, "--codebook", book)

    assert code == 1
    assert "book.yaml:5: themes[0].name is missing; is 'nam' meant for it?" in err


def test_one_slip_in_a_codebook_is_one_line(run, folder, tmp_path):
    book = tmp_path / "book.yaml"
    book.write_text("id: b\nname: B\nthemes:\n- {id: bus, name: Bus, paterns: {}}\n")

    assert run("analyze", folder, "--codebook", book) == (
        1,
        "",
        "book.yaml:4: 'paterns' is no key of a theme; did you mean 'patterns'?\n",
    )


@pytest.mark.parametrize(
    "words", [["analyze"], ["analyse", "x"], ["read", "x", "--nope"]]
)
def test_wrong_usage_is_exit_2(run, words):
    assert run(*words)[0] == 2


def test_read_shows_what_was_understood(run, folder):
    (folder / "empty.txt").write_text("")

    code, out, _ = run("read", folder)

    assert code == 0
    assert "ana" in out
    assert "empty.txt: the file is empty" in out


def test_read_says_who_asks_and_whom_the_list_does_not_have(run, tmp_path):
    (tmp_path / "a.txt").write_text(
        "Denise: How is it?\nAna: So.\nDenise: And?\nJaylen: Fine.\nAna: Yes.\n"
    )
    (tmp_path / "participants.csv").write_text("name,role\nAna Ruiz,student\n")

    _, out, _ = run("read", tmp_path)
    _, told, _ = run("read", tmp_path, "--json")

    assert "Denise (asks the questions)" in out
    assert "Not in the list: Jaylen (a.txt)" in out
    assert json.loads(told)["files"][0]["asking"] == ["Denise"]


def test_of_a_file_without_a_word_no_share_is_shown(run, tmp_path):
    (tmp_path / "a.txt").write_text("1. ?\n2. ?\n")

    _, out, _ = run("read", tmp_path)

    assert "nan" not in out


def test_read_as_json_is_a_row_a_file(run, folder):
    _, out, _ = run("read", folder, "--json")

    told = json.loads(out)
    [row] = told["files"]
    assert (row["document_id"], row["turns"], row["words_kept"]) == ("ana", 2, 1.0)


def test_deidentify_writes_texts_without_names_and_the_key_apart(run, folder, tmp_path):
    (folder / "ana.txt").write_text(
        "Interviewer: Hi.\n\nAmara Boone: Ms. Park helps.\n"
    )

    code, out, _ = run(
        "deidentify", folder, "--out", tmp_path / "clean", "--key", tmp_path / "key.csv"
    )

    text = (tmp_path / "clean" / "texts" / "ana.txt").read_text()
    assert code == 0
    assert "Amara" not in text + out
    assert "Amara Boone" in (tmp_path / "key.csv").read_text()


def test_the_key_may_not_lie_in_the_results(run, folder, tmp_path):
    out = tmp_path / "out"

    code, _, err = run("analyze", folder, "--out", out, "--key", out / "key.csv")

    assert (code, len(err.splitlines())) == (1, 1)
    assert "outside" in err


@pytest.mark.slow
def test_identities_stay_when_they_are_allowed(run, folder, tmp_path):
    out = tmp_path / "out"

    run("analyze", folder, "--out", out, "--allow-identities", "--quiet")

    for page in ("report.html", "problem_of_practice.md"):
        assert "HAVE NOT BEEN TAKEN OUT" in (out / page).read_text()
    assert not (out / "team_only" / "tables" / "identities_replaced.csv").exists()


def test_codebooks_are_listed_and_checked(run):
    assert "Codebook('empathy_core'" in run("codebook", "list")[1]
    assert "passed" in run("codebook", "check", "iste_students")[1]


def test_a_check_as_json_lists_gaps_and_misses(run):
    code, out, _ = run("codebook", "check", "solution_levers", "--json")

    told = json.loads(out)
    assert (code, told["missed"], told["codebook"]["id"]) == (0, [], "solution_levers")
    assert told["passed"] == told["cases"]
    assert "need" in [gap["missing"] for gap in told["gaps"]]


def test_the_demo_is_told_of_the_sample():
    """That it runs is held by test_release.py, which runs it as it is installed."""
    assert sample_folder().samefile(SAMPLE)


@pytest.mark.slow
def test_what_is_printed_is_what_the_public_may_see(run, folder, tmp_path):
    options = ["--out", tmp_path / "out", "--audience", "public"]

    _, printed, _ = run("analyze", folder, *options)

    assert printed.startswith("Heard")
    assert not tells_of_few(printed)


def test_stopping_is_no_traceback(run, folder, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("empathy_insights.study.analyze", stop)

    assert run("analyze", folder)[:2] == (130, "")


def test_the_command_is_installed():
    command = Path(sys.executable).with_name("empathy-insights")

    subprocess.run([command, "--help"], check=True, capture_output=True)


@pytest.mark.slow
def test_commitments_and_the_strategy_go_into_the_statement(analyzed):
    *_, written = analyzed

    text = (written / "problem_of_practice.md").read_text(encoding="utf-8")
    assert "- joy: not in the statement" in text
    assert "- care: not in the statement" in text
    assert "it is linked to 'Plan'" in text
    matrix = written / "team_only" / "tables" / "decision_matrix.csv"
    assert "A help line" in matrix.read_text(encoding="utf-8-sig")


@pytest.mark.slow
def test_what_is_amiss_in_the_list_of_people_is_said(run, folder, tmp_path):
    rows = "Ana,studnt\nBen,student\nBen,teacher\n"
    (folder / "participants.csv").write_text(f"name,role\n{rows}")

    _, out, _ = run("analyze", folder, "--fast", "--out", tmp_path / "out")

    said = [line for line in out.splitlines() if line.startswith("participants.csv, ")]
    assert [line.split(":")[0] for line in said] == [
        "participants.csv, line 2",
        "participants.csv, line 4",
    ]
    assert "the role 'studnt' of" in said[0]
    assert "line 3 says otherwise of" in said[1]
    assert not re.search("Ana|Ben", " ".join(said))


def test_a_warning_of_ours_is_a_sentence_and_no_line_of_code(capsys):
    before = warnings.showwarning
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        with libraries_quiet():
            warnings.warn("2 quotes are gone", EmpathyInsightsWarning, stacklevel=1)

    assert capsys.readouterr().err == "2 quotes are gone\n"
    assert warnings.showwarning is before
