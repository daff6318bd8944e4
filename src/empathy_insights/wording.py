"""Sentences about counts and roles, said the same way everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from empathy_insights.codebook import Theme
from empathy_insights.publishing import is_estimate, least_masked, said_count
from empathy_insights.roles import ROLE_MERGES
from empathy_insights.tables import CHECKED, FIRST_LOOK, ROLES

LEAST_FOR_PERCENT = 20
_NEARLY_ALL = 0.9  # from this share on

_PLURAL = {
    "student": "students",
    "family": "families",
    "teacher": "teachers",
    "staff": "staff members",
    "school_leader": "school leaders",
    "network_leader": "network leaders",
    "community": "community members",
    "mixed": "people of several roles",
    "unknown": "people of unknown role",
}


def plural(role: str) -> str:
    """Return what a role is called in a sentence.

    Examples
    --------
    >>> plural("school_leader")
    'school leaders'
    """
    return _PLURAL.get(role, role.replace("_", " "))


def counted_role(role: str, n: int) -> str:
    """Say a number of people of a role.

    Examples
    --------
    >>> counted_role("family", 1), counted_role("family", 3), counted_role("student", 2)
    ('1 family member', '3 family members', '2 students')
    """
    singular = {
        "family": "family member",
        "staff": "staff member",
        "unknown": "person of unknown role",
    }
    if n == 1:
        return f"1 {singular.get(role, role.replace('_', ' '))}"
    return f"{n} {'family members' if role == 'family' else plural(role)}"


def named_group(group: object) -> str:
    """Return what a role, or another group, is called in a chart."""
    return plural(str(group)) if str(group) in ROLES else str(group)


def counted_group(people: int, of: int, group: object, by: str) -> str:
    """Say people of people of a group.

    Examples
    --------
    >>> counted_group(3, 9, "student", "role"), counted_group(3, 9, "1", "round")
    ('3 of 9 students', '3 of 9 in round 1')
    >>> counted_group(3, 9, "6th", "What grade are you in?")
    '3 of 9 who said “6th”'
    """
    if str(group) in ROLES:
        return f"{people} of {of} {plural(str(group))}"
    if "?" in by:
        return f"{people} of {of} who said “{group}”"
    return f"{people} of {of} in {spoken_column(by)} {group}"


def spoken_column(name: str) -> str:
    """Return a column's name as it stands in a sentence: a question in quotation marks.

    Examples
    --------
    >>> spoken_column("grade_level"), spoken_column("What grade are you in?")
    ('grade level', '“What grade are you in?”')
    """
    return f"“{name}”" if "?" in name else name.replace("_", " ")


def listing(words: list[str]) -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> listing(["students", "families", "teachers"])
    'students, families and teachers'
    """
    if len(words) < 2:
        return "".join(words)
    return " and ".join([", ".join(words[:-1]), words[-1]])


def role_listing(roles: object) -> str:
    """Turn the `roles` of a theme table into words.

    Examples
    --------
    >>> role_listing("student, teachers, staff and leaders")
    'students and teachers, staff and leaders'
    """
    named = roles if isinstance(roles, str) else ""
    merged = [name for name in ROLE_MERGES if name in named]
    for name in merged:
        named = named.replace(name, "")
    present = set(named.split(", "))
    return listing([*(plural(role) for role in ROLES if role in present), *merged])


def of_people(row: pd.Series) -> str:
    """Say `17 of 24 people`, with percentages only from 20 people on, and once all is read.

    Of an estimate its ends are said: `11 to 32 of 41 people` while nobody has read.

    Examples
    --------
    >>> of_people(pd.Series({"people": 5, "of": 12, "share": 5 / 12}))
    '5 of 12 people'
    """
    if row.get("hidden"):
        is_told = not str(row["shown"]).startswith("hidden")
        return f"{row['shown']} people" if is_told else "a hidden number of people"
    of = int(row["of"])
    people = "person" if of == 1 else "people"
    is_few = str(row.get("shown", "")).startswith("fewer than")
    if is_estimate(row) or is_few:
        return of_whom(str(row.get("shown") or said_count(row, of=of)), people)
    text = f"{int(row['people'])} of {of} {people}"
    if of < LEAST_FOR_PERCENT or row.get("state", CHECKED) != CHECKED:
        return text
    percent = f"{row['share']:.0%}"
    if pd.notna(row.get("share_low")):
        low, high = row["share_low"], row["share_high"]
        percent += f"; of people like them {low:.0%} to {high:.0%}"
    return f"{text} ({percent})"


def said_number(n: int, least: int = 0) -> str:
    """Say a number of people, or that they are fewer than may be told.

    Examples
    --------
    >>> said_number(7, 5), said_number(2, 5)
    ('7', 'fewer than 5')
    """
    return f"fewer than {least}" if 0 < n < least else str(n)


def _told_of(n: int, of: int, least: int) -> str:
    """Say a number of those who raised a theme; of nearly all, others read no number."""
    top = least_masked(of)
    if least and n >= max(least, top):
        return "nearly all" if top >= _NEARLY_ALL * of else "most"
    return f"all {n}" if n == of > 1 else said_number(n, least)


def stances_said(row: pd.Series, stances: pd.Series, *, least: int = 0) -> str:
    """Say how many spoke of something missing or hard, and how many of what helps.

    Needs and strengths are the coder's guess until a person has read them all.

    Examples
    --------
    >>> bus = pd.Series({"people": 3, "of": 4})
    >>> stances_said(bus, pd.Series({"need": 2, "mixed": 1}))
    'All 3 spoke of something missing or hard and 1 of something that helps.'
    >>> stances_said(bus, pd.Series({"asset": 2}))
    '2 spoke of something that helps.'
    """
    if row.get("hidden") or row.get("state", CHECKED) != CHECKED:
        return ""
    of = int(row["people"])
    needs = int(stances.get("need", 0) + stances.get("mixed", 0))
    assets = int(stances.get("asset", 0) + stances.get("mixed", 0))
    counts = (
        (needs, "of something missing or hard"),
        (assets, "of something that helps"),
    )
    parts = [f"{_told_of(n, of, least)} {what}" for n, what in counts if n]
    said = capitalised(listing(parts))
    return f"{said.replace(' of something', ' spoke of something', 1)}." if said else ""


def heard(row: pd.Series, stances: pd.Series, *, least: int = 0) -> str:
    """Say how many people spoke of a theme, and of what kind, in counts only.

    Parameters
    ----------
    row
        The theme's row of the theme table.
    stances
        The number of people with each stance on it.
    least
        Numbers of fewer people are not told.

    Examples
    --------
    >>> bus = pd.Series({"people": 3, "of": 4, "share": 0.75, "roles": "student"})
    >>> heard(bus, pd.Series({"need": 2, "mixed": 1}))
    '3 of 4 people spoke of it, students among them. All 3 spoke of something missing or hard and 1 of something that helps.'
    >>> heard(pd.Series({**bus, "people": 0, "share": 0.0}), pd.Series(dtype="int64"))
    '0 of 4 people spoke of it.'
    """
    roles = role_listing(row.get("roles"))
    is_told = row.get("roles") not in (None, "", "unknown") and roles
    people = row.get("people")
    # Nobody is among nobody; a number that is hidden may be any.
    is_said = is_told and (pd.isna(people) or people != 0)
    among = f", {roles} among them" if is_said else ""
    said = f"{of_people(row)} {spoke_of(row.get('state', CHECKED))} it{among}"
    return f"{capitalised(said)}. {stances_said(row, stances, least=least)}".rstrip()


def capitalised(text: str) -> str:
    """Return a text as a sentence begins; what is a capital within it stays one.

    Examples
    --------
    >>> capitalised("about 3 of 9 with an IEP")
    'About 3 of 9 with an IEP'
    """
    return text[:1].upper() + text[1:]


def spoke_of(state: str) -> str:
    """Return the verb of how many people raised a theme, as far as people have read.

    Examples
    --------
    >>> spoke_of("first look")
    'may have spoken of'
    """
    return "may have spoken of" if state == FIRST_LOOK else "spoke of"


def insight(row: pd.Series, stances: pd.Series, *, least: int = 0) -> str:
    """Say of a theme by its name what `heard` says of it.

    Examples
    --------
    >>> bus = pd.Series({"name": "Bus", "people": 3, "of": 4, "share": 0.75})
    >>> insight(bus, pd.Series(dtype="int64"))
    'Bus: 3 of 4 people spoke of it.'
    """
    said = heard(row, stances, least=least)
    return f"{row['name']}: {said[:1].lower()}{said[1:]}"


def of_whom(said: str, who: str) -> str:
    """Say of whom a number of people is.

    Examples
    --------
    >>> of_whom("about 9 of 21 (6 to 12)", "students"), of_whom("fewer than 5", "staff")
    ('about 9 of 21 students (6 to 12)', 'fewer than 5 staff')
    """
    placed, n = re.subn(r"( of \d+)\b", rf"\1 {who}", said, count=1)
    return placed if n else f"{said} {who}"


def commitments_said(commitments: pd.DataFrame) -> list[str]:
    """Say of each commitment whether it is in the question, and who raised it."""
    return [
        f"{row.commitment}: {'' if row.in_statement else 'not '}in the statement; "
        f"{row.support}"
        for row in commitments.itertuples()
    ]


def missing_said(names: Sequence[str], *, roles_known: bool = True) -> str:
    """Name roles and groups of whom nobody was heard, as far as that is known.

    Examples
    --------
    >>> missing_said(["family", "staff"]), missing_said([])
    ('families, staff members', 'Every expected group was heard.')
    >>> missing_said(["newcomers"], roles_known=False)
    "newcomers. Not everybody's role is known, so others may be missing."
    """
    told = ", ".join(map(plural, names))
    if roles_known:
        return told or "Every expected group was heard."
    unknown = "Not everybody's role is known, so"
    return (
        f"{told}. {unknown} others may be missing."
        if told
        else f"{unknown} nobody can say who is missing."
    )


# Words that a theme's name opens with where it is what people say, and no noun.
_NO_NOUNS = re.compile(
    r"(?:nobody|nothing|none|no|not|never|too|i|i['’]?m|my|me|we|our|they|it|it['’]?s|left|"
    r"(?:do|ca)n['’]?t|how|what|when|where|why|who|if|there['’]?s)\b",
    re.IGNORECASE,
)


def spoken_name(name: str) -> str:
    r"""Return a theme's name as it stands within a sentence.

    Examples
    --------
    >>> spoken_name("Tech support"), spoken_name("Student-facing \"I can\"")
    ('tech support', 'student-facing "I can"')
    >>> spoken_name("IEP meetings"), spoken_name("Talent Management")
    ('IEP meetings', 'talent management')
    >>> spoken_name("Nobody to ask"), spoken_name("Too much")
    ('“Nobody to ask”', '“Too much”')
    """
    if _NO_NOUNS.match(name) or name.endswith(("?", "!")):
        return f"“{name}”"
    return " ".join(
        word if word == word.upper() and word != "A" else word.lower()
        for word in name.split()
    )


def need_of(theme: Theme, role: str) -> str:
    """Return what completes "people of this role need to …"; empty without a need.

    Examples
    --------
    >>> from empathy_insights.codebook import Need
    >>> bus = Theme("bus", "Bus", need=Need("ride in safety"))
    >>> need_of(bus, "student"), need_of(bus, "family")
    ('ride in safety', 'see students ride in safety')
    """
    need = theme.need
    if role in need.verb_phrase_of:
        return need.verb_phrase_of[role]
    if role == "student" or not need.verb_phrase:
        return need.verb_phrase
    return f"see students {need.verb_phrase}"


def own_need(theme: Theme, roles: Sequence[str]) -> str:
    """Return what completes the need of people of some roles, if it is each one's own.

    What adults need of students is theirs to say, and not in a codebook.

    Examples
    --------
    >>> from empathy_insights.codebook import Need
    >>> own = Need("ride", verb_phrase_of={"teacher": "arrive"})
    >>> bus = Theme("bus", "Bus", need=own)
    >>> own_need(bus, ["teacher"]), own_need(bus, ["teacher", "family"])
    ('arrive', '')
    """
    of = {"student": theme.need.verb_phrase, **theme.need.verb_phrase_of}
    phrases = {of.get(role, "") for role in roles}
    return phrases.pop() if len(phrases) == 1 else ""


def people_of(role: str) -> str:
    """Return whom a sentence speaks of: `our students`, or people whose role is open.

    Examples
    --------
    >>> people_of("family"), people_of("unknown")
    ('our families', 'people of unknown role')
    """
    return plural(role) if role in {"mixed", "unknown"} else f"our {plural(role)}"


def people_of_roles(roles: Sequence[str]) -> str:
    """Return whom a sentence speaks of, who are of one or of several roles.

    Examples
    --------
    >>> people_of_roles(["teacher", "staff"])
    'our teachers and staff members'
    """
    return f"our {listing([plural(role) for role in roles])}"
