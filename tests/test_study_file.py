import pytest

import empathy_insights as ei
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.study_file import Study, load_study, study_of


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "a.txt").write_text(
        "Dana: How so?\n\nAna: I forgot my password.\n"
    )
    (tmp_path / "book.yaml").write_text(
        "id: b\nname: B\nthemes:\n- {id: login, name: Login, patterns: {strong: [password]}}\n"
    )
    return tmp_path


def test_a_study_file_says_what_to_analyze_and_how(folder):
    file = folder / "study.yaml"
    file.write_text(
        "data: talks\ncodebook: book.yaml\nfacilitators: [Dana]\n"
        "wording: How might we log in?\nrandom_state: 3\n"
    )

    analysis = ei.analyze(file)

    assert analysis.themes[["theme", "segments", "of"]].to_dict("records") == [
        {"theme": "login", "segments": 1, "of": 1}
    ]
    assert analysis.problem.question == "How might we log in?"
    assert analysis.manifest["random_state"] == 3


def test_a_study_file_names_what_people_have_coded(folder):
    (folder / "codes.csv").write_text("segment_id,theme,coder\na:0002.01,login,kim\n")
    file = folder / "study.yaml"
    file.write_text("data: talks\ncodebook: book.yaml\nhand_codes: codes.csv\n")

    analysis = ei.analyze(file)

    assert analysis.themes[["theme", "people", "of", "state"]].to_dict("records") == [
        {"theme": "login", "people": 1, "of": 1, "state": "checked"}
    ]


def test_options_of_the_call_win_over_the_file(folder):
    file = folder / "study.yaml"
    file.write_text("data: talks\nwording: How might we log in?\n")

    analysis = ei.analyze(file, wording="How might we rest?")

    assert analysis.problem.question == "How might we rest?"


def test_a_folder_is_a_study_with_nothing_else_said(folder):
    assert study_of(folder) == Study(folder)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "data: talks\npicks: [a]\n",
            r"study.yaml:2: picks is no field here; the fields are",
        ),
        ("codebook: x\n", r"study.yaml:1: data is missing"),
        (
            "data: x\nrandom_state: soon\n",
            r"study.yaml:2: random_state must be a whole number",
        ),
        ("just words", r"a study needs at least"),
        ("data: [", r"study.yaml: the study cannot be read"),
    ],
)
def test_slips_are_named_with_their_lines(tmp_path, content, said):
    file = tmp_path / "study.yaml"
    file.write_text(content)

    with pytest.raises(EmpathyInsightsError, match=said):
        load_study(file)


def test_a_study_that_is_not_there_is_said(tmp_path):
    with pytest.raises(
        EmpathyInsightsError, match=r"study.yaml: the study cannot be read"
    ):
        ei.analyze(tmp_path / "study.yaml")


def test_commitments_and_the_strategy_come_from_the_file(folder):
    file = folder / "study.yaml"
    file.write_text(
        "data: talks\ncommitments: [anti-racism]\nstrategy_link: Plan 2026, goal 2\n"
    )

    problem = ei.analyze(file).problem

    assert problem.commitments["commitment"].tolist() == ["anti-racism"]
    assert _strategy(problem) == ("pass", "it is linked to 'Plan 2026, goal 2'")


def test_commitments_and_the_strategy_of_the_call_win(folder):
    file = folder / "study.yaml"
    file.write_text("data: talks\ncommitments: [a]\nstrategy_link: b\n")

    problem = ei.analyze(file, commitments=["joy"], strategy_link="c").problem

    assert problem.commitments["commitment"].tolist() == ["joy"]
    assert _strategy(problem) == ("pass", "it is linked to 'c'")


@pytest.mark.parametrize(
    ("line", "result"), [("strategy_link:\n", "fail"), ("", "needs a person")]
)
def test_no_strategy_is_not_the_same_as_nobody_asked(folder, line, result):
    file = folder / "study.yaml"
    file.write_text(f"data: talks\n{line}")

    assert _strategy(ei.analyze(file).problem)[0] == result


def _strategy(problem):
    row = problem.checks.set_index("id").loc["strategy"]
    return row["result"], row["reason"]
