"""Words that open a sentence, stand beside a name or are another language's stay."""

import pytest

from empathy_insights import read_corpus
from empathy_insights.identities import deidentify


def left(talk, line):
    done = deidentify(talk({"a": [("s01", line)]}), ner=None)
    return done.corpus.utterances["text"].item()


@pytest.mark.parametrize(
    "line",
    [
        "Grading eats my Sundays, all of them.", "Planning eats up my time.",
        "Writing asks a lot of us.", "Practice helped me.", "Lunch got cold.",
        "Homework uses paper. Homework got a lot harder.", "Debate told us a lot.",
        "Testing stresses everybody out. Tutoring helped him.",
    ],
)  # fmt: skip
def test_what_somebody_does_or_has_opens_a_sentence_and_is_nobody(talk, line):
    assert left(talk, line) == line


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("Sterling eats lunch with me.", "[person 1] eats lunch with me."),
        ("Miracle said so.", "[person 1] said so."),
        ("Biscuit got a full ride.", "[person 1] got a full ride."),
        ("Pickering said no.", "[person 1] said no."),
        ("Amara lmao frfr tbh idk smth.", "[person 1] lmao frfr tbh idk smth."),
    ],
)
def test_who_does_as_people_do_goes(talk, line, after):
    assert left(talk, line) == after


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("mi niño yahir tiene asma y brayan su hermano lo cuida.",
         "mi niño [person 1] tiene asma y [person 2] su hermano lo cuida."),
        ("mi niña luz va a la escuela", "mi niña [person 1] va a la escuela"),
        ("Nou bezwen tounen nan lekòl la.", "Nou bezwen tounen nan lekòl la."),
        ("Chồng tôi đi làm xa.", "Chồng tôi đi làm xa."),
        ("y rosario martínez su hermana vino", "y [person 1] su hermana vino"),
    ],
)  # fmt: skip
def test_the_words_of_another_language_stay_beside_a_name(talk, line, after):
    assert left(talk, line) == after


@pytest.mark.parametrize(
    "line",
    [
        "My mom banks at Chase bank and the line is long.", "Angel food cake was the prize.",
        "We are the only Karen family here.", "We read Harry Potter and Hermione is smart.",
    ],
)  # fmt: skip
def test_things_and_figures_that_are_called_as_people_are_stay(talk, line):
    assert left(talk, line) == line


def test_a_room_that_speaks_is_nobodys_name(tmp_path):
    (tmp_path / "zoom.txt").write_text(
        "Marguerite: What is the hardest part?\n"
        "Transportation Conf Rm: We are eleven people short.\n"
        "Library Media Center: The books come late.\n"
        "Stan: They said call transportation, and transportation said call the school. "
        "Library is closed.\n"
        "Marguerite: What would help?\nStan: Ask for help.\n"
    )

    left = deidentify(read_corpus(tmp_path), ner=None).corpus.documents["text"].item()

    assert "call transportation, and transportation said" in left
    assert "Library is closed." in left
