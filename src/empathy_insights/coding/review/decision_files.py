"""What several people decided about the same passages, from their files, as one table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.hand import read_decided
from empathy_insights.coding.review.decisions import without_idle_nos
from empathy_insights.coding.typed_codings import By, codings_in_frame
from empathy_insights.errors import TableError
from empathy_insights.files.output import for_file
from empathy_insights.tables import CODINGS, NO_THEME, STANCES

READ = "read by a person"
OWN_COLUMNS = ("asked", "fingerprint", "release", "care", "notes", "read_at")
"""What a table of decisions holds beside the columns of codings."""
_KEPT = ("asked", "notes")  # of these, in the codings of a study
_KNOWN = {*CODINGS.columns, *OWN_COLUMNS, "suggestion", "coded_at", "reviewed_by",
          "reviewed_at"}  # fmt: skip
_PAIR = ["segment_id", "theme"]
_PASSAGE = ["segment_id", "coder"]
_USUAL = {"asked": "", "fingerprint": "", "release": False, "care": False, "notes": "",
          "read_at": ""}  # fmt: skip


def latest(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put tables of decisions together: the latest of a reader counts in each passage."""
    numbered = [table.assign(_table=n) for n, table in enumerate(tables)]
    both = pd.concat([_none(), *numbered], ignore_index=True)
    when = pd.to_datetime(both["read_at"], format="ISO8601", utc=True, errors="coerce")
    both = both.assign(_when=when).sort_values(
        ["_when", "_table"], na_position="first", kind="stable"
    )
    last = both.groupby(_PASSAGE)["_table"].transform("last")
    kept = both[both["_table"] == last].drop_duplicates(list(CODINGS.key), keep="last")
    # Two passages of one file may have become one: what one of them says, it says.
    kept = without_idle_nos(kept)
    return kept.drop(columns=["_table", "_when"]).sort_index(ignore_index=True)


def decisions_of(
    one: str | Path | pd.DataFrame,
    codebook: Codebook,
    segments: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Read what people decided: a row a passage, theme and reader.

    Parameters
    ----------
    one
        A .json file of the review page, or a table that `read_codings` reads, or the same
        as a DataFrame.
    codebook
        The themes. What a file does not ask about (themes that came later) stays open;
        what the codebook no longer has is left out.
    segments
        The passages in which highlights of another program are found.

    Returns
    -------
    pandas.DataFrame
        Codings with the columns `asked` (the ids of the themes that the reader was asked
        about, separated by `;`; empty for all of them), `fingerprint` (of the passage's
        words; empty where the file has none), `release` (the reader lets others read the
        passage), `care` (somebody should see to it first), `notes` and `read_at`.

    Raises
    ------
    TableError
        The file cannot be read, is none of decisions, names themes that never were, or
        is of another codebook.
    """
    if isinstance(one, pd.DataFrame):
        table = codings_in_frame(one, By(codebook, segments))
    elif Path(one).suffix.lower() == ".json":
        return decisions_told(told_in(Path(one)), codebook, path=Path(one))
    else:
        table = read_decided(Path(one), codebook, segments)
    if "read_at" not in table and "coded_at" in table:
        table = table.assign(read_at=table["coded_at"])
    # Further columns of somebody's own are no part of a study: a text would be another's.
    known = [name for name in table.columns if name in _KNOWN]
    return _with_own_columns(table[known])


def _with_own_columns(table: pd.DataFrame) -> pd.DataFrame:
    told = {
        name: table[name].where(table[name].notna(), usual)
        if name in table
        else pd.Series(usual, index=table.index, dtype=_dtype(usual))
        for name, usual in _USUAL.items()
    }
    return table.assign(
        **{name: values.astype(_dtype(_USUAL[name])) for name, values in told.items()}
    )


def _dtype(usual: object) -> str:
    return "bool" if isinstance(usual, bool) else "str"


def _none() -> pd.DataFrame:
    return _with_own_columns(CODINGS.frame([])).assign(_table=pd.Series(dtype="int64"))


def decisions_told(
    told: Mapping[str, Any], codebook: Codebook, *, path: Path | None = None
) -> pd.DataFrame:
    """Return the decisions that the content of a .json file holds; see `decisions_of`.

    Raises
    ------
    TableError
        All of them are about themes of another codebook.
    """
    asked, now = _themes_now(told, codebook, path)
    is_whole = len(asked) == len(codebook.main_themes)
    shared = {
        "coder": str(told["reader"]).strip() or "somebody",
        "status": "human",
        "method": READ,
        "codebook_sha256": codebook.sha256,
        "asked": "" if is_whole else ";".join(asked),
    }
    last = {
        str(one["segment_id"]): one
        for one in sorted(
            told["decisions"], key=lambda one: str(one.get("read_at") or "")
        )
    }
    saved = told.get("saved_at") or ""
    rows = [
        shared | {"read_at": str(one.get("read_at") or saved)} | row
        for one in last.values()
        for row in _rows(one, now)
    ]
    return _with_own_columns(CODINGS.frame(rows))


def told_in(path: Path) -> dict[str, Any]:
    """Return the content of a .json file of decisions.

    Raises
    ------
    TableError
        The file cannot be read, or is none of decisions.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise TableError(
            "there is no such file of decisions; check its path", path=path
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise TableError(
            "the decisions cannot be read; save them again from the review page",
            path=path,
        ) from error
    if not holds_decisions(told):
        raise TableError(
            "this is no file of decisions: it needs 'reader' and 'decisions', each with "
            "a 'segment_id'",
            path=path,
        )
    return dict(_in_letters(told))


def _in_letters(told: Any) -> Any:  # noqa: ANN401 - JSON holds anything
    """Leave out what is no letter, such as half of a sign that a browser has cut."""
    if isinstance(told, dict):
        return {_in_letters(name): _in_letters(value) for name, value in told.items()}
    if isinstance(told, list):
        return [_in_letters(one) for one in told]
    return for_file(told) if isinstance(told, str) else told


def holds_decisions(told: object) -> bool:
    """Return whether this is the content of a file of decisions."""
    if not isinstance(told, dict) or not {"reader", "decisions"} <= set(told):
        return False
    given = told["decisions"]
    return isinstance(given, list) and all(
        isinstance(one, dict) and "segment_id" in one for one in given
    )


def _themes_now(
    told: Mapping[str, Any], codebook: Codebook, path: Path | None
) -> tuple[list[str], dict[str, str]]:
    """Return the themes asked about, and how each theme of a file is called now.

    A theme is the same by its id, or by its name; one that is gone is an empty text.
    """
    names = _named(told)
    mains = [theme.id for theme in codebook.main_themes]
    asked = _texts(told.get("asked")) or list(names) or mains
    given = {name for one in told["decisions"] for name in _texts(one.get("themes"))}
    by_name = {theme.name.casefold(): theme.id for theme in codebook}
    now = {one: one for one in [*(theme.id for theme in codebook), NO_THEME]}
    now |= {
        one: by_name.get(names.get(one, "").casefold(), "")
        for one in [*asked, *names]
        if one not in now
    }
    now |= {one: _of_part(one, now) for one in given if _main(one) in now}
    if strange := sorted(given - set(now)):
        raise TableError(
            f"it speaks of {strange[0]!r}, a theme that the codebook {codebook.name!r} "
            "does not have; review with this codebook, or analyze with that one",
            path=path,
        )
    kept = [one for one in mains if one in {now[name] for name in asked}]
    if not kept:
        raise TableError(
            f"these decisions are about other themes than those of the codebook "
            f"{codebook.name!r}; analyze with the codebook that was read with",
            path=path,
        )
    return kept, now


def _of_part(theme: str, now: Mapping[str, str]) -> str:
    """Return what a theme or sub-theme is called now; its theme where it is gone."""
    main = now[_main(theme)]
    part = theme.replace(_main(theme), main, 1)
    return now.get(theme) or now.get(part, main)


def _main(theme: str) -> str:
    return theme.split(".", maxsplit=1)[0]


def _named(told: Mapping[str, Any]) -> dict[str, str]:
    book = told.get("codebook")
    names = book.get("themes") if isinstance(book, dict) else None
    named = names.items() if isinstance(names, dict) else ()
    return {str(one): str(name) for one, name in named}


def _texts(given: object) -> list[str]:
    return list(map(str, given)) if isinstance(given, list) else []


def _rows(one: Mapping[str, Any], now: Mapping[str, str]) -> list[dict[str, object]]:
    stances = one.get("stances")
    stance_of = stances if isinstance(stances, dict) else {}
    given = {now[name]: stance_of.get(name) for name in _texts(one.get("themes"))}
    themes = {name: stance for name, stance in given.items() if name}
    return [
        {
            "segment_id": str(one["segment_id"]),
            "theme": theme,
            "score": None,
            "evidence_start": None,
            "evidence_end": None,
            "stance": str(stance) if stance in STANCES else "neutral",
            "fingerprint": str(one.get("fingerprint") or ""),
            "release": one.get("release") is True,
            "care": one.get("care") is True,
            "notes": str(one.get("note") or ""),
        }
        for theme, stance in (themes or {NO_THEME: None}).items()
    ]


def decided_by_all(decisions: pd.DataFrame, themes: Sequence[str]) -> pd.DataFrame:
    """Return one answer a passage and theme where several people read the same.

    A theme counts where at least half of those who were asked about it in the passage
    gave it: of two readers who differ, the one who heard it.

    Parameters
    ----------
    decisions
        As `decisions_of` returns them.
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
    asked = asked_by_anybody(readers)
    told = both.assign(asked=both["segment_id"].map(asked).astype("str"))
    return told.sort_values(_PAIR, ignore_index=True)


def _n_asked(
    readers: pd.DataFrame, themes: Sequence[str]
) -> dict[tuple[str, str], int]:
    """Return how many readers were asked about each theme in each passage."""
    asked = readers["asked"].map(lambda told: told.split(";") if told else list(themes))
    long = readers[["segment_id"]].assign(theme=asked).explode("theme")
    return dict(long.groupby(["segment_id", "theme"]).size().items())


def asked_by_anybody(readers: pd.DataFrame) -> dict[str, str]:
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
    told_here = [name for name in OWN_COLUMNS if name not in _KEPT]
    both = pd.concat([kept, people.drop(columns=told_here)], ignore_index=True)
    return both.sort_values(list(CODINGS.key)).reset_index(drop=True)
