"""Find people whom no list names: by title, by how they are introduced, by given name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from empathy_insights.privacy._context import reading
from empathy_insights.privacy._findings import Confidence, Finding, Source
from empathy_insights.privacy._index import Index
from empathy_insights.privacy._listed import NO_INITIALS, is_title
from empathy_insights.privacy._names import parts_of
from empathy_insights.privacy._tokens import Token
from empathy_insights.privacy._vocabulary import (
    AUXILIARIES,
    FAMILY_TITLES,
    GREETINGS,
    HUMAN_VERBS,
    KIN,
    MONTHS,
    NAMING,
    PLACE_BEFORE,
    ROLE_OF_TITLE,
    allowed_phrases,
    function_words,
    given_names,
    given_names_that_are_words,
    is_english_word,
    names_that_are_words,
    surnames,
)

_PARTICLES = frozenset(
    ["de", "la", "del", "da", "dos", "van", "von", "der", "al", "el", "bin", "ibn"]
)


# Capitals inside a word (GitHub, GBMs) unless after a prefix of names (McKay, DeShawn,
# LaToya), and letters drawn out (Mmmm).
_NO_NAME = re.compile(
    r"^(?!(?:Mc|Mac|Fitz|Van|Sha|[BDJKLMNRT][aeiouy]|An|[OD]['’])[A-Z][a-z]+$)\w+[A-Z]\w*[a-z]"
    r"|([a-z])\1\1"
)


def find_people(tokens: Sequence[Token], index: Index) -> Iterator[Finding]:
    """Find titled people, introduced people and given names, each with its surname.

    `who` is `found:` and the name as written, without its title.
    """
    at = 0
    while at < len(tokens):
        found = (
            _titled(tokens, at, index)
            or _initialled(tokens, at)
            or _named(tokens, at, index)
        )
        if found is None:
            at += 1
            continue
        stop, finding = found
        yield finding
        at = stop


def _titled(
    tokens: Sequence[Token], at: int, index: Index
) -> tuple[int, Finding] | None:
    if at + 1 >= len(tokens) or not is_title(tokens, at):
        return None
    first = tokens[at + 1]
    if _is_small_surname(tokens, at):
        found = _person(tokens, at, at + 1, at + 2, "adult", "pattern", "medium")
        return at + 2, found._replace(who=f"found:{first.word.title()}")
    if not first.is_capitalised or _is_clause(tokens, at):
        return None
    if len(first.word) == 1:
        if first.word == "I":
            return None
        return at + 2, _lettered(tokens, at, index)
    if _is_no_name(first):
        return None
    stop = _surname_end(tokens, at + 2)
    kind = _kind_of_title(tokens[at].word)
    return stop, _person(tokens, at, at + 1, stop, kind, "pattern", "high")


def _is_small_surname(tokens: Sequence[Token], at: int) -> bool:
    """Recognise `ms johnson`, as notes and captions write it."""
    word = tokens[at + 1].word
    is_short = tokens[at].word.lower() in ("mr", "mrs", "ms", "dr")
    is_known = word.title() in surnames() or not is_english_word(word)
    return is_short and word.islower() and is_known and word not in function_words()


def _lettered(tokens: Sequence[Token], at: int, index: Index) -> Finding:
    """Return who `Ms. J` is: the one listed adult with this letter, or somebody."""
    letter = tokens[at + 1].word
    fitting = {
        who
        for letters, owners in index.initials.items()
        if letter in (letters[0], letters[-1])
        for who in owners
        if index.people[who].kind in _ADULTS
    }
    found = _person(tokens, at, at + 1, at + 2, "adult", "pattern", "medium")
    found = found._replace(who=f"found:{tokens[at].word} {letter}")
    if len(fitting) != 1:
        return found
    who = fitting.pop()
    return found._replace(
        who=who,
        kind=index.people[who].kind,
        doubt="a title and the letter of a listed name",
    )


_ADULTS = ("teacher", "staff", "school_leader", "network_leader", "person", "adult")


def _is_clause(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a title ends its sentence, as in `the Principal. Maria …`."""
    is_short = len(tokens[at].word) <= 3 or tokens[at].word in ("Prof", "Srta", "Coach")
    return tokens[at + 1].gap != " " and not is_short


def _kind_of_title(title: str) -> str:
    low = title.lower()
    if low in ROLE_OF_TITLE:
        return ROLE_OF_TITLE[low]
    return "person" if low in FAMILY_TITLES else "adult"


def _initialled(tokens: Sequence[Token], at: int) -> tuple[int, Finding] | None:
    """Find `J. P.` and `A. Robinson`."""
    if at + 1 >= len(tokens):
        return None
    one, two = tokens[at], tokens[at + 1]
    if len(one.word) != 1 or not one.word.isupper() or two.gap not in (". ", "."):
        return None
    if one.word == "I" and two.word == "I":
        return None
    if len(two.word) == 1:
        is_name = (
            two.word.isupper()
            and two.gap == ". "
            and one.word + two.word not in NO_INITIALS
        )
    else:
        is_name = two.gap == ". " and not _is_no_name(two) and _is_surname(two)
    if not is_name:
        return None
    found = _person(tokens, at, at, at + 2, "person", "pattern", "medium")
    return at + 2, found._replace(doubt="initials, or an initial and a surname")


def _is_surname(token: Token) -> bool:
    word = token.word
    return token.is_capitalised and (word in surnames() or not is_english_word(word))


def _named(
    tokens: Sequence[Token], at: int, index: Index
) -> tuple[int, Finding] | None:
    token = tokens[at]
    if not token.is_capitalised or _is_no_name(token) or len(token.word) < 2:
        return None
    before = tokens[at - 1] if at else None
    if before and token.gap == " " and before.word in PLACE_BEFORE:
        return None
    sure = _how_sure(tokens, at, index)
    if sure is None:
        return None
    confidence, doubt = sure
    stop = _surname_end(tokens, at + 1)
    found = _person(tokens, at, at, stop, "person", "pattern", confidence)
    return stop, found._replace(doubt=doubt)


def _how_sure(
    tokens: Sequence[Token], at: int, index: Index
) -> tuple[Confidence, str] | None:
    token = tokens[at]
    is_word = index.is_word(token.word)
    if _is_introduced(tokens, at) and not (is_word and token.starts_sentence):
        return (
            ("medium", "introduced as a name; also a word") if is_word else ("high", "")
        )
    if is_word:
        return _word_as_name(tokens, at)
    if token.word in given_names() or (
        token.word.title() in given_names() and len(token.word) > 3
    ):
        return "medium", ""
    if token.word.isupper() or not token.word[-1].islower():
        return None
    if not is_english_word(token.word) and _is_like_a_name(tokens, at):
        return "medium", "a capitalised word that no dictionary knows"
    return None


def _word_as_name(tokens: Sequence[Token], at: int) -> tuple[Confidence, str] | None:
    word = tokens[at].word
    if word not in given_names_that_are_words() or word in allowed_phrases():
        return None
    is_name = reading(tokens, at, at + 1) == "name"
    return ("medium", "a name that is also a word") if is_name else None


def _is_like_a_name(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if not token.starts_sentence:
        return True
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return token.is_possessive or (
        after is not None
        and (
            after.word in HUMAN_VERBS
            or after.word in AUXILIARIES
            or after.gap in (", ", "? ")
            or after.is_capitalised
        )
    )


def _is_introduced(tokens: Sequence[Token], at: int) -> bool:
    if at == 0 or (tokens[at].word.isupper() and len(tokens[at].word) < 4):
        return False
    before, gap = tokens[at - 1], tokens[at].gap
    low = before.word.lower()
    if gap in (" ", ", ") and low in KIN and not before.is_possessive:
        return gap == " " or not before.starts_sentence
    if gap == " " and (low in NAMING or _says_who(tokens, at)):
        return True
    follows = tokens[at + 1].gap if at + 1 < len(tokens) else "."
    return gap == ", " and low in GREETINGS and follows[:1] in (".", ",", "?", "!")


def _says_who(tokens: Sequence[Token], at: int) -> bool:
    """Recognise `name is X`, `name's X`, `call her X`."""
    before = tokens[at - 1]
    earlier = tokens[at - 2].word.lower() if at > 1 else ""
    if before.word.lower() == "name" and before.is_possessive:
        return True
    return (earlier, before.word.lower()) in _WAYS


_WAYS = frozenset(
    [("name", "is"), ("name", "was")]
    + [
        (verb, whom)
        for verb in ("call", "calls", "called")
        for whom in ("him", "her", "me", "them")
    ]
)


def _surname_end(tokens: Sequence[Token], at: int) -> int:
    """Return where a name that goes on after its first word stops."""
    stop = at
    while at < len(tokens) and at - stop < 3:
        token = tokens[at]
        if tokens[at - 1].is_possessive or token.gap not in (" ", "-"):
            break
        if token.word in _PARTICLES and stop < len(tokens):
            at += 1
            continue
        if not token.is_capitalised or _is_no_name(token) or _is_function_word(token):
            break
        at += 1
        stop = at
    return stop


def _is_function_word(token: Token) -> bool:
    return token.word.lower() in function_words() or token.word in HUMAN_VERBS


def _is_no_name(token: Token) -> bool:
    low = token.word.lower()
    if token.word in given_names_that_are_words():
        return False
    return (
        token.word in allowed_phrases()
        or low in function_words()
        or _NO_NAME.search(token.word) is not None
        or (low in MONTHS and low not in ("april", "may", "june", "august", "mar"))
    )


def _person(
    tokens: Sequence[Token], start: int, name: int, stop: int, kind: str,
    source: Source, sure: Confidence,
) -> Finding:  # fmt: skip
    words = " ".join(token.word for token in tokens[name:stop])
    return Finding(
        tokens[start].start, tokens[stop - 1].end, kind, source, f"found:{words}", sure,
        rank=5 if stop - start > 1 else 7,
    )  # fmt: skip


def is_worth_looking_for(name: str, index: Index) -> bool:
    """Say whether a found name may be looked for everywhere else in the study."""
    if " " in name:
        return len("".join(parts_of(name))) >= 3
    return (
        len(name) >= 3
        and not index.is_word(name)
        and name.lower() not in names_that_are_words()
    )
