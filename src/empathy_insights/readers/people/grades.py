"""Grades of students, in words or numbers: in a title, and in an answer to who asks for one."""

from __future__ import annotations

import re

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
