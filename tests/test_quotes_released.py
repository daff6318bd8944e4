"""Others than the team get a person's words only after a person has released them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from empathy_insights.analysis.released import released_passages
from empathy_insights.codebook import Codebook, Patterns, Theme
from empathy_insights.coding.review.review_sheet import read_review_sheet, review_sheet
from empathy_insights.corpus import Corpus
from empathy_insights.errors import EmpathyInsightsWarning, TableError
from empathy_insights.publishing import publish
from empathy_insights.report.export import words_of
from empathy_insights.report.published import published
from empathy_insights.report.render.html import report_html
from empathy_insights.result import Analysis
from empathy_insights.study import analyze
from empathy_insights.tables import CODINGS, NO_THEME
from empathy_insights.text.segments import segment

BOOK = Codebook("b", "B", themes=(Theme("bus", "Bus", patterns=Patterns(("bus",))),))
WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
]
SAID = {
    f"p{n}": f"The bus is late {word} times a week." for n, word in enumerate(WORDS)
}
OTHERS = {f"r{n}": f"Lunch number {word} is cold." for n, word in enumerate(WORDS)}
TEXTS = {".html", ".md", ".csv", ".json", ".txt", ".svg"}
OFFICE = {".docx", ".pptx"}


@pytest.fixture(scope="module")
def corpus(talk: Callable[..., Corpus]) -> Corpus:
    return talk({"d": [*SAID.items(), *OTHERS.items()]})


def _read(segments: pd.DataFrame) -> pd.DataFrame:
    """Return codings of a person who has read every passage."""
    return CODINGS.frame(
        {
            "segment_id": name, "theme": "bus" if "bus" in text else NO_THEME,
            "coder": "lee", "status": "human", "method": "read by a person",
            "stance": "neutral", "codebook_sha256": BOOK.sha256,
        }
        for name, text in segments[["segment_id", "text"]].itertuples(index=False)
    )  # fmt: skip


def _checked(corpus: Corpus, released: pd.DataFrame | None = None) -> Analysis:
    """Return a run in which a person has read every passage."""
    read = _read(segment(corpus))
    return analyze(
        corpus,
        codebook=BOOK,
        embedder="static",
        hand_codes=read,
        quotes_released=released,
    )


@pytest.fixture(scope="module")
def first_look(corpus: Corpus) -> Analysis:
    """Return a run of which nobody has read a passage."""
    return analyze(corpus, codebook=BOOK, embedder="static")


def _for_others(folder: Path) -> str:
    files = [p for p in folder.rglob("*") if "team_only" not in p.parts]
    return "\n".join(
        [p.read_text(encoding="utf-8-sig") for p in files if p.suffix in TEXTS]
        + [words_of(p) for p in files if p.suffix in OFFICE]
    )


def _quoted(text: str) -> list[str]:
    return [said for said in SAID.values() if said in text]


def _release(analysis: Analysis, n: int) -> pd.DataFrame:
    return analysis.quotes.head(n).assign(released_by="kim")


@pytest.mark.slow
@pytest.mark.usefixtures("no_pixels")
def test_others_get_no_quote_and_read_how_many_wait(
    corpus: Corpus, tmp_path: Path
) -> None:
    analysis = _checked(corpus)

    text = _for_others(analysis.write(tmp_path / "out", audience="public"))

    assert _quoted(text) == []
    assert "3 quotes wait for a person to release them." in text


@pytest.mark.slow
@pytest.mark.usefixtures("no_pixels")
def test_others_get_no_quote_of_a_first_look_either(
    first_look: Analysis, tmp_path: Path
) -> None:
    assert first_look.themes["people"].item() in range(5, 10)

    text = _for_others(first_look.write(tmp_path / "out", audience="school"))
    page = report_html(published(first_look, "public"))

    assert _quoted(text) == []
    # The number is told to the school alone, and so are its quotes.
    assert "3 quotes wait for a person" in text
    assert _quoted(page) == []
    assert "quotes wait for a person" not in page


@pytest.mark.slow
@pytest.mark.usefixtures("no_pixels")
def test_the_school_gets_what_a_person_released_and_nothing_else(
    corpus: Corpus, tmp_path: Path
) -> None:
    table = _release(_checked(corpus), 1)

    folder = _checked(corpus, table).write(tmp_path / "out", audience="school")

    text = _for_others(folder)
    assert _quoted(text) == table["text"].tolist()
    assert "2 quotes wait for a person to release them." in text
    assert "kim" not in text


@pytest.mark.slow
def test_the_team_reads_all_quotes_marked_as_not_yet_released(corpus: Corpus) -> None:
    shown = published(_checked(corpus, _release(_checked(corpus), 1)), "team")

    html = report_html(shown)

    assert shown.quotes["released_by"].fillna("").tolist() == ["kim", "", ""]
    assert html.count("; not yet released</footer>") == 1  # of two on the card


@pytest.mark.slow
def test_quotes_released_beside_the_interviews_are_found(tmp_path: Path) -> None:
    said = {**SAID, **OTHERS}.items()
    text = "".join(f"{who.upper()}: {words}\n" for who, words in said)
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    read = _read(analyze(tmp_path, codebook=BOOK, allow_identities=True).segments)
    first = analyze(tmp_path, codebook=BOOK, hand_codes=read, allow_identities=True)
    _release(first, 2).to_csv(tmp_path / "quotes_released.csv", index=False)

    again = analyze(tmp_path, codebook=BOOK, hand_codes=read, allow_identities=True)

    assert len(again.corpus.utterances) == len(first.corpus.utterances)
    assert again.quotes["released_by"].tolist()[:2] == ["kim", "kim"]
    assert len(published(again, "school").quotes) == 2


def test_a_published_table_of_quotes_holds_released_ones_alone(
    corpus: Corpus, first_look: Analysis
) -> None:
    released = _release(first_look, 1)

    after = _checked(corpus, released)

    assert len(publish(first_look.quotes, "school")) == 0
    assert publish(after.quotes, "school")["text"].tolist() == released["text"].tolist()


def test_a_review_sheet_releases_quotes(first_look: Analysis, tmp_path: Path) -> None:
    analysis = first_look
    path = review_sheet(
        analysis.codings,
        analysis.segments,
        BOOK,
        tmp_path / "a.csv",
        statuses=("auto",),
    )
    sheet = pd.read_csv(path, dtype="str", keep_default_na=False)
    sheet.loc[0, "release this quote"] = "Yes"
    sheet.loc[1, "release this quote"] = "no"
    sheet.to_csv(path, index=False)

    codings = read_review_sheet(path, analysis.codings, BOOK, reviewer="kim")

    released = released_passages(codings, analysis.segments)
    assert released["segment_id"].tolist() == [sheet.loc[0, "segment_id"]]
    assert released["released_by"].tolist() == ["kim"]


def test_a_review_sheet_takes_yes_and_no_alone(
    first_look: Analysis, tmp_path: Path
) -> None:
    analysis = first_look
    path = review_sheet(
        analysis.codings,
        analysis.segments,
        BOOK,
        tmp_path / "a.csv",
        statuses=("auto",),
    )
    sheet = pd.read_csv(path, dtype="str", keep_default_na=False)
    sheet.loc[0, "release this quote"] = "perhaps"
    sheet.to_csv(path, index=False)

    with pytest.raises(TableError, match="write yes or no"):
        read_review_sheet(path, analysis.codings, BOOK, reviewer="kim")


def test_words_that_have_changed_since_are_released_no_more() -> None:
    segments = pd.DataFrame({"segment_id": ["a", "b"], "text": ["New words.", "Same."]})
    table = segments.assign(text=["Old words.", "Same."], released_by="kim")

    with pytest.warns(
        EmpathyInsightsWarning, match="1 released passage is not in this"
    ):
        released = released_passages(table, segments)

    assert released["segment_id"].tolist() == ["b"]


@pytest.mark.parametrize("by", ["no", "No ", "FALSE", "?", "-", "0"])
def test_who_writes_no_in_the_place_of_a_name_releases_nothing(by: str) -> None:
    segments = pd.DataFrame({"segment_id": ["a", "b"], "text": ["Late.", "Hm."]})
    table = pd.DataFrame({"segment_id": ["a", "b"], "released_by": [by, "Kim"]})

    assert released_passages(table, segments)["segment_id"].tolist() == ["b"]


NOT_RELEASED = [
    "do not release", "NOT RELEASED", "NO - parent objects", "rejected by Kim", "declined", "pending", "not yet", "nobody",
    "N/A", "withheld", "ask mom first", "see Kim", "too identifying", "Sensitive", "Kim?", "ok if edited", "team only",
    "Não", "pendiente", "yes, but remove the school", "Kim says no", "names a child",
]  # fmt: skip
RELEASED = [
    "Kim", "kim", "KL", "Grace", "Lee", "Will", "Maria de la Cruz", "Dr. Okafor", "Ms. Rivera 10/3", "Kim & Lee", "yes", "x",
    "✓", "TRUE", "Released by Kim", "approved KL 10/3", "OK (Kim)", "kim@school.org", "Reader 1", "R1", "Hope", "Jo", "coder_kim",
]  # fmt: skip


@pytest.mark.parametrize("by", NOT_RELEASED)
def test_what_is_no_name_and_no_yes_releases_nothing_and_is_told(by: str) -> None:
    segments = pd.DataFrame({"segment_id": ["a", "b"], "text": ["Late.", "Hm."]})
    table = pd.DataFrame({"segment_id": ["a", "b"], "released_by": [by, "Kim"]})

    with pytest.warns(
        EmpathyInsightsWarning, match="1 cell under 'released_by'"
    ) as out:
        released = released_passages(table, segments)

    assert released["segment_id"].tolist() == ["b"]
    assert by not in str(out[0].message)


@pytest.mark.parametrize("by", RELEASED)
@pytest.mark.filterwarnings("error")
def test_a_name_initials_or_a_yes_release(by: str) -> None:
    segments = pd.DataFrame({"segment_id": ["a"], "text": ["Late."]})
    table = pd.DataFrame({"segment_id": ["a"], "released_by": [by]})

    assert released_passages(table, segments)["released_by"].tolist() == [by]


def test_an_excerpt_does_not_release_the_rest_of_its_passage() -> None:
    segments = pd.DataFrame({"segment_id": ["a"], "text": ["One. Two."]})
    table = pd.DataFrame(
        {"passage": ["a"], "text": ["Two."], "released_by": ["kim"], "note": [""]}
    )

    assert released_passages(table, segments)["is_whole"].tolist() == [False]


def test_a_table_without_who_released_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "quotes_released.csv"
    file.write_text("segment_id\na\n", encoding="utf-8")

    with pytest.raises(TableError, match="'segment_id' and 'released_by'"):
        released_passages(file, pd.DataFrame({"segment_id": ["a"], "text": ["A."]}))
