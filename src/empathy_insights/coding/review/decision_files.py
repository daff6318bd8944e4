"""What several people decided about the same passages, from their files, as one table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.hand import read_codings
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS, NO_THEME, STANCES

READ = "read by a person"
_PAIR = ["segment_id", "theme"]


def read_decisions(
    files: Sequence[str | Path | pd.DataFrame], codebook: Codebook
) -> pd.DataFrame:
    """Read what people decided: a row a passage, theme and reader.

    Parameters
    ----------
    files
        A .json file of the review page, a table that `read_codings` reads, or codings.
    codebook
        The themes. What a file does not ask about (themes that came later) stays open.

    Returns
    -------
    pandas.DataFrame
        Codings with the column `asked`: the ids of the themes that the reader was asked
        about, separated by `;`; empty for all of them.

    Raises
    ------
    TableError
        A file cannot be read, is none of decisions, or names themes that the codebook
        does not have.

    Examples
    --------
    >>> import json, pathlib, tempfile
    >>> import empathy_insights as ei
    >>> file = pathlib.Path(tempfile.mkdtemp(), "decisions-kim.json")
    >>> told = {"reader": "kim", "asked": ["tech_support", "digital_access"],
    ...         "decisions": [{"segment_id": "d:0001.01", "themes": ["tech_support"]}]}
    >>> _ = file.write_text(json.dumps(told))
    >>> read_decisions([file], ei.load_codebook("empathy_core"))[["theme", "coder", "asked"]]
              theme coder                        asked
    0  tech_support   kim  tech_support;digital_access
    """
    tables = [_read(one, codebook) for one in files]
    empty = CODINGS.frame([]).assign(asked=pd.Series(dtype="str"))
    return pd.concat([empty, *tables], ignore_index=True).drop_duplicates(
        list(CODINGS.key), keep="last", ignore_index=True
    )


def _read(one: str | Path | pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    if isinstance(one, pd.DataFrame):
        table = CODINGS.completed(one)
    elif Path(one).suffix.lower() == ".json":
        return _of_json(Path(one), codebook)
    else:
        table = read_codings(one, codebook)
    asked = table["asked"].fillna("") if "asked" in table else ""
    return table.assign(asked=asked)


def _of_json(path: Path, codebook: Codebook) -> pd.DataFrame:
    told = _loaded(path)
    mains = [theme.id for theme in codebook.main_themes]
    known = {theme.id for theme in codebook}
    asked = [str(theme) for theme in told.get("asked") or mains]
    given = told["decisions"]
    named = {str(theme) for one in given for theme in one.get("themes", [])}
    strange = sorted((named | set(asked)) - known)
    if strange:
        raise TableError(
            f"it speaks of {strange[0]!r}, a theme that the codebook {codebook.name!r} "
            "does not have; review with this codebook, or analyze with that one",
            path=path,
        )
    is_whole = set(mains) <= set(asked)
    rows = [
        row | {"asked": "" if is_whole else ";".join(asked)}
        for one in given
        for row in _rows(one, str(told["reader"]), codebook)
    ]
    frame = CODINGS.frame(rows)
    return frame if len(frame) else frame.assign(asked=pd.Series(dtype="str"))


def _loaded(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise TableError(
            "the decisions cannot be read; save them again from the review page",
            path=path,
        ) from error
    whole = isinstance(told, dict) and {"reader", "decisions"} <= set(told)
    if not whole or not all(
        isinstance(one, dict) and "segment_id" in one for one in told["decisions"]
    ):
        raise TableError(
            "this is no file of decisions: it needs 'reader' and 'decisions', each with "
            "a 'segment_id'",
            path=path,
        )
    return dict(told)


def _rows(
    one: Mapping[str, Any], reader: str, codebook: Codebook
) -> list[dict[str, object]]:
    themes = one.get("themes")
    stances = one.get("stances")
    stance_of = stances if isinstance(stances, dict) else {}
    return [
        {
            "segment_id": str(one["segment_id"]),
            "theme": theme,
            "coder": reader,
            "status": "human",
            "score": None,
            "method": READ,
            "evidence_start": None,
            "evidence_end": None,
            "stance": _stance(stance_of.get(theme)),
            "codebook_sha256": codebook.sha256,
        }
        for theme in (themes if isinstance(themes, list) and themes else [NO_THEME])
    ]


def _stance(given: object) -> str:
    return str(given) if given in STANCES else "neutral"


def decided_by_all(decisions: pd.DataFrame, themes: Sequence[str]) -> pd.DataFrame:
    """Return one answer a passage and theme where several people read the same.

    A theme counts where at least half of those who were asked about it in the passage
    gave it: of two readers who differ, the one who heard it.

    Parameters
    ----------
    decisions
        As `read_decisions` returns them.
    themes
        The main themes of the codebook.

    Returns
    -------
    pandas.DataFrame
        Codings as of one reader a passage: the rows of the readers who gave what counts,
        one a passage and theme, and `no_theme` where nothing does.
    """
    readers = decisions.drop_duplicates(["segment_id", "coder"])
    n_asked = _n_asked(readers, themes)
    main = decisions["theme"].str.split(".").str[0]
    yes = decisions[decisions["theme"] != NO_THEME].assign(_main=main)
    votes = yes.drop_duplicates(["segment_id", "coder", "_main"])
    votes = votes.groupby(["segment_id", "_main"]).size()
    n = [n_asked.get((one, theme), 1) for one, theme in votes.index]
    wins = votes.index[votes.to_numpy() * 2 >= np.array(n)]
    kept = yes[pd.MultiIndex.from_frame(yes[["segment_id", "_main"]]).isin(wins)]
    kept = kept.drop(columns="_main").drop_duplicates(_PAIR)
    bare = readers[~readers["segment_id"].isin(kept["segment_id"])]
    bare = bare.drop_duplicates("segment_id").assign(theme=NO_THEME)
    both = pd.concat([kept, bare], ignore_index=True)
    asked = _asked_by_anybody(readers)
    told = both.assign(asked=both["segment_id"].map(asked).astype("str"))
    return told.sort_values(_PAIR, ignore_index=True)


def _n_asked(
    readers: pd.DataFrame, themes: Sequence[str]
) -> dict[tuple[str, str], int]:
    """Return how many readers were asked about each theme in each passage."""
    asked = readers["asked"].map(lambda told: told.split(";") if told else list(themes))
    long = readers[["segment_id"]].assign(theme=asked).explode("theme")
    return dict(long.groupby(["segment_id", "theme"]).size().items())


def _asked_by_anybody(readers: pd.DataFrame) -> dict[str, str]:
    """Return what somebody was asked about each passage; empty is everything."""
    found: dict[str, str] = {}
    for segment, told in readers[["segment_id", "asked"]].itertuples(index=False):
        before = found.get(segment)
        if told == "" or before == "":
            found[segment] = ""
        else:
            both = [*(before.split(";") if before else []), *told.split(";")]
            found[segment] = ";".join(dict.fromkeys(both))
    return found


def with_decisions(
    codings: pd.DataFrame, read: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """Put people's codings in the place of automatic ones, passage by passage.

    Where a reader was not asked about a theme, the coder's coding of it stays.
    """
    if not len(read):
        return codings
    mains = [theme.id for theme in codebook.main_themes]
    people = decided_by_all(read, mains)
    asked = people.drop_duplicates("segment_id").set_index("segment_id")["asked"]
    told = codings["segment_id"].map(asked)
    main = codings["theme"].str.split(".").str[0]
    is_asked = [
        isinstance(names, str) and (not names or theme in names.split(";"))
        for names, theme in zip(told, main, strict=True)
    ]
    kept = codings[~np.array(is_asked, dtype=bool)]
    both = pd.concat([kept, people], ignore_index=True)
    return both.sort_values(list(CODINGS.key)).reset_index(drop=True)
