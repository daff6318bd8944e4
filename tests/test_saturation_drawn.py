"""The curve of saturation of an estimate says no more than its draws bear out."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.analysis.estimate.counts import N_DRAWS
from empathy_insights.report.charts.round_charts import (
    alt_text_of_saturation,
    plot_saturation,
)
from empathy_insights.tables import CODINGS

THEMES = ("bus", "food", "wifi")
NOTHING = CODINGS.frame([])


pytestmark = pytest.mark.usefixtures("figures_closed")


@pytest.fixture
def corpus(talk):
    """Return six interviews of one passage each."""
    return talk({name: [(f"p_{name}", "Words.")] for name in "abcdef"})


@pytest.fixture
def drawn(corpus):
    """Return a builder of estimates: in which share of the draws a passage has a theme."""
    ids = ei.segment(corpus)["segment_id"]
    chances = pd.DataFrame({"segment_id": ids, **dict.fromkeys(THEMES, 0.1)})

    def build(shares, codings=NOTHING):
        estimate = ei.estimate_counts(chances, codings, corpus)
        raised = np.zeros((6, 3, N_DRAWS), dtype=bool)
        for (document, theme), share in shares.items():
            at = "abcdef".index(document), THEMES.index(theme)
            raised[at][N_DRAWS - round(share * N_DRAWS) :] = True
        return replace(estimate, raised=np.packbits(raised, axis=-1))

    return build


def curve(corpus, estimate, codings=NOTHING, **options):
    return ei.saturation(codings, corpus, level="main", estimate=estimate, **options)


def test_the_curve_is_of_what_was_drawn_and_not_of_codings(corpus, drawn):
    estimate = drawn({("a", "bus"): 1, ("c", "food"): 0.8, ("f", "wifi"): 0.3})

    table = curve(corpus, estimate)

    assert table["known"].tolist() == [1, 1, 2, 2, 2, 2]
    assert table["new"].tolist() == [1, 0, 1, 0, 0, 0]
    assert table[["low", "high"]].iloc[-1].tolist() == [1, 3]


def test_a_first_look_is_said_first_and_both_ends_of_what_is_new(corpus, drawn):
    estimate = drawn({("a", "bus"): 1, ("f", "wifi"): 0.3})

    facts = curve(corpus, estimate).attrs

    assert facts["state"] == "first look"
    assert facts["finding"] == (
        "First look: the last 2 of 6 interviews may have added 0 to 1 new themes; a "
        "closed codebook saturates by construction"
    )
    assert facts["caution"].startswith(
        "first look: nobody has read, and the curve is drawn from what the coder thinks "
        "likely; a closed codebook"
    )


@pytest.mark.parametrize(
    ("share", "is_reached", "report"),
    [
        (0.05, True, "≤5 % at 4+2, in nine of ten draws"),
        (0.3, False, "≤5 % not known to be reached"),
    ],
)
def test_little_is_new_only_where_nine_of_ten_draws_say_so(
    corpus, drawn, share, is_reached, report
):
    estimate = drawn({("a", "bus"): 1, ("f", "wifi"): share})

    table = curve(corpus, estimate)

    assert table["reached"].tolist() == [False] * 5 + [is_reached]
    assert table["ratio"].iloc[-1] == (0 if is_reached else 1)
    assert table.attrs["report"] == report


def test_a_base_that_may_be_empty_is_no_denominator(corpus, drawn):
    table = curve(corpus, drawn({("a", "bus"): 0.5}))

    assert table["ratio"].isna().all()
    assert not table["reached"].any()


def test_where_all_was_read_it_is_what_people_counted(corpus):
    ids = ei.segment(corpus)["segment_id"]
    chances = pd.DataFrame({"segment_id": ids, **dict.fromkeys(THEMES, 0.1)})
    rows = [(ids[0], "bus"), (ids[4], "food"), *((one, "no_theme") for one in ids)]
    read = CODINGS.frame(
        {"segment_id": one, "theme": theme, "coder": "kim", "status": "human",
         "method": "", "codebook_sha256": ""}
        for one, theme in rows
    )  # fmt: skip
    estimate = ei.estimate_counts(chances, read, corpus)

    table = curve(corpus, estimate, read)
    as_coded = ei.saturation(read, corpus, level="main")

    pd.testing.assert_frame_equal(table, as_coded)
    assert table.attrs["finding"] == as_coded.attrs["finding"]
    assert table.attrs["report"] == as_coded.attrs["report"]
    assert table.attrs["caution"] == as_coded.attrs["caution"]


def test_a_theme_that_people_gave_and_no_coder_judged_is_in_every_draw(corpus, drawn):
    estimate = drawn({("a", "bus"): 1})
    ids = ei.segment(corpus)["segment_id"]
    theirs = CODINGS.frame(
        {"segment_id": ids[2], "theme": theme, "coder": "kim", "status": status,
         "method": "", "codebook_sha256": ""}
        for theme, status in (("choir", "human"), ("yard", "auto"))
    )  # fmt: skip

    assert curve(corpus, estimate, theirs)["known"].tolist() == [1, 1, 2, 2, 2, 2]


def test_each_group_has_a_curve_of_its_own_passages(talk):
    corpus = talk(
        {"a": [("ana", "Bus."), ("tom", "Food.")], "b": [("tom", "Art.")]},
        roles={"tom": "teacher"},
    )
    ids = ei.segment(corpus)["segment_id"]
    chances = pd.DataFrame({"segment_id": ids, "bus": 0.1})
    estimate = ei.estimate_counts(chances, NOTHING, corpus)
    raised = np.zeros((3, 1, N_DRAWS), dtype=bool)
    raised[[0, 2]] = True
    estimate = replace(estimate, raised=np.packbits(raised, axis=-1))

    table = curve(corpus, estimate, by="role")

    assert table[["role", "document_id", "new"]].to_numpy().tolist() == [
        ["student", "a", 1], ["teacher", "a", 0], ["teacher", "b", 1],
    ]  # fmt: skip


def test_nothing_heard_is_no_curve(talk):
    corpus = talk({"s": [("ana", "Bus.")]}, kinds={"s": "survey"})
    ids = ei.segment(corpus)["segment_id"]
    chances = pd.DataFrame({"segment_id": ids, "bus": 0.1})
    estimate = ei.estimate_counts(chances, NOTHING, corpus)

    assert (
        curve(corpus, estimate)
        .attrs["finding"]
        .startswith("No interview was heard, and")
    )


def test_few_interviews_are_too_few_to_say_more(talk):
    corpus = talk({"a": [("ana", "Bus.")]})
    ids = ei.segment(corpus)["segment_id"]
    chances = pd.DataFrame({"segment_id": ids, "bus": 0.5})
    estimate = ei.estimate_counts(chances, NOTHING, corpus)

    assert curve(corpus, estimate).attrs["finding"] == (
        "First look: 1 interview may have raised 0 to 1 themes; too few to say more"
    )


def test_sub_themes_are_counted_as_coded(corpus, drawn):
    estimate = drawn({("a", "bus"): 1})

    with_it = ei.saturation(NOTHING, corpus, estimate=estimate)

    pd.testing.assert_frame_equal(with_it, ei.saturation(NOTHING, corpus))


def test_the_chart_names_both_ends(corpus, drawn):
    table = curve(corpus, drawn({("a", "bus"): 1, ("f", "wifi"): 0.3}))

    said = [text.get_text() for text in plot_saturation(table).texts]

    assert "1 to 2 themes" in said
    assert "1 to 2 after 6" in alt_text_of_saturation(table)
