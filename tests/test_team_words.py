"""A name that the team wrote itself, into study.yaml or its codebook: it is said where."""

import shutil
from dataclasses import replace

import pandas as pd
import pytest

from empathy_insights.codebook import Codebook, Need, Patterns, Theme
from empathy_insights.files.results import OPEN, TEAM
from empathy_insights.report.folder import write_results
from empathy_insights.report.team_words import in_team_words
from empathy_insights.study import analyze
from empathy_insights.study_file import decided_in

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_pixels")]

BUS = Theme(
    "bus", "Bus", patterns=Patterns(("bus",)), need=Need(verb_phrase="get to school")
)
BOOK = Codebook("b", "B", themes=(BUS,))
NAMED = Codebook("b", "B", themes=(replace(BUS, name="Zelindra has no bus"),))


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("talks")
    for name in ("Zelindra", "Quorra"):
        text = f"Interviewer: What is hard?\n\n{name}: The bus is late every day.\n"
        (folder / f"talk {name}.txt").write_text(text)
    return folder


GIVEN = {
    "study.yaml, under audience_phrase, outcome or wording": {
        "audience_phrase": "students like Zelindra"
    },
    "study.yaml, under commitments": {"commitments": ["listen to Zelindra"]},
    "study.yaml, under strategy_link": {"strategy_link": "Plan for Zelindra, page 2"},
    "study.yaml, under ideas": {"ideas": ["a bus for Zelindra"]},
    "the codebook, the name of the theme Zelindra has no bus": {"codebook": NAMED},
}


@pytest.mark.parametrize("place", GIVEN)
def test_it_is_said_which_field_holds_it(study, place):
    given = {"codebook": BOOK, "embedder": "static", **GIVEN[place]}
    run = analyze(study, **given)

    assert in_team_words(run, "Zelindra") == place
    assert in_team_words(run, "Quorra") == ""


def test_a_shipped_codebook_is_not_blamed(study):
    run = analyze(study, embedder="static")

    assert in_team_words(run, "Bus") == ""
    assert in_team_words(run, "support") == ""


def decide(out, decision):
    """Fill in the column as a person does, with a spreadsheet."""
    file = out / TEAM / OPEN
    table = pd.read_csv(file, keep_default_na=False)
    table.assign(decision=decision).to_csv(file, index=False)


@pytest.fixture(scope="module")
def hidden_twice(study, tmp_path_factory):
    """Return results over results, where a person wrote hide, and what was written."""
    out = tmp_path_factory.mktemp("hidden") / "out"
    given = {"codebook": BOOK, "audience_phrase": "students like Zelindra"}
    first = write_results(analyze(study, embedder="static", **given), out)
    decide(out, "hide")
    for _ in range(2):
        run = analyze(study, embedder="static", identities=decided_in(out), **given)
        again = write_results(run, out, decided=run.decided)
    return out, first, again


def test_what_hide_cannot_mend_is_told_with_its_place(hidden_twice):
    out, first, again = hidden_twice

    assert (first.is_withheld, again.is_withheld) == (True, True)
    assert (first.by_team, again.by_team) == (1, 1)
    listed = pd.read_csv(out / TEAM / OPEN, keep_default_na=False)
    named = listed[listed["string"] == "Zelindra"]
    assert set(named["decision"]) == {"hide"}
    assert (
        named["why"]
        .str.endswith(
            "; it stands in study.yaml, under audience_phrase, outcome or wording: change it "
            "there, hide cannot"
        )
        .all()
    )


def test_a_file_of_decisions_that_was_taken_over_is_not_kept_beside(hidden_twice):
    out, _, again = hidden_twice

    assert again.kept == ()
    assert not list(out.rglob("* (yours*"))


def test_a_note_that_a_person_wrote_into_it_stays(study, hidden_twice, tmp_path):
    out = shutil.copytree(hidden_twice[0], tmp_path / "out")
    file = out / TEAM / OPEN
    table = pd.read_csv(file, keep_default_na=False)
    table.assign(note="ask Kim").to_csv(file, index=False)

    run = analyze(study, codebook=BOOK, embedder="static", identities=decided_in(out))
    written = write_results(run, out, decided=run.decided)

    assert not written.is_withheld
    assert written.kept == (f"{TEAM}/identities_open (yours).csv",)


def test_keep_is_asked_no_more(study, tmp_path):
    given = {"codebook": BOOK, "audience_phrase": "students like Zelindra"}
    decided = pd.DataFrame({"string": ["Zelindra"], "decision": ["keep"]})
    run = analyze(study, embedder="static", identities=decided, **given)

    written = write_results(run, tmp_path / "out", decided=run.decided)

    assert not written.is_withheld
    assert (written.open_identities, written.by_team) == (0, 0)
