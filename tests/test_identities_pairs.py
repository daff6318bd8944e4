"""People written down as a pair, and people spoken to in small letters. All are invented."""

import pytest

from empathy_insights.identities import deidentify


def left(talk, *lines):
    """Return what stays of the lines, and the words a person is asked to look at."""
    done = deidentify(talk({"a": [("s01", line) for line in lines]}), ner=None)
    text = done.corpus.documents["text"].item()
    spans = done.review.loc[~done.review["was_replaced"], ["start", "end"]].to_numpy()
    told = list(done.corpus.utterances["text"])
    return told, [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Mikayleigh/Brayxton just copy it.", "Mikayleigh Brayxton"),
        ("and Oluwaseunmi & Ngozichi got a tutor", "Oluwaseunmi Ngozichi"),
        ("I sat with Amariah & Rutvika at lunch.", "Amariah Rutvika"),
        ("it was me +Dashiell and nobody else", "Dashiell"),
        ("Ms. Dunn & Rutvikaa helped us.", "Dunn Rutvikaa"),
        ("We sat with Rutvika + Dashiell + Bronwenna.", "Rutvika Dashiell Bronwenna"),
        ("Rutvika & I did it.", "Rutvika"),
    ],
)
def test_who_stands_in_a_pair_with_somebody_goes_too(talk, line, names):
    (told,), _ = left(talk, line)

    assert not [name for name in names.split() if name in told]


@pytest.mark.parametrize(
    "line",
    [
        "Zoom & Kahoot are fine.", "It is Pass/Fail here.", "We use Desmos/Geogebra a lot.",
        "ELA/Math and PE are next.", "Blooket + Gimkit work.", "We do English/Spanish.",
        "Kwanzaa & Diwali are off.", "Mom/Dad come.", "We read Hatchet & Holes.",
    ],
)  # fmt: skip
def test_things_in_a_pair_stay(talk, line):
    assert left(talk, line)[0] == [line]


def test_two_words_that_nobody_knows_are_asked_about(talk):
    assert left(talk, "Jaquavious/Teliyahna are loud.")[1] == [
        "Jaquavious",
        "Teliyahna",
    ]


CASED = "\nMy brother and I go to the park. We like it there."


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("thanks, delmonte, that helps", "delmonte"), ("Thanks, quincey, I get it.", "quincey"),
        ("come on markell, lets go", "markell"), ("like jahlil said, it is long", "jahlil"),
        ("good point shaniya, i agree", "shaniya"), ("shut up tyvionne", "tyvionne"),
        ("as jahlil was saying", "jahlil"), ("nice try, zaquan.", "zaquan"),
        ("yes, kyrielle, you can", "kyrielle"), ("I agree with zaquan.", "zaquan"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("more", ["", CASED], ids=["small", "cased"])
def test_who_is_spoken_to_or_quoted_in_small_letters_goes(talk, line, name, more):
    assert name not in left(talk, line + more)[0][0]


@pytest.mark.parametrize(
    "line",
    [
        "thanks everybody", "come on man", "like mom said", "good point everyone",
        "thanks yall, bye", "come on bruh", "like they said", "good point tho",
        "thanks alot", "thanks fam", "hi bestieee", "good job guyz", "like coach said",
        "yes, definately, i know", "come on dawg, lets go", "thank you sooo much",
    ],
)  # fmt: skip
@pytest.mark.parametrize("more", ["", CASED], ids=["small", "cased"])
def test_words_that_name_nobody_stay_where_somebody_could_be_spoken_to(
    talk, line, more
):
    assert left(talk, line + more)[0][0] == line + more


def test_a_word_of_another_language_is_nobody_spoken_to(talk):
    line = f"So, cuéntenme, what is it like? {CASED}"

    assert left(talk, line)[0] == [line]
