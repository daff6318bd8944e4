"""What comes after the statement: ideas, who would act, a pilot and questions."""

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights import corpus_from_frame
from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.analysis.voices import voices
from empathy_insights.codebook import Codebook, Need, Patterns, Theme
from empathy_insights.codebook_file import load_codebook
from empathy_insights.coding.code import code
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.problem.asks import asks, pilot_sheet
from empathy_insights.problem.build import problem_of_practice
from empathy_insights.problem.decision import SILENT, blank_matrix, choice_criteria
from empathy_insights.problem.levers import WITHHELD, suggestions
from empathy_insights.problem.next_steps import next_steps
from empathy_insights.problem.shipped import (
    ISTE,
    LEVERS,
    ROADMAP,
    SYSTEMS,
    read_frameworks,
)
from empathy_insights.text.segments import segment

BOOK = Codebook(
    "b",
    "B",
    themes=(
        Theme(
            "paint",
            "Paint",
            patterns=Patterns(("paint",)),
            need=Need("mix colours"),
            default_levers=("systems_processes",),
        ),
        Theme("lunch", "Lunch", patterns=Patterns(("lunch",))),
        Theme("home", "Home", patterns=Patterns(("home",)), handle_with_care=True),
    ),
    stance_cues={"suggestion": ("my plan",)},
)
SAID = [
    ("ana", "Why don't we let students choose paint?"),
    ("ana", "Let students choose paint colour. We should."),
    ("ben", "My plan: paint earlier."),
    ("cy", "Teachers should explain paint and lunch."),
    ("di", "I wish the home paint ran."),
    ("ed", "The paint is fine."),
    ("ed", "They hired a new teacher for paint."),
]


@pytest.fixture(scope="module")
def read(talk):
    """Return what next steps go by, made once for the same words."""
    made = {}

    def read_(said, book):
        if (tuple(said), book.id) not in made:
            corpus = talk({"d": said}, roles={"cy": "teacher"})
            segments = segment(corpus)
            codings = code(segments, book)
            made[tuple(said), book.id] = (
                corpus,
                segments,
                codings,
                read_frameworks(segments),
                problem_of(codings, corpus, book),
                voices(corpus),
            )
        return made[tuple(said), book.id]

    return read_


def problem_of(codings, corpus, book, **options):
    themes = theme_frequency(codings, corpus, codebook=book)
    return problem_of_practice(themes, codings, corpus, book, **options)


@pytest.fixture(scope="module")
def build(talk, read):
    def steps(said=SAID, book=BOOK, marked=None, options=None, columns=None, **more):
        corpus, segments, codings, frameworks, problem, heard = read(said, book)
        if columns:
            corpus = talk({"d": said}, roles={"cy": "teacher"}, **columns)
            heard = voices(corpus)
        if marked is not None:
            codings = codings.assign(suggestion=marked)
        if columns or options or marked is not None:
            problem = problem_of(codings, corpus, book, **options or {})
        before = segments.copy(), codings.copy()
        made = next_steps(problem, codings, corpus, segments, frameworks, heard, **more)
        pd.testing.assert_frame_equal(segments, before[0])
        pd.testing.assert_frame_equal(codings, before[1])
        return made

    return steps


@pytest.fixture(scope="module")
def steps(build):
    return build(ideas=["Teachers should explain lunch", "More joy"])


def test_a_suggestion_is_found_by_its_coding_or_by_its_words(steps):
    found = steps.suggestions.drop_duplicates("segment_id").sort_values("segment_id")

    assert found[["participant_id", "found_by"]].to_dict("split", index=False)[
        "data"
    ] == [
        ["ana", "words"],
        ["ana", "words"],
        ["ben", "coding"],
        ["cy", "words"],
        ["di", "words"],
    ]
    assert set(found["status"]) == {"auto"}


def test_suggestions_are_sorted_by_lever_and_what_fits_none_stays(steps):
    levers = steps.suggestions.query("theme == 'paint'")

    assert levers[["participant_id", "lever"]].drop_duplicates().set_index(
        "participant_id"
    )["lever"].to_dict() == {
        "ana": "students",
        "ben": "students",
        "cy": "teacher_moves",
        "di": "unsorted",
    }


def test_levers_count_people_and_keep_what_nobody_suggested(steps):
    rows = steps.levers.query("theme == 'paint'")

    assert rows[["lever", "people", "of", "passages"]].to_dict("split", index=False)[
        "data"
    ] == [
        ["teacher_moves", 1, 5, 1],
        ["systems_processes", 0, 5, 0],
        ["students", 2, 5, 3],
        ["unsorted", 1, 5, 1],
    ]


FINE = [("ed", "The paint is fine."), ("ben", "Teachers should paint.")]


def test_codings_that_do_not_say_what_is_a_suggestion_have_next_steps(build):
    made = build(FINE, marked=pd.NA)

    assert made.suggestions["participant_id"].tolist() == ["ben"]


def test_what_answers_a_question_for_change_is_suggested_but_nothing_is_not():
    answers = pd.DataFrame(
        {
            "who": ["ana", "ben", "cy", "di"],
            "question": ["If you could change one thing, what would it be?"] * 3
            + ["What is going well?"],
            "answer": [
                "Longer lunch.",
                "Nothing.",
                "More buses.",
                "The reading corner.",
            ],
        }
    )
    corpus = corpus_from_frame(
        answers, text="answer", person="who", question="question"
    )
    segments = segment(corpus)
    frameworks = read_frameworks(segments)

    found = suggestions(
        segments, code(segments, BOOK), corpus, BOOK, frameworks, sensitive=()
    )

    assert set(found["text"]) == {"Longer lunch.", "More buses."}
    assert set(found["found_by"]) == {"question"}


@pytest.mark.parametrize("marked", [float("nan"), None, pd.NA])
def test_a_coding_that_does_not_say_is_no_suggestion(read, marked):
    """People's codings from a table of their own need not say."""
    corpus, segments, codings, frameworks, *_ = read(FINE, BOOK)
    codings = codings.assign(suggestion=marked)

    found = suggestions(segments, codings, corpus, BOOK, frameworks, sensitive=())

    assert found["participant_id"].tolist() == ["ben"]


def test_a_coding_that_nobody_accepted_suggests_nothing(build):
    weak = Codebook(
        "w",
        "W",
        themes=(
            Theme("paint", "Paint", patterns=Patterns(("paint",))),
            Theme("art", "Art", patterns=Patterns(weak=("clay", "draw"))),
        ),
        stance_cues=BOOK.stance_cues,
    )

    made = build([("ana", "The paint."), ("ben", "My plan is clay and draw.")], weak)

    assert made.suggestions.empty
    assert made.decision_matrix.empty


def test_words_that_a_person_reads_first_are_withheld(build):
    made = build(sensitive=["d:0003.01"])

    text = made.suggestions.drop_duplicates("segment_id").set_index("participant_id")
    assert text.loc["ben", "text"] == WITHHELD  # a sensitive cue
    assert text.loc["di", "text"] == WITHHELD  # a theme to handle with care
    assert text.loc["cy", "text"] == "Teachers should explain paint and lunch."


def test_an_option_has_evidence_where_interviews_speak_and_no_rating(build):
    made = build(columns={"priority_group": {"ana": "iep", "ed": "iep"}})

    matrix = made.decision_matrix.set_index("option")
    row = matrix.loc["Paint: through students"]
    assert row[["themes", "lever", "given_by", "people", "passages"]].tolist() == [
        "paint", "students", "people", 2, 3,
    ]  # fmt: skip
    assert row["meets_student_needs_evidence"] == (
        "5 of 5 people raised its themes: 4 of 4 students and 1 of 1 teachers"
    )
    assert row["promotes_equity_evidence"].startswith(
        "iep: 2 of 2; all others: 3 of 3; no voice of: families"
    )
    assert row["intersection_evidence"] == "1 also raised home; 1 also raised lunch"
    assert row["promotes_resiliency_evidence"] == SILENT
    ratings = [name for name in matrix if name.endswith("_rating")]
    assert len(ratings) == len(choice_criteria()) == 8
    assert set(matrix[ratings].to_numpy().ravel()) == {""}
    assert not matrix.columns.str.contains("total|score|sum").any()


def test_the_teams_ideas_are_options_too(steps):
    own = steps.decision_matrix.query("given_by == 'team'")

    assert own[["option", "themes", "lever", "people"]].to_dict("split", index=False)[
        "data"
    ] == [
        ["Teachers should explain lunch", "lunch", "teacher_moves", 0],
        ["More joy", "", "unsorted", 0],
    ]
    assert own["meets_student_needs_evidence"].tolist() == [
        "1 of 5 people raised its themes: 1 of 1 teachers",
        "no theme is linked",
    ]


def test_the_blank_matrix_holds_nothing_that_people_said():
    matrix = blank_matrix(BOOK, ["paint"])

    assert matrix["option"].tolist() == [
        "Paint: through teacher moves",
        "Paint: through systems and processes",
        "Paint: through students",
    ]
    assert set(matrix.iloc[:, 3:].to_numpy().ravel()) == {""}


def test_a_system_has_to_act_where_both_come_up_in_one_passage(steps):
    rows = steps.routing.query("kind == 'theme' and id == 'paint'").set_index("system")

    assert rows.loc["talent_management", ["people", "passages"]].tolist() == [1, 1]
    assert rows.loc["student_support", ["people", "passages"]].tolist() == [0, 0]
    assert len(steps.routing) == (3 + 4) * 6  # picked themes and levers by system


def test_the_codebook_of_systems_links_themes(sample_analysis):
    book = sample_analysis.codebook
    insights = pd.DataFrame(
        {"theme": ["well_being", "digital_access"], "name": "", "sentence": "Heard."}
    )

    table = asks(insights, book)

    assert table["who_can_act"].tolist() == [
        "Student Support; usual levers: systems and processes, teacher moves",
        "usual levers: systems and processes",
    ]
    assert set(table["meaning"]) == set(table["ask"]) == {""}


def test_a_pilot_starts_from_people_of_people_and_leaves_the_plan_to_a_person(steps):
    paint = steps.pilot.set_index("theme").loc["paint"]

    assert paint.to_dict() == {
        "name": "Paint",
        "baseline": "5 of 5 people may have spoken of it",
        "ask_students": "Tell us about the last time that you saw students here mix "
        "colours. What made it possible? And a time when they could not?",
        "counts_as": "",
        "smallest_version": "",
        "who_runs_it": "",
        "ask_again_on": "",
    }


def test_a_pilot_tells_no_number_that_a_published_table_hides():
    themes = pd.DataFrame(
        {
            "theme": ["paint"],
            "name": ["Paint"],
            "hidden": ["few people"],
            "shown": ["fewer than 5 of 12"],
        }
    )

    assert pilot_sheet(BOOK, themes, ["paint", "lunch"])["baseline"].tolist() == [
        "fewer than 5 of 12 people spoke of it"
    ]


def test_frameworks_keep_their_order_and_what_nobody_spoke_of(sample_steps):
    made = sample_steps

    assert made.iste["place"].tolist() == [*range(1, 8)]
    assert made.iste.loc[made.iste["is_priority"], "theme"].tolist() == [
        "knowledge_constructor",
        "creative_communicator",
    ]
    assert made.roadmap["place"].tolist() == [*range(1, 16)]
    assert made.roadmap["people"].eq(0).any()
    assert (made.roadmap["people"] <= made.roadmap["of"]).all()


def test_the_sample_has_next_steps_of_every_kind(sample_analysis, sample_steps):
    made = sample_steps

    picked = sample_analysis.problem.picked
    assert tuple(made.asks["theme"]) == tuple(made.pilot["theme"]) == picked
    assert set(made.rounds["theme"]) == set(picked)
    assert made.rounds["round"].unique().tolist() == ["1", "2"]
    heard = sample_analysis.corpus.participants["participant_id"]
    assert made.suggestions["participant_id"].dropna().isin(heard).all()
    sensitive = sample_analysis.sensitive["segment_id"]
    is_sensitive = made.suggestions["segment_id"].isin(sensitive)
    assert set(made.suggestions.loc[is_sensitive, "text"]) <= {WITHHELD}
    assert made.prompts["look_at"].isin([*made.tables(), "themes", "quotes"]).all()
    assert set(made.prompts["answer"]) == {""}


def test_the_notebook_view_escapes_what_people_said(build):
    made = build(ideas=["<script>a paint</script>"])

    html = made._repr_html_()

    assert "<script>" not in html
    assert "&lt;script&gt;a paint" in html
    assert "None" not in html


def test_without_a_problem_there_are_no_next_steps():
    answers = pd.DataFrame({"who": ["ana"], "a": ["Hm."]})
    corpus = ei.corpus_from_frame(answers, text="a", person="who")

    with pytest.raises(
        EmpathyInsightsError, match="no problem of practice to go on from"
    ):
        ei.analyze(corpus, embedder="static").next_steps()


@pytest.fixture(scope="module")
def some(sample_analysis):
    return sample_analysis.segments.iloc[::4].reset_index(drop=True)


@pytest.fixture(scope="module")
def by_framework(some):
    return read_frameworks(some).codings


@pytest.mark.parametrize("name", [SYSTEMS, ISTE, ROADMAP])
def test_one_pass_finds_what_each_codebook_finds_by_itself(some, by_framework, name):
    alone = LexicalCoder(load_codebook(name))(some)

    same = ["segment_id", "theme", "method", "evidence_start", "codebook_sha256"]
    pd.testing.assert_frame_equal(
        by_framework[name][same].sort_values(same, ignore_index=True),
        alone[same].sort_values(same, ignore_index=True),
    )
    assert len(alone) > 0


def test_a_phrase_counts_only_where_the_model_of_its_codebook_bears_it_out(talk):
    said = [
        ("ana", "They hired a new teacher."),
        ("ben", "The dentist ran a test on my tooth."),
    ]

    found = read_frameworks(segment(talk({"d": said}))).codings[SYSTEMS]

    status = found.set_index(["segment_id", "theme"])["status"]
    assert status["d:0001.01", "talent_management"] == "auto"
    assert status["d:0002.01", "data_assessment"] == "suggested"


def test_a_lever_is_told_without_its_phrases_too(talk):
    said = [("ana", "Give us the say over what goes on the menu, a kid a grade.")]
    segments = segment(talk({"d": said}))

    found = read_frameworks(segments).main(LEVERS, "lever")

    assert LexicalCoder(load_codebook(LEVERS))(segments).query("status == 'auto'").empty
    assert found["lever"].tolist() == ["students"]


def test_an_option_tells_who_also_raised_what_the_organisation_committed_to(build):
    made = build(options={"pick": ["paint"], "commitments": ["Lunch for all"]})

    matrix = made.decision_matrix.set_index("option")
    row = matrix.loc["Paint: through students"]
    assert row["intersection_evidence"] == "1 also raised lunch"


@pytest.mark.slow
def test_the_ideas_of_a_study_are_rated_beside_what_people_suggested(tmp_path):
    (tmp_path / "talks").mkdir()
    talk = "Dana: How so?\n\nAna: We should get help when I forget my password.\n"
    (tmp_path / "talks" / "a.txt").write_text(talk)
    file = tmp_path / "study.yaml"
    file.write_text("data: talks\nfacilitators: [Dana]\nideas: [A help line]\n")

    analysis = ei.analyze(file)

    own = analysis.next_steps().decision_matrix.query("given_by == 'team'")
    assert own["option"].tolist() == ["A help line"]
    assert (
        analysis.next_steps(ideas=["More"]).decision_matrix["option"].iloc[-1] == "More"
    )
    others = ei.analyze(file, ideas=["Peers"]).next_steps().decision_matrix
    assert others["option"].iloc[-1] == "Peers"
