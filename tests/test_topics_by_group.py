from __future__ import annotations

import pandas as pd
import pytest
from matplotlib import pyplot as plt

import empathy_insights as ei
from empathy_insights.analysis.frequency import topic_frequency
from empathy_insights.report.charts.groups import group_finding, plot_by_group

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
