"""Whole files that are not to be used, by their names, their folders or their first lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from empathy_insights.labels import is_generic
from empathy_insights.readers.consent import consent_said, is_about_consent
from empathy_insights.readers.consent_answers import NO, OPEN
from empathy_insights.readers.dialog.heads import head_lines
from empathy_insights.readers.page_headers import PAGE_HEADER
from empathy_insights.readers.transcript import Transcript, speakers

_OF_STUDY = (
    r"(?:the|this|our) (?:study|research|project|sample|survey|data ?set|analysis)"
)
_WHOSE_FORM = r"(?:(?:parent(?:al|['’]?s)?|guardian['’]?s?|mother['’]?s?|signed|written|informed|student) )*"
_TAKEN_BACK = re.compile(
    r"\b(?:withdr(?:awn|ew|awing)|revoked?|refused|declined|without|did not give)(?: (?:her|his|their|the|all))?"
    r" consent\b(?P<of>.{0,40})|(?P<for>\b\w*\b) ?\bconsent (?:was |has been |is )?(?:withdrawn|revoked|refused|declined|"
    r"denied|not (?:given|signed|obtained|granted|received|returned))\b(?P<to>.{0,40})|"
    r"\bnot (?:a )?part of (?:the|this|our) (?:study|research|sample|data ?set)\b(?! hall)|"
    r"\bexcluded? from (?:the |our |this )?(?:study|analysis|research|data|sample)\b|"
    rf"\b(?:withdr(?:ew|awn)|opted out|dropped out) (?:of|from) {_OF_STUDY}\b|"
    r"\b(?:excluded?|removed?|withdrawn|left out) (?:at|by|upon|on|per) (?:the )?(?:parents?|mother|father|mom|dad|family|"
    r"guardian|student|participant|teacher|her|his|their|own)(?:['’]s?)? (?:own )?(?:request|wish(?:es)?)\b|"
    r"\bconsentimiento (?:retirado|revocado|negado)\b",
    re.IGNORECASE,
)
_VERB = (
    r"(?:use|include|analy[sz]e|code|count|quote|cite|publish|share|transcribe|read)"
)
_WHO = (
    r"(?:(?:i|s?he|they|we|(?:the |her |his |their |my )?(?:parents?|mom|mother|dad|father|family|guardian|student|child|"
    r"participant|teacher))\b\W*)?"
)
_NOT_DONE = r"(?:did(?: not|n['’]?t)|has(?: not|n['’]?t)|never|no longer)"
# What somebody did not do, in a sentence or at the end of a name.
_REFUSED = (
    rf"{_WHO}{_NOT_DONE} (?:yet )?(?:consent(?:ed|s)?|assent(?:ed|s)?|agreed?|agrees|sign(?:ed)?|give|gave|given|return(?:ed)?)"
    r"(?: (?:the|her|his|their|any|a|an))?(?: (?:written|informed|parental|signed))?"
    r"(?: (?:consent|permission|assent|waiver|release))?(?: (?:form|slip|letter))?"
    rf"(?: (?:yet|to (?:participate|take part|be (?:in|part of) {_OF_STUDY}|{_OF_STUDY})))?|"
    rf"{_WHO}(?:(?:does|do|did)(?: not|n['’]?t) want(?:ed)?|no longer wants?|no longer wanted) to "
    rf"(?:participate|take part|be (?:in|part of|included in) {_OF_STUDY}|be included)|"
    rf"{_WHO}(?:does|do|did)(?: not|n['’]?t) want (?:this|it|her words|his words|their words|their interview) (?:to be )?used|"
    rf"{_WHO}asked (?:us )?(?:not to be (?:included|used|part of {_OF_STUDY})|to be (?:left out|removed|taken out|withdrawn)|"
    r"(?:that )?(?:this|it) not (?:to )?be used)|"
    # Spanish
    r"(?:(?:la|el|su|los|sus) (?:mam[aá]|pap[aá]|madre|padre|padres|pap[aá]s|familia|alumn[oa]|estudiante|maestr[oa])\W+)?(?:"
    r"(?:no|nunca) (?:me |nos )?(?:dio|dieron|da|otorg[oó]|otorgaron|firm[oó]|firmaron|entreg[oó]|entregaron|autori[zc]\w+|acept[oó]|aceptaron|consinti[oó])"
    r"(?: (?:su|el|la|los|sus|al|para))?(?: (?:consentimiento|permiso|autorizaci[oó]n|asentimiento|uso|papel(?:es)?|carta|forma|hoja|formulario))?"
    r"(?: (?:de (?:consentimiento|permiso)|informado|participar))?|"
    r"(?:retir[oó]|retiraron|revoc[oó]|revocaron|neg[oó]|negaron) (?:su |el |la )?(?:consentimiento|permiso|autorizaci[oó]n)|"
    r"(?:ya )?no (?:quiere|quieren|quiso|desea|desean) (?:participar|que (?:se )?(?:la |lo |los )?(?:use|usen|usemos|utilice|utilicen|publique)"
    r"(?: (?:su|esta|la) \w+)?)|"
    r"(?:pidi[oó]|pidieron) (?:que )?no (?:se )?(?:usar|use|usen|incluir|incluya|publicar)\w*(?: .{1,20})?|"
    r"(?:consentimiento|permiso|autorizaci[oó]n) (?:no|nunca|sin) (?:otorgad[oa]|firmad[oa]|dad[oa]|entregad[oa]|recibid[oa]|firmar)|"
    r"sin (?:consentimiento|permiso|autorizaci[oó]n|firma|firmar)|"
    r"no (?:se )?(?:usar|use|usen|utilizar|incluir|incluyan)(?: (?:esta|este|la|el) (?:entrevista|archivo|documento|plática|audio))?)"
)
_WHOLE = re.compile(
    rf"(?:please )?(?:do not|don['’]?t) (?:{_VERB}(?: (?:or|and) |/))?(?:use|include|analy[sz]e|code|count)"
    rf"(?:(?: (?:or|and) |/){_VERB})?(?: (?:this|it|the)"
    r"(?: (?:file|interview|transcript|talk|recording|data|document|one))?)?"
    r"(?: (?:in|for|as) (?:the |our |this |any )?(?:study|analysis|research|reports?|data|results|findings|project|sample))?|"
    rf"(?:has |there is )?no {_WHOSE_FORM}(?:consent|permission)(?: (?:form|given|signed|yet|on file|obtained|received))*|"
    rf"{_WHOSE_FORM}(?:consent|permission) (?:form )?(?:is |was )?(?:not|never) "
    r"(?:given|signed|obtained|granted|received|returned|on file)|"
    r"not (?:for|to be) used?(?: (?:yet|please))?|retirad[oa](?: del? (?:el |la )?(?:estudio|proyecto|investigaci[oó]n))|"
    rf"(?:has )?opted out|{_REFUSED}|não usar|sem consentimento|ne pas utiliser|"
    r"sans consentement|nicht verwenden|keine einwilligung",
    re.IGNORECASE,
)  # fmt: skip
_PARENT = (
    r"(?:(?:the|her|his|their|my|our) )?(?:parents?|mom|mum|mother|dad|father|family|families|guardians?|grandma|"
    r"grandmother|aunt|student|child|kid|participant)"
)
_FORM = r"(?:(?:signed|parent(?:al)?|permission|consent|release) )*(?:form|slip|waiver|signature)"
_MINE = r"(?: (?:this|it|him|her|them|me))"
_FILE = r"(?: (?:one|file|interview|transcript|talk|recording|note|notes|child|kid|student))"
# What says it of a file or a person where no more than a name, a grade or a date stands beside it.
_BRIEF = re.compile(
    rf"(?:\w+['’]s )?{_PARENT} (?:has |have )?(?:said|says|say|wrote) no(?: thanks?)?(?: to (?:this|it|us|using|sharing|the|being|use)\b.{{0,30}})?|"
    rf"{_PARENT} (?:has |have )?(?:declined|refused|withdrew|withdrawn|opted out|changed (?:her|his|their) minds?|backed out|"
    rf"pulled out)(?: (?:consent|permission|to (?:sign|consent|participate|take part)))?(?: (?:on |in )?\d[\d.-]*)?|"
    rf"{_PARENT} (?:has |have )?asked (?:us |me )?(?:to (?:remove|delete|destroy|discard|leave out|not use)|not to use)"
    rf"(?:{_MINE}{_FILE}?| the{_FILE}|{_FILE})|(?:withdrawn|excluded|removed|taken out) by (?:the )?{_PARENT}(?: (?:on )?\d[\d.-]*)?|"
    rf"(?:did(?: not|n['’]?t)|never|has(?: not|n['’]?t)) (?:return(?:ed)?|sign(?:ed)?|bring|brought|turn(?:ed)? in) (?:the |a |any |her |his |their )?{_FORM}|"
    rf"(?:no|missing|without|needs?) {_FORM}(?: yet| back| returned| signed| on file| received)*|"
    rf"(?:the )?{_FORM}s? (?:is |was |has |still )?(?:missing|pending|unsigned|(?:not|never)(?: been)? (?:yet )?(?:signed|returned|received|in|back|"
    r"turned in|given|on file))(?: yet)?|"
    r"(?:has |did |does |is )?(?:not|never|non|un)[ -]?(?:yet )?consent(?:ed|ing)?(?: yet)?|no[ -]?consent(?: yet| given)?|opt(?:ed|ing)?[ -]?out|"
    rf"(?:please )?(?:(?:delete|remove|destroy|discard|exclude|omit|erase)(?:{_MINE}{_FILE}?|{_FILE})|"
    rf"leave(?:{_MINE}{_FILE}?)? out|take{_MINE}{_FILE}? out)|"
    rf"(?:please )?(?:do not|don['’]?t) (?:read|open|keep){_MINE}{_FILE}?|"
    r"(?:la |el |su )?(?:mam[aá]|pap[aá]|madre|padre|padres|familia|tutora?) (?:dijo|dice|dijeron) que no|"
    r"(?:la |el |su )?(?:familia|mam[aá]|madre|padre|pap[aá]) se retir[oó]|"
    r"(?:no (?:hay|tiene|trajo|entreg[oó])|falta)(?: (?:el|la|su))? (?:permiso|firma|consentimiento|autorizaci[oó]n|carta|hoja)(?: firmad[oa])?|"
    r"(?:borrar|eliminar|quitar) (?:este|esta)(?: \w+)?",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:withdrawn|withdrew|declined)(?: (?:on )?\d[\d.-]*)?", re.IGNORECASE
)
_APART = re.compile(r"\s[-–—]+\s|[()\[\]{};:,.!|/*]|[–—]|\s-|-\s")
_IN_CAPITALS = re.compile(
    r"(?:\bDO NOT (?:USE|INCLUDE)\b|\bWITHDRAWN\b|\bEXCLUDED?\b)(?! [A-Z]{2})"
)
_WITHDRAWN = re.compile(
    r"(?:\S*\d\S* )?(?:withdrawn|withdrew)|(?:.* )?no consent", re.IGNORECASE
)
_FOLDER = re.compile(
    r"(?:(?:zz*|xx*|\d+)[ ._-]+)?(?:(?:withdrawn|withdrew|withdrawals?|excluded?|not used|opt(?:ed)?\W?outs?|revoked|declined|refused|retirad[oa]s?)"
    r"(?: (?:consent|participants|interviews|files|data))?|"
    r"consent withdrawn|do ?not ?(?:use|include|read|open)|no (?:parental )?(?:consent|permission)|"
    r"(?:not|never) (?:signed|consented)|unsigned|no forms?|(?:forms? )?not (?:signed|returned)|missing forms?|no[ -]?consent|"
    r"sin firmar?)",
    re.IGNORECASE,
)
# Beside whose file it is in a name: `opt-out_x`, `x NO PERMISSION`.
_MARK = (
    r"(?:do[ _-]?not[ _-]?(?:use|include)|opt(?:ed)?[ _-]?out|withdrew|withdrawn|revoked|declined|refused|excluded|"
    r"no[ _-]?consent|not[ _-]?consented|no[ _-](?:parental[ _-])?(?:consent|permission|form)|(?:consent|permission)[ _-](?:not|never)[ _-]\w+|retirad[oa])"
)
_JOINT = r"(?:[-_()\[\]{}+,;]+| +[-–—]+ +|[–—])"
_MARKED = re.compile(
    rf"{_MARK} *{_JOINT} *(?P<behind>.*)|(?P<before>.*?) *{_JOINT} *{_MARK}[ )\]}}]*",
    re.IGNORECASE,
)
# Behind whose file it is, with no more than a space: `Ana opted out`.
_LAST = re.compile(
    r"(?P<before>.*\w) (?:do not (?:use|include|read)|opt(?:ed)?[ -]?out|not consented|no[ -]?consent|withdrawn|withdrew|revoked consent|"
    rf"{_REFUSED})[ )\]}}]*",
    re.IGNORECASE,
)
# In front of whose file it is: `withdrawn ben`, `do not use P08`.
_FIRST = re.compile(
    r"(?:do not (?:use|include|read)|opted[ -]?out|not consented|no[ -]?consent|withdrawn|withdrew|"
    r"remove|delete) (?P<behind>\S+(?: \S*\d\S*)?)",
    re.IGNORECASE,
)
_CAPITALS = r"(?-i:(?=[A-Z _-]{7,}(?![a-z])))"
_IN_SIGHT = re.compile(
    rf"(?P<before>.*) {_CAPITALS}{_MARK}|{_CAPITALS}{_MARK} (?P<behind>.*)",
    re.IGNORECASE,
)
_OF_A_TOPIC = re.compile(
    r"(?:^|[\W_])(?:students?|kids|children|teachers|parents|families|voices|privileges|pass(?:es)?|polic(?:y|ies)|"
    r"forms?|slips?|letters?|attendance|enrol\w+|test\w*|phones|why|how|what|who|feel\w*|of|to|the|in|from|about|and|"
    r"we|they|y|que|los|las|alumnos|maestros|padres|cosas|celulares|uniformes?|tareas?|por|salir|salidas?)(?:[\W_]|$)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:student|teacher|parent|participant|alumno|maestra)[ _-]*\d+", re.IGNORECASE
)
_LONGEST_REST = 4
_OF_LESS = re.compile(
    r"record|photo|video|audio|media|tape|quot|name|contact", re.IGNORECASE
)
_ALONE = re.compile(
    r"(?-i:WITHDRAWN|REVOKED|DECLINED|EXCLUDED|RETIRAD[OA])|(?:refused|withdrew|please (?:remove|delete|discard|destroy))\W*",
    re.IGNORECASE,
)
_A_GROUP = 2  # people by name
_FIRST_LINES, _LONGEST_LINE, _MOST_ABOVE = 3, 20, 30
# `Status: withdrawn`, a row `Status | Withdrawn`.
_STATUS = re.compile(
    r"\W*(?:consent |participation |participant |interview )?(?:status|participation|estado)\s*[:=|\t]\W*"
    r"(?:withdrawn|withdrew|opted[ -]?out|opt[ -]?out|declined|refused|excluded|revoked|not (?:in|part of) (?:the )?study|retirad[oa])\W*",
    re.IGNORECASE,
)
_CHOSEN = re.compile(
    r".*\b(?:circled|ticked|checked|chose|answered|marked)\W+(?P<said>\w+)\W*",
    re.IGNORECASE,
)
_BY_MOUTH = re.compile(
    r"\s*(?:verbal|oral|written|spoken|by phone)\W+(?=(?:yes|no|y|n)\b)", re.IGNORECASE
)
_KEYED = re.compile(
    r"\W*(?P<key>\w[^:?=|\t\n]{2,}?)(?:\?\W*?(?=\S)|\s*[:=|\t]\s*|\s+[-–—]+\s+)(?P<told>.+)"
)
_DENIED = re.compile(r"[:?]\s*(?:no|none|n/?a)\W*$", re.IGNORECASE)
_CIRCLED = re.compile(
    r"\W*(?P<key>\w[^:?\n]{2,}?)\s+(?P<told>(?:(?:y|yes|s[ií])\s*/\s*[(\[]\s*no?\s*[)\]]|[☐☑☒□\[].*))\s*",
    re.IGNORECASE,
)


NOT_USED = "not read, since it says that it is not to be used"
OF_A_LINE = f"{NOT_USED}; if it is to be read, take that out of the line that says so"


def why_not_used(path: str, transcript: Transcript | None = None) -> str:
    """Say what in a file's name or first lines tells that it is not to be used, or nothing.

    Examples
    --------
    >>> why_not_used("FV-09 WITHDRAWN CONSENT.txt").partition("; ")[0]
    'not read, since it says that it is not to be used'
    >>> why_not_used("do not use phones.txt")
    ''
    """
    place = PurePosixPath(path)
    folders = (re.sub(r"_+", " ", part).strip() for part in place.parts[:-1])
    name = re.sub(r"_+", " ", place.stem).strip()
    said = ""
    if any(_FOLDER.fullmatch(part) or _is_not_used(part) for part in folders):
        said = "the name of its folder"
    elif (
        _FOLDER.fullmatch(name)
        or _is_not_used(name)
        or _says_withdrawn(name)
        or _is_marked(place.stem.strip())
    ):
        said = "its name"
    elif transcript is not None and any(map(_notes_it, _of_all(transcript))):
        said = "its first lines"
    return said and f"{NOT_USED}; if it is to be read, take that out of {said}"


def says_so(line: str) -> bool:
    """Return whether a line of a file notes that somebody is not to be read.

    Examples
    --------
    >>> says_so("Omar, gr 5 - NO CONSENT FORM YET!!"), says_so("Omar: I have no form for that")
    (True, False)
    """
    return _is_not_used(line)


def without_what_says_it(line: str) -> str:
    """Return what else such a line holds, as a name, a grade or a date.

    Examples
    --------
    >>> without_what_says_it("Omar - no consent form yet, do not use")
    'Omar'
    """
    parts = (" ".join(part.split()) for part in _APART.split(line))
    return " ".join(part for part in parts if part and not _says_it(part))


def _is_not_used(line: str) -> bool:
    """Return whether a line notes that what is below is not to be used."""
    if _asks_and_refuses(line):
        return True
    for found in _TAKEN_BACK.finditer(line):
        beside = "".join(filter(None, found.groupdict().values()))
        if not _OF_LESS.search(beside) and not re.match(r"\s*[:?]\s*no?\b", beside):
            return True
    parts = [" ".join(part.split()) for part in _APART.split(line)]
    return (
        any(map(_WHOLE.fullmatch, parts))
        or _shouts(line)
        or (_is_brief(parts) and not _DENIED.search(line))
    )


def _asks_and_refuses(line: str) -> bool:
    """Return whether a line asks for consent and tells none: `Consent? N`, `Consent Y / (N)`."""
    if _STATUS.fullmatch(line):
        return True
    found = _KEYED.match(line) or _CIRCLED.fullmatch(line)
    if found is None or not is_about_consent(found["key"]):
        return False
    chosen = _CHOSEN.fullmatch(found["told"])
    told = chosen["said"] if chosen else _BY_MOUTH.sub("", found["told"])
    return consent_said(found["key"], told) in (NO, OPEN)


def _is_brief(parts: Sequence[str]) -> bool:
    """Return whether a line says no more than that, beside a name, a grade or a date."""
    rest = " ".join(part for part in parts if not _says_it(part))
    rest = _NUMBERED.sub("", rest)  # `Student 2` is somebody
    is_said = any(map(_BRIEF.fullmatch, parts))
    few = len(re.findall(r"[^\W_]+", rest)) <= _LONGEST_REST
    return is_said and few and not _OF_A_TOPIC.search(rest)


def _says_it(part: str) -> bool:
    found = _TAKEN_BACK.fullmatch(part)
    is_taken_back = found is not None and not found["for"]
    said = (_BRIEF, _WHOLE, _BARE)
    return is_taken_back or any(one.fullmatch(part) for one in said)


def _notes_it(line: str) -> bool:
    """Return whether a line above a talk says so: there `WITHDRAWN` is in capitals."""
    is_withdrawn = "WITHDRAWN" in line and _says_withdrawn(line)
    return _is_not_used(line) or is_withdrawn or bool(_ALONE.fullmatch(line.strip()))


def _shouts(line: str) -> bool:
    """Return whether `DO NOT USE` stands in capitals in a line that has small letters."""
    return line != line.upper() and _IN_CAPITALS.search(line) is not None


def _says_withdrawn(name: str) -> bool:
    """Return whether a name ends so behind a sign or a code: `FV-09 withdrawn`."""
    *before, last = (
        " ".join(part.split()) for part in _APART.split(name.strip(" )]}"))
    )
    is_code = re.search(r"\d", last) is not None
    return bool(
        (before or is_code or last.casefold().endswith("no consent"))
        and _WITHDRAWN.fullmatch(last)
    )


def _is_marked(name: str) -> bool:
    """Return whether a name marks whose file it is: `withdrew_x`, `x NO PERMISSION`."""
    spaced = re.sub(r"_+", " ", name)
    found = _MARKED.fullmatch(name) or _LAST.fullmatch(spaced)
    found = found or _FIRST.fullmatch(name)
    if found is None and name != name.upper():
        found = _IN_SIGHT.fullmatch(name)
    if found is None:
        return False
    rest = "".join(filter(None, found.groupdict().values()))
    rest = _NUMBERED.sub("", rest)  # `student_13` is somebody
    few = len(re.findall(r"[^\W_]+", rest)) <= _LONGEST_REST
    return few and not _OF_A_TOPIC.search(rest)


def _of_all(transcript: Transcript) -> Iterator[str]:
    """Yield the first lines that speak of the whole file, and not of one of several."""
    heard = speakers(transcript)
    names = [re.escape(one) for one in heard if len(one) > 2 and not is_generic(one)]
    of_one = re.compile(rf"\b(?:{'|'.join(names)})\b", re.IGNORECASE)
    is_group = len(names) >= _A_GROUP
    for line in _first_lines(transcript):
        if _STATUS.fullmatch(line) or not (is_group and of_one.search(line)):
            yield line


def _first_lines(transcript: Transcript) -> Iterator[str]:
    """Yield the lines above a talk, or the first of notes, and the last; what somebody says is none."""
    yield from transcript.facts.get(PAGE_HEADER, "").split("\n")
    if transcript.kind == "survey":
        return
    said = [(turn.start, turn.end) for turn in transcript.turns if turn.speaker]
    first = min(said, default=(0, 0))[0]
    lines = transcript.text.split("\n", _MOST_ABOVE)[:_MOST_ABOVE]
    n_head = head_lines(transcript.text)
    at = n = 0
    for number, line in enumerate(lines, start=1):
        end = at + len(line)
        is_said = any(start < end and at < stop for start, stop in said[:_FIRST_LINES])
        n += bool(line.strip())
        is_above = n <= _FIRST_LINES or end <= first or number <= n_head
        is_said = is_said and _STATUS.fullmatch(line) is None  # nobody's name
        if is_above and not is_said and len(line.split()) <= _LONGEST_LINE:
            yield line
        at = end + 1
