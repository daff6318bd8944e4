"""What others read of an estimate tells of nobody's few, whoever knows the model."""

import re
from functools import cache, partial

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.analysis.table_facts import in_told_order, said_counts
from empathy_insights.publishing import audience_of, said_count
from empathy_insights.report.charts.themes import alt_text_of_themes
from empathy_insights.report.published import published
from empathy_insights.study import analyze
from tests.attack.measured import attack
from tests.attack.released import Release
from tests.attack.studies import BOOK, read_by_people, study

AUDIENCES = ("school", "public")


@pytest.fixture(scope="module")
def runs(sample_folder, sample_analysis):
    """Return the sample before anybody read, and with sixty passages read."""
    hand = ei.read_codings(sample_folder / "hand_codes.csv", sample_analysis.codebook)
    first = ei.next_passages(sample_analysis, n=60)["segment_id"]
    read = hand[hand["segment_id"].isin(first)]
    some = ei.analyze(sample_folder, decisions=[read], cache=True)
    return {"first look": sample_analysis, "partly checked": some}


@pytest.fixture(scope="module")
def shown(runs, sample_shown):
    """Return what an audience may see of each state, told once."""
    some = cache(partial(published, runs["partly checked"]))
    return {"first look": sample_shown.__getitem__, "partly checked": some}


def numbers(text):
    """Return the numbers that a text tells, but for those it says are not reached."""
    told = re.sub(r"(fewer than|at least) \d+", "", text)
    return [int(n) for n in re.findall(r"\d+", told)]


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("state", ["first look", "partly checked"])
def test_no_number_of_few_people_is_told(shown, state, audience):
    least = audience_of(audience).least

    told = shown[state](audience)

    for table in (told.themes, told.by_role):
        assert set(table["state"]) & {"first look", "partly checked"}
        for name in ("people", "low", "high"):
            numbers_told = table[name].dropna()
            assert not numbers_told.between(1, least - 1).any(), name
        open_ones = table[table["state"] != "checked"]
        assert open_ones["low"].dropna().ge(least).all()
        assert open_ones["high"].dropna().ge(least).all()
        small = [n for text in table["shown"] for n in numbers(text) if 0 < n < least]
        assert small == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_an_interval_is_told_where_it_may_be(shown, audience):
    """Hiding everything would be safe too: most themes keep their upper end at least."""
    themes = shown["partly checked"](audience).themes

    assert (themes["shown"].str.contains(r"\d+ of 41|\d+\)$")).mean() > 0.5


@pytest.fixture(scope="module")
def attacked(talk, request):
    """Return a study of a seed that nobody has read, or of which a third was read."""
    seed, is_read = request.param
    corpus = study(talk, seed)
    hand = read_by_people(corpus)
    third = hand[hand["segment_id"].isin(hand["segment_id"].unique()[::3])]
    decisions = [third] if is_read else None
    return analyze(
        corpus,
        codebook=BOOK,
        embedder="static",
        allow_identities=True,
        decisions=decisions,
    )


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(
    "attacked",
    [
        pytest.param((seed, is_read), marks=[pytest.mark.slow] * (seed > 0))
        for seed in range(6)
        for is_read in (False, True)
    ],
    indirect=True,
)
def test_what_is_hidden_cannot_be_solved_for(attacked, audience):
    """The attacker knows the model: that people add up, and what every label means."""
    shown = published(attacked, audience)

    found = attack(attacked, [release_of(shown)], name=audience)
    assert found.solved == []


def release_of(shown):
    """Return a release with every number that the tables hold, as a stranger reads it."""
    groups = shown.by_role.attrs["by"][0]
    merged = {
        "families and community": ("family", "community"),
        "teachers, staff and leaders": (
            "teacher", "staff", "school_leader", "network_leader",
        ),
    }  # fmt: skip
    rows = [_row(row, None) for row in shown.themes.to_dict("records")]
    rows += [
        _row(row, merged.get(row[groups], (row[groups],)))
        for row in shown.by_role.to_dict("records")
        if row[groups] != "not known"
    ]
    return Release(shown.audience, rows=rows)


def _row(row, roles):
    is_told = row["hidden"] == "" and not pd.isna(row["people"])
    count = f"{row['people']} of {row['of']}" if is_told else "hidden"
    return {
        "theme": row["theme"], "roles": roles, "shown": count,
        "hidden": row["hidden"], "status": "?",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "state", "least", "said"),
    [
        (11, 32, "first look", 0, "11 to 32 of 41"),
        (11, 32, "partly checked", 0, "about 21 of 41 (11 to 32)"),
        (3, 32, "first look", 5, "up to 32 of 41"),
        (3, 32, "partly checked", 5, "about 21 of 41 (up to 32)"),
        (0, 3, "first look", 5, "fewer than 5 of 41"),
        (21, 21, "first look", 0, "21 of 41"),
        (21, 21, "checked", 5, "21 of 41"),
        (None, None, "first look", 0, "21 of 41"),
    ],
)
def test_a_count_is_said_with_its_state(low, high, state, least, said):
    row = {"people": 21, "low": low, "high": high, "state": state}

    assert said_count(row, of=41, least=least) == said


# The order of rows is one that a reader can see.


def told(table):
    """Return a published table as `shown_table` makes it: what is shown, what hidden."""
    return pd.DataFrame(
        table, columns=["shown", "people", "low", "high", "hidden"]
    ).assign(of=45, state="first look")


FEW = "few people"


def test_ranges_stand_by_the_middle_between_their_ends():
    rows = [
        ("up to 19 of 45", 11, None, 19, ""), ("5 to 17 of 45", 10, 5, 17, ""),
        ("up to 15 of 45", 8, None, 15, ""), ("up to 18 of 45", 7, None, 18, ""),
        ("fewer than 5 of 45", 2, None, None, FEW), ("up to 17 of 45", None, None, None, FEW),
        ("hidden", None, None, None, "it would give another away"),
    ]  # fmt: skip

    assert in_told_order(told(rows))["shown"].tolist() == [
        "5 to 17 of 45", "up to 19 of 45", "up to 18 of 45", "up to 17 of 45",
        "up to 15 of 45", "fewer than 5 of 45", "hidden",
    ]  # fmt: skip


def test_a_middle_that_is_told_comes_before_the_end_of_a_range():
    """Few people are few, however far their range reaches."""
    rows = [
        ("up to 15 of 45", None, None, None, FEW), ("about 7 of 45 (up to 18)", 7, None, 18, ""),
        ("about 12 of 45 (9 to 14)", 12, 9, 14, ""),
        ("perhaps nearly all of 45", None, None, None, "nearly everyone"),
    ]  # fmt: skip
    table = told(rows).assign(state="partly checked")

    assert in_told_order(table)["shown"].tolist() == [rows[i][0] for i in (3, 2, 1, 0)]


def test_what_people_counted_stays_in_the_order_of_people():
    table = pd.DataFrame({"people": [9, 7], "of": 12, "state": "checked"})

    assert in_told_order(table) is table


@pytest.mark.parametrize("audience", ["team", *AUDIENCES])
@pytest.mark.parametrize("state", ["first look", "partly checked"])
def test_a_page_has_its_themes_in_the_order_of_what_it_tells(shown, state, audience):
    themes = shown[state](audience).themes

    assert said_counts(in_told_order(themes)) == said_counts(themes)
    first = said_counts(themes)[0]
    assert first in alt_text_of_themes(themes).partition("; ")[0]
