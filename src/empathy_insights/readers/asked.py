"""Questions of a guide that stand between the turns: numbered, in bold, or as headings.

Somebody asked them, and no label says so; they are context, and never words of whoever
spoke before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from empathy_insights.readers.endings import ends_sentence
from empathy_insights.readers.machine_lines import lines_with
from empathy_insights.readers.notations import Mark, mark_of

_SIGNS = r"[ \t]*(?:#{1,6}[ \t]+)?[*_]{0,3}"
_WORDS = (
    "question", "frage", "pregunta", "pergunta", "domanda", "vraag", "fråga", "spørgsmål",
    "spørsmål", "kysymys", "pytanie", "otázka", "soru", "вопрос", "питання", "问题", "問題",
    "質問", "问", "問", "질문", "سؤال", "السؤال", "प्रश्न", "सवाल", "câu hỏi",
)  # fmt: skip
_WORD = rf"(?:interview |guiding |survey )?(?:{'|'.join(_WORDS)})"
_NUMBER = r"(?:no\.?|nr\.?|number|#)?[ \t]*(?P<n>\d{1,3})[a-z]?[问問題]?"
_END = r"(?:[ \t]*[.:)\]–—：、-]|[ \t]*[*_]{0,3}[ \t]*$|[*_]{1,3})"
NUMBERED = re.compile(
    rf"^{_SIGNS}{_WORD}[ \t]*{_NUMBER}{_END}[ \t]*", re.IGNORECASE | re.MULTILINE
)
_SHORT = re.compile(
    rf"^{_SIGNS}Q[ \t]?{_NUMBER}(?:[ \t]*[.:)\]–—：-]|[ \t]+(?=\S)|[ \t]*$)[*_]{{0,3}}[ \t]*",
    re.MULTILINE,
)
_COUNTED = re.compile(
    r"^[ \t]*(?P<n>\d{1,2})[.)][ \t]+(?![^\n:]{1,40}:)[^\n]{3,300}[?？؟][\"”'’)]?[ \t]*$",
    re.MULTILINE,
)
_FIRST_SHORT = re.compile(r"Q[ \t]?\d")
_FIRST_COUNTED = re.compile(r"\n[ \t]*[12][.)][ \t]")
_BOLD = re.compile(
    r"^[ \t]*(?P<b>\*{1,3}|_{1,3})(?=\S)(?P<said>[^\n]{3,300}?)(?P=b)[ \t]*$",
    re.MULTILINE,
)
_ASKING = re.compile(r"[?？؟][\"”'’)*_ \t]*$")
_ANSWER = re.compile(
    r"^[ \t]*(?P<label>[*_]{0,3}(?:answer|response|reply|antwort|respuesta|réponse|resposta|"
    r"risposta|antwoord|svar|ответ|回答|答|답변|답|الجواب|الإجابة|उत्तर|trả lời|[AR](?=[ \t]?\d))"
    r"[ \t]*(?:\d{1,3}[a-z]?)?)[*_]{0,3}[ \t]*[.:)：][*_]{0,3}[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
_LETTER = re.compile(r"[^\W\d_]")
_BARE = re.compile(r"[*_ \t]|\d+[a-z]?$")
_ENDS = re.compile(r"[*_ \t]+$")


def asked_lines(
    text: str, bold: Collection[int], headings: Collection[int]
) -> set[int]:
    """Return where the lines begin that ask a question of the guide.

    Parameters
    ----------
    text
        The whole file.
    bold
        Where lines begin that are bold throughout, as a word processor knows.
    headings
        Where headings begin.
    """
    found = {at for at in lines_with(_WORDS, text) if NUMBERED.match(text, at)}
    found |= _in_order(_SHORT, text) if _FIRST_SHORT.search(text) else set()
    titles = {at: _line(text, at) for at in headings}
    titles = {at: said for at, said in titles.items() if _LETTER.search(said)}
    asking = {at for at, said in titles.items() if _ASKING.search(said)}
    # A lecture has a heading that asks; an interview by a guide has little else.
    found |= asking if 2 * len(asking) >= len(titles) else set()
    stressed = {at: _line(text, at) for at in bold}
    if "*" in text or "_" in text:
        stressed |= {match.start(): match["said"] for match in _BOLD.finditer(text)}
    loose = {
        at: said for at, said in stressed.items() if mark_of(_line(text, at)) is None
    }
    asking = {at for at, said in loose.items() if _ASKING.search(said)}
    return found | (set(loose) if 2 * len(asking) >= len(loose) else asking)


def counted_lines(text: str) -> set[int]:
    """Return where `2. What would help?` begins, in a file that counts its questions."""
    return _in_order(_COUNTED, text) if _FIRST_COUNTED.search(text) else set()


def _in_order(pattern: re.Pattern[str], text: str) -> set[int]:
    """Take lines whose numbers grow: codes of people come back."""
    found = list(pattern.finditer(text))
    numbers = [int(match["n"]) for match in found]
    grow = all(a < b for a, b in pairwise(numbers)) and len(found) > 1
    return {match.start() for match in found} if grow and numbers[0] <= 2 else set()


def answer_marks(text: str) -> Iterator[Mark]:
    """Yield the lines that answer without a name, as `Answer:` and `A2:`."""
    for match in _ANSWER.finditer(text):
        label = _BARE.sub("", match["label"]) or match["label"]
        line = text.count("\n", 0, match.start()) + 1
        words_at = match.end() - match.start()
        yield Mark(label.capitalize(), "colon", words_at, line=line, at=match.start())


def asked_end(text: str, start: int, end: int) -> int:
    """Return where a question ends that begins here, if it goes on over lines."""
    at, wanting = start, True
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = _ENDS.sub("", text[at:stop])
        if not line.strip() and not wanting:
            return at
        number = NUMBERED.match(line) or _SHORT.match(line)
        wanting = not line.strip() or (number is not None and number.end() == len(line))
        if not wanting and ends_sentence(line):
            return stop
        at = stop + 1
    return end


def is_numbered(line: str) -> bool:
    """Tell whether a line says which question of a guide it is."""
    return NUMBERED.match(line) is not None


def without_number(question: str) -> str:
    """Return a question without what counts it."""
    for pattern in (NUMBERED, _SHORT):
        found = pattern.match(question)
        if found and found.end() < len(question):
            return question[found.end() :]
    return question


def _line(text: str, at: int) -> str:
    stop = text.find("\n", at)
    return text[at : stop if stop >= 0 else len(text)]
