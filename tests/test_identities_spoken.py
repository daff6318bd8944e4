"""Identifiers go as people say them aloud, and ordinary talk stays."""

from __future__ import annotations

import pytest

from empathy_insights.identities import deidentify
from empathy_insights.identities._index import letters_of
from empathy_insights.identities._spoken import is_counting, n_digits


def said(words, talk):
    """Return what is left of somebody's words, without a roster."""
    corpus = talk({"d": [(None, words)]})
    return deidentify(corpus, ner=None).corpus.utterances["text"].item()


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Call six one nine, five five five, oh two two oh.", "Call [phone]."),
        ("Es el 55 8421 0937, mi tía contesta.", "Es el [phone], mi tía contesta."),
        ("Ring 020 7946 0321 after four.", "Ring [phone] after four."),
        ("Llama al seis uno dos, treinta y cuatro, once, veinte.", "Llama al [phone]."),
        ("My locker combo is three one, two two, oh nine.", "My locker combo is [student id]."),
        ("The case number was 2031-0442-M.", "The case number was [student id]."),
        ("Do u need her id? its 88213", "Do u need her id? its [student id]"),
        ("I was born on June the fifth, two thousand and eleven.",
         "I was born on [date of birth]."),
        ("Nació el 9 de abril de 2013.", "Nació el [date of birth]."),
        ("Write ozzy dot reyes at gmail dot com.", "Write [e-mail]."),
        ("Es rosa arroba escuela punto mx.", "Es [e-mail]."),
        ("It's underscore vik underscore 77 on Insta.", "It's [handle] on Insta."),
        ("My login is ovik2011, write it down.", "My login is [handle], write it down."),
        ("I saved it as ovik_07.docx, I think.", "I saved it as [handle], I think."),
        ("My name is spelled O, v, i, k.", "My name is spelled [person 1]."),
        ("We get the K bus at Vine and Sixth.", "We get the [place 1] at [street 1]."),
        ("She got zoned for Ellsworth.", "She got zoned for [school 1]."),
        ("Vivo en la calle Tres Ríos número 14.", "Vivo en [address]."),
        ("We pray at Mount Carmel Baptist Church.", "We pray at [organisation 1]."),
        ("Miracle said it was late.", "[person 1] said it was late."),
        ("I like Ms. Q-B best.", "I like [adult 1] best."),
        ("Plumber, the math teacher, did not.", "[person 1], the math teacher, did not."),
        ("he goes to ash creek elementary now", "he goes to [school 1] now"),
        ("T.J. and me ran.", "[person 1] and me ran."),
        ("La niña se llama Estrella y canta.", "La niña se llama [person 1] y canta."),
        ("my neighbor saoirse drives", "my neighbor [person 1] drives"),
    ],
)  # fmt: skip
def test_what_is_said_aloud_goes(words, left, talk):
    assert said(words, talk) == left


ORDINARY = [
    "We count one two three four five six seven and run.",
    "I got an A, a B, a C and a D.",
    "It opens at eight thirty and shuts at two fifteen.",
    "The I-E-P came late and STEM was full.",
    "Read chapters one, two, three and five for April.",
    "Look at the dot on the map.",
    "¿Qué es lo más difícil? Vivimos lejos.",
    "Thank you, Chair, the floor is yours.",
    "The Prime Minister of Wales likes React and REST.",
    "We use the Zorbix app and Zorbix version 3 here.",
    "It was all in recording_01.json and notes_2.docx, they said.",
]


def test_ordinary_talk_stays(talk):
    """Said in one study, where one of them could give another away."""
    corpus = talk({f"d{n}": [(None, words)] for n, words in enumerate(ORDINARY)})

    left = deidentify(corpus, ner=None).corpus.utterances["text"]

    assert left.tolist() == ORDINARY


@pytest.mark.parametrize(
    "words",
    [
        "Grace lets me in early.",
        "Will will be there.",
        "Christian is late.",
        "K.D. fights at recess.",
        "It is about Zorbixa, I guess.",
    ],
)
def test_what_may_be_a_name_is_for_review(words, talk):
    done = deidentify(talk({"d": [(None, words)]}), ner=None)

    assert done.corpus.utterances["text"].item() == words
    assert done.review["was_replaced"].tolist() == [False]


def test_spanish_and_english_numbers_are_counted_in_digits():
    assert [n_digits("double oh 7 forty-two"), n_digits("cincuenta y cinco, uno")] == [
        5,
        3,
    ]
    assert is_counting("uno dos tres cuatro cinco seis siete")


def test_spelled_letters_are_read_with_how_they_are_said():
    assert letters_of("capital D as in dog, double e, and z") == "deez"
