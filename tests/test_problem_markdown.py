"""The problem of practice as Markdown says what each phrase stands on."""

from dataclasses import replace

import pytest

from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.codebook import Codebook, Patterns, Theme
from empathy_insights.coding.code import code
from empathy_insights.problem.build import problem_of_practice
from empathy_insights.problem.sections import statement_sections
from empathy_insights.report.render.markdown import problem_markdown
from empathy_insights.text.segments import segment

BOOK = Codebook(
    "b",
    "B",
    themes=tuple(
        Theme(word, word.capitalize(), patterns=Patterns((word,)))
        for word in ("bus", "lunch")
    ),
)


@pytest.fixture(scope="module")
def problem(talk):
    corpus = talk(
        {"d": [("ana", "Bus."), ("ben", "Bus and lunch.")]}, roles={"ben": "teacher"}
    )
    codings = code(segment(corpus), BOOK)
    return problem_of_practice(
        theme_frequency(codings, corpus, codebook=BOOK),
        codings,
        corpus,
        BOOK,
        wording="How might we run the bus with joy?",
        commitments=("anti-racism",),
    )


def markdown(problem):
    told = statement_sections(problem)
    return problem_markdown(problem.question, told, how="", note="")


def section(problem, title):
    text = markdown(problem)
    return text.split(f"## {title}\n\n")[1].split("\n\n")[0].splitlines()


def test_every_phrase_says_what_it_leads_to(problem):
    assert section(problem, "What each phrase leads to") == [
        "- run: in no theme that people raised",
        "- bus: raised by people (bus)",
        "- joy: in no theme that people raised",
    ]


def test_commitments_stand_apart_from_what_people_raised(problem):
    assert section(problem, "Commitments") == [
        "- anti-racism: not in the statement; a commitment of the organisation"
    ]


def test_themes_of_adults_alone_are_named_for_the_team(problem):
    assert section(problem, "Raised by adults only") == ["Lunch"]


def test_others_do_not_read_of_which_roles_people_were(problem):
    standing = problem.standing.drop(columns="only_adults")

    text = markdown(replace(problem, standing=standing))

    assert "Raised by adults only" not in text


def test_a_check_says_what_a_person_is_asked(problem):
    checks = section(problem, "Checks")

    assert len(checks) == 14
    assert checks[4] == (
        "- Can be observed in classrooms: **needs a person** - a sentence cannot show what "
        "would be seen or heard. Which two things would we see or hear students and "
        "teachers do?"
    )


@pytest.mark.parametrize(
    ("waiting", "hides", "said"),
    [
        ((), False, "None found among the coded passages."),
        ((), True, "None that can be shown."),
        (("dissent",), True, "What was said waits for a person to release it."),
    ],
)
def test_that_nobody_disagreed_tells_nothing_of_a_hidden_theme(
    problem, waiting, hides, said
):
    silent = replace(problem, evidence=problem.evidence[:0], state="checked")

    told = statement_sections(silent, waiting=waiting, hides=hides)

    assert said in problem_markdown("", told, how="", note="")
