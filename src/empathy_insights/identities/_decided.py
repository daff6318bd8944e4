"""Take out what a person decided to hide, in a study that is coded already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from empathy_insights.corpus import Corpus
from empathy_insights.identities._pieces import cells_of, rebuilt
from empathy_insights.identities._rewrite import (
    KEY_COLUMNS,
    Edit,
    in_order,
    made_unique,
    moved,
    shifted,
    shifter,
)
from empathy_insights.identities._vocabulary import KIN
from empathy_insights.identities.deidentify import Deidentified
from empathy_insights.identities.leaks import is_no_name

HIDDEN = "[hidden]"
_IN_IDS = "hidden"
_MADE_OF_IDS = frozenset(
    ("document_id", "participant_id", "segment_id", "utterance_id")
)
_EVIDENCE = ("evidence_start", "evidence_end")


def hide_strings(
    clean: Deidentified,
    strings: Sequence[str],
    segments: pd.DataFrame,
    codings: pd.DataFrame,
) -> tuple[Deidentified, pd.DataFrame, pd.DataFrame]:
    """Return the study without some strings; nothing is coded again.

    A name goes in any case. One that is also a word goes where it has the same capital:
    who hides `May` keeps `I may`.

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
    ids = made_unique({one: wanted.sub(_IN_IDS, one) for one in _ids(corpus)})
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
    found = [r"\s+".join(_cased(s.split())) for s in longest_first if s.strip()]
    joined = "|".join(found) or "(?!)"
    return re.compile(
        rf"(?<![^\W_])(?:{joined})(?:s(?= (?:{_OWNED})\b))?(?![^\W_])", re.IGNORECASE
    )


def _cased(words: Sequence[str]) -> Iterator[str]:
    """Yield the words in any case, but with their capitals where all of them are words."""
    are_words = all(is_no_name(word.lower()) for word in words)
    for word in words:
        first, rest = re.escape(word[0]), re.escape(word[1:])
        yield (
            f"(?-i:{first}){rest}" if are_words and word[0].isupper() else first + rest
        )


# Whose name has lost its apostrophe: `Wills mom`.
_OWNED = "|".join(sorted(KIN | {"house", "family", "class", "desk", "locker", "phone"}))


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
        if column in _MADE_OF_IDS:
            rest[column] = _with_ids(rest[column], ids)
        elif pd.api.types.is_string_dtype(rest[column]):
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
    renamed = _with_ids(codings["segment_id"], ids)
    return rest, codings.assign(segment_id=renamed, **spans)


def _with_ids(column: pd.Series, ids: dict[str, str]) -> pd.Series:
    """Rename documents and people, and the turns and passages of documents."""
    new = dict(ids)
    for one in column.dropna().unique():
        stem, colon, position = one.rpartition(":")
        new.setdefault(one, f"{ids.get(stem, stem)}{colon}{position}")
    return column.map(new, na_action="ignore").astype("str")


def _texts(documents: pd.DataFrame, ids: dict[str, str]) -> list[tuple[str, str]]:
    text = dict(zip(documents["document_id"], documents["text"], strict=True))
    return [(old, text[new]) for old, new in ids.items() if new in text]
