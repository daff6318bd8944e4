"""Groups beside each other, against other people's programs and published numbers."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from pandas.testing import assert_frame_equal
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from empathy_insights.analysis.crosstab import crosstab
from empathy_insights.analysis.intervals import (
    alone,
    differences,
    exact_tests,
    odds_ratios,
    shrunken_log_odds,
)
from empathy_insights.errors import TableError
from empathy_insights.publishing.suppression import publish
from tests.conftest import few_examples
from tests.test_analysis import codings_of
from tests.test_theme_frequency import study, turns


def one(k, n):
    return alone(np.array([k]), np.array([n]))


def interviews(talk, raised, *, grouped=False):
    """Build interviews: role -> (people who raised the bus, people heard)."""
    people = {
        f"{role}{n}": (role, n < yes)
        for role, (yes, of) in raised.items()
        for n in range(of)
    }
    if grouped:
        corpus = talk(
            {"g": [(who, "Words.") for who in people]},
            roles={who: role for who, (role, _) in people.items()},
            kinds={"g": "focus_group"},
        )
        rows = [("g", n, "bus") for n, (_, yes) in enumerate(people.values(), 1) if yes]
        return corpus, codings_of(*rows)
    corpus = talk(
        {who: [(who, "Words.")] for who in people},
        roles={who: role for who, (role, _) in people.items()},
    )
    return corpus, codings_of(
        *((who, 1, "bus") for who, (_, yes) in people.items() if yes)
    )


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_differences_are_those_that_newcombe_published(first, second, low, high):
    _, ours_low, ours_high = differences(one(*first), one(*second))

    assert ours_low[0] == pytest.approx(low, abs=5e-5)
    assert ours_high[0] == pytest.approx(high, abs=5e-5)


@pytest.mark.parametrize("cells", [(8, 10, 2, 6), (1, 9, 20, 31), (0, 7, 3, 12)])
def test_differences_are_those_of_statsmodels(cells):
    a, n, c, m = cells

    _, low, high = differences(one(a, n), one(c, m))

    theirs = confint_proportions_2indep(a, n, c, m, method="newcomb", compare="diff")
    assert (low[0], high[0]) == pytest.approx(theirs)


@pytest.mark.parametrize("cells", [(8, 10, 2, 6), (1, 9, 20, 31), (0, 7, 3, 12)])
def test_odds_ratios_are_those_of_statsmodels_with_half_a_person_added(cells):
    a, n, c, m = cells
    table = Table2x2(np.array([[a, n - a], [c, m - c]]) + 0.5)

    ratio, low, high = odds_ratios(one(a, n), one(c, m))

    assert ratio[0] == pytest.approx(table.oddsratio)
    assert (low[0], high[0]) == pytest.approx(table.oddsratio_confint())


def test_one_person_decides_what_an_exact_test_says():
    p = [exact_tests(one(8, 10), one(yes, 6))[0][0] for yes in (2, 1)]

    assert p == pytest.approx([0.12, 0.035], abs=0.005)


def test_false_discoveries_are_controlled_over_all_cells(talk):
    corpus, codings = interviews(
        talk, {"student": (9, 10), "teacher": (2, 8), "family": (3, 7)}
    )

    table = crosstab(codings, corpus, by="role", test=True)

    _, theirs, *_ = multipletests(table["p"], method="fdr_bh")
    assert table["q"].tolist() == pytest.approx(theirs.tolist())
    assert table.attrs["caution"].startswith("Exploratory")


def test_log_odds_are_drawn_to_nothing_where_few_people_spoke():
    few, _ = shrunken_log_odds(one(2, 2), one(0, 2))
    many, z = shrunken_log_odds(one(200, 200), one(0, 200))

    assert 0 < few[0] < 1.5  # 3.2 with half a person added
    assert many[0] > 5
    assert z[0] > 2


def test_each_group_stands_beside_all_others(talk):
    corpus, codings = interviews(talk, {"student": (8, 10), "teacher": (1, 6)})

    table = crosstab(codings, corpus, by="role")

    columns = ["role", "people", "of", "people_elsewhere", "of_elsewhere", "reading"]
    assert table[columns].to_numpy().tolist() == [
        ["student", 8, 10, 1, 6, "over-expressed"],
        ["teacher", 1, 6, 8, 10, "under-expressed"],
    ]


def test_a_difference_of_few_people_is_not_read_as_one(talk):
    corpus, codings = interviews(talk, {"student": (8, 8), "teacher": (0, 4)})

    assert crosstab(codings, corpus, by="role")["reading"].tolist() == ["", ""]


def test_there_is_no_p_unless_one_asks(talk):
    corpus, codings = interviews(talk, {"student": (8, 10), "teacher": (1, 6)})

    table = crosstab(codings, corpus, by="role")

    assert table[["p", "q"]].isna().all(axis=None)
    assert set(table["test_note"]) == {""}


@pytest.mark.parametrize(
    ("raised", "grouped", "note"),
    [
        ({"student": (8, 10), "teacher": (1, 4)}, False, "fewer than 5 people"),
        ({"student": (1, 9), "teacher": (0, 9)}, False, "fewer than one person"),
        ({"student": (8, 10), "teacher": (1, 6)}, True, "focus groups"),
    ],
)
def test_a_test_that_would_mislead_is_refused(talk, raised, grouped, note):
    corpus, codings = interviews(talk, raised, grouped=grouped)

    table = crosstab(codings, corpus, by="role", test=True)

    assert table["p"].isna().all()
    assert table["test_note"].str.contains(note).all()


def test_people_in_few_focus_groups_get_no_interval(talk):
    corpus, codings = interviews(
        talk, {"student": (8, 10), "teacher": (1, 6)}, grouped=True
    )

    table = crosstab(codings, corpus, by="role")

    numbers = ["difference_low", "difference_high", "odds_ratio_low"]
    assert table[numbers].isna().all(axis=None)
    assert table["difference"].notna().all()


def test_people_of_unknown_role_are_in_no_row_and_are_counted_apart(talk):
    corpus, codings = interviews(
        talk, {"student": (8, 10), "teacher": (1, 6), "unknown": (3, 3)}
    )

    table = crosstab(codings, corpus, by="role")

    assert table["role"].tolist() == ["student", "teacher"]
    assert table["of_elsewhere"].tolist() == [6, 10]
    assert table.attrs["not_known"] == 3


def test_a_person_of_two_rounds_is_elsewhere_in_neither(talk):
    corpus = talk({"d1": [("ana", "Bus.")], "d2": [("ana", "Hm."), ("ben", "Bus.")]})
    corpus = dataclasses.replace(
        corpus, documents=corpus.documents.assign(round=["1", "2"])
    )

    table = crosstab(codings_of(("d1", 1, "bus"), ("d2", 2, "bus")), corpus, by="round")

    columns = ["round", "people", "of", "people_elsewhere", "of_elsewhere"]
    assert table[columns].to_numpy().tolist() == [["1", 1, 1, 1, 1], ["2", 1, 2, 0, 0]]


def test_the_order_of_rows_changes_nothing(talk):
    corpus, codings = interviews(talk, {"student": (8, 10), "teacher": (1, 6)})
    before = codings.copy(deep=True)

    table = crosstab(codings.iloc[::-1], corpus, by="role", test=True)

    assert_frame_equal(table, crosstab(codings, corpus, by="role", test=True))
    assert_frame_equal(codings, before)


def test_a_column_that_does_not_exist_is_refused(talk):
    corpus, codings = interviews(talk, {"student": (1, 2)})

    with pytest.raises(TableError, match="no column 'grade' to group by"):
        crosstab(codings, corpus, by="grade")


def test_every_column_says_its_unit(talk):
    corpus, codings = interviews(talk, {"student": (1, 2)})

    table = crosstab(codings, corpus, by="role")

    assert set(table.columns) - set(table.attrs["units"]) == {"theme", "name", "role"}


def recount(rows, theme, site):
    """Count people here and elsewhere by loops alone; no site is no group."""
    sites = {"d1": "north", "d2": "south"}
    rows = [(sites.get(document), who, themes) for document, who, themes in rows]
    rows = [row for row in rows if row[0] is not None and row[1] is not None]
    here = {who for place, who, _ in rows if place == site}
    raised = [
        (place, who)
        for place, who, themes in rows
        if any(name.split(".")[0] == theme for name in themes)
    ]
    return [
        len({who for place, who in raised if place == site}),
        len(here),
        len({who for _, who in raised} - here),
        len({who for _, who, _ in rows} - here),
    ]


@few_examples
@given(rows=turns)
def test_every_cell_is_what_loops_count(talk, rows):
    corpus, codings = study(talk, rows)

    table = crosstab(codings, corpus, by="site")

    columns = ["people", "of", "people_elsewhere", "of_elsewhere"]
    for row in table.to_dict("records"):
        expected = recount(rows, row["theme"], row["site"])
        assert [row[name] for name in columns] == expected


def test_a_study_in_which_no_group_is_known_has_an_empty_table_for_all(talk):
    corpus, codings = interviews(talk, {"student": (3, 9)})

    table = crosstab(codings, corpus, by="site")

    assert table.empty
    assert table.attrs["not_known"] == 9
    assert publish(table, "school").empty


@pytest.mark.parametrize(
    ("status", "counted", "is_cautioned"),
    [("auto", "as coded", True), ("human", "by people", False)],
)
def test_a_count_of_codings_is_not_called_an_estimate(
    talk, status, counted, is_cautioned
):
    corpus, codings = interviews(talk, {"student": (3, 6), "teacher": (1, 5)})

    table = crosstab(codings.assign(status=status), corpus, by="role")

    assert set(table["counted"]) == {counted}
    assert ("a coder found" in table.attrs["caution"]) == is_cautioned


def test_an_estimate_says_that_it_is_one(sample_analysis):
    run = sample_analysis
    table = crosstab(
        run.codings, run.corpus, by="role", codebook=run.codebook, estimate=run.estimate
    )

    assert set(table["counted"]) == {"estimated"}
    assert "a coder found" not in table.attrs["caution"]
