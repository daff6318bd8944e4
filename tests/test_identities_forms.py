"""A listed name goes however its letters are parted, joined, hidden or drawn out."""

from __future__ import annotations

import pandas as pd
import pytest

from empathy_insights.identities import (
    _search,
    check_leaks,
    deidentify,
    find_identities,
)
from empathy_insights.identities._name_forms import Bearer, join_names, people_in
from empathy_insights.readers import read_corpus

ROSTER = pd.DataFrame({"name": ["Zelindra Quexalote", "Bo Tam"], "role": "teacher"})
IDENTITIES = find_identities(roster=ROSTER)

FORMS = [
    "Zelin\u00addra", "Zel\u200bindra", "Zelin\u2060dra", "Zelin-\ndra", "Zelin-\r\n  dra",
    "Zelindr&#97;", "Zel&shy;indra", "zelindraquexalote", "zelindra.quexalote",
    "zelindra_quexalote", "z.quexalote", "ZQuexalote", "zquexalote", "quexalotez",
    "z_quexalote08", "iamzelindraquexalote", "zelindraq", "Zelindraaa", "Zeliiindra",
    "ZELINDRAAAA", "Zel-in-dra", "Zelindra\u00a0Quexalote",
]  # fmt: skip


@pytest.fixture(scope="module")
def left(talk):
    """Return what is left where somebody writes a form: one document each."""
    said = [[("s01", f"So I wrote {form} on it.")] for form in FORMS]
    corpus = talk({f"d{n:02}": turns for n, turns in enumerate(said)})
    turns = deidentify(corpus, roster=ROSTER, ner=None).corpus.utterances
    return dict(zip(FORMS, turns["text"], strict=True))


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_a_listed_name_is_left(form, left):
    assert left[form] == "So I wrote [teacher 1] on it."


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_listed_name_is_a_leak(form):
    leaks = check_leaks({"quotes.csv": f"So I wrote {form} on it."}, IDENTITIES)

    assert leaks["kind"].tolist() == ["name"]


def test_mail_made_of_a_name_goes_as_a_whole(talk):
    corpus = talk(
        {"d": [("s01", "Write to zelindra.quexalote@school.example.org now")]}
    )

    text = deidentify(corpus, roster=ROSTER, ner=None).corpus.utterances["text"].item()

    assert text == "Write to [e-mail] now"


@pytest.mark.parametrize(
    "words", ["The bottom of the boat", "a well-\nknown tune", "AT&T; fish &amp; chips"]
)
def test_what_only_looks_like_a_form_stays(words, talk):
    corpus = talk({"d": [("s01", words)]})

    text = deidentify(corpus, roster=ROSTER, ner=None).corpus.utterances["text"].item()

    assert text == words


def test_the_shorter_of_two_names_inside_a_word_is_meant():
    long = [("a", "Bo Quexalota"), ("b", "Bo Quexalotan")]
    names = join_names(Bearer(who, "teacher", (name,)) for who, name in long)

    assert people_in("iamboquexalotanyes", names) == {"a"}
    assert people_in("boquexalotan", names) == {"b"}
    assert people_in("amazingly", names) is None
    assert people_in("amazingly" * 2_000 + "boquexalota", names) == {"a"}


def test_a_roster_is_put_in_order_once(talk, monkeypatch):
    built = []
    build = _search.build_index

    def told(people, *, words):
        built.append({name for person in people for name in person.names})
        return build(people, words=words)

    monkeypatch.setattr(_search, "build_index", told)
    corpus = talk({"d": [("s01", "I wrote Zelindra Quexalote, and she wrote to me.")]})

    deidentify(corpus, roster=ROSTER, ner=None)

    listed = [names for names in built if "Zelindra Quexalote" in names]
    assert len(listed) == 1
    assert len(built) > 1


@pytest.mark.parametrize(
    ("label", "clean"),
    [
        ("Dr. King, principal", "[school leader 1], principal"),
        ("Maria Lopez, parent", "[family member 1], parent"),
        ("Brown, 9th grade", "[student 1], 9th grade"),
        ("Zelindra Brown (9th grade)", "[student 1]"),
        ("Hope Okonkwo's mom", None),
    ],
)
def test_the_name_in_a_label_of_any_shape_goes(label, clean, tmp_path):
    (tmp_path / "talk.txt").write_text(
        f"Facilitator: What helps?\n{label}: My aunt.\n"
        f"Facilitator: And?\n{label}: My uncle.\n"
    )

    text = deidentify(read_corpus(tmp_path), ner=None).corpus.documents["text"].item()

    assert not {"King", "Maria", "Lopez", "Brown", "Okonkwo"} & set(text.split())
    assert clean is None or text.count(f"{clean}: ") == 2
