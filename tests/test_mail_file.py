"""Mails that were saved as files: who wrote them, and what they wrote themselves."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from empathy_insights.errors import TranscriptError
from empathy_insights.readers.registry import read_source
from empathy_insights.readers.transcript import Source

OWN = "The bus comes after the bell. My son walks in the dark."
THREAD = f"""{OWN}

--
Ana Ruiz, 555 0100

On Sun, Mar 10, 2024 at 4:02 PM School <school@mail.example> wrote:
> What gets in the way?
"""


def mail(words, subtype="plain", sender="Ana Ruíz <ana@mail.example>"):
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "Principal Quorra <school@mail.example>"
    message["Date"] = "Sun, 10 Mar 2024 16:02:00 +0000"
    message["Subject"] = "Re: Tell us"
    message.set_content(words, subtype=subtype)
    return message


def read(message):
    return read_source(Source(Path("a.eml"), bytes(message)))


def said(transcript):
    return [
        (turn.speaker, " ".join(transcript.text[turn.start : turn.end].split()))
        for turn in transcript.turns
    ]


def test_a_mail_is_what_its_sender_wrote_above_what_is_quoted():
    assert said(read(mail(THREAD))) == [("Ana Ruíz", OWN)]


def test_whom_it_went_to_is_not_read():
    assert "Quorra" not in read(mail(THREAD)).text


def test_a_mail_of_a_web_program_reads_as_well():
    page = f"<html><body><style>p {{}}</style><p>{OWN}</p></body></html>"

    assert said(read(mail(page, "html"))) == [("Ana Ruíz", OWN)]


def test_a_mail_in_letters_that_do_not_exist_is_read_all_the_same():
    data = bytes(mail(OWN)).replace(b'charset="utf-8"', b'charset="nope-8"')
    assert b"nope-8" in data

    assert said(read_source(Source(Path("a.eml"), data))) == [("Ana Ruíz", OWN)]


def test_a_mail_that_was_passed_on_is_its_writers():
    words = (
        "Here is one.\n\nFrom: Bo Lind <bo@mail.example>\n"
        f"Date: Sat, 9 Mar 2024\nSubject: Bus\n\n{OWN}"
    )
    assert said(read(mail(words))) == [("Ana Ruíz", "Here is one."), ("Bo Lind", OWN)]


def test_a_talk_that_was_mailed_is_a_talk():
    words = "Interviewer: What helps?\n\nKim: My friends.\n"

    assert said(read(mail(words))) == [
        ("Interviewer", "What helps?"),
        ("Kim", "My friends."),
    ]


def test_what_came_with_it_is_told():
    message = mail(OWN)
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf")

    read_of = read(message)

    assert said(read_of) == [("Ana Ruíz", OWN)]
    assert [remark.problem for remark in read_of.remarks] == [
        "a file came with this mail and is not read"
    ]


@pytest.mark.parametrize("data", [b"Just words.", b"From: a@b.example\n\n"])
def test_what_is_no_mail_is_told(data):
    with pytest.raises(TranscriptError, match="no mail with words"):
        read_source(Source(Path("a.eml"), data))
