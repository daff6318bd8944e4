"""Numbers that are somebody's own: ids, codes, lockers, licence plates, jerseys."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CUE_OF_ID = (
    r"\b(?:id|ids|pin|iep|student|lunch|badge|locker|case|account|code|combination|permit|"
    r"licen[cs]e|policy|passport|medicaid|referral|library card|caso|expediente|matrícula|"
    r"matricula|identificación|clave|código|casillero|número de \w+)(?: (?:number|num|no|"
    r"code|card|id|pin|combo|combination|de \w+))*\.?(?:['’]s)?"
    r"(?:[,?]? (?:is|was|says|said|starts with|es|era|dice|um|uh|like|it's|its|number|to))*[:#,?]?"
)
ID_CUE = re.compile(rf"{_CUE_OF_ID} ?$", re.IGNORECASE)
_ID = re.compile(
    rf"{_CUE_OF_ID} #?(?P<value>[A-Z]{{0,4}}-?\d[\dA-Z]*(?:-[\dA-Z]+)*)(?![\w/]|[.,]\d)",
    re.IGNORECASE,
)
# A locker's number is short, and counts doors where one of these follows.
_LOCKER = re.compile(
    r"\b(?:lockers?|casilleros?)(?:(?: key)?,?(?: is| was| es| era| number| no\.?| num| número)*,?)? ?#?"
    r"(?P<value>\d{1,4}[A-Z]?)(?!\w|[:.,/-]\d| (?:doors?|down|floors?|feet|minutes?|times?|kids|"
    r"students|of|or|to|years|days|weeks|lockers|dollars)\b)",
    re.IGNORECASE,
)
# What opens something of theirs: `the pin for my Chromebook is 4471`.
_CODE = re.compile(
    r"\b(?:pin|code|passcode|password|combo|combination|clave|contraseña) (?:for|to|of|on|de|del|para) "
    r"(?:the|my|his|her|their|our|mi|su|la|el) [\w']+(?: \w+)?(?: is| was| es| era|:) #?"
    r"(?P<value>\d{4,8})(?![\w/]|[.,:]\d)",
    re.IGNORECASE,
)
# `plate number KXR 4421`, `the plates say 7ABC123`: letters and digits, or digits behind a verb.
_PLATE = re.compile(
    r"\b(?:plates?|tags?|placas?)(?: number| num\.?| no\.?| número)?"
    r"(?:[,:]| is| was| are| were| says?| said| reads?| es| era| son)* #?"
    r"(?P<value>(?=[A-Z0-9 -]{0,4}[A-Z])(?=[A-Z0-9 -]{0,7}\d)[A-Z0-9]{1,4}[ -]?[A-Z0-9]{2,5}(?:-[A-Z0-9]{1,3})?)"
    r"(?!\w|[.,:/]\d)"
)
# In small letters, or where all are capitals: three letters and three or four digits.
_PLATE_SPOKEN = re.compile(
    r"\b(?:plates?|placas?)(?: number| num\.?| no\.?| número)?(?:[,:]| is| was| says?| said| reads?| es| era| son)* #?"
    r"(?P<value>(?!and|for|the|has|had|was|are|all|but|one|two|six|ten|per|our|her|his|por|con|los|las|dos)[a-z]{3}[ -]?\d{3,4}|"
    r"\d[a-z]{3}\d{3})(?!\w|[.,:/]\d)",
    re.IGNORECASE,
)
_COMBO = re.compile(
    r"\b(?:combo|combination|combinación)(?:[,:]| is| was| es| era)* #?(?P<value>\d{1,2}(?:-|, ?| )\d{1,2}(?:-|, ?| )\d{1,2})(?![\w-])",
    re.IGNORECASE,
)
_ALIEN = re.compile(r"(?<![\w-])(?P<value>A[ -]?\d{2,3}(?:[ -]\d{3}){2})(?![\w-])")
# Who somebody is on a team: everybody there can tell.
_JERSEY = re.compile(
    r"(?:\b(?:wears?|wore|wearing|jersey|uniform)(?: number| no\.?| is| was)*|(?:\bnumber|\bno\.|#) ?(?=\d+ "
    r"(?:on|for|in) (?:the|my|our|his|her|their) (?:[\w-]+ ){0,2}(?:team|squad|varsity|jv)\b)) ?#?"
    r"(?P<value>\d{1,2})(?!\w|[:.,/-]\d| (?:times?|days|weeks|years|hours|of|or|to|sizes?|"
    r"shirts?|layers?|pairs?|different|jerseys|uniforms)\b)",
    re.IGNORECASE,
)
_SHORT = (_LOCKER, _CODE, _PLATE, _PLATE_SPOKEN, _COMBO, _ALIEN, _JERSEY)


def own_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where numbers stand that tell who somebody is, by what is said before them.

    Examples
    --------
    >>> words = "My locker is 609, and he is number 23 on the soccer team."
    >>> [words[start:end] for start, end in own_numbers(words)]
    ['609', '23']
    """
    for match in _ID.finditer(text):
        if sum(map(str.isdigit, match["value"])) > 3:
            yield match.span("value")
    for pattern in _SHORT:
        yield from (match.span("value") for match in pattern.finditer(text))
