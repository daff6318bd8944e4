import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from empathy_insights.analysis.agreement import agreement
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS


def codings(themes, coder="x"):
    """Build codings of segments d0:1.1, d1:1.1, … from one theme (or none) each."""
    return CODINGS.frame(
        {
            "segment_id": f"d{n}:1.1",
            "theme": theme or "no_theme",
            "coder": coder,
            "status": "human",
            "method": "m",
            "codebook_sha256": "0",
        }
        for n, theme in enumerate(themes)
    )


def pairs(both, only_a, only_b, neither):
    a = ["bus"] * (both + only_a) + [None] * (only_b + neither)
    b = ["bus"] * both + [None] * only_a + ["bus"] * only_b + [None] * neither
    return codings(a), codings(b)


def test_a_worked_example_by_hand():
    # 100 segments, 40 + 9 + 6 + 45: observed .85, expected by the margins .4964.
    [row] = agreement(*pairs(40, 9, 6, 45)).to_dict("records")

    assert (row["n"], row["both"], row["only_a"], row["only_b"], row["neither"]) == (
        100, 40, 9, 6, 45,
    )  # fmt: skip
    assert row["percent"] == pytest.approx(0.85)
    assert row["kappa"] == pytest.approx((0.85 - 0.4996) / (1 - 0.4996), abs=0.001)
    assert row["prevalence"] == pytest.approx(0.475)


def test_rare_themes_keep_a_high_ac1_where_kappa_collapses():
    # The kappa paradox: 118 of 125 agree, prevalence is extreme (Gwet 2008).
    [row] = agreement(*pairs(118, 5, 2, 0)).to_dict("records")

    assert row["kappa"] == pytest.approx(-0.0234, abs=0.001)
    assert row["ac1"] == pytest.approx(0.9408, abs=0.001)


def test_alpha_gives_the_published_value_of_a_binary_example():
    # Krippendorff (2011), two observers, ten binary units.
    a = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    b = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]

    [row] = agreement(
        codings(["bus" if value else None for value in a]),
        codings(["bus" if value else None for value in b]),
    ).to_dict("records")

    assert row["alpha"] == pytest.approx(0.095, abs=0.0005)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=40))
def test_kappa_is_scikit_learns(marks):
    a, b = zip(*marks, strict=True)
    if not any(a + b) or len(set(a + b)) == 1:
        return

    [row] = agreement(
        codings(["bus" if mark else None for mark in a]),
        codings(["bus" if mark else None for mark in b]),
        n_resamples=10,
    ).to_dict("records")

    assert row["kappa"] == pytest.approx(cohen_kappa_score(a, b), nan_ok=True)


def test_the_interval_holds_kappa_and_is_the_same_every_time():
    table = agreement(*pairs(40, 9, 6, 45))

    assert table["low"][0] < table["kappa"][0] < table["high"][0]
    pd.testing.assert_frame_equal(table, agreement(*pairs(40, 9, 6, 45)))


def test_only_segments_that_both_have_read_are_compared():
    a, b = codings(["bus", None, "bus"]), codings(["bus", None])

    assert agreement(a, b)["n"].tolist() == [2]


def test_the_uncoded_remainder_can_be_left_out():
    a, b = pairs(2, 1, 1, 90)

    assert agreement(a, b, universe="coded")["n"].tolist() == [4]


def test_a_coder_without_a_word_on_a_segment_says_no_theme():
    machine = codings(["bus"]).query("theme != 'no_theme'")

    [row] = agreement(machine, codings(["bus", None, "bus"])).to_dict("records")

    assert (row["both"], row["only_b"], row["neither"]) == (1, 1, 1)


def test_suggestions_are_no_codings():
    suggested = codings(["bus"]).assign(status="suggested")

    [row] = agreement(suggested, codings(["bus", None])).to_dict("records")

    assert (row["both"], row["only_b"]) == (0, 1)


def test_few_positives_are_noted():
    assert agreement(*pairs(2, 1, 1, 50))["note"].tolist() == ["too few"]


def test_a_theme_given_everywhere_by_both_has_no_kappa():
    assert np.isnan(agreement(codings(["bus"] * 3), codings(["bus"] * 3))["kappa"][0])


def test_nothing_in_common_is_refused():
    other = codings(["bus", None]).assign(segment_id=["x:1.1", "x:2.1"])

    with pytest.raises(TableError, match="no segment in common"):
        agreement(codings(["bus", None]), other)
