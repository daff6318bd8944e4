"""Words with odd capitals are no names; names with odd capitals are."""

import pandas as pd
import pytest

from empathy_insights.identities import check_leaks, deidentify, find_identities
from empathy_insights.identities.leaks import find_open, identities_of
from empathy_insights.readers import read_corpus


def left_of(words, talk, ner=None):
    """Return what is left of words that somebody says."""
    corpus = talk({"d": [(None, words)]})
    return deidentify(corpus, ner=ner).corpus.utterances["text"].item()


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("We put it on GitHub and the GBMs and PDPilot ran.", None),
        ("So I. I think, mmm, Mmmm, it works.", None),
        (
            "I asked DeShawn and McKayla about it.",
            "I asked [person 1] and [person 2] about it.",
        ),
        ("I asked LaToya about it.", "I asked [person 1] about it."),
    ],
)
def test_inner_capitals_tell_a_name_only_after_a_prefix_of_names(talk, words, clean):
    assert left_of(words, talk) == (clean or words)


NAMED = """\
I: How is school?

Noah Ortiz: NO way. I said NO to it. No, it is not.

Maria I: I I think so. I, I don't know. N.O. said it.

Ann Lee: A A laptop. I I would like one. No, wait. Ask JM. It is NO.

Jo Miller: J as in Mary, o. My Mary left.
"""


def texts_of(written, tmp_path):
    (tmp_path / "talk.txt").write_text(written, encoding="utf-8")
    done = deidentify(read_corpus(tmp_path, facilitators=["I"]), ner=None)
    return done.corpus.documents["text"].item(), done


def test_a_word_in_capitals_is_not_replaced_for_somebodys_initials(tmp_path):
    text, done = texts_of(NAMED, tmp_path)

    assert "NO way. I said NO to it. No, it is not." in text
    assert "No, wait. Ask [person 4]. It is NO." in text
    assert "N.O." not in text
    assert set(done.review["why"]) >= {"initials of a listed person, or a word"}


def test_a_word_said_twice_is_no_name_and_its_initial(tmp_path):
    text, _ = texts_of(NAMED, tmp_path)

    assert "I I think so. I, I don't know." in text
    assert "A A laptop. I I would like one." in text


@pytest.mark.parametrize(
    "words",
    ["I got a C. A friend got a B. My mom was proud.", "He and I. An app helps."],
)
def test_a_grade_or_i_at_the_end_of_a_sentence_is_no_initial(tmp_path, words):
    text, _ = texts_of(f"I: How is it?\n\nAn Le: {words}\n\nKim Lee: So.\n", tmp_path)

    assert words in text


@pytest.mark.parametrize("title", ["Mr.", "mr", "Ms", "Dr."])
def test_a_title_said_twice_names_nobody(talk, title):
    name = "Lopez" if title.istitle() else "lopez"
    text = left_of(f"We told {title} {title} {name}. {title} said no.", talk)

    assert text == f"We told {title} [adult 1]. {title} said no."


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("I have Ms., uh, Rodriguez.", "I have Ms., uh, [adult 1]."),
        ("It was Mr. um Baker, er, yes.", "It was Mr. um [adult 1], er, yes."),
        ("Mrs. like Okafor said it.", "Mrs. like [adult 1] said it."),
        ("Mr. Mr. uh Price came.", "Mr. Mr. uh [adult 1] came."),
        ("ask ms uh rivera.", "ask ms uh [adult 1]."),
        ("El profe, este, Ramírez ayuda.", "El profe, este, [adult 1] ayuda."),
        ("Dr. uh I forget. Ms., um, yes.", None),
        ("A coach, like Science, helps.", None),
    ],
)
def test_a_name_is_found_behind_what_fills_the_pause_after_a_title(talk, words, clean):
    assert left_of(words, talk) == (clean or words)


@pytest.mark.parametrize("title", ["Sgt.", "Lt.", "Capt.", "Supt.", "Sgt"])
def test_a_short_title_goes_with_its_name_and_stays_alone(title, talk):
    assert left_of(f"Put {title} Quillen there.", talk) == "Put [adult 1] there."
    assert left_of(f"The {title} came at ten.", talk) == f"The {title} came at ten."


def test_what_brings_the_internet_or_is_eaten_is_nobody(talk):
    words = (
        "Xfinity helped us. Verizon is slow. Hot Cheetos help. Cinco de Mayo is fun."
    )

    assert left_of(words, talk, ner="auto") == words


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("i live on maple street by it", "i live on [street 1] by it"),
        ("i go to lincoln high and so on", "i go to [school 1] and so on"),
        ("we live on a busy street", None),
        ("it is on the dirt road", None),
        ("that is at all time high", None),
        ("destiny: me too it is slow", "[person 1]: me too it is slow"),
        (
            "i sit by jaylen and zayden and malik",
            "i sit by [person 1] and [person 2] and [person 3]",
        ),
        ("too much hw from hernandez", "too much hw from [person 1]"),
        ("los reyes magos y la calle de las torres", None),
    ],
)
def test_places_and_labels_are_found_in_a_text_in_small_letters(talk, words, clean):
    assert left_of(words, talk) == (clean or words)


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("I HATE MR PATEL", "I HATE [adult 1]"),
        ("ZAC IS MEAN", "[person 1] IS MEAN"),
        ("MY FRIEND KAYLA LEFT", "MY FRIEND [person 1] LEFT"),
        ("TYRELL HIT ME", "[person 1] HIT ME"),
        ("I LIVE ON MAPLE STREET", "I LIVE ON [street 1]"),
        ("MI AMIGA LUPITA NO VINO MÁS", "MI AMIGA [person 1] NO VINO MÁS"),
        ("MY IEP AND 504 PLAN. NO IDEA. GOOGLE CLASSROOM", None),
    ],
)
def test_names_are_found_in_a_text_in_capitals(talk, words, clean):
    assert left_of(words, talk) == (clean or words)


@pytest.mark.parametrize("word", ["whats", "thats", "didnt"])
def test_words_without_their_apostrophe_are_no_names(talk, word):
    words = f"i said mr {word} his name. {word} it for? {word.title()} he say?"

    assert left_of(words, talk) == words


@pytest.mark.parametrize("form", ["NO", "J as in Mary, o"])
def test_initials_and_letters_that_spell_a_name_are_looked_for_by_nobody(form):
    rows = [("[person 1]", "Noah Ortiz"), ("[person 1]", form)]
    key = pd.DataFrame(
        [(*row, "roster") for row in rows], columns=["pseudonym", "form", "source"]
    )
    identities = identities_of(key, (), ())

    assert not list(find_open("No, Mary is here.", "", identities))
    assert list(find_open("Ask Noah.", "", identities))


def test_initials_alone_are_never_a_leak(talk):
    corpus = talk({"d": [(None, "J. P. came. I think so.")]})
    identities = find_identities(deidentify(corpus, ner=None))

    assert check_leaks({"report.html": "I think P is for physics"}, identities).empty


def test_a_listed_short_name_is_a_leak():
    identities = find_identities(roster=pd.DataFrame({"name": ["Bo Li"]}))

    assert check_leaks({"a.txt": "Then Bo Li said"}, identities)["kind"].tolist() == [
        "name"
    ]


@pytest.mark.parametrize(
    "words",
    [
        "We use Orton-Gillingham and Heggerty and Fountas and Pinnell with the kids.",
        "He has Crohn's and she has Tourette's, and they take Prozac and Ritalin.",
        "We drew a Venn diagram and Gillingham works and we went to Wawa.",
        "He was out for Tet and Nowruz. Tylenol helped. The Pine-Sol and Motown stay.",
        "We read Wit and Wisdom, and Bluey asked for Flamin' Hot Cheetos.",
        "Gma gave me tamales. I live with my Gpa, and Hooyo works late.",
        "i am hooyo and my halmoni made it",
    ],
)
def test_programmes_illnesses_and_medicines_are_nobody(words, talk):
    assert left_of(words, talk) == words


@pytest.mark.parametrize("said", ["mcdonald's", "mcdonalds", "McDonald's", "McDonalds"])
def test_where_people_eat_is_nobody_in_small_letters_too(said, talk):
    words = f"the reviews for {said} near us, and my mom works at {said}"

    assert left_of(words, talk) == words
