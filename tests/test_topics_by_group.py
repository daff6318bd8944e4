from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from matplotlib import pyplot as plt

import empathy_insights as ei
from empathy_insights.analysis.frequency import topic_frequency
from empathy_insights.codebook import Patterns
from empathy_insights.report.charts.groups import group_finding, plot_by_group
from empathy_insights.report.finding import not_in_codebook
from empathy_insights.report.first_page import first_page
from empathy_insights.report.published import published

SAID = [
    "I forgot my password.", "The password failed.", "My password is locked.",
    "Password again!", "A late bus again.", "The bus is late.", "Our bus broke down.",
    "The bus driver is late.", "Cold lunch.", "The lunch is too short.",
    "Lunch was cold again.", "My lunch fell.",
]  # fmt: skip


@pytest.fixture(scope="module")
def corpus():
    answers = pd.DataFrame(
        {
            "who": [f"p{n:02d}" for n in range(len(SAID))],
            "a": SAID,
            "role": ["student", "teacher"] * 6,
        }
    )
    return ei.corpus_from_frame(answers, text="a", person="who", role="role")


@pytest.fixture(scope="module")
def segments(corpus):
    return ei.segment(corpus)


@pytest.fixture(scope="module")
def topics(segments):
    return ei.fit_topics(segments, n_topics=3, reassign=None)


def test_topics_are_counted_in_people_by_role(topics, corpus):
    by_role = topic_frequency(topics, corpus, by="role")

    assert by_role["people"].sum() == (topics.assignments["topic"] >= 0).sum()
    assert set(by_role["of"]) == {6}
    assert "status" not in by_role.columns
    ax = plot_by_group(by_role)
    assert [label.get_text() for label in ax.get_xticklabels()] == [
        "students",
        "teachers",
    ]
    plt.close("all")


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        (
            [("Bus", 1, 9, 10), ("Bus", 2, 3, 10)],
            "Bus: 9 of 10 in round 1, 3 of 10 in round 2",
        ),
        ([("Bus", 1, 2, 2), ("Bus", 2, 0, 3)], "No difference by round can be shown"),
        ([], "No difference by round can be shown"),
    ],
)
def test_groups_of_few_people_are_not_held_against_each_other(rows, finding):
    table = pd.DataFrame(rows, columns=["name", "round", "people", "of"])

    assert group_finding(table.assign(documents=1), "round") == finding


def told_of(said: list[str], audience: str, names: dict[int, str] | None = None):
    """Return topic -> name as an audience gets it; each answer is another person's."""
    who = [f"p{n:02d}" for n in range(len(said))]
    answers = pd.DataFrame({"who": who, "a": said})
    corpus = ei.corpus_from_frame(answers, text="a", person="who")
    topics = ei.fit_topics(ei.segment(corpus), n_topics=2, reassign=None)
    table = topic_frequency(topics.rename(names or {}), corpus)
    return ei.publish(table, audience).set_index("topic")["name"].to_dict()


BUSES = [
    "The bus was late.", "Late bus again.", "The bus is late, abuela waits.",
    "My bus came late.", "Our bus is late.", "The bus is late, says mom.",
    "A late bus.", "The late bus.",
]  # fmt: skip
LUNCHES = ["Cold lunch.", "Lunch is cold, mom says.", "My lunch was cold."]


def test_others_see_a_topic_by_words_that_enough_people_said():
    """Eight speak of late buses, one of them of her abuela; three of lunch."""
    assert told_of([*BUSES, *LUNCHES], "team")[1] != "topic 1"
    assert told_of([*BUSES, *LUNCHES], "school") == {0: "bus late", 1: "topic 1"}
    assert set(told_of([*BUSES, *LUNCHES], "public").values()) == {"topic 0", "topic 1"}


def test_a_word_that_one_says_often_names_no_topic_for_others():
    said = [f"The bus is late, {' '.join(['amazon'] * 9)}.", *BUSES, *LUNCHES]

    assert "amazon" not in told_of(said, "school")[0]


def test_a_name_that_a_person_gave_stays():
    names = {0: "Getting there", 1: "Eating"}

    assert told_of([*BUSES, *LUNCHES], "public", names) == names


MORE = ["Lunch gets cold.", "A cold lunch.", "Lunch is cold again."]


@pytest.fixture(scope="module")
def without_buses():
    """Return a run of many who speak of late buses, by a codebook about lunch alone."""
    return analysis_of([*BUSES, *LUNCHES, *MORE])


def analysis_of(said):
    """Return what a codebook about lunch alone makes of answers, each another person's."""
    who = [f"p{n:02d}" for n in range(len(said))]
    answers = pd.DataFrame({"who": who, "a": said})
    lunch = ei.Theme("lunch", "Lunch", patterns=Patterns(("lunch",)))
    book = ei.Codebook("b", "B", themes=(lunch,))
    corpus = ei.corpus_from_frame(answers, text="a", person="who")
    return ei.analyze(corpus, codebook=book, embedder="static")


def test_what_many_speak_of_and_no_theme_is_about_is_told(without_buses):
    """By words of at least three: one speaks of her abuela, one of his mom."""
    told = {
        audience: not_in_codebook(published(without_buses, audience))
        for audience in ("team", "school", "public")
    }

    said = "Many also spoke about bus late (8 of 14 people): this codebook has no theme for it."
    assert told == {"team": said, "school": said, "public": ""}


@pytest.mark.parametrize(("audience", "is_said"), [("team", True), ("school", False)])
def test_the_team_reads_it_on_the_first_page(without_buses, audience, is_said):
    page = first_page(published(without_buses, audience))

    assert page.beyond.startswith("Many also spoke about bus late") == is_said


def test_what_few_of_a_topics_people_say_is_not_what_many_spoke_about(without_buses):
    """Its topic is of eight people; three of them say `email`."""
    topics = without_buses.topics
    few = topics.terms.assign(people=topics.terms["people"].clip(upper=3))
    run = replace(without_buses, topics=replace(topics, terms=few))

    assert not_in_codebook(published(run, "team")) == ""


def test_a_measure_of_time_is_not_what_many_speak_of():
    """All of these are alike; nobody can do anything about `minute`."""
    minutes = [line.replace("bus", "minute").replace(" late", "") for line in BUSES]
    run = analysis_of([*minutes, *LUNCHES, *MORE])

    told = published(run, "team")
    assert "minute" in told.topics["name"][0]
    assert "minute" not in not_in_codebook(told)


def test_what_a_theme_is_about_is_not_called_missing(without_buses):
    """The same words, and a theme for them; lunch is spoken of by six."""
    bus = ei.Theme("bus", "Bus", patterns=Patterns(("bus",)))
    book = ei.Codebook("b", "B", themes=(*without_buses.codebook.themes, bus))
    run = ei.analyze(without_buses.corpus, codebook=book, embedder="static")

    assert not_in_codebook(published(run, "team")) == ""
