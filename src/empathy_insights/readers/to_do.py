"""What to do next after reading: all remarks as a few things, the most useful first."""

from __future__ import annotations

import re

import pandas as pd

from empathy_insights.corpus import Corpus

MOST = 5
_SHOWN = 2
# The first that fits a remark says how much depends on it.
_RANKS = tuple(
    re.compile(pattern)
    for pattern in (
        "cannot|could not|is empty|damaged|no (?:column|word|list)|larger than|not a text",
        "in no turn|of the words",
        "no facilitator",
        "voices? (?:is|are|might)|in no document",
        "no speaker is marked",
        "role '.*' of|language seems",
        "not part of any turn|could be a speaker",
    )
)
_TOLD = re.compile(r"^set aside")


def things_to_do(corpus: Corpus, *, most: int = MOST) -> list[str]:
    r"""Return what a person would best do next, each in a sentence or two.

    Remarks with the same next step are one; all of them stay in `corpus.problems`.

    Parameters
    ----------
    corpus
        As `read_corpus` returns it.
    most
        How many things at the most.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from empathy_insights.readers import read_corpus
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("Jo Lee: Go on.\nAna Ruiz: So.\nJo Lee: Hm.\n")
    >>> things_to_do(read_corpus(folder))
    ["a.txt: no facilitator was recognised, so everyone's words count. Name the ..."]
    """
    rows = corpus.problems
    rows = rows[~rows["problem"].str.contains(_TOLD)]
    ranks = rows["problem"].map(_rank)
    steps = [
        (int(ranks[group.index].min()), -len(group), _told(group, str(advice)))
        for advice, group in rows.groupby("advice", sort=True)
    ]
    return [told for _, _, told in sorted(steps)][:most]


def _rank(problem: str) -> int:
    return next(
        (n for n, pattern in enumerate(_RANKS) if pattern.search(problem)), len(_RANKS)
    )


def _told(group: pd.DataFrame, advice: str) -> str:
    """Say what is amiss, in which files, and what to do, once for all of a kind."""
    step = f"{advice[:1].upper()}{advice[1:]}"
    problems = list(dict.fromkeys(group["problem"]))
    paths = list(dict.fromkeys(group["path"]))
    if len(problems) > 1 and len(paths) == 1:
        return f"{paths[0]}: {'; '.join(problems[: _SHOWN + 1])}. {step}."
    more = len(paths) - _SHOWN
    where = ", ".join(paths[:_SHOWN]) + (f" and {more} more files" if more > 1 else "")
    where += " and 1 more file" if more == 1 else ""
    return f"{where}: {problems[0]}. {step}."


def lost(corpus: Corpus) -> str:
    """Say how many files were not read and how many voices are nobody listed, if any."""
    files = corpus.problems.loc[
        corpus.problems["document_id"].isna(), ["path", "problem"]
    ]
    unread = files[files["problem"].map(_rank) == 0]["path"].nunique()
    voices = corpus.problems["problem"].str.contains(r"voices? (?:is|are|might)")
    told = [
        f"{unread} files could not be read"
        if unread > 1
        else "1 file could not be read"
    ] * bool(unread)
    told += [
        str(text).partition(":")[0] for text in corpus.problems.loc[voices, "problem"]
    ]
    return "; ".join(told)
