"""Grades of students, in words or numbers: in a title, and in an answer to who asks for one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_insights.lexicon import says_no_answer
from empathy_insights.readers.transcript import Transcript
from empathy_insights.roles import role_in

ORDINALS = (
    r"(?:kindergarten|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|"
    r"eleventh|twelfth|\d{1,2}(?:st|nd|rd|th))"
)
# Who says no more than `in third` is in a grade; who is in first or second may be in a race.
LATER_GRADES = r"(?:kindergarten|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\d{1,2}th)"
IN_GRADE = rf"(?:in |an? )?(?:the )?{ORDINALS}[ -]grade(?:r)?"
CLASSES = r"(?:freshman|sophomore|(?:junior|senior)(?! (?:high|teacher|staff|counsel|citizen|leader|year)))"
# What stands behind a grade is somebody else, or many: a grader's mom, a team's coach.
_A_GRADER = (
    rf"(?:{ORDINALS}[ -]graders?|{ORDINALS}[ -]grade (?:boy|girl|kid|child|pupil|learner|scholar)s?)"
    r"(?!['’\w-]|[ ](?:mom|dad|mother|father|parent|famil|guardian|teacher|team|class|counsel|coach|\w+ (?:team|coach)))"
)
_TITLES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:interview(?:s|ed)?|talk(?:ed)?|chat(?:ted)?|conversations?|spoke|session|entrevista) (?:with|of|to) "
        rf"(?:(?:an?|the|our|my|one|two|three|four|some|\d+) )*{_A_GRADER}",
        rf"(?:^|[,:;|(–—]|\s-)\s*(?:an? |one )?{_A_GRADER}\s*(?=$|[,;:.|()–—]|-\s)",
    )
)
_FIRST = (
    r"\W*(?:(?:um+|uh+|yes|yeah|okay|ok|so|well|hi|oh|and|i['’]m|i am|almost|going into|just)\W+){0,4}"
    r"(?:[^\W\d_]+[,.] )?(?:i['’]m |i am )?"
)
_ANSWERED = re.compile(
    rf"{_FIRST}(?:{IN_GRADE}\b|(?:an? )?{CLASSES}\b|(?:in )?(?:the )?(?:{ORDINALS}|\d{{1,2}})"
    r"(?=\W*$|[.;!…]|\s*[–—]|,? (?:and|so|but)\b)|(?:in )?(?:the )?"
    r"(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\d{1,2}th),)",
    re.IGNORECASE,
)


def is_of_a_grader(title: str) -> bool:
    """Return whether a title says that somebody in a grade, and nobody else, is heard.

    Examples
    --------
    >>> is_of_a_grader("Interview with 7th grader"), is_of_a_grader("Empathy interview, 8th grade boy")
    (True, True)
    >>> is_of_a_grader("Interview with the parents of a 6th grader"), is_of_a_grader("10th grade team")
    (False, False)
    """
    found = next(filter(None, (p.search(title) for p in _TITLES)), None)
    if found is None:
        return False
    beside = f"{title[: found.start()]} {title[found.end() :]}"
    return role_in(beside) in (None, "student")


def answers_with_a_grade(words: str) -> bool:
    """Return whether somebody who was asked for it says in which grade they are.

    Examples
    --------
    >>> answers_with_a_grade("Um ninth. So I wake up"), answers_with_a_grade("I'm in eighth and she's in sixth.")
    (True, True)
    >>> answers_with_a_grade("First, I have to say something")
    False
    """
    return _ANSWERED.match(words) is not None


# What a survey asks of the person, and how they answer.
_OWN_GRADE = re.compile(
    r"(?:in )?(?:what|which) (?:grade|year)(?: level)? (?:are you|you are|do you go)\b.*|"
    r"(?:what(?:['’]?s| is)|tell us) (?:your|my) (?:current )?grade(?: level)?\b.*|"
    r"(?:your|my) (?:current )?grade(?: level)?|(?:the )?grade(?: level)? (?:that )?(?:you are|you['’]re|i am|i['’]m) in|"
    r"i(?: am|['’]m) in (?:grade|_+).*|¿?en qu[eé] (?:grado|a[ñn]o) est[aá]s.*",
    re.IGNORECASE,
)
_A_GRADE = re.compile(r"grade(?: level)?|grado", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"\b(?:child(?:ren)?|kids?|son|daughter|teach(?:ing)?|taught|students?|parents?|famil(?:y|ies)|staff|classroom|"
    r"colleagues?|hij[oa]s?|alumnos?|school[’']?s|role|position)\b",
    re.IGNORECASE,
)
_IS_GRADE = re.compile(
    r"\W*(?:(?:the )?(?:grade|gr\.?)? ?(?:[1-9]|1[0-2])(?:st|nd|rd|th)?|pre-?k|k|tk|kinder(?:garten)?|k-?\d?|"
    rf"{ORDINALS}|freshman|sophomore|junior|senior|[1-9][oº°])(?: ?-?(?:grade|grader|grado))?\W*",
    re.IGNORECASE,
)
_MOST, _FEWEST = 0.75, 2


def students_by_grade(transcript: Transcript) -> Iterator[str]:
    """Yield who answers a survey that asks for their own grade, where most have one.

    A head that only says `Grade` may be of a parent's child or a teacher's class: it counts
    where the survey has questions, and none for a child, a class or a role.
    """
    text, people = transcript.text, transcript.people
    heads = {head for facts in people.values() for head in facts}
    asked = [text[t.start : t.end] for t in transcript.turns if t.is_prompt]
    of_others = not asked or any(map(_OF_OTHERS.search, (*heads, *asked)))
    for head in sorted(heads):
        is_own = _OWN_GRADE.fullmatch(head.strip(" ?:*.")) is not None
        if not is_own and (of_others or not _A_GRADE.fullmatch(head.strip(" ?:*."))):
            continue
        told = {label: facts.get(head, "").strip() for label, facts in people.items()}
        said = {label: value for label, value in told.items() if value}
        graded = [label for label, value in said.items() if _IS_GRADE.fullmatch(value)]
        if len(graded) >= max(_FEWEST, _MOST * len(said)):
            yield from (
                filter(lambda one: _may_be_one(said[one]), said) if is_own else graded
            )


def _may_be_one(said: str) -> bool:
    """Return whether an answer to that is no other role, and not that one is in none."""
    return role_in(said) in (None, "student") and not says_no_answer(said)
