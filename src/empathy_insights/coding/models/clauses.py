"""What the clauses of a text say: what is denied, asked for or reported in each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import yaml

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.models.references import Reference
from empathy_insights.text.embedders import Embedder, embed_stretches
from empathy_insights.text.tokens import Token, lookup_forms

# Cut a text into short runs of clauses: people change the subject at a comma.


_STRETCH = re.compile(r"[^.,;:!?…。！？\n]*[.,;:!?…。！？\n]*\s*")
_FEWEST_WORDS = 4


class Clauses(NamedTuple):
    """Clauses of texts: whose they are (`owner`), and where in the owner's text."""

    texts: list[str]
    owner: np.ndarray
    spans: list[tuple[int, int]]

    def meaning(
        self, texts: Sequence[str], embedder: Embedder, *, in_context: bool
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the vectors of the texts, and of the clauses; see `embed_stretches`."""
        ends = np.searchsorted(self.owner, np.arange(len(texts) + 1))
        places = [self.spans[start:end] for start, end in pairwise(ends.tolist())]
        return embed_stretches(embedder, texts, places, in_context=in_context)


def cut_clauses(texts: Sequence[str]) -> Clauses:
    """Cut at punctuation, into runs of at least four words where there are as many.

    Examples
    --------
    >>> cut_clauses(["The staff were kind, but I waited for two hours. Twice."]).texts
    ['The staff were kind,', 'but I waited for two hours.', 'Twice.']
    >>> cut_clauses(["Kind, fast, clean, and seen at once. I was glad of it."]).texts
    ['Kind, fast, clean, and seen at once.', 'I was glad of it.']
    """
    spans = [_spans(text) for text in texts]
    owner = np.repeat(np.arange(len(texts)), [len(found) for found in spans])
    flat = [span for found in spans for span in found]
    said = [
        text[start:end]
        for text, found in zip(texts, spans, strict=True)
        for start, end in found
    ]
    return Clauses(said, owner, flat)


def _spans(text: str) -> list[tuple[int, int]]:
    found = []
    begin = 0
    for match in _STRETCH.finditer(text):
        clause = text[begin : match.end()]
        if len(clause.split()) >= _FEWEST_WORDS:
            found.append(_stripped(text, begin, match.end()))
            begin = match.end()
    if text[begin:].strip():
        found.append(_stripped(text, begin, len(text)))
    return found


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    said = text[start:end]
    return start + len(said) - len(said.lstrip()), start + len(said.rstrip())


# What a negation reaches: the words after one like "not", "no" or "without".


_REACH = 4  # words ahead, as often as not the whole of what is denied
_NEGATORS = frozenset(
    {
        "not",
        "never",
        "no",
        "nobody",
        "nothing",
        "nowhere",
        "without",
        "hardly",
        "barely",
    }
    | {"scarcely", "none", "neither", "nor"}
)
_ENDS = frozenset(
    {"but", "because", "although", "though", "except", "however", "yet", "still"}
    | {"until", "unless", ".", ",", ";", ":", "?", "!", "…"}
)
# Negators that deny nothing: "not only", "no doubt"; "why not" asks for it.
_PSEUDO = frozenset({"only", "just", "doubt", "wonder", "matter", "necessarily"})
_ASKING = frozenset({"why", "if", "or"})


def negated(tokens: Sequence[Token], *, language: str = "en") -> np.ndarray:
    """Return for each word whether a negation before it reaches it.

    After NegEx (Chapman et al. 2001): a negator reaches the four words after it, in the
    same sentence, up to a comma or a word that turns ("but", "because", "though" …).
    "not only", "no doubt" and the like deny nothing. In a language other than English
    nothing is reached.

    Examples
    --------
    >>> from empathy_insights.text.tokens import tokenize
    >>> text = "I don't like it, but it works."
    >>> [tokens] = tokenize([text])
    >>> reached = negated(tokens)
    >>> [text[token.start : token.end] for token, is_reached in zip(tokens, reached) if is_reached]
    ['like', 'it']
    """
    reached = np.zeros(len(tokens), dtype=bool)
    if language != "en":
        return reached
    for place, token in enumerate(tokens):
        if not _NEGATORS.isdisjoint(token.forms) and _denies(tokens, place):
            for ahead in range(place + 1, min(place + 1 + _REACH, len(tokens))):
                if _stops(tokens[place], tokens[ahead]):
                    break
                reached[ahead] = True
    return reached


def names_negator(pattern: str) -> bool:
    """Return whether a pattern of a codebook holds a word that denies.

    Examples
    --------
    >>> names_negator("not .. work"), names_negator("nothing|all new"), names_negator("no")
    (True, True, True)
    >>> names_negator("note")
    False
    """
    words = pattern.replace("~", "").replace("|", " ").split()
    return not _NEGATORS.isdisjoint(words)


def _denies(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a negator denies what is said."""
    after = tokens[place + 1].forms if place + 1 < len(tokens) else frozenset[str]()
    before = tokens[place - 1].forms if place else frozenset[str]()
    return _PSEUDO.isdisjoint(after) and _ASKING.isdisjoint(before)


def _stops(negator: Token, token: Token) -> bool:
    return token.sentence != negator.sentence or not _ENDS.isdisjoint(token.forms)


# Ways of speaking that a theme may be about: praise, a question, a joke, thanks.


_SPEAKING = (
    r"express\w*|asks?|asking|contain\w*|includ\w+|mention\w*|convey\w*|makes?|making|gives?|"
    r"giving|voic\w+|offer\w*|shar\w+|says?|stated?|states|is|marks?"
)
_FEW_WORDS = r"(?:\W+\w+){0,4}?\W+"
_FIRST = 250  # characters: what a theme is stands at the beginning of its definition
_FILLING = re.compile(
    r"(?:an?|and|of|or|the|general|specific|comments?|experiences?|expressions?|"
    r"feedback|students?|\W)*"
)


@dataclass(frozen=True)
class SpeechAct:
    """Name a way of speaking, what codebooks call it, and how it sounds.

    Parameters
    ----------
    called
        A regular expression over names and definitions in lower case.
    anywhere
        The words mean the act wherever they stand in a definition, not only as what a
        speaker expresses.
    says
        Sentences about no subject.
    """

    name: str
    called: str
    says: tuple[str, ...]
    anywhere: bool = False

    def is_meant_by(self, theme: Theme) -> bool:
        """Return whether a theme's name is the act, or its definition begins with it."""
        begins = theme.definition.lower()[:_FIRST]
        expressed = rf"\b(?:{_SPEAKING})\b{_FEW_WORDS}{_word(self.called)}"
        return bool(
            (
                _is_an_act(theme.name)
                and re.search(_word(self.called), theme.name.lower())
            )
            or re.search(_word(self.called) if self.anywhere else expressed, begins)
        )


def acts_of(theme: Theme) -> Iterator[SpeechAct]:
    """Yield the ways of speaking that a theme is about; most themes have none.

    Examples
    --------
    >>> kudos = Theme("kudos", "Kudos", definition="The student gives a compliment.")
    >>> [act.name for act in acts_of(kudos)]
    ['praise']
    >>> list(acts_of(Theme("bus", "Bus", definition="A question of transport.")))
    []
    """
    return (act for act in speech_acts() if act.is_meant_by(theme))


@cache
def speech_acts() -> tuple[SpeechAct, ...]:
    """Return the ways of speaking that the package knows, all in English."""
    source = resources.files("empathy_insights.coding") / "data" / "speech_acts.yaml"
    listed = yaml.safe_load(source.read_text(encoding="utf-8"))
    return tuple(
        SpeechAct(
            name, about["called"], tuple(about["says"]), about.get("anywhere", False)
        )
        for name, about in listed.items()
    )


def _word(pattern: str) -> str:
    return rf"(?<!\w)(?:{pattern})(?!\w)"


def _is_an_act(name: str) -> bool:
    """Return whether a name holds nothing but acts: "Positive experience & gratitude"."""
    rest = re.sub(
        _word("|".join(act.called for act in speech_acts())), "", name.lower()
    )
    return _FILLING.fullmatch(rest) is not None


# What shows a theme besides its own texts: phrases, listed things, ways of speaking.


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


def indicators(codebook: Codebook) -> list[Reference]:
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
    forms = {
        theme.id: _forms(f"{theme.name} {theme.definition}", codebook.language)
        for theme in codebook
    }
    for theme in codebook.main_themes:
        members = (theme, *codebook.sub_themes(theme.id))
        for n, (kind, text) in enumerate(_of_theme(members, codebook, forms), 1):
            item = Reference(theme.id, kind, n, text, theme.id)
            found.setdefault((theme.id, text.lower()), item)
    return list(found.values())


def _of_theme(
    members: tuple[Theme, ...],
    codebook: Codebook,
    forms: Mapping[str, frozenset[str]],
) -> Iterator[tuple[str, str]]:
    others = forms.keys() - {member.id for member in members}
    for member in members:
        for pattern in (*member.patterns.strong, *member.patterns.weak):
            yield "phrase", _said(pattern)
        for text in listed(member.definition):
            own = _forms(text, codebook.language)
            if all(own.isdisjoint(forms[other]) for other in others):
                yield "listed", text
        if codebook.language == "en":
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
