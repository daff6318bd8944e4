"""A codebook that was saved as a sheet is the same codebook when it is loaded again."""

import openpyxl
import pytest

from empathy_insights.codebook import (
    Boundary,
    Codebook,
    Example,
    NearMiss,
    Need,
    Patterns,
    Theme,
)
from empathy_insights.codebook_file import SHIPPED, load_codebook, save_codebook
from empathy_insights.errors import CodebookError
from tests.test_codebook_file import with_few_stories

SUFFIXES = ("xlsx", "csv")
BUS = Theme(
    "bus", '=HYPERLINK("x")', headline="+1", definition="- one\n@two", priority="must",
    use_when=("-2 degrees", "[sic]"), not_when=(Boundary("cars", "car"), Boundary("own")),
    patterns=Patterns(("bus|buses",), ("late",), ("bus lane",)),
    examples=(Example("=1+1"), Example("Late.", "family"), Example("We wait.", "student", "story")),
    near_misses=(NearMiss("A bus in a game.", "play", "no bus"),),
    need=Need("get home", barrier="it is late", verb_phrase_of={"family": "get to work"}),
    default_levers=("time",), handle_with_care=True,
    extra={"year": "2026", "n": 3, "list": ["a"], "true": "true"},
)  # fmt: skip
BOOK = Codebook(
    "mine", "Mine, & ours", version="1.0", language="es",
    themes=(BUS, Theme("bus.wait", "Waiting", parent="bus"), Theme("car", "Car", use_when=("[1]",))),
    stance_cues={"need": ("must",)}, sensitive_cues=("sick",), theme_sets={"all": ("bus",)},
    no_theme=(Example("Hi!"), Example("Bye.", "", "story")), extra={"note": "ours"},
)  # fmt: skip


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_codebook_survives_a_sheet(tmp_path, name, suffix):
    book = load_codebook(name)
    # A workbook of all stories takes seconds; the cells are the same as in the text.
    book = with_few_stories(book) if suffix == "xlsx" else book

    assert load_codebook(save_codebook(book, tmp_path / f"a.{suffix}")) == book


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_whatever_a_codebook_holds_survives_a_sheet(tmp_path, suffix):
    path = save_codebook(BOOK, tmp_path / f"a.{suffix}")

    assert load_codebook(path) == BOOK
    assert (
        path.read_bytes() == save_codebook(BOOK, tmp_path / f"b.{suffix}").read_bytes()
    )


def test_no_cell_of_a_saved_codebook_is_a_formula(tmp_path):
    path = save_codebook(BOOK, tmp_path / "a.xlsx")
    cells = [cell for row in openpyxl.load_workbook(path).active for cell in row]
    text = save_codebook(BOOK, tmp_path / "a.csv").read_text("utf-8-sig")

    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert "\"'=HYPERLINK" in text
    assert ",'+1," in text


def test_people_go_on_in_a_saved_sheet(tmp_path):
    path = save_codebook(
        Codebook("m", "M", themes=(Theme("bus", "Bus"),)), tmp_path / "a.xlsx"
    )
    book = openpyxl.load_workbook(path)
    heads = {cell.value: cell.column for cell in book.active[1]}
    book.active.cell(3, heads["examples"], "It never comes.\nI wait.")
    book.active.cell(4, heads["theme"], "Long waits")
    book.active.cell(4, heads["parent"], "bus")
    book.save(path)

    again = load_codebook(path)

    assert [theme.id for theme in again] == ["bus", "bus.long_waits"]
    assert again["bus"].examples == (Example("It never comes."), Example("I wait."))


@pytest.mark.parametrize(
    ("head", "text", "said"),
    [
        ("parent", "train", r"a.xlsx:3: the sheet has no theme 'train' above this one"),
        ("codebook", "{", r"a.xlsx:3: the cell 'codebook' is no JSON any more"),
        (
            "handle_with_care",
            "perhaps",
            r"a.xlsx.*: .*handle_with_care must be true or false",
        ),
    ],
)
def test_what_people_spoil_in_a_saved_sheet_is_said_with_its_line(
    tmp_path, head, text, said
):
    path = save_codebook(BOOK, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    heads = {cell.value: cell.column for cell in book.active[1]}
    book.active.cell(3, heads[head], text)
    book.save(path)

    with pytest.raises(CodebookError, match=said):
        load_codebook(path)


def test_a_text_that_no_cell_can_hold_is_refused(tmp_path):
    book = Codebook("m", "M", themes=(Theme("bus", "Bus", definition="x" * 40_000),))

    with pytest.raises(CodebookError, match=r"save the codebook as \.yaml"):
        save_codebook(book, tmp_path / "a.xlsx")


def test_a_theme_is_cut_from_a_saved_sheet_by_its_row(tmp_path):
    stories = tuple(Example(f"We wait {n} minutes.", form="story") for n in range(3))
    book = Codebook(
        "b", "B", themes=(Theme("food", "Food"), Theme("bus", "Bus", examples=stories))
    )
    path = save_codebook(book, tmp_path / "book.csv")
    rows = path.read_text("utf-8-sig").splitlines()
    kept = [row for row in rows if "Bus" not in row]
    assert len(kept) == len(rows) - 1
    path.write_text("\n".join(kept), "utf-8")

    read = load_codebook(path)

    assert [theme.id for theme in read] == ["food"]
    assert read.extra["stories_left_out"] == {"bus": 3}
