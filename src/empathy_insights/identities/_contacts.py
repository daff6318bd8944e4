"""E-mail, phones, ids and dates of birth, by the form in which they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from empathy_insights.identities._vocabulary import folded
from empathy_insights.identities._word_spans import Confidence, NameSpan

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:{_MONTH}\s+(?:the\s+)?{_DAY}(?:,?\s+\d{{4}})?|"
    rf"(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?|"
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)"
)
_CUES = (
    "student|lunch|badge|school|state|library|locker|meal|case|account|user|ID|PIN|login|"
    "password|record"
)
_CUED_ID = (
    rf"(?i:\b(?:{_CUES})\b(?:[ ]?(?:number|num|no\.?|\#|id|pin|code|card))*"
    r"\#?(?:\s*(?:is|was|:|=|\#)\s*|\s+))\#?"
    r"(?P<value>[A-Z]{0,3}-?\d{4,12})(?![\w/.-]*\d)"
)
_DOMAIN = "com|org|net|edu|gov|us|io|app|co|me|tv|be"


def _rest_of(words: str) -> str:
    """Return the pattern of what follows the first letter of any of some words."""
    rests = (f"(?<={word[0]}){word[1:]}" for word in words.split("|"))
    return rf"(?i:{'|'.join(rests)})\b"


@dataclass(frozen=True)
class _Contact:
    """How a kind of contact is written.

    A text without what the kind `needs` is passed over. Where it is known how a kind
    `begins`, it is tried only there: to look for a character is many times as fast as to
    look back from every place.
    """

    kind: str
    written: re.Pattern[str]
    needs: re.Pattern[str] | None = None
    begins: re.Pattern[str] | None = None

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Yield what `finditer` would."""
        if self.needs is not None and not self.needs.search(text):
            return
        if self.begins is None:
            yield from self.written.finditer(text)
            return
        stop = 0
        for place in self.begins.finditer(text):
            if place.start() < stop:
                continue
            match = self.written.match(text, place.start())
            if match is not None:
                yield match
                stop = match.end()


@dataclass(frozen=True)
class Way:
    """One way of naming a kind of place, and words without one of which nothing is one."""

    kind: str
    written: re.Pattern[str]
    needs: frozenset[str] = frozenset()

    def find(self, text: str, words: frozenset[str]) -> Iterator[re.Match[str]]:
        """Yield what `finditer` would; `words` are all of the text."""
        if not self.needs or not self.needs.isdisjoint(words):
            yield from self.written.finditer(text)


def words_of(pattern: str) -> frozenset[str]:
    """Return the first words of a pattern that only lists some: `(?:Club|Rec Center)`.

    Examples
    --------
    >>> sorted(words_of("(?:Club|Rec Center)"))
    ['Club', 'Rec']
    """
    listed = pattern.removeprefix("(?:").removesuffix(")").split("|")
    return frozenset(one.split()[0] for one in listed)


_CONTACTS = (
    _Contact(
        "e-mail", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
        needs=re.compile(r"@[\w-]+\.[\w-]"),
    ),
    _Contact(
        "link", re.compile(
            r"(?:https?://|www\.)[^\s<>\"')\]]+[^\s<>\"')\].,;:!?]|"
            rf"(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:{_DOMAIN})"
            r"/[^\s<>\"')\]]*[^\s<>\"')\].,;:!?]"
        ),
        needs=re.compile(rf"://|www\.|\.(?:{_DOMAIN})/"),
    ),
    _Contact(
        "e-mail", re.compile(
            r"(?<![\w.+-])[\w.+-]+ ?[(\[] ?at ?[)\]] ?[\w-]+"
            r"(?:(?:\.| ?[(\[] ?dot ?[)\]] ?)[\w-]+)+"
        ),
        needs=re.compile(r"[(\[] ?at ?[)\]]"),
    ),
    _Contact("handle", re.compile(r"@(?<![\w.@/+-]@)[A-Za-z_]\w*(?:\.\w+)*")),
    _Contact(
        "handle", re.compile(r"(?<![\w#@/.-])[A-Za-z_][\w.]{2,31}#\d{4}(?!\w)"),
        needs=re.compile(r"\w#\d{4}"),
    ),
    _Contact(
        "social security number",
        re.compile(r"\d(?<![\w-]\d)\d\d-\d\d-\d{4}(?![\w-])"),
    ),
    _Contact(
        "date of birth", re.compile(
            r"[bBdD](?<!\w.)(?i:(?<=b)(?:orn(?:\s+on)?|irth ?day|irth ?date)|"
            r"(?<=d)(?:ate of birth|\.?o\.?b\b\.?))"
            rf"(?:['’]s)?(?:\s*(?:is|was|on|:|=|,|-))*\s*(?P<value>{_DATE})(?!\w)"
        ),
    ),
    _Contact(
        "phone", re.compile(
            r"(?<![\w.$@+-])(?:"
            r"\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}|"
            r"(?:1[ .-]?)?(?:\(\d{3}\)[ .-]?|\d{3}[ .-])\d{3}[ .-]\d{4}|"
            r"\d{3}-\d{4}|1?\d{10}|\d{3}[ .-]\d{3}(?:[ .-]\d\d){2}|"
            r"0\d{1,4}(?:[ .-]\d{2,4}){2,4}|\d{2}[ -]\d{4}[ -]\d{4}|[6789]\d{2}(?:[ ]\d{3}){2}|"
            r"[6789]\d{2}(?:[ ]\d{2}){3}"
            r")(?:,?\s*(?:ext\.?|x|extension)\s*\d{1,6})?(?![\w-]|\.\d)"
        ),
        begins=re.compile(r"[+(\d](?<![\w.$@+-].)"),
    ),
    _Contact(
        "phone", re.compile(
            r"(?i:\b(?:call|text|phone|cell|number)(?: me| us| is| at)*:? )(?P<value>\d{3} \d{4})(?![\w-])"
        ),
        needs=re.compile(r"\d{3} \d{4}"),
    ),
    _Contact(
        "student id", re.compile(_CUED_ID),
        begins=re.compile(rf"[aAbBcCiIİılLmMpPrRsSſuU](?<!\w.)(?={_rest_of(_CUES)})"),
    ),
    _Contact(
        "student id", re.compile(
            r"(?<![\w$.,/#=-])#?(?P<value>[A-Z]{0,3}\d{6,12})(?<!000)(?![\w%-]|[.,/]\d)"
        ),
        begins=re.compile(r"[#A-Z\d](?<![\w$.,/#=-].)(?=[A-Z]{0,3}\d{5})"),
    ),
)  # fmt: skip

_CONTACT_SIGN = re.compile(r"[\d@/]|www\.")  # what no contact can do without


def find_contacts(text: str) -> Iterator[NameSpan]:
    """Find e-mail addresses, links, handles, numbers and dates of birth."""
    if not _CONTACT_SIGN.search(text):
        return
    for contact in _CONTACTS:
        group = "value" if "value" in contact.written.groupindex else 0
        for match in contact.find(text):
            yield written_as(contact.kind, *match.span(group), text, rank=1)


def written_as(
    kind: str, start: int, end: int, text: str, *, rank: int, sure: Confidence = "high"
) -> NameSpan:
    """Return what a form found; what is written alike is one and the same."""
    who = f"{kind}:{' '.join(folded(text[start:end]).split())}"
    return NameSpan(start, end, kind, "pattern", who, sure, rank=rank)
