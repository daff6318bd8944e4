"""Who said no: columns and notes about consent, and what an answer to them means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from empathy_insights.readers.consent_answers import (
    NO,
    OPEN,
    OTHER,
    YES,
    is_not_asked,
    meaning,
    meaning_turned,
)
from empathy_insights.readers.transcript import Transcript

_SAID = (
    r"(?:answers?|responses?|words|comments?|replies|data|information|feedback|input|interview|"
    r"survey|story|stories|results|participation|respuestas?|palabras|comentarios|datos|entrevista|"
    r"informaci[oó]n|participaci[oó]n)"
)
_USE = r"(?:us(?:e|ed|ing)|shar(?:e|ed|ing)|includ(?:e|ed|ing)|quot(?:e|ed|ing)|publish(?:ed)?|analy[sz]ed?)"
_CONSENT = r"(?:consent(?:imiento)?|assent|permission|permiso|autorizaci[oó]n)"
_WHOSE = (
    r"(?:(?:informed|signed|written|parent(?:al|['’]?s)?|guardian['’]?s?|family|student['’]?s?|child['’]?s|"
    r"participant['’]?s?|research|study|survey|interview|your|media|photo|audio|video|recording|"
    r"quot(?:e|ing)|and|or|su|tu|mi)\W+)*"
)
_THINGS = (
    r"(?:quot\w+|names?|photo\w*|pictures?|images?|video\w*|audio|recordings?|likeness|voice|"
    r"nombres?|fotos?|citas?)"
)
_TAKE_PART = (
    r"(?:take part|taking part|participat(?:e|ing)|join|be (?:a )?part of|be included)(?:\W+in)?"
    r"(?:\W*$|\W*[(.?!,]|\W+this\W+(?:\w+\W+){0,2}?(?:interview|focus group|conversation)|"
    r"\W+(?:this|the|our|an?|your)\W+(?:\w+\W+){0,3}?(?:survey|study|research|questionnaire))"
)
_SUBJECT = (
    r"(?:^\W*|\b(?:i|you|we|parents?|guardians?|and|or)\W+)"
    r"(?:(?:\w+ly|hereby|have|has|do|does|can|will|would|am|are|also|understand|and|i|we)\W+){0,8}"
)
_OF_SAID = rf"(?:\w+\W+){{0,4}}?(?:{_SAID}|{_THINGS}|what you|what i)\b"
# Other languages: agreeing beside taking part, studies or answers; or alone.
_ELSEWHERE = (
    r"(?:concord\w+|aceit\w+|consent\w+|acceptez|accepter|autoris\w+|autoriz\w+|d['’]accord|einverstanden|stimm\w+|dakò|"
    r"aksepte|đồng ý|согласн\w*|zgadza\w*|pumapayag|sumasang-ayon)\b.*\b(?:particip\w+|estudo|pesquisa|respostas|étude|"
    r"enquête|réponses|teil\w+|studie|umfrage|antworten|patisipe|etid|tham gia|nghiên cứu|khảo sát|câu trả lời|участ\w+|"
    r"исследован\w+|udział\w*|badani\w+|lumahok|pag-aaral)\b|"
    r"^\W*(?:consentimento|consentement|einwilligung|konsantman|sự đồng ý|согласие|zgoda|pahintulot|同意書?|동의)\W*$|"
    r"同意.{0,8}(?:参加|參加|参与|參與)|(?:参加|參加|参与|參與).{0,6}同意|참여.{0,8}동의|أوافق|توافق"
)
_ABOUT = re.compile(
    # A head that is short: `Parental consent (Y/N)`.
    rf"^\W*{_WHOSE}{_CONSENT}(?:\W+(?:forms?|given|obtained|received|signed|status|statement|withdrawn|"
    r"informado|y\W*n|yes\W*no))*(?:\W*\([^()]*\))?\W*$|"
    rf"^\W*{_WHOSE}(?:consent(?:imiento)?|assent)\W+(?:to|for|para)\b|"
    rf"^\W*{_WHOSE}(?:permission|permiso)\W+(?:to|for|para|de)\W+(?:{_TAKE_PART}|quote\b|record\b|{_OF_SAID})|"
    # A sentence about whoever answers.
    rf"{_SUBJECT}(?:(?:consent|assent)(?:ed|s)?(?:\W*$|\W*[(.?!,]|\W+(?:to|that)\b)|"
    rf"(?:agreed?|accept|allow|permit)\W+(?:(?:that|to|us|for|let|you|we|may|can|have|the|researchers|research|team)\W+)*(?:{_TAKE_PART}|{_USE}\W+{_OF_SAID}|{_OF_SAID}\W+(?:\w+\W+){{0,2}}?be\b)|"
    rf"(?:want|wish|willing|would like)\W+to\W+{_TAKE_PART}|"
    rf"giv(?:e|es|en|ing)\W+(?:\w+\W+){{0,2}}?(?:consent|permission)\b(?:\W*$|\W*[(.?!,]|.*?(?:{_SAID}|{_THINGS}|"
    r"take part|participate|study|research|quote|record)))|"
    rf"\b(?:do|may)\W+we\W+have\W+(?:\w+\W+){{0,2}}?(?:consent|permission)|"
    rf"\b(?:may|can|could)\W+we\W+(?:\w+\W+){{0,2}}?(?:(?:{_USE}|record|contact|name)\W+(?:{_OF_SAID}|you\b))|"
    rf"\b(?:ok(?:ay)?|all right|fine|comfortable)\W+(?:if|for|with)\W+(?:us|we)\W+(?:\w+\W+){{0,2}}?{_USE}\W+{_OF_SAID}|"
    rf"\b(?:my|your)\W+(?:\w+\W+){{0,3}}?(?:{_SAID}|quotes?)\W+(?:may|can|could|to)\W+be\W+(?:\w+\W+)?{_USE}|"
    r"\b(?:da|das|doy|otorg[ao]s?)\W+(?:(?:usted|su|tu|mi)\W+)*(?:consentimiento|permiso|autorizaci[oó]n)\b|"
    rf"^\W*(?:usted\W+)?(?:consiento|consiente|autori[cz][oa]s?\b(?=.*(?:uso|usar|participa|{_SAID}|grab|cit)))|"
    r"^\W*(?:for |in )?research\W+use(?:\W+(?:ok|allowed|permitted|y\W*n))?\W*$|"
    rf"{_ELSEWHERE}|"
    r"\bacept[ao]s?\W+participar\b|\bde acuerdo\W+(?:en|con)\W+participar\b|"
    rf"\bpodemos\W+(?:usar|citar|compartir|incluir)\W+(?:\w+\W+)?(?:{_SAID}|lo que)",
    re.IGNORECASE,
)
_ELSE = r"(?:e-?mail|mailing|newsletter|contact|messages?|photos?|video|test\w*|class|activit\w+)"
# A no to what comes later, or to what is none of the answers.
_LATER = re.compile(
    r"follow\W?up|contact|\bfuture\b|\bfurther\b|raffle|drawing|mailing|newsletter|"
    r"\b(?:an?|another|later|next)\W+(?:\w+\W+){0,2}(?:interview|focus group|conversation|meeting|"
    r"call|workshop|session)|contactar|entrevista de seguimiento",
    re.IGNORECASE,
)
_BETWEEN = (
    r"(?:\W+(?:of|my|your|his|her|their|the|direct|anonymous|any|an?|short|some|first|last|full|real|"
    r"from|child['’]?s|student['’]?s|audio|video|su|tu|el))*"
)
_USE_OF_A_THING = re.compile(
    rf"\b(?:{_USE}|usar|compartir)\b{_BETWEEN}\W+{_THINGS}\b|"
    rf"\b{_THINGS}\W+(?:\w+\W+){{0,3}}?(?:may|can|to)?\W*be\W+{_USE}",
    re.IGNORECASE,
)
_LESS = re.compile(
    rf"\b(?:{_THINGS}|quot\w*|record\w*|media|taped?|identif\w*|named|cit(?:ar|ad[oa]s?)|grab\w+|publish\w*)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\bus(?:e|ed|ing)\b|\bshar\w+|take part|participa\w*|\binclud\w+|analy\w+|\bstudy\b|research|"
    r"part of|\btake this\b|\busar\b|\buso\b|\bcompartir\b|\bincluir\b",
    re.IGNORECASE,
)
_MOSTLY = 0.5
_OF_PARENTS = re.compile(r"parent|guardian|famil|minor|padres?|tutor", re.IGNORECASE)
# Where a yes takes the answers back.
_REVERSED = re.compile(
    rf"\W*(?:(?:(?:do|would)\W+you|i)\W+(?:want|wish|like|choose|would like|prefer)\W+to\W+)?"
    rf"(?:opt(?:ing)?\W?out|withdraw)\b(?:\W+(?:of|from)\b(?!.*\b{_ELSE}).*)?\W*|"
    rf"\W*(?:i\W+)?(?:declin\w+|refus\w+)\W+(?:to\W+)?(?:consent|participat\w+|take part)\b.*|"
    rf"\W*(?:please\W+)?(?:(?:do not|don['’]?t)\W+(?:use|include|share)|exclude|delete|remove)\W+"
    rf"(?:me\b(?!\w)|my\W+(?:\w+\W+)?{_SAID}\b).*|"
    rf"\W*(?:withdr(?:awn|ew|awal)(?:\W+{_CONSENT})?|{_CONSENT}\W+(?:was\W+)?withdrawn|opted\W+out|opt\W?out)\W*|"
    r"\W*(?:please\W+)?(?:check|tick|mark|select)\b.{0,20}?\bif\W+you\W+(?:do\W+not|don['’]?t)\b.*"
    rf"\b(?:{_USE}|consent|agree|take part|participate)\b.*|"
    r"\W*i\W+(?:do\W+not|don['’]?t)\W+(?:want|wish|consent|agree|give|authori[sz]e)\b.*"
    rf"\b(?:{_USE}|consent|agree|take part|participate)\b.*|"
    rf"\W*(?:do|would)\W+you\W+(?:object|mind)\b.*\b{_USE}\W+(?:\w+\W+){{0,3}}{_SAID}.*",
    re.IGNORECASE,
)


def is_about_consent(head: str) -> bool:
    """Return whether a head asks whether answers may be used at all.

    Examples
    --------
    >>> is_about_consent("Do you consent to take part?"), is_about_consent("May we quote you?")
    (True, False)
    >>> is_about_consent("Do you need permission to leave class?")
    False
    """
    asked = _asked(head)
    if _REVERSED.fullmatch(asked):
        return True
    if _ABOUT.search(asked) is None or _LATER.search(asked):
        return False
    rest = _USE_OF_A_THING.sub(" quote ", asked)
    return _LESS.search(rest) is None or _ALL.search(rest) is not None


def is_about_less(head: str) -> bool:
    """Return whether a head asks whether somebody may be quoted, named or recorded.

    Examples
    --------
    >>> is_about_less("May we quote you?"), is_about_less("May we use quotes from your answers?")
    (True, True)
    """
    asked = _asked(head)
    is_asked = _ABOUT.search(asked) is not None and not _LATER.search(asked)
    return is_asked and not is_about_consent(head)


def consent_said(head: str, answer: str) -> str:
    """Return what an answer to what a head asks says of the use of the answers.

    Returns
    -------
    str
        As `meaning`: `yes`, `no`, `open`, `other`, or empty for nothing.

    Examples
    --------
    >>> consent_said("Consent", "pending"), consent_said("Parental consent", "n/a")
    ('open', '')
    >>> consent_said("Opt out of this study?", "yes"), consent_said("Consent", "declined")
    ('no', 'no')
    """
    if _REVERSED.fullmatch(_asked(head)):
        return meaning_turned(answer)
    if is_not_asked(answer) and _OF_PARENTS.search(head):
        return ""
    return meaning(answer)


def all_said(head: str, answers: Sequence[str]) -> list[str]:
    """Return what each answer of a column says; where most answer, what else stands is open.

    Examples
    --------
    >>> all_said("Consent", ["yes", "ask Kim", "yes", "", "Form A"])
    ['yes', 'open', 'yes', '', 'open']
    >>> all_said("Consent form", ["Form A", "Form B", "no"])
    ['other', 'other', 'no']
    """
    said = [consent_said(head, answer) for answer in answers]
    n_clear, n = sum(one in (YES, NO, OPEN) for one in said), sum(map(bool, said))
    if n_clear <= _MOSTLY * n:
        return said
    return [OPEN if one == OTHER else one for one in said]


def _asked(head: str) -> str:
    return " ".join(head.replace("_", " ").split())


# Whole files that are not to be used, by their names, their folders or their first lines.

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
_WHOLE = re.compile(
    rf"(?:please )?(?:do not|don['’]?t) (?:{_VERB}(?: (?:or|and) |/))?(?:use|include|analy[sz]e|code|count)"
    rf"(?:(?: (?:or|and) |/){_VERB})?(?: (?:this|it|the)"
    r"(?: (?:file|interview|transcript|talk|recording|data|document|one))?)?"
    r"(?: (?:in|for|as) (?:the |our |this |any )?(?:study|analysis|research|reports?|data|results|findings|project|sample))?|"
    rf"(?:has |there is )?no {_WHOSE_FORM}(?:consent|permission)(?: (?:form|given|signed|yet|on file|obtained|received))*|"
    rf"{_WHOSE_FORM}(?:consent|permission) (?:form )?(?:is |was )?(?:not|never) "
    r"(?:given|signed|obtained|granted|received|returned|on file)|"
    r"(?:has )?opted out|no usar|sin (?:consentimiento|permiso)|não usar|sem consentimento|ne pas utiliser|"
    r"sans consentement|nicht verwenden|keine einwilligung",
    re.IGNORECASE,
)  # fmt: skip
_APART = re.compile(r"\s[-–—]+\s|[()\[\]{};:,.!|/*]|[–—]|\s-|-\s")
_IN_CAPITALS = re.compile(
    r"(?:\bDO NOT (?:USE|INCLUDE)\b|\bWITHDRAWN\b|\bEXCLUDED?\b)(?! [A-Z]{2})"
)
_WITHDRAWN = re.compile(
    r"(?:\S*\d\S* )?(?:withdrawn|withdrew)|(?:.* )?no consent", re.IGNORECASE
)
_FOLDER = re.compile(
    r"(?:withdrawn|withdrew|withdrawals?|excluded?|not used|opt(?:ed)?\W?outs?|revoked|declined|refused|retirad[oa]s?)"
    r"(?: (?:consent|participants|interviews|files|data))?|"
    r"consent withdrawn|do ?not ?(?:use|include)|no (?:parental )?(?:consent|permission)",
    re.IGNORECASE,
)
# Beside whose file it is in a name: `opt-out_x`, `x NO PERMISSION`.
_MARK = (
    r"(?:do[ _-]?not[ _-]?(?:use|include)|opt(?:ed)?[ _-]?out|withdrew|withdrawn|revoked|declined|refused|excluded|"
    r"no[ _-](?:parental[ _-])?(?:consent|permission)|(?:consent|permission)[ _-](?:not|never)[ _-]\w+|retirad[oa])"
)
_JOINT = r"(?:[-_()\[\]{}+,;]+| +[-–—]+ +|[–—])"
_MARKED = re.compile(
    rf"{_MARK} *{_JOINT} *(?P<behind>.*)|(?P<before>.*?) *{_JOINT} *{_MARK}[ )\]}}]*",
    re.IGNORECASE,
)
_CAPITALS = r"(?-i:(?=[A-Z _-]{7,}(?![a-z])))"
_IN_SIGHT = re.compile(
    rf"(?P<before>.*) {_CAPITALS}{_MARK}|{_CAPITALS}{_MARK} (?P<behind>.*)",
    re.IGNORECASE,
)
_OF_A_TOPIC = re.compile(
    r"(?:^|[\W_])(?:students?|kids|children|teachers|parents|families|voices|privileges|pass(?:es)?|polic(?:y|ies)|"
    r"forms?|slips?|letters?|attendance|enrol\w+|test\w*|phones|why|how|what|who|feel\w*|of|to|the|in|from|about)(?:[\W_]|$)",
    re.IGNORECASE,
)
_LONGEST_REST = 4
_OF_LESS = re.compile(
    r"record|photo|video|audio|media|tape|quot|name|contact", re.IGNORECASE
)
_ALONE = ("WITHDRAWN", "REVOKED", "DECLINED", "EXCLUDED", "RETIRADO", "RETIRADA")
_FIRST_LINES, _LONGEST_LINE = 3, 20


NOT_USED = "not read, since it says that it is not to be used"


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
    elif transcript is not None and any(map(_notes_it, _first_lines(transcript))):
        said = "its first lines"
    return said and f"{NOT_USED}; if it is to be read, take that out of {said}"


def _is_not_used(line: str) -> bool:
    """Return whether a line notes that what is below is not to be used."""
    key, colon, told = line.partition(":")
    if colon and is_about_consent(key) and consent_said(key, told) in (NO, OPEN):
        return True
    for found in _TAKEN_BACK.finditer(line):
        beside = "".join(filter(None, found.groupdict().values()))
        if not _OF_LESS.search(beside) and not re.match(r"\s*[:?]\s*no?\b", beside):
            return True
    parts = (" ".join(part.split()) for part in _APART.split(line))
    return any(map(_WHOLE.fullmatch, parts)) or _shouts(line)


def _notes_it(line: str) -> bool:
    """Return whether a line above a talk says so: there `WITHDRAWN` is in capitals."""
    is_withdrawn = "WITHDRAWN" in line and _says_withdrawn(line)
    return _is_not_used(line) or is_withdrawn or line.strip() in _ALONE


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
    found = _MARKED.fullmatch(name)
    if found is None and name != name.upper():
        found = _IN_SIGHT.fullmatch(name)
    if found is None:
        return False
    rest = "".join(filter(None, found.groupdict().values()))
    few = len(re.findall(r"[^\W_]+", rest)) <= _LONGEST_REST
    return few and not _OF_A_TOPIC.search(rest)


def _first_lines(transcript: Transcript) -> Iterator[str]:
    """Yield the lines above a talk, or the first of notes; what somebody says is none."""
    if transcript.kind == "survey":
        return
    said = [
        (turn.start, turn.end)
        for turn in transcript.turns[:_FIRST_LINES]
        if turn.speaker
    ]
    at = n = 0
    for line in transcript.text.split("\n", 2 * _FIRST_LINES)[: 2 * _FIRST_LINES]:
        end = at + len(line)
        is_said = any(start < end and at < stop for start, stop in said)
        n += bool(line.strip())
        if n <= _FIRST_LINES and not is_said and len(line.split()) <= _LONGEST_LINE:
            yield line
        at = end + 1
