"""Folders: what is read, what is set aside, what is broken."""

import hashlib
from pathlib import Path

import pandas as pd
import pytest

from empathy_insights.errors import TranscriptError
from empathy_insights.readers import read_corpus, read_transcript

TALK = "I: Why?\nAna Ruiz: So.\n"


def problems(corpus):
    return corpus.problems[["path", "problem"]].to_numpy().tolist()


def test_a_document_is_named_by_its_path_without_suffix(tmp_path):
    (tmp_path / "Round 1").mkdir()
    (tmp_path / "Round 1" / "Maria (09) 2026-03-01.txt").write_text(TALK)

    row = read_corpus(tmp_path).documents.iloc[0]

    assert row["document_id"] == "Round_1_Maria_09_2026-03-01"
    assert row["path"] == "Round 1/Maria (09) 2026-03-01.txt"
    assert (row["round"], row["date"], row["kind"]) == ("1", "2026-03-01", "interview")
    assert row["sha256"] == hashlib.sha256(TALK.encode()).hexdigest()


@pytest.mark.parametrize(
    ("name", "ordinal"),
    [
        ("r2_ana.txt", "2"),
        ("ana-round1.txt", "1"),
        ("ana_R3.txt", "3"),
        ("car2.txt", None),
    ],
)
def test_a_round_is_taken_from_a_name_only_where_it_is_certain(tmp_path, name, ordinal):
    (tmp_path / name).write_text(TALK)

    found = read_corpus(tmp_path).documents["round"].iloc[0]

    assert (None if pd.isna(found) else found) == ordinal


def test_files_that_differ_in_their_suffix_only_carry_it_in_their_ids(tmp_path):
    for name in ("a.txt", "a.md", "b.txt"):
        (tmp_path / name).write_text(f"{TALK}Ana Ruiz: {name}\n")

    assert read_corpus(tmp_path).documents["document_id"].tolist() == [
        "a-md",
        "a-txt",
        "b",
    ]


def test_turns_are_numbered_in_their_document(tmp_path):
    (tmp_path / "a.txt").write_text(TALK)

    utterances = read_corpus(tmp_path).utterances

    assert utterances["utterance_id"].tolist() == ["a:0001", "a:0002"]
    assert utterances["position"].tolist() == [1, 2]


def test_the_order_in_which_files_were_made_changes_nothing(tmp_path):
    names = ["b.txt", "a.txt", "c/d.txt"]
    for root, order in ((tmp_path / "x", names), (tmp_path / "y", names[::-1])):
        for name in order:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(TALK)

    first, second = read_corpus(tmp_path / "x"), read_corpus(tmp_path / "y")

    pd.testing.assert_frame_equal(first.documents, second.documents)
    pd.testing.assert_frame_equal(first.participants, second.participants)
    pd.testing.assert_frame_equal(first.utterances, second.utterances)


def test_ten_files_of_which_one_is_broken_give_nine_documents(tmp_path):
    for n in range(9):
        (tmp_path / f"a{n}.txt").write_text(TALK)
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 broken")

    corpus = read_corpus(tmp_path)

    assert corpus.documents["document_id"].tolist() == [f"a{n}" for n in range(9)]
    assert problems(corpus) == [
        ["broken.docx", "the file is not a Word document that can be opened"]
    ]


def test_what_is_no_transcript_is_set_aside_and_listed(tmp_path):
    (tmp_path / "a.txt").write_text(TALK)
    (tmp_path / "README.md").write_text("About: this\nAnd: that\n")
    (tmp_path / "LICENSE").write_text("free")
    (tmp_path / ".DS_Store").write_bytes(b"\x00")
    (tmp_path / "roster.csv").write_text("name\nAna\n")
    (tmp_path / "study.yaml").write_text("codebook: x\n")
    (tmp_path / "codes.csv").write_text("segment_id,theme,coder\na:0001.01,x,me\n")
    (tmp_path / "talk.xyz").write_bytes(b"%")
    (tmp_path / "participants.csv").write_text("participant_id,name\np1,Ana Ruiz\n")

    corpus = read_corpus(tmp_path)

    assert corpus.documents["document_id"].tolist() == ["a"]
    assert problems(corpus) == [
        [".DS_Store", "set aside as a hidden file"],
        ["LICENSE", "set aside as a note about the folder"],
        ["README.md", "set aside as a note about the folder"],
        ["codes.csv", "set aside as codes by hand"],
        ["roster.csv", "set aside as the list of names to hide"],
        ["study.yaml", "set aside as the settings of the study"],
        ["talk.xyz", "cannot read .xyz yet"],
    ]


def test_a_table_of_participants_may_be_a_file_in_the_folder(tmp_path):
    (tmp_path / "a.txt").write_text(TALK)
    (tmp_path / "who.csv").write_text("participant_id,name\np1,Ana Ruiz\n")

    corpus = read_corpus(tmp_path, participants=tmp_path / "who.csv")

    assert corpus.documents["document_id"].tolist() == ["a"]
    assert corpus.participants["participant_id"].tolist() == ["p1"]


def test_one_file_is_a_corpus(tmp_path):
    (tmp_path / "a.txt").write_text(TALK)

    assert read_corpus(tmp_path / "a.txt").documents["path"].tolist() == ["a.txt"]


@pytest.mark.parametrize("read", [read_corpus, read_transcript])
def test_a_path_that_is_not_there_is_named(tmp_path, read):
    with pytest.raises(TranscriptError, match=r"no file or folder '.*gone'"):
        read(tmp_path / "gone")


@pytest.mark.parametrize("read", [read_corpus, read_transcript])
def test_a_file_of_a_kind_that_is_not_read_says_which_are(tmp_path, read):
    (tmp_path / "a.xyz").write_bytes(b"%")

    with pytest.raises(
        TranscriptError, match=r"a.xyz: cannot read \.xyz yet; save it as"
    ):
        read(tmp_path / "a.xyz")


def test_reading_a_folder_as_one_transcript_says_what_to_do(tmp_path):
    with pytest.raises(TranscriptError, match="is a folder; use read_corpus"):
        read_transcript(tmp_path)


def test_a_folder_without_transcripts_says_which_suffixes_are_read(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG")

    with pytest.raises(TranscriptError, match=r"\.csv, \.docx, .* \.zip are read"):
        read_corpus(tmp_path)


def test_a_folder_of_broken_files_says_how_many_and_why(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.docx").write_bytes(b"x")

    with pytest.raises(
        TranscriptError,
        match=r"none of the 2 files could be read; the first, a\.txt: the file is",
    ):
        read_corpus(tmp_path)


def test_a_folder_of_one_broken_file_does_not_count_it(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")

    with pytest.raises(
        TranscriptError, match=r"its only file could not be read, a\.txt:"
    ):
        read_corpus(tmp_path)


def test_a_folder_of_recordings_says_what_to_do_with_them(tmp_path):
    (tmp_path / "talk 4.m4a").write_bytes(b"\x00\x01")

    with pytest.raises(
        TranscriptError, match=r"talk 4\.m4a: this is a recording; have it transcribed"
    ):
        read_corpus(tmp_path)


def test_files_are_left_as_they_were(tmp_path):
    data = b"\xef\xbb\xbfI: Why?\r\nAna Ruiz: So.\r\n"
    (tmp_path / "a.txt").write_bytes(data)

    read_corpus(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == data


def test_the_table_of_participants_is_left_as_it_was(tmp_path):
    (tmp_path / "a.txt").write_text(TALK)
    listed = pd.DataFrame(
        {"participant_id": ["p1"], "name": ["Ana Ruiz"], "grade": [9]}
    )
    before = listed.copy()

    read_corpus(tmp_path, participants=listed)

    pd.testing.assert_frame_equal(listed, before)


def test_a_path_may_be_text(tmp_path):
    (tmp_path / "a.txt").write_text(TALK)

    assert read_transcript(str(tmp_path / "a.txt")).path == Path(tmp_path / "a.txt")
