"""Plates, jerseys and codes by their number go; counts, ranks and sizes stay."""

import pytest

from empathy_insights.identities import deidentify


def left_of(words, talk):
    """Return what is left of words that somebody says."""
    corpus = talk({"d": [(None, words)]})
    return deidentify(corpus, ner=None).corpus.utterances["text"].item()


@pytest.mark.parametrize(
    ("around", "numbers"),
    [
        ("The license plate is {} and new.", ["7ABC123", "KXR 4421", "8XYZ992"]),
        ("His plate number {}, everyone knows it.", ["KXR 4421", "ABC-123-D"]),
        ("La placa es {}.", ["ABC-123-D"]),
        ("His A number is {}.", ["A 123 456 789", "A-12-345-678", "A123456789"]),
        ("I am number {} on the basketball team.", ["7", "23"]),
        ("#{} on the basketball team", ["7", "23"]),
        ("He wears jersey {}, and she wore number 4.", ["12"]),
        ("The pin for my Chromebook is {}, I think.", ["4471", "004471"]),
    ],
)
def test_numbers_that_are_somebodys_own_go(around, numbers, talk):
    for number in numbers:
        left = left_of(around.format(number), talk)

        assert left == around.replace("number 4", "number [student id]").format(
            "[student id]"
        )


@pytest.mark.parametrize(
    "words",
    [
        "I wear 2 shirts. He wore 12 layers. She wears 10 different hats.",
        "She was number 3 in the class. We are number 1 on the list of teams.",
        "Plates are 24 dollars. License plates and 200 cars. Plate 2 is hot.",
        "We use name tags, 40 of them. Tags 10 years old.",
        "The code for the project is 120 lines long. I scored 12 on the team quiz.",
    ],
)
def test_counts_ranks_and_sizes_stay(words, talk):
    assert left_of(words, talk) == words


@pytest.mark.parametrize("number", ["22-04-16", "22 4 16"])
@pytest.mark.parametrize("around", ["his locker combo is {} today", "HER COMBO: {}"])
def test_what_opens_a_lock_goes(around, number, talk):
    assert left_of(around.format(number), talk) == around.format("[student id]")


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("his plate is klt 4471 i think", "his plate is [student id] i think"),
        ("TRUCK PLATE KLT 4471.", "TRUCK PLATE [student id]."),
        ("plates and 200 cars", "plates and 200 cars"),
        ("a plate for 120 kids", "a plate for 120 kids"),
    ],
)
def test_plates_in_one_case_go(words, left, talk):
    assert left_of(words, talk) == left
