"""Names, words and files that mean harm, or only do it, end in a sentence or do nothing."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from matplotlib.figure import Figure

from empathy_insights.cli.output import print_table, say
from empathy_insights.codebook_file import parse_codebook
from empathy_insights.errors import CodebookError, EmpathyInsightsError
from empathy_insights.files.output import for_file
from empathy_insights.readers import read_corpus
from empathy_insights.report.charts.chart_list import plot
from empathy_insights.study import analyze
from empathy_insights.study_file import load_study

if TYPE_CHECKING:
    from collections.abc import Callable

    from empathy_insights.corpus import Corpus
    from empathy_insights.result import Analysis

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 13)
)
NESTED = "a: " + "[" * 3000 + "]" * 3000 + "\n"
ENDLESS = "a: &a [*a]\n"
LONG = "a: " + "x" * 4_000_001 + "\n"
COMMANDS = "\x1b[31m\x07\u202e\x9b\u2066"


@pytest.mark.parametrize("text", [BOMB, NESTED, ENDLESS, LONG])
def test_yaml_without_end_is_refused_as_a_codebook_and_a_study(
    text: str, tmp_path: Path
) -> None:
    (tmp_path / "study.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(CodebookError, match="the file is not valid YAML: it "):
        parse_codebook(text, Path("mine.yaml"))
    with pytest.raises(EmpathyInsightsError, match="the study cannot be read"):
        load_study(tmp_path / "study.yaml")


@pytest.mark.parametrize("head", [BOMB, NESTED, ENDLESS])
def test_front_matter_without_end_is_no_front_matter(head: str, tmp_path: Path) -> None:
    said = "I: How is it?\nAna: My bus comes late every day.\n"
    (tmp_path / "one.md").write_text(f"---\n{head}---\n{said}", encoding="utf-8")

    corpus = read_corpus(tmp_path)

    assert "My bus comes late every day." in set(corpus.utterances["text"])


def test_a_value_that_is_not_of_its_type_is_a_sentence() -> None:
    with pytest.raises(CodebookError, match="not what its type asks for"):
        parse_codebook("id: !!int bus\n", Path("mine.yaml"))


def test_an_alias_is_read_where_it_stands_for_little() -> None:
    text = "id: a\nname: A\nthemes: [{id: b, name: &n Bus, brief: *n}]\n"

    assert parse_codebook(text, Path("mine.yaml"))["b"].brief == "Bus"


def test_files_lose_what_programs_obey_and_keep_words() -> None:
    assert for_file(f"é\u200d😀{COMMANDS}\t\r\nz\ud800") == "é\u200d😀 [31m  \t\nz"


def test_a_terminal_shows_commands_as_what_they_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    say(f"Lena [8B]{COMMANDS}.txt")
    say(json.dumps({"file": COMMANDS}, ensure_ascii=False))

    first, second = capsys.readouterr().out.splitlines()
    assert first == r"Lena [8B]\u001b[31m\u0007\u202e\u009b\u2066.txt"
    assert json.loads(second) == {"file": COMMANDS}


def test_a_table_at_the_terminal_shows_brackets_colons_and_commands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = ["Lena [8B].txt", "[red]", "[/b]\\", ":smile:", "x\x1b[2J\u202e"]

    print_table(pd.DataFrame({"path": names}))

    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines == ["path", *names[:-1], r"x\u001b[2J\u202e"]


NO_HOME = """
import sys
import empathy_insights.cli.app as cli
def app():
    import matplotlib.font_manager as fonts
    fonts._load_fontmanager(try_read_cache=False)
cli.app = app
cli.main()
"""
FC_LIST = """#!/bin/sh
mkdir -p "${XDG_CACHE_HOME:-$HOME/.cache}/fontconfig" || echo "no cache" >&2
"""


def test_without_a_home_no_library_says_so(tmp_path: Path) -> None:
    (tmp_path / "fc-list").write_text(FC_LIST)
    (tmp_path / "fc-list").chmod(0o755)
    unset = {"MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"}
    kept = {key: value for key, value in os.environ.items() if key not in unset}
    path = f"{tmp_path}{os.pathsep}{kept.get('PATH', '')}"

    done = subprocess.run(
        [sys.executable, "-c", NO_HOME],
        env=kept | {"HOME": os.devnull + "/x", "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr == ""


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.xlsx"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_words_behind_entities_are_not_lost_in_silence(
    name: str, encoding: str, tmp_path: Path
) -> None:
    xml = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY s "Hill School">]><x>&s;</x>'
    with zipfile.ZipFile(tmp_path / name, "w") as package:
        for part in ("content.xml", "[Content_Types].xml", "word/document.xml"):
            package.writestr(part, xml.encode(encoding))
    (tmp_path / "b.txt").write_text("I: How is it?\nAna: My bus comes late.\n")

    corpus = read_corpus(tmp_path)

    told = corpus.problems.set_index("path")["problem"]
    assert "XML entities" in told[name]
    assert corpus.documents["path"].tolist() == ["b.txt"]


@pytest.mark.slow
def test_a_long_text_takes_a_few_times_its_room(tmp_path: Path) -> None:
    chance = random.Random(0)
    answers = [
        " ".join(f"w{chance.randrange(5000)}" for _ in range(40)) for _ in range(3000)
    ]
    long = "".join(f"I: Is it {said}?\n\nAna: {said}.\n\n" for said in answers)
    file = tmp_path / "a.txt"
    file.write_text(long[:50_000])
    read_corpus(tmp_path)  # what is loaded once stays loaded
    file.write_text(long)

    tracemalloc.start()
    try:
        read_corpus(tmp_path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 16 * len(long)


@pytest.fixture(scope="module")
def commanding(
    talk: Callable[..., Corpus], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Analysis, Path]:
    """Analyze and write a study whose names and words are markup, formulas and commands."""
    said = {n: f"The bus is late {n} times a week.{COMMANDS}" for n in range(6)}
    corpus = talk(
        {f"d{n}{COMMANDS}": [(f"p{n}", words)] for n, words in said.items()},
        priority_group={f"p{n}": "yes" for n in said},
    )
    name = rf"$x^$ or \frac{{$ <img src=x onerror=alert(1)> [a](http://b.c){COMMANDS}"
    theme = {"id": "bus", "name": name, "patterns": {"strong": ["bus"]}}
    text = json.dumps({"id": "b", "name": name, "themes": [theme]})
    run = analyze(corpus, codebook=parse_codebook(text, Path("mine.yaml")))
    folder = tmp_path_factory.mktemp("commanding") / "out"
    return run, run.write(folder, audience="team")


def test_what_is_listed_of_people_commands_nothing(tmp_path: Path) -> None:
    rows = [f"p{n},Ana,t{n},student,yes" for n in range(6)]
    people = "\n".join(["participant_id,name,document,role,priority_group", *rows])
    people += f"{COMMANDS}\n"
    (tmp_path / "participants.csv").write_text(people, encoding="utf-8")
    (tmp_path / "t5.txt").write_text("I: How is it?\nAna: The bus is late.\n")

    groups = read_corpus(tmp_path).participants["priority_group"].dropna()

    assert groups.str.startswith("yes").any()
    assert not set("".join(groups)) & set("\x1b\x07")


@pytest.mark.slow
def test_names_and_words_command_no_program_that_reads_the_results(
    commanding: tuple[Analysis, Path],
) -> None:
    _, folder = commanding

    markdown = (folder / "problem_of_practice.md").read_text(encoding="utf-8")
    assert "<img" not in markdown.casefold()
    assert "[a](" not in markdown
    texts = {
        path.name: path.read_bytes().decode()
        for path in folder.rglob("*")
        if path.suffix in {".html", ".md", ".csv", ".txt", ".svg", ".json"}
    }
    assert len(texts) > 10
    assert {
        n for n, text in texts.items() if set(COMMANDS) - set("[31m") & set(text)
    } == set()
    assert "<img src=x" not in texts["report.html"]


@pytest.mark.slow
def test_what_looks_like_a_formula_or_a_command_is_drawn_and_written(
    commanding: tuple[Analysis, Path], tmp_path: Path
) -> None:
    run, folder = commanding

    figure = plot(run.themes).figure
    assert isinstance(figure, Figure)
    figure.savefig(tmp_path / "mine.png")

    packages = [p for p in folder.rglob("*") if p.suffix in {".docx", ".pptx", ".xlsx"}]
    assert len(packages) > 3
    for package in packages:
        with zipfile.ZipFile(package) as parts:
            xml = [n for n in parts.namelist() if n.endswith(".xml")]
            held = "".join(parts.read(name).decode() for name in xml)
        assert set(COMMANDS) - set("[31m") & set(held) == set()


def test_a_file_that_nobody_can_name_or_open_stops_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "I: How is it?\nAna: My bus comes late every day{}.\n"
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(
        said.format(" and it rains")
    )
    (tmp_path / "new\nline.txt").write_text(said.format(" in spring"))
    (tmp_path / "gone.txt").symlink_to("nowhere.txt")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "folder.txt").mkdir()

    corpus = analyze(tmp_path, cache=True).corpus

    assert corpus.documents["path"].tolist() == ["caf\\xe9.txt", "new\nline.txt"]
    told = corpus.problems.dropna(subset=["problem"]).set_index("path")["problem"]
    assert told.loc[["empty.txt", "gone.txt", "loop"]].tolist() == [
        "the file is empty", "the file cannot be opened", "the file cannot be opened",
    ]  # fmt: skip
    print_table(corpus.reading[["path"]])
    assert "new line.txt" in capsys.readouterr().out
