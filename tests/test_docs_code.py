"""Every command and every block of Python on the pages of `docs/` and the README runs.

Blocks with `>>>` are doctests; codebook.md and first_study.md have tests of their own.
"""

import re
import shlex
import shutil
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import openpyxl
import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.cli import main

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_pixels")]

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "sample"
FILES = (
    "participants.csv", "r1_alder_student_01.docx", "r1_pier_student_03.vtt",
    "r1_alder_teacher_01.txt",
)  # fmt: skip
PAGES = {
    path.name: re.findall(
        r"^```(sh|python)\n(.*?)^```$",
        path.read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    for path in [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"]
    if path.name not in {"codebook.md", "first_study.md"}
}
CODE = {
    name: [text for kind, text in blocks if kind == "python" and ">>>" not in text]
    for name, blocks in PAGES.items()
}
CALLS = {
    name: [
        line.partition("  #")[0]
        for kind, text in blocks
        if kind == "sh"
        for line in text.splitlines()
        if line.startswith(("empathy-insights ", "cd "))
        and not {"--scheduler", "--coder"} & set(line.split())
    ]
    for name, blocks in PAGES.items()
}


def with_blocks(of):
    return [name for name, blocks in of.items() if blocks]


@pytest.fixture(scope="module")
def interviews(tmp_path_factory):
    """Return a folder of few of the sample, where what every command begins with is kept."""
    folder = tmp_path_factory.mktemp("interviews")
    for name in FILES:
        shutil.copy(SAMPLE / name, folder / name)
    ei.analyze(folder, cache=True)
    return folder


@pytest.fixture(scope="module")
def analysis(interviews):
    """Analyze a small study that two people read, one of whom misses a part."""
    kim = ei.read_codings(SAMPLE / "hand_codes.csv", ei.load_codebook("empathy_core"))
    kim = kim[kim["segment_id"].str.startswith(tuple(Path(n).stem for n in FILES))]
    both = [kim.assign(coder="kim"), kim.iloc[::2].assign(coder="lee")]
    return ei.analyze(interviews, decisions=both, cache=True)


def filled(path):
    """Mark a theme in the first passages of a sheet, and leave the rest unread."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    [theme] = [cell.column for cell in sheet[1] if "[tech_support]" in str(cell.value)]
    for row in range(2, 5):
        sheet.cell(row, theme).value = "need"
    workbook.save(path)


def of_another_program(folder, analysis):
    """Write what another program exported: a project, tags, and segments; and a codebook."""
    ei.write_qdpx(analysis, folder / "project.qdpx")
    themes = [
        ["Theme", "Keywords"],
        ["Getting to school", "bus; late"],
        ["Food", "lunch"],
    ]
    sheet(folder / "our_codebook.xlsx", themes)
    said = analysis.segments["text"][analysis.segments["text"].str.len() > 80]
    tags = [["id", "document", "tag", "content"], [1, "talk", "Food", said.iloc[0]]]
    pd.DataFrame(tags[1:], columns=tags[0]).to_csv(folder / "all_tags.csv", index=False)
    segments = [
        ["Document name", "Code", "What was said"],
        ["talk", "Buses & co", said.iloc[1]],
    ]
    sheet(folder / "segments.xlsx", [*segments, ["talk", "to do", said.iloc[1]]])


def sheet(path, rows):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)


@pytest.fixture
def desk(tmp_path, monkeypatch, analysis, interviews):
    """Go to a folder with interviews, the files that pages speak of, and a study."""
    of_another_program(tmp_path, analysis)
    for folder in (
        "interviews",
        "interviews_corrected",
        "our_study/interviews",
        "data/sample",
    ):
        shutil.copytree(interviews, tmp_path / folder)
    for name in ("people.csv", "roster.csv"):
        shutil.copy(SAMPLE / "participants.csv", tmp_path / name)
    (tmp_path / "our_study" / "notes.txt").write_text("Late buses\nFood\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROWSER", "true")
    return tmp_path


@pytest.mark.parametrize("page", with_blocks(CODE))
def test_the_python_of_a_page_runs(desk, analysis, page):
    names = {
        "ei": ei, "analysis": analysis, "codings": analysis.codings,
        "corpus": analysis.corpus, "segments": analysis.segments,
        "codebook": analysis.codebook, "book": analysis.codebook,
    }  # fmt: skip
    for block in CODE[page]:
        exec(block, names)
        for sheet in (*desk.glob("???.xlsx"), *desk.glob("all_???.xlsx")):
            filled(sheet)
        if (desk / "kim.xlsx").exists() and not (desk / "lee.xlsx").exists():
            shutil.copy(desk / "kim.xlsx", desk / "lee.xlsx")
    plt.close("all")


@pytest.mark.parametrize("page", with_blocks(CALLS))
def test_the_commands_of_a_page_run(desk, monkeypatch, capsys, page):
    for line in CALLS[page]:
        words = shlex.split(line)
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
            continue
        monkeypatch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit) as ended:
            main()

        assert ended.value.code in (0, None), f"{line}: {capsys.readouterr().err}"
