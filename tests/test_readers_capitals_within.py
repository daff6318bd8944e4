"""Given names with a capital within them, first or last, find who is listed."""

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.readers.people.full_names import Fit, called, fit, full_name

NAMES = [
    "DeShawn Carter",
    "DeShawn Miller",
    "LaToya Smith",
    "Dana Carter",
    "JaMarcus Hill",
    "MacKenzie Brown",
    "Van Nguyen",
    "DeShawn de la Cruz",
    "Ana de la Cruz",
    "Emma O'Neil",
]


def last_first(name):
    first, _, last = name.partition(" ")
    return f"{last}, {first}"


@pytest.mark.parametrize("turned", ["survey", "list", "both", "neither"])
@pytest.mark.parametrize("small", [False, True])
def test_who_is_listed_is_found_both_ways(turned, small, tmp_path):
    said = [last_first(n) if turned in ("survey", "both") else n for n in NAMES]
    listed = [last_first(n) if turned in ("list", "both") else n for n in NAMES]
    if small:
        said = [name.replace("Shawn", "shawn").replace("Toya", "toya") for name in said]
    answers = [f"I wait {n} minutes for the bus." for n in range(len(NAMES))]
    frame = pd.DataFrame({"Name": said, "What would you change?": answers})
    frame.to_csv(tmp_path / "a.csv", index=False)
    people = pd.DataFrame({"name": listed, "role": "student"})

    corpus = ei.read_corpus(tmp_path / "a.csv", participants=people)

    assert len(corpus.participants) == len(NAMES)
    assert corpus.problems.empty


@pytest.mark.parametrize(
    ("listed", "label"),
    [
        ("DeShawn Cruz", "De La Cruz"),
        ("DeShawn Carter", "Shawn Carter"),
        ("DeShawn Carter", "DeShawn"),
        ("DeShawn Carter", "Carter, De"),
        ("Deshawn Carter", "Carter, Shawn"),
        ("LaToya Smith", "Smith, La Monica"),
    ],
)
def test_what_is_only_like_it_is_no_full_name(listed, label):
    assert fit(called(label), full_name(listed)) < Fit.FULL
