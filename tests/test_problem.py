from dataclasses import replace

import pandas as pd
import pytest

from empathy_insights.analysis.codings_in_place import located
from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.analysis.stances import people_by_stance
from empathy_insights.codebook import Codebook, Need, Patterns, Theme
from empathy_insights.codebook_file import load_codebook
from empathy_insights.codebook_yaml import SHIPPED
from empathy_insights.coding.code import code
from empathy_insights.errors import CodebookError
from empathy_insights.problem.basis import not_picked, ranked_themes
from empathy_insights.problem.build import problem_of_practice
from empathy_insights.problem.candidates import candidates
from empathy_insights.problem.sections import statement_sections
from empathy_insights.problem.sentence import sentence_findings
from empathy_insights.problem.shipped import load_rubric
from empathy_insights.problem.trace import trace
from empathy_insights.tables import CODINGS
from empathy_insights.text.segments import segment
from empathy_insights.wording import insight, of_people

BOOK = Codebook(
    "b",
    "B",
    themes=(
        Theme(
            "bus",
            "Bus",
            patterns=Patterns(("bus",)),
            need=Need("get to school on time", "reliable rides", "buses come late"),
        ),
        Theme("food", "Food", patterns=Patterns(("lunch",))),
    ),
    stance_cues={"need": ("need",), "asset": ("love",)},
)


@pytest.fixture(scope="module")
def heard(talk):
    corpus = talk(
        {
            "d": [
                ("ana", "I need the bus."),
                ("ben", "We need a bus."),
                ("cy", "I love the bus."),
                ("di", "Lunch, lunch, lunch."),
                ("di", "More lunch."),
                ("di", "And lunch."),
            ]
        },
        roles={"ben": "teacher"},
    )
    codings = code(segment(corpus), BOOK).assign(status="human")
    is_food = codings["theme"] == "food"  # "Lunch, lunch" is neither need nor praise
    codings = codings.assign(stance=codings["stance"].mask(is_food, "neutral"))
    return theme_frequency(codings, corpus, codebook=BOOK), codings, corpus


@pytest.fixture(scope="module")
def problem(heard):
    return problem_of_practice(*heard, BOOK)


@pytest.fixture(scope="module")
def first_look(heard):
    """Return the problem as a coder coded it: nobody has read it."""
    _, codings, corpus = heard
    by_coder = codings.assign(status="auto")
    themes = theme_frequency(by_coder, corpus, codebook=BOOK)
    return problem_of_practice(themes, by_coder, corpus, BOOK)


def test_the_theme_that_most_people_raise_leads(problem):
    assert problem.picked == ("bus", "food")
    assert problem.question == (
        "How might we build reliable rides, so that our students can get to school on time?"
    )


def test_of_as_many_people_the_theme_that_readers_see_first_leads(heard):
    themes, codings, corpus = heard
    told = {"bus": (0, 1), "food": (0, 3)}
    ends = themes["theme"].map(told)
    first_look = themes.assign(
        people=1, low=ends.str[0], high=ends.str[1], state="first look"
    )

    assert ranked_themes(first_look, people_by_stance(located(codings, corpus))) == (
        "food",
        "bus",
    )


def test_insights_say_people_of_people_and_their_stances(problem):
    sentences = problem.insights["sentence"]

    assert sentences[0] == (
        "Bus: 3 of 4 people spoke of it, students and teachers among them. 2 spoke of "
        "something missing or hard and 1 of something that helps."
    )


def test_an_insight_of_a_first_look_claims_no_stances(first_look):
    sentences = first_look.insights["sentence"]

    assert sentences[0] == (
        "Bus: 3 of 4 people may have spoken of it, students and teachers among them."
    )


def test_needs_say_from_whom_they_were_heard(problem):
    student, teacher = problem.needs.to_dict("records")

    assert student == {
        "theme": "bus",
        "role": "student",
        "people": 1,
        "of": 3,
        "statement": "Our students need to get to school on time.",
        "sentence": "Our students need to get to school on time. "
        "1 of 3 students we heard spoke of something missing or hard in bus.",
    }
    assert teacher["sentence"] == (
        "Our teachers need students to get to school on time. "
        "1 of 1 teachers we heard spoke of something missing or hard in bus."
    )


def test_needs_of_a_first_look_say_no_number(first_look):
    student, teacher = first_look.needs["sentence"]

    assert student == ("Our students need to get to school on time.")
    assert teacher == ("Our teachers need students to get to school on time.")


def test_a_point_of_view_leaves_what_struck_the_team_to_a_person(problem):
    first, _ = problem.points_of_view["sentence"]

    assert first == (
        "We met 3 of 4 people who raised bus. One said: “I need the bus.” We were struck "
        "that ____ [a person fills this in]. It would be game-changing if our students "
        "could get to school on time."
    )


@pytest.fixture(scope="module")
def own(heard):
    """Return the problem with a theme and a question that the team chose."""
    asked = "How might we eat well?"
    return problem_of_practice(*heard, BOOK, pick=["food"], wording=asked)


def test_the_themes_of_most_people_are_suggested_whatever_the_team_picks(own):
    suggested = own.suggested_picks

    assert suggested.to_dict("split", index=False)["data"] == [
        ["bus", "Bus", 3, 4, False, "among the 3 raised most"],
        ["food", "Food", 1, 4, True, "among the 3 raised most"],
    ]


def test_the_themes_of_a_first_look_are_to_be_checked_first(first_look):
    suggested = first_look.suggested_picks

    assert suggested["theme"].tolist() == ["bus", "food"]
    assert set(suggested["why"]) == {"to check first: perhaps among the 3 raised most"}


def test_evidence_holds_a_dissenting_quote_by_another_person(problem):
    evidence = problem.evidence

    bus = evidence[evidence["theme"] == "bus"]
    assert bus[["kind", "participant_id"]].to_dict("split", index=False)["data"] == [
        ["quote", "ana"],
        ["quote", "ben"],
        ["dissent", "cy"],
    ]


def test_the_teams_pick_and_wording_win(own):
    assert own.picked == ("food",)
    assert own.question == "How might we eat well?"
    assert own.not_in_statement["theme"].tolist() == ["bus"]
    assert own.unsupported == ("eat",)


def test_picking_a_theme_that_is_not_there_is_refused(heard):
    with pytest.raises(CodebookError, match="no theme 'art'; choose from bus, food"):
        problem_of_practice(*heard, BOOK, pick=["art"])


def test_without_any_theme_there_is_no_problem(talk):
    corpus = talk({"d": [("ana", "Nothing much.")]})
    codings = code(segment(corpus), BOOK)

    with pytest.raises(CodebookError, match="nobody raised a theme"):
        problem_of_practice(theme_frequency(codings, corpus), codings, corpus, BOOK)


def test_voices_missing_are_named(problem):
    assert problem.voices_missing == (
        "family",
        "staff",
        "school_leader",
    )


def test_its_notebook_view_escapes_what_people_said(talk):
    corpus = talk({"d": [("ana", "<script> the bus </script>")]})
    codings = code(segment(corpus), BOOK)

    html = problem_of_practice(
        theme_frequency(codings, corpus, codebook=BOOK), codings, corpus, BOOK
    )._repr_html_()

    assert "<script>" not in html
    assert "&lt;script&gt; the bus" in html


@pytest.mark.parametrize(
    "theme", load_codebook("empathy_core").main_themes, ids=lambda t: t.id
)
def test_every_core_theme_words_three_to_five_sound_questions(theme):
    questions = candidates(
        [theme], audience_phrase="our students", outcome=None, has_assets=True
    )["question"]

    results = {
        (name, finding.result)
        for question in questions
        for name, finding in sentence_findings(question, load_rubric()).items()
    }
    assert 3 <= len(questions) <= 5
    assert questions.is_unique
    assert {name for name, result in results if result in {"warn", "fail"}} <= {
        "beneficiary",  # the team names the grade
        "instructional_core",
    }


def _asked(*themes):
    table = candidates(
        themes, audience_phrase="our students", outcome=None, has_assets=False
    )
    return table["question"].tolist()


def test_nothing_is_worded_from_a_bare_name():
    assert _asked(Theme("bus", "Bus"), Theme("food", "Food")) == [
        "How might we make it possible for our students to ____?"
    ]


def test_a_headline_words_a_question_where_no_need_does():
    theme = Theme("bus", "Bus", headline="Students want to get home in time.")

    assert _asked(theme) == [
        "How might we act on what we heard, that students want to get home in time, "
        "together with our students?",
        "How might we take a first step where we heard that students want to get home in "
        "time?",
    ]


def test_a_need_goes_before_a_headline():
    need = Need(verb_phrase="ride in safety", goal_noun="safe buses")
    theme = Theme("bus", "Bus", need=need)

    assert _asked(replace(theme, headline="Buses matter")) == _asked(theme)


def test_a_blank_is_said_to_be_one_and_how_to_fill_it(talk):
    corpus = talk({"d": [("ana", "My bus is late.")]})
    book = Codebook(
        "b", "B", themes=(Theme("bus", "Bus", patterns=Patterns(("bus",))),)
    )
    codings = code(segment(corpus), book)
    problem = problem_of_practice(
        theme_frequency(codings, corpus), codings, corpus, book
    )

    [line] = statement_sections(problem)["blank"].lines
    assert str(line) == (
        "The codebook names Bus and not what people need there. Word the question "
        "yourselves, or write a need for Bus into the codebook and run this again."
    )
    worded = replace(problem, question="How might we get our students home in time?")
    assert "blank" not in statement_sections(worded)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"people": 17, "of": 24, "share": 17 / 24, "share_low": 0.51, "share_high": 0.85},
         "17 of 24 people (71%; of people like them 51% to 85%)"),
        ({"people": 17, "of": 24, "share": 17 / 24, "share_low": None, "share_high": None},
         "17 of 24 people (71%)"),
        ({"people": 7, "of": 12, "share": 7 / 12, "share_low": 0.3, "share_high": 0.8},
         "7 of 12 people"),
    ],
)  # fmt: skip
def test_percentages_are_said_from_twenty_people_on(row, said):
    counted = {"low": row["people"], "high": row["people"], "state": "checked"}

    assert of_people(pd.Series({**row, **counted})) == said


@pytest.mark.parametrize(
    ("low", "high", "state", "said"),
    [
        (11, 32, "first look", "11 to 32 of 41 people"),
        (11, 32, "partly checked", "about 21 of 41 people (11 to 32)"),
        (None, None, "first look", "21 of 41 people"),
        (None, None, "partly checked", "21 of 41 people"),
    ],
)
def test_no_percentage_is_said_before_people_have_read_all(low, high, state, said):
    row = {"people": 21, "of": 41, "share": 21 / 41, "low": low, "high": high}

    assert of_people(pd.Series({**row, "state": state})) == said


def test_an_insight_without_stances_claims_none():
    row = pd.Series({"people": 1, "of": 2, "roles": "", "name": "Bus", "share": 0.5})

    assert insight(row, pd.Series(dtype="int64")) == "Bus: 1 of 2 people spoke of it."


@pytest.mark.parametrize("book", SHIPPED)
def test_no_word_of_a_candidates_form_must_have_been_raised_by_people(book, talk):
    corpus = talk({"d": [("ana", "Hm.")]})
    themes = load_codebook(book)
    hand = CODINGS.frame(
        {
            "segment_id": segment(corpus)["segment_id"][0], "theme": theme.id,
            "coder": "kim", "status": "human", "method": "", "codebook_sha256": "",
        }
        for theme in themes.main_themes
    )  # fmt: skip

    problem = problem_of_practice(
        theme_frequency(hand, corpus, codebook=themes),
        hand,
        corpus,
        themes,
        evidence=pd.DataFrame({"theme": [], "kind": [], "rank": [], "text": []}),
    )

    traced = [trace(text, problem.basis) for text in problem.candidates["question"]]
    alone = pd.concat(traced).query("support == 'in no theme that people raised'")
    assert alone["phrase"].tolist() == []


def test_what_an_estimate_only_allows_for_is_not_called_raised(heard):
    """No passage about art was coded or suggested, though ten people may have raised it."""
    themes, _, _ = heard
    bus, food = themes.iloc[0], themes.iloc[1]
    guess = {"people": 1, "low": 0, "high": 4, "state": "first look"}
    none = (
        food.to_dict()
        | guess
        | {"theme": "art", "name": "Art", "segments": 0, "suggested": 0}
    )
    some = none | {"theme": "sport", "name": "Sport", "suggested": 1}
    rows = pd.DataFrame([bus.to_dict(), food.to_dict(), none, some])

    left = not_picked(rows, ["bus"])

    assert left["theme"].tolist() == ["food", "sport"]


def test_what_may_have_been_raised_is_not_said_to_be(first_look, problem):
    titles = [
        statement_sections(one)["left_out"].title for one in (first_look, problem)
    ]

    assert titles == [
        "Perhaps raised, but not in the statement", "Raised, but not in the statement",
    ]  # fmt: skip
