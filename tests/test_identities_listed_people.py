"""Whom the participants table names in full is taken out of words, ids and file names."""

import re

import pandas as pd
import pytest

from empathy_insights.identities import check_leaks, deidentify, find_identities
from empathy_insights.readers import corpus_from_frame, read_corpus

TALK = (
    "Interviewer: Hi, I'm Dana Whitfield. How is school?\n"
    "Speaker 2: It says oluchi on my login, and Mrs. Bramwell is my aunt.\n"
    "Interviewer: And Quillon Ashdown?\nSpeaker 2: He left. ASHDOWN never came back.\n"
)


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    folder = tmp_path_factory.mktemp("listed")
    (folder / "Oluchi Bramwell talk.txt").write_text(TALK)
    listed = pd.DataFrame(
        [("d1", "Oluchi Bramwell", "student"), ("d2", "Quillon Ashdown", "student"),
         ("f1", "Dana Whitfield", "facilitator")],
        columns=["participant_id", "name", "role"],
    )  # fmt: skip
    return deidentify(read_corpus(folder, participants=listed), ner=None)


@pytest.mark.parametrize("name", ["oluchi", "bramwell", "ashdown", "whitfield", "dana"])
def test_no_listed_name_is_left_anywhere(clean, name):
    corpus = clean.corpus
    frames = [corpus.documents, corpus.utterances, corpus.participants, corpus.problems,
              corpus.reading, corpus.people]  # fmt: skip

    told = " ".join(frame.to_csv() for frame in frames).casefold()

    assert name not in told


def test_who_was_taken_for_whom_is_gone(clean):
    assert clean.corpus.people.empty


def test_the_leak_check_finds_nothing_more(clean):
    texts = {"a.txt": clean.corpus.documents["text"].item()}

    assert check_leaks(texts, find_identities(clean)).empty


def test_a_listed_person_has_one_pseudonym_in_words_and_file_names(clean):
    text, path = clean.corpus.documents[["text", "path"]].iloc[0]

    assert "It says [student 1] on my login" in text
    assert path == "student_1 talk.txt"


def test_which_file_is_which_stands_in_the_key(clean):
    files = clean.key[clean.key["source"] == "file name"]

    assert files[["pseudonym", "form"]].to_numpy().tolist() == [
        ["student_1 talk.txt", "Oluchi Bramwell talk.txt"]
    ]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("okonkwo left, then Adaeze Okonkwo won.", "[person 2] left, then [person 2] won."),
        ("i saw xio and Bex.", "i saw [person 3] and [person 4]."),
        ("idk, sat with xio", "idk, sat with [person 3]"),
    ],
)  # fmt: skip
def test_a_roster_with_initials_and_short_nicknames_is_one_person_each(said, left):
    roster = pd.DataFrame(
        {"name": ["Okonkwo, Adaeze M.", "Xiomara Belgrave", "Rebecca Lund"],
         "nickname": ["Addy", "Xio", "Bex"]}
    )  # fmt: skip
    answers = pd.DataFrame({"said": ["Addy, xio, bex", said]})
    corpus = corpus_from_frame(answers, text="said")

    texts = deidentify(corpus, ner=None, roster=roster).corpus.utterances["text"]

    [first, *_] = texts.str.findall(r"\[person \d\]").tolist()[:1]
    numbers = dict(zip(["[person 2]", "[person 3]", "[person 4]"], first, strict=True))
    wanted = re.sub(r"\[person \d\]", lambda found: numbers[found.group()], left)
    assert texts.iloc[-1] == wanted
