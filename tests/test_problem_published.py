"""A problem of practice for others: no number that may not be told, and nobody's words."""

from functools import cache

import pandas as pd
import pytest

from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.analysis.quotes import quotes
from empathy_insights.codebook import Codebook, Need, Patterns, Theme
from empathy_insights.coding.code import code
from empathy_insights.problem.build import problem_of_practice
from empathy_insights.problem.published_statement import published_problem
from empathy_insights.problem.sections import statement_sections
from empathy_insights.problem.statement import ProblemOfPractice
from empathy_insights.publishing import publish_together
from empathy_insights.text.segments import segment
from empathy_insights.wording import insight

BOOK = Codebook(
    "b",
    "B",
    themes=tuple(
        Theme(word, word.capitalize(), patterns=Patterns((word,)))
        for word in ("bus", "lunch", "paint", "sport")
    ),
)


@pytest.fixture(scope="module")
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
    by_role = theme_frequency(codings, corpus, codebook=BOOK, by="role")
    evidence = quotes(codings, corpus, segment(corpus), codebook=BOOK)

    def published(wording, hidden, **options):
        problem = problem_of_practice(
            themes, codings, corpus, BOOK, wording=wording, evidence=evidence, **options
        )
        rows = themes.assign(
            hidden=["hidden" if theme in hidden else "" for theme in themes["theme"]],
            shown=[
                "fewer than 5" if theme in hidden else str(n)
                for theme, n in zip(themes["theme"], themes["people"], strict=True)
            ],
        )
        return published_problem(
            problem,
            rows,
            problem.evidence,
            by_role=by_role,
            groups={"student": ("student",)},
            least=5,
        )

    return published


def told(problem, criterion):
    row = problem.checks.set_index("id").loc[criterion]
    return row["result"], row["reason"]


def test_nobody_stands_behind_the_phrases_that_others_see(publish):
    problem = publish("How might we run the bus?", [], commitments=("safety",))

    assert not isinstance(problem, ProblemOfPractice)
    assert not {"basis", "check", "segments_behind"} & {*dir(problem)}
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
        "in no theme that people raised: 'run', 'joy'; raised most and not in it: Lunch",
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
        ([], ["bus"], ("needs a person", "4 of 4 people")),
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
        "Bus: 9 of 12 people spoke of it, students among them. Fewer than 5 spoke of "
        "something missing or hard and 7 of something that helps."
    )


SPORT = Codebook(
    "s",
    "S",
    themes=(Theme("sport", "Sport", patterns=Patterns(("sport",)), need=Need("play")),),
    stance_cues={"need": ("need",)},
)


@pytest.fixture(scope="module")
def needs_of(talk):
    """Return what the school reads of a need that so many of each role speak of."""

    @cache
    def told(student, family=0):
        speaking = {"student": student, "family": family}
        speaking = {role: n for role, n in speaking.items() if n is not None}
        said = [
            (f"{role}{n}", "I need sport." if n < speaking[role] else "Hm.")
            for role in speaking
            for n in range(12)
        ]
        corpus = talk(
            {"d": said}, roles={who: who.rstrip("0123456789") for who, _ in said}
        )
        codings = code(segment(corpus), SPORT)
        themes = theme_frequency(codings, corpus, codebook=SPORT)
        by_role = theme_frequency(codings, corpus, codebook=SPORT, by="role")
        problem = problem_of_practice(themes, codings, corpus, SPORT)
        shown, by_group = publish_together([themes, by_role], "school")
        return published_problem(
            problem,
            shown,
            problem.evidence,
            by_role=by_group,
            groups={role: (role,) for role in speaking},
            least=5,
        )

    return told


def test_a_need_says_how_many_of_a_role_only_where_the_table_by_role_does(needs_of):
    needs = needs_of(student=7, family=6).needs

    assert needs["sentence"].tolist() == [
        "Our students need to play. 7 of 12 students may have spoken of sport.",
        "Our families need students to play. 6 of 12 families may have spoken of sport.",
    ]


def test_a_role_of_few_people_is_not_named_at_a_need(needs_of):
    problem = needs_of(student=7, family=2)

    assert not problem.needs["sentence"].str.contains("famil").any()
    assert not problem.points_of_view["sentence"].str.contains("famil").any()


@pytest.mark.parametrize(("family", "is_hidden"), [(2, True), (None, False)])
def test_of_one_group_alone_it_is_no_secret_who_said_it(needs_of, family, is_hidden):
    [sentence] = needs_of(student=4, family=family).needs["sentence"]

    said = " Which groups said so stays hidden." if is_hidden else ""
    assert sentence == f"Our students need to play.{said}"


def test_others_read_no_number_in_a_point_of_view_that_the_table_hides(needs_of):
    [sentence] = needs_of(student=3).points_of_view["sentence"]

    assert sentence.startswith("We met fewer than 5 of 24 people who raised sport.")


def test_others_do_not_read_which_priority_groups_a_theme_is_strong_in(publish):
    problem = publish("How might we run?", ["lunch"])

    assert problem.suggested_picks.to_dict("split", index=False) == {
        "columns": ["theme", "name", "picked", "why"],
        "data": [
            ["bus", "Bus", True, "to check first: perhaps among the 3 raised most"],
            ["paint", "Paint", True, "to check first: perhaps among the 3 raised most"],
        ],
    }


@pytest.mark.parametrize("theme", ["paint", "sport"])  # one person, and nobody
def test_that_nobody_raised_a_hidden_theme_is_not_told(publish, theme):
    problem = publish(f"How might we run {theme}?", ["paint", "sport"])

    support = problem.traced.set_index("phrase")["support"]
    assert support[f"run {theme}"] == "whether people raised it stays hidden"
    assert problem.unsupported == ()
    check = problem.checks.set_index("id").loc["traceable"]
    assert check["words"] == ""
    assert check["ask"].startswith(
        "For each phrase that is in no theme that people raised"
    )
    assert told(problem, "traceable") == (
        "needs a person",
        "raised most and not in it: Bus, Lunch; for some phrases, whether "
        "people raised them stays hidden",
    )
    assert problem.not_in_statement["theme"].tolist() == []  # it may be nobody's
    assert problem.standing["theme"].tolist() == ["bus", "lunch", "paint", "sport"]


def test_a_label_that_says_somebody_is_believed(needs_of):
    problem = needs_of(student=3)

    phrase = problem.traced.set_index("phrase").loc["play"]
    assert phrase["support"] == "raised by people"


@pytest.mark.parametrize(
    ("audience", "status", "left_out"),
    [
        ("school", "human", ["lunch", "paint"]),  # fewer than 5 are some
        ("school", "auto", []),
        ("public", "human", []),  # fewer than 10 may be none
    ],
)
def test_others_read_only_what_surely_somebody_raised(talk, audience, status, left_out):
    said = ["Bus, lunch, paint."] + ["Bus, lunch."] * 2 + ["Bus."] * 9
    corpus = talk({f"d{n}": [(f"p{n}", text)] for n, text in enumerate(said)})
    codings = code(segment(corpus), BOOK).assign(status=status)
    themes = theme_frequency(codings, corpus, codebook=BOOK)
    if status == "auto":
        themes = themes.assign(low=0.0, high=12.0, state="first look")
    by_role = theme_frequency(codings, corpus, codebook=BOOK, by="role")
    problem = problem_of_practice(themes, codings, corpus, BOOK, pick=["bus"])
    shown, roles = publish_together([themes, by_role], audience)

    told = published_problem(
        problem, shown, problem.evidence, by_role=roles,
        groups={"student": ("student",)}, least=5,
    )  # fmt: skip

    assert told.not_in_statement["theme"].tolist() == left_out
    nothing = statement_sections(told)["left_out"].nothing
    assert nothing == "Nothing that may be shown."
