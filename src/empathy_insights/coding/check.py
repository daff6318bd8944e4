"""Hold a codebook against its own examples and near misses, and against a study."""

from __future__ import annotations

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import STORY, Codebook, Theme
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.corpus import Corpus
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
    >>> from empathy_insights.codebook import Example, Patterns
    >>> theme = Theme(
    ...     "bus", "Bus", patterns=Patterns(("bus .. late",)),
    ...     examples=(Example("My bus is always late."), Example("I walk in at nine.")),
    ... )
    >>> check_codebook(Codebook("b", "B", themes=(theme,)))["passed"].tolist()
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
