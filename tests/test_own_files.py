"""Our own results and sheets are never read as interviews."""

import shutil
import sys

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.cli import main
from empathy_insights.errors import TranscriptError
from empathy_insights.files.results import own_table

LENA = "Interviewer: What gets in the way?\n\nLena: I got locked out of my account.\n"
OMAR = "Interviewer: What gets in the way?\n\nOmar: The homework is just busy work.\n"


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "study"
    root.mkdir()
    (root / "lena.txt").write_text(LENA, encoding="utf-8")
    (root / "omar.txt").write_text(OMAR, encoding="utf-8")
    return root


@pytest.fixture
def run(monkeypatch, folder):
    """Run the command line in this process, in the folder of the interviews."""

    def call(*words):
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["empathy-insights", *words])
        with pytest.raises(SystemExit) as caught:
            main()
        return caught.value.code

    return call


def _remarks(folder):
    corpus = ei.read_corpus(folder)
    assert set(corpus.documents["document_id"]) == {"lena", "omar"}
    return dict(corpus.problems[["path", "problem"]].to_numpy())


@pytest.fixture
def results(folder, sample_results):
    """Return results beside the interviews."""
    return shutil.copytree(sample_results("school"), folder / "results")


@pytest.mark.slow
@pytest.mark.usefixtures("no_pixels")
def test_analyze_again_where_the_interviews_are_gives_the_same_numbers(run, folder):
    run("analyze", ".", "--out", ".", "--quiet")
    first = (folder / "tables" / "themes.csv").read_bytes()
    code = run("analyze", ".", "--out", "results", "--quiet")

    again = (folder / "results" / "tables" / "themes.csv").read_bytes()
    themes = ei.analyze(folder).themes
    assert (code, again) == (0, first)
    assert b"people" in first
    assert themes["of"].unique().tolist() == [2]


def test_a_folder_of_results_is_set_aside_whole_with_one_remark(results, folder):
    assert _remarks(folder) == {"results": "set aside as results of empathy_insights"}


def test_a_folder_of_results_is_no_study(results):
    (results / ".empathy_insights.json").unlink()

    with pytest.raises(TranscriptError, match="results: this folder holds results of"):
        ei.read_corpus(results)


def test_tables_and_sheets_are_known_by_their_heads(run, folder, results):
    ei.write_key(ei.deidentify(ei.read_corpus(folder)).key, folder / "key.csv")
    run("people", ".", "--out", "people.xlsx")
    run("people", ".", "--out", "people.csv")
    for suffix in ("csv", "xlsx"):
        _write_sheets(folder, suffix)
    for path in results.rglob("*.[cx][sl][vs]*"):
        name = "_".join(path.relative_to(folder).parts)
        shutil.copy(path, folder / f"copy_{name}")
    shutil.rmtree(results)

    said = _remarks(folder)

    tables = {p.name for p in folder.iterdir()} - {"lena.txt", "omar.txt"}
    assert set(said) == tables
    assert {text[:9] for text in said.values()} == {"set aside"}
    assert said["key.csv"] == "set aside as the key to the pseudonyms"
    assert said["people.xlsx"] == said["people.csv"] == "set aside as a sheet of people"
    assert said["kim.xlsx"] == said["kim.csv"] == "set aside as a coding sheet"
    assert said["review.xlsx"] == "set aside as a review sheet"


def _write_sheets(folder, suffix):
    book = ei.load_codebook("empathy_core")
    segments = ei.segment(ei.read_corpus(folder / "lena.txt"))
    codings = ei.code(segments, book).assign(status="suggested")
    ei.coding_sheet(segments, book, folder / f"kim.{suffix}")
    ei.review_sheet(codings, segments, book, folder / f"review.{suffix}")


@pytest.mark.parametrize(
    ("heads", "what"),
    [
        ("segment_id;theme;coder", "codes by hand"),
        ("id;document;tag;content", "highlights from another program"),
        (
            "Document group;Document name;Code;Segment",
            "highlights from another program",
        ),
        ("Pseudonym;Form;Source", "the key to the pseudonyms"),
        ("string;file;where;why;decision", "identities to decide about"),
        ("option;themes;lever;evidence", "a decision matrix"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_spreadsheet_program_may_have_saved_it_again(tmp_path, heads, what, encoding):
    path = tmp_path / "mine.csv"
    path.write_text(f"sep=;\n{heads}\na;b;c\n", encoding=encoding)

    assert own_table(path).startswith(what)


@pytest.mark.parametrize(
    "heads",
    [
        ["respondent", "theme", "What gets in the way?"],
        ["speaker", "text", "start"],
        ["name", "people", "comment"],
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_tables_of_people_are_not_ours(tmp_path, heads, suffix):
    table = pd.DataFrame([["a", "b", "c"]], columns=heads)
    path = tmp_path / f"t.{suffix}"
    write = {"csv": table.to_csv, "xlsx": table.to_excel}[suffix]
    write(path, index=False)

    assert own_table(path) == ""


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.txt"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x00\x01" * 50])
def test_a_broken_file_is_not_ours(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)

    assert own_table(tmp_path / name) == ""


AS_LIST = """\
# What we listen for

- Bus: Getting to school and home.
  - words: bus, bus stop
- Lunch: The food at school.
  - words: lunch, cafeteria
"""
AS_HEADINGS = """\
# Bus
Getting to school and home.

**Use when:** the bus is late
Not when: somebody walks
"""


@pytest.mark.parametrize("content", [AS_LIST, AS_HEADINGS])
@pytest.mark.parametrize("name", ["ours.md", "ours.txt"])
def test_a_codebook_among_the_interviews_is_no_interview(folder, name, content):
    (folder / name).write_text(content, encoding="utf-8")

    assert _remarks(folder) == {name: "set aside as a codebook"}


@pytest.mark.parametrize(
    "content",
    [
        "Interviewer: Say it in your own words: what helps?\n\nLena: Not when: never.\n",
        "# Notes\n\n- Words: few of them today\n- Lena: we use it when the bus is late\n",
        "- Use when: it rains\n- We talked about the bus and lunch.\n",
    ],
)
def test_what_people_say_is_no_codebook(tmp_path, content):
    (tmp_path / "talk.md").write_text(content, encoding="utf-8")

    assert own_table(tmp_path / "talk.md") == ""


@pytest.mark.parametrize("at", ["", "more/"])
def test_the_codebook_that_a_study_names_is_no_interview(folder, at):
    """A plain list looks like any other notes."""
    (folder / "more").mkdir()
    (folder / f"{at}ours.md").write_text(
        "- Bus: how we get there\n- Lunch: what we eat\n"
    )
    (folder / f"{at}notes.md").write_text("- Bus: it was late\n- Lunch: it was cold\n")
    (folder / "study.yaml").write_text(f"data: .\ncodebook: '{at}ours.md'  # ours\n")

    assert own_table(folder / f"{at}ours.md").startswith("a codebook")
    assert own_table(folder / f"{at}notes.md") == ""
