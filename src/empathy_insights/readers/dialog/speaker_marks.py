"""Where a line says who speaks: the notations, and which labels a file really uses.

A line is a mark only if its label is used again in the file, is known beforehand, or
occurs once and still reads as a voice: it is in the notation that most marks are in,
none of its words are ordinary words of the file, and it is a full name, a part such as
`Student 3`, or one of a group in which three others speak. A file of which no label
repeats is a conversation only if it has two labels (or opens with one) and a name, a
part or a question among them; anything else is words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from sys import intern

from empathy_insights.labels import ASKS, TIME, is_generic, label_key, seconds
from empathy_insights.readers.dialog.notations import Mark, is_voice, mark_of
from empathy_insights.readers.dialog.stamps import starts_with_time

_GROUP = 3
_HEADERS = frozenset({"header", "stamped"})
# Most lines of a transcript are words; only these can say who speaks.
_CANDIDATE = re.compile(
    r"^(?=[ \t]*[\[{#(<]|[ \t]*[QA](?:\.[ \t]|[ \t]{2})|[ \t]*[Ss][Pp][Ee]?[Aa]?[Kk](?:[Ee][Rr])?[_-]\d|[^\n:：]{0,100}+[:：])[^\n]{1,400}",
    re.MULTILINE,
)
_WORD = re.compile(r"\b[^\W\d_A-Z][^\W\d_]*\b")
_NEXT = re.compile(r"[ \t]*\n\s*?([^\s][^\n]*)")
_FIRST = re.compile(r"^(?!#)[^\n]*\S", re.MULTILINE)


def find_marks(text: str, skipped: Container[int] = ()) -> list[Mark]:
    """Return every line's possible mark, before the file as a whole has its say.

    Parameters
    ----------
    text
        The file.
    skipped
        Where lines begin that are headings or the like.
    """
    found = []
    line, at = 1, 0
    for candidate in _CANDIDATE.finditer(text):
        start = candidate.start()
        if start in skipped:
            continue
        mark = mark_of(candidate[0])
        if mark is not None and mark.notation == "named":
            mark = _named(mark, text, candidate.end())
        if mark is not None:
            line += text.count("\n", at, start)
            at = start
            gap = after_gap(text, start)
            found.append(
                Mark(
                    intern(mark.label),
                    mark.notation,
                    mark.words_at,
                    mark.start_s,
                    line,
                    gap,
                    start,
                    mark.is_bold,
                    mark.end_s,
                )
            )
    return found


def _named(mark: Mark, text: str, end: int) -> Mark | None:
    """Take a word alone after a time for a name only if somebody speaks under it."""
    following = _NEXT.match(text, end)
    is_timed = following and starts_with_time(following[1])
    return replace(mark, notation="header") if following and not is_timed else None


def after_gap(text: str, start: int) -> bool:
    """Return whether the line before the one that begins here is blank, or none."""
    before = text.rfind("\n", 0, max(start - 1, 0)) + 1
    return not text[before:start].strip()


def real_marks(
    marks: Sequence[Mark],
    text: str,
    names: frozenset[str],
    *,
    is_asked: bool = False,
) -> tuple[list[Mark], list[Mark]]:
    """Part the marks that the whole file makes plausible from the doubtful ones.

    Parameters
    ----------
    marks, text
        All that could be marks, and the file.
    names
        People of whom the user has told us, reduced by `label_key`.
    is_asked
        Whether questions stand between the turns, so that one voice may answer them.
    """
    chat = [mark for mark in marks if mark.notation == "chat"]
    if chat and 2 * len(chat) >= len(marks):
        return chat, []
    marks = _without_stray_headers(marks)
    counts = Counter(label_key(mark.label) for mark in marks)
    repeated = {key for key, n in counts.items() if n > 1}
    accepted = (
        repeated | {key for key in counts if key in names} | _asked_in_court(marks)
    )
    once = [mark for mark in marks if label_key(mark.label) not in accepted]
    if once:
        accepted |= {label_key(m.label) for m in _plausible(once, marks, text)}
    kept = [mark for mark in marks if label_key(mark.label) in accepted]
    if not _is_conversation(kept, text, names, is_asked=is_asked):
        return [], []
    return kept, [mark for mark in marks if label_key(mark.label) not in accepted]


def _asked_in_court(marks: Sequence[Mark]) -> set[str]:
    """Return Q and A where both stand with a stop, which no name does."""
    dotted = {label_key(mark.label) for mark in marks if mark.notation == "dot"}
    return dotted if len(dotted) > 1 else set()


def _without_stray_headers(marks: Sequence[Mark]) -> list[Mark]:
    """Read `Name 0:12`, alone or before words, as a mark only where that is the custom."""
    beside = Counter(label_key(m.label) for m in marks if m.notation == "stamped")
    if max(beside.values(), default=1) == 1:
        marks = [mark for mark in marks if mark.notation != "stamped"]
    n_headers = sum(mark.notation in _HEADERS for mark in marks)
    if n_headers > 1 and n_headers * 3 >= len(marks):
        return list(marks)
    return [mark for mark in marks if mark.notation not in _HEADERS]


def _plausible(once: Sequence[Mark], marks: Sequence[Mark], text: str) -> list[Mark]:
    notation = Counter(mark.notation for mark in marks).most_common(1)[0][0]
    voices = len(
        {label_key(m.label) for m in marks} - {label_key(m.label) for m in once}
    )
    lines_once = {mark.line for mark in once}
    spaced = _are_spaced([mark for mark in marks if mark.line not in lines_once])
    ordinary = _ordinary(once, text)
    return [
        mark
        for mark in once
        if (mark.notation == notation or voices == 0)
        and (mark.after_gap or not spaced)
        and not set(label_key(mark.label).split()) <= ordinary
        and (voices in (0, 1) or voices >= _GROUP or is_voice(mark.label))
    ]


def _are_spaced(marks: Sequence[Mark]) -> bool:
    """Return whether the turns of a file are set apart by blank lines."""
    return len(marks) > 1 and all(mark.after_gap for mark in marks)


def _ordinary(once: Sequence[Mark], text: str) -> set[str]:
    """Return the words of labels that the file also writes in lower case, as words."""
    wanted = {
        word
        for mark in once
        if not is_generic(mark.label)
        for word in label_key(mark.label).split()
    }
    if not wanted:
        return set()
    in_labels = Counter(_WORD.findall("\n".join(mark.label for mark in once)))
    said = Counter(_WORD.findall(text)) - in_labels
    return {word for word in wanted if said[word] > 0}


def _is_conversation(
    marks: Sequence[Mark], text: str, names: frozenset[str], *, is_asked: bool
) -> bool:
    keys = {label_key(mark.label) for mark in marks}
    if not marks:
        return False
    voice = any(key in names or is_voice(key) for key in keys)
    if len(keys) > 1 and len(marks) > len(keys):
        return True
    if len(keys) > 1:
        return voice or ASKS.search(text) is not None
    voice = voice or is_asked
    return voice and (len(marks) > 1 or marks[0].line == _first_line(text))


def _first_line(text: str) -> int:
    """Return the first line that is neither blank nor a heading."""
    found = _FIRST.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


# Lines that programs write into a transcript: closings, notices, badges, code.


_THING = (
    r"(?:transcript(?:ion)?s?|captions?|subtitles|recordings?|document|text|audio|video|"
    r"meeting|call|session|interview|tape)"
)
_TOOLS = (
    r"(?:https?:|www\.|\S+\.(?:com|ai|org|io|net)\b|otter|zoom|(?:ms |microsoft )?teams|"
    r"microsoft|google|meet\b|gemini|copilot|rev\b|descript|fireflies|sonix|trint|"
    r"happy ?scribe|temi|whisper|amara|dovetail|grain|fathom|tl;dv|notta|riverside|webex|"
    r"krisp|gong|maxqda|nvivo|f4|tactiq|read\.ai|verbit|gotranscript|scribie|transkriptor|"
    r"an? (?:ai|automated|automatic|machine|computer)|artificial|automatic|speech)"
)
_MADE = (
    r"(?:generated|transcribed|created|produced|exported|provided|recorded|downloaded|"
    r"captioned|prepared|edited|translated|powered)"
)
_CLOSINGS = (
    rf"transcri(?:bed|ptions?|pts?) (?:by|with|using|(?:was )?{_MADE} (?:by|with)) \S",
    r"(?:transcription|transcript|recording|meeting) (?:has )?(?:ended|finished|stopped)"
    r"(?: (?:after|at) .*)?\W*$",
    rf"(?:this|the|note: this) (?:[\w-]+ ){{0,4}}?{_THING} (?:was|were|is|has been) "
    rf"(?:[\w-]+ ){{0,3}}?(?:[\w]+-)?{_MADE}\b",
    r"(?:this|the|please note:? this) (?:[\w-]+ ){0,5}(?:may|might|can|could) "
    r"(?:still )?(?:contain|include|have) (?:some )?(?:errors?|mistakes|inaccurac)",
    rf"(?:automatically|auto|computer|machine|ai)[- ]?{_MADE}\b",
    rf"{_MADE} (?:by|with|using|from|via|in) {_TOOLS}",
    rf"\W*(?:end|ende|fin) (?:of|der|des|de|del|de la|de l['’]|do|da) ?(?:the )?"
    rf"(?:{_THING}|aufnahme|interviews?|transkripts?|entrevista|grabaci[oó]n|"
    r"transcripci[oó]n|entretien|enregistrement|grava[cç][aã]o|transcri[cç][aã]o)\W*$",
    r"people can also change the text|this file is longer than \d+ (?:minutes|hours)",
    rf"(?:view|watch|listen to|see|open) (?:the |this )?(?:original |full )?{_THING}"
    r"(?: (?:at|on|in|here)\b.*| ?:.*)?$",
    r"transkri(?:biert|ption) (?:von|mit|durch|beendet)|dies(?:es|e) (?:\w+ )?transkript",
    r"(?:la )?transcripci[oó]n (?:finaliz|termin|realizad)|esta transcripci[oó]n|"
    r"transcrito (?:por|con)",
    r"(?:fin de la )?transcription (?:termin[eé]e|r[eé]alis[eé]e)|cette transcription|"
    r"transcrit (?:par|avec)",
    r"(?:a )?transcri[cç][aã]o (?:encerrada|terminad|feita)|esta transcri[cç][aã]o|"
    r"trascrizione (?:terminata|a cura)|questa trascrizione|trascritto da",
    r"untertitel(?:ung)? (?:von|der|im auftrag)|sous-titr(?:es|age) (?:par|de|soci)|"
    r"subt[ií]tulos (?:por|de|realizados)|legendas (?:por|pela)",
    r"(?:©|\(c\)|copyright) ",
)
_NOTICES = (
    r"\S[^\n:.?!]{0,60} (?:has )?(?:started|stopped|ended|paused|resumed) (?:the )?"
    r"(?:transcription|recording|transcript|live captions)\W*$",
    r"\S[^\n:.?!]{0,60} (?:has )?(?:joined|left) the (?:meeting|call|conversation|room)\W*$",
    r"(?:transcription|recording|transcript) (?:has )?(?:started|began|begins|paused|resumed)"
    r"(?: (?:after|at|by) [^\n]*)?\W*$",
    rf"\W*(?:start|beginning) of (?:the )?{_THING}\W*$",
    # What a chat says in place of a picture, or of words that were taken back.
    r"[^\n]*[:\]] ?\W{0,3}(?:(?:(?:multi)?media|medien|m[eéií]dias?|imagen?|imagem|image|bild|"
    r"photo|v[ií]d[eé]o|audio|sticker|gif|documento?|dokument|contact card) (?:omitted|omitid[oa]|"
    r"omise?s?|weggelassen|ausgeschlossen|absente?|ocult(?:ad)?[oa])|"
    r"this message was deleted|you deleted this message)\W*$",
)
_OPENS = r"^[ \t]*[*_>(\[\"“]{0,3}"
_CLOSING = re.compile(
    rf"{_OPENS}(?:{'|'.join(_CLOSINGS)})[^\n]*", re.IGNORECASE | re.MULTILINE
)
_NOTICE = re.compile(rf"{_OPENS}(?:{'|'.join(_NOTICES)})", re.IGNORECASE | re.MULTILINE)
# One of these stands in every such line; most lines need no look at them.
_CLOSE_HINTS = (
    "transcri", "transkri", "trascri", "recording", "recorded", "meeting ", "generated",
    "created by", "created with", "created using", "produced", "exported", "provided",
    "powered by", "prepared", "downloaded", "captioned", "edited by", "edited with",
    "may contain", "might contain", "end of", "ende de", "fin de", "fim da", "fim do",
    "original", "change the text", "untertitel", "sous-titr", "subt", "legendas", "©",
    "(c)", "copyright", "watch the", "listen to", "this file is longer",
)  # fmt: skip
_NOTICE_HINTS = (
    "transcription", "transcript", "recording", "live captions", "joined the ",
    "left the ", "start of", "beginning of", " omi", " weggel", " ausgeschl", " absent",
    " ocult", "message was deleted", "deleted this",
)  # fmt: skip
_AFTERWORD = re.compile(
    rf"{_OPENS}(?:(?:(?:interviewer|researcher|facilitator|moderator|observer|field|my|team|"
    r"post[ -]?interview|after the interview)(?:['’]?s)?[ -]+)?(?:notes|reflections?|memos?|impressions|"
    r"debrief|observations|comments)|notas(?: de(?:l|) (?:campo|entrevistador[ae]?|la entrevistadora))?)"
    r"(?: (?:after|from|on|about|of)\b[^:\n]{0,40})?(?:[*_]{0,3}:|[ \t*_]*$)",
    re.IGNORECASE | re.MULTILINE,
)
_AFTER_HINTS = (
    "notes", "reflection", "memo", "impressions", "debrief", "observations", "comments",
    "notas",
)  # fmt: skip
_SPOKEN = re.compile(
    r"\n?[ \t]*(?P<name>[^\n\d]{0,63}?)[ \t]*\d{1,3} (?:hour|minute|second)s?"
    r"(?P<second>(?:[ \t,]+\d{1,2} (?:minute|second)s?)*)[ \t]*(?=\n|$)"
)
_CLOCK_LINE = re.compile(rf"\n?[ \t]*(?P<time>{TIME})[ \t]*(?=\n|$)")
_ALONE = frozenset({"header", "alone"})
_BADGE = re.compile(r"(?:^|\n)[ \t]*(?P<badge>[^\W\d_]{1,3})[ \t]*\n\s*$")
_FENCED = re.compile(
    r"^[ \t]*(?P<f>```|~~~)[^\n]*\n.*?(?:^[ \t]*(?P=f)|\Z)", re.MULTILINE | re.DOTALL
)


def closing_lines(text: str) -> set[int]:
    """Return where lines begin that close a transcript, or say how it was made."""
    return {at for at in lines_with(_CLOSE_HINTS, text) if _CLOSING.match(text, at)}


def afterword_lines(text: str) -> set[int]:
    """Return where paragraphs begin in which whoever listened notes what they thought.

    Only where people speak in a file do such words end a turn.
    """
    hinted = lines_with(_AFTER_HINTS, text)
    return {at for at in hinted if after_gap(text, at) and _AFTERWORD.match(text, at)}


def notice_lines(text: str) -> set[int]:
    """Return where lines begin that say what happens on the line, such as who leaves."""
    return {at for at in lines_with(_NOTICE_HINTS, text) if _NOTICE.match(text, at)}


def lines_with(hints: Sequence[str], text: str) -> set[int]:
    """Return where the lines begin in which one of some words stands, in any case."""
    lower = text.lower()
    lower = lower if len(lower) == len(text) else text
    found = set()
    for hint in hints:
        at = lower.find(hint)
        while at >= 0:
            found.add(lower.rfind("\n", 0, at) + 1)
            at = lower.find(hint, at + len(hint))
    return found


def fenced_lines(text: str) -> set[int]:
    """Return where the lines begin that Markdown says are code: nobody speaks there."""
    if "```" not in text and "~~~" not in text:
        return set()
    return {
        at
        for block in _FENCED.finditer(text)
        for at in _starts(text, block.start(), block.end())
    }


def _starts(text: str, start: int, end: int) -> Iterator[int]:
    at = start
    while 0 <= at < end:
        yield at
        at = text.find("\n", at, end) + 1 or end


def with_spoken_times(marks: Sequence[Mark], text: str) -> list[Mark]:
    """Begin the words of a mark after `Ana Ruiz 0 minutes 12 seconds` beneath it."""
    return [_after_spoken_time(mark, text) for mark in marks]


def _after_spoken_time(mark: Mark, text: str) -> Mark:
    start_s, sure = mark.start_s, False
    at = mark.at + mark.words_at
    while found := _SPOKEN.match(text, at) or _CLOCK_LINE.match(text, at):
        told = found.groupdict()
        if told.get("name") not in ("", None, mark.label):
            break
        # "10 minutes" alone may well be an answer.
        sure = sure or bool(told.get("name") or told.get("second"))
        start_s = seconds(told["time"]) if "time" in told else start_s
        at = found.end()
    is_alone = mark.notation in _ALONE and text[at : at + 1] == "\n"
    if not (sure and is_alone):
        return mark
    return replace(mark, words_at=at - mark.at, start_s=start_s)


def without_badges(marks: Sequence[Mark], text: str) -> list[Mark]:
    """Leave out initials that stand as a mark above the name that they are of."""
    above = {
        mark.at
        for mark, name in pairwise(marks)
        if is_initials(mark.label, name.label)
        and not text[mark.at + mark.words_at : name.at].strip()
    }
    return [mark for mark in marks if mark.at not in above]


def badges(marks: Sequence[Mark], text: str) -> set[int]:
    """Return where initials stand alone on the line above the name that they are of."""
    found = set()
    for mark in marks:
        match = _BADGE.search(text, max(0, mark.at - 12), mark.at)
        if match and is_initials(match["badge"], mark.label):
            found.add(match.start("badge"))
    return found


def is_initials(badge: str, label: str) -> bool:
    """Return whether letters are the first ones of words of a name, in their order."""
    letters = [word[0].casefold() for word in label.split() if word[0].isalpha()]
    rest = iter(letters)
    return badge.isupper() and all(sign.casefold() in rest for sign in badge)
