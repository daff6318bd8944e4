"""Nobody can solve for a hidden cell: an attacker tries, with whole-number programs."""

import dataclasses
import re
from itertools import product

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from empathy_insights.analysis.cooccurrence import cooccurrence
from empathy_insights.analysis.crosstab import crosstab
from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.analysis.rounds import theme_over_rounds
from empathy_insights.publishing.suppression import publish
from empathy_insights.tables import CODINGS

ROLES = ("student", "family", "teacher", "staff")
SITES = ("north", "south")
THEMES = ("bus", "food", "bus.late")


def invented(talk, seed, *, low=0, high=9):
    """Invent a study: people of four roles at two sites, a theme by chance."""
    random = np.random.default_rng(seed)
    people = [
        (f"{role}_{site}_{n}", role, site)
        for role, site in product(ROLES, SITES)
        for n in range(random.integers(low, high))
    ]
    corpus = talk(
        {who: [(who, "Words.")] for who, *_ in people},
        roles={who: role for who, role, _ in people},
        school={who: site for who, _, site in people},
    )
    likely = {theme: random.random() for theme in THEMES}
    rows = [
        {"segment_id": f"{who}:0001.01", "theme": theme, "coder": "x", "status": "auto",
         "method": "m", "codebook_sha256": "0"}
        for who, *_ in people
        for theme in THEMES
        if random.random() < likely[theme]
    ]  # fmt: skip
    return corpus, CODINGS.frame(rows)


class Attacker:
    """Know all published numbers and how people add up; nothing else.

    The unknowns are, for each role and site, how many people were heard and how many of
    them raised the theme.
    """

    def __init__(self, tables, theme, *, shows_zero=True):
        self.shows_zero = shows_zero
        self.cells = list(product(ROLES, SITES))
        self.n = len(self.cells)
        self.rows, self.low, self.high = [], [], []
        for n in range(self.n):  # nobody raises it who was not heard
            self._know([(n, 1), (self.n + n, -1)], -np.inf, 0)
        for table in tables:
            for row in table[table["theme"] == theme].to_dict("records"):
                self._read(row)

    def _read(self, row):
        raised, heard = self._parts(row, 0), self._parts(row, self.n)
        text = row["shown"]
        if not row["hidden"]:
            people, of = (
                (int(n) for n in text.split(" of ")) if " of " in text else (0, 0)
            )
            self._know(raised, people, people)
            self._know(heard, of, of)
            self._read_elsewhere(row)
            return
        if match := re.fullmatch(r"(fewer than|at least) (\d+) of (\d+)", text):
            bound, of = int(match[2]), int(match[3])
            self._know(heard, of, of)
            low, high = (1, bound - 1) if match[1] == "fewer than" else (bound, of)
            self._know(raised, low if self.shows_zero else 0, high)

    def _read_elsewhere(self, row):
        if "people_elsewhere" not in row:
            return
        for name, start in (("people_elsewhere", 0), ("of_elsewhere", self.n)):
            parts = [
                (start + n, 1)
                for n, (role, _) in enumerate(self.cells)
                if role != row["role"]
            ]
            self._know(parts, row[name], row[name])

    def _parts(self, row, start):
        return [
            (start + n, 1)
            for n, (role, site) in enumerate(self.cells)
            if row.get("role", "all") in {"all", role}
            and row.get("school", "all") in {"all", site}
        ]

    def _know(self, parts, low, high):
        line = np.zeros(2 * self.n)
        for place, weight in parts:
            line[place] = weight
        self.rows.append(line)
        self.low.append(low)
        self.high.append(high)

    def range_of(self, row, *, others=False):
        """Return the least and greatest number of people that a row can hold."""
        goal = np.zeros(2 * self.n)
        for place, _ in self._parts(row, 0):
            goal[place] = -1 if others else 1
        for place, _ in self._parts(row, self.n) if others else []:
            goal[place] = 1
        ends = [
            milp(
                sign * goal,
                constraints=LinearConstraint(np.array(self.rows), self.low, self.high),
                bounds=Bounds(0, 400),
                integrality=np.ones(2 * self.n),
            )
            for sign in (1, -1)
        ]
        assert all(end.success for end in ends)
        return round(ends[0].fun), round(-ends[1].fun)


def width_of_label(row):
    match = re.fullmatch(r"(fewer than|at least) (\d+) of (\d+)", row["shown"])
    if match is None:
        return 2
    bound, of = int(match[2]), int(match[3])
    return bound - 2 if match[1] == "fewer than" else of - bound


def tables_of(codings, corpus, n=4):
    """Return the first tables of a study: all people, by role, by school, by both."""
    groups = (
        {},
        {"by": "role", "margins": True},
        {"by": "school"},
        {"by": ["role", "school"]},
    )
    return [theme_frequency(codings, corpus, level="all", **by) for by in groups[:n]]


def published(tables, audience):
    return [
        publish(one, audience, beside=[other for other in tables if other is not one])
        for one in tables
    ]


# In study 60 only those who did not raise a theme would give a number away.
@pytest.mark.slow
@pytest.mark.parametrize("chosen", [(0, 1), (0, 1, 2), (0, 1, 2, 3)])
@pytest.mark.parametrize(
    "seed", [0, 60, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 2, 3))]
)
def test_no_hidden_cell_can_be_solved_for(talk, seed, chosen):
    corpus, codings = invented(talk, seed)
    tables = tables_of(codings, corpus)

    shown = published([tables[n] for n in chosen], "school")

    for theme in codings["theme"].unique():
        attacker = Attacker(shown, theme)
        for table in shown:
            rows = table[(table["theme"] == theme) & (table["hidden"] != "")]
            for row in rows.to_dict("records"):
                low, high = attacker.range_of(row)
                assert high - low >= min(2, width_of_label(row)), (row, low, high)


@pytest.mark.parametrize("seed", range(30, 32))
def test_groups_beside_all_others_give_no_hidden_cell_away(talk, seed):
    corpus, codings = invented(talk, seed)
    tables = [*tables_of(codings, corpus, n=2), crosstab(codings, corpus, by="role")]

    shown = published(tables, "school")

    for theme in ("bus", "food"):
        attacker = Attacker(shown, theme)
        for row in (
            shown[1].query("theme == @theme and hidden != ''").to_dict("records")
        ):
            low, high = attacker.range_of(row)
            assert high - low >= min(2, width_of_label(row)), (row, low, high)


def test_a_hidden_row_of_a_comparison_tells_nothing_by_its_other_numbers(talk):
    corpus, codings = invented(talk, 31)

    table = publish(crosstab(codings, corpus, by="role"), "school")

    hidden = table[table["hidden"] != ""]
    assert len(hidden)
    assert hidden.select_dtypes("number").isna().all(axis=None)
    assert set(hidden["reading"]) == {""}
    assert {"log_odds", "log_odds_z"}.isdisjoint(table.columns)


def test_a_pair_that_few_people_raised_is_hidden_with_all_its_numbers(talk):
    corpus, codings = invented(talk, 5)
    pairs = cooccurrence(codings, corpus)

    table = publish(pairs, "school", beside=[theme_frequency(codings, corpus)])

    few = pairs["people"].between(1, 4).to_numpy()
    assert (table["hidden"] != "").sum() >= few.sum()
    assert (
        table.loc[table["hidden"] != "", ["people", "jaccard", "lift"]]
        .isna()
        .all(axis=None)
    )
    assert {"together", "either"}.isdisjoint(table.columns)


def test_a_change_between_rounds_does_not_tell_a_hidden_round(talk):
    corpus = talk({f"d{n}": [(f"p{n}", "Words.")] for n in range(14)})
    rounds = ["1"] * 7 + ["2"] * 7
    corpus = dataclasses.replace(
        corpus, documents=corpus.documents.assign(round=rounds)
    )
    names = sorted(corpus.documents["document_id"])
    rows = corpus.documents.set_index("document_id")["round"]
    raised = [name for name in names if rows[name] == "1"][:2]
    raised += [name for name in names if rows[name] == "2"][:5]
    codings = CODINGS.frame(
        {"segment_id": f"{name}:0001.01", "theme": "bus", "coder": "x",
         "status": "auto", "method": "m", "codebook_sha256": "0"}
        for name in raised
    )  # fmt: skip

    table = publish(theme_over_rounds(codings, corpus), "school")

    assert table["shown"].tolist() == ["fewer than 5 of 7", "5 of 7"]
    assert table["change"].isna().all()
    assert "in_both" not in table.columns


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 22))
def test_the_public_cannot_solve_for_a_hidden_cell_either(talk, seed):
    corpus, codings = invented(talk, seed, low=4, high=16)
    tables = tables_of(codings, corpus, n=3)

    shown = published(tables, "public")

    for theme in codings["theme"].unique():
        attacker = Attacker(shown, theme, shows_zero=False)
        for table in shown:
            rows = table[(table["theme"] == theme) & (table["hidden"] != "")]
            for row in rows.to_dict("records"):
                low, high = attacker.range_of(row)
                assert high - low >= min(2, width_of_label(row)), (row, low, high)


@pytest.mark.parametrize("seed", range(4))
def test_it_cannot_be_solved_for_that_everyone_of_a_hidden_group_did(talk, seed):
    corpus, codings = invented(talk, seed)
    tables = tables_of(codings, corpus, n=2)

    shown = published(tables, "school")

    for theme in codings["theme"].unique():
        attacker = Attacker(shown, theme)
        rows = shown[1][(shown[1]["theme"] == theme) & (shown[1]["hidden"] != "")]
        for row in rows.to_dict("records"):
            assert attacker.range_of(row, others=True)[1] >= 1, row


def test_the_attacker_finds_what_no_table_hides_with_care(talk):
    """Hiding what is small in each table alone is not enough."""

    def ranges():
        for seed in range(6):
            corpus, codings = invented(talk, seed)
            tables = tables_of(codings, corpus, n=3)
            alone = [publish(table, "school") for table in tables]
            for theme in codings["theme"].unique():
                attacker = Attacker(alone, theme)
                rows = alone[2].query("theme == @theme and hidden != ''")
                yield from map(attacker.range_of, rows.to_dict("records"))

    assert any(low == high for low, high in ranges())


# Groups too small to show, beside all others, take the number of everybody with them.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("audience", "low", "high", "seed"),
    [("school", 5, 7, 10), ("school", 5, 7, 12), ("public", 4, 8, 4)],
)
def test_a_hidden_number_of_everybody_leaves_room(talk, audience, low, high, seed):
    corpus, codings = invented(talk, seed, low=low, high=high)
    sides, pairs = crosstab(codings, corpus, by="role"), cooccurrence(codings, corpus)

    shown = published([*tables_of(codings, corpus, n=2), sides, pairs], audience)

    for theme in ("bus", "food"):
        attacker = Attacker(shown[:3], theme, shows_zero=audience == "school")
        rows = shown[1].query("theme == @theme and hidden != ''")
        for row in rows.to_dict("records"):
            low, high = attacker.range_of(row)
            assert high - low >= min(2, width_of_label(row)), (row, low, high)
