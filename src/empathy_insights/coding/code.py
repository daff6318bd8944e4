"""Apply a codebook to segments: the default coder, or the ones you name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.coding.models.by_codebook import CodebookCoder
from empathy_insights.coding.models.stance import with_attributes
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
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I got locked out of my account."]})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> codings = code(segments, ei.load_codebook("empathy_core"))
    >>> codings.loc[codings["status"] == "auto", "theme"].tolist()
    ['tech_support', 'tech_support.troubleshooting']
    """
    SEGMENTS.check(segments)
    ordered = segments.sort_values("segment_id").reset_index(drop=True)
    if coders is None:
        codings = CodebookCoder(codebook, embedder_of(embedder))(ordered)
    else:
        found = [coder(ordered) for coder in coders] or [CODINGS.frame([])]
        codings = with_attributes(
            pd.concat(found, ignore_index=True), ordered, codebook
        )
    codings = codings.assign(score=codings["score"].round(_DIGITS))
    return CODINGS.check(codings.sort_values(list(CODINGS.key)).reset_index(drop=True))
