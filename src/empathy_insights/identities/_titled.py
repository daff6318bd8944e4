"""Find people by a title before their name."""

from __future__ import annotations

from collections.abc import Sequence

from empathy_insights.identities._index import Index
from empathy_insights.identities._listed import WHO_MISSES, is_title
from empathy_insights.identities._name_ends import (
    DAYS,
    OF_SUBJECT,
    is_never_name,
    is_no_name,
    names_a_thing,
    person_found,
    surname_end,
)
from empathy_insights.identities._vocabulary import (
    AUXILIARIES,
    DETERMINERS,
    FAMILY_TITLES,
    HUMAN_VERBS,
    LOWER_TITLES,
    MONTHS,
    NEVER_WORDS,
    OFFICES,
    ROLE_OF_TITLE,
    allowed_phrases,
    function_words,
    given_names,
    given_names_that_are_words,
    is_common_word,
    is_english_word,
    is_shouted_word,
    is_spanish_word,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import NameSpan, Word


def find_titled(
    tokens: Sequence[Word], at: int, index: Index
) -> tuple[int, NameSpan] | None:
    """Find a title and a name, or the name alone where fillers stand between them."""
    n = _n_fillers(tokens, at)
    if not n:
        return _titled(tokens, at, index)
    name = tokens[at + n + 1]
    near = [tokens[at], name._replace(gap=" "), *tokens[at + n + 2 :][:_LONGEST]]
    found = _titled(near, 0, index)
    return found and (at + n + found[0], found[1]._replace(start=name.start))


def _titled(
    tokens: Sequence[Word], at: int, index: Index
) -> tuple[int, NameSpan] | None:
    if at + 1 >= len(tokens) or not (is_title(tokens, at) or _is_vice(tokens, at)):
        return None
    first = tokens[at + 1]
    if first.low in _TITLES_ONLY:  # who says `Mr. Mr. Lopez` says one of them again
        return None
    kind = _kind_of_title(tokens[at].word)
    if _is_small_letter(tokens, at):
        return _by_letters(tokens, at, index)
    if (stop := _end_in_one_case(tokens, at)) > at:
        return stop, _named_in_one_case(tokens, at, stop)
    if not first.is_capitalised or _is_clause(tokens, at):
        return None
    if len(first.word) == 1:
        return _by_letters(tokens, at, index)
    is_surname = _is_titled_surname(tokens, at)
    is_word = is_no_name(first) or (
        tokens[at].low in OFFICES and is_english_word(first.low)
    )
    if (is_word and not is_surname) or is_shouted_word(first.word):
        return None
    stop = surname_end(tokens, at + 2)
    start = at + _is_vice(tokens, at)
    return stop, person_found(tokens, start, at + 1, stop, kind, "pattern", "high")


def _is_vice(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `AP Lindqvist-Rowe` and `VP Castellano`, not `AP Lang` and `AP Biology`."""
    name = tokens[at + 1]
    if tokens[at].word not in ("AP", "VP") or name.gap != " " or not name.is_titled:
        return False
    if name.word in allowed_phrases() | _COURSES or is_never_name(name):
        return False
    return name.word in surnames() or not is_english_word(name.low)


_COURSES = word_set(
    "Art Music World English French Bio Calc Capstone Chem Comp Csa Csp Econ Enviro Envi Euro Gov Lang Lit Macro Micro Physics "
    "Precalc Psych Stats Ush Apush"
)


def _by_letters(
    tokens: Sequence[Word], at: int, index: Index
) -> tuple[int, NameSpan] | None:
    if tokens[at + 1].word == "I":
        return None
    stop = at + 3 if _has_second_letter(tokens, at) else at + 2
    return stop, _lettered(tokens, at, stop, index)


def _is_titled_surname(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a title stands before a surname that is also another word: `Mr. Brown`.

    After Mr., Mrs. and Ms. anything that is no office is a name; after other titles only
    what is known as a surname is, but no day and no month.
    """
    title, name = tokens[at].low, tokens[at + 1]
    if not name.is_titled or name.gap not in (" ", ". "):
        return False
    if name.low in OFFICES or names_a_thing(tokens, at + 1):
        return False
    if tokens[at].word == "MS" and name.word in allowed_phrases():  # `MS Word`
        return False
    if title in _ONLY_BEFORE_NAMES:
        return name.word in surnames() or not is_never_name(name)
    return name.word in surnames() and name.low not in MONTHS | DAYS


_ONLY_BEFORE_NAMES = word_set("mr mrs ms mister")
_TITLES_ONLY = word_set("mr mrs ms dr")
_BEFORE_FILLERS = _TITLES_ONLY | word_set("mx miss mister prof sr sra srta")
_FILLERS = word_set("um uh uhm er erm eh ehm ah hm hmm mm like este")
_LONGEST = 8  # words of a name


def _n_fillers(tokens: Sequence[Word], at: int) -> int:
    """Return how many words stand between a title and its name, as in `Ms., uh, Rivera`.

    Behind what somebody does, as in `the coach, like, Carter`, only a known surname counts.
    """
    title = tokens[at].low
    if title not in _BEFORE_FILLERS and title not in LOWER_TITLES:
        return 0
    following = tokens[at + 1 : at + 4]
    n = next((n for n, t in enumerate(following) if t.low not in _FILLERS), 0)
    if title not in _BEFORE_FILLERS and n and following[n].word not in surnames():
        return 0
    gaps = {token.gap.strip() for token in following[: n + 1]}
    return n if gaps <= {"", ",", ".", ".,"} else 0


def _is_small_surname(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `ms johnson`, as notes and captions write it."""
    word = tokens[at + 1].word
    title = tokens[at].word.lower()
    if title not in _TITLES_ONLY or not word.islower():
        return False
    if title != "dr" and word.title() in given_names_that_are_words():
        return True  # `mr will`: nothing but a name follows
    if word in function_words() | HUMAN_VERBS | AUXILIARIES | _TITLED_THINGS:
        return False
    if tokens[at].word.isupper() and is_common_word(word):
        return False  # `MS staff`
    is_known = word.title() in surnames() or not is_common_word(word)
    return is_known or (title != "dr" and len(word) > 1)


def _is_in_one_case(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `miss patty`, `coach brown` and `MISS JONES`, where no case tells a name.

    A name that is also a word needs its sentence to end, or to go on as behind somebody:
    `coach young said`, not `I coach young kids` and not `the principal long ago`.
    """
    title, name = tokens[at].low, tokens[at + 1]
    if title not in _BEFORE_ANY_CASE or name.gap != " " or len(name.word) < 3:
        return False
    is_small = name.word.islower()
    if not (is_small or (name.word.isupper() and tokens[at].word.isupper())):
        return False
    cased = name._replace(word=name.word.title())
    is_known = cased.word in surnames() or cased.word in given_names()
    if name.low in function_words() | MONTHS | DAYS | _TITLED_THINGS | OFFICES:
        return False
    if not is_known and cased.word not in given_names_that_are_words():
        return False
    if cased.word in allowed_phrases() and cased.word not in surnames():
        return False
    if not is_common_word(name.low) or name.low in NEVER_WORDS:
        return not is_shouted_word(name.word)
    before = tokens[at - 1].low if at and tokens[at].gap == " " else ""
    is_whole = _ends_or_acts(tokens, at + 2) or _goes_on(tokens, at + 2)
    return before not in _BEFORE_NOUN and is_whole


def _end_in_one_case(tokens: Sequence[Word], at: int) -> int:
    """Return where a name stops that no capital tells, or where it began if it is none."""
    if (stop := _end_behind_particles(tokens, at)) > at:
        return stop
    if _is_small_surname(tokens, at):
        has_half = at + 2 < len(tokens) and tokens[at + 2].gap == "-"
        return at + 2 + (has_half and not tokens[at + 2].is_titled)
    if not _is_in_one_case(tokens, at):
        return at
    return at + 3 if _goes_on(tokens, at + 2) else at + 2


def _end_behind_particles(tokens: Sequence[Word], at: int) -> int:
    """Recognise `mrs de la rosa`, or return where it began."""
    stop = at + 1
    while stop < len(tokens) and tokens[stop].word in _SMALL_PARTICLES:
        stop += 1
    if stop == at + 1 or stop >= len(tokens) or tokens[at].low not in _TITLES_ONLY:
        return at
    name = tokens[stop]
    is_near = all(token.gap == " " for token in tokens[at + 2 : stop + 1])
    is_name = name.word.islower() and name.low not in function_words()
    return stop + 1 if is_near and is_name else at


_SMALL_PARTICLES = word_set("de del la las los da dos van von der st")


def _named_in_one_case(tokens: Sequence[Word], at: int, stop: int) -> NameSpan:
    kind = _kind_of_title(tokens[at].word)
    found = person_found(tokens, at, at + 1, stop, kind, "pattern", "medium")
    words = " ".join(
        token.word.title()
        for token in tokens[at + 1 : stop]
        if token.word not in _SMALL_PARTICLES
    )
    return found._replace(who=f"found:{words}")


def _goes_on(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a word that no dictionary has follows, written as the one before."""
    after = tokens[at] if at < len(tokens) else None
    if after is None or after.gap != " " or tokens[at - 1].is_possessive:
        return False
    is_alike = after.word.islower() == tokens[at - 1].word.islower()
    return (
        is_alike
        and not after.is_titled
        and after.low not in function_words()
        and not is_common_word(after.low)
        and not is_spanish_word(after.low)
    )


def _ends_or_acts(tokens: Sequence[Word], at: int) -> bool:
    after = tokens[at] if at < len(tokens) else None
    if after is None or after.gap != " ":
        return True
    is_verb = after.low in HUMAN_VERBS | AUXILIARIES or after.low.endswith("ed")
    return is_verb or after.low in function_words() - OF_SUBJECT


_BEFORE_ANY_CASE = word_set(
    "miss mister coach principal officer nurse pastor deacon reverend doctor uncle aunt "
    "auntie tio tia"
)
_BEFORE_NOUN = WHO_MISSES | DETERMINERS
_TITLED_THINGS = word_set(
    "word office teams excel paint access outlook project windows visit appointment "
    "appointments note notes degree program chair chairman chairwoman chairperson speaker "
    "president minister secretary principal teacher"
)


def _is_small_letter(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `ms t` and `coach v`, not `mr i think` and `coach a team`."""
    title, letter = tokens[at], tokens[at + 1]
    is_one = len(letter.word) == 1 and letter.word.islower()
    is_near = letter.gap == " " or (letter.gap == ". " and title.low in _TITLES_ONLY)
    is_titled = title.low in _BEFORE_LETTER and not title.word.isupper()
    is_titled &= title.word.islower() or title.low in _TITLES_ONLY
    return is_one and is_near and is_titled and letter.low not in "aiouny"


_BEFORE_LETTER = word_set("mr mrs ms miss mister coach dr")


def _has_second_letter(tokens: Sequence[Word], at: int) -> bool:
    after = tokens[at + 2] if at + 2 < len(tokens) else None
    return after is not None and after.gap == "-" and len(after.word) == 1


def _lettered(tokens: Sequence[Word], at: int, stop: int, index: Index) -> NameSpan:
    """Return who `Ms. J` is: the one listed adult with this letter, or somebody."""
    letter = tokens[at + 1].word
    fitting = {
        who
        for letters, owners in index.initials.items()
        if letter in (letters[0], letters[-1])
        for who in owners
        if index.people[who].kind in _ADULTS
    }
    found = person_found(tokens, at, at + 1, stop, "adult", "pattern", "medium")
    found = found._replace(who=f"found:{tokens[at].word} {letter}")
    if stop > at + 2 or len(fitting) != 1:
        return found
    who = fitting.pop()
    return found._replace(
        who=who,
        kind=index.people[who].kind,
        doubt="a title and the letter of a listed name",
    )


_ADULTS = ("teacher", "staff", "school_leader", "network_leader", "person", "adult")


def _is_clause(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a title ends its sentence, as in `the Principal. Maria …`."""
    title = tokens[at]
    is_short = len(title.word) <= 3 and title.low != "don"
    is_short |= title.word in ("Prof", "Srta", "Coach", "Capt", "Supt")
    return tokens[at + 1].gap != " " and not is_short


def _kind_of_title(title: str) -> str:
    low = title.lower()
    if low in ROLE_OF_TITLE:
        return ROLE_OF_TITLE[low]
    return "person" if low in FAMILY_TITLES else "adult"
