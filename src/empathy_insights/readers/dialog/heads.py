"""The head of a file: YAML front matter, or facts such as `Date: 2026-03-01`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from pathlib import Path, PurePosixPath

from empathy_insights.files.yaml_text import load_yaml
from empathy_insights.labels import is_front_matter, label_key, words_in
from empathy_insights.lexicon import says_asker
from empathy_insights.readers.people.named_above import (
    begins,
    is_of_the_talk,
    leads,
    list_end,
)
from empathy_insights.roles import role_in, role_of
from empathy_insights.tables import KINDS

_KEY = re.compile(r"[^\s:][^:\n]{0,40}:(?:\s|$)")
# `Moderator: Tomas; Co-moderator: Anneke`, `Interviewer: Bo    Date: 11/3`, facts beside each other.
_NEXT = re.compile(
    r"(?<=\w)(?:[.;|)]+ +|[ \u00a0]{2,}|[ ]*\t\s*)(?=[^\W\d][^\W\d:]{2,24}(?:[ -]\w{2,12})?: )"
)
_ABOUT = re.compile(
    r"(?:interviewees?|participants?|respondents?|informants?|names?|students?|teachers?|parents?|famil(?:y|ies)|"
    r"guests?|volunteers?|interviewed|interpreters?|roles?|present|pronouns?|class|age|year|position|gr\.?|"
    r"(?:student|participant|interviewee|teacher|parent|interviewer) names?|"
    r"int[eé]rpretes?|entrevistad[oa]s?|participantes?|participan|presentes|asistentes|estudiantes?|alumn[oa]s?|"
    r"familias?|maestr[oa]s?|docentes?|madres?|padres?|mam[aá]s?|pap[aá]s?|grado|puesto|cargo|rol|grupo)"
)
_GRADE = re.compile(
    r"(?i:\b(?:grade|gr\.?|year|class|age|aged|grado)[ ]?\d|\b\d{1,2}(?:st|nd|rd|th|er|do|ro|to|mo|vo|no)\b|"
    r"\b\d{1,2}[ ]?[ºª°]|^\d{1,2}$|^(?:pre-?|t)?k$|\bkindergarten)"
)
_GREETINGS = words_in(
    "hello hi hey welcome thanks thank okay ok yes no good so well right sure great hola buenas buenos "
    "gracias sí si bueno pues claro bien muy"
)
# `Lena O. (goes by Bee)`, `Lena (she/her)`: what somebody is called, and no aside.
_CALLED = re.compile(
    r"[ ]*\((?:(?:goes by|called|known as|aka|a\.k\.a\.|nickname|prefers)[ :]+[^()\n]{1,30}|"
    r"(?:she|he|they|ze)/[^()\n]{1,20}|[\"“'‘][^()\n]{1,30}[\"”'’])\)[ ]*$",
    re.IGNORECASE,
)
# Facts without a colon, below the line that names somebody.
_LOOSE = re.compile(
    r"(?:grade|gr\.?|year|class|age)[ ]?\d{1,2}|\d{1,2}(?:st|nd|rd|th)[ -]grade(?:r)?|"
    r"(?:interview(?:ed)?|facilitated|moderated|conducted|recorded|notes|typed)(?: taken)? by\b.{1,60}|"
    r"(?:interview|talk|notes) (?:of|on|from)\b.{1,40}",
    re.IGNORECASE,
)
_STOPS = (".", "?", "!", "…", '"', "”")
_LONGEST_HEAD = 20_000
_SHORT, _MOST_HEAD_LINES, _LONGEST_NAME, _LONGEST_FACT = 10, 12, 5, 16
_MOST_LISTED, _LISTS = 200, ("speakers", "facilitators")
_FACTS = {
    "date": ("date", "recorded", "interview_date"), "kind": ("kind", "type"),
    "site": ("site", "school", "location"), "round": ("round", "wave"),
    "language": ("language", "lang"), "speakers": ("speakers", "participants", "people"),
    "facilitators": ("facilitator", "facilitators", "interviewer", "interviewers", "moderator", "host"),
}  # fmt: skip


def head_lines(text: str) -> int:
    """Return the number of the last line of YAML or `key: value` front matter, or 0."""
    lines = text[:_LONGEST_HEAD].split("\n")
    if lines[0].strip() == "---":
        for number, line in enumerate(lines[1:], start=2):
            if line.strip() in ("---", "..."):
                return number
    return max(_facts(lines), list_end(lines))


def _facts(lines: Sequence[str]) -> int:
    """Return the last line of the facts at the top, such as `Date: 2026-03-01`.

    A block of short `key: value` lines that a blank line ends is facts as a whole when
    one key is; else only the keys that are facts for certain, up to the first other.
    """
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    named = _named_block(lines[first:]) or _named_run(lines[first:])
    if named:
        return first + named
    block = list(
        takewhile(_KEY.match, (line.replace("*", "") for line in lines[first:]))
    )
    last = first + len(block)
    keys = [line.split(":")[0].casefold().strip() for line in block]
    whole = (
        any(map(is_front_matter, keys))
        and _is_told_once(_told(block))
        and all(len(line.split()) <= _SHORT for line in block)
        and any(line.strip() for line in lines[last:])
        and not lines[last].strip()
    )
    return last if whole else first + len(list(takewhile(is_front_matter, keys)))


def _named_block(lines: Sequence[str]) -> int:
    """Return how many lines at the top say whom a talk is with, before a blank line.

    `Interviewee: Ana Ruiz` over a transcript is no turn, whoever is called Interviewee
    below it.
    """
    block = list(takewhile(str.strip, lines[: _MOST_HEAD_LINES + 1]))
    rest = lines[len(block) :]
    if len(block) > _MOST_HEAD_LINES or not any(map(str.strip, rest)):
        return 0
    told = _told([line for line in block if _KEY.match(line.replace("*", ""))])
    keys = [key for key, _ in told]
    people = [said for key, said in told if _is_about(key)]
    are_short = all(len(x.split()) <= _LONGEST_FACT and "?" not in x for x in block)
    is_head = (
        any(map(_is_like_a_name, people))
        and _is_told_once(told)
        and all(_is_about(key) or is_front_matter(key) for key in keys)
        and are_short
    )
    return len(block) if is_head and not _goes_on(block, keys[0], rest) else 0


def _named_run(lines: Sequence[str]) -> int:
    """Return how many lines at the top say whom a talk is with, without a blank line.

    A word processor's paragraphs have none between them. Facts are short, each is
    there once, and whoever is named speaks below by that key only where there is a date
    or the like beside it, or each is a name, and one asks: `Interviewer: K. Ruiz`, `Student: Bo`.
    """
    plain = [line.replace("*", "") for line in lines[: _MOST_HEAD_LINES + 1]]
    title = 0 if not plain or _KEY.match(plain[0]) else 1
    block = list(
        takewhile(lambda x: is_fact(x) or _LOOSE.fullmatch(x.strip()), plain[title:])
    )
    told = _told(block)
    keys = [key for key, _ in told]
    people = [said for key, said in told if _is_about(key)]
    below = lines[title + len(block) :]
    are_several = max(len(block), len(told)) > 1 or any(map(_is_described, people))
    are_several = are_several or is_of_the_talk(told, below)
    if not (_is_told_once(told) and are_several and any(map(_is_like_a_name, people))):
        return 0
    comes_again = any(begins(below, key) for key in keys)
    all_named = any(map(says_asker, keys)) and all(map(_is_like_a_name, people))
    is_head = any(map(str.strip, below)) and (
        not comes_again or all_named or any(map(is_front_matter, keys))
    )
    return title + len(block) if is_head else 0


def _is_about(key: str) -> bool:
    """Return whether the key of a fact is that of people, or of what they are."""
    return _ABOUT.fullmatch(key) is not None or leads(key)


def _told(lines: Iterable[str]) -> list[tuple[str, str]]:
    """Return key and fact of lines such as `Date: May 3`."""
    facts = (fact for line in lines for fact in _NEXT.split(line.replace("*", "")))
    parts = (fact.partition(":") for fact in facts)
    return [(key.casefold().strip(), said) for key, colon, said in parts if colon]


def _is_told_once(told: Iterable[tuple[str, str]]) -> bool:
    """Return whether each fact is there once, or again of the same name."""
    names = {(key, re.split(r"[,(]", said)[0].casefold().strip()) for key, said in told}
    return len(names) == len({key for key, _ in names})


_HEARD = re.compile(
    r"(?:interviewee|participant|respondent|informant)(?: name)?|interviewed|entrevistad[oa]|participante"
)
_WRITTEN_BY = re.compile(
    r"(?:(?:student|teacher|parent) )?name|student|teacher|parent|nombre(?: del? [\w ]{3,20})?|"
    r"estudiante|alumn[oa]|maestr[oa]|docente|madre|padre|mam[aá]|pap[aá]"
)
_WATCHING = re.compile(r"observers?|observed by|note[ -]?takers?|recorded by")


def heard_in_head(text: str, *, is_asked: bool = False) -> tuple[str, str]:
    r"""Return the one person whom the head of a file says was interviewed, and their role.

    So is whose name stands beside other facts, or above a guide's questions, where nobody
    watched and took notes.

    Parameters
    ----------
    is_asked
        Whether the questions of a guide stand below.

    Examples
    --------
    >>> heard_in_head("Interviewee: Ana Ruiz (parent)\nDate: May 3\n\nAll is fine.")
    ('Ana Ruiz', 'family')
    >>> heard_in_head("Name: Bo Li\nRole: Art teacher\n\nWe share a room.")
    ('Bo Li', 'teacher')
    """
    head = head_lines(text)
    lines = text.split("\n")
    # Of what is told twice, the first says more than a form below it.
    facts = {key: said.strip() for key, said in reversed(_told(lines[:head]))}
    keys = [key for key in facts if _HEARD.fullmatch(key)]
    n_told = sum(1 for line in lines[:head] if line.strip())
    is_told = is_asked or n_told > 1 or any(map(_is_described, facts.values()))
    if not keys and is_told and not any(map(_WATCHING.fullmatch, facts)):
        keys = [key for key in facts if _WRITTEN_BY.fullmatch(key)]
    heard = _CALLED.sub("", facts[keys[0]]) if len(keys) == 1 else ""
    if not heard or re.search(r"[&;/]|\band\b", heard):
        return "", ""
    if begins(lines[head:], keys[0]):
        return "", ""  # a form a person, one below the other
    name, *rest = re.split(r"[,(]", heard, maxsplit=1)
    said = ("".join(rest), facts.get("role", ""), facts.get("position", ""), keys[0])
    role = next(filter(None, map(role_in, said)), "")
    return (name.strip(), role) if _is_like_a_name(name) else ("", "")


def is_fact(line: str) -> bool:
    """Return whether a line says a fact about the talk or a person: `Grade: 9`."""
    if not _KEY.match(line) or "?" in line or len(line.split()) > _SHORT:
        return False
    return all(_is_about(key) or is_front_matter(key) for key, _ in _told([line]))


def _goes_on(block: Sequence[str], key: str, rest: Sequence[str]) -> bool:
    """Return whether a line is said, without a stop as the others, and not above the talk."""
    if len(block) > 1:
        return False
    said = [line for line in rest if line.casefold().startswith(f"{key}:")]
    return not all(line.rstrip().endswith(_STOPS) for line in said)


def _is_described(said: str) -> bool:
    """Return whether a name stands before what somebody is: `Lena, grade 8`."""
    name, *rest = re.split(r"[,(]", said, maxsplit=1)
    return says_what_one_is(name, "".join(rest).strip(" )"))


def says_what_one_is(name: str, what: str) -> bool:
    """Return whether a name and what stands behind it tell a person: Lena, grade 8."""
    is_short = 0 < len(what.split()) <= _LONGEST_NAME and not what.endswith(_STOPS)
    is_fact = bool(_GRADE.search(what)) or role_of(what) is not None
    return is_short and is_fact and _is_like_a_name(name)


def _is_like_a_name(said: str) -> bool:
    said = _CALLED.sub("", said)
    if "," in said and _is_described(said):
        return True
    words = said.replace(",", " ").split()
    return (
        0 < len(words) <= _LONGEST_NAME
        and words[0].casefold() not in _GREETINGS
        and all(word[0].isupper() or len(word) <= len("van") for word in words)
        and not re.search(r"[?!…]|\w{3,}\.$", said)
    )


def head_facts(text: str) -> Mapping[str, str]:
    r"""Return what YAML front matter says about a file, in our words.

    Examples
    --------
    >>> head_facts("---\ndate: 2026-03-01\nspeakers: [Ana, Ben]\n---\nAna: So.")
    {'date': '2026-03-01', 'speakers': 'Ana\nBen'}
    """
    held = _yaml(text[:_LONGEST_HEAD])
    facts = {}
    for ours, theirs in _FACTS.items():
        said = [line for key in theirs for line in _lines(held.get(key))]
        if said:
            facts[ours] = "\n".join(said) if ours in _LISTS else said[0]
    kind = facts.pop("kind", "").casefold().replace(" ", "_")
    named = {"kind": kind} if kind in KINDS else {}
    return facts | named


def facts_of_people(facts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return key of a name -> what the head says about the person, such as the role."""
    people = {}
    for line in facts.get("speakers", "").split("\n"):
        name, _, role = line.partition("\t")
        if name.strip():
            people[label_key(name)] = {"role": role.strip()} if role.strip() else {}
    return people


def head_end(text: str) -> int:
    """Return where YAML front matter ends, in code points; 0 without one."""
    if not has_yaml(text):
        return 0
    lines = text[:_LONGEST_HEAD].split("\n")
    return min(len(text), sum(len(line) + 1 for line in lines[: head_lines(text)]))


def has_yaml(text: str) -> bool:
    """Return whether a file begins with front matter that YAML can read."""
    return bool(_yaml(text[:_LONGEST_HEAD]))


@lru_cache(maxsize=1)
def _yaml(text: str) -> Mapping[str, object]:
    import yaml

    if not text.lstrip().startswith("---"):
        return {}
    lines = text.split("\n")[1 : head_lines(text) - 1]
    try:
        held = load_yaml("\n".join(lines), once=False).content
    except yaml.YAMLError:
        return {}
    if not isinstance(held, dict):
        return {}
    return {str(key).strip().casefold().replace(" ", "_"): v for key, v in held.items()}


def _lines(value: object) -> Iterator[str]:
    """Yield the texts in a value; a person is a line of name, tab and role."""
    if isinstance(value, list):
        for inner in value[:_MOST_LISTED]:
            yield from _lines(inner)
    elif isinstance(value, dict):
        yield from _person(value)
    elif isinstance(value, datetime.datetime):
        yield value.date().isoformat()
    elif isinstance(value, datetime.date):
        yield value.isoformat()
    elif isinstance(value, str | int | float) and str(value).strip():
        yield " ".join(str(value).split())


def _person(value: Mapping[object, object]) -> Iterator[str]:
    if "name" in value:
        yield f"{value['name']}\t{value.get('role', '')}".rstrip("\t")
        return
    for name, role in list(value.items())[:_MOST_LISTED]:
        yield f"{name}\t{role}" if isinstance(role, str) else str(name)


# Files of a folder that are no transcripts: what they are, and what they tell.

Facts = Mapping[str, str]
PARTICIPANTS_FILE = "participants.csv"
_ABOUT_FILES = ("readme", "license", "licence", "manifest")
_HEAD, _TOLD = 4096, ("date", "kind", "site", "round", "language")
_OF_WINDOWS = ("thumbs.db", "ehthumbs.db", "desktop.ini")
HIDDEN = "set aside as a hidden file; rename it if it is a transcript"
RESULTS = "set aside as results of empathy_insights; keep them in another folder"
_SETTINGS = "set aside as the settings of the study; pass it to analyze to use it"
_ASIDE = {
    "roster.csv": "set aside as the list of names to hide; it is used for deidentifying",
    "quotes_released.csv": "set aside as the quotes that a person released; they are used when results are written",
    PARTICIPANTS_FILE: "set aside as a table of participants; "
    "pass it as participants to use it",
    "study.yaml": _SETTINGS,
    "study.yml": _SETTINGS,
}


def head_of(file: Path) -> bytes:
    """Return the first bytes of a file, none of one that cannot be opened."""
    try:
        with file.open("rb") as opened:
            return opened.read(_HEAD)
    except OSError:
        return b""


def why_aside(path: str) -> str:
    """Say why a file is not a transcript, or nothing."""
    file = PurePosixPath(path)
    name = file.name.casefold()
    if name.startswith((".", "~$")) or name in _OF_WINDOWS:
        return HIDDEN
    if file.stem.casefold().startswith(_ABOUT_FILES):
        return "set aside as a note about the folder; rename it if it is a transcript"
    return _ASIDE.get(name, "")


def about_folders(root: Path) -> dict[str, Facts]:
    """Return folder -> what the front matter of a README in it says of its documents."""
    told: dict[str, Facts] = {}
    if root.is_file():
        return told
    for file in sorted(root.rglob("*.md")):
        if file.stem.casefold().startswith(_ABOUT_FILES):
            facts = head_facts(head_of(file).decode("utf-8-sig", errors="replace"))
            folder = file.relative_to(root).parent.as_posix()
            told[folder] = {name: facts[name] for name in _TOLD if name in facts}
    return told
