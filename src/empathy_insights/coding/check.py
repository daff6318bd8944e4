"""Hold a codebook against its own examples and a study, and say what its gaps cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import LEFT_OUT, STORY, Codebook, Theme
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.corpus import Corpus, how_many
from empathy_insights.tables import PROBLEMS


@public
def check_codebook(codebook: Codebook) -> pd.DataFrame:
    """Run each theme's examples and near misses through its phrases.

    Examples should get their theme, near misses should not; what does not is a place to
    improve the patterns, and a measure of what they miss. Examples of the form `story`
    are left out: they are for the model, and no phrase is expected to find them.

    Parameters
    ----------
    codebook
        The themes, as `load_codebook` returns them.

    Returns
    -------
    pandas.DataFrame
        A row an example or near miss: `theme`, `kind` (`example` / `near miss`),
        `number` (its place in the theme, from 1), `text`, `found` (the theme was
        coded), `passed`.

    See Also
    --------
    suggest_phrases : Phrases that a codebook lacks.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> from empathy_insights.codebook import Example, Patterns
    >>> theme = ei.Theme(
    ...     "bus", "Bus", patterns=Patterns(("bus .. late",)),
    ...     examples=(Example("My bus is always late."), Example("I walk in at nine.")),
    ... )
    >>> ei.check_codebook(ei.Codebook("b", "B", themes=(theme,)))["passed"].tolist()
    [True, False]
    """
    cases = [case for theme in codebook for case in _cases(theme)]
    coder = LexicalCoder(codebook)
    rows = []
    for (theme, kind, number, text), hits in zip(
        cases, coder.hits([case[3] for case in cases]), strict=True
    ):
        found = any(
            hit.phrase.strength == "strong"
            and (hit.phrase.theme == theme or hit.phrase.theme.startswith(f"{theme}."))
            for hit in hits
        )
        rows.append(
            {
                "theme": theme,
                "kind": kind,
                "number": number,
                "text": text,
                "found": found,
                "passed": found == (kind == "example"),
            }
        )
    return pd.DataFrame(
        rows, columns=["theme", "kind", "number", "text", "found", "passed"]
    )


def _cases(theme: Theme) -> list[tuple[str, str, int, str]]:
    examples = [
        (theme.id, "example", n, item.text)
        for n, item in enumerate(theme.examples, 1)
        if item.form != STORY
    ]
    misses = [
        (theme.id, "near miss", n, item.text)
        for n, item in enumerate(theme.near_misses, 1)
    ]
    return examples + misses


# What a codebook does not say, and what that costs.


_NAMED = 5  # themes in a sentence
_ONE = {
    "has": "has", "is": "is", "they": "it", "it": "it", "its": "its", "name": "name",
}  # fmt: skip
_SEVERAL = {
    "has": "have", "is": "are", "they": "they", "it": "them", "its": "their",
    "name": "names",
}  # fmt: skip


def _is_bare(theme: Theme) -> bool:
    return not (theme.has_phrases or theme.definition or theme.examples)


_GAPS: dict[str, tuple[Callable[[Theme], bool], str]] = {
    "everything but a name": (
        _is_bare,
        "{has} only {its} {name}: the words of the {name} stand in for phrases, and "
        "they only suggest, so expect to miss most people. A description, words and "
        "two examples would change that.",
    ),
    "words": (
        lambda theme: not (theme.has_phrases or _is_bare(theme)),
        "{has} no words: those of {its} {name} and description stand in, and they only "
        "suggest a passage. Write what people say, such as 'locked out'.",
    ),
    "examples": (
        lambda theme: not (theme.examples or _is_bare(theme)),
        "{has} no examples: {they} {is} found only by {its} own words, so expect to miss "
        "people who tell a story instead.",
    ),
    "description": (
        lambda theme: not (theme.definition or theme.brief or _is_bare(theme)),
        "{has} no description: two readers may draw the line in two places, and the "
        "coder has less to go by.",
    ),
    "not when": (
        lambda theme: not (theme.not_when or theme.near_misses),
        "{has} neither 'not when' nor near misses: what only looks alike is taken for "
        "{it}, too.",
    ),
    "headline": (
        lambda theme: not theme.headline,
        "{has} no headline: the report has only the {name} to show.",
    ),
    "need": (
        lambda theme: not theme.need.verb_phrase,
        "{has} no need: the statement leaves a blank where it would stand.",
    ),
}


def codebook_gaps(codebook: Codebook) -> pd.DataFrame:
    """Return what a codebook leaves out, and what that costs.

    Returns
    -------
    pandas.DataFrame
        A row a gap, the dearest first: `missing`, `themes` (ids separated by `;`),
        `sentence`.

    Examples
    --------
    >>> from empathy_insights.codebook import Patterns
    >>> words = Patterns(("help desk",))
    >>> help_ = Theme("help", "Tech support", definition="Help.", patterns=words)
    >>> gaps = codebook_gaps(Codebook("b", "B", themes=(help_,)))
    >>> print(gaps["sentence"][0])
    Tech support has no examples: it is found only by its own words, so expect to miss people who tell a story instead.
    """
    rows = []
    for missing, (is_missing, cost) in _GAPS.items():
        members = [
            theme
            for theme in codebook.main_themes
            if all(map(is_missing, (theme, *codebook.sub_themes(theme.id))))
        ]
        if members:
            forms = _ONE if len(members) == 1 else _SEVERAL
            rows.append((missing, members, f"{_names(members)} {cost.format(**forms)}"))
    rows += [
        *_not_english(codebook), *_shared_phrases(codebook), *_own_keys(codebook),
        *_left_out(codebook),
    ]  # fmt: skip
    told = [
        {
            "missing": what,
            "themes": ";".join(one.id for one in members),
            "sentence": said,
        }
        for what, members, said in rows
    ]
    return pd.DataFrame(told, columns=["missing", "themes", "sentence"], dtype="str")


def _names(themes: Sequence[Theme]) -> str:
    """List the names of themes, the first five of many."""
    names = [theme.name for theme in themes[:_NAMED]]
    if rest := len(themes) - len(names):
        names.append(f"{rest} others" if rest > 1 else themes[-1].name)
    return " and ".join(", ".join(names).rsplit(", ", 1))


def _not_english(codebook: Codebook) -> Iterator[tuple[str, list[Theme], str]]:
    """Yield whose needs would stand in English sentences in another language."""
    themes = [theme for theme in codebook.main_themes if theme.need.verb_phrase]
    if codebook.language != "en" and themes:
        needs = "its need is" if len(themes) == 1 else "their needs are"
        said = (
            f"{_names(themes)}: the report and the question are in English, so write under `need` "
            f"how {needs} said in English; words and examples stay as people speak."
        )
        yield "a need in English", themes, said


def _shared_phrases(codebook: Codebook) -> Iterator[tuple[str, list[Theme], str]]:
    owners: defaultdict[str, list[Theme]] = defaultdict(list)
    for theme in codebook.main_themes:
        for phrase in theme.patterns.strong:
            owners[phrase].append(theme)
    for phrase, themes in owners.items():
        if len(themes) > 1:
            said = (
                f"{_names(themes)} share {phrase!r}: a passage with it gets them all."
            )
            yield "words of its own", themes, said


def _own_keys(codebook: Codebook) -> Iterator[tuple[str, list[Theme], str]]:
    owners: defaultdict[str, list[Theme]] = defaultdict(list)
    for theme in codebook.main_themes:
        for key in theme.extra:
            owners[str(key)].append(theme)
    for key, themes in owners.items():
        said = (
            f"{key!r} of {_names(themes)} is kept as your own note: no coder reads it."
        )
        yield "a use", themes, said


def _left_out(codebook: Codebook) -> Iterator[tuple[str, list[Theme], str]]:
    for said, advice in _stories_left_out(codebook):
        yield "a theme", [], f"{said}: {advice}."


def _stories_left_out(codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Yield of which theme that is gone there are stories, and what to do."""
    left = codebook.extra.get(LEFT_OUT)
    for theme, n in left.items() if isinstance(left, Mapping) else ():
        said = f"{how_many(n, 'story is', 'stories are')} of {theme!r} alone"
        advice = "if it has another id now, write that there, too"
        yield f"{said}, which is no theme here, and left out", advice


# What of a codebook a study cannot use: its language, and stories of themes that are gone.


def stories_left_out(codebook: Codebook) -> pd.DataFrame:
    """List the themes that a codebook has stories of and does not have, as problems."""
    return PROBLEMS.frame(
        {"path": f"codebook {codebook.id}", "problem": said, "advice": advice}
        for said, advice in _stories_left_out(codebook)
    )


def languages_unheard(corpus: Corpus, codebook: Codebook) -> pd.DataFrame:
    """List the documents whose language the codebook does not speak, as problems."""
    documents = corpus.documents
    strange = documents[
        documents["language"].notna() & (documents["language"] != codebook.language)
    ]
    return PROBLEMS.frame(
        {
            "path": row.path,
            "problem": f"the language seems to be {row.language!r}, the codebook speaks "
            f"{codebook.language!r}: few of its themes can be found here",
            "advice": "use a codebook in that language, or code this document by hand",
            "document_id": row.document_id,
        }
        for row in strange.itertuples()
    )
