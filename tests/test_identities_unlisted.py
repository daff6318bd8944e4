"""People whom no list names, in all ways of writing."""

import pytest

from empathy_insights.identities import deidentify


def done_of(words, talk):
    return deidentify(talk({"a": [("s01", words)]}), ner=None)


def left_of(words, talk):
    return done_of(words, talk).corpus.utterances["text"].item()


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("i sat with keekee and mom", "i sat with [person 1] and mom"),
        ("KEEKEE TOOK MY PHONE", "[person 1] TOOK MY PHONE"),
        ("my roommate bexley helped", "my roommate [person 1] helped"),
        ("i told d'quarius about it", "i told [person 1] about it"),
        ("My roommate zyx left, and it rained.", "My roommate zyx left, and it rained."),
    ],
)  # fmt: skip
def test_a_word_that_no_dictionary_has_is_a_name_where_no_capital_tells(
    words, clean, talk
):
    assert left_of(words, talk) == clean


@pytest.mark.parametrize(
    "words",
    [
        "we use the zorbit every day",
        "definately the best libary ever",
        "my coteacher and i preteach it",
        "omg lmaooo tbh idk smth abt it prolly",
        "ich hoffe dass es nicht immer regnet weil ich sonst traurig werde",
        "look it up on zorbit.com please",
        "it is all in answers.xlsx there",
        "<img src=x onzorbit='window.hit=1'> the bus",
    ],
)
def test_slips_things_chat_and_other_languages_stay(words, talk):
    assert left_of(words, talk) == words


def test_a_word_near_an_english_one_waits_for_a_person(talk):
    done = done_of("i went with the frend and tommorow", talk)

    assert done.corpus.utterances["text"].item() == "i went with the frend and tommorow"
    assert not done.review["was_replaced"].any()


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("My wife, Dot, keeps them.", "My wife, [person 1], keeps them."),
        ("His stepfather, Rowdy, was.", "His stepfather, [person 1], was."),
        ("My two boys, Zeke and Wislin.", "My two boys, [person 1] and [person 2]."),
        ("We have a dog, Biscuit.", "We have a dog, [person 1]."),
        ("My friend Ji-eun has it.", "My friend [person 1] has it."),
        ("I sit by Marcus W., who left.", "I sit by [person 1]., who left."),
        ("I know the Adeyemi twins.", "I know the [person 1] twins."),
        ("Lazarus asked me for it.", "[person 1] asked me for it."),
    ],
)  # fmt: skip
def test_names_with_capitals_go_by_their_place(words, clean, talk):
    assert left_of(words, talk) == clean


@pytest.mark.parametrize(
    "words",
    [
        "My mom, Friday, and a cake.",
        "I got an A. I like the French boys.",
        "Jupiter is a planet, and Rome a town.",
        "The Black family in the book was kind.",
    ],
)
def test_words_with_capitals_stay(words, talk):
    assert left_of(words, talk) == words


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("me and jaylen or blessing", "me and [person 1] or [person 2]"),
        ("i sit by hunter k and sing", "i sit by [person 1] and sing"),
        ("and harmony says so every day", "and [person 1] says so every day"),
        ("then justice kept kicking it", "then [person 1] kept kicking it"),
        ("mr will is nice, ms t too", "[adult 1] is nice, [adult 2] too"),
        ("she tells uncle ray about it", "she tells [person 1] about it"),
        ("there is pastor gaines now", "there is [adult 1] now"),
        ("blaze mcintyre left", "[person 1] left"),
        ("i go with big mike there", "i go with [person 1] there"),
        ("my friend promise she works", "my friend [person 1] she works"),
    ],
)  # fmt: skip
def test_names_that_are_words_go_in_small_letters(words, clean, talk):
    assert left_of(words, talk) == clean


@pytest.mark.parametrize(
    "words",
    [
        "i hope and pray it works",
        "but grace is what we need",
        "it will and it did",
        "coach a team, mr i think",
        "there was a saint and a rock",
        "pero pasa y ella también lo dice",
    ],
)
def test_words_that_are_also_names_stay_in_small_letters(words, talk):
    assert left_of(words, talk) == words


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("Juego con Salvador, Pilar y un chino.", "Juego con [person 1], [person 2] y un chino."),
        ("Me dicen Lola en la casa.", "Me dicen [person 1] en la casa."),
        ("La regañó el señor Hooper, y ella lloró.", "La regañó el [adult 1], y ella lloró."),
        ("Vamos a la Luz y la Esperanza.", "Vamos a la Luz y la Esperanza."),
        ("Le digo don. Él me lo dio.", "Le digo don. Él me lo dio."),
    ],
)  # fmt: skip
def test_spanish_names_go_by_their_capital(words, clean, talk):
    assert left_of(words, talk) == clean


def test_who_was_told_once_is_known_where_the_name_may_be_a_word(talk):
    said = "my cousin faith told me. i had faith in it. faith knows everything"

    clean = (
        "my cousin [person 1] told me. i had faith in it. [person 1] knows everything"
    )
    assert left_of(said, talk) == clean


def test_a_title_makes_nobody_of_a_word(talk):
    said = "Ms. Brown is kind. Black and Brown students said so."

    assert left_of(said, talk) == "[adult 1] is kind. Black and Brown students said so."
