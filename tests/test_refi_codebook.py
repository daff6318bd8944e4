"""Codebooks to and from the programs in which people code by hand (REFI-QDA, .qdc)."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import empathy_insights as ei
from empathy_insights.codebook import Boundary, Example, NearMiss, Patterns, Theme
from empathy_insights.codebook_yaml import SHIPPED
from empathy_insights.errors import CodebookError

xmlschema = pytest.importorskip("xmlschema", reason="xmlschema is not installed")
SCHEMAS = Path(__file__).parent / "schemas"
BUS = Theme(
    "bus",
    "Bus & train",
    definition="How it comes",
    use_when=("it is late",),
    not_when=(Boundary("the driver sings", "food"),),
    patterns=Patterns(strong=("bus",)),
    examples=(Example("It never comes."), Example("We stood.", "family", "story")),
    near_misses=(NearMiss("A bus of ideas.", "food"),),
    extra={"color": "#F00082"},
)
LATE = Theme("bus.late", "Late", parent="bus")
FOOD = Theme("food", "Food", definition="What is eaten")
MINE = ei.Codebook(
    "mine", "Mine", themes=(BUS, LATE, FOOD), theme_sets={"a": ("food",)}
)


@pytest.fixture(scope="module")
def schema():
    return xmlschema.XMLSchema(SCHEMAS / "Codebook.xsd")


@pytest.fixture
def file(tmp_path):
    """Return what writes a text into a .qdc file and gives its path."""

    def written(content):
        path = tmp_path / "theirs.qdc"
        path.write_text(content, encoding="utf-8")
        return path

    return written


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_codebook_goes_and_comes_back_whole(schema, tmp_path, name):
    book = ei.load_codebook(name)

    path = ei.write_qdc(book, tmp_path / "x.qdc")

    schema.validate(path)
    assert ei.read_qdc(path) == book


def test_the_same_codebook_is_the_same_bytes(tmp_path):
    first = ei.write_qdc(MINE, tmp_path / "a.qdc").read_bytes()

    assert ei.write_qdc(MINE, tmp_path / "b.qdc").read_bytes() == first
    assert first.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns=')
    assert b"\r" not in first


def test_codes_say_what_people_need_to_know_of_a_theme(tmp_path):
    written = ei.write_qdc(MINE, tmp_path / "a.qdc").read_text(encoding="utf-8")

    assert 'name="Bus &amp; train" isCodable="true" color="#F00082"' in written
    assert (
        "<Description>How it comes\nUse when: it is late\n"
        "Not when: the driver sings\nExample: “It never comes.”</Description>"
    ) in written


def test_a_codebook_of_a_program_is_loaded_as_any_other(tmp_path):
    assert ei.load_codebook(ei.write_qdc(MINE, tmp_path / "a.qdc")) == MINE


def test_what_another_program_changed_is_what_counts(tmp_path):
    path = ei.write_qdc(MINE, tmp_path / "a.qdc")
    text = path.read_text(encoding="utf-8")
    text = text.replace('name="Late"', 'name="Too late"').replace(
        "What is eaten", "All food"
    )
    path.write_text(text, encoding="utf-8")

    late, food = replace(LATE, name="Too late"), replace(FOOD, definition="All food")
    assert ei.read_qdc(path) == replace(MINE, themes=(BUS, late, food))


def test_a_theme_that_was_deleted_elsewhere_is_named_nowhere(tmp_path):
    path = ei.write_qdc(MINE, tmp_path / "a.qdc")
    text = path.read_text(encoding="utf-8")
    text = re.sub('<Code [^>]*name="Food".*?</Code>', "", text, flags=re.DOTALL)
    path.write_text(text, encoding="utf-8")

    book = ei.read_qdc(path)

    assert [theme.id for theme in book] == ["bus", "bus.late"]
    assert book["bus"].not_when == (Boundary("the driver sings", None),)
    assert book["bus"].near_misses == (NearMiss("A bus of ideas.", None),)
    assert book.theme_sets == {"a": ()}


def test_a_code_that_was_added_elsewhere_is_a_theme_of_its_own(tmp_path):
    path = ei.write_qdc(MINE, tmp_path / "a.qdc")
    text = path.read_text(encoding="utf-8")
    code = (
        '<Code guid="{11111111-2222-3333-4444-555555555555}" name="Bus" isCodable="1"/>'
    )
    path.write_text(text.replace("</Codes>", f"{code}</Codes>"), encoding="utf-8")

    assert ei.read_qdc(path)["bus_2"] == Theme("bus_2", "Bus")


@pytest.mark.parametrize(
    ("codes", "themes"),
    [
        ('<Code name="A"><Code name="Good"/></Code><Code name="B"><Code name="Good"/></Code>',
         [("A", None), ("Good", "a"), ("B", None), ("B: Good", "b")]),
        ('<Code name="F" isCodable="false"><Code name="A"/></Code><Code name="a"/>',
         [("A", None), ("a (2)", None)]),
        ('<Code name="A"><Code name="B"><Code name="C"/></Code></Code>',
         [("A", None), ("B", "a"), ("C", "a")]),
        ('<Code name="M&amp;uuml;de"/><Code name=""/>', [("Müde", None), ("unnamed", None)]),
        ('<Code name="No theme"/><Code name="1. Bus"/>', [("Bus", None)]),
    ],
)  # fmt: skip
def test_codes_of_other_programs_are_themes(file, codes, themes):
    space = 'xmlns="urn:QDA-XML:codebook:1:0"'
    path = file(f"<CodeBook {space}><Codes>{codes}</Codes></CodeBook>")

    assert [(theme.name, theme.parent) for theme in ei.read_qdc(path)] == themes


@pytest.mark.parametrize(
    ("color", "kept"),
    [("#F00082", {"color": "#F00082"}), ("rgb(1, 2, 3)", {}), ("#12345678", {})],
)
def test_only_colours_of_the_standard_are_kept(file, color, kept):
    path = file(f'<CodeBook><Codes><Code name="A" color="{color}"/></Codes></CodeBook>')

    assert ei.read_qdc(path)["a"].extra == kept


def test_an_empty_codebook_is_not_written(tmp_path):
    with pytest.raises(CodebookError, match="no theme in the codebook"):
        ei.write_qdc(ei.Codebook("a", "A", themes=()), tmp_path / "a.qdc")


@pytest.mark.parametrize(
    "codes", ['<Code name="A">' * 6000 + "</Code>" * 6000, '<Code name="A"/>' * 6000]
)
def test_thousands_of_codes_are_one_sentence(file, codes):
    with pytest.raises(CodebookError, match="more than 5,000 codes"):
        ei.read_qdc(file(f"<CodeBook><Codes>{codes}</Codes></CodeBook>"))
