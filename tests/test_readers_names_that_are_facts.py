"""Labels that are words for facts, and names of people: who answers is heard."""

import pandas as pd
import pytest

from empathy_insights.readers import read_corpus

WORDS = ("Lieu", "Day", "Page", "Place", "Date", "Note", "Nota", "Heure", "Lugar")
TALK = (
    "Interview with {name}, 7th grade\n2025-10-14\n\n"
    "Interviewer: What is lunch like?\n{name}: You wait in line for one window.\n\n"
    "Interviewer: Where do you do homework?\n{name}: On the bus, it is loud at home.\n\n"
    "Interviewer: What would you change?\n{name}: I would choose more of my work.\n"
)


def speakers(folder, text, **options):
    (folder / "talk.txt").write_text(text, encoding="utf-8")
    said = read_corpus(folder, **options).utterances
    return said["speaker"].fillna("").tolist(), said["text"].tolist()


@pytest.mark.parametrize("name", WORDS)
def test_who_answers_is_heard_under_a_name_that_is_a_word_for_a_fact(tmp_path, name):
    who, said = speakers(tmp_path, TALK.format(name=name))

    assert who == ["Interviewer", name] * 3
    assert not any(f"{name}:" in words for words in said)


@pytest.mark.parametrize("word", WORDS)
def test_what_is_noted_behind_answers_is_nobody(tmp_path, word):
    text = (
        f"{word}: Room 12\nInterviewer: What is lunch like?\nAna: You wait in line.\n"
        f"{word}: she looks at the door\nInterviewer: What would you change?\n"
        f"Ana: I would choose more.\n{word}: she smiles at that\n"
    )

    who, _ = speakers(tmp_path, text)

    assert who == ["Interviewer", "Ana"] * 2


def test_who_is_listed_is_heard_in_a_group(tmp_path):
    text = (
        "Interviewer: What is lunch like?\nAna: You wait in line.\nDay: It is loud.\n"
        "Interviewer: What would you change?\nAna: I would choose more.\n"
        "Interviewer: Do you agree?\nAna: We do.\nDay: Me too, mostly.\n"
    )
    listed = pd.DataFrame({"name": ["Day Ruiz", "Ana Gil"], "role": ["student"] * 2})

    who, _ = speakers(tmp_path, text, participants=listed)

    assert who.count("Day") == 2
