"""The commands for codebooks, and what a check says of gaps."""

import json
from functools import partial

import pandas as pd
import pytest

from empathy_insights.codebook import Codebook, NearMiss, Need, Patterns, Theme
from empathy_insights.codebook_file import load_codebook
from empathy_insights.coding.check import codebook_gaps

FULL = Theme(
    "bus",
    "Bus",
    definition="How it comes",
    patterns=Patterns(("bus",)),
    examples=load_codebook("solution_levers").themes[0].examples,
    near_misses=(NearMiss("A bus in a game."),),
    need=Need("get home"),
    headline="The bus decides",
)


@pytest.fixture
def run(run, monkeypatch, tmp_path):
    """Run a command for codebooks in a folder of its own: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "words.csv").write_text("theme,words\nBus,late\nFood,\n")
    return partial(run, "codebook")


def test_a_new_codebook_is_yaml_of_the_same_themes(run, tmp_path):
    code, out, _ = run("new", "--from", "words.csv")

    assert (code, out.splitlines()[0]) == (
        0,
        "Codebook('words' 0: 2 themes, 0 sub-themes; 1 without phrases, looked for by "
        "their names): words.yaml",
    )
    assert load_codebook(tmp_path / "words.yaml") == load_codebook(
        tmp_path / "words.csv"
    )


def test_a_check_is_of_what_a_team_wrote_itself(run, tmp_path):
    """Not of the themes that it extends, which others have checked."""
    words = "extends: empathy_core\n\n- Buses: How students get home.\n  - words: bus\n"
    (tmp_path / "added.md").write_text(words, encoding="utf-8")
    code, out, _ = run("check", "added.md")

    assert code == 0
    assert "21 themes" in out
    assert "Buses has no examples" in out
    assert "seeds" not in out
    assert "student_ownership" not in out


def test_no_file_is_overwritten(run, tmp_path):
    (tmp_path / "mine.yaml").write_text("mine")

    assert run("new", "--from", "words.csv", "--out", "mine.yaml") == (
        1,
        "",
        "mine.yaml: the file is there already; name a new one with --out\n",
    )
    assert (tmp_path / "mine.yaml").read_text() == "mine"


def test_a_place_that_cannot_be_written_is_one_sentence(run):
    code, out, err = run("new", "--from", "words.csv", "--out", "no/such/mine.yaml")

    assert (code, out, len(err.splitlines())) == (1, "", 1)


@pytest.mark.parametrize(
    "words", [["check", "words.csv"], ["new", "--from", "words.csv"]]
)
def test_json_is_one_object_of_the_same_keys(run, words):
    code, out, _ = run(*words, "--json")

    told = json.loads(out)
    assert code == 0
    assert list(told) == ["out", "codebook", "gaps", "passed", "cases", "missed"]
    assert told["codebook"]["without_phrases"] == ["Food"]


def test_the_list_as_json_names_themes(run):
    _, out, _ = run("list", "--json")

    books = json.loads(out)["codebooks"]
    assert books[0]["id"] == "empathy_core"
    assert "Tech support" in books[0]["themes"]


def gaps(*themes):
    return codebook_gaps(Codebook("b", "B", themes=themes))


def test_a_full_theme_has_no_gap():
    assert gaps(FULL).empty


def test_a_need_in_another_language_would_stand_in_an_english_sentence():
    told = codebook_gaps(Codebook("b", "B", themes=(FULL,), language="es"))

    assert told["missing"].tolist() == ["a need in English"]
    assert "said in English" in told["sentence"].item()


@pytest.mark.parametrize(
    ("theme", "missing", "sentence"),
    [
        (
            Theme(
                "help", "Tech support", "", "Help.", patterns=Patterns(("help desk",))
            ),
            "examples",
            "Tech support has no examples: it is found only by its own words, so expect "
            "to miss people who tell a story instead.",
        ),
        (
            Theme("help", "Tech support", definition="Help."),
            "words",
            "Tech support has no words: those of its name and description stand in, and "
            "they only suggest a passage. Write what people say, such as 'locked out'.",
        ),
        (
            Theme("help", "Tech support"),
            "everything but a name",
            "Tech support has only its name: the words of the name stand in for phrases, "
            "and they only suggest, so expect to miss most people. A description, words "
            "and two examples would change that.",
        ),
        (
            Theme("help", "Tech support", extra={"colour": "red"}),
            "a use",
            "'colour' of Tech support is kept as your own note: no coder reads it.",
        ),
    ],
)
def test_a_gap_says_what_it_costs(theme, missing, sentence):
    told = gaps(theme).set_index("missing")["sentence"]

    assert told[missing] == sentence


def test_themes_that_share_a_phrase_are_named():
    twins = gaps(*(Theme(n, n, patterns=Patterns(("late",))) for n in ("Bus", "Time")))

    assert (
        "Bus and Time share 'late': a passage with it gets them all."
        in twins["sentence"].tolist()
    )


def test_what_a_sub_theme_says_its_theme_does_not_lack():
    sub = Theme("way.bus", "Bus", parent="way", examples=FULL.examples)

    told = gaps(Theme("way", "Way", definition="How"), sub)

    pd.testing.assert_series_equal(
        told["missing"].isin(["examples", "everything but a name"]),
        pd.Series([False] * len(told), name="missing"),
    )
