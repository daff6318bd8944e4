"""A table that somebody made, published alone: nothing in it leads to what is hidden."""

from itertools import product

import pandas as pd
import pytest

from empathy_insights.analysis.cooccurrence import cooccurrence
from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.analysis.saturation import saturation
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.publishing import publish
from empathy_insights.report.charts.chart_list import plot
from empathy_insights.tables import CODINGS

AUDIENCES = ("school", "public")
RAISED = {
    "bus": range(29),
    "food": range(5, 20),
    "sleep": range(18, 30),
    "pets": (7, 8),
}


@pytest.fixture(scope="module")
def study(talk):
    """Return thirty people's corpus and codings."""
    corpus = talk({f"p{n:02}": [(f"p{n:02}", "Words.")] for n in range(30)})
    codings = CODINGS.frame(
        {"segment_id": f"p{n:02}:0001.01", "theme": theme, "coder": "x", "status": "human",
         "method": "m", "codebook_sha256": "0"}
        for theme, people in RAISED.items() for n in people
    )  # fmt: skip
    return corpus, codings


def totals_solved(table):
    """Return every pair of theme totals that the shares of a published row leave."""
    found = {}
    for row in table[table["hidden"] == ""].itertuples():
        both = int(row.people)
        found[row.theme, row.other] = [
            (a, b)
            for a, b in product(range(both, 31), repeat=2)
            if (pd.isna(row.jaccard) or abs(both / (a + b - both) - row.jaccard) < 1e-9)
            and (pd.isna(row.lift) or abs(both * 30 / (a * b) - row.lift) < 1e-9)
        ]
    return found


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("within", ["person", "segment"])
def test_shares_of_pairs_tell_no_hidden_total(study, audience, within):
    corpus, codings = study
    pairs = cooccurrence(codings, corpus, within=within)
    themes = theme_frequency(codings, corpus)

    shown = publish(pairs, audience, beside=[themes])

    hidden = set(
        publish(themes, audience, beside=[pairs]).query("hidden != ''")["theme"]
    )
    assert "bus" in hidden
    for (theme, other), left in totals_solved(shown).items():
        if {theme, other} & hidden:
            assert len(left) > 100
        else:
            assert {len(RAISED[theme]), len(RAISED[other])} == {*left[0]}
    assert not publish(pairs, audience)[["jaccard", "lift"]].notna().any(axis=None)
    assert plot(shown) is not None


def looked_at(study, people, low, high):
    """Return the themes as a first look would tell them, of everybody who was heard."""
    corpus, codings = study
    table = theme_frequency(codings, corpus)
    told = {"people": people, "low": low, "high": high, "state": "first look"}
    return table.assign(**told).astype({"low": float, "high": float})


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(
    ("ends", "said"),
    [((30, 30, 30), "28 or more of 30"), ((29, 29, 30), "28 or more of 30"),
     ((28, 20, 30), "20 or more of 30"), ((20, 15, 30), "15 to 30 of 30")],
)  # fmt: skip
def test_a_first_look_does_not_say_that_everybody_raised_it(
    study, audience, ends, said
):
    shown = publish(looked_at(study, *ends), audience)

    assert set(shown["shown"]) == {said}
    if ends[0] >= 28:
        assert shown[["people", "low", "high", "share"]].isna().all(axis=None)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_few_documents_and_passages_are_not_told_beside_people(talk, audience):
    said = {f"d{n}": [(f"p{n}a", "Words."), (f"p{n}b", "Words.")] for n in range(12)}
    corpus = talk(said)
    status = ["human"] * 8 + ["auto"] * 3 + ["human"] * 9
    codings = CODINGS.frame(
        {"segment_id": f"d{n // 2}:{n % 2 + 1:04}.01", "theme": theme, "coder": "x",
         "status": kind, "method": "m", "codebook_sha256": "0"}
        for theme, people in (("bus", range(6)), ("food", range(20)))
        for n, kind in zip(people, status, strict=False)
    )  # fmt: skip
    table = theme_frequency(codings, corpus)

    shown = publish(table, audience).set_index("theme")

    least = {"school": 5, "public": 10}[audience]
    counts = ["documents", "segments", "human", "accepted", "auto", "suggested"]
    told = shown[counts].astype("float")
    assert not told.isin(range(1, least)).any(axis=None)
    assert table.set_index("theme").loc["bus", "documents"] == 3
    assert pd.isna(told.loc["bus", "documents"])
    assert told.loc["food", ["documents", "segments"]].tolist() == [10, 20]
    # The three that a machine gave are all passages less those of people.
    assert told.loc["food", ["human", "auto"]].isna().all()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_saturation_stays_with_the_team(study, audience):
    corpus, codings = study
    table = saturation(codings, corpus)

    with pytest.raises(EmpathyInsightsError, match="a row an interview and stays with"):
        publish(table, audience)
    assert publish(table, "team") is table


@pytest.mark.parametrize("index", [[7] * 4, [0, 0, 1, 1], list("abca")])
def test_names_of_rows_that_repeat_change_nothing(study, index):
    corpus, codings = study
    table = theme_frequency(codings, corpus)
    plain = publish(table, "school")

    again = publish(table.set_axis(index, axis=0), "school")

    pd.testing.assert_frame_equal(again, plain)
    pairs = cooccurrence(codings, corpus)
    several = pairs.set_axis([3] * len(pairs), axis=0)
    pd.testing.assert_frame_equal(publish(several), publish(pairs))
