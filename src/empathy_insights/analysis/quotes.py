"""The words behind a theme: quotes by different people, and one that disagrees."""

from __future__ import annotations

import numpy as np
import pandas as pd

from empathy_insights.analysis.codings_in_place import (
    counted,
    locators,
    spoken,
    turn_of,
)
from empathy_insights.analysis.frequency_rows import count_words
from empathy_insights.analysis.judged_stances import judged_stances, praised
from empathy_insights.analysis.table_facts import state_of, stated
from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus, utterance_of
from empathy_insights.roles import K_ANONYMOUS, SOMEONE, attribution
from empathy_insights.tables import BY_PEOPLE, CODINGS, Schema
from empathy_insights.text.tokens import sentence_spans

QUOTES = Schema(
    "quotes",
    {
        "theme": "text", "kind": "text", "rank": "whole", "segment_id": "text",
        "participant_id": "text", "role": "text", "document_id": "text",
        "locator": "text", "attribution": "text", "stance": "text", "status": "text",
        "start": "whole", "end": "whole", "text": "text", "released_by": "text",
    },
    key=("theme", "kind", "rank"),
    may_miss=frozenset(
        {"participant_id", "role", "stance", "locator", "attribution", "released_by"}
    ),
)  # fmt: skip

_LONGEST = 55  # words of a quote
_READS_WELL, _TELLS_NOTHING = 28, 4  # words: "teachers!!" is no quote to begin with
_OF_ANOTHER = r"(?i)\b(?:he|she|his|her|him|hers|the (?:student|child|boy|girl))\b"
_OWN_VOICE = r"(?i)\b(?:i|me|my|mine|we|us|our|ours)\b"
_FROM_CODINGS = [
    "segment_id", "theme", "coder", "status", "score", "evidence_start", "evidence_end",
    "stance",
]  # fmt: skip
_TELLING = ("need", "asset", "mixed")
_FROM_TURNS = ["participant_id", "role", "document_id"]


@public
def quotes(
    codings: pd.DataFrame,
    corpus: Corpus,
    segments: pd.DataFrame,
    *,
    codebook: Codebook | None = None,
    per_theme: int = 3,
    withheld: pd.Series | None = None,
    released: pd.DataFrame | None = None,
    chances: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Choose verbatim quotes for each theme, by people of different roles.

    Each quote is by another person; roles take turns, known voices come before unknown
    ones, a student's own words before what somebody wrote down of them ("Internet at home
    is his mother's phone") and before a word or two, and passages closest to the theme
    first. Before all of that comes what people judged as a need or a strength. A long
    passage is shown by the sentences around its evidence. The `dissent` is the first quote
    with the opposite of the theme's usual stance (as people judged it, where they did), as a
    person has judged it; a theme without one has none.

    Parameters
    ----------
    codings
        Which segment got which theme, as `code` or `read_codings` returns it.
    corpus
        Documents, people and turns, as `read_corpus` returns them.
    segments
        The segments that were coded.
    codebook
        Its themes to `handle_with_care` get no quotes.
    per_theme
        How many quotes of the usual stance.
    withheld
        Ids of segments that must not be quoted.
    released
        What a person has released to others, as `released_passages` returns it.
    chances
        As `theme_chances` returns them: which of the passages that a person coded is the
        most typical.

    Returns
    -------
    pandas.DataFrame
        `theme`, `kind` (`quote` / `dissent`), `rank`, `segment_id`, `participant_id`,
        `role`, `document_id`, `locator` (document, turn and time), `attribution` (the role
        where five people of it or more were heard; for others than the team, `publish`
        the run), `stance`, `status`, `start`, `end` (code points into the document),
        `text` (verbatim), `released_by` (missing until a person released it).

    See Also
    --------
    publish : Leaves what others may read of them.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> said = ["I want to pick my own topic.", "Hm, fine."]
    >>> answers = pd.DataFrame({"who": ["ana", "bo"], "a": said})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> segments, book = ei.segment(corpus), ei.load_codebook("empathy_core")
    >>> codings = ei.code(segments, book)
    >>> ei.quotes(codings, corpus, segments, codebook=book)[["theme", "text"]]
                   theme                          text
    0  student_ownership  I want to pick my own topic.
    """
    codings = CODINGS.completed(codings)
    found = _passages(codings, corpus, segments)
    if chances is not None:
        found = found.assign(score=found["score"].fillna(_chances_of(found, chances)))
    if withheld is not None:
        found = found[~found["segment_id"].isin(withheld)]
    if codebook is not None:
        careful = {theme.id for theme in codebook if theme.handle_with_care}
        found = found[~found["theme"].isin(careful)]
    texts = corpus.documents.set_index("document_id")["text"]
    rows = [
        _quote({str(key): value for key, value in row.items()}, texts)
        for row in _chosen(found, per_theme, state_of(codings)).to_dict("records")
    ]
    table = stated(
        QUOTES.frame(rows),
        "quotes",
        {},
        corpus=corpus,
        codings=codings,
        codebook=codebook,
    )
    heard = table.attrs["heard_by_role"]
    by = {} if released is None else released.set_index("segment_id")["released_by"]
    return QUOTES.check(
        table.assign(
            released_by=table["segment_id"].map(by).astype("str"),
            locator=locators(utterance_of(table["segment_id"]), corpus),
            attribution=pd.Series(
                [
                    attribution(role) if heard.get(role, 0) >= K_ANONYMOUS else SOMEONE
                    for role in table["role"]
                ],
                index=table.index,
                dtype="str",
            ),
        )[list(QUOTES.columns)]
    )


def _passages(
    codings: pd.DataFrame, corpus: Corpus, segments: pd.DataFrame
) -> pd.DataFrame:
    """Return the codings that count, of main themes, with speaker, place and length."""
    found = counted(codings[_FROM_CODINGS])
    found = found[~found["theme"].str.contains(".", regex=False)]
    if not found["segment_id"].is_monotonic_increasing:  # ties go by it
        found = found.sort_values("segment_id", kind="stable")
    turns = spoken(corpus)
    said = turns.take(turn_of(found, turns, corpus))[_FROM_TURNS]
    at = pd.Index(segments["segment_id"]).get_indexer(pd.Index(found["segment_id"]))
    n_words = count_words(segments["text"])
    lengths = segments[["start", "end"]].assign(
        # Of passages that are alike otherwise, a middling length reads best.
        _length=(n_words - _READS_WELL).abs(),
        _short=n_words < _TELLS_NOTHING,
        # What an adult wrote down about a child is no quote of the child.
        _told=segments["text"].str.contains(_OF_ANOTHER)
        & ~segments["text"].str.contains(_OWN_VOICE),
    )
    joined = pd.concat(
        [
            found.reset_index(drop=True),
            said.reset_index(drop=True),
            lengths.take(at).reset_index(drop=True),
        ],
        axis="columns",
    )
    return joined[at >= 0]


def _chances_of(found: pd.DataFrame, chances: pd.DataFrame) -> pd.Series:
    """Return the chance of each coding's theme in its passage; missing where unknown."""
    table = chances.set_index("segment_id")
    rows = table.index.get_indexer(found["segment_id"])
    columns = table.columns.get_indexer(found["theme"])
    values = table.to_numpy(dtype=float)[rows, columns]
    known = (rows >= 0) & (columns >= 0)
    # Among those that are likely alike, a middling length reads best.
    halves = np.where(known, np.round(2 * values) / 2, np.nan)
    return pd.Series(halves, index=found.index)


def _chosen(found: pd.DataFrame, per_theme: int, state: str) -> pd.DataFrame:
    """Pick quotes of each theme's usual stance, and one of the opposite."""
    opposite = found["theme"].map(_opposite_stances(found, state))
    is_other = found["stance"] == opposite
    found = found.assign(_bears_out=_bears_out(found))
    # A coder's stances are right in seven of ten: who disagrees is for a person to say.
    is_judged = found["status"].isin(BY_PEOPLE)
    best = _take_turns(found[~is_other], per_theme).assign(kind="quote")
    quoted = pd.MultiIndex.from_frame(best[["theme", "participant_id"]])
    others = found[is_other & is_judged]
    pairs = pd.MultiIndex.from_frame(others[["theme", "participant_id"]])
    dissent = _take_turns(others[~pairs.isin(quoted)], 1).assign(kind="dissent")
    both = pd.concat([best, dissent], ignore_index=True)
    is_dissent = both["kind"] == "dissent"
    return both.assign(_last=is_dissent).sort_values(["theme", "_last", "rank"])


def _bears_out(found: pd.DataFrame) -> pd.Series:
    """Return whether a person judged that a passage speaks of a need or a strength.

    What is neither, and what nobody has read, says less of why a theme is told of.
    """
    return found["status"].isin(BY_PEOPLE) & found["stance"].isin(_TELLING)


def _opposite_stances(found: pd.DataFrame, state: str) -> pd.Series:
    """Return the opposite of each theme's usual stance; a need where both are as many.

    As people judged it, if they did: a theme told as a need is borne out by needs.
    """
    if len(judged_stances(found)):
        praise = praised(found, state)
        return pd.Series(
            {
                theme: "need" if theme in praise else "asset"
                for theme in found["theme"].unique()
            }
        )
    is_asset, is_need = found["stance"] == "asset", found["stance"] == "need"
    balance = is_asset.astype(int) - is_need.astype(int)
    usual_asset = balance.groupby(found["theme"]).sum() > 0
    return usual_asset.map({True: "need", False: "asset"})


def _take_turns(found: pd.DataFrame, n: int) -> pd.DataFrame:
    """Pick one passage a person, the roles in turn, the most typical ones first."""
    theme, _ = pd.factorize(found["theme"], sort=True)
    is_unknown = found["participant_id"].isna().to_numpy()
    is_silent = ~found["_bears_out"].to_numpy()
    is_poor = (found["_told"] & (found["role"] == "student")) | found["_short"]
    score = -found["score"].fillna(1).round(1).to_numpy()  # within a tenth alike
    keys = pd.DataFrame(
        {"theme": theme, "silent": is_silent, "unknown": is_unknown, "poor": is_poor.to_numpy(), "score": score,
         "length": found["_length"].to_numpy(), "row": np.arange(len(found))}
    )  # fmt: skip
    ranked = keys.iloc[
        np.lexsort((keys["length"], score, keys["poor"], is_unknown, is_silent, theme))
    ]
    who = pd.factorize(found["participant_id"])[0][ranked["row"]]
    one_each = ranked.assign(who=who).drop_duplicates(["theme", "who"])
    role = pd.factorize(found["role"].iloc[one_each["row"]])[0]
    turn = one_each.groupby([one_each["theme"], role]).cumcount().to_numpy()
    order = one_each.iloc[
        np.lexsort((one_each["length"], one_each["score"], turn, one_each["poor"],
                    one_each["unknown"], one_each["silent"], one_each["theme"]))
    ]  # fmt: skip
    place = order.groupby("theme").cumcount() + 1
    kept = order[place <= n]
    return found.iloc[kept["row"]].assign(rank=place[place <= n].to_numpy())


def _quote(row: dict[str, object], texts: pd.Series) -> dict[str, object]:
    document = str(texts[row["document_id"]])
    start, end = _excerpt(row, document)
    said = {"start": start, "end": end, "text": document[start:end]}
    return {name: row[name] for name in QUOTES.columns if name in row} | said


def _excerpt(row: dict[str, object], document: str) -> tuple[int, int]:
    """Return the sentences around the evidence, or the whole passage if it is short."""
    start, end = int(str(row["start"])), int(str(row["end"]))
    text = document[start:end]
    if len(text.split()) <= _LONGEST or pd.isna(row["evidence_start"]):
        return start, end
    spans = sentence_spans(text)
    if not spans:
        return start, end
    at = float(str(row["evidence_start"])) - start
    n = next((n for n, span in enumerate(spans) if at < span[1]), len(spans) - 1)
    first, last = n, n
    while first > 0 and _words(text, spans, first - 1, last) <= _LONGEST:
        first -= 1
    while last + 1 < len(spans) and _words(text, spans, first, last + 1) <= _LONGEST:
        last += 1
    return start + spans[first][0], start + spans[last][1]


def _words(text: str, spans: list[tuple[int, int]], first: int, last: int) -> int:
    return len(text[spans[first][0] : spans[last][1]].split())
