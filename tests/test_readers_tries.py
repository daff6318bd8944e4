"""Rows of a survey by which somebody only tried whether the form works."""

import pytest

from empathy_insights.corpus import heard
from empathy_insights.lexicon import says_no_answer
from empathy_insights.readers import read_corpus
from empathy_insights.text.segments import segment

HARDEST, HELPS = "What was hardest this year?", "What helps?"
WORDS = [("The bus is late", "My friends help me"), ("Long division", "A quiet room")]


def survey(folder, *rows, name="", head="Name"):
    cells = [("", *words) for words in WORDS] + [(name, *row) for row in rows]
    lines = [f'{head},"{HARDEST}","{HELPS}"']
    lines += [",".join(f'"{cell}"' for cell in row) for row in cells]
    (folder / "survey.csv").write_text("\n".join(lines), encoding="utf-8")
    return read_corpus(folder)


def told(corpus):
    return [p for p in corpus.problems["problem"] if "only tried the form" in p]


@pytest.mark.parametrize(
    "row",
    [("asdf", "asdfgh"), ("this is a test", "testing"), ("Test", "test"), ("xxx", ""), ("delete me", "."),
     ("test test", "n/a"), ("Lorem ipsum dolor sit amet", "asdf"), ("qwerty", "sdfsdf"), ("prueba", "esto es una prueba"),
     ("test 1", "test 2"), ("testing, testing", "please delete this row"), ("TEST - PLEASE IGNORE", "Test")],
)  # fmt: skip
def test_a_row_of_nothing_else_is_nobodys_and_told(tmp_path, row):
    corpus = survey(tmp_path, row)

    assert len(corpus.participants) == 2
    assert len(segment(corpus)) == 4
    assert told(corpus) == [
        "1 row left out, by which somebody only tried the form (line 4)"
    ]


@pytest.mark.parametrize("name", ["IT test", "Test User", "tester"])
def test_a_row_by_a_name_that_tries_the_form_is_left_out(tmp_path, name):
    corpus = survey(tmp_path, ("Everything is fine", "Good"), name=name)

    assert len(corpus.participants) == 2
    assert told(corpus)


@pytest.mark.parametrize(
    "row",
    [("Test", "My teacher"), ("test", ""), ("Testing", "idk"), ("tests", "testing"), ("nothing", "no"),
     ("idk", "idk"), ("ASD", "ADHD"), ("test data", "test prep"), ("the test", "test"), ("lol", "fun")],
)  # fmt: skip
def test_a_word_that_answers_stays(tmp_path, row):
    corpus = survey(tmp_path, row)

    assert len(heard(corpus)) == 3
    assert set(filter(None, row)) <= set(corpus.utterances["text"])
    assert not told(corpus)


def test_one_such_answer_beside_others_is_no_answer_and_the_row_stays(tmp_path):
    corpus = survey(tmp_path, ("asdf", "My grandmother helps me"))

    assert says_no_answer("asdf")
    assert len(segment(corpus)) == 5
    assert not told(corpus)
