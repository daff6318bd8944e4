from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import empathy_insights as ei
from empathy_insights.analysis.crosswalk import Crosswalk
from empathy_insights.errors import TableError
from empathy_insights.result import Analysis
from empathy_insights.tables import CODINGS
from empathy_insights.topics._answers import Space
from empathy_insights.topics._fitted import EXEMPLARS, STABILITY, TERMS, Topics
from tests.conftest import few_examples


def coded(*pairs: tuple[int, str], status: str = "human") -> pd.DataFrame:
    """Return codings of numbered segments."""
    return CODINGS.frame(
        {
            "segment_id": f"s{segment:02d}", "theme": theme, "coder": "ann",
            "status": status, "score": 1.0, "method": "hand", "evidence_start": None,
            "evidence_end": None, "stance": None, "codebook_sha256": "",
        }
        for segment, theme in pairs
    )  # fmt: skip


def found(labels: list[int], people: list[str | None]) -> Topics:
    """Return topics of numbered segments, named by their number."""
    assignments = pd.DataFrame(
        {
            "segment_id": [f"s{n:02d}" for n in range(len(labels))],
            "topic": pd.Series(labels, dtype="int64"),
            "strength": 0.5,
            "reassigned": False,
            "participant_id": pd.Series(people, dtype="str"),
        }
    )
    counts = assignments[assignments["topic"] >= 0].groupby("topic", as_index=False)
    counts = counts.agg(people=("participant_id", "nunique"), n=("topic", "size"))
    read = assignments[assignments["topic"] >= 0].assign(
        rank=lambda rows: rows.groupby("topic").cumcount() + 1,
        text=lambda rows: "words: of " + rows["segment_id"] + "\n",
        kind="typical",
    )
    return Topics(
        assignments=assignments,
        terms=TERMS.frame(
            {"topic": topic, "rank": 1, "term": f"term{topic}", "weight": 1.0, "people": 1}
            for topic in counts["topic"]
        ),
        exemplars=EXEMPLARS.frame(read[list(EXEMPLARS.columns)].to_dict("records")),
        stability=STABILITY.frame(
            {"topic": row.topic, "name": f"topic {row.topic}", "people": row.people,
             "documents": 1, "segments": row.n, "jaccard": 1.0, "word": "steady"}
            for row in counts.itertuples()
        ),
        settings={"people": assignments["participant_id"].nunique()},
        embedder=None,
        space=Space(np.zeros((0, 0)), 0.2),
    )  # fmt: skip


@pytest.fixture
def topics() -> Topics:
    return found([0, 0, 0, 0, 1, 1, 2, -1], ["a", "b", "c", "c", "a", "b", "d", "d"])


def test_segments_with_a_theme_and_a_topic_are_set_against_chance(topics):
    table = ei.crosswalk(coded((0, "bus"), (1, "bus"), (4, "bus"), (7, "bus")), topics)

    assert table.table.to_dict("list") == {
        "theme": ["bus"] * 3,
        "topic": [0, 1, 2],
        "name": ["topic 0", "topic 1", "topic 2"],
        "people": [2, 1, 0],
        "segments": [2, 1, 0],
        "expected": [2.0, 1.0, 0.5],
        "lift": [1.0, 1.0, 0.0],
        "of_theme": [4] * 3,
        "of_topic": [4, 2, 1],
    }


def test_a_study_of_one_letter_has_a_report(tmp_path):
    (tmp_path / "a.txt").write_text("a")

    analysis = ei.analyze(tmp_path, embedder="static")

    analysis.write(tmp_path / "out", audience="team")
    assert (tmp_path / "out" / "report.html").is_file()


def test_a_topic_that_no_theme_explains_is_a_candidate(topics):
    walk = ei.crosswalk(coded((0, "bus"), (1, "bus"), (4, "lunch"), (5, "bus")), topics)

    assert walk.unexplained.empty

    walk = ei.crosswalk(coded((4, "lunch"), (5, "lunch")), topics)

    assert walk.unexplained.to_dict("records") == [
        {"topic": 0, "name": "topic 0", "people": 3, "segments": 4, "coded": 0,
         "nearest": "", "share": 0.0, "word": "steady"}
    ]  # fmt: skip


def test_a_theme_that_is_rarer_in_a_topic_than_elsewhere_does_not_explain_it():
    topics = found([0] * 4 + [1] * 4, list("abcdabcd"))

    walk = ei.crosswalk(coded((0, "bus"), *((n, "bus") for n in range(4, 8))), topics)

    assert walk.unexplained[["topic", "nearest", "share"]].to_numpy().tolist() == [
        [0, "bus", 0.25]
    ]


def test_one_persons_topic_is_no_candidate(topics):
    assert 2 not in ei.crosswalk(coded(), topics).unexplained["topic"].tolist()


def test_where_nobody_is_known_segments_are_counted_instead():
    topics = found([0, 0, 1], [None, None, None])

    walk = ei.crosswalk(coded(), topics)

    assert walk.unexplained["topic"].tolist() == [0]
    assert [e.text for e in walk.candidates.themes[0].examples] == [
        "words: of s00", "words: of s01",
    ]  # fmt: skip


def test_a_theme_in_two_topics_splits(topics):
    walk = ei.crosswalk(
        coded(*((n, "bus") for n in range(6)), (6, "lunch"), (7, "lunch")), topics
    )

    assert walk.splits.to_dict("records") == [
        {"theme": "bus", "topic": 0, "name": "topic 0", "people": 3, "segments": 4,
         "share": 4 / 6},
        {"theme": "bus", "topic": 1, "name": "topic 1", "people": 2, "segments": 2,
         "share": 2 / 6},
    ]  # fmt: skip


def test_a_theme_as_common_in_a_topic_as_by_chance_is_no_part_of_a_split(topics):
    bus = coded((0, "bus"), (1, "bus"), (4, "bus"), (5, "bus"), (6, "bus"))

    assert ei.crosswalk(bus, topics).splits.empty


def test_several_themes_explain_a_topic_together():
    topics = found([0] * 8 + [1] * 2, [*"abcdabcd", *"ab"])
    one_each = [(n, f"theme{n}") for n in range(4)]

    assert ei.crosswalk(coded(*one_each), topics).unexplained["topic"].tolist() == [1]
    assert ei.crosswalk(coded(*one_each[:3]), topics).unexplained["topic"].tolist() == [
        0,
        1,
    ]


def test_sub_themes_count_as_their_theme_once_a_segment(topics):
    parts = coded((0, "bus"), (0, "bus.late"), (1, "bus.full"))

    whole = ei.crosswalk(coded((0, "bus"), (1, "bus")), topics).table

    assert_frame_equal(ei.crosswalk(parts, topics).table, whole)


def test_suggestions_count_only_when_asked_for(topics):
    codings = pd.concat([coded((0, "bus")), coded((1, "bus"), status="suggested")])
    codings = codings.reset_index(drop=True)

    default = ei.crosswalk(codings, topics).table
    both = ei.crosswalk(codings, topics, statuses=("human", "suggested")).table

    assert default["segments"].tolist() == [1, 0, 0]
    assert both["segments"].tolist() == [2, 0, 0]


def test_what_a_person_rejected_never_counts(topics):
    rejected = coded((0, "bus"), status="rejected").assign(coder="ben")
    codings = pd.concat([coded((0, "bus")), rejected], ignore_index=True)

    assert ei.crosswalk(codings, topics).table.empty


def test_read_segments_without_a_theme_are_no_theme(topics):
    assert ei.crosswalk(coded((0, "no_theme")), topics).table.empty


def test_the_stub_is_a_codebook_with_the_words_of_two_people(topics, tmp_path):
    walk = ei.crosswalk(coded((4, "term0"), (5, "term0")), topics)
    path = tmp_path / "stub.yaml"

    path.write_text(walk.stub(), encoding="utf-8")
    [theme] = ei.load_codebook(path).themes

    assert ei.load_codebook(path) == walk.candidates
    assert (theme.id, theme.name) == ("term0_2", "topic 0")
    assert [e.text for e in theme.examples] == ["words: of s00", "words: of s01"]


def test_a_topic_without_words_is_a_theme_by_its_number(topics):
    bare = Topics(**{**vars(topics), "terms": topics.terms.assign(term="😀")})

    walk = ei.crosswalk(coded(), bare)

    assert [theme.id for theme in walk.candidates] == ["topic_0", "topic_1"]


def test_codings_of_other_segments_are_refused(topics):
    elsewhere = coded((0, "bus")).assign(segment_id="z")

    with pytest.raises(TableError, match="none of the codings belongs to a segment"):
        ei.crosswalk(elsewhere, topics)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"share": 0}, "share must be above 0 and at most 1, not 0"),
        ({"statuses": ("rejected",)}, "'rejected' cannot count; choose from human"),
    ],
)
def test_options_that_mean_nothing_are_refused(topics, options, message):
    with pytest.raises(ValueError, match=message):
        ei.crosswalk(coded(), topics, **options)


def test_a_notebook_shows_the_rule_and_the_tables(topics):
    walk = ei.crosswalk(coded((4, "<b>"), (5, "<b>")), topics)

    shown = walk._repr_html_()

    assert repr(walk) == (
        "Crosswalk(1 themes x 3 topics: 1 topics that no theme explains, 0 themes that "
        "split)"
    )
    assert walk.rule in shown
    assert "<td>&lt;b&gt;</td>" in shown


_PAIRS = st.lists(
    st.tuples(st.integers(0, 11), st.sampled_from(["bus", "lunch", "math.test"])),
    unique=True,
)


@few_examples
@given(
    pairs=_PAIRS,
    labels=st.lists(st.integers(-1, 3), min_size=12, max_size=12).map(
        lambda labels: sorted(labels, reverse=True)
    ),
    people=st.lists(st.sampled_from(["a", "b", "c", None]), min_size=12, max_size=12),
    order=st.randoms(use_true_random=False),
)
def test_counts_add_up_whatever_is_coded(pairs, labels, people, order):
    topics, codings = found(labels, people), coded(*pairs)

    walk = ei.crosswalk(codings, topics)
    again = ei.crosswalk(
        codings.sample(frac=1, random_state=order.randrange(99)), topics
    )

    inside = {n for n, label in enumerate(labels) if label >= 0}
    assert walk.table["segments"].sum() == sum(n in inside for n, _ in pairs)
    assert (walk.table["people"] <= walk.table["segments"]).all()
    assert len(walk.candidates.themes) == len(walk.unexplained)
    assert_frame_equal(walk.table, again.table)


def test_the_sample_gives_a_stub_that_loads(sample_walk, tmp_path):
    path = Path(tmp_path / "stub.yaml")

    path.write_text(sample_walk.stub(), encoding="utf-8")

    assert ei.load_codebook(path) == sample_walk.candidates


@pytest.fixture
def sample_walk(sample_analysis: Analysis) -> Crosswalk:
    return ei.crosswalk(sample_analysis.codings, sample_analysis.topics)
