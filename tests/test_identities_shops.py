"""Shops and restaurants that are called as people are stay; people of these names go."""

import pytest

from empathy_insights.identities import deidentify


def left_of(words, talk):
    """Return what is left of words that somebody says."""
    corpus = talk({"d": [(None, words)]})
    return deidentify(corpus, ner=None).corpus.utterances["text"].item()


@pytest.mark.parametrize(
    "words",
    [
        "We like Wendy's, Denny's, and Macy's a lot.",
        "They eat at Wendy’s or McDonald’s or Taco Bell.",
        "My jobs were Target, Lowe's and Walmart.",
        "We ate at Dave and Buster's, then at Ben & Jerry’s.",
        "Some work at Trader Joe's, some at Papa John's.",
    ],
)
def test_shops_beside_shops_stay(words, talk):
    assert left_of(words, talk) == words


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("We went to see Denny's mom.", "We went to see [person 1]'s mom."),
        (
            "I like Denny's, Wendy's and Macy's moms.",
            "I like [person 1]'s, [person 2]'s and [person 3]'s moms.",
        ),
        ("Denny's and Macy's are fun.", "[person 1]'s and [person 2]'s are fun."),
        ("Ms. McDonald's class is loud.", "[adult 1]'s class is loud."),
        (
            "We stay with Maria's and Jada's.",
            "We stay with [person 1]'s and [person 2]'s.",
        ),
    ],
)
def test_people_of_these_names_go(words, clean, talk):
    assert left_of(words, talk) == clean
