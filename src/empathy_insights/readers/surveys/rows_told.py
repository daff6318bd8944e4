"""What is told of rows that are somebody's again: names, ids and rows that come back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from empathy_insights.corpus import how_many
from empathy_insights.lexicon import fold_head
from empathy_insights.readers.dialog.stamps import is_data
from empathy_insights.readers.surveys.rounds import is_of_rounds
from empathy_insights.readers.transcript import Remark

_OF_A_TIME = re.compile(r"\d[:/.-]\d")
_FEWEST_WORDS = 8
_SHOWN = 3
ONE = Remark(
    "{} in several rows ({}), which count as the same person's",
    "if they are several people, write after each name what tells them apart",
)
ONE_MAIL = Remark(
    "{} in several rows ({}), which count as the same person's",
    "if several people share it, add a column `name` that tells them apart",
)
SEVERAL = Remark(
    "{} in several rows ({}), and each row counts as somebody else's",
    "where they are the same person's, write the same full name in each",
)


MERGED = Remark(
    "a name in merged cells counts for each of their rows, as one person's",
    "if a row is somebody else's, write their name into it",
)
OTHERS = Remark(
    "{} in several rows with other mail addresses ({}), and each address counts as a person",
    "where they are the same person's, write the same address in each",
)
_ONE_ID = Remark(
    "{} in several rows that differ otherwise ({}), which count as the same person's",
    "if they are several people, give each an id that nobody else has",
)
_KINDS = {
    _ONE_ID: "id",
    ONE: "name",
    OTHERS: "name",
    ONE_MAIL: "mail address",
    SEVERAL: "first name",
}


def told_again(
    again: Mapping[str, Sequence[int]], lines: Sequence[int], said: Remark
) -> Iterator[Remark]:
    """Say once which names come back, by their lines."""
    if not again:
        return
    kind = _KINDS[said]
    one = f"{'an' if kind == 'id' else 'a'} {kind} stands"
    stand = (
        one
        if len(again) == 1
        else f"{len(again)} {kind}{'es' if kind.endswith('s') else 's'} stand"
    )
    first = next(iter(again.values()))
    yield Remark(
        said.problem.format(stand, _lines(again.values(), lines)),
        said.advice,
        lines[first[1]],
    )


def told_of_no_ids(rows: Sequence[int], lines: Sequence[int]) -> Iterator[Remark]:
    """Say in which rows stands no id, where there are several."""
    if len(rows) > 1:
        yield Remark(
            f"{how_many(len(rows), 'row')} have no id that is somebody's own ({_lines([rows], lines)}), "
            "and each counts as somebody else's",
            "where they are the same person's, write the same id in each",
            lines[rows[0]],
        )


def twice(
    columns: Mapping[str, Sequence[str]],
    questions: Sequence[str],
    labels: Sequence[str],
    lines: Sequence[int],
) -> Iterator[Remark]:
    """Say which rows are the same but for their times, if nobody else would write them."""
    rows: dict[tuple[str, ...], list[int]] = {}
    for row in range(len(lines)):
        cells = (values[row].strip() for values in columns.values())
        key = tuple("" if _is_time(cell) else cell for cell in cells)
        said = " ".join(columns[name][row] for name in questions).split()
        is_own = len(said) >= _FEWEST_WORDS or not labels[row].isdecimal()
        if said and is_own:
            rows.setdefault(key, []).append(row)
    same = [found for found in rows.values() if len(found) > 1]
    if same:
        yield Remark(
            f"rows are the same, word for word ({_lines(same, lines)})",
            "if somebody sent the form twice, take one of the rows out",
            lines[same[0][1]],
        )


def differing(
    columns: Mapping[str, Sequence[str]],
    closed: Iterable[str],
    labels: Sequence[str],
    lines: Sequence[int],
    *,
    by_id: bool = False,
) -> Iterator[Remark]:
    """Say under which heads somebody's rows differ, of which the first describes them.

    Parameters
    ----------
    by_id
        Whether rows are the same person's by an id of which nothing was told.
    """
    heads: dict[str, int] = {}
    again: dict[str, set[int]] = {}
    for head in (name for name in closed if not is_of_rounds(name)):
        first: dict[str, tuple[str, int]] = {}
        is_date = fold_head(head) == "date"
        for row, label in enumerate(labels):
            cell = columns[head][row].strip()
            if not cell or (_is_time(cell) and not is_date):
                continue
            said, before = first.setdefault(label, (cell, row))
            if cell != said:
                heads.setdefault(head, lines[row])
                again.setdefault(label, set()).update((before, row))
    in_round = [
        [*map(str.strip, columns[name])] for name in columns if is_of_rounds(name)
    ]
    rows = {
        label: sorted(found)
        for label, found in again.items()
        if not any(len({told[row] for row in found}) == len(found) for told in in_round)
    }
    if by_id:
        yield from told_again(rows, lines, _ONE_ID)
    if heads:
        named = ", ".join(map(repr, list(heads)[:_SHOWN]))
        more = f" and {len(heads) - _SHOWN} more" if len(heads) > _SHOWN else ""
        yield Remark(
            f"somebody's rows differ under {named}{more}: the first row describes them",
            "if it tells rounds apart, call the column `round`",
            min(heads.values()),
        )


def _is_time(cell: str) -> bool:
    return is_data(cell) and _OF_A_TIME.search(cell) is not None


def _lines(groups: Iterable[Sequence[int]], lines: Sequence[int]) -> str:
    """Say in which lines, for the first few."""
    told = [
        f"{', '.join(str(lines[row]) for row in rows[:-1])} and {lines[rows[-1]]}"
        for rows in groups
    ]
    more = f"; and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
    return "; ".join(f"lines {one}" for one in told[:_SHOWN]) + more
