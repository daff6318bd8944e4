"""The words of wordings: known from one run to the next, as they were read."""

import os
import subprocess
import sys

import pytest

from empathy_insights.problem import wordings
from empathy_insights.problem.wordings import (
    stops_in,
    wordings_remembered,
    words_of,
)
from empathy_insights.stage_cache import StageCache

TEXTS = ("How might we build digital access?", "Wi-Fi, please.", "", "…", "the of")


@pytest.fixture
def cache(tmp_path):
    """Return the cache of a study."""
    (tmp_path / "study").mkdir()
    return StageCache(tmp_path / "study" / ".empathy_insights")


def read(cache, texts=TEXTS):
    with wordings_remembered(cache):
        return [(words_of(text), stops_in(text)) for text in texts]


def test_the_next_run_knows_them_and_they_are_the_same(cache, monkeypatch):
    first = read(cache)
    monkeypatch.setattr(wordings, "tokenize", lambda _: pytest.fail("read again"))

    assert read(cache) == first
    assert first[2] == ([], set())
    assert first[4][1] == {0, 1}


def test_what_is_no_longer_asked_for_is_not_kept(cache):
    read(cache, ["digital access"])
    read(cache, ["a bus to school"])

    [kept] = cache.known("wordings", []).values()
    assert set(kept["text"]) == {"a bus to school"}


def test_without_a_cache_they_are_read():
    assert read(StageCache(None)) == [(words_of(t), stops_in(t)) for t in TEXTS]


AGAIN = """
import sys
import empathy_insights as ei

ei.analyze(sys.argv[1], cache=True, embedder="static")
print("spacy" in sys.modules)
"""


@pytest.mark.slow
def test_a_rerun_loads_no_spacy(tmp_path):
    (tmp_path / "ana.txt").write_text(
        "Interviewer: What gets in the way?\nAna: The laptop froze, nobody helped me.\n"
    )
    told = [
        subprocess.check_output(
            [sys.executable, "-c", AGAIN, str(tmp_path)], text=True, env={**os.environ}
        ).strip()
        for _ in range(2)
    ]

    assert told == ["True", "False"]
