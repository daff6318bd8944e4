from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

from empathy_insights.topics import _clusters
from empathy_insights.topics._answers import Space, unit
from empathy_insights.topics._clusters import DirectionClusters
from empathy_insights.topics._plan import GivenClusterer, Reduction
from empathy_insights.topics._settle import agreement_with_refits


def around(*directions: int, n: int) -> np.ndarray:
    """Return n vectors close to each of some axes of a space of ten."""
    chance = np.random.default_rng(0)
    centres = np.repeat(np.eye(10)[list(directions)], n, axis=0)
    return centres + chance.normal(scale=0.05, size=centres.shape)


def test_as_many_groups_are_found_as_there_are():
    found = DirectionClusters(None, 2, 0)(around(0, 3, 7, n=8))

    assert [set(found.labels[at : at + 8].tolist()) for at in (0, 8, 16)] == [
        {found.labels[0]}, {found.labels[8]}, {found.labels[16]},
    ]  # fmt: skip
    assert len(set(found.labels.tolist())) == 3


def test_many_vectors_are_grouped_from_a_sample(monkeypatch):
    vectors = around(0, 3, 7, n=60)
    monkeypatch.setattr(_clusters, "TREE_LIMIT", 30)

    clusters = DirectionClusters(None, 2, 0)

    assert np.bincount(clusters(vectors).labels).tolist() == [60, 60, 60]
    assert clusters.described(180) == (
        "average linkage on cosine distance on a sample of 30, then spherical k-means"
    )


def test_where_no_number_stands_out_the_answers_are_cut_by_their_number():
    vectors = np.random.default_rng(0).normal(size=(128, 40)) + 0.5

    found = DirectionClusters(None, 1, 0)(vectors)

    assert found.asked == 8
    assert found.why.startswith("8, the square root of half the 128 answers (groups")
    assert len(set(found.labels.tolist())) == 8


@pytest.mark.parametrize("n", [59, 1_001])
def test_few_and_many_answers_are_cut_by_their_silhouette_all_the_same(n):
    vectors = np.random.default_rng(0).normal(size=(n, 6)) + 0.5

    assert DirectionClusters(None, 2, 0)(vectors).why.startswith("the fewest of 2, ")


@pytest.mark.parametrize(
    "labels", [[0, 0, 1, 1, 1, 2], [5, 5, 0, 0, 3, 3], [0] * 5 + [1]]
)
def test_the_silhouette_is_scikit_learns_to_the_last_bit(labels):
    vectors = np.random.default_rng(0).normal(size=(6, 3))
    distances = _clusters._cosine_distances(unit(vectors))

    found = _clusters._silhouette(distances, np.array(labels))

    assert found == silhouette_score(distances, labels, metric="precomputed")


def test_equal_vectors_have_no_silhouette():
    assert _clusters._silhouette(np.zeros((4, 4)), np.array([0, 0, 1, 1])) == 0


@pytest.mark.parametrize("n", [2, 7, 500])
def test_distances_are_the_same_both_ways(n):
    directions = unit(np.random.default_rng(0).normal(size=(n, 384)))

    distances = _clusters._cosine_distances(directions)

    np.testing.assert_array_equal(distances, distances.T)
    np.testing.assert_allclose(distances[0, 1], 1 - directions[0] @ directions[1])


def test_vectors_without_direction_belong_nowhere():
    vectors = np.vstack([np.zeros((2, 10)), around(0, 3, n=5)])

    found = DirectionClusters(None, 2, 0)(vectors)

    assert found.labels[:2].tolist() == [-1, -1]
    assert found.labels[2:].min() == 0


def test_nothing_known_is_no_topic():
    found = DirectionClusters(None, 2, 0)(np.zeros((6, 3)))

    assert found.labels.tolist() == [-1] * 6
    assert found.why == "no answer holds a word that the embedder knows"


def test_small_groups_of_a_given_clusterer_belong_nowhere():
    vectors = np.vstack([around(0, n=6), around(3, n=2)])

    found = GivenClusterer(KMeans(2, n_init=3), 3, 0)(vectors)

    assert found.labels.tolist() == [0] * 6 + [-1] * 2


def test_vectors_are_reduced_only_when_there_are_more_columns():
    vectors = around(0, 3, 7, n=4)

    assert Reduction(2, 0)(vectors).shape == (12, 2)
    assert (
        Reduction(2, 0).described(vectors)
        == "PCA to 2 columns, for the given clusterer"
    )
    assert Reduction(10, 0)(vectors) is vectors
    assert Reduction(None, 0)(vectors) is vectors


def test_a_weak_vector_is_placed_nowhere():
    space = Space(np.eye(3)[:2], floor=0.65)

    placed = space.place(np.array([[2.0, 0, 0], [1, 1.1, 1], [0, 0, 0]]))

    assert placed.topic.tolist() == [0, -1, -1]
    assert placed.strength == pytest.approx([1, 0.613960, 0])
    assert not placed.reassigned.any()


def test_a_weak_vector_goes_to_the_nearest_where_that_is_allowed():
    space = Space(np.eye(3)[:2], floor=0.65, reassign_floor=0.6)

    placed = space.place(np.array([[2.0, 0, 0], [1, 1.1, 1], [1, 1, 3], [0, 0, 0]]))

    assert placed.topic.tolist() == [0, 1, -1, -1]
    assert placed.reassigned.tolist() == [False, True, False, False]
    assert placed.own.tolist() == [0, -1, -1, -1]


def test_what_a_clusterer_left_out_goes_to_the_nearest_where_that_is_allowed():
    space = Space(np.eye(3)[:2], floor=0.65, reassign_floor=0.6)
    vectors = np.array([[1.0, 0.9, 0], [0, 1, 0], [0, 0, 1]])

    placed = space.measure(vectors, np.array([1, -1, -1]))

    assert placed.topic.tolist() == [1, 1, -1]
    assert placed.strength == pytest.approx([0.668965, 1, 0])
    assert placed.reassigned.tolist() == [False, True, False]


def test_agreement_is_the_mean_best_overlap():
    labels = np.array([0] * 10 + [1] * 10)

    agreement = agreement_with_refits(
        labels,
        lambda seen: np.where(seen < 10, 0, seen % 2 + 1),
        n_refits=9,
        random_state=0,
    )

    assert agreement.jaccard[0] == 1
    assert 0.5 <= agreement.jaccard[1] < 0.9
    assert 0.5 < agreement.ari < 0.9


def test_without_refits_agreement_is_unknown():
    agreement = agreement_with_refits(
        np.array([0, 0, 1]), lambda seen: seen, n_refits=0, random_state=0
    )

    assert np.isnan(agreement.jaccard).all()
    assert np.isnan(agreement.ari)
