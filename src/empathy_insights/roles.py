"""Words for roles, in tables, labels and names of files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath

from empathy_insights.corpus import Corpus, heard
from empathy_insights.labels import base_key, is_unknown, said_within, words_in
from empathy_insights.tables import ROLES

_WORDS = {
    "student": "student students learner learners pupil pupils scholar child kid youth "
    "grader graders freshman sophomore junior senior graduate alumni alumnus "
    "estudiante estudiantes alumno alumna alumnos alumnas",
    "family": "family families parent parents guardian guardians mom mum mother dad father "
    "caregiver caregivers carer grandparents stepmom stepdad stepmother stepfather stepparent granny grandparent grandmother grandfather grandma grandpa aunt uncle "
    "mamá mami papá papi madre padre madres padres mamás papás familia familias abuela abuelo abuelos abuelita abuelito tía tío",
    "teacher": "teacher teachers educator educators instructor faculty advisor adviser "
    "maestra maestro maestras maestros profesora profesor docente docentes educadora "
    "band_director choir_director music_director",
    "staff": "staff counselor counsellor aide para paras paraprofessional paraeducator librarian nurse "
    "secretary custodian coach specialist registrar social_worker support_staff coordinator "
    "liaison psychologist therapist technician tutor clerk receptionist paraeducators "
    "lunch_lady lunch_aide lunch_monitor bus_driver bus_aide janitor custodians "
    "cafeteria_worker cafeteria_manager crossing_guard security_guard "
    "counselors counsellors counseling counselling aides librarians nurses coaches specialists "
    "tutors officer dietician dietitian chef cook cooks guard guards interventionist pathologist "
    "office_manager bibliotecaria bibliotecario consejera consejero orientadora orientador secretaria secretario "
    "enfermera enfermero conserje prefecta prefecto intendente psicóloga psicólogo trabajadora_social "
    "trabajador_social auxiliar cocinera cocinero chofer vigilante terapeuta coordinadora coordinador",
    "school_leader": "school_leader leader leaders principal principals vice_principal directora director "
    "assistant_principal head_teacher headteacher head_of_school dean administrator subdirectora subdirector",
    "network_leader": "network_leader superintendent district_leader district assistant_superintendent network",
    "community": "community partner partners employer mentor volunteer community_member community_partner "
    "neighbor neighbour police barber shopkeeper pastor imam rabbi shop_owner store_owner business_owner",
    "mixed": "mixed", "unknown": "unknown",
}  # fmt: skip
_ROLE = {
    spelled: role
    for role, said in _WORDS.items()
    for word in said.split()
    for spelled in (word, base_key(word))
}
_NOTES = r"note[ _-]?taker|scribe|observer|transcriber|transcriptionist|recorder|observadora?|relatora?"
# Not `ASKERS`: those are parts in a talk, these jobs in a table, where a `mediador` is heard.
_FACILITATORS = re.compile(
    r"(?:(?:co|lead|assistant)[ _-]*)?"
    rf"(?:facilitator|interviewer|moderator|researcher|host|{_NOTES})s?"
)
_NOTING = re.compile(
    rf"(?:(?:co|second|lead|district)[ -])?(?:{_NOTES})s?(?:[ _-]*#?\d| [^\W\d]+)?"
)
# `Ana (via interpreter)` speaks herself, whoever says it in English.
_INTERPRETERS = re.compile(
    r"(?:(?:(?!(?:via|through|with|by|using|con|por|mediante|avec|mit)\b)\w+ )?(?:interpreter|translator|int[eé]rprete|traductora?|interpr[eè]te|"
    r"traducteur|traductrice|dolmetscher(?:in)?|[uü]bersetzer(?:in)?))"
    r"(?:[ _-]*#?\d{1,2})?"
)
_IN_FILE_NAMES = words_in(
    "student students teacher teachers family families parent parents leader "
    "counselor counselors librarian nurse custodian guardian guardians mom dad "
    "leaders principal principals staff estudiante estudiantes familia familias padres "
    "madres mamá mamás papá papás abuela abuelo abuelos maestro maestros maestra maestras docente docentes "
    "alumno alumna alumnos alumnas"
)
_KINDS = words_in(
    "interview interviews focus group groups survey surveys transcript transcripts response responses voice "
    "voices listening session sessions data conversation conversations entrevista entrevistas encuesta encuestas"
)
_EVENT = (
    r"(?:focus groups?|interviews?|surveys?|listening|sessions?|panels?|councils?|circles?|"
    r"conversations?|forums?|responses?|transcripts?)"
)
_BY_ROLE = "|".join(sorted(_IN_FILE_NAMES, key=len, reverse=True))
_OF_ANOTHER = r"(?! (?:liaison|coordinator|aide|assistant|teacher|leader|advocate|engagement|support)s?\b)"
# `Student focus group`, `Focus group: teachers`, `Grupo focal de familias`.
_TITLED = re.compile(
    rf"\b({_BY_ROLE})\b(?:['’]s?)?{_OF_ANOTHER} (?:\w+ )?{_EVENT}\b|"
    rf"\b(?:{_EVENT}|grupo focal|entrevistas?|encuestas?)(?: (?:with|of|for|con|de|a)\b| ?[:–—-])"
    rf" (?:(?:an?|the|our|\d+|una?|la|las|los) )?(?:\w+ grade )?({_BY_ROLE})\b{_OF_ANOTHER}",
    re.IGNORECASE,
)
# `(all 8th grade)`, `7th graders`, `8th grade focus group`; not `8th grade team`.
_GRADERS = re.compile(
    rf"\d(?:st|nd|rd|th)[ -]grade(?:rs\b| {_EVENT}\b)|"
    r"\((?:all|both)\b[^()]{0,12}\d(?:st|nd|rd|th)[ -]grade\)",
    re.IGNORECASE,
)
_ADULTS = (
    "(?:assistant |vice )?principal|superintendent|teacher|counsell?or|coach|nurse|librarian|aide|"
    "custodian|officer|liaison|coordinator|social worker|paraprofessional|secretary|bus driver"
)
# `INTERVIEW OF SAFETY OFFICER D. REYES`; `Parent coffee hour`: who comes are parents.
_OF_ADULT = re.compile(
    rf"\b(?:interviews?|conversation|talk|entrevista) (?:with|of|a|con) (?:(?:an?|the|our|la|el) )?"
    rf"(?:[\w-]+ ){{0,2}}?({_ADULTS})(?=[ ]*(?:$|[,(–—-])|[ ](?-i:[A-Z]\.|[A-Z][\w'’-]+)[ ]*(?:$|[,(–—-]|[A-Z]))",
    re.IGNORECASE,
)
# Whom a principal meets.
_OF_A_LEADER = re.compile(
    r"\b(?:principals?|leaders?)(?: s)? (?:advisory|coffee|chat|lunch|breakfast|circle|round)"
)
_COFFEE = re.compile(
    r"\b(parents?|famil(?:y|ies)|padres)(?:['’]s?)? (?:coffees?|caf[eé]s?|cafecitos?|breakfasts?)\b",
    re.IGNORECASE,
)
_LONGEST_TITLE = 160
# Says a role by itself; among others it is Spanish for `for`.
_ALONE = frozenset({"para"})
# A label alone: who has `a daughter` here is a parent.
_CHILDREN = frozenset({"son", "daughter", "hijo", "hija"})
# `parent of a student`
_OF_WHOM = re.compile(r"_(?:of|to|for|at|in|with|raising|de|del)_")
_NUMBERED = re.compile(r"[\s_-]*#?(?:\d+|\b[a-z])$")
_WHOSE = re.compile(
    r"^(?:[\w'’ -]+['’]s? |\d{1,2}(?:st|nd|rd|th)[ -](?:grade )?)", re.IGNORECASE
)
# `Walter Simms - Principal`, as accounts of video calls say it.
_BESIDE = re.compile(r"\w\s+[-–—|]\s+([^-–—|]+)$")
# `Coach Dre`: a job before a name; a dean may be called Dean.
_TITLE = re.compile(
    r"(?i:(coach|chef|officer|nurse|principal|superintendent|counsell?or|librarian|pastor|"
    r"imam|rabbi))[ ]+(?=[^\W\d_a-z])(?!(?i:[a-z]|one|two)\b)"
)
_GRADE = re.compile(
    r"\W*(?:(?:(?:in |de )?(?P<n>\d{1,2})(?:st|nd|rd|th|er|do|ro|to|mo|vo|no|[ ]?[ºª°])(?:[ -]?(?:grade|year|grado|año))?)"
    r"|(?:grade|gr\.?)[ ]?(?P<m>\d{1,2}))\W*",
    re.IGNORECASE,
)


def role_of(said: str) -> str | None:
    """Return the role that a word stands for, or None for a word we do not know.

    Examples
    --------
    >>> role_of("Mom"), role_of("Assistant Principal"), role_of("wizard")
    ('family', 'school_leader', None)
    >>> role_of("Parent of a student"), role_of("Bus driver for 12 years")
    ('family', 'staff')
    """
    word = re.sub(r"[\s_/-]+", "_", said.strip().casefold())
    if word in ROLES:
        return word
    of_whom = _OF_WHOM.split(word, maxsplit=1)[0]
    spelled = (word, of_whom, of_whom.rsplit("_", 1)[-1])
    return next((_ROLE[part] for part in spelled if part in _ROLE), None)


def is_facilitator(said: str) -> bool:
    """Return whether a role is that of somebody who asks or takes notes.

    Examples
    --------
    >>> is_facilitator("Interviewer / note-taker"), is_facilitator("teacher")
    (True, False)
    """
    parts = [part.strip() for part in re.split(r"[,;/&+]| and ", said.casefold())]
    return any(_FACILITATORS.fullmatch(part) for part in parts)


def takes_notes(label: str) -> bool:
    """Return whether a label is that of somebody who only writes or watches.

    Examples
    --------
    >>> takes_notes("Note taker (Judith)"), takes_notes("Judith (observer)")
    (True, True)
    """
    beside = re.split(r"\s[-–—|]\s|,\s", base_key(label))
    return any(
        _NOTING.fullmatch(part) for part in (*beside, said_within(label).casefold())
    )


def is_interpreter(said: str) -> bool:
    """Return whether a label or a role is an interpreter's, whose words are nobody's own.

    Examples
    --------
    >>> is_interpreter("Interpreter"), is_interpreter("Ana (Spanish interpreter)")
    (True, True)
    """
    parts = (base_key(said), said_within(said).casefold())
    return any(_INTERPRETERS.fullmatch(part) for part in parts)


def is_nobody(label: str) -> bool:
    """Return whether a voice is nobody's own: unknown, several people, an interpreter."""
    return is_unknown(label) or is_interpreter(label)


def role_in(said: str) -> str | None:
    """Return the role in a few words, such as `parent of Ada` or `10th grade student`.

    Examples
    --------
    >>> role_in("parent of Ada"), role_in("she/her")
    ('family', None)
    """
    words = re.findall(r"[^\W\d_]+", said.casefold())
    known = (_ROLE[word] for word in words if word in _ROLE and word not in _ALONE)
    is_in_a_grade = grade_of(said) is not None
    return role_of(said) or next(known, None) or ("student" if is_in_a_grade else None)


def grade_of(said: str) -> str | None:
    """Return the number of a grade, where nothing else is said: who has one is a student.

    Examples
    --------
    >>> grade_of("9th grade"), grade_of("gr. 10"), grade_of("teacher of 9th grade")
    ('9', '10', None)
    """
    found = _GRADE.fullmatch(said.strip())
    return (found["n"] or found["m"]) if found else None


def role_from_label(label: str) -> str | None:
    """Read a role off `Student 3`, `Parent` or `Maria (parent)`.

    Examples
    --------
    >>> role_from_label("Student 3"), role_from_label("Mr. Dean")
    ('student', None)
    >>> role_from_label("Mamá de Luis"), role_from_label("Luis's mother")
    ('family', 'family')
    >>> role_from_label("9th grader 1"), role_from_label("4th grade teacher")
    ('student', 'teacher')
    >>> role_from_label("Coach Dre"), role_from_label("PRINCIPAL ORTIZ")
    ('staff', 'school_leader')
    """
    if role := role_in(said_within(label)):
        return role
    beside = _BESIDE.search(label)
    if beside and (role := role_in(beside[1])):
        return role
    titled = _TITLE.match(label)
    if titled and (role := _ROLE.get(titled[1].casefold())):
        return role
    word = _NUMBERED.sub("", _WHOSE.sub("", base_key(label)))
    said = re.sub(r"\s+", "_", word.strip())
    if said in _CHILDREN:
        return "student"
    return _ROLE.get(said) or _ROLE.get(_OF_WHOM.split(said, maxsplit=1)[0])


def role_from_path(path: str) -> str | None:
    """Read a role off the name of a sheet, file or folder: the innermost that says one.

    A folder says one only where it is called by it, as `Student interviews`.

    Examples
    --------
    >>> role_from_path("Teacher responses.xlsx/Elementary"), role_from_path("Families/a.txt")
    ('teacher', 'family')
    >>> role_from_path("Staff notes/ana.txt"), role_from_path("8th grade focus group.docx")
    (None, 'student')
    >>> role_from_path("Staff exit interviews/0417.pdf"), role_from_path("Principal advisory.txt")
    ('staff', None)
    """
    file = PurePath(path)
    for part in (file, *file.parents):
        words = [w for w in re.split(r"[\W_\d]+", part.stem.casefold()) if w]
        named = [n for n, word in enumerate(words) if word in _IN_FILE_NAMES]
        is_file = part == file or bool(part.suffix)
        if not is_file and named and not _KINDS.issuperset(words[named[-1] + 1 :]):
            return role_in_title(part.name.replace("_", " "))
        if _OF_A_LEADER.search(" ".join(words)):
            continue
        if found := {_ROLE[words[n]] for n in named}:
            return found.pop() if len(found) == 1 else None
        if is_file and (graders := role_in_title(part.stem.replace("_", " "))):
            return graders
    return None


def role_in_title(line: str) -> str | None:
    """Return whose interview or group a title says that this is, if it says one role.

    Examples
    --------
    >>> role_in_title("Student focus group - Elm Middle"), role_in_title("Interview with a parent")
    ('student', 'family')
    >>> role_in_title("Present: Ana, Ben (all 8th grade)"), role_in_title("Student work samples")
    ('student', None)
    """
    if len(line) > _LONGEST_TITLE:
        return None
    patterns = (_TITLED, _COFFEE, _OF_ADULT)
    matches = [match for pattern in patterns for match in pattern.finditer(line)]
    found = {role_of(said) for m in matches for said in m.groups() if said}
    if not found and _GRADERS.search(line):
        return "student"
    return found.pop() if len(found) == 1 else None


# Roles that can be put together, so that small ones need not be hidden.


SOMEONE = "a person we heard"
ROLE_MERGES = {
    "families and community": ("family", "community"),
    "teachers, staff and leaders": (
        "teacher", "staff", "school_leader", "network_leader",
    ),
}  # fmt: skip


def suggested_merges(heard_by_role: Mapping[str, int], least: int) -> list[str]:
    """Say which roles could be shown together where one alone has too few people.

    Examples
    --------
    >>> suggested_merges({"student": 9, "teacher": 4, "staff": 2}, 5)
    ['count teachers, staff and leaders together: 6 people']
    """
    said = []
    for name, roles in ROLE_MERGES.items():
        counts = [heard_by_role[role] for role in roles if heard_by_role.get(role)]
        if len(counts) > 1 and min(counts) < least <= sum(counts):
            said.append(f"count {name} together: {sum(counts)} people")
    return said


# Roles put together, so that few people of a role need not be hidden.


ROLE_GROUP = "role_group"


def role_groups(corpus: Corpus, *, least: int = 5) -> dict[str, tuple[str, ...]]:
    """Return role groups and their roles: put together where one has too few people.

    Families go with the community, teachers with staff and leaders; students stay
    apart. A group can still be too small.

    Parameters
    ----------
    least
        How many people a role needs to stand alone.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> import pandas as pd
    >>> roles = ["teacher"] * 4 + ["staff", "student"]
    >>> answers = pd.DataFrame({"role": roles, "a": "Hm."})
    >>> corpus = ei.corpus_from_frame(answers, text="a", role="role")
    >>> role_groups(corpus)
    {'student': ('student',), 'teachers, staff and leaders': ('teacher', 'staff')}
    """
    counts = heard(corpus)["role"].value_counts()
    groups: dict[str, tuple[str, ...]] = {}
    for name, merged in ROLE_MERGES.items():
        present = tuple(role for role in merged if role in counts)
        if len(present) > 1 and min(counts[list(present)]) < least:
            groups[name] = present
    together = {role for roles in groups.values() for role in roles}
    alone = {role: (role,) for role in sorted(counts.index) if role not in together}
    return {**alone, **groups}


def with_role_groups(corpus: Corpus, groups: Mapping[str, tuple[str, ...]]) -> Corpus:
    """Return the corpus whose participants have a `role_group` to count by."""
    of_role = {role: name for name, roles in groups.items() for role in roles}
    people = corpus.participants
    named = people["role"].map(of_role).fillna(people["role"])
    return replace(
        corpus, participants=people.assign(**{ROLE_GROUP: named.astype("str")})
    )


# Who said it, in words that could mean many people.


K_ANONYMOUS = 5  # people who share an attribution, at least
_MERGED = ("a family or community member", "a teacher, staff member or leader")
_SAID = {
    "family": "a family member",
    "unknown": "role unknown",
    **dict(zip(ROLE_MERGES, _MERGED, strict=True)),
}


def attribution(role: object) -> str:
    """Say who is quoted by role alone, so that no combination points to one child.

    Examples
    --------
    >>> attribution("school_leader"), attribution("family"), attribution(None)
    ('school leader', 'a family member', 'a voice that could not be told apart')
    """
    if not isinstance(role, str):
        return "a voice that could not be told apart"
    return _SAID.get(role, role.replace("_", " "))
