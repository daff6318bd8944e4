"""Walls of notes, and exports of coded passages: a row a post, under what it answers."""

import csv

import pytest

from empathy_insights.corpus import heard
from empathy_insights.readers import read_corpus
from empathy_insights.readers.surveys.posts import post_columns

PADLET = [
    ["Subject", "Body", "Author", "Section", "Color", "Reactions", "Comments"],
    ["READ FIRST", "Post one note in each column.", "Ms. Falk", "Directions", "red", "0", ""],
    ["", "In the band room", "Anonymous", "Where do you belong?", "", "6", ""],
    ["stamps", "Behind the desk in the library", "Anonymous", "Where do you belong?", "", "4",
     "Anonymous: me too"],
    ["", "Soccer", "Devin K", "Where do you belong?", "", "0", ""],
    ["", "Ask us first", "Devin K", "What could adults do?", "", "2", ""],
    ["", "Thank you all", "Ms. Falk", "What could adults do?", "", "0", ""],
]  # fmt: skip
MURAL = [
    ["ID", "Text", "Sticky Note Type", "BG Color", "Position X", "Area", "Last Updated By"],
    ["0", "Belonging, January 5", "Title", "#FFF", "1", "", "Gloria Stark"],
    ["1", "5 minutes, silent", "Text", "", "2", "", "Gloria Stark"],
    ["2", "To be greeted by name", "Sticky note", "#FF0", "3", "What do they need?", "Visiting Heron"],
    ["3", "Time with us", "Sticky note", "#FF0", "4", "What do they need?", "Visiting Otter"],
    ["4", "", "Sticky note", "#FF0", "5", "What do they need?", "Visiting Otter"],
    ["5", "Type something", "Sticky note", "#FF0", "6", "Parking lot", "Visiting Otter"],
    ["6", "When is lunch duty?", "Sticky note", "#FF0", "7", "Parking lot", "Visiting Heron"],
]  # fmt: skip
CODED = [
    ["Comment", "Document group", "Document name", "Code", "Begin", "Segment", "Created by"],
    ["", "Students", "S01_Nia", "Trust", "4", "He remembers my dog", "kim"],
    ["ask Dee", "Students", "S02_Bram", "Trust", "3", "R: She waits.\nI: And in class?\nR: I just nod.", "kim"],
    ["", "Students", "S02_Bram", "Pace", "3", "R: She waits.\nI: And in class?\nR: I just nod.", "kim"],
    ["", "Tutors", "T01_Aisha", "Rooms", "7", "I had six on my list", "kim"],
]  # fmt: skip
HIGHLIGHTS = [
    ["Highlight ID", "Text", "Tags", "Note title", "Participant", "Segment", "Created by"],
    ["h1", "Same person each week", "trust; time", "S07", "Amari", "Student", "Kim Osei"],
    ["h2", "Coach Dell: You miss it, you sit.", "rules", "Adults", "Coach Dell", "Teacher", "Kim Osei"],
    ["h3", "[00:14:22] What of June?", "summer", "Call 3", "Mrs. Abara", "Family", "Kim Osei"],
    ["h4", "One thing: ask us", "voice", "S11", "", "Student", "Kim Osei"],
]  # fmt: skip


@pytest.fixture
def read(tmp_path):
    def write_and_read(rows, name="wall.csv"):
        with (tmp_path / name).open("w", newline="") as opened:
            csv.writer(opened).writerows(rows)
        return read_corpus(tmp_path / name)

    return write_and_read


def said(corpus):
    turns = corpus.utterances.fillna({"speaker": "", "participant_id": ""})
    own = turns[~turns["is_facilitator"]]
    return list(zip(own["speaker"], own["text"], strict=True))


def test_a_wall_is_read_under_its_questions_and_without_who_made_it(read):
    corpus = read(PADLET)

    assert said(corpus) == [
        ("", "In the band room"),
        ("", "Behind the desk in the library"),
        ("Devin K", "Soccer"),
        ("Devin K", "Ask us first"),
    ]
    asked = corpus.utterances.query("is_facilitator and speaker.isna()")["text"]
    assert asked.tolist() == ["Where do you belong?", "What could adults do?"]
    assert len(heard(corpus)) == 1
    problems = corpus.problems["problem"].tolist()
    assert "posts without a name count by document and not by people: 2" in problems


def test_titles_empty_notes_and_placeholders_are_nobodys(read):
    corpus = read(MURAL)

    assert said(corpus) == [
        ("Visiting Heron", "To be greeted by name"),
        ("Visiting Otter", "Time with us"),
        ("Visiting Heron", "When is lunch duty?"),
    ]
    assert len(heard(corpus)) == 2


MOVED = [
    ["ID", "Text", "Type", "BG Color", "Area", "Created by", "Last updated by", "Tags"],
    ["1", "Add your notes here", "text", "", "Instructions", "Gloria Stark", "Gloria Stark", ""],
    ["2", "I eat alone on B days", "sticky note", "#F", "Students", "Visiting Lion", "Gloria Stark", ""],
    ["3", "We get 11 minutes", "sticky note", "#A", "Teachers", "Corinne Abt", "Gloria Stark", "time"],
    ["4", "Recess is taken away", "sticky note", "#A", "Teachers", "Corinne Abt", "Corinne Abt", ""],
]  # fmt: skip


def test_who_moves_a_note_does_not_say_it(read):
    corpus = read(MOVED)

    assert said(corpus) == [
        ("Visiting Lion", "I eat alone on B days"),
        ("Corinne Abt", "We get 11 minutes"),
        ("Corinne Abt", "Recess is taken away"),
    ]
    assert len(heard(corpus)) == 2


def test_a_passage_with_two_codes_is_said_once_and_what_is_asked_in_it_is_context(read):
    corpus = read(CODED)

    assert said(corpus) == [
        ("S01_Nia", "He remembers my dog"),
        ("S02_Bram", "She waits."),
        ("T01_Aisha", "I had six on my list"),
        ("S02_Bram", "I just nod."),
    ]
    roles = corpus.participants["role"].tolist()
    assert sorted(roles) == ["staff", "student", "student"]
    assert "And in class?" in corpus.utterances.query("is_facilitator")["text"].tolist()
    assert "kim" not in corpus.documents["text"].item()
    assert "--hand-codes" in " ".join(corpus.problems["advice"])


def test_highlights_are_whose_they_are_without_label_and_time(read):
    corpus = read(HIGHLIGHTS)

    assert said(corpus) == [
        ("Amari", "Same person each week"),
        ("Coach Dell", "You miss it, you sit."),
        ("Mrs. Abara", "What of June?"),
        ("S11", "One thing: ask us"),
    ]
    roles = corpus.participants["role"].tolist()
    assert roles == ["student", "teacher", "family", "student"]


@pytest.mark.parametrize(
    "heads",
    [
        "speaker,text,start",
        "Name,Grade,What helps?",
        "respondent,theme,What gets in the way?",
        "author,text",
        "Timestamp,Section,What did you like?,Comments",
        "Document,Text",
        "Student,Code,Comment,Text",
    ],
)
def test_talk_and_surveys_are_no_walls(heads):
    assert post_columns(heads.split(",")) is None


UNSIGNED = {
    "Jamboard": ("Frame", "Sticky note text", "Color", "Author"),
    "no author": ("Color", "Sticky note text", "Frame"),
    "a board": ("Author", "Text", "Board"),
}


@pytest.mark.parametrize("heads", UNSIGNED.values(), ids=UNSIGNED)
def test_notes_on_an_unsigned_wall_are_nobodys_in_particular(tmp_path, heads):
    notes = ["the copier jams", "kids greet us", "planning time"]
    signed = heads[0] == "Author"
    rows = [("" if signed else "Grows", note, "pink", "") for note in notes]
    lines = [",".join(heads), *(",".join(row[: len(heads)]) for row in rows)]
    (tmp_path / "wall.csv").write_text("\n".join(lines), encoding="utf-8")

    corpus = read_corpus(tmp_path)

    said = corpus.utterances[~corpus.utterances["is_facilitator"]]
    assert said["text"].tolist() == notes
    assert corpus.participants.empty
    assert corpus.problems["problem"].tolist() == [
        "posts without a name count by document and not by people: 3"
    ]


def test_a_wall_that_some_sign_has_their_names(tmp_path):
    text = "Frame,Sticky note text,Color,Author\nA,the copier jams,pink,Ana Ruiz\nA,kids greet us,pink,\n"
    (tmp_path / "wall.csv").write_text(text, encoding="utf-8")

    corpus = read_corpus(tmp_path)

    assert corpus.utterances["participant_id"].dropna().tolist() == ["wall:p01"]


AFFINITY = [
    ["Cluster", "Note", "Who", "Color"],
    ["Time", "I only ate my roll, then the bell", "Tobias", "yellow"],
    ["Time", "We stand in line so long", "Marisol", "yellow"],
]


@pytest.mark.parametrize(
    "row",
    [
        ["", "HMW give 5 more min??", "", "pink"],
        ["", "How might we make lunch longer?", "", "pink"],
        ["Time", "Insight: kids waste food because of the line", "", "blue"],
        ["Time", "TIME TO EAT", "", "blue"],
        ["Time", "READ ME", "Kim", "blue"],
        ["Time", "Please write one thing!", "Kim", "blue"],
    ],
)
def test_what_a_team_hangs_among_signed_notes_is_nobodys(read, row):
    corpus = read([*AFFINITY, row])

    assert said(corpus) == [("Tobias", AFFINITY[1][1]), ("Marisol", AFFINITY[2][1])]
    assert len(heard(corpus)) == len(corpus.participants) == 2
    assert row[1] in corpus.documents["text"].item()
    assert "a title, direction or finding of a team" in corpus.problems["problem"][0]


@pytest.mark.parametrize(
    ("row", "n_people"),
    [
        (["Parking lot", "ask the kitchen about a second line", "", "pink"], 2),
        (["Time", "lunch is short", "", "yellow"], 2),
        (["Time", "TACO DAY", "Osei", "green"], 3),
        (["Time", "insights help nobody eat", "Osei", "green"], 3),
        (["Time", "write one more line into the schedule for us", "Osei", "green"], 3),
        (["Time", "post a teacher at the gate", "Osei", "green"], 3),
    ],
)
def test_an_unsigned_note_is_nobodys_in_particular_and_a_signed_one_its_persons(
    read, row, n_people
):
    corpus = read([*AFFINITY, row])

    assert said(corpus)[-1] == (row[2], row[1])
    assert len(corpus.participants) == n_people


def test_a_wall_all_in_capitals_has_no_titles(read):
    rows = [[cluster, words.upper()[:12], *more] for cluster, words, *more in AFFINITY]
    corpus = read([AFFINITY[0], *rows[1:], ["Time", "TOO LOUD", "", "pink"]])

    assert said(corpus)[-1] == ("", "TOO LOUD")


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Directions", "Tell us what you think."),
        ("READ ME", "Anything goes"),
        ("", "Please write one thing!"),
        ("", "Write one thing below"),
        ("", "Post anonymously if you like"),
        ("", "Welcome! Add a post with the + button."),
    ],
)
def test_whoever_directs_a_wall_in_a_post_is_not_heard(read, subject, words):
    corpus = read([*PADLET[:1], *PADLET[2:6], [subject, words, "Mrs. Abt", PADLET[2][3], "", "0", ""]])  # fmt: skip

    assert words not in [text for _, text in said(corpus)]
    assert {speaker for speaker, _ in said(corpus)} == {"", "Devin K"}


@pytest.mark.parametrize(
    "heads",
    [
        "Student,Color,Note,What helps?",
        "Name,Favorite color,Note",
        "Who,Question,Note",
        "Date,Note",
    ],
)
def test_notes_beside_other_columns_are_no_wall(heads):
    assert post_columns(heads.split(",")) is None
