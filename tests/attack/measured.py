"""How many hidden numbers of studies an attacker of released files can solve for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from empathy_insights.corpus import Corpus, heard
from empathy_insights.result import Analysis
from empathy_insights.study import analyze
from tests.attack.attacker import Attacker, Cell
from tests.attack.released import Release, read_release
from tests.attack.studies import BOOK, WORDS, read_by_people, study
from tests.conftest import save_no_pixels


@dataclass
class Attack:
    """Hold how an attack ended: possible numbers -> hidden cells, and what was solved."""

    cells: Counter[int] = field(default_factory=Counter)
    solved: list[str] = field(default_factory=list)

    @property
    def said(self) -> list[int]:
        """Return hidden cells, those solved exactly, and those narrowed to two values."""
        return [self.cells.total(), self.cells[1], self.cells[2]]

    def __add__(self, other: Attack) -> Attack:
        return Attack(self.cells + other.cells, self.solved + other.solved)


def released(
    talk: Callable[..., Corpus], seed: int, folder: Path
) -> tuple[Analysis, dict[str, Release]]:
    """Write an invented study for both audiences, and read what others get."""
    corpus = study(talk, seed)
    run = analyze(
        corpus,
        codebook=BOOK,
        allow_identities=True,
        hand_codes=read_by_people(corpus),
    )
    read = {}
    with _only_what_is_read():
        for audience in ("school", "public"):
            run.write(folder / f"{seed}-{audience}", audience=audience)
            read[audience] = read_release(folder / f"{seed}-{audience}")
    return run, read


@contextmanager
def _only_what_is_read() -> Iterator[None]:
    """Leave out the team's files, and the pixels of pictures; what SVGs say is written."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Figure, "savefig", save_no_pixels)
        for name in ("write_team_files", "write_team_charts"):
            patch.setattr(f"empathy_insights.report.folder.{name}", lambda *_: None)
        yield


def attack(run: Analysis, releases: Sequence[Release], *, name: str = "") -> Attack:
    """Solve for every cell that the first release hides, holding all of them."""
    truth = true_numbers(run)
    roles = sorted(heard(run.corpus)["role"].unique())
    attacker = Attacker(releases, roles=roles, themes=WORDS, truth=truth)
    done = Attack()
    for cell, width in _hidden(releases[0], roles).items():
        n = attacker.possible(cell)
        is_promised = n >= min(3, width)
        done.cells[3 if is_promised else n] += 1
        if not is_promised:
            done.solved.append(f"{name} {cell}: {n} possible, true {truth[cell]}")
    return done


def _hidden(release: Release, roles: Sequence[str]) -> dict[Cell, int]:
    """Return the hidden cells, and how many numbers the label of each allows."""
    found: dict[Cell, int] = {}
    for row in release.rows:
        group = row["roles"]
        if row["hidden"] and (group is None or set(group) & set(roles)):
            words = str(row["shown"]).split(" ")
            width = 3
            if words[:2] == ["at", "least"]:
                width = int(words[4]) - int(words[2]) + 1
            found[str(row["theme"]), group] = width  # type: ignore[index]
    return found


def true_numbers(run: Analysis) -> dict[Cell, int]:
    """Return how many people of every set of roles raised each theme, or were heard."""
    people = heard(run.corpus)[["participant_id", "role"]]
    turns = run.corpus.utterances[["utterance_id", "participant_id"]]
    said = run.segments[["segment_id", "utterance_id"]].merge(turns, on="utterance_id")
    pairs = run.estimate.pairs.merge(said, on="segment_id")
    raised = pairs[["theme", "participant_id"]]
    raised = pd.concat([raised, people.assign(theme="")[["theme", "participant_id"]]])
    roles = [*people["role"].unique(), "school_leader", "network_leader", "community"]
    rows = raised.drop_duplicates().merge(people, on="participant_id")
    counts = rows.groupby(["theme", "role"]).size()
    return _Sums(counts.to_dict(), tuple(sorted(set(roles))))


class _Sums(dict[Cell, int]):
    """Add up roles when asked for several."""

    def __init__(self, counts: dict[tuple[str, str], int], roles: tuple[str, ...]):
        super().__init__()
        self.counts, self.roles = counts, roles

    def __missing__(self, cell: Cell) -> int:
        theme, roles = cell
        return sum(self.counts.get((theme, role), 0) for role in roles or self.roles)


def table(rows: dict[str, Attack]) -> str:
    """Return the outcome as the table of docs/privacy.md."""
    head = "| what the attacker holds | hidden cells | exact | two values |\n|---|---|---|---|"
    lines = [f"| {name} | {' | '.join(map(str, a.said))} |" for name, a in rows.items()]
    return "\n".join([head, *lines])


HOLDS = {
    "the school's files": ("school",),
    "the public's files": ("public",),
    "both, what the school's hide": ("school", "public"),
}
