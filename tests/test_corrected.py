"""The corrected share: against other people's programs, at its edges, and in simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from empathy_insights.analysis.corrected import corrected_share
from empathy_insights.analysis.intervals import wilson

CELLS = st.lists(st.tuples(*[st.booleans()] * 3), min_size=12, max_size=60)


def test_prediction_powered_inference_gives_the_same_share_and_interval():
    # ppi-python 0.2.3 (Angelopoulos et al.) on these data: ppi_mean_pointestimate with
    # lam=1: .3426, lam=.5: .33755; power-tuned .33805684, ppi_mean_ci .29854844, .37756524.
    random = np.random.default_rng(11)
    human = random.random(20_000) < 0.3
    machine = np.where(human, random.random(20_000) < 0.6, random.random(20_000) < 0.1)
    audited = np.arange(20_000) < 400

    found = corrected_share(machine, human, audited, np.arange(20_000))

    at_our_lambda = 0.33755 + (found.trust - 0.5) / 0.5 * (0.3426 - 0.33755)
    assert found.share == pytest.approx(at_our_lambda, abs=1e-9)
    assert found.share == pytest.approx(0.33805684, abs=0.0005)
    assert (found.low, found.high) == pytest.approx((0.2985, 0.3776), abs=0.002)


def test_the_share_is_the_double_sampling_estimate_of_tenenbein():
    # 1,000 units, 300 found; of 60 found and audited 45 are right, of 140 others 14 missed.
    machine = np.arange(1000) < 300
    audited = np.isin(np.arange(1000), [*range(60), *range(300, 440)])
    human = np.isin(np.arange(1000), [*range(45), *range(300, 314)])

    found = corrected_share(machine, human, audited, np.arange(1000))

    assert found.share == pytest.approx(0.3 * 45 / 60 + 0.7 * 14 / 140)


def test_when_everything_is_audited_people_alone_decide():
    human = np.arange(60) % 3 == 0
    machine = np.arange(60) % 7 == 0

    found = corrected_share(machine, human, np.ones(60, dtype=bool), np.arange(60))

    assert found.share == pytest.approx(human.mean())
    assert (found.low, found.high) == pytest.approx(wilson(20, 60), abs=0.02)


def test_segments_of_few_people_say_less_than_segments_of_many():
    random = np.random.default_rng(2)
    person = np.repeat(np.arange(20), 10)
    human = np.repeat(random.random(20) < 0.4, 10)
    audited = random.random(200) < 0.5

    together = corrected_share(human, human, audited, person)
    apart = corrected_share(human, human, audited, np.arange(200))

    assert together.high - together.low > 2 * (apart.high - apart.low)


def test_few_clusters_widen_the_interval_by_students_t():
    # 16 people of one mind with themselves, half of whom say it: the spread of 15, and
    # t(15) = 2.1314 for 1.96, as if 12.68 had been asked.
    person = np.repeat(np.arange(16), 25)
    human = person % 2 == 0

    found = corrected_share(human, human, np.ones(400, dtype=bool), person)

    assert (found.low, found.high) == pytest.approx(wilson(6.34, 12.68), abs=0.001)


def test_an_audit_without_error_leaves_doubt():
    machine = np.arange(4000) % 10 == 0
    audited = np.arange(4000) < 100

    right = corrected_share(machine, machine, audited, np.arange(4000))

    assert right.share == pytest.approx(0.1, abs=0.001)
    assert right.high - right.low > 0.04


def test_a_theme_that_nobody_found_may_still_be_there():
    none = np.zeros(4000, dtype=bool)

    found = corrected_share(none, none, np.arange(4000) < 100, np.arange(4000))

    # The rule of three: up to 3 in 100.
    assert (found.share, found.low) == (0, 0)
    assert 0.03 < found.high < 0.045


def test_few_clusters_give_a_share_and_no_interval():
    units = np.arange(70)

    found = corrected_share(units % 2 == 0, units % 3 == 0, units < 70, units % 7)

    assert found.share == pytest.approx(24 / 70)
    assert np.isnan(found.low)
    assert np.isnan(found.high)


def test_nothing_audited_gives_nothing():
    none = np.zeros(10, dtype=bool)

    assert np.isnan(corrected_share(none, none, none, np.arange(10)).share)


def test_units_drawn_with_unequal_chances_are_weighted():
    # Every second coded unit was audited and every tenth of the others.
    machine = np.arange(1200) < 200
    audited = np.where(machine, np.arange(1200) % 2 == 0, np.arange(1200) % 10 == 0)
    human = np.arange(1200) % 4 == 0
    weight = np.where(machine, 2.0, 10.0)

    found = corrected_share(machine, human, audited, np.arange(1200), weight)

    assert found.share == pytest.approx((100 + 500) / 1200)


@given(CELLS)
def test_shares_and_bounds_stay_between_nothing_and_all(cells):
    machine, human, audited = np.array(cells).T
    audited[:10] = True

    found = corrected_share(machine, human, audited, np.arange(len(cells)))

    assert 0 <= found.low <= found.share <= found.high <= 1
    assert found.high - found.low > 0.01
    assert 0 <= found.trust <= 1


def studies(n_studies):
    """Simulate 40 people whose themes return, and a coder that misses half of them."""
    random = np.random.default_rng(5)
    for _ in range(n_studies):
        sizes = np.clip(np.round(random.lognormal(2.0, 0.7, 40)), 2, 30).astype(int)
        person = np.repeat(np.arange(40), sizes)
        human = random.random(len(person)) < random.beta(1.2, 4.8, 40)[person]
        machine = random.random(len(person)) < np.where(human, 0.5, 0.03)
        audited = np.isin(
            np.arange(len(person)), random.choice(len(person), 100, replace=False)
        )
        yield person, human, machine, audited


def test_corrected_intervals_hold_the_truth_where_raw_ones_do_not():
    ours, raw, wide = [], [], []
    for person, human, machine, audited in studies(600):
        found = corrected_share(machine, human, audited, person)
        low, high = wilson(machine.sum(), len(machine))
        ours.append(found.low <= 0.2 <= found.high)
        raw.append(low <= 0.2 <= high)
        wide.append(found.high - found.low)

    assert 0.90 <= np.mean(ours) <= 0.98
    assert np.mean(raw) < 0.2
    assert np.mean(wide) < 0.25


def test_segments_taken_as_independent_would_hold_it_less_often():
    held = {"people": [], "segments": []}
    for person, human, machine, _ in studies(300):
        everything = np.ones(len(person), dtype=bool)
        for name, cluster in (("people", person), ("segments", np.arange(len(person)))):
            found = corrected_share(machine, human, everything, cluster)
            held[name].append(found.low <= 0.2 <= found.high)

    assert np.mean(held["people"]) >= 0.9
    assert np.mean(held["segments"]) < 0.85
