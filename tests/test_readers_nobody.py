"""Labels of nobody in particular: their words stay, and nobody is counted for them."""

import pytest

from empathy_insights.labels import is_unknown
from empathy_insights.readers import read_corpus


@pytest.fixture
def heard(tmp_path):
    def write_and_read(label):
        text = (
            "Interviewer: What is a normal day like here?\n"
            "Kim: I get up at five because the bus comes at six.\n"
            "Jo: Same, and it is freezing.\n"
            f"{label}: Yeah, we all do.\n"
            "Interviewer: If you could change one thing?\n"
            f"{label}: Longer lunch.\n"
            "Jo: My brother used to drive me.\n"
        )
        (tmp_path / "group.txt").write_text(text, encoding="utf-8")
        said = read_corpus(tmp_path).utterances.set_index("text")
        return said["participant_id"].get("Longer lunch."), said

    return write_and_read


@pytest.mark.parametrize(
    "label",
    [
        "Various", "Others", "Chorus", "Class", "Both", "Todos", "Varias", "Mehrere", "Someone",
        "Somebody", "Voice", "Female voice", "Male voice", "Off-screen voice", "[crosstalk]",
        "Participant ?", "Student (unknown)", "Student (?)", "XX", "P1 & P2", "S1, S2 and S3",
        "Unidentified female", "All students", "Announcer", "Intercom", "School bell",
        "PA system", "Transcriptionist note",
    ],
)  # fmt: skip
def test_words_of_nobody_in_particular_are_nobodys(heard, label):
    who, said = heard(label)

    assert who is None or who != who
    assert said["participant_id"].nunique() == 2


@pytest.mark.parametrize(
    "label",
    ["Female student", "Female 1", "Student 1", "Other student", "Voice 2", "FG1/P3", "Girl",
     "Mom", "Ana (?)", "TN", "Bell", "Voss", "Xx'an", "Classy"],
)  # fmt: skip
def test_whose_label_may_be_one_person_is_heard(heard, label):
    who, said = heard(label)

    assert not is_unknown(label)
    assert said["participant_id"].nunique() == 3
    assert who == who


def test_a_voice_of_two_words_that_comes_once_is_no_words_of_somebody(tmp_path):
    talk = "Ana: Hm?\nBo: So.\nFemale voice: Yes!\nAna: And?\nBo: No.\nAna: Why?\nBo: Ah.\n"
    (tmp_path / "talk.txt").write_text(talk, encoding="utf-8")

    said = read_corpus(tmp_path).utterances

    assert said["text"].tolist()[:3] == ["Hm?", "So.", "Yes!"]
