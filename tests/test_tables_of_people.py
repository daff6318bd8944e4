"""What comes together, who said what, and what changed over rounds."""

import dataclasses

import pytest
from hypothesis import given
from pandas.testing import assert_frame_equal

import empathy_insights as ei
from empathy_insights.analysis.case_matrix import case_matrix, coded_passages
from empathy_insights.analysis.codings_in_place import located
from empathy_insights.analysis.cooccurrence import cooccurrence
from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.analysis.rounds import round_order, theme_over_rounds
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.errors import TableError
from empathy_insights.text.segments import segment
from tests.conftest import few_examples
from tests.test_analysis import codings_of
from tests.test_theme_frequency import study, turns


@pytest.fixture(scope="module")
def corpus(talk):
    return talk(
        {
            "i1": [
                ("?", "How?"),
                ("ana", "Bus and food."),
                ("ana", "Art."),
                ("ana", "Bus, food."),
            ],
            "i2": [("ben", "Bus."), ("ben", "Food.")],
            "g": [("cy", "Bus."), ("di", "Food."), (None, "Bus and food!")],
        },
        roles={"ben": "teacher"},
        kinds={"g": "focus_group"},
        grade={"ana": "9"},
    )


CODED = (
    ("i1", 2, "bus"), ("i1", 2, "food"), ("i1", 3, "art"),
    ("i1", 4, "bus"), ("i1", 4, "food"),
    ("i2", 1, "bus"), ("i2", 2, "food"),
    ("g", 1, "bus"), ("g", 2, "food"), ("g", 3, "bus"), ("g", 3, "food"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("within", "people", "together", "either", "lift"),
    [
        # Two passages of ana's and the unknown voice's hold both; 7 of 8 hold one or both.
        ("segment", 1, 3, 7, 3 / (5 * 5 / 8)),
        ("answer", 1, 3, 7, 3 / (5 * 5 / 8)),
        ("person", 2, 2, 4, 2 / (3 * 3 / 4)),
        ("document", 4, 3, 3, 3 / (3 * 3 / 3)),
    ],
)
def test_themes_meet_in_a_passage_an_answer_a_person_or_a_document(
    corpus, within, people, together, either, lift
):
    pairs = cooccurrence(
        codings_of(*CODED), corpus, within=within, segments=segment(corpus)
    ).set_index(["theme", "other"])

    row = pairs.loc[("bus", "food")]
    assert (row["people"], row["together"], row["either"]) == (people, together, either)
    assert row["jaccard"] == pytest.approx(together / either)
    assert row["lift"] == pytest.approx(lift)


def test_pairs_that_never_meet_have_a_row_too(corpus):
    pairs = cooccurrence(codings_of(*CODED), corpus, within="segment")

    assert pairs[["theme", "other", "together"]].to_numpy().tolist() == [
        ["bus", "food", 3],
        ["art", "bus", 0],
        ["art", "food", 0],
    ]
    assert pairs["lift"].isna().all()


def test_a_unit_that_does_not_exist_is_refused(corpus):
    with pytest.raises(
        ValueError,
        match="within must be 'segment' or 'answer' or 'person' or 'document', not 'word'",
    ):
        cooccurrence(codings_of(*CODED), corpus, within="word")


@pytest.mark.parametrize("values", ["raised", "segments"])
def test_a_matrix_has_a_row_for_everyone_heard(corpus, values):
    book = Codebook("b", "B", themes=(Theme("bus", "Bus"), Theme("gym", "Gym")))
    codings = codings_of(*CODED, ("i2", 2, "bus"))

    table = case_matrix(codings, corpus, codebook=book, values=values)

    twice = 2 if values == "segments" else 1
    columns = ["participant_id", "role", "bus", "gym"]
    assert table[columns].to_numpy().tolist() == [
        ["ana", "student", twice, 0],
        ["ben", "teacher", twice, 0],
        ["cy", "student", 1, 0],
        ["di", "student", 0, 0],
    ]
    assert "grade" in table.columns
    assert table.attrs["audience"] == "team"


def test_a_theme_called_like_a_column_of_people_is_refused(corpus):
    with pytest.raises(TableError, match="'grade' is a theme and a column"):
        case_matrix(codings_of(("i1", 2, "grade")), corpus)


def test_a_coded_passage_has_a_column_for_each_level_of_theme(corpus):
    book = Codebook(
        "b", "B", themes=(Theme("bus", "Bus"), Theme("bus.late", "Late", parent="bus"))
    )
    codings = codings_of(("i1", 2, "bus"), ("i1", 2, "bus.late"), ("g", 3, "bus"))

    table = coded_passages(located(codings, corpus), corpus, segment(corpus), book)

    columns = [
        "segment_id", "participant_id", "theme", "theme_name", "sub_theme",
        "sub_theme_name", "role", "grade", "kind", "text",
    ]  # fmt: skip
    assert table[columns].astype(object).fillna("").to_numpy().tolist() == [
        ["g:0003.01", "", "bus", "Bus", "", "", "", "", "focus_group", "Bus and food!"],
        ["i1:0002.01", "ana", "bus", "Bus", "bus.late", "Late", "student", "9",
         "interview", "Bus and food."],
    ]  # fmt: skip


def test_values_that_do_not_exist_are_refused(corpus):
    with pytest.raises(ValueError, match="not 'words'"):
        case_matrix(codings_of(*CODED), corpus, values="words")


@pytest.fixture(scope="module")
def rounds(talk):
    corpus = talk(
        {
            "d1": [("ana", "Bus.")],
            "d2": [("ben", "Bus.")],
            "d3": [("ana", "Hm."), ("cy", "Bus.")],
            "d4": [("di", "Bus.")],
        }
    )
    told = corpus.documents.assign(
        round=["2", "2", "10", None],
        date=["2026-01-05", "2026-01-06", "2026-05-01", None],
    )
    return dataclasses.replace(
        corpus, documents=told.astype({"round": "str", "date": "str"})
    )


ROUNDS_CODED = (
    ("d1", 1, "bus"), ("d2", 1, "bus"), ("d3", 2, "bus"), ("d4", 1, "bus"),
)  # fmt: skip


def test_a_change_is_of_the_share_of_people_since_the_round_before(rounds):
    table = theme_over_rounds(codings_of(*ROUNDS_CODED), rounds)

    columns = ["round", "people", "of", "share"]
    assert table[columns].to_numpy().tolist() == [["2", 2, 2, 1.0], ["10", 1, 2, 0.5]]
    assert table["change"].iloc[1] == -0.5
    assert table["change"].isna().tolist() == [True, False]
    assert table["in_both"].iloc[1] == 1


@pytest.mark.parametrize("in_both", [False, True])
def test_a_change_of_different_people_is_as_unsure_as_a_crosstab_says(talk, in_both):
    people = [f"p{n}" for n in range(14)]
    people[7] = people[0] if in_both else people[7]
    corpus = talk({f"d{n:02d}": [(who, "Late.")] for n, who in enumerate(people)})
    told = corpus.documents.assign(round=["1"] * 7 + ["2"] * 7).astype({"round": "str"})
    corpus = dataclasses.replace(corpus, documents=told)
    coded = codings_of(*((f"d{n:02d}", 1, "bus") for n in [*range(2), *range(7, 13)]))
    coded = coded.assign(status="human")

    change = theme_over_rounds(coded, corpus).iloc[1]

    if in_both:  # the shares are not of different people
        assert change[["change_low", "change_high"]].isna().all()
        return
    beside = ei.crosstab(coded, corpus, by="round").set_index("round").loc["2"]
    assert change["change_low"] == pytest.approx(beside["difference_low"])
    assert change["change_high"] == pytest.approx(beside["difference_high"])
    assert change["change_high"] - change["change_low"] > 0.5


@pytest.mark.parametrize("dated", [True, False])
def test_rounds_go_by_date_and_without_one_by_their_number(rounds, dated):
    dates = ["2026-05-05", "2026-05-05", "2026-01-01", None] if dated else [None] * 4
    told = rounds.documents.assign(date=dates).astype({"date": "str"})

    ordered = round_order(dataclasses.replace(rounds, documents=told))

    assert ordered == (["10", "2"] if dated else ["2", "10"])


@pytest.mark.parametrize("table_of", [cooccurrence, case_matrix, theme_over_rounds])
def test_the_order_of_rows_changes_nothing(rounds, table_of):
    codings = codings_of(*ROUNDS_CODED, ("d1", 1, "food"))
    before = codings.copy(deep=True)

    table = table_of(codings.iloc[::-1], rounds)

    assert_frame_equal(table, table_of(codings, rounds))
    assert_frame_equal(codings, before)


@pytest.mark.parametrize("table_of", [cooccurrence, theme_over_rounds])
def test_without_codings_a_table_is_empty_and_has_its_columns(rounds, table_of):
    table = table_of(codings_of(), rounds)

    assert table.empty
    assert "people" in table.columns


def recount_pair(rows, within, first, second):
    """Count people, units with both and with either by loops alone."""
    units = {}
    for turn, (document, who, themes) in enumerate(rows):
        unit = {"answer": turn, "person": who, "document": document}[within]
        if unit is not None:
            units.setdefault(unit, []).append(
                (who, {name.split(".")[0] for name in themes})
            )
    both, either, people = 0, 0, set()
    for said in units.values():
        raised = set().union(*(themes for _, themes in said))
        either += bool({first, second} & raised)
        if {first, second} <= raised:
            both += 1
            people |= {who for who, themes in said if {first, second} & themes}
    return [len(people - {None}), both, either]


@pytest.mark.slow
@pytest.mark.parametrize("within", ["answer", "person", "document"])
@few_examples
@given(rows=turns)
def test_every_pair_is_what_loops_count(talk, within, rows):
    corpus, codings = study(talk, rows)

    pairs = cooccurrence(codings, corpus, within=within)

    for row in pairs.to_dict("records"):
        expected = recount_pair(rows, within, row["theme"], row["other"])
        assert [row["people"], row["together"], row["either"]] == expected


def test_what_unknown_voices_alone_raise_has_no_pair_of_people(talk):
    corpus = talk({"d": [("ana", "Bus."), (None, "Food!")]})
    codings = codings_of(("d", 1, "bus"), ("d", 2, "food"))

    assert cooccurrence(codings, corpus).empty
    assert cooccurrence(codings, corpus, within="document")["together"].tolist() == [1]


def test_two_themes_of_unknown_voices_alone_are_no_pair_of_people(talk):
    corpus = talk({"d": [("ana", "Hm."), (None, "Bus, food!")]})

    pairs = cooccurrence(codings_of(("d", 2, "bus"), ("d", 2, "food")), corpus)

    assert pairs.empty


@few_examples
@given(rows=turns)
def test_every_person_of_a_matrix_has_what_loops_count(talk, rows):
    corpus, codings = study(talk, rows)

    table = case_matrix(codings, corpus, values="segments")

    for row in table.to_dict("records"):
        for theme in table.attrs["names"]:
            passages = sum(
                who == row["participant_id"]
                and any(name.split(".")[0] == theme for name in themes)
                for _, who, themes in rows
            )
            assert row[theme] == passages


@pytest.mark.slow
@few_examples
@given(rows=turns)
def test_every_round_counts_as_the_theme_table_does(talk, rows):
    corpus, codings = study(talk, rows)
    told = corpus.documents.assign(round=corpus.documents["site"])
    corpus = dataclasses.replace(corpus, documents=told)

    table = theme_over_rounds(codings, corpus)

    columns = ["theme", "round", "name", "people", "of", "share", "low", "high"]
    by_round = theme_frequency(codings, corpus, by="round")
    known = by_round[by_round["round"] != "not known"].astype({"round": "str"})
    assert_frame_equal(
        table[columns].sort_values(["theme", "round"]).reset_index(drop=True),
        known[columns].sort_values(["theme", "round"]).reset_index(drop=True),
    )


def test_themes_of_most_people_come_first_each_person_once(rounds):
    # The gym has three people, the bus two: one of them in both rounds, which adds up to three.
    coded = [("d1", 1, "bus"), ("d3", 1, "bus"), ("d2", 1, "bus")]
    coded += [("d1", 1, "gym"), ("d2", 1, "gym"), ("d3", 2, "gym")]

    table = theme_over_rounds(codings_of(*coded), rounds)

    assert table["theme"].tolist() == ["gym", "gym", "bus", "bus"]


def test_rounds_say_whether_people_were_heard_in_several(rounds):
    attrs = theme_over_rounds(codings_of(*ROUNDS_CODED), rounds).attrs

    assert attrs["adds_up"] == {"round": False}
    assert attrs["rounds"] == ["2", "10"]


def test_unknown_voices_add_no_people_to_any_pair(talk):
    corpus = talk({"d": [(None, "Art, bus, food!"), ("ana", "Hm.")]})
    codings = codings_of(*(("d", 1, theme) for theme in ("art", "bus", "food")))

    pairs = cooccurrence(codings, corpus, within="answer")

    assert pairs["together"].tolist() == [1, 1, 1]
    assert pairs["people"].tolist() == [0, 0, 0]
