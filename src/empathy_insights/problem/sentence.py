"""What the words of a statement show by themselves."""

from __future__ import annotations

import re
from typing import NamedTuple

from empathy_insights.problem.candidates import BLANK
from empathy_insights.problem.phrases import found_terms, term_spans
from empathy_insights.problem.shipped import Rubric
from empathy_insights.problem.wordings import words_of
from empathy_insights.wording import listing

PASS, WARN, FAIL, ASK = "pass", "warn", "fail", "needs a person"
UNFILLED = "the question has a blank; fill it first"
_HMW = re.compile(r"How might we\b.+\?", re.DOTALL)


class Finding(NamedTuple):
    """The result of one check, why, and the words of the statement that led to it."""

    result: str
    reason: str
    words: tuple[str, ...] = ()


def sentence_findings(wording: str, rubric: Rubric) -> dict[str, Finding]:
    """Check a statement against the criteria that its own words can decide.

    Returns
    -------
    dict of str to Finding
        By the criterion's id: `form`, `one_problem`, `beneficiary`,
        `instructional_core`, `observable`, `actionable`, `solution_free`,
        `asset_framing`, `scope`.

    Examples
    --------
    >>> from empathy_insights.problem.shipped import load_rubric
    >>> sentence_findings("Students lack technology.", load_rubric())["form"].result
    'fail'
    """
    found = {
        "form": _form(wording, rubric),
        "one_problem": _one_problem(wording, rubric),
        "beneficiary": _beneficiary(wording, rubric),
        "instructional_core": _core(wording, rubric),
        "observable": Finding(
            ASK, "a sentence cannot show what would be seen or heard"
        ),
        "actionable": _actionable(wording, rubric),
        "solution_free": _solution(wording, rubric),
        "asset_framing": _framing(wording, rubric),
        "scope": _scope(wording, rubric),
    }
    if BLANK in wording:
        return dict.fromkeys(found, Finding(ASK, UNFILLED))
    return found


def _form(wording: str, rubric: Rubric) -> Finding:
    text = wording.strip()
    n = len(text.split())
    limits = rubric.criteria["form"].limits
    if not _HMW.fullmatch(text):
        return Finding(FAIL, "it does not begin with How might we and end with ?")
    if "?" in text[:-1]:
        return Finding(FAIL, f"it asks {text.count('?')} questions")
    if not limits["least_words"] <= n <= limits["most_words"]:
        most = "{least_words} to {most_words} can be remembered".format(**limits)
        return Finding(WARN, f"it has {n} words; {most}")
    return Finding(PASS, f"one question of {n} words")


def _one_problem(wording: str, rubric: Rubric) -> Finding:
    """Count what joiners join, up to what it is for ("so that …")."""
    tokens = words_of(wording)
    cuts = term_spans(tokens, rubric.terms("one_problem", "split"))
    problem = wording[: tokens[cuts[0][0]].start] if cuts else wording
    joiners = rubric.terms("one_problem", "joiner")
    n = 1 + len(term_spans(words_of(problem), joiners))
    words = tuple(found_terms(problem, joiners))
    if n > rubric.criteria["one_problem"].limits["most_joined"]:
        return Finding(WARN, f"it joins {n} things", words)
    return Finding(PASS, "one thing" if n == 1 else f"it joins {n} things", words)


def _beneficiary(wording: str, rubric: Rubric) -> Finding:
    learners = found_terms(wording, rubric.terms("beneficiary", "learner"))
    bands = found_terms(wording, rubric.terms("beneficiary", "band"))
    words = tuple(dict.fromkeys([*bands, *learners]))
    if not words:
        return Finding(ASK, "it names nobody")
    if not learners or not bands:
        lacking = "grade or group" if learners else "word for the people"
        return Finding(WARN, f"it names {_quoted(words)} and no {lacking}", words)
    return Finding(PASS, f"it names {_quoted(words)}", words)


def _core(wording: str, rubric: Rubric) -> Finding:
    named = {
        part: found_terms(wording, terms)
        for part, terms in rubric.criteria["instructional_core"].terms.items()
    }
    found = [part for part, words in named.items() if words]
    words = tuple(dict.fromkeys(word for part in found for word in named[part]))
    if not found:
        return Finding(ASK, "no word for students, teaching or content")
    lacking = [part for part in named if part not in found]
    without = f", not of {' or '.join(lacking)}" if lacking else ""
    result = PASS if len(found) > 1 else WARN
    return Finding(result, f"it speaks of {listing(found)}{without}", words)


def _actionable(wording: str, rubric: Rubric) -> Finding:
    words = tuple(found_terms(wording, rubric.terms("actionable", "beyond")))
    if words:
        return Finding(
            WARN, f"{_quoted(words)} may be beyond the team's control", words
        )
    return Finding(ASK, "no word of what is beyond a school's control")


def _solution(wording: str, rubric: Rubric) -> Finding:
    words = tuple(found_terms(wording, rubric.terms("solution_free", "solution")))
    if words:
        return Finding(WARN, f"{_quoted(words)} reads like a solution", words)
    return Finding(PASS, "no word of a solution")


def _framing(wording: str, rubric: Rubric) -> Finding:
    blame = tuple(found_terms(wording, rubric.terms("asset_framing", "blame")))
    if blame:
        return Finding(FAIL, f"{_quoted(blame)} blames people", blame)
    negative = tuple(found_terms(wording, rubric.terms("asset_framing", "negative")))
    if negative:
        return Finding(WARN, f"{_quoted(negative)} says what should go away", negative)
    return Finding(PASS, "no word of blame or of a deficit")


def _scope(wording: str, rubric: Rubric) -> Finding:
    broad = tuple(found_terms(wording, rubric.terms("scope", "too_broad")))
    narrow = tuple(found_terms(wording, rubric.terms("scope", "too_narrow")))
    if broad:
        return Finding(WARN, f"{_quoted(broad)} may be too much to start", broad)
    if narrow:
        return Finding(WARN, f"{_quoted(narrow)} may leave one idea only", narrow)
    return Finding(PASS, "no word that is all too broad or narrow")


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(repr(word) for word in words)
