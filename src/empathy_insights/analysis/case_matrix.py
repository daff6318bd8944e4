"""Who said what, for R or for Excel: participants by themes, and passage by passage."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from empathy_insights.analysis.counting import Level, counted_codings
from empathy_insights.analysis.table_facts import stated
from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus, heard
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS


@public
def case_matrix(
    codings: pd.DataFrame,
    corpus: Corpus,
    *,
    codebook: Codebook | None = None,
    level: Level = "main",
    values: Literal["raised", "segments"] = "raised",
) -> pd.DataFrame:
    """Lay out who raised which theme, a row a person, also where they raised none.

    The table shows persons: it is for the team, and `publish` refuses it. What unknown
    voices say is in no row.

    Parameters
    ----------
    codings
        Which segment got which theme, as `code` or `read_codings` returns it.
    corpus
        Documents, people and turns, as `read_corpus` returns them.
    codebook
        Gives themes their order, and a column to every theme that nobody raised.
    level
        `main` for themes, `sub` for sub-themes, `all` for both.
    values
        `raised` for 0 or 1, `segments` for the number of passages.

    Returns
    -------
    pandas.DataFrame
        A row a participant heard: `participant_id`, `role` and the other columns of the
        participants, then a column a theme, named by its id. `attrs["names"]` maps these
        to the names of the themes.

    Raises
    ------
    TableError
        A coding belongs to another corpus or to a facilitator, or a theme is called like
        a column of the participants.
    ValueError
        There are no such values.

    See Also
    --------
    theme_frequency : The same, counted.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["I forgot my password.", "Fine."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> codings = ei.code(ei.segment(corpus), ei.load_codebook("empathy_core"))
    >>> ei.case_matrix(codings, corpus)[["participant_id", "tech_support"]]
      participant_id  tech_support
    0     survey:p01             1
    1     survey:p02             0
    """
    codings = CODINGS.completed(codings)
    if values not in {"raised", "segments"}:
        raise ValueError(f"values must be 'raised' or 'segments', not {values!r}")
    people = heard(corpus).sort_values("participant_id").reset_index(drop=True)
    counts = counted_codings(codings, corpus, codebook=codebook, level=level)
    _check_names(people, list(counts.names))
    who = pd.Index(people["participant_id"]).get_indexer(
        pd.Index(counts.turns["participant_id"])
    )
    theme = pd.Index(list(counts.names)).get_indexer(pd.Index(counts.found["theme"]))
    shape = len(people), len(counts.names)
    matrix = _tally(who[counts.turn], theme, shape)
    cells = np.minimum(matrix, 1) if values == "raised" else matrix
    table = people.join(pd.DataFrame(cells, columns=list(counts.names)))
    unit = "1 where the person raised it" if values == "raised" else "passages"
    told = stated(
        table, "case_matrix", dict.fromkeys(counts.names, unit), corpus=corpus,
        codings=codings, codebook=codebook,
    )  # fmt: skip
    told.attrs |= {"names": dict(counts.names), "values": values}
    return told


_ABOUT_CODING = [
    "utterance_id", "coder", "score", "method", "evidence_start", "evidence_end",
    "codebook_sha256",
]  # fmt: skip
_FIRST = [
    "segment_id", "document_id", "participant_id", "theme", "theme_name", "sub_theme",
    "sub_theme_name", "stance", "status",
]  # fmt: skip


def coded_passages(
    found: pd.DataFrame, corpus: Corpus, segments: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """Lay out every coding that counts, a row a passage and theme, with who said it where.

    Parameters
    ----------
    found
        The codings that count, each in its place, as `located` returns them.

    Returns
    -------
    pandas.DataFrame
        `segment_id`, `document_id`, `participant_id`; `theme`, `theme_name`, `sub_theme`,
        `sub_theme_name`, a column a level; `stance`, `status`; what is known of the
        document and of the person; `start`, `end` (code points into the document) and
        `text` of the passage.
    """
    found = found.drop(columns=_ABOUT_CODING)
    theme = found["theme"].str.split(".").str[0]
    is_part = found["theme"].str.contains(".", regex=False)
    pairs = pd.MultiIndex.from_arrays([found["segment_id"], theme])
    names = {one.id: one.name for one in codebook}
    part = found["theme"].where(is_part)
    levels = found.assign(
        theme=theme,
        theme_name=theme.map(names),
        sub_theme=part,
        sub_theme_name=part.map(names),
    )
    # A passage with a part of a theme has the theme in the same row.
    rows = levels[is_part | ~pairs.isin(pairs[is_part])]
    said = segments[["segment_id", "start", "end", "text"]]
    joined = rows.merge(said, on="segment_id", validate="many_to_one")
    rest = [name for name in joined if name not in _FIRST]
    order = ["document_id", "start", "segment_id", "theme", "sub_theme"]
    table = joined.sort_values(order, ignore_index=True)[[*_FIRST, *rest]]
    return stated(
        table, "coded_passages", {}, corpus=corpus, codings=found, codebook=codebook
    )


def _check_names(people: pd.DataFrame, themes: list[str]) -> None:
    twice = [name for name in themes if name in people.columns]
    if twice:
        raise TableError(
            f"{twice[0]!r} is a theme and a column of the participants; give the column "
            "another name"
        )


def _tally(who: np.ndarray, theme: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    known = who >= 0
    cells = who[known] * max(shape[1], 1) + theme[known]
    return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
