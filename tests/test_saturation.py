from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from empathy_insights.analysis.saturation import saturation
from empathy_insights.analysis.saturation_curve import SaturationRule, curve, raised_in
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.corpus import utterance_id
from empathy_insights.errors import TableError
from empathy_insights.report.charts.round_charts import (
    alt_text_of_saturation,
    plot_saturation,
)
from empathy_insights.tables import CODINGS
from empathy_insights.text.segments import segment
from empathy_insights.topics import fit_topics

# By hand, in the manner of Guest, Namey & Chen (2020), whose own table was not to hand:
# 37 codes in the first four interviews; then runs of 3/37 = 8 %, 2/37 = 5.4 % and
# 1/37 = 2.7 %, the first at or below 5 %, after interview 6.
BY_HAND = [20, 9, 5, 3, 2, 1, 1, 0]


pytestmark = pytest.mark.usefixtures("figures_closed")


def codings_of(raised, *, status="human"):
    """Build codings of the first turn of each document: document -> themes."""
    return CODINGS.frame(
        {
            "segment_id": f"{utterance_id(document, 1)}.01",
            "theme": theme,
            "coder": "x",
            "status": status,
            "method": "m",
            "codebook_sha256": "0",
        }
        for document, themes in raised.items()
        for theme in themes
    )


def raised_by(new):
    """Return themes by document, so many of them new; each returns to the first."""
    ends = np.cumsum(new)
    return {
        f"i{n:02d}": ["a.0", *(f"a.{code}" for code in range(end - added, end))]
        for n, (added, end) in enumerate(zip(new, ends, strict=True), 1)
    }


@pytest.fixture(scope="module")
def study(talk):
    """Return a builder of a corpus and codings from documents -> themes."""

    def build(raised, *, status="human", **options):
        turns = {name: [(f"p_{name}", "Words.")] for name in raised}
        corpus = talk(turns, **options)
        distinct = {name: list(dict.fromkeys(raised[name])) for name in raised}
        return codings_of(distinct, status=status), corpus

    return build


@pytest.fixture(scope="module")
def eight(study):
    """Return the eight interviews of the example by hand: codings and corpus."""
    return study(raised_by(BY_HAND))


def test_the_example_by_hand_is_reached_at_6_and_2(eight):
    table = saturation(*eight)

    expected = pd.DataFrame(
        {
            "documents": [1, 2, 3, 4, 5, 6, 7, 8],
            "new": BY_HAND,
            "known": [20, 29, 34, 37, 39, 40, 41, 41],
            "new_in_run": [20, 29, 14, 8, 5, 3, 2, 1],
            "ratio": [np.nan] * 5 + [3 / 37, 2 / 37, 1 / 37],
            "reached": [False] * 7 + [True],
        }
    )
    assert_frame_equal(table[list(expected)], expected, check_names=False)
    assert table.attrs["report"] == "≤5 % at 6+2"
    assert table.attrs["finding"] == (
        "The last 2 of 8 interviews added 1 new sub-theme; saturation ≤5 % at 6+2"
    )


@pytest.mark.parametrize(
    ("options", "report"),
    [
        ({"threshold": 0}, "0 % not reached"),
        ({"threshold": 0.1}, "≤10 % at 4+2"),
        ({"run": 1}, "≤5 % at 5+1"),
        ({"run": 3, "threshold": 0.06}, "≤6 % at 5+3"),
        ({"base": 5, "threshold": 2 / 39}, "≤5.12821 % at 5+2"),
        ({"base": 7}, "≤5 % not reached: 8 of the 9 documents it takes"),
    ],
    ids=str,
)
def test_base_run_and_threshold_can_be_chosen(eight, options, report):
    table = saturation(*eight, **options)

    assert table.attrs["report"] == report


def test_what_is_reached_can_be_lost_again(study):
    table = saturation(*study(raised_by([10, 0, 0, 4])), base=1)

    assert table["reached"].tolist() == [False, False, True, False]
    assert table.attrs["report"] == "≤5 % at 1+2, but not at the end"


def test_a_base_without_codes_is_no_denominator(study):
    table = saturation(*study({"a": [], "b": ["x.y"], "c": []}), base=1, run=1)

    assert table["ratio"].isna().all()
    assert table.attrs["report"] == "≤5 % not reached"


@pytest.mark.parametrize(
    ("raised", "finding"),
    [
        ({}, "No interview was heard, and answers to a survey have no order"),
        ({"a": []}, "No sub-theme was found in 1 interview"),
        ({"a": ["x.y"]}, "1 interview raised 1 sub-theme; too few to say more"),
        (
            {"a": ["x.y"], "b": [], "c": []},
            "The last 2 of 3 interviews added no new sub-themes; saturation ≤5 % not "
            "reached: 3 of the 6 documents it takes",
        ),
    ],
    ids=["none", "no codes", "one", "few"],
)
def test_little_is_said_of_few_interviews(study, raised, finding):
    assert saturation(*study(raised)).attrs["finding"] == finding


def test_documents_stand_by_date_then_by_id_and_undated_ones_last(study):
    codings, corpus = study({"a": ["x.1"], "b": ["x.1"], "c": ["x.2"], "d": ["x.2"]})
    dates = pd.Series([None, "2026-03-02", "2026-03-01", "2026-03-02"], dtype="str")
    corpus = replace(corpus, documents=corpus.documents.assign(date=dates))

    table = saturation(codings, corpus)

    assert table["document_id"].tolist() == ["c", "b", "d", "a"]
    assert table["new"].tolist() == [1, 1, 0, 0]
    assert table.attrs["order"] == (
        "by date, then by document_id; 1 without a date come last"
    )


def test_only_interviews_and_focus_groups_in_which_somebody_speaks_are_heard(talk):
    corpus = talk(
        {
            "asked": [("?", "Hello?")],
            "group": [("ana", "Bus."), (None, "Food.")],
            "notes": [(None, "Bus.")],
            "survey": [("ben", "Bus.")],
        },
        kinds={"group": "focus_group", "notes": "notes", "survey": "survey"},
    )
    codings = codings_of({"group": ["x.1"], "notes": ["x.2"], "survey": ["x.3"]})

    table = saturation(codings, corpus)

    assert table[["document_id", "kind", "known"]].to_numpy().tolist() == [
        ["group", "focus_group", 1]
    ]
    assert table.attrs["finding"].startswith("1 focus group raised 1 sub-theme")


@pytest.mark.parametrize("status", ["suggested", "rejected"])
def test_only_codings_that_count_are_known(study, status):
    codings, corpus = study({"a": ["x.1"]}, status=status)

    assert saturation(codings, corpus)["known"].tolist() == [0]


def test_main_themes_are_counted_without_sub_themes_and_said_to_be_closed(study):
    book = Codebook("b", "B", themes=(Theme("x", "X"), Theme("z", "Z")))
    codings, corpus = study({"a": ["x.1", "x.2"], "b": ["x.3"], "c": ["z"]})

    table = saturation(codings, corpus, level="main", codebook=book, base=1, run=1)

    assert table["new"].tolist() == [1, 0, 1]
    assert table.attrs["caution"] == (
        "a closed codebook saturates by construction: nobody can add to its 2 themes"
    )
    assert table.attrs["finding"] == (
        "The last of 3 interviews added 1 new theme; a closed codebook saturates by "
        "construction"
    )


@pytest.mark.parametrize(
    ("status", "caution"),
    [
        ("human", ""),
        (
            "auto",
            "coded automatically: nobody can add to the 1 sub-themes that the codebook "
            "lists",
        ),
    ],
)
def test_sub_themes_that_a_coder_gave_were_listed_beforehand(study, status, caution):
    themes = (Theme("x", "X"), Theme("x.1", "One", parent="x"), Theme("z", "Z"))
    book = Codebook("b", "B", themes=themes)
    codings, corpus = study({"a": ["x.1"]}, status=status)

    assert saturation(codings, corpus, codebook=book).attrs["caution"] == caution


def test_topics_are_counted_instead_of_codings(talk):
    corpus = talk(
        {
            "a": [("ana", "I forgot my password."), ("ana", "A password again.")],
            "b": [("ben", "The password failed.")],
            "c": [("cai", "The bus is late."), ("cai", "A late bus again.")],
        }
    )
    topics = fit_topics(segment(corpus), n_topics=2)

    table = saturation(codings_of({"b": ["x.1", "x.2"]}), corpus, topics=topics)

    assert table["known"].tolist() == [1, 1, 2]
    assert table.attrs["settings"]["what"] == "topic"
    assert table.attrs["coding_status"] == "no codings"
    assert table.attrs["caution"].startswith("topics were found in all documents")


def test_random_orders_show_what_the_order_did(study):
    table = saturation(*study({"a": ["x.1", "x.2"], "b": ["x.1"]}))

    assert table[["low", "high"]].to_numpy().tolist() == [[1, 2], [2, 2]]


def test_the_middle_of_random_orders_is_their_median(study):
    # One document of 20 has the only code: 9 of 20 orders have it by the ninth.
    raised = {f"i{n:02d}": ["x.1"] if n == 0 else [] for n in range(20)}

    table = saturation(*study(raised), n_shuffles=20_000)

    assert table["median"].iloc[[8, 10]].tolist() == [0, 1]


def test_the_band_holds_95_percent_of_random_orders(study):
    # One document of 30 has the only code: it is known after 1 in 1 of 30 orders
    # (3 %, more than 2.5), and not known after 29 in as many.
    raised = {f"i{n:02d}": ["x.1"] if n == 0 else [] for n in range(30)}

    table = saturation(*study(raised), n_shuffles=20_000)

    assert table["high"].iloc[0] == 1
    assert table["low"].iloc[28] == 0
    assert table["low"].iloc[29] == 1


def test_random_orders_are_the_same_again_and_others_with_another_state(eight):
    tables = [
        saturation(*eight, random_state=state, n_shuffles=5) for state in (0, 0, 1)
    ]

    assert_frame_equal(tables[0], tables[1])
    assert tables[0]["median"].tolist() != tables[2]["median"].tolist()


CODES = st.lists(st.sets(st.sampled_from("abcdef")), max_size=8)


@given(CODES)
def test_the_curve_counts_as_one_counts_by_hand(said):
    heard = pd.DataFrame(
        {"document_id": [f"d{n}" for n in range(len(said))], "kind": "interview"},
        dtype="str",
    )
    raised = pd.DataFrame(
        [(f"d{n}", code) for n, codes in enumerate(said) for code in codes],
        columns=["document_id", "theme"],
        dtype="str",
    )

    flags = raised_in(raised, heard["document_id"])
    table = curve(flags, heard, SaturationRule("code", n_shuffles=20))

    known = [len(set().union(*said[: n + 1])) for n in range(len(said))]
    assert table["known"].tolist() == known
    assert (table["low"] <= table["median"]).all()
    assert (table["median"] <= table["high"]).all()
    assert table[["low", "high"]].tail(1).to_numpy().ravel().tolist() == known[-1:] * 2


def test_each_role_has_a_curve_of_its_own_words(talk):
    corpus = talk(
        {
            "a": [("ana", "Bus."), ("tom", "Food.")],
            "b": [("tom", "Art.")],
            "c": [(None, "Bus.")],
        },
        roles={"tom": "teacher"},
    )
    codings = codings_of({"a": ["x.1"], "b": ["x.1"], "c": ["x.2"]})

    table = saturation(codings, corpus, by="role", base=1, run=1)

    columns = ["role", "documents", "document_id", "new"]
    assert table[columns].to_numpy().tolist() == [
        ["student", 1, "a", 1],
        ["teacher", 1, "a", 0],
        ["teacher", 2, "b", 1],
    ]
    assert table.attrs["by"] == ["role"]
    assert table.attrs["report"] == (
        "student: ≤5 % not reached: 1 of the 2 documents it takes; "
        "teacher: ≤5 % not reached"
    )


@pytest.mark.parametrize("by", ["kind", "document_id", "question_id", "grade"])
def test_one_can_group_by_any_column_of_people_and_documents(study, by):
    codings, corpus = study({"a": ["x.1"]}, grade={"p_a": "9"})
    turns = corpus.utterances.assign(question_id="q1")

    table = saturation(codings, replace(corpus, utterances=turns), by=by)

    assert table["known"].tolist() == [1]
    assert list(table).count(by) == 1


def test_a_column_that_the_table_has_of_its_own_is_refused(study):
    codings, corpus = study({"a": ["x.1"]}, high={"p_a": "yes"})

    with pytest.raises(TableError, match="has a column 'high' of its own; call"):
        saturation(codings, corpus, by="high")


def test_an_unknown_column_is_refused_with_the_choices(study):
    with pytest.raises(TableError, match="no column 'grade' to group by"):
        saturation(*study({"a": ["x.1"]}), by="grade")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"base": 0}, "'base' must be 1 or more, not 0"),
        ({"run": 0}, "'run' must be 1 or more"),
        ({"n_shuffles": 0}, "'n_shuffles' must be 1 or more"),
        ({"threshold": 5}, "'threshold' must be a share from 0 to 1"),
    ],
    ids=str,
)
def test_options_that_mean_nothing_are_refused(study, options, message):
    with pytest.raises(ValueError, match=message):
        saturation(*study({"a": ["x.1"]}), **options)


def test_row_order_changes_nothing_and_inputs_stay_as_they_were(eight):
    codings, corpus = eight
    before = codings.copy(), corpus.documents.copy(), corpus.utterances.copy()

    table = saturation(codings, corpus)
    turned = replace(
        corpus,
        documents=corpus.documents.iloc[::-1].reset_index(drop=True),
        utterances=corpus.utterances.iloc[::-1].reset_index(drop=True),
    )

    assert_frame_equal(saturation(codings.iloc[::-1], turned), table)
    assert_frame_equal(codings, before[0])
    assert_frame_equal(corpus.documents, before[1])
    assert_frame_equal(corpus.utterances, before[2])


def test_the_table_says_what_it_is(eight):
    attrs = saturation(*eight, n_shuffles=9).attrs

    assert attrs["table"] == "saturation"
    assert attrs["coding_status"] == "human"
    assert attrs["order"] == "by document_id, as no document has a date"
    assert attrs["units"]["median"].endswith("middle of 9 random orders")
    assert attrs["settings"] == {
        "what": "sub-theme", "base": 4, "run": 2, "threshold": 0.05, "n_shuffles": 9,
        "random_state": 0,
    }  # fmt: skip


def test_the_chart_draws_the_order_heard_beside_random_orders(eight):
    table = saturation(*eight)

    ax = plot_saturation(table)

    middle, steps, _ = ax.lines
    assert steps.get_ydata().tolist() == table["known"].tolist()
    assert middle.get_ydata().tolist() == table["median"].tolist()
    assert ax.get_title(loc="left").replace("\n", " ") == table.attrs["finding"]
    assert [text.get_text() for text in ax.texts] == [
        "41 sub-themes",
        "in the order heard",
        "sub-themes raised so far; grey: 200 random orders, the middle and 95 %",
    ]
    assert ax.get_xlabel() == "interviews and focus groups heard"


def test_the_chart_of_a_closed_codebook_says_so(study):
    table = saturation(*study({"a": ["x"], "b": ["x"]}), level="main")

    assert "Careful: a closed codebook saturates by" in plot_saturation(
        table
    ).get_xlabel().replace("\n", " ")


def test_the_chart_by_group_labels_every_curve(study):
    codings, corpus = study({"a": ["x.1"], "b": ["x.2"]}, roles={"p_b": "teacher"})

    ax = plot_saturation(saturation(codings, corpus, by="role"))

    labels = [text.get_text() for text in ax.texts]
    assert labels[:2] == ["students: 1", "teachers: 1"]
    assert ax.get_title(loc="left") == "Sub-themes known after each interview, by role"


@pytest.mark.parametrize("by", [None, "role"])
def test_nothing_heard_is_a_chart_too(study, by):
    ax = plot_saturation(saturation(*study({}), by=by), title="Nothing yet")

    assert ax.get_title(loc="left") == "Nothing yet"


def test_the_alt_text_says_the_finding_numbers_and_caution(study):
    table = saturation(*study({"a": ["x.1"], "b": ["x.2"]}, status="auto"))

    assert alt_text_of_saturation(table) == (
        "Step chart. 2 interviews raised 2 sub-themes; too few to say more. Sub-themes "
        "known: 1 after 1 (1 in random orders); 2 after 2 (2 in random orders). Caution: "
        "coded automatically: nobody can add to the sub-themes that the codebook lists."
    )


def test_a_long_curve_is_read_out_in_ten_numbers(study):
    raised = {f"i{n:02d}": [f"x.{n}"] for n in range(30)}

    text = alt_text_of_saturation(saturation(*study(raised)))

    assert text.count(" in random orders)") == 10
    assert "; 30 after 30 (30 in random orders)." in text


def test_themes_that_have_no_sub_themes_are_codes_too(study):
    themes = (
        Theme("x", "X"),
        Theme("x.1", "One", parent="x"),
        Theme("z", "Z"),
        Theme("y", "Y"),
    )
    book = Codebook("b", "B", themes=themes)
    codings, corpus = study({"a": ["x.1"], "b": ["x", "z"], "c": ["y"]})

    table = saturation(codings, corpus, codebook=book, base=1, run=1)

    assert table["known"].tolist() == [1, 2, 3]  # x is known by its part
    assert table.attrs["finding"] == (
        "The last of 3 interviews added 1 new code; saturation ≤5 % not reached"
    )
    # Without a codebook, nobody knows that "z" and "y" have no sub-themes.
    assert saturation(codings, corpus, base=1, run=1)["known"].tolist() == [1, 1, 1]


def test_a_codebook_of_themes_alone_has_a_curve(study):
    book = Codebook("b", "B", themes=(Theme("x", "X"), Theme("z", "Z")))
    codings, corpus = study({"a": ["x"], "b": ["z"]}, status="auto")

    table = saturation(codings, corpus, codebook=book, base=1, run=1)

    assert table["known"].tolist() == [1, 2]
    assert table.attrs["caution"] == (
        "coded automatically: nobody can add to the 2 codes that the codebook lists"
    )
