"""Find people by a title before their name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from empathy_insights.identities._index import Index
from empathy_insights.identities._listed import WHO_MISSES, is_title
from empathy_insights.identities._name_forms import parts_of
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
from empathy_insights.identities._word_spans import Confidence, NameSpan, Source, Word

# Where a name that was found begins and ends, and what cannot be part of one.


_PARTICLES = word_set("de la del da dos van von der al el bin ibn")
_NICKNAMES = word_set("Big Lil Lil' Little Young OG Baby DJ Umm Abu Pa Ma")
_CONTRACTED = word_set(
    "that it he she we you they there here what who where how why when this i let's "
    "everybody everyone somebody someone one would could should"
)
_BODIES = word_set(
    "Council University College Club Org Organization Organisation Foundation Institute "
    "Committee Party Association Company Inc Ltd LLC Museum Hospital Church Library "
    "Department Ministry Agency Group Network Alliance Board Society Trust Service "
    "Services Union Bank Center Centre"
)
# Capitals inside a word (GitHub, GBMs) unless after a prefix of names (McKay, DeShawn,
# LaToya), and letters drawn out (Mmmm).
_NO_NAME = re.compile(
    r"^(?!(?:Mc|Mac|Fitz|Van|Sha|[BDJKLMNRT][aeiouy]|An|[OD]['’])[A-Z][a-z]+$)\w+[A-Z]\w*[a-z]"
    r"|([a-z])\1\1"
)


def surname_end(tokens: Sequence[Word], at: int) -> int:
    """Return where a name that goes on after its first word stops."""
    stop = at
    while at < len(tokens) and at - stop < 3:
        token = tokens[at]
        if tokens[at - 1].is_possessive or token.gap not in (" ", "-"):
            break
        if token.word in _PARTICLES and stop < len(tokens):
            at += 1
            continue
        if _is_second_half(tokens, at) or _is_last_initial(tokens, at):
            return at + 1
        if not token.is_capitalised or _is_function_word(token):
            break
        if is_no_name(token) and not _is_own_surname(tokens, at):
            break
        at += 1
        stop = at
    return stop


def _is_second_half(tokens: Sequence[Word], at: int) -> bool:
    """Recognise the rest of `Ha-eun` and `Seung-min`, not of `Ana-style`."""
    token, first = tokens[at], tokens[at - 1]
    if token.gap != "-" or not token.word.islower() or not first.is_titled:
        return False
    is_short = 1 < len(token.low) < 6 and token.low not in function_words()
    return is_short and (
        not is_english_word(token.low)
        or not (is_english_word(first.low) and first.word not in given_names())
        and len(token.low) < 4
    )


def _is_last_initial(tokens: Sequence[Word], at: int) -> bool:
    """Recognise the letter of `Paxton W.` and `Anika P, `, not of `Ana I think`."""
    token, first = tokens[at], tokens[at - 1]
    if token.gap != " " or len(token.word) != 1 or not token.word.isupper():
        return False
    after = tokens[at + 1].gap if at + 1 < len(tokens) else "."
    is_closed = after[:1] in tuple(".,;:!?)’'") and token.word != "I"
    return first.is_titled and len(first.word) > 1 and is_closed


def _is_function_word(token: Word) -> bool:
    return token.word.lower() in function_words() or token.word in HUMAN_VERBS


def _is_own_surname(tokens: Sequence[Word], at: int) -> bool:
    """Recognise a surname that is also a people's, a place's or a product's: `Tom French`.

    Not `Ana Friday`, `Ana March 5`, `Ana's French class` and `Ana Black History Month`.
    """
    token = tokens[at]
    if token.word not in surnames() or token.low in MONTHS | _DAYS:
        return False
    if token.gap != " " or tokens[at - 1].word not in given_names():
        return False
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    is_taught = after in ("is", "was") and token.word in _TAUGHT
    return not (is_taught or _names_a_thing(tokens, at))


def _names_a_thing(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a word belongs to what follows it: `English class`, `Black History`."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or after.gap != " " or tokens[at].is_possessive:
        return False
    is_titled = after.is_titled and after.low not in function_words()
    return is_titled or after.low in _OF_SUBJECT


_DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
_TAUGHT = word_set("English French Spanish German Irish Welsh")
_OF_SUBJECT = word_set(
    "class classes lesson lessons teacher teachers homework test tests quiz exam exams period "
    "department room rooms book books essay essays paper papers project projects grade grades "
    "club speaker speakers student students kid kids people families parents girl girls boy "
    "boys community church food music version translation language football soccer"
)


def is_no_name(token: Word) -> bool:
    low = token.word.lower()
    if token.word in given_names_that_are_words():
        return False
    return (
        token.word in allowed_phrases()
        or low in OFFICES
        or is_never_name(token)
        or (low in MONTHS and low not in ("april", "may", "june", "august", "mar"))
    )


def is_never_name(token: Word) -> bool:
    """Return whether a word holds sentences together, or has capitals as no name has."""
    low = token.word.lower()
    return (
        low in function_words()
        or low.partition("'")[0] in _CONTRACTED
        or _NO_NAME.search(token.word) is not None
    )


def person_found(
    tokens: Sequence[Word], start: int, name: int, stop: int, kind: str,
    source: Source, sure: Confidence,
) -> NameSpan:  # fmt: skip
    """Return a finding; who it is is the name in its usual case, without a title."""
    if stop - name > 1 and tokens[stop - 1].word in _BODIES:
        kind = "organisation"
    words = " ".join(parts_of(" ".join(token.word for token in tokens[name:stop])))
    if start == name and is_nickname(tokens, start):
        start -= 1
    who = f"{kind}:{words}" if kind == "organisation" else f"found:{words}"
    return NameSpan(
        tokens[start].start, tokens[stop - 1].end, kind, source, who, sure,
        rank=5 if stop - start > 1 else 7,
    )  # fmt: skip


def is_nickname(tokens: Sequence[Word], at: int) -> bool:
    """Return whether `Big` or `Lil` before a name belongs to it."""
    return at > 0 and tokens[at].gap == " " and tokens[at - 1].word in _NICKNAMES


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
    if at + 1 >= len(tokens) or not is_title(tokens, at):
        return None
    first = tokens[at + 1]
    if first.low in _TITLES_ONLY:  # who says `Mr. Mr. Lopez` says one of them again
        return None
    kind = _kind_of_title(tokens[at].word)
    if _is_small_letter(tokens, at):
        return at + 2, _lettered(tokens, at, at + 2, index)
    if (stop := _end_in_one_case(tokens, at)) > at:
        return stop, _named_in_one_case(tokens, at, stop)
    if not first.is_capitalised or _is_clause(tokens, at):
        return None
    if len(first.word) == 1:
        if first.word == "I":
            return None
        stop = at + 3 if _has_second_letter(tokens, at) else at + 2
        return stop, _lettered(tokens, at, stop, index)
    is_surname = _is_titled_surname(tokens, at)
    is_word = is_no_name(first) or (
        tokens[at].low in OFFICES and is_english_word(first.low)
    )
    if (is_word and not is_surname) or is_shouted_word(first.word):
        return None
    stop = surname_end(tokens, at + 2)
    return stop, person_found(tokens, at, at + 1, stop, kind, "pattern", "high")


def _is_titled_surname(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a title stands before a surname that is also another word: `Mr. Brown`.

    After Mr., Mrs. and Ms. anything that is no office is a name; after other titles only
    what is known as a surname is, but no day and no month.
    """
    title, name = tokens[at].low, tokens[at + 1]
    if not name.is_titled or name.gap not in (" ", ". "):
        return False
    if name.low in OFFICES or _names_a_thing(tokens, at + 1):
        return False
    if title in _ONLY_BEFORE_NAMES:
        return name.word in surnames() or not is_never_name(name)
    return name.word in surnames() and name.low not in MONTHS | _DAYS


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
    if name.low in function_words() | MONTHS | _DAYS | _TITLED_THINGS | OFFICES:
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
    if _is_small_surname(tokens, at):
        return at + 2
    if not _is_in_one_case(tokens, at):
        return at
    return at + 3 if _goes_on(tokens, at + 2) else at + 2


def _named_in_one_case(tokens: Sequence[Word], at: int, stop: int) -> NameSpan:
    kind = _kind_of_title(tokens[at].word)
    found = person_found(tokens, at, at + 1, stop, kind, "pattern", "medium")
    words = " ".join(token.word.title() for token in tokens[at + 1 : stop])
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
    return is_verb or after.low in function_words() - _OF_SUBJECT


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
    is_one = len(letter.word) == 1 and letter.word.islower() and letter.gap == " "
    is_titled = title.word.islower() and title.low in _BEFORE_LETTER
    return is_one and is_titled and letter.low not in "aiouny"


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
    is_short = len(tokens[at].word) <= 3 or tokens[at].word in ("Prof", "Srta", "Coach")
    return tokens[at + 1].gap != " " and not is_short


def _kind_of_title(title: str) -> str:
    low = title.lower()
    if low in ROLE_OF_TITLE:
        return ROLE_OF_TITLE[low]
    return "person" if low in FAMILY_TITLES else "adult"
