"""The words of wordings: known from one run to the next, as they were read."""

import os
import subprocess
import sys

import pytest

from empathy_insights.problem import wordings
from empathy_insights.problem.wordings import stops_in, words_of
from empathy_insights.text import tokens
from empathy_insights.text_memory import TextMemory, texts_remembered
from empathy_insights.workers import memory

TEXTS = ("How might we build digital access?", "Wi-Fi, please.", "", "…", "the of")


def read(file=None):
    """Read as another process would, by what the file knows."""
    words_of.cache_clear()
    stops_in.cache_clear()
    memory().clear()
    with texts_remembered(file and TextMemory(file)):
        return [(words_of(text), stops_in(text)) for text in TEXTS]


def test_the_next_run_knows_them_and_they_are_the_same(tmp_path, monkeypatch):
    plain = read()
    first = read(tmp_path / "texts.sqlite")
    for room, cut in ((tokens, "_told"), (wordings, "_stop_words")):
        monkeypatch.setattr(room, cut, lambda *_, **__: pytest.fail("read again"))

    assert read(tmp_path / "texts.sqlite") == first == plain
    assert first[2] == ([], set())
    assert first[4][1] == {0, 1}


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
