"""What a page says of those of whom nothing is known, and of those who were not heard."""

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.report.finding import finding, headline_said
from empathy_insights.report.first_page import state_of
from empathy_insights.report.published import published
from empathy_insights.tables import CODINGS

SAID = (
    "Nobody in my school knows my name, I eat alone.",
    "I felt I belonged when the coach learned my name.",
    "They don't know who I am, I have no friends there.",
)


def analysed(role: str, *, n: int = 9):
    rows = pd.DataFrame(
        {
            "who": [f"p{k}" for k in range(n)],
            "role": role,
            "a": [f"{SAID[k % 3]} That was day {k}." for k in range(n)],
        }
    )
    corpus = ei.corpus_from_frame(rows, text="a", person="who", role="role")
    segments = ei.segment(corpus)
    read = CODINGS.frame(
        [
            {"segment_id": one, "theme": "relationships_belonging", "coder": "kim",
             "status": "human", "method": "read by a person", "codebook_sha256": ""}
            for one in segments["segment_id"]
        ]
    )  # fmt: skip
    return ei.analyze(corpus, decisions=[read], embedder="static")


@pytest.mark.parametrize(("role", "is_said"), [("student", True), ("teacher", False)])
def test_a_headline_speaks_for_nobody_who_was_not_heard(role, is_said):
    """ "Students want to be known …" heads no study in which no student was heard."""
    shown = published(analysed(role), "team")
    row = shown.themes.set_index("theme", drop=False).loc["relationships_belonging"]

    assert headline_said(shown, row).startswith("Students want") is is_said


def test_a_first_look_states_no_finding():
    analysis = ei.analyze(analysed("student").corpus, embedder="static")
    shown = published(analysis, "team")

    assert [headline_said(shown, row) for _, row in shown.themes.iterrows()] == [
        ""
    ] * len(shown.themes)


def test_checked_names_passages_of_unknown_voices_that_nobody_read(tmp_path):
    (tmp_path / "log.txt").write_text(
        "Student 1: The wifi is slow at home.\n\nFront office: a phone log.\n",
        encoding="utf-8",
    )
    (tmp_path / "wall.txt").write_text(
        "- lunch is too short\n- the bus is late\n- fix the wifi please\n",
        encoding="utf-8",
    )
    first = ei.analyze(tmp_path, embedder="static")
    own = first.segments[first.segments["participant_id"].notna()]["segment_id"]
    read = CODINGS.frame(
        [
            {"segment_id": one, "theme": "digital_access", "coder": "kim",
             "status": "human", "method": "read by a person", "codebook_sha256": ""}
            for one in own
        ]
    )  # fmt: skip
    analysis = ei.analyze(tmp_path, decisions=[read], embedder="static")
    said, more = state_of(published(analysis, "team"))
    n = analysis.estimate.n_unsigned

    assert said.startswith("Checked")
    assert n > 0
    assert f"Not read, and in no number of people: {n} passage" in more
    assert "a list of people shows" not in " ".join(
        finding(published(analysis, "team"))
    )
