"""Listed people whose names are words go where they stand as people do. All are invented."""

import pandas as pd
import pytest

from empathy_insights.identities import deidentify

ROSTER = pd.DataFrame(
    {
        "name": [
            "Joy Lind",
            "Autumn Kerr",
            "Major Tate",
            "Cash Dunn",
            "Stormy Pike",
            "Art Learning",
            "Ann Reading",
        ]
    }
)


def left(talk, line, roster=ROSTER):
    """Return what stays of a line, and the words a person is asked to look at."""
    done = deidentify(talk({"a": [("s01", line)]}), roster=roster, ner=None)
    told = done.corpus.utterances["text"].item()
    text = done.corpus.documents["text"].item()
    spans = done.review[["start", "end"]].itertuples(index=False)
    return told, [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    "line",
    [
        "I go to Joy for help", "We went to Joy for advice once.", "Cash owes me money.",
        "Stormy has my charger", "Major was out sick", "Autumn is mean to me on the bus",
        "Stormy is always absent.", "Major got suspended.", "I sat with Autumn.",
        "my group is Joy, Stormy and Cash",
    ],
)  # fmt: skip
def test_a_listed_name_that_is_a_word_goes_where_it_does_as_people_do(talk, line):
    told, _ = left(talk, line)

    words = {"Joy", "Cash", "Stormy", "Major", "Autumn"}
    assert words.isdisjoint(told.replace(",", " ").replace(".", " ").split())


@pytest.mark.parametrize(
    "line",
    [
        "Stormy weather closed school.", "Cash is better than a card.",
        "Major problems with the bus.", "Autumn is cold.", "Joy is what I feel in art.",
        "Learning is hard.", "Reading was boring.", "In Autumn we play outside.", "I go to Joy in summer.", "i have my cash",
    ],
)  # fmt: skip
def test_the_word_stays_where_things_are_spoken_of(talk, line):
    assert left(talk, line)[0] == line


def test_where_somebody_goes_may_be_a_person_or_a_place(talk):
    assert left(talk, "I went to Joy after lunch.")[1] == ["Joy"]


@pytest.mark.parametrize(
    ("line", "word"),
    [("I go to Hope for help.", "Hope"), ("Summer was out sick.", "Summer")],
)
def test_the_same_goes_without_a_list(talk, line, word):
    assert word not in left(talk, line, roster=None)[0]


@pytest.mark.parametrize(
    "line", ["Summer makes me happy.", "Summer was fun.", "We go to Paris for a week."]
)
def test_a_word_without_a_sign_of_somebody_stays(talk, line):
    assert left(talk, line, roster=None)[0] == line
