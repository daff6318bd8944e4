"""The charts of comparisons, pairs, persons and rounds."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from empathy_insights.analysis.case_matrix import case_matrix
from empathy_insights.analysis.cooccurrence import cooccurrence
from empathy_insights.analysis.crosstab import crosstab
from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.analysis.rounds import theme_over_rounds
from empathy_insights.publishing.suppression import publish
from empathy_insights.report.charts.chart_list import alt_text, plot
from empathy_insights.report.charts.groups import plot_by_group
from empathy_insights.report.charts.round_charts import _spread
from empathy_insights.report.charts.voice_charts import voice_bars
from tests.test_analysis import codings_of
from tests.test_crosstab import interviews
from tests.test_tables_of_people import ROUNDS_CODED, rounds  # noqa: F401

pytestmark = pytest.mark.usefixtures("figures_closed")


@pytest.fixture(scope="module")
def by_role(talk):
    return crosstab(
        *reversed(
            interviews(talk, {"student": (8, 10), "teacher": (1, 6), "family": (1, 3)})
        ),
        by="role",
    )


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_groups_are_dots_and_the_title_the_difference_that_is_borne_out(by_role):
    ax = plot(by_role)

    dots = {line.get_label(): list(line.get_xdata()) for line in ax.lines}
    assert dots == {"students": [0.8], "teachers": [pytest.approx(1 / 6)]}
    assert ax.get_title(loc="left") == "Bus: 8 of 10 students, 2 of 9 others"
    assert alt_text(by_role) == (
        "Dot plot by role. Bus: 8 of 10 students, 2 of 9 others. "
        "Bus: students 8 of 10, teachers 1 of 6."
    )


def test_without_a_difference_that_is_borne_out_the_title_claims_none(talk):
    corpus, codings = interviews(talk, {"student": (5, 10), "teacher": (3, 6)})

    ax = plot(crosstab(codings, corpus, by="role"))

    assert ax.get_title(loc="left") == "No difference by role that the numbers bear out"


def test_a_hidden_group_has_no_dot(by_role):
    ax = plot(publish(by_role, "school"))

    assert not [x for line in ax.lines for x in line.get_xdata() if x == x and x < 0.5]


def test_pairs_hold_people_and_hidden_ones_are_hatched(talk):
    people = [f"p{n}" for n in range(12)]
    corpus = talk({who: [(who, "Words.")] for who in people})
    rows = [(who, 1, theme) for who in people[:6] for theme in ("bus", "food")]
    rows += [(who, 1, "art") for who in people[4:10]]
    codings = codings_of(*rows)
    pairs = cooccurrence(codings, corpus)

    ax = plot(pairs)
    hatched = plot(publish(pairs, "school", beside=[theme_frequency(codings, corpus)]))

    assert sorted(texts(ax)[:3]) == ["2", "2", "6"]
    title = ax.get_title(loc="left").replace("\n", " ").strip()
    assert title == "Bus and food come together most: 6 people have both"
    assert "<5" in texts(hatched)
    assert len(hatched.patches) == 2


def test_a_person_has_a_square_for_each_theme_and_roles_stand_together(talk):
    corpus = talk(
        {"d": [("ana", "Bus."), ("ben", "Food."), ("cy", "Bus.")]},
        roles={"ben": "teacher"},
    )
    codings = codings_of(("d", 1, "bus"), ("d", 2, "food"), ("d", 3, "bus"))
    table = case_matrix(codings, corpus)

    ax = plot(table)

    [squares] = ax.collections
    assert sorted(map(tuple, squares.get_offsets().data.tolist())) == [
        (0, 0),
        (0, 1),
        (1, 2),
    ]
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == ["ana", "cy", "ben"]
    assert alt_text(table).endswith(
        "2 students: Bus 2, Food 0; 1 teachers: Bus 0, Food 1."
    )


def test_the_theme_that_changed_most_is_named_and_coloured(rounds):  # noqa: F811
    codings = codings_of(*ROUNDS_CODED, ("d1", 1, "food"), ("d3", 1, "food"))

    table = theme_over_rounds(codings, rounds)
    ax = plot(table)

    title = ax.get_title(loc="left").replace("\n", " ")
    assert title == "Bus: 2 of 2 people in round 2, 1 of 2 in round 10"
    assert {"Bus 1 of 2", "Food 1 of 2"} <= set(texts(ax))
    assert "Food: 1 of 2 in round 2, 1 of 2 in round 10" in alt_text(table)
    places = sorted(
        text.get_position()[1] for text in ax.texts if " of " in text.get_text()
    )
    assert places[1] - places[0] > 0.05


@pytest.mark.parametrize(
    ("attrs", "message"),
    [
        ({}, "does not say what it holds"),
        ({"table": "themes", "by": ["role", "round"]}, "by role and round is too much"),
        ({"table": "themes"}, "part of a table of themes; plot the whole"),
        (
            {"table": "decision_matrix"},
            "a table of decision matrix is there to be read",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(attrs, message):
    table = pd.DataFrame({"theme": ["bus"]})
    table.attrs = attrs

    with pytest.raises(ValueError, match=message):
        plot(table)


def test_a_table_by_one_column_is_drawn_as_a_heat_table(talk):
    corpus, codings = interviews(talk, {"student": (8, 10), "teacher": (1, 6)})

    table = theme_frequency(codings.assign(status="human"), corpus, by="role")

    assert texts(plot(table))[:2] == ["8/10", "1/6"]
    assert (
        alt_text(table)
        == "Table of people by role. Bus: 8 of 10 students, 1 of 6 teachers. "
        "Bus: students 8 of 10, teachers 1 of 6."
    )


def test_a_number_that_has_no_room_in_its_cell_takes_two_lines():
    rows = [("Bus", f"school {n}", 12, 119, "23 to 119 of 170", "") for n in range(8)]
    columns = ["name", "school", "people", "of", "shown", "hidden"]
    table = pd.DataFrame(rows, columns=columns).assign(documents=1)
    table.attrs = {"least": 5}

    ax = plot_by_group(table, by="school", ax=Figure(figsize=(10, 3)).subplots())
    roomy = plot_by_group(table, by="school", ax=Figure(figsize=(20, 3)).subplots())

    assert texts(ax)[0] == "23 to 119\nof 170"
    assert texts(roomy)[0] == "23 to 119/170"


def test_a_heat_table_of_what_nobody_has_read_claims_no_difference(talk):
    corpus, codings = interviews(talk, {"student": (8, 10), "teacher": (1, 6)})

    table = theme_frequency(codings, corpus, by="role")

    assert (
        alt_text(table)
        == "Table of people by role. First look by role: nobody has read "
        "the passages yet. Bus: students 8 of 10, teachers 1 of 6."
    )


def test_groups_are_named_at_the_dots_of_the_first_theme_where_there_is_room(talk):
    corpus, codings = interviews(talk, {"student": (9, 10), "teacher": (1, 6)})

    ax = plot(crosstab(codings, corpus, by="role"))

    assert texts(ax)[1:] == ["teachers", "students"]
    assert ax.get_legend() is None


def test_groups_that_are_near_are_named_below_the_chart(talk):
    corpus, codings = interviews(talk, {"student": (5, 10), "teacher": (3, 6)})

    legend = plot(crosstab(codings, corpus, by="role")).get_legend()

    assert [text.get_text() for text in legend.get_texts()] == ["students", "teachers"]


def test_on_a_phone_groups_are_listed_with_their_bars(by_role):
    ax = plot(by_role, shape="narrow")

    assert texts(ax)[:-1] == ["Bus", "8 of 10", "students", "1 of 6", "teachers"]
    longest = max(bar.get_width() for bar in ax.patches)
    sure = [bar.get_width() / longest for bar in ax.patches[1::2]]
    assert sure == pytest.approx([0.8, 1 / 6])


def test_a_bar_of_voices_is_of_all_heard_where_most_groups_are_hidden():
    nobody = float("nan")
    rows = [
        ("role", "student", 21, "", ""),
        ("role", "family", None, "few people", "hidden"),
    ]
    table = pd.DataFrame(rows, columns=["group", "value", "people", "hidden", "shown"])
    table = table.assign(
        of=None, reading="", share_of_population=nobody, planned=nobody
    )
    table.attrs = {"people": 42, "least": 10}

    assert voice_bars(table) == [
        ("students", "21", 50.0, 50.0), ("families", "hidden", 0.0, 21.4)
    ]  # fmt: skip


def test_of_many_groups_the_highest_is_named_at_its_dot():
    rows = [("Bus", f"school {n}", n, 10, n / 10, "") for n in range(1, 10)]
    columns = ["name", "school", "people", "of", "share", "reading"]
    table = pd.DataFrame(rows, columns=columns)
    table.attrs = {"table": "crosstab", "by": ["school"]}

    ax = plot(table)

    assert texts(ax)[:1] == ["school 9"]
    assert ax.get_legend() is None


def test_a_round_is_called_a_round_in_a_comparison(rounds):  # noqa: F811
    told = rounds.documents.assign(round=["1", "1", "2", "2"])
    corpus = dataclasses.replace(rounds, documents=told)

    table = crosstab(codings_of(*ROUNDS_CODED), corpus, by="round")

    assert alt_text(table.assign(of=9)).endswith("Bus: round 1 2 of 9, round 2 2 of 9.")


def test_a_long_finding_of_a_comparison_is_broken_into_lines(by_role):
    finding = "Meaningful technology use: 16 of 24 in round 1, 3 of 17 others"

    title = plot(by_role, title=finding).get_title(loc="left")

    assert title.split() == finding.split()
    assert max(len(line) for line in title.splitlines()) <= 52


def test_where_no_group_is_known_the_chart_says_so(talk):
    corpus, codings = interviews(talk, {"student": (3, 9)})

    ax = plot(crosstab(codings, corpus, by="site"))

    title = " ".join(ax.get_title(loc="left").split())
    assert title == "The site of those with a theme is not known"


@given(st.lists(st.floats(0, 1), max_size=8))
def test_labels_keep_a_line_each_and_stay_within_the_chart(ends):
    places = _spread(np.sort(np.array(ends, dtype=float)), 0.1)

    assert (np.diff(places) >= 0.1 - 1e-9).all()
    assert ((places >= 0) & (places <= 1.02 + 1e-9)).all()


def test_labels_that_meet_spread_to_both_sides():
    places = _spread(np.array([0.5, 0.5, 0.9]), 0.1)

    assert places.tolist() == pytest.approx([0.45, 0.55, 0.9])
