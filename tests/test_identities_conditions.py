"""Who is said to have a condition or a plan is somebody. All are invented."""

import pytest

from empathy_insights.identities import deidentify


def left(talk, line):
    done = deidentify(talk({"a": [("s01", line)]}), ner=None)
    return done.corpus.utterances["text"].item()


@pytest.mark.parametrize(
    "rest",
    [
        "has an insulin pump and they help.", "has a 504 plan for seizures.",
        "gets seizures in gym.", "is autistic.", "needs the inhaler.", "had an IEP once.",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["Thaddeusz", "Precilla", "Marisolina"])
def test_who_has_a_condition_or_a_plan_goes(talk, name, rest):
    assert left(talk, f"{name} {rest}") == f"[person 1] {rest}"


@pytest.mark.parametrize(
    "line",
    [
        "Zearnly has an autism feature.", "Texas has an autism law.", "Nobody has asthma.",
        "School has an anxiety program.", "Grade 8 has a 504 plan.", "He has asthma.",
        "Chromebook has an IEP tool.", "Everybody is homeless in the story.",
    ],
)  # fmt: skip
def test_what_offers_or_asks_about_one_stays(talk, line):
    assert left(talk, line) == line
