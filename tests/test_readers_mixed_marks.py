"""Notes in which one voice is marked by a colon here and a dash there: all is invented."""

import pytest

from empathy_insights.readers import read_corpus, read_transcript
from empathy_insights.readers.transcript import words

NOTES = """Parent focus group, Thursday
Facilitator: Imogen R.
Present: DW, MK, Mrs. Okeke (late), JB

Q1. What is working for your kids?

DW - the reading lady calls her. "She calls with GOOD news."
MK agrees. MK: her boy has friends for the first time.
Mrs. Okeke - strict uniform good
JB - nothing to add, his daughter is fine

Q2. What gets in the way?

- JB: the app. "I have four places to look."
- MK - same. Missed the conference sign up
- several nods
- DW: baby was fussy, stepped out
- two parents (JB, MK) have no wifi at home

Wrap 7:20. Pizza good. Hollis: I was tired too, my own kids have homework.
"""


@pytest.fixture
def heard(tmp_path):
    def read(text):
        (tmp_path / "notes.txt").write_text(text, encoding="utf-8")
        transcript = read_transcript(tmp_path / "notes.txt")
        return [
            (turn.speaker, words(transcript, turn))
            for turn in transcript.turns
            if not turn.is_prompt and turn.speaker != "Facilitator"
        ]

    return read


def test_each_voice_is_heard_by_whichever_sign_it_is_marked(heard, tmp_path):
    assert heard(NOTES) == [
        ("DW", 'the reading lady calls her. "She calls with GOOD news."'),
        ("MK", "her boy has friends for the first time."),
        ("Mrs. Okeke", "strict uniform good"),
        ("JB", "nothing to add, his daughter is fine"),
        ("JB", 'the app. "I have four places to look."'),
        ("MK", "same. Missed the conference sign up"),
        ("DW", "baby was fussy, stepped out"),
    ]
    assert (
        read_corpus(tmp_path).problems["problem"].str.contains("listened noted").any()
    )


@pytest.mark.parametrize(
    "asked", ["", "Q{}. What about it?\n", "**Q{}. What about it?**\n\n"]
)
def test_what_stands_below_lines_of_voices_at_the_end_is_nobodys(heard, asked):
    said = heard(
        f"Notes\n\n{asked.format(1)}MK: the app.\nJB: the bus.\n\n"
        f"{asked.format(2)}MK: homework.\nJB: wifi.\n\nWrap 7:20. All went well.\n"
    )

    assert said[-1] == ("JB", "wifi.")


@pytest.mark.parametrize("kept", [
    # Friends, subjects and things to do in what somebody says.
    "Kim: Who are your friends?\nAna: Mostly these.\nBen - he is in band\nKim - no, she moved\nKim: Why?\nBen: So.\n",
    "MK: What do you like?\nJB: Three things.\nPE - it is fun\nTV - at home\nMK: Why?\nJB: So.\n",
    "MK: What do you need?\nJB: Three things:\n- the bus on time\n- a locker\nMK: Why?\nJB: So.\n",
    "MK: Who?\n\nJB: DW is nice.\nDW told me that.\n\nMK: Why?\n\nJB: So.\n",
    # A long answer in two paragraphs, at the end of a talk with a blank line a turn.
    "MK: Who?\n\nJB: My aunt.\n\nMK: Why?\n\nJB: She listens.\n\nShe always has.\n",
])  # fmt: skip
def test_what_somebody_lists_or_goes_on_with_stays_theirs(heard, kept):
    said = heard(kept)
    lines = [line for line in kept.split("\n") if line and ": " not in line]

    assert all(
        any(line in words for _, words in said) for line in lines if "Three" not in line
    )
    assert {who for who, _ in said} <= {"Kim", "Ana", "Ben", "MK", "JB"}
