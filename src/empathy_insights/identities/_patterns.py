"""Places that have a form of their own, and what must stay in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from empathy_insights.identities._bus_lines import find_lines
from empathy_insights.identities._contacts import (
    Way,
    find_contacts,
    words_of,
    written_as,
)
from empathy_insights.identities._cued import find_cued
from empathy_insights.identities._near_places import find_near_places
from empathy_insights.identities._small_places import find_small_places, other_forms
from empathy_insights.identities._spoken import ANY_WORD, find_spoken
from empathy_insights.identities._vocabulary import (
    DEEDS,
    KIN,
    MONTHS,
    NO_PLACE_NAME,
    allowed_phrases,
    folded,
    function_words,
    names_that_are_words,
    word_set,
)
from empathy_insights.identities._word_spans import (
    PLACES,
    PLAIN,
    PSEUDONYM,
    Confidence,
    NameSpan,
    is_user_name,
)

_CAPITAL = (
    r"(?:(?:St|Ste|Mt|Ft|Dr|Jr|Rev|[A-Z])\.|[A-ZÀ-Þ][\w'’-]*|"
    r"\d{1,3}(?:st|nd|rd|th))"
)
_KIND_OF_SCHOOL = (
    r"(?:(?:Senior |Junior )?High(?: School)?|Middle(?: School)?|Primary(?: School)?|"
    r"Elementary(?: School)?|Intermediate(?: School)?|Academy|Preparatory(?: School)?|"
    r"Prep(?: School)?|Charter(?: School)?|Montessori|School)"
)
UP_TO = r"[-\u2010-\u2013]\d{1,2}"  # the last grade in `Sunrise K-8`
_GRADES = rf"(?:Pre-?K|PK|TK|K){UP_TO}"
_NUMBERED = re.compile(
    r"\b(?:P\.?S\.?|I\.?S\.?|M\.?S\.?|J\.?H\.?S\.?)(?:[ ]?\#?\d{2,3}|[ ]\#?\d)\b"
)
_SCHOOL = re.compile(
    rf"(?:{_CAPITAL}[ ](?:(?:(?<=Lady[ ])of|(?<=Heart[ ])of|de|la|del|and(?=[ ]"
    rf"(?:Arts|Performing|Sciences?|Technology|Engineering|Mathematics|Health)))[ ])?)"
    rf"{{1,6}}(?:{_KIND_OF_SCHOOL}|(?<!['’]s[ ]){_GRADES})(?!\w)|{_NUMBERED.pattern}"
)
_STREET_ENDS = (
    "Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Lane|Ln|Court|Ct|Terrace|Place|"
    "Pl|Parkway|Pkwy|Highway|Hwy|Circle|Alley|Trail|Square"
)
_UNIT = re.compile(r"\b(?:apt|apartment)\.? ?#?\d{1,4}[a-z]?\b", re.IGNORECASE)
_STREET = re.compile(
    r"(?<!\w)(?P<number>\d{1,5}[A-Z]?[ ])?"
    rf"(?:{_CAPITAL}[ ](?:(?:of|de|la|the)[ ])?){{1,6}}(?:{_STREET_ENDS})\b(?:(?<=\bSt|Rd|Dr|Ln|Ct|Pl)\.|(?<=Ave)\.|(?<=Blvd|Pkwy)\.)?(?!['’]\w|[ ](?:High|Middle|Elementary|School)\b)"
    r"(?P<unit>,?[ ](?:Apt|Apartment|Unit|Suite|Ste)\.?[ ]?\#?\w+|,?[ ]\#\w+)?|"
    r"(?<!\w)(?P<box>P\.?[ ]?O\.?[ ]Box[ ]\d+)"
)
_MASCOTS = (
    "Eagles|Lions|Wildcats|Pirates|Panthers|Cougars|Bulldogs|Sharks|Tigers|Warriors|"
    "Bears|Hawks|Falcons|Knights|Rams|Trojans|Vikings|Mustangs|Huskies|Spartans|Titans|"
    "Hornets|Jaguars|Broncos|Raiders|Cardinals|Dragons|Wolves|Owls|Bobcats|Chargers|"
    "Rockets|Saints|Devils|Rebels|Patriots|Cavaliers|Lancers|Gators|Timberwolves|"
    "Stallions|Bruins|Badgers|Beavers|Bulls|Cobras|Comets|Coyotes|Crusaders|Dolphins|"
    "Flyers|Foxes|Giants|Grizzlies|Hurricanes|Jets|Lynx|Monarchs|Pioneers|Ravens|"
    "Redhawks|Scorpions|Seahawks|Stars|Stingers|Storm|Thunder|Thunderbirds|Tornadoes"
)
_TEAM = re.compile(
    rf"(?:{_CAPITAL}[ ]){{1,4}}(?:Lady[ ])?(?:{_MASCOTS})(?!\w)"
    r"(?! (?:Youth |Little |Junior )?(?:League|Club|Association|Academy|Camp)\b)"
)
_NO_NAME_BEFORE_GRADES = NO_PLACE_NAME | word_set(  # `Grades K-5`
    "i common title grade grades level levels students teachers staff families kids "
    "education core curriculum math english science reading serving"
)


_DIGIT = re.compile(r"\d")


_ENDING = (
    Way("school", _SCHOOL, word_set(
        "High Middle Primary Elementary Intermediate Academy Preparatory Prep Charter "
        "Montessori School"
    )),
    Way("team", _TEAM, words_of(_MASCOTS)),
    Way("street", _STREET, words_of(_STREET_ENDS) | {"Box"}),
)  # fmt: skip


def find_places(text: str, words: frozenset[str]) -> Iterator[NameSpan]:
    """Find schools, teams, streets and addresses by their last word.

    `words` are all words of the text.
    """
    for way in _ENDING:
        is_numbered = way.kind == "school" and _DIGIT.search(text)  # `PS 118`
        for match in way.find(text, way.needs if is_numbered else words):
            start = match.start() + _lead(match.group())
            if start == match.end() or folded(text[start : match.end()]) in _allowed():
                continue
            kind = _kind_of_street(match) if way.kind == "street" else way.kind
            confidence: Confidence = "medium" if kind == "team" else "high"
            yield written_as(kind, start, match.end(), text, rank=2, sure=confidence)


def find_units(text: str) -> Iterator[NameSpan]:
    """Find apartments that no street stands before: `apt 4b`."""
    for match in _UNIT.finditer(text) if _DIGIT.search(text) else ():
        yield written_as("address", *match.span(), text, rank=3)


def _kind_of_street(match: re.Match[str]) -> str:
    parts = match.groupdict()
    return (
        "address" if any(parts.get(p) for p in ("number", "unit", "box")) else "street"
    )


def _lead(phrase: str) -> int:
    """Return how many characters before the name are a sentence's own words."""
    if _NUMBERED.fullmatch(phrase):
        return 0
    at = 0
    words = list(re.finditer(r"[^ ]+", phrase))
    for number, word in enumerate(words[:-1]):
        plain = folded(word.group()).lower().strip(".,")
        if plain in MONTHS or plain not in function_words() - {
            "old",
            "new",
            "little",
            "big",
        }:
            break
        at = words[number + 1].start()
    no_name = _NO_NAME_BEFORE_GRADES if phrase[-1].isdigit() else NO_PLACE_NAME
    named = [w for w in phrase[at:].split(" ")[:-1] if w.lower() not in no_name]
    has_name = any(w[:1].isupper() or w[:1].isdigit() for w in named)
    return at if has_name or "Box" in phrase else len(phrase)


def _allowed() -> frozenset[str]:
    return allowed_phrases()


# Shops and restaurants that are called as people are: beside others they are none.


_SHOP = (
    r"(?:(?P<sure>(?:Applebee|Arby|Chili|Domino|Kohl|McDonald|Zaxby)['’]s|Best Buy|"
    r"Burger King|Chick-fil-A|Chipotle|Costco|Dairy Queen|IHOP|JCPenney|KFC|Old Navy|"
    r"Popeyes|Starbucks|Taco Bell|Target|Walgreens|Walmart)|"
    r"(?:Culver|Denny|Hardee|Lowe|Macy|Wendy)['’]s)"
)
_ROW_OF_SHOPS = re.compile(
    rf"(?<!\w)(?=[A-Z]){_SHOP}(?:,? (?:(?:and|or|y|&) )?{_SHOP.replace('sure', 'more')})+"
    rf"(?!\w| (?:{'|'.join(sorted(KIN))}|house|room|class|car|phone)s?\b)"
)
_OWNED = re.compile("['’]s")
_FEWEST_SHOPS = 3  # of which each might be somebody


def _shops(text: str) -> Iterator[NameSpan]:
    """Find rows such as `Wendy's, Denny's and Macy's`, not `Wendy's and Macy's houses`."""
    for match in _ROW_OF_SHOPS.finditer(text) if _OWNED.search(text) else ():
        n_owned = len(_OWNED.findall(match.group()))
        if match["sure"] or match["more"] or n_owned >= _FEWEST_SHOPS:
            yield NameSpan(*match.span(), "kept", "kept", "", rank=1)


# What must stay as it is: pseudonyms, allowed phrases, and what the user keeps.


@dataclass(frozen=True, init=False, repr=False)
class Shields:
    """Find what must stay: pseudonyms, allowed phrases, and what the user keeps.

    Apostrophes count as they are typed and as they are printed.
    """

    kept: re.Pattern[str]
    allowed: re.Pattern[str]

    def __init__(self, keep: Iterable[str] = ()) -> None:
        phrases = [phrase for phrase in allowed_phrases() if not phrase.isalpha()]
        object.__setattr__(self, "kept", any_of(tuple(keep)))
        printed = [phrase.replace("'", "’") for phrase in phrases if "'" in phrase]
        object.__setattr__(self, "allowed", any_of(tuple(sorted(phrases + printed))))

    def stay(self, text: str) -> list[NameSpan]:
        """Return what must stay in a text."""
        return [
            *_stay(PSEUDONYM, text, rank=0),
            *_stay(self.kept, text, rank=0),
            *_stay(self.allowed, text, rank=3),
            *_shops(text),
        ]

    def base(self, text: str) -> list[NameSpan]:
        """Return shields, contacts and places of a text, written or said."""
        words = frozenset(ANY_WORD.findall(text))
        return [
            *self.stay(text),
            *find_contacts(text),
            *find_places(text, words),
            *find_units(text),
            *find_small_places(text),
            *find_spoken(text),
            *find_lines(text, words),
            *find_cued(text, words),
            *find_near_places(text, words),
        ]


_START = re.compile(r"\\?.", re.DOTALL)


@lru_cache(maxsize=8)
def any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of the phrases as whole words, the longest first."""
    by_start: dict[str, list[str]] = defaultdict(list)
    for phrase in sorted(map(re.escape, phrases), key=lambda p: (-len(p), p)):
        if start := _START.match(phrase):
            by_start[start.group()].append(phrase[start.end() :])
    # A letter that starts none of them is passed over without a try.
    some = [
        rf"{start}(?<!\w{start})(?:{'|'.join(rest)})"
        for start, rest in by_start.items()
    ]
    return re.compile(rf"(?:{'|'.join(some)})(?!\w)" if some else r"(?!)")


def _stay(pattern: re.Pattern[str], text: str, *, rank: int) -> Iterator[NameSpan]:
    for match in pattern.finditer(text):
        start, end = match.span()
        if not (rank and _AFTER_TITLE.search(text, max(0, start - 6), start)):
            yield NameSpan(start, end, "kept", "kept", "", rank=rank)


# `Ms. McDonald's class` is somebody's.
_AFTER_TITLE = re.compile(r"(?<!\w)(?:Mrs?|Ms|Mx|Dr|Miss)\.? $")


# Places and numbers that were found once, looked for again letter by letter.


Literals = Mapping[str, tuple[str, str]]


def is_telling(form: str) -> bool:
    """Return whether a place or a number may be looked for wherever it stands."""
    is_one_word = form.isalpha() and form.lower() in names_that_are_words()
    return len(form) > 4 and not is_one_word


def literals_of(found: Iterable[tuple[str, NameSpan]]) -> Literals:
    """Return the words of found places, numbers and user names -> their kind, and whose.

    A school is looked for in small letters, too.
    """
    literals = {
        words: (finding.kind, finding.who)
        for words, finding in found
        if finding.replace
        and (
            finding.kind in (*PLACES, *PLAIN)
            or (finding.source == "speaker label" and is_user_name(words))
        )
        and finding.source != "kept"
        and is_telling(words)
    }
    for words, known in list(literals.items()):
        for other in other_forms(words) if known[0] == "school" else ():
            literals[other] = known
    return literals


def find_literals(text: str, literals: Literals) -> Iterator[NameSpan]:
    """Find them in a text."""
    return next(literals_in([text], literals))


def literals_in(
    texts: Iterable[str], literals: Literals
) -> Iterator[Iterator[NameSpan]]:
    """Find them in many texts."""
    pattern = any_of(tuple(literals))
    for text in texts:
        yield (
            NameSpan(*match.span(), kind, "pattern", who, rank=2)
            for match in (pattern.finditer(text) if literals else ())
            for kind, who in (literals[match[0]],)
            if not (kind == "school" and _acts(match))
        )


def _acts(match: re.Match[str]) -> bool:
    """Return whether a school's short name does what people do: `Maren told us`."""
    follows = ANY_WORD.match(match.string, match.end() + 1)
    return " " not in match[0] and follows is not None and follows[0] in DEEDS
