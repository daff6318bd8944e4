"""What a study with a codebook of one's own, and no list of people, says aloud. All invented."""

import pytest

from empathy_insights import analyze, load_codebook
from empathy_insights.problem.sentence import ASK, UNFILLED, sentence_findings
from empathy_insights.problem.shipped import load_rubric

pytestmark = pytest.mark.slow  # a whole study

BOOK = """id,name,definition
help,Nobody to ask,There is nobody at home who can help with homework
much,Too much,There is more homework than fits into an evening
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Return an analysis of six talks by people whose role no file tells."""
    folder = tmp_path_factory.mktemp("own")
    source = folder / "talks"
    source.mkdir()
    for n in range(6):
        (source / f"t{n}.txt").write_text(
            "Marguerite: How is homework?\n"
            f"Voice {n}: It is too much, my grade is mean, and there is nobody to ask.\n"
            "Marguerite: Who helps?\n"
            f"Voice {n}: Nobody to ask, there is nobody at home who can help me.\n"
        )
    (folder / "ours.csv").write_text(BOOK)
    codebook = load_codebook(folder / "ours.csv")
    return analyze(source, codebook=codebook, embedder="static")


def test_roles_that_nobody_knows_are_not_told_as_roles(run):
    told = f"{run} {' '.join(run.problem.insights['sentence'])}"

    assert "6 people" in told
    assert "unknown role" not in told


def test_a_name_that_is_no_noun_stands_in_quotes(run):
    assert "“Nobody to ask”" in str(run)
    assert "‘Nobody to ask’ lately" in str(
        run.next_steps().pilot["ask_students"].tolist()
    )


def test_no_framework_is_laid_beside_a_study_of_something_else(run):
    steps = run.next_steps()

    assert steps.iste.empty
    assert steps.roadmap.empty


def test_a_question_with_a_blank_passes_no_check_of_its_words(run):
    checks = run.problem.checks.set_index("id")["result"]
    found = sentence_findings("How might we ____?", load_rubric())

    assert "____" in run.problem.question
    assert checks[["form", "traceable", "scope"]].eq(ASK).all()
    assert {one.reason for one in found.values()} == {UNFILLED}
