"""A bus, a route or a locker by its number goes, wherever it is told; counts stay."""

import pytest

from empathy_insights.identities import deidentify


def left_of(words, talk):
    """Return what is left of words that somebody says."""
    corpus = talk({"d": [(None, words)]})
    return deidentify(corpus, ner=None).corpus.utterances["text"].item()


@pytest.mark.parametrize(
    "around",
    ["He drives Bus {} now.", "why bus {} stop moved", "WE RIDE BUS {} HOME",
     "It is bus number {}.", "bus #{} is late", "on the bus, the {}. She is kind.",
     "On the bus! The {}! From there.", "Kids off the {} miss breakfast.",
     "I missed the {} again, so no bus.", "Tomo el camión {} a casa.",
     "the bus, I take the {} to get home"],
)  # fmt: skip
@pytest.mark.parametrize("number", ["7", "40", "112"])
def test_the_number_of_a_bus_goes(around, number, talk):
    assert left_of(around.format(number), talk) == around.format("[place 1]")


def test_one_number_is_one_line(talk):
    words = "I take Route 12. Bus 12 is late, and the 12 bus never comes. Bus 7 does."

    assert left_of(words, talk) == (
        "I take [place 1]. Bus [place 1] is late, and the [place 1] never comes. "
        "Bus [place 2] does."
    )


@pytest.mark.parametrize(
    "around",
    ["LOCKER {} IS HIS.", "My locker is {}.", "whose locker key, number {}?",
     "Mi casillero es {}."],
)  # fmt: skip
def test_the_number_of_a_locker_goes(around, talk):
    assert left_of(around.format("609"), talk) == around.format("[student id]")


@pytest.mark.parametrize(
    "words",
    [
        "The bus 40 minutes late. We bus 40 students. I took the bus 3 times.",
        "The bus at 7:15, bus 7:15, bus 20 to 30 minutes, the bus 7 in the morning.",
        "On the bus, the 3 of us. The bus, the 18 kids. Off the bus 2 stops early.",
        "I take the 504 plan to the bus. He takes the 10 tests on the bus.",
        "On the bus, the 8th graders. The bus, 2 dollars. Kids off the 4 vans.",
        "Take the 5 and add the 6. We missed the 3 of them.",
        "Lockers 30 feet away, a locker 2 doors down, lockers 12 or 13 years old.",
        "Room 12 is cold, grade 7 is loud, and chapter 31 is long.",
    ],
)
def test_times_counts_and_rooms_stay(words, talk):
    assert left_of(words, talk) == words


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("I take bus 4417 home.", "I take bus [place 1] home."),
        ("bus nineteen is late", "bus [place 1] is late"),
        ("it was bus thirty one.", "it was bus [place 1]."),
        ("we ride bus number four hundred twelve", "we ride bus number [place 1]"),
        ("on bus seven, and on bus two", "on bus [place 1], and on bus [place 2]"),
        ("take the nineteen bus", "take the [place 1]"),
        ("El camión cuarenta y dos no vino.", "El camión [place 1] no vino."),
        ("Route nineteen is slow.", "Route [place 1] is slow."),
        ("The 14 bus never shows.", "The [place 1] never shows."),
        ("My sister takes the 22 home.", "My sister takes the [place 1] home."),
        ("They moved us to the 45.", "They moved us to the [place 1]."),
        ("The 62 never shows.", "The [place 1] never shows."),
        ("Our bus is 14.", "Our bus is [place 1]."),
        ("My kid rides 31.", "My kid rides [place 1]."),
    ],
)
def test_long_numbers_and_numbers_in_words_go(words, left, talk):
    assert left_of(words, talk) == left


@pytest.mark.parametrize(
    "words",
    [
        "bus one time broke, our bus one day crashed, on the bus one is loud",
        "bus twenty minutes late, the bus nine times out of ten, the bus ten of us",
        "the two bus drivers, bus four kids, we bus 1200 students, the bus two hours late",
        "the bus 2024 schedule, bus first thing, the one bus",
        "our bus is 14 minutes late, the 22 students never came, we took 3 home",
    ],
)
def test_counts_in_words_stay(words, talk):
    assert left_of(words, talk) == words
