import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from pandas.testing import assert_frame_equal

import empathy_insights as ei
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.code import code
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.coding.models.stance import (
    stance_model,
    with_attributes,
    write_stance_model,
)
from empathy_insights.text.segments import segment

SENTENCES = Path(__file__).parents[1] / "benchmarks" / "data" / "stances.yaml"
BOOK = Codebook("mine", "Mine", themes=(Theme("bus", "Bus"), Theme("food", "Food")))
MIXED_TURN = (
    "I love the food, and I am so glad that everybody gets enough. "
    "But the bus never comes, and nobody tells us why."
)


def judged(text, *, question=None, book=BOOK):
    """Return the stance of a coding of the whole text."""
    codings = pd.DataFrame(
        {
            "segment_id": ["d:0001.01"],
            "theme": ["bus"],
            "evidence_start": [np.nan],
            "evidence_end": [np.nan],
        }
    )
    segments = pd.DataFrame(
        {"segment_id": ["d:0001.01"], "text": [text], "start": [40]}
    )
    segments = segments.assign(question=question)
    [stance] = with_attributes(codings, segments, book)["stance"]
    return stance


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Nobody told us, so I waited outside and missed it.", "need"),
        ("I still have no idea how to start, and nobody explains it.", "need"),
        ("She sat down with me and now I can do it by myself.", "asset"),
        ("I finally understood it, and I was so proud.", "asset"),
        ("I am in sixth grade.", "neutral"),
        ("", "neutral"),
    ],
)
def test_stance_is_heard_without_any_cue(text, stance):
    assert judged(text) == stance


def test_negation_turns_what_is_heard():
    assert [judged("I like it."), judged("I don't like it.")] == ["asset", "need"]


@pytest.mark.parametrize(
    ("question", "text", "stance"),
    [
        ("What would you change?", "The food.", "need"),
        ("What works well for you?", "The food.", "asset"),
        ("What would you change?", "Nothing, really.", "asset"),
        ("What works well for you?", "Nothing.", "need"),
        ("What gets in the way?", "No internet at home.", "need"),
        ("What would you change?", "I love it, it helps me every day.", "asset"),
    ],
)
def test_the_question_says_what_a_short_answer_means(question, text, stance):
    cues = replace(BOOK, stance_cues={"asset": ("love",)})

    assert judged(text, question=question, book=cues) == stance


@pytest.mark.parametrize(
    ("cues", "stance"),
    [
        ({}, "neutral"),
        ({"need": ("grade",)}, "need"),
        ({"asset": ("grade",)}, "asset"),
        ({"need": ("grade",), "asset": ("sixth",)}, "mixed"),
    ],
)
def test_cues_of_the_codebook_are_added_to_what_is_heard(cues, stance):
    assert judged("I am in sixth grade.", book=replace(BOOK, stance_cues=cues)) == (
        stance
    )


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Nos falta tiempo.", "need"),
        ("I still have no idea how to start.", "neutral"),
        ("Me gusta, pero falta tiempo.", "mixed"),
    ],
)
def test_a_codebook_in_another_language_goes_by_its_cues(text, stance):
    book = replace(
        BOOK, language="es", stance_cues={"need": ("falta",), "asset": ("gusta",)}
    )

    assert judged(text, book=book) == stance


def test_a_turn_may_praise_one_theme_and_lament_another(talk):
    segments = segment(talk({"d": [("ana", MIXED_TURN)]}))

    codings = LexicalCoder(BOOK)(segments)
    found = with_attributes(codings, segments, BOOK).set_index("theme")["stance"]

    assert found.to_dict() == {"bus": "need", "food": "asset"}


def test_stance_depends_on_no_other_row(talk):
    words = (MIXED_TURN, "The bus is fine now.", "I hate the food.", "Food, then bus.")
    segments = segment(talk({"d": [("ana", text) for text in words]}))
    before = segments.copy()

    codings = code(segments, BOOK, coders=[LexicalCoder(BOOK)])
    shuffled = with_attributes(
        codings.drop(columns=["stance", "suggestion"]).sample(frac=1, random_state=1),
        segments.sample(frac=1, random_state=2),
        BOOK,
    )
    alone = code(segments.iloc[[2]], BOOK, coders=[LexicalCoder(BOOK)])

    assert_frame_equal(shuffled.sort_index(), codings, check_like=True)
    assert alone["stance"].tolist() == (
        codings.loc[codings["segment_id"] == "d:0003.01", "stance"].tolist()
    )
    assert_frame_equal(segments, before)


def test_a_stance_that_a_person_gave_stays(talk):
    segments = segment(talk({"d": [("ana", "The bus never comes, I hate it.")]}))

    def person(given):
        found = LexicalCoder(BOOK)(given)
        return found.assign(stance="asset", suggestion=True, coder="ana_lee")

    codings = code(segments, BOOK, coders=[person, LexicalCoder(BOOK)])

    assert codings.set_index("coder")[["stance", "suggestion"]].T.to_dict("list") == {
        "ana_lee": ["asset", True],
        "lexical": ["need", False],
    }


def test_what_teaches_stance_leans_to_neither_side():
    taught = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))

    sizes = {
        name: (len(group["need"]), len(group["asset"]))
        for name, group in taught["said"].items()
    }
    texts = Counter(
        text for group in taught["said"].values() for side in group.values()
        for text in side
    )  # fmt: skip

    assert [name for name, (need, asset) in sizes.items() if need != asset] == []
    assert [text for text, n in texts.items() if n > 1] == []


def test_the_shipped_model_is_of_the_shipped_sentences():
    with np.load(io.BytesIO(write_stance_model(SENTENCES))) as fitted:
        words = bytes(fitted["words"]).decode().split("\n")
        weights, rarity = fitted["weights"], fitted["rarity"]

    shipped = stance_model()

    assert list(shipped.words.terms) == words
    assert (shipped.words.rarity == rarity).all()
    np.testing.assert_allclose(shipped.weights, weights, atol=0.01)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Wifi is fine for me honestly, we have fiber.", "asset"),
        ("I never have trouble logging in.", "asset"),
        ("No problems with the bus, no complaints.", "asset"),
        ("The stop is right there, so it's not an issue for us.", "asset"),
        ("The wifi is not fine.", "need"),
        ("It would be fine if the wifi worked.", "need"),
        ("The wifi is fine at school but at home it drops every night.", "need"),
        ("It's a problem every single day.", "need"),
        ("No one fixes the problem.", "need"),
    ],
)
def test_who_says_that_all_is_well_names_no_need(text, stance):
    core = ei.load_codebook("empathy_core")

    assert judged(text, book=core) == stance
