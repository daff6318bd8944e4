from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

import empathy_insights as ei
from empathy_insights.analysis.frequency import topic_frequency
from empathy_insights.report.charts.groups import group_finding, plot_by_group
from empathy_insights.report.charts.topic_charts import alt_text_of_map, plot_topic_map
from empathy_insights.topics import topic_map

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


def test_every_answer_in_a_topic_has_a_place_among_its_own(topics, segments):
    placed = topic_map(topics, segments)

    assert placed["segment_id"].is_monotonic_increasing
    assert len(placed) == (topics.assignments["topic"] >= 0).sum()
    middles = placed.groupby("topic")[["x", "y"]].mean()
    far = np.linalg.norm(
        placed[["x", "y"]].to_numpy()[:, None] - middles.to_numpy(), axis=2
    )
    np.testing.assert_array_equal(middles.index[far.argmin(axis=1)], placed["topic"])


def test_the_map_does_not_depend_on_the_order_of_rows(topics, segments):
    placed = topic_map(topics, segments)

    pd.testing.assert_frame_equal(topic_map(topics, segments[::-1]), placed)


@pytest.mark.parametrize("said", [["Bus."], ["Bus.", "Bus."], ["🙂", "ok"]])
def test_few_answers_are_no_trouble(said):
    answers = pd.DataFrame({"a": said}, dtype="str")
    segments = ei.segment(ei.corpus_from_frame(answers, text="a"))
    found = ei.fit_topics(segments)

    assert np.isfinite(topic_map(found, segments)[["x", "y"]].to_numpy()).all()
    plot_topic_map(found, segments)
    plt.close("all")


def test_each_topic_is_outlined_and_named(topics, segments):
    ax = plot_topic_map(topics, segments)

    labels = [text.get_text() for text in ax.texts]
    assert [label[:2] for label in labels if label[1:2] == ":"] == ["0:", "1:", "2:"]
    outlines = [patch for patch in ax.patches if not patch.get_fill()]
    assert len(outlines) == 3
    words = topics.stability["word"].tolist()
    dashed = [patch.get_linestyle() == "--" for patch in outlines]
    assert dashed == [word == "shaky" for word in words]
    assert alt_text_of_map(topics, segments).startswith(
        f"Map of answers. 3 topics in {len(SAID)} segments. "
    )
    plt.close("all")


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
