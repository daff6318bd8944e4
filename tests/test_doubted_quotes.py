"""A quote with a word that may be a name waits, released or not, until that is decided."""

from dataclasses import replace

import pandas as pd
import pytest

from empathy_insights.codebook import Codebook, Patterns, Theme
from empathy_insights.files.results import OPEN, TEAM
from empathy_insights.report.folder import write_results
from empathy_insights.report.published import published
from empathy_insights.report.render.html import report_html
from empathy_insights.study import analyze

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_pixels")]

BOOK = Codebook("b", "B", themes=(Theme("bus", "Bus", patterns=Patterns(("bus",))),))
NAMED = "My friend put the Marble on the bus and it was loud again today."
SAID = [f"The bus number is late on day {word} again." for word in "abcdefghijk"]


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """Return a folder of twelve talks, one of which says what may be a name."""
    folder = tmp_path_factory.mktemp("talks")
    for n, words in enumerate([NAMED, *SAID]):
        text = f"Interviewer: What is hard?\n\nStudent {n}: {words}\n"
        (folder / f"talk{n:02}.txt").write_text(text)
    return folder


@pytest.fixture(scope="module")
def run(study):
    """Return the study, every passage read and released, and one word of it in doubt."""
    first = analyze(study, codebook=BOOK, embedder="static")
    read = first.segments[["segment_id"]].assign(theme="bus", coder="kim")
    table = first.segments[["segment_id"]].assign(released_by="kim")
    done = analyze(
        study, codebook=BOOK, embedder="static", hand_codes=read, quotes_released=table
    )
    texts = done.corpus.documents.set_index("document_id")["text"]
    [name] = texts.index[texts.str.contains("Marble")]
    at = texts[name].index("Marble")
    doubt = {
        "document_id": name, "start": at, "end": at + len("Marble"), "kind": "person",
        "why": "a name or a thing", "was_replaced": False,
    }  # fmt: skip
    clean = replace(done.deidentified, review=pd.DataFrame([doubt]))
    return replace(done, deidentified=clean)


@pytest.mark.parametrize("audience", ["school", "public"])
def test_others_do_not_read_it_until_it_is_decided(run, audience):
    shown = published(run, audience)

    assert "Marble" not in report_html(shown)
    assert not shown.quotes["text"].str.contains("Marble").any()
    assert shown.doubts["string"].tolist() == ["Marble"]
    told = f"{len(shown.waiting)} quote waits for a person to release it."
    assert (told in shown.note) == (len(shown.waiting) == 1)


def test_the_team_reads_all(run):
    shown = published(run, "team")

    assert "Marble" in report_html(shown)
    assert shown.doubts.empty


def test_it_is_listed_to_decide_about(run, tmp_path):
    written = write_results(run, tmp_path / "out", audience="school")

    listed = pd.read_csv(tmp_path / "out" / TEAM / OPEN, keep_default_na=False)
    assert not written.is_withheld
    assert listed[["string", "file", "decision"]].to_numpy().tolist() == [
        ["Marble", "a released quote", ""]
    ]


@pytest.mark.parametrize("decision", ["keep", "hide"])
def test_what_is_decided_holds_nothing_back(run, decision):
    decided = pd.DataFrame({"string": ["Marble"], "decision": [decision]})

    shown = published(replace(run, decided=decided), "school")

    assert shown.doubts.empty
    assert "Marble" in report_html(shown)


def test_a_doubt_that_was_replaced_holds_nothing_back(run):
    review = run.deidentified.review.assign(was_replaced=True)
    clean = replace(run.deidentified, review=review)

    assert "Marble" in report_html(
        published(replace(run, deidentified=clean), "school")
    )
