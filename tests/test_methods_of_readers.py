"""What a paper is told of several readers: how many they are, and what they read together."""

import pytest

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.report.methods import agreement_said, checklists
from empathy_insights.report.published import published
from empathy_insights.study import analyze

pytestmark = pytest.mark.slow

BOOK = Codebook("b", "B", themes=(Theme("bus", "Bus"), Theme("art", "Art")))


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Return a study of twelve passages: two readers read all, a third two of them."""
    folder = tmp_path_factory.mktemp("talks")
    for n in range(6):
        talk = f"Interviewer: And?\nP{n}: The bus is late, day {n}.\nInterviewer: Else?\nP{n}: I like art {n}.\n"
        (folder / f"P{n}.txt").write_text(talk)
    first = analyze(folder, codebook=BOOK, embedder="static")
    themes = ["bus", "art"] * 6
    decisions = [
        first.segments[["segment_id"]].assign(theme=themes, coder=coder).head(n)
        for coder, n in (("kim", 12), ("lee", 12), ("tom", 2))
    ]
    return analyze(folder, codebook=BOOK, embedder="static", decisions=decisions)


def test_what_two_read_is_not_said_of_three(read):
    said = agreement_said(read)

    assert said.startswith("Two or more of 3 people coded 12 passages in common")


def test_all_who_read_are_coders(read):
    shown = published(read, "team")
    [coders] = [
        one.fact for one in checklists(shown) if one.topic == "Number of coders"
    ]

    assert coders.startswith("3 people")
