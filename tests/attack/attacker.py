"""A stranger who holds the files of releases, and solves for what they hide.

The unknowns are how many people of each role were heard, and how many of them raised each
theme. What is known is what files say, how people add up, and how the library works.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.attack.released import TOTAL, Release, least_masked

_FAR = 400
_FOR_ANOTHER = "it would give another away"
_ENOUGH = 3  # so many possible values are asked for

Cell = tuple[str, tuple[str, ...] | None]
"""A theme (empty: who was heard) and roles (None: everybody)."""


class Attacker:
    """Know what releases say; ask what a hidden number can be."""

    def __init__(
        self,
        releases: Sequence[Release],
        *,
        roles: Sequence[str],
        themes: Sequence[str],
        truth: dict[Cell, int],
    ) -> None:
        # The truth settles only whether a guess at the library's ways is right: a
        # stranger who guesses right is the one to be afraid of.
        self.truth = truth
        self.roles, self.themes = list(roles), ["", *themes]
        self.n = len(self.roles) * len(self.themes)
        self.lines: list[np.ndarray] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self.is_true = np.array(
            [truth[theme, (role,)] for theme in self.themes for role in self.roles]
        )
        self.n_switches = 0
        self.switched: list[tuple[np.ndarray, int, int, int]] = []
        for theme in themes:
            for role in self.roles:
                nobody_else = self.cell((theme, (role,))) - self.cell(("", (role,)))
                self._know(nobody_else, -np.inf, 0)
        for release in releases:
            self._read(release)

    def cell(self, cell: Cell) -> np.ndarray:
        theme, roles = cell
        line = np.zeros(self.n)
        for place, role in enumerate(self.roles):
            if roles is None or role in roles:
                line[self.themes.index(theme) * len(self.roles) + place] = 1
        return line

    def possible(self, cell: Cell) -> int:
        """Return how many numbers a cell can be; of many, that they are enough."""
        goal = self.cell(cell)
        low, high = self._end(goal, 1), self._end(goal, -1)
        values = {low, high}
        for value in range(low + 1, high):
            if len(values) >= _ENOUGH:
                break
            if self._solve(np.zeros(self.n), (goal, value)) is not None:
                values.add(value)
        return len(values)

    def _end(self, goal: np.ndarray, sign: int) -> int:
        found = self._solve(sign * goal)
        assert found is not None, "what was released cannot be true"
        return round(float(goal @ found))

    def _solve(
        self, goal: np.ndarray, fixed: tuple[np.ndarray, int] | None = None
    ) -> np.ndarray | None:
        matrix, low, high = self._system
        if fixed is not None:
            line = np.concatenate([fixed[0], np.zeros(self.n_switches)])
            matrix = np.vstack([matrix, line])
            low, high = np.append(low, fixed[1]), np.append(high, fixed[1])
        for presolve in (True, False):
            found = milp(
                np.concatenate([goal, np.zeros(self.n_switches)]),
                constraints=LinearConstraint(matrix, low, high),
                bounds=Bounds(0, [_FAR] * self.n + [1] * self.n_switches),
                integrality=np.ones(self.n + self.n_switches),
                options={"presolve": presolve},
            )
            if found.x is not None:
                return np.round(found.x[: self.n])
            if fixed is not None:
                break
        return None

    @cached_property
    def _system(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        more = self.n_switches
        lines = [np.concatenate([line, np.zeros(more)]) for line in self.lines]
        low, high = list(self.low), list(self.high)
        for line, switch, least, most in self.switched:
            for weight in (least, most):
                own = np.zeros(more)
                own[switch] = -weight
                lines.append(np.concatenate([line, own]))
            low += [0, -np.inf]
            high += [np.inf, 0]
        return np.array(lines), np.array(low), np.array(high)

    def _know(self, line: np.ndarray, low: float, high: float) -> None:
        assert low <= line @ self.is_true <= high, "a file was read wrongly"
        self.lines.append(line)
        self.low.append(low)
        self.high.append(high)

    def _read(self, release: Release) -> None:
        for row in release.rows:
            self._read_row(row, release)
        for (theme, role), n in release.spoke.items():
            cell = (theme, None if role == TOTAL else (role,))
            self._know(self.cell(cell), n, np.inf)
        self._read_lists(release)
        self._read_order(release)
        self._read_sizes(release)

    def _read_row(self, row: dict[str, object], release: Release) -> None:
        cell: Cell = (str(row["theme"]), row["roles"])  # type: ignore[assignment]
        if cell[0] not in self.themes:
            return
        line, of = self.cell(cell), self.cell(("", cell[1]))
        text = str(row["shown"])
        match = re.fullmatch(r"(fewer than |at least )?(\d+)(?: of (\d+))?", text)
        if self._says_nobody(row, release) and self.truth[cell] == 0:
            self._know(line, 0, 0)  # nobody's coding was counted
        if match is None:
            self._read_reason(cell, str(row["hidden"]), release)
            return
        if match[3]:
            self._know(of, int(match[3]), int(match[3]))
        # Where all people are few, roles of which nobody was heard are told to be few too.
        least = min(self.truth[cell], 1) if release.shows_zero or not cell[0] else 0
        n = int(match[2])
        ends = {
            "fewer than ": (least, n - 1), "at least ": (n, np.inf), None: (n, n),
        }  # fmt: skip
        self._know(line, *ends[match[1]])

    def _says_nobody(self, row: dict[str, object], release: Release) -> bool:
        """Return whether no status stands where other hidden numbers have one."""
        is_empty = bool(row["hidden"]) and row["status"] == ""
        return is_empty and any(
            one["hidden"] and one["status"] not in {"", "no such column"}
            for one in release.rows
        )

    def _read_reason(self, cell: Cell, why: str, release: Release) -> None:
        """Take the reason at its word, where that is right of all numbers of a theme."""
        least, is_size = release.least, not cell[0]
        true = self.truth[cell]
        lowest = 1 if release.shows_zero or is_size else 0
        if why == "few people" and lowest <= true < least:
            self._know(self.cell(cell), lowest, least - 1)
        of = self.truth["", cell[1]]
        if why == "small group":
            self._know(self.cell(("", cell[1])), 1, least - 1)
        if why != _FOR_ANOTHER or of < least or self._is_for_itself(cell, release):
            return
        most = _FAR if is_size else least_masked(of) - 1
        if least <= true <= most:
            if lowest:
                self._switch(self.cell(cell), least, most)
            else:
                self._know(self.cell(cell), least, most)
        elif true == 0 and lowest:
            self._switch(self.cell(cell), least, most)

    def _is_for_itself(self, cell: Cell, release: Release) -> bool:
        """Return whether a number may be hidden for its own sake, whatever reason is told.

        All numbers of a group are, of which it is hidden how many were heard. Of others
        the reason can be believed where it is right of all numbers of the theme; where
        no number is told to be small, it would have to be right of all themes.
        """
        if cell[0] and cell[1] not in release.sized:
            return True
        told = [row for row in release.rows if row["hidden"] and row["theme"]]
        is_mute = all(row["hidden"] == _FOR_ANOTHER for row in told)
        alike = told if cell[0] and is_mute else self._of_theme(cell[0], release)
        return any(
            self._is_small_or_all(row, release)
            for row in alike
            if row["hidden"] == _FOR_ANOTHER
            and (row["roles"] in release.sized or not cell[0])
        )

    @staticmethod
    def _of_theme(theme: str, release: Release) -> list[dict[str, object]]:
        return [row for row in release.rows if row["theme"] == theme]

    def _is_small_or_all(self, row: dict[str, object], release: Release) -> bool:
        theme, roles = row["theme"], row["roles"]
        true = self.truth[theme, roles]  # type: ignore[index]
        lowest = 1 if release.shows_zero or not theme else 0
        if lowest <= true < release.least:
            return True
        return bool(theme) and true >= least_masked(self.truth["", roles])  # type: ignore[index]

    def _switch(self, line: np.ndarray, least: int, most: int) -> None:
        """Know that a number is 0, or between two others."""
        self.switched.append((line, self.n_switches, least, most))
        self.n_switches += 1

    def _read_lists(self, release: Release) -> None:
        """Take roles that a list names as there; where one is hidden, lists are whole."""
        hidden = {
            (row["theme"], role)
            for row in release.rows
            if row["hidden"]
            for role in row["roles"] or ()
        }
        alone = {
            (row["theme"], row["roles"][0])
            for row in release.rows
            if row["roles"] and len(row["roles"]) == 1
        }
        named = {
            (theme, role) for theme, roles in release.named.items() for role in roles
        }
        named = {(theme, role) for theme, role in named if theme in self.themes}
        tells_hidden = bool(named & (hidden | ({(t, r) for t, r in named} - alone)))
        for theme, role in named:
            self._know(self.cell((theme, (role,))), 1, np.inf)
        if not tells_hidden:
            return
        for theme in release.named:
            for role in self.roles:
                is_large = self.truth["", (role,)] >= release.least
                is_left_out = theme in self.themes and (theme, role) not in named
                if is_large and is_left_out and self.truth[theme, (role,)] == 0:
                    self._know(self.cell((theme, (role,))), 0, 0)

    def _read_order(self, release: Release) -> None:
        """Know that a statement is built on the themes that most people raised."""
        picked = release.picked
        rest = [name for name in self.themes[1:] if name not in picked]
        pairs = [*pairwise(picked)]
        pairs += [(picked[-1], other) for other in rest] if picked else []
        for more, fewer in pairs:
            self._know(self.cell((more, None)) - self.cell((fewer, None)), 0, np.inf)

    def _read_sizes(self, release: Release) -> None:
        known = tuple(role for role in self.roles if role != "unknown")
        for n in release.heard_of:
            if n == self.truth["", known]:
                self._know(self.cell(("", known)), n, n)
        if release.coded is not None:
            totals = [self.cell((theme, None)) for theme in self.themes[1:]]
            for total in totals:
                self._know(total, 0, release.coded)
            self._know(np.sum(totals, axis=0), release.coded, np.inf)
