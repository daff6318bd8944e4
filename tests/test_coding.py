from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from empathy_insights.codebook import Codebook, Example, NearMiss, Patterns, Theme
from empathy_insights.codebook_file import load_codebook
from empathy_insights.codebook_yaml import SHIPPED
from empathy_insights.coding.check import check_codebook
from empathy_insights.coding.code import code
from empathy_insights.coding.disclosures import find_sensitive
from empathy_insights.coding.models.by_codebook import CodebookCoder
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.coding.models.patterns import PatternIndex
from empathy_insights.coding.models.semantic import SemanticCoder
from empathy_insights.coding.models.stance import with_attributes
from empathy_insights.coding.sheets.filled import codebook_rows
from empathy_insights.text.segments import segment
from empathy_insights.text.tokens import tokenize
from tests.conftest import few_examples

BUS = Theme(
    "bus",
    "Bus",
    patterns=Patterns(
        strong=("bus .. late",), weak=("bus", "wait"), exclude=("bus driver",)
    ),
    examples=(Example("My bus comes late every day."),),
    near_misses=(NearMiss("She drove the class like a bus.", why="simile"),),
)
FOOD = Theme("food", "School food", examples=(Example("Lunch is cold and too short."),))
BOOK = Codebook(
    "mine",
    "Mine",
    themes=(
        BUS,
        Theme("bus.stop", "Stop", parent="bus", patterns=Patterns(("bus stop",))),
        FOOD,
    ),
    stance_cues={"need": ("need",), "asset": ("love",), "suggestion": ("what if",)},
    sensitive_cues=("hit me",),
)


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        ("bus late", "the bus was late", None),
        ("bus .. late", "the bus was late", "bus was late"),
        ("bus .. late", "the bus was very very very late", None),
        ("bus .. late", "I missed the bus. Late again.", None),
        ("bus _ late", "the bus was late", "bus was late"),
        ("bus _ late", "the bus late", None),
        ("bus ~was late", "the bus late", "bus late"),
        ("bus|train late", "a late train, train late", "train late"),
        ("not work", "it doesn't work", "n't work"),
        ("not .. work", "it never really worked", "never really worked"),
        ("no time", "no time", "no time"),
        ("not time", "no time", None),
        ("log in", "a log-in page", "log-in"),
        ("lock out", "LOCKED OUT", "LOCKED OUT"),
    ],
)
def test_patterns_find_what_their_language_says(pattern, text, words):
    [tokens] = tokenize([text])

    spans = [
        text[tokens[match.first].start : tokens[match.last].end]
        for match in PatternIndex.of([pattern]).find(tokens)
    ]

    assert spans == ([] if words is None else [words])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The bus was late.", [("bus", "auto")]),
        ("I wait for the bus.", [("bus", "suggested")]),
        ("A bus, another bus.", []),
        ("The bus driver is late.", []),
        ("At the bus stop.", [("bus", "auto"), ("bus.stop", "auto")]),
        ("School food!", [("food", "suggested")]),
    ],
)
def test_strong_phrases_code_and_two_weak_ones_suggest(talk, text, found):
    codings = LexicalCoder(BOOK)(segment(talk({"d": [("ana", text)]})))

    assert list(zip(codings["theme"], codings["status"], strict=True)) == found


def test_evidence_is_where_the_phrase_stands_in_the_document(talk):
    corpus = talk({"d": [("?", "Well?"), ("ana", "Our bus was late.")]})

    [coding] = LexicalCoder(BOOK)(segment(corpus)).to_dict("records")

    text = corpus.documents["text"].iloc[0]
    evidence = text[int(coding["evidence_start"]) : int(coding["evidence_end"])]
    assert (evidence, coding["method"]) == ("bus was late", "phrase 'bus .. late'")


def test_closeness_suggests_and_never_codes(talk):
    segments = segment(talk({"d": [("ana", "Every day my bus shows up late.")]}))

    codings = SemanticCoder(BOOK)(segments)

    assert codings[["theme", "status", "method"]].to_dict("records") == [
        {"theme": "bus", "status": "suggested", "method": "close to example 1"}
    ]


def test_a_near_miss_that_is_closer_than_every_example_vetoes(talk):
    segments = segment(talk({"d": [("ana", "She drove her class like a bus.")]}))

    assert "bus" not in set(SemanticCoder(BOOK)(segments)["theme"])
    assert SemanticCoder(BOOK).chances(["My bus comes late."])["bus"].iloc[0] > 0.5


def test_the_evidence_of_a_suggestion_is_its_most_telling_clause(talk):
    words = "I play chess with friends. Every day my bus shows up late. My cat is grey."
    corpus = talk({"d": [("ana", words)]})

    [coding] = SemanticCoder(BOOK)(segment(corpus)).to_dict("records")

    assert (
        words[int(coding["evidence_start"]) : int(coding["evidence_end"])]
        == "Every day my bus shows up late."
    )


def test_the_default_takes_phrases_first_and_suggests_the_rest(talk):
    segments = segment(
        talk(
            {
                "d": [
                    ("ana", "The bus was late."),
                    ("bo", "Lunch is short and always cold."),
                ]
            }
        )
    )

    codings = code(segments, BOOK)

    assert codings[["segment_id", "theme", "coder", "status"]].to_dict("records") == [
        {
            "segment_id": "d:0001.01",
            "theme": "bus",
            "coder": "codebook",
            "status": "auto",
        },
        {
            "segment_id": "d:0002.01",
            "theme": "food",
            "coder": "codebook",
            "status": "suggested",
        },
    ]


def test_named_coders_stand_side_by_side(talk):
    segments = segment(talk({"d": [("ana", "My bus comes late.")]}))

    codings = code(segments, BOOK, coders=[LexicalCoder(BOOK), SemanticCoder(BOOK)])

    assert codings["coder"].tolist() == ["lexical", "semantic"]


def test_no_coder_at_all_gives_an_empty_table(talk):
    segments = segment(talk({"d": [("ana", "My bus comes late.")]}))

    assert code(segments, BOOK, coders=[]).empty


_answers = st.lists(
    st.sampled_from(
        [
            "The bus was late.",
            "I need a bus stop",
            "lunch",
            "",
            "I love the food, bus",
            "🙂",
        ]
    ),
    min_size=1,
    max_size=6,
)


@few_examples
@given(_answers, st.randoms())
def test_coders_leave_segments_alone_and_row_order_does_not_matter(
    talk, answers, random
):
    segments = segment(talk({"d": [("ana", words) for words in answers]}))
    before = segments.copy()
    order = list(range(len(segments)))
    random.shuffle(order)

    codings = code(segments, BOOK)

    assert_frame_equal(segments, before)
    assert_frame_equal(code(segments.iloc[order], BOOK), codings)
    assert set(codings["theme"]) <= {theme.id for theme in BOOK}
    assert codings["evidence_end"].gt(codings["evidence_start"]).all()


def test_coding_nothing_gives_an_empty_table(talk):
    assert code(segment(talk({"d": [("?", "Hello?")]})), BOOK).empty


def test_a_codebook_of_names_alone_still_codes(talk):
    book = Codebook("n", "N", themes=(Theme("food", "School food"),))
    segments = segment(talk({"d": [("ana", "School food is fine.")]}))

    assert code(segments, book)["method"].tolist() == [
        "word of its name or description 'school'"
    ]


@pytest.mark.parametrize(
    ("text", "stance", "suggestion"),
    [
        ("I need the bus.", "need", False),
        ("I love the bus, late or not.", "asset", False),
        ("I love my bus but need more.", "mixed", False),
        ("The bus is late there.", "neutral", False),
        ("What if the bus came twice?", "neutral", True),
        ("I love it, so what if the bus came twice?", "asset", True),
    ],
)
def test_stance_and_suggestion_follow_the_cues(talk, text, stance, suggestion):
    segments = segment(talk({"d": [("ana", text)]}))
    bare = LexicalCoder(BOOK)(segments).head(0)
    given = bare.reindex([0]).assign(segment_id="d:0001.01", theme="bus")

    [found] = with_attributes(given, segments, BOOK).to_dict("records")

    assert (found["stance"], found["suggestion"]) == (stance, suggestion)


def test_every_coder_gets_the_same_attributes(talk):
    words = (
        "I need the bus, it was late.",
        "What if we all did? I love the bus, late.",
    )
    segments = segment(talk({"d": [("ana", text) for text in words]}))

    one, other = code(segments, BOOK), code(segments, BOOK, coders=[LexicalCoder(BOOK)])

    for codings in (one, other):
        bus = codings[codings["theme"] == "bus"]
        assert bus["stance"].tolist() == ["need", "asset"]
        assert bus["suggestion"].tolist() == [False, True]


def test_sensitive_passages_are_found(talk):
    segments = segment(
        talk({"d": [("ana", "He hit me."), ("ana", "The song is a hit.")]})
    )

    assert find_sensitive(segments, BOOK)["segment_id"].tolist() == ["d:0001.01"]


def test_the_check_lists_what_examples_and_near_misses_get():
    cases = check_codebook(BOOK)

    assert cases[["theme", "kind", "found", "passed"]].to_dict("records") == [
        {"theme": "bus", "kind": "example", "found": True, "passed": True},
        {"theme": "bus", "kind": "near miss", "found": False, "passed": True},
        {"theme": "food", "kind": "example", "found": False, "passed": False},
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_codebooks_find_nearly_all_of_their_own_examples(name):
    cases = check_codebook(load_codebook(name))
    by_kind = cases.groupby("kind")["passed"].mean()

    assert by_kind["example"] >= 0.93
    assert by_kind["near miss"] >= 0.83


def test_codings_name_the_codebook_they_were_made_with(talk):
    codings = code(segment(talk({"d": [("ana", "The bus was late.")]})), BOOK)

    assert codings["codebook_sha256"].unique().tolist() == [BOOK.sha256]
    assert pd.api.types.is_float_dtype(codings["evidence_start"])


def test_a_phrase_in_words_like_a_near_miss_is_for_a_person(talk):
    words = (
        "She drove the class like a bus, late or not.",
        "The bus is late every day.",
    )
    segments = segment(talk({"d": [("ana", text) for text in words]}))

    codings = code(segments, BOOK)

    bus = codings[(codings["theme"] == "bus") & codings["method"].str.startswith("phr")]
    assert bus["status"].tolist() == ["suggested", "auto"]


TAUGHT = replace(
    BOOK,
    themes=(
        replace(
            BUS,
            examples=tuple(
                Example(f"The {line} bus was late, I waited {n} minutes.", form="story")
                for n in range(4)
                for line in ("red", "blue", "school", "city", "early", "last")
            ),
        ),
        replace(
            FOOD,
            examples=tuple(
                Example(f"Our {meal} is cold and {n} kids share it.", form="story")
                for n in range(4)
                for meal in ("lunch", "soup", "pizza", "rice", "dinner", "toast")
            ),
        ),
    ),
)


def test_a_phrase_that_the_model_finds_unlikely_only_suggests(talk):
    words = (
        "Our soup is cold and kids share our rice and pizza and toast on a bus so late.",
        "My bus was late today.",
    )
    segments = segment(talk({"d": [("ana", text) for text in words]}))

    codings = code(segments, TAUGHT)

    bus = codings[codings["theme"] == "bus"]
    assert bus["status"].tolist() == ["suggested", "auto"]
    assert bus["method"].unique().tolist() == ["phrase 'bus .. late'"]


def test_a_model_of_many_examples_codes_without_a_phrase(talk):
    segments = segment(
        talk({"d": [("ana", "The red one was late, I waited an hour.")]})
    )

    codings = code(segments, TAUGHT)

    assert codings[["theme", "status"]].to_numpy().tolist() == [["bus", "auto"]]
    assert codings["method"].eq("sounds like its stories").all()


def test_small_talk_sounds_like_no_theme_where_the_codebook_has_such(talk):
    greetings = ("Good morning, I am Ana.", "Good morning, I am Bo.", "Hello, I am Cy.")
    book = replace(TAUGHT, no_theme=tuple(Example(text) for text in greetings))

    chances = SemanticCoder(book).chances(
        ["Good morning, I am Di.", "The bus was late."]
    )

    assert chances.max(axis=1).lt(0.3).tolist() == [True, False]
    assert chances.columns.tolist() == ["bus", "food"]


def test_a_higher_target_codes_less(talk):
    segments = segment(talk({"d": [("ana", "My bus was late today.")]}))

    codings = CodebookCoder(TAUGHT, target_precision=0.9999)(segments)

    assert codings["status"].tolist() == ["suggested"]


def test_stories_are_for_the_model_alone():
    assert set(check_codebook(TAUGHT)["kind"]) == {"near miss"}
    assert [row["examples"] for row in codebook_rows(TAUGHT)] == ["", ""]
