"""Find people whom no list names: by title, by how they are introduced, by given name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial

from empathy_insights.identities._asian_names import find_of_parts
from empathy_insights.identities._evidence import (
    AFTER_SUBJECT,
    MOSTLY_THING,
    PERSON,
    evidence_at,
    is_third_person,
)
from empathy_insights.identities._families import find_family
from empathy_insights.identities._index import Index
from empathy_insights.identities._initialled import find_initialled
from empathy_insights.identities._introduced import is_introduced
from empathy_insights.identities._name_ends import (
    is_a_people,
    is_nickname,
    is_no_name,
    person_found,
    surname_end,
)
from empathy_insights.identities._readings import reading
from empathy_insights.identities._shown import is_described, is_shown, speaks
from empathy_insights.identities._small_names import (
    is_plain,
    named_small,
    opens_turn,
)
from empathy_insights.identities._spanish import (
    opens_as_spanish_does,
    speaks_spanish,
)
from empathy_insights.identities._strange_words import (
    is_foreign,
    strange_in_capitals,
)
from empathy_insights.identities._titled import find_titled
from empathy_insights.identities._unknown_words import is_another_language
from empathy_insights.identities._vocabulary import (
    AUXILIARIES,
    BEFORE_MONTH,
    DETERMINERS,
    HUMAN_VERBS,
    LETTER_NAMES,
    MONTHS,
    PLACE_BEFORE,
    SPEAKING_VERBS,
    TITLES,
    allowed_phrases,
    folded,
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
from empathy_insights.identities._word_names import (
    is_word_named,
    word_named,
)
from empathy_insights.identities._word_spans import (
    Confidence,
    NameSpan,
    Word,
    has_capitals,
)


def find_people(
    tokens: Sequence[Word], index: Index, evidence: Mapping[str, int]
) -> Iterator[NameSpan]:
    """Find titled people, introduced people and given names, each with its surname.

    `who` is `found:` and the name, without its title; `evidence` says how the study
    speaks of each word with a capital.
    """
    at = 0
    is_cased, is_spanish = has_capitals(tokens), speaks_spanish(tokens)
    is_other = not is_cased and is_foreign(tokens)
    # Asked of few texts, and once: it looks at every word.
    is_elsewhere = cache(partial(is_another_language, tokens))
    while at < len(tokens):
        found = find_of_parts(tokens, at)
        if (
            found is None
            and is_plain(tokens[at].word)
            and not is_word_named(tokens, at, is_elsewhere=is_elsewhere)
        ):
            at += 1
            continue
        found = (
            found
            or find_titled(tokens, at, index)
            or find_initialled(tokens, at)
            or find_family(tokens, at, index)
            or _named(
                tokens,
                at,
                index,
                evidence,
                is_spanish=is_spanish,
                is_elsewhere=is_elsewhere,
            )
            or named_small(
                tokens,
                at,
                evidence,
                is_cased=is_cased,
                is_spanish=is_spanish,
                is_foreign=is_other,
            )
            or word_named(tokens, at, is_elsewhere=is_elsewhere)
        )
        if found is None:
            at += 1
            continue
        stop, finding = found
        yield finding
        at = stop


def _named(
    tokens: Sequence[Word],
    at: int,
    index: Index,
    evidence: Mapping[str, int],
    *,
    is_spanish: bool,
    is_elsewhere: Callable[[], bool],
) -> tuple[int, NameSpan] | None:
    token = tokens[at]
    if not token.is_capitalised or len(token.word) < 2:
        return None
    if (
        is_no_name(token)
        or opens_as_spanish_does(tokens, at, is_spanish=is_spanish)
        or is_a_people(tokens, at)
    ):
        return None
    if is_spanish and is_spanish_word(token.low) and not _is_spanish_name(tokens, at):
        return None
    before = tokens[at - 1] if at else None
    if before and token.gap == " " and before.word in PLACE_BEFORE:
        return None
    sure = _how_sure(tokens, at, index, evidence[token.low])
    if sure is None and is_spanish and _is_spanish_name(tokens, at):
        sure = "medium", "a name that is also a word", True
    if sure is None:
        return None
    confidence, doubt, replace = sure
    stop = surname_end(tokens, at + 1)
    if token.starts_sentence and stop == at + 1 and is_elsewhere():
        doubt, replace = "a name, or a word of another language", False
    found = person_found(tokens, at, at, stop, "person", "pattern", confidence)
    return stop, found._replace(doubt=doubt, replace=replace)


def _is_spanish_name(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a word of Spanish is introduced, has a surname, or a name's capital.

    `Luz Garcia`, `juego con Pilar`; no noun has one within a sentence, but `la Candelaria`.
    """
    token, before = tokens[at], tokens[at - 1].low if at else ""
    name = folded(token.word)
    is_given = name in given_names() or name in given_names_that_are_words()
    if is_given and token.starts_sentence:
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        acts = _ACTS_IN_SPANISH | (frozenset() if is_spanish_word(token.low) else _IT)
        is_acting = after is not None and after.gap == " " and after.low in acts
        return is_acting or _has_surname(tokens, at)
    is_named = is_given and before not in _BEFORE_SPANISH_THING
    return is_named or is_introduced(tokens, at)


_BEFORE_SPANISH_THING = word_set(
    "el la los las un una san santa virgen día fiesta de del"
)
_ACTS_IN_SPANISH = word_set(
    "dice dijo decía me te le se nos sí no también siempre nunca es era fue está estaba tiene "
    "tenía quiere quería sabe habla hizo hace va iba vino vive y"
)
_IT = frozenset(("la", "lo", "las", "los"))


def _how_sure(
    tokens: Sequence[Word], at: int, index: Index, evidence: int
) -> tuple[Confidence, str, bool] | None:
    token = tokens[at]
    if is_shouted_word(token.word) and len(token.word) > 2:
        return None
    is_word = index.is_word(token.word)
    if is_introduced(tokens, at) and not (is_word and token.starts_sentence):
        doubt = "introduced as a name; also a word" if is_word else ""
        is_sure = not is_word or tokens[at].gap == " " or _is_name_word(token)
        is_sure |= _is_between_commas(tokens, at) or _opens_a_row(tokens, at)
        return ("medium" if is_word else "high"), doubt, is_sure
    if is_shown(tokens, at):
        return "medium", "a name, by what is said beside it", True
    if is_word:
        return _word_as_name(tokens, at)
    is_given = token.word in given_names() or token.low in LETTER_NAMES
    if is_given or (token.word.title() in given_names() and len(token.word) > 3):
        return "medium", *_as_spoken_of(evidence, least=MOSTLY_THING + 1)
    if token.word.isupper():
        return strange_in_capitals(tokens, at)
    if not token.word[-1].islower():
        return None
    return _unlisted(tokens, at, evidence)


def _unlisted(
    tokens: Sequence[Word], at: int, evidence: int
) -> tuple[Confidence, str, bool] | None:
    token = tokens[at]
    if _repeats(tokens, at):
        return "medium", "a syllable said twice", True
    if not is_english_word(token.word) and _is_like_a_name(tokens, at):
        return "medium", *_as_spoken_of(evidence, least=PERSON)
    # What a dictionary has with a capital only: `Lazarus asked me`.
    is_proper = not (is_common_word(token.low) or is_no_name(token))
    is_proper &= token.word not in TITLES
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    says = token.starts_sentence and after is not None and after.low in SPEAKING_VERBS
    if is_proper and (says or evidence_at(tokens, at) >= _SURELY_A_PERSON):
        return "medium", "a name of somebody, or of a thing of old", True
    return None


def _is_between_commas(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `my wife, Dot, …` and `his stepfather, Rowdy.`."""
    stop = surname_end(tokens, at + 1)
    follows = tokens[stop].gap if stop < len(tokens) else "."
    return tokens[at].gap == ", " and follows[:1] in tuple(",.;?!")


def _opens_a_row(tokens: Sequence[Word], at: int) -> bool:
    """Recognise the first of `my twins, Cadence and Caleb`."""
    following = tokens[at + 1 : at + 3]
    if len(following) < 2 or not tokens[at].is_titled:
        return False
    link, other = following
    is_second = other.is_titled and not is_no_name(other) and other.gap == " "
    return link.gap == " " and link.low in ("and", "y") and is_second


_SURELY_A_PERSON = 2  # signs at one place


def _as_spoken_of(evidence: int, *, least: int) -> tuple[str, bool]:
    """Return a doubt, and whether the study speaks of the word as of a person."""
    if evidence < least:
        return "a capitalised word, a name or a thing", False
    return ("a capitalised word that no dictionary knows" if least > 0 else ""), True


def _repeats(tokens: Sequence[Word], at: int) -> bool:
    """Recognise Ki-Ki and Man-Man."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is not None and after.gap == "-" and after.word == tokens[at].word


def _is_name_word(token: Word) -> bool:
    return token.word in given_names_that_are_words()


def _word_as_name(
    tokens: Sequence[Word], at: int
) -> tuple[Confidence, str, bool] | None:
    token = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if _is_name_word(token):
        if _has_surname(tokens, at):
            return "medium", "a name that is also a word", True
        if evidence_at(tokens, at) < (1 if token.low in MONTHS else 0):
            return None
        found = "name" if is_nickname(tokens, at) else reading(tokens, at, at + 1)
        if found == "unsure" and not _may_act(token, after):
            return None
        if found != "word":
            is_sure = found == "name" and token.word not in allowed_phrases()
            return "medium", "a name that is also a word", is_sure
        return None
    if token.word in allowed_phrases():
        return None
    is_name = _repeats(tokens, at)
    if token.is_titled and token.starts_sentence and after is not None:
        is_name |= speaks(tokens, at, after) or is_described(tokens, at)
    return ("medium", "a name that is also a word", True) if is_name else None


def _may_act(token: Word, after: Word | None) -> bool:
    """Return whether a name at the head of a sentence may be its subject."""
    if after is None or after.gap != " " or not token.starts_sentence:
        return False
    is_verb = after.low in HUMAN_VERBS | AUXILIARIES | {"is", "was", "will"}
    return is_verb or (token.low not in function_words() and is_third_person(after.low))


def _is_like_a_name(tokens: Sequence[Word], at: int) -> bool:
    token = tokens[at]
    if not token.starts_sentence:
        return True
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or token.is_possessive:
        return token.is_possessive
    if after.gap != " ":
        is_called = after.gap in (", ", "? ") or opens_turn(tokens, at)
        return is_called or (after.gap in _JOINTS and after.is_titled)
    is_verb = after.low in HUMAN_VERBS | AUXILIARIES | AFTER_SUBJECT
    return is_verb or after.is_capitalised or is_third_person(after.low)


_JOINTS = ("-", "/", " / ", "&", " & ", "+", " + ")


def _has_surname(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a name that is also a word has a surname that no language has: `Faith Adeyemi`."""
    token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or after.gap != " " or not after.is_titled or is_no_name(after):
        return False
    if token.low in ("will", "may") and token.starts_sentence:
        return False
    before = tokens[at - 1].low if at else ""
    if (token.low in MONTHS and before in BEFORE_MONTH) or before in DETERMINERS:
        return False
    is_known = after.word in surnames() and not is_common_word(after.low)
    return is_known or not (is_english_word(after.low) or is_spanish_word(after.low))
