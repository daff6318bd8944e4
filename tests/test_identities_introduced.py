"""A name on no list goes where somebody says it, and a family by its surname."""

import pytest

from empathy_insights.identities import deidentify


def left_of(words, talk):
    """Return what is left of words that somebody says."""
    corpus = talk({"d": [(None, words)]})
    return deidentify(corpus, ner=None).corpus.utterances["text"].item()


@pytest.mark.parametrize("name", ["rylynn", "kaiyah", "jaxtyn"])
@pytest.mark.parametrize(
    "around",
    ["my name is {} and i like it", "Yes. His name was {}.", "my daughters name is {}",
     "her name's {}", "they call me {}", "I call her {}.", "Ella se llama {}.",
     "me llamo {} y pinto", "mi nombre es {}"],
)  # fmt: skip
def test_a_name_on_no_list_goes_where_somebody_says_it(name, around, talk):
    assert left_of(around.format(name), talk) == around.format("[person 1]")


@pytest.mark.parametrize(
    "words",
    [
        "The app's name is zearn. Its name is skool.",
        "her name is pretty. his name is known. my name is spelled wrong",
        "me llamo la atención. Mi nombre es bonito.",
        "my dogs name is whiskerz",
    ],
)
def test_things_and_words_stay(words, talk):
    assert left_of(words, talk) == words


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("Signed, Ernestine “Teeny” Polk.", "Signed, [person 1]."),
        ("SIGNED, ERNESTINE “TEENY” POLK", "SIGNED, [person 1]"),
        ('I know Ann "Bo" Reyes well.', "I know [person 1] well."),
        ("He has a kid. Name Tucker.", "He has a kid. Name [person 1]."),
        ("we have a dog and a kid, name Weaver, ok", "we have a dog and a kid, name [person 1], ok"),
        ("Mr. b let me, ms t too.", "[adult 1] let me, [adult 2] too."),
        ("my granddaddy otis came", "my granddaddy [person 1] came"),
    ],
)  # fmt: skip
def test_nicknames_and_letters_go_with_their_names(words, clean, talk):
    assert left_of(words, talk) == clean


@pytest.mark.parametrize(
    "words",
    [
        "The sign says “Stop” and Wait. He yelled “No” to us.",
        "It is a brand name Zorbix. Name Tags are here. No name Brand.",
        "MS. p. and Mr. a man",
    ],
)
def test_quotes_brands_and_articles_stay(words, talk):
    assert left_of(words, talk) == words


@pytest.mark.parametrize("family", ["Kims", "Garcias", "Thompsons", "Lopezes"])
@pytest.mark.parametrize("around", ["The {} come often.", "I like the {}."])
def test_a_family_goes_by_its_surname(family, around, talk):
    assert left_of(around.format(family), talk) == around.format("[person 1]")


@pytest.mark.parametrize(
    "words",
    [
        "The Bakers came and the Woods left.",
        "We like the Lakers and the Celtics and the Padres.",
        "I watch the Simpsons. The Romans and the Marines came.",
    ],
)
def test_teams_shows_and_words_stay(words, talk):
    assert left_of(words, talk) == words
