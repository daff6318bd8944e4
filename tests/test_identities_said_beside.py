"""Names in small letters go where the words beside them tell that somebody is called so."""

import pytest

from empathy_insights.identities import deidentify


def left_of(words, talk):
    """Return what is left of words that somebody says."""
    corpus = talk({"d": [(None, words)]})
    return deidentify(corpus, ner=None).corpus.utterances["text"].item()


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("so did osas and the rest", "so did [person 1] and the rest"),
        (
            "it was that tall boy they call slim",
            "it was that tall boy they call [person 1]",
        ),
        ("he just says call me t because", "he just says call me [person 1] because"),
        ("me jax kylo and paris get there", "me [person 1] and [person 2] get there"),
        ("boots from manny our custodian", "boots from [person 1] our custodian"),
        ("and angel, my brother, came", "and [person 1], my brother, came"),
        ("her foster brother, chance, ate", "her foster brother, [person 1], ate"),
        ("li is the family name here", "[person 1] is the family name here"),
        ("one paper has xinyi li on it", "one paper has [person 1] on it"),
        ("theres a xin li in ninth", "theres a [person 1] in ninth"),
        ("mrs de la rosa put him in", "[adult 1] put him in"),
        ("mr. bishop-garnett gave it", "[adult 1] gave it"),
        (
            "My own twins, Cadence and Caleb, ride.",
            "My own twins, [person 1] and [person 2], ride.",
        ),
        ("I talk to miss joanie. Yes.", "I talk to [adult 1]. Yes."),
    ],
)
def test_who_is_told_by_the_words_beside_goes(words, clean, talk):
    assert left_of(words, talk) == clean


def test_they_go_in_capitals_too(talk):
    words = "SO DID OSAS AND THAT TALL BOY THEY CALL SLIM."

    assert (
        left_of(words, talk)
        == "SO DID [person 1] AND THAT TALL BOY THEY CALL [person 2]."
    )


@pytest.mark.parametrize(
    "words",
    [
        "so did lunch and so does zearn and neither did recess",
        "what they call art. they call home. we call it slim. the kids they call names",
        "call me a cab. call me i will come. call me x or y",
        "give me soup and bread. me or soup and bread",
        "there is hope my sister says. i need my mom, please, now. my dad, rich or not, works",
        "math is the first class. this is my first name. trouble is my middle name",
        "Our friends, Math and Science. My kids, Big and tall.",
        "idk lunch, omg math, the mr and mrs",
        "I want to miss class. We are going to miss lunch.",
    ],
)
def test_what_looks_alike_stays(words, talk):
    assert left_of(words, talk) == words


def test_the_small_words_of_a_surname_are_nobody_alone(talk):
    words = "mrs de la rosa put him in. y el maestro de ciencias es bueno"

    assert left_of(words, talk) == (
        "[adult 1] put him in. y el maestro de ciencias es bueno"
    )
