"""From the phrases of a wording to themes, and to the segments behind them."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.codebook import Codebook, Need, Patterns, Theme
from empathy_insights.codebook_file import load_codebook
from empathy_insights.coding.code import code
from empathy_insights.problem.build import problem_of_practice, theme_standing
from empathy_insights.problem.phrases import content_phrases
from empathy_insights.problem.shipped import load_rubric
from empathy_insights.problem.trace import commitments_of, linked_themes, trace
from empathy_insights.text.segments import segment

MASTERY = (
    "How might we build a blended learning model that fosters achievement and "
    "independence in our high school students?"
)
BOOK = Codebook(
    "b",
    "B",
    themes=(
        Theme(
            "bus",
            "Bus",
            patterns=Patterns(("bus", "walk .. home")),
            need=Need("get to school on time", "reliable rides", "buses come late"),
        ),
        Theme("food", "Food", patterns=Patterns(("lunch|menu",))),
        Theme("food.salt", "Salt", patterns=Patterns(("salty",)), parent="food"),
        Theme("art", "Art", patterns=Patterns(("paint",))),
    ),
)


@pytest.fixture(scope="module")
def basis(talk):
    corpus = talk(
        {
            "d": [
                ("ana", "The bus."),
                ("ana", "My bus."),
                ("ben", "A bus."),
                ("cy", "Lunch."),
                (None, "Lunch."),
            ]
        },
        roles={"ben": "teacher", "cy": "family"},
    )
    codings = code(segment(corpus), BOOK)
    themes = theme_frequency(codings, corpus, codebook=BOOK)
    return problem_of_practice(themes, codings, corpus, BOOK).basis


@pytest.fixture(scope="module")
def case(talk):
    corpus = talk(
        {
            "r1": [
                ("ana", "We need to take charge of our own learning."),
                ("ben", "There is no internet at home."),
                ("cy", "My laptop is broken and tech support never came."),
                ("di", "We talked about racism in class."),
            ]
        },
        roles={"ben": "family", "cy": "teacher"},
    )
    book = load_codebook("empathy_core")
    codings = code(segment(corpus), book).assign(status="accepted")
    themes = theme_frequency(codings, corpus, codebook=book)
    return problem_of_practice(
        themes,
        codings,
        corpus,
        book,
        pick=book.theme_sets["case_study"],
        wording=MASTERY,
        commitments=("anti-racism",),
    )


def phrases(wording, book=BOOK):
    return [phrase.text for phrase in content_phrases(wording, book, load_rubric())]


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("How might we build joy?", ["joy"]),
        ("How might we foster joy and calm mornings, here?", ["joy", "calm mornings"]),
        ("How might we give standards-aligned tasks?", ["standards-aligned tasks"]),
        ("How might we make our schools happy?", ["schools happy"]),
        ("How might we get to school?", []),
        ("How might we build a new bus model at last?", ["build a new bus model"]),
        ("", []),
    ],
)
def test_phrases_are_runs_of_content_words(wording, expected):
    assert phrases(wording) == expected


@pytest.mark.parametrize(
    ("wording", "themes"),
    [
        ("late buses", [("bus",)]),
        ("rides", [("bus",)]),
        ("punctual mornings", [()]),
        ("food", [("food",)]),
        ("salty bus", [("bus", "food")]),
        ("walked happily home", [("bus",)]),
        ("walked", [()]),
        ("school menus", [("food",)]),
    ],
)
def test_a_phrase_leads_to_the_themes_whose_words_it_shares(wording, themes):
    found = content_phrases(wording, BOOK, load_rubric())

    assert [phrase.themes for phrase in found] == themes


def test_each_phrase_is_traced_to_people_and_segments(basis):
    basis = replace(basis, commitments=("calm mornings",))
    wording = (
        "How might we adopt lunch, calm the rides, paint the gym, feed food to kids by "
        "buses, with food?"
    )

    traced = trace(wording, basis)

    pd.testing.assert_frame_equal(
        traced,
        pd.DataFrame(
            {
                "phrase": [
                    "adopt lunch", "calm", "rides", "paint", "gym", "feed food", "kids",
                    "buses", "food",
                ],
                "themes": ["food", "", "bus", "art", "", "food", "", "bus", "food"],
                "people": [1, 0, 2, 0, 0, 1, 0, 2, 1],
                "segments": [2, 0, 3, 0, 0, 2, 0, 3, 2],
                "support": [
                    "a chosen constraint", "a commitment of the organisation",
                    "raised by people", "in no theme that people raised", "in no theme that people raised",
                    "raised by people", "whom it serves", "raised by people",
                    "raised by people",
                ],
            }
        ).astype({"phrase": "str", "themes": "str", "support": "str"}),
    )  # fmt: skip


def test_a_wording_without_content_is_traced_to_nothing(basis):
    assert trace("How might we?", basis).columns.tolist() == [
        "phrase", "themes", "people", "segments", "support",
    ]  # fmt: skip


def test_whom_a_statement_serves_is_no_claim_about_a_theme(basis):
    book = Codebook("b", "B", (Theme("bus", "Newcomers", patterns=Patterns(("bus",))),))
    basis = replace(basis, codebook=book)

    assert linked_themes(trace("How might we plan for newcomers?", basis), basis) == ()


def test_the_segments_behind_a_phrase_are_listed(case):
    behind = case.segments_behind("Independence")

    assert behind[["segment_id", "theme", "participant_id", "role"]].to_dict(
        "records"
    ) == [
        {
            "segment_id": "r1:0001.01",
            "theme": "student_ownership",
            "participant_id": "ana",
            "role": "student",
        }
    ]


def test_no_segment_stands_behind_what_nobody_raised(case):
    assert case.segments_behind("achievement").empty


def test_a_phrase_that_is_not_in_the_wording_is_refused(case):
    with pytest.raises(ValueError, match="no phrase 'joy'; its phrases: 'build a"):
        case.segments_behind("joy")


def test_the_cases_own_statement_says_more_and_less_than_people_did(case):
    traced = case.traced.set_index("phrase")["support"].to_dict()

    assert traced == {
        "build a blended learning model": "a chosen constraint",
        "achievement": "in no theme that people raised",
        "independence": "raised by people",
        "high school students": "whom it serves",
    }
    assert case.unsupported == ("achievement",)


def test_the_cases_focus_on_anti_racism_is_not_in_its_sentence(case):
    assert case.commitments.to_dict("records") == [
        {
            "commitment": "anti-racism",
            "in_statement": False,
            "themes": "cultural_relevance_antiracism",
            "people": 1,
            "segments": 1,
            "support": "raised by people",
        }
    ]


def test_the_cases_blended_model_reads_like_a_solution(case):
    checks = case.checks.set_index("id")

    assert checks.loc["solution_free", ["result", "words"]].tolist() == [
        "warn",
        "build a blended learning model",
    ]
    assert checks.loc["traceable", "words"] == "achievement"
    assert (
        "committed to and not in it: anti-racism" in checks.loc["traceable", "reason"]
    )


def test_a_commitment_that_nobody_raised_is_the_organisations_alone(basis):
    basis = replace(basis, commitments=("Painted halls", "on-time buses"))
    problem = commitments_of("How might we run buses for all halls?", basis)

    assert problem[["commitment", "in_statement", "support"]].to_numpy().tolist() == [
        ["Painted halls", True, "a commitment of the organisation"],
        ["on-time buses", True, "raised by people"],
    ]


def test_themes_that_only_adults_raised_are_marked(basis):
    standing = theme_standing(basis, ["bus"])

    assert standing[
        ["theme", "people", "top", "in_statement", "only_adults"]
    ].to_numpy().tolist() == [
        ["bus", 2, True, True, False],
        # An unknown voice may be a student's.
        ["food", 1, True, False, False],
    ]


def test_a_theme_raised_by_adults_alone_is_marked(basis):
    known = basis.found[basis.found["participant_id"].notna()]

    standing = theme_standing(replace(basis, found=known), [])

    assert standing["only_adults"].tolist() == [False, True]


def test_the_order_of_codings_does_not_matter(basis):
    shuffled = replace(basis, found=basis.found.iloc[::-1].reset_index(drop=True))

    pd.testing.assert_frame_equal(
        trace("How might we build rides?", shuffled),
        trace("How might we build rides?", basis),
    )


@given(st.text(max_size=60))
def test_every_phrase_stands_in_the_wording(text):
    assert all(phrase in text for phrase in phrases(text))


def test_a_first_look_says_nothing_of_who_raised_what(sample_analysis):
    """Codings of a machine are a part of what was said, and no person has confirmed one."""
    problem = sample_analysis.problem
    checks = problem.checks.set_index("id")

    assert "raised by people" not in set(problem.traced["support"])
    assert not problem.standing["only_adults"].any()
    assert checks.loc["leverage", "result"] == "needs a person"
    assert checks.loc["leverage", "reason"].startswith("6 to 35 of 41;")
    assert checks.loc["persistent", "result"] == "needs a person"
