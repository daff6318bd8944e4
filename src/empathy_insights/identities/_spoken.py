"""Mail, phones, ids, dates of birth and user names as people say them aloud."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from empathy_insights.identities._own_numbers import ID_CUE, own_numbers
from empathy_insights.identities._unknown_words import is_unknown
from empathy_insights.identities._vocabulary import (
    NEVER_WORDS,
    folded,
    function_words,
    given_names,
    is_common_word,
    word_set,
)
from empathy_insights.identities._word_spans import NameSpan

# Numbers as people say them, in English and Spanish: `five five five, forty-two`.


_DIGITS = tuple(
    "zero oh one two three four five six seven eight nine cero uno una dos tres cuatro "  # noqa: SIM905
    "cinco seis siete ocho nueve o".split()
)
_TEENS = tuple(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen diez "  # noqa: SIM905
    "once doce trece catorce quince dieciséis dieciseis diecisiete dieciocho diecinueve "
    "veinte veintiuno veintidós veintidos veintitrés veintitres veinticuatro veinticinco "
    "veintiséis veintiseis veintisiete veintiocho veintinueve".split()
)
_TENS = tuple(
    "twenty thirty forty fourty fifty sixty seventy eighty ninety treinta cuarenta "  # noqa: SIM905
    "cincuenta sesenta setenta ochenta noventa".split()
)


SPOKEN_NUMBERS = frozenset((*_DIGITS, *_TEENS, *_TENS, "double", "triple"))


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_SAID_DIGIT = rf"(?:{_any(_DIGITS)})"
_TEN = rf"(?:{_any(_TENS)})(?:[ -](?:y )?(?:{_any(_DIGITS[1:])}))?"
_HUNDRED = rf"{_SAID_DIGIT} hundred(?: and)?|(?:double|triple) {_SAID_DIGIT}"
NUMBER = rf"\b(?:{_HUNDRED}|{_TEN}|{_any(_TEENS)}|{_SAID_DIGIT}|\d{{1,4}})\b"
SAID_NUMBER = rf"(?:(?:{_HUNDRED})(?: (?:{_TEN}|{_any(_TEENS)}|{_SAID_DIGIT}))?|{_TEN}|{_any(_TEENS)}|{_SAID_DIGIT}(?: (?:{_TEN}|{_any(_TEENS)}|{_SAID_DIGIT}))+)\b"
BETWEEN = r"(?:[ ,.–—-]{1,3}|,? (?:and|then|dash|hyphen|y|luego|guion|guión|uh|um),? )"
_ONE = re.compile(NUMBER, re.IGNORECASE)


def has_words(run: str) -> bool:
    """Return whether a run of numbers is said in words, not written in digits."""
    return any(not match.group().isdigit() for match in _ONE.finditer(run))


def n_digits(run: str) -> int:
    """Count the digits that a run of numbers stands for.

    Examples
    --------
    >>> n_digits("five five five, forty-two twelve"), n_digits("double oh 7, doce")
    (7, 5)
    """
    return sum(_width(match.group().lower()) for match in _ONE.finditer(run))


def _width(number: str) -> int:
    if number.isdigit():
        return len(number)
    first = number.split(maxsplit=1)[0]
    if first == "triple" or " hundred" in number:
        return 3
    return 1 if number in _DIGITS else 2


def is_counting(run: str) -> bool:
    """Return whether somebody counts: one, two, three; ten, twenty, thirty.

    Examples
    --------
    >>> is_counting("one two three four five six seven"), is_counting("two one five nine")
    (True, False)
    """
    places = [_place(match.group().lower()) for match in _ONE.finditer(run)]
    steps = {b - a for a, b in pairwise(places)}
    return len(steps) == 1 and 0 not in steps


def _place(number: str) -> int:
    if number.isdigit():
        return int(number)
    english = _DIGITS[:11]
    spanish = [word for word in _DIGITS[11:] if word != "una"]
    for words, start in ((english, -1), (_TENS, 100), (_TEENS, 200)):
        if number in words:
            return max(words.index(number) + start, 0)
    return spanish.index(number) + 50 if number in spanish else 999


_DOT = r"(?: (?:dot|period|punto) |\.)"
_BAR = r"(?: (?:underscore|guion bajo|guión bajo) |_)"
_LINK = rf"(?:{_DOT}|{_BAR}| (?:dash|hyphen|guion|guión) |-)"
_WORD = r"[^\W_]+"
_LAST = r"(?:com|org|net|edu|gov|us|io|co|mx|es|uk|ca|k12)"
_SITES = r"(?:gmail|hotmail|yahoo|outlook|icloud|aol|protonmail)"
_MAIL = re.compile(
    rf"(?<![\w@.])(?P<local>{_WORD}(?:{_LINK}{_WORD})*(?: {NUMBER})*)"
    rf" (?:at|arroba) (?:the )?(?:{_WORD}(?:{_LINK}{_WORD})*?{_DOT}{_LAST}"
    rf"(?:{_DOT}{_LAST})*|{_SITES})\b",
    re.IGNORECASE,
)
_SITE = re.compile(
    rf"\b{_WORD}(?: (?:dot|punto) {_WORD})* (?:dot|punto) {_LAST}"
    rf"(?: (?:slash|diagonal) {_WORD})*\b",
    re.IGNORECASE,
)
_UNDERSCORED = re.compile(
    rf"(?:\b(?P<first>{_WORD}) )?\b(?:underscore|guion bajo|guión bajo) {_WORD}"
    rf"(?: (?:underscore|dot|guion bajo|guión bajo) {_WORD})*(?: {NUMBER})*",
    re.IGNORECASE,
)
_ACCOUNT = (
    r"(?:user ?names?|screen ?names?|gamer ?tags?|tags?|handles?|log-?ins?|accounts?|insta|"
    r"instagram|snap|snapchat|tik ?tok|discord|roblox|xbox|psn|twitter|ig|usuario|cuenta|"
    r"passwords?|contraseña)"
)
_USER_NAME = re.compile(
    rf"\b{_ACCOUNT}(?: name)?(?: (?:is|was|es|era)|'s|:| =)+,? (?:like |just |at |@)?"
    rf"[\"“']?(?P<value>@?\w+(?:[.\-_]\w+| (?:dot|underscore|dash) \w+)*)",
    re.IGNORECASE,
)
_ON_ACCOUNT = re.compile(
    rf"(?<![\w@.])(?P<value>\w+(?:[._]\w+)+|[^\W\d_]+\d\w*|(?:at )?\w+(?: dot \w+)+)[\"”']? (?:on|en) "
    rf"(?:my |the )?(?:everything|{_ACCOUNT})\b",
    re.IGNORECASE,
)
# `On snap jaylen.pxrker`, `on tiktok she is its.just.amariah`: with a sign or a digit in it.
_AT_ACCOUNT = re.compile(
    rf"\b(?:on|en) (?:my |his |her |the )?{_ACCOUNT}(?P<link>,? (?:as|at|it's|its|he's|she's|i'm|im|"
    rf"(?:he|she|they|it|i) (?:is|am|are)|under|called|named)| @)?,? "
    rf"(?P<value>(?![\w.]*\.(?:{_LAST})\b)[a-z]\w+(?:\.\w+)+|[a-z]\w*[^\W_]_\w+|"
    r"(?(link)[a-z]{2,}\d\w*|(?!)))",
    re.IGNORECASE,
)
# `Log-in jsmith27 and pass Tigers2026`: letters and digits, said as what opens something.
_LOG_IN = re.compile(
    r"\b(?:log[- ]?ins?|user ?names?|user|account)(?: (?:name|is|was|it's)|:)*,? "
    r"(?P<value>(?=[a-z._]*\d)[a-z]{2}[\w.]{2,}(?<!\.))"
    r"(?:(?:,| /)? ?(?:and |with |my |the |is )*(?:pass|pw|pwd|pass ?code|password)\b"
    r"(?: (?:is|was)|:)*,? (?P<secret>(?=\S*\d)[^\s.,;?]{4,}))?",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"\b(?:(?:pw|pwd|pass ?code|password)\b(?: (?:is|was)|:| =)*|pass(?:: | is | = )) ?"
    r"(?P<value>(?=\S*\d)(?=\S*[a-z])[a-z][^\s.,;?]{4,})",
    re.IGNORECASE,
)
# `#FreeBrexlynn`: a name behind what is called out for somebody.
_CALLED_OUT = re.compile(
    r"(?<![\w&])#(?i:free|justicefor|rip|pray(?:er)?sfor|longlive|happybirthday|wemiss|welove)_?"
    r"(?P<value>[A-Z][a-z]{3,})(?:[A-Z][a-z]+)?(?![\w])"
)
_TAG = re.compile(r"(?<![\w@./-])[a-z][a-z0-9]*(?:[._][a-z0-9]+)+(?![\w@/-]|\.\w)")

_ENDINGS = word_set("csv doc docx html json md odt pdf qdpx rtf srt tsv txt vtt xlsx")

_PHONE_CUE = re.compile(
    r"\b(?:phone|cell|call|called|text|reach|number|dial|whatsapp|teléfono|telefono|"
    r"celular|número|numero|llam\w+)\b[^.?!]*$",
    re.IGNORECASE,
)
_OF_WHOM = r"(?: (?:of|for) (?:my|his|her|our|the) \w+)?(?:,? it)?"
_BIRTH_CUE = (
    r"(?:\bborn(?: on)?|\bbirth ?days?|\bbirth ?date|\bdate of birth|\bd\.?o\.?b\b\.?|"
    r"\bnac(?:í|i|ió|io)(?: el)?|\bfecha de nacimiento|\bcumplea[ñn]os|\bb-?days?)"
)
_FILLER = r"(?:['’]s|,? (?:is|was|on|um|uh|like|es|era|fue|which|que|it's|that's)\b,?|[:,=-]| )*"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|"
    r"mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b\.?"
)
_ORDINAL = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|"
    r"ninth|tenth|eleventh|twelfth|\w+teenth)|twentieth|thirtieth|primero"
)
_YEAR = (
    rf"(?:two thousand(?: and)?(?: {NUMBER})?|dos mil(?: {NUMBER})?|"
    rf"(?:nineteen|twenty)[ -]{NUMBER}|\d{{4}}|['’]\d\d|{NUMBER}(?:[ -]{NUMBER})?)"
)
_DAY = rf"(?:the |el )?(?:{_ORDINAL}|{NUMBER}|\d{{1,2}}(?:st|nd|rd|th))\b"
_DAY_OF_MONTH = (
    rf"(?:{_MONTH},? {_DAY}(?:,? (?:of |in |de |del )?{_YEAR})?|"
    rf"{_DAY} (?:of |de )?{_MONTH}(?:,? (?:of |in |de |del )?{_YEAR})?)"
)
_DATE = (
    rf"(?:{_DAY_OF_MONTH}|"
    rf"{NUMBER}(?:{BETWEEN}{NUMBER}){{1,4}}|\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?)"
)
# `Turned thirteen on June ninth`, `cumplo años el 9 de junio`.
_OF_AGE = (
    rf"\b(?:turn(?:s|ed|ing)? {NUMBER}|cumpl\w+ (?:{NUMBER}(?: años| anos)?|años|anos))"
    r"(?:,? (?:years old|on|this|last|next|el|este|pasado|um|uh|like)\b)*,? "
)
# `And mine is June sixth`, `but the paper says January first`.
_BESIDE = (
    r"\b(?:mine|hers|his|theirs|yours|(?:the )?others?|twin|brother|sister|son|daughter|cousin|"
    r"paper|papers|form|forms|it|they|school|not|la mía|el mío)"
    r"(?:['’]s|,? (?:is|was|says?|said|has|have|had|puts?|wrote|on|es|era|dice|born|um|uh))* "
    rf"(?P<value>{_DAY_OF_MONTH})(?!\w)"
)
_REST_OF_SENTENCE = re.compile(r"[^.?!\n]{0,160}")
_RUN = re.compile(rf"{NUMBER}(?:{BETWEEN}{NUMBER}){{2,}}", re.IGNORECASE)
_BORN = ("born", "birth", "nac", "cumpl", "bday", "b-day", "turn")
_DOB = re.compile(r"d\.?o\.?b")


@cache
def _birth_patterns() -> tuple[re.Pattern[str], ...]:
    """Return what finds a date of birth, and one beside it: large, and few texts have one."""
    patterns = (
        rf"{_OF_AGE}(?P<value>{_DAY_OF_MONTH})(?!\w)",
        rf"{_BIRTH_CUE}{_OF_WHOM}{_FILLER}(?P<value>{_DATE})(?!\w)",
        rf"(?<!\w)(?P<value>{_DATE}),? (?:is|was|es|era) "
        rf"(?:\w+['’]s |my |his |her |their |mi |su )?(?:birthday|date of birth|cumplea)",
        _BESIDE,
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def find_spoken(text: str) -> Iterator[NameSpan]:
    """Find what is spelled out in spoken words, and user names by their cue."""
    low = text.lower()
    every = ANY_WORD.findall(low)
    words = frozenset(every)
    if not words.isdisjoint(SPOKEN_NUMBERS) and _are_three(every):
        yield from _numbers(text)
    if _DIGIT.search(text):
        yield from _ids(text)
    if any(cue in low for cue in _BORN) or _DOB.search(low):
        yield from _births(text)
    if not words.isdisjoint(_SIGNS):
        yield from _mails(text)
        yield from _handles(text)
    if "#" in text:
        yield from _called_out(text)
    if not words.isdisjoint(_ACCOUNTS):
        yield from _user_names(text)


ANY_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_SIGNS = word_set("dot period punto arroba underscore bajo gmail hotmail yahoo outlook")
_ACCOUNTS = word_set(
    "user username usernames screen screenname gamer gamertag tag tags handle handles log "
    "login logins account accounts insta instagram snap snapchat tik tiktok discord roblox "
    "xbox psn twitter ig usuario cuenta password passwords contraseña everything pw pwd pass "
    "passcode"
)


def _are_three(words: Iterable[str]) -> bool:
    """Return whether there are enough numbers for a run of them."""
    return sum(word in SPOKEN_NUMBERS or word.isdigit() for word in words) > 2


def _ids(text: str) -> Iterator[NameSpan]:
    for span in own_numbers(text):
        yield _found("student id", *span)
    for match in _TAG.finditer(text):
        *parts, last = re.split(r"[._]", match.group())
        words = [part for part in parts if not part.isdigit()]
        is_file = last in _ENDINGS and all(map(_is_plain, words))
        has_number = last.isdigit() or len(words) < len(parts)
        is_account = len(parts) > 1 and has_number
        if (is_account or _names_somebody(parts[0], last)) and not is_file:
            yield _found("handle", match.start(), match.end())


def _names_somebody(first: str, last: str) -> bool:
    """Recognise the account of `ana.ruiz09`: a given name, and a word with digits."""
    is_given = first.title() in given_names() or first in NEVER_WORDS
    return is_given and _COUNTED.fullmatch(last) is not None


_COUNTED = re.compile(r"[^\W\d_]{2,}\d{1,4}")


def _births(text: str) -> Iterator[NameSpan]:
    """Find days of birth, and others that the same sentence lays beside one."""
    *patterns, beside = _birth_patterns()
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield _found("date of birth", *match.span("value"))
            rest = _REST_OF_SENTENCE.match(text, match.end())
            for other in beside.finditer(text, match.end(), rest.end() if rest else 0):
                yield _found("date of birth", *other.span("value"))


def _numbers(text: str) -> Iterator[NameSpan]:
    for match in _RUN.finditer(text):
        run = match.group()
        if is_counting(run) or not has_words(run):
            continue
        before = text[max(0, match.start() - 60) : match.start()]
        length = n_digits(run)
        if ID_CUE.search(before) and length > 2:
            yield _found("student id", match.start(), match.end())
        elif 7 <= length <= 13 or (length > 4 and _PHONE_CUE.search(before)):
            yield _found("phone", match.start(), match.end())


def _mails(text: str) -> Iterator[NameSpan]:
    for match in _MAIL.finditer(text):
        if match["local"].lower() not in function_words() or "arroba" in match.group():
            yield _found("e-mail", match.start(), match.end())
    for match in _SITE.finditer(text):
        yield _found("link", match.start(), match.end())


def _handles(text: str) -> Iterator[NameSpan]:
    for match in _UNDERSCORED.finditer(text):
        first = match["first"]
        is_word = first is not None and _is_plain(first)
        yield _found(
            "handle", match.end("first") + 1 if is_word else match.start(), match.end()
        )


def _user_names(text: str) -> Iterator[NameSpan]:
    for match in _USER_NAME.finditer(text):
        if not all(_is_plain(word) for word in re.split(r"[ ._-]", match["value"])):
            yield _found("handle", *match.span("value"))
    for pattern in (_ON_ACCOUNT, _AT_ACCOUNT, _LOG_IN, _SECRET):
        yield from _values("handle", pattern, text)
    for match in _LOG_IN.finditer(text):
        if match["secret"]:
            yield _found("handle", *match.span("secret"))


def _called_out(text: str) -> Iterator[NameSpan]:
    """Find names that no dictionary has in `#FreeBrexlynn`, not in `#FreePalestine`."""
    for match in _CALLED_OUT.finditer(text):
        if is_unknown(folded(match["value"]).lower()):
            yield _found("handle", *match.span("value"))._replace(rank=8)


def _is_plain(word: str) -> bool:
    low = folded(word).lower()
    return not low or low in function_words() or is_common_word(low)


def _values(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[NameSpan]:
    for match in pattern.finditer(text):
        yield _found(kind, *match.span("value"))


def _found(kind: str, start: int, end: int) -> NameSpan:
    return NameSpan(start, end, kind, "pattern", f"{kind}:", "medium", rank=1)
