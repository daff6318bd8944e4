"""docs/codebook.md does what it says: its files are read, its commands are run."""

import re
import shlex
import sys
from pathlib import Path

import pytest

from empathy_insights.cli import main
from empathy_insights.codebook import Theme
from empathy_insights.codebook_file import load_codebook
from empathy_insights.codebook_tables import COLUMNS, column_of
from empathy_insights.codebook_yaml import parse_codebook, yaml_of

PAGE = (Path(__file__).parents[1] / "docs" / "codebook.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
CALLS = [
    (call, said)
    for kind, _, text in BLOCKS
    if kind == "console"
    for call, said in re.findall(
        r"^\$ empathy-insights (.+)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE
    )
]


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Write every file of the page into a folder, and go there."""
    for _, name, text in BLOCKS:
        if name:
            (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("call", "said"), CALLS, ids=[call for call, _ in CALLS])
@pytest.mark.usefixtures("files")
def test_a_command_of_the_page_prints_what_the_page_says(
    monkeypatch, capsys, call, said
):
    monkeypatch.setattr(sys, "argv", ["empathy-insights", *shlex.split(call)])
    with pytest.raises(SystemExit):
        main()

    shown = "".join(capsys.readouterr()).rstrip("\n")
    told = said.rstrip("\n")
    begun = told.removesuffix("\n...")
    assert shown.startswith(begun) if begun != told else shown == told


def listed(head):
    """Return the names in the first column of the table under a head."""
    rows = re.search(rf"^\| {head} \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)[1]
    return [
        name.strip(" `")
        for row in rows.splitlines()
        for name in row.split("|")[1].split(",")
    ]


def test_the_page_explains_every_column_of_a_sheet():
    assert {column_of(name) for name in listed("column")} == set(COLUMNS)


def test_the_page_explains_every_key_of_a_theme():
    own = set(Theme.__dataclass_fields__) - {"extra", "parent"}

    assert own - set(listed("key of a theme")) == set()


def test_other_words_for_a_column_are_understood():
    rows = re.findall(r"^\| ([a-z -]+) \| ([a-z, -]+) \| [A-Z]", PAGE, re.MULTILINE)

    assert rows
    assert [
        (ours, word)
        for ours, words in rows
        for word in words.split(", ")
        if column_of(word) != column_of(ours)
    ] == []


def test_every_form_of_the_page_reads_back_equal(files):
    books = [load_codebook(name) for name in ("notes.txt", "ours.md", "ours.csv")]

    assert [parse_codebook(yaml_of(book), files / "x.yaml") for book in books] == books
