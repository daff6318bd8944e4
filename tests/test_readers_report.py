"""The reading report: what was understood of each file."""

from pathlib import Path

import pandas as pd

from empathy_insights.corpus import Corpus
from empathy_insights.readers import read_corpus
from empathy_insights.readers.people.people_sheet import things_to_do
from empathy_insights.tables import READING

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
TALK = (
    "Interviewer: What helps you?\nAna Ruiz (00:05): My friends do.\n"
    "Interviewer: And?\nANA RUIZ: Yes.\n"
)


def test_each_file_has_a_row_and_nobody_a_name(tmp_path):
    (tmp_path / "a.txt").write_text(TALK)
    (tmp_path / "b.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nWe walk.\n")
    (tmp_path / "c.mp3").write_bytes(b"ID3")
    (tmp_path / "README.md").write_text("About this.")

    report = read_corpus(tmp_path).reading

    expected = READING.frame(
        [
            {"path": "README.md", "turns": 0, "speakers": 0, "facilitator": 0,
             "words": 0, "problems": 1},
            {"path": "a.txt", "document_id": "a", "format": "text", "kind": "interview",
             "turns": 4, "speakers": 2, "facilitator": 1,
             "facilitator_why": "the label says so", "with_times": 0.25, "words": 8,
             "words_in_turns": 1.0, "words_kept": 1.0, "problems": 1},
            {"path": "b.vtt", "document_id": "b", "format": "vtt", "kind": "interview",
             "turns": 1, "speakers": 0, "facilitator": 0, "with_times": 1.0, "words": 2,
             "words_in_turns": 1.0, "words_kept": 1.0, "problems": 1},
            {"path": "c.mp3", "turns": 0, "speakers": 0, "facilitator": 0, "words": 0,
             "problems": 1},
        ]
    )  # fmt: skip
    pd.testing.assert_frame_equal(report, expected)
    assert "Ruiz" not in report.to_csv()


def test_a_corpus_that_was_not_read_has_an_empty_report(tmp_path):
    (tmp_path / "a.txt").write_text(TALK)
    read = read_corpus(tmp_path)

    made = Corpus(read.documents, read.participants, read.utterances, read.problems)

    pd.testing.assert_frame_equal(made.reading, READING.frame([]))


def test_no_word_of_the_sample_is_lost():
    sample = read_corpus(SAMPLE)

    kept = sample.reading["words_kept"].dropna()
    assert kept.tolist() == [1.0] * len(sample.documents)


def test_words_in_no_turn_are_counted_and_many_of_them_are_told_loudly(tmp_path):
    about = (
        "Notes from the hall, where we met on a wet day and sat for a long while.\n\n"
    )
    (tmp_path / "a.txt").write_text(about * 2 + TALK)

    corpus = read_corpus(tmp_path)

    row = corpus.reading.iloc[0]
    assert (row["words"], row["words_kept"]) == (42, 1.0)
    assert row["words_in_turns"] == 8 / 42
    assert corpus.problems["problem"].tolist()[:2] == [
        "text before the first speaker is not part of any turn (34 words)",
        "a speaker is written in 2 ways and was taken for one person",
    ]
    assert "81% of the words are in no turn (34 of 42)" in set(
        corpus.problems["problem"]
    )


def test_a_few_words_in_no_turn_are_no_second_remark(tmp_path):
    (tmp_path / "a.txt").write_text(f"Week 3\n\n{TALK}")

    problems = read_corpus(tmp_path).problems["problem"]

    assert not problems.str.contains("in no turn").any()
    assert problems.iloc[0].endswith("is not part of any turn (2 words)")


def test_what_is_to_be_done_begins_with_roles_and_ends_with_words_beside_the_turns(
    tmp_path,
):
    talk = "A title of a talk\n\nI: Why?\nAna: So.\nI: How?\nANA: Well.\nI: And?\nAna: Hm.\n"
    tmp_path.joinpath("a.txt").write_text(talk)
    tmp_path.joinpath("b.txt").write_text(
        talk.replace("So", "No").replace("Ana", "Bo").replace("ANA", "BO")
    )

    first, *_, last = things_to_do(read_corpus(tmp_path))

    assert first.startswith("The role of 2 of 2 people is not known. Run `empathy-")
    assert last.startswith("a.txt, b.txt: 10 words are in nobody's turn, as titles")


def test_where_all_roles_are_known_and_all_is_said_nothing_is_to_be_done(tmp_path):
    tmp_path.joinpath("a.txt").write_text(
        "I: Why?\nParent: So.\nI: How?\nParent: Hm.\n"
    )

    assert things_to_do(read_corpus(tmp_path)) == []


def test_a_label_with_a_colon_above_the_talk_is_no_doubt(tmp_path):
    talk = "Bus 12: a talk\n\nI: Why?\nAna: So.\nI: How?\nAna: Hm.\n"
    tmp_path.joinpath("a.txt").write_text(talk)

    told = read_corpus(tmp_path).problems["problem"].tolist()

    assert told == ["text before the first speaker is not part of any turn (4 words)"]
