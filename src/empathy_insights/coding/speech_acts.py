"""Ways of speaking that a theme may be about: praise, a question, a joke, thanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from empathy_insights.codebook import Theme

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
        """Say whether a theme's name is the act, or its definition begins with it."""
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
    """Say whether a name holds nothing but acts: "Positive experience & gratitude"."""
    rest = re.sub(
        _word("|".join(act.called for act in speech_acts())), "", name.lower()
    )
    return _FILLING.fullmatch(rest) is not None
