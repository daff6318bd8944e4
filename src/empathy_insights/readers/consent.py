"""Who said no: columns and notes about consent, and what an answer to them means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

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
    r"\bacept[ao]s?\W+participar\b|\bde acuerdo\W+(?:en|con)\W+participar\b|"
    rf"\bpodemos\W+(?:usar|citar|compartir|incluir)\W+(?:\w+\W+)?(?:{_SAID}|lo que)",
    re.IGNORECASE,
)
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
# Where a yes takes the answers back.
_REVERSED = re.compile(
    rf"\W*(?:withdr(?:awn|ew|awal)(?:\W+{_CONSENT})?|{_CONSENT}\W+(?:was\W+)?withdrawn|opted\W+out|opt\W?out)\W*|"
    r"\W*(?:please\W+)?(?:check|tick|mark|select)\b.{0,20}?\bif\W+you\W+(?:do\W+not|don['’]?t)\b.*"
    rf"\b(?:{_USE}|consent|agree|take part|participate)\b.*|"
    r"\W*i\W+(?:do\W+not|don['’]?t)\W+(?:want|wish|consent|agree|give|authori[sz]e)\b.*"
    rf"\b(?:{_USE}|consent|agree|take part|participate)\b.*|"
    rf"\W*(?:do|would)\W+you\W+(?:object|mind)\b.*\b{_USE}\W+(?:\w+\W+){{0,3}}{_SAID}.*",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\W*(?:no|n|nope|nah|false|0|not|never|none|declin\w+|refus\w+|withdr\w+|revoked|disagree\w*|denied|"
    r"opt(?:ed|ing)?\W?out|(?:please\W+)?(?:do not|don['’]?t)|"
    r"(?:i|we)['’]?(?:\W+(?:strongly|really|respectfully))?\W*(?:do not|don['’]?t|did not|didn['’]?t|would not|"
    r"would rather not|wouldn['’]?t|['’]?d rather not|will not|won['’]?t|can ?not|can['’]?t|am not|['’]?m not|"
    r"prefer not|declin\w+|disagree|refus\w+|withdr\w+)|prefer not to (?:participate|take part)|"
    r"rechaz\w+|niego)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_NOT_NO = re.compile(
    r"\W*(?:no\W+(?:problem|objection|concern|issue|worr|answer|response|hay problema|s[eé]\b)|"
    r"not? (?:sure|applicable)|none of|n\W?a\b).*",
    re.IGNORECASE | re.DOTALL,
)
_YES = re.compile(
    r"\W*(?:y|yes|yeah|yep|yup|sure|ok|okay|true|1|x|✓|✔|☑|☒|agreed?|given|obtained|received|signed|granted|"
    r"consent\w*|assent\w*|allow\w*|accept\w*|approved?|of course|absolutely|fine|s[ií]|claro|acepto|"
    r"de acuerdo|doy|autorizo|consiento|i\W+\w+|no\W+(?:problem|objection|concern|issue)\w*|checked)(?!\w).*|\W*[✓✔☑☒]\W*",
    re.IGNORECASE | re.DOTALL,
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


def refuses(head: str, answer: str) -> bool:
    """Return whether an answer to what a head asks is a no.

    Examples
    --------
    >>> refuses("Consent", "I do not consent"), refuses("Consent withdrawn", "yes")
    (True, True)
    >>> refuses("May we use your answers?", "No problem"), refuses("Consent", "")
    (False, False)
    """
    said = " ".join(answer.split())
    if _REVERSED.fullmatch(_asked(head)) and not re.match(
        r"withdr", said, re.IGNORECASE
    ):
        return bool(_YES.fullmatch(said)) and not _NO.fullmatch(said)
    return bool(_NO.fullmatch(said)) and not _NOT_NO.fullmatch(said)


def is_yes_or_no(answer: str) -> bool:
    """Return whether an answer agrees or refuses."""
    said = " ".join(answer.split())
    return any(p.fullmatch(said) for p in (_NO, _YES)) and not re.match(
        r"not sure|n\W?a\b", said, re.IGNORECASE
    )


def _asked(head: str) -> str:
    return " ".join(head.replace("_", " ").split())


# Whole files that are not to be used, by their names, their folders or their first lines.

_TAKEN_BACK = re.compile(
    r"\b(?:withdr(?:awn|ew|awing)|revoked?|refused|declined|without|did not give)(?: (?:her|his|their|the|all))?"
    r" consent\b(?P<of>.{0,40})|(?P<for>\b\w*\b) ?\bconsent (?:was |has been |is )?(?:withdrawn|revoked|refused|declined|"
    r"denied)\b(?P<to>.{0,40})|\bnot (?:a )?part of (?:the|this|our) (?:study|research|sample|data ?set)\b(?! hall)|"
    r"\bexcluded? from (?:the |our |this )?(?:study|analysis|research|data|sample)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?:please )?(?:do not|don['’]?t) (?:use|include|analy[sz]e|code|count)(?: (?:this|it|the)"
    r"(?: (?:file|interview|transcript|talk|recording|data|document|one))?)?"
    r"(?: (?:in|for|as) (?:the |our |this |any )?(?:study|analysis|research|reports?|data|results|findings|project|sample))?|"
    r"(?:has |there is )?no (?:(?:parent(?:al)?|signed|written|informed) )?consent(?: (?:form|given|signed|yet|on file|obtained|received))*",
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
    r"(?:withdrawn|withdrew|withdrawals?|excluded?|not used)(?: (?:consent|participants|interviews|files|data))?|"
    r"consent withdrawn|do not (?:use|include)|no consent",
    re.IGNORECASE,
)
_OF_LESS = re.compile(
    r"record|photo|video|audio|media|tape|quot|name|contact", re.IGNORECASE
)
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
    elif _FOLDER.fullmatch(name) or _is_not_used(name) or _says_withdrawn(name):
        said = "its name"
    elif transcript is not None and any(map(_notes_it, _first_lines(transcript))):
        said = "its first lines"
    return said and f"{NOT_USED}; if it is to be read, take that out of {said}"


def _is_not_used(line: str) -> bool:
    """Return whether a line notes that what is below is not to be used."""
    key, colon, told = line.partition(":")
    if colon and is_about_consent(key) and refuses(key, told):
        return True
    for found in _TAKEN_BACK.finditer(line):
        beside = "".join(filter(None, found.groupdict().values()))
        if not _OF_LESS.search(beside) and not re.match(r"\s*[:?]\s*no?\b", beside):
            return True
    parts = (" ".join(part.split()) for part in _APART.split(line))
    return any(map(_WHOLE.fullmatch, parts)) or _shouts(line)


def _notes_it(line: str) -> bool:
    """Return whether a line above a talk says so: there `WITHDRAWN` is in capitals."""
    is_withdrawn = line.strip() == "WITHDRAWN" or _says_withdrawn(line)
    return _is_not_used(line) or ("WITHDRAWN" in line and is_withdrawn)


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
