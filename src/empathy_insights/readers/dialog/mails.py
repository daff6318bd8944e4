"""Mails that were pasted, printed or saved one after the other: who wrote what, once each.

A block of `From: Ana Ruiz <ana@mail.example>` and `To:` or the like opens a mail, or the
line `Ana Ruiz <ana@mail.example>   Sun, Mar 10, 2024 at 4:02 PM` that Gmail prints. What a
mail quotes of another, its signature and its notices are nobody's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from empathy_insights.readers.dialog.chats import Chat, lines_of
from empathy_insights.readers.dialog.notations import Mark

_KEYS = r"(?:to|sent|date|subject|cc|bcc|reply-to|importance|attachments?|para|enviado|fecha|asunto)"
_ADDRESS = r"(?:<[^>\n]*>|\[mailto:[^\]\n]*\])"
_OPENS = re.compile(
    rf"^(?:{_KEYS}[ \t]*:[^\n]*\n)*(?:from|de)[ \t]*:[ \t]*(?P<head>[^\n<\[]{{1,80}}?)[ \t]*{_ADDRESS}?[ \t]*\n"
    rf"(?:{_KEYS}[ \t]*:[^\n]*(?:\n|\Z))+"
    rf"|^(?P<name>[^\n<>:]{{1,60}}?)[ \t]*<[^>@\s]+@[^>\s]+>[ \t]+[^\n]*\d:\d\d[^\n]*\n"
    rf"(?:{_KEYS}[ \t]*:[^\n]*(?:\n|\Z))+",
    re.IGNORECASE | re.MULTILINE,
)
_RULE = re.compile(r"^[ \t]*[_=*-]{5,}[ \t]*$", re.MULTILINE)
_BEFORE_QUOTED = re.compile(
    r"^[ \t]*-{2,}[ \t]*(?:original|forwarded) message[ \t]*-{2,}[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_UNSAID = re.compile(
    r"^[ \t]*>[^\n]*|^on [^\n]{5,120}(?:\n[^\n]{0,80})? wrote:[ \t]*$|^\[quoted text hidden\]"
    r"|^el [^\n]{5,120} escribió:[ \t]*$|^sent from my [^\n]{1,40}$|^get outlook for [^\n]*"
    r"|^\W{0,3}(?:confidentiality|confidential|privacy|external|disclaimer)\b[^\n]{0,20}"
    r"(?:notice|email|e-mail|sender|:)[^\n]*(?:\n(?![ \t]*(?:[_=*-]{5}|(?:from|de):))[^\n]*\S[^\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNED = re.compile(r"^--[ \t]*$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+")
# `Dr. Ana Ruiz`, `Ana (Bo's mother)`, `Ana Ruiz, PhD`
_TITLE = re.compile(
    r"^\W*(?:dr|mrs?|ms|mx|miss|prof|coach|sra?)\b\.?[ \t]+", re.IGNORECASE
)
_BESIDE = re.compile(
    r"[ \t]*\([^()\n]{1,60}\)[ \t]*$|,[ \t]*(?:ph\.?d|ed\.?d|m\.?ed|psy\.?d|m\.?a|rn)\.?[ \t]*$",
    re.IGNORECASE,
)
_MOST_SIGNED = 5  # lines below a name at the end
_ALIKE = 80  # code points that tell a mail from another


def mails_of(text: str) -> Chat | None:
    """Return the mails in a text, or None for any other text: one has an address."""
    found = list(_OPENS.finditer(text)) if "@" in text else []
    if not any("@" in match[0] for match in found):
        return None
    ends = [*(match.start() for match in found), len(text)][1:]
    unsaid = {at for m in _UNSAID.finditer(text) for at in lines_of(text, *m.span())}
    marks, seen, quoted = [], set[tuple[str, str]](), -1
    for match, end in zip(found, ends, strict=True):
        sender = (match["head"] or match["name"]).strip(" \t\"'")
        body = " ".join(text[match.end() : end].split())[:_ALIKE]
        if match.start() < quoted or (sender, body) in seen:
            unsaid |= set(lines_of(text, match.start(), end))
            continue
        seen.add((sender, body))
        cut = _BEFORE_QUOTED.search(text, match.end(), end)
        if cut:
            rule = _RULE.search(text, cut.end())
            quoted = rule.start() if rule else len(text)
            unsaid |= set(lines_of(text, cut.start(), quoted))
        unsaid |= set(
            _signature(text, sender, match.end(), cut.start() if cut else end)
        )
        line = text.count("\n", 0, match.start()) + 1
        words_at = match.end() - match.start()
        marks.append(Mark(sender, "mail", words_at, line=line, at=match.start()))
    return Chat(marks, unsaid)


def _signature(text: str, sender: str, start: int, end: int) -> Iterator[int]:
    """Yield the lines at the end of a mail from `--`, or from the sender's name alone."""
    signed = _SIGNED.search(text, start, end)
    if signed:
        yield from lines_of(text, signed.start(), end)
        return
    names = set(map(str.casefold, _WORD.findall(sender)))
    letters = {name[0] for name in names}
    lines = [at for at in lines_of(text, start, end) if _line(text, at).strip()]
    for at, below in pairwise(chain(lines[-_MOST_SIGNED:], [end])):
        line = _BESIDE.sub("", _TITLE.sub("", _line(text, at)))
        words = [word.casefold() for word in _WORD.findall(line)]
        if words and names.intersection(words) and set(words) <= names | letters:
            yield from lines_of(text, at, max(end, below))
            return


def _line(text: str, at: int) -> str:
    stop = text.find("\n", at)
    return text[at : stop if stop >= 0 else len(text)]
