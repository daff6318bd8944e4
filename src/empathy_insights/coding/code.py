"""Apply a codebook to segments: the default coder, or the ones you name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.coding.disclosures import find_sensitive
from empathy_insights.coding.language_model.model_coder import LanguageModel
from empathy_insights.coding.models.by_codebook import CodebookCoder
from empathy_insights.coding.models.learned import LearnedCoder
from empathy_insights.coding.models.stance import with_attributes
from empathy_insights.corpus import segment_id
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS, SEGMENTS
from empathy_insights.text.embedders import Embedder, embedder_of

# Threads add in another order, which shows in the last of a number's sixteen digits.
_DIGITS = 6


class Coder(Protocol):
    """Code segments by the themes of one codebook."""

    @property
    def name(self) -> str:
        """What the column `coder` says."""
        ...

    def __call__(self, segments: pd.DataFrame) -> pd.DataFrame:
        """Return codings; the segments stay as they are, their order does not matter."""
        ...


@public
def code(
    segments: pd.DataFrame,
    codebook: Codebook,
    *,
    coders: Sequence[Coder] | None = None,
    embedder: Embedder | str | Path | None = None,
) -> pd.DataFrame:
    """Code segments by the themes of a codebook; a segment may have several themes.

    A segment is coded (`auto`) where it holds a strong phrase of the theme or, for a
    theme that has no phrases, where a model of the codebook's own texts is surer than
    the point from which four in five held-out examples were right. Where it holds two
    weak phrases, or the theme stands out in it by what the model says of the study, the
    theme is only suggested (`suggested`) for a person to accept or reject, and never
    counted.

    Parameters
    ----------
    segments
        What people said, as `segment` returns it.
    codebook
        The themes, as `load_codebook` returns them.
    coders
        Used instead of the default; their codings stand side by side.
    embedder
        What the default's semantic half compares texts with: an embedder, or the folder
        of a sentence-transformer; all-MiniLM-L6-v2 when not given, offline.

    Returns
    -------
    pandas.DataFrame
        A row a segment, theme and coder: `segment_id`, `theme`, `coder`, `status`,
        `score` (0 to 1: how likely the model of the codebook's texts finds it),
        `method` (what led to it), `evidence_start`, `evidence_end` (code points into
        the document), `stance`, `codebook_sha256`, `suggestion` (the speaker suggests
        a change).

    See Also
    --------
    read_codings : Codings by people.
    explain : Why a segment got a theme.
    fit_coder : A coder taught by people.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I got locked out of my account."]})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> codings = ei.code(segments, ei.load_codebook("empathy_core"))
    >>> codings.loc[codings["status"] == "auto", "theme"].tolist()
    ['tech_support', 'tech_support.troubleshooting']
    """
    ordered = _in_order(segments)
    if coders is None:
        return _tidied(CodebookCoder(codebook, embedder_of(embedder))(ordered))
    found = [_bound(coder, codebook)(ordered) for coder in coders]
    found = found or [CODINGS.frame([])]
    return _tidied(
        with_attributes(pd.concat(found, ignore_index=True), ordered, codebook)
    )


def code_study(
    segments: pd.DataFrame,
    codebook: Codebook,
    embedder: Embedder,
    taught: str | Path | None = None,
) -> dict[str, pd.DataFrame]:
    """Return all that coders say of a study, each passage judged once.

    Parameters
    ----------
    taught
        The file of a coder that people have taught; the codebook's when not given.

    Returns
    -------
    dict
        `codings` and `chances`, as `code` and `theme_chances` return them; `asked`, as
        `question_chances` does; `sensitive`: ids of passages that need care.
    """
    if taught is None:
        codings, chances = _by_codebook(segments, codebook, embedder)
    else:
        codings, chances = _as_taught(segments, codebook, embedder, taught)
    return {
        "codings": codings,
        "chances": chances,
        "asked": question_chances(segments, codebook, embedder),
        "sensitive": find_sensitive(segments, codebook, embedder)[["segment_id"]],
    }


def _by_codebook(
    segments: pd.DataFrame, codebook: Codebook, embedder: Embedder
) -> tuple[pd.DataFrame, pd.DataFrame]:
    ordered = _in_order(segments)
    coder = CodebookCoder(codebook, embedder)
    codings, chances = coder.codings_and_chances(ordered)
    return _tidied(codings), ordered[["segment_id"]].join(chances.round(_DIGITS))


def _as_taught(
    segments: pd.DataFrame, codebook: Codebook, embedder: Embedder, file: str | Path
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return codings and chances, or raise `TableError` for a coder of other themes."""
    coder = LearnedCoder.load(file, embedder=embedder)
    if missing := {one.id for one in codebook} - {one.id for one in coder.codebook}:
        raise TableError(
            f"the coder has not learned {min(missing)!r}, a theme of the codebook "
            f"{codebook.name!r}; teach one with this codebook",
            path=file,
        )
    codings = code(segments, codebook, coders=[coder])
    known = codings["theme"].isin([theme.id for theme in codebook])
    chances = theme_chances(segments, codebook, coders=[coder])
    return codings[known].reset_index(drop=True), chances


def _bound(coder: Coder, codebook: Codebook) -> Coder:
    """Tell a language model, which has no themes of its own, the themes."""
    return coder.by(codebook) if isinstance(coder, LanguageModel) else coder


def _in_order(segments: pd.DataFrame) -> pd.DataFrame:
    SEGMENTS.check(segments)
    return segments.sort_values("segment_id").reset_index(drop=True)


def _tidied(codings: pd.DataFrame) -> pd.DataFrame:
    codings = codings.assign(score=codings["score"].round(_DIGITS))
    return CODINGS.check(codings.sort_values(list(CODINGS.key)).reset_index(drop=True))


@public
def theme_chances(
    segments: pd.DataFrame,
    codebook: Codebook,
    *,
    coders: Sequence[Coder] | None = None,
    embedder: Embedder | str | Path | None = None,
) -> pd.DataFrame:
    """Return how likely coders find each main theme in each segment.

    `code` names the likely themes; this says it of all, for `estimate_counts`. A coder
    with a method `probabilities(segments)` is asked (a column a theme); of another, the
    scores of its codings are taken, and a segment that it did not code is unlikely. Of
    several coders, the mean is taken.

    Parameters
    ----------
    segments
        What people said, as `segment` returns it.
    codebook
        The themes, as `load_codebook` returns them.
    coders
        Used instead of the default, as in `code`.
    embedder
        As in `code`.

    Returns
    -------
    pandas.DataFrame
        A row a segment, by id: `segment_id`, and each main theme's chance (0 to 1).

    See Also
    --------
    estimate_counts : Counts people by these chances.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I got locked out of my account."]})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> ei.theme_chances(segments, ei.load_codebook("empathy_core"))["tech_support"] > 0.9
    0    True
    Name: tech_support, dtype: bool
    """
    ordered = _in_order(segments)
    if coders is None:
        coders = [CodebookCoder(codebook, embedder_of(embedder))]
    themes = [theme.id for theme in codebook.main_themes]
    none = np.full((len(ordered), len(themes)), _NOT_CODED)
    said = [_chances_of(_bound(coder, codebook), ordered, themes) for coder in coders]
    said = said or [none]
    chances = pd.DataFrame(np.mean(said, axis=0), columns=themes)
    return ordered[["segment_id"]].join(chances.round(_DIGITS))


def question_chances(
    segments: pd.DataFrame, codebook: Codebook, embedder: Embedder
) -> pd.DataFrame:
    """Return how likely the questions that people were asked name each main theme.

    A question is judged as an answer is in `theme_chances`: a row a question, in the
    order of the alphabet: `question`, and each theme's chance. "How's lunch?" - "Gross."
    is about lunch, though the answer doesn't say so.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["Slow."], "q": ["How's the wifi?"]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who", question="q")
    >>> segments, book = ei.segment(corpus), ei.load_codebook("empathy_core")
    >>> question_chances(segments, book, embedder_of("static"))["digital_access"] > 0.5
    0    True
    Name: digital_access, dtype: bool
    """
    SEGMENTS.check(segments)
    asked = segments["question"].dropna()
    questions = pd.DataFrame({"question": sorted(set(asked[asked.str.strip() != ""]))})
    questions = questions.astype("str")
    if questions.empty:
        themes = [theme.id for theme in codebook.main_themes]
        return questions.reindex(columns=["question", *themes])
    as_said = _as_segments(questions["question"])
    chances = theme_chances(as_said, codebook, embedder=embedder)
    return questions.join(chances.drop(columns="segment_id"))


def _as_segments(texts: pd.Series) -> pd.DataFrame:
    """Return texts in the form of segments, in their order."""
    ids = [f"{n:07d}" for n in range(len(texts))]
    return SEGMENTS.frame(
        [
            {
                "segment_id": segment_id(id_, 1), "utterance_id": id_, "start": 0,
                "end": len(text), "text": text, "document_id": "questions",
                "unit": "turn",
            }
            for id_, text in zip(ids, texts, strict=True)
        ]
    )  # fmt: skip


# What codings tell of chances where a coder says no more.
_OF_STATUS = {"auto": 0.8, "suggested": 0.3, "human": 0.95, "accepted": 0.95}
_NOT_CODED = 0.03


def _chances_of(coder: Coder, segments: pd.DataFrame, themes: list[str]) -> np.ndarray:
    """Return what a coder says of every segment: a column a theme."""
    asked = getattr(coder, "probabilities", None)
    if asked is None:
        return _by_scores(coder(segments), segments, themes)
    told = asked(segments).reindex(columns=themes).fillna(_NOT_CODED)
    return np.asarray(told, dtype=np.float64)


def _by_scores(
    codings: pd.DataFrame, segments: pd.DataFrame, themes: list[str]
) -> np.ndarray:
    chances = np.full((len(segments), len(themes)), _NOT_CODED)
    row = pd.Index(segments["segment_id"]).get_indexer(codings["segment_id"])
    column = pd.Index(themes).get_indexer(codings["theme"].str.split(".").str[0])
    usual = codings["status"].map(_OF_STATUS).fillna(_NOT_CODED)
    score = codings["score"].fillna(usual).clip(_NOT_CODED, 1 - _NOT_CODED).to_numpy()
    is_here = (row >= 0) & (column >= 0)
    np.maximum.at(chances, (row[is_here], column[is_here]), score[is_here])
    return chances
