from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.analysis.crosswalk import Crosswalk
from empathy_insights.analysis.frequency import topic_frequency
from empathy_insights.report.charts.chart_list import alt_text
from empathy_insights.report.charts.topic_charts import (
    alt_text_of_crosswalk,
    alt_text_of_topics,
    crosswalk_finding,
    plot_crosswalk,
    plot_topics,
    topics_finding,
)
from empathy_insights.topics import Topics

SAID = {
    "ana": "I forgot my password.", "ben": "The password failed.", "cai": "A late bus again.",
    "dee": "The bus is late.", "eva": "My password is locked.",
}  # fmt: skip


def segments_of(said: dict[str, str], *, known: bool = True) -> pd.DataFrame:
    answers = pd.DataFrame({"who": list(said), "a": list(said.values())}, dtype="str")
    segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
    nobody = pd.Series(np.nan, index=segments.index, dtype="str")
    return segments if known else segments.assign(participant_id=nobody)


pytestmark = pytest.mark.usefixtures("figures_closed")


@pytest.fixture(scope="module")
def topics() -> Topics:
    return ei.fit_topics(segments_of(SAID), n_topics=2).rename({0: "Logging in"})


@pytest.fixture(scope="module")
def walk(topics) -> Crosswalk:
    codings = ei.code(segments_of(SAID), ei.load_codebook("empathy_core"))
    return ei.crosswalk(codings, topics)


def test_topics_are_ranked_with_their_terms_and_people(topics):
    ax = plot_topics(topics)

    assert [bar.get_width() for bar in ax.patches] == [3, 2]
    assert ax.get_yticklabels()[0].get_text().startswith("Logging in (password")
    assert [text.get_text()[:6] for text in ax.texts[:2]] == ["3 of 5", "2 of 5"]
    assert ax.get_title(loc="left").replace("\n", " ") == topics_finding(topics)


def test_shaky_topics_are_marked_in_words_and_pale(topics):
    firm, shaky = topics.stability.assign(word="steady"), topics.stability
    shaky = shaky.assign(word=["steady", "shaky"])

    marked = plot_topics(Topics(**{**vars(topics), "stability": shaky}))
    plain = plot_topics(Topics(**{**vars(topics), "stability": firm}))

    assert marked.texts[1].get_text() == "2 of 5 (shaky)"
    assert marked.patches[0].get_facecolor() != marked.patches[1].get_facecolor()
    assert plain.patches[0].get_facecolor() == plain.patches[1].get_facecolor()


def test_where_nobody_is_known_segments_are_drawn():
    topics = ei.fit_topics(segments_of(SAID, known=False), n_topics=2)

    ax = plot_topics(topics)

    assert ax.texts[0].get_text().startswith("3 of 5 segments")
    assert topics_finding(topics).startswith("3 of 5 segments are about ")


def test_topics_of_as_many_people_are_named_together(topics):
    same = topics.stability.assign(people=2)

    assert topics_finding(Topics(**{**vars(topics), "stability": same})).startswith(
        "2 of 5 people talk about each of Logging in and "
    )


def test_nothing_said_is_an_empty_chart():
    nothing = ei.fit_topics(segments_of(SAID).head(0))

    ax = plot_topics(nothing)

    assert ax.get_title(loc="left") == "No topic was found in what was said"
    assert len(ax.patches) == 0


def test_the_topic_chart_can_be_heard(topics):
    heard = alt_text_of_topics(topics)

    assert heard.startswith("Bar chart. 3 of 5 people talk about Logging in, more than")
    assert "Logging in 3 of 5" in heard


def test_cells_hold_people_and_the_title_the_finding(walk):
    ax = plot_crosswalk(walk)

    assert [text.get_text() for text in ax.texts[:-1]] == ["3"]
    assert ax.get_yticklabels()[0].get_text() == "Tech support"
    assert ax.get_title(loc="left").replace("\n", " ").strip() == (
        "1 of 2 topics are explained by no theme: candidates for new ones"
    )


def test_the_heat_table_can_be_heard(walk):
    assert alt_text_of_crosswalk(walk) == (
        "Table of people by theme and topic. 1 of 2 topics are explained by no theme: "
        "candidates for new ones. Tech support: 3 in Logging in."
    )


def test_where_nobody_is_known_cells_hold_segments():
    segments = segments_of(SAID, known=False)
    codings = ei.code(segments, ei.load_codebook("empathy_core"))

    walk = ei.crosswalk(codings, ei.fit_topics(segments, n_topics=2))

    assert [text.get_text() for text in plot_crosswalk(walk).texts] == [
        "3", "segments with both; the darker, the more often than by chance",
    ]  # fmt: skip
    assert alt_text_of_crosswalk(walk).startswith(
        "Table of segments by theme and topic"
    )


def test_without_codings_the_heat_table_is_empty(topics):
    codings = ei.code(segments_of(SAID), ei.load_codebook("empathy_core")).head(0)
    walk = ei.crosswalk(codings, topics)

    assert crosswalk_finding(walk) == "No theme of the codebook meets a topic"
    assert len(plot_crosswalk(walk).images) == 0


def test_topics_and_a_crosswalk_are_drawn_as_a_whole(topics, walk):
    of_topics, of_walk = ei.plot(topics), ei.plot(walk, title="Ours")

    assert of_topics.get_title(loc="left").replace("\n", " ") == topics_finding(topics)
    assert of_walk.get_title(loc="left").strip() == "Ours"
    assert alt_text(topics) == alt_text_of_topics(topics)
    assert alt_text(walk) == alt_text_of_crosswalk(walk)


def test_the_counts_of_topics_are_drawn_as_topics(topics):
    answers = pd.DataFrame({"who": list(SAID), "a": list(SAID.values())}, dtype="str")
    corpus = ei.corpus_from_frame(answers, text="a", person="who")

    ax = ei.plot(topic_frequency(topics, corpus))

    assert ax.get_title(loc="left").replace("\n", " ") == (
        "Logging in was talked about by 3 of 5 people, more than any other topic"
    )
    assert ax.texts[-1].get_text().startswith("people who talked about the topic")
