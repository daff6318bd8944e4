"""Who speaks once goes too, and two people of nearly one name are two. All are invented."""

import pytest

from empathy_insights import read_corpus
from empathy_insights.identities import deidentify


def taken_out(tmp_path, text):
    """Return what is left of a file, and what was done."""
    (tmp_path / "a.txt").write_text(text)
    done = deidentify(read_corpus(tmp_path), ner=None)
    return done.corpus.documents["text"].item(), done


@pytest.mark.parametrize("label", ["Brexlyn", "brexlyn"])
def test_who_speaks_once_goes_though_no_list_has_the_name(label, tmp_path):
    text, _ = taken_out(
        tmp_path,
        "Interviewer: Who begins?\nMaya: I do, I read a lot.\nInterviewer: And you?\n"
        f"{label}: I like it too.\nMaya: We read together.\n",
    )

    assert "brexlyn" not in text.lower()
    assert "I like it too." in text


@pytest.mark.parametrize(
    "line",
    ["wifi: it never works", "todo: ask them", "note: they laugh", "https: it is down",
     "chromebooks: 30 of them", "mom: no way", "escuela: es buena", "- grubi: das ist so"],
)  # fmt: skip
def test_a_word_before_a_colon_stays(line, tmp_path):
    text, _ = taken_out(
        tmp_path, f"interviewer: how is it\n{line}\nstudent: we like it\n"
    )

    assert line in text


def test_two_of_nearly_one_name_are_two_where_both_speak(tmp_path):
    text, _ = taken_out(
        tmp_path,
        "Interviewer: Who is here?\nJayden: I am.\nInterviewer: And you?\nJaden: Me.\n"
        "Interviewer: What helps?\nJayden: Jaden does.\n",
    )

    lines = text.splitlines()
    assert lines[1] == "[person 1]: I am."
    assert lines[3] == "[person 2]: Me."
    assert lines[5] == "[person 1]: [person 2] does."


def test_a_letter_off_a_speaker_is_told_where_nobody_else_speaks(tmp_path):
    text, done = taken_out(
        tmp_path,
        "Interviewer: Who is here?\nJayden: Jaden is sick.\nInterviewer: And?\n"
        "Jayden: I am.\n",
    )

    assert "Jaden" not in text
    assert list(done.review["why"]) == ["one letter from a listed name"]
