"""How far a reader of published tables can narrow a hidden number down.

Readers know that groups add up and that nobody is counted twice. Numbers are whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

_FAR = 1e7  # more people than anybody hears
_CLOSE = 1e-9
_FEW = 3  # so many are asked for one by one


@dataclass(frozen=True)
class SumRule:
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
    width
        The range that each hidden cell must keep, as far as its label allows.
    """

    values: np.ndarray
    hidden: np.ndarray
    label_low: np.ndarray
    label_high: np.ndarray
    is_mute: np.ndarray
    most: np.ndarray
    rules: tuple[SumRule, ...]
    is_total: np.ndarray
    is_free: np.ndarray
    width: np.ndarray

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
        width = np.minimum(self.width, self.high - self.low)
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


def lines_of(rules: tuple[SumRule, ...], n_cells: int) -> Lines:
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


class Possible:
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
