"""One reader beneath every table that a person makes."""

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.analysis.population import load_population, read_population
from empathy_insights.coding.hand import read_codings
from empathy_insights.coding.sheets.filled import read_filled
from empathy_insights.errors import EmpathyInsightsError, TableError
from empathy_insights.files.table import PEOPLE, read_table, renamed
from empathy_insights.identities._known_people import read_roster as names_to_hide
from empathy_insights.readers.people.roster import read_roster
from empathy_insights.study import analyze

BOOK = ei.Codebook("b", "B", themes=(ei.Theme("bus", "The bus"),))
ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]


def _written(path, table, encoding="utf-8", delimiter=","):
    if path.suffix == ".xlsx":
        pd.DataFrame(table[1:], columns=table[0]).to_excel(path, index=False)
        return path
    lines = [delimiter.join(row) for row in table]
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode(encoding))
    return path


def _names(path):
    return [person.names[0] for person in read_roster(path).people]


def _hidden(path):
    return [person.names[0] for person in names_to_hide(path)]


def _groups(path):
    corpus = ei.corpus_from_frame(
        pd.DataFrame({"a": ["Late."], "escuela": ["San José"]}), text="a"
    )
    read = read_population(load_population(path), corpus)
    return read.loc[read["people"] == 40, "value"].tolist()


def _coders(path):
    return read_codings(path, BOOK)["coder"].tolist()


def _filled_in(path):
    return read_filled(path, ["segment_id", "decision"]).column("notes").tolist()


TABLES = {
    "participants": (_names, [["name", "role"], ["Zoë Núñez", "student"]], "Zoë Núñez"),
    "names to hide": (_hidden, [["name", "role"], ["Zoë Núñez", "student"]], "Zoë Núñez"),
    "population": (
        _groups, [["group", "value", "people"], ["escuela", "San José", "40"]], "San José",
    ),
    "codes by hand": (
        _coders, [["segment_id", "theme", "coder"], ["d:0001.01", "bus", "Renée"]], "Renée",
    ),
    "a filled-in sheet": (
        _filled_in, [["segment_id", "decision", "notes"], ["d:0001.01", "accept", "Así"]],
        "Así",
    ),
}  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("which", TABLES)
def test_every_table_is_read_in_every_encoding_and_delimiter(
    tmp_path, which, encoding, delimiter
):
    read, table, expected = TABLES[which]

    path = _written(tmp_path / "t.csv", table, encoding, delimiter)

    assert read(path) == [expected]


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv", "t.tsv"])
@pytest.mark.parametrize("which", TABLES)
def test_empty_lines_sep_lines_and_blanks_around_heads_do_not_matter(
    tmp_path, which, name
):
    read, (heads, *rows), expected = TABLES[which]
    spaced = [f" {head} " for head in heads]
    before = [] if name == "t.xlsx" else [["sep=;"], [""]]

    path = _written(tmp_path / name, [*before, spaced, *rows], delimiter=";")

    assert read(path) == [expected]


def test_a_workbook_called_csv_is_read_as_the_workbook_that_it_is(tmp_path):
    path = _written(tmp_path / "t.xlsx", TABLES["participants"][1])

    assert _names(path.rename(tmp_path / "t.csv")) == ["Zoë Núñez"]


def test_the_first_sheet_that_holds_anything_is_read(tmp_path):
    path = tmp_path / "t.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame().to_excel(book, sheet_name="empty", index=False)
        pd.DataFrame({"name": ["Ana Ruiz"]}).to_excel(book, sheet_name="b", index=False)

    assert _names(path) == ["Ana Ruiz"]


def test_a_list_of_one_column_may_hold_commas(tmp_path):
    path = _written(tmp_path / "t.csv", [["name"], ["Ruiz, Ana"], ["Ben Oak"]])

    assert read_table(path, what="list").rows == (("Ruiz, Ana",), ("Ben Oak",))


def test_rows_keep_their_lines_over_cells_of_several_lines(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('a,b\n\n"one\ntwo",2\n3,4\n', encoding="utf-8")

    read = read_table(path, what="table")

    assert (read.rows, read.lines) == ((("one\ntwo", "2"), ("3", "4")), (3, 5))


def test_a_row_that_is_too_long_is_refused_without_its_words(tmp_path):
    path = _written(tmp_path / "t.csv", [["name", "role"], ["Ana", "x", "secret"]])

    with pytest.raises(TableError) as caught:
        read_table(path, what="table")

    assert str(caught.value) == (
        "t.csv:2: the row has more cells than there are heads; put cells that hold the "
        "delimiter between quotation marks"
    )


@pytest.mark.parametrize(
    ("said", "ours"),
    [
        (["First Name", "LAST_NAME"], ("first_name", "last_name")),
        (["Student Name", "Grade"], ("name", "Grade")),
        (["Name", "name"], ("Name", "name")),
        (["full name", "Participant"], ("name", "Participant")),
    ],
)
def test_heads_in_other_words_are_ours_each_once(said, ours):
    assert renamed(said, PEOPLE) == ours


@pytest.mark.parametrize("read", [_names, _hidden])
def test_first_and_last_names_in_two_columns_are_one_name(tmp_path, read):
    table = [["Last Name", "First Name", "bus line"], ["Okoro", "Amara", "12"]]

    assert read(_written(tmp_path / "t.csv", table)) == ["Amara Okoro"]


def test_heads_of_the_population_and_of_codes_may_be_in_other_words(tmp_path):
    there = [["Variable", "Category", "N"], ["escuela", "San José", "40"]]
    codes = [["Segment ID", "Code", "Coded by"], ["d:0001.01", "bus", "kim"]]

    assert _groups(_written(tmp_path / "p.csv", there)) == ["San José"]
    assert _coders(_written(tmp_path / "c.csv", codes)) == ["kim"]


def test_decisions_about_identities_are_read_with_semicolons_and_formulas(
    tmp_path, talk
):
    table = [["string", "decision"], ["'+1 555 0100", "keep"]]
    path = _written(tmp_path / "open.csv", table, "cp1252", ";")

    run = analyze(talk({"d": [("ana", "The bus.")]}), identities=path)

    assert run.decided["string"].tolist() == ["+1 555 0100"]


# A workbook with a password is an old compound file that holds a stream of this name.
LOCKED = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.xlsx", None, "t.xlsx: there is no such"),
        ("t.csv", None, "t.csv: there is no such"),
        ("t.xlsx", b"", "t.xlsx: the file is empty"),
        ("t.csv", b" \n\n", "t.csv: the file is empty"),
        ("t.xlsx", b"PK\x03\x04 broken", "t.xlsx: the file is not a workbook"),
        ("t.xlsx", b"name,role\n", "t.xlsx: the file is not a workbook"),
        ("t.xlsx", LOCKED, "t.xlsx: the workbook is locked with a password"),
        ("t.csv", LOCKED, "t.csv: the workbook is locked with a password"),
        ("t.xls", b"\xd0\xcf\x11\xe0 old", "t.xls: this is an old Office document"),
        ("t.csv", b"%PDF-1.7", "t.csv: the file is not a text file"),
        ("t.csv", b"\x00\x01\x02" * 99, "t.csv: the file is not a text file"),
    ],
)
@pytest.mark.parametrize(
    "read", [read_roster, names_to_hide, load_population, _coders, _filled_in]
)
def test_a_file_that_is_no_table_is_one_sentence(tmp_path, read, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(EmpathyInsightsError) as caught:
        read(path)

    assert str(caught.value).startswith(said)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "option", ["participants", "roster", "hand_codes", "population", "identities"]
)
def test_a_folder_in_the_place_of_a_table_is_one_sentence(tmp_path, option):
    (tmp_path / "ana.txt").write_text("Interviewer: Why?\n\nAna: The bus.\n")

    with pytest.raises(EmpathyInsightsError, match="there is no such"):
        analyze(tmp_path / "ana.txt", embedder="static", **{option: tmp_path})
