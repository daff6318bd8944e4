import pytest

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.hand import read_codings
from empathy_insights.coding.sheets.coding_sheet import coding_sheet
from empathy_insights.errors import TableError
from empathy_insights.text.segments import segment

BOOK = Codebook("b", "B", themes=(Theme("bus", "Bus"), Theme("food", "Food")))


def test_a_row_is_a_human_coding_and_an_empty_theme_says_that_none_applies(tmp_path):
    path = _csv(
        tmp_path, "segment_id,theme,stance\nd:1.1,bus,need\nd:1.2,,\nd:2.1,food,\n"
    )

    rows = read_codings(path, BOOK)[
        ["segment_id", "theme", "coder", "status", "stance"]
    ]

    assert rows.to_dict("records") == [
        _row("d:1.1", "bus", "need"),
        _row("d:1.2", "no_theme", "neutral"),
        _row("d:2.1", "food", "neutral"),
    ]


def test_what_a_machine_writes_beside_a_coding_is_not_taken_from_people(tmp_path):
    path = _csv(tmp_path, "segment_id,theme,score,method\nd:1.1,bus,high,by heart\n")

    [row] = read_codings(path, BOOK).to_dict("records")

    assert (row["method"], row["codebook_sha256"]) == (
        "read by a person",
        BOOK.sha256,
    )
    assert row["score"] != row["score"]  # missing


def test_ids_may_stand_under_segment(tmp_path):
    path = _csv(tmp_path, "segment,code\nd:1.1,bus\n")

    assert read_codings(path, BOOK)["segment_id"].tolist() == ["d:1.1"]


def test_excel_is_read_like_csv(tmp_path):
    import pandas as pd

    pd.DataFrame({"segment_id": ["d:1.1"], "theme": ["bus"]}).to_excel(
        tmp_path / "codes.xlsx", index=False
    )

    assert read_codings(tmp_path / "codes.xlsx", BOOK)["theme"].tolist() == ["bus"]


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_coding_sheet_is_known_by_its_columns(tmp_path, talk, suffix):
    segments = segment(talk({"d": [("ana", "By bus.")]}))
    path = coding_sheet(segments, BOOK, tmp_path / f"kim.{suffix}", coder="kim")

    assert read_codings(path, BOOK).empty


def test_every_cell_that_cannot_be_read_is_named(tmp_path):
    path = _csv(tmp_path, "segment_id,theme,stance\nd:1.1,buss,\nd:1.2,bus,happy\n")

    with pytest.raises(TableError) as caught:
        read_codings(path, BOOK)

    assert str(caught.value) == (
        "codes.csv: 2 cells cannot be read: line 2: theme 'buss' does not exist; "
        "line 3: stance 'happy' does not exist"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\n1,2\n", "codes.csv:1: there is no column 'segment_id'"),
        ("", "codes.csv: the file is empty"),
    ],
)
def test_files_that_are_no_codings_are_refused(tmp_path, content, said):
    with pytest.raises(TableError, match=said):
        read_codings(_csv(tmp_path, content), BOOK)


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(TableError, match=r"codes.csv: there is no such file"):
        read_codings(tmp_path / "codes.csv", BOOK)


def _csv(folder, content):
    path = folder / "codes.csv"
    path.write_text(content, encoding="utf-8")
    return path


def _row(segment_id, theme, stance):
    return {
        "segment_id": segment_id,
        "theme": theme,
        "coder": "human",
        "status": "human",
        "stance": stance,
    }
