"""Nobody knows how many sub-themes a coder misses; tables say no more than is certain."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.analysis.table_facts import said_counts
from empathy_insights.tables import CODINGS

NAMES = ("bus", "lunch")
BOOK = ei.Codebook(
    "b",
    "B",
    themes=(
        ei.Theme("bus", "Bus"),
        ei.Theme("bus.late", "Late bus", parent="bus"),
        ei.Theme("lunch", "Lunch"),
        ei.Theme("lunch.cold", "Cold lunch", parent="lunch"),
    ),
)
N_PEOPLE, EACH = 12, 4


@pytest.fixture(scope="module")
def corpus():
    """Return twelve people, six of each role and round, with four passages each."""
    who = np.repeat([f"p{n:02d}" for n in range(N_PEOPLE)], EACH)
    roles = np.repeat(["student", "teacher"] * (N_PEOPLE // 2), EACH)
    words = [f"Words number {n}." for n in range(N_PEOPLE * EACH)]
    rows = pd.DataFrame({"who": who, "role": roles, "a": words})
    return ei.corpus_from_frame(rows, text="a", person="who", role="role")


@pytest.fixture(scope="module")
def ids(corpus):
    return ei.segment(corpus)["segment_id"]


@pytest.fixture(scope="module")
def chances(ids):
    drawn = np.random.default_rng(0).beta(0.5, 3, size=(len(ids), 2))
    return ids.to_frame().join(pd.DataFrame(drawn, columns=list(NAMES)))


def given(pairs, status="auto"):
    return CODINGS.frame(
        {"segment_id": one, "theme": theme, "coder": "kim", "status": status,
         "method": "", "codebook_sha256": ""}
        for one, theme in pairs
    )  # fmt: skip


def table(codings, corpus, chances, **options):
    estimate = ei.estimate_counts(chances, codings, corpus)
    found = ei.theme_frequency(
        codings, corpus, codebook=BOOK, estimate=estimate, level="all", **options
    )
    return found if options else found.set_index("theme")


def test_a_coders_sub_theme_is_at_most_its_theme_and_at_least_nobody(
    corpus, ids, chances
):
    found = table(given([(one, "bus.late") for one in ids]), corpus, chances)

    late, bus = found.loc["bus.late"], found.loc["bus"]
    assert (late["low"], late["high"]) == (0, bus["high"])
    assert late["people"] == bus["people"]
    assert late["state"] == "first look"
    assert late["segments"] == len(ids)


def test_a_sub_theme_is_said_as_both_ends(corpus, ids, chances):
    codings = given([(ids[0], "bus.late")])
    found = table(codings, corpus, chances)

    said = dict(zip(found.index, said_counts(found), strict=True))
    assert said["bus.late"] == f"0 to {found.loc['bus', 'high']:g} of 12"
    assert said["lunch.cold"] == f"0 to {found.loc['lunch', 'high']:g} of 12"


def test_what_a_person_found_is_certain(corpus, ids, chances):
    codings = pd.concat(
        [given([(ids[0], "bus.late"), (ids[4], "bus.late")], "human"),
         given([(ids[8], "bus.late")])]
    )  # fmt: skip

    late = table(codings, corpus, chances).loc["bus.late"]

    assert late["low"] == 2
    assert late["read"] == 2
    assert late["state"] == "first look"


def test_where_people_read_all_and_gave_sub_themes_it_is_their_count(
    corpus, ids, chances
):
    read = given([(ids[0], "bus.late"), *((one, "no_theme") for one in ids)], "human")

    found = table(read, corpus, chances)

    columns = ["people", "low", "high", "state"]
    assert found.loc["bus.late", columns].tolist() == [1, 1, 1, "checked"]
    assert found.loc["lunch.cold", columns].tolist() == [0, 0, 0, "checked"]


def test_where_people_were_not_asked_for_sub_themes_all_of_the_theme_may_have_them(
    corpus, ids, chances
):
    pairs = [(ids[0], "bus"), *((one, "no_theme") for one in ids)]
    read = pd.concat([given(pairs, "human"), given([(ids[0], "bus.late")])])

    late = table(read, corpus, chances).loc["bus.late"]

    assert late[["people", "low", "high", "state"]].tolist() == [1, 0, 1, "first look"]


def test_no_group_has_more_of_a_sub_theme_than_of_its_theme(corpus, ids, chances):
    codings = given([(one, "bus.late") for one in ids])
    found = table(codings, corpus, chances, by="role", margins=True)

    people = found.pivot_table(index="role", columns="theme", values="people")
    assert (people["bus.late"] <= people["bus"]).all()
    assert people["bus.late"].drop("all").sum() == people.loc["all", "bus.late"]


def test_groups_do_not_differ_in_what_is_not_known(corpus, ids, chances):
    pairs = [(one, "bus.late") for one in ids[:24]]
    read = pd.concat([given(pairs), given([(ids[0], "bus")], "human")])
    estimate = ei.estimate_counts(chances, read, corpus)

    found = ei.crosstab(
        read, corpus, by="role", codebook=BOOK, estimate=estimate, level="sub"
    )

    assert found[["difference_low", "difference_high"]].isna().all(axis=None)
    assert set(found["reading"]) == {""}


def test_rounds_do_not_change_in_what_is_not_known(talk):
    corpus = talk({"a": [("ana", "Late.")], "b": [("ben", "Late.")]})
    rounds = corpus.documents.assign(round=pd.array(["1", "2"], dtype="str"))
    corpus = replace(corpus, documents=rounds)
    ids = ei.segment(corpus)["segment_id"]
    chances = pd.DataFrame({"segment_id": ids, "bus": 0.5})
    codings = given([(ids[0], "bus.late")])
    estimate = ei.estimate_counts(chances, codings, corpus)

    found = ei.theme_over_rounds(codings, corpus, estimate=estimate, level="sub")

    assert found[["change_low", "change_high"]].isna().all(axis=None)


def test_a_pair_of_sub_themes_is_at_most_the_smaller_of_them(corpus, ids, chances):
    codings = given([(one, name) for one in ids for name in ("bus.late", "lunch.cold")])
    estimate = ei.estimate_counts(chances, codings, corpus)
    options = {"codebook": BOOK, "estimate": estimate, "level": "sub"}

    pair = ei.cooccurrence(codings, corpus, **options).iloc[0]
    each = ei.theme_frequency(codings, corpus, **options)

    assert (pair["low"], pair["high"]) == (0, each["high"].min())
    assert pair["state"] == "first look"


def test_no_sub_theme_leads_by_draws(corpus, ids, chances):
    codings = given([(one, "bus.late") for one in ids])
    estimate = ei.estimate_counts(chances, codings, corpus)

    found = ei.theme_frequency(codings, corpus, estimate=estimate, level="sub")

    assert found.attrs["leads"] == 0


@pytest.mark.parametrize(
    ("status", "low"), [("auto", 0), ("human", 2)], ids=["coder", "person"]
)
def test_a_theme_that_no_coder_judged_may_be_everybodys(
    corpus, ids, chances, status, low
):
    codings = given([(ids[0], "choir"), (ids[4], "choir")], status)
    estimate = ei.estimate_counts(chances, codings, corpus)

    found = ei.theme_frequency(codings, corpus, estimate=estimate).set_index("theme")

    columns = ["people", "low", "high", "state"]
    assert found.loc["choir", columns].tolist() == [2, low, 12, "first look"]


def test_a_theme_that_only_people_gave_is_their_count_where_they_read_all(
    corpus, ids, chances
):
    codings = given([(ids[0], "choir"), *((one, "no_theme") for one in ids)], "human")
    estimate = ei.estimate_counts(chances, codings, corpus)

    found = ei.theme_frequency(codings, corpus, estimate=estimate).set_index("theme")

    columns = ["people", "low", "high", "read", "state"]
    assert found.loc["choir", columns].tolist() == [1, 1, 1, len(ids), "checked"]


def test_a_theme_that_no_coder_judged_is_in_every_table(corpus, ids, chances):
    codings = given([(ids[0], "choir")], "human")
    estimate = ei.estimate_counts(chances, codings, corpus)

    crossed = ei.crosstab(codings, corpus, by="role", estimate=estimate)

    assert crossed.loc[crossed["theme"] == "choir", "people"].tolist() == [1, 0]
