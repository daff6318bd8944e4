import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.analysis.disagreements import disagreements
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS, SEGMENTS


def codings(given):
    return CODINGS.frame(
        {
            "segment_id": f"d:{n}.1",
            "theme": theme,
            "coder": "x",
            "status": "human",
            "method": "m",
            "codebook_sha256": "0",
        }
        for n, themes in enumerate(given)
        for theme in themes.split() or ["no_theme"]
    )


@pytest.fixture
def segments():
    return SEGMENTS.frame(
        {
            "segment_id": f"d:{n}.1",
            "utterance_id": f"d:{n}",
            "start": 0,
            "end": 1,
            "text": f"words {n}",
        }
        for n in range(4)
    )


def test_pairs_of_themes_are_listed_with_their_words_the_most_frequent_first(segments):
    a = codings(["bus", "bus food", "bus time", ""])
    b = codings(["time", "food", "bus food", "bus"])

    table = disagreements(a, b, segments)

    assert table.to_numpy().tolist() == [
        ["(none)", "bus", 1, "d:3.1", "words 3"],
        ["bus", "(none)", 1, "d:1.1", "words 1"],
        ["bus", "time", 1, "d:0.1", "words 0"],
        ["time", "food", 1, "d:2.1", "words 2"],
    ]


def test_a_pair_that_returns_comes_first(segments):
    table = disagreements(
        codings(["bus", "time", "time", ""]), codings(["", "bus", "bus", ""]), segments
    )

    assert table["theme_a"].tolist() == ["time", "time", "bus"]
    assert table["n"].tolist() == [2, 2, 1]
    assert table["segment_id"].tolist() == ["d:1.1", "d:2.1", "d:0.1"]


def test_coders_of_one_mind_leave_an_empty_table(segments):
    table = disagreements(codings(["bus", ""]), codings(["bus", ""]), segments)

    assert table.empty
    assert list(table.columns) == ["theme_a", "theme_b", "n", "segment_id", "text"]


def test_what_one_of_them_has_not_read_is_no_disagreement(segments):
    assert disagreements(codings(["", "bus"]), codings([""]), segments).empty


def test_segments_of_another_study_are_refused(segments):
    with pytest.raises(TableError, match="1 disagreements are about segments"):
        disagreements(codings(["bus", ""]), codings(["", ""]), segments.iloc[1:])


def test_the_arguments_stay_as_they_are(segments):
    a, b = codings(["bus", ""]), codings(["", "bus"])
    before = [frame.copy() for frame in (a, b, segments)]

    disagreements(a, b, segments)

    for frame, copy in zip((a, b, segments), before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


@pytest.mark.parametrize(
    ("tables", "why"),
    [
        (("kim and lee", "lee"), "table 1 holds codings of 2 coders"),
        (("kim", "nobody"), "table 2 holds no codings"),
    ],
)
def test_a_table_is_of_one_coder(tables, why):
    kim, lee = (
        pd.DataFrame({"segment_id": ["d:1.1"], "theme": ["bus"], "coder": [who]})
        for who in ("kim", "lee")
    )
    known = {
        "kim": kim, "lee": lee, "nobody": kim.iloc[:0],
        "kim and lee": pd.concat([kim, lee], ignore_index=True),
    }  # fmt: skip

    with pytest.raises(TableError, match=why):
        ei.agreement(*(known[name] for name in tables))
