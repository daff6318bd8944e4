"""Markdown as Google Docs and other programs save it: all of this is invented."""

import pytest

import empathy_insights as ei

PICTURE = "data:image/png;base64," + "iVBORw0KGgo" * 400 + "="
SAVED = rf"""# **Interview in October** {{#interview-in-october}}

**Interviewer:** How is school going\?
**Ana:** I like it \- mostly\. It is a 7\+ out of 10, *really*\. ![][image1]

\[00:10:22\] **Interviewer:** What else\!

\[00:10:30\] **Ana:** I use Google\_Classroom, and \[laughs\] my **own** laptop\. ![A bus]({PICTURE})

[image1]: <{PICTURE}>
"""


def said(tmp_path, text, name="talk.md"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    turns = ei.read_corpus(tmp_path / name).utterances
    return list(zip(turns["speaker"], turns["text"], strict=True))


def test_what_a_program_saved_is_read_as_it_was_said(tmp_path):
    assert said(tmp_path, SAVED) == [
        ("Interviewer", "How is school going?"),
        ("Ana", "I like it - mostly. It is a 7+ out of 10, really."),
        ("Interviewer", "What else!"),
        ("Ana", "I use Google_Classroom, and [laughs] my own laptop."),
    ]


@pytest.mark.parametrize("lines", [
    f"![]({PICTURE})",
    f"![A bus]({PICTURE} \"A bus\")",
    f"![A bus][image1]\n\n[image1]: {PICTURE}",
    f"![image1]\n\n[image1]: <{PICTURE}>",
])  # fmt: skip
def test_a_picture_is_nobodys_words(tmp_path, lines):
    talk = f"Interviewer: What helps?\n\nAna: Time. {lines}\n\nInterviewer: And?\n\nAna: Sleep."

    assert [words for _, words in said(tmp_path, talk)] == [
        "What helps?", "Time.", "And?", "Sleep.",
    ]  # fmt: skip


@pytest.mark.parametrize("words", [
    "5 * 3 * 2 is 30", "my_file_name", "[laughs] (quietly)", "C:\\Users", "~5 days",
    "[Ms. T]: she helps",
])  # fmt: skip
def test_what_is_no_markdown_stays(tmp_path, words):
    talk = (
        f"Interviewer: What helps?\n\nAna: {words}\n\nInterviewer: And?\n\nAna: Sleep."
    )

    assert said(tmp_path, talk)[1] == ("Ana", words)


def test_a_line_of_the_file_stays_a_line(tmp_path):
    talk = f"[image1]: <{PICTURE}>\n\n**Interviewer:** Why\\?  \n**Ana:** So\\.\\\nNext\\.\n"

    transcript = tmp_path / "talk.md"
    transcript.write_text(talk, encoding="utf-8")
    turns = ei.read_transcript(transcript).turns

    assert [turn.line for turn in turns] == [3, 4]


def test_text_that_is_no_markdown_file_is_left_as_it_is(tmp_path):
    talk = "Interviewer: Why?\nAna: I said 5\\*3.\n"

    assert said(tmp_path, talk, "talk.txt")[1] == ("Ana", "I said 5\\*3.")
