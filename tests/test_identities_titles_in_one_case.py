"""A title and a name go in small letters and in capitals; the verb and the noun stay."""

import pytest

from empathy_insights.identities import deidentify


def left_of(words, talk):
    """Return what is left of words that somebody says."""
    corpus = talk({"d": [(None, words)]})
    return deidentify(corpus, ner=None).corpus.utterances["text"].item()


@pytest.mark.parametrize(
    "name",
    ["miss patty", "mister rogers", "coach brown", "officer mack", "nurse joy", "miss jones",
     "MISS JONES", "coach carter smithson", "miss rose johnson", "MISTER ROGERS", "Coach brown"],
)  # fmt: skip
@pytest.mark.parametrize("around", ["i like {}", "i like {} and math", "{} said no."])
def test_a_title_and_a_name_in_one_case_go(name, around, talk):
    assert left_of(around.format(name), talk) == around.format("[adult 1]")


def test_a_principal_in_small_letters_goes_as_a_leader(talk):
    left = left_of("principal skinner said no", talk)

    assert left == "[school leader 1] said no"


@pytest.mark.parametrize(
    "words",
    [
        "i miss my mom. i miss friday. i really miss class. kids miss lunch",
        "I would miss page two. They miss bell work. I miss long days.",
        "the coach long ago said. a coach best known",
        "coach young kids. we coach young players",
        "my principal hall pass. principal office. the principal page",
        "the nurse may come. nurse will say. principal bell rang",
        "I COACH YOUNG KIDS. COACH SAID NO. THE PRINCIPAL LONG AGO",
        "MISS YOU. MISS THE BUS. DON'T MISS FRIDAY.",
    ],
)
def test_the_verb_and_the_noun_stay(words, talk):
    assert left_of(words, talk) == words


def test_who_is_missed_goes_without_the_verb(talk):
    assert left_of("I miss Jayden.", talk) == "I miss [person 1]."
