"""The theme table, recounted by plain loops, and everything it says beside people."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.analysis.frequency_rows import count_words
from empathy_insights.analysis.intervals import wilson
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.text.segments import segment
from tests.conftest import few_examples
from tests.test_analysis import codings_of

PEOPLE = {"ana": "student", "ben": "student", "cy": "teacher", None: None}
SITES = {"d1": "north", "d2": "south", "d3": None}
KINDS = {"d1": "interview", "d2": "focus_group", "d3": "focus_group"}
THEMES = ("bus", "bus.late", "food")

turns = st.lists(
    st.tuples(
        st.sampled_from(sorted(SITES)),
        st.sampled_from(["ana", "ben", "cy", None]),
        st.sets(st.sampled_from(THEMES)),
    ),
    min_size=1,
    max_size=10,
)


def study(talk, rows):
    """Build a corpus and codings from (document, person, themes)."""
    spoken = {
        name: [(who, "Words here.") for document, who, _ in rows if document == name]
        for name in SITES
    }
    spoken = {name: said for name, said in spoken.items() if said}
    corpus = talk(spoken, roles={k: v for k, v in PEOPLE.items() if k}, kinds=KINDS)
    documents = corpus.documents.assign(
        site=corpus.documents["document_id"].map(SITES).astype("str")
    )
    order = dict.fromkeys(SITES, 0)
    codings = []
    for document, _, themes in rows:
        order[document] += 1
        codings += [(document, order[document], theme) for theme in sorted(themes)]
    return dataclasses.replace(corpus, documents=documents), codings_of(*codings)


def recount(rows, theme, role, site):
    """Count people, heard, documents, groups and segments with loops alone."""
    people, heard, documents, groups, segments = set(), set(), set(), set(), 0
    for document, who, themes in rows:
        of_role = PEOPLE[who] or "not known"
        of_site = SITES[document] or "not known"
        if role not in {"all", of_role} or site not in {"all", of_site}:
            continue
        heard |= {who}
        if not any(name.split(".")[0] == theme for name in themes):
            continue
        people |= {who}
        documents |= {document}
        groups |= {document} if KINDS[document] == "focus_group" else set()
        segments += 1
    return [
        len(people - {None}), len(heard - {None}), len(documents), len(groups), segments,
    ]  # fmt: skip


@few_examples
@given(rows=turns)
def test_every_cell_and_margin_is_what_loops_count(talk, rows):
    corpus, codings = study(talk, rows)

    table = theme_frequency(codings, corpus, by=["role", "site"], margins=True)

    columns = ["people", "of", "documents", "groups", "segments"]
    for row in table.to_dict("records"):
        expected = recount(rows, row["theme"], row["role"], row["site"])
        assert [row[name] for name in columns] == expected
    cells = table[(table["role"] != "all") & (table["site"] != "all")]
    margin = table[(table["role"] == "all") & (table["site"] == "all")]
    added = cells.groupby("theme")["segments"].sum()
    assert added.to_dict() == margin.set_index("theme")["segments"].to_dict()


@pytest.fixture
def corpus(talk):
    """Return two interviews and a group, asked two questions."""
    corpus = talk(
        {
            "i1": [
                ("?", "Home?"),
                ("ana", "Bus bus."),
                ("?", "Food?"),
                ("ana", "Fine."),
            ],
            "i2": [("?", "Home?"), ("ben", "Three more words.")],
            "g1": [
                ("?", "Home?"),
                ("?", "Food?"),
                ("cy", "Food."),
                ("di", "Hm."),
                (None, "Yes!"),
            ],
        },
        roles={"ben": "teacher", "di": "family"},
        kinds={"g1": "focus_group"},
    )
    questions = ["home", "home", "food", "food", "home", "home", "home"]
    questions += ["food"] * 4
    return dataclasses.replace(
        corpus, utterances=corpus.utterances.assign(question_id=questions)
    )


def test_people_asked_are_the_denominator_of_a_question(corpus):
    codings = codings_of(("g1", 3, "food"), ("i1", 2, "food"))

    table = theme_frequency(codings, corpus, by="question_id")

    assert table[["question_id", "people", "of"]].to_numpy().tolist() == [
        ["food", 1, 3],  # ana, cy, and di, who only said "Hm."
        ["home", 1, 4],  # in g1 it was asked and nobody answered
    ]
    assert table.attrs["adds_up"] == {"question_id": False}


def test_a_person_heard_in_two_rounds_counts_in_each_and_once_in_all(talk):
    corpus = talk({"d1": [("ana", "Bus.")], "d2": [("ana", "Bus."), ("ben", "Hm.")]})
    rounds = corpus.documents.assign(round=["1", "2"])
    corpus = dataclasses.replace(corpus, documents=rounds)

    table = theme_frequency(
        codings_of(("d1", 1, "bus"), ("d2", 1, "bus")), corpus, by="round", margins=True
    )

    assert table[["round", "people", "of", "segments"]].to_numpy().tolist() == [
        ["1", 1, 1, 1],
        ["2", 1, 2, 1],
        ["all", 1, 2, 2],
    ]
    assert table.attrs["adds_up"] == {"round": False}


def test_segments_are_split_by_who_coded_them_and_suggestions_stand_apart(corpus):
    codings = codings_of(
        ("i1", 2, "bus", "human"),
        ("i1", 4, "bus", "accepted"),
        ("i2", 2, "bus", "auto"),
        ("g1", 3, "bus", "suggested"),
        ("g1", 4, "food", "suggested"),
    )
    book = Codebook("b", "B", themes=(Theme("bus", "Bus"), Theme("food", "Food")))

    table = theme_frequency(codings, corpus, codebook=book)

    columns = ["theme", "people", "segments", "human", "accepted", "auto", "suggested"]
    assert table[[*columns, "state", "verbal"]].to_numpy().tolist() == [
        ["bus", 2, 3, 1, 1, 1, 1, "partly checked", ""],
        ["food", 0, 0, 0, 0, 0, 1, "partly checked", ""],
    ]


def test_what_people_alone_have_coded_is_checked_and_has_a_word(corpus):
    codings = codings_of(
        ("i1", 2, "bus", "human"),
        ("i1", 4, "bus", "accepted"),
        ("i2", 2, "bus", "human"),
        ("g1", 3, "food", "rejected"),
    )
    book = Codebook("b", "B", themes=(Theme("bus", "Bus"), Theme("food", "Food")))

    table = theme_frequency(codings, corpus, codebook=book)

    columns = ["theme", "people", "low", "high", "read", "state", "verbal"]
    assert table[columns].to_numpy().tolist() == [
        ["bus", 2, 2.0, 2.0, 4, "checked", "many"],
        ["food", 0, 0.0, 0.0, 4, "checked", "nobody"],
    ]


def test_the_share_of_words_is_of_all_words_that_are_no_facilitators(corpus):
    codings = codings_of(("i2", 2, "bus"), ("i1", 2, "bus"), ("i1", 2, "bus.late"))

    table = theme_frequency(
        codings, corpus, level="all", segments=segment(corpus), by="role", margins=True
    )

    said = table.set_index(["role", "theme"])["share_of_words"]
    assert said["all", "bus"] == pytest.approx(5 / 9)
    assert said["teacher", "bus"] == 1
    assert said["student", "bus.late"] == pytest.approx(2 / 4)
    assert said["family", "bus"] == 0


@pytest.mark.parametrize(
    ("unit", "of", "share", "has_interval"),
    [
        ("people", 4, 2 / 4, True),
        ("documents", 3, 2 / 3, True),
        ("groups", 1, 0, False),
        ("segments", 6, 2 / 6, False),
        ("words", 9, 3 / 9, False),
    ],
)
def test_a_share_is_of_the_unit_that_was_asked_for(talk, unit, of, share, has_interval):
    corpus = talk(
        {
            "i1": [("ana", "Bus bus."), ("ana", "Fine.")],
            "i2": [("ben", "Bus."), ("cy", "Three more words.")],
            "g1": [("di", "Hm."), (None, "Yes!")],
        },
        kinds={"g1": "focus_group"} if unit == "groups" else {},
    )
    codings = codings_of(("i1", 1, "bus", "human"), ("i2", 1, "bus", "human"))

    [row] = theme_frequency(
        codings, corpus, unit=unit, segments=segment(corpus)
    ).to_dict("records")

    assert (row["of"], row["share"]) == (of, pytest.approx(share))
    assert (row["share_low"] == row["share_low"]) == has_interval
    assert (row["share_high"] == row["share_high"]) == has_interval


@pytest.mark.parametrize("unit", ["people", "documents"])
def test_a_share_that_nobody_has_checked_has_no_interval(corpus, unit):
    codings = codings_of(("i1", 2, "bus"), ("i2", 2, "bus", "human"))

    table = theme_frequency(codings, corpus, unit=unit)

    assert table["share"].notna().all()
    ends = ["low", "high", "share_low", "share_high"]
    assert table[ends].isna().all(axis=None)


def test_the_interval_of_documents_is_wilsons(talk):
    corpus = talk({"i1": [("ana", "Bus.")], "i2": [("ana", "Hm.")]})

    table = theme_frequency(
        codings_of(("i1", 1, "bus", "human")), corpus, unit="documents"
    )

    low, high = wilson(1, 2)
    np.testing.assert_allclose(table[["share_low", "share_high"]], [[low, high]])


def test_a_share_of_segments_needs_the_segments(corpus):
    with pytest.raises(ValueError, match="a share of segments needs segments="):
        theme_frequency(codings_of(("i1", 2, "bus")), corpus, unit="segments")


def test_both_levels_count_a_part_once_for_its_theme(corpus):
    codings = codings_of(("i1", 2, "bus.late"), ("i1", 2, "bus"), ("i2", 2, "bus.full"))

    table = theme_frequency(codings, corpus, level="all")

    assert table[["theme", "people", "segments"]].to_numpy().tolist() == [
        ["bus", 2, 2],
        ["bus.full", 1, 1],
        ["bus.late", 1, 1],
    ]


def test_a_table_says_what_it_must_be_read_with(corpus):
    book = Codebook("b", "B", themes=(Theme("bus", "Bus"),), version="3")

    facts = theme_frequency(
        codings_of(("i1", 2, "bus"), ("g1", 3, "bus", "suggested")),
        corpus,
        codebook=book,
    ).attrs

    assert facts["n"] == "4 people heard in 3 documents"
    assert facts["coding_status"] == "auto"
    assert facts["audience"] == "team"
    assert facts["codebook"] == f"b 3 ({book.sha256[:12]})"
    assert facts["units"]["of"].startswith("people heard")


def test_every_column_of_numbers_says_its_unit(corpus):
    table = theme_frequency(codings_of(("i1", 2, "bus")), corpus)

    unnamed = set(table.columns) - set(table.attrs["units"])
    assert unnamed == {"theme", "name"}


def test_the_codings_are_not_changed(corpus):
    codings = codings_of(("i1", 2, "bus"), ("i2", 2, "bus.full"))
    before = codings.copy(deep=True)

    theme_frequency(codings, corpus, by=["role", "question_id"], margins=True)

    pd.testing.assert_frame_equal(codings, before)


@given(
    st.lists(
        st.text(
            alphabet=st.one_of(
                st.characters(exclude_categories=["Cs"]),
                st.sampled_from(" \n\t\x0b\x1c\x85\xa0\u2003\u2028\u3000"),
            )
        ),
        max_size=5,
    )
)
def test_words_are_what_white_space_separates(texts):
    counts = count_words(pd.Series(texts, dtype="str"))

    assert counts.tolist() == [len(text.split()) for text in texts]


def test_documents_in_which_nobody_counts_are_none_of_those_heard_in(talk):
    said = talk(
        {
            "a": [("ana", "Bus late.")],
            "b": [(None, "Notes."), ("?", "So?")],
            "c": [("?", "Why?"), ("ana", "Bus.")],
        }
    )

    facts = theme_frequency(codings_of(("a", 1, "bus")), said).attrs

    assert facts["n"] == "1 person heard in 2 documents"
