"""What people say in a talk that they are, and what whoever asks says to them of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from empathy_insights.labels import base_key
from empathy_insights.readers.people.grades import (
    CLASSES,
    IN_GRADE,
    LATER_GRADES,
    ORDINALS,
    answers_with_a_grade,
    students_by_grade,
)
from empathy_insights.readers.transcript import Transcript, Turn
from empathy_insights.roles import is_nobody, role_in

_SUBJECTS = (
    r"(?:maths?|mathematics|algebra|geometry|calculus|statistics|science|biology|chemistry|"
    r"physics|english|ela|language arts|literature|history|social studies|civics|geography|"
    r"economics|spanish|french|german|latin|mandarin|chinese|art|music|band|orchestra|choir|"
    r"drama|theat(?:er|re)|pe|p\.e\.|gym|health|reading|writing|special ed\w*|esl|ell|"
    r"computer science|coding|pre-?k|kindergarten)"
)
_SCHOOL_JOBS = (
    r"(?:teacher|counsell?or|librarian|nurse|custodian|social worker|psychologist|"
    r"paraprofessional|paraeducator|(?:assistant |vice )?principal|dean|superintendent|"
    r"registrar|bus driver|coach|secretary)"
)
_NOBODYS = r"(?![’'\w-]|[ ](?:of mine|in the making)\b)"
_MOST_BETWEEN = r"(?:[\w-]+ ){0,2}?"
# A teacher may speak `as a parent`, too, and of what she saw `as a student`.
# Each pattern tells the role by the words of its group; words of a grade are a student's.
_OF_ONESELF = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bI (?:teach|am teaching|['’]m teaching) (?:[\w-]+ ){{0,3}}?(?P<teacher>{_SUBJECTS}|{ORDINALS}[ -]grade)\b",
        rf"\bI(?:['’]m| am) (?:just |only )?(?P<student>{IN_GRADE}|an? {CLASSES}){_NOBODYS}",
        rf"\bI(?:['’]m| am) (?P<student>in {LATER_GRADES})(?=\W*$|[.,;!?]|\s+(?:and|so|but|now|this year)\b)",
        rf"\bI(?:['’]m| am| work as) (?:an?|the) {_MOST_BETWEEN}(?P<job>{_SCHOOL_JOBS}){_NOBODYS}",
        rf"\b(?:to me|speaking) as (?:an? |the |their )?{_MOST_BETWEEN}(?P<job>{_SCHOOL_JOBS}){_NOBODYS}",
        r"\b(?:this is|(?:my name is|I(?:['’]m| am))) (?P<job>(?-i:Coach|Nurse|Principal|Officer|Superintendent)) (?-i:[A-Z])",
        rf"\bas an? {_MOST_BETWEEN}(?P<job>teacher|counsell?or|principal),? I\b",
    )
)
_RELATIVE = (
    r"(?:(?:(?:step|foster|grand|god|great[ -]?grand)[ -]?)?(?:mom|mum|mother|dad|father|parent|ma|pa)|"
    r"(?:grand(?:ma|pa|mother|father))|mommy|daddy|granny|aunt|auntie|uncle|guardian|caregiver|"
    r"mam[aá]|pap[aá]|abuel(?:a|o|ita|ito))"
)
_A_CHILD = (
    r"(?:(?-i:[A-Z][\w’'-]+)|my|these|this|those|him|her|them|an? |two|three|four|five)"
)
# Said in answer to who they are, or to begin with; later a teacher may feel like `their mom`.
_OF_A_CHILD = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bI(?:['’]m| am)(?: (?:an?|the))? (?P<family>{_RELATIVE})(?: (?:of|to|for) {_A_CHILD}|"
        rf" de (?-i:[A-Z]))",
        rf"\bI(?:['’]m| am) (?:(?-i:[A-Z])[\w-]+['’]s?|his|her|their) (?P<family>{_RELATIVE})\b(?![’'-])",
        rf"\bas (?:his|her|their|(?-i:[A-Z])[\w-]+['’]s?) (?P<family>{_RELATIVE})\b,? I\b",
        rf"\bsoy (?:la|el) (?P<family>{_RELATIVE}) de (?-i:[A-Z])",
    )
)
_MY_CHILD = re.compile(
    r"\bmy (?P<family>(?:grand)?(?:son|daughter)|kid|child|niece|nephew)s?,? (?-i:[A-Z])[\w’'-]+",
    re.IGNORECASE,
)
_ASKED_WHO = re.compile(
    r"\bwho (?:you are|are you|is (?:this|here|with us|on)|do we have)\b|\bintroduce your|\byour names?\b|"
    r"\babout yourse(?:lf|lves)\b|\bhow are you (?:related|connected)\b|\bqui[eé]n(?:es)? (?:eres|son|es usted)|"
    r"\bpres[eé]nt(?:ate|ese|ense)\b",
    re.IGNORECASE,
)
_OF_YOU = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\byou(?:['’]re| are) (?P<student>{IN_GRADE}|an? {CLASSES}){_NOBODYS}",
        r"\bas an? (?:[\w-]+ )?(?P<job>teacher|student|parent|counselor|principal),? (?:what|how|when|where|do|would|could|can|you|tell)\b",
        r"\bhow long have you (?:been teaching|taught)(?P<teacher>)\b",
        rf"\bhow long have you been (?:an?|the) (?P<job>{_SCHOOL_JOBS})\b",
    )
)
_ASKED_FOR_GRADE = re.compile(
    r"\b(?:what|which) (?:grade|year) (?:are you|you(?:['’]re| are))\b|"
    r"\b(?:who|name|names|old|old you are)\b[^.?!]{0,20}\b(?:and|or|,) (?:what |which |your )?grade\b(?! (?:is|was|does|do|did)\b)|"
    r"\b(?:say|tell me|what['’]?s|what is) your (?:name and )?grade\b",
    re.IGNORECASE,
)
_SEEMING = re.compile(
    r"\b(?:like|if|as though|pretend|wish|think|thinks|thought|not|because|that|say|says|said)[ ,]+$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^“”\n]*”|\"[^\"\n]*\"|«[^«»\n]*»")
_CALLED = re.compile(
    r"^\W*(?:(?:and|so|okay|thanks|thank you)\W+)?(?P<who>[^\W\d_][\w'’.-]*),"
)
_ASSENT = re.compile(r"\bassent(?:ed)?\b", re.IGNORECASE)  # what minors give
_LONGEST, _BEFORE = 200_000, 20


def roles_said(transcript: Transcript) -> dict[str, str]:
    r"""Return label -> the role that one has by what is said in the talk, if it is one.

    Words in quotation marks are somebody else's. What whoever asks says to `you` holds for
    the one who is called by name there, or who alone answers.

    Examples
    --------
    >>> from pathlib import Path
    >>> text = "Ana: So?\nBo: I teach ninth grade history.\n"
    >>> turns = (Turn("Ana", 5, 8), Turn("Bo", 13, 43))
    >>> roles_said(Transcript(Path("a"), "interview", text, turns, facilitators={"Ana": ""}))
    {'Bo': 'teacher'}
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    if transcript.kind == "survey":
        return dict.fromkeys(students_by_grade(transcript), "student")
    if len(transcript.text) <= _LONGEST:
        for label, role in _told(transcript):
            found[label].add(role)
    return {label: roles.pop() for label, roles in found.items() if len(roles) == 1}


def _told(transcript: Transcript) -> Iterator[tuple[str, str]]:
    asking = transcript.facilitators
    turns = [turn for turn in transcript.turns if turn.speaker or turn.is_prompt]
    heard = {t.speaker for t in turns if t.speaker and t.speaker not in asking}
    people = {
        label: base_key(label) for label in heard if label and not is_nobody(label)
    }
    said = [(turn.speaker or "", _own(transcript, turn)) for turn in turns]
    above = transcript.text[: turns[0].start] if turns else ""
    if len(heard) == 1 and people and _ASSENT.search(above):
        yield next(iter(people)), "student"
    for label, words in said:
        patterns = _OF_ONESELF if label in people else _OF_YOU
        whom = label if label in people else _whom(words, people, heard)
        yield from ((whom, role) for role in _roles(words, patterns) if whom)
    yield from _introduced(said, people)
    is_asked = False
    for label, words in said:
        if label not in people:
            is_asked = _ASKED_FOR_GRADE.search(words) is not None
        elif is_asked and (is_asked := answers_with_a_grade(words)):
            yield label, "student"


def _introduced(
    said: Sequence[tuple[str, str]], people: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield whose parent or grandparent somebody says they are, at first or when asked who."""
    begun: set[str] = set()
    is_asked = False
    for label, words in said:
        if label not in people:
            is_asked = _ASKED_WHO.search(words) is not None
            continue
        patterns = (*_OF_A_CHILD, *([_MY_CHILD] if is_asked else ()))
        if is_asked or label not in begun:
            yield from ((label, role) for role in _roles(words, patterns))
        begun.add(label)


def _own(transcript: Transcript, turn: Turn) -> str:
    """Return the words of a turn without what it quotes."""
    return _QUOTED.sub(" ", transcript.text[turn.start : turn.end])


def _roles(words: str, patterns: tuple[re.Pattern[str], ...]) -> Iterator[str]:
    for pattern in patterns:
        for match in pattern.finditer(words):
            if _SEEMING.search(words[max(0, match.start() - _BEFORE) : match.start()]):
                continue
            told = match.groupdict()
            named = next(
                (role for role in ("teacher", "student", "family") if role in told), ""
            )
            role = named or role_in(told["job"])
            if role:
                yield role


def _whom(words: str, people: Mapping[str, str], heard: Collection[str]) -> str:
    """Return the label of the one to whom these words are said, where that is plain."""
    if len(heard) == 1:
        return next(iter(people), "")
    match = _CALLED.match(words)
    name = match["who"].casefold() if match else ""
    named = [label for label, key in people.items() if name and name in key.split()]
    return named[0] if len(named) == 1 else ""
