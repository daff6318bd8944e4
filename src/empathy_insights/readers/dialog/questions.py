"""What was asked: the facilitator's latest question is that of the answers after it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import accumulate, count, groupby, pairwise
from operator import itemgetter

from empathy_insights.labels import ASKS, ends_sentence, label_key
from empathy_insights.readers.dialog.notations import Mark, mark_of
from empathy_insights.readers.dialog.program_lines import lines_with
from empathy_insights.readers.people.facilitators import begins_to_ask
from empathy_insights.readers.transcript import Turn

# Questions of a guide that stand between the turns: numbered, in bold, or as headings.
#
# Somebody asked them, and no label says so; they are context, and never words of whoever
# spoke before.


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
_PLACE = r"^[ \t]*(?P<n>\d{1,2})[.)][ \t]+"
_COUNT = re.compile(rf"{_PLACE}(?=\S)")
_COUNTED = re.compile(
    rf"{_PLACE}(?![^\n:]{{1,40}}:)[^\n]{{3,300}}[?？؟][\"”'’)]?[ \t]*$", re.MULTILINE
)
ITEM = re.compile(rf"{_PLACE}\S[^\n]{{3,300}}$", re.MULTILINE)
_FIRST_SHORT = re.compile(r"Q[ \t]?\d")
_FIRST_COUNTED = re.compile(r"\n[ \t]*[12][.)][ \t]")
_BOLD = re.compile(
    r"^[ \t]*(?P<b>\*{1,3}|_{1,3})(?=\S)(?P<said>[^\n]{3,300}?)(?P=b)[ \t]*$",
    re.MULTILINE,
)
# `(probe: wifi, device, who fixes it)` is for whoever asks, as the question before it is.
IN_ASKING = re.compile(
    r"[?？؟][\"”'’)*_ \t]*(?:[(\[][^()\[\]\n]{1,200}[)\]][*_ \t]*)?$"
)
_ANSWER = re.compile(
    r"^[ \t]*(?P<label>[*_]{0,3}(?:answer|response|reply|antwort|respuesta|réponse|resposta|"
    r"risposta|antwoord|svar|ответ|回答|答|답변|답|الجواب|الإجابة|उत्तर|trả lời|[AR](?=[ \t]?\d))"
    r"[ \t]*(?:\d{1,3}[a-z]?)?)[*_]{0,3}[ \t]*[.:)：][*_]{0,3}[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
_ALONE = re.compile(
    rf"^{_SIGNS}(?:Q|{_WORD})[*_]{{0,3}}[ \t]*[.:)：][*_]{{0,3}}[ \t]*", re.IGNORECASE
)
_LETTER = re.compile(r"[^\W\d_]")
_BARE = re.compile(r"[*_ \t]|\d+[a-z]?$")
_ENDS = re.compile(r"[*_ \t]+$")
_DASHED = re.compile(r"^[ \t]*[—–][ \t]+(?=\S)", re.MULTILINE)
_FEWEST_DASHED = 3
_BULLETS = " \t-*•–—"
_MOST_ANSWERS = 12  # to a question without a label
_WRAPPED, _LONGEST = 60, 300  # code points: of a line that goes on below, of a question


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
    found |= in_order(_SHORT, text) if _FIRST_SHORT.search(text) else set()
    titles = {at: line_at(text, at) for at in headings}
    titles = {at: said for at, said in titles.items() if _LETTER.search(said)}
    asking = {at for at, said in titles.items() if IN_ASKING.search(said)}
    # A lecture has a heading that asks; an interview by a guide has little else.
    found |= asking if 2 * len(asking) >= len(titles) else set()
    stressed = {at: line_at(text, at) for at in bold}
    if "*" in text or "_" in text:
        stressed |= {match.start(): match["said"] for match in _BOLD.finditer(text)}
    loose = {
        at: said for at, said in stressed.items() if mark_of(line_at(text, at)) is None
    }
    asking = {at for at, said in loose.items() if IN_ASKING.search(said)}
    return found | (set(loose) if 2 * len(asking) >= len(loose) else asking)


def counted_lines(text: str) -> set[int]:
    """Return where `2. What would help?` begins, in a file that counts its questions."""
    return in_order(_COUNTED, text) if _FIRST_COUNTED.search(text) else set()


def in_order(pattern: re.Pattern[str], text: str) -> set[int]:
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


def unlabelled_lines(text: str, marks: Sequence[Mark]) -> set[int]:
    """Return where lines begin that ask, without a label, right above somebody's mark.

    The first stands above all marks, or some under two of three voices, and they come
    back all through the talk, or a dash is before each. Who spoke before did not say them,
    if no voice of the file asks. Lines with times are a recorder's, which gives each voice
    its label.
    """
    if not marks or sum(mark.start_s is not None for mark in marks) * 2 > len(marks):
        return set()
    if dashed := _dashed_lines(text, marks):
        return dashed
    first = _asked_last(text, 0, marks[0].at, is_said=False)
    found = {
        mark: _asked_last(text, mark.at + mark.words_at, after.at, is_said=True)
        for mark, after in pairwise(marks)
    }
    under = {label_key(mark.label) for mark, lines in found.items() if lines}
    n_voices = len({label_key(mark.label) for mark in marks})
    n_asked = bool(first) + sum(map(bool, found.values()))
    is_nobodys = bool(first) or (len(under) > 1 and n_voices > len(["one", "other"]))
    if not is_nobodys or n_asked * _MOST_ANSWERS < len(marks):
        return set()
    return {at for lines in (first, *found.values()) for at in lines}


def _dashed_lines(text: str, marks: Sequence[Mark]) -> set[int]:
    """Return where lines begin with a dash, as those of whoever asks between the turns.

    Half of them ask, and most stand right above somebody's mark.
    """
    heads = {mark.at for mark in marks}
    dashed = [
        at for found in _DASHED.finditer(text) if (at := found.start()) not in heads
    ]
    stops = sorted({*dashed, *heads, len(text)})
    said = [(at, stops[bisect_right(stops, at)]) for at in dashed]
    asking = sum(ASKS.search(text, at, end) is not None for at, end in said)
    answered = sum(end in heads for _, end in said)
    is_asked = len(dashed) >= _FEWEST_DASHED and 2 * asking >= len(dashed)
    return {*dashed} if is_asked and 2 * answered > len(dashed) else set()


def _asked_last(text: str, start: int, end: int, *, is_said: bool) -> list[int]:
    """Return where the lines begin that ask at the end of a stretch, below what was said."""
    lines = text[start:end].split("\n")
    starts = [start, *(start + at for at in accumulate(len(x) + 1 for x in lines))]
    found = []
    while lines and not lines[-1].strip():
        lines.pop()
    while (
        lines and _asks_anew(lines) and (not is_said or any(map(str.strip, lines[:-1])))
    ):
        found.append(starts[len(lines) - 1])
        lines.pop()
        while lines and not lines[-1].strip():
            lines.pop()
    return found


def _asks_anew(lines: Sequence[str]) -> bool:
    """Return whether the last of these lines asks, and goes on with no sentence above it."""
    said, above = lines[-1], lines[-2].strip() if len(lines) > 1 else ""
    begins = said.lstrip(_BULLETS + '¿"“')[:1]
    is_new = ends_sentence(above) or len(above) < _WRAPPED
    return (
        _is_a_question(said)
        and is_new
        and not begins.islower()
        and len(said) < _LONGEST
    )


def _is_a_question(said: str) -> bool:
    bare = said.lstrip(_BULLETS)
    return IN_ASKING.search(said) is not None or begins_to_ask(bare)


def only_questions(text: str, turns: Iterable[Turn]) -> set[int]:
    """Return where the questions begin of a file in which `Q:` is the only voice.

    Notes below each question are nobody's answer by name, and not the question's.
    """
    begins = [text.rfind("\n", 0, turn.start) + 1 for turn in turns if turn.speaker]
    are_asked = all(_ALONE.match(line_at(text, at)) for at in begins)
    return set(begins) if are_asked else set()


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
    """Return whether a line says that it is a question of a guide."""
    return any(p.match(line) is not None for p in (NUMBERED, _ALONE, ITEM))


def without_number(question: str) -> str:
    """Return a question without what counts it."""
    for pattern in (NUMBERED, _SHORT, _ALONE, _COUNT):
        found = pattern.match(question)
        if found and found.end() < len(question):
            return question[found.end() :]
    return question


def line_at(text: str, at: int) -> str:
    """Return the line that begins here."""
    stop = text.find("\n", at)
    return text[at : stop if stop >= 0 else len(text)]


Row = dict[str, object]

_STOPS = re.compile(r"[.!?…。！？؟\n]")
_NO_LETTER = re.compile(r"[\W_]+")
SURVEY, HEADING, GUIDE = (
    "a question of the survey",
    "a heading",
    "a question of the guide",
)


@dataclass(frozen=True)
class _Asked:
    """Hold the ids of all questions, by a fingerprint of their wording."""

    ids: dict[bytes, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)


def number_questions(rows: Iterable[Row], answered: Iterable[Row]) -> Iterator[Row]:
    """Give answers the id of their question, the same for the same wording.

    Survey columns keep the ids that they have, unless an earlier document took one for
    another wording; the others are numbered by first appearance in the order of rows.

    Parameters
    ----------
    rows
        Rows of the utterances table, in the order of documents and positions.
    answered
        Those of them that have the id of a question of a survey.
    """
    asked, surveys = _Asked(), set()
    for row in answered:
        surveys.add(row["document_id"])
        if row["is_facilitator"]:
            _take(asked, _fold(str(row["text"])), str(row["question_id"]))
    for name, document in groupby(rows, itemgetter("document_id")):
        yield from _of_document(document, asked, in_survey=name in surveys)


def _of_document(
    rows: Iterable[Row], asked: _Asked, *, in_survey: bool
) -> Iterator[Row]:
    now: str | None = None
    for row in rows:
        # An answer of a survey stands under its question, whatever the id was.
        if in_survey and not row["is_facilitator"]:
            yield row | {"question_id": now or row["question_id"]}
            continue
        if not row["is_facilitator"]:
            yield row | {"question_id": now}
            continue
        wording = _wording(row, in_survey=in_survey, is_open=now is not None)
        if wording:
            now = _take(asked, wording, "")
        elif row["facilitator_why"] == HEADING:
            now = None
        yield row | {"question_id": now if wording else None}


def _wording(row: Row, *, in_survey: bool, is_open: bool) -> str:
    """Return the question that a facilitator's turn asks, reduced to its letters.

    A single word, such as `Why?`, asks on about the question that is open.
    """
    text = without_number(str(row["text"]))
    if in_survey:
        return _fold(text) if row["question_id"] else ""
    found = [_fold(said) for said in _questions(text)]
    whole = [said for said in found if " " in said or (said and not said.isascii())]
    if whole:
        return whole[-1]
    if row["facilitator_why"] == GUIDE:
        return _fold(text)
    return "" if is_open else next(filter(None, reversed(found)), "")


def _questions(text: str) -> Iterator[str]:
    """Yield the sentences that ask, each as far as its mark."""
    at = 0
    for mark in ASKS.finditer(text):
        yield _STOPS.split(text[at : mark.start()])[-1] + mark.group()
        at = mark.end()


def why_context(words: str, question_id: str | None, kind: str) -> str:
    """Return what context is that nobody said: a question or a heading."""
    if question_id:
        return SURVEY
    is_asked = is_numbered(words) or _is_a_question(words)
    return GUIDE if kind != "notes" or is_asked else HEADING


def _fold(text: str) -> str:
    return _NO_LETTER.sub(" ", text.casefold()).strip() or text.strip()


def _take(asked: _Asked, wording: str, wanted: str) -> str:
    """Return the id of a wording: the wanted one if it is free, else the next."""
    known = blake2b(wording.encode(errors="surrogatepass"), digest_size=16).digest()
    if known not in asked.ids:
        free = (f"q{n:02d}" for n in count(len(asked.ids) + 1))
        is_free = wanted and wanted not in asked.taken
        chosen = wanted if is_free else next(q for q in free if q not in asked.taken)
        asked.ids[known] = chosen
        asked.taken.add(chosen)
    return asked.ids[known]
