"""A mail that was saved as a file (.eml): who wrote it, and what they wrote in it."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from empathy_insights.errors import TranscriptError
from empathy_insights.readers.dialog.mails import mails_of
from empathy_insights.readers.plain import from_text
from empathy_insights.readers.transcript import Remark, Source, Transcript
from empathy_insights.readers.web_page import words_of_page


def read_mail(source: Source) -> Transcript:
    """Read a .eml file: its head as mails are pasted, and its words.

    Whom it went to is nobody who speaks, and stays out. Where people speak within it, as
    in a transcript that was mailed, it is their talk.

    Raises
    ------
    TranscriptError
        Nobody sent it, or nothing is written in it.
    """
    message = message_from_bytes(source.data, policy=policy.default)
    sender, words = str(message["from"] or "").strip(), _words(source, message)
    if not sender or not words.strip():
        raise TranscriptError(
            "this is no mail with words in it; save what it says as .txt or .docx",
            path=source.path,
        )
    head = f"From: {' '.join(sender.split())}\nDate: {message['date'] or ''}\n"
    lines = words.splitlines()
    read = from_text(source, "\n".join(lines))
    if mails_of(read.text) or len({turn.speaker for turn in read.turns}) < _TALK:
        read = from_text(source, "\n".join([head, *lines]))
    return replace(read, remarks=(*read.remarks, *_attached(message)))


_TALK = 2  # who speak: with fewer, a mail is its sender's words


def _words(source: Source, message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    try:
        words = str(body.get_content())
    except (LookupError, ValueError):  # letters that it says it has, and has not
        written = body.get_payload(decode=True)
        words = written.decode("utf-8", "replace") if isinstance(written, bytes) else ""
    is_page = body.get_content_subtype() == "html"
    return words_of_page(source, words) if is_page else words


def _attached(message: EmailMessage) -> tuple[Remark, ...]:
    n = sum(1 for _ in message.iter_attachments())
    if not n:
        return ()
    files = "a file" if n == 1 else f"{n} files"
    return (
        Remark(
            f"{files} came with this mail and {'is' if n == 1 else 'are'} not read",
            "save what belongs to your study beside it",
        ),
    )
