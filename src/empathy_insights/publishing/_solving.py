"""How far hidden numbers can be solved for, and which more to hide until none can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import sparse

# How far a reader of published tables can narrow a hidden number down.
#
# Readers know that groups add up and that nobody is counted twice. Numbers are whole.


_LEAST_WIDTH = 2  # at least three numbers stay possible, or all that the mask allows
_FAR = 1e7  # more people than anybody hears
_CLOSE = 1e-9
_FEW = 3  # so many are asked for one by one


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
    is_order
        It says only that one of two numbers is not the smaller.
    """

    cells: tuple[int, ...]
    weights: tuple[int, ...]
    limit: float = 0.0
    is_exact: bool = False
    is_order: bool = False


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


@dataclass(frozen=True)
class Lines:
    """Hold rules as lines of one matrix: each sum is at most its limit.

    Parameters
    ----------
    row, cell, weight
        A place of the matrix each.
    limit
        Of each row.
    is_exact, is_mirror
        Whether a sum is its limit, and whether a row is the other side of such a one.
    """

    row: np.ndarray
    cell: np.ndarray
    weight: np.ndarray
    limit: np.ndarray
    is_exact: np.ndarray
    is_mirror: np.ndarray
    n_cells: int

    @cached_property
    def matrix(self) -> sparse.csr_array:
        """A row a line, a column a cell."""
        shape = (len(self.limit), self.n_cells)
        return sparse.csr_array((self.weight, (self.row, self.cell)), shape=shape)


def lines_of(rules: tuple[Rule, ...], n_cells: int) -> Lines:
    """Return rules as lines; an exact one is two."""
    signed = [(rule, 1) for rule in rules]
    signed += [(rule, -1) for rule in rules if rule.is_exact]
    row = [n for n, (rule, _) in enumerate(signed) for _ in rule.cells]
    cell = [cell for rule, _ in signed for cell in rule.cells]
    weight = [sign * weight for rule, sign in signed for weight in rule.weights]
    return Lines(
        np.array(row, dtype=np.int64),
        np.array(cell, dtype=np.int64),
        np.array(weight, dtype=float),
        np.array([sign * rule.limit for rule, sign in signed], dtype=float),
        np.array([rule.is_exact for rule, _ in signed], dtype=bool),
        np.array([sign < 0 for _, sign in signed], dtype=bool),
        n_cells,
    )


def narrowed(system: System, lines: Lines) -> tuple[np.ndarray, np.ndarray]:
    """Return ranges that rules leave when each is used alone, again and again."""
    low, high = system.low, system.high
    open_rows = np.bincount(lines.row, system.hidden[lines.cell]) > 0
    use = open_rows[lines.row] if len(lines.row) else np.zeros(0, dtype=bool)
    row, cell, weight = lines.row[use], lines.cell[use], lines.weight[use]
    up = weight > 0
    for _ in range(len(lines.limit) + 1):
        before = low.copy(), high.copy()
        least = np.where(up, weight * low[cell], weight * high[cell])
        sums = np.bincount(row, least, minlength=len(lines.limit))
        bound = (lines.limit[row] - (sums[row] - least)) / weight
        np.minimum.at(high, cell[up], np.floor(bound[up] + _CLOSE))
        np.maximum.at(low, cell[~up], np.ceil(bound[~up] - _CLOSE))
        if np.array_equal(before[0], low) and np.array_equal(before[1], high):
            break
    return low, high


class Seen:
    """Remember what numbers are possible together, so that few need to be solved for.

    Whatever is possible stays possible when more is hidden.
    """

    def __init__(self, system: System) -> None:
        self.low = np.where(system.is_free, np.inf, system.values)
        self.high = np.where(system.is_free, -np.inf, system.values)

    def first_narrow(
        self,
        system: System,
        lines: Lines,
        bounds: tuple[np.ndarray, np.ndarray],
        given_up: set[int],
    ) -> int | None:
        """Return the first hidden cell that all rules together leave too little range.

        Parameters
        ----------
        bounds
            What `narrowed` leaves.
        given_up
            Cells that are not asked for.
        """
        ask = _Solver(system, lines, bounds)
        random = np.random.default_rng(0)
        while len(doubtful := self._doubtful(system, given_up)) > _FEW:
            goal = np.zeros(len(system.values))
            goal[doubtful] = random.choice([-1.0, 1.0], len(doubtful))
            for sign in (1, -1):
                self._add(ask(sign * goal))
            if len(self._doubtful(system, given_up)) == len(doubtful):
                break
        for cell in self._doubtful(system, given_up):
            goal = np.zeros(len(system.values))
            goal[cell] = 1
            ends = [ask(sign * goal) for sign in (1, -1)]
            for end in ends:
                self._add(end)
            if ends[1][cell] - ends[0][cell] < system.needed[cell]:
                return int(cell)
        return None

    def _doubtful(self, system: System, given_up: set[int]) -> np.ndarray:
        short = system.hidden & ~system.is_free & (self.high - self.low < system.needed)
        return np.array(
            [c for c in np.flatnonzero(short) if c not in given_up], dtype=int
        )

    def _add(self, possible: np.ndarray) -> None:
        self.low = np.minimum(self.low, possible)
        self.high = np.maximum(self.high, possible)


class _Solver:
    """Find whole numbers that all rules allow, as low as a goal can be."""

    def __init__(
        self, system: System, lines: Lines, bounds: tuple[np.ndarray, np.ndarray]
    ) -> None:
        self.cells = np.flatnonzero(system.hidden)
        self.values = system.values
        shown = np.where(system.hidden, 0.0, system.values)
        rows = np.unique(lines.row[system.hidden[lines.cell]])
        rows = rows[~lines.is_mirror[rows]]
        self.matrix = lines.matrix[rows][:, self.cells]
        self.limit = (lines.limit - lines.matrix @ shown)[rows]
        self.least = np.where(lines.is_exact[rows], self.limit, -np.inf)
        self.low = bounds[0][self.cells]
        self.high = np.minimum(bounds[1][self.cells], _FAR)

    def __call__(self, goal: np.ndarray) -> np.ndarray:
        from scipy.optimize import Bounds, LinearConstraint, milp

        possible = self.values.copy()
        # Its presolve misses solutions at times, though the true numbers are always one.
        for presolve in (True, False):
            found = milp(
                goal[self.cells],
                constraints=LinearConstraint(self.matrix, self.least, self.limit),
                bounds=Bounds(self.low, self.high),
                integrality=np.ones(len(self.cells)),
                options={"presolve": presolve},
            )
            if found.x is not None:
                possible[self.cells] = np.round(found.x)
                break
        return possible


# Hide further cells until no hidden one can be solved for.
#
# From what is shown readers can narrow down what is hidden: exactly, when one cell of a sum
# is missing. Cells are hidden until every hidden one keeps a range (complementary
# suppression; Cox 1980).


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
    """Protect cells from what adds up, and then from orders too."""
    given_up: set[int] = set()
    plain = tuple(rule for rule in system.rules if not rule.is_order)
    views = [(rules, Seen(system)) for rules in dict.fromkeys((plain, system.rules))]
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


def _first_narrow(system: System, seen: Seen, given_up: set[int]) -> int | None:
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
