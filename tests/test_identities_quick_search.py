"""What is passed over to search long texts quickly holds nothing that would be found."""

import random

import pytest

from empathy_insights.identities import _bus_lines, _cued, _near_places, _patterns
from empathy_insights.identities._contacts import _CONTACTS
from empathy_insights.identities._spoken import ANY_WORD
from empathy_insights.identities._word_spans import Words, tokens_of

SAID = (
    "",
    "Dr. Wu. came, St. Ana's too",
    "[student 3] told Ana’s  mother: [phone] — no. I said [x] so",
    "Jose\u0301 y A\u0301ngel, e\u0301\u0301e",
    "\u0301a 3rd o'clock _x_ İstanbul",
)
PARTS = (
    "born", "Born on", "birth day", "DOB:", "d.o.b. is", "date of birth", "3/4/2009", "May 3",
    "+1 555 123 4567", "(555) 123-4567", "555-1234", "0123 456 7890", "call me at 555 1234",
    "Student ID 123456", "ſtudent number is 4567", "İD 12345", "ıd: 12345", "PIN# AB1234",
    "login", "library card 12345", "a@b.co", "@handle", "x@y", "a (at) b (dot) co", "[at] x", "ana_b#1234", "www.a.com", "https://x.org/y",
    "foo.com/bar", "123-45-6789", "1234567", "#A1234567", "000000", "20,000,000", "9 1 1", "é",
    "_", ".", "/", "=", "the", "\n", " ",
)  # fmt: skip


WAYS = (
    *_cued._PLACES,
    *_cued._SURE,
    *_bus_lines._LINES[:-1],  # the last one is of buses only where these are spoken of
    _cued._CALLE,
    *_near_places._BY_LAST,
    *(way for way, _ in _near_places._BY_WHAT_STANDS_BEFORE),
    *_patterns._ENDING,
)
AROUND = (
    "Oak", "Willow Bend", "the", "at", "on", "to", "from", "and", "22", "a", "live in", "is",
    "de", "y", "St.", "2nd", "we", "We're the Oaks", "works", "played", "number", "Lady", ",",
    "transferred to", "kids off the", "enrolled in", "named", "barber shop on", "que se llama",
    "at Our Lady of", "go to Our Lady of",
)  # fmt: skip


@pytest.fixture(scope="module")
def texts() -> list[str]:
    chosen = random.Random(0)
    return [
        "".join(
            chosen.choice(PARTS) + chosen.choice(("", " ", " ", "\n"))
            for _ in range(chosen.randint(1, 9))
        )
        for _ in range(3000)
    ]


def test_a_contact_is_found_wherever_its_pattern_fits(texts):
    for contact in _CONTACTS:
        found = [[m.span() for m in contact.find(text)] for text in texts]

        assert any(found), contact.kind
        assert found == [
            [m.span() for m in contact.written.finditer(text)] for text in texts
        ]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.written.pattern[:40])
def test_a_place_is_found_wherever_its_pattern_fits(way):
    """But for `PS 118`, which is looked for wherever there is a digit."""
    chosen = random.Random(0)
    every = sorted({word for one in WAYS for word in one.needs})
    parts = [AROUND, AROUND, sorted(way.needs) or AROUND, every]
    said = [
        " ".join(chosen.choice(chosen.choice(parts)) for _ in range(6))
        for _ in range(3000)
    ]
    found = [[m.span() for m in way.written.finditer(text)] for text in said]
    quick = [
        [m.span() for m in way.find(text, frozenset(ANY_WORD.findall(text)))]
        for text in said
    ]

    assert any(found)
    assert quick == found


def test_a_word_is_the_same_whether_it_is_made_alone_or_with_all(texts):
    for text in (*SAID, *texts[:300]):
        words = Words(text)

        assert [*words] == tokens_of(text)
        assert words[-2:] == tokens_of(text)[-2:]
        assert words.lows == [word.low for word in tokens_of(text)]
