"""Saturation: how much that is new each further interview still adds."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Literal

import numpy as np
import pandas as pd

from empathy_insights.analysis.codings_in_place import (
    check_group,
    counted,
    locate,
    spoken,
    turn_of,
    where,
)
from empathy_insights.analysis.estimate.counts import Estimate
from empathy_insights.analysis.saturation_curve import (
    Flags,
    SaturationRule,
    caution,
    curve,
    guest_report,
    in_each_group,
    order_said,
    raised_in,
    saturation_finding,
)
from empathy_insights.analysis.table_facts import stated
from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus
from empathy_insights.tables import BY_PEOPLE, CHECKED, CODINGS, Schema
from empathy_insights.topics import Topics

_OF_DRAWS = ": the middle of the draws", ": what nine in ten draws do not exceed"
_CONVERSATIONS = ("interview", "focus_group")

SATURATION = Schema(
    "saturation",
    {
        "documents": "whole", "document_id": "text", "kind": "text", "new": "whole",
        "known": "whole", "new_in_run": "whole", "ratio": "number", "reached": "flag",
        "median": "number", "low": "number", "high": "number",
    },
    key=("documents",),
    may_miss=frozenset({"ratio"}),
)  # fmt: skip


@public
def saturation(
    codings: pd.DataFrame,
    corpus: Corpus,
    *,
    codebook: Codebook | None = None,
    topics: Topics | None = None,
    level: Literal["sub", "main"] = "sub",
    base: int = 4,
    run: int = 2,
    threshold: float = 0.05,
    n_shuffles: int = 200,
    random_state: int = 0,
    by: str | None = None,
    estimate: Estimate | None = None,
) -> pd.DataFrame:
    r"""Count what each further interview adds, after Guest, Namey & Chen (2020).

    New codes of the last `run` documents are compared with the codes of the first
    `base`. Documents are the interviews and focus groups in which somebody speaks, by
    date (those without one last), then by id. That order is chance in part, so codes
    are counted in random orders too.

    Parameters
    ----------
    codings
        Which segment got which theme, as `code` or `read_codings` returns it.
    corpus
        Documents, people and turns, as `read_corpus` returns them.
    codebook
        Says how many themes there were to find, and which have no sub-themes; the
        codings say which were found.
    topics
        Count these instead of the codings, of which none is then read; nor is `level`.
    level
        `sub` for sub-themes, and for themes that have none (both are then called
        codes); `main` for themes, which saturate by construction.
    base, run, threshold
        Guest, Namey & Chen use 4, 5 or 6; 2 or 3; 0.05 or 0.
    n_shuffles
        How many random orders of the documents are counted.
    random_state
        Seed of everything random.
    by
        A column of the participants or documents (`role`, `site`): a curve for each of
        its values, of the documents in which such people speak and what they raise.
    estimate
        What `estimate_counts` returns for these passages. Themes (`level` main) are then
        those of its draws, and themes that people gave and no coder judged.

    Returns
    -------
    pandas.DataFrame
        The column of `by`, then `documents` (heard so far), `document_id`, `kind`,
        `new`, `known` (so far), `new_in_run`, `ratio` (missing until base and run were
        heard), `reached` (the run that ends here has no more than the threshold),
        `median`, `low`, `high` (known in random orders: the middle, and 95 % of them).
        Of an estimate, `known` is the middle of its draws, `ratio` what nine in ten of
        them do not exceed, and each random order is of another draw.

        `attrs` also holds `finding` (a sentence), `report` (as Guest, Namey & Chen
        report: `≤5 % at 6+2`, or `not reached`), `caution` (why a flat curve may mean
        little; may be empty), `order` and `settings`.

    Raises
    ------
    TableError
        A coding belongs to another corpus or to a facilitator, there is no such column
        to group by, or it is called as one of this table.
    ValueError
        `base`, `run` or `n_shuffles` is below 1, or `threshold` is not a share.

    See Also
    --------
    theme_frequency : How many people raised each theme.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import empathy_insights as ei
    >>> said = {"a": "Ana: My phone is old.", "b": "Ben: No wifi at home. It is fine."}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name, words in said.items():
    ...         text = f"Interviewer: How is it?\n{words}\n"
    ...         _ = Path(folder, f"{name}.txt").write_text(text, encoding="utf-8")
    ...     corpus = ei.read_corpus(folder)
    >>> codings = ei.code(ei.segment(corpus), ei.load_codebook("empathy_core"))
    >>> heard = ei.saturation(codings, corpus, base=1, run=1)
    >>> heard[["documents", "new", "known"]]
       documents  new  known
    0          1    0      0
    1          2    1      1
    """
    codings = CODINGS.completed(codings)
    columns = () if by is None else (by,)
    check_group(corpus, columns, table=SATURATION)
    found = _found(codings, corpus, topics, level, columns, codebook)
    what = "topic" if topics else "theme" if level == "main" else _called(found)
    rule = SaturationRule(what, base, run, threshold, n_shuffles, random_state)
    drawn = estimate if what == "theme" else None
    state = CHECKED if drawn is None else drawn.state
    heard = _heard(corpus, columns)
    curves = [
        (group, curve(_raised(found, documents, group, corpus, drawn), documents, rule))
        for group, documents in _documents(heard, columns)
    ]
    table = _together([one.assign(**group) for group, one in curves], columns)
    table = stated(
        table, "saturation", _units(rule, drawn), corpus=corpus,
        codings=found if topics is None else None, codebook=codebook, by=columns,
    )  # fmt: skip
    names = [", ".join(map(str, group.values())) for group, _ in curves]
    by_name = dict(zip(names, [one for _, one in curves], strict=True))
    table.attrs |= {
        "finding": in_each_group(
            {
                name: saturation_finding(one, rule, state)
                for name, one in by_name.items()
            }
        ),
        "report": in_each_group(
            {name: guest_report(one, rule, state) for name, one in by_name.items()}
        ),
        "caution": caution(rule, level, found, codebook, state),
        "order": order_said(heard),
        "settings": asdict(rule),
    }
    if drawn is not None:
        table.attrs["state"] = state
    return table


def _found(
    codings: pd.DataFrame,
    corpus: Corpus,
    topics: Topics | None,
    level: str,
    columns: tuple[str, ...],
    codebook: Codebook | None,
) -> pd.DataFrame:
    if topics is None:
        used = counted(codings).astype({"theme": "str"})
        is_part = used["theme"].str.contains(".", regex=False)
        # Which themes have no sub-themes, codings alone do not say.
        parted = used["theme"] + "." if codebook is None else _ids(codebook)
        if codebook is None and not is_part.any():
            parted = parted[:0]
        is_whole = ~used["theme"].isin(parted.str.replace(r"\.[^.]*$", "", regex=True))
        used = used[is_part | is_whole if level == "sub" else ~is_part]
    else:
        used = _codings_of(topics)
    kept = ["document_id", "theme", "status", "codebook_sha256", *columns]
    return locate(used, corpus)[list(dict.fromkeys(kept))]


def _ids(codebook: Codebook) -> pd.Series:
    return pd.Series([theme.id for theme in codebook if theme.parent], dtype="str")


def _called(found: pd.DataFrame) -> str:
    """Return what is counted: sub-themes, and themes that have none are codes as well."""
    is_part = found["theme"].astype("str").str.contains(".", regex=False)
    return "sub-theme" if is_part.all() else "code"


def _codings_of(topics: Topics) -> pd.DataFrame:
    inside = topics.assignments[topics.assignments["topic"] >= 0]
    return (
        CODINGS.frame([])
        .reindex(inside.index)
        .assign(
            segment_id=inside["segment_id"],
            theme="topic_" + inside["topic"].astype("str"),
            coder="topics",
            status="auto",
            method="in the topic",
            codebook_sha256="",
        )
    )


def _heard(corpus: Corpus, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return the conversations in which somebody speaks, and with whom, in order."""
    facts = dict.fromkeys(["document_id", "kind", "date", *columns])
    return (
        spoken(corpus)
        .loc[lambda found: found["kind"].isin(_CONVERSATIONS), list(facts)]
        .drop_duplicates()
        .sort_values(["date", "document_id"], na_position="last", ignore_index=True)
    )


def _documents(
    heard: pd.DataFrame, columns: tuple[str, ...]
) -> list[tuple[dict[str, object], pd.DataFrame]]:
    """Return the conversations of each group, in order; of no groups, all."""
    keys = heard[list(columns)].drop_duplicates().dropna().sort_values(list(columns))
    groups: list[dict[str, object]] = [
        dict(zip(columns, key, strict=True))
        for key in keys.itertuples(index=False, name=None)
    ]
    return [
        (group, where(heard, group)[["document_id", "kind"]])
        for group in (groups if columns else [{}])
    ]


def _raised(
    found: pd.DataFrame,
    documents: pd.DataFrame,
    group: dict[str, object],
    corpus: Corpus,
    estimate: Estimate | None,
) -> Flags:
    """Return what a group raised: documents by codes by draws, one where as coded."""
    names = documents["document_id"]
    mine = where(found, group)
    if estimate is None:
        return raised_in(mine, names)
    turns = spoken(corpus)
    ids = pd.DataFrame({"segment_id": estimate.segment_ids})
    inside = where(
        turns.take(turn_of(ids, turns, corpus)).reset_index(drop=True), group
    )
    unit = np.full(len(ids), -1)
    unit[inside.index] = pd.Index(names).get_indexer(pd.Index(inside["document_id"]))
    drawn = estimate.unpacked(estimate.by_unit(unit, len(names))).astype(bool)
    is_theirs = mine["status"].isin(BY_PEOPLE) & ~mine["theme"].isin(estimate.themes)
    theirs = raised_in(mine[is_theirs], names).repeat(estimate.n_draws, axis=2)
    return np.concatenate([drawn, theirs], axis=1)


def _together(curves: list[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    empty = SATURATION.frame([]).assign(
        **dict.fromkeys(columns, pd.Series(dtype="str"))
    )
    table = pd.concat(curves, ignore_index=True) if curves else empty
    table = table[list(dict.fromkeys([*columns, *SATURATION.columns]))]
    return replace(SATURATION, key=(*columns, "documents")).check(table)


def _units(rule: SaturationRule, drawn: Estimate | None) -> dict[str, str]:
    what = f"{rule.what}s"
    middle, most = ("", "") if drawn is None else _OF_DRAWS
    return {
        "documents": "interviews and focus groups heard so far, in order",
        "new": f"{what} that nobody raised in an earlier document",
        "known": f"{what} raised so far{middle}",
        "new_in_run": f"new {what} of the last {rule.run} documents",
        "ratio": f"new {what} of the run / {what} of the first {rule.base} documents"
        f"{most}",
        "reached": f"the ratio is {rule.threshold:g} or less",
        "median": f"{what} by so many documents: middle of {rule.n_shuffles} random orders",
        "low": f"{what} by so many documents: 2.5 % of random orders have fewer",
        "high": f"{what} by so many documents: 2.5 % of random orders have more",
    }
