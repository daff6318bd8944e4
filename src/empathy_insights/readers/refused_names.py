"""Lines above a talk of several that name who is not to be used: `Please leave out Ana`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from empathy_insights.labels import is_generic, label_key

_NAME, _SHORTEST = "\ue000", 2
_NAMES = rf"{_NAME}(?:(?:\s*[,&/]\s*|\s+)(?:(?:and|or|y|o)\s+)?{_NAME})*"
_VERB = r"(?:use|include|count|code|analy[sz]e|transcribe|read|share|keep|usar|incluir|contar)"
_OF = r"(?:(?:anything|any|the|what|words?|answers?|comments?|parts?|data|from|by|of|with|in|a|de|lo|que|dijo)\s+){0,3}"
_HERS = r"(?:['’]?s?\s+(?:words?|answers?|comments?|responses?|parts?|data|turns?|lines?|said|says))?"
_FORM = r"(?:consent|permission|assent|(?:signed\s+)?(?:permission\s+|consent\s+)?(?:form|slip)|permiso|consentimiento)"
_NO = (
    rf"(?:withdrew|withdrawn|opted\s+out|(?:declined|refused)(?:\s+{_FORM}|\s+to\s+(?:participate|take\s+part|consent|sign)\b|(?=\W*$))|(?:no|without|sin)\s+(?:signed\s+|parental\s+)?{_FORM}|"
    rf"(?:did\s?n['’o]?t|has\s?n['’o]?t|did\s+not|has\s+not|not|never|non)\s+(?:consent(?:ed)?|agree[d]?|sign(?:ed)?|(?:return(?:ed)?|turn(?:ed)?\s+in|br(?:ing|ought)(?:\s+back)?|gave|give|hand(?:ed)?\s+in)(?:\s+(?:the|a|her|his|in|back))*\s+{_FORM})|"
    rf"{_FORM}\s*[:=?-]?\s*(?:no|n|not\b.*|missing|pending|withdrawn|refused|denied|declined)|"
    r"(?:parents?|mom|mum|mother|dad|father|family|guardian)\s+(?:said\s+no|declined|refused|opted\s+out)|"
    r"(?:do\s+not|don['’]?t)\s+(?:use|include)|not\s+(?:to\s+be\s+)?used|(?:leave|take)\s+out|exclude[d]?)"
)
_NAMED = re.compile(
    rf"\b(?:do\s+not|don['’]?t|never|no)\s+{_VERB}\s+{_OF}(?P<a>{_NAMES}){_HERS}|"
    rf"\b(?:leave|take)\s+(?:out\s+{_OF}(?P<b>{_NAMES}){_HERS}|(?P<c>{_NAMES}){_HERS}\s+out\b)|"
    rf"\b(?:exclude|omit|remove|delete|skip|drop|without|excluir|quitar|omitir)\s+{_OF}(?P<d>{_NAMES}){_HERS}|"
    rf"\b(?:use|include|consent\w*|permission|forms?|slips?|signed|agreed|ok)\b[^.;]{{0,40}}?\b"
    rf"(?:but(?:\s+not)?|except(?:\s+(?:for|from))?|besides|other\s+than|minus|apart\s+from|excepto|menos)\s+{_OF}(?P<e>{_NAMES})|"
    rf"\b(?:everyone|everybody|all|todos)\b[^.;]{{0,20}}?\b(?:but|except(?:\s+for)?|excepto|menos)\s+(?P<f>{_NAMES})\s+"
    r"(?:has\s+|have\s+)?(?:consent\w*|signed|agreed|returned|may\b|can\b|is\s+ok|firmaron|tienen|dieron)|"
    rf"\bno\s+(?:signed\s+)?{_FORM}\s+(?:yet\s+)?(?:for|from|by)\s+(?P<g>{_NAMES})|"
    rf"\b(?:need|wait\w*|missing)\b[^.;,]{{0,20}}\b{_FORM}\s+(?:for|from|of)\s+(?P<h>{_NAMES})|"
    rf"\b(?:need|wait|miss|lack)\w*\b[^.;,]{{0,20}}?(?P<j>{_NAMES})['’]?s?\s+(?:\w+\s+)?{_FORM}|"
    rf"^\W*(?:{_NO}|(?:no|missing|pending)\s+{_FORM}s?|{_FORM}s?\s+(?:not\s+\w+|missing|pending|denied)|leave\s+out|exclude[d]?|"
    rf"do\s+not\s+use|withdrawn|opt(?:ed)?[ -]outs?)\s*[:=–—-]+\s*(?P<i>{_NAMES})",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    rf"\W*(?:(?:present|there|group|students?|participants?|note|nota|n\.?b\.?|attention)\s*:\s*)?{_NAME}(?:['’]s?)?\s*(?:\([^()]*\)\s*)?[-–—:=(,*]*\s*"
    rf"(?:has\s+|have\s+|was\s+|is\s+)?{_NO}\b[^,;]*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[,;](?![^()]*\))|(?<=\w\w)\.\s|\band\b|\s\|\s")
# A no to less than everything: a picture, a quote, a name.
_OF_LESS = re.compile(
    r"\b(?:record\w*|photo\w*|video\w*|audio|quot\w*|names?|pictures?|called?|late|absent|left early)\b",
    re.IGNORECASE,
)


def refused_names(line: str, labels: tuple[str, ...]) -> frozenset[str]:
    """Return the labels of those whom a line above a talk says are not to be used.

    Examples
    --------
    >>> people = ("Ana", "Kwame Osei", "Student 2")
    >>> refused_names("Use everybody but Kwame", people), refused_names("Kwame was late", people)
    (frozenset({'Kwame Osei'}), frozenset())
    >>> refused_names("Present: Ana, Kwame - withdrew, Leo", people)
    frozenset({'Kwame Osei'})
    """
    found: set[str] = set()
    masked, named = _masked(line, labels)
    for match in () if _OF_LESS.search(line) else _NAMED.finditer(masked):
        said = next(group for group, words in match.groupdict().items() if words)
        found |= set(_within(masked, named, *match.span(said)))
    at = 0
    for part in _BETWEEN.split(masked):
        at = masked.index(part, at)
        if _BESIDE.fullmatch(part) and not _OF_LESS.search(part):
            found |= set(_within(masked, named, at, at + len(part)))
    return frozenset(found)


def _within(
    masked: str, named: Sequence[set[str]], start: int, end: int
) -> Iterator[str]:
    """Yield the labels whose names stand in a stretch of a line."""
    before = masked.count(_NAME, 0, start)
    for labels in named[before : before + masked.count(_NAME, start, end)]:
        yield from labels


def _masked(line: str, labels: tuple[str, ...]) -> tuple[str, list[set[str]]]:
    """Put a sign in the place of each name, and return whose they are, in order."""
    ways, pattern = _called(labels)
    if not ways:
        return line, []
    named = [ways[label_key(match[0])] for match in pattern.finditer(line)]
    return pattern.sub(_NAME, line), named


@lru_cache(maxsize=1)  # all lines of a file are asked about the same people
def _called(labels: tuple[str, ...]) -> tuple[dict[str, set[str]], re.Pattern[str]]:
    """Return how a line may call people -> their labels, and what finds it."""
    ways: dict[str, set[str]] = defaultdict(set)
    for label in labels:
        for way in _ways(label):
            ways[way].add(label)
    longest = "|".join(re.escape(way) for way in sorted(ways, key=len, reverse=True))
    return ways, re.compile(rf"(?<!\w)(?:{longest})(?!\w)", re.IGNORECASE)


def _ways(label: str) -> Iterator[str]:
    """Yield how a line may call somebody: as the label does, or by the first name."""
    key = label_key(label.lstrip("[({*"))
    yield from (key,) if len(key) >= _SHORTEST else ()
    first, *more = key.split()
    if more and len(first) > _SHORTEST and not (is_generic(label) or first[-1] == "."):
        yield first
