"""What an answer says of a passage, and when it is none."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from empathy_insights.coding.language_model.prompt import STANCES

_LEAST = 4  # letters of a quotation that shows something
_SUREST = 0.999  # what a theme is given at the most, and its rest at the least
_STRAIGHT = str.maketrans("‘’‛“”„", "'''\"\"\"")
_WORDS = {"y": "yes", "ye": "yes", "yes": "yes", "n": "no", "no": "no"}


@dataclass(frozen=True)
class Quotation:
    """Show a theme by words of the passage: where they begin and end in it."""

    theme: str
    start: int
    end: int
    stance: str


@dataclass(frozen=True)
class Answer:
    """Hold what a model said of one passage.

    Parameters
    ----------
    chances
        Of each theme that it answered for; themes that it named with words that nobody
        said are left out.
    quotations
        The themes that it gave, one each.
    unfounded
        How many themes it named with words that are not in the passage.
    failed
        Why there is no answer at all; empty where there is one.
    """

    chances: Mapping[str, float] = field(default_factory=dict)
    quotations: tuple[Quotation, ...] = ()
    unfounded: int = 0
    failed: str = ""


@dataclass(frozen=True)
class Reply:
    """Hold what a server sent: the text, and the tokens with what they might have been."""

    text: str
    tokens: Sequence[tuple[str, Mapping[str, float]]] = ()


@dataclass(frozen=True)
class Verdicts:
    """Hold a reply that keeps to the schema: yes or no for each theme, and quotations."""

    says: Mapping[str, str]
    quotations: Mapping[str, Quotation]

    @property
    def unfounded(self) -> list[str]:
        """The themes that were given without words of the passage."""
        given = [theme for theme, word in self.says.items() if word == "yes"]
        return [theme for theme in given if theme not in self.quotations]


def verdicts(text: str, themes: Sequence[str], passage: str) -> Verdicts | None:
    """Return what a reply says, or None where it breaks the schema.

    Examples
    --------
    >>> said = '{"themes": {"bus": "yes"}, "quotations": [{"theme": "bus", '
    >>> said += '"quotation": "never comes", "stance": "need"}]}'
    >>> verdicts(said, ["bus"], "My bus never  comes.").quotations["bus"]
    Quotation(theme='bus', start=7, end=19, stance='need')
    >>> verdicts(said, ["bus"], "My bus is late.").unfounded
    ['bus']
    >>> verdicts(said, ["bus", "lunch"], "My bus never comes.") is None
    True
    """
    try:
        told = json.loads(text[text.find("{") : text.rfind("}") + 1])
    except (ValueError, RecursionError):
        return None
    if not _fits(told, themes):
        return None
    found: dict[str, Quotation] = {}
    for one in told["quotations"]:
        span = place_of(one["quotation"], passage)
        if span is not None:
            quoted = Quotation(one["theme"], *span, one["stance"])
            found.setdefault(quoted.theme, quoted)
    says = {theme: told["themes"][theme] for theme in themes}
    given = {name: one for name, one in found.items() if says[name] == "yes"}
    return Verdicts(says, given)


def _fits(told: Any, themes: Sequence[str]) -> bool:  # noqa: ANN401  # whatever came
    if not isinstance(told, dict) or set(told) != {"themes", "quotations"}:
        return False
    says, quoted = told["themes"], told["quotations"]
    if not isinstance(says, dict) or not isinstance(quoted, list):
        return False
    if set(says) != set(themes) or not set(map(str, says.values())) <= {"yes", "no"}:
        return False
    return all(_is_quotation(one, themes) for one in quoted)


def _is_quotation(one: Any, themes: Sequence[str]) -> bool:  # noqa: ANN401
    return (
        isinstance(one, dict)
        and set(one) == {"theme", "quotation", "stance"}
        and all(isinstance(value, str) for value in one.values())
        and one["theme"] in themes
        and one["stance"] in STANCES
    )


def place_of(quotation: str, passage: str) -> tuple[int, int] | None:
    """Return where words stand in a passage: letter for letter, but for blanks and quotes.

    Examples
    --------
    >>> place_of("don't  know", "I don’t know.")
    (2, 12)
    >>> place_of("I", "I know.") is None
    True
    """
    words = quotation.translate(_STRAIGHT).split()
    letters = sum(letter.isalnum() for letter in quotation)
    whole = sum(letter.isalnum() for letter in passage)
    if not letters or letters < min(_LEAST, whole):
        return None
    pattern = r"\s+".join(map(re.escape, words))
    found = re.search(pattern, passage.translate(_STRAIGHT))
    return None if found is None else found.span()


def chances_of_tokens(reply: Reply, themes: Sequence[str]) -> dict[str, float]:
    """Return how sure a model was of each yes and no, by what else it might have said.

    Nothing, where the server did not tell of every theme.
    """
    found = {}
    for theme in themes:
        at = re.search(rf'"{re.escape(theme)}"\s*:\s*"(yes|no)"', reply.text)
        odds = None if at is None else _odds_at(reply, at.start(1))
        if odds is None:
            return {}
        found[theme] = odds
    return found


def _odds_at(reply: Reply, place: int) -> float | None:
    """Return the chance of yes at the token in which a place of the text stands."""
    begun = 0
    for token, others in reply.tokens:
        if not reply.text.startswith(token, begun):
            return None
        begun += len(token)
        if begun > place:
            return _chance_of_yes(token, others)
    return None


def _chance_of_yes(token: str, others: Mapping[str, float]) -> float | None:
    chosen, shares = _word(token), {"yes": 0.0, "no": 0.0}
    for other, log in others.items():
        if word := _word(other):
            shares[word] += math.exp(min(log, 0.0))
    if not chosen or not shares[chosen]:
        return None
    # What is not listed is less likely than what is.
    floor = math.exp(min(0.0, *others.values()))
    other = "no" if chosen == "yes" else "yes"
    shares[other] = shares[other] or min(floor, shares[chosen]) / 2
    share = shares["yes"] / (shares["yes"] + shares["no"])
    if not math.isfinite(share):
        return None
    return min(max(share, 1 - _SUREST), _SUREST)


def _word(token: str) -> str:
    return _WORDS.get(token.strip(' "\n\t:,}'), "")


def chances_of_votes(
    votes: Sequence[Verdicts], themes: Sequence[str]
) -> dict[str, float]:
    """Return the share of votes that give each theme; few votes are never sure.

    Examples
    --------
    >>> votes = [Verdicts({"bus": "yes"}, {}), Verdicts({"bus": "no"}, {})]
    >>> chances_of_votes([*votes, votes[0]], ["bus"])
    {'bus': 0.625}
    """
    counts = {theme: sum(one.says[theme] == "yes" for one in votes) for theme in themes}
    return {theme: (n + 0.5) / (len(votes) + 1) for theme, n in counts.items()}


# What comes from a server, as chats and completions say it.


def reply_of(told: Any) -> Reply | None:  # noqa: ANN401  # whatever came
    """Return the text and tokens of what a server sent; None where there are none."""
    try:
        [choice, *_] = told["choices"]
        text = choice["message"]["content"] if "message" in choice else choice["text"]
    except (KeyError, TypeError, ValueError):
        return None
    if not isinstance(text, str) or choice.get("finish_reason") == "length":
        return None
    try:
        return Reply(text, _tokens(choice.get("logprobs") or {}))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return Reply(text)


def _tokens(told: Any) -> list[tuple[str, dict[str, float]]]:  # noqa: ANN401
    if isinstance(told.get("content"), list):
        return [
            (
                one["token"],
                {one["token"]: float(one["logprob"])}
                | {
                    other["token"]: float(other["logprob"])
                    for other in one["top_logprobs"]
                },
            )
            for one in told["content"]
        ]
    return [
        (
            token,
            {token: float(log), **{name: float(n) for name, n in (top or {}).items()}},
        )
        for token, log, top in zip(
            told["tokens"], told["token_logprobs"], told["top_logprobs"], strict=True
        )
    ]
