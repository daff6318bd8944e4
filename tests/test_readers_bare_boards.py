"""Boards that Miro and FigJam export without heads: notes of nobody in particular."""

import csv

import pytest

from empathy_insights.readers import read_corpus

KIDS = [
    "not enough time to eat - I throw half away",
    "The line is too long, I get 6 min",
    "Nobody plays with me at recess so I walk the fence",
]
ADULTS = ["I eat standing up in nine minutes", "two aides for 140 kids"]
YELLOW = "#fff9b1"
TOLD, TAUGHT = "What kids told us", "What teachers told us"

BOARDS = {
    "colours": (
        "Lunch.csv",
        [["Lunch & Recess"], [""], [TOLD, "", ""]]
        + [[note, "", YELLOW] for note in KIDS]
        + [[TAUGHT, "", ""]]
        + [[note, "", "#f00"] for note in ADULTS]
        + [["HOW MIGHT WE...", "", ""]],
    ),
    "one column": (
        "Miro - Lunch.csv",
        [["Lunch board"], [""], [TOLD]]
        + [[note] for note in KIDS]
        + [[""], [TAUGHT]]
        + [[note] for note in ADULTS],
    ),
    "frames side by side": (
        "figjam_lunch.csv",
        [[TOLD, TAUGHT]]
        + [list(pair) for pair in zip(KIDS, [*ADULTS, ""], strict=True)],
    ),
}


@pytest.fixture
def read(tmp_path):
    def write_and_read(name, rows):
        with (tmp_path / name).open("w", newline="") as opened:
            csv.writer(opened, quoting=csv.QUOTE_ALL).writerows(rows)
        return read_corpus(tmp_path / name)

    return write_and_read


def parts(corpus):
    turns = corpus.utterances
    asked = turns[turns["is_facilitator"]]["text"].tolist()
    return asked, turns[~turns["is_facilitator"]]["text"].tolist()


@pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)
def test_notes_of_a_board_are_nobodys_and_frames_are_what_they_answer(read, board):
    corpus = read(*board)

    assert parts(corpus) == ([TOLD, TAUGHT], KIDS + ADULTS)
    assert corpus.participants.empty
    assert (
        "posts without a name count by document and not by people: 5"
        in corpus.problems["problem"].tolist()
    )


def test_a_first_note_with_a_colour_is_no_title_and_who_is_named_wrote_theirs(read):
    rows = [[KIDS[0], "Yellow", "Visitor"], [KIDS[1], "Light blue", "Visitor"]]
    nameless = read("export.csv", rows)
    named = read("board.csv", [*rows, [KIDS[2], "Pink", "Ana Ruiz"]])

    assert parts(nameless) == ([], KIDS[:2])
    assert nameless.participants.empty
    assert parts(named) == ([], KIDS)
    assert named.utterances["participant_id"].dropna().tolist() == ["board:p01"]


def test_a_board_without_titles_has_none(read):
    corpus = read("Miro.csv", [[note] for note in KIDS])

    assert parts(corpus) == ([], KIDS)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("lunch.csv", [["What helps you?"], *([note] for note in KIDS)]),
        ("mural project.csv", [["What helps you?"], *([note] for note in KIDS)]),
        ("Miro survey.csv", [["What helps you?"], *([note] for note in KIDS)]),
        (
            "lunch.csv",
            [["What is hard at lunch?", "What is your favorite color?"]]
            + [[note, "blue"] for note in KIDS],
        ),
        (
            "Miro export.csv",
            [["Timestamp", "What is hard at lunch?"]]
            + [[f"10/2/2025 9:0{n}", note] for n, note in enumerate(KIDS)],
        ),
    ],
)
def test_answers_of_a_survey_stay_peoples(read, name, rows):
    assert len(read(name, rows).participants) == len(KIDS)
