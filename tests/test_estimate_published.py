"""What others read of an estimate tells of nobody's few, whoever knows the model."""

import re
from functools import cache, partial

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.publishing import audience_of, said_count
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
