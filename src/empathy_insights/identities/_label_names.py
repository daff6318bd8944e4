"""Which labels of speakers are names, and which names they say."""

from __future__ import annotations

import re
from functools import lru_cache

from empathy_insights.identities._name_forms import parts_of
from empathy_insights.identities._unknown_words import is_unknown
from empathy_insights.identities._vocabulary import (
    OFFICES,
    allowed_in_small,
    folded,
    function_words,
    given_names,
    given_names_that_are_words,
    is_common_word,
    is_kin,
    is_listed_name,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import PSEUDONYM, is_user_name
from empathy_insights.labels import said_within
from empathy_insights.lexicon import is_part
from empathy_insights.roles import role_of

_GENERIC = word_set(
    "student parent guardian family familia household teacher staff leader speaker unknown interviewer "
    "interviewee facilitator moderator participant respondent person anonymous "
    "multiple all group host guest voice boy girl male female child adult caregiver "
    "mother father mom dad principal counselor coach nurse aide researcher observer "
    "note notes taker narrator transcriber recorder question answer resp int fac mod "
    "mamá mama mami mum papá papa papi madre padre abuela abuelo tía tío maestra "
    "maestro alumna alumno estudiante entrevistadora entrevistador grandmother "
    "grandfather aunt uncle sister brother class classroom round session interview "
    "team group panel staff"
)


@lru_cache(maxsize=65536)
def is_name(label: str) -> bool:
    """Return whether a speaker label is a name and not a role, a letter or a number.

    Examples
    --------
    >>> is_name("Amara Boone"), is_name("P1"), is_name("Interviewer"), is_name("[student 3]")
    (True, False, False, False)
    >>> is_name("tgreene22"), is_name("Coach_Dre"), is_name("Student_3")
    (True, True, False)
    """
    called = label.partition(" (")[0]  # `Amara Boone (9th grade)` has a name
    if PSEUDONYM.search(label):
        return False
    if is_user_name(called):
        is_told = _OF_TITLE.match(called) is not None or _is_made_up(called)
        return bool(_names_within(called)) or is_told
    parts = [part.lower() for part in parts_of(label)]
    return (
        0 < len(parts) <= 5
        and any(len(part) > 1 for part in parts)
        and not any(part in _GENERIC for part in parts)
        and not _is_office(label)
        and not _ROOM.search(called)
        and not all(_is_function_word(part) for part in parts)
    )


# Accounts of a meeting that are a room's: `Transportation Conf Rm`, `Conference Room B`.
_ROOM = re.compile(
    r"(?i)\b(?:rm|room|office|center|centre|garage|cafeteria|gym|gymnasium|lounge|classroom|portable|"
    r"library|hallway|kitchen|auditorium|(?:kindergarten|dining|main|town) hall|lab|bus barn)"
    r"(?: (?:[A-Z]|\d{1,4}[A-Z]?))?$"
)


def _is_office(label: str) -> bool:
    """Return whether words say what somebody is or does: `Board Chair`, not `Nick Driver`."""
    parts = [part.lower() for part in parts_of(label) if len(part) > 1]
    if not parts:
        return False
    *before, last = parts
    says_one = last in OFFICES or is_kin(last) or role_of(last) is not None
    if not says_one or _TITLED.match(label):
        return False
    return not is_listed_name(last.title()) and not any(
        is_listed_name(part.title()) or not is_common_word(part) for part in before
    )


_TITLED = re.compile(r"(?:M[rs]s?|Mx|Miss|Dr)\b")


_OF_TITLE = re.compile(
    r"(?:[Mm]rs?|[Mm]s|[Dd]r)(?:[._]+|(?=[A-Z][a-z]))[^\W\d_]++(?!\d)"
)  # `mrs.h_room12`
_LETTERS = re.compile(r"[^\W\d_]{3,}")


def _names_within(label: str) -> tuple[str, ...]:
    """Return the names in a user name: `Coach_Dre` has Dre, `Grade_5` and `FG1_S04` none.

    A name is a known one, or letters that no dictionary has. Three of these may be a
    code where digits follow (`stu12`), and beside a part in the talk they are one unless
    they have a name's capital (`preK_teacher_1`).
    """
    if " " in label or is_part(label):
        return ()
    runs = _LETTERS.findall(folded(label))
    has_part = any(is_part_in_talk(run.lower()) for run in runs)
    least = 4 if re.search(r"\d", label) else 3
    return tuple(
        run.title()
        for run in runs
        if not is_part_in_talk(run.lower())
        and (
            is_known_name(run.title())
            or (
                len(run) >= least
                and (run.istitle() or not has_part)
                and not (run.isupper() and len(run) < _LEAST_FOR_CAPITALS)
                and _VOWEL.search(run.lower()) is not None
                and is_unknown(run.lower())
            )
        )
    )


def _is_made_up(label: str) -> bool:
    """Recognise what somebody chose to be called: `skater_boi`, no `Lunch_Lady`, no `Table_2`."""
    runs = _LETTERS.findall(folded(label))
    is_of_words = len(runs) > 1 and not all(run.istitle() for run in runs)
    is_part_there = any(run.isupper() or is_part_in_talk(run.lower()) for run in runs)
    spaced = label.replace("_", " ")
    is_place = _ROOM.search(spaced) is not None or _is_office(spaced)
    return is_of_words and not (is_part_there or is_place)


_VOWEL = re.compile(r"[aeiouy]")
_LEAST_FOR_CAPITALS = 6  # `ESOL_2` and `AVID_1` are programs
_SHORT_PARTS = word_set(
    "admin elem elev fac fam fem int part pre prek resp sec stu stud"
)


def is_part_in_talk(low: str) -> bool:
    """Return whether a word says a part in the talk, in full or cut short."""
    return (
        low in _GENERIC
        or low in _SHORT_PARTS
        or is_part(low)
        or role_of(low) is not None
    )


def is_known_name(name: str) -> bool:
    is_surname = name in surnames() and not is_common_word(name.lower())
    return is_surname or name in given_names()


def called_by(label: str) -> tuple[str, ...]:
    """Return the names that a label says: itself, and those within it.

    Examples
    --------
    >>> called_by("Coach_Dre"), called_by("Student (Lamia)"), called_by("Parent (Spanish)")
    (('Coach_Dre', 'Dre'), ('Lamia',), ())
    >>> called_by("Familia Ortega"), called_by("The Ortega family"), called_by("School family")
    (('Ortega',), ('Ortega',), ())
    """
    if not is_name(label):
        return _names_beside(label) or _of_family(label)
    return (label, *(_names_within(label) if is_user_name(label) else ()))


def _names_beside(label: str) -> tuple[str, ...]:
    """Return who stands in brackets behind a part: `Interpreter (Lamia)`, not `(quiet boy)`."""
    said = said_within(label).partition(",")[0]  # `Student (Maya, 9th grade)`
    parts = parts_of(said)
    is_one = bool(parts) and is_name(said) and all(map(_may_be_called, parts))
    return (said,) if is_one else ()


_FAMILY = re.compile(
    r"(?:the\s+)?(?:(?:familia|family)\s+(?P<behind>\S.*)|(?P<before>\S.*?)\s+(?:family|familia|household))",
    re.IGNORECASE,
)


def _of_family(label: str) -> tuple[str, ...]:
    """Return the surname of a family that speaks from one screen: `Familia Ortega`."""
    found = _FAMILY.fullmatch(label.partition(" (")[0].strip())
    said = "" if found is None else found["behind"] or found["before"]
    parts = parts_of(said)
    return (said,) if parts and all(map(_may_be_called, parts)) else ()


def _may_be_called(part: str) -> bool:
    low = part.lower()
    is_thing = is_common_word(low) or low in allowed_in_small()
    is_written_as_name = (
        part[:1].isupper() and not part.isupper() and not is_part_in_talk(low)
    )
    return is_written_as_name and (is_listed_name(part.title()) or not is_thing)


def _is_function_word(part: str) -> bool:
    return part in function_words() and part.title() not in given_names_that_are_words()
