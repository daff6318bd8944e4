"""Lines that programs and interviewers write into a talk: closings, notices, badges, code."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from empathy_insights.labels import TIME, seconds
from empathy_insights.readers.dialog.notations import Mark
from empathy_insights.readers.dialog.speaker_marks import after_gap

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
    r"(?:transcription|transcript|recording|meeting|call|interview|session) (?:has )?"
    rf"(?:ended|finished|stopped|closed|adjourned|concluded)(?: (?:after|at) .*| {TIME})?\W*$",
    rf"(?:this|the|note: this) (?:[\w-]+ ){{0,4}}?{_THING} (?:was|were|is|has been) "
    rf"(?:[\w-]+ ){{0,3}}?(?:[\w]+-)?{_MADE}\b",
    r"(?:this|the|please note:? this) (?:[\w-]+ ){0,5}(?:may|might|can|could) "
    r"(?:still )?(?:contain|include|have) (?:some )?(?:errors?|mistakes|inaccurac)",
    rf"(?:automatically|auto|computer|machine|ai)[- ]?{_MADE}\b",
    rf"{_MADE} (?:by|with|using|from|via|in) {_TOOLS}",
    rf"\W*(?:end|ende|fin) (?:of|der|des|de|del|de la|de l['’]|do|da) ?(?:the )?"
    rf"(?:{_THING}|aufnahme|interviews?|transkripts?|entrevista|grabaci[oó]n|"
    rf"transcripci[oó]n|entretien|enregistrement|grava[cç][aã]o|transcri[cç][aã]o)(?: {TIME})?\W*$",
    r"(?:translat(?:ed|ion)|traducci[oó]n|traducid[oa])(?: (?:by|por)|[ ]?:) (?-i:[A-Z]\. ?[A-Z])",
    # What whoever types notes for the next time.
    r"(?:stopped|left off|typed up to|(?:rest|remainder) of) (?:here|at|the|this|audio|recording)\b"
    r"[^\n]*(?:\d:\d\d|\baudio\b|\brecording\b|transcri)",
    r"(?:cleaned|checked|proofread|corrected|typed|anonymi[sz]ed)(?: up)?(?: by \w+)?(?: on)? "
    r"\d{1,2}[/.]\d{1,2}\b",
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
    # The head of a page, as texts from a typewriter or a court keep it.
    r"page \d{1,4}(?: ?(?:of|/) ?\d{1,4})?(?:[ \t]*[-–—|][^\n.?!:]{1,60})?[ \t]*$",
    # What a chat says in place of a picture, or of words that were taken back.
    r"[^\n]*[:\]] ?\W{0,3}(?:(?:(?:multi)?media|medien|m[eéií]dias?|imagen?|imagem|image|bild|"
    r"photo|v[ií]d[eé]o|audio|sticker|gif|documento?|dokument|contact card) (?:omitted|omitid[oa]|"
    r"omise?s?|weggelassen|ausgeschlossen|absente?|ocult(?:ad)?[oa])|"
    r"this message was deleted|you deleted this message)\W*$",
)
_OPENS = r"^[ \t\f]*[*_>(\[\"“]{0,3}"
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
    "(c)", "copyright", "call ", "interview ", "session ", "watch the", "listen to",
    "this file is longer", "transla", "traduc", "audio", "cleaned", "checked", "proofread", "corrected", "typed",
    "anonymi", "stopped", "left off",
)  # fmt: skip
_NOTICE_HINTS = (
    "transcription", "transcript", "recording", "live captions", "joined the ",
    "left the ", "start of", "page ", "beginning of", " omi", " weggel", " ausgeschl", " absent",
    " ocult", "message was deleted", "deleted this",
)  # fmt: skip
_AFTERWORD = re.compile(
    rf"{_OPENS}(?:(?:(?:interviewer|researcher|facilitator|moderator|observer|field|my|team|"
    r"overall|general|quick|first|initial|inner|outer|circle|group|side|extra|additional|other|post[ -]?(?:interview|session)|after the interview|"
    r"(?-i:[A-Z])[\w-]{1,20}(?=['’]))(?:['’]?s)?[ -]+){0,2}(?:notes|reflections?|memos?|"
    r"impressions?|debrief|observations|comments|thoughts|takeaways?|"
    r"follow[ -]?ups?|to[ -]?dos?|next steps|action items)|"
    r"notes? to (?:my)?self|(?:(?:mis|nuestras|otras|algunas|as|minhas|mes) )?(?:notas?|apuntes|observaciones|"
    r"comentarios|reflexiones|impresiones|pendientes|pr[oó]ximos pasos|observações|comentários|remarques)"
    r"(?: (?:finales|generales|adicionales|posteriores|propias|m[ií]as|finais))?(?: (?:del?|de la|do|da) (?:campo|cierre|equipo|sesi[oó]n|"
    r"(?:entrevist|facilit|moder|observ|investig|transcri)\w+))?)"
    r"(?: (?:after|from|on|about|of|despu[eé]s|sobre)\b[^:\n]{0,40})?(?:[*_]{0,3}:|[ \t*_]*$)",
    re.IGNORECASE | re.MULTILINE,
)
_AFTER_HINTS = (
    "notes", "note to", "reflection", "memo", "impression", "debrief", "observations",
    "comments", "nota", "thoughts", "takeaway", "apuntes", "observaci", "comentari", "reflexion",
    "impresion", "pendientes", "ximos pasos", "observaç", "remarques",
    "follow", "to do", "to-do", "todo", "next steps", "action items",
)  # fmt: skip
# A translation says `I`, and so does who wrote the words down themselves.
_ASIDE = re.compile(
    r"^[ \t]*(?P<open>[(\[])(?=(?:[^\s()\[\]]+\s+){4})(?P<said>(?:[^()\[\]\n]|\n(?!\s*\n))+)"
    r"[)\]][ \t]*$",
    re.MULTILINE,
)
# `[my thought: ask the nurse]`: whoever listened says so.
_THOUGHT = re.compile(
    r"\W*(?:my|our|interviewer|observer)\W*(?:s )?(?:own )?(?:thought|note|impression|take|reaction|guess|observation|sense|"
    r"reflection|comment|read|gut|aside|memo)s?\b",
    re.IGNORECASE,
)
# `(all laugh)`, however short: what several do is nobody's words.
_OF_SEVERAL = re.compile(
    r"^[ \t]*[(\[](?:(?:they |you )?(?:all|both)|everyone|everybody|several|most|some|many|others|"
    r"(?:the )?(?:group|class|room|students|kids|parents)|two|three|four|five|\d{1,2})\b(?: of (?:them|\d{1,2}))?"
    r"(?: (?:\w+ )??)(?:laugh|giggl|chuckl|nod|agree|clap|applau|cheer|groan|murmur|sigh|smil|shrug|shak|"
    r"rais|point|whisper|talk(?:ing)? at once|snap)\w*(?: [^()\[\]\n]{1,40})?[.!]?[)\]][ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
# `(phone rings)`: what is heard beside the talk.
_OF_THINGS = re.compile(
    r"^[ \t]*[(\[](?:(?:the|a|an|school|fire|cell) )?(?:phones?|bells?|alarms?|doors?|dogs?|bab(?:y|ies)|intercom|"
    r"sirens?|announcements?|loudspeaker|speaker|radio|music|tel[eé]fono|timbre|campana|puerta|perro)\b"
    r"(?: \w+){0,4}[.!]?[)\]][ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”|«[^»\n]*»")
# `- *Adviser's note: I checked.*`, in the midst of what others say.
_NOTE = re.compile(
    r"^[ \t]*(?:[-+*•][ \t]+)?[*_(\[]{0,3}(?:(?:advis[eo]r|teacher|editor|transcriber|translator|"
    r"interviewer|researcher|facilitator|moderator|observer|typist|author|recorder|scribe)(?:['’]?s)? note|"
    r"(?:transcription|editorial) note|ed\. note|nota de(?:l| la) \w+)[*_]{0,3}:[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
_TO_DO = re.compile(
    r"^[ \t]*(?:[-+*•][ \t]+)?(?:\[[ xX]?\]|[☐☑☒✓])[ \t]+\S", re.MULTILINE
)
_SET_OFF = re.compile(r"(?:^[ \t]*>(?!>)[^\n]*\n?)+", re.MULTILINE)
_OF_MARKS = 0.25
_FEWEST_BESIDE = 3
_OWN = re.compile(r"\b(?:I|me|my|mine|we|us|our|yo|mi|nos)\b", re.IGNORECASE)
_SPOKEN = re.compile(
    r"\n?[ \t]*+(?P<name>[^\n\d]{0,63}?)[ \t]{0,9}\d{1,3} (?:hour|minute|second)s?"
    r"(?P<second>(?:[ \t,]+\d{1,2} (?:minute|second)s?)*)[ \t]*+(?=\n|$)"
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


def afterword_lines(text: str, headings: Container[int] = ()) -> set[int]:
    """Return where paragraphs begin in which whoever listened notes what they thought.

    Only where people speak in a file do such words end a turn.

    Parameters
    ----------
    headings
        Where lines begin that are headings: no blank line need stand above them.
    """
    found = {at for at in lines_with(_AFTER_HINTS, text) if _AFTERWORD.match(text, at)}
    return {at for at in found if at in headings or after_gap(text, at)}


def legend_lines(text: str, marks: Sequence[Mark]) -> set[int]:
    """Return where the last lines begin that only say who is who: `M = mom, D = dad`."""
    labels = {mark.label for mark in marks}
    found, end = set(), len(text.rstrip())
    while end > 0:
        at = text.rfind("\n", 0, end) + 1
        parts = [part for part in re.split(r"[,;]", text[at:end]) if part.strip()]
        keys = [part.partition("=")[0].strip(" *_") for part in parts if "=" in part]
        if len(keys) < max(len("MD"), len(parts)) or not labels.issuperset(keys):
            break
        found.add(at)
        end = len(text[:at].rstrip())
    return found


def aside_lines(text: str) -> set[int]:
    """Return where lines begin that stand in parentheses and tell of those who speak.

    `(Everybody nods and says the same.)` is whoever listened, and so is `(all laugh)` or `(phone rings)`;
    `(laughs)` stays in its turn.
    """
    noted = {note.start() for note in _NOTE.finditer(text)}
    for told in (_OF_SEVERAL, _OF_THINGS):
        noted |= {m.start() for m in told.finditer(text) if not _is_own(m[0])}
    return noted | {
        at
        for aside in _ASIDE.finditer(text)
        if _THOUGHT.match(aside["said"]) or not _is_own(aside["said"])
        for at in _starts(text, aside.start(), aside.end())
    }


def _is_own(said: str) -> bool:
    """Return whether somebody says of themselves what stands in brackets, as a translation does.

    In `[S1, S5 raised hands for "I never know"]` it is told beside what is quoted.
    """
    beside = _QUOTED.sub(" ", said)
    is_quoted = beside != said and len(beside.split()) < _FEWEST_BESIDE
    return is_quoted or _OWN.search(beside) is not None


def set_off_lines(text: str, marks: Sequence[Mark]) -> set[int]:
    """Return where blocks begin that a talk sets off: `> afterthought`, `- [ ] to do`.

    A block quote is nobody's where a few stand below words of somebody; else people
    answer in them.
    """
    found = {match.start() for match in _TO_DO.finditer(text)}
    quotes = [
        match for match in _SET_OFF.finditer(text) if after_gap(text, match.start())
    ]
    places = [mark.at + mark.words_at for mark in marks]
    said = [text[at : text.find("\n", at)].strip() for at in places]
    if all(said) and len(quotes) <= _OF_MARKS * len(marks):
        found |= {match.start() for match in quotes}
    return found


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
