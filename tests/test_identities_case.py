"""A listed name goes in whatever case it is written; a word that is a name may stay."""

from __future__ import annotations

import pandas as pd
import pytest

from empathy_insights import read_corpus
from empathy_insights.identities import check_leaks, deidentify, find_identities

ROSTER = pd.DataFrame(
    {
        "name": ["Zelindra Quexalote", "Mark Tovvik", "Hope Arrandale"],
        "role": "teacher",
    }
)
IDENTITIES = find_identities(roster=ROSTER)


def said(words, talk):
    """Return what is left of a student's words, and how many wait for review."""
    corpus = talk({"d": [("s01", words)]})
    done = deidentify(corpus, roster=ROSTER, ner=None)
    return done.corpus.utterances["text"].item(), len(done.review)


def is_leak(words):
    """Return whether the check finds a name in a table that holds the words."""
    return not check_leaks({"quotes.csv": f"x,{words},1\n"}, IDENTITIES).empty


@pytest.mark.parametrize(
    "form", ["zelindra", "ZELINDRA", "zelindra quexalote", "QUEXALOTE", "zElIndra"]
)
def test_a_listed_name_goes_in_any_case_and_is_a_leak_in_any(form, talk):
    words = f"It says {form} on my login."

    assert said(words, talk)[0] == "It says [teacher 1] on my login."
    assert is_leak(words)


def test_one_small_mention_does_not_save_the_labels(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Interviewer: How is it?\nZelindra: Fine, I think, most of the time.\n"
        "Interviewer: And now?\nZelindra: It says zelindra on my login.\n"
    )

    done = deidentify(read_corpus(tmp_path), roster=ROSTER, ner=None)

    text = done.corpus.documents["text"].item()
    assert "zelindra" not in text.lower()
    assert done.corpus.utterances["speaker"].nunique() == 2


@pytest.mark.parametrize("label", ["Mark", "MARK", "Hope", "mark"])
def test_a_label_that_is_a_word_goes_while_the_word_stays(label, tmp_path):
    (tmp_path / "a.txt").write_text(
        f"Interviewer: What do they do?\n{label}: I hope they mark the papers today.\n"
        f"Interviewer: And then?\n{label}: They mark them again.\n"
    )

    done = deidentify(read_corpus(tmp_path), roster=ROSTER, ner=None)

    text = done.corpus.documents["text"].item()
    assert f"{label}:" not in text
    assert "I hope they mark the papers today." in text


@pytest.mark.parametrize(
    "words",
    [
        "We mark the papers and hope for the best.",
        "They had to mark it.",
        "I HOPE THEY MARK THE PAPERS.",
        "a mark on my desk",
    ],
)
def test_the_word_in_any_case_stays_and_is_no_leak(words, talk):
    assert said(words, talk) == (words, 0)
    assert not is_leak(words)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("so mark said it was fine", "so [teacher 1] said it was fine"),
        ("i asked mark about it", "i asked [teacher 1] about it"),
        ("my friend mark left", "my friend [teacher 1] left"),
        ("that is mark's chair", "that is [teacher 1]'s chair"),
        ("I told mark that it was fine", "I told [teacher 1] that it was fine"),
        ("MY FRIEND MARK SAID NO", "MY FRIEND [teacher 1] SAID NO"),
    ],
)
def test_a_small_word_that_stands_as_a_name_goes_and_is_a_leak(words, left, talk):
    assert said(words, talk)[0] == left
    assert is_leak(words)


def test_what_nobody_can_tell_is_for_review(talk):
    words = "yesterday mark and me were late"

    assert said(words, talk) == (words, 1)


@pytest.mark.parametrize(
    ("words", "left", "n_review"),
    [
        ("I hope will comes too", "I hope [student 2] comes too", 0),
        ("I hope he will come", "I hope he will come", 0),
        ("Ask WILL about it", "Ask WILL about it", 1),
    ],
)
def test_a_helping_verb_is_told_from_a_name(words, left, n_review, talk):
    listed = pd.DataFrame({"name": ["Will Ortiz"], "role": ["student"]})
    done = deidentify(talk({"d": [("s01", words)]}), roster=listed, ner=None)

    assert done.corpus.utterances["text"].item() == left
    assert len(done.review) == n_review


def test_a_label_is_the_one_listed_person_whom_it_may_mean(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Interviewer: How is it?\nZelindra: Fine.\nMark: It says zelindra here.\n"
    )
    listed = pd.DataFrame(
        {"name": ["Zelindra Quexalote", "Mark Po", "Mark Lee"], "role": "student"}
    )

    done = deidentify(read_corpus(tmp_path), roster=listed, ner=None)

    lines = done.corpus.documents["text"].item().splitlines()
    assert lines[1].startswith("[student 1]: ")
    assert lines[2].endswith(": It says [student 1] here.")
    assert lines[2].startswith("[person 1]: ")


def test_a_name_in_capitals_goes_where_its_label_is_in_capitals(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Interviewer: Who begins?\nHEAVEN: I do. I have HOPE, a LOT of hope.\n"
        "GRACE: HEAVEN, wait. We say grace, it is like heaven in there.\n"
        "Interviewer: Thank you, HEAVEN.\nGRACE: NO WAY IN HEAVEN.\nHEAVEN: GRACE knows.\n"
    )

    done = deidentify(read_corpus(tmp_path), ner=None)

    assert done.corpus.documents["text"].item() == (
        "Interviewer: Who begins?\n[person 1]: I do. I have HOPE, a LOT of hope.\n"
        "[person 2]: [person 1], wait. We say grace, it is like heaven in there.\n"
        "Interviewer: Thank you, [person 1].\n[person 2]: NO WAY IN HEAVEN.\n"
        "[person 1]: [person 2] knows.\n"
    )


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("thank you hope, see you", "thank you [teacher 1], see you"),
        ("hope, can you come", "[teacher 1], can you come"),
        ("THANK YOU HOPE. WE ARE DONE.", "THANK YOU [teacher 1]. WE ARE DONE."),
        ("thank you hope to see you", "thank you hope to see you"),
        ("we hope, you know", "we hope, you know"),
    ],
)
def test_who_is_spoken_to_goes_in_any_case(words, left, talk):
    assert said(words, talk)[0] == left
