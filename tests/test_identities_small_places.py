"""Schools in small letters go where words around them give them away. All are invented."""

import pytest

from empathy_insights.identities import deidentify


def left_of(words, talk):
    """Return what is left of words that somebody says, and the review list."""
    corpus = talk({"d": [(None, words)]})
    done = deidentify(corpus, ner=None)
    return done.corpus.utterances["text"].item(), done.review


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("we go to eastview and he stays", "we go to [place 1] and he stays"),
        ("she transferred to willowdale", "she transferred to [place 1]"),
        ("my sister goes to kettering middle", "my sister goes to [school 1]"),
        ("My cousin is at lincoln high now.", "My cousin is at [school 1] now."),
        ("He is over at jefferson middle.", "He is over at [school 1]."),
        ("She went to marlowe middle school.", "She went to [school 1]."),
        ("he is at clay county elem now", "he is at [school 1] now"),
        ("They got into ridgecrest academy.", "They got into [school 1]."),
        ("vamos a la escuela jefferson middle", "vamos a la escuela [school 1]"),
    ],
)
def test_a_school_in_small_letters_goes(words, clean, talk):
    assert left_of(words, talk)[0] == clean


def test_a_school_that_was_named_goes_in_small_letters_too(talk):
    corpus = talk(
        {
            "a": [(None, "We are from Eastview High School.")],
            "b": [(None, "They like eastview, and eastview high won.")],
        }
    )

    said = deidentify(corpus, ner=None).corpus.utterances["text"].tolist()

    assert said == [
        "We are from [school 1].",
        "They like [school 1], and [school 1] won.",
    ]


def test_what_may_be_a_slip_of_the_pen_waits_for_a_person(talk):
    words = "we went to kindergarden and we go to basketbal"

    left, review = left_of(words, talk)

    assert left == words
    assert set(review["why"]) == {"a place in small letters"}
    assert not review["was_replaced"].any()


@pytest.mark.parametrize(
    "words",
    [
        "we go to school and went to lunch and go to practice and went to church",
        "she goes to walmart, we went to mcdonalds, they go to youtube, go to disneyland",
        "we went to mexico and texas, we go to therapy, went to kindergarten",
        "my grades are at an all time high, i was at junior high, is super high",
        "please go to examplewiki.com and join",
        "he is at the elem now, from elem to middle",
        "I was at an all time high, at kinda high speed, at a really high level.",
        "It is at the middle school, in high school, from elementary to middle to high.",
        "I went to an amazing high school. We work on khan academy in class.",
        "Fuimos a la playa, es a high price, voy a comer, vamos a jugar.",
    ],
)
def test_ordinary_ways_stay(words, talk):
    assert left_of(words, talk)[0] == words


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("The stop is by fourth and elmhurst. We wait.", "The stop is by [street 1]. We wait."),
        ("We live on cedar and ninth. It is loud.", "We live on [street 1]. It is loud."),
        ("My stop is Oak & 12th. It is far.", "My stop is [street 1]. It is far."),
        ("the corner of elm and fifth", "the corner of [street 1]"),
        ("Meet me at third and hollingsford. I know it.", "Meet me at [street 1]. I know it."),
    ],
)  # fmt: skip
def test_a_corner_goes_in_texts_with_capitals_too(words, clean, talk):
    assert left_of(words, talk)[0] == clean


@pytest.mark.parametrize(
    "words",
    [
        "We like first and second grade. My class is Math & 9th grade.",
        "The stop is by first and second period. We live near third and last.",
        "It was third and ten. On second and third down they ran. I live on Monday and ninth.",
        "I have Math and 5th period. We stop there at ninth and lunch.",
    ],
)  # fmt: skip
def test_what_is_counted_is_no_corner(words, talk):
    assert left_of(words, talk)[0] == words
