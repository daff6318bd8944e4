"""A study with an interview more: the same as read at once, with little made anew."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.coding.models import lexical
from empathy_insights.coding.models.stance import StanceModel
from empathy_insights.identities import _ner

SAID = (
    (
        "ana",
        "The laptop froze again, and Mrs. Okafor-Whitlow could not get us back in.",
    ),
    (
        "ben",
        "We have no internet at home. I do it at my aunt Delphine's, or on the bus.",
    ),
    (
        "cleo",
        "I like that I can pick my own topic. Jaylen showed me how to plan the week.",
    ),
)


def write(folder, *people):
    for name, answer in SAID:
        if name in people:
            turns = f"Interviewer: What gets in the way?\n{name.title()}: {answer}\n"
            (folder / f"{name}.txt").write_text(turns)


def made_in(folder):
    file = folder / ".empathy_insights" / "texts.sqlite"
    with closing(sqlite3.connect(file)) as opened:
        return opened.execute("SELECT count(*) FROM made").fetchone()[0]


@pytest.mark.slow
@pytest.mark.parametrize("embedder", [None, "static"])
def test_it_is_the_study_read_at_once_and_little_is_made_anew(tmp_path, embedder):
    write(tmp_path, "ana", "ben")
    ei.analyze(tmp_path, cache=True, embedder=embedder)
    of_two = made_in(tmp_path)
    write(tmp_path, "cleo")

    more = ei.analyze(tmp_path, cache=True, embedder=embedder)
    once = ei.analyze(tmp_path, embedder=embedder)

    # One of three costs what one of two did; all three would cost half as much again.
    assert made_in(tmp_path) - of_two < 0.75 * of_two
    for name in ("segments", "codings", "chances", "themes", "sensitive"):
        pd.testing.assert_frame_equal(getattr(more, name), getattr(once, name))
    for name in ("key", "log", "review"):
        found, expected = (getattr(a.deidentified, name) for a in (more, once))
        pd.testing.assert_frame_equal(found, expected)
    assert "Jaylen" in set(more.deidentified.key["form"])
    assert more.topics.settings == once.topics.settings


@pytest.mark.slow
def test_a_run_that_was_stopped_asks_no_text_again(monkeypatch, tmp_path):
    write(tmp_path, "ana", "ben", "cleo")
    stopped(tmp_path)
    for path in (tmp_path / ".empathy_insights").rglob("*.parquet"):
        path.unlink()  # as if it had been killed before it could keep a stage
    for part, hear in ((lexical._Finder, "__call__"), (StanceModel, "_told")):
        monkeypatch.setattr(part, hear, lambda *_: pytest.fail("heard again"))
    monkeypatch.setattr(_ner, "_entities", lambda *_: pytest.fail("recognised again"))

    stopped(tmp_path)


def stopped(folder):
    """Run a study until its people are to be counted."""

    def stop(stage):
        if stage == "count":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ei.analyze(folder, cache=True, embedder="static", progress=stop)


RUN = """
import sys
from dataclasses import replace
from pathlib import Path
import empathy_insights as ei
from empathy_insights.codebook_file import load_codebook

core = load_codebook("empathy_core")
first, *rest = core.themes
strong = (*first.patterns.strong, sys.argv[2])
first = replace(first, patterns=replace(first.patterns, strong=strong))
ei.analyze(
    Path(sys.argv[1]), codebook=replace(core, themes=(first, *rest)), cache=True
)
print(sorted({"bertopic", "onnxruntime", "spacy", "wordllama"} & set(sys.modules)))
"""


@pytest.mark.slow
def test_another_phrase_loads_nothing_that_cuts_embeds_or_clusters_texts(tmp_path):
    write(tmp_path, "ana", "ben", "cleo")

    first, second = (
        subprocess.run(
            [sys.executable, "-c", RUN, tmp_path, phrase],
            check=True, capture_output=True, text=True,
        ).stdout
        for phrase in ("want to sing", "want to dance")
    )  # fmt: skip

    assert "spacy" in first
    assert second == "[]\n"


def held(folder, word):
    kept = (folder / ".empathy_insights").rglob("*")
    return [path for path in kept if path.is_file() and word in path.read_bytes()]


def test_an_interview_that_is_taken_out_leaves_nothing_behind(tmp_path):
    write(tmp_path, "ana", "ben")
    ei.analyze(tmp_path, cache=True, embedder="static")
    assert held(tmp_path, b"Delphine")

    (tmp_path / "ben.txt").unlink()
    ei.analyze(tmp_path, cache=True, embedder="static")

    assert not held(tmp_path, b"Delphine")
    assert held(tmp_path, b"Okafor")


def test_an_interview_with_another_name_costs_no_text_again(tmp_path):
    write(tmp_path, "ana", "ben")
    ei.analyze(tmp_path, cache=True, embedder="static")
    of_two = made_in(tmp_path)

    (tmp_path / "ben.txt").rename(tmp_path / "talk.txt")
    ei.analyze(tmp_path, cache=True, embedder="static")
    ei.analyze(tmp_path / "ana.txt", cache=True, embedder="static")

    assert made_in(tmp_path) >= of_two
