import shutil

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.sheets.coding_sheet import (
    coding_sheet,
    read_coding_sheet,
    read_marks,
)
from empathy_insights.errors import (
    EmpathyInsightsError,
    EmpathyInsightsWarning,
    TableError,
)
from empathy_insights.tables import SEGMENTS
from empathy_insights.text.segments import segment

BOOK = Codebook("b", "B", themes=(Theme("bus", "The bus"), Theme("food", "Food")))
STANCES = {"yes": "neutral", "need": "need", "asset": "asset", "mixed": "mixed"}
SHOWN = ["segment_id", "theme", "stance", "suggestion"]


@pytest.fixture(scope="module")
def segments(talk):
    return segment(
        talk(
            {
                "d": [("?", "How?"), ("ana", "By bus."), ("ben", "=1+1")],
                "e": [("ana", "Rice."), ("cleo", "@home"), ("ben", "-2 points")],
            }
        )
    )


@pytest.fixture(scope="module")
def written(segments, tmp_path_factory):
    return coding_sheet(segments, BOOK, tmp_path_factory.mktemp("sheet") / "kim.xlsx")


@pytest.fixture
def path(written, tmp_path):
    """Return a workbook to fill in: to write one takes a third of a second."""
    return shutil.copy(written, tmp_path / "kim.xlsx")


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_what_is_marked_is_what_is_read(tmp_path, segments, suffix):
    path = coding_sheet(segments, BOOK, tmp_path / f"kim.{suffix}", coder="kim")
    _fill(
        path,
        {
            "d:0002.01": {"The bus [bus]": " Need ", "suggestion": "YES"},
            "d:0003.01": {"nothing applies": "yes", "notes": "what?"},
            "e:0001.01": {"The bus [bus]": "yes", "Food [food]": "mixed"},
        },
    )

    codings = read_coding_sheet(path, BOOK, segments)

    assert codings[[*SHOWN, "coder", "status"]].to_numpy().tolist() == [
        ["d:0002.01", "bus", "need", True, "kim", "human"],
        ["d:0003.01", "no_theme", "neutral", False, "kim", "human"],
        ["e:0001.01", "bus", "neutral", False, "kim", "human"],
        ["e:0001.01", "food", "mixed", False, "kim", "human"],
    ]
    assert codings["notes"].dropna().tolist() == ["what?"]
    assert codings["codebook_sha256"].unique().tolist() == [BOOK.sha256]


@settings(max_examples=5)  # a workbook takes a third of a second
@given(
    marks=st.lists(
        st.tuples(*[st.sampled_from(["", *STANCES])] * 2, st.booleans()),
        min_size=5,
        max_size=5,
    ),
    order=st.randoms(use_true_random=False),
    suffix=st.sampled_from(["xlsx", "csv"]),
)
def test_no_mark_is_lost_or_invented_whatever_the_order_of_rows(
    talk, tmp_path_factory, marks, order, suffix
):
    said = ["By bus.", "=1+1", "'+ya", "a\nb", "-"]
    segments = segment(talk({"d": [("ana", words) for words in said]}))
    path = tmp_path_factory.mktemp("sheet") / f"kim.{suffix}"
    coding_sheet(segments, BOOK, path)
    cells = {
        name: {"The bus [bus]": bus, "Food [food]": food}
        if bus or food
        else {"nothing applies": "yes" if read else ""}
        for name, (bus, food, read) in zip(segments["segment_id"], marks, strict=True)
    }
    _fill(path, cells, order=order)

    codings = read_coding_sheet(path, BOOK, segments)

    expected = sorted(
        (name, theme, STANCES[mark])
        for name, row in cells.items()
        for theme, mark in _themes(row)
    )
    assert sorted(codings[SHOWN[:3]].itertuples(index=False, name=None)) == expected


def test_columns_that_a_team_adds_and_moves_do_not_matter(path):
    _fill(path, {"d:0002.01": {"Food [food]": "yes"}})
    before = read_coding_sheet(path, BOOK)
    book = openpyxl.load_workbook(path)
    book["code here"].insert_cols(3)
    book["code here"]["C1"], book["code here"]["C2"] = "my thoughts", "hm"
    book["code here"].insert_rows(1)
    book["code here"]["A1"] = "our group"
    book.save(path)

    after = read_coding_sheet(path, BOOK)

    assert_frame_equal(after.drop(columns="coded_at"), before.drop(columns="coded_at"))
    assert len(after) == 1


def test_each_cell_that_is_no_answer_is_left_out_alone_and_told_without_its_words(
    segments, path
):
    _fill(
        path,
        {
            "d:0002.01": {"The bus [bus]": "maybe, says Ana", "Food [food]": "need"},
            "d:0003.01": {"nothing applies": "nope"},
            "e:0001.01": {"Food [food]": "yes", "nothing applies": "yes"},
            "e:0002.01": {"suggestion": "yes"},
            "e:0003.01": {"Food [food]": "yes", "segment_id": "I said rice"},
        },
    )

    codings, told = _read(path, segments)

    assert codings[["segment_id", "theme", "asked"]].to_numpy().tolist() == [
        ["d:0002.01", "food", "food"]
    ]
    assert told == [
        "2 Sheet 'code here', cell F2: what is written here is no answer, so the theme "
        "stays open; write yes, need, asset or mixed, or leave it empty",
        "3 Sheet 'code here', cell H3: what is written under 'nothing applies' is no "
        "answer, so the row counts as not read; write yes, or leave it empty",
        "4 Sheet 'code here', cell H4: the row has a theme too, so the row counts as not "
        "read; empty this cell, or the theme",
        "5 Sheet 'code here', row 5: no theme is marked, so the row counts as not read; "
        "mark a theme of this row, or write yes under 'nothing applies'",
        "6 Sheet 'code here', cell A6: the study has no such passage; see whether the "
        "cell was changed, or read the passage again",
    ]


def test_a_row_whose_only_mark_is_no_answer_is_not_read(path):
    _fill(
        path, {"d:0002.01": {"Food [food]": "?"}, "d:0003.01": {"Food [food]": "yes"}}
    )

    codings, [told] = _read(path)

    assert codings["segment_id"].tolist() == ["d:0003.01"]
    assert "so the row counts as not read" in told


@pytest.mark.parametrize("mark", ["x", "X", "1", "TRUE", "✓", "ja", "WAHR", " Yes "])
def test_people_and_spreadsheets_write_yes_in_many_ways(tmp_path, segments, mark):
    path = coding_sheet(segments, BOOK, tmp_path / "kim.csv")
    marks = {"Food [food]": mark, "suggestion": mark}
    _fill(path, {"d:0002.01": marks, "d:0003.01": {"nothing applies": mark}})

    codings, told = _read(path)

    assert codings[SHOWN].to_numpy().tolist() == [
        ["d:0002.01", "food", "neutral", True],
        ["d:0003.01", "no_theme", "neutral", False],
    ]
    assert told == []


def test_no_for_every_theme_is_that_none_applies_and_for_some_is_half_a_reading(
    tmp_path, segments
):
    path = coding_sheet(segments, BOOK, tmp_path / "kim.csv")
    no = {"The bus [bus]": "no", "Food [food]": "No"}
    _fill(
        path,
        {
            "d:0002.01": no,
            "d:0003.01": no | {"Food [food]": ""},
            "e:0001.01": no | {"Food [food]": "need"},
        },
    )

    codings, told = _read(path)

    assert codings[["segment_id", "theme"]].to_numpy().tolist() == [
        ["d:0002.01", "no_theme"],
        ["e:0001.01", "food"],
    ]
    assert [one.partition(";")[0] for one in told] == [
        "3 row 3: no theme is marked, so the row counts as not read"
    ]


def test_a_row_that_repeats_counts_once_and_one_that_differs_counts_not_at_all(
    tmp_path, segments
):
    path = coding_sheet(segments, BOOK, tmp_path / "kim.csv")
    _fill(
        path,
        {
            "d:0002.01": {"Food [food]": "yes"},
            "d:0003.01": {"Food [food]": "yes"},
            "e:0001.01": {"Food [food]": "yes", "segment_id": "d:0002.01"},
            "e:0002.01": {"Food [food]": "need", "segment_id": "d:0003.01"},
        },
    )

    codings, told = _read(path)

    assert codings["segment_id"].tolist() == ["d:0002.01"]
    assert told == [
        f"{row} cell A{row}: row {other} says otherwise of this passage, so neither "
        "counts; delete one of the two"
        for row, other in ((3, 5), (5, 3))
    ]


def test_of_two_columns_for_one_theme_what_they_say_alike_counts(tmp_path, segments):
    path = coding_sheet(segments, BOOK, tmp_path / "kim.csv")
    marks = {"The bus [bus]": "yes", "Food [food]": "yes"}
    _fill(path, {"d:0002.01": marks, "d:0003.01": {"The bus [bus]": "yes"}})
    pd.read_csv(path).assign(food="yes").to_csv(path, index=False)

    codings, told = _read(path)

    assert codings[["segment_id", "theme", "asked"]].to_numpy().tolist() == [
        ["d:0002.01", "bus", ""],
        ["d:0002.01", "food", ""],
        ["d:0003.01", "bus", "bus"],
    ]
    assert told == [
        "nan column M: column G is for 'food' too, and they differ; delete one of them"
    ]


def test_a_theme_that_the_codebook_has_lost_is_left_out_and_the_rows_are_read(
    tmp_path, segments
):
    path = coding_sheet(segments, BOOK, tmp_path / "kim.csv")
    _fill(path, {"d:0002.01": {"Food [food]": "yes"}})
    smaller = Codebook("b", "B", themes=BOOK.themes[:1])

    codings, told = _read(path, book=smaller)

    assert codings["theme"].tolist() == ["no_theme"]
    assert told[0].startswith("nan column G: the codebook 'b' has no such theme; ")


def test_a_theme_without_a_column_is_open_and_never_a_no(tmp_path, segments):
    path = coding_sheet(segments, BOOK, tmp_path / "kim.csv")
    _fill(path, {"d:0002.01": {"Food [food]": "yes"}})
    rows = pd.read_csv(path, dtype="str", keep_default_na=False)
    rows.rename(columns={"The bus [bus]": "Buses"}).to_csv(path, index=False)

    codings, [told] = _read(path)

    assert codings["asked"].tolist() == ["food"]
    assert told.startswith(
        "nan the sheet: no column is for the theme 'bus', which stays open in all rows"
    )


@pytest.mark.parametrize(
    ("head", "advice"),
    [
        ("Buss", "if column F ('Buss') is meant, write 'The bus [bus]' above it"),
        ("The buss [bus ", "if column F ('The buss [bus') is meant, write"),
        ("our thoughts", "if a head was changed, write the theme's name there"),
        ("suggestions", "if a head was changed, write the theme's name there"),
    ],
)
def test_a_head_that_is_nearly_a_theme_is_named(tmp_path, segments, head, advice):
    path = coding_sheet(segments, BOOK, tmp_path / "kim.csv")
    _fill(path, {"d:0002.01": {"Food [food]": "yes"}})
    rows = pd.read_csv(path, dtype="str", keep_default_na=False)
    rows.rename(columns={"The bus [bus]": head}).to_csv(path, index=False)

    _, [told] = _read(path)

    assert advice in told


def test_a_sheet_of_another_codebook_is_refused(path):
    other = Codebook("o", "Other", themes=(Theme("art", "Art"),))

    with pytest.raises(TableError, match=r"no column is for a theme .* 'Other'"):
        read_coding_sheet(path, other)


def test_a_row_that_answers_for_no_theme_is_not_read(path):
    marks = {"The bus [bus]": "?", "Food [food]": "?", "nothing applies": "yes"}
    _fill(path, {"d:0002.01": marks})

    assert _read(path)[0].empty


def test_a_theme_with_another_id_is_known_by_its_name(tmp_path, segments):
    path = coding_sheet(segments, BOOK, tmp_path / "kim.csv")
    _fill(path, {"d:0002.01": {"The bus [bus]": "yes"}})
    newer = Codebook("b", "B", themes=(Theme("travel", "The Bus"), *BOOK.themes[1:]))

    codings, _ = _read(path, book=newer)

    assert codings["theme"].tolist() == ["travel"]


def test_another_version_of_the_codebook_is_said_and_kept(path):
    _fill(path, {"d:0002.01": {"Food [food]": "yes"}})
    newer = Codebook("b", "B", version="2", themes=BOOK.themes)

    with pytest.warns(EmpathyInsightsWarning, match="another version") as told:
        codings = read_coding_sheet(path, newer)

    assert codings["codebook_sha256"].tolist() == [BOOK.content_sha256]
    assert told[0].filename == __file__


def test_rows_that_hold_other_words_than_the_segments_are_said(segments, path):
    moved = {"Food [food]": "yes", "text": "By boat."}
    _fill(path, {"d:0002.01": moved, "e:0001.01": {"notes": "later"}})

    with pytest.warns(EmpathyInsightsWarning) as told:
        read_coding_sheet(path, BOOK, segments)

    assert str(told[0].message) == (
        "kim.xlsx: 1 row holds notes and no mark, which counts as not read; write yes "
        "under 'nothing applies' where no theme is there. 1 coded row holds other words "
        "than the segments; see whether the sheet was sorted in part, or made from other "
        "segments"
    )


def test_nothing_in_a_workbook_is_a_formula(tmp_path, segments):
    path = coding_sheet(segments, BOOK, tmp_path / "kim.xlsx", coder="=cmd()")

    cells = _cells(path)

    assert {"=1+1", "@home", "-2 points", "=cmd()"} <= {cell.value for cell in cells}
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}


def test_a_spreadsheet_runs_nothing_of_a_csv_file(tmp_path, segments):
    path = coding_sheet(segments, BOOK, tmp_path / "kim.csv", coder="=cmd()")

    rows = pd.read_csv(path, dtype="str", keep_default_na=False)

    assert rows["text"].tolist() == [
        "By bus.",
        "'=1+1",
        "Rice.",
        "'@home",
        "'-2 points",
    ]
    assert rows["coder"].tolist() == ["'=cmd()"] * 5


def test_only_the_cells_to_be_filled_are_open(path):
    book = openpyxl.load_workbook(path)
    sheet = book["code here"]

    heads = {cell.column_letter: cell.value for cell in sheet[1]}
    is_open = {heads[c.column_letter] for c in _cells(path) if not c.protection.locked}

    assert [each.protection.sheet for each in book.worksheets] == [True] * 3
    assert is_open == {
        "The bus [bus]", "Food [food]", "nothing applies", "suggestion", "notes", "coder",
    }  # fmt: skip


def test_it_can_be_read_and_clicked(path):
    book = openpyxl.load_workbook(path)
    sheet = book["code here"]

    offered = {
        str(choice.sqref): choice.formula1
        for choice in sheet.data_validations.dataValidation
    }

    assert book.sheetnames == ["code here", "codebook", "how to"]
    assert sheet.freeze_panes == "F2"
    assert sheet["E2"].alignment.wrap_text
    assert sheet.column_dimensions["J"].width > sheet.column_dimensions["F"].width
    assert sheet.column_dimensions["K"].hidden is False
    assert sheet.column_dimensions["L"].hidden
    assert offered == {
        "F2:F6": '"yes,need,asset,mixed"',
        "G2:G6": '"yes,need,asset,mixed"',
        "H2:H6": '"yes"',
        "I2:I6": '"yes"',
    }


def test_the_codebook_stands_beside_it(path):
    rows = pd.read_excel(path, sheet_name="codebook")

    assert rows["theme"].tolist() == ["The bus [bus]", "Food [food]"]


def test_a_blind_sheet_does_not_show_what_the_machine_found(tmp_path, segments):
    codings = _machine("d:0002.01")

    blind = coding_sheet(segments, BOOK, tmp_path / "a.csv", codings=codings)
    seen = coding_sheet(
        segments, BOOK, tmp_path / "b.csv", codings=codings, blind=False
    )

    assert "machine" not in pd.read_csv(blind).columns
    assert pd.read_csv(seen)["machine"].dropna().tolist() == ["bus?"]


def test_a_sheet_that_shows_nothing_is_asked_for_its_codings(tmp_path, segments):
    with pytest.raises(ValueError, match="give the codings"):
        coding_sheet(segments, BOOK, tmp_path / "a.csv", blind=False)


@pytest.mark.parametrize(("sample", "n"), [(3, 3), (0.4, 2), (99, 5), (None, 5)])
def test_a_sample_is_a_number_or_a_share(tmp_path, segments, sample, n):
    path = coding_sheet(segments, BOOK, tmp_path / "a.csv", sample=sample)

    assert len(pd.read_csv(path)) == n


@pytest.mark.parametrize("sample", [0, 1.5, -2])
def test_a_sample_of_nothing_is_refused(tmp_path, segments, sample):
    with pytest.raises(ValueError, match=r"a sample has|a share"):
        coding_sheet(segments, BOOK, tmp_path / "a.csv", sample=sample)


def test_everybody_is_read_once_before_anybody_is_read_twice(tmp_path, talk):
    loud = [("ana", f"word {n}") for n in range(30)]
    segments = segment(talk({"d": [*loud, ("ben", "hi")], "e": [("cleo", "oh")]}))

    path = coding_sheet(segments, BOOK, tmp_path / "a.csv", sample=3, random_state=5)

    drawn = segments[segments["segment_id"].isin(pd.read_csv(path)["segment_id"])]
    assert sorted(drawn["participant_id"]) == ["ana", "ben", "cleo"]


def test_the_same_seed_draws_the_same_whatever_the_order(tmp_path, segments):
    shuffled = segments.sample(frac=1, random_state=1)

    first = coding_sheet(segments, BOOK, tmp_path / "a.csv", sample=3)
    second = coding_sheet(shuffled, BOOK, tmp_path / "b.csv", sample=3)

    assert first.read_bytes() == second.read_bytes()


def test_segments_need_no_more_than_their_schema(tmp_path, segments):
    bare = segments[list(SEGMENTS.columns)]

    path = coding_sheet(bare, BOOK, tmp_path / "a.csv", sample=2)

    assert sorted(pd.read_csv(path)["document"]) == ["d", "e"]


def test_a_mark_without_a_segment_is_named(tmp_path, segments):
    path = coding_sheet(segments, BOOK, tmp_path / "a.csv")
    _fill(path, {"d:0002.01": {"Food [food]": "yes", "segment_id": ""}})

    codings, [told] = _read(path)

    assert codings.empty
    assert told.startswith("2 cell A2: the segment_id is missing")


def test_a_warning_lists_a_few_and_says_how_many_more(tmp_path, segments):
    path = coding_sheet(segments, BOOK, tmp_path / "a.csv")
    marks = {"The bus [bus]": "hm", "Food [food]": "hm"}
    _fill(path, dict.fromkeys(segments["segment_id"], marks))

    with pytest.warns(EmpathyInsightsWarning, match="4 more are in attrs") as told:
        read_coding_sheet(path, BOOK)

    assert told[0].filename == __file__


def test_two_coders_stand_side_by_side(tmp_path, segments):
    sheets = [
        coding_sheet(segments, BOOK, tmp_path / f"{who}.xlsx", coder=who)
        for who in ("kim", "lee")
    ]
    for path in sheets:
        _fill(path, {"d:0002.01": {"Food [food]": "yes"}})

    both = pd.concat([read_coding_sheet(path, BOOK) for path in sheets])

    assert both["coder"].tolist() == ["kim", "lee"]


def test_a_workbook_says_when_it_was_saved_and_a_csv_file_does_not(tmp_path, segments):
    saved = []
    for name in ("a.xlsx", "a.csv"):
        path = coding_sheet(segments, BOOK, tmp_path / name)
        _fill(path, {"d:0002.01": {"Food [food]": "yes"}})
        saved.append(read_coding_sheet(path, BOOK)["coded_at"].notna().item())

    assert saved == [True, False]


def test_an_empty_sheet_gives_no_codings(tmp_path, segments):
    path = coding_sheet(segments, BOOK, tmp_path / "a.xlsx")

    assert read_coding_sheet(path, BOOK, segments).empty


def test_a_sheet_saved_with_semicolons_is_read(tmp_path, segments):
    path = coding_sheet(segments, BOOK, tmp_path / "a.csv")
    _fill(path, {"d:0002.01": {"Food [food]": "yes"}})
    rows = pd.read_csv(path, dtype="str", keep_default_na=False)
    rows.to_csv(path, sep=";", index=False, encoding="cp1252")

    assert read_coding_sheet(path, BOOK)["theme"].tolist() == ["food"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", None, "a.xlsx: there is no such sheet"),
        ("a.xlsx", b"PK\x03\x04", "not a workbook"),
        ("a.csv", b"a,b\n1,2\n", "no sheet has the columns 'segment_id'"),
        ("a.csv", b"", "empty"),
    ],
)
def test_files_that_are_no_sheet_are_refused(tmp_path, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(TableError, match=said):
        read_coding_sheet(path, BOOK)


@pytest.mark.parametrize("name", ["a.pdf", "no/such/folder/a.csv"])
def test_a_sheet_that_cannot_be_written_is_said(tmp_path, segments, name):
    with pytest.raises(EmpathyInsightsError, match=r"ends in|cannot be written"):
        coding_sheet(segments, BOOK, tmp_path / name)


def test_the_segments_stay_as_they_are(tmp_path, segments):
    before = segments.copy(deep=True)

    coding_sheet(segments, BOOK, tmp_path / "a.xlsx", sample=2)

    assert_frame_equal(segments, before)


def test_words_that_a_cell_cannot_hold_do_not_stop_it(tmp_path, talk):
    said = "a\x00b\x1fc " + "long " * 8000
    segments = segment(talk({"d": [("ana", said)]}), max_words=9000)
    segments = segments.assign(text=[said.strip()])

    path = coding_sheet(segments, BOOK, tmp_path / "a.xlsx")
    _fill(path, {"d:0001.01": {"Food [food]": "yes"}})

    assert len(read_coding_sheet(path, BOOK, segments)) == 1


def _themes(row):
    if row.get("nothing applies") == "yes":
        return [("no_theme", "yes")]
    names = {"The bus [bus]": "bus", "Food [food]": "food"}
    return [(names[head], mark) for head, mark in row.items() if head in names and mark]


def _machine(segment_id):
    return pd.DataFrame(
        {
            "segment_id": [segment_id], "theme": ["bus"], "coder": ["codebook"],
            "status": ["suggested"], "score": [0.5], "method": ["x"],
            "evidence_start": [0.0], "evidence_end": [2.0], "stance": ["need"],
            "codebook_sha256": ["0"],
        }
    )  # fmt: skip


def _cells(path):
    sheet = openpyxl.load_workbook(path)["code here"]
    return [cell for row in sheet.iter_rows(min_row=2) for cell in row]


def _read(path, segments=None, *, book=BOOK):
    codings = read_marks(path, book, segments)
    problems = pd.DataFrame(
        codings.attrs["problems"], columns=["line", "problem", "advice", "unit"]
    ).dropna(subset="unit")
    told = [
        f"{line:.0f} {problem}; {advice}"
        for line, problem, advice, _ in problems.astype({"line": "float"}).to_numpy()
    ]
    return codings, told


def _fill(path, cells, *, order=None):
    """Fill in cells by segment and head as a person would, and shuffle the rows."""
    fill = _fill_csv if path.suffix == ".csv" else _fill_workbook
    fill(path, cells, order)


def _fill_csv(path, cells, order):
    rows = pd.read_csv(path, dtype="str", keep_default_na=False)
    rows = rows.set_index("segment_id", drop=False)
    for name, marks in cells.items():
        for head, mark in marks.items():
            rows.loc[name, head] = mark
    places = list(range(len(rows)))
    if order is not None:
        order.shuffle(places)
    rows.iloc[places].to_csv(path, index=False, encoding="utf-8-sig")


def _fill_workbook(path, cells, order):
    book = openpyxl.load_workbook(path)
    sheet = book["code here"]
    heads = [cell.value for cell in sheet[1]]
    rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    for row in rows:
        for head, mark in cells.get(row[0], {}).items():
            row[heads.index(head)] = mark or None
    if order is not None:
        order.shuffle(rows)
    for n, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            sheet.cell(n, column).value = value
            sheet.cell(n, column).data_type = "s"
    book.save(path)
