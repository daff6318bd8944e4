import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from empathy_insights.cli import sample_folder
from empathy_insights.study import STAGES

from .conftest import SAMPLE

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

    assert "For the team only" in (written / "report.html").read_text("utf-8")
    assert out.splitlines()[-1].startswith("Fewer than 15 people were heard, so this")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "embedder"),
    [([], "all-MiniLM-L6-v2-int8"), (["--fast"], "wordllama-0.4.0-256")],
)
def test_the_manifest_says_what_heard_the_themes(
    run, folder, tmp_path, words, embedder
):
    out = tmp_path / "out"

    assert run("analyze", folder, "--out", out, "--quiet", *words) == (0, "", "")

    told = [json.loads(one.read_text("utf-8")) for one in out.rglob("manifest.json")]
    assert {one["embedder"] for one in told} == {embedder}


@pytest.mark.slow
def test_a_script_reads_json_and_how_far_the_run_is(run, folder, tmp_path):
    code, out, err = run("analyze", folder, "--out", tmp_path / "out", "--json")

    told = json.loads(out)
    stages = [json.loads(line) for line in err.splitlines()]
    [log] = folder.glob(".empathy_insights/log/*.jsonl")
    assert log.read_text("utf-8") == err
    begun = [one["progress"] for one in stages if ":" not in one["progress"]]
    assert begun == [*STAGES, "write", "done"]
    seconds = [one["seconds"] for one in stages]
    assert sorted(seconds) == seconds
    assert code == 0
    assert "tech_support" in {row["theme"] for row in told["themes"]}
    assert told["question"].startswith("How might we")


@pytest.mark.slow
def test_quiet_says_nothing(run, folder, tmp_path):
    assert run("analyze", folder, "--out", tmp_path / "out", "--quiet") == (0, "", "")


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
    run("analyze", folder, "--out", tmp_path / "out", "--allow-identities", "--quiet")

    assert "HAVE NOT BEEN TAKEN OUT" in (tmp_path / "out" / "report.html").read_text()


def test_codebooks_are_listed_and_checked(run):
    assert "Codebook('empathy_core'" in run("codebook", "list")[1]
    assert "passed" in run("codebook", "check", "iste_students")[1]


def test_a_check_as_json_lists_gaps_and_misses(run):
    code, out, _ = run("codebook", "check", "solution_levers", "--json")

    told = json.loads(out)
    assert (code, told["missed"], told["codebook"]["id"]) == (0, [], "solution_levers")
    assert told["passed"] == told["cases"]
    assert "need" in [gap["missing"] for gap in told["gaps"]]


@pytest.mark.slow
def test_the_demo_runs_on_the_sample(run, tmp_path):
    code, out, _ = run("demo", "--out", tmp_path / "out")

    assert code == 0
    assert "Problem of practice to discuss: How might we" in out
    assert sample_folder().samefile(SAMPLE)


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["school", "public"])
def test_what_is_printed_is_what_the_audience_may_see(run, folder, tmp_path, audience):
    options = ["--out", tmp_path / "out", "--audience", audience]

    _, printed, _ = run("analyze", folder, *options)
    _, told, _ = run("analyze", folder, *options, "--json")

    assert not re.search(r"\b[1-4] of \d|\b[1-4] (people|student)", printed)
    table = pd.read_csv(tmp_path / "out" / "tables" / "themes.csv")
    as_json = json.loads(told)
    assert [row["shown"] for row in as_json["themes"]] == table["shown"].tolist()
    assert as_json["finding"] == printed.splitlines()[: len(as_json["finding"])]


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
