"""What chats write when they are exported or copied: who wrote when, and what nobody did.

WhatsApp writes `[2/27/24, 6:58 PM] Ana: words` or `27.02.24, 18:58 - Ana: words`; Discord
`[2/26/2024 3:17 PM] ana_04` above the words; Telegram `Ana, [26.02.24 15:17]`; Slack a
name, and the time on a line of its own. A date beside each message vouches for the label,
whatever it looks like.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from empathy_insights.labels import TIME, label_key, seconds
from empathy_insights.lexicon import says_fact
from empathy_insights.readers.dialog.notations import Mark

_SIGNS = "\u200e\u200f\u202a\u202c"
_GAP = r"[ \t\u00a0\u202f]"
_MOMENT = rf"\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}},?(?:{_GAP}+|T)(?:at{_GAP}+)?(?P<time>{TIME})"
_STAMPED = (
    rf"^[{_SIGNS}]*(?:\[{_MOMENT}\]|{_MOMENT.replace('time', 'bare')}{_GAP}+-){_GAP}+"
)
_CLOCK = r"\d{1,2}:\d{2}[ \u00a0\u202f]?[AaPp]\.?[Mm]\.?"
_FORMS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"{_STAMPED}(?P<head>[^:\n]{{1,60}}?):[ ]",
        rf"{_STAMPED}(?P<head>[^:\n]{{1,60}})$\n",
        rf"^(?P<head>[^:\n]{{1,60}}?)(?:,|{_GAP}[—–-]){_GAP}\[?{_MOMENT}\]?{_GAP}*$\n",
        rf"^(?P<head>[^\n]{{1,60}})\n{_GAP}*(?P<time>{_CLOCK}){_GAP}*$\n",
    )
)
_MOMENTS = re.compile(rf"{_MOMENT}|^[ \t\u00a0\u202f]*{_CLOCK}[ \t]*$", re.MULTILINE)
_ANY = re.compile(rf"{_STAMPED}[^\n]*", re.MULTILINE)
_DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday"
_NOBODY = re.compile(
    # What iPhones say in a person's place begins with a sign that nobody sees.
    rf"^[^\n]*:[ ]?\u200e(?!<)[^\n]*"
    r"|^\{(?:reactions|attachments|embed|stickers|inline emotes)\}(?:\n[^\n]*\S[^\n]*)*"
    r"|^exported \d+ message\(s\)$"
    rf"|^[ \t]*(?:{_DAYS})(?:,[^\n]{{1,30}})?$|^(?:new|view thread|also sent to the channel)$"
    r"|^\d+ repl(?:y|ies)$|^last reply [^\n]*|^:[\w+-]+:$(?:\n\d+$)?|^\(edited\)$",
    re.MULTILINE | re.IGNORECASE,
)
_EDITED = re.compile(
    r"\s*\u200e?<(?:this message was edited|se editó este mensaje)[^>\n]*>\s*$",
    re.IGNORECASE,
)
_EMOJI = re.compile(r"[ ]?:[\w+-]+:")
_FEWEST = 3


class Chat(NamedTuple):
    """Hold the marks of a chat, and where the lines begin that nobody wrote."""

    marks: list[Mark]
    unsaid: set[int]


def chat_of(text: str) -> Chat | None:
    """Return what a chat holds, or None for any other text.

    At least three messages stand in one of the forms, and somebody writes twice.
    """
    if len(list(islice(_MOMENTS.finditer(text), _FEWEST))) < _FEWEST:
        return None
    found = max((list(form.finditer(text)) for form in _FORMS), key=len)
    marks = list(_marks(found, text))
    counts = Counter(label_key(mark.label) for mark in marks)
    if len(marks) < _FEWEST or not 1 < len(counts) < len(marks):
        return None
    unsaid = {match.start() for match in _ANY.finditer(text)} - {m.at for m in marks}
    for block in _NOBODY.finditer(text):
        unsaid |= set(lines_of(text, block.start(), block.end()))
    return Chat([mark for mark in marks if mark.at not in unsaid], unsaid)


def without_edits(said: str) -> str:
    """Return what somebody wrote, without the note that they changed it.

    Examples
    --------
    >>> without_edits("Keep the reading <This message was edited>")
    'Keep the reading'
    """
    return _EDITED.sub("", said)


def _marks(found: list[re.Match[str]], text: str) -> Iterator[Mark]:
    line, at = 1, 0
    for match in found:
        line += text.count("\n", at, match.start())
        at = match.start()
        label = _EMOJI.sub("", match["head"]).strip(f"{_SIGNS}~ \t\u00a0\u202f")
        told = match.groupdict()
        time = told.get("time") or told.get("bare") or ""
        if label and not says_fact(label):
            yield Mark(label, "chat", match.end() - at, seconds(time), line=line, at=at)


def lines_of(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where the lines of a stretch begin; it begins with one."""
    at = start
    while at < end:
        yield at
        at = text.find("\n", at, end) + 1 or end
