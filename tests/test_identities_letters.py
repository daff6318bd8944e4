"""Letters that somebody is called by go, and a surname behind letters or behind a word."""

import pytest

from empathy_insights.identities import deidentify


def left_of(words, talk):
    """Return what is left of words that somebody says."""
    corpus = talk({"d": [(None, words)]})
    return deidentify(corpus, ner=None).corpus.utterances["text"].item()


@pytest.mark.parametrize("name", ["TJ", "MJ", "AJ", "KJ"])
@pytest.mark.parametrize(
    "around", ["My son's name is {}.", "My son {} came home.", "They call her {}."]
)
def test_two_letters_that_are_introduced_are_a_name(name, around, talk):
    assert left_of(around.format(name), talk) == around.format("[person 1]")


def test_two_letters_that_were_introduced_are_a_name_everywhere(talk):
    left = left_of("My son is called TJ. TJ said no. I like TJ and TV.", talk)

    assert left == (
        "My son is called [person 1]. [person 1] said no. I like [person 1] and TV."
    )


@pytest.mark.parametrize(
    "words",
    [
        "My daughter is in PE. My teacher PD day. My dad IT guy. My kid OK.",
        "They call it PE. They call me OK. The student ID. My mom ER nurse.",
        "MY SON GO HOME. MY MOM TE DIJO.",
    ],
)
def test_letters_of_things_stay(words, talk):
    assert left_of(words, talk) == words


@pytest.mark.parametrize(
    "name", ["Faith Adeyemi", "Hope Okonkwo", "Christian Vu", "Grace Onyekachi"]
)
@pytest.mark.parametrize("around", ["{} sat with me.", "I sat with {} there."])
def test_a_name_that_is_a_word_goes_with_its_surname(name, around, talk):
    assert left_of(around.format(name), talk) == around.format("[person 1]")


def test_a_name_that_is_a_word_is_nobody_in_the_name_of_a_church(talk):
    words = "We pray in Grace Chapel and at Faith Lutheran. Will they come?"

    clean = "We pray in [organisation 1] and at [organisation 2]. Will they come?"
    assert left_of(words, talk) == clean


@pytest.mark.parametrize(
    "name", ["R. L. Hayes", "C.J. Stone", "J.D. Powers", "A.J. Okafor", "E. B. White"]
)
def test_a_surname_goes_with_its_letters(name, talk):
    assert left_of(f"I saw {name} there.", talk) == "I saw [person 1] there."


def test_letters_of_offices_and_places_stay(talk):
    words = "The U.S. Senate and N.Y. Times and P.E. Teachers came."

    assert left_of(words, talk) == words
