"""What stands in the place of who released a quote: somebody, a yes, or no release."""

from __future__ import annotations

import re
import warnings

import pandas as pd

from empathy_insights.coding.sheets.filled import NO as PLAIN_NO
from empathy_insights.coding.sheets.filled import answer_in
from empathy_insights.errors import EmpathyInsightsWarning
from empathy_insights.identities._vocabulary import (
    given_names,
    given_names_that_are_words,
    is_common_word,
    is_english_word,
    surnames,
)
from empathy_insights.readers.consent_answers import NO, meaning

_YES = re.compile(
    r"\W*(?:yes|y|x|ok|okay|sure|fine|good(?: to go)?|go ahead|approved?|released?|cleared|publish(?:ed)?|shared?|"
    r"(?:can|may) be (?:released|shared|used|published|quoted)|sí|si|oui|ja|true|1|[✓✔☑✅])(?!\w)"
    r"(?:\W+(?:please|thanks|by|from)(?!\w))*",
    re.IGNORECASE,
)
# Beside any name these say that it is not released, or not yet.
_STOPS = re.compile(
    r"\b(?:no|not|none|nothing|nobody|no one|never|nor|don|doesn|can|cannot|won|shouldn|withh?[eo]ld\w*|withdr\w+|reject\w*|"
    r"declin\w*|refus\w*|den(?:y|ied)|hold|held|wait\w*|await\w*|pend\w*|ask\w*|see|check\w*|review|tb[adc]|to ?do|later|"
    r"unsure|unclear|unknown|maybe|perhaps|object\w*|block\w*|remov\w*|delet\w*|redact\w*|private|confidential|secret|stop|"
    r"keep|internal|only|before|until|unless|if|first|after|skip|omit|exclu\w*|draft|open|na|nr|dnr|dnu|pii|anon\w*|but|"
    r"without|yet|must|needs?|should|pendiente|espera\w*|jamás|nunca|nadie|personne|niemand|ninguno|nessuno)\b|n/a|\?|n['’]t\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\S+@\S+|[\d./:-]*\d[\d./:-]*|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b(?=\W*\d)",
    re.IGNORECASE,
)
_ROLE = frozenset({
    "reader", "reviewer", "coder", "editor", "rater", "researcher", "analyst", "principal", "counselor", "counsellor",
    "lead", "dr", "ms", "mr", "mrs", "mx", "prof", "and", "y", "und", "et", "de", "la", "van", "von", "del", "da", "dos",
    "bin", "al", "el", "by", "for", "the",
})  # fmt: skip
_INITIALS, _MOST = 3, 6


def only_releases(cells: pd.Series) -> pd.Series:
    """Return who released each quote, empty where a cell does not say so.

    Warns
    -----
    EmpathyInsightsWarning
        A cell says something that is neither.
    """
    by = cells.fillna("").astype("str").str.strip()
    is_told = by.map(releases).astype("bool")
    # A plain no is meant so.
    odd = by[~is_told & by.str.contains(r"[^\W\d_]") & (by.map(answer_in) != PLAIN_NO)]
    if n := len(odd):
        warnings.warn(
            f"{n} {'cell' if n == 1 else 'cells'} under '{cells.name}' "
            f"{'is' if n == 1 else 'are'} neither a name nor a clear yes: no quote is released "
            "by it; write who released it",
            EmpathyInsightsWarning,
            stacklevel=3,
        )
    return by.where(is_told, "")


def releases(said: str) -> bool:
    """Return whether a cell names who released a quote, or says that it is released.

    What says no, or neither, releases nothing: the words of somebody are at stake.

    Examples
    --------
    >>> [releases(one) for one in ("Kim", "kl", "Dr. Grace Lee, 10/3", "yes", "ok by Kim")]
    [True, True, True, True, True]
    >>> [releases(one) for one in ("do not release", "pending", "N/A", "see Kim", "too sad")]
    [False, False, False, False, False]
    """
    said = " ".join(said.split())
    if _STOPS.search(said) or (meaning(said) == NO and _YES.fullmatch(said) is None):
        return False
    found = _YES.match(said)
    rest = said if found is None else said[found.end() :]
    words = re.findall(r"[^\W\d_]+", _BESIDE.sub(" ", rest))
    if found is not None and not words:
        return True
    if not words:
        return "@" in said
    names = [word for word in words if word.casefold() not in _ROLE]
    is_one = bool(names) or (re.search(r"\d", rest) is not None and len(words) == 1)
    return len(words) <= _MOST and is_one and all(map(_is_name, names))


def _is_name(word: str) -> bool:
    """Return whether a word is a name, or somebody's initials."""
    name = word.casefold().capitalize()
    if len(word) == 1 or name in given_names() | given_names_that_are_words():
        return True
    if name in surnames() and (word[0].isupper() or not is_common_word(word)):
        return True
    is_short = len(word) <= _INITIALS and (word.isupper() or len(word) < _INITIALS)
    return is_short or not is_english_word(word)
