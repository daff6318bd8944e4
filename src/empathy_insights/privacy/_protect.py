"""Hide further cells until no hidden one can be solved for.

Whoever reads the tables knows that groups add up and that nobody is counted twice. From
what is shown they can narrow down what is hidden: exactly, when one cell of a sum is
missing. Cells are hidden until every hidden one keeps a range (complementary suppression;
Cox 1980). Ranges are solved in whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

_LEAST_WIDTH = 2  # at least three numbers stay possible, or all that the mask allows
_FAR = 1e7  # more people than anybody hears


@dataclass(frozen=True)
class Rule:
    """State that a weighted sum of cells is at most (or exactly) a number.

    Parameters
    ----------
    cells, weights
        Which cells, and what each is multiplied by.
    limit
        The sum is at most this.
    is_exact
        The sum is this.
    """

    cells: tuple[int, ...]
    weights: tuple[int, ...]
    limit: float = 0.0
    is_exact: bool = False


@dataclass(frozen=True)
class System:
    """Hold cells, what readers know of them, and which are hidden.

    Parameters
    ----------
    values
        The true numbers.
    hidden
        Whether the reader does not see the number.
    label_low, label_high
        What the label of a hidden number lets the reader know.
    is_mute
        Whether the label says nothing but that the number is hidden.
    most
        What a number can be at most; at least it is 0.
    rules
        What holds between cells.
    is_total
        Cells that are better shown, where there is a choice.
    is_free
        Hidden cells that need no range: numbers that no table shows.
    """

    values: np.ndarray
    hidden: np.ndarray
    label_low: np.ndarray
    label_high: np.ndarray
    is_mute: np.ndarray
    most: np.ndarray
    rules: tuple[Rule, ...]
    is_total: np.ndarray
    is_free: np.ndarray

    @property
    def low(self) -> np.ndarray:
        """What a reader knows each number to be at least, before solving."""
        known = np.where(self.is_mute, 0.0, self.label_low)
        return np.where(self.hidden, known, self.values)

    @property
    def high(self) -> np.ndarray:
        """What a reader knows each number to be at most, before solving."""
        known = np.where(self.is_mute, self.most, self.label_high)
        return np.where(self.hidden, known, self.values)

    @property
    def needed(self) -> np.ndarray:
        """The width of range that every hidden cell must keep."""
        width = np.minimum(_LEAST_WIDTH, self.high - self.low)
        return np.where(self.is_free, 0.0, width)


def protect(system: System) -> System:
    """Hide cells, and where all around are hidden mute labels, until none can be solved for."""
    hidden, is_mute = system.hidden.copy(), system.is_mute.copy()
    for cells, rules in _components(system):
        done = _protected(_part(system, cells, rules))
        hidden[cells], is_mute[cells] = done.hidden, done.is_mute
    return replace(system, hidden=hidden, is_mute=is_mute)


def _components(system: System) -> Iterator[tuple[list[int], list[Rule]]]:
    """Return groups of cells that no rule ties to any other cell."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    n = len(system.values)
    pairs = [(rule.cells[0], cell) for rule in system.rules for cell in rule.cells]
    first, second = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    ties = coo_array((np.ones(len(first)), (first, second)), shape=(n, n))
    number, of_cell = connected_components(ties, directed=False)
    rules: list[list[Rule]] = [[] for _ in range(number)]
    for rule in system.rules:
        rules[of_cell[rule.cells[0]]].append(rule)
    for one in range(number):
        cells = np.flatnonzero(of_cell == one)
        if system.hidden[cells].any():
            yield cells.tolist(), rules[one]


def _part(system: System, cells: list[int], rules: list[Rule]) -> System:
    """Return some cells as a system of their own."""
    place = {cell: n for n, cell in enumerate(cells)}
    own = tuple(
        replace(rule, cells=tuple(place[cell] for cell in rule.cells)) for rule in rules
    )
    arrays = {
        name: getattr(system, name)[cells]
        for name in (
            "values", "hidden", "label_low", "label_high", "is_mute", "most", "is_total",
            "is_free",
        )
    }  # fmt: skip
    return System(rules=own, **arrays)


def _protected(system: System) -> System:
    given_up: set[int] = set()
    while True:
        low, high = narrowed(system)
        narrow = _narrow(system, low, high, given_up)
        if not narrow:
            low, high = solved(system, low, high)
            narrow = _narrow(system, low, high, given_up)
        if not narrow:
            return system
        better = _better(system, narrow[0])
        if better is None:
            given_up.add(narrow[0])
        else:
            system = better


def narrowed(system: System) -> tuple[np.ndarray, np.ndarray]:
    """Return ranges that rules leave when each is used alone, again and again."""
    low, high = system.low, system.high
    open_rules = [rule for rule in system.rules if any(system.hidden[list(rule.cells)])]
    for _ in range(len(open_rules) + 1):
        before = low.copy(), high.copy()
        for rule in open_rules:
            _narrow_by(rule, low, high)
        if np.array_equal(before[0], low) and np.array_equal(before[1], high):
            break
    return low, high


def solved(
    system: System, low: np.ndarray, high: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the ranges of hidden cells when all rules are used together."""
    low, high = low.copy(), high.copy()
    for cells, rules in _knots(system):
        for cell in cells:
            low[cell], high[cell] = _extremes(system, cell, cells, rules, low, high)
    return low, high


def _narrow(
    system: System, low: np.ndarray, high: np.ndarray, given_up: set[int]
) -> list[int]:
    cells = np.flatnonzero(system.hidden & (high - low < system.needed))
    return [int(cell) for cell in cells if cell not in given_up]


def _narrow_by(rule: Rule, low: np.ndarray, high: np.ndarray) -> None:
    cells = np.array(rule.cells)
    for sign in (1, -1) if rule.is_exact else (1,):
        weights = sign * np.array(rule.weights, dtype=float)
        least = np.where(weights > 0, weights * low[cells], weights * high[cells])
        room = sign * rule.limit - (least.sum() - least)
        bound = room / weights
        up, down = weights > 0, weights < 0
        high[cells[up]] = np.minimum(high[cells[up]], np.floor(bound[up] + 1e-9))
        low[cells[down]] = np.maximum(low[cells[down]], np.ceil(bound[down] - 1e-9))


def _better(system: System, cell: int) -> System | None:
    """Hide the smallest number beside a cell, or mute the most telling label there."""
    shown = next(
        (beside for beside in _around(system, cell) if not system.hidden[beside].all()),
        None,
    )
    if shown is not None:
        open_cells = shown[~system.hidden[shown]]
        values = system.values[open_cells]
        keys = (open_cells, values, values == 0, system.is_total[open_cells])
        chosen = open_cells[np.lexsort(keys)[0]]
        return replace(system, hidden=_with(system.hidden, chosen))
    for beside in _around(system, cell):
        telling = beside[~system.is_mute[beside] & ~system.is_free[beside]]
        telling = telling[telling != cell]
        if len(telling):
            width = system.label_high[telling] - system.label_low[telling]
            chosen = telling[np.lexsort((telling, width))[0]]
            return replace(system, is_mute=_with(system.is_mute, chosen))
    return None


def _around(system: System, cell: int) -> Iterator[np.ndarray]:
    """Return the cells that share a rule with a cell, then those around these, and on."""
    around, seen = {cell}, set[int]()
    while around - seen:
        seen |= around
        beside = [rule for rule in system.rules if not around.isdisjoint(rule.cells)]
        around = around.union(*(rule.cells for rule in beside))
        yield np.array(sorted(around))


def _knots(system: System) -> Iterator[tuple[list[int], list[Rule]]]:
    """Return groups of hidden cells whose rules go in a circle.

    Elsewhere a rule at a time, as in `narrowed`, already gives the exact ranges.
    """
    left = set(np.flatnonzero(system.hidden).tolist())
    while left:
        cells, rules = _linked(system, min(left))
        left -= cells
        ends = sum(bool(system.hidden[cell]) for rule in rules for cell in rule.cells)
        if ends > len(cells) + len(rules) - 1:
            yield sorted(cells), rules


def _linked(system: System, start: int) -> tuple[set[int], list[Rule]]:
    cells, rules, fresh = {start}, [], {start}
    waiting = list(system.rules)
    while fresh:
        now = [rule for rule in waiting if not fresh.isdisjoint(rule.cells)]
        waiting = [rule for rule in waiting if fresh.isdisjoint(rule.cells)]
        rules += now
        around = {cell for rule in now for cell in rule.cells if system.hidden[cell]}
        fresh = around - cells
        cells |= fresh
    return cells, rules


def _extremes(
    system: System,
    cell: int,
    cells: list[int],
    rules: list[Rule],
    low: np.ndarray,
    high: np.ndarray,
) -> tuple[float, float]:
    """Return the least and greatest number that a cell can be."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    place = {one: n for n, one in enumerate(cells)}
    matrix = np.zeros((len(rules), len(cells)))
    top, bottom = np.zeros(len(rules)), np.full(len(rules), -np.inf)
    for n, rule in enumerate(rules):
        top[n] = rule.limit
        for one, weight in zip(rule.cells, rule.weights, strict=True):
            if one in place:
                matrix[n, place[one]] += weight
            else:
                top[n] -= weight * system.values[one]
        bottom[n] = top[n] if rule.is_exact else -np.inf
    goal = np.zeros(len(cells))
    goal[place[cell]] = 1
    ends = [
        milp(
            sign * goal,
            constraints=LinearConstraint(matrix, bottom, top),
            bounds=Bounds(low[cells], np.minimum(high[cells], _FAR)),
            integrality=np.ones(len(cells)),
        )
        for sign in (1, -1)
    ]
    return round(ends[0].fun), round(-ends[1].fun)


def _with(flags: np.ndarray, cell: int) -> np.ndarray:
    more = flags.copy()
    more[cell] = True
    return more
