"""A problem of practice for others: no number that may not be told, and nobody's words."""

import pandas as pd
import pytest

from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.codebook import Codebook, Patterns, Theme
from empathy_insights.coding.code import code
from empathy_insights.problem.build import problem_of_practice
from empathy_insights.problem.published import published_problem
from empathy_insights.problem.wording import insight
from empathy_insights.text.segments import segment

BOOK = Codebook(
    "b",
    "B",
    themes=tuple(
        Theme(word, word.capitalize(), patterns=Patterns((word,)))
        for word in ("bus", "lunch", "paint", "sport")
    ),
)


@pytest.fixture
def publish(talk):
    corpus = talk(
        {
            "d": [("a", "Bus, lunch, paint."), ("b", "Bus, lunch."), ("c", "Bus.")],
            "e": [("d", "Bus.")],
        },
        kinds={"e": "survey"},
    )
    codings = code(segment(corpus), BOOK)
    themes = theme_frequency(codings, corpus, codebook=BOOK)

    def published(wording, hidden, **options):
        problem = problem_of_practice(
            themes, codings, corpus, BOOK, wording=wording, **options
        )
        rows = themes.assign(
            hidden=["hidden" if theme in hidden else "" for theme in themes["theme"]],
            shown=[
                "fewer than 5" if theme in hidden else str(n)
                for theme, n in zip(themes["theme"], themes["people"], strict=True)
            ],
        )
        evidence = problem.evidence
        return published_problem(
            problem, rows, evidence, heard_by_role={"student": 4}, least=5
        )

    return published


def told(problem, criterion):
    row = problem.checks.set_index("id").loc[criterion]
    return row["result"], row["reason"]


def test_nobody_stands_behind_the_phrases_that_others_see(publish):
    problem = publish("How might we run the bus?", [], commitments=("safety",))

    assert problem.basis is None
    assert problem.traced.columns.tolist() == ["phrase", "themes", "support"]
    assert problem.commitments.columns.tolist() == [
        "commitment", "in_statement", "themes", "support",
    ]  # fmt: skip
    assert problem.standing.columns.tolist() == [
        "theme", "name", "picked", "in_statement",
    ]  # fmt: skip


def test_that_few_people_raised_a_theme_is_not_told(publish):
    problem = publish("How might we have bus, lunch, paint?", [])

    assert told(problem, "traceable") == (
        "pass",
        "every phrase leads to what people said",
    )


def test_a_theme_left_out_is_named_only_where_its_number_may_be_told(publish):
    problem = publish("How might we run the bus and joy?", ["paint"])

    assert told(problem, "traceable") == (
        "warn",
        "nobody we heard raised: 'run', 'joy'; raised by most people and not in it: Lunch",
    )


def test_that_nobody_raised_any_phrase_is_told(publish):
    assert told(publish("How might we sing?", []), "traceable")[0] == "fail"


@pytest.mark.parametrize(
    ("hidden", "expected"),
    [
        ([], ("pass", "heard in several kinds of source")),
        (["paint"], ("needs a person", "too few people to say where it was heard")),
    ],
)  # fmt: skip
def test_where_few_people_were_heard_is_not_told(publish, hidden, expected):
    assert told(publish("How might we run?", hidden), "persistent") == expected


@pytest.mark.parametrize(
    ("hidden", "pick", "expected"),
    [
        ([], ["bus"], ("warn", "4 of 4 people")),
        (["bus"], ["bus"], ("needs a person", "fewer than 5 people")),
        (["paint"], ["bus", "paint"], ("needs a person", "4 of 4 people")),
        ([], ["sport"], ("fail", "0 of 4 people")),
    ],
)
def test_leverage_is_told_in_numbers_that_may_be_told(publish, hidden, pick, expected):
    problem = publish("How might we run?", hidden, pick=pick)

    assert told(problem, "leverage") == expected


def test_the_rest_of_the_checks_stay_as_they_are(publish):
    problem = publish("How might we fix lazy kids?", [])

    assert told(problem, "asset_framing") == ("fail", "'lazy' blames people")
    assert len(problem.checks) == 14


def test_a_sentence_tells_no_small_number_of_people_with_a_stance():
    row = {"name": "Bus", "people": 9, "of": 12, "share": 0.75, "roles": "student"}

    said = insight(pd.Series(row), pd.Series({"need": 2, "asset": 7}), least=5)

    assert said == (
        "9 of 12 people we heard (students) raised bus: fewer than 5 spoke of something "
        "missing or hard and 7 of something that helps."
    )
