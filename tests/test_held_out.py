import numpy as np
import pytest

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.models.boundaries import calibrate
from empathy_insights.coding.models.pairs import PairModel, fit_pairs
from empathy_insights.coding.models.study_features import (
    Said,
    fit_study_features,
    fit_views,
)
from empathy_insights.tables import SEGMENTS
from empathy_insights.text.embedders import StaticEmbedder

BOOK = Codebook("b", "B", themes=(Theme("bus", "Bus"), Theme("food", "Food")))


@pytest.fixture
def rows():
    said = ["My bus was late.", "Cold noodles.", "The bus broke.", "Lunch was cold."]
    segments = SEGMENTS.frame(
        {
            "segment_id": f"d:{n}.01",
            "utterance_id": f"d:{n}",
            "start": 0,
            "end": len(text),
            "text": text,
        }
        for n, text in enumerate(said)
    )
    features = fit_study_features(segments, BOOK, StaticEmbedder())
    return features(Said(said, [""] * 4, [""] * 4)).rows


def test_what_judges_a_fold_has_not_seen_its_codings(rows):
    fold = np.array([0, 0, 1, 1])
    given = np.array([[1, 0], [0, 1], [1, 0], [0, 1]], dtype=bool)
    other = np.where(fold[:, None] == 0, ~given, given)

    _, views = fit_views([rows], given, fold)
    _, others = fit_views([rows], other, fold)

    np.testing.assert_array_equal(views[0].whole(rows), others[0].whole(rows))
    assert not np.allclose(views[1].whole(rows), others[1].whole(rows))


def test_the_views_say_more_of_the_theme_that_was_given(rows):
    given = np.array([[1, 0], [0, 1], [1, 0], [0, 1]], dtype=bool)

    views, _ = fit_views([rows], given, np.zeros(4))

    margins = views.whole(rows)
    np.testing.assert_array_equal(margins.argmax(axis=1), [0, 1, 0, 1])


def test_rows_that_every_fold_learns_from_are_in_no_fold(rows):
    given = np.ones((8, 2), dtype=bool)

    _, views = fit_views([rows, rows], given, np.array([0, 0, 1, 1, -1, -1, -1, -1]))

    assert sorted(views) == [0, 1]


def test_a_theme_whose_order_was_wrong_in_people_held_out_is_not_turned_round():
    random = np.random.default_rng(0)
    given = random.random((200, 2)) < 0.3
    log_odds = np.where(given, [2.0, -2.0], [-2.0, 2.0]) + random.normal(size=(200, 2))
    log_odds[:, 0] *= 2

    wrong = calibrate(log_odds, given, target_precision=0.8)[1]

    assert wrong.slope > 0
    assert wrong(np.array([-3.0])) < wrong.boundary.suggested


def test_where_nothing_tells_apart_a_theme_is_not_suggested_everywhere():
    log_odds = np.linspace(-6, 2, 400)[:, None] * np.ones(2)
    given = np.zeros((400, 2), dtype=bool)
    given[::4, 0] = True
    given[300:, 1] = True

    unclear = calibrate(log_odds, given, target_precision=0.8)[0]

    assert unclear(np.array([-3.0])) < unclear.boundary.suggested


def test_where_one_kind_only_was_seen_nothing_is_said_of_the_other():
    pairs = np.ones((3, 2, 8))

    model = fit_pairs(pairs, np.zeros((3, 2), dtype=bool))

    assert isinstance(model, PairModel)
    np.testing.assert_array_equal(model(pairs), np.zeros((3, 2)))
