"""A surname that is also another word goes where a title or a given name stands before."""

import re

import pandas as pd
import pytest

from empathy_insights.identities import deidentify


def left_of(words, talk):
    """Return what is left of words that somebody says."""
    corpus = talk({"d": [(None, words)]})
    return deidentify(corpus, ner=None).corpus.utterances["text"].item()


@pytest.mark.parametrize(
    "name",
    ["Mr. Brown", "Mrs. Black", "Ms. Little", "Miss French", "Dr. English", "Coach German",
     "Mr. March", "Mrs. Friday", "Mr. Drake", "Nurse Newton", "Officer White"],
)  # fmt: skip
def test_a_title_makes_any_surname_a_name(name, talk):
    assert left_of(f"I asked {name} about it.", talk) == "I asked [adult 1] about it."


@pytest.mark.parametrize("name", ["Tyrone White", "Jim Black", "Tom French"])
def test_a_full_name_goes_with_its_surname(name, talk):
    assert left_of(f"I saw {name} there.", talk) == "I saw [person 1] there."


def test_who_was_named_with_a_title_is_found_by_surname_alone(talk):
    words = "Aaliyah Brown told Mr. Brown about it. Brown said no."

    assert "Brown" not in left_of(words, talk)


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("I sat with Jada March 5 at noon.", "I sat with [person 1] March 5 at noon."),
        ("I met Maria Friday at noon.", "I met [person 1] Friday at noon."),
        ("I like Maria Spanish class.", "I like [person 1] Spanish class."),
        ("We told Tyler English is hard.", "We told [person 1] English is hard."),
        ("I told Maria Black History is on.", "I told [person 1] Black History is on."),
        ("I told Ana Google it.", "I told [person 1] Google it."),
    ],
)
def test_days_subjects_and_things_behind_a_name_stay(words, clean, talk):
    assert left_of(words, talk) == clean


@pytest.mark.parametrize(
    "words",
    [
        "We had Mr. Spanish teacher come.",
        "I will Miss English class.",
        "Miss America came.",
        "Mr. President said so. The Principal Friday told us.",
        "Coach Monday practice was long. Nurse Friday was off.",
    ],
)
def test_things_behind_a_title_stay(words, talk):
    assert left_of(words, talk) == words


def test_the_word_stays_beside_the_name(talk):
    words = (
        "Mr. English came. English is hard. I speak English. Black kids like English."
    )

    assert left_of(words, talk) == words.replace("Mr. English", "[adult 1]")


@pytest.mark.parametrize(
    "name",
    ["Representative Rivers", "Provost Stone", "Councilwoman Brooks", "Trustee Waters",
     "Assemblyman Rush", "Senator Fields", "Mayor Woods", "Judge Marsh", "Trustee Okonkwo"],
)  # fmt: skip
def test_an_office_makes_a_surname_a_name(name, talk):
    assert left_of(f"I asked {name} about it.", talk) == "I asked [adult 1] about it."


@pytest.mark.parametrize(
    "words",
    [
        "A Representative Council met. Representative Democracy is taught.",
        "Judge for yourself. The Judge said no. The Mayor of the city came.",
        "The Provost Office called. Commissioner Meeting is on Monday.",
        "Mayor Youth Council met on Trustee Election Day. He is a Sergeant Major.",
    ],
)
def test_things_behind_an_office_stay(words, talk):
    assert left_of(words, talk) == words


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("The Okafors live next door.", "The [person 1] live next door."),
        ("We know the Johnsons' dog.", "We know the [person 1]' dog."),
        ("I like that the Bakers live across the street.",
         "I like that the [person 1] live across the street."),
    ],
)  # fmt: skip
def test_a_family_that_lives_near_goes(words, clean, talk):
    assert left_of(words, talk) == clean


@pytest.mark.parametrize(
    "words",
    [
        "I watch the Lakers, the Beatles, the Steelers and the Astros.",
        "We saw the Lakers' game and heard the Beatles' songs.",
        "The Aztecs lived in Mexico and the Romans lived near the river.",
        "We like the Bakers' bread. The Elders live in the story.",
        "The Raiders moved to Vegas, and the Chromebooks live in a cart.",
    ],
)
def test_teams_bands_and_peoples_stay(words, talk):
    assert left_of(words, talk) == words


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("I had a coach. Delphine came in.", "I had a coach. [person 1] came in."),
        ("I told the principal. Marisol left.", "I told the principal. [person 1] left."),
        ("I had Dr. Boone twice.", "I had [adult 1] twice."),
        ("Half of us are Karen and Somali.", "Half of us are Karen and Somali."),
        ("The Karen families come late.", "The Karen families come late."),
        ("We speak Karen at home.", "We speak Karen at home."),
        ("Karen said so.", "[person 1] said so."),
        ("I sat with Karen and Maria.", "I sat with [person 1] and [person 2]."),
    ],
)  # fmt: skip
def test_a_sentence_ends_behind_what_somebody_does_and_a_people_is_nobody(
    words, clean, talk
):
    assert left_of(words, talk) == clean


def test_a_family_goes_by_a_surname_of_the_list(talk):
    roster = pd.DataFrame({"name": ["Ngozi Eze", "Tomasz Wieczorek"]})
    corpus = talk({"d": [(None, "The Ezes aren't here. I sat by the Wieczoreks.")]})

    done = deidentify(corpus, roster=roster, ner=None)

    left = done.corpus.utterances["text"].item()
    assert "Eze" not in left
    assert "Wieczorek" not in left


def test_a_word_of_every_sentence_is_no_name_of_a_row_that_tries_a_form(talk):
    corpus = talk({"d": [("IT test", "It is fine. It works, and this is a test.")]})

    left = deidentify(corpus, ner=None).corpus.utterances["text"].item()

    assert left == "It is fine. It works, and this is a test."


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("The van der Bergens next door.", "The [person 1] next door."),
        ("The de la Cruzada kids left.", "The [person 1] kids left."),
        ("I saw the de la Rosas there.", "I saw the [person 1] there."),
        ("My neighbors the Okonkwos came.", "My neighbors the [person 1] came."),
        ("I know the O'Neills well.", "I know the [person 1] well."),
        ("The St. Patricks parade was on.", "The St. Patricks parade was on."),
        ("The Chromebooks never work.", "The Chromebooks never work."),
        ("The van drivers wait.", "The van drivers wait."),
    ],
)
def test_a_family_goes_with_its_particle(words, left, talk):
    assert left_of(words, talk) == left


@pytest.mark.parametrize(
    "words",
    ["The Bogdanoviches never answer.", "The van der Bergens are loud.",
     "I saw the St. Clairs.", "The de la Cruzada kids came."],
)  # fmt: skip
def test_a_listed_family_goes_in_the_plural_with_its_particle(words, talk):
    names = ["Bogdan Bogdanovich", "Anke van der Bergen", "Eve St. Clair", "Al Cruzada"]
    corpus = talk({"d": [(None, words)]})

    done = deidentify(corpus, roster=pd.DataFrame({"name": names}), ner=None)

    said = done.corpus.utterances["text"].item()
    assert re.search(r"Bogd|Berg|Clair|Cruz|van|de la|St\.", said) is None


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("I emailed AP Lindqvist-Rowe twice.", "I emailed AP [adult 1] twice."),
        ("VP Castellano yells at us.", "VP [adult 1] yells at us."),
        ("I told AP Okonkwo so.", "I told AP [adult 1] so."),
    ],
)
def test_a_half_title_makes_a_surname_a_name(words, left, talk):
    assert left_of(words, talk) == left


@pytest.mark.parametrize(
    "words",
    [
        "AP Lang is hard. AP Biology and AP French are harder. I like AP Psych.",
        "I took AP Seminar. AP classes cost money. Ask the VP of sales in the VP Office.",
    ],
)
def test_courses_and_offices_are_nobody(words, talk):
    assert left_of(words, talk) == words
