import pytest

import empathy_insights as ei
from empathy_insights.cli.options import study_here
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.study_file import Study, load_study, study_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("study")
    (place / "talks").mkdir()
    (place / "talks" / "a.txt").write_text(
        "Dana: How so?\n\nAna: I forgot my password.\n"
    )
    (place / "book.yaml").write_text(
        "id: b\nname: B\nthemes:\n- {id: login, name: Login, patterns: {strong: [password]}}\n"
    )
    return place


@pytest.fixture(scope="module")
def file(folder):
    path = folder / "study.yaml"
    path.write_text(
        "data: talks\ncodebook: book.yaml\nfacilitators: [Dana]\n"
        "wording: How might we log in?\nrandom_state: 3\n"
        "commitments: [anti-racism]\nstrategy_link: Plan 2026, goal 2\n"
    )
    return path


@pytest.fixture(scope="module")
def by_file(file):
    return ei.analyze(file)


@pytest.fixture(scope="module")
def by_call(file):
    """Return what the options of the call make of the same file."""
    options = {"commitments": ["joy"], "strategy_link": "c"}
    return ei.analyze(file, wording="How might we rest?", **options)


@pytest.fixture(scope="module")
def by_hand(folder):
    """Return what people have coded, by a file that says nothing of a strategy."""
    (folder / "codes.csv").write_text("segment_id,theme,coder\na:0002.01,login,kim\n")
    file = folder / "coded.yaml"
    file.write_text("data: talks\ncodebook: book.yaml\nhand_codes: codes.csv\n")
    return ei.analyze(file)


def test_a_study_file_says_what_to_analyze_and_how(by_file):
    analysis = by_file

    assert analysis.themes[["theme", "segments", "of"]].to_dict("records") == [
        {"theme": "login", "segments": 1, "of": 1}
    ]
    assert analysis.problem.question == "How might we log in?"
    assert analysis.manifest["random_state"] == 3


def test_a_study_file_names_what_people_have_coded(by_hand):
    assert by_hand.themes[["theme", "people", "of", "state"]].to_dict("records") == [
        {"theme": "login", "people": 1, "of": 1, "state": "checked"}
    ]


def test_options_of_the_call_win_over_the_file(by_call):
    assert by_call.problem.question == "How might we rest?"


def test_a_folder_is_a_study_with_nothing_else_said(folder):
    assert study_of(folder / "talks") == Study(folder / "talks")


def test_a_folder_that_holds_a_study_file_is_that_study(folder, file):
    assert study_of(str(folder)) == load_study(file)


def test_what_was_decided_about_identities_counts_in_python_as_in_the_command(tmp_path):
    """The team's own file in the results that the study.yaml names."""
    (tmp_path / "talks").mkdir()
    said = "Dana: How so?\n\nAna: The Quorvex crew jokes.\n"
    (tmp_path / "talks" / "a.txt").write_text(said)
    settings = "data: talks\nout: results\ncodebook: empathy_core\n"
    (tmp_path / "study.yaml").write_text(settings)
    own = tmp_path / "results" / "team_only"
    own.mkdir(parents=True)
    decided = "string,file,where,decision\nQuorvex,a.txt,a:0002,hide\n"
    (own / "identities_open.csv").write_text(decided)

    analysis = ei.analyze(tmp_path, embedder="static")

    assert list(analysis.decided["string"]) == ["Quorvex"]
    assert not analysis.segments["text"].str.contains("Quorvex").any()


@pytest.mark.parametrize("where", ["out: results\n", ""])
def test_what_was_decided_in_a_study_counts_in_results_for_others(tmp_path, where):
    """`publish school study --out for_school` asks nothing again, and adds what it asks."""
    (tmp_path / "study.yaml").write_text(f"data: talks\n{where}")
    for name, rows in (("results", "Quorvex,hide\nIt,keep"), ("for_school", "It,hide")):
        team = tmp_path / name / "team_only"
        team.mkdir(parents=True)
        (team / "identities_open.csv").write_text(f"string,decision\n{rows}\n")

    there = study_here(tmp_path, tmp_path / "for_school").identities
    elsewhere = study_here(tmp_path, tmp_path / "for_parents").identities

    assert dict(zip(there["string"], there["decision"], strict=True)) == {
        "Quorvex": "hide",
        "It": "hide",
    }
    assert elsewhere == tmp_path / "results" / "team_only" / "identities_open.csv"


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
        ("data: [", r"study.yaml:1: the study cannot be read"),
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


def test_commitments_and_the_strategy_come_from_the_file(by_file):
    problem = by_file.problem

    assert problem.commitments["commitment"].tolist() == ["anti-racism"]
    assert _strategy(problem) == ("pass", "it is linked to 'Plan 2026, goal 2'")


def test_commitments_and_the_strategy_of_the_call_win(by_call):
    problem = by_call.problem

    assert problem.commitments["commitment"].tolist() == ["joy"]
    assert _strategy(problem) == ("pass", "it is linked to 'c'")


def test_no_strategy_is_not_the_same_as_nobody_asked(folder, by_hand):
    file = folder / "without.yaml"
    file.write_text("data: talks\nstrategy_link:\n")

    without = ei.analyze(file, embedder="static")

    assert _strategy(without.problem)[0] == "fail"
    assert _strategy(by_hand.problem)[0] == "needs a person"


def _strategy(problem):
    row = problem.checks.set_index("id").loc["strategy"]
    return row["result"], row["reason"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "data: talks\n pick: [login]\n",
            "own.yaml:2: the study cannot be read: the file is not valid YAML: ",
        ),
        (
            "data: talks\nkeep: [a]\nkeep: [b]\n",
            "own.yaml:3: .* 'keep' is in line 2 too",
        ),
        (
            "data: talks\nwording: Caf\u00e9\n",
            "own.yaml: the study cannot be read: the file is not UTF-8 text; save",
        ),
    ],
)
def test_a_slip_in_a_study_file_is_told_with_its_line(tmp_path, text, said):
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="latin-1")

    with pytest.raises(EmpathyInsightsError, match=said):
        load_study(file)


def test_half_of_a_sign_ends_no_run(folder):
    options = {"wording": "How might we\udcff rest?", "ideas": ["a lounge\ud83d"]}

    analysis = ei.analyze(folder / "talks", embedder="static", **options)

    assert analysis.problem.question == "How might we rest?"
    assert analysis.ideas == ("a lounge",)


def test_half_of_a_sign_in_a_theme_made_in_python_is_one_sentence(folder):
    book = ei.Codebook("b", "B", themes=(ei.Theme("bus", "Bus", brief="so\ud83d"),))

    with pytest.raises(EmpathyInsightsError, match="theme 'bus' holds half of a sign"):
        ei.analyze(folder / "talks", codebook=book)
