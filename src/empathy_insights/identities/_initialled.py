"""Find people by initials, alone or before a surname."""

from __future__ import annotations

from collections.abc import Sequence

from empathy_insights.identities._listed import NO_INITIALS
from empathy_insights.identities._name_ends import (
    is_no_name,
    person_found,
    surname_end,
)
from empathy_insights.identities._vocabulary import is_english_word, surnames
from empathy_insights.identities._word_spans import NameSpan, Word


def find_initialled(tokens: Sequence[Word], at: int) -> tuple[int, NameSpan] | None:
    """Find `J. P.` and `A. Robinson`."""
    if at + 1 >= len(tokens) or len(tokens[at].word) != 1:
        return None
    one, two = tokens[at], tokens[at + 1]
    if _is_before_surname(tokens, at):
        stop = surname_end(tokens, at + 3)
        return stop, person_found(tokens, at, at, stop, "person", "pattern", "medium")
    if _is_dotted(tokens, at):
        found = person_found(tokens, at, at, at + 2, "person", "pattern", "medium")
        is_name = two.word == "J" or one.word == two.word
        end = found.end + (at + 2 < len(tokens) and not tokens[at + 2].is_capitalised)
        return at + 2, found._replace(doubt="initials", replace=is_name, end=end)
    if not one.word.isupper() or two.gap not in (". ", "."):
        return None
    after = tokens[at + 2].gap if at + 2 < len(tokens) else ""
    if two.word == "I" or (two.word == "A" and after[:1] != "."):
        return None  # `I got a C. A friend …`
    if len(two.word) == 1:
        is_name = (
            two.word.isupper()
            and two.gap == ". "
            and one.word + two.word not in NO_INITIALS
        )
    else:
        is_name = two.gap == ". " and not is_no_name(two) and _is_surname(two)
    if not is_name:
        return None
    found = person_found(tokens, at, at, at + 2, "person", "pattern", "medium")
    return at + 2, found._replace(doubt="initials, or an initial and a surname")


def _is_before_surname(tokens: Sequence[Word], at: int) -> bool:
    """Recognise the letters of `R. L. Hayes` and `C.J. Stone`."""
    letters, name = (
        tokens[at : at + 2],
        tokens[at + 2] if at + 2 < len(tokens) else None,
    )
    if name is None or not name.is_titled or name.gap not in (". ", "."):
        return False
    both = "".join(token.word for token in letters)
    if len(both) != 2 or not both.isupper() or both in NO_INITIALS:
        return False
    if tokens[at + 1].gap not in (". ", ".") or "I" in both:
        return False
    return name.word in surnames() or (not is_no_name(name) and _is_surname(name))


def _is_surname(token: Word) -> bool:
    word = token.word
    return token.is_capitalised and (word in surnames() or not is_english_word(word))


def _is_dotted(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `A.J.`, with a word after it, and no `U.S.`."""
    one, two = tokens[at], tokens[at + 1]
    letters = one.word + two.word
    after = tokens[at + 2] if at + 2 < len(tokens) else None
    is_pair = len(letters) == 2 and letters.isupper() and two.gap == "."
    ends = after is not None and after.gap.startswith(".") and after.gap != "."
    return is_pair and ends and letters not in NO_INITIALS | {"IE", "EG", "QA", "CV"}
