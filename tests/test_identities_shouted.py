"""Names in capitals amid other sentences, whom no list has. All are invented."""

import pytest

from empathy_insights.identities import deidentify

MORE = " The homework is too much. We like it."


def left(talk, line):
    """Return what stays of a line, and the words a person is asked to look at."""
    done = deidentify(talk({"a": [("s01", line + MORE)]}), ner=None)
    text = done.corpus.documents["text"].item()
    spans = done.review.loc[~done.review["was_replaced"], ["start", "end"]].to_numpy()
    told = done.corpus.utterances["text"].item().removesuffix(MORE)
    return told, [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("ZEPHANIAH OKONKWOSKI GOT IN TROUBLE.", "[person 1] GOT IN TROUBLE."),
        ("TREVONTAE BICKERSTAFF GOT SUSPENDED.", "[person 1] GOT SUSPENDED."),
        ("MY FRIEND LATAVIA SITS BY ME.", "MY FRIEND [person 1] SITS BY ME."),
        ("WHEN QUENTERIA LEFT I CRIED.", "WHEN [person 1] LEFT I CRIED."),
        ("MS HOLLOWBRANCH YELLS AT US.", "[adult 1] YELLS AT US."),
    ],
)
def test_a_name_goes_and_the_words_beside_it_stay(talk, line, after):
    assert left(talk, line)[0] == after


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("PLEASE ASK ZAQUINTON.", "ZAQUINTON"),
        ("IT WAS ALL LATAVIYAH NOT ME.", "LATAVIYAH"),
        ("TO MUCH HOMEWORKK IS BAD.", "HOMEWORKK"),
    ],
)
def test_what_may_be_a_name_is_asked_about(talk, line, asked):
    assert left(talk, line) == (line, [asked])


@pytest.mark.parametrize(
    "line",
    [
        "We took the STAAR test and the NAACP came.", "I HATE KAHOOT AND THE BUS.",
        "The SCHOOL IS BAD.", "OMG LOL IDK WHY.", "NO CAP FRFR.", "I use DESMOSX a lot.",
    ],
)  # fmt: skip
def test_other_words_in_capitals_stay_unasked(talk, line):
    assert left(talk, line) == (line, [])
