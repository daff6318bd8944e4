"""Two studies beside each other: no change out of a guess, and none with oneself."""

from dataclasses import replace

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.analysis.between_studies import changes_between
from empathy_insights.codebook import Patterns

pytestmark = pytest.mark.slow

BUS = ei.Theme("bus", "Bus", patterns=Patterns(("late bus",)))
BOOK = ei.Codebook("b", "B", themes=(BUS,))
NAMES = [
    "Wendell",
    "Marisol",
    "Tamika",
    "Lorraine",
    "Priya",
    "Xiomara",
    "Devon",
    "Hector",
]


def study(folder, n_late, *, names=NAMES, is_read=True, stance="need"):
    """Analyze interviews of which the first ones tell of a late bus, read or not."""
    folder.mkdir()
    for n, name in enumerate(names):
        said = "My late bus again." if n < n_late else "Lunch is fine."
        (folder / f"talk{n}.txt").write_text(f"Interviewer: And?\n\n{name}: {said}\n")
    by_hand = pd.DataFrame(
        {
            "segment_id": [f"talk{n}:0002.01" for n in range(len(names))],
            "theme": ["bus" if n < n_late else "none" for n in range(len(names))],
            "coder": "kim",
            "stance": stance,
        }
    )
    return ei.analyze(
        folder,
        codebook=BOOK,
        embedder="static",
        hand_codes=by_hand if is_read else None,
    )


@pytest.fixture(scope="module")
def studies(tmp_path_factory):
    place = tmp_path_factory.mktemp("two")
    others = ["Bettina", "Carlota", "Dashiell", "Evangeline", "Fernando", "Gwendolyn"]
    return {
        "spring": study(place / "spring", 8),
        "autumn": study(place / "autumn", 0, names=others),
        "mended": study(place / "mended", 8, stance="asset"),
        "unread": study(place / "unread", 8, is_read=False),
    }


def test_a_change_that_people_read_in_both_is_told(studies):
    table = changes_between(studies["spring"], studies["autumn"])

    told = table.loc[0, ["before_said", "now_said", "verdict"]].tolist()
    assert told == ["8 of 8", "0 of 6", "fewer"]
    assert table.attrs["cautions"] == []


def test_a_change_of_one_person_is_not_sure(studies, tmp_path):
    """All of both was read: nothing is left open but who was asked."""
    names = ["Bettina", "Carlota", "Dashiell", "Evangeline", "Fernando", "Gwendolyn"]
    now = study(tmp_path / "now", 5, names=names)

    row = changes_between(studies["spring"], now).iloc[0]

    assert (row["before_said"], row["now_said"]) == ("8 of 8", "5 of 6")
    assert row["verdict"] == "not sure"
    assert row["low"] < row["change"] < row["high"]
    assert row["high"] > 0


@pytest.mark.parametrize(
    ("earlier", "now", "which"),
    [("unread", "autumn", "the other study"), ("autumn", "unread", "this study")],
)
def test_no_change_is_told_from_a_guess(studies, earlier, now, which):
    table = changes_between(studies[earlier], studies[now])

    assert set(table["verdict"]) == {"not sure"}
    assert f"Nobody has read in {which} yet" in table.attrs["cautions"][0]
    guess = "before_said" if earlier == "unread" else "now_said"
    assert " to " in table.loc[0, guess]


def test_files_and_people_in_both_are_told(studies):
    [caution] = changes_between(studies["spring"], studies["spring"]).attrs["cautions"]

    assert caution.startswith(
        "Both studies hold 8 of the other study's 8 files and 8 people of the same name"
    )


def test_who_was_asked_twice_changed_and_no_other_was_heard(studies, tmp_path):
    again = study(tmp_path / "again", 0)
    [caution] = changes_between(studies["spring"], again).attrs["cautions"]

    assert "8 people of the same name" in caution
    assert "who else was heard" not in caution


def test_a_need_that_became_praise_is_seen(studies):
    """As many speak of it, and of another side of it."""
    table = changes_between(studies["spring"], studies["mended"])

    row = table.set_index("theme").loc["bus"]
    assert (row["needs_before"], row["needs_now"]) == (8, 0)
    assert row["verdict"] == "the same"


def test_needs_of_a_guess_are_not_told(studies):
    table = changes_between(studies["unread"], studies["spring"])

    assert table[["needs_before", "needs_now"]].isna().all(axis=None)


def test_who_asks_in_both_is_not_among_the_people(studies):
    """Both have an interviewer of the same label."""
    assert changes_between(studies["autumn"], studies["spring"]).attrs["cautions"] == []


def test_ranges_that_overlap_are_no_change(studies):
    """Draws of a difference can be one-sided where what is told of both overlaps."""
    spring = studies["spring"]
    themes = spring.themes.assign(low=1.0, state="partly checked")
    doubtful = replace(spring, themes=themes)

    table = changes_between(doubtful, studies["autumn"])

    assert table.loc[0, "verdict"] == "fewer"
    themes = themes.assign(low=0.0)
    doubtful = replace(spring, themes=themes)
    table = changes_between(doubtful, studies["autumn"])
    assert table.loc[0, "verdict"] == "not sure"
