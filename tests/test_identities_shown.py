"""Words with capitals are people, or their pets, where what is said beside them shows it."""

import pytest

from empathy_insights.identities import deidentify


def left_of(words, talk):
    """Return what is left of words that somebody says."""
    corpus = talk({"d": [(None, words)]})
    return deidentify(corpus, ner=None).corpus.utterances["text"].item()


@pytest.mark.parametrize("name", ["Chukwuma", "Ka'Niyah"])
@pytest.mark.parametrize(
    "around",
    ["{} is seven.", "{} is 7 and shy.", "{} is 7. So.", "{} turned nine, and it shows.", "{} is in 3rd grade.",
     "{} was in second grade then.", "Please let {} give directions.", "We let {} know.",
     "She saw it. So did {} and the rest.", "Neither does {}.", "{}. Eighth. It is a lot.",
     "{}, 8th grade.", "{} in third grade told me no."],
)  # fmt: skip
def test_who_does_as_only_people_do_goes(name, around, talk):
    assert left_of(around.format(name), talk) == around.format("[person 1]")


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("Compare Burgess 5th hr, same lesson.", "Compare [person 1] 5th hr, same lesson."),
        ("I have Weaver, third period.", "I have [person 1], third period."),
        ("Let Osas go. So did Osas.", "Let [person 1] go. So did [person 1]."),
        ("Grace. Eighth. I sing.", "[person 1]. Eighth. I sing."),
        ("My teacher - Stone - let us pick.", "My teacher - [person 1] - let us pick."),
        ("The aide (Frost) helped me.", "The aide ([person 1]) helped me."),
        ("The aide (Monday) helped me.", "The aide (Monday) helped me."),
    ],
)  # fmt: skip
def test_a_name_that_is_a_word_goes_too(words, clean, talk):
    assert left_of(words, talk) == clean


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        (
            "Please keep Biscuit, I mean it. Biscuit the therapy dog is kind.",
            "Please keep [person 1], I mean it. [person 1] the therapy dog is kind.",
        ),
        ("He says it to Waffles, our cat.", "He says it to [person 1], our cat."),
        ("I walk Pickles the school dog.", "I walk [person 1] the school dog."),
    ],
)
def test_a_pet_goes(words, clean, talk):
    assert left_of(words, talk) == clean


@pytest.mark.parametrize(
    "words",
    [
        "Walk the school dog. Even the dog knows. Yesterday, my dog died. Mom, the dog ate it.",
        "Math 5th period is long. Reading, third period, is calm. English 2nd hour is full.",
        "Zorbix is seven dollars. Zorbix is 20 minutes long. Zorbix is in every classroom.",
        "Let Canvas load. I let Zorbix on. So did lunch. So does Google.",
        "Lunch. Fourth period. Yes. Eighth. Recess, third, was loud. May, 8th grade ends.",
        "Sí. Eighth. Pues, 8th grade.",
        "We use Zorbix in third grade. Zorbix in third grade costs more.",
    ],
)
def test_what_looks_alike_stays(words, talk):
    assert left_of(words, talk) == words
