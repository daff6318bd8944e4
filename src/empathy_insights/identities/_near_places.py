"""Places, schools and organisations with capitals that stand where places stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from empathy_insights.identities._contacts import Way, words_of, written_as
from empathy_insights.identities._vocabulary import (
    MONTHS,
    OFFICES,
    PLACE_BEFORE,
    TITLES,
    allowed_phrases,
    folded,
    function_words,
    given_names,
    given_names_that_are_words,
    is_common_word,
    is_english_word,
    is_spanish_word,
    names_that_are_words,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import NameSpan

_CAP = r"(?:(?:St|Ste|Mt|Ft)\.|[A-ZÀ-Þ][\w'’-]*\w|\d{1,3}(?:st|nd|rd|th)\b)"
_JOINS = r"(?:(?:of|on|the|at|and|&|de|del|la|las|los|el|y|du|des|le)[ ]){0,3}"
_NAME = rf"{_CAP}(?:[ ]{_JOINS}{_CAP}){{0,5}}"
_LONG_NAME = rf"{_CAP}(?:[ ]{_JOINS}{_CAP}){{1,5}}"
_ARTICLE = r"(?:(?:the|el|la|los|las|old|un|una)[ ])*"

# Where something is, or somebody goes to: `past Cotter's Gap`, `over at Willow Bend`.
_WHERE = re.compile(
    r"(?<![\w'’])(?P<cue>[Aa]t|[Ff]rom|[Ii]n|[Nn]ear|[Pp]ast|[Bb]ehind|[Oo]utside|[Bb]y|[Tt]o|"
    rf"[Oo]f|[Ff]or|[Ee]n|[Dd]esde|[Hh]asta|de|a)[ ]{_ARTICLE}(?P<value>{_NAME})(?![\w-])"
)
# What kind of thing it is, then how it is called: `a nail shop, Lucky Lotus`.
_KINDS = (
    r"(?:shop|store|church|restaurant|salon|bakery|market|gym|mosque|masjid|temple|shelter|"
    r"motel|hotel|farm|ranch|dairy|plant|factory|clinic|hospital|daycare|preschool|"
    r"kindergarten|company|club|crew|choir|town|village|park|camp|court|neighborhood|"
    r"apartments|complex|pueblo|pueblito|rancho|ranchito|iglesia|parroquia|templo|"
    r"mezquita|tienda|fundación|clínica|taquería|panadería|lavandería|llantera|band|studio|"
    r"tortillería|colonia|barrio|departamentos|trailas|club|grupo|equipo)"
)
_CALLED = re.compile(
    rf"\b{_KINDS}(?:,| called| named| llamad[oa]| que se llama|)[ ](?:de[ ])?(?P<value>{_NAME})(?![\w-])"
)
_SPANISH_KINDS = (
    r"(?:Academia|Capilla|Carnicería|Centro|Clínica|Colegio|Escuela|Ferretería|"
    r"Fundación|Gimnasio|Granja|Hotel|Iglesia|Instituto|Lavandería|Llantas|Mercado|Panadería|"
    r"Parroquia|Rancho|Residencial|Restaurante|Taquería|Tienda|Tortillería|Villa|Vivero|Église)"
)
_SPANISH = re.compile(
    rf"\b(?P<value>{_SPANISH_KINDS} "
    rf"(?:{_JOINS}){_NAME})"
)
_NAMED_SO = re.compile(rf"\b(?:called|named) (?P<value>{_LONG_NAME})(?![\w-])")
_DRIVES = (
    r"(?:drive|drives|drove|move|moved|moving|went|goes|go|going|walk|walks|bused|commute|"
    r"commutes)"
)
_DRIVES_TO = re.compile(
    rf"\b{_DRIVES}(?: (?:over|out|up|down|back))? to (?P<value>{_NAME})(?![\w-])"
)
_WAYS = r"(?:Way|Loop|Pike|Row|Path|Cove)"
_WAY = re.compile(
    rf"\b(?:on|off|at|down|near|by) (?P<value>(?:{_CAP} ){{1,3}}{_WAYS})\b"
)
_THE_KIND = (
    r"(?:shop|church|restaurant|salon|bakery|mosque|temple|shelter|motel|hotel|farm|ranch|"
    r"dairy|plant|factory|clinic|hospital|daycare|preschool|company|camp|neighborhood)"
)
_BEFORE_KIND = re.compile(
    rf"\b(?:[Tt]he|[Aa]t|[Ff]rom|[Nn]ear)[ ](?P<value>{_NAME})[ ]{_THE_KIND}\b"
)
# Last words of what is called after somebody or something, wherever it stands.
_PLACE = (
    r"(?:Acres|Alley|Basin|Bay|Bayou|Beach|Bend|Bluff|Bluffs|Bottoms|Branch|Bridge|Brook|"
    r"Butte|Canyon|Commons|Corner|Corners|Cove|Creek|Crest|Crossing|Dale|Estates|Falls|"
    r"Farms|Ferry|Field|Fields|Flats|Ford|Fork|Gap|Gardens|Glen|Green|Grove|Gulch|Hall|Harbor|"
    r"Heights|Hill|Hills|Hollow|Island|Junction|Knob|Knoll|Lake|Lakes|Landing|Lick|Lodge|"
    r"Manor|Marsh|Meadow|Meadows|Mesa|Mill|Mills|Mound|Narrows|Notch|Oaks|Orchard|Park|Pass|"
    r"Pines|Plains|Plaza|Point|Pond|Prairie|Quarry|Ranch|Ridge|River|Rock|Run|Shores|Siding|"
    r"Slough|Springs|Square|Station|Suites|Terrace|Towers|Trace|Vale|Valley|View|Village|"
    r"Villas|Vista|Woods|City)"
)
_BODY = (
    r"(?:Adventist|Apothecary|Assembly|Auto|Bakery|Baptist|Barbershop|Bistro|Brothers|Builders|"
    r"Cafe|Café|Catering|Chapel|Charities|Christian|Church|Cleaners|Clinic|Closet|Coalition|"
    r"Coders|Collision|Congregational|Construction|Counseling|Dairy|Daycare|Deli|Dental|"
    r"Diner|Electric|Episcopal|Farms|Fellowship|Florist|Foods|Foundation|Foundry|Garage|"
    r"Gazette|Gospel|Grill|Grocery|Gurdwara|Hardware|Herald|Hospice|Hospital|Industries|Inn|"
    r"Insurance|Journal|Kennels|Kitchen|Lab|Landscaping|Laundry|Linen|Logistics|Lutheran|"
    r"Market|Masjid|Memorial|Methodist|Ministries|Ministry|Mission|Mosque|Motel|Motors|Nails|"
    r"Nursery|Nursing|Outfitters|Outreach|Painting|Pantry|Pediatrics|Pentecostal|Pharmacy|"
    r"Pizza|Pizzeria|Playhouse|Plumbing|Poultry|Presbyterian|Produce|Publishing|Realty|Rescue|"
    r"Restaurant|Roofing|Sabbath|Sanctuary|Security|Shelter|Steel|Supply|Synagogue|"
    r"Sangat|Tabernacle|Taqueria|Taquería|Temple|Tile|Tire|Towing|Transport|Transportation|Trucking|"
    r"Welding|Works|Zion)"
)
_SCHOOL = r"(?:Collegiate|Consolidated|Latin|Magnet|Prep|Primary|Country Day|Tech|Vocational|Regional)"
_BY_LAST = tuple(
    Way(kind, re.compile(rf"(?<![\w'’-])(?P<value>(?:{_CAP}[ ](?:(?:&|and|of)[ ])?){{1,4}}{last})(?![\w'’-])"), words_of(last))
    for kind, last in (("place", _PLACE), ("organisation", _BODY), ("school", _SCHOOL))
)  # fmt: skip
# Schools for short, within a sentence: `Ridgeway HS`, not `Graduated HS`.
_SHORT = r"(?:HS|JHS|SHS|MS|Elem)"
_BY_SHORT = re.compile(
    rf"(?<=[\w,;:)] )(?P<value>(?:{_CAP}[ ]){{1,3}}{_SHORT})(?![\w-]|[ ][A-Z])"
)
_LADY = re.compile(
    rf"\b(?:at|from|near|attends?|(?:go|goes|went) to) (?P<value>Our Lady of (?:the )?{_CAP}(?: {_CAP})?)"
)
_NO_PART = word_set(
    "algebra geometry biology chemistry physics calculus statistics trigonometry psychology "
    "sociology economics civics anatomy engineering honors advanced placement government "
    "social studies language languages arts art band orchestra drama theatre theater health "
    "physical education gym pe special world global history math science english spanish "
    "french german reading writing literature homeroom advisory study hall lunch monday "
    "tuesday wednesday thursday friday saturday sunday christmas thanksgiving easter ramadan "
    "halloween eid diwali hanukkah kwanzaa passover new year years spring winter fall summer "
    "day god jesus christ allah bible quran chapter unit lesson grade level period room bus "
    "team class form section part student students parent parents teacher teachers mom dad "
    "mama papa grandma grandpa internet zoom google teams ai tv covid kindergarten first "
    "second third american black white hispanic latino asian african mexican indian native "
    "state city county public national federal united north south international"
)


def find_near_places(text: str, words: frozenset[str]) -> Iterator[NameSpan]:
    """Find places, schools and organisations by what stands before or ends their names.

    They yield to people: `from Maria Lopez` is somebody. `words` are all of the text.
    """
    if _MARK.search(text) is None:
        return
    for way in _BY_LAST:
        for match in way.find(text, words):
            name = _without_lead(match["value"])
            if not _is_somebody(name.split(" ")):
                yield from _named(way.kind, match, name, rank=3, n_known=1)
    for way, may_be in _BY_WHAT_STANDS_BEFORE:
        for match in way.find(text, words):
            if may_be is None or may_be(match):
                yield from _named(way.kind, match, match["value"], rank=8)


_MARK = re.compile(r"(?<=[\w,’'] )[A-ZÀ-Þ][\w'’-]*\w")


def _named(
    kind: str, match: re.Match[str], name: str, *, rank: int, n_known: int = 0
) -> Iterator[NameSpan]:
    if not _may_be_called(name, n_known):
        return
    end = match.end("value")
    start = end - len(name)
    is_ones = name.endswith(("'s", "’s"))
    is_church = name.startswith("Our Lady ") or (is_ones and _is_saint(name))
    if is_ones and not is_church:
        end -= 2
    rank = 4 if is_church else rank  # so not of `St. Ana's` only Ana
    found = written_as(kind, start, end, match.string, rank=rank, sure="medium")
    yield found._replace(doubt=f"a name of a {kind}, by where it stands")


def _without_lead(name: str) -> str:
    """Leave out the words at the head of a sentence that are no part of a name."""
    words = name.split(" ")
    while len(words) > 2 and folded(words[0]).lower() in function_words():
        words = words[1:]
    return " ".join(words)


def _may_be_called(name: str, n_known: int) -> bool:
    """Return whether words with capitals are a name that not everybody knows.

    The last `n_known` of them only say what it is: `Baptist`.
    """
    plain = folded(name)
    parts = re.findall(r"[^\W_]+(?:'[^\W_]+)?", plain)
    titled = [part for part in parts if not part[0].islower()]
    if (
        not titled
        or plain in allowed_phrases()
        or plain.removesuffix("'s") in allowed_phrases()
    ):
        return False
    low = [part.lower().removesuffix("'s") for part in titled]
    opens_plain = low[0] in function_words() and low[:2] != ["our", "lady"]
    if opens_plain or set(low) & (MONTHS - {"may"}):
        return False
    own = [part.removesuffix("'s") for part in titled[: len(titled) - n_known]]
    is_own = [part not in allowed_phrases() for part in own]
    if not all(is_own) and not (n_known and _has_own_name(name, own, is_own)):
        return False
    known = {form for one in low[: len(own)] for form in (one, one.removesuffix("s"))}
    return known.isdisjoint(_NO_PART) and not plain.isupper()


def _is_saint(name: str) -> bool:
    return name.startswith(("St. ", "Saint ", "Santa ", "San "))


def _has_own_name(name: str, own: list[str], is_own: list[bool]) -> bool:
    """Return whether a people is only a part of it: `St. Gabriel's Ethiopian Fellowship`."""
    return _is_saint(name) or any(
        is_strange(part) for part, one in zip(own, is_own, strict=True) if one
    )


def _is_where(cue: str, name: str) -> bool:
    """Return whether somebody may be there, go there or come from there."""
    words = [folded(word) for word in name.split(" ") if word[:1].isupper()]
    is_ones = bool(words) and words[-1].endswith("'s") and not _is_saint(name)
    if not words or is_ones or _is_given(words[0]):
        return False
    if len(words) > 1:
        is_sure = cue in _SURELY or words[0] in PLACE_BEFORE
        is_sure |= cue == "en" and words[0].lower() not in _NO_PLACE_IN_SPANISH
        return is_sure or any(map(is_strange, words))
    [word] = words
    if len(word) < 4 or not word.replace("-", "").isalpha():
        return False
    if cue in _AT and word in surnames():
        return True
    return cue in (*_AT, "in", "from", "near", "en") and is_strange(word)


_NO_PLACE_IN_SPANISH = word_set(
    "semana ano noche dia ciencias artes educacion estados navidad matematicas historia "
    "lengua formacion recursos servicios facebook google los las el la"
)
_AT = ("at", "near", "past", "outside", "behind")
_SURELY = (*_AT, "from", "hasta", "desde")


def _is_somebody(words: list[str]) -> bool:
    """Return whether a title or a given name stands before a surname that is a place's word."""
    plain = [folded(word) for word in words]
    if plain[0] in TITLES or plain[0].lower() in OFFICES:
        return True
    return plain[-1] in surnames() and len(plain) == 2 and plain[0] in given_names()


def _is_given(word: str) -> bool:
    return word in given_names() or word in given_names_that_are_words()


def is_strange(word: str) -> bool:
    """Return whether a word is no language's, or a surname that is no other word."""
    low = word.lower()
    if _is_given(word):
        return False
    if word in surnames():
        return not (is_common_word(low) or low in names_that_are_words())
    return not (is_english_word(low) or is_spanish_word(low))


def _is_called(match: re.Match[str]) -> bool:
    return not _is_given(folded(match["value"].split(" ")[0]))


def _is_there(match: re.Match[str]) -> bool:
    return _is_where(match["cue"].lower(), match["value"])


def _is_gone_to(match: re.Match[str]) -> bool:
    return _is_where("from", match["value"])


# What a thing is tells that its name is nobody's; elsewhere a further look does.
_BY_WHAT_STANDS_BEFORE: tuple[
    tuple[Way, Callable[[re.Match[str]], bool] | None], ...
] = (
    (Way("organisation", _LADY, word_set("Lady")), None),
    (Way("school", _BY_SHORT, words_of(_SHORT)), None),
    (Way("organisation", _BEFORE_KIND, words_of(_THE_KIND)), None),
    (Way("organisation", _CALLED, words_of(_KINDS)), None),
    (Way("organisation", _SPANISH, words_of(_SPANISH_KINDS)), None),
    (Way("street", _WAY, words_of(_WAYS)), None),
    (Way("organisation", _NAMED_SO, word_set("called named")), _is_called),
    (Way("place", _DRIVES_TO, words_of(_DRIVES)), _is_gone_to),
    (Way("place", _WHERE), _is_there),
)
