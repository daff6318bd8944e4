"""Ways into a problem: several for any need that a codebook words, no two alike."""

from itertools import combinations

import pytest

from empathy_insights.codebook import Need, Theme
from empathy_insights.codebook_file import load_codebook
from empathy_insights.problem.candidates import candidates
from empathy_insights.problem.rubric import load_rubric
from empathy_insights.problem.sentence import sentence_findings
from empathy_insights.problem.terms import words_of

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
            "How might we spread what already gives our ninth grade students reliable "
            "rides?",
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
