import warnings

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


def sets(given, coder="x"):
    """Build codings of segments d0:1.1, d1:1.1, … from a set of themes each."""
    return CODINGS.frame(
        {
            "segment_id": f"d{n}:1.1",
            "theme": theme,
            "coder": coder,
            "status": "human",
            "method": "m",
            "codebook_sha256": "0",
        }
        for n, themes in enumerate(given)
        for theme in sorted(themes) or ["no_theme"]
    )


def pairs(both, only_a, only_b, neither):
    a = ["bus"] * (both + only_a) + [None] * (only_b + neither)
    b = ["bus"] * both + [None] * only_a + ["bus"] * only_b + [None] * neither
    return codings(a), codings(b)


def test_a_worked_example_by_hand():
    # 100 segments, 40 + 9 + 6 + 45: observed .85, expected by the margins .4964.
    [row, _] = agreement(*pairs(40, 9, 6, 45)).to_dict("records")

    assert (row["n"], row["both"], row["only_a"], row["only_b"], row["neither"]) == (
        100, 40, 9, 6, 45,
    )  # fmt: skip
    assert row["percent"] == pytest.approx(0.85)
    assert row["kappa"] == pytest.approx((0.85 - 0.4996) / (1 - 0.4996), abs=0.001)
    assert row["prevalence"] == pytest.approx(0.475)


def test_rare_themes_keep_a_high_ac1_where_kappa_collapses():
    # The kappa paradox: 118 of 125 agree, prevalence is extreme (Gwet 2008).
    [row, _] = agreement(*pairs(118, 5, 2, 0)).to_dict("records")

    assert row["kappa"] == pytest.approx(-0.0234, abs=0.001)
    assert row["ac1"] == pytest.approx(0.9408, abs=0.001)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=40))
def test_kappa_is_scikit_learns(marks):
    a, b = zip(*marks, strict=True)
    if not any(a + b) or len(set(a + b)) == 1:
        return

    [row, _] = agreement(
        codings(["bus" if mark else None for mark in a]),
        codings(["bus" if mark else None for mark in b]),
        n_resamples=10,
    ).to_dict("records")

    assert row["kappa"] == pytest.approx(cohen_kappa_score(a, b), nan_ok=True)


def test_the_interval_holds_alpha_and_is_the_same_every_time():
    table = agreement(*pairs(40, 9, 6, 45))

    assert table["low"][0] < table["alpha"][0] < table["high"][0]
    pd.testing.assert_frame_equal(table, agreement(*pairs(40, 9, 6, 45)))


def test_only_segments_that_both_have_read_are_compared():
    a, b = codings(["bus", None, "bus"]), codings(["bus", None])

    assert agreement(a, b)["n"].tolist() == [2, 2]


def test_the_uncoded_remainder_can_be_left_out():
    a, b = pairs(2, 1, 1, 90)

    assert agreement(a, b, universe="coded")["n"].tolist() == [4, 4]


def test_a_coder_without_a_word_on_a_segment_says_no_theme():
    machine = codings(["bus"]).query("theme != 'no_theme'")

    [row, _] = agreement(machine, codings(["bus", None, "bus"])).to_dict("records")

    assert (row["both"], row["only_b"], row["neither"]) == (1, 1, 1)


def test_suggestions_are_no_codings():
    suggested = codings(["bus"]).assign(status="suggested")

    [row, _] = agreement(suggested, codings(["bus", None])).to_dict("records")

    assert (row["both"], row["only_b"]) == (0, 1)


def test_few_positives_are_noted():
    table = agreement(*pairs(2, 1, 1, 50))

    assert table["note"].tolist() == ["too few", "too few"]
    assert table["reading"].tolist() == ["", ""]


def test_a_theme_given_everywhere_by_both_has_no_kappa():
    assert np.isnan(agreement(codings(["bus"] * 3), codings(["bus"] * 3))["kappa"][0])


def test_nothing_in_common_is_refused():
    other = codings(["bus", None]).assign(segment_id=["x:1.1", "x:2.1"])

    with pytest.raises(TableError, match="no segment in common"):
        agreement(codings(["bus", None]), other)


def test_whole_segments_are_compared_in_the_last_row():
    a = sets([{"bus", "time"}, {"bus"}, set(), {"time"}])
    b = sets([{"bus"}, {"bus"}, set(), {"food"}])

    row = agreement(a, b).set_index("theme").loc["(all themes)"]

    # By hand: 2/3, 0, 0 and 1 over 4 segments; 22 2/3 over the 28 pairs of 8 readings.
    assert row["percent"] == 0.5
    assert row["alpha"] == pytest.approx(1 - (5 / 3 / 4) / ((22 + 2 / 3) / 28))


def test_a_sub_theme_counts_as_its_theme_in_the_last_row():
    a, b = sets([{"bus"}, {"food"}]), sets([{"bus", "bus.late"}, {"food"}])

    assert agreement(a, b)["percent"].tolist() == [1, 0.5, 1, 1]


def test_empty_segments_can_be_left_out_of_the_last_row():
    a, b = sets([{"bus"}, set(), {"food"}]), sets([{"bus"}, set(), {"time"}])

    everything = agreement(a, b).iloc[-1]
    coded = agreement(a, b, universe="coded").iloc[-1]

    assert (everything["n"], everything["percent"]) == (3, pytest.approx(2 / 3))
    assert (coded["n"], coded["percent"]) == (2, 0.5)


def test_nothing_coded_gives_an_empty_table():
    assert agreement(codings([None]), codings([None]), universe="coded").empty


def test_where_nobody_disagrees_there_is_no_interval():
    row = agreement(*pairs(10, 0, 0, 20)).iloc[0]

    assert np.isnan(row["low"])
    assert (row["reading"], row["note"]) == ("rely", "nobody disagrees")


def test_from_few_documents_there_is_no_interval():
    row = agreement(*pairs(4, 1, 1, 1)).iloc[0]

    assert np.isnan(row["low"])


def test_with_three_coders_only_a_says_nothing():
    a, b = pairs(3, 1, 1, 5)

    row = agreement(a, b, a).iloc[0]

    assert (row["both"], row["neither"]) == (3, 5)
    assert pd.isna(row["only_a"])


def test_what_one_coder_has_not_read_is_missing_for_that_coder_alone():
    a, b = pairs(5, 0, 0, 5)
    read_half = a.iloc[:7]

    table = agreement(a, b, read_half)

    assert table["n"].tolist() == [10, 10]
    assert table["percent"].tolist() == [1, 1]


def test_the_tables_stay_as_they_are_and_row_order_does_not_matter():
    a, b = pairs(6, 3, 2, 9)
    before = a.copy()

    shuffled = agreement(a.sample(frac=1, random_state=1), b)

    pd.testing.assert_frame_equal(shuffled, agreement(a, b))
    pd.testing.assert_frame_equal(a, before)


def test_a_theme_that_few_documents_were_asked_about_gives_no_warning():
    """Documents are drawn again: some draws hold none in which it was compared."""
    a, b = (
        codings(given)
        for given in (["bus"] * 9 + ["food"] * 9, ["bus"] * 8 + ["food"] * 10)
    )
    asked = ["bus;food"] * 2 + ["food"] * 16
    a, b = (table.assign(asked=asked) for table in (a, b))
    keep = [True] * 2 + [False] * 7 + [True] * 9
    a, b = a[keep], b[keep]

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table = agreement(a, b).set_index("theme")

    assert table.loc["bus", "n"] == 2
