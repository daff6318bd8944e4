from __future__ import annotations

import os
import subprocess
import sys

import pytest

from empathy_insights.topics._answers import fold, has_content
from empathy_insights.topics._words import (
    diverse,
    heavier_when_shared,
    lemmatized,
    shared_terms,
    verbatim,
)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "I don’t know", "Idk.", "None", "N/A", "um yeah", "No, nothing", "...",
     "Um, I dunno", "Nothing else!", "Yes"],
)  # fmt: skip
def test_answers_without_content_are_recognised(text):
    assert not has_content(fold(text))


@pytest.mark.parametrize(
    "text",
    ["lunch", "No homework", "I don't know my teachers", "😀", "5", "Busse", "给我", "nothing works"],
)  # fmt: skip
def test_short_answers_with_content_are_kept(text):
    assert has_content(fold(text))


def test_spoken_filler_is_no_term():
    spoken = "um like you know the teachers kinda yell gonna leave"

    assert lemmatized(spoken) == "teacher yell leave ¦"


def test_curly_apostrophes_are_read_as_straight_ones():
    assert lemmatized("we’re late") == "late ¦"


def test_numbers_name_nothing_unless_they_are_names():
    assert (
        lemmatized("the 504 plan of xxx took 12 weeks, 102 days")
        == "504 plan week day ¦"
    )


def test_an_answer_of_stop_words_has_its_words_as_a_last_resort():
    assert lemmatized("so it was") == "¦"
    assert verbatim("so it was") == "so it was ¦"


def test_no_term_spans_two_answers():
    terms = shared_terms(["bus late ¦", "bus late ¦"])

    assert terms("bus late ¦ bus late ¦") == ["bus", "bus late", "late"] * 2


def test_a_pair_of_words_counts_only_when_two_answers_hold_it():
    terms = shared_terms(["cold lunch ¦", "lunch line ¦", "cold lunch ¦"])

    assert terms.vocabulary == {"cold", "lunch", "line", "cold lunch"}


def test_of_overlapping_terms_only_one_is_chosen():
    chosen = diverse([("bus", 0.4), ("late bus", 0.1), ("bus driver", 0.3)])

    assert chosen == [("bus driver", 0.3)]


def test_equal_terms_come_in_alphabetical_order():
    assert diverse([("b", 0.1), ("a", 0.1), ("", 0.1)]) == [("a", 0.1), ("b", 0.1)]


def test_a_term_of_many_answers_outweighs_a_rare_one():
    weighted = heavier_when_shared(
        [("rare", 1.0), ("bus", 0.8)], ["bus rare rare ¦", "bus ¦", "bus ¦"]
    )

    assert weighted == [("rare", 1.0), ("bus", 1.6)]


WAITING = """
import sys
from empathy_insights.cli.ready import _load
_load(is_known=False)
asked = "bertopic empathy_insights.stage_cache empathy_insights.readers huggingface_hub spacy"
print([name for name in asked.split() if name in sys.modules])
import spacy
print(spacy.blank("en")("It froze.")[1].text)
"""


@pytest.mark.slow
def test_a_process_that_waits_loads_the_engine_without_what_it_does_not_need():
    told = subprocess.run(
        [sys.executable, "-c", WAITING], check=True, capture_output=True, text=True
    )

    loaded = ["bertopic", "empathy_insights.stage_cache"]
    assert told.stdout.splitlines() == [str(loaded), "froze"]


BESIDE = """
import sys
from functools import partial
from time import sleep
import empathy_insights as ei
from empathy_insights.ahead import Ahead
from empathy_insights.cli.ready import one_ready
with one_ready():
    Ahead(partial(sleep, 8))
    found = ei.analyze(sys.argv[1], embedder="static").topics
print(len(found.stability), "bertopic" in sys.modules)
"""


@pytest.mark.slow
def test_topics_are_left_to_the_process_that_has_loaded_what_finds_them(tmp_path):
    said = "\n".join(f"Ana: The bus was late {n} times." for n in range(12))
    (tmp_path / "ana.txt").write_text(f"Interviewer: Hi\n{said}\n")

    told = subprocess.run(
        [sys.executable, "-c", BESIDE, tmp_path],
        check=True, capture_output=True, text=True,
        env=os.environ | {"LOKY_MAX_CPU_COUNT": "2"},
    )  # fmt: skip

    n, is_loaded = told.stdout.split()
    assert int(n) > 0
    assert is_loaded == "False"


def test_where_families_answer_in_spanish_no_topic_is_called_la():
    assert lemmatized("la tarea es para la casa y los hijos") == "tarea casa hijos ¦"
