"""Tables on disk and in pandas: turns, or a survey."""

import csv

import openpyxl
import pandas as pd
import pytest

from empathy_insights.corpus import heard
from empathy_insights.errors import TableError, TranscriptError
from empathy_insights.files.table import table_of
from empathy_insights.readers import corpus_from_frame, read_corpus, read_transcript
from empathy_insights.readers.surveys.survey_columns import is_open
from empathy_insights.readers.transcript import words
from empathy_insights.text.segments import segment

HEADER = ("respondent_id", "grade", "What helps you learn?", "What gets in the way?")
ROWS = (
    ("s01", "9", "My friends explain it, always", "None"),
    ("s02", "10", "Clear goals, and my mentor", "The bus is late, most days"),
    ("s03", "9", "", "Too many tests at one time"),
)


@pytest.fixture
def read(tmp_path):
    def write_and_read(text, name="survey.csv", encoding="utf-8"):
        file = tmp_path / name
        file.write_bytes(text.encode(encoding))
        return read_transcript(file)

    return write_and_read


def delimited(delimiter, rows=(HEADER, *ROWS)):
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in rows]
    return "\n".join(lines) + "\n"


def said(transcript):
    return [
        (t.question_id, t.speaker, t.is_prompt, words(transcript, t))
        for t in transcript.turns
    ]


EXPECTED = [
    ("q01", None, True, "What helps you learn?"),
    ("q01", "s01", False, "My friends explain it, always"),
    ("q01", "s02", False, "Clear goals, and my mentor"),
    ("q02", None, True, "What gets in the way?"),
    ("q02", "s01", False, "None"),
    ("q02", "s02", False, "The bus is late, most days"),
    ("q02", "s03", False, "Too many tests at one time"),
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_row_is_a_respondent_and_an_open_column_a_question(read, delimiter):
    transcript = read(delimited(delimiter))

    assert transcript.kind == "survey"
    assert said(transcript) == EXPECTED


def test_closed_columns_describe_the_respondent(read):
    assert read(delimited(",")).people == {
        "s01": {"grade": "9"},
        "s02": {"grade": "10"},
        "s03": {"grade": "9"},
    }


def test_a_workbook_gives_the_same_survey(tmp_path):
    book = openpyxl.Workbook()
    for row in (HEADER, *[(a, int(b), c or None, d) for a, b, c, d in ROWS]):
        book.active.append(row)
    book.save(tmp_path / "survey.xlsx")

    transcript = read_transcript(tmp_path / "survey.xlsx")

    assert said(transcript) == EXPECTED
    assert transcript.people["s02"] == {"grade": "10"}


def test_further_sheets_are_a_problem(tmp_path):
    book = openpyxl.Workbook()
    for row in (HEADER, *ROWS):
        book.active.append(row)
    book.create_sheet("more").append(("x", "y"))
    book.save(tmp_path / "survey.xlsx")

    remarks = read_transcript(tmp_path / "survey.xlsx").remarks

    assert [remark.problem for remark in remarks] == [
        "only the first of 2 sheets was read"
    ]


def test_a_row_with_too_many_cells_is_a_problem_and_drops_no_other(read):
    transcript = read(
        delimited(",") + "s04,9,It is calm here,Noise in halls,extra,cell\n"
    )

    remark = transcript.remarks[0]
    assert said(transcript) == EXPECTED
    assert remark.line == 5
    assert remark.problem == "a row with more cells than heads is not part of any turn"
    assert transcript.text[remark.start : remark.end] == (
        "s04 | 9 | It is calm here | Noise in halls | extra | cell"
    )


def test_a_short_row_is_an_answer_less(read):
    transcript = read(delimited(",") + "s04,9,It is calm here for me\n")

    assert said(transcript)[3] == ("q01", "s04", False, "It is calm here for me")


def test_rows_without_an_id_are_numbered(read):
    transcript = read(
        "What helps you learn?\nMy friends explain it\nMy own good notes\n"
    )

    assert [turn.speaker for turn in transcript.turns] == [None, "1", "2"]


def test_a_cell_may_have_lines_and_the_next_row_keeps_its_line(read):
    transcript = read(
        'id,What helps you learn?\na,"My friends\nexplain it"\nb,My own good notes\n'
    )

    assert [(turn.speaker, turn.line) for turn in transcript.turns] == [
        (None, 1),
        ("a", 2),
        ("b", 4),
    ]


@pytest.mark.parametrize(
    "answers",
    [
        ("9", "10", "11"),
        ("2026-01-02 10:00", "2026-01-03 11:00"),
        ("I agree with that fully",) * 5,
        ("Go, Java, and the web", "Java, Go, SQL", "SQL, and the web, Go"),
        ("https://example.org/a", "https://example.org/b"),
        ("ana@example.org", "ben@example.org"),
        (),
    ],
)
def test_numbers_dates_choices_and_links_are_closed(answers):
    assert not is_open("Column", answers)


@pytest.mark.parametrize(
    ("head", "answers"),
    [
        (
            "How does she get her lunch?",
            ["Buys school lunch"] * 3 + ["Skips it", "Home"],
        ),
        (
            "What helps her? - Selected Choice",
            ["Friends", "Time", "Art", "Music", "Time"],
        ),
    ],
)
def test_what_nobody_else_would_write_sign_by_sign_was_chosen(head, answers):
    assert not is_open(head, answers)
    assert is_open(
        "How does she get her lunch?", ["Bus money"] * 2 + ["Us", "Her", "Me"]
    )


def test_a_table_with_speakers_is_turns(read):
    transcript = read(
        "timestamp,speaker,statement\n0:01,Jo Lee,Why?\n0:06,Al Morgan,So.\n"
    )

    assert transcript.kind == "interview"
    assert [(t.speaker, t.start_s, words(transcript, t)) for t in transcript.turns] == [
        ("Jo Lee", 1.0, "Why?"),
        ("Al Morgan", 6.0, "So."),
    ]


def test_a_table_of_names_and_texts_that_differ_is_a_survey(read):
    transcript = read(
        "name,text\nana,My friends explain it all\nben,Noise in the long halls\n"
    )

    assert transcript.kind == "survey"


def test_a_survey_in_windows_1252_is_read(read):
    transcript = read(
        "id;Was hilft dir beim Lernen?\na;Die Übungen – schöne Gespräche\nb;Meine große Ruhe zu Hause\n",
        encoding="cp1252",
    )

    assert words(transcript, transcript.turns[1]) == "Die Übungen – schöne Gespräche"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        (",,,\n,,,\n", "the table has no rows under its heads"),
        ('id,q\n1,"' + "a" * 140_000, "a cell is too long to be an answer"),
        ("a,b\n", "the table has no rows under its heads"),
        ("grade,school\n9,North\n10,South\n", "no column of the table holds answers"),
    ],
)
def test_a_bad_table_says_what_is_wrong(read, text, message):
    with pytest.raises(TranscriptError, match=message):
        read(text)


def test_a_broken_workbook_is_called_that(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 broken")

    with pytest.raises(TranscriptError, match="not a workbook that can be opened"):
        read_transcript(tmp_path / "a.xlsx")


def test_questions_are_context_and_never_count(tmp_path):
    (tmp_path / "survey.csv").write_text(delimited(","))

    utterances = read_corpus(tmp_path).utterances

    context = utterances[utterances["is_facilitator"]]
    assert context["text"].tolist() == [HEADER[2], HEADER[3]]
    assert context["participant_id"].isna().all()
    assert set(context["facilitator_why"]) == {"a question of the survey"}


def test_a_frame_gives_questions_people_and_their_groups():
    answers = pd.DataFrame(
        {
            "who": ["a", "a", "b"],
            "Grade": [9, 9, 10],
            "part": ["student", "student", "mom"],
            "asked": ["Why?", "How?", "Why?"],
            "said": ["So.", None, "Well."],
        }
    )
    before = answers.copy()

    corpus = corpus_from_frame(
        answers, text="said", person="who", question="asked", role="part"
    )

    columns = ["speaker", "participant_id", "question_id", "is_facilitator", "text"]
    assert corpus.utterances[columns].astype(object).where(
        corpus.utterances[columns].notna(), None
    ).to_numpy().tolist() == [
        [None, None, "q01", True, "Why?"],
        ["a", "survey:p01", "q01", False, "So."],
        ["b", "survey:p02", "q01", False, "Well."],
        [None, None, "q02", True, "How?"],
    ]
    assert corpus.participants[
        ["participant_id", "role", "grade"]
    ].to_numpy().tolist() == [
        ["survey:p01", "student", "9"],
        ["survey:p02", "family", "10"],
    ]
    pd.testing.assert_frame_equal(answers, before)


def test_a_frame_without_people_has_a_person_a_row():
    corpus = corpus_from_frame(pd.DataFrame({"said": ["So.", "Well."]}), text="said")

    assert corpus.utterances["participant_id"].tolist() == ["survey:p01", "survey:p02"]


def test_a_column_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(
        TableError, match=r"the answers lack 'text'; the columns are: said"
    ):
        corpus_from_frame(pd.DataFrame({"said": ["So."]}), text="text")


def test_a_frame_without_an_answer_is_refused():
    with pytest.raises(TableError, match="the column 'said' holds no answer"):
        corpus_from_frame(pd.DataFrame({"said": [None, ""]}), text="said")


def test_columns_beside_those_of_a_turn_are_a_problem(read):
    transcript = read("speaker,text,mood\nJo Lee,Why?,calm\nAl Dean,So.,calm\n")

    assert [remark.problem for remark in transcript.remarks] == [
        "columns beside those of speakers, words and times were not read: 1"
    ]


def test_a_row_of_turns_without_a_speaker_goes_on_with_the_one_before(read):
    transcript = read("speaker,text\nJo Lee,Why?\n,And how?\nAl Dean,So.\n")

    assert [turn.speaker for turn in transcript.turns] == [
        "Jo Lee",
        "Jo Lee",
        "Al Dean",
    ]


QUALTRICS = [
    ["StartDate", "Status", "IPAddress", "ResponseId", "Q1", "Q2"],
    ["Start Date", "Response Type", "IP Address", "Response ID", "What is your grade?",
     "What helps you, and why?"],
    ['{"ImportId":"startDate"}', '{"ImportId":"status"}', '{"ImportId":"ipAddress"}',
     '{"ImportId":"_recordId"}', '{"ImportId":"QID1"}', '{"ImportId":"QID2_TEXT"}'],
    ["2026-03-01", "IP Address", "1.2.3.4", "R_1", "9", "My friends help me a lot"],
    ["2026-03-01", "IP Address", "1.2.3.5", "R_2", "9", "I like to read alone"],
    ["2026-03-01", "IP Address", "1.2.3.6", "R_3", "10", "n/a"],
]  # fmt: skip
SURVEYMONKEY = [
    ["Respondent ID", "Collector ID", "IP Address", "Email Address", "Your grade?",
     "Which of these?", "", "What helps you, and why?"],
    ["", "", "", "", "Response", "The bus", "The bike", "Open-Ended Response"],
    ["11", "7", "1.2.3.4", "a@b.org", "9", "The bus", "", "My friends help me a lot"],
    ["12", "7", "1.2.3.5", "", "9", "", "The bike", "I like to read alone"],
    ["13", "7", "1.2.3.6", "", "10", "The bus", "The bike", "n/a"],
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "labels", "facts", "n_left_out"),
    [
        (QUALTRICS, ["R_1", "R_2", "R_3"], {"What is your grade?": "9"}, 3),
        (
            SURVEYMONKEY,
            ["11", "12", "13"],
            {"Your grade?": "9", "Which of these?: The bus": "The bus"},
            3,
        ),
    ],
    ids=["qualtrics", "surveymonkey"],
)
def test_several_rows_of_heads_are_one(tmp_path, rows, labels, facts, n_left_out):
    with (tmp_path / "survey.csv").open("w", newline="") as opened:
        csv.writer(opened).writerows(rows)

    transcript = read_transcript(tmp_path / "survey.csv")

    assert said(transcript) == [
        ("q01", None, True, "What helps you, and why?"),
        ("q01", labels[0], False, "My friends help me a lot"),
        ("q01", labels[1], False, "I like to read alone"),
        ("q01", None, False, "n/a"),
    ]
    assert transcript.people[labels[0]] == facts
    assert [remark.problem for remark in transcript.remarks] == [
        f"columns of the survey program about the recording were left out: {n_left_out}"
    ]


@pytest.mark.parametrize(
    ("head", "roles"),
    [
        ("Which best describes you?", ["teacher", "student", "family", "staff"]),
        ("Your role", ["teacher", "student", "family", "staff"]),
        ("Who helps you the most?", ["unknown"] * 4),
    ],
)
def test_people_are_in_the_role_that_they_say(tmp_path, head, roles):
    said = ["Teacher", "High school student", "Parent of a student", "Staff member"]
    answers = [f"I would change thing {n} of ours" for n in range(4)]
    table = pd.DataFrame({head: said, "What would you change?": answers})
    table.to_csv(tmp_path / "survey.csv", index=False)

    corpus = read_corpus(tmp_path)

    assert corpus.participants["role"].tolist() == roles
    assert corpus.participants[head].tolist() == said
    spoken = corpus.utterances[~corpus.utterances["is_facilitator"]]
    assert spoken["text"].tolist() == answers


@pytest.mark.parametrize(
    ("head", "jobs"),
    [
        ("Puesto", "Maestra de 2º,Bibliotecaria,Subdirectora,Consejero,Secretaria,Director"),
        ("¿Cuál es su puesto en la escuela?", "Docente,Enfermera,Directora,Psicóloga,Trabajadora social,Director"),
        ("Rol", "maestro,conserje,director,orientadora,Intendente,subdirector"),
        ("Position", "2nd grade teacher,Librarian,Assistant principal,Reading interventionist,Office manager,Principal"),
        ("Job title", "Band director,Speech pathologist,Dean,Counselor,Secretary,Director"),
    ],
)  # fmt: skip
def test_staff_say_in_english_or_spanish_what_their_job_is(tmp_path, head, jobs):
    said = jobs.split(",")
    table = pd.DataFrame({"Nombre completo": [f"Ana Ruiz {c}" for c in "BCDEFG"]})
    table[head] = said
    table["¿Qué necesitan las familias?"] = [f"Más de lo que dan {n}" for n in range(6)]
    table.to_csv(tmp_path / "encuesta docentes.csv", index=False)

    found = read_corpus(tmp_path).participants["role"].tolist()

    assert found == [
        "teacher", "staff", "school_leader", "staff", "staff", "school_leader",
    ]  # fmt: skip


def test_a_column_a_person_beside_the_questions_is_that_persons(tmp_path):
    rows = {
        "Question": ["What helps you learn?", "What gets in the way?"],
        "Jamal": ["When I can try again", "tests all on the same day"],
        "Mr. Webb (teacher)": ["Time with my team", "Too many platforms by far"],
    }
    pd.DataFrame(rows).to_excel(tmp_path / "grid.xlsx", index=False)

    corpus = read_corpus(tmp_path)

    assert corpus.participants["role"].tolist() == ["unknown", "teacher"]
    told = corpus.utterances[["speaker", "text", "is_facilitator"]]
    assert told.iloc[:3].to_numpy().tolist() == [
        [pytest.approx(float("nan"), nan_ok=True), "What helps you learn?", True],
        ["Jamal", "When I can try again", False],
        ["Mr. Webb (teacher)", "Time with my team", False],
    ]


def test_numbers_beside_questions_are_nobodys_words(tmp_path):
    rows = {"Question": ["What helps?", "Who helps?"], "Ana": ["4", "5"], "Ben": "3"}
    pd.DataFrame(rows).to_csv(tmp_path / "grid.csv", index=False)

    with pytest.raises(TranscriptError, match="no column of the table holds answers"):
        read_corpus(tmp_path)


def test_people_under_a_head_that_is_a_role_have_it(tmp_path):
    rows = {"Student": ["A.J.", "Bee", "A.J."], "Quote": ["One.", "Two.", "Three."]}
    pd.DataFrame(rows).to_csv(tmp_path / "quotes.csv", index=False)

    assert read_corpus(tmp_path).participants["role"].tolist() == ["student"] * 2


def test_rows_of_somebodys_notes_are_no_respondents(tmp_path):
    said = ["A parent says the portal is hard", "Another wants teachers to text"]
    pd.DataFrame({"Time": ["9:05", "9:12"], "Note": said}).to_csv(
        tmp_path / "notes.csv", index=False
    )

    corpus = read_corpus(tmp_path)

    assert corpus.participants.empty
    assert corpus.utterances["text"].tolist() == said
    assert corpus.documents["kind"].tolist() == ["notes"]


def test_people_who_are_all_anonymous_are_as_many_as_their_rows(tmp_path):
    answers = [f"I would change thing {n} of ours" for n in range(3)]
    table = pd.DataFrame({"Name": "Anonymous", "What would you change?": answers})
    table.to_csv(tmp_path / "survey.csv", index=False)

    assert len(read_corpus(tmp_path).participants) == 3


HEADS = (
    "What is one thing that gets in the way of your learning this year?",
    "Any other comments?",
    "What should we change?",
    "¿Qué ayuda a su hija?",
)


@pytest.mark.parametrize("head", HEADS)
def test_a_question_is_read_where_many_have_nothing_or_little_to_say(tmp_path, head):
    file = tmp_path / "survey.csv"
    said = ["None", "More bus routes", "no", "The lunch is cold", "N/A", "Later start"]
    file.write_text(f'Role,"{head}"\n' + "".join(f"Student,{one}\n" for one in said))

    read = read_transcript(file)

    heard = [read.text[t.start : t.end] for t in read.turns if not t.is_prompt]
    assert heard == said


CHOICES = {
    "What grade are you in?": ["9th", "10th", "9th", "11th"],
    "What is your role?": ["Student", "Parent", "Teacher", "Coach"],
    "Do you like school?": ["Yes", "No", "No", "No"],
    "How often do you read?": ["Every day", "Never", "Every day", "Every day"],
    "If you have a laptop, are you using any programs?": ["No", "no", "None", "Yes a few of them"],
}  # fmt: skip


@pytest.mark.parametrize("head", CHOICES)
def test_choices_and_facts_are_still_nobodys_words(tmp_path, head):
    file = tmp_path / "survey.csv"
    rows = [
        f"{said},I want my lunch to be warm {n}" for n, said in enumerate(CHOICES[head])
    ]
    file.write_text(f'"{head}",Tell us why\n' + "\n".join(rows) + "\n")

    read = read_transcript(file)

    assert [read.text[t.start : t.end] for t in read.turns if t.is_prompt] == [
        "Tell us why"
    ]
    assert not [one for one in read.remarks if "short answers" in one.problem]


OPEN = {
    "What is going well for your child this year?": ["Band", "Band", "Her teacher", "Friends", "Art"],
    "What is your biggest challenge?": ["math", "Wifi", "math", "the bus", "Time"],
    "What's hard?": ["Wifi", "Math", "Bus", "Nothing", "Lunch"],
    "How is the year going?": ["Fine", "She is lost", "Tired", "Good I guess", "so-so"],
    "What do you think of the emails from school?": ["Too many", "Too many", "Never read them", "Long", "ok"],
    "¿Cuál es su mayor reto?": ["el camión", "la tarea", "el camión", "el idioma", "nada"],
    "In one word, how would you describe school?": ["boring", "fun", "boring", "long", "loud"],
    "Tell me about your week": ["Fine", "Long", "Long", "We moved", "Sick"],
    "What subject do you need help with?": ["Math", "math", "ELA", "None", "Science labs"],
}  # fmt: skip


@pytest.mark.parametrize("form", ["wide", "long"])
@pytest.mark.parametrize("head", OPEN)
def test_short_answers_to_an_open_question_are_read(tmp_path, head, form):
    said, file = OPEN[head], tmp_path / "survey.csv"
    rows = [{head: one, "Why?": f"That is so {n}"} for n, one in enumerate(said)]
    table = pd.DataFrame(rows)
    if form == "long":
        table = table.assign(Participant=range(5)).melt(
            "Participant", var_name="Question", value_name="Answer"
        )
    table.to_csv(file, index=False)

    read = read_transcript(file)

    asked = [t.question_id for t in read.turns if words(read, t) == head]
    heard = [words(read, t) for t in read.turns if t.question_id == "q01"][1:]
    assert asked == ["q01"]
    assert heard == said
    assert not read.remarks


FACTS = {
    "What grade is your child in?": ["4th", "K", "9th", "2nd grade", "Not sure"],
    "What school does your child attend?": ["Elm", "Oak Middle", "Elm", "Oak Hill Elementary", "Ash"],
    "What do you teach?": ["8th ELA", "Library / tech", "7th math", "6th science", "Band and choir"],
    "What is your child's name?": ["Ana", "Ben Lee", "Cy", "Di Moe", "Ed"],
    "What language do you speak at home?": ["Somali", "Spanish and English", "English", "Karen", "Hmong"],
    "¿En qué grado está su hijo?": ["primero", "octavo", "kínder", "tercero", "sexto"],
    "How do you get to school?": ["Bus", "Car", "I walk", "Bike", "City bus"],
    "How would you rate lunch?": ["Good", "Bad", "Fair", "Great", "Very poor"],
    "How do you feel about school?": ["Good", "Very good", "Okay", "Bad", "Great"],
    "What helps you learn? (Select all that apply)": ["Friends", "Quiet", "Time", "Games, Quiet", "Art"],
    "What helps you to learn?": ["Friends, Quiet", "Quiet", "Time, Quiet", "Friends", "Time"],
}  # fmt: skip


@pytest.mark.parametrize("head", FACTS)
def test_facts_scales_and_ticks_stay_facts_and_without_a_remark(tmp_path, head):
    file = tmp_path / "survey.csv"
    rows = [{head: one, "Tell us more": f"So {n}"} for n, one in enumerate(FACTS[head])]
    pd.DataFrame(rows).to_csv(file, index=False)

    read = read_transcript(file)

    assert [words(read, t) for t in read.turns if t.is_prompt] == ["Tell us more"]
    assert [read.people[str(n)][head] for n in range(1, 6)] == FACTS[head]
    assert not read.remarks


def test_a_column_is_the_same_on_every_sheet(tmp_path):
    sheets = {
        "North": [("Ana", "Dance club"), ("Bo", "Soccer"), ("Cy", "")],
        "South": [("Di", "I like to draw at home"), ("Ed", "We build big robots here")],
        "West": [("Flo", "The choir on Monday mornings"), ("Gus", "")],
        "East": [("Hal", ""), ("Ivy", "")],
    }
    with pd.ExcelWriter(tmp_path / "s.xlsx") as book:
        for name, rows in sheets.items():
            table = pd.DataFrame(rows, columns=["Name", "Your hobby"])
            table["What else?"] = [f"{name} {n}" for n in range(len(rows))]
            table.to_excel(book, sheet_name=name, index=False)

    corpus = read_corpus(tmp_path)

    asked = corpus.utterances.query("is_facilitator").groupby("document_id")["text"]
    assert {name[7:]: list(told) for name, told in asked} == {
        "East": ["What else?"],
        "North": ["Your hobby", "What else?"],
        "South": ["Your hobby", "What else?"],
        "West": ["Your hobby", "What else?"],
    }


def test_answers_that_mostly_come_back_are_told_if_they_are_no_ticks(tmp_path):
    said = ["lunch", "recess"] * 4
    table = pd.DataFrame({"What do you like?": said, "Tell us more": range(8)})
    table["Tell us more"] = [f"So {n}" for n in range(8)]
    table.to_csv(tmp_path / "survey.csv", index=False)

    [remark] = read_transcript(tmp_path / "survey.csv").remarks

    assert "'What do you like?'" in remark.problem


@pytest.mark.parametrize("third", ["Gym", "Math"])
def test_short_answers_that_mostly_differ_are_told_and_read_when_the_head_says_so(
    tmp_path, third
):
    file = tmp_path / "survey.csv"
    rows = f"Art,The bus is late\nMath,I like it\n{third},Lunch is short\nELA,So\n"
    file.write_text("Which class is fun?,Tell us why\n" + rows)
    [remark] = read_transcript(file).remarks
    file.write_text("Which class is fun? (own words),Tell us why\n" + rows)

    assert "'Which class is fun?'" in remark.problem
    assert "Art" not in remark.problem
    assert len(read_transcript(file).turns) == 10


OF_CHILDREN = {
    "What do you like best about school?": ["recess", "Recess!", "lunch", "gym", "my friends"],
    "One thing I like is": ["Recess", "Recess ", "recess", "Lunch", "Art"],
    "What would you change?": ["longer recess", "less homework", "idk", "better food", "nothing"],
    "¿Por qué?": ["el recreo", "El recreo", "mis amigos", "no sé", "la comida"],
    "I wish school had": ["Dogs", "Naps", "Gym", "Pool", "Art", "Snow", "Cake", "Slides"],
}  # fmt: skip


@pytest.mark.parametrize("times", [4, 60])
@pytest.mark.parametrize("head", OF_CHILDREN)
def test_what_children_write_is_read_although_it_comes_back(tmp_path, head, times):
    said = OF_CHILDREN[head] * times
    pd.DataFrame({"Grade": ["3"] * len(said), head: said}).to_csv(
        tmp_path / "survey.csv", index=False
    )

    read = read_transcript(tmp_path / "survey.csv")

    assert [words(read, t) for t in read.turns if t.is_prompt] == [head]
    assert not read.remarks


CHOSEN = {
    "What would help you most?": ["More buses in the morning", "Better food at lunch"],
    "What helps?": ["Friends, Quiet", "Quiet", "Time, Quiet", "Time, Friends", "Friends"],
    "How safe do you feel?": ["Very safe", "safe", "Unsafe", "not safe", "Safe"],
    "What is your school?": ["lincoln", "Lincoln", "Oak Park", "oak park", "Lake"],
    "¿Cómo se enteró de la encuesta?": ["Facebook", "facebook", "escuela", "la escuela"],
    "Me gusta lo que aprendo": ["casi siempre", "A veces", "Siempre", "casi nunca", "Nunca"],
    "¿Cuál es su puesto?": ["maestra", "Maestra", "directora", "secretaria", "maestro"],
}  # fmt: skip


@pytest.mark.parametrize("head", CHOSEN)
def test_a_table_of_choices_is_refused_with_a_way_out_that_works(tmp_path, head):
    file, told = tmp_path / "survey.csv", CHOSEN[head] * 8
    pd.DataFrame({head: told}).to_csv(file, index=False)
    with pytest.raises(TranscriptError, match=r"add \(own words\) to the head"):
        read_transcript(file)
    pd.DataFrame({f"{head} (own words)": told}).to_csv(file, index=False)

    assert len(read_transcript(file).turns) == 1 + len(told)


def test_answers_that_may_be_choices_are_read_where_a_table_holds_no_others(tmp_path):
    said = ["Recess", "Lunch", "Gym", "Art"] * 8
    pd.DataFrame({"What do you like?": said}).to_csv(
        tmp_path / "survey.csv", index=False
    )

    read = read_transcript(tmp_path / "survey.csv")

    assert len(read.turns) == 1 + len(said)
    assert (
        "'What do you like?' were taken for people's words" in read.remarks[0].problem
    )


UNDER_A_TITLE = [
    ("who", "Role", "What is hard about school?"),
    ("L1", "Student", "The bus is late every day"),
    ("L2", "Parent", "I cannot read emails in English"),
]


def titled(titles, rows):
    return [(title, "", "") for title in titles] + rows


@pytest.mark.parametrize(
    "titles", [["Lincoln export"], ["Lincoln survey export", ""], ["A b", "c"]]
)
@pytest.mark.parametrize("kind", ["csv", "bare.csv", "xlsx"])
def test_titles_above_the_heads_are_left_out_and_told(tmp_path, titles, kind):
    file, rows = tmp_path / f"survey.{kind}", titled(titles, UNDER_A_TITLE)
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append([cell or None for cell in row])
        book.save(file)
    else:
        end = "\n" if kind == "csv" else "\n\n"
        text = "\n".join(",".join(row) for row in UNDER_A_TITLE) + "\n"
        above = [title + ",," * (kind == "csv") for title in titles]
        file.write_text(end.join(above) + "\n" + text)

    read = read_transcript(file)

    said = [read.text[turn.start : turn.end] for turn in read.turns]
    assert said == [row[2] for row in UNDER_A_TITLE]
    assert [one.problem for one in read.remarks] == [
        "a row above the heads of the columns was taken for a title and left out"
    ] * len([title for title in titles if title])


@pytest.mark.parametrize("head", ["What is hard?", "answer"])
def test_a_single_head_above_answers_is_no_title(head):
    rows = [(head, ""), ("The bus is late", "x"), ("Lunch is short", "y")]

    assert table_of(list(enumerate(rows, 1))).header == (head,)


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line(tmp_path):
    file = tmp_path / "talk.csv"
    file.write_text('speaker,text\nI,What is hard?\nAna,"The bus.\nI,Why?\nAna,Snow.\n')

    with pytest.raises(TranscriptError, match="quotation mark") as told:
        read_transcript(file)
    assert told.value.line == 3


def test_inches_and_answers_over_several_lines_are_no_open_quotation(tmp_path):
    file = tmp_path / "talk.csv"
    file.write_text('speaker,text\nI,A desk of 5\'10" is it?\nAna,"Yes.\nIt is."\n')

    assert len(read_transcript(file).turns) == 2


def test_a_list_of_people_is_told_as_one(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("Name,Role\nImani Okafor,student\nSven Lind,teacher\n")

    with pytest.raises(TranscriptError, match="looks like a list of people"):
        read_transcript(file)


@pytest.mark.parametrize(
    "heads",
    [
        "Student ID,Last Name,First Name,Grade,Homeroom",
        "first,last,grade",
        "Name,Grade",
    ],
)
def test_a_list_of_names_is_told_as_one_and_that_it_protects(tmp_path, heads):
    file = tmp_path / "8th grade roster.csv"
    n = len(heads.split(","))
    file.write_text(f"{heads}\n" + "\n".join(",".join("Abcde"[:n]) for _ in "12"))

    with pytest.raises(TranscriptError, match=r"a list of names.* --roster"):
        read_transcript(file)


ITEMS = {
    "Line,Description,Vendor,Amount,Notes": "1,Chromebook chargers,CDW,7800,Waiting on a quote from her",
    "Task,Owner,Due date,Notes": "Order the food,Lee,10/14,She said that pizza is best",
}  # fmt: skip


@pytest.mark.parametrize("heads", ITEMS)
def test_a_budget_and_a_list_of_tasks_are_nobodys_answers(tmp_path, heads):
    file = tmp_path / "draft.csv"
    file.write_text(f"{heads}\n{ITEMS[heads]}\n{ITEMS[heads].replace('e', 'o')}\n")

    with pytest.raises(TranscriptError, match="things, tasks or amounts"):
        read_transcript(file)


@pytest.mark.parametrize(
    "heads",
    [
        "Item,Qty,Unit price,Why do we need it?",
        "Line,Description,Vendor,Amount,Notes (own words)",
        "Grade,School,Date,Amount,Notes",
    ],
)
def test_answers_beside_amounts_are_read(tmp_path, heads):
    file, said = tmp_path / "draft.csv", "Chromebooks die after lunch"
    cells = ["1"] * heads.count(",")
    file.write_text(f"{heads}\n" + ",".join([*cells, said]) + "\n")

    read = read_transcript(file)

    assert [words(read, t) for t in read.turns if not t.is_prompt] == [said]


NO_ANSWER = ["n/a", "N/A", "NA", "N.A.", "-", "--", "No comment.", "no answer", "Not applicable",
             "I prefer not to say", "Sin comentarios", "no aplica", "prefiero no contestar"]  # fmt: skip
AN_ANSWER = [
    "Nothing",
    "none",
    "No",
    "Nada",
    "not sure",
    "?",
    "👍",
    "No comment about lunch",
    "no bus",
]


@pytest.mark.parametrize("form", ["wide", "long"])
@pytest.mark.parametrize("cell", [*NO_ANSWER, *AN_ANSWER])
def test_a_cell_that_says_that_there_is_no_answer_is_none(tmp_path, cell, form):
    table = pd.DataFrame(
        {"Respondent": ["a", "b", "c"], "What is hard?": ["The bus", cell, "My lunch"]}
    )
    if form == "long":
        table = table.melt("Respondent", var_name="Question", value_name="Answer")
    table.to_csv(tmp_path / "survey.csv", index=False)

    corpus = read_corpus(tmp_path)

    assert (cell in segment(corpus)["text"].tolist()) is (cell in AN_ANSWER)
    assert len(heard(corpus)) == 2 + (cell in AN_ANSWER)
    assert f"{cell}\n" in corpus.documents["text"].item()


def test_who_ticks_other_says_in_the_next_column_what_they_are(tmp_path):
    rows = [
        "Respondent ID,Collector ID,Start Date,Which best describes you?,,What helps?",
        ",,,Response,Other (please specify),Open-Ended Response",
        "1,7,2025-02-01,Student,,The big window is what helps.",
        "2,7,2025-02-01,Parent or guardian,,They stop for the bus.",
        '3,7,2025-02-01,Other,"Crossing guard, 14 yrs",I stand in it each day.',
        "4,7,2025-02-01,Other,somebody,It is the wait that is bad.",
    ]
    tmp_path.joinpath("safety.csv").write_text("\n".join(rows), encoding="utf-8")

    corpus = read_corpus(tmp_path)

    assert corpus.participants["role"].tolist() == [
        "student",
        "family",
        "staff",
        "unknown",
    ]
    assert len(corpus.utterances.query("is_facilitator")) == 1


def test_a_column_of_others_alone_says_no_roles(tmp_path):
    rows = ["Which best describes you?,What helps?", "Other,My friends do help me."]
    tmp_path.joinpath("a.csv").write_text("\n".join(rows), encoding="utf-8")

    assert read_corpus(tmp_path).participants["role"].tolist() == ["unknown"]


def test_a_talk_that_somebody_translated_in_a_table_is_read_in_english(tmp_path):
    rows = [
        "Call,Who,Original,English,To do",
        "A,Staff,,How has pickup been for you?,",
        "A,Mom,Todo mundo buzina.,Everybody honks at me.,ask the AP",
        "A,Mom,,And thank the man in the vest.,",
        "A,Mom,Obrigada.,,",
    ]
    (tmp_path / "calls.csv").write_text("\n".join(rows), encoding="utf-8")

    said = read_corpus(tmp_path).utterances[["speaker", "text"]]

    assert said.to_numpy().tolist() == [
        ["Staff", "How has pickup been for you?"],
        ["Mom", "Everybody honks at me."],
        ["Mom", "And thank the man in the vest."],
        ["Mom", "Obrigada."],
    ]


GRADES = {
    "What grade are you in?": ["3", "4", "4", "5", "3", "4"],
    "What grade are you in this year?": ["third", "4th", "5th grade", "K", "kinder", "Ms. Roe 2"],
    "Your grade": ["3rd", "4th", "5th", "3rd", "K", "4th"],
    "Grade": ["3", "4", "5", "3", "4", "5"],
    "¿En qué grado estás?": ["3º", "4º", "5º", "3º", "4º", "5º"],
}  # fmt: skip
HARD = "When is homework hard for you?"


def write_grades(path, head, said, asked=HARD, **more):
    answers = [f"when I have swim practice number {n}" for n in range(len(said))]
    pd.DataFrame({head: said, **more, asked: answers}).to_csv(path, index=False)


@pytest.mark.parametrize(("head", "said"), GRADES.items())
def test_who_says_what_grade_they_are_in_is_a_student(tmp_path, head, said):
    write_grades(tmp_path / "form.csv", head, said)

    roles = read_corpus(tmp_path).participants["role"].tolist()

    assert roles == ["student"] * len(said)


def test_who_is_in_no_grade_is_no_student(tmp_path):
    write_grades(tmp_path / "form.csv", "What grade are you in?", ["3", "4", "5", "3", "4", "6", "N/A", "Teacher"])  # fmt: skip

    roles = read_corpus(tmp_path).participants["role"].tolist()

    assert roles == ["student"] * 6 + ["unknown"] * 2


@pytest.mark.parametrize(
    ("name", "head", "asked", "more", "role"),
    [
        ("form.csv", "What grade is your child in?", HARD, {}, "unknown"),
        ("form.csv", "What grade do you teach?", HARD, {}, "unknown"),
        ("form.csv", "Grade", "What does your child need?", {}, "unknown"),
        ("form.csv", "Grade", HARD, {"Role": ["Teacher"] * 6}, "teacher"),
        ("Teacher survey.csv", "Grade", HARD, {}, "teacher"),
        ("form.csv", "What grade would you give us?", HARD, {}, "unknown"),
    ],
)
def test_grades_of_others_make_no_students(tmp_path, name, head, asked, more, role):
    write_grades(tmp_path / name, head, ["3", "4", "5", "3", "4", "5"], asked, **more)

    assert read_corpus(tmp_path).participants["role"].tolist() == [role] * 6


def test_who_ticks_other_in_qualtrics_is_what_they_specify(tmp_path):
    asked = "Which best describes you?"
    rows = {
        f"{asked} - Selected Choice": ["Parent or guardian", "Other (please specify)", "Other (please specify)"],
        f"{asked} - Other (please specify) - Text": ["", "stepdad", "bus driver"],
        HARD: ["The paper was torn", "The portal was down", "We drove to the library"],
    }  # fmt: skip
    pd.DataFrame(rows).to_csv(tmp_path / "form.csv", index=False)

    roles = read_corpus(tmp_path).participants["role"].tolist()

    assert roles == ["family", "family", "staff"]
