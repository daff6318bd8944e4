"""Nobody can solve for a hidden cell where people were heard in several rounds."""

import dataclasses
import re
from itertools import chain, combinations

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from empathy_insights.analysis.cooccurrence import cooccurrence
from empathy_insights.analysis.crosstab import crosstab
from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.analysis.rounds import theme_over_rounds
from empathy_insights.publishing._cells import cells, pair_of
from empathy_insights.publishing.suppression import publish_together
from empathy_insights.tables import CODINGS

ROUNDS = ("1", "2", "3")


def subsets(names):
    return [
        frozenset(some)
        for some in chain.from_iterable(
            combinations(names, n) for n in range(len(names) + 1)
        )
    ]


def invented(talk, seed, rounds):
    """Invent people heard in one round or several, who raise a theme in some of them."""
    random = np.random.default_rng(seed)
    turns = {name: [] for name in rounds}
    raised = []
    number = 0
    for heard in subsets(rounds)[1:]:
        for _ in range(random.integers(0, 8)):
            number += 1
            who = f"p{number:02}"
            for name in sorted(heard):
                turns[name].append((who, "Words."))
                if random.random() < 0.2 + 0.2 * int(name):
                    raised.append(f"r{name}:{len(turns[name]):04}.01")
    corpus = talk({f"r{name}": said for name, said in turns.items()})
    names = corpus.documents["document_id"].str[1:]
    corpus = dataclasses.replace(corpus, documents=corpus.documents.assign(round=names))
    rows = [
        {"segment_id": name, "theme": "bus", "coder": "x", "status": "auto",
         "method": "m", "codebook_sha256": "0"}
        for name in raised
    ]  # fmt: skip
    return corpus, CODINGS.frame(rows)


class Attacker:
    """Know all published numbers, and nothing of who was heard or raised what when.

    The unknowns: how many people were heard in these rounds and raised the theme in those
    of them.
    """

    def __init__(self, tables, rounds):
        self.cells = [
            (heard, did) for heard in subsets(rounds)[1:] for did in subsets(heard)
        ]
        self.rows, self.low, self.high = [], [], []
        self._know(np.ones(len(self.cells)), 0, np.inf)
        for table in tables:
            for row in table.to_dict("records"):
                self._read(row)

    def people(self, name, *, raised, elsewhere=False):
        """Return who is counted in a row of a round, of all rounds, or of its rest."""
        if name == "all":
            return np.array([bool(did) or not raised for _, did in self.cells], float)
        if elsewhere:
            return np.array(
                [
                    name not in heard and (bool(did) or not raised)
                    for heard, did in self.cells
                ],
                float,
            )
        return np.array(
            [name in (did if raised else heard) for heard, did in self.cells], float
        )

    def _read(self, row):
        name, text = row.get("round", "all"), row["shown"]
        match = re.fullmatch(r"(?:(fewer than|at least) )?(\d+)(?: of (\d+))?", text)
        if match is None:
            return
        bound = int(match[2])
        if match[3]:
            self._know(self.people(name, raised=False), int(match[3]), int(match[3]))
        low, high = {
            None: (bound, bound), "fewer than": (1, bound - 1),
            "at least": (bound, int(match[3] or bound)),
        }[match[1]]  # fmt: skip
        self._know(self.people(name, raised=True), low, high)
        if "people_elsewhere" in row and not row["hidden"]:
            for column, raised in (("people_elsewhere", True), ("of_elsewhere", False)):
                who = self.people(name, raised=raised, elsewhere=True)
                self._know(who, row[column], row[column])

    def _know(self, line, low, high):
        self.rows.append(line)
        self.low.append(low)
        self.high.append(high)

    def range_of(self, name, *, elsewhere=False):
        goal = self.people(name, raised=True, elsewhere=elsewhere)
        ends = [
            milp(
                sign * goal,
                constraints=LinearConstraint(np.array(self.rows), self.low, self.high),
                bounds=Bounds(0, 400),
                integrality=np.ones(len(goal)),
            )
            for sign in (1, -1)
        ]
        assert all(end.success for end in ends)
        return round(ends[0].fun), round(-ends[1].fun)


def promised(row):
    match = re.fullmatch(r"(fewer than|at least) (\d+) of (\d+)", row["shown"])
    if match is None:
        return 2
    bound, of = int(match[2]), int(match[3])
    return min(2, bound - 2 if match[1] == "fewer than" else of - bound)


def tables_of(codings, corpus):
    return [
        theme_frequency(codings, corpus),
        theme_frequency(codings, corpus, by="round", margins=True),
        theme_over_rounds(codings, corpus),
        crosstab(codings, corpus, by="round"),
    ]


@pytest.fixture(scope="module")
def studied(talk, request):
    """Return rounds, and the tables of a study of people heard in them."""
    seed, n_rounds = request.param
    rounds = ROUNDS[:n_rounds]
    corpus, codings = invented(talk, seed, rounds)
    return rounds, tables_of(codings, corpus)


@pytest.mark.slow
@pytest.mark.parametrize("chosen", [(0, 1), (2, 3), (0, 3), (0, 1, 2, 3)])
# In study 350 three rounds that share people narrow each other down.
@pytest.mark.parametrize(
    "studied", [(n, of) for n in (0, 350, 1, 2, 3) for of in (2, 3)], indirect=True
)
def test_no_hidden_round_can_be_solved_for(studied, chosen):
    rounds, tables = studied

    shown = publish_together([tables[n] for n in chosen], "school")

    attacker = Attacker(shown, rounds)
    told = {row.get("round", "all") for row in rows_of(shown, "==")}
    for row in rows_of(shown, "!="):
        name = row.get("round", "all")
        if name not in told:
            low, high = attacker.range_of(name)
            assert high - low >= promised(row), (row, low, high)
        elif "people_elsewhere" in row:
            low, high = attacker.range_of(name, elsewhere=True)
            assert low < high, (row, low, high)


def rows_of(tables, sign):
    return [
        row
        for table in tables
        for row in table.query(f"hidden {sign} ''").to_dict("records")
    ]


def test_what_people_raised_in_another_round_only_is_in_neither_side(talk):
    """A group and all others do not add up to all, though their people do."""
    said = {"r1": [(f"p{n}", "Words.") for n in range(12)]}
    said["r2"] = [(f"p{n}", "Words.") for n in range(6, 18)]
    corpus = talk(said)
    names = corpus.documents["document_id"].str[1:]
    corpus = dataclasses.replace(corpus, documents=corpus.documents.assign(round=names))
    raised = [f"r1:{n:04}.01" for n in (1, 2, 3, 4, 5, 6)]
    raised += [f"r2:{n:04}.01" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)]
    codings = CODINGS.frame(
        {"segment_id": name, "theme": "bus", "coder": "x", "status": "auto",
         "method": "m", "codebook_sha256": "0"}
        for name in raised
    )  # fmt: skip
    whole, sides = (
        theme_frequency(codings, corpus),
        crosstab(codings, corpus, by="round"),
    )
    first = sides[sides["round"] == "1"].iloc[0]
    assert first["of"] + first["of_elsewhere"] == whole["of"].iloc[0]
    assert first["people"] + first["people_elsewhere"] < whole["people"].iloc[0]

    shown = publish_together([whole, sides], "school")

    assert shown[0]["shown"].tolist() == ["hidden"]
    low, high = Attacker(shown, ROUNDS[:2]).range_of("all")
    assert low <= whole["people"].iloc[0] <= high
    assert high - low >= 2


def test_a_row_hidden_for_the_others_sake_does_not_say_their_number_as_its_own(talk):
    corpus, codings = invented(talk, 2, ROUNDS)
    sides = crosstab(codings, corpus, by="round").set_index("round")
    assert sides.loc["1", ["people", "of", "people_elsewhere", "of_elsewhere"]].tolist() == [
        8, 18, 6, 7,
    ]  # fmt: skip

    shown = publish_together([crosstab(codings, corpus, by="round")], "school")[0]

    row = shown.set_index("round").loc["1"]
    assert (row["shown"], row["hidden"]) == ("hidden", "it would give another away")


def pair_tables(corpus, codings):
    return {
        within: cooccurrence(codings, corpus, within=within)
        for within in ("segment", "answer", "person", "document")
    }


@pytest.fixture
def two_themes(talk):
    """Twelve people, of whom six raise both themes, in two turns or in one."""
    corpus = talk({f"d{n}": [(f"p{n}", "Words."), (f"q{n}", "Words."), (f"p{n}", "More.")]
                   for n in range(12)})  # fmt: skip
    rows = [(n, 1, "bus") for n in range(9)]
    rows += [(n, 1, "food") for n in range(5)] + [(n, 3, "food") for n in (5, 9, 10)]
    rows += [(n, 2, "food") for n in range(3)]
    codings = CODINGS.frame(
        {"segment_id": f"d{n}:{turn:04}.01", "theme": theme, "coder": "x",
         "status": "auto", "method": "m", "codebook_sha256": "0"}
        for n, turn, theme in rows
    )  # fmt: skip
    return corpus, codings


def test_pairs_within_passages_and_people_are_numbers_of_their_own(two_themes):
    corpus, codings = two_themes
    tables = pair_tables(corpus, codings)

    keys = {within: cells(table)[0].key for within, table in tables.items()}

    assert len(set(keys.values())) == 4
    assert pair_of(keys["answer"]).wider == [keys["person"]]
    assert pair_of(keys["document"]).themes == ("bus", "food")


def test_pairs_of_all_units_are_published_together(two_themes):
    corpus, codings = two_themes
    tables = pair_tables(corpus, codings)

    shown = publish_together(
        [*tables.values(), theme_frequency(codings, corpus)], "school"
    )

    told = {
        within: table["shown"].iloc[0]
        for within, table in zip(tables, shown[:4], strict=True)
    }
    people = {within: int(table["people"].iloc[0]) for within, table in tables.items()}
    assert people == {"segment": 5, "answer": 5, "person": 6, "document": 9}
    assert told == {"segment": "5 of 24", "answer": "5 of 24", "person": "6 of 24",
                    "document": "9 of 24"}  # fmt: skip


def test_more_people_of_a_document_than_of_either_theme_break_no_rule(talk):
    """Who raised one of two themes where both come up may be more than who raised each."""
    corpus = talk(
        {f"d{n}": [(f"p{n}", "Words."), (f"q{n}", "Words.")] for n in range(6)}
    )
    codings = CODINGS.frame(
        {"segment_id": f"d{n}:{turn:04}.01", "theme": theme, "coder": "x",
         "status": "auto", "method": "m", "codebook_sha256": "0"}
        for n in range(6)
        for turn, theme in ((1, "bus"), (2, "food"))
    )  # fmt: skip
    document = cooccurrence(codings, corpus, within="document")
    themes = theme_frequency(codings, corpus)
    assert document["people"].tolist() == [12]
    assert themes["people"].tolist() == [6, 6]

    shown = publish_together([document, themes], "school")

    assert shown[0]["hidden"].tolist() == ["nearly everyone"]
    assert shown[1]["shown"].tolist() == ["6 of 12", "6 of 12"]


def test_pairs_of_few_people_stay_hidden_beside_wider_ones(talk):
    corpus = talk({f"d{n}": [(f"p{n}", "Words."), ("x", "Yes."), (f"p{n}", "More.")]
                   for n in range(12)})  # fmt: skip
    rows = [(n, 1, "bus") for n in range(9)] + [(n, 1, "food") for n in range(2)]
    rows += [(n, 3, "food") for n in range(2, 8)]
    codings = CODINGS.frame(
        pd.DataFrame(rows, columns=["n", "turn", "theme"])
        .assign(
            segment_id=lambda t: [f"d{n}:{k:04}.01" for n, k in zip(t["n"], t["turn"], strict=True)],
            coder="x", status="auto", method="m", codebook_sha256="0",
        )
        .drop(columns=["n", "turn"])
        .to_dict("records")
    )  # fmt: skip
    tables = pair_tables(corpus, codings)

    shown = publish_together(list(tables.values()), "school")

    assert [table["shown"].iloc[0] for table in shown[:3]] == [
        "fewer than 5 of 13", "fewer than 5 of 13", "8 of 13",
    ]  # fmt: skip
