import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.hand import read_codings
from empathy_insights.coding.sheets.coding_sheet import coding_sheet
from empathy_insights.errors import EmpathyInsightsWarning, TableError
from empathy_insights.files.results import own_table
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
    pd.DataFrame({"segment_id": ["d:1.1"], "theme": ["bus"]}).to_excel(
        tmp_path / "codes.xlsx", index=False
    )

    assert read_codings(tmp_path / "codes.xlsx", BOOK)["theme"].tolist() == ["bus"]


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_coding_sheet_is_known_by_its_columns(tmp_path, talk, suffix):
    segments = segment(talk({"d": [("ana", "By bus.")]}))
    path = coding_sheet(segments, BOOK, tmp_path / f"kim.{suffix}", coder="kim")

    assert read_codings(path, BOOK).empty


def test_a_row_that_cannot_be_understood_costs_what_it_is_about_alone(tmp_path):
    path = _csv(
        tmp_path,
        "segment_id,theme,status,stance,note\n"
        "d:1.1,bus,,,\nd:1.1,buss,,,\nd:1.2,bus,sure,,\nd:1.3,FOOD,Human,Need,\n"
        "d:1.4,Bus,,happy,\nd:1.5,bus,,,so, so\n,bus,,,\n",
    )

    with pytest.warns(
        EmpathyInsightsWarning, match=r"^codes.csv: the codebook has"
    ) as told:
        codings = read_codings(path, BOOK)

    assert codings[["segment_id", "theme", "stance"]].to_numpy().tolist() == [
        ["d:1.1", "bus", "neutral"],
        ["d:1.3", "food", "need"],
        ["d:1.4", "bus", "neutral"],
    ]
    problems = codings.attrs["problems"]
    assert [(one["line"], one["unit"], one["problem"]) for one in problems] == [
        (3, "row", "the codebook has no theme of this name, so the row is left out"),
        (4, "row", "there is no such status, so the passage counts as not read"),
        (6, "cell", "there is no such stance, so the theme counts without one"),
        (7, "row", "the row has more cells than there are heads, so the passage counts as not read"),
        (8, "row", "the segment_id is missing"),
    ]  # fmt: skip
    assert told[0].filename == __file__


def test_one_reader_s_slip_costs_no_other_reader_s_passage(tmp_path):
    path = _csv(tmp_path, "segment_id,theme,coder\nd:1.1,bus,kim\nd:1.1,buss,lee\n")

    with pytest.warns(EmpathyInsightsWarning):
        codings = read_codings(path, BOOK)

    assert codings["coder"].tolist() == ["kim"]


def test_a_table_about_other_themes_is_refused(tmp_path):
    path = _csv(tmp_path, "segment_id,theme\nd:1.1,bikes\nd:1.2,cars\n")

    with pytest.raises(TableError, match="no row holds a theme of the codebook 'B'"):
        read_codings(path, BOOK)


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_comment_right_of_a_sheet_costs_nothing(tmp_path, talk, suffix):
    segments = segment(talk({"d": [("ana", "By bus.")]}))
    path = coding_sheet(segments, BOOK, tmp_path / f"kim.{suffix}", coder="kim")
    read, write = (
        (pd.read_csv, pd.DataFrame.to_csv)
        if suffix == "csv"
        else (pd.read_excel, pd.DataFrame.to_excel)
    )
    rows = read(path, dtype="str").assign(
        **{"Bus [bus]": "yes", "more": None, "  ": "hm"}
    )
    write(rows.rename(columns={"more": "", "  ": ""}), path, index=False)

    assert read_codings(path, BOOK)["theme"].tolist() == ["bus"]


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


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        (["segmnt_id", "nothing applies"], "no column 'segment_id', but 'segmnt_id'"),
        (["passage", "nothing applies"], "no column 'segment_id'; write 'segment_id'"),
        (
            ["segment_id", "nothing aplies"],
            "no column 'nothing applies', but 'nothing aplies'",
        ),
    ],
)
def test_a_misspelt_head_of_a_coding_sheet_is_the_one_that_is_named(
    tmp_path, heads, said
):
    path = tmp_path / "kim.csv"
    path.write_text(f"{heads[0]},Bus [bus],{heads[1]}\nd:1.1,yes,\n")

    with pytest.raises(TableError, match=said) as caught:
        read_codings(path, BOOK)
    assert "{" not in str(caught.value)  # no line of Python


@pytest.mark.parametrize("head", ["segmentid", "Segment ID", "segment-id"])
def test_a_coding_sheet_may_have_its_heads_in_other_signs(tmp_path, talk, head):
    segments = segment(talk({"d": [("ana", "By bus.")]}))
    path = coding_sheet(segments, BOOK, tmp_path / "kim.csv", coder="kim")
    rows = pd.read_csv(path, dtype="str", keep_default_na=False)
    rows["nothing applies"] = "yes"
    rows = rows.rename(
        columns={"segment_id": head, "nothing applies": "Nothing Applies"}
    )
    rows.to_csv(path, index=False)

    codings = read_codings(path, BOOK, segments)

    assert set(codings["theme"]) == {"no_theme"}
    assert own_table(path).startswith("a coding sheet")


def test_a_table_whose_theme_column_is_misspelt_names_it(tmp_path):
    (tmp_path / "c.csv").write_text("segment_id,Tehme\nd:1.1,bus\n")

    with pytest.raises(TableError, match="no column 'theme', but 'Tehme'"):
        read_codings(tmp_path / "c.csv", BOOK)


def test_two_codes_that_become_one_count_once(tmp_path):
    """Merging codes, or typing a row twice, says the same twice."""
    path = tmp_path / "codes.csv"
    path.write_text(
        "segment_id,theme,coder\nd:1.1,Sleep,kim\nd:1.1,workload_time,kim\n"
        "d:2.1,Sleep,kim\nd:2.1,Sleep,kim\n",
        encoding="utf-8",
    )
    book = ei.load_codebook("empathy_core")
    with pytest.warns(EmpathyInsightsWarning, match="stay open"):
        told = ei.read_codings(path, book, themes={"Sleep": "workload_time"})

    assert told[["segment_id", "theme"]].to_numpy().tolist() == [
        ["d:1.1", "workload_time"],
        ["d:2.1", "workload_time"],
    ]
