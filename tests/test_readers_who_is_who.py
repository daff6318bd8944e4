"""Voices are joined to listed people on what a person would look at, or to nobody."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.readers import people_sheet, read_corpus
from empathy_insights.readers.people import matching
from empathy_insights.readers.people.full_names import (
    Fit,
    called,
    fit,
    full_name,
    keys_in,
    keys_of,
    named_in,
    words_of_name,
)

ASKED = (
    "Dana Whitfield: What helps you at school?\n{0}: My cousin does.\n"
    "Dana Whitfield: And what does not?\n{0}: The bus, mostly.\n"
)


def listed(*rows, **more):
    columns = ["participant_id", "name", "role"]
    table = pd.DataFrame(
        [row + ("",) * (3 - len(row)) for row in rows], columns=columns
    )
    return table.assign(**more)


def write(root, files):
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return root


def joined(corpus):
    """Return path -> the ids of those who are heard in it."""
    turns = corpus.utterances[~corpus.utterances["is_facilitator"]]
    paths = corpus.documents.set_index("document_id")["path"]
    found = turns.groupby("document_id")["participant_id"]
    return {paths[name]: sorted(set(ids.dropna())) for name, ids in found}


def problems(corpus):
    return corpus.problems["problem"].tolist()


@pytest.mark.parametrize(
    "label",
    ["Oluchi", "OLUCHI", "oluchi bramwell", "obramwell", "Oluchi B", "Oluchi B.", "O. Bramwell",
     "Ms. Bramwell", "Bramwell, Oluchi", "Oluchi (she/her)", "Oluchi B (she/her)",
     "Lulu", "OB", "O.B.", "Óluchi", "Oluchi Bramwell - Grade 9", "OluchiBramwell",
     "Student (Oluchi)", "Student - Oluchi", "Oluchi she/her", "S07 Oluchi", "Ms. B.",
     "Oluchi | Grade 9", "Oluchi's iPhone", "Oluchi’s iPad (2)", "Oluchi's Galaxy S21 5G",
     "Oluchi Bramwell's MacBook Air", "Oluchi - iPhone", "iPhone de Oluchi"],
)  # fmt: skip
def test_a_voice_is_found_by_what_people_call_somebody(tmp_path, label):
    write(tmp_path, {"a.txt": ASKED.format(label)})
    table = listed(
        ("p1", "Oluchi Bramwell"), ("p2", "Teo Marchetti"), nickname=["Lulu", ""]
    )

    assert joined(read_corpus(tmp_path, participants=table)) == {"a.txt": ["p1"]}


@pytest.mark.parametrize(
    "label", ["Jo", "JO", "jo", "Jo (8th grade)", "Jo L.", "Jo Lee"]
)
def test_a_first_name_of_two_letters_is_found_before_anybodys_initials(tmp_path, label):
    write(tmp_path, {"a.txt": ASKED.format(label)})
    people = listed(("p1", "Jada Ortiz"), ("p2", "Jo Lee"), ("p3", "Al Fox"))

    assert joined(read_corpus(tmp_path, participants=people)) == {"a.txt": ["p2"]}


@pytest.mark.parametrize("label", ["Jo", "Student", "St", "M J"])
def test_two_letters_of_nobody_in_the_list_stay_nobodys(tmp_path, label):
    write(tmp_path, {"a.txt": ASKED.format(label)})
    people = listed(("p1", "Jada Ortiz"), ("p2", "Li Wei"), ("p3", "Joanna Diaz"))
    found = read_corpus(tmp_path, participants=people).utterances["participant_id"]

    assert not {"p1", "p2", "p3"} & set(found)


@pytest.mark.parametrize("label", ["Oluchi", "Lulu"])
def test_two_people_with_one_first_name_are_never_merged(tmp_path, label):
    write(tmp_path, {"a.txt": ASKED.format(label)})
    table = listed(
        ("p1", "Oluchi Bramwell"), ("p2", "Oluchi Tan"), nickname=["Lulu", "Lulu"]
    )

    corpus = read_corpus(tmp_path, participants=table)

    assert joined(corpus) == {"a.txt": ["a:p01"]}
    assert problems(corpus) == [
        "1 voice might be somebody of the table and counts apart: speaker 1 of a "
        "(p1 or p2: several people fit)",
        "2 people are in no document, of 2 listed: p1, p2",
    ]


def test_of_two_with_one_first_name_the_folder_of_the_school_tells(tmp_path):
    write(tmp_path, {"Eastgate/a.txt": ASKED.format("Oluchi")})
    table = listed(("p1", "Oluchi Bramwell"), ("p2", "Oluchi Tan"),
                   school=["Harbor High School", "Eastgate High School"])  # fmt: skip

    assert joined(read_corpus(tmp_path, participants=table)) == {
        "Eastgate/a.txt": ["p2"]
    }


def test_a_first_name_in_the_folder_of_another_school_is_in_doubt(tmp_path):
    write(tmp_path, {"Eastgate/a.txt": ASKED.format("Oluchi")})
    table = listed(("p1", "Oluchi Bramwell"), ("p2", "Teo Marchetti"),
                   school=["Harbor High School", "Eastgate High School"])  # fmt: skip

    corpus = read_corpus(tmp_path, participants=table)

    assert joined(corpus) == {"Eastgate/a.txt": ["Eastgate_a:p01"]}
    assert "the file speaks against it" in problems(corpus)[0]


@pytest.mark.parametrize(
    ("label", "name"),
    [("Mrs. Bramwell", "Ada Bramwell"), ("Bramwell (parent of Ada)", "Ada Bramwell")],
)
def test_a_parent_is_not_taken_for_the_child_of_that_name(tmp_path, label, name):
    write(tmp_path, {"a.txt": ASKED.format(label)})

    corpus = read_corpus(tmp_path, participants=listed(("p1", name, "student")))

    assert joined(corpus) == {"a.txt": ["a:p01"]}


def test_a_title_chooses_the_adult_of_a_family(tmp_path):
    write(tmp_path, {"a.txt": ASKED.format("Mrs. Bramwell")})
    table = listed(
        ("p1", "Ada Bramwell", "student"), ("p2", "Ngozi Bramwell", "parent")
    )

    assert joined(read_corpus(tmp_path, participants=table)) == {"a.txt": ["p2"]}


@pytest.mark.parametrize("label", ["Speaker 2", "A", "P1", "Participant", "S"])
@pytest.mark.parametrize(
    "name",
    ["Interview w Oluchi 3-12.txt", "bramwell_oluchi_gr9.txt", "Ms Bramwell FINAL.txt",
     "O. Bramwell.txt", "OluchiB-transcript.txt"],
)  # fmt: skip
def test_the_only_one_who_answers_is_whom_the_file_is_named_after(
    tmp_path, label, name
):
    write(tmp_path, {name: ASKED.format(label)})
    table = listed(("p1", "Oluchi Bramwell"), ("p2", "Teo Marchetti"))

    assert joined(read_corpus(tmp_path, participants=table)) == {name: ["p1"]}


@pytest.mark.parametrize(
    "head",
    ["Interview with Oluchi Bramwell\n12 March\n\n", "Participant: Oluchi\n\n",
     "---\nparticipants: [Oluchi Bramwell]\n---\n", "Name: Bramwell, Oluchi\nGrade: 9\n\n"],
)  # fmt: skip
def test_the_only_one_who_answers_is_whom_the_head_names(tmp_path, head):
    write(tmp_path, {"a.txt": head + ASKED.format("Participant")})
    table = listed(("p1", "Oluchi Bramwell"), ("p2", "Teo Marchetti"))

    assert joined(read_corpus(tmp_path, participants=table)) == {"a.txt": ["p1"]}


def test_a_column_of_files_says_who_answers(tmp_path):
    write(tmp_path, {"IMG_01.txt": ASKED.format("Speaker 2")})
    table = listed(("p1", "Oluchi Bramwell"), ("p2", "Teo Marchetti"),
                   file=["", "IMG_01.txt"])  # fmt: skip

    assert joined(read_corpus(tmp_path, participants=table)) == {"IMG_01.txt": ["p2"]}


def test_two_who_answer_are_not_both_whom_the_file_is_named_after(tmp_path):
    talk = ASKED.format("Speaker 2") + "Speaker 3: I walk to school.\n"
    write(tmp_path, {"oluchi.txt": talk})

    corpus = read_corpus(tmp_path, participants=listed(("p1", "Oluchi Bramwell")))

    assert joined(corpus) == {"oluchi.txt": ["oluchi:p01", "oluchi:p02"]}


def test_a_first_name_is_doubted_where_the_file_is_named_after_another(tmp_path):
    write(tmp_path, {"teo marchetti.txt": ASKED.format("Oluchi")})
    table = listed(("p1", "Oluchi Bramwell"), ("p2", "Teo Marchetti"))

    corpus = read_corpus(tmp_path, participants=table)

    assert joined(corpus) == {"teo marchetti.txt": ["teo_marchetti:p01"]}
    assert "(p1 or p2: the file is named after somebody else)" in problems(corpus)[0]


@pytest.mark.parametrize(
    ("name", "text"),
    [("corridor.txt", "Talked to Oluchi Bramwell by the lockers.\n\nShe walks to school.\n"),
     ("Notes - Oluchi.md", "# Phone call, 4 March\n\n- She walks to school.\n"),
     ("call.md", "# Notes from my call with Ms. Bramwell\n\n- She walks to school.\n")],
)  # fmt: skip
def test_notes_of_a_talk_with_one_person_count_as_hers(tmp_path, name, text):
    write(tmp_path, {name: text})
    table = listed(("p1", "Oluchi Bramwell"), ("p2", "Teo Marchetti"))

    corpus = read_corpus(tmp_path, participants=table)

    assert joined(corpus) == {name: ["p1"]}


PLACES = {
    "Lunch group, grade 5, Pine Hill": "lunch.md",
    "Lunch group at Fox Hill Elementary, 5th grade": "lunch.md",
    "Focus group, Oak Park, 10/21": "lunch.md",
    "Focus group at Washington Middle": "lunch.md",
    "Focus group, Jordan High School": "lunch.md",
    "Escuela Benito Hill, grupo 1": "lunch.md",
    "Lunch group": "pine hill grade 5.md",
    "Lunch": "oak_park_fg1.md",
    "Lunch with the fifth grade": "WashingtonMS lunch.md",
    "Lunch with the fourth grade": "lunch Hill Academy.md",
    "Lunch with the third grade": "Brookside lunch.md",
}


@pytest.mark.parametrize("title", PLACES)
def test_notes_with_a_school_in_their_title_are_nobodys(tmp_path, title):
    write(tmp_path, {PLACES[title]: f"# {title}\n\n- the bus is loud\n- no recess\n"})
    names = ["Maria Hill", "Joe Park", "Dee Washington", "Jordan Ruiz", "Ana Brookside"]
    people = listed(*((f"p{n}", name, "parent") for n, name in enumerate(names)))
    people = people.assign(school=["", "", "", "", "Brookside Elementary"])

    assert joined(read_corpus(tmp_path, participants=people)) in (
        {PLACES[title]: []},
        {},
    )


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Notes from a talk with Hill, 5th grade", "lunch.md"),
        ("Interview with Maria Hill at Oak Park", "lunch.md"),
        ("Interview with Ms. Hill, Washington Middle", "lunch.md"),
        ("Phone call, grandmother Hill", "lunch.md"),
        ("Notes", "hill 10-12.md"),
        ("Notes", "interview_hill_gr5.md"),
        ("Notes", "Oak Park_hill_maria.md"),
    ],
)
def test_notes_with_a_surname_that_is_no_place_are_hers(tmp_path, title, name):
    write(tmp_path, {name: f"# {title}\n\n- the bus is loud\n- there is no recess\n"})
    people = listed(("p1", "Maria Hill"), ("p2", "Teo Reyes"), ("p3", "Dee Washington"))

    assert joined(read_corpus(tmp_path, participants=people)) == {name: ["p1"]}


def test_notes_that_name_two_people_are_nobodys(tmp_path):
    write(tmp_path, {"hall.md": "# Oluchi and Teo in the hallway\n\n- They walk.\n"})
    table = listed(("p1", "Oluchi Bramwell"), ("p2", "Teo Marchetti"))

    assert joined(read_corpus(tmp_path, participants=table)) == {"hall.md": []}


def test_somebody_who_is_only_mentioned_later_is_not_whom_notes_are_about(tmp_path):
    text = "# Hallway, period 3\n\n- Quiet.\n- Busy.\n- Oluchi left early.\n"
    write(tmp_path, {"hall.md": text})

    corpus = read_corpus(tmp_path, participants=listed(("p1", "Oluchi Bramwell")))

    assert joined(corpus) == {"hall.md": []}


def test_who_asks_in_most_files_is_the_facilitator_in_all(tmp_path):
    quiet = (
        "Dana: Tell me about the bus.\nRay Moss: It is late?\nDana: Go on.\n"
        "Ray Moss: Is that enough?\n"
    )
    write(tmp_path, {"a.txt": ASKED.format("Ann Po"), "b.txt": ASKED.format("Bo Li"),
                     "c.txt": quiet})  # fmt: skip

    turns = read_corpus(tmp_path).utterances

    asking = turns[turns["is_facilitator"]]
    assert sorted(set(asking["speaker"])) == ["Dana", "Dana Whitfield"]
    assert set(asking.loc[asking["speaker"] == "Dana", "facilitator_why"]) == {
        "asks the questions in most of their files"
    }


def test_a_listed_student_with_an_interviewers_first_name_still_takes_part(tmp_path):
    write(tmp_path, {"a.txt": ASKED.format("Ann Po"), "b.txt": ASKED.format("Bo Li"),
                     "c.txt": "Interviewer: And you?\nDana: I walk.\n"})  # fmt: skip

    corpus = read_corpus(tmp_path, participants=listed(("p1", "Dana Ochoa", "student")))

    assert joined(corpus)["c.txt"] == ["p1"]


@pytest.mark.parametrize(
    "role", ["Facilitator", "interviewer", "Note-taker", "notetaker"]
)
def test_a_role_in_the_table_is_believed_by_any_name(tmp_path, role):
    write(tmp_path, {"a.txt": "Dana W.: I see.\nAnn Po: I walk?\nDana W.: Yes.\n"})
    table = listed(("f1", "Dana Whitfield", role), ("p1", "Ann Po", "student"))

    corpus = read_corpus(tmp_path, participants=table)

    assert corpus.participants["participant_id"].tolist() == ["p1"]
    assert joined(corpus) == {"a.txt": ["p1"]}


@pytest.mark.parametrize(
    "label", ["Interpreter", "Ana (interpreter)", "Translator", "Intérprete"]
)
def test_interpreters_are_nobody(tmp_path, label):
    talk = ASKED.format("Participant") + f"{label}: She takes the bus.\n"
    write(tmp_path, {"Oluchi Bramwell.txt": talk})

    corpus = read_corpus(tmp_path, participants=listed(("p1", "Oluchi Bramwell")))

    assert corpus.participants["participant_id"].tolist() == ["p1"]
    assert joined(corpus) == {"Oluchi Bramwell.txt": ["p1"]}


INTERPRETED = (
    "Interviewer: How is school going for your son this year?\n"
    "{0}: ¿Cómo le va a su hijo en la escuela este año?\n"
    "Mother: A él le gusta, pero no tenemos internet en la casa.\n"
    "{0}: He likes it, but they have no internet at home.\n"
    "Interviewer: What do you do then, when he has homework to hand in?\n"
    "{0}: ¿Y qué hacen con la tarea?\n"
    "Mother: Vamos al café.\n"
    "{0}: They go to the café.\n"
    "Interviewer: And who helps him?\n"
    "{0}: She says that his aunt helps.\n"
    "Interviewer: Thank you, that is all I wanted to know from you.\n"
)


@pytest.mark.parametrize("label", ["Interpreter", "Ana (interpreter)", "Lamia"])
def test_an_interpreter_says_what_was_answered_and_asks_what_was_asked(tmp_path, label):
    write(tmp_path, {"a.txt": INTERPRETED.format(label)})
    table = listed(("i1", "Lamia", "interpreter"))

    corpus = read_corpus(tmp_path, participants=table)

    said = corpus.utterances[corpus.utterances["speaker"] == label]
    counted = said["participant_id"].notna().tolist()
    assert counted == [False, True, False, True, True]
    assert (~said["is_facilitator"]).tolist() == counted
    assert said["participant_id"].dropna().unique().tolist() == ["a:p01"]
    assert corpus.participants["role"].tolist() == ["family"]
    assert corpus.problems["problem"].str.startswith("3 turns of an interpreter").any()


def test_who_should_be_nobody_says_nobodys_words(tmp_path):
    write(tmp_path, {"a.txt": INTERPRETED.format("Lamia")})
    table = listed(("i1", "Lamia", "nobody"))

    said = read_corpus(tmp_path, participants=table).utterances

    assert said.loc[said["speaker"] == "Lamia", "participant_id"].isna().all()


def test_of_several_people_an_interpreter_says_what_the_last_one_said(tmp_path):
    talk = (
        "Interviewer: What would help?\nAna: Más buses.\nInterpreter: More buses.\n"
        "Bea: Y comida.\nInterpreter: And food for the kids.\n"
        "Interviewer: What else?\nAna: Nada.\nBea: No.\n"
        "Interviewer: And in the evening?\nInterpreter: More help.\nInterviewer: Who?\n"
    )
    write(tmp_path, {"a.txt": talk})

    said = read_corpus(tmp_path).utterances

    through = said[said["speaker"] == "Interpreter"]["participant_id"]
    assert through.fillna("").tolist() == ["a:p01", "a:p02", ""]


def test_where_only_an_interpreter_answers_somebody_is_heard(tmp_path):
    write(tmp_path, {"a.txt": ASKED.format("Interpreter")})

    assert len(read_corpus(tmp_path).participants) == 1


@pytest.mark.parametrize(
    "how",
    ["via interpreter", "through translator", "with interpreter", "con intérprete"],
)
def test_who_speaks_through_an_interpreter_is_somebody(tmp_path, how):
    label = f"Parent 1 ({how})"
    write(tmp_path, {"a.txt": ASKED.format(label)})

    corpus = read_corpus(tmp_path)

    assert corpus.participants["role"].tolist() == ["family"]


def test_two_voices_of_a_file_are_not_one_person(tmp_path):
    talk = ASKED.format("Oluchi Bramwell") + "Oluchi: I am another one.\n" * 2
    write(tmp_path, {"a.txt": talk})

    corpus = read_corpus(tmp_path, participants=listed(("p1", "Oluchi Bramwell")))

    assert joined(corpus) == {"a.txt": ["a:p02", "p1"]}


# Nobody answers herself under another label.
@pytest.mark.parametrize(
    ("asked", "expected"),
    [("Dana Whitfield: And what would help?\n", ["p1"]), ("", ["a:p02", "p1"])],
)
def test_a_first_name_goes_on_for_the_full_name_above(tmp_path, asked, expected):
    talk = ASKED.format("Oluchi Bramwell") + f"{asked}Oluchi: More help, please.\n"
    write(tmp_path, {"a.txt": talk})

    corpus = read_corpus(tmp_path, participants=listed(("p1", "Oluchi Bramwell")))

    assert joined(corpus) == {"a.txt": expected}
    assert ("counts apart" in "".join(corpus.problems["problem"])) == (not asked)


@pytest.mark.parametrize(
    "label", ["Oluchi T.", "Ms. Oluchi", "Bramwell", "O.B.", "Uchi"]
)
def test_other_labels_beside_a_full_name_stay_apart(tmp_path, label):
    talk = (
        ASKED.format("Oluchi Bramwell") + f"Dana Whitfield: And?\n{label}: More help.\n"
    )
    write(tmp_path, {"a.txt": talk})

    corpus = read_corpus(tmp_path, participants=listed(("p1", "Oluchi Bramwell")))

    assert len(corpus.participants) == 2


def test_a_first_name_that_two_of_the_file_have_stays_apart(tmp_path):
    talk = (
        ASKED.format("Oluchi Bramwell") + "Dana Whitfield: And?\nOluchi: More help.\n"
    )
    write(
        tmp_path,
        {"a.txt": f"{talk}Dana Whitfield: Oluchi?\nOluchi Tan: Yes, me too.\n"},
    )
    table = listed(("p1", "Oluchi Bramwell"), ("p2", "Oluchi Tan"))

    assert len(read_corpus(tmp_path, participants=table).participants) == 3


def test_the_round_chooses_between_two_but_speaks_against_nobody(tmp_path):
    write(tmp_path, {"Round 2/a.txt": ASKED.format("Oluchi"), "Round 2/b.txt": ASKED.format("Teo")})  # fmt: skip
    table = listed(("p1", "Oluchi Bramwell"), ("p2", "Oluchi Tan"), ("p3", "Teo Marchetti"),
                   round=["1", "1, 2", "1"])  # fmt: skip

    corpus = read_corpus(tmp_path, participants=table)

    assert joined(corpus) == {"Round 2/a.txt": ["p2"], "Round 2/b.txt": ["p3"]}


def test_somebody_is_found_by_the_name_and_school_written_into_a_form(tmp_path):
    rows = (
        "Oluchi,Harbor,I learned a lot when we built it ourselves\n"
        "teo MARCHETTI,,I learned a lot when she read it aloud\n"
        '"Tan, Oluchi",,I learned a lot when we ran the shop\n'
    )
    head = "Your name (optional),School,Tell us about a time you learned something\n"
    write(tmp_path, {"form.csv": head + rows})
    table = listed(("p1", "Oluchi Bramwell"), ("p2", "Oluchi Tan"), ("p3", "Teo Marchetti"),
                   school=["Harbor High", "Eastgate High", "Eastgate High"])  # fmt: skip

    corpus = read_corpus(tmp_path, participants=table)

    assert joined(corpus) == {"form.csv": ["p1", "p2", "p3"]}


def test_a_line_that_says_whom_a_talk_is_with_is_no_turn(tmp_path):
    head = "Harbor interviews\nInterviewee: Oluchi B.\nInterviewer: R. Moss\n\n"
    write(
        tmp_path,
        {"a.txt": head + "Interviewer: What helps?\nInterviewee: My cousin.\n"},
    )

    corpus = read_corpus(tmp_path, participants=listed(("p1", "Oluchi Bramwell")))

    assert corpus.utterances["text"].tolist() == ["What helps?", "My cousin."]
    assert joined(corpus) == {"a.txt": ["p1"]}


def test_a_sheet_of_people_is_read_back_with_what_a_person_corrected(tmp_path):
    write(tmp_path / "study", {"a.txt": ASKED.format("Oluchi"), "b.txt": ASKED.format("Speaker 2")})  # fmt: skip
    table = listed(("p1", "Oluchi Bramwell", "student"), ("p2", "Oluchi Tan", "student"),
                   grade=["9", "10"])  # fmt: skip
    corpus = read_corpus(tmp_path / "study", participants=table)
    sheet = people_sheet(corpus, tmp_path / "people.csv")
    rows = pd.read_csv(sheet, dtype="str", keep_default_na=False)
    rows.loc[rows["voice"] == "Oluchi", ["participant_id", "name", "role", "grade"]] = (
        "p2", "Oluchi Tan", "student", "10",
    )  # fmt: skip
    rows.loc[rows["voice"] == "Speaker 2", ["participant_id", "role"]] = (
        "p9",
        "parent",
    )
    rows.to_csv(sheet, index=False)

    again = read_corpus(tmp_path / "study", participants=sheet)

    assert joined(again) == {"a.txt": ["p2"], "b.txt": ["p9"]}
    assert again.participants[["participant_id", "role", "grade"]].astype("object").where(
        lambda frame: frame.notna(), ""
    ).to_numpy().tolist() == [
        ["p1", "student", "9"], ["p2", "student", "10"], ["p9", "family", ""],
    ]  # fmt: skip


def test_a_sheet_of_people_says_who_a_voice_might_be_and_overwrites_nothing(tmp_path):
    write(tmp_path / "study", {"a.txt": ASKED.format("Oluchi")})
    table = listed(("p1", "Oluchi Bramwell"), ("p2", "Oluchi Tan"))
    corpus = read_corpus(tmp_path / "study", participants=table)

    sheet = people_sheet(corpus, tmp_path / "people.xlsx")

    rows = pd.read_excel(sheet, dtype="str", keep_default_na=False)
    told = rows[["voice", "first_words", "guess", "might_be"]].to_numpy().tolist()
    assert told == [
        ["Dana Whitfield", "What helps you at school?", "facilitator", ""],
        ["Oluchi", "My cousin does.", "one of several",
         "p1 Oluchi Bramwell; p2 Oluchi Tan"],
        ["", "", "in no file", ""],
        ["", "", "in no file", ""],
    ]  # fmt: skip
    assert sheet.stat().st_mode & 0o777 == 0o600
    sheet.write_bytes(sheet.read_bytes() + b" corrected")
    with pytest.raises(EmpathyInsightsError, match="a file of this name already"):
        people_sheet(corpus, sheet)


@pytest.mark.parametrize(
    "label", ["Note taker (Judith)", "Observer", "Judith (note-taker)"]
)
def test_who_takes_notes_is_not_heard(tmp_path, label):
    talk = ASKED.format("Oluchi") + f"{label}: Which bus is that?\n" * 2
    write(tmp_path, {"a.txt": talk})

    corpus = read_corpus(tmp_path, participants=listed(("p1", "Oluchi Bramwell")))

    assert joined(corpus) == {"a.txt": ["p1"]}
    assert corpus.participants["participant_id"].tolist() == ["p1"]


def test_notes_about_one_person_are_not_said_to_have_no_speaker(tmp_path):
    write(tmp_path, {"Oluchi.md": "# Call\n\n- She walks to school.\n"})

    corpus = read_corpus(tmp_path, participants=listed(("p1", "Oluchi Bramwell")))

    assert problems(corpus) == []


@pytest.mark.parametrize(
    ("listing", "label"),
    [("Bramwell, Oluchi", "Oluchi"), ("Oluchi Bramwell (student)", "OLUCHI"),
     ('Oluchi "Lulu" Bramwell', "Lulu"), ("Mai-Linh Tran", "Mailinh"),
     ("Juan Garcia Lopez", "Garcia"), ("Mr. Lindqvist", "Per Lindqvist"),
     ("De’Shawn Pitt", "Deshawn"), ("José Luis Ortega", "Jose Luis"),
     ("Oluchi", "Oluchi Bramwell"), ("Nguyễn Thị Mai", "Mai Nguyen")],
)  # fmt: skip
def test_a_list_may_write_names_in_many_ways(tmp_path, listing, label):
    write(tmp_path, {"a.txt": ASKED.format(label)})
    table = listed(("p1", listing), ("p2", "Teo Marchetti"))

    assert joined(read_corpus(tmp_path, participants=table)) == {"a.txt": ["p1"]}


@pytest.mark.parametrize(
    "head",
    ["Student ID", "student_id", "StudentID", "SID", "Study ID", "P_ID", "Student code", "Student",
     "Pseudonym", "Label", "Speaker", "Subject", "Respondent", "Participant #", "Participant",
     "Alumno", "Estudiante", "Participante", "Clave", "Nombre completo"],
)  # fmt: skip
@pytest.mark.parametrize("who", ["S01 S02", "Ana Beto"])
def test_a_list_may_call_its_people_by_many_heads(tmp_path, head, who):
    first, second = who.split()
    write(
        tmp_path, {"talk/a.txt": f"{ASKED.format(first)}{second}: So.\n{first}: Hm.\n"}
    )
    (tmp_path / "people.csv").write_text(
        f"{head},Role,Grade\n{first},student,8\n{second},student,7\n"
    )

    found = read_corpus(tmp_path / "talk", participants=tmp_path / "people.csv")

    are_ids = who == "S01 S02" or head in (
        "Student ID", "student_id", "StudentID", "SID", "Study ID", "P_ID", "Student code", "Clave",
    )  # fmt: skip
    ids = [first, second] if are_ids else ["p01", "p02"]
    assert found.participants["participant_id"].tolist() == ids
    assert found.participants["Grade"].tolist() == ["8", "7"]
    assert joined(found) == {"a.txt": ids}


def test_another_head_than_the_name_says_only_where_it_must_who_it_is(tmp_path):
    write(tmp_path, {"talk/a.txt": ASKED.format("T1") + "Ana: So.\n"})
    (tmp_path / "people.csv").write_text(
        "ID,Role,Subject,Matricula\nT1,teacher,Math,1003442\nAna,parent,Art,1003443\n"
    )

    found = read_corpus(tmp_path / "talk", participants=tmp_path / "people.csv")

    assert joined(found) == {"a.txt": ["Ana", "T1"]}
    assert found.participants["Subject"].tolist() == ["Art", "Math"]


def test_a_number_of_the_school_is_no_id_beside_a_name(tmp_path):
    write(tmp_path, {"talk/a.txt": ASKED.format("Ana Ruiz")})
    (tmp_path / "people.csv").write_text(
        "Nombre,Apellidos,Matricula,Rol\nAna,Ruiz,1003442,alumna\n"
    )

    found = read_corpus(tmp_path / "talk", participants=tmp_path / "people.csv")

    assert found.participants["participant_id"].tolist() == ["p01"]
    assert found.participants["role"].tolist() == ["student"]


def test_a_list_may_tell_people_by_a_file_and_a_voice(tmp_path):
    files = {f"talk/{name}.txt": ASKED.format("Speaker 1") for name in "ab"}
    write(tmp_path, files)
    (tmp_path / "people.csv").write_text(
        "File,Speaker,Role\na,Speaker 1,student\nb,Speaker 1,parent\n"
    )

    found = read_corpus(tmp_path / "talk", participants=tmp_path / "people.csv")

    assert found.participants["role"].tolist() == ["student", "family"]


def test_a_role_beside_a_listed_name_is_no_nickname(tmp_path):
    write(tmp_path, {"a.txt": ASKED.format("Student")})

    corpus = read_corpus(
        tmp_path, participants=listed(("p1", "Oluchi Bramwell (student)"))
    )

    assert joined(corpus) == {"a.txt": ["a:p01"]}


def test_a_first_name_wins_over_the_same_middle_name(tmp_path):
    write(tmp_path, {"a.txt": ASKED.format("Maria")})
    table = listed(("p1", "Ana Maria Lopez"), ("p2", "Maria Gomez"))

    assert joined(read_corpus(tmp_path, participants=table)) == {"a.txt": ["p2"]}


def test_a_folder_may_be_named_after_the_person(tmp_path):
    write(tmp_path, {"Oluchi Bramwell/transcript.txt": ASKED.format("Speaker 2")})
    table = listed(("p1", "Oluchi Bramwell"), ("p2", "Teo Marchetti"))

    assert list(joined(read_corpus(tmp_path, participants=table)).values()) == [["p1"]]


WORD = st.text("abco", min_size=1, max_size=7)


@st.composite
def names_and_labels(draw):
    """Draw a name, nicknames, and what a transcript may make of them."""
    words = draw(st.lists(WORD, min_size=1, max_size=3))
    nicknames = draw(st.lists(st.lists(WORD, min_size=1, max_size=2).map(" ".join)))
    first, last = words[0], words[-1]
    word = draw(st.sampled_from([*words, *nicknames]))
    at = draw(st.integers(0, len(word)))
    slip = draw(st.sampled_from(["", "a", "ab", word[at : at + 2][::-1]]))
    letters = "".join(one[0] for one in words).upper()
    label = draw(
        st.sampled_from(
            [
                word, word[:3], word + "xy", word[:at] + slip + word[at + len(slip) :],
                word[:at] + slip + word[at:], word[:at] + word[at + 1 :], letters,
                ".".join(letters), letters[0] + letters[-1], letters[0], first + last,
                last + first, first[0] + last, last + first[0], word + last[0],
                f"Ms. {last}", f"Ms. {last[0]}", f"{first} {last[0]}", f"{word} de {last}",
                f"{letters[0]}. {last}", first + "".join(words[1:2]),
            ]
        )
    )  # fmt: skip
    return full_name(" ".join(words), "; ".join(nicknames)), label


@given(names_and_labels())
@settings(max_examples=500)
def test_whoever_fits_is_found_by_a_key(drawn):
    name, label = drawn
    words = words_of_name(label)

    if fit(called(label), name) > Fit.NONE:
        assert keys_of(name) & set(keys_in(called(label)))
    if named_in(words, name) > Fit.NONE:
        assert keys_of(name) & set(words)


def test_a_whole_school_is_not_held_against_every_voice(tmp_path, monkeypatch):
    tried = []
    fits = matching.fit
    monkeypatch.setattr(
        matching, "fit", lambda said, name: tried.append(name) or fits(said, name)
    )
    school = [(f"s{n:03}", f"{chr(97 + n % 26)}{n:03}z Pupil") for n in range(300)]
    school = [(own, name.translate(LETTERS)) for own, name in school]
    write(tmp_path, {"talk.txt": ASKED.format("Imani C.")})

    corpus = read_corpus(
        tmp_path, participants=listed(*school, ("imani", "Imani Castell"))
    )

    assert joined(corpus) == {"talk.txt": ["imani"]}
    assert 0 < len(tried) < 100


LETTERS = str.maketrans("0123456789", "qwertyuiop")


COFFEE = (
    "{asker}: What would make it easier for you to come?\n"
    "Karla: If it were in the evening. I clean houses till four.\n"
    "Yoli: For me it is the bus, it is dark by then.\n"
    "{asker}: Did you tell anyone about it?\n"
    "Yoli: I told the office.\n"
    "Karla: They did the same to me with the lunch money."
)
ASKS_ELSEWHERE = (
    "Karla: What do you like about school?\n{name}: Recess and the turtle.\n"
    "Karla: What is hard?\n{name}: When kids say my lunch stinks."
)


@pytest.mark.parametrize("asker", ["Rosa", "Rosa Delgado", "Rosa (moderator)"])
def test_a_mother_is_no_interviewer_who_has_her_name_in_other_files(tmp_path, asker):
    for name in ("Nora", "Leo"):
        said = ASKS_ELSEWHERE.format(name=name)
        (tmp_path / f"{name}.txt").write_text(said, "utf-8")
    (tmp_path / "coffee.txt").write_text(COFFEE.format(asker=asker), "utf-8")

    said = read_corpus(tmp_path).utterances.query("document_id == 'coffee'")

    assert set(said.query("is_facilitator")["speaker"]) == {asker}
    assert set(said.query("not is_facilitator")["speaker"]) == {"Karla", "Yoli"}


def test_who_asks_in_other_files_and_hardly_speaks_here_is_not_heard(tmp_path):
    for name in ("Nora", "Leo"):
        said = ASKS_ELSEWHERE.format(name=name)
        (tmp_path / f"{name}.txt").write_text(said, "utf-8")
    said = (
        "Rosa: What is hard?\nYoli: The bus, it is dark by then.\nKarla: Mm, okay.\n"
        "Rosa: What else?\nYoli: I told the office.\nKarla: Thank you, Yoli."
    )
    (tmp_path / "coffee.txt").write_text(said, "utf-8")

    said = read_corpus(tmp_path).utterances.query("document_id == 'coffee'")

    assert set(said.query("not is_facilitator")["speaker"]) == {"Yoli"}


@pytest.mark.parametrize("sign", [":", " -"])
def test_a_couple_is_two_people_where_all_have_a_title(tmp_path, sign):
    talk = (
        "Ms. Hale{0} How is lunch?\nMr. Pell{0} It is loud.\nMrs. Pell{0} The line is long.\n"
        "Ms. Hale{0} What would help?\nMr. Pell{0} A second line.\nMrs. Pell{0} More time.\n"
    )
    (tmp_path / "a.txt").write_text(talk.format(sign))

    corpus = read_corpus(tmp_path)

    answers = corpus.utterances[~corpus.utterances["is_facilitator"]]
    assert answers["participant_id"].nunique() == 2
    assert corpus.problems.empty


def test_students_called_as_kin_or_by_an_office_are_students(tmp_path):
    said = [
        "The bus is late for us.",
        "Lunch is too short.",
        "We need more clubs.",
        "I like art most.",
    ]
    answers = pd.DataFrame(
        {"Name": ["Tia", "Dean", "Papa", "Ana"], "What would you change?": said}
    )
    answers.to_csv(tmp_path / "Student survey.csv", index=False)

    assert read_corpus(tmp_path).participants["role"].tolist() == ["student"] * 4
