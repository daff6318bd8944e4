"""Which bus, route or train somebody takes, in digits and as it is said aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_insights.identities._contacts import Way, written_as
from empathy_insights.identities._spoken import SAID_NUMBER, SPOKEN_NUMBERS
from empathy_insights.identities._vocabulary import word_set
from empathy_insights.identities._word_spans import NameSpan

# Which bus somebody takes. `Bus` itself stays: it tells what they speak of.
_BUS = r"(?:bus(?:s?es)?|autob[uú]s|cami[oó]n)"
_NO_COUNT = (
    r"(?![\w%$]|[:.,/]\d|['’-]|(?:,| or| to| and) \d| (?:minutes?|mins?|hours?|hrs?|times?|days|"
    r"weeks|months|years|miles|blocks|stops|kids|students|children|people|riders|dollars|seats|"
    r"feet|percent|o'clock|am|pm|a\.m|p\.m|of|in the|horas?|minutos?|veces|días|años|niños)\b)"
)
_BUS_WORDS = word_set(
    "bus Bus BUS buses Buses BUSES busses autobús Autobús autobus camión Camión camion"
)
_LINES = (
    Way("place", re.compile(
        r"\b(?i:the|number|la|el) (?P<value>(?P<line>[A-Z]|\d{1,3}[A-Z]?|[A-Z]\w+) "
        r"(?:bus|train|trolley|tram|line|subway|metro|camión))\b"
    ), word_set("bus train trolley tram line subway metro camión")),
    Way("place", re.compile(
        r"\b(?P<value>(?:[Rr]oute|[Rr]uta|ROUTE) (?P<line>\d{1,3}[A-Z]?|[A-HJ-Z]))\b(?!['’]|\.\w)"
    ), word_set("route Route ROUTE ruta Ruta")),
    Way("place", re.compile(
        rf"\b(?i:{_BUS}(?:,? (?:number|no\.?|route|número|núm\.?))?,?)[ -]?#?"
        rf"(?P<value>(?P<line>(?:\d{{1,3}}|(?!19|20)\d{{4}})[A-Z]?)){_NO_COUNT}"
    ), _BUS_WORDS),
    Way("place", re.compile(
        rf"\b(?i:(?:{_BUS}[,.!]?|(?:kids|students|riders) off) (?:the|el|la)) "
        rf"(?P<value>(?P<line>\d{{1,3}}[A-Z]?)){_NO_COUNT}(?! (?!is|was|goes|runs|stops)\w+[^s\W]s\b)"
    ), _BUS_WORDS | {"off", "OFF"}),
    Way("place", re.compile(
        r"\b(?i:rides?|rode|riding|takes?|took|taking|catch|caught|miss(?:ed)?|off|drives) the "
        r"(?P<value>(?P<line>\d{1,3}[A-Z]?))(?=$|[.,!?;)](?!\d)| (?:again|and|at|because|but|cause|"
        r"cuz|every|from|home|in|is|late|now|on|or|so|that|to|too|was|when|with)\b(?! \d))"
    ), _BUS_WORDS),
)  # fmt: skip
# Where nobody says the word beside it: `takes the 22 home`, `the 62 never shows`, `she rides 31`.
_BARE = (
    Way("place", re.compile(
        r"\b(?i:rides?|rode|takes?|took|catch|caught) (?:the |(?=\d\d))(?P<value>(?P<line>\d{1,3}[A-Z]?)) "
        r"(?:home|to (?:school|work|campus)|every (?:day|morning)|in the morning)\b"
    )),
    Way("place", re.compile(
        r"\b(?i:the) (?P<value>(?P<line>\d{2,3}[A-Z]?)) (?:never|always|does ?n['’]?t|did ?n['’]?t) "
        r"(?:shows?|come|comes|came|stops?|runs?|waits?|showed|stopped)\b"
    )),
    Way("place", re.compile(
        r"\b(?:moved|switched|changed|put) (?:us|me|him|her|them|my \w+) (?:to|on) the "
        r"(?P<value>(?P<line>\d{1,3}[A-Z]?))(?=$|[.,!?;)](?!\d))"
    )),
    Way("place", re.compile(
        r"\b(?:rides|rode) (?P<value>(?P<line>\d{2,3}[A-Z]?))(?=$|[.,!?;)](?!\d))"
    )),
    Way("place", re.compile(
        rf"\b(?i:{_BUS}) (?:is|was|es) (?:number |#)?(?P<value>(?P<line>\d{{1,3}}[A-Z]?)){_NO_COUNT}"
        r"(?=$|[.,!?;)]| (?:and|but|so)\b)"
    )),
)  # fmt: skip
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)"
# `Bus nineteen`, `route thirty one`; behind `bus two` nothing is counted.
_SAID = (
    Way("place", re.compile(
        rf"\b(?:{_BUS}|route|ruta)(?: (?:number|no\.?|route|número))? "
        rf"(?P<value>(?P<line>(?!{_ONES}\b(?! hundred\b)){SAID_NUMBER})){_NO_COUNT}",
        re.IGNORECASE,
    )),
    Way("place", re.compile(
        rf"(?<!the )(?<!a )\b(?:{_BUS}|route|ruta)(?: (?:number|no\.?|route|número))? "
        rf"(?P<value>(?P<line>{_ONES}))"
        r"(?=$|[.,!?;)](?!\d)| (?:again|and|because|but|comes|cuz|every|from|home|is|late|left|never|"
        r"runs|stops|to|was|when|with)\b)",
        re.IGNORECASE,
    )),
    Way("place", re.compile(
        rf"\bthe (?:number )?(?P<value>(?P<line>(?!one\b|una?\b|uno\b){SAID_NUMBER}) bus)\b"
        r"(?! (?:drivers|lines|loads|passes|rides|routes|stops)\b)",
        re.IGNORECASE,
    )),
)  # fmt: skip
_CARRIES = _BUS_WORDS | word_set("route Route ROUTE ruta Ruta")
_DIGIT = re.compile(r"\d")


def find_lines(text: str, words: frozenset[str]) -> Iterator[NameSpan]:
    """Find the numbers of buses and routes; `words` are all words of the text."""
    ways = [*_LINES, *_BARE] if _DIGIT.search(text) else [*_LINES[:2]]
    if not words.isdisjoint(_CARRIES) and any(
        w.lower() in SPOKEN_NUMBERS for w in words
    ):
        ways += _SAID
    for way in ways:
        for match in way.find(text, words):
            found = written_as(
                "place", *match.span("value"), text, rank=3, sure="medium"
            )
            line = match["line"].replace("-", " ")
            yield found._replace(who=f"place:line {line}")
