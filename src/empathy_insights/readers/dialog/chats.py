"""What chats write when they are exported or copied: who wrote when, and what nobody did.

WhatsApp writes `[2/27/24, 6:58 PM] Ana: words` or `27.02.24, 18:58 - Ana: words`; Discord
`[2/26/2024 3:17 PM] ana_04` above the words; Telegram `Ana, [26.02.24 15:17]`; Slack a
name, and the time on a line of its own. A date beside each message vouches for the label,
whatever it looks like.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from empathy_insights.labels import HALF_OF_DAY, TIME, label_key, seconds
from empathy_insights.lexicon import says_fact
from empathy_insights.readers.dialog.notations import Mark

_SIGNS = "\u200e\u200f\u202a\u202c"
_GAP = r"[ \t\u00a0\u202f]"
_MOMENT = rf"\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}},?(?:{_GAP}+|T)(?:at{_GAP}+)?(?P<time>{TIME})"
_STAMPED = (
    rf"^[{_SIGNS}]*(?:\[{_MOMENT}\]|{_MOMENT.replace('time', 'bare')}{_GAP}+-){_GAP}+"
)
_CLOCK = rf"\d{{1,2}}:\d{{2}}[ \u00a0\u202f]?{HALF_OF_DAY}"
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
# What programs write for a message: a file, a call, a place, words taken back, a reaction.
_THING = (
    r"(?:(?:multi)?media|m[ií]dia|m[eé]dias?|medien|imagen?|imagem|image|bild|photo|foto|v[ií]d[eé]o|"
    r"[aá]udio|sticker|figurinha|gif|document[oe]?|dokument|contact card|tarjeta de contacto|"
    r"(?:voice|video|audio) (?:message|note)|mensaje de voz|nota de voz)"
)
_PROGRAMS = re.compile(
    r"[^\n]{1,90}\.\w{2,5} \((?:file attached|archivo adjunto|(?:arquivo|ficheiro) anexado|fichier joint|"
    r"datei angehängt)\)"
    r"|(?:attached|adjunto|anexado|joint|angehängt): [^\n]{1,90}"
    rf"|(?:view once )?{_THING}(?: file| de voz)? (?:omitted|omitid[oa]s?|omise?s?|ocult(?:ad)?[oa]|absente?|"
    r"weggelassen|ausgeschlossen)"
    r"|(?:missed|silenced|declined)(?: group)?(?: voice| video)? call(?:\W[^\n]*)?"
    r"|(?:video ?)?llamada(?: \w+){0,3} (?:perdida|silenciada)(?:\W[^\n]*)?"
    r"|(?:chamada|liga[cç][aã]o)(?: \w+){0,3} perdida(?:\W[^\n]*)?|appel(?: \w+){0,2} manqué"
    r"|(?:live |current )?(?:location|ubicaci[oó]n|localiza[cç][aã]o|position|standort)[\w ]{0,30}: ?https?://\S+"
    r"|live location shared|ubicaci[oó]n en tiempo real(?: \w+)?"
    r"|(?:this message was|you) deleted(?: this message| by admin[^\n]*)?"
    r"|(?:se eliminó|eliminaste) este mensaje|este mensaje (?:fue|ha sido) eliminado"
    r"|(?:esta )?mensagem (?:foi )?apagada|você apagou esta mensagem"
    r"|ce message a été supprimé|vous avez supprimé ce message|diese nachricht wurde gelöscht"
    r"|waiting for this message\b[^\n]*|esperando (?:este|el) mensaje\b[^\n]*|aguardando (?:esta )?mensagem\b[^\n]*"
    r"|(?:messages|los mensajes|las llamadas|as mensagens|les messages)\b[^\n]*\b(?:encrypted|cifrad[oa]s|"
    r"criptograf\w+|chiffrés)\b[^\n]*|null"
    r"|(?:liked|loved|disliked|laughed at|emphasized|questioned|reacted \S+ to|le (?:gust|encant)ó) [\"“«][^\n]*[\"”»…]",
    re.IGNORECASE,
)
# `Ana: Ana left`, of whom a program tells it.
_MOVES = re.compile(
    r"(?:left|joined|was added|was removed|salió|se unió|fue añadid[oa]|saiu|entrou|a quitté|"
    r"created group|creó (?:el|este) grupo|changed the (?:group|subject)|cambió (?:el|la) \w+ del grupo)\b[^\n]*",
    re.IGNORECASE,
)
_WRITTEN_BESIDE = re.compile(
    r"\s*\u200e?<(?:(?:this message was edited|se editó este mensaje|mensagem editada|"
    r"ce message a été modifié)|(?:attached|adjunto|anexado|joint):)[^>\n]*>\s*$",
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
    begins = sorted({match.start() for match in _ANY.finditer(text)})
    unsaid = set(begins) - {m.at for m in marks}
    marks = [_after_notice(mark, text, begins) for mark in marks]
    unsaid |= {mark.at for mark in marks if mark.words_at == 0}
    for block in _NOBODY.finditer(text):
        unsaid |= set(lines_of(text, block.start(), block.end()))
    return Chat([mark for mark in marks if mark.at not in unsaid], unsaid)


def _after_notice(mark: Mark, text: str, begins: Sequence[int]) -> Mark:
    """Begin a message below what its program wrote, at 0 where nothing is below that."""
    start = mark.at + mark.words_at
    stop = text.find("\n", start)
    stop = len(text) if stop < 0 else stop
    said = text[start:stop].strip(f"{_SIGNS}<>. \t\u00a0\u202f")
    moves = (
        said.removeprefix(mark.label).lstrip() if said.startswith(mark.label) else ""
    )
    if not (_PROGRAMS.fullmatch(said) or _MOVES.fullmatch(moves)):
        return mark
    after = bisect_right(begins, mark.at)
    end = begins[after] if after < len(begins) else len(text)
    return replace(mark, words_at=stop - mark.at if text[stop:end].strip() else 0)


def without_edits(said: str) -> str:
    """Return what somebody wrote, without the note that they changed it or sent a file.

    Examples
    --------
    >>> without_edits("Keep the reading <This message was edited>")
    'Keep the reading'
    """
    return _WRITTEN_BESIDE.sub("", said)


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
