"""The content phrases of a wording, and the themes whose words they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.models.patterns import PatternIndex
from empathy_insights.problem.shipped import Rubric
from empathy_insights.problem.wordings import stops_in, words_of
from empathy_insights.text.tokens import Token

# Which terms of a rubric stand in a wording, and where.


def term_spans(tokens: Sequence[Token], terms: Sequence[str]) -> list[tuple[int, int]]:
    """Return the first and last word of every term found, without those inside another.

    Examples
    --------
    >>> term_spans(words_of("Our high school students"), ["school", "high school"])
    [(1, 2)]
    """
    spans = sorted(
        {(match.first, match.last) for match in PatternIndex.of(terms).find(tokens)},
        key=lambda span: (span[0], -span[1]),
    )
    outer: list[tuple[int, int]] = []
    for first, last in spans:
        if not outer or last > outer[-1][1]:
            outer.append((first, last))
    return outer


def found_terms(text: str, terms: Sequence[str]) -> list[str]:
    """Return the words of a text that the terms match, as they stand there, each once.

    Examples
    --------
    >>> found_terms("Apps and more apps by buying them", ["app", "by buying"])
    ['Apps', 'by buying']
    """
    tokens = words_of(text)
    said: dict[str, str] = {}
    for first, last in term_spans(tokens, terms):
        words = text[tokens[first].start : tokens[last].end]
        said.setdefault(words.lower(), words)
    return list(said.values())


@dataclass(frozen=True)
class StatementPhrase:
    """Hold a run of content words.

    Parameters
    ----------
    text
        As it stands in the wording.
    forms
        Forms of its words, without those that every school codebook has.
    themes
        The main themes that it leads to.
    is_solution, is_audience
        Whether it holds a solution, and whether it does no more than name people.
    """

    text: str
    forms: frozenset[str]
    themes: tuple[str, ...]
    is_solution: bool
    is_audience: bool


def content_phrases(
    wording: str, codebook: Codebook, rubric: Rubric
) -> list[StatementPhrase]:
    """Cut a wording into phrases: the longest runs of content words.

    A run ends at punctuation, at a stop word of spaCy's English list, and at a word of
    the question's form (`form_words` of the rubric). What reads like a solution stays in
    one piece; a run of nothing but common words of schools is no phrase. No model of
    grammar is needed, so a phrase may be longer or shorter than a noun phrase.

    A phrase leads to a theme when a word of it is among the theme's own words (its name,
    its need, its one-word patterns, or a sub-theme's) and no common word of schools, or
    when a longer strong pattern of the theme matches in the wording and overlaps it.

    Examples
    --------
    >>> from empathy_insights.codebook_file import load_codebook
    >>> from empathy_insights.problem.shipped import load_rubric
    >>> wording = "How might we build achievement and independence?"
    >>> phrases = content_phrases(wording, load_codebook("empathy_core"), load_rubric())
    >>> [(phrase.text, phrase.themes) for phrase in phrases]
    [('achievement', ()), ('independence', ('student_ownership',))]
    """
    tokens = words_of(wording)
    solution = _covered(tokens, rubric.terms("solution_free", "solution"))
    whom = rubric.criteria["beneficiary"].terms
    audience = _covered(tokens, [*whom["learner"], *whom["band"]])
    leads = _Leads.of(codebook, rubric)
    phrases = [
        StatementPhrase(
            text=wording[tokens[run[0]].start : tokens[run[-1]].end],
            themes=leads.themes(tokens, run),
            forms=telling_forms([tokens[at] for at in run], rubric),
            is_solution=not solution.isdisjoint(run),
            is_audience=audience.issuperset(run),
        )
        for run in _runs(wording, tokens, solution, rubric)
    ]
    return [
        phrase
        for phrase in phrases
        if phrase.forms or phrase.is_solution or phrase.is_audience
    ]


def telling_forms(tokens: Sequence[Token], rubric: Rubric) -> frozenset[str]:
    """Return the forms of words, without those of the rubric's common words."""
    common = set(rubric.common_words)
    telling = (token.forms for token in tokens if common.isdisjoint(token.forms))
    return frozenset[str]().union(*telling)


def content_words(text: str) -> list[Token]:
    """Return the words of a text that are no stop words."""
    tokens = words_of(text)
    stops = stops_in(text)
    return [token for at, token in enumerate(tokens) if at not in stops]


@dataclass(frozen=True)
class _Leads:
    """What leads from words to the main themes of a codebook."""

    words: dict[str, frozenset[str]]
    patterns: PatternIndex
    theme_of: tuple[str, ...]
    rubric: Rubric

    @classmethod
    def of(cls, codebook: Codebook, rubric: Rubric) -> _Leads:
        words, patterns = {}, []
        for theme in codebook.main_themes:
            family = (theme, *codebook.sub_themes(theme.id))
            own = content_words(". ".join(_own_words(family)))
            words[theme.id] = telling_forms(own, rubric)
            patterns += [
                (pattern, theme.id)
                for member in family
                for pattern in member.patterns.strong
                if " " in pattern
            ]
        index = PatternIndex.of([pattern for pattern, _ in patterns])
        return cls(words, index, tuple(theme for _, theme in patterns), rubric)

    def themes(self, tokens: Sequence[Token], run: Sequence[int]) -> tuple[str, ...]:
        forms = telling_forms([tokens[at] for at in run], self.rubric)
        matched = {
            self.theme_of[match.pattern]
            for match in self.patterns.find(tokens)
            if not set(run).isdisjoint(range(match.first, match.last + 1))
        }
        return tuple(
            theme
            for theme, words in self.words.items()
            if words & forms or theme in matched
        )


def _own_words(family: Iterable[Theme]) -> list[str]:
    return [
        part.replace("|", " ")
        for theme in family
        for part in (
            theme.name,
            theme.need.verb_phrase,
            theme.need.goal_noun,
            theme.need.barrier,
            "" if any(vars(theme.need).values()) else theme.headline,
            *(word for word in theme.patterns.strong if " " not in word),
        )
    ]


def _runs(
    wording: str, tokens: Sequence[Token], solution: set[int], rubric: Rubric
) -> list[list[int]]:
    form = set(rubric.form_words)
    ends = stops_in(wording) | {
        at for at, token in enumerate(tokens) if token.forms & form
    }
    places = groupby(
        range(len(tokens)), key=lambda at: at in solution or at not in ends
    )
    return [list(run) for is_content, run in places if is_content]


def _covered(tokens: Sequence[Token], terms: Sequence[str]) -> set[int]:
    return {
        at for first, last in term_spans(tokens, terms) for at in range(first, last + 1)
    }
