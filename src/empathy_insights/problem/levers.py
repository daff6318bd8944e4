"""What people suggested, and which lever each suggestion pulls."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from empathy_insights.analysis.codings_in_place import counted, spoken
from empathy_insights.codebook import Codebook
from empathy_insights.codebook_file import load_codebook
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.corpus import Corpus, utterance_of
from empathy_insights.problem.shipped import LEVERS, Frameworks, main_themes

UNSORTED = "unsorted"
WITHHELD = "[for a person to read first]"
SUGGESTIONS = {
    "theme": "str", "lever": "str", "segment_id": "str", "participant_id": "str",
    "role": "str", "document_id": "str", "found_by": "str", "status": "str",
    "text": "str",
}  # fmt: skip
_COUNTS = ["theme", "name", "lever", "people", "of", "passages"]


def suggestions(
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Codebook,
    frameworks: Frameworks,
    *,
    sensitive: Collection[str],
) -> pd.DataFrame:
    """Find what people suggested, and sort it by the levers of `solution_levers`.

    A passage holds a suggestion where a coding that counts says so, where it answers a
    question for one ("What would you change?"), or where it sounds like one ("we should",
    "I wish", "why don't we"; the cues of `solution_levers`). What has none of a lever's
    English phrases stays `unsorted`.

    Parameters
    ----------
    frameworks
        What `read_frameworks` found in the segments.
    sensitive
        Segments whose text a person reads first. Themes to handle with care are withheld
        too.

    Returns
    -------
    pandas.DataFrame
        A row a theme, lever and segment: `theme` (empty where none was coded), `lever`,
        `segment_id`, `participant_id` (missing for an unknown voice), `role`,
        `document_id`, `found_by` (`coding`, `question` or `words`), `status` (always `auto`: nobody
        has sorted it), `text`.
    """
    given = counted(codings)
    # People's codings need not say, and then the column is missing or has gaps.
    said = given.get("suggestion", pd.Series(data=False, index=given.index))
    is_said = said.astype("boolean").fillna(value=False).to_numpy(bool)
    flagged = set(given.loc[is_said, "segment_id"])
    is_flagged = segments["segment_id"].isin(flagged)
    is_asked = _answers_what_to_change(segments, corpus)
    asked = segments[is_flagged | is_asked | frameworks.is_suggested]
    care = [theme.id for theme in codebook if theme.handle_with_care]
    withheld = {
        *sensitive,
        *given.loc[given["theme"].isin(care), "segment_id"],
    }
    table = (
        _with_people(asked, corpus)
        .merge(frameworks.main(LEVERS, "lever"), on="segment_id", how="left")
        .merge(main_themes(given, "theme"), on="segment_id", how="left")
    )
    text = table["text"].where(~table["segment_id"].isin(withheld), WITHHELD)
    answers = table["segment_id"].isin(segments.loc[is_asked, "segment_id"])
    by = np.where(answers, "question", "words")
    by = np.where(table["segment_id"].isin(flagged), "coding", by)
    return (
        table.assign(
            theme=table["theme"].fillna(""),
            lever=table["lever"].fillna(UNSORTED),
            found_by=by,
            status="auto",
            text=text,
        )[list(SUGGESTIONS)]
        .astype(SUGGESTIONS)
        .sort_values(["theme", "lever", "segment_id"])
        .reset_index(drop=True)
    )


_FOR_CHANGE = re.compile(
    r"\b(?:(?:would|could|should|can|might)(?:n't)? (?:(?:you|we|they|be|your|the|our|school|it)"
    r" ){0,4}(?:like to (?:see )?)?(?:change|improve|fix|add|do (?:better|differently)|make \w+"
    r" (?:\w+ ){0,3}(?:better|easier))|one thing (?:\w+ ){0,4}(?:change|better|different)|"
    r"suggest(?:ions?)?|recommend(?:ations?)?|magic wand|(?:would|could) help|(?:biggest|a) difference|"
    r"cambiar[ií]as?|mejorar(?:[ií]as?)?|sugerencias?|recomiendas?)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\W*(?:nothing|none?|nope|nah|nada|idk|not sure|i don'?t know|no s[eé]|fine|good|ok|yes|s[ií]|"
    r"same|n/?a)?\W*",
    re.IGNORECASE,
)


def _answers_what_to_change(segments: pd.DataFrame, corpus: Corpus) -> pd.Series:
    """Return which passages say something to a question for what could be better."""
    turns = corpus.utterances
    asked = turns[turns["is_facilitator"] & turns["question_id"].notna()]
    is_for_change = asked["text"].str.contains(_FOR_CHANGE)
    about = asked.loc[is_for_change, ["document_id", "question_id"]].drop_duplicates()
    answers = turns[~turns["is_facilitator"]].merge(about)["utterance_id"]
    said = utterance_of(segments["segment_id"].reset_index(drop=True))
    is_empty = segments["text"].str.fullmatch(_NOTHING).to_numpy(bool)
    return pd.Series(said.isin(answers).to_numpy() & ~is_empty, index=segments.index)


def levers_of(text: str) -> tuple[str, ...]:
    """Return the levers whose phrases a text holds, or `unsorted`.

    Examples
    --------
    >>> levers_of("Pair us up with juniors who passed it."), levers_of("More joy.")
    (('students',), ('unsorted',))
    """
    book = load_codebook(LEVERS)
    [hits] = LexicalCoder(book).hits([text])
    found = {
        hit.phrase.theme.split(".")[0]
        for hit in hits
        if hit.phrase.strength == "strong"
    }
    named = tuple(lever.id for lever in book.main_themes if lever.id in found)
    return named or (UNSORTED,)


def count_levers(
    table: pd.DataFrame, themes: pd.DataFrame, picked: Sequence[str]
) -> pd.DataFrame:
    """Count who suggested something, by theme and lever, with nobody kept.

    Parameters
    ----------
    table
        As `suggestions` returns it.
    themes
        The theme table.

    Returns
    -------
    pandas.DataFrame
        `theme` (empty in the rows for all suggestions), `name`, `lever`, `people`, `of`
        (everybody heard), `passages`.
    """
    names = themes.set_index("theme")["name"]
    suggested = [name for name in names.index if name in set(table["theme"])]
    of = int(themes["of"].max()) if len(themes) else 0
    rows = []
    for theme in ["", *dict.fromkeys([*picked, *suggested])]:
        about = table if not theme else table[table["theme"] == theme]
        for lever in (*lever_names(), UNSORTED):
            found = about[about["lever"] == lever]
            n = found["participant_id"].nunique()
            name = names.get(theme, "all suggestions")
            passages = found["segment_id"].nunique()
            rows.append([theme, name, lever, n, of, passages])
    return pd.DataFrame(rows, columns=_COUNTS)


def lever_names() -> dict[str, str]:
    """Return the levers and what they are called.

    Examples
    --------
    >>> list(lever_names())
    ['teacher_moves', 'systems_processes', 'students']
    """
    return {lever.id: lever.name for lever in load_codebook(LEVERS).main_themes}


def _with_people(segments: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    said = segments[["segment_id", "text"]].assign(
        utterance_id=utterance_of(segments["segment_id"].reset_index(drop=True)).array
    )
    turns = spoken(corpus)[["utterance_id", "document_id", "participant_id", "role"]]
    return said.merge(turns, on="utterance_id", how="inner", validate="many_to_one")
