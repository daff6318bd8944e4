"""A day on which somebody has a birthday goes, however it is told."""

import pytest

from empathy_insights.identities import deidentify


def left_of(words, talk):
    """Return what is left of words that somebody says."""
    corpus = talk({"d": [(None, words)]})
    return deidentify(corpus, ner=None).corpus.utterances["text"].item()


@pytest.mark.parametrize(
    ("before", "day"),
    [
        ("I turned thirteen on ", "June ninth"),
        ("I will turn twelve on ", "June 9th"),
        ("I turn 13 this ", "June 9"),
        ("My daughter turned fifteen ", "March 3rd, 2011"),
        ("my birthday, which is ", "June 9th"),
        ("cumplo años el ", "9 de junio"),
        ("mi hijo cumple diez el ", "9 de junio"),
        ("my b-day is ", "6/9"),
        ("my bday is ", "June 9"),
    ],
)
def test_a_birthday_goes(before, day, talk):
    assert left_of(before + day, talk) == before + "[date of birth]"


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("born january sixth two thousand ten and mine is june sixth so",
         "born [date of birth] and mine is [date of birth] so"),
        ("He was born on May 3, 2011, and his sister's is June 5.",
         "He was born on [date of birth], and his sister's is [date of birth]."),
        ("the birthday for my son it is june the third but the paper says january first",
         "the birthday for my son it is [date of birth] but the paper says [date of birth]"),
    ],
)  # fmt: skip
def test_a_birthday_goes_beside_another(words, clean, talk):
    assert left_of(words, talk) == clean


def test_a_day_of_something_else_stays_beside_a_birthday(talk):
    words = "He was born on May 3 and we moved here on June 5. The test is on May 5."

    assert left_of(words, talk) == words.replace("May 3", "[date of birth]")


@pytest.mark.parametrize(
    "words",
    [
        "I turned in my essay on June ninth.",
        "He turned the page on June 9. I turned to page 12 on June 9.",
        "We turned 90 degrees. I turned ten, twenty kids came.",
        "nuestra boda fue el 4 de mayo",
        "my birthday was on a Friday",
    ],
)
def test_other_days_stay(words, talk):
    assert left_of(words, talk) == words
