from __future__ import annotations

import json
import pickle
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from sklearn.cluster import KMeans

from empathy_insights.errors import EmpathyInsightsWarning, TopicsError
from empathy_insights.topics import Topics, fit_topics
from tests.conftest import few_examples

FRAMES = ("assignments", "terms", "exemplars", "stability")

SAID = [
    "The bus is late every morning", "My bus was late again", "We wait for a late bus",
    "The lunch food is cold", "School lunch tastes bad", "Hot food at lunch", "n/a",
]  # fmt: skip


def said(texts: list[str], people: list[str | None] | None = None) -> pd.DataFrame:
    ids = [f"p{n:02d}:0001.01" for n in range(len(texts))]
    names = people or [f"p{n:02d}" for n in range(len(texts))]
    return pd.DataFrame(
        {
            "segment_id": pd.Series(ids, dtype="str"),
            "utterance_id": pd.Series(ids, dtype="str"),
            "start": pd.Series(0, index=range(len(texts)), dtype="int64"),
            "end": pd.Series([len(text) for text in texts], dtype="int64"),
            "text": pd.Series(texts, dtype="str"),
            "participant_id": pd.Series(names, dtype="str"),
        }
    )


@pytest.fixture(scope="module")
def topics() -> Topics:
    return fit_topics(said(SAID), n_topics=2).rename({0: "Getting there"})


def rewritten(path, **changed):
    """Change what a file of topics says about itself."""
    with np.load(path) as held:
        about, centroids = json.loads(str(held["about"])), held["centroids"]
    with path.open("wb") as file:
        np.savez(file, about=json.dumps({**about, **changed}), centroids=centroids)
    return path


def test_loaded_topics_are_the_ones_saved(topics, tmp_path):
    path = topics.save(tmp_path / "bus.topics")

    loaded = Topics.load(path)

    assert path == tmp_path / "bus.topics"
    assert loaded.settings == topics.settings
    for name in FRAMES:
        assert_frame_equal(getattr(loaded, name), getattr(topics, name))


@few_examples
@given(texts=st.lists(st.text(max_size=12) | st.sampled_from(SAID), max_size=6))
def test_any_topics_are_saved_and_place_further_answers_as_before(
    tmp_path_factory, texts
):
    people = [None if n % 2 else f"p{n}" for n in range(len(texts))]
    topics = fit_topics(said(texts, people))

    loaded = Topics.load(topics.save(tmp_path_factory.mktemp("saved") / "any.topics"))

    assert_frame_equal(loaded.assign(said(SAID)), topics.assign(said(SAID)))
    assert_frame_equal(loaded.to_frame(), topics.to_frame())


def test_topics_of_a_given_clusterer_are_saved_too(tmp_path):
    topics = fit_topics(said(SAID), clusterer=KMeans(2, n_init=3))

    loaded = Topics.load(topics.save(tmp_path / "given.topics"))

    assert_frame_equal(loaded.assign(said(SAID)), topics.assign(said(SAID)))


def test_another_embedder_is_refused(topics, tmp_path):
    class Letters:
        name = "letters"

        def __call__(self, texts):
            return np.eye(26)[[ord(text[0]) % 26 for text in texts]]

    mine = fit_topics(said(SAID), embedder=Letters()).save(tmp_path / "mine.topics")

    assert Topics.load(mine, embedder=Letters()).embedder.name == "letters"
    with pytest.raises(
        TopicsError, match=r"mine.topics: .* embedder 'letters', not 'all-"
    ):
        Topics.load(mine)


def test_a_file_of_another_format_is_refused(topics, tmp_path):
    path = rewritten(topics.save(tmp_path / "x.topics"), format=99, version="7.1")

    with pytest.raises(TopicsError, match=r"saved by empathy-insights 7.1 in a format"):
        Topics.load(path)


def test_a_file_of_another_version_gives_a_warning(topics, tmp_path):
    path = rewritten(topics.save(tmp_path / "x.topics"), version="0.0.1")

    with pytest.warns(EmpathyInsightsWarning, match=r"x.topics: .* 0.0.1; ") as caught:
        Topics.load(path)

    assert caught[0].filename == __file__


@pytest.mark.parametrize(
    "content",
    [b"", b"words", pickle.dumps({"a": 1}), b"PK\x03\x04 broken"],
    ids=["empty", "text", "pickle", "zip"],
)
def test_other_files_are_refused(tmp_path, content):
    path = tmp_path / "x.topics"
    path.write_bytes(content)

    with pytest.raises(
        TopicsError, match=r"x.topics: the file holds no topics, or is d"
    ):
        Topics.load(path)


@pytest.mark.parametrize(
    "changed", [{"tables": {}}, {"tables": None}, {"space": {"height": 1}}]
)
def test_a_file_that_lacks_a_part_is_refused(topics, tmp_path, changed):
    path = rewritten(topics.save(tmp_path / "x.topics"), **changed)

    with pytest.raises(TopicsError, match="holds no topics, or is damaged"):
        Topics.load(path)


def test_no_code_in_a_file_is_run(tmp_path):
    path = tmp_path / "x.topics"
    with path.open("wb") as file:
        np.savez(file, about=np.array([{"a": 1}], dtype=object), centroids=np.eye(2))

    with pytest.raises(TopicsError, match="holds no topics, or is damaged"):
        Topics.load(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(TopicsError, match=r"none.topics: there is no such file"):
        Topics.load(tmp_path / "none.topics")


def test_saving_gives_no_warnings(topics, tmp_path):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        Topics.load(topics.save(tmp_path / "x.topics"))

    assert [str(warning.message) for warning in caught] == []
