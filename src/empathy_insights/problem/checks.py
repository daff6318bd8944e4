"""What a statement's own words and the counts behind it can show, and what they cannot."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.text.lemmas import lemma

LEVERAGE = "stands on what people raised"
_LEARNERS = r"\b(students?|learners?|high schoolers?|child|children|kids?|scholars?|young people|famil(?:y|ies)|teachers?)\b"
_SOLUTION = r"\bby \w+ing\b|\b(implement|adopt|purchase|roll out|launch|app|platform|program|chromebooks?|integrate)\b|\bbuild an? .{0,40}model\b"
_BLAME = r"\b(unmotivated|lazy|apathetic|at[- ]risk|low performing|broken homes|don't care|uninvolved parents|bad teachers|noncompliant)\b"
_NEGATIVE = r"\b(reduce|stop|prevent|fix|eliminate|less|fewer|avoid)\b"
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]+")
# Words of the form itself, which no theme needs to support.
_FORM = frozenset(
    {
        "build", "create", "day", "ensure", "first", "foster", "help", "imagine", "join",
        "learn", "long", "may", "might", "place", "plan", "redesign", "step", "support",
        "together", "true", "work",
    }
)  # fmt: skip


def check_statement(
    question: str,
    themes: pd.DataFrame,
    picked: Sequence[str],
    missing: Sequence[str],
    *,
    roles_known: bool = True,
) -> pd.DataFrame:
    """Hold a statement against the criteria that words and counts can decide.

    A statement is never rejected: `warn` asks for a reason, `needs a person` asks for a
    judgement that no word list can make.

    Returns
    -------
    pandas.DataFrame
        `criterion`, `result` (pass / warn / fail / needs a person), `reason`.
    """
    of_picked = themes[themes["theme"].isin(picked)]
    checks = [
        ("a how-might-we question", *_form(question)),
        ("names whom it serves", *_beneficiary(question)),
        ("no solution in disguise", *_absent(question, _SOLUTION, "a solution")),
        ("opportunity, not blame", *_framing(question)),
        (LEVERAGE, *_leverage(of_picked)),
        ("students were heard", *_voice(missing, roles_known=roles_known)),
        ("observable in classrooms", "needs a person", "name two things you would see"),
        ("within the team's control", "needs a person", "say who can act, by when"),
    ]
    return pd.DataFrame(checks, columns=["criterion", "result", "reason"])


def unsupported_words(
    question: str, themes: Sequence[Theme], book: Codebook
) -> list[str]:
    """Return the words of a statement that come from no picked theme.

    Words of the team's own (whom it serves, what for) are among them: nobody who was
    heard stands behind them, unless a theme holds the word.
    """
    from spacy.lang.en.stop_words import STOP_WORDS

    known = _lemmas(" ".join(_words_of(theme, book) for theme in themes))
    words = dict.fromkeys(word.lower() for word in _WORD.findall(question))
    return [
        word
        for word in words
        if word not in STOP_WORDS and lemma(word) not in known | _FORM
    ]


def _words_of(theme: Theme, book: Codebook) -> str:
    family = (theme, *book.sub_themes(theme.id))
    parts = [
        part
        for member in family
        for part in (
            member.name,
            member.brief,
            member.definition,
            *vars(member.need).values(),
            *member.patterns.strong,
            *member.patterns.weak,
        )
    ]
    return " ".join(parts).replace("|", " ")


def _lemmas(text: str) -> set[str]:
    return {lemma(word.lower()) for word in _WORD.findall(text)}


def _form(question: str) -> tuple[str, str]:
    n = len(question.split())
    if not re.fullmatch(r"How might we .+\?", question.strip()) or "?" in question[:-1]:
        return "fail", "it is not one question that begins with How might we"
    if not 8 <= n <= 40:
        return "warn", f"it has {n} words; 8 to 40 can be remembered"
    return "pass", f"one question of {n} words"


def _beneficiary(question: str) -> tuple[str, str]:
    found = re.search(_LEARNERS, question, re.IGNORECASE)
    if found is None:
        return "needs a person", "it names nobody"
    return "pass", f"it names {found[0]!r}"


def _absent(question: str, words: str, what: str) -> tuple[str, str]:
    found = re.search(words, question, re.IGNORECASE)
    if found is None:
        return "pass", f"no word of {what}"
    return "warn", f"{found[0]!r} reads like {what}; record why it is already chosen"


def _framing(question: str) -> tuple[str, str]:
    blame = re.search(_BLAME, question, re.IGNORECASE)
    if blame is not None:
        return "fail", f"{blame[0]!r} blames people"
    return _absent(question, _NEGATIVE, "a deficit")


def _leverage(picked: pd.DataFrame) -> tuple[str, str]:
    if picked.empty or not picked["people"].max():
        return "fail", "nobody who was heard raised a theme that it is built on"
    top = picked.iloc[picked["people"].to_numpy().argmax()]
    roles = str(top["roles"]).split(", ")
    reason = f"{top['people']} of {top['of']} people, {len(roles)} roles"
    return ("pass" if top["share"] >= 0.5 and len(roles) >= 2 else "warn"), reason


def _voice(missing: Sequence[str], *, roles_known: bool) -> tuple[str, str]:
    if not roles_known:
        return "needs a person", "no role is known; say who is who"
    if "student" in missing:
        return "fail", "no student was heard"
    if missing:
        return "warn", f"nobody was heard of: {', '.join(missing)}"
    return "pass", "every expected group was heard"
