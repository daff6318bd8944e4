"""Find the people of an index in a text: every form of their names, and near misses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from empathy_insights.identities._index import Form, Index, is_short_of_a_word
from empathy_insights.identities._name_forms import find_joined, people_in
from empathy_insights.identities._near_misses import called_out, may_be_near, near_names
from empathy_insights.identities._readings import meaning
from empathy_insights.identities._spanish import (
    is_said_in_spanish,
    is_small_in_spanish,
)
from empathy_insights.identities._vocabulary import (
    FAMILY_TITLES,
    LOWER_TITLES,
    TITLES,
    folded,
    function_words,
    word_set,
)
from empathy_insights.identities._word_spans import (
    PLACES,
    Confidence,
    NameSpan,
    Word,
    has_capitals,
    places_of,
)

_INITIALS = re.compile(
    r"(?<![\w.])([A-Z])\.? ?([A-Z])\.(?!\w)|(?<![\w.])([A-Z]{2})(?![\w.])"
)
_JOINTS = frozenset((" ", "-", "\u00a0", "\n", "  ", ". ", ", ", ".", "_", "-\n"))
NO_INITIALS = word_set(
    "AP PE IT TV ID AI OK US UK PD HR AM PM PS AC DC VR CD PC PT OT HW ER EL SS TA "
    "BS MS HS ES PA PR QR RN IB UN EU DJ GT IQ JV LA NY NJ TX NC SC DM MC VP"
)


def telling_words(words: Iterable[str], index: Index, *, exact: bool) -> frozenset[str]:
    """Return the words of a study that may stand for somebody of the index."""
    if not index.people:
        return frozenset()
    return frozenset(
        word
        for word in words
        if word in index.forms
        or word in index.initials
        or people_in(word, index.joined)
        or may_be_near(word, index, exact=exact)
    )


def find_listed(
    text: str,
    tokens: Sequence[Word],
    index: Index,
    *,
    telling: frozenset[str],
    nearby: frozenset[str],
    exact: bool = False,
) -> Iterator[NameSpan]:
    """Find every form of the indexed names; `nearby` people win where names are shared.

    `telling` are the words that may stand for somebody, as `telling_words` returns them.

    Names count in any case. A name that is also a word counts only where it stands as a
    name; where that is not plain, the finding is for the review list and not to be
    replaced. With `exact`, neither misspellings nor initials count, but letters drawn out
    do.
    """
    stop = 0
    is_cased = has_capitals(tokens)
    for at in places_of(tokens, telling):
        if at < stop:
            continue
        length, found = _match(tokens, at, index, nearby, is_cased=is_cased)
        if found is None and length == 1:
            found = _in_one_word(tokens[at], index, nearby)
        if found is None and length == 1:
            found = _near_miss(tokens, at, index, exact=exact)
        if found is not None:
            yield found
        stop = at + length
    yield from _written_as_one(text, index, nearby)
    if not exact:
        yield from _initials(text, index)


def _in_one_word(token: Word, index: Index, nearby: frozenset[str]) -> NameSpan | None:
    if len(token.low) < 5 or token.low in index.forms:
        return None
    if token.gap.endswith("#") and (name := called_out(token.low, index)):
        start = token.start + token.low.index(name)
        owners = frozenset(form.who for form in index.forms[name] if not form.rest)
        return _joined(start, start + len(name), owners, index, nearby)
    people = people_in(token.low, index.joined)
    return _joined(token.start, token.end, people, index, nearby) if people else None


def _written_as_one(
    text: str, index: Index, nearby: frozenset[str]
) -> Iterator[NameSpan]:
    for start, end, people in find_joined(text, index.joined):
        found = _joined(start, end, people, index, nearby)
        rank = 6 if _NAME_LIKE.fullmatch(text, start, end) else 3
        yield found._replace(rank=rank)


def _joined(
    start: int, end: int, people: frozenset[str], index: Index, nearby: frozenset[str]
) -> NameSpan:
    who, doubt = _one_of(set(people), nearby)
    person = index.people.get(who)
    kind, source = (person.kind, person.source) if person else ("person", "roster")
    return NameSpan(start, end, kind, source, who, "medium", doubt, rank=3)


_NAME_LIKE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _match(
    tokens: Sequence[Word],
    at: int,
    index: Index,
    nearby: frozenset[str],
    *,
    is_cased: bool,
) -> tuple[int, NameSpan | None]:
    options = index.forms.get(tokens[at].low, [])
    ahead = _starts_ahead(tokens, at, options)
    fitting = [form for form in options if form.rest in ahead]
    if not fitting:
        return 1, None
    length = 1 + len(fitting[0].rest)
    best = [form for form in fitting if len(form.rest) == length - 1]
    is_full = length > 1 and any(form.is_full for form in best)
    people = {form.who for form in best}
    start, stop, people = _widened(tokens, at, at + length, people, index)
    who, doubt = _one_of(people, nearby)
    if not is_full and stop - start == length and _is_word(tokens, at, stop, index):
        as_listed = _is_shouted_name(tokens, at, people, index)
        verdict = meaning(tokens, at, stop, is_cased=is_cased, is_titled=as_listed)
        if verdict == "word":
            return length, None
        doubt = doubt or ("a name that is also a word" if verdict != "name" else "")
    elif length == 1 and is_cased and is_small_in_spanish(tokens, at):
        return length, None
    elif length == 1 and is_said_in_spanish(tokens, at, is_anybodys=True):
        if tokens[at].word.islower():
            return length, None
        verdict, doubt = "unsure", doubt or "a name that is also a word"
    else:
        verdict = "name"
    who, kind = _kind_of(who, tokens, start, at, index)
    found = _finding(
        tokens, start, stop, kind, who, index, doubt, replace=verdict != "unsure"
    )
    return stop - at, found


def _kind_of(
    who: str, tokens: Sequence[Word], start: int, at: int, index: Index
) -> tuple[str, str]:
    """Return whom a name means, and what they are: a titled student is a relative."""
    kind = index.people[who].kind if who in index.people else "person"
    title = tokens[start].low if start < at else ""
    if kind == "student" and len(title) > 1 and title not in FAMILY_TITLES:
        return f"titled:{tokens[at].low}", "adult"
    return who, kind


def _is_word(tokens: Sequence[Word], at: int, stop: int, index: Index) -> bool:
    if stop - at > 1:
        return False
    token = tokens[at]
    if _is_two_letters(tokens, at):
        return False
    is_short = (
        len(token.word) < 4 and not token.is_titled and is_short_of_a_word(token.low)
    )
    return is_short or index.is_word(token.low)


def _is_shouted_name(
    tokens: Sequence[Word], at: int, people: set[str], index: Index
) -> bool:
    """Return whether a word is in capitals as the person's name is, and no loud word."""
    word = tokens[at].word
    is_short = len(word) < 4 or word.lower() in function_words()
    if not word.isupper() or is_short or _is_among_shouted(tokens, at):
        return False
    named = (name for who in people for name in index.people[who].names)
    return any(word in folded(name).split() for name in named)


def _is_among_shouted(tokens: Sequence[Word], at: int) -> bool:
    around = [*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2]]
    return any(token.word.isupper() and token.word != "I" for token in around)


def _is_two_letters(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a word is letters as somebody is called by, such as TJ."""
    word = tokens[at].word
    if len(word) != 2 or not word.isupper() or word in NO_INITIALS:
        return False
    return not (_is_among_shouted(tokens, at) or is_short_word(word))


def _starts_ahead(
    tokens: Sequence[Word], at: int, options: Sequence[Form]
) -> frozenset[tuple[str, ...]]:
    """Return what may follow a name's first word here: none, one or more words."""
    longest = len(options[0].rest) if options else 0
    following = tokens[at + 1 : at + 2] if longest else []
    if not any(
        form.rest[:1] == (token.low,) for token in following for form in options
    ):
        return _NOTHING
    lows: list[str] = []
    for token in tokens[at + 1 : at + 1 + longest]:
        if token.gap not in _JOINTS:
            break
        lows.append(token.low)
    return frozenset(tuple(lows[:n]) for n in range(len(lows) + 1))


_NOTHING: frozenset[tuple[str, ...]] = frozenset([()])


def _widened(
    tokens: Sequence[Word], start: int, stop: int, people: set[str], index: Index
) -> tuple[int, int, set[str]]:
    """Take in a title or an initial before the name, or an initial after it.

    Two letters are no name and its initial: `I I think` is no Maria I.
    """
    is_one_letter = stop - start == 1 and len(tokens[start].word) == 1
    if (
        start
        and not is_one_letter
        and _is_letter(tokens[start - 1])
        and tokens[start].gap in (". ", " ", ".")
    ):
        fitting = _with_initial(people, tokens[start - 1].word, slice(0, 1), index)
        if fitting:
            return start - 1, stop, fitting
    follows = stop < len(tokens) and not is_one_letter
    if follows and _is_letter(tokens[stop]) and tokens[stop].gap == " ":
        fitting = _with_initial(people, tokens[stop].word, slice(1, None), index)
        if fitting:
            return start, stop + 1, fitting
    if start and is_title(tokens, start - 1):
        return start - 1, stop, people
    return start, stop, people


def _is_letter(token: Word) -> bool:
    return len(token.word) == 1 and token.word.isupper() and not token.is_possessive


def _with_initial(
    people: set[str], letter: str, where: slice, index: Index
) -> set[str]:
    return {
        who
        for letters, owners in index.initials.items()
        if letter in letters[where]
        for who in owners & people
    }


_SHORTENED = word_set(
    "asst atty capt cmdr col cpl det dr dra fr gen gov hon ing jr lic lt maj mme mr mrs ms "
    "mx pres prin prof profa rep rev sec sen sgt sr sra srta supt"
)


def is_title(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a word is a title that belongs to the word after it."""
    if tokens[at + 1].gap not in (" ", ". ", "."):
        return False
    word = tokens[at].word
    if "." in tokens[at + 1].gap and tokens[at].low not in _SHORTENED:
        return False  # `I have a coach. Delphine comes in.`
    follows = at > 0 and tokens[at].gap == " "
    if tokens[at].low == "miss" and follows and _is_missed(tokens, at):
        return False
    is_shouted = word.isupper() and tokens[at].low in LOWER_TITLES
    return word in TITLES or word in LOWER_TITLES or is_shouted


def _is_missed(tokens: Sequence[Word], at: int) -> bool:
    """Tell `going to miss Ana` from `i talk to miss Ana`."""
    before = [token.low for token in tokens[max(0, at - 2) : at]]
    return before[-1] in WHO_MISSES and not (
        before[-1] == "to" and before[0] in _TO_SOMEBODY
    )


_TO_SOMEBODY = word_set(
    "talk talks talked talking speak speaks spoke said say says listen listened listens "
    "gave give went goes sent wrote write next close thanks ran walked"
)
WHO_MISSES = word_set(
    "i we you they he she to will would don't didn't dont didnt really gonna never might do did "
    "i'll we'll you'll i'd can could should also still not kids students"
)


def _one_of(people: set[str], nearby: frozenset[str]) -> tuple[str, str]:
    """Choose whom a shared name means: the one who speaks here, or nobody known."""
    if len(people) == 1:
        return next(iter(people)), ""
    here = people & nearby
    if len(here) == 1:
        return next(
            iter(here)
        ), "several people have this name; one of them speaks here"
    return "shared:" + " | ".join(sorted(people)), "several people have this name"


def _finding(
    tokens: Sequence[Word], start: int, stop: int, kind: str, who: str, index: Index,
    doubt: str, *, replace: bool,
) -> NameSpan:  # fmt: skip
    sure: Confidence = "medium" if doubt else "high"
    source = index.people[who].source if who in index.people else "roster"
    place = kind in PLACES
    return NameSpan(
        tokens[start].start, tokens[stop - 1].end, kind, source, who, sure, doubt,
        replace, rank=2 if place else 4 if stop - start > 1 else 6,
    )  # fmt: skip


def _near_miss(
    tokens: Sequence[Word], at: int, index: Index, *, exact: bool
) -> NameSpan | None:
    close, doubt = near_names(tokens, at, index, exact=exact)
    if not close:
        return None
    people = {
        form.who for name in close for form in index.forms[name] if not form.rest
    } or {form.who for name in close for form in index.forms[name]}
    who, _ = _one_of(people, frozenset())
    kind = index.people[who].kind if who in index.people else "person"
    start = at - 1 if at and is_title(tokens, at - 1) else at
    return _finding(tokens, start, at + 1, kind, who, index, doubt, replace=True)


def initials_in(text: str) -> Iterator[str]:
    """Yield two letters that may be initials."""
    for match in _INITIALS.finditer(text):
        yield match[3] or match[1] + match[2]


def is_short_word(letters: str) -> bool:
    """Tell two letters in capitals that are a word from initials.

    Examples
    --------
    >>> is_short_word("NO"), is_short_word("JM")
    (True, False)
    """
    low = letters.lower()
    return low in function_words() or low in _SHORT_WORDS


# Words of two letters that people shout, in English and Spanish, beside function words.
_SHORT_WORDS = word_set(
    "ah al aw da de eh el en es ew ha ho la le lo mi oh ow pa se si su te tu un va ve ye"
)


def _initials(text: str, index: Index) -> Iterator[NameSpan]:
    for match in _INITIALS.finditer(text):
        letters = match[3] or match[1] + match[2]
        people = index.initials.get(letters, set())
        is_bare = match.group().rstrip(".").isalpha()  # the full stop is the sentence's
        if is_bare:  # of names that were only found, no bare pair of letters tells
            people = {who for who in people if not who.startswith("found:")}
        if not people or (is_bare and letters in NO_INITIALS):
            continue
        who, _ = _one_of(people, frozenset())
        is_one = len(people) == 1
        kind = index.people[who].kind if is_one else "person"
        doubt = "of a listed person" if is_one else "that several people share"
        is_word = is_bare and is_short_word(letters)
        yield NameSpan(
            match.start(), match.start() + 2 if is_bare else match.end(), kind, "roster",
            who, "medium",
            f"initials {doubt}{', or a word' if is_word else ''}",
            is_one and not is_word, rank=5,
        )  # fmt: skip
