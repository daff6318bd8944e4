"""What shows a theme besides its own texts: phrases, listed things, ways of speaking."""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.references import Reference
from empathy_insights.coding.speech_acts import acts_of
from empathy_insights.text.lemmas import lookup_forms

_LISTED = re.compile(
    r"\b(?:such as|e\.?g\.?,?|for example,?|for instance,?|i\.e\.?,?|like|"
    r"including(?: but not limited to)?|includes?(?:,? but (?:is )?not limited to)?|"
    r"incorporat(?:es|ing)|compris(?:es|ing))"
    r"\s+(?:the )?([^.;:()\n]+)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r",\s*(?:and |or |as well as )?|\s+(?:and/or|or|and|&)\s+")
_TRAILING = re.compile(r"['’]?\s*\betc\b.*|[-\s]related aspects?$")
_CLAUSE = re.compile(r"(?:any|how|if|this|what|when|where|whether|which|why)\b")
_WORD = re.compile(r"[^\W\d_]{3,}")
_MOST_WORDS = 3


def indicators(book: Codebook) -> list[Reference]:
    """Return short texts that show a theme, to learn from beside its own texts.

    Its phrases (`phrase`: strong and weak ones, all their words in a row); what its
    definition lists after "such as", "including" and the like, if no other theme's
    definition has the word (`listed`); and, in English, sentences of the way of
    speaking that it names (`speech act`).

    Examples
    --------
    >>> setup = Theme("setup", "Setup", definition="Equipment such as boards and chalk.")
    >>> [(item.kind, item.text) for item in indicators(Codebook("b", "B", (setup,)))]
    [('listed', 'boards'), ('listed', 'chalk')]
    """
    found: dict[tuple[str | None, str], Reference] = {}
    for theme in book.main_themes:
        members = (theme, *book.sub_themes(theme.id))
        for n, (kind, text) in enumerate(_of_theme(members, book), 1):
            item = Reference(theme.id, kind, n, text, theme.id)
            found.setdefault((theme.id, text.lower()), item)
    return list(found.values())


def _of_theme(members: tuple[Theme, ...], book: Codebook) -> Iterator[tuple[str, str]]:
    elsewhere = _forms(
        " ".join(
            f"{other.name} {other.definition}" for other in book if other not in members
        ),
        book.language,
    )
    for member in members:
        for pattern in (*member.patterns.strong, *member.patterns.weak):
            yield "phrase", _said(pattern)
        for text in listed(member.definition):
            if elsewhere.isdisjoint(_forms(text, book.language)):
                yield "listed", text
        if book.language == "en":
            for act in acts_of(member):
                for text in act.says:
                    yield "speech act", text


def listed(definition: str) -> list[str]:
    """Return the things of up to three words that a definition lists.

    Examples
    --------
    >>> listed("Rooms, such as wards, the toilets or furniture etc., and how clean they are.")
    ['wards', 'the toilets', 'furniture']
    """
    items = []
    for run in _LISTED.findall(definition):
        parts = [part.strip(" .'\"‘’“”*") for part in _BETWEEN.split(run)]
        if len(parts) > 1:
            items += [_TRAILING.sub("", part).strip() for part in parts]
    return [
        item
        for item in items
        if _WORD.search(item)
        and len(item.split()) <= _MOST_WORDS
        and not _CLAUSE.match(item)
    ]


def _said(pattern: str) -> str:
    """Return the words of a pattern, all alternatives in a row."""
    elements = (part.lstrip("~") for part in pattern.split() if part not in ("..", "_"))
    return " ".join(elements).replace("|", " ")


def _forms(text: str, language: str) -> frozenset[str]:
    """Return the forms of a text's words, without those that mean nothing alone."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    words = set(_WORD.findall(text.lower())) - ENGLISH_STOP_WORDS
    return frozenset[str]().union(
        *(lookup_forms(word, word, language=language) for word in words)
    )
