"""What a statement and reasons tell beside the numbers does not lead to hidden ones."""

from dataclasses import replace

import pandas as pd
import pytest

from empathy_insights.report.published import published
from empathy_insights.study import analyze

from .attack.studies import BOOK, read_by_people, study


@pytest.fixture
def run_of(talk):
    """Return a maker of runs in which a person has read every passage."""

    def made(seed):
        corpus = study(talk, seed)
        return analyze(
            corpus,
            codebook=BOOK,
            embedder="static",
            allow_identities=True,
            hand_codes=read_by_people(corpus),
        )

    return made


def test_a_hidden_number_has_room_in_the_order_of_the_statement(run_of):
    run = run_of(0)
    people = run.themes.set_index("theme")["people"]
    assert run.problem.picked == ("lunch", "music", "sport")
    assert people[["music", "sport", "garden"]].tolist() == [8, 8, 7]

    shown = published(run, "school").themes.set_index("theme")["shown"]

    assert shown[["music", "sport"]].tolist() == ["hidden", "hidden"]
    assert shown[["lunch", "garden"]].tolist() == ["16 of 30", "7 of 30"]


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["school", "public"])
@pytest.mark.parametrize("state", ["sample", "checked"])
def test_an_order_that_narrows_nothing_hides_nothing(request, state, audience):
    run = request.getfixturevalue(f"{state}_released")
    ordered = request.getfixturevalue(f"{state}_shown")[audience]
    assert run.problem is not None

    free = published(replace(run, problem=None), audience)

    for name in ("themes", "by_role", "voices"):
        pd.testing.assert_frame_equal(getattr(ordered, name), getattr(free, name))


def test_a_number_hidden_for_anothers_sake_alone_does_not_stand_out(run_of):
    run = run_of(30)
    shown = published(run, "school")
    by_role = shown.by_role

    hidden = by_role[by_role["hidden"] != ""]
    paint = hidden[hidden["theme"] == "paint"].set_index(by_role.attrs["by"][0])
    assert "teachers, staff and leaders" in paint.index
    assert set(paint["shown"]) == {"hidden"}
    # With the whole, that one of them is not small would say which, and so the others.
    themes = shown.themes.set_index("theme")["shown"]
    assert themes["paint"] == "hidden"
