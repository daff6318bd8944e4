"""Ways into a problem: several for any need that a codebook words, no two alike."""

import re
from itertools import combinations, pairwise

import pytest

from empathy_insights.codebook import Need, Theme
from empathy_insights.codebook_file import SHIPPED, load_codebook
from empathy_insights.problem.candidates import candidates
from empathy_insights.problem.phrases import words_of
from empathy_insights.problem.sentence import sentence_findings
from empathy_insights.problem.shipped import load_rubric

FULL = Need("get to school on time", "reliable rides", "buses come late")


def table(need, *, has_assets=False):
    return candidates(
        [Theme("bus", "Bus", need=need)],
        audience_phrase="our ninth grade students",
        outcome=None,
        has_assets=has_assets,
    )


def forms(text):
    return {min(token.forms) for token in words_of(text)}


def test_each_move_asks_in_its_own_way():
    assert table(FULL, has_assets=True).to_dict("split", index=False)["data"] == [
        [
            "name the goal",
            "How might we build reliable rides, so that our ninth grade students can get "
            "to school on time?",
        ],
        [
            "amp up the good",
            "How might we spread what already brings about reliable rides for our ninth "
            "grade students?",
        ],
        [
            "remove the bad",
            "How might we redesign what we do where buses come late, together with our "
            "ninth grade students?",
        ],
        [
            "use unexpected resources",
            "How might we let our ninth grade students lead the way to reliable rides?",
        ],
        [
            "question an assumption",
            "How might we plan as if it were no longer true that buses come late?",
        ],
    ]


@pytest.mark.parametrize(
    ("need", "moves"),
    [
        (
            Need(verb_phrase=FULL.verb_phrase),
            ["name the goal", "change the status quo", "break it into pieces"],
        ),
        (
            Need(goal_noun=FULL.goal_noun),
            ["name the goal", "use unexpected resources", "break it into pieces"],
        ),
        (
            Need(barrier=FULL.barrier),
            ["remove the bad", "question an assumption", "break it into pieces"],
        ),
    ],
)
def test_any_field_of_a_need_gives_three_ways_in(need, moves):
    assert table(need)["move"].tolist() == moves


@pytest.mark.parametrize(
    "theme", load_codebook("empathy_core").main_themes, ids=lambda theme: theme.id
)
def test_no_two_candidates_share_most_of_their_words(theme):
    questions = table(theme.need, has_assets=True)["question"]

    shares = [
        len(forms(one) & forms(other)) / len(forms(one) | forms(other))
        for one, other in combinations(questions, 2)
    ]
    assert max(shares) < 0.7


@pytest.mark.parametrize("has_assets", [True, False])
def test_no_candidate_names_a_solution_or_blames(has_assets):
    questions = table(FULL, has_assets=has_assets)["question"]

    results = {
        sentence_findings(question, load_rubric())[name].result
        for question in questions
        for name in ("form", "one_problem", "beneficiary", "solution_free", "scope")
        if "students" in question or name != "beneficiary"
    }
    assert results == {"pass"}


SHIPPED_THEMES = [theme for name in SHIPPED for theme in load_codebook(name)]
PEOPLE = ["our students", "our families", "our teachers", "our staff members",
          "our school leaders", "our network leaders", "our community members"]  # fmt: skip


def said(questions):
    """Return the words of each question, in lower case."""
    return [re.findall(r"[\w'’-]+", question.lower()) for question in questions]


@pytest.mark.parametrize("audience", PEOPLE)
def test_every_theme_of_every_codebook_asks_sound_questions_of_every_role(audience):
    tables = [
        candidates(
            [theme, other],
            audience_phrase=audience,
            outcome=None,
            has_assets=has_assets,
        )
        for theme, other in pairwise([*SHIPPED_THEMES, SHIPPED_THEMES[0]])
        for has_assets in (True, False)
    ]

    questions = [question for table in tables for question in table["question"]]
    assert {len(table) for table in tables} <= {1, 3, 4, 5}  # 1: of a name alone
    assert all(table["move"].is_unique for table in tables)
    assert [text for text in questions if not text.startswith("How might we ")] == []
    assert [text for text in questions if text.find("?") != len(text) - 1] == []
    assert [words for words in said(questions) if len(words) > 36] == []
    assert [
        words for words in said(questions) for one, two in pairwise(words) if one == two
    ] == []
    assert [text for text in questions if re.search(r"  | [,.?]|None", text)] == []


@pytest.mark.parametrize(
    "theme", load_codebook("empathy_core").main_themes, ids=lambda theme: theme.id
)
def test_nobody_is_named_twice_where_a_goal_names_them(theme):
    questions = candidates(
        [theme], audience_phrase="our students", outcome=None, has_assets=True
    )["question"]

    assert not questions.str.contains("our students student").any()
    assert not questions.str.contains(r"students?\b[^,]* for our students").any()


def test_a_need_of_their_own_is_worded_for_those_whom_the_team_names():
    theme = load_codebook("empathy_core")["workload_time"]

    table = candidates(
        [theme], audience_phrase="our new teachers", outcome=None, has_assets=False
    )

    assert table["question"][0] == (
        "How might we build a workable balance of work and time, so that our new teachers "
        "can have a manageable load and protected time?"
    )


@pytest.mark.parametrize("has_assets", [True, False])
def test_no_candidate_of_the_core_codebook_names_a_solution(has_assets):
    questions = [
        question
        for theme in load_codebook("empathy_core").main_themes
        for question in candidates(
            [theme],
            audience_phrase="our students",
            outcome=None,
            has_assets=has_assets,
        )["question"]
    ]

    rubric = load_rubric()
    found = {
        question: sentence_findings(question, rubric)["solution_free"].words
        for question in questions
    }
    assert {question: words for question, words in found.items() if words} == {}
