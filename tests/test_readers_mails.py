"""Mails one after the other, and quotations with the speaker behind them; all invented."""

from pathlib import Path

import pytest

from empathy_insights.readers import read_corpus, read_transcript
from empathy_insights.readers.transcript import words

RULE = "_" * 40
BOARD = f"""Public comment received by email. Compiled by S. Reyes.
From: Karen Liu <kliu@mail.example>
Sent: Tuesday, March 5, 2024 8:12 PM
To: Board of Education
Subject: Map B

To the board,
My daughter walks to school. Why would she ride?
Karen Liu
Quince Street
Sent from my iPhone
{RULE}
From: Office <comms@district.example>
Sent: Thursday, March 7, 2024 8:01 AM
To: Dobbs, Terrence
Subject: RE: the rest

Dear Mr. Dobbs, thank you.
CONFIDENTIALITY NOTICE: This e-mail is for the sole use of
the intended recipient.
-----Original Message-----
From: Dobbs, Terrence <tdobbs@mail.example>
To: Board of Education
Fund the school.
{RULE}
From: Dobbs, Terrence <tdobbs@mail.example>
To: Board of Education
Subject: the rest

Fund the school.
T. Dobbs
parent, grades 1 and 4
"""
GMAIL = f"""Gmail            Olu Bankole <olu@mail.example>

boundary map
2 messages

{RULE}
Olu Bankole <olu@mail.example>        Sun, Mar 10, 2024 at 4:02 PM
To: walkers@groups.example

Hi neighbors, what do you
gain or lose?

{RULE}
Marisol Peña <mpena@mail.example>     Sun, Mar 10, 2024 at 7:31 PM
To: walkers@groups.example

We lose the crossing guard.

On Sun, Mar 10, 2024 at 4:02 PM, Olu Bankole <olu@mail.example> wrote:

> Hi neighbors, what do you
> gain or lose?

--
Marisol Peña, RN
"""


@pytest.fixture
def said(tmp_path):
    def write_and_read(text, name="a.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        read = read_transcript(tmp_path / name)
        return [(turn.speaker, words(read, turn)) for turn in read.turns]

    return write_and_read


def test_a_mail_is_said_once_without_what_it_quotes_and_its_signature(said):
    assert said(BOARD) == [
        (
            "Karen Liu",
            "To the board,\nMy daughter walks to school. Why would she ride?",
        ),
        ("Office", "Dear Mr. Dobbs, thank you."),
        ("Dobbs, Terrence", "Fund the school."),
    ]


def test_mails_as_a_program_prints_them_are_those_of_whoever_sent_them(said):
    assert said(GMAIL) == [
        ("Olu Bankole", "Hi neighbors, what do you\ngain or lose?"),
        ("Marisol Peña", "We lose the crossing guard."),
    ]


def test_who_asks_in_a_mail_leads_no_talk(tmp_path):
    (tmp_path / "a.txt").write_text(BOARD)

    corpus = read_corpus(tmp_path)

    assert not corpus.utterances["is_facilitator"].any()
    assert len(corpus.participants) == 3


def test_who_leads_a_talk_may_mention_from_and_to(said):
    talk = "Dana: Where from?\nAna: From: here.\nDana: To?\nAna: To: there.\n"

    assert [speaker for speaker, _ in said(talk)] == ["Dana", "Ana", "Dana", "Ana"]


QUOTES = """# Advisory council

What makes this a good place?
- “You can sit on the stairs.” – Ana, 7th
- "Jazz band at 7 a.m.
  We love it." - Bo (8th)
- “He said it in Klingon.” (Dre)
- “Who asks us?” – Ana
- “I would ask who gets in trouble.” – anon.
- nobody wrote this one down
"""


def test_who_is_named_behind_a_quotation_said_it(said):
    told = said(QUOTES, "a.md")

    assert told[2:] == [
        ("Ana (7th)", "You can sit on the stairs."),
        ("Bo (8th)", "Jazz band at 7 a.m.\n  We love it."),
        ("Dre", "He said it in Klingon."),
        ("Ana (7th)", "Who asks us?"),
        ("anon", "I would ask who gets in trouble."),
        (None, "nobody wrote this one down"),
    ]


def test_who_is_quoted_counts_once_with_the_grade_that_stands_there(tmp_path):
    (tmp_path / "a.md").write_text(QUOTES)

    people = read_corpus(tmp_path).participants

    assert sorted(people["role"]) == ["student", "student", "unknown"]


def test_quotations_without_a_name_behind_them_are_nobodys(said):
    notes = (
        '- "The bus." - every day\n- "Wifi" (again and again)\n- "Art!" - yes and no\n'
        '- "Cold." (Cafeteria)\n- "Loud." - Cafeteria\n- the cafeteria is big\n'
        '- "Old." (bathrooms)\n- "Far." (gym)\n'
    )

    assert {speaker for speaker, _ in said(notes)} == {None}


@pytest.mark.parametrize(
    ("name", "signed"),
    [
        (
            "Mireille Fontaine",
            "Dr. Mireille Fontaine\nPrincipal, Elm School | (503) 555-0142",
        ),
        ("Priscilla Onyango", "Best,\nPriscilla (Ngozi's mother)"),
        ("Ana Ruiz", "Ana Ruiz, PhD\nDean of students"),
    ],
)
def test_a_signature_with_a_title_or_what_one_is_is_no_words(
    tmp_path: Path, name: str, signed: str
) -> None:
    head = f"From: {name} <a@mail.example>\nTo: Office <b@mail.example>\n\n"
    name_in_it = signed.removeprefix("Best,\n").split("\n")[0]
    file = tmp_path / "mail.txt"
    file.write_text(f"{head}We need a second bus.\n{signed}\n", encoding="utf-8")

    said = " ".join(
        words(read_transcript(file), turn) for turn in read_transcript(file).turns
    )

    assert "second bus" in said
    assert name_in_it not in said
