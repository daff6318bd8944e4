"""Names that somebody spells: `J-A-M`, `D as in dog, e, s`, `double L`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_insights.identities._findings import Finding
from empathy_insights.identities._index import Index
from empathy_insights.identities._vocabulary import allowed_phrases

_HOW = r"(?: (?:as in|like in|for|like|de|como) [^\W\d_]+)?"
_LETTER = rf"(?:(?:capital|double|doble|and|then|y) )*\b[^\W\d_]\b(?!['’.]\w){_HOW}"
_PART = r"(?:-|,? |\. |, and | - )"
_SPELLED = re.compile(
    rf"(?<![\w'’.-]){_LETTER}(?:{_PART}{_LETTER})+(?![\w'’]|-\w)", re.IGNORECASE
)
_SAYS_HOW = re.compile(r"(?<= )(?:as in|like in|for|como|de) [^\W\d_]+", re.IGNORECASE)
_FILLING = re.compile(r"\b(?:capital|and|then|y)\b", re.IGNORECASE)
_DOUBLE = re.compile(r"\b(?:double|doble) ([^\W\d_])\b", re.IGNORECASE)
_CUE = re.compile(r"spel\w*|write it|deletre\w*|se escribe|letters?", re.IGNORECASE)
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_CODES = frozenset(
    ["iep", "stem", "steam", "usa", "naacp", "aids", "fafsa", "gpa", "ell", "esl", "dna",
     "nyc", "atm", "tv", "pe", "ap", "ok", "faq", "rip", "lgbt", "lgbtq", "nba", "nfl"]
)  # fmt: skip


def find_spelled(text: str, index: Index) -> Iterator[Finding]:
    """Find letters that spell a listed name, or a name that nobody listed."""
    for match in _SPELLED.finditer(text):
        letters = letters_of(match.group())
        sure = _is_spelling(match, letters, text)
        people = {form.who for form in index.forms.get(letters, ()) if not form.rest}
        if not people and not sure:
            continue
        who = people.pop() if len(people) == 1 else f"found:{letters.title()}"
        person = index.people.get(who)
        yield Finding(
            match.start(), match.end(), person.kind if person else "person", "pattern",
            who, "medium", "letters that spell a name", rank=2,
        )  # fmt: skip


def letters_of(spelled: str) -> str:
    """Return what letters spell, in small letters.

    Examples
    --------
    >>> letters_of("D as in dog, e, double s, a"), letters_of("M-I-A")
    ('dessa', 'mia')
    """
    plain = _FILLING.sub(" ", _SAYS_HOW.sub("", spelled))
    doubled = _DOUBLE.sub(r"\1 \1", plain)
    return "".join(re.findall(r"\b[^\W\d_]\b", doubled)).lower()


def _is_spelling(match: re.Match[str], letters: str, text: str) -> bool:
    if len(letters) < 3 or letters in _CODES or letters.upper() in allowed_phrases():
        return False
    if letters in _ALPHABET or set(letters) <= set("abcdfs") or len(set(letters)) == 1:
        return False
    marks = re.findall(r"\b[^\W\d_]\b", match.group())
    if any(map(str.islower, marks)) and any(map(str.isupper, marks[1:])):
        return False
    near = text[max(0, match.start() - 40) : match.end() + 40].lower()
    has_cue = _SAYS_HOW.search(match.group()) or _CUE.search(near)
    return (
        bool(has_cue) or len(letters) > 3 or letters in re.findall(r"[^\W\d_]+", near)
    )
