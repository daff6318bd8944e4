import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from empathy_insights.analysis.intervals import (
    difference_interval,
    share_intervals,
    wilson,
    wilsons,
)

SIZES = np.array([1, 1, 3, 6, 6, 5, 4, 9, 1, 2])


@st.composite
def heard(draw):
    """Return themes by clusters, and sizes of 8 clusters or more with a group in them."""
    sizes = np.array([2, *draw(st.lists(st.integers(1, 9), min_size=7, max_size=20))])
    raised = draw(arrays.arrays(np.int64, (3, len(sizes)), elements=st.integers(0, 9)))
    return np.minimum(raised, sizes), sizes


@pytest.mark.parametrize(
    ("k", "n"), [(0, 10), (1, 7), (3, 5), (8, 10), (12, 40), (10, 10), (700, 2000)]
)
def test_wilson_agrees_with_statsmodels(k, n):
    proportion = pytest.importorskip("statsmodels.stats.proportion")

    assert wilson(k, n) == pytest.approx(
        proportion.proportion_confint(k, n, method="wilson"), abs=1e-12
    )


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (8, 10, 49, 94), (3, 5, 23, 88), (5, 24, 9, 40), (18, 24, 55, 88),
        (12, 40, 18, 45), (0, 10, 0, 28),
    ],
)  # fmt: skip
def test_wilson_gives_the_intervals_of_the_methods(k, n, low, high):
    assert [round(100 * limit) for limit in wilson(k, n)] == [low, high]


@pytest.mark.parametrize(
    ("k", "n", "other_k", "other_n"),
    [(56, 70, 48, 80), (9, 10, 3, 10), (6, 7, 2, 7), (5, 56, 0, 29), (10, 10, 0, 20)],
)
def test_the_difference_of_people_heard_alone_is_newcombes(k, n, other_k, other_n):
    proportion = pytest.importorskip("statsmodels.stats.proportion")

    found = difference_interval(
        (k / n, *wilson(k, n)), (other_k / other_n, *wilson(other_k, other_n))
    )

    assert [float(limit) for limit in found] == pytest.approx(
        proportion.confint_proportions_2indep(
            k, n, other_k, other_n, compare="diff", method="newcomb"
        ),
        abs=1e-9,
    )


def test_many_wilson_intervals_are_those_of_each_and_none_of_nobody():
    low, high = wilsons(np.array([3, 0, 10, 0]), np.array([5, 10, 10, 0]))

    expected = [wilson(3, 5), wilson(0, 10), wilson(10, 10), (np.nan, np.nan)]
    np.testing.assert_allclose(np.transpose([low, high]), expected)


def test_newcombes_published_differences_are_found():
    # Newcombe (1998), Statistics in Medicine 17:873-890, table II, method 10.
    cases = np.array([(56, 70, 48, 80), (9, 10, 3, 10), (6, 7, 2, 7), (5, 56, 0, 29)])
    limits = [[wilson(k, n) for k, n in cases[:, side : side + 2]] for side in (0, 2)]
    first, second = (
        (cases[:, side] / cases[:, side + 1], *np.array(limits[side // 2]).T)
        for side in (0, 2)
    )

    low, high = difference_interval(first, second)

    assert low.round(4).tolist() == [0.0524, 0.1705, 0.0582, -0.0381]
    assert high.round(4).tolist() == [0.3339, 0.8090, 0.8062, 0.1926]


def test_people_heard_alone_get_wilsons_interval_exactly():
    raised = np.array([[1] * k + [0] * (12 - k) for k in range(13)])

    low, high = share_intervals(raised, np.ones(12))

    expected = [wilson(k, 12) for k in range(13)]
    assert list(zip(low, high, strict=True)) == expected


def test_fewer_than_eight_people_heard_alone_have_wilsons_interval_still():
    low, high = share_intervals(np.array([[1, 1, 1, 0, 0]]), np.ones(5))

    assert (low[0], high[0]) == wilson(3, 5)


@pytest.mark.parametrize("alone", [0, 5])
def test_fewer_than_eight_clusters_with_a_group_among_them_have_no_interval(alone):
    sizes = np.array([1] * alone + [6] * (7 - alone))

    low, high = share_intervals(np.ones((2, 7)), sizes)

    assert np.isnan([low, high]).all()


def test_eight_clusters_have_an_interval():
    low, high = share_intervals(np.ones((1, 8)), np.full(8, 6))

    assert 0 < low[0] < 1 / 6 < high[0] < 1


def test_clusters_of_nobody_are_no_clusters():
    sizes = np.array([6] * 7)

    low, high = share_intervals(np.ones((1, 9)), np.array([*sizes, 0, 0]))

    assert np.isnan([low, high]).all()


def test_a_study_of_nobody_has_no_interval():
    low, high = share_intervals(np.empty((2, 0)), np.empty(0))

    assert np.isnan([low, high]).all()


def test_no_themes_have_no_intervals():
    low, high = share_intervals(np.empty((0, 10)), SIZES)

    assert (low.tolist(), high.tolist()) == ([], [])


def test_the_interval_of_groups_is_that_of_the_formula():
    # Ten groups of four: 4 or 0 in each but two, 2 in those. Worked with a calculator:
    # leaving a group out moves the log-odds by ln(16.5 / 20.5), ln(20.5 / 16.5) or 0.
    raised = np.array([[4, 4, 4, 4, 2, 2, 0, 0, 0, 0]])
    jackknife = 8 * np.log(20.5 / 16.5) ** 2 * 0.9 * 40**2 / 4
    shown = 10 - 1
    counts_as = (shown * jackknife + 1.5 * 40) / (shown + 1.5)
    student = 2.213_84  # 97.5 % of t with 10.5 degrees of freedom, from tables
    effective = 40 / (counts_as / 40)
    half = student / np.sqrt(effective + student**2) / 2

    low, high = share_intervals(raised, np.full(10, 4))

    assert (low[0], high[0]) == pytest.approx((0.5 - half, 0.5 + half), abs=1e-4)


def test_groups_that_agree_among_themselves_widen_the_interval():
    one_voice, mixed = [6, 0] * 6, [3] * 12

    low, high = share_intervals(np.array([one_voice, mixed]), np.full(12, 6))

    assert low[0] < wilson(36, 72)[0] < low[1]
    assert high[1] < wilson(36, 72)[1] < high[0]


def test_a_first_pair_among_people_heard_alone_changes_little():
    sizes = np.array([1] * 98 + [2])

    low, high = share_intervals(np.array([[1] * 49 + [0] * 49 + [1]]), sizes)

    assert (low[0], high[0]) == pytest.approx(wilson(50, 100), abs=0.005)


@given(heard())
def test_an_interval_holds_its_share_and_stays_within_0_and_1(study):
    raised, sizes = study

    low, high = share_intervals(raised, sizes)

    share = raised.sum(axis=1) / sizes.sum()
    assert ((low >= 0) & (low <= share) & (share <= high) & (high <= 1)).all()
    assert (high - low > 0).all()


@given(heard())
def test_who_did_not_raise_a_theme_have_the_mirrored_interval(study):
    raised, sizes = study

    low, high = share_intervals(raised, sizes)
    other_low, other_high = share_intervals(sizes - raised, sizes)

    np.testing.assert_allclose(other_low, 1 - high, atol=1e-9)
    np.testing.assert_allclose(other_high, 1 - low, atol=1e-9)


@given(heard(), st.randoms(use_true_random=False))
def test_the_order_of_clusters_changes_nothing(study, random):
    raised, sizes = study
    order = random.sample(range(len(sizes)), len(sizes))

    found = share_intervals(raised[:, order], sizes[order])

    np.testing.assert_allclose(found, share_intervals(raised, sizes), atol=1e-9)


@given(heard())
def test_each_row_is_the_interval_of_its_theme_alone(study):
    raised, sizes = study

    low, high = share_intervals(raised, sizes)

    alone = [np.ravel(share_intervals(row[np.newaxis], sizes)) for row in raised]
    np.testing.assert_allclose(np.transpose([low, high]), alone, atol=1e-9)


@given(st.integers(1, 60), st.data())
def test_more_people_who_raised_a_theme_move_wilsons_limits_up(n, data):
    k = data.draw(st.integers(0, n - 1))

    (low, high), (more_low, more_high) = wilson(k, n), wilson(k + 1, n)

    assert low < more_low
    assert high < more_high or high == 1


@given(st.integers(0, 11), st.sampled_from([2, 6]))
def test_one_more_group_of_one_voice_moves_the_limits_up(k, size):
    sizes = np.full(12, size)
    voices = np.array([[size] * groups + [0] * (12 - groups) for groups in (k, k + 1)])

    low, high = share_intervals(voices, sizes)

    assert low[0] <= low[1]
    assert high[0] <= high[1]


def test_arguments_are_left_as_they_were():
    raised, sizes = np.minimum(SIZES, 2)[np.newaxis], SIZES.copy()
    before = raised.copy()

    share_intervals(raised, sizes)

    np.testing.assert_array_equal(raised, before)
    np.testing.assert_array_equal(sizes, SIZES)


def test_a_difference_without_one_of_its_intervals_is_missing():
    first = np.array([0.5, 0.5]), np.array([0.3, np.nan]), np.array([0.7, np.nan])
    second = np.array([0.2, 0.2]), np.array([0.1, 0.1]), np.array([0.4, 0.4])

    low, high = difference_interval(first, second)

    assert np.isnan(low).tolist() == np.isnan(high).tolist() == [False, True]


def test_intervals_hold_the_truth_in_groups_that_speak_alike():
    # One cell of benchmarks/coverage.py: 12 groups of 5, intraclass correlation .2.
    random = np.random.default_rng(0)
    sizes = np.full(12, 5)
    raised = random.binomial(5, random.beta(1.2, 2.8, (4000, 12)))

    low, high = share_intervals(raised, sizes)

    assert 0.93 <= ((low <= 0.3) & (high >= 0.3)).mean() <= 0.97
