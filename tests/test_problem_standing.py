"""Where each raised theme stands: top, in the statement, adults only, an equity pick."""

import pandas as pd
import pytest

from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.codebook import Codebook, Patterns, Theme
from empathy_insights.coding.code import code
from empathy_insights.problem.build import problem_of_practice
from empathy_insights.text.segments import segment

BOOK = Codebook(
    "b",
    "B",
    themes=tuple(
        Theme(word, word.capitalize(), patterns=Patterns((word,)))
        for word in ("bus", "lunch", "paint", "soccer", "gym")
    ),
)
ASKED = "How might we join what we heard about bus and lunch?"


@pytest.fixture
def build(talk):
    def standing(said, **options):
        corpus = talk({"d": [*said]}, **options)
        codings = code(segment(corpus), BOOK)
        themes = theme_frequency(codings, corpus, codebook=BOOK)
        problem = problem_of_practice(themes, codings, corpus, BOOK, wording=ASKED)
        return problem.standing.set_index("theme")

    return standing


def test_the_themes_of_most_people_come_first(build):
    standing = build(
        [
            ("a", "Bus, lunch, paint, soccer."),
            ("b", "Bus, lunch, paint."),
            ("c", "Bus, lunch."),
            ("d", "Bus."),
        ]
    )

    pd.testing.assert_frame_equal(
        standing.reset_index(),
        pd.DataFrame(
            {
                "theme": ["bus", "lunch", "paint", "soccer"],
                "name": ["Bus", "Lunch", "Paint", "Soccer"],
                "people": [4, 3, 2, 1],
                "of": [4, 4, 4, 4],
                "top": [True, True, True, False],
                "picked": [True, True, True, False],
                "in_statement": [True, True, False, False],
                "only_adults": [False] * 4,
                "equity_pick": [""] * 4,
            }
        ).astype({"theme": "str", "name": "str", "equity_pick": "str"}),
    )


# Of 4 people in the group and of 5 others, so many raised it.
RAISED = {
    "bus": (4, 4, "iep"),  # 100 % is 1.25 times 80 %
    "lunch": (3, 3, "iep"),  # 75 % is 1.25 times 60 %
    "paint": (3, 4, ""),  # 75 % is less than 1.25 times 80 %
    "soccer": (2, 0, ""),  # fewer than three people
    "gym": (3, 0, "iep"),
}


def test_a_theme_that_is_strong_in_a_priority_group_is_an_equity_pick(build):
    people = [(f"g{n}", n, 0) for n in range(4)] + [(f"r{n}", n, 1) for n in range(5)]
    said = [
        (
            who,
            ", ".join(["Hm", *(theme for theme in RAISED if n < RAISED[theme][side])]),
        )
        for who, n, side in people
    ]

    standing = build(said, priority_group={f"g{n}": "iep" for n in range(4)})

    assert standing["equity_pick"].to_dict() == {
        theme: expected for theme, (*_, expected) in RAISED.items()
    }


def test_where_everybody_is_of_one_group_nothing_can_be_compared(build):
    people = ["a", "b", "c"]

    standing = build(
        [(who, "Bus.") for who in people], priority_group=dict.fromkeys(people, "iep")
    )

    assert standing.loc["bus", "equity_pick"] == ""


def test_one_person_counts_once_in_a_group(build):
    said = [("a", "Bus."), ("a", "A bus."), ("a", "My bus."), ("b", "Hm.")]

    standing = build(said, priority_group={"a": "iep"})

    assert standing.loc["bus", "equity_pick"] == ""


def test_an_equity_pick_is_suggested_beside_the_top_three_and_not_picked(talk):
    said = [(f"r{n}", "Bus, lunch, paint.") for n in range(5)]
    said += [(f"g{n}", "Bus, lunch, paint, soccer.") for n in range(3)]
    corpus = talk({"d": said}, priority_group={f"g{n}": "iep" for n in range(3)})
    codings = code(segment(corpus), BOOK)
    themes = theme_frequency(codings, corpus, codebook=BOOK)

    problem = problem_of_practice(themes, codings, corpus, BOOK)

    assert problem.picked == ("bus", "lunch", "paint")
    assert problem.suggested_picks.iloc[-1].to_dict() == {
        "theme": "soccer",
        "name": "Soccer",
        "people": 3,
        "of": 8,
        "picked": False,
        "why": "equity pick: raised much more often by iep",
    }
    assert "Soccer: equity pick: raised much more often by iep" in problem._repr_html_()
