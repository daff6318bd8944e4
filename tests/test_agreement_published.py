"""Agreement against worked examples in print and against other people's programs."""

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics import masi_distance as nltk_masi
from nltk.metrics.agreement import AnnotationTask

from empathy_insights.analysis.agreement import agreement, masi_distance
from empathy_insights.tables import CODINGS
from tests.conftest import few_examples

MARKS = st.lists(
    st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=3, max_size=30
)
SETS = st.lists(
    st.tuples(*[st.frozensets(st.sampled_from("abc"), min_size=1)] * 3),
    min_size=3,
    max_size=15,
)


def codings(given_themes):
    """Build codings: a set of themes a segment, or None where it was not read."""
    return CODINGS.frame(
        {
            "segment_id": f"d{n}:1.1",
            "theme": theme,
            "coder": "x",
            "status": "human",
            "method": "m",
            "codebook_sha256": "0",
        }
        for n, themes in enumerate(given_themes)
        if themes is not None
        for theme in sorted(themes) or ["no_theme"]
    )


def marked(marks):
    return codings([{"bus"} if mark in {True, "1"} else set() for mark in marks])


def row_of(table, theme):
    return table.set_index("theme").loc[theme]


def test_two_observers_and_binary_data_as_krippendorff_2011_computes_them():
    # "Computing Krippendorff's Alpha-Reliability", section A: alpha = .095.
    table = agreement(marked("0100000010"), marked("1110010000"))

    assert row_of(table, "bus")["alpha"] == pytest.approx(0.095, abs=0.0005)


def test_four_observers_and_missing_data_as_krippendorff_2011_computes_them():
    # The same, section C: nominal data of 12 units, of which one has a single value and
    # drops out; alpha = .743. Sets of one theme have the nominal distance.
    observers = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    tables = [
        codings([None if value == "." else {f"t{value}"} for value in values])
        for values in observers
    ]
    # A theme that no unit has makes every table say what it has read.
    tables = [
        CODINGS.frame(
            [
                *table.to_dict("records"),
                {**table.iloc[0].to_dict(), "segment_id": "z:1.1", "theme": "no_theme"},
            ]
        )
        for table in tables
    ]

    everything = agreement(*tables, universe="coded")

    assert row_of(everything, "(all themes)")["alpha"] == pytest.approx(0.743, abs=5e-4)


FLEISS_1971 = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050
02031 00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040
10500 00006
"""


def test_thirty_patients_and_six_psychiatrists_as_fleiss_1971_computes_them():
    # Kappa .430, by diagnosis .245 .245 .520 .471 .566 (as R's irr::kappam.fleiss
    # prints for `diagnoses`). Alpha corrects Fleiss' kappa for 180 readings.
    diagnoses = [
        [f"d{kind}" for kind, n in enumerate(counts) for _ in range(int(n))]
        for counts in FLEISS_1971.split()
    ]
    tables = [
        codings([{patient[rater]} for patient in diagnoses]) for rater in range(6)
    ]

    table = agreement(*tables, n_resamples=10)

    fleiss = 1 - (1 - table["alpha"]) * 180 / 179
    assert fleiss.tolist() == pytest.approx(
        [0.245, 0.245, 0.520, 0.471, 0.566, 0.430], abs=0.0006
    )


THREE = (
    "0001001000000000000011011000000111010101",
    "0001001000100000101011011000000111110101",
    "1001000010000000000011011010000111010100",
)


def test_three_coders_get_the_values_of_irrcac():
    # irrCAC 0.4.4 (Gwet): CAC(...).gwet(), .conger(), .krippendorff().
    row = row_of(agreement(*map(marked, THREE)), "bus")

    assert row["ac1"] == pytest.approx(0.7273415804)
    assert row["kappa"] == pytest.approx(0.667896679)
    assert row["alpha"] == pytest.approx(0.6693423896)


def test_three_coders_of_whom_one_read_less_get_the_values_of_irrcac():
    tables = [marked(THREE[0]), marked(THREE[1]), marked(THREE[2][:25])]

    row = row_of(agreement(*tables), "bus")

    assert row["percent"] == pytest.approx(0.875)
    assert row["ac1"] == pytest.approx(0.7717039762)
    assert row["kappa"] == pytest.approx(0.7176204819)
    assert row["alpha"] == pytest.approx(0.7028571429)


@few_examples
@given(MARKS)
def test_alpha_is_the_one_of_the_package_krippendorff(marks):
    values = np.array(marks).T
    if len(np.unique(values)) < 2:
        return

    table = agreement(*map(marked, values), n_resamples=5)

    assert row_of(table, "bus")["alpha"] == pytest.approx(
        krippendorff.alpha(values.astype(int), level_of_measurement="nominal")
    )


@few_examples
@given(MARKS)
def test_kappa_of_three_coders_is_the_one_of_nltk(marks):
    values = np.array(marks).T
    if len(np.unique(values)) < 2:
        return
    task = AnnotationTask(
        [
            (coder, unit, bool(mark))
            for coder, row in enumerate(values)
            for unit, mark in enumerate(row)
        ]
    )

    table = agreement(*map(marked, values), n_resamples=5)

    assert row_of(table, "bus")["kappa"] == pytest.approx(task.multi_kappa())


@few_examples
@given(SETS)
def test_alpha_of_whole_segments_is_the_one_of_nltk(sets):
    if len({given for row in sets for given in row}) < 2:
        return
    task = AnnotationTask(
        [
            (coder, unit, themes)
            for unit, row in enumerate(sets)
            for coder, themes in enumerate(row)
        ],
        distance=nltk_masi,
    )

    table = agreement(*map(codings, zip(*sets, strict=True)), n_resamples=5)

    assert row_of(table, "(all themes)")["alpha"] == pytest.approx(task.alpha())


@given(st.frozensets(st.sampled_from("abcd")), st.frozensets(st.sampled_from("abcd")))
def test_masi_distance_is_the_one_of_nltk(first, second):
    held = np.array([[name in both for name in "abcd"] for both in (first, second)])

    expected = nltk_masi(first, second) if first or second else 0

    assert masi_distance(held)[0, 1] == pytest.approx(expected)
