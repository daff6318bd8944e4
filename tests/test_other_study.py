"""Results over those of another study, and groups whose name may say who it is: both told."""

import pandas as pd
import pytest

from empathy_insights.cli.output import named_groups
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.report.folder import write_results
from empathy_insights.report.published import published
from empathy_insights.study import analyze

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_pixels")]

BOOK = Codebook("b", "B", themes=(Theme("bus", "Bus"),))


def study(folder, *named):
    """Write a talk a person, each with words of its own, and analyze them."""
    folder.mkdir(exist_ok=True)
    for name in named:
        text = f"Interviewer: And?\n\nStudent: The bus of {folder.name}, {name}.\n"
        (folder / f"{name}.txt").write_text(text)
    return analyze(folder, codebook=BOOK, embedder="static")


def test_results_of_another_study_are_told_of(tmp_path):
    first = study(tmp_path / "one", "t1", "t2", "t3")
    other = study(tmp_path / "two", "t3", "t4", "t5")
    more = study(tmp_path / "two", "t6")
    out = tmp_path / "out"

    told = [write_results(run, out).of_other for run in (first, first, other, more)]

    assert told == [False, False, True, False]


def test_an_interview_that_was_corrected_is_the_same_study(tmp_path):
    out = tmp_path / "out"
    write_results(study(tmp_path / "one", "t1"), out)
    (tmp_path / "one/t1.txt").write_text("Interviewer: And?\n\nStudent: Late bus.\n")

    assert not write_results(study(tmp_path / "one"), out).of_other


def test_groups_of_few_people_that_are_named_are_told_of(tmp_path):
    folder = tmp_path / "talks"
    names = [f"P{n:02}" for n in range(14)]
    folder.mkdir()
    groups = ["only wheelchair user", "newcomer", *[""] * 12]
    people = pd.DataFrame(
        {"participant_id": names, "role": "student", "priority_group": groups}
    )
    people.to_csv(folder / "participants.csv", index=False)
    for name in names:
        text = f"Interviewer: And?\n\n{name}: The bus is late on my street, {name}.\n"
        (folder / f"{name}.txt").write_text(text)
    run = analyze(folder, codebook=BOOK, embedder="static")

    [line] = named_groups(published(run, "school"))

    assert line.startswith("2 groups of few people are named in what others get")
    assert "wheelchair" not in line
    assert named_groups(published(run, "team")) == []
