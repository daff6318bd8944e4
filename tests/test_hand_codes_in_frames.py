"""Codes in a DataFrame go the way of the same table in a file."""

import pandas as pd
import pytest

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.hand import read_codings
from empathy_insights.coding.review.decision_files import decisions_of, with_decisions
from empathy_insights.coding.review.remembered import remember
from empathy_insights.errors import EmpathyInsightsWarning, TableError
from empathy_insights.tables import CODINGS
from empathy_insights.text.segments import segment

BOOK = Codebook(
    "b", "B", themes=(Theme("bus", "The bus"), Theme("food", "School food"))
)
LATER = Codebook(
    "b", "B", themes=(Theme("bus", "The bus"), Theme("naps", "Naps"), Theme("food", "Food"))
)  # fmt: skip
IDS = [f"d:{n:04d}.01" for n in (1, 2, 3)]


@pytest.fixture
def both(tmp_path):
    """Return what a frame says, and the same as a .csv file."""

    def told(frame, book=BOOK, segments=None):
        file = tmp_path / "codes.csv"
        frame.to_csv(file, index=False)
        found = [decisions_of(one, book, segments) for one in (frame, file)]
        rows = [one[["segment_id", "theme", "status", "asked"]] for one in found]
        pd.testing.assert_frame_equal(*rows)
        whys = [
            [(p["line"], p["problem"]) for p in one.attrs["problems"]] for one in found
        ]
        assert whys[0] == whys[1]
        return found[0]

    return told


@pytest.mark.parametrize(
    "written",
    ["The bus", "the  BUS", " bus ", "Bus", "The bus [bus]", "Travel > The bus"],
)
@pytest.mark.parametrize("status", ["human", "Human", " HUMAN", "", None])
def test_a_theme_and_a_status_may_be_written_as_in_a_file(both, written, status):
    frame = pd.DataFrame(
        {"segment_id": IDS, "theme": [written, None, "no_theme"], "status": status}
    )

    told = both(frame)

    assert told["theme"].tolist() == ["bus", "no_theme", "no_theme"]
    assert set(told["asked"]) == {""}
    assert set(told["status"]) == {"human"}


@pytest.mark.parametrize("nothing", ["none", "No theme", "Nothing applies", "no code"])
def test_that_no_theme_applies_may_be_said_in_words(both, nothing):
    told = both(pd.DataFrame({"segment_id": IDS, "theme": ["bus", nothing, nothing]}))

    assert told["theme"].tolist() == ["bus", "no_theme", "no_theme"]
    assert set(told["asked"]) == {""}


def test_a_theme_that_is_called_none_is_a_theme(both):
    book = Codebook("b", "B", themes=(Theme("bus", "Bus"), Theme("void", "None")))

    told = both(pd.DataFrame({"segment_id": IDS, "theme": "none"}), book)

    assert set(told["theme"]) == {"void"}


def test_heads_may_be_those_of_a_file(both):
    assert (
        both(pd.DataFrame({"Segment": IDS, "Code": "food", "rater": "kim"}))[
            "coder"
        ].tolist()
        == ["kim"] * 3
    )


@pytest.mark.parametrize("theme", ["cats", None])
def test_codes_of_another_codebook_are_refused_and_no_zeros(theme):
    frame = pd.DataFrame({"segment_id": IDS, "theme": ["dogs", "dogs", theme]})

    with pytest.raises(TableError, match="no row holds a theme of the codebook 'B'"):
        decisions_of(frame, BOOK)


def test_a_misspelt_theme_stays_open_and_the_rest_counts(both):
    frame = pd.DataFrame(
        {"segment_id": [*IDS, IDS[1]], "theme": ["buss", "buss", "", "food"]}
    )

    told = both(frame)

    # Nobody was asked about the bus in words that are understood.
    assert told[["segment_id", "theme", "asked"]].to_numpy().tolist() == [
        [IDS[1], "food", "food"],
        [IDS[2], "no_theme", "food"],
    ]


def test_a_slip_leaves_its_theme_open_in_its_passage_alone(both):
    frame = pd.DataFrame(
        {"segment_id": [IDS[0], *IDS], "theme": ["bus", "fod", "bus", "food"]}
    )

    told = both(
        frame, Codebook("b", "B", themes=(Theme("bus", "Bus"), Theme("food", "Food")))
    )

    assert told[["theme", "asked"]].to_numpy().tolist() == [
        ["bus", "bus"], ["bus", ""], ["food", ""],
    ]  # fmt: skip


def test_a_theme_that_came_later_is_open_and_one_that_is_gone_costs_no_passage(both):
    frame = pd.DataFrame(
        {"segment_id": [IDS[0], *IDS], "theme": ["sleep", "bus", "sleep", "food"]}
    )

    told = both(frame, LATER)

    assert told[["segment_id", "theme", "asked"]].to_numpy().tolist() == [
        [IDS[0], "bus", "bus;food"],
        [IDS[1], "no_theme", "bus;food"],
        [IDS[2], "food", "bus;food"],
    ]
    assert (
        "codes in it are no themes of the codebook, so 1 theme that it never names"
        in (told.attrs["problems"][0]["problem"])
    )
    machine = CODINGS.completed(pd.DataFrame({"segment_id": IDS, "theme": "naps"}))
    kept = with_decisions(machine.assign(coder="machine", status="auto"), told, LATER)
    assert (kept["theme"] == "naps").sum() == 3


def test_one_reader_s_other_words_say_nothing_of_what_another_was_asked(both):
    frame = pd.DataFrame(
        {
            "segment_id": IDS,
            "coder": ["kim", "lee", "lee"],
            "theme": ["bus", "transport", "food"],
        }
    )

    told = both(frame).set_index("coder")

    assert told.loc["kim", "asked"] == ""
    assert set(told.loc["lee", "asked"]) == {"food"}


def test_codes_are_known_where_all_themes_are_known(both):
    told = both(pd.DataFrame({"segment_id": IDS, "theme": ["bus", "bus", "no_theme"]}))

    assert set(told["asked"]) == {""}


def test_themes_rename_codes_of_a_table_of_ids_too(tmp_path):
    file = tmp_path / "codes.csv"
    file.write_text(
        f"segment_id,theme\n{IDS[0]},rides\n{IDS[1]},sleep\n{IDS[2]},food\n"
    )

    with pytest.warns(
        EmpathyInsightsWarning, match="1 theme that it never names stays open"
    ):
        told = read_codings(file, LATER, themes={"Rides": "The bus", "sleep": ""})

    assert told["theme"].tolist() == ["bus", "no_theme", "food"]
    assert set(told["asked"]) == {"bus;food"}


def test_codings_of_another_codebook_leave_its_new_themes_open(tmp_path):
    file = tmp_path / "codes.csv"
    file.write_text(f"segment_id,theme\n{IDS[0]},bus\n{IDS[1]},food\n")
    before = read_codings(file, BOOK)

    before.to_csv(tmp_path / "kept.csv", index=False)

    for one in (before, tmp_path / "kept.csv"):
        assert set(decisions_of(one, LATER)["asked"]) == {"bus;food"}
        assert set(decisions_of(one, BOOK)["asked"]) == {""}


def test_evidence_and_notes_in_a_frame_stay():
    frame = CODINGS.completed(pd.DataFrame({"segment_id": IDS, "theme": "The bus"}))
    frame = frame.assign(evidence_start=[1.0, 2.0, None], care=[True, False, False])

    told = decisions_of(frame, BOOK)

    assert told["care"].tolist() == [True, False, False]
    assert told["evidence_start"].tolist()[:2] == [1.0, 2.0]


# Codes stay with their words, where anything tells which those are.

TURNS = [
    ("ana", "The bus is never on time in the morning."),
    ("ana", "Lunch is cold by the time that I sit down."),
    ("ana", "My friends wait for me at the gate."),
]
NEW = ("ana", "It is just my father and me at home.")


def _moved(talk, frame):
    now = segment(talk({"d": [TURNS[0], NEW, *TURNS[1:]]}))
    found = remember([], [], BOOK, now, hand_codes=frame)
    texts = now.set_index("segment_id")["text"]
    rows = found.decisions
    return (
        {
            theme: texts[one]
            for one, theme in zip(rows["segment_id"], rows["theme"], strict=True)
        },
        found.problems["problem"].tolist(),
    )


@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("part", [slice(None), slice(6, 30), slice(8, 25)])
@pytest.mark.parametrize("head", ["text", "Quote"])
def test_codes_with_words_stay_with_them(talk, part, head, left):
    then = segment(talk({"d": TURNS}))
    quotes = then["text"].str[part]
    if left:
        quotes = quotes.str[:8] + " […] " + quotes.str[-6:]
    frame = pd.DataFrame({
        "segment_id": then["segment_id"], "theme": ["bus", "food", "no_theme"],
        head: quotes, "words": [9, 10, 8],
    })  # fmt: skip

    found = remember([], [], BOOK, then, hand_codes=frame)

    assert found.problems.empty
    assert found.decisions["segment_id"].tolist() == then["segment_id"].tolist()


@pytest.mark.parametrize("part", [slice(None), slice(6, 30)])
@pytest.mark.parametrize("head", ["text", "Quote"])
def test_codes_with_words_go_where_their_words_are(talk, part, head):
    then = segment(talk({"d": TURNS}))
    frame = pd.DataFrame({
        "segment_id": then["segment_id"], "theme": ["bus", "food", "no_theme"],
        head: then["text"].str[part],
    })  # fmt: skip

    placed, problems = _moved(talk, frame)

    assert placed["bus"] == TURNS[0][1]
    assert placed["food"] == TURNS[1][1]
    assert problems == []


def test_columns_of_somebody_s_own_stay_out_of_a_study(talk):
    then = segment(talk({"d": TURNS}))
    frame = then.assign(theme="bus", code="B1", mood="calm")  # with their words

    found = remember([], [], BOOK, then, hand_codes=frame).decisions

    assert not {"text", "start", "utterance_id", "code", "mood"} & {*found.columns}
    assert (found["fingerprint"] != "").all()


def test_codes_by_id_alone_are_told_since_nobody_can_see_their_words(talk):
    then = segment(talk({"d": TURNS}))
    frame = pd.DataFrame(
        {"segment_id": then["segment_id"], "theme": ["bus", "food", "bus"]}
    )

    _, problems = _moved(talk, frame)

    assert [one.partition(",")[0] for one in problems] == [
        "it names passages by their ids alone"
    ]


def test_codes_of_passages_that_are_nowhere_are_refused(talk):
    with pytest.raises(TableError, match="speak of 1 passage that this study does not"):
        _moved(
            talk, pd.DataFrame({"segment_id": [IDS[0], "Wren is ill"], "theme": "bus"})
        )
    with pytest.raises(TableError) as caught:
        _moved(
            talk, pd.DataFrame({"segment_id": [IDS[0], "Wren is ill"], "theme": "bus"})
        )
    assert "Wren" not in str(caught.value)
