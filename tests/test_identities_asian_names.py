"""Names that only their parts tell: Korean ones with a hyphen, Hmong and Vietnamese ones of words."""

import pytest

from empathy_insights.identities import deidentify


def left_of(words, talk):
    """Return what is left of words that somebody says."""
    corpus = talk({"d": [(None, words)]})
    return deidentify(corpus, ner=None).corpus.utterances["text"].item()


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("It was good. {} sits behind me.", "It was good. [person 1] sits behind me."),
        ("I like maps and {}.", "I like maps and [person 1]."),
        ("Is that {}'s lunch?", "Is that [person 1]'s lunch?"),
    ],
)
@pytest.mark.parametrize(
    "name", ["Do-yun", "Ji-Ho", "Jun-ho Kim", "Kim Do-yun", "Park Ji-min", "seo-yeon"]
)
def test_two_syllables_are_a_name(words, left, name, talk):
    assert left_of(words.format(name), talk) == left


@pytest.mark.parametrize(
    "name",
    ["See Vang", "Say Vue", "An Do", "Tou Her", "Bao Do", "Mai See Xiong", "Yer Her"],
)
@pytest.mark.parametrize(
    "around", ["My friend {} helps me.", "I sit with {} at lunch.", "It was fun. {} is late."]
)  # fmt: skip
def test_a_part_that_is_a_word_goes_with_the_name(around, name, talk):
    assert left_of(around.format(name), talk) == around.format("[person 1]")


@pytest.mark.parametrize(
    "words",
    [
        "It was a do-over. We learn do-si-do. That was so-so, na-na.",
        "Min-max games are fun. We are all in-in. A sun-in smell.",
        "We read To Kill a Mockingbird. It is Her turn. I like Do Re Mi.",
    ],
)
def test_words_with_a_hyphen_stay(words, talk):
    assert left_of(words, talk) == words
