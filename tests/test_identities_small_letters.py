"""Names in small letters that lists have go wherever people stand. All are invented."""

import pytest

from empathy_insights import read_corpus
from empathy_insights.identities import deidentify


def left(talk, line):
    """Return what stays of a line."""
    done = deidentify(talk({"a": [("s01", line)]}), ner=None)
    return done.corpus.utterances["text"].item()


@pytest.mark.parametrize(
    "line",
    [
        "the teacher moved {} to the back", "so i can talk abt {}", "she hit {} with a ruler",
        "i kno {} did it", "he always picks {} first", "they muted {} again",
        "poor {} got blamed", "ask lil {} about it",
    ],
)  # fmt: skip
def test_whom_something_is_done_to_goes(talk, line):
    told = left(talk, line.format("brayden"))

    assert told in {line.format("[person 1]"), "ask [person 1] about it"}


@pytest.mark.parametrize("name", ["maddie", "gabby", "izzy", "zeke", "tyreek", "matt"])
@pytest.mark.parametrize("line", ["hii its {}", "idk ask {}", "i usually go with {}"])
def test_a_nickname_goes(talk, name, line):
    assert left(talk, line.format(name)) == line.format("[person 1]")


@pytest.mark.parametrize(
    "name", ["gurpreet", "jiyeon", "thatcher", "juniper", "deqa", "nhung"]
)
def test_a_name_that_is_hardly_a_word_goes(talk, name):
    line = "yesterday {} got in trouble for no reason"
    assert left(talk, line.format(name)) == line.format("[person 1]")


@pytest.mark.parametrize(
    "line", ["{} said it was his", "me and {} are on the team", "I sit with {}."]
)
@pytest.mark.parametrize("name", ["aj", "TJ", "CJ", "kj"])
def test_two_letters_that_somebody_is_called_by_go(talk, line, name):
    assert left(talk, line.format(name)) == line.format("[person 1]")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("no bc kervens did the same thing", "no bc [person 1] did the same thing"),
        ("the petrov twins are loud", "the [person 1] twins are loud"),
        ("the roblox kids are loud", "the roblox kids are loud"),
        ("the eighth grade boys", "the eighth grade boys"),
    ],
)
def test_families_and_whoever_stands_behind_a_word_of_chats_go(talk, line, told):
    assert left(talk, line) == told


def test_an_account_that_begins_with_a_name_goes_whole(talk):
    assert (
        left(talk, "it is on her desk (maria.tran27)") == "it is on her desk ([handle])"
    )


@pytest.mark.parametrize(
    "line",
    [
        "we shop at TJ Maxx", "mark.report3 is open", "the grade.level4 tasks",
        "we bought it at Old Navy", "i like the navy uniforms", "trace the letters first",
        "the atlas is old", "we took the lead", "they made lunch", "i used a stew pot",
    ],
)  # fmt: skip
def test_words_that_are_names_elsewhere_stay(talk, line):
    assert left(talk, line) == line


def test_a_title_above_small_letters_hides_no_name(talk):
    line = "New Recording 23\nso what's your name i'm {} and you ride bus nine"

    assert "jaxson" not in left(talk, line.format("jaxson"))


@pytest.mark.parametrize(
    "line", ["Yesterday {} got in trouble.", "Idk {} did it.", "We all like {}."]
)
def test_a_name_in_small_letters_goes_amid_capitals(talk, line):
    assert left(talk, line.format("brayden")) == line.format("[person 1]")


@pytest.mark.parametrize("head", ["Who is your best friend?", "Teacher"])
def test_an_answer_to_who_is_somebodys_name(head, tmp_path):
    told = {
        "Destiny": "when i dont get it and my mom is at work",
        "Hope": "never in the winter",
        "mark": "four pages and i have swim",
        "my mom": "sunday night after church",
    }
    rows = [f"{n},{words},{who}" for n, (who, words) in enumerate(told.items())]
    table = "\n".join([f"ID,When is homework hard?,{head}", *rows])
    (tmp_path / "kids.csv").write_text(table, encoding="utf-8")

    done = deidentify(read_corpus(tmp_path), ner=None).corpus

    left = done.participants.to_csv() + done.documents["text"].item()
    assert not any(name in left for name in ("Destiny", "Hope", "mark"))
    assert ",my mom" in left


@pytest.mark.parametrize(
    "name",
    ["devon bowman", "tiana price", "jayden king", "josue de la cruz-mendez", "mia brown", "kayla banks"],
)  # fmt: skip
@pytest.mark.parametrize("line", ["i sat with {} at lunch", "it was {}.", "{} said no"])
def test_a_surname_that_is_a_word_goes_with_its_given_name(talk, name, line):
    assert left(talk, line.format(name)) == line.format("[person 1]")
    assert left(talk, line.format(name).upper()) == line.upper().format("[person 1]")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("we gave kayla brown paint", "we gave [person 1] brown paint"),
        ("marcus may come later", "[person 1] may come later"),
        ("the price of lunch went up", "the price of lunch went up"),
        ("i saw jayden school was out", "i saw [person 1] school was out"),
    ],
)
def test_a_word_behind_a_given_name_stays(talk, line, told):
    assert left(talk, line) == told
