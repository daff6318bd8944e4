import shutil

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText
from pandas.testing import assert_frame_equal

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.review.decisions import most_useful_first
from empathy_insights.coding.review.review_sheet import read_review_sheet, review_sheet
from empathy_insights.errors import EmpathyInsightsWarning, TableError
from empathy_insights.tables import CODINGS
from empathy_insights.text.segments import segment

BOOK = Codebook(
    "b",
    "B",
    themes=(Theme("bus", "The bus"), Theme("food", "Food"), Theme("art", "Art")),
)
SHOWN = ["segment_id", "theme", "coder", "status", "reviewed_by"]
ONE, TWO, THREE = "d:0001.01", "d:0002.01", "e:0001.01"


@pytest.fixture(scope="module")
def segments(talk):
    return segment(
        talk({"d": [("ana", "=By bus."), ("ben", "Rice.")], "e": [("cleo", "A drum.")]})
    )


@pytest.fixture(scope="module")
def codings():
    return _codings((ONE, "bus"), (TWO, "food"), (TWO, "bus"), (THREE, "art"))


@pytest.fixture(scope="module")
def written(codings, segments, tmp_path_factory):
    place = tmp_path_factory.mktemp("sheet") / "r.xlsx"
    return review_sheet(codings, segments, BOOK, place)


@pytest.fixture
def path(written, tmp_path):
    """Return a workbook to fill in: to write one takes a third of a second."""
    return shutil.copy(written, tmp_path / "r.xlsx")


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_what_is_decided_is_kept_with_who_and_when(tmp_path, segments, codings, suffix):
    path = review_sheet(codings, segments, BOOK, tmp_path / f"r.{suffix}")
    _decide(
        path, {(ONE, "bus"): " Accept", (TWO, "food"): "reject", (TWO, "bus"): "ART"}
    )

    reviewed = read_review_sheet(
        path, codings, BOOK, reviewer="kim", reviewed_at="2026-03-09"
    )

    assert reviewed[SHOWN].fillna("-").to_numpy().tolist() == [
        [ONE, "bus", "codebook", "accepted", "kim"],
        [TWO, "art", "kim", "human", "kim"],
        [TWO, "bus", "codebook", "rejected", "kim"],
        [TWO, "food", "codebook", "rejected", "kim"],
        [THREE, "art", "codebook", "suggested", "-"],
    ]
    assert reviewed["reviewed_at"].dropna().unique().tolist() == ["2026-03-09"]
    assert reviewed.loc[1, "method"] == "recoded from bus"


@settings(max_examples=5)  # a workbook takes a third of a second
@given(
    decided=st.dictionaries(
        st.sampled_from([(ONE, "bus"), (TWO, "food"), (TWO, "bus"), (THREE, "art")]),
        st.sampled_from(["", "accept", "reject"]),
    ),
    suffix=st.sampled_from(["xlsx", "csv"]),
)
def test_nothing_is_lost_or_invented_and_reading_twice_is_reading_once(
    talk, tmp_path_factory, decided, suffix
):
    segments = segment(
        talk({"d": [("ana", "Bus."), ("ben", "Rice.")], "e": [("cleo", "A drum.")]})
    )
    codings = _codings((ONE, "bus"), (TWO, "food"), (TWO, "bus"), (THREE, "art"))
    path = tmp_path_factory.mktemp("review") / f"r.{suffix}"
    review_sheet(codings, segments, BOOK, path)
    _decide(path, decided)

    once = read_review_sheet(path, codings, BOOK, reviewer="kim")
    twice = read_review_sheet(path, once, BOOK, reviewer="kim")

    assert_frame_equal(twice, once)
    same = [name for name in CODINGS.columns if name != "status"]
    ordered = codings.sort_values(list(CODINGS.key), ignore_index=True)
    assert_frame_equal(once[same], ordered[same])
    expected = {
        key: {"accept": "accepted", "reject": "rejected"}.get(mark, "suggested")
        for key, mark in decided.items()
    }
    found = once.set_index(["segment_id", "theme"])["status"].to_dict()
    assert {key: found[key] for key in expected} == expected
    assert sum(found[key] != "suggested" for key in found) == sum(
        mark != "" for mark in decided.values()
    )


def test_a_reviewer_may_think_again(codings, path):
    _decide(path, {(ONE, "bus"): "food"})
    first = read_review_sheet(path, codings, BOOK, reviewer="kim")
    _decide(path, {(ONE, "bus"): "accept"})

    second = read_review_sheet(path, first, BOOK, reviewer="kim")

    assert first["coder"].tolist().count("kim") == 1
    assert second.loc[second["segment_id"] == ONE, "status"].tolist() == ["accepted"]


def test_an_index_that_repeats_loses_no_coding(tmp_path, segments, codings):
    path = review_sheet(codings, segments, BOOK, tmp_path / "r.csv")
    _decide(path, {(ONE, "bus"): "accept"})

    reviewed = read_review_sheet(path, codings.set_axis([0] * 4), BOOK, reviewer="kim")

    assert len(reviewed) == 4


def test_two_reviewers_add_up(codings, path):
    _decide(path, {(ONE, "bus"): "accept", (TWO, "bus"): "reject"})
    first = read_review_sheet(path, codings, BOOK, reviewer="kim")
    _decide(path, {(TWO, "bus"): "art", (THREE, "art"): "accept"})

    second = read_review_sheet(path, first, BOOK, reviewer="lee")

    assert second[SHOWN].fillna("-").to_numpy().tolist() == [
        [ONE, "bus", "codebook", "accepted", "kim"],
        [TWO, "art", "lee", "human", "lee"],
        [TWO, "bus", "codebook", "rejected", "kim"],
        [TWO, "food", "codebook", "suggested", "-"],
        [THREE, "art", "codebook", "accepted", "lee"],
    ]


def test_reviewers_who_contradict_each_other_are_listed(tmp_path, segments, codings):
    path = review_sheet(codings, segments, BOOK, tmp_path / "r.csv")
    rows = pd.read_csv(path)
    _decide(path, {(ONE, "bus"): "accept", (TWO, "food"): "art"})
    first = read_review_sheet(path, codings, BOOK, reviewer="kim")
    _decide(path, {(ONE, "bus"): "reject", (TWO, "food"): "accept"})

    with pytest.raises(TableError) as caught:
        read_review_sheet(path, first, BOOK, reviewer="lee")

    line = {
        key: n for n, key in enumerate(zip(rows.segment_id, rows.theme, strict=True), 2)
    }
    bus, food = line[ONE, "The bus [bus]"], line[TWO, "Food [food]"]
    advice = "agree on one answer, and change the other"
    assert sorted(str(caught.value).splitlines()[1:]) == sorted(
        [
            f"  cell H{bus}: kim says that 'bus' is there; {advice}",
            f"  cell H{food}: kim says that 'food' is not there; {advice}",
        ]
    )


def test_a_sheet_that_contradicts_itself_is_refused(tmp_path, segments, codings):
    path = review_sheet(codings, segments, BOOK, tmp_path / "r.csv")
    _decide(path, {(TWO, "bus"): "food", (TWO, "food"): "reject"})

    with pytest.raises(TableError, match="another row says that 'food' is"):
        read_review_sheet(path, codings, BOOK, reviewer="kim")


def test_every_decision_that_cannot_be_read_is_named(codings, path):
    _decide(path, {(ONE, "bus"): "perhaps when it rains"})
    fewer = codings[codings["theme"] != "food"]
    _decide(path, {(TWO, "food"): "accept"})

    with pytest.raises(TableError) as caught:
        read_review_sheet(path, fewer, BOOK, reviewer="kim")

    text = str(caught.value)
    assert "'perhaps when it rain' is no decision; use accept, reject" in text
    assert "the codings do not hold this theme for this segment" in text
    assert text.startswith("r.xlsx: 2 cells cannot be read:")


def test_several_coders_of_one_theme_are_decided_at_once(tmp_path, segments):
    codings = pd.concat(
        [_codings((ONE, "bus")), _codings((ONE, "bus")).assign(coder="learned")],
        ignore_index=True,
    )
    path = review_sheet(codings, segments, BOOK, tmp_path / "r.xlsx")
    _decide(path, {(ONE, "bus"): "accept"})

    reviewed = read_review_sheet(path, codings, BOOK, reviewer="kim")

    assert len(_rows(path)) == 1
    assert reviewed["status"].tolist() == ["accepted", "accepted"]


def test_the_words_that_led_to_a_theme_stand_out(path):
    sheet = openpyxl.load_workbook(path, rich_text=True)["review here"]

    texts = [cell.value for cell in sheet["E"][1:]]

    assert all(isinstance(text, CellRichText) for text in texts)
    found = {
        str(text): next(part.text for part in text if not isinstance(part, str))
        for text in texts
    }
    assert found == {"=By bus.": "=By", "Rice.": "Ric", "A drum.": "A d"}


def test_in_a_csv_file_they_stand_in_brackets(tmp_path, segments, codings):
    path = review_sheet(codings, segments, BOOK, tmp_path / "r.csv")

    assert "[[Ric]]e." in set(pd.read_csv(path)["text"])


def test_only_decision_and_notes_are_open_and_a_theme_is_one_click(path):
    book = openpyxl.load_workbook(path)
    sheet = book["review here"]

    [choice, release] = sheet.data_validations.dataValidation
    is_open = {
        sheet.cell(1, c.column).value
        for row in sheet.iter_rows(min_row=2)
        for c in row
        if not c.protection.locked
    }

    assert choice.formula1 == ('"accept,reject,The bus [bus],Food [food],Art [art]"')
    assert release.formula1 == '"yes,no"'
    assert sheet.protection.sheet
    assert is_open == {"decision", "notes", "release this quote"}


def test_many_themes_are_offered_from_a_hidden_sheet(tmp_path, segments, codings):
    more = tuple(Theme(f"t{n}", f"A theme, number {n}") for n in range(30))
    book = Codebook("b", "B", themes=(*BOOK.themes, *more))

    path = review_sheet(codings, segments, book, tmp_path / "r.xlsx")

    workbook = openpyxl.load_workbook(path)
    [choice, _] = workbook["review here"].data_validations.dataValidation
    assert choice.formula1 == "answers!$A$1:$A$35"
    assert workbook["answers"].sheet_state == "hidden"
    assert workbook["answers"]["A35"].value == "A theme, number 29 [t29]"


def test_themes_take_turns_and_so_do_people(talk):
    corpus = talk(
        {"d": [("ana", "1"), ("ana", "2"), ("ben", "3"), ("ana", "4"), ("ben", "5")]}
    )
    segments = segment(corpus)
    ids = segments["segment_id"].tolist()
    codings = _codings(*[(name, "bus") for name in ids[:4]], (ids[4], "art"))
    codings = codings.assign(score=[0.9, 0.8, 0.1, 0.7, 0.2])

    rows = most_useful_first(codings, segments)

    found = rows[["theme", "participant_id", "score"]].to_numpy().tolist()
    assert found == [
        ["art", "ben", 0.2],
        ["bus", "ana", 0.9],
        ["bus", "ben", 0.1],
        ["bus", "ana", 0.8],
        ["bus", "ana", 0.7],
    ]


def test_what_is_hardly_counted_comes_first_among_the_automatic(segments):
    codings = _codings((ONE, "bus"), (TWO, "bus")).assign(
        status="auto", score=[0.9, 0.6]
    )

    rows = most_useful_first(codings, segments, statuses=["auto"])

    assert rows["score"].tolist() == [0.6, 0.9]


def test_parts_of_what_is_counted_come_last(segments):
    counted = _codings((ONE, "bus")).assign(status="auto")
    waiting = _codings((ONE, "bus.late"), (TWO, "food"), (THREE, "food"))

    rows = most_useful_first(pd.concat([counted, waiting]), segments)

    assert rows["theme"].tolist() == ["food", "food", "bus.late"]


def test_passages_that_have_an_order_come_in_it_and_the_others_after(segments):
    codings = _codings((ONE, "bus"), (TWO, "food"), (TWO, "art"), (THREE, "food"))
    ordered = segments.assign(order=segments["segment_id"].map({THREE: 1, TWO: 2}))

    rows = most_useful_first(codings, ordered)

    assert rows["segment_id"].tolist() == [THREE, TWO, TWO, ONE]


def test_what_a_person_has_decided_does_not_wait(segments, codings):
    hand = _codings((ONE, "bus")).assign(coder="kim", status="human")
    both = pd.concat([codings, hand], ignore_index=True)

    rows = most_useful_first(both, segments)

    assert sorted(zip(rows["segment_id"], rows["theme"], strict=True)) == [
        (TWO, "bus"), (TWO, "food"), (THREE, "art"),
    ]  # fmt: skip


def test_the_order_of_rows_changes_no_sheet(tmp_path, segments, codings):
    first = review_sheet(codings, segments, BOOK, tmp_path / "a.csv", n=3)
    second = review_sheet(
        codings.iloc[::-1], segments.iloc[::-1], BOOK, tmp_path / "b.csv", n=3
    )

    assert first.read_bytes() == second.read_bytes()
    assert len(pd.read_csv(first)) == 3


def test_codings_and_segments_stay_as_they_are(tmp_path, segments, codings):
    before = codings.copy(deep=True), segments.copy(deep=True)

    path = review_sheet(codings, segments, BOOK, tmp_path / "r.xlsx")
    _decide(path, {(ONE, "bus"): "food"})
    read_review_sheet(path, codings, BOOK, reviewer="kim")

    assert_frame_equal(codings, before[0])
    assert_frame_equal(segments, before[1])


def test_codings_of_other_segments_are_refused(tmp_path, segments):
    with pytest.raises(TableError, match="point to segments that do not exist"):
        review_sheet(_codings(("x:1.1", "bus")), segments, BOOK, tmp_path / "r.csv")


def test_only_what_can_be_reviewed_is(tmp_path, segments, codings):
    with pytest.raises(ValueError, match="suggested, auto"):
        review_sheet(codings, segments, BOOK, tmp_path / "r.csv", statuses=["rejected"])


def test_another_version_of_the_codebook_is_said(tmp_path, segments, codings):
    path = review_sheet(codings, segments, BOOK, tmp_path / "r.csv")
    newer = Codebook("b", "B", version="2", themes=BOOK.themes)

    with pytest.warns(EmpathyInsightsWarning, match="another version") as told:
        read_review_sheet(path, codings, newer, reviewer="kim")

    assert told[0].filename == __file__


def test_notes_are_kept_beside_the_decision(codings, path):
    _decide(path, {(ONE, "bus"): "accept"}, notes="talk about it")

    reviewed = read_review_sheet(path, codings, BOOK, reviewer="kim")

    assert reviewed["notes"].dropna().tolist() == ["talk about it"]


def _codings(*pairs):
    return CODINGS.frame(
        {
            "segment_id": name,
            "theme": theme,
            "coder": "codebook",
            "status": "suggested",
            "score": 0.5,
            "method": "weak",
            "evidence_start": {ONE: 0, TWO: 9, THREE: 0}.get(name, 0),
            "evidence_end": {ONE: 3, TWO: 12, THREE: 3}.get(name, 0),
            "stance": "need",
            "codebook_sha256": "0",
        }
        for name, theme in pairs
    )


def _rows(path):
    return pd.read_excel(path, dtype="str", keep_default_na=False)


def _decide(path, decided, *, notes=""):
    labels = {"bus": "The bus [bus]", "food": "Food [food]", "art": "Art [art]"}
    wanted = {(name, labels[theme]): mark for (name, theme), mark in decided.items()}
    if path.suffix == ".csv":
        rows = pd.read_csv(path, dtype="str", keep_default_na=False)
        keys = zip(rows["segment_id"], rows["theme"], strict=True)
        marks = [
            wanted.get(key, old)
            for key, old in zip(keys, rows["decision"], strict=True)
        ]
        rows.assign(decision=marks).to_csv(path, index=False)
        return
    book = openpyxl.load_workbook(path, rich_text=True)
    sheet = book["review here"]
    for row in sheet.iter_rows(min_row=2):
        key = row[0].value, row[5].value
        row[7].value = wanted.get(key, row[7].value) or None
        row[8].value = notes if key in wanted and notes else None
    book.save(path)
