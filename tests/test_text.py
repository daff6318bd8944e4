from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from empathy_insights.errors import EmpathyInsightsWarning
from empathy_insights.readers import corpus_from_frame
from empathy_insights.text import embedders
from empathy_insights.text.embedders import StaticEmbedder
from empathy_insights.text.segments import segment
from empathy_insights.text.tokens import lookup_forms, sentence_spans, tokenize
from tests.conftest import few_examples

LONG = " ".join(
    ["My phone died on the bus and I lost the whole lesson."] * 8
    + ["The cafeteria ran out of rice before our lunch started."] * 8
)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("the Wi-Fi died", "wifi"),
        ("two Chromebooks", "chromebook"),
        ("Ss said so", "student"),
        ("it was w/ a friend", "with"),
        ("I couldn’t go", "not"),
        ("she never came", "not"),
        ("the screen froze", "freeze"),
        ("it broke", "break"),
        ("log-in page", "log"),
    ],
)
def test_words_are_found_under_the_form_that_patterns_use(text, form):
    assert form in set().union(*(token.forms for token in next(tokenize([text]))))


def test_hesitations_and_quotes_stand_between_no_two_words():
    [tokens] = tokenize(["they, um, “locked” me"])

    assert ["lock" in token.forms for token in tokens] == [
        False,
        False,
        False,
        True,
        False,
    ]


def test_no_has_a_form_of_its_own():
    assert "not" not in lookup_forms("no", "no")


@given(st.text(max_size=200))
def test_tokens_and_sentences_slice_back_to_the_text(text):
    [tokens] = tokenize([text])

    assert all(text[start:end].strip() for _, start, end, _ in tokens)
    assert all(
        text[start:end] == text[start:end].strip()
        for start, end in sentence_spans(text)
    )


def test_a_facilitators_words_are_no_segment(talk):
    corpus = talk({"d": [("?", "How was it?"), ("ana", "Fine, I guess.")]})

    assert segment(corpus)[["segment_id", "text", "unit"]].to_dict("records") == [
        {"segment_id": "d:0002.01", "text": "Fine, I guess.", "unit": "turn"}
    ]


def test_a_long_turn_is_cut_where_the_topic_shifts(talk):
    corpus = talk({"d": [("ana", LONG)]})

    parts = segment(corpus)

    assert parts["unit"].unique().tolist() == ["part"]
    assert [part.count("phone") for part in parts["text"]] == [8, 0]


def test_speech_without_punctuation_is_cut_into_windows(talk):
    corpus = talk({"d": [("ana", " ".join(["word"] * 150))]})

    windows = segment(corpus)

    assert windows["unit"].unique().tolist() == ["window"]
    assert windows["text"].str.split().str.len().tolist() == [75, 75]


@given(st.text(alphabet="aB .!?…。,\n\"')(—İ1", max_size=60))
def test_words_have_the_number_of_the_sentence_that_they_stand_in(text):
    words = next(tokenize([text]))

    ends = [end for _, end in sentence_spans(text)]
    opened = [sum(end <= word.start for end in ends) for word in words]
    assert [a == b for a, b in pairwise(opened)] == [
        a.sentence == b.sentence for a, b in pairwise(words)
    ]


def test_a_text_is_cut_alike_the_first_time_and_the_next():
    text = "We can't log in. So, um, we wait!"

    first, again = (next(tokenize([text])) for _ in range(2))

    assert again == first
    assert [text[word.start : word.end] for word in first[:3]] == ["We", "ca", "n't"]


def test_one_segment_a_sentence(talk):
    corpus = talk({"d": [("ana", "It froze. Nobody came.")]})

    assert segment(corpus, by="sentence")["text"].tolist() == [
        "It froze.",
        "Nobody came.",
    ]


def test_a_sentence_longer_than_the_limit_stays_whole(talk):
    sentence = "and then " * 100 + "it stopped."
    corpus = talk(
        {"d": [("ana", sentence + " Yes. No. Well. Hm. So. Right. Okay. Sure.")]}
    )

    assert segment(corpus, max_words=50)["text"].str.startswith("and then").sum() == 1


def test_a_corpus_without_participants_words_gives_no_segments(talk):
    assert segment(talk({"d": [("?", "Hello?")]})).empty


@few_examples
@given(
    st.lists(
        st.text(
            st.characters(exclude_characters="\n"), min_size=1, max_size=400
        ).filter(str.strip),
        min_size=1,
        max_size=4,
    )
)
def test_segments_slice_back_keep_order_and_never_overlap(talk, turns):
    corpus = talk({"d": [("ana", words) for words in turns]})

    segments = segment(corpus, max_words=20)

    text = corpus.documents["text"].iloc[0]
    spans = list(zip(segments["start"], segments["end"], strict=True))
    assert [text[start:end] for start, end in spans] == segments["text"].tolist()
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    kept = "".join("".join(segments["text"]).split())
    assert kept == "".join("".join(turns).split())


def test_a_segment_knows_what_was_asked_and_what_was_said_just_before(talk):
    corpus = talk(
        {
            "d": [
                ("ana", "Hello."),
                ("?", "What helps?"),
                ("ana", "Friends."),
                ("ben", "Music."),
            ],
            "e": [("cleo", "The bus.")],
        }
    )

    rows = segment(corpus)[["text", "question", "before"]].fillna("-")

    assert rows.to_numpy().tolist() == [
        ["Hello.", "-", "-"],
        ["Friends.", "What helps?", "What helps?"],
        ["Music.", "What helps?", "Friends."],
        ["The bus.", "-", "-"],
    ]


def test_an_answer_of_a_survey_has_its_question_and_no_neighbour():
    answers = pd.DataFrame(
        {
            "who": ["ana", "ben", "ana"],
            "ask": ["Why?", "Why?", "How?"],
            "said": ["Because.", "Luck.", "Slowly."],
        }
    )
    survey = corpus_from_frame(answers, text="said", person="who", question="ask")

    rows = segment(survey)[["text", "question", "before"]].fillna("-")

    assert rows.to_numpy().tolist() == [
        ["Because.", "Why?", "-"],
        ["Luck.", "Why?", "-"],
        ["Slowly.", "How?", "-"],
    ]


def test_a_heading_of_notes_is_no_question(talk):
    corpus = talk(
        {"n": [("?", "Lunch lines"), (None, "No soup."), (None, "No rice.")]},
        kinds={"n": "notes"},
    )

    rows = segment(corpus)[["question", "before"]].fillna("-")

    assert rows.to_numpy().tolist() == [["-", "Lunch lines"], ["-", "No soup."]]


def test_the_order_of_turns_in_the_table_changes_no_context(talk):
    corpus = talk({"d": [("?", "Why?"), ("ana", "Bus."), ("ben", "Rain.")]})
    shuffled = replace(corpus, utterances=corpus.utterances.iloc[[2, 0, 1]])

    expected = segment(corpus).sort_values("segment_id", ignore_index=True)
    found = segment(shuffled).sort_values("segment_id", ignore_index=True)

    assert_frame_equal(found, expected)


def test_words_of_a_language_that_nobody_here_knows_are_found_as_they_are_written():
    with pytest.warns(EmpathyInsightsWarning, match="language 'so'"):
        [tokens] = tokenize(["Basku waa daahsan yahay. Haa!"], language="so")

    assert {"basku"} <= tokens[0].forms
    assert tokens[-1].sentence == 1


def test_static_vectors_are_the_means_that_wordllama_takes(monkeypatch):
    said = ["My bus is late.", "¿Por qué?", LONG, "late late bus"]
    # One by one: padded, as it embeds several, our tokenizer no longer gives them.
    means = np.vstack([embedders._word_vectors().embed([text]) for text in said])
    monkeypatch.setattr(embedders, "_AT_ONCE", 3)

    vectors = StaticEmbedder()([*said, ""])

    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    np.testing.assert_allclose(vectors[:4], means / lengths, atol=1e-6)
    assert not vectors[4].any()
