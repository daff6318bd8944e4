"""The commands of a study that goes on: begun, read by people, compared, taught, verified."""

import json
import re
import shutil
from dataclasses import replace
from inspect import signature
from pathlib import Path

import pandas as pd
import pytest
import yaml

import empathy_insights as ei
from empathy_insights.before_coding import begin_study
from empathy_insights.cli.app import app
from empathy_insights.coding.review.fingerprints import fingerprint
from empathy_insights.new_study import begin_folder
from empathy_insights.study_file import OPTIONS, load_study

pytestmark = pytest.mark.usefixtures("no_pixels", "in_an_empty_folder")

ANA = ["I forgot my password and got locked out again.", "The bus was late on Monday."]
BEN = [
    "Nobody helps when the laptop breaks in class.",
    "I like the reading corner best.",
]


@pytest.fixture
def study(tmp_path):
    """Return the folder of a study with two interviews, begun with `init`."""
    folder = tmp_path / "study"
    folder.mkdir()
    for name, said in (("ana", ANA), ("ben", BEN)):
        turns = [f"Interviewer: And?\n\n{name.title()}: {one}\n" for one in said]
        (folder / f"{name}.txt").write_text("\n".join(turns), encoding="utf-8")
    begin_folder(folder)
    return folder


@pytest.fixture
def decided(study):
    """Return the study, read by Kim and Bo, who differ in one passage."""
    segments = ei.segment(ei.read_corpus(study))
    marks = {
        one: fingerprint(text)
        for one, text in segments[["segment_id", "text"]].to_numpy()
    }
    first = segments["segment_id"].iloc[0]
    for reader, themes in (("Kim", ["tech_support"]), ("Bo", ["digital_access"])):
        rows = [
            {
                "segment_id": one,
                "fingerprint": mark,
                "themes": themes if one == first else [],
            }
            for one, mark in marks.items()
        ]
        told = json.dumps({"reader": reader, "decisions": rows})
        (study / "decisions" / f"decisions-{reader}.json").write_text(told)
    return study


def test_the_version_is_told(run):
    assert run("--version") == (0, f"empathy-insights {ei.__version__}\n", "")


@pytest.mark.parametrize(
    "command", app.registered_commands, ids=lambda one: one.callback.__name__
)
def test_every_command_can_answer_a_script(command):
    assert "as_json" in signature(command.callback).parameters


def test_a_new_study_has_settings_people_and_a_place_for_decisions(run, tmp_path):
    code, out, _ = run("init", "new")

    made = {path.relative_to("new").as_posix() for path in Path("new").rglob("*")}
    assert (code, out.splitlines()[-2]) == (
        0,
        "Put the interviews into new/interviews.",
    )
    assert made == {
        "study.yaml",
        "decisions",
        "interviews",
        "interviews/participants.csv",
    }
    assert load_study("new/study.yaml").data == Path("new/interviews")


def test_a_new_study_lists_the_voices_of_interviews_that_are_there(study):
    sheet = pd.read_csv(study / "participants.csv")

    assert load_study(study / "study.yaml").data == study
    assert sheet["voice"].tolist() == ["Interviewer", "Ana", "Interviewer", "Ben"]


def test_a_folder_called_interviews_holds_them_whatever_lies_beside_it(tmp_path):
    inside = tmp_path / "ours" / "interviews"
    inside.mkdir(parents=True)
    (inside / "ana.txt").write_text("Interviewer: And?\nAna: The bus is late.\n")
    (inside / "participants.csv").write_text("name,role\nAna,student\n")
    (tmp_path / "ours" / "plan.txt").write_text("Ask about buses, and who drives.\n")

    begun = begin_folder(tmp_path / "ours")

    assert (begun.data, begun.kept) == ("interviews", ("interviews/participants.csv",))


def test_init_overwrites_nothing(run, study):
    (study / "study.yaml").write_text("data: .\n")
    (study / "participants.csv").write_text("name\nAna\n")

    code, out, _ = run("init", "study", "--json")

    told = json.loads(out)
    assert (code, told["made"]) == (0, [])
    assert told["kept"] == ["decisions", "study.yaml", "participants.csv"]
    assert (study / "study.yaml").read_text() == "data: .\n"
    assert (study / "participants.csv").read_text() == "name\nAna\n"


def test_the_settings_of_a_new_study_name_every_option(study, tmp_path):
    lines = (study / "study.yaml").read_text("utf-8").splitlines()
    options = [line.removeprefix("# ") for line in lines if ": " in line]
    text = "\n".join(line for line in options if line[0].islower())

    given = yaml.safe_load(text)
    (tmp_path / "all.yaml").write_text(text)
    assert set(given) == OPTIONS | {"data", "out", "audience"}
    assert load_study(tmp_path / "all.yaml").pick == ("tech_support",)


@pytest.mark.slow
def test_analyze_alone_does_what_the_study_file_says_and_compares(
    run, study, monkeypatch
):
    settings = (
        (study / "study.yaml")
        .read_text()
        .replace("# audience: school", "audience: team")
    )
    (study / "study.yaml").write_text(settings)
    earlier = study.with_name("earlier")
    earlier.mkdir()
    (earlier / "cy.txt").write_text("Interviewer: And?\n\nCy: I like the bus driver.\n")
    monkeypatch.chdir(study)

    code, out, _ = run("analyze", "--compare", earlier, "--fast", "--json")

    told = json.loads(out)
    assert (code, told["out"]) == (0, "results")
    manifest = json.loads((study / "results" / "manifest.json").read_text())
    assert manifest["audience"] == "team"
    rows = {row["theme"]: row for row in told["changes"]}
    assert (rows["tech_support"]["before_of"], rows["tech_support"]["now_of"]) == (1, 2)
    assert rows["tech_support"]["low"] <= rows["tech_support"]["high"]


def test_a_comparison_is_for_the_team_alone(run, study):
    code, _, err = run("analyze", "study", "--compare", "study")

    assert (code, "add --audience team" in err) == (1, True)


@pytest.mark.parametrize(
    ("files", "data", "table"),
    [
        (["spring 24/a/ana.txt", "spring 24/ben.txt"], "spring 24", "spring 24"),
        (["students/ana.txt", "families/ben.txt"], ".", ""),
        (["interviews/round 1/ana.txt", "plans/ben.txt"], "interviews", "interviews"),
        (["decisions/ana.txt", ".old/ben.txt"], "interviews", "interviews"),
    ],
)
def test_init_finds_interviews_in_folders_of_the_folder(run, files, data, table):
    for file in map(Path("up").joinpath, files):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("Interviewer: And?\n\nAna: The bus was late.\n")

    code, out, _ = run("init", "up")

    assert (code, load_study("up/study.yaml").data) == (0, Path("up", data))
    assert Path("up", table, "participants.csv").is_file()
    assert ("Put the interviews into" in out) == (".old/ben.txt" in files)


def test_agree_names_readers_themes_and_what_to_talk_about(run, decided):
    code, out, _ = run("agree", "study", "--json")

    told = json.loads(out)
    assert (code, told["readers"]) == (0, {"Bo": 4, "Kim": 4})
    rows = {row["theme"]: row for row in told["themes"]}
    assert (rows["tech_support"]["n"], rows["tech_support"]["gave"]) == (4, 1)
    [talk] = told["to_talk_about"]
    assert (talk["Kim"], talk["Bo"]) == ("Tech support", "Digital access")
    assert "password" not in out


def test_agree_is_plain_for_a_person(run, decided):
    code, out, _ = run("agree", "study")

    assert code == 0
    assert out.startswith("Bo read 4 passages.\nKim read 4 passages.\n")
    assert "To talk about, most differences first (1 in all):" in out
    assert "share of answers that are the same" in out
    talk = out.partition("(1 in all):")[2]
    assert "Bo: Digital access; Kim: Tech support" in talk
    assert "“" in talk  # the words
    assert "password" in talk
    assert "-0.0" not in out


def test_agree_calls_a_file_as_the_team_called_it(run, study):
    """Elsewhere a name is taken out of the name of a file, too."""
    named = study / "talk with ana lopez.txt"
    named.write_text("Interviewer: And?\n\nAna Lopez: I forgot my password.\n")
    corpus = ei.deidentify(ei.read_corpus(study)).corpus
    segments = ei.segment(corpus)
    mine = segments[segments["segment_id"].str.startswith("talk_with")]
    for reader, mark in (("kim", "yes"), ("bo", "")):
        path = study / "decisions" / f"{reader}.csv"
        ei.coding_sheet(mine, ei.load_codebook("empathy_core"), path, coder=reader)
        rows = pd.read_csv(path, dtype="str", keep_default_na=False)
        rows["Tech support [tech_support]"] = mark
        rows["nothing applies"] = "" if mark else "yes"
        rows.to_csv(path, index=False)

    _, out, _ = run("agree", "study")

    assert "Tech support (talk with ana lopez.txt, turn 2)" in out


def test_what_was_left_out_of_a_sheet_is_one_line(run, study):
    path = ei.coding_sheet(
        ei.segment(ei.read_corpus(study)),
        ei.load_codebook("empathy_core"),
        study / "decisions" / "kim.csv",
    )
    rows = pd.read_csv(path, dtype="str", keep_default_na=False)
    rows.iloc[0, 5:7] = ["yess", "need"]
    rows.iloc[1, 5] = "?"
    rows.to_csv(path, index=False)

    _, out, err = run("agree", "study")

    assert out.startswith("Left out of kim.csv: 2 cells.\nkim read 1 passage.\n")
    assert err == ""


def test_a_theme_that_lost_its_column_is_named(run, study):
    path = ei.coding_sheet(
        ei.segment(ei.read_corpus(study)),
        ei.load_codebook("empathy_core"),
        study / "decisions" / "kim.csv",
    )
    rows = pd.read_csv(path, dtype="str", keep_default_na=False)
    rows.iloc[0, 6] = "need"
    heads = {"Tech support [tech_support]": "Tech suport"}
    rows.rename(columns=heads).to_csv(path, index=False)

    _, out, _ = run("agree", "study")

    assert out.startswith(
        "kim.csv: the sheet: no column is for the theme 'tech_support'"
    )
    assert (
        "('Tech suport') is meant, write 'Tech support [tech_support]' above it" in out
    )


def test_agree_says_so_where_nobody_has_read(run, study):
    assert run("agree", "study")[:2] == (
        0, "No passage was read by two people yet, so nothing can be compared.\n",
    )  # fmt: skip


def test_the_review_page_is_shown_once_it_is_there(run, study):
    code, _, err = run("review", "study", "--out", "out")
    assert (code, "run `empathy-insights analyze` first" in err) == (1, True)

    page = Path("out/team_only/review.html")
    page.parent.mkdir(parents=True)
    page.touch()
    code, out, _ = run("review", "study", "--out", "out", "--json")
    assert (code, json.loads(out)) == (0, {"review": str(page)})


def test_decisions_in_the_results_are_found(run, decided):
    team = Path("out/team_only")
    team.mkdir(parents=True)
    shutil.move(decided / "decisions" / "decisions-Kim.json", team)
    study = replace(load_study(decided / "study.yaml"), out=Path("out"))

    found = begin_study(study).decisions

    assert set(found["coder"]) == {"Bo", "Kim"}


@pytest.mark.slow
def test_a_sheet_holds_the_next_passages_in_their_order(run, study):
    code, out, _ = run(
        "sheet", "study", "--out", "kim.csv", "--reader", "Kim", "-n", 3, "--json"
    )

    told = json.loads(out)
    analysis = ei.analyze(study / "study.yaml")
    rows = pd.read_csv("kim.csv")
    assert (code, told["passages"]) == (0, 3)
    assert (
        rows["segment_id"].tolist()
        == ei.next_passages(analysis, n=3)["segment_id"].tolist()
    )
    assert run("sheet", "study", "--out", "kim.csv")[0] == 1


def test_topics_are_told_without_a_codebook(run, study):
    code, out, _ = run("topics", "study", "--json")

    assert code == 0
    assert isinstance(json.loads(out)["topics"], list)


def test_teaching_needs_somebody_who_has_read(run, study):
    code, _, err = run("teach", "study")

    assert (code, "nobody has read passages" in err) == (1, True)


@pytest.fixture
def written(tmp_path, sample_results):
    return shutil.copytree(sample_results("school"), tmp_path / "results")


@pytest.mark.slow
def test_what_goes_on_from_a_run_is_by_its_codebook(run, study):
    Path("ours.yaml").write_text("themes:\n- Bus\n- Lunch\n", encoding="utf-8")
    assert run("analyze", "study", "--fast", "-c", "ours.yaml", "--quiet")[0] == 0

    code, out, _ = run("sheet", "study", "--out", "kim.csv", "-n", "2")
    agreed = run("agree", "study")[1]
    run("publish", "team", "study", "--quiet")

    said = "By the codebook of the last run: ours.yaml.\n"
    assert (code, out.startswith(said), agreed.startswith(said)) == (0, True, True)
    assert {"Bus [bus]", "Lunch [lunch]"} <= set(pd.read_csv("kim.csv").columns)
    manifest = json.loads((study / "results" / "manifest.json").read_text())
    assert manifest["codebook"]["id"] == "ours"

    run("analyze", "study", "--fast", "--quiet")
    assert "last run" not in run("agree", "study")[1]


@pytest.mark.slow
def test_others_get_the_numbers_that_the_team_has(run, study):
    """What was given beside the study.yaml counts on: vectors, a list of people, a coder."""
    people = Path("ours.csv")
    people.write_text("name,role\nSomebody Else,student\n", encoding="utf-8")
    given = ("--fast", "--participants", people, "--idea", "More buses")
    results = study / "results"
    assert run("analyze", "study", *given, "--audience", "team", "--quiet")[0] == 0
    before = json.loads((results / "manifest.json").read_text())

    run("publish", "school", "study", "--quiet")

    after = json.loads((results / "manifest.json").read_text())
    same = ["embedder", "codebook", "counts", "study"]
    assert [after[name] for name in same] == [before[name] for name in same]


@pytest.mark.slow
def test_results_are_verified(run, written):
    assert run("verify", written)[0] == 0

    (written / "report.html").write_text("changed")
    (written / "tables" / "themes.csv").unlink()
    (written / "mine.txt").touch()
    code, out, err = run("verify", written, "--json")

    told = json.loads(out)
    assert (code, "2 files have changed since the results were written" in err) == (
        1,
        True,
    )
    assert (told["changed"], told["missing"], told["added"]) == (
        ["report.html"], ["tables/themes.csv"], ["mine.txt"],
    )  # fmt: skip


PAGE = Path(__file__).parents[1] / "docs" / "first_study.md"


@pytest.mark.slow
def test_the_first_study_goes_as_the_page_says(run, monkeypatch):
    """Every command of the page, in its order; a person's part is done between them."""
    boxes = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    begin, *commands = [line for box in boxes for line in box.splitlines()]
    assert run(*begin.split()[1:])[0] == 0
    for name, said in (("ana", ANA), ("ben", BEN)):
        turns = "\n".join(
            f"Interviewer: And?\n\n{name.title()}: {one}\n" for one in said
        )
        Path("our_study", "interviews", f"{name}.txt").write_text(turns)

    Path("our_study", "notes.txt").write_text("Late buses\nTech support\n")

    ran = [_do(line, run, monkeypatch) for line in commands]

    assert ran == [0] * len(commands)
    themes = pd.read_csv("for_the_school/tables/themes.csv", comment="#")
    assert len(themes)
    assert "read" in run("agree")[1]


def _do(line, run, monkeypatch):
    if line.startswith("cd "):
        monkeypatch.chdir(line.removeprefix("cd "))
        return 0
    if line.startswith("empathy-insights review"):
        # Two readers decide, as the page saves it.
        for reader in ("Kim", "Lee"):
            segments = ei.segment(ei.read_corpus("interviews"))
            rows = [{"segment_id": one, "themes": []} for one in segments["segment_id"]]
            told = json.dumps({"reader": reader, "decisions": rows})
            Path("decisions", f"decisions-{reader}.json").write_text(told)
        return 0
    return run(*line.split()[1:])[0]


@pytest.mark.slow
def test_a_coder_that_people_taught_codes_the_next_study(run, study, tmp_path):
    """Forty passages by ten people teach it; another study is coded by it."""
    themes = [
        {"id": "tech_support", "name": "Tech support"},
        {"id": "food", "name": "Food"},
    ]
    book = study / "codebook.yaml"
    book.write_text(yaml.safe_dump({"id": "b", "name": "B", "themes": themes}))
    names = ["Ada", "Bea", "Col", "Dee", "Eli", "Fay", "Gus", "Hal", "Ira", "Jo"]
    for n, name in enumerate(names):
        said = [f"I got locked out of account {n}.", f"The lunch on day {n} was cold."]
        said += [f"They locked me out of number {n} again.", f"We sang song {n}."]
        turns = [f"Interviewer: And?\n\n{name}: {one}\n" for one in said]
        (study / f"talk_{n}.txt").write_text("\n".join(turns))
    segments = ei.segment(ei.read_corpus(study))
    rows = [
        {"segment_id": one, "themes": ["tech_support"] * ("locked" in words)}
        for one, words in segments[["segment_id", "text"]].to_numpy()
    ]
    told = {"reader": "Kim", "decisions": rows}
    (study / "decisions-Kim.json").write_text(json.dumps(told))
    following = tmp_path / "next"
    following.mkdir()
    (following / "cy.txt").write_text(
        "Interviewer: And?\n\nCy: I was locked out of my account.\n"
    )

    settings = study / "study.yaml"
    usual = "codebook: empathy_core "
    settings.write_text(settings.read_text().replace(usual, "codebook: codebook.yaml "))
    code, out, _ = run("teach", study, "--json")
    options = ["--coder", "coder.zip", "--codebook", book, "--quiet"]
    analyzed = run("analyze", following, *options)

    scores = {row["theme"]: row for row in json.loads(out)["scores"]}
    assert (code, analyzed[0]) == (0, 0)
    assert scores["tech_support"]["positives"] > 10
    codings = pd.read_parquet("results/team_only/codings.parquet")
    learned = codings[codings["theme"] == "tech_support"]
    assert set(learned["method"]) == {"learned from people's codings"}
