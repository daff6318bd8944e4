"""Hide further numbers until no hidden one can be solved for.

From what is shown readers can narrow down what is hidden: exactly, when one cell of a sum
is missing. Cells are hidden until every hidden one keeps a range (complementary
suppression; Cox 1980).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from empathy_insights.publishing._audiences import COMPLEMENT, MUTE, Label
from empathy_insights.publishing._cells import Key, in_order
from empathy_insights.publishing._solving import (
    Possible,
    SumRule,
    System,
    lines_of,
    narrowed,
)

NamedRule = tuple[tuple[Key, ...], tuple[int, ...], float, bool]
"""Cells, weights, the limit of their sum, and whether it is exact."""

UNTOLD = Label(MUTE, COMPLEMENT, 0, 0, for_another=True)


@dataclass(frozen=True)
class Known:
    """Hold true numbers, their labels where they are hidden, and bounds of each.

    Parameters
    ----------
    values
        Key -> the true number.
    labels
        Key -> what stands in its place, where it may not be shown by itself.
    most
        Key -> what it can be at most, as far as readers know.
    """

    values: Mapping[Key, int]
    labels: Mapping[Key, Label]
    most: Mapping[Key, int]


def is_safe(known: Known, rules: list[NamedRule], orders: Sequence[NamedRule]) -> bool:
    """Return whether nothing hidden can be solved for as it is."""
    return is_protected(_system(known, rules, orders)[1])


def completed(
    known: Known, rules: list[NamedRule], orders: Sequence[NamedRule] = ()
) -> dict[Key, Label]:
    """Hide more until nothing hidden can be solved for; say why each is hidden."""
    keys, system = _system(known, rules, orders)
    done = protect(system)
    labels = [known.labels.get(key, UNTOLD) for key in keys]
    return {
        key: label.muted if done.is_mute[n] and not label.is_mute else label
        for n, (key, label) in enumerate(zip(keys, labels, strict=True))
        if done.hidden[n] and not done.is_free[n]
    }


def _system(
    known: Known, rules: list[NamedRule], orders: Sequence[NamedRule]
) -> tuple[list[Key], System]:
    free = sorted(
        {key for keys, *_ in rules for key in keys} - set(known.values), key=in_order
    )
    keys = [*sorted(known.values, key=in_order), *free]
    place = {key: n for n, key in enumerate(keys)}
    labels = [known.labels.get(key, UNTOLD) for key in keys]
    far = sum(known.values.values()) + 1
    return keys, System(
        values=np.array([known.values.get(key, 0) for key in keys], dtype=float),
        hidden=np.array([key not in known.values or key in known.labels for key in keys]),
        label_low=np.array([label.low for label in labels], dtype=float),
        label_high=np.array([label.high for label in labels], dtype=float),
        is_mute=np.array([label.is_mute for label in labels], dtype=bool),
        most=np.array([known.most.get(key, far) for key in keys], dtype=float),
        rules=(*_placed(rules, place), *_placed(orders, place, is_order=True)),
        is_total=np.array([not key.group for key in keys], dtype=bool),
        is_free=np.array([key not in known.values for key in keys], dtype=bool),
        width=np.array([label.width for label in labels], dtype=float),
    )  # fmt: skip


def _placed(
    rules: Iterable[NamedRule], place: Mapping[Key, int], *, is_order: bool = False
) -> Iterator[SumRule]:
    for keys, weights, limit, is_exact in rules:
        cells = tuple(place[key] for key in keys)
        yield SumRule(cells, weights, limit, is_exact, is_order)


def protect(system: System) -> System:
    """Hide cells, and where all around are hidden mute labels, until none can be solved for."""
    hidden, is_mute = system.hidden.copy(), system.is_mute.copy()
    for cells, rules in _components(system):
        done = _protected(_part(system, cells, rules))
        hidden[cells], is_mute[cells] = done.hidden, done.is_mute
    return replace(system, hidden=hidden, is_mute=is_mute)


def is_protected(system: System) -> bool:
    """Return whether no hidden number can be solved for."""
    parts = (_part(system, cells, rules) for cells, rules in _components(system))
    return all(
        _first_narrow(replace(part, rules=rules), Possible(part), set()) is None
        for part in parts
        for rules in dict.fromkeys((_plain(part), part.rules))
    )


def _plain(system: System) -> tuple[SumRule, ...]:
    return tuple(rule for rule in system.rules if not rule.is_order)


def _components(system: System) -> Iterator[tuple[list[int], list[SumRule]]]:
    """Return groups of cells that no rule ties to any other cell."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    n = len(system.values)
    pairs = [(rule.cells[0], cell) for rule in system.rules for cell in rule.cells]
    first, second = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    ties = coo_array((np.ones(len(first)), (first, second)), shape=(n, n))
    number, of_cell = connected_components(ties, directed=False)
    rules: list[list[SumRule]] = [[] for _ in range(number)]
    for rule in system.rules:
        rules[of_cell[rule.cells[0]]].append(rule)
    for one in range(number):
        cells = np.flatnonzero(of_cell == one)
        if system.hidden[cells].any():
            yield cells.tolist(), rules[one]


def _part(system: System, cells: list[int], rules: list[SumRule]) -> System:
    """Return some cells as a system of their own."""
    place = {cell: n for n, cell in enumerate(cells)}
    own = tuple(
        replace(rule, cells=tuple(place[cell] for cell in rule.cells)) for rule in rules
    )
    arrays = {
        name: getattr(system, name)[cells]
        for name in (
            "values", "hidden", "label_low", "label_high", "is_mute", "most", "is_total",
            "is_free", "width",
        )
    }  # fmt: skip
    return System(rules=own, **arrays)


def _protected(system: System) -> System:
    """Protect cells from what adds up, and then from orders too."""
    given_up: set[int] = set()
    views = [
        (rules, Possible(system))
        for rules in dict.fromkeys((_plain(system), system.rules))
    ]
    while True:
        for rules, seen in views:
            view = replace(system, rules=rules)
            narrow = _first_narrow(view, seen, given_up)
            if narrow is not None:
                break
        else:
            return system
        better = _better(view, narrow)
        if better is None:
            given_up.add(narrow)
        else:
            system = replace(better, rules=system.rules)


def _first_narrow(system: System, seen: Possible, given_up: set[int]) -> int | None:
    lines = lines_of(system.rules, len(system.values))
    low, high = narrowed(system, lines)
    for cell in np.flatnonzero(system.hidden & (high - low < system.needed)):
        if cell not in given_up:
            return int(cell)
    return seen.first_narrow(system, lines, (low, high), given_up)


def _better(system: System, cell: int) -> System | None:
    """Hide a number beside a cell, or mute the most telling label there."""
    can_hide = _can_hide(system)
    shown = next(
        (beside for beside in _around(system, cell) if can_hide[beside].any()), None
    )
    if shown is not None:
        chosen = _best_to_hide(system, shown[can_hide[shown]], cell)
        return replace(system, hidden=_with(system.hidden, chosen))
    for beside in _around(system, cell):
        telling = beside[~system.is_mute[beside] & ~system.is_free[beside]]
        telling = telling[telling != cell]
        if len(telling):
            width = system.label_high[telling] - system.label_low[telling]
            chosen = telling[np.lexsort((telling, width))[0]]
            return replace(system, is_mute=_with(system.is_mute, chosen))
    return None


def _can_hide(system: System) -> np.ndarray:
    """Return what would hide more; of what is told in an order, only what it is told of.

    What can only be 0, since nobody was heard, hides nothing when it is hidden.
    """
    can_hide = ~system.hidden & (system.most > 0)
    ordered = [cell for rule in system.rules if rule.is_order for cell in rule.cells]
    if ordered:
        can_hide &= np.isin(np.arange(len(can_hide)), ordered)
    return can_hide


def _best_to_hide(system: System, open_cells: np.ndarray, cell: int) -> int:
    """Return the smallest number; in an order, the nearest."""
    values = system.values[open_cells]
    is_zero = values == 0
    if any(rule.is_order for rule in system.rules):
        values = np.abs(values - system.values[cell])
    keys = (open_cells, values, is_zero, system.is_total[open_cells])
    return int(open_cells[np.lexsort(keys)[0]])


def _around(system: System, cell: int) -> Iterator[np.ndarray]:
    """Return the cells that share a rule with a cell, then those around these, and on."""
    around, seen = {cell}, set[int]()
    while around - seen:
        seen |= around
        beside = [rule for rule in system.rules if not around.isdisjoint(rule.cells)]
        around = around.union(*(rule.cells for rule in beside))
        yield np.array(sorted(around))


def _with(flags: np.ndarray, cell: int) -> np.ndarray:
    more = flags.copy()
    more[cell] = True
    return more
