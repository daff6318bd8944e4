"""Rows of a survey by which somebody tried whether the form works."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from empathy_insights.corpus import how_many
from empathy_insights.lexicon import (
    perhaps_tries_a_form,
    says_no_answer,
    tries_a_form,
)
from empathy_insights.readers.transcript import Remark

_TRIES = re.compile(
    r"(?:it|ict|tech|form|survey) test(?:er|ing)?|test(?:er)? (?:user|account|person|respondent)|"
    r"test(?:ing)? test(?:ing)?|tester",
    re.IGNORECASE,
)
_FEWEST = 2
_SHOWN = 6


def without_tries(
    columns: Mapping[str, Sequence[str]],
    questions: Collection[str],
    named: Sequence[str],
    n_rows: int,
) -> tuple[dict[str, Sequence[str]], list[int]]:
    """Blank the answers of rows that only try the form, and say which rows these are.

    `Test` is an answer, too: it takes two such words, and no other, or a name such as
    `IT test`.
    """
    said = [
        [columns[name][row] for name in questions if columns[name][row].strip()]
        for row in range(n_rows)
    ]
    names = [" ".join(columns[name][row] for name in named) for row in range(n_rows)]
    tries = [
        n
        for n, answers in enumerate(said)
        if _only_tries(answers) or _TRIES.fullmatch(names[n].strip())
    ]
    blank: dict[str, Sequence[str]] = {
        name: [
            "" if n in tries and name in questions else cell
            for n, cell in enumerate(cells)
        ]
        for name, cells in columns.items()
    }
    return (blank if tries else dict(columns)), tries


def _only_tries(answers: Sequence[str]) -> bool:
    sure = sum(map(tries_a_form, answers))
    perhaps = sum(map(perhaps_tries_a_form, answers))
    words = [one for one in answers if not says_no_answer(one)]
    is_all = all(map(perhaps_tries_a_form, words))
    return is_all and (sure > 0 or perhaps >= _FEWEST)


def told_of_tries(rows: Sequence[int], lines: Sequence[int]) -> Iterator[Remark]:
    """Say which rows only try the form."""
    if rows:
        told = ", ".join(str(lines[n]) for n in rows[:_SHOWN])
        more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
        yield Remark(
            f"{how_many(len(rows), 'row')} left out, by which somebody only tried the form "
            f"(line{'s' * (len(rows) > 1)} {told}{more})",
            "if somebody means it, write it as a sentence",
            lines[rows[0]],
        )
