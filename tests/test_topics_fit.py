from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from sklearn.cluster import HDBSCAN, KMeans

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.errors import TableError
from empathy_insights.topics import fit_topics
from tests.conftest import few_examples

FRAMES = ("assignments", "terms", "exemplars", "stability")

BUS = [
    "The bus is late every morning", "My bus was late again", "We wait for a late bus",
    "The school bus never comes on time", "Buses are too crowded",
]  # fmt: skip
LUNCH = [
    "The lunch food is cold", "School lunch tastes bad", "I want hot food at lunch",
    "The lunch line is too long", "They should cook better lunch food",
]  # fmt: skip
MATH = [
    "Math class goes too fast", "My math teacher explains fractions well",
    "I failed the math test", "Algebra homework is hard math",
    "I need more help with math problems",
]  # fmt: skip


def said(
    texts: Sequence[str], people: Sequence[str | None] | None = None
) -> pd.DataFrame:
    """Return segments; by default everybody says one thing in a document of theirs."""
    names = [f"p{i:02d}" for i in range(len(texts))] if people is None else list(people)
    turns = [f"{name or 'group'}:{i:04d}" for i, name in enumerate(names)]
    return pd.DataFrame(
        {
            "segment_id": pd.Series([f"{turn}.01" for turn in turns], dtype="str"),
            "utterance_id": pd.Series(turns, dtype="str"),
            "start": pd.Series(0, index=range(len(texts)), dtype="int64"),
            "end": pd.Series([len(text) for text in texts], dtype="int64"),
            "text": pd.Series(list(texts), dtype="str"),
            "participant_id": pd.Series(names, dtype="str"),
        }
    )


@pytest.fixture(scope="module")
def school() -> pd.DataFrame:
    return said([*BUS, *LUNCH, *MATH])


@pytest.fixture(scope="module")
def topics(school):
    return fit_topics(school)


def test_answers_about_one_thing_share_a_topic(school, topics):
    found = dict(topics.assignments[["segment_id", "topic"]].itertuples(index=False))

    groups = [
        [found[i] for i in school["segment_id"][at : at + 5]] for at in (0, 5, 10)
    ]

    assert [len(set(group)) for group in groups] == [1, 1, 1]
    assert topics.stability["segments"].tolist() == [5, 5, 5]


def test_topics_are_named_by_lemmas_that_their_answers_share(topics):
    assert sorted(topics.stability["name"].str.split(" · ").str[0]) == [
        "bus", "lunch", "math",
    ]  # fmt: skip


def test_the_table_puts_people_first(topics):
    table = topics.to_frame()

    assert table.columns.tolist() == [
        "topic", "name", "people", "of", "documents", "segments", "reassigned", "terms",
        "typical",
    ]  # fmt: skip
    assert table["people"].tolist() == [5, 5, 5]
    assert table["of"].tolist() == [15, 15, 15]
    assert table["typical"].isin([*BUS, *LUNCH, *MATH]).all()


def test_one_talkative_person_does_not_make_a_topic_big():
    talk = said([*BUS, *LUNCH[:3]], ["p1"] * 5 + ["p2", "p3", "p4"])

    table = fit_topics(talk, n_topics=2).to_frame()

    assert table[["people", "segments"]].to_numpy().tolist() == [[3, 3], [1, 5]]


def test_a_voice_that_nobody_could_tell_apart_is_no_person():
    table = fit_topics(said(BUS, ["p1", "p1", None, None, None]), n_topics=1).to_frame()

    assert table[["people", "of", "documents"]].to_numpy().tolist() == [[1, 1, 2]]


def test_without_columns_for_people_and_documents_the_id_tells_the_document():
    bare = said(BUS, ["a", "a", "b", "b", "c"]).drop(columns="participant_id")

    table = fit_topics(bare, n_topics=1).to_frame()

    assert table[["people", "documents", "segments"]].to_numpy().tolist() == [[0, 3, 5]]


def test_typical_and_least_typical_answers_are_different_peoples():
    talk = said(BUS, ["p1", "p1", "p2", "p2", "p3"])

    exemplars = fit_topics(talk, n_topics=1).exemplars

    assert exemplars["kind"].tolist() == ["typical", "typical", "least typical"]
    assert sorted(exemplars["participant_id"]) == ["p1", "p2", "p3"]


def test_repeated_answers_get_the_topic_of_their_twin():
    repeated = said([*BUS, *LUNCH, "MY BUS  was late again"])

    assignments = fit_topics(repeated).assignments.set_index("segment_id")
    placed = assignments[["topic", "strength"]]

    assert placed.loc["p10:0010.01"].tolist() == placed.loc["p01:0001.01"].tolist()


def test_answers_that_say_nothing_belong_nowhere():
    empty = said([*BUS, *LUNCH, "I don't know", "n/a", "", "um yeah"])

    assignments = fit_topics(empty).assignments

    assert assignments["topic"].tolist()[10:] == [-1] * 4
    assert assignments["strength"].tolist()[10:] == [0.0] * 4


def test_an_answer_unlike_all_others_belongs_nowhere():
    odd = said([*BUS, "Xqzzt vrrm", *LUNCH])

    topics = fit_topics(odd, n_topics=2, min_size=2, reassign=None)
    alone = topics.assignments.set_index("segment_id").loc["p05:0005.01"]

    assert alone["topic"] == -1 or alone["strength"] >= topics.settings["floor"]


class Angles:
    """An embedder of answers such as "30 degrees"."""

    name = "angles"

    def __call__(self, texts):
        turned = np.radians([float(text.split()[0]) for text in texts])
        return np.column_stack([np.cos(turned), np.sin(turned)])


EAST = [f"{degrees} degrees" for degrees in (0, 1, 2, 3, 80, 88)]


def test_weak_answers_go_to_the_nearest_topic_and_are_marked():
    topics = fit_topics(said(EAST), embedder=Angles(), clusterer=Near())

    assert topics.assignments["topic"].tolist() == [0] * 5 + [-1]
    assert topics.assignments["reassigned"].tolist() == [False] * 4 + [True, False]
    assert topics.to_frame()[["segments", "reassigned"]].to_numpy().tolist() == [[5, 1]]
    assert topics.settings["reassigned"] == 1
    assert repr(topics) == (
        "Topics(1 topics in 6 segments; in none: 1 (17%); reassigned to the nearest: 1)"
    )


def test_reassigned_answers_do_not_speak_for_a_topic():
    topics = fit_topics(said(EAST), embedder=Angles(), clusterer=Near())

    assert "80 degrees" not in topics.exemplars["text"].tolist()


def test_reassigning_can_be_switched_off():
    topics = fit_topics(said(EAST), embedder=Angles(), clusterer=Near(), reassign=None)

    assert topics.assignments["topic"].tolist() == [0] * 4 + [-1] * 2
    assert topics.settings["reassign"] is None
    assert repr(topics).endswith("in none: 2 (33%); reassigned to the nearest: 0)")


@pytest.mark.parametrize(
    ("reassign", "said_so"), [("auto", None), ("nearest", "nearest")]
)
def test_with_many_segments_weak_answers_stay_out_unless_asked(reassign, said_so):
    many = said([*EAST, *["1 degrees"] * 1_994])

    topics = fit_topics(many, embedder=Angles(), clusterer=Near(), reassign=reassign)

    assert topics.settings["reassign"] == said_so


def test_an_unknown_way_to_reassign_is_refused(school):
    with pytest.raises(ValueError, match="'auto', 'nearest' or None, not 'all'"):
        fit_topics(school, reassign="all")


class Near:
    """A clusterer that takes what points east."""

    def fit_predict(self, X):  # noqa: N803 - scikit-learn's name
        return np.where(X[:, 0] > 0.9, 0, -1)


def test_segments_are_not_changed(school):
    before = school.copy(deep=True)

    fit_topics(school).assign(school)

    assert_frame_equal(school, before)


@pytest.mark.parametrize("n", range(7))
def test_a_handful_of_answers_gives_a_table(n):
    topics = fit_topics(said(BUS + LUNCH[:1]).head(n))

    assert len(topics.assignments) == n
    assert topics.settings["segments"] == n
    assert (topics.assignments["topic"] >= 0).all()


def test_no_answers_say_so_in_the_settings():
    topics = fit_topics(said([]))

    assert topics.settings["n_topics_why"] == "none, as no answer says anything"
    assert topics.to_frame().empty
    assert topics.assign(said(BUS))["topic"].tolist() == [-1] * 5


@pytest.mark.parametrize(
    ("texts", "sizes"),
    [
        (["The bus is late"] * 9, [9]),
        (["the", "it was", "so they are", "that is this", "where were you", "to be"], None),
        (["lunch", "bus", "math", "gym", "art", "music"], None),
        (["😀", "😡", "😀😀", "👍", "👍👍", "🎉"], None),
        (["lunch"], [1]),
        (["$$$", "→"], [2]),
        (["", " ", "\n", "\t", "...", "-"], []),
        (["不知道该怎么办", "Der Bus ist spät", "Le bus est en retard", "バスが遅い",
          "الحافلة متأخرة", "El autobús llega tarde", "Автобус опоздал"], None),
        (["a" * 5000, "word " * 3000, "\x00", "NaN", "nan", "None of it works"], None),
    ],
    ids=["identical", "stop words", "one word", "emoji", "one", "signs", "blank", "languages", "odd"],
)  # fmt: skip
def test_strange_answers_give_a_table(texts, sizes):
    topics = fit_topics(said(texts))

    found = topics.stability["segments"].tolist()
    assert found == (found if sizes is None else sizes)
    assert topics.assignments["segment_id"].tolist() == sorted(
        said(texts)["segment_id"]
    )
    assert (topics.stability["name"] != "").all()


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(order=st.permutations(range(15)))
def test_the_order_of_rows_is_irrelevant(school, topics, order):
    again = fit_topics(school.iloc[order])

    for name in FRAMES:
        assert_frame_equal(getattr(again, name), getattr(topics, name))
    assert again.settings == topics.settings


@few_examples
@given(
    texts=st.lists(st.text(max_size=12) | st.sampled_from([*BUS, *LUNCH]), max_size=9)
)
def test_any_answers_give_a_table(texts):
    topics = fit_topics(said(texts))

    assert topics.assignments["segment_id"].tolist() == sorted(
        said(texts)["segment_id"]
    )
    assert_frame_equal(topics.assign(said(texts)), topics.assignments)


_IN_A_PROCESS = """
import sys, pandas as pd
from empathy_insights.topics import fit_topics
segments = pd.read_json(sys.stdin, dtype={"participant_id": "str", "text": "str"})
topics = fit_topics(segments)
frames = (topics.assignments, topics.terms, topics.exemplars, topics.stability)
print("".join(frame.to_csv() for frame in frames))
"""


@pytest.mark.slow
def test_every_process_finds_the_same_topics(school, topics):
    elsewhere = subprocess.run(
        [sys.executable, "-c", _IN_A_PROCESS],
        input=json.dumps(school.iloc[::-1].to_dict(orient="records")),
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip

    frames = (topics.assignments, topics.terms, topics.exemplars, topics.stability)
    assert elsewhere == "".join(frame.to_csv() for frame in frames) + "\n"


_LEAVES_NO_TRACE = """
import logging, warnings, random, numpy as np
import pandas as pd, scipy.stats, sklearn.cluster, sklearn.metrics, threadpoolctl
from empathy_insights.text.embedders import StaticEmbedder
StaticEmbedder()(["its own libraries add filters of theirs"])
before = (list(warnings.filters), warnings.showwarning, logging.root.level,
          list(logging.root.handlers), random.getstate(), str(np.random.get_state()))
from empathy_insights.topics import fit_topics
import sys
assert "bertopic" not in sys.modules, "imported too early"
ids = [f"p{i}:0001" for i in range(8)]
texts = ["the bus is late", "late bus", "bus again", "cold lunch", "lunch food", "hot food",
         "math test", "math class"]
fit_topics(pd.DataFrame({"segment_id": ids, "utterance_id": ids, "start": 0, "end": 1,
                         "text": texts}))
assert "bertopic" in sys.modules
after = (list(warnings.filters), warnings.showwarning, logging.root.level,
         list(logging.root.handlers), random.getstate(), str(np.random.get_state()))
assert before == after, [pair for pair in zip(before, after) if pair[0] != pair[1]]
assert not logging.getLogger("BERTopic").handlers
"""


@pytest.mark.slow
def test_the_session_is_left_as_it_was():
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", _LEAVES_NO_TRACE],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (run.stderr, run.stdout, run.returncode) == ("", "", 0)


def test_a_fit_gives_no_warnings(school):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        fit_topics(school)

    assert [str(warning.message) for warning in caught] == []


def test_known_answers_are_assigned_to_their_topics(school, topics):
    assert_frame_equal(topics.assign(school.iloc[::-1]), topics.assignments)


def test_further_answers_go_to_the_nearest_topic(topics):
    further = said(["the bus came late today", "cold lunch food", "idk"])

    assigned = topics.assign(further)
    names = topics.stability.set_index("topic")["name"]

    assert names[assigned["topic"][0]].startswith("bus")
    assert names[assigned["topic"][1]].startswith("lunch")
    assert assigned["topic"][2] == -1


def test_renaming_leaves_the_first_topics_as_they_were(topics):
    before = topics.stability["name"].tolist()

    renamed = topics.rename({1: "Getting to school"})

    assert renamed.to_frame()["name"].tolist() == [
        before[0],
        "Getting to school",
        before[2],
    ]
    assert topics.stability["name"].tolist() == before


def test_renaming_an_unknown_topic_lists_the_known_ones(topics):
    with pytest.raises(
        ValueError, match=r"there is no topic 7; topics are: \[0, 1, 2\]"
    ):
        topics.rename({7: "Seven"})


def test_settings_say_what_was_used(topics):
    told = dict(topics.settings)

    why = told.pop("n_topics_why")
    assert 0 <= told.pop("stability_overall") <= 1
    assert why.startswith("the fewest of 2, 3, 4, 5 (groups below min_size joined")
    assert told == {
        "segments": 15, "fitted": 15, "duplicates": 0, "contentless": 0, "people": 15,
        "documents": 15, "outside": 0, "outside_share": 0.0, "reassigned": 0, "weak": 0, "weak_share": 0.0,
        "embedder": "all-MiniLM-L6-v2-int8",
        "reduction": "none: directions are compared in all columns",
        "clusterer": "average linkage on cosine distance, then spherical k-means",
        "n_topics": 3, "min_size": 2, "floor": 0.2,
        "reassign": "nearest", "reassign_floor": 0.15,
        "outside_rule": "strength (cosine with the topic's centroid) below 0.2, and below 0.15"
        " for the nearest topic, or no content",
        "seed_themes": None,
        "stability": "20 refits on 80% of the answers, cut into as many groups",
        "random_state": 0, "bertopic": "0.17.4",
    }  # fmt: skip


def test_the_number_of_topics_can_be_asked_for(school):
    topics = fit_topics(school, n_topics=2)

    assert topics.stability["topic"].tolist() == [0, 1]
    assert topics.settings["n_topics_why"] == "asked for"


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        (["late bus"] * 3, "5 asked for; different answers: 1"),
        (["late bus", "cold lunch"], "5 asked for; different answers: 2"),
    ],
)
def test_more_topics_than_answers_are_not_forced(texts, why):
    topics = fit_topics(said(texts), n_topics=5)

    assert topics.settings["n_topics_why"] == why
    assert topics.settings["n_topics"] == len(set(texts))


def test_small_groups_join_larger_ones(school):
    topics = fit_topics(school.head(8), n_topics=2, min_size=4)

    assert topics.stability["segments"].min() >= 4


def test_a_given_clusterer_is_used_and_not_changed(school):
    clusterer = KMeans(3, n_init=5)

    topics = fit_topics(school, clusterer=clusterer)

    assert topics.stability["segments"].tolist() == [5, 5, 5]
    assert topics.settings["clusterer"] == "KMeans(n_clusters=3, n_init=5)"
    assert not hasattr(clusterer, "labels_")
    assert_frame_equal(topics.assign(school), topics.assignments)


def test_what_a_given_clusterer_leaves_out_stays_out(school):
    topics = fit_topics(school, clusterer=HDBSCAN(min_cluster_size=14, copy=True))

    assert topics.assignments["topic"].unique().tolist() == [-1]
    assert "outside for the clusterer" in topics.settings["outside_rule"]


class Words:
    """An embedder of few words, of which those for the time of day weigh most."""

    name = "words"
    weights = (
        ("bus", 1),
        ("lunch", 1),
        ("morning", 1.1),
        ("noon", 1.1),
        ("evening", 1.1),
        ("gym", 1),
    )

    def __call__(self, texts):
        rows = [[w * (word in text) for word, w in self.weights] for text in texts]
        return np.array(rows)


DAY = [f"{what} {when}{mark}" for what in ("bus", "lunch") for when in ("morning", "noon", "evening")
       for mark in ("", "!")]  # fmt: skip
BOOK = Codebook(
    "day", "Day", version="3",
    themes=(Theme("bus", "Bus"), Theme("lunch", "Lunch"), Theme("gym", "Gym")),
)  # fmt: skip


def test_a_codebook_guides_topics(guided):
    free = fit_topics(said(DAY), embedder=Words(), n_topics=2)

    by_subject = [0] * 6 + [1] * 6, [1] * 6 + [0] * 6
    assert free.assignments["topic"].tolist() not in by_subject
    assert guided.assignments["topic"].tolist() in by_subject
    assert free.settings["seed_themes"] is None
    assert guided.settings["seed_themes"] == (
        "day 3: 12 of 12 answers drawn to 2 of 3 themes"
    )


@pytest.fixture(scope="module")
def guided():
    return fit_topics(said(DAY), embedder=Words(), n_topics=2, seed_themes=BOOK)


def test_guided_topics_place_further_answers_by_the_same_rule(guided):
    assert_frame_equal(guided.assign(said(DAY)), guided.assignments)


@settings(max_examples=6)
@given(order=st.permutations(range(12)))
def test_guided_topics_are_the_same_in_any_order(guided, order):
    rows = said(DAY).iloc[order]

    again = fit_topics(rows, embedder=Words(), n_topics=2, seed_themes=BOOK)

    assert_frame_equal(again.assignments, guided.assignments)


def test_a_codebook_for_no_answers_says_so():
    topics = fit_topics(said([]), seed_themes=BOOK)

    assert topics.settings["seed_themes"] == (
        "day 3: no text to be guided, or to guide by"
    )


def test_seeds_that_are_no_codebook_are_refused(school):
    with pytest.raises(TypeError, match=r"seed_themes must be a Codebook, .* not str"):
        fit_topics(school, seed_themes="empathy_core")


class Letters:
    """An embedder by first letter, to see that a given one is used."""

    name = "letters"

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        rows = [[text.startswith("a"), text.startswith("b")] for text in texts]
        return np.asarray(rows, dtype=np.float32)


def test_a_given_embedder_is_used():
    topics = fit_topics(
        said(["apple", "axe", "arm", "bee", "bus", "zoo"]), embedder=Letters()
    )

    assert topics.assignments["topic"].tolist() == [0, 0, 0, 1, 1, -1]
    assert topics.settings["embedder"] == "letters"


def test_a_given_clusterer_that_cannot_be_refitted_is_not_measured(school):
    topics = fit_topics(school, clusterer=HDBSCAN(min_cluster_size=14, copy=True))

    assert topics.settings["stability"] == (
        "not measured: the given clusterer cannot be fitted on part of the answers"
    )


def test_steady_topics_are_called_steady():
    topics = fit_topics(
        said([f"{letter}{n}" for letter in "ab" for n in range(10)]), embedder=Letters()
    )

    assert (
        topics.stability[["jaccard", "word"]].to_numpy().tolist()
        == [[1.0, "steady"]] * 2
    )
    assert topics.settings["stability_overall"] == 1.0


@pytest.mark.parametrize("option", ["n_topics", "min_size"])
def test_impossible_numbers_are_refused(school, option):
    with pytest.raises(ValueError, match=f"{option} must be 1 or more, not 0"):
        fit_topics(school, **{option: 0})


def test_a_number_and_a_clusterer_contradict_each_other(school):
    with pytest.raises(ValueError, match="the clusterer knows its own number"):
        fit_topics(school, n_topics=2, clusterer=KMeans(2))


def test_another_table_is_refused():
    with pytest.raises(TableError, match="the segments table lacks 'segment_id'"):
        fit_topics(pd.DataFrame({"text": ["hello"]}))


def test_of_each_word_it_is_known_how_many_people_said_it():
    """Who says it thrice is one, and a voice that nobody could tell apart is none."""
    texts = ["The bus is late", "Bus again", "A bus, mom", "My bus", "That bus"]
    one_topic = fit_topics(said(texts, ["ana", "ana", "ana", "ben", None]), n_topics=1)

    people = one_topic.terms.set_index("term")["people"]

    assert people[["bus", "mom"]].to_dict() == {"bus": 2, "mom": 1}
