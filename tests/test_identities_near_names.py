"""A listed name goes in small letters, too, with an s and no apostrophe, or a letter off."""

import pandas as pd
import pytest

from empathy_insights.identities import deidentify

ROSTER = pd.DataFrame(
    {
        "name": ["Kaiyah Reed", "Jayden Cole", "Marisol Quintanilla", "Maria Lopez",
                 "Jordan Abe", "Mira Voss"],
        "role": "student",
    }
)  # fmt: skip


def left_of(words, talk, roster=None):
    """Return what is left of words that somebody says."""
    corpus = talk({"d": [("s01", words)]})
    done = deidentify(corpus, roster=roster, ner=None)
    return done.corpus.utterances["text"].item()


@pytest.mark.parametrize(
    "form",
    ["kaiyahs", "jaydens", "marisols", "marisoll", "kiyah", "jaydan", "kaiyha",
     "quintanila", "quintanillas"],
)  # fmt: skip
@pytest.mark.parametrize("around", ["and {} mom came", "We saw {} sister there."])
def test_a_listed_name_goes_in_small_letters_as_children_write_it(form, around, talk):
    left = left_of(around.format(form), talk, ROSTER)

    assert left in {around.format(f"[student {n}]") for n in (1, 2, 3)}


def test_an_introduced_name_goes_with_an_s(talk):
    left = left_of("my son is jayden and jaydens dad left", talk)

    assert left == "my son is [person 1] and [person 1] dad left"


@pytest.mark.parametrize(
    "words",
    [
        "we play mario and i wear jordans",
        "mi hija mira, las miras y los mirones",
        "a mirror, a marine and the maybes",
    ],
)
def test_words_and_other_names_near_a_listed_one_stay(words, talk):
    assert left_of(words, talk, ROSTER) == words


def test_a_name_that_was_only_found_is_no_measure_for_misspellings(talk):
    words = "I saw Jayden. Then jaydan came."

    assert left_of(words, talk) == "I saw [person 1]. Then jaydan came."


def test_words_of_another_language_near_a_listed_name_stay(talk):
    words = "ich hoffe jaydan weiß dass marisoll nicht immer recht haben kann"

    assert left_of(words, talk, ROSTER) == words
