"""What comes after the statement, as others may read it and as the team does."""

import re

import pytest

from empathy_insights.report.after_markdown import after_statement
from empathy_insights.report.published import published


@pytest.fixture(scope="module")
def steps(sample_analysis):
    return sample_analysis.next_steps()


@pytest.fixture(scope="module")
def read(sample_analysis, steps):
    """Return the section for an audience, by heading."""

    def sections(audience):
        text = after_statement(published(sample_analysis, audience), steps)
        parts = re.split(r"^### (.+)\n\n", text, flags=re.MULTILINE)
        return dict(zip(parts[1::2], parts[2::2], strict=True))

    return sections


SHARED = [
    "From a finding to an ask", "Options to rate", "A small pilot", "Before you decide",
    "Who was heard",
]  # fmt: skip


@pytest.mark.parametrize("audience", ["school", "public"])
def test_others_read_no_suggestion_framework_or_route(read, audience):
    assert list(read(audience)) == SHARED


def test_the_team_reads_what_people_suggested_and_who_would_act(read):
    sections = read("team")

    assert set(sections) - set(SHARED) == {
        "What people suggested",
        "Who would have to act",
        "What people spoke of in the ISTE standards",
        "What people spoke of in the mastery-learning roadmap",
        "Over rounds",
    }
    standards = sections["What people spoke of in the ISTE standards"]
    roadmap = sections["What people spoke of in the mastery-learning roadmap"]
    assert standards.count("\n- ") == 6
    assert roadmap.count("\n- ") == 14
    assert "Sorted by nobody yet" in sections["What people suggested"]


@pytest.mark.parametrize("audience", ["team", "school", "public"])
def test_blanks_are_for_people_and_nothing_is_totalled(read, audience):
    sections = read(audience)

    lines = sections["Options to rate"].splitlines()
    options = [line for line in lines if line.startswith("| ") and ": through " in line]
    assert len(options) == 3 * 3  # picked themes by lever
    assert {re.sub(r"[^|]+: through [a-z ]+", "", line) for line in options} == {
        "||  |  |  |  |"
    }
    assert sections["A small pilot"].count(r"Smallest version: \_\_\_\_") == 3
    assert sections["From a finding to an ask"].count(r"We ask: \_\_\_\_") == 3


@pytest.mark.parametrize("audience", ["school", "public"])
def test_every_number_that_others_read_is_in_a_published_table(
    sample_analysis, read, audience
):
    shown = published(sample_analysis, audience)

    text = "\n".join(read(audience).values())
    told = {*shown.themes["shown"], *shown.voices["shown"]}
    numbers = re.findall(
        r"\b(?:fewer than |at least )?\d+(?: of \d+)?(?= people|\))", text
    )
    assert numbers
    assert {number for number in numbers if number not in told} == set()


def test_the_public_reads_no_hidden_word_as_a_number(read):
    pilot = read("public")["A small pilot"]

    assert "Now a hidden number of people raised it." in pilot
    assert "hidden people" not in pilot


def test_a_blank_matrix_for_others_and_the_teams_own_are_written(
    sample_analysis, tmp_path
):
    folder = sample_analysis.write(tmp_path, audience="school")

    blank = (folder / "decision_matrix.csv").read_text(encoding="utf-8-sig")
    teams = folder / "team_only" / "tables" / "decision_matrix.csv"
    text = (folder / "problem_of_practice.md").read_text(encoding="utf-8")
    assert "_evidence" not in blank.splitlines()[0]
    assert "_evidence" in teams.read_text(encoding="utf-8-sig").splitlines()[0]
    assert text.count("## After the statement") == 1
