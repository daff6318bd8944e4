"""Take out what a person decided to hide, in a study that is coded already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from empathy_insights.corpus import Corpus
from empathy_insights.identities._pieces import cells_of, rebuilt
from empathy_insights.identities._rewrite import (
    KEY_COLUMNS,
    Edit,
    in_order,
    moved,
    shifted,
    shifter,
)
from empathy_insights.identities.deidentify import Deidentified

HIDDEN = "[hidden]"
_IN_IDS = "hidden"
_EVIDENCE = ("evidence_start", "evidence_end")


def hide_strings(
    clean: Deidentified,
    strings: Sequence[str],
    segments: pd.DataFrame,
    codings: pd.DataFrame,
) -> tuple[Deidentified, pd.DataFrame, pd.DataFrame]:
    """Return the study without some strings, in any case; nothing is coded again.

    Parameters
    ----------
    clean
        A study without identities.
    strings
        What a person found that says who somebody is.
    segments, codings
        What was made of the study; their offsets and texts follow.
    """
    wanted = _pattern(strings)
    corpus = clean.corpus
    documents = corpus.documents[["document_id", "text"]].itertuples(index=False)
    edits = {name: _edits(text, wanted) for name, text in documents}
    cells = {cell: wanted.sub(HIDDEN, cell) for cell in cells_of(corpus)}
    ids = {one: wanted.sub(_IN_IDS, one) for one in _ids(corpus)}
    rest = rebuilt(corpus, edits, cells, ids, {})
    key = pd.DataFrame(
        [(HIDDEN, string, "roster") for string in strings], columns=list(KEY_COLUMNS)
    )
    done = replace(
        clean,
        corpus=rest,
        log=in_order(
            pd.concat([_renamed(shifted(clean.log, edits), ids), _log(edits, ids)])
        ),
        review=_renamed(shifted(clean.review, edits), ids),
        key=pd.concat([clean.key, key.astype("str")], ignore_index=True),
    )
    return done, *_followed(segments, codings, edits, wanted, ids, rest.documents)


def _renamed(table: pd.DataFrame, ids: dict[str, str]) -> pd.DataFrame:
    names = table["document_id"].map(lambda name: ids.get(name, name))
    return table.assign(document_id=names.astype("str"))


def _pattern(strings: Sequence[str]) -> re.Pattern[str]:
    """Match any of the strings as whole words, whatever white space is in them."""
    longest_first = sorted(set(strings), key=lambda string: (-len(string), string))
    found = [r"\s+".join(map(re.escape, s.split())) for s in longest_first if s.strip()]
    joined = "|".join(found) or "(?!)"
    return re.compile(rf"(?<![^\W_])(?:{joined})(?![^\W_])", re.IGNORECASE)


def _edits(text: str, wanted: re.Pattern[str]) -> list[Edit]:
    return [(m.start(), m.end(), HIDDEN) for m in wanted.finditer(text)]


def _ids(corpus: Corpus) -> set[str]:
    frames = (corpus.documents, corpus.participants, corpus.problems)
    return {
        str(one)
        for frame in frames
        for column in ("document_id", "participant_id", "path")
        if column in frame
        for one in frame[column].dropna()
    }


def _log(edits: dict[str, list[Edit]], ids: dict[str, str]) -> pd.DataFrame:
    rows = [
        (
            ids.get(name, name),
            shift(start),
            shift(end),
            "decided",
            "roster",
            HIDDEN,
            "high",
        )
        for name, some in edits.items()
        for shift in [shifter(some)]
        for start, end, _ in some
    ]
    columns = [
        "document_id",
        "start",
        "end",
        "kind",
        "source",
        "replacement",
        "confidence",
    ]
    return pd.DataFrame(rows, columns=columns)


def _followed(
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    edits: dict[str, list[Edit]],
    wanted: re.Pattern[str],
    ids: dict[str, str],
    documents: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Move segments and the evidence of codings along with what was taken out."""
    shifts = {name: shifter(some) for name, some in edits.items()}
    texts = dict(_texts(documents, ids))
    place = segments.set_index("segment_id")["document_id"]
    rest = moved(segments, shifts, texts)
    for column in rest.columns.difference(["text"]):
        if pd.api.types.is_string_dtype(rest[column]):
            new = _IN_IDS if column.endswith("_id") else HIDDEN
            rest[column] = rest[column].str.replace(wanted, new, regex=True)
    names = codings["segment_id"].map(place)
    spans = {
        column: [
            shifts[name](int(at)) if pd.notna(at) and name in shifts else at
            for name, at in zip(names, codings[column], strict=True)
        ]
        for column in _EVIDENCE
    }
    renamed = codings["segment_id"].str.replace(wanted, _IN_IDS, regex=True)
    return rest, codings.assign(segment_id=renamed, **spans)


def _texts(documents: pd.DataFrame, ids: dict[str, str]) -> list[tuple[str, str]]:
    text = dict(zip(documents["document_id"], documents["text"], strict=True))
    return [(old, text[new]) for old, new in ids.items() if new in text]
