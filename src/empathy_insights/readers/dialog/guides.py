"""The questions of a guide, typed above the answers in a file where nobody is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from empathy_insights.readers.dialog.conventions import FILLED, PARAGRAPH
from empathy_insights.readers.dialog.questions import (
    IN_ASKING,
    ITEM,
    in_order,
    line_at,
)
from empathy_insights.readers.people.facilitators import begins_to_ask

_MINE = r"\b(?:I|(?<!tell )(?<!give )(?<!show )me|my|we|us|our)\b"
_OWN = re.compile(_MINE, re.IGNORECASE)
_TO_YOU = re.compile(
    r"^(?![ \t]*[-*+•\"“«>])(?=[^\n]*\byour?\b)"
    rf"(?![^\n]*{_MINE})"
    r"[^\n]{8,200}\?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_MORE = re.compile(r"[.!…][ ]+\S")  # `Shop. Who wouldn't like the saw?`
_QUOTED = re.compile(r"[ \t]*[\"“«>]")
_MARKED = re.compile(r"[ \t]*(?:[-*+•◦▪‣·–—]|Q\d{0,2}[.:)])[ \t]+")
_FEWEST, _STACK = 3, 4  # questions of a guide, and of one stretch
_MOSTLY, _OFTEN, _LONGEST, _MOST_ABOVE = 0.75, 0.4, 300, 4


def guide_lines(text: str, *, by_line: bool = False) -> set[int]:
    r"""Return where a guide's lines begin, with answers below, in a file of no turns.

    They are numbered, and half of them ask with a question mark: `Tell me about a time`
    needs none. Or several ask `you`, and are nobody's own question. Or most paragraphs
    begin with a line that asks, and the answer is below it.

    Parameters
    ----------
    by_line
        Whether each line is a paragraph, whose bullet the text may not show.

    Examples
    --------
    >>> typed = "What is hard?\n- the bus\n\nTell me about lunch.\n- loud\n\nWhat helps? (probe: who)\n- her aunt\n"
    >>> sorted(guide_lines(typed))
    [0, 25, 54]
    """
    numbered = sorted(in_order(ITEM, text))
    asking = [at for at in numbered if IN_ASKING.search(line_at(text, at))]
    to_you = [match.start() for match in _TO_YOU.finditer(text)]
    found: set[int] = set()
    if 2 * len(asking) >= len(numbered) and _are_answered(text, numbered):
        found |= set(numbered)
    if len(to_you) > 1 and _are_answered(text, to_you):
        found |= set(to_you)
    return found | _above_answers(text, found) | _in_a_list(text, by_line=by_line)


def _in_a_list(text: str, *, by_line: bool) -> set[int]:
    r"""Return where points of a list ask, each with other points below that answer it.

    At least three ask, as a guide does and not of anybody's own; none stands right below
    another; and little is above the first.
    """
    lines = list(FILLED.finditer(text))
    said = [line_at(text, match.start()) for match in lines]
    asked = [n for n, line in enumerate(said) if line.rstrip().endswith("?")]
    is_guide = (
        len(asked) >= _FEWEST
        and asked[0] <= _MOST_ABOVE
        and all(after - n > 1 for n, after in pairwise([*asked, len(said)]))
        and (by_line or any(_MARKED.match(said[n + 1]) for n in asked))
        and all(_asks(said[n]) and not _OWN.search(said[n]) for n in asked)
    )
    return {lines[n].start() for n in asked} if is_guide else set()


def _are_answered(text: str, lines: Sequence[int]) -> bool:
    """Return whether something stands below each line, before the next."""
    return all(
        text[at + len(line_at(text, at)) : after].strip()
        for at, after in pairwise([*lines, len(text)])
    )


def _above_answers(text: str, known: set[int]) -> set[int]:
    """Return where lines ask at the head of a paragraph, in a file that has many such.

    Where nothing is blank between them, each line is a paragraph. They stand as the
    questions do that are known by their words; or there are three or more that speak of
    nobody's own, and little below the first belongs to none.
    """
    heads = [match.start() for match in PARAGRAPH.finditer(text)]
    is_apart = sum(_asks(line_at(text, at)) for at in heads) >= _FEWEST
    if not is_apart:
        heads = [match.start() for match in FILLED.finditer(text)]
    if not known <= set(heads):
        return set()
    within = {at for at in heads if is_apart and _goes_on(text, at)}
    asked = list(_answered(text, heads, within))
    if len(known) > 1 or len(asked) < _FEWEST:
        return set(asked) if len(known) > 1 else set()
    n_own = sum(_OWN.search(line_at(text, at)) is not None for at in asked)
    share = len(asked) / len(heads[heads.index(asked[0]) :])
    n_within = len(within.intersection(asked))
    is_layout = share >= (_MOSTLY if n_within else _OFTEN)
    is_layout = is_layout and n_within in (0, len(asked))
    return set(asked) if is_layout and n_own <= (1 - _MOSTLY) * len(asked) else set()


def _answered(text: str, heads: Sequence[int], within: set[int]) -> Iterator[int]:
    """Yield the heads that ask and have an answer: in their paragraph, or as the next.

    A question may go on in others, `Tell me about lunch. / Where do you eat?`. One that
    speaks of oneself, or ends a longer answer, asks nothing. A bullet is before all, or none.
    """
    lines = [line_at(text, at) for at in heads]
    marked = [_MARKED.match(line) is not None for line in lines]
    asks = list(map(_asks, lines))
    usual = next((mark for mark, asked in zip(marked, asks, strict=True) if asked), 0)
    chain: list[int] = []
    for at, line, mark, is_asked in zip(heads, lines, marked, asks, strict=True):
        if not (is_asked and mark == usual):
            yield from chain if len(chain) <= _STACK else ()
            chain = []
        elif at in within:
            yield at
        elif not chain or not (_OWN.search(line) or _MORE.search(line)):
            chain.append(at)


def _goes_on(text: str, at: int) -> bool:
    """Return whether a paragraph has more than this one line."""
    below = at + len(line_at(text, at)) + 1
    return bool(line_at(text, below).strip())


def _asks(line: str) -> bool:
    """Return whether a line is a question of a guide and nothing else."""
    if _QUOTED.match(line) or len(line) > _LONGEST:
        return False
    bare = _MARKED.sub("", line, count=1)
    return IN_ASKING.search(bare) is not None or begins_to_ask(bare)
