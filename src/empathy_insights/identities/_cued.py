"""Places, schools and organisations that the words around them give away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_insights.identities._contacts import Way, words_of, written_as
from empathy_insights.identities._spoken import NUMBER
from empathy_insights.identities._vocabulary import (
    MONTHS,
    allowed_phrases,
    folded,
    function_words,
    given_names,
    is_common_word,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import NameSpan

_CAP = r"(?:(?:St|Ste|Mt|Ft)\.|[A-ZÀ-Þ][\w'’-]*\w|[A-Z]\b|\d{1,3}(?:st|nd|rd|th)\b)"
_NAME = rf"{_CAP}(?:[ -](?:(?:of|de|la|las|los|del|and)[ ])?{_CAP}){{0,4}}"
_SIDE = r"(?:in|on|at|by|near|off|around|from|to|over|behind|across from|next to)"
_ARTICLE = r"(?:the |el |la )?"
_NOUNS = (
    r"(?:projects|houses|apartments|neighbou?rhood|trailer park|mall|rec center|"
    r"recreation center|barrio|mobile home park|subdivision|reservation)"
)
_AREA = (
    r"(?:Park|Heights|Village|Gardens|Towers|Plaza|Mall|Hills|Estates|Manor|Terrace|"
    r"Projects|Houses|Homes|Apartments|Library|Playground|Creek|Valley|Beach|Square)"
)
_BODY = (
    r"(?:Church|Ministries|Tabernacle|Mosque|Masjid|Synagogue|Temple|Parish|Cathedral|"
    r"Hospital|Clinic|Center|Centre|Foundation|Club|League|Association|Council|Institute|"
    r"University|College|Museum|Coalition|Alliance|Services|Network|Committee|Society|"
    r"Department|Union|Company|Inc|LLC|Corp|Bank|Market|Org|Theater|Theatre|Studio|Diner|"
    r"Restaurant|Bakery|Laundromat|Cafe|Café|Warehouse|Logistics|Daycare)"
)
_STOPS = (
    r"(?:store|bodega|library|church|shop|laundromat|barber ?shop|pool|playground|"
    r"station|stop|clinic|restaurant|market|gym|park|house|building)"
)
_OPENS_BODY = (
    r"(?:Church|Temple|Iglesia|Parroquia|Templo|Centro|Hospital|Masjid|Club|"
    r"University|College|Museum|Friends)"
)
_PLACES = (
    Way("street", re.compile(
        rf"\b(?:at|on|by|near|off|around|[Cc]orner of)(?: the corner of)? (?P<value>(?:[A-Z]\w*(?:-\w+)?|"
        rf"\d+(?:st|nd|rd|th)) (?:and|&|y) {_CAP})(?!['’]|[ -][A-Z])"
    )),
    Way("place", re.compile(
        rf"\b(?:live[sd]?|living|sta(?:y|ys|yed|ying)|house|apartment|moved|grew up|"
        rf"neighbou?rhood|vive|vivo|vivimos|viven|born|came|come|comes|family(?: is)?|"
        rf"vengo|venimos|vino)(?: (?:over|right|down|up|out|back|here|all|just|way|close))*"
        rf" (?:{_SIDE}|en|de|cerca de)(?: (?:over|there|from))? {_ARTICLE}(?P<value>{_NAME})"
    ), word_set(
        "live lives lived living stay stays stayed staying house apartment moved grew "
        "neighborhood neighbourhood vive vivo vivimos viven born came come comes family "
        "vengo venimos vino"
    )),
    Way("street", re.compile(
        rf"\b{_STOPS}"
        rf"(?: (?:over|down|up|right|is|that's))* (?:on|off|at|by) (?P<value>{_NAME})"
    ), words_of(_STOPS) | {"barbershop"}),
    Way("place", re.compile(rf"\b(?P<value>{_NAME}) {_NOUNS}\b"), word_set(
        "projects houses apartments neighborhood neighbourhood trailer mall rec "
        "recreation barrio mobile subdivision reservation"
    )),
    Way("place", re.compile(
        rf"\b(?P<value>(?:{_CAP} ){{1,3}}{_AREA})\b"
        r"(?! (?:High|Middle|Elementary|School|Academy))"
    ), words_of(_AREA)),
    Way("organisation", re.compile(
        rf"\b(?P<value>(?:{_CAP} (?:(?:of|for|and) )?){{1,4}}{_BODY})\b"
    ), words_of(_BODY)),
    Way("organisation", re.compile(
        rf"\b(?P<value>{_OPENS_BODY} (?:of |de |la |del |for )*{_NAME})"
    ), words_of(_OPENS_BODY)),
    Way("organisation", re.compile(
        r"\b(?:work(?:s|ed|ing)?|job|shifts?|volunteer(?:s|ed)?|intern(?:s|ed)?|trabaja(?:mos)?|trabajo)"
        rf"(?: \w+)? (?:at|for|with|en|over at) {_ARTICLE}(?P<value>{_NAME})"
    ), word_set(
        "work works worked working job shift shifts volunteer volunteers volunteered intern "
        "interns interned trabaja trabajamos trabajo"
    )),
)  # fmt: skip
_OF_SCHOOLS = (
    r"(?:[Ee]scuela|[Pp]rimaria|[Ss]ecundaria|[Pp]repa(?:ratoria)?|[Cc]olegio|"
    r"[Ll]iceo|[Kk][ií]nder)"
)
_SHOPS = (
    r"(?:Starbucks|Walmart|Target|Walgreens|CVS|Costco|Kroger|Aldi|Dunkin['’]?|Subway|"
    r"Chipotle|KFC|Popeyes|Safeway|Publix|Wawa|McDonald['’]s|Wendy['’]s|Denny['’]s)"
)
_SURE = (
    Way("street", re.compile(
        rf"\b{_SHOPS} (?:over |down |up )?(?:on|off) (?P<value>{_CAP})(?!['’\w]|[ -][A-Z])"
    ), word_set(
        "Starbucks Walmart Target Walgreens CVS Costco Kroger Aldi Dunkin Subway Chipotle KFC "
        "Popeyes Safeway Publix Wawa McDonald Wendy Denny"
    )),
    Way("school", re.compile(
        r"\b(?:zoned (?:for|to)|transferr?(?:s|ed|ing)? (?:\w+ )?(?:to|from|out of)|graduated "
        r"from|enroll?(?:s|ed|ing)? (?:at|in)|feeds? into|kicked out of|"
        rf"expelled from|got into|accepted (?:to|at)|applied to) (?P<value>{_NAME})"
    ), word_set(
        "zoned transfer transfers transfered transferred transfering transferring graduated "
        "enrol enroll enrols enrolls enroled enrolled enroling enrolling feed feeds kicked "
        "expelled got accepted applied"
    )),
    Way("school", re.compile(
        rf"\battend(?:s|ed|ing)? (?P<value>(?=[A-Z][a-z]){_NAME})"
    ), word_set("attend attends attended attending")),
    Way("school", re.compile(
        rf"\b(?:at|to|from|in) (?P<value>{_NAME}),? (?:the|a|an|our|which is the|that) "
        r"(?:\w+ ){0,2}(?:school|academy|charter|campus|kindergarten|high school)\b"
    ), word_set("school academy charter campus kindergarten")),
    Way("school", re.compile(
        rf"\b(?:[Ww]e|[Tt]hey|us|team) (?:played|beat|lost to|faced|swept) (?P<value>{_NAME})"
        r"|\b(?:[Aa]gainst|[Vv]ersus|vs\.?) (?P<other>(?:North|South|East|West|Central)\w*)\b"
    ), word_set("played beat lost faced swept against Against versus Versus vs")),
    Way("school", re.compile(
        r"\b(?:at|to|from|for|over at) (?P<value>(?:North|South|East|West)(?:east|west)?|Central)"
        r"\b(?![ -][A-Z]|['’])"
    ), word_set(
        "North South East West Northeast Northwest Southeast Southwest Central Eastwest "
        "Westeast Easteast Westwest"
    )),
    Way("school", re.compile(
        rf"\b[Tt]he (?P<value>{_NAME}) (?:campus|school|side of campus)\b"
    ), word_set("campus school side")),
    Way("school", re.compile(
        rf"\b(?P<value>{_OF_SCHOOLS}(?: (?:primaria|secundaria|preparatoria|pública|técnica))? "
        rf"{_NAME})"
    ), word_set(
        "Escuela escuela Primaria primaria Secundaria secundaria Prepa prepa Preparatoria "
        "preparatoria Colegio colegio Liceo liceo Kinder kinder Kínder kínder"
    )),
    Way("school", re.compile(
        rf"\b(?P<value>{_CAP}(?: {_CAP}){{0,3}} Arts and Sciences|{_CAP} Tech|{_CAP} Prep)\b"
    ), word_set("Arts Tech Prep")),
    Way("team", re.compile(
        rf"\b(?:[Tt]he|[Oo]ur) (?P<value>{_NAME} (?:JV|[Vv]arsity))\b|"
        rf"\b(?:[Ww]e['’]re|[Ww]e are) the (?P<other>(?:{_CAP} )+{_CAP}s)\b"
    ), word_set("JV varsity Varsity re are")),
)  # fmt: skip
_CALLE = Way("street", re.compile(
    r"\b(?P<value>(?:(?:la|el) )?(?:[Cc]alle|[Aa]venida|[Aa]v\.|[Cc]olonia|[Cc]allejón|"
    r"[Cc]arretera|[Pp]aseo|[Bb]oulevard|[Cc]alzada|[Bb]arrio|[Pp]asaje|[Rr]ue) "
    rf"(?:de )?(?:las? |los |el )?(?:{_NAME}|{NUMBER})"
    rf"(?P<number>,? (?:(?:número|numero|núm\.?|no\.|#) ?)?(?:\d+\w?|{NUMBER})\b)?)"
), word_set(
    "Calle calle Avenida avenida Av av Colonia colonia Callejón callejón Carretera "
    "carretera Paseo paseo Boulevard boulevard Calzada calzada Barrio barrio Pasaje "
    "pasaje Rue rue"
))  # fmt: skip
_ANY_BODY = word_set(
    "Church Mosque Masjid Synagogue Temple Parish Cathedral Hospital Tabernacle Ministries "
    "University College"
)
_NO_PLACE = word_set(
    "google high middle school class grade math science english home online zoom spanish "
    "french language arts history lunch homeroom advisory christmas thanksgiving easter "
    "god internet student parent teacher community public national federal state city "
    "university research college library department young people education county "
    "american african main my the our this that every each good bad old new "
    "mondays tuesdays wednesdays thursdays fridays saturdays sundays monday tuesday wednesday "
    "thursday friday saturday"
)


# A capital that opens no sentence, or a number: without one there is no name of a place.
_MARK = re.compile(r"(?<=[^.?!:\n\s] )(?!I\b)[A-ZÀ-Þ]|\d|[Cc]alle")


def find_cued(text: str, words: frozenset[str]) -> Iterator[NameSpan]:
    """Find places, schools, teams and organisations by a cue and a capital.

    `words` are all words of the text.
    """
    if _MARK.search(text) is None:
        return
    for match in _CALLE.find(text, words):
        kind = "address" if match["number"] else "street"
        yield written_as(kind, *match.span("value"), text, rank=3, sure="medium")
    for way in _SURE:
        yield from _capitals(way.kind, way.find(text, words), is_sure=True)
    for way in _PLACES:
        yield from _capitals(way.kind, way.find(text, words), is_sure=False)


def _capitals(
    kind: str, matches: Iterator[re.Match[str]], *, is_sure: bool
) -> Iterator[NameSpan]:
    for match in matches:
        text = match.string
        group = "value" if match["value"] else "other"
        start, end = match.span(group)
        words = match[group]
        if kind == "street" and " and " in words:
            if _are_streets(words):
                yield written_as(kind, start, end, text, rank=3, sure="medium")
            continue
        if _may_be_place(kind, words, is_sure=is_sure):
            yield written_as(kind, start, end, text, rank=3, sure="medium")


def _are_streets(words: str) -> bool:
    """Return whether two words may be streets, and neither people nor known things."""
    sides = [folded(word) for word in words.split() if word[:1].isupper()]
    are_people = all(word in given_names() for word in sides)
    are_things = any(
        word in allowed_phrases() or re.search(r"\w[A-Z]|^[A-Z]$", word)
        for word in sides
    )
    is_a_shop = sides[-1].endswith("'s")  # `at Salt and Straw's`
    return not (are_people or are_things or is_a_shop)


def _may_be_place(kind: str, words: str, *, is_sure: bool) -> bool:
    """Return whether words with capitals are a name that not everybody knows."""
    plain = folded(words)
    parts = re.findall(r"[^\W_]+", plain)
    low = [part.lower() for part in parts]
    if not parts or low[0] in function_words() or set(low) & MONTHS - {"may"}:
        return False
    if plain in allowed_phrases() and not is_sure:
        return False
    if is_sure:
        return not all(part in _NO_PLACE for part in low)
    if kind == "place" and len(parts) > 1 and not set(low) & _NO_PLACE:
        return True
    if set(parts[-1:]) & _ANY_BODY and len(parts) > 1 and parts[-2] not in _ANY_BODY:
        return True
    return any(_is_telling(part) for part in parts)


def _is_telling(part: str) -> bool:
    low = part.lower()
    if low in _NO_PLACE or part in allowed_phrases():
        return False
    is_name = part in surnames() or part in given_names()
    is_code = re.search(r"\w[A-Z]", part) is not None
    return is_name or part[0].isdigit() or not (is_code or is_common_word(low))
