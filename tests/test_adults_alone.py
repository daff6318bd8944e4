"""Where no student was heard, a question serves the adults whose need it is."""

import pytest

from empathy_insights.codebook import Codebook, Need, Patterns, Theme
from empathy_insights.problem.sections import statement_sections
from empathy_insights.report.published import published
from empathy_insights.study import analyze
from tests.conftest import AUDIENCES

BOOK = Codebook(
    "b",
    "B",
    themes=(
        Theme(
            "prep",
            "Prep",
            patterns=Patterns(("prep",)),
            need=Need(
                "have a manageable load",
                "a workable balance",
                "work piles up",
                verb_phrase_of=dict.fromkeys(("teacher", "staff"), "have time to plan"),
            ),
        ),
        Theme(
            "calm",
            "Calm",
            patterns=Patterns(("hallway",)),
            need=Need("learn in calm", "a calm school"),
        ),
    ),
)
BALANCE = "How might we build a workable balance"


@pytest.fixture(scope="module")
def asked(talk):
    """Return what makes a study of people of some roles who all spoke of their prep."""

    def made(*roles, said="I lost my prep again."):
        names = [f"p{n}" for n in range(len(roles))]
        corpus = talk(
            {"d": [(name, said) for name in names]},
            roles=dict(zip(names, roles, strict=True)),
        )
        return analyze(corpus, codebook=BOOK, embedder="static", allow_identities=True)

    return made


@pytest.mark.parametrize(
    ("roles", "question"),
    [
        (["teacher"] * 3, f"{BALANCE}, so that our teachers can have time to plan?"),
        (
            ["teacher", "staff"],
            f"{BALANCE}, so that our teachers and staff members can have time to plan?",
        ),
        (
            ["family", "teacher"],  # no need of both
            f"{BALANCE} for our families and teachers in this school?",
        ),
        (
            ["teacher", "student"],
            f"{BALANCE}, so that our students can have a manageable load?",
        ),
        (
            ["teacher", "unknown"],  # who may be a student
            f"{BALANCE}, so that our students can have a manageable load?",
        ),
    ],
)
def test_a_question_serves_whose_need_it_is(asked, roles, question):
    run = asked(*roles)

    assert run.problem.question == question
    for audience in AUDIENCES:
        assert published(run, audience).problem.question == question


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_need_of_adults_is_handed_to_students(asked, audience):
    """Prep is spoken of by teachers; calm would be, where its hallway was heard of."""
    run = asked(*["teacher"] * 12, said="I lost my prep, and the hallway is loud.")
    told = statement_sections(published(run, audience).problem)

    for key in ("candidates", "needs", "points_of_view"):
        lines = " ".join(map(str, told[key].lines))
        assert "students" not in lines
        assert "teachers" in lines
    assert "Our teachers need a calm school." in " ".join(map(str, told["needs"].lines))


def test_where_students_were_heard_adults_speak_of_their_need(asked):
    run = asked("teacher", "student", said="The hallway is loud.")

    needs = set(run.problem.needs["statement"])
    assert needs <= {
        "Our students need to learn in calm.",
        "Our teachers need students to learn in calm.",
    }


def test_what_the_team_says_of_whom_it_serves_wins(talk):
    corpus = talk({"d": [("ana", "I lost my prep.")]}, roles={"ana": "teacher"})

    run = analyze(
        corpus, codebook=BOOK, embedder="static", allow_identities=True,
        audience_phrase="our ninth grade students",
    )  # fmt: skip

    assert "so that our ninth grade students can" in run.problem.question
