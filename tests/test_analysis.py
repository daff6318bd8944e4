import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from empathy_insights.analysis.codings_in_place import counted
from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.analysis.intervals import share_intervals, wilson
from empathy_insights.analysis.population import coverage
from empathy_insights.analysis.quotes import quotes
from empathy_insights.analysis.stances import people_by_stance
from empathy_insights.analysis.voices import missing_voices, voices
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.corpus import utterance_id
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS
from empathy_insights.text.segments import segment

BOOK = Codebook(
    "b", "B", themes=(Theme("bus", "Bus"), Theme("food", "Food"), Theme("art", "Art"))
)


def codings_of(*rows):
    """Build codings from (document, turn, theme[, status[, stance]])."""
    return CODINGS.frame(
        {
            "segment_id": f"{utterance_id(document, turn)}.01",
            "theme": theme,
            "coder": "x",
            "status": (rest or ["auto"])[0],
            "method": "m",
            "stance": ([*rest, "neutral"] if len(rest) > 1 else ["", "neutral"])[1],
            "codebook_sha256": "0",
        }
        for document, turn, theme, *rest in rows
    )


@pytest.fixture
def corpus(talk):
    return talk(
        {
            "i1": [
                ("?", "How?"),
                ("ana", "Bus bus."),
                ("ana", "Bus again."),
                ("ana", "Food."),
            ],
            "i2": [("ben", "Food.")],
            "fg": [("cy", "Food."), (None, "Bus!"), ("di", "Art.")],
        },
        roles={"ben": "teacher", "eve": "family"},
        kinds={"fg": "focus_group"},
        priority_group={"eve": "newcomers", "ana": "iep"},
    )


CODED = [
    ("i1", 2, "bus"),
    ("i1", 3, "bus"),
    ("i1", 4, "food"),
    ("i2", 1, "food"),
    ("fg", 1, "food"),
    ("fg", 2, "bus"),
]


def test_people_are_counted_before_mentions(corpus):
    table = theme_frequency(codings_of(*CODED), corpus, codebook=BOOK)

    columns = [
        "theme",
        "people",
        "of",
        "documents",
        "groups",
        "segments",
        "roles",
        "status",
    ]
    assert table[columns].to_dict("split", index=False)["data"] == [
        ["food", 3, 4, 3, 1, 3, "student, teacher", "auto"],
        ["bus", 1, 4, 2, 1, 3, "student", "auto"],
        ["art", 0, 4, 0, 0, 0, "", ""],
    ]


def test_the_order_of_rows_changes_nothing(corpus):
    codings = codings_of(*CODED)

    assert_frame_equal(
        theme_frequency(codings.iloc[::-1], corpus), theme_frequency(codings, corpus)
    )


def test_groups_have_their_own_denominators(corpus):
    table = theme_frequency(codings_of(*CODED), corpus, by="role")

    food = table[table["theme"] == "food"]
    assert food[["role", "people", "of"]].to_dict("split", index=False)["data"] == [
        ["student", 2, 3],
        ["teacher", 1, 1],
        ["not known", 0, 0],
    ]


def test_one_can_count_by_two_columns(corpus):
    table = theme_frequency(codings_of(*CODED), corpus, by=["kind", "role"])

    rows = table[(table["theme"] == "food") & (table["kind"] == "interview")]
    assert rows[["role", "people"]].to_dict("split", index=False)["data"] == [
        ["student", 1],
        ["teacher", 1],
    ]


def test_what_has_a_sub_theme_has_its_theme_unless_a_person_said_no():
    codings = codings_of(
        ("i1", 2, "bus.late", "accepted"),
        ("i1", 2, "bus", "suggested"),
        ("i1", 3, "bus.late", "auto"),
        ("i1", 3, "bus", "rejected"),
    )

    found = counted(codings)

    assert found[["segment_id", "theme", "status"]].to_numpy().tolist() == [
        ["i1:0002.01", "bus", "accepted"],
        ["i1:0002.01", "bus.late", "accepted"],
        ["i1:0003.01", "bus.late", "auto"],
    ]


def test_suggested_and_rejected_codings_never_count(corpus):
    codings = codings_of(("i1", 2, "bus", "suggested"), ("i2", 1, "food", "rejected"))

    assert theme_frequency(codings, corpus).empty


def test_a_persons_no_outweighs_a_coders_yes(corpus):
    yes, no = codings_of(("i2", 1, "food")), codings_of(("i2", 1, "food", "rejected"))

    both = pd.concat([yes, no.assign(coder="kim")], ignore_index=True)

    assert counted(both).empty


def test_two_coders_of_one_segment_count_once_and_the_person_first(corpus):
    auto = codings_of(("i2", 1, "food"))
    human = codings_of(("i2", 1, "food", "human")).assign(coder="kim")

    both = counted(pd.concat([auto, human], ignore_index=True))

    assert both[["coder", "status"]].to_dict("records") == [
        {"coder": "kim", "status": "human"}
    ]


def test_a_segment_read_without_a_theme_counts_for_none(corpus):
    assert theme_frequency(codings_of(("i2", 1, "no_theme", "human")), corpus).empty


def test_sub_themes_have_a_table_of_their_own(corpus):
    codings = codings_of(("i2", 1, "food"), ("i2", 1, "food.lunch"))

    assert theme_frequency(codings, corpus)["theme"].tolist() == ["food"]
    assert theme_frequency(codings, corpus, level="sub")["theme"].tolist() == [
        "food.lunch"
    ]


def test_coding_a_facilitator_is_refused(corpus):
    with pytest.raises(
        TableError, match="belong to a facilitator's words, the first to 'i1:0001'"
    ):
        theme_frequency(codings_of(("i1", 1, "bus")), corpus)


def test_codings_of_another_corpus_are_refused(corpus):
    with pytest.raises(TableError, match="utterances that this corpus does not have"):
        theme_frequency(codings_of(("zz", 1, "bus")), corpus)


def test_an_unknown_group_column_is_refused_with_the_choices(corpus):
    with pytest.raises(
        TableError, match="no column 'grade' to group by; choose from role"
    ):
        theme_frequency(codings_of(), corpus, by="grade")


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(8, 10, 49, 94), (3, 5, 23, 88), (5, 24, 9, 40), (18, 24, 55, 88), (0, 10, 0, 28)],
)
def test_wilson_gives_the_published_intervals(k, n, low, high):
    assert [round(100 * limit) for limit in wilson(k, n)] == [low, high]


def test_wilson_agrees_with_scipy():
    from scipy.stats import binomtest

    reference = binomtest(7, 31).proportion_ci(method="wilson")

    assert wilson(7, 31) == pytest.approx((reference.low, reference.high))


def interval(raised, sizes):
    """Return the interval of one theme: how many raised it in each cluster of a size."""
    low, high = share_intervals(np.array([raised]), np.array(sizes))
    return float(low[0]), float(high[0])


def test_people_heard_alone_get_wilsons_interval():
    assert interval([1] * 8 + [0] * 2, [1] * 10) == wilson(8, 10)


def test_fewer_than_eight_clusters_give_no_interval():
    assert all(math.isnan(limit) for limit in interval([3, 3], [6, 6]))


def test_groups_that_speak_with_one_voice_widen_the_interval():
    low, high = interval([2] * 5 + [0] * 5, [2] * 10)

    alone = wilson(10, 20)
    assert low < alone[0]
    assert high > alone[1]


def test_a_share_of_none_is_not_surer_than_if_all_were_heard_alone():
    low, high = interval([0] * 10, [2] * 10)

    assert low == 0
    assert high > wilson(0, 20)[1]


def test_nobody_heard_gives_no_interval():
    assert all(math.isnan(limit) for limit in interval([], []))
    assert all(math.isnan(limit) for limit in wilson(0, 0))


@given(st.integers(0, 30), st.integers(1, 30))
def test_intervals_hold_their_share(k, more):
    n = k + more

    low, high = wilson(k, n)

    assert 0 <= low <= k / n <= high <= 1


def test_roles_and_groups_of_whom_nobody_is_heard_stay_as_rows(corpus):
    table = voices(corpus)

    rows = table.loc[table["people"] == 0, ["group", "value", "listed"]]
    assert rows.to_dict("split", index=False)["data"] == [
        ["role", "family", 1],
        ["role", "staff", 0],
        ["role", "school_leader", 0],
        ["priority_group", "newcomers", 1],
    ]
    assert missing_voices(corpus) == ["family", "staff", "school_leader", "newcomers"]


def test_shares_of_words_leave_the_facilitator_out(corpus):
    table = voices(corpus).set_index("value")

    assert table.loc["teacher", "words"] == 1
    assert table.loc["teacher", "share_of_words"] == pytest.approx(1 / 9)


def test_a_person_who_speaks_of_need_and_strength_is_mixed():
    found = pd.DataFrame(
        {
            "theme": ["bus"] * 4,
            "participant_id": ["ana", "ana", "ben", None],
            "stance": ["need", "asset", "need", "need"],
        }
    )

    assert people_by_stance(found).loc["bus"].to_dict() == {
        "need": 1,
        "asset": 0,
        "mixed": 1,
        "neutral": 0,
    }


def test_quotes_are_by_different_people_of_different_roles(corpus):
    table = quotes(codings_of(*CODED), corpus, segment(corpus), per_theme=2)

    food = table[table["theme"] == "food"]
    assert food["role"].tolist() == ["student", "teacher"]


def test_the_dissenting_quote_has_the_opposite_stance(corpus):
    codings = codings_of(
        ("i1", 4, "food", "human", "need"),
        ("i2", 1, "food", "human", "asset"),
        ("fg", 1, "food", "human", "need"),
    )

    table = quotes(codings, corpus, segment(corpus))
    guessed = quotes(codings.assign(status="auto"), corpus, segment(corpus))

    assert "dissent" not in set(guessed["kind"])
    dissent = table[table["kind"] == "dissent"]
    assert dissent[["participant_id", "stance"]].to_dict("records") == [
        {"participant_id": "ben", "stance": "asset"}
    ]


def test_withheld_and_careful_passages_are_not_quoted(corpus):
    careful = Codebook("b", "B", themes=(Theme("bus", "Bus", handle_with_care=True),))
    segments = segment(corpus)

    table = quotes(
        codings_of(*CODED),
        corpus,
        segments,
        codebook=careful,
        withheld=pd.Series(["i2:0001.01"]),
    )

    assert set(table["theme"]) == {"food"}
    assert "ben" not in set(table["participant_id"])


def test_a_long_quote_is_cut_to_the_sentences_around_its_evidence(talk):
    words = "Filler sentence number one is here. " * 12 + "The bus was late again. "
    corpus = talk({"d": [("ana", words + "More filler words follow after. " * 5)]})
    at = words.index("bus")
    codings = codings_of(("d", 1, "bus")).assign(evidence_start=at, evidence_end=at + 3)

    [quote] = quotes(codings, corpus, segment(corpus, max_words=500)).to_dict("records")

    assert "The bus was late again." in quote["text"]
    assert len(quote["text"].split()) <= 55
    assert (
        corpus.documents["text"].iloc[0][quote["start"] : quote["end"]] == quote["text"]
    )


def test_coverage_counts_segments_and_people_without_a_theme(corpus):
    codings = codings_of(("i1", 2, "bus"), ("i2", 1, "food", "suggested"))

    assert coverage(segment(corpus), codings, corpus).to_dict() == {
        "segments": 7,
        "segments_coded": 1,
        "segments_suggested_only": 1,
        "people": 4,
        "people_coded": 1,
        "suggestions": 1,
    }


def test_of_what_a_person_coded_the_most_typical_is_quoted_first(corpus):
    codings = codings_of(
        ("i1", 4, "food", "human", "need"), ("fg", 1, "food", "human", "need")
    ).assign(score=float("nan"))
    segments = segment(corpus)
    told = quotes(codings, corpus, segments)["segment_id"].tolist()
    last = told[-1]
    chances = segments[["segment_id"]].assign(
        food=(segments["segment_id"] == last).astype(float)
    )

    first = quotes(codings, corpus, segments, chances=chances)["segment_id"].iloc[0]
    assert first == last != told[0]
