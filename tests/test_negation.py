import pytest

from empathy_insights.codebook import Codebook, Patterns, Theme
from empathy_insights.coding.explain import explain
from empathy_insights.coding.models.clauses import negated
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.text.segments import segment
from empathy_insights.text.tokens import tokenize

BOOK = Codebook(
    "mine",
    "Mine",
    themes=(
        Theme("net", "Internet", patterns=Patterns(strong=("internet .. work",))),
        Theme("chat", "Chat", patterns=Patterns(strong=("not .. answer", "call back"))),
    ),
    stance_cues={
        "need": ("hard", "no time"),
        "asset": ("love|like",),
        "suggestion": ("we could",),
    },
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I don't like it.", ["like", "it"]),
        ("It never really worked for any of us.", ["really", "worked", "for", "any"]),
        ("Nobody came, and I waited.", ["came"]),
        ("It is not easy but it works.", ["easy"]),
        ("I go without help because I can.", ["help"]),
        ("There was no one. It works.", ["one"]),
        ("It is not only fast.", []),
        ("No doubt they help.", []),
        ("Why not help them?", []),
        ("They hardly ever help, though kind.", ["ever", "help"]),
        ("It works.", []),
    ],
)
def test_a_negation_reaches_ahead_until_the_sentence_turns(text, words):
    [tokens] = tokenize([text])

    reached = [
        t for t, is_reached in zip(tokens, negated(tokens), strict=True) if is_reached
    ]

    said = [text[token.start : token.end] for token in reached]
    assert [word for word in said if word != "."] == words


def test_english_negation_is_not_read_into_other_languages():
    [tokens] = tokenize(["No livro."], language="pt")

    assert not negated(tokens, language="pt").any()


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("I love it.", {"asset"}),
        ("I don't love it.", {"need"}),
        ("It is hard.", {"need"}),
        ("It is not hard.", set()),
        ("There was no time.", {"need"}),
        ("It isn't something we could do.", {"suggestion"}),
    ],
)
def test_a_negated_strength_is_a_need_and_a_negated_need_no_strength(text, cues):
    [read] = LexicalCoder(BOOK).read([text])

    assert read.cues == cues


@pytest.mark.parametrize(
    ("text", "theme", "method"),
    [
        ("The internet works.", "net", "phrase 'internet .. work'"),
        ("No internet works here.", "net", "phrase 'internet .. work', negated"),
        ("The internet never works.", "net", "phrase 'internet .. work', negated"),
        ("They do not call back.", "chat", "phrase 'call back', negated"),
        ("They do not even answer.", "chat", "phrase 'not .. answer'"),
    ],
)
def test_a_negated_phrase_is_still_its_theme_and_says_so(talk, text, theme, method):
    segments = segment(talk({"d": [("ana", text)]}))

    codings = LexicalCoder(BOOK)(segments)

    assert codings[["theme", "status", "method"]].values.tolist() == [
        [theme, "auto", method]
    ]


def test_explaining_shows_that_a_phrase_is_negated(talk):
    segments = segment(talk({"d": [("ana", "They do not call back.")]}))

    why = explain({"segment_id": "d:0001.01", "theme": "chat"}, segments, BOOK)

    assert why.loc[why["kind"] == "negated phrase", "text"].tolist() == ["call back"]
