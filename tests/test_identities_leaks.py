"""What is about to be written is searched, and nothing that is found is repeated."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation

from empathy_insights import analyze, read_corpus
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.identities import (
    check_leaks,
    deidentify,
    find_identities,
    write_key,
)
from empathy_insights.report.export import words_of
from empathy_insights.report.folder import write_results
from empathy_insights.report.identities_open import LeakCheck
from empathy_insights.stage_cache import StageCache

ROSTER = pd.DataFrame({"name": ["María López", "Will Okonkwo", "Sean O'Brien"]})
IDENTITIES = find_identities(roster=ROSTER)


def leaked(text, place="report.html", identities=IDENTITIES):
    """Return the kinds and the written characters of what leaks."""
    leaks = check_leaks({place: text}, identities)
    return [
        (kind, text[a:b]) for kind, a, b in leaks[["kind", "start", "end"]].to_numpy()
    ]


@pytest.mark.parametrize(
    ("text", "place", "written"),
    [
        ("<p>Mar&iacute;a said</p>", "report.html", "Mar&iacute;a"),
        ("<p title='O&#39;Brien'></p>", "report.html", "O&#39;Brien"),
        ("<b>María</b>", "report.html", "María"),
        (json.dumps({"said": "so\nMaría"}), "trace.json", "Mar\\u00eda"),
        ("q01,Maria,3", "quotes.csv", "Maria"),
        ("maria_lopez_09,3", "quotes.csv", "maria_lopez_09"),
        ("speaker\nWill\n", "quotes.csv", "Will"),
        ("I asked Will.", "finding.md", "Will"),
        ("MARIA", "quotes.csv", "MARIA"),
    ],
)
def test_a_listed_name_is_found_however_it_is_escaped(text, place, written):
    assert leaked(text, place) == [("name", written)]


@pytest.mark.parametrize(
    "text",
    ["<p>Will this help?</p>", "it will", "marias", "[student 3] said", "<p>Marian</p>",
     "<path d='M 555 013 8842 L 12.555-013-8842'/>", "<style>@media print {}</style>",
     "0.5550138842,1234567890,2026-11-21", "<a href='https://x.org'>x</a>"],
)  # fmt: skip
def test_the_reports_own_words_and_numbers_are_no_leak(text):
    assert leaked(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to a.b@school.example", "e-mail"),
        ("call (312) 555-0147", "phone"),
        ("student ID 20481937", "student id"),
        ("born March 3rd, 2011", "date of birth"),
        ("078-05-1120", "social security number"),
    ],
)
def test_numbers_and_addresses_are_found_by_their_form(text, kind):
    assert [found for found, _ in leaked(text)] == [kind]


def test_what_deidentify_replaced_may_not_come_back(talk):
    corpus = talk({"d": [("s01", "Ms. Tillery of Pier Nine Academy, on Quarry Road.")]})
    identities = find_identities(deidentify(corpus, ner=None))

    leaks = leaked("Tillery, Pier Nine Academy, Quarry Road", identities=identities)

    assert leaks == [
        ("name", "Tillery"), ("school", "Pier Nine Academy"), ("street", "Quarry Road"),
    ]  # fmt: skip


def test_a_deidentified_corpus_has_no_leak(talk):
    corpus = talk(
        {"d": [("Ana", "I told María López 555-013-8842."), ("Ben", "Ana did.")]}
    )
    done = deidentify(corpus, roster=ROSTER, ner=None)
    texts = {
        "utterances.csv": done.corpus.utterances.to_csv(),
        "documents.csv": done.corpus.documents.to_csv(),
        "log.csv": done.log.to_csv(),
        "review.csv": done.review.to_csv(),
    }

    assert check_leaks(texts, find_identities(done, roster=ROSTER)).empty


def test_places_and_kinds_are_told_and_never_the_words():
    texts = {"report.html": "María, Will Okonkwo", "tables/will_okonkwo.csv": "a@b.org"}

    leaks = check_leaks(texts, IDENTITIES)

    assert leaks[["place", "kind"]].to_numpy().tolist() == [
        ["report.html", "name"],
        ["report.html", "name"],
        ["tables/will_okonkwo.csv", "file name"],
        ["tables/will_okonkwo.csv", "e-mail"],
    ]
    assert list(leaks) == ["place", "kind", "start", "end"]


def test_nothing_leaks_from_pseudonyms():
    text = {"report.html": "<p>[student 3] said so</p>"}

    assert check_leaks(text, IDENTITIES).empty


def test_identities_name_nobody_when_printed():
    assert repr(IDENTITIES) == "Identities(3 people, 0 places and numbers)"


@given(st.text(alphabet='aM &;#\\un0{}"<>/é\n', max_size=60))
def test_a_listed_name_between_any_signs_is_found(noise):
    text = f"{noise} María López {noise}"

    for place in ("quotes.csv", "report.html"):
        assert any("María López" in written for _, written in leaked(text, place))


CALLED_LIKE_CODE = find_identities(
    roster=pd.DataFrame(
        {"name": ["Aria Lin", "Mark Hay", "Ada Bell", "Tim Button", "Jo Main"]}
    )
)


@pytest.mark.parametrize(
    "text",
    [
        "<p id='a' aria-label='Parts'>so</p>",
        "<main><mark>so</mark> it is</main>",
        "<style>main { color: red } .button:focus { color: blue }</style>",
        "<script>const mark = 1; // mark says so</script>",
        "<meta http-equiv='Content-Security-Policy' content='sha256-Ada/Tim+'>",
        "<img src='data:image/png;base64,AAAA+Ada/Tim='>",
        '<script type="application/json">{"marks": ";base64,Ada,/Aria/=="}</script>',
        f"<p>{'0' * 30}7ada7{'f' * 29}</p>",
    ],
)
def test_what_a_page_is_made_of_names_nobody(text):
    assert leaked(text, identities=CALLED_LIKE_CODE) == []


@pytest.mark.parametrize(
    "text",
    [
        "<p title='Aria'>so</p>",
        "<p title=Aria>so</p>",
        "<b>Aria</b>",
        '<script type="application/json">{"said": "<b>I asked Aria.</b>"}</script>',
        "<p>I asked <Aria></p>",
    ],
)
def test_what_people_said_is_looked_through_wherever_a_page_has_it(text):
    assert leaked(text, identities=CALLED_LIKE_CODE) == [("name", "Aria")]


def test_the_key_is_for_its_owner_only(tmp_path):
    path = tmp_path / "key.csv"
    key = pd.DataFrame(
        {"pseudonym": ["[handle]"], "form": ["@ana"], "source": ["pattern"]}
    )

    write_key(key, path, results=tmp_path / "results")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == "pseudonym,form,source\n[handle],'@ana,pattern\n"


@pytest.mark.parametrize("name", ["interview.txt", "link_to_it.csv"])
def test_the_key_overwrites_no_file(name, tmp_path):
    key = pd.DataFrame({"pseudonym": ["[student 1]"], "form": ["Amara Boone"]})
    transcript = tmp_path / "interview.txt"
    transcript.write_text("I: And you?")
    (tmp_path / "link_to_it.csv").symlink_to(transcript)

    with pytest.raises(EmpathyInsightsError, match="name a new file for the key"):
        write_key(key, tmp_path / name)

    assert transcript.read_text() == "I: And you?"


def test_the_key_may_not_lie_among_the_results(tmp_path):
    key = pd.DataFrame({"pseudonym": [], "form": [], "source": []})

    with pytest.raises(EmpathyInsightsError, match="may not lie in the results folder"):
        write_key(
            key,
            tmp_path / "results" / "x" / ".." / "key.csv",
            results=tmp_path / "results",
        )

    assert list(tmp_path.iterdir()) == []


def test_the_sample_study_loses_every_name_of_its_participants_at_once():
    sample = Path(__file__).parents[1] / "data" / "sample"
    people = pd.read_csv(sample / "participants.csv")
    named = people[people["name"].str.contains("^[A-Z][a-z.]+ [A-Z]|^Mr")]

    done = deidentify(read_corpus(sample), ner=None)
    again = deidentify(done.corpus, ner=None)

    texts = dict(done.corpus.documents[["document_id", "text"]].itertuples(index=False))
    assert check_leaks(texts, find_identities(done, roster=named)).empty
    assert again.log.empty


def test_a_file_is_looked_at_again_once_its_words_are_others(talk, tmp_path):
    clean = deidentify(talk({"d": [("ana", "I came.")]}), ner=None)
    look = LeakCheck(clean)
    for words, found in (("", []), ("Ask Ana.", ["Ana"]), ("", [])):
        (tmp_path / "a.txt").write_text(words, encoding="utf-8")

        left = look(tmp_path)

        assert left["string"].tolist() == found
        assert look(tmp_path).equals(left)


def test_sentences_of_shipped_codebooks_and_of_pages_are_not_of_people(talk, tmp_path):
    people = talk({"d": [("Jo High", "I came."), ("Di English", "I came too.")]})
    look = LeakCheck(deidentify(people, ner=None))
    (tmp_path / "a.md").write_text(
        "# High expectations and rigor\n\nLanguage services for learning English.\n"
    )
    (tmp_path / "b.md").write_text("I asked High. English said so.\n")

    left = look(tmp_path)

    assert left[["string", "file"]].to_numpy().tolist() == [
        ["English", "b.md"],
        ["High", "b.md"],
    ]


def test_the_layouts_of_slides_name_nobody(tmp_path):
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "We asked Blank."
    deck.save(tmp_path / "insights.pptx")
    blank = find_identities(roster=pd.DataFrame({"name": ["Doug Blank"]}))

    words = words_of(tmp_path / "insights.pptx")

    assert "We asked Blank." in words.splitlines()
    assert leaked(words, "insights.pptx", blank) == [("name", "Blank")]


@pytest.mark.slow
def test_a_study_is_not_held_back_for_words_of_ours(talk, tmp_path):
    people = ["Aria", "Mark", "Ada", "Ari", "Jo High", "Di English", "Ty Blank"]
    said = [(one, "Our laptops break, and the wifi is slow at home.") for one in people]

    run = analyze(talk({"d": said}), embedder="static")
    written = write_results(run, tmp_path / "out", audience="school")

    assert (written.is_withheld, written.open_identities) == (False, 0)


def test_the_next_run_looks_only_at_files_whose_words_are_others(talk, tmp_path):
    clean = deidentify(talk({"d": [("ana", "I came.")]}), ner=None)
    remembered = StageCache(tmp_path / ".empathy_insights")
    results = tmp_path / "results"
    results.mkdir()

    def found(decided=None, **files):
        for name, words in files.items():
            (results / f"{name}.txt").write_text(words, encoding="utf-8")
        look = LeakCheck(clean, decided, remembered)
        left = look(results)
        look.keep()
        return dict(left[["file", "string"]].itertuples(index=False))

    assert found(a="Ask Ana.", b="Nobody.") == {"a.txt": "Ana"}
    [leaks] = remembered.folder.rglob("leaks.parquet")
    assert not pd.read_parquet(leaks).astype("str").eq("Ana").any(axis=None)
    # So that one sees who answers: whoever looks finds her, what was kept does not.
    pd.read_parquet(leaks)[:0].to_parquet(leaks)
    assert found() == {}
    assert found(b="And Ana.") == {"b.txt": "Ana"}
    # Another decision is another search.
    nothing = pd.DataFrame({"string": ["Bo"], "decision": ["keep"]})
    assert found(nothing) == {"a.txt": "Ana", "b.txt": "Ana"}
    (results / "b.txt").unlink()
    assert found(nothing) == {"a.txt": "Ana"}
    files = [pd.read_parquet(one) for one in remembered.folder.rglob("files.parquet")]
    assert sorted(len(one) for one in files) == [1, 2]
