"""Who facilitates, who takes part, and who is one person in several files."""

import pandas as pd
import pytest

from empathy_insights.errors import TableError
from empathy_insights.readers import read_corpus, read_transcript
from empathy_insights.roles import role_from_label, role_from_path, role_of


@pytest.fixture
def folder(tmp_path):
    def write(**files):
        for name, text in files.items():
            stem, _, suffix = name.rpartition("_")
            (tmp_path / f"{stem}.{suffix}").write_text(text)
        return tmp_path

    return write


def table(**columns):
    return pd.DataFrame(columns)


def people(corpus):
    turns = corpus.utterances.loc[~corpus.utterances["is_facilitator"]]
    ids = (
        turns["participant_id"]
        .astype(object)
        .where(turns["participant_id"].notna(), None)
    )
    return list(zip(turns["speaker"], ids, strict=True))


def problems(corpus):
    return corpus.problems["problem"].tolist()


@pytest.mark.parametrize(
    "label",
    ["Interviewer", "INTERVIEWER 2", "Interviewer (Dana)", "I", "F", "M", "Q", "Moderator",
     "Facilitator", "Researcher", "Host"],
)  # fmt: skip
def test_a_label_may_say_that_somebody_facilitates(tmp_path, label):
    file = tmp_path / "a.txt"
    file.write_text(f"{label}: Go on.\nAna Ruiz: So.\n{label}: Hm.\nAna Ruiz: Yes.\n")

    assert read_transcript(file).facilitators == {label: "the label says so"}


def test_letters_for_female_and_male_leave_somebody_to_listen_to(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("F: How is it?\nM: Good.\nF: Why?\nM: So.\n")

    assert read_transcript(file).facilitators == {"F": "asks the questions"}


def test_who_mostly_asks_facilitates(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(
        "Jo Lee: How is it?\nAna Ruiz: Good.\nJo Lee: Why?\nAna Ruiz: So.\n"
    )

    assert read_transcript(file).facilitators == {"Jo Lee": "asks the questions"}


def test_of_two_voices_the_one_that_asks_more_and_says_less_interviews(tmp_path):
    file = tmp_path / "a.txt"
    ask = "Dan: Okay.\nEve: So we went on and on and on.\n"
    file.write_text((ask * 2 + "Dan: Why?\nEve: Because it rained all day.\n") * 4)

    assert read_transcript(file).facilitators == {"Dan": "asks the questions"}


def test_of_two_voices_the_one_that_asks_more_and_says_more_does_not(tmp_path):
    file = tmp_path / "a.txt"
    ask = "Dan: Okay.\nEve: No.\n"
    file.write_text((ask * 2 + "Dan: Why is it that it rains?\nEve: So.\n") * 4)

    assert read_transcript(file).facilitators == {}


def test_who_asks_once_in_a_long_meeting_does_not_facilitate(tmp_path):
    file = tmp_path / "a.txt"
    talk = "Ana Ruiz: So.\nBen Dean: Well.\n" * 8
    file.write_text(f"{talk}Cy Lee: Why?\n")

    assert read_transcript(file).facilitators == {}


def test_whom_the_user_names_facilitates(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("Jo Lee: Go on.\nAna Ruiz: Why?\nJo Lee: Hm.\nAna Ruiz: So?\n")

    found = read_transcript(file, facilitators=["jo lee"]).facilitators

    assert found == {"Jo Lee": "named by the user"}


def test_nobody_found_to_facilitate_is_a_problem(folder):
    root = folder(a_txt="Jo Lee: Go on.\nAna Ruiz: So.\nJo Lee: Hm.\n")

    assert problems(read_corpus(root)) == [
        "no facilitator was recognised, so everyone's words count"
    ]


def test_a_facilitator_in_the_table_is_no_participant(folder):
    root = folder(a_txt="Jo Lee: Go on.\nAna Ruiz: So?\n")
    listed = table(participant_id=["f1", "p1"], name=["Jo Lee", "Ana Ruiz"],
                   role=["interviewer", "student"])  # fmt: skip

    corpus = read_corpus(root, participants=listed)

    assert corpus.participants["participant_id"].tolist() == ["p1"]
    assert people(corpus) == [("Ana Ruiz", "p1")]
    assert corpus.utterances["facilitator_why"].iloc[0] == (
        "a facilitator in the participants table"
    )


def test_without_a_table_people_are_numbered_as_they_appear(folder):
    root = folder(a_txt="I: Why?\nBo: So.\nAna: Yes.\nBo: No.\n")

    assert people(read_corpus(root)) == [
        ("Bo", "a:p01"),
        ("Ana", "a:p02"),
        ("Bo", "a:p01"),
    ]


def test_a_full_name_in_two_files_is_one_person_and_a_first_name_is_two(folder):
    root = folder(
        a_txt="I: Why?\nAmara Boone: So.\nI: And?\nBo: No.\n",
        b_txt="INTERVIEWER: Why?\nAMARA BOONE: So.\nINTERVIEWER: And?\nBo: No.\n",
    )

    assert people(read_corpus(root)) == [
        ("Amara Boone", "a:p01"),
        ("Bo", "a:p02"),
        ("AMARA BOONE", "a:p01"),
        ("Bo", "b:p02"),
    ]


def test_the_table_matches_by_document_before_name(folder):
    root = folder(a_txt="Q: Why?\nA: So.\n", b_txt="Q: Why?\nA: So.\n")
    listed = table(
        participant_id=["p1", "p2"], name=["A", "A"], document=["a", "B.txt"]
    )

    assert people(read_corpus(root, participants=listed)) == [("A", "p1"), ("A", "p2")]


def test_a_full_name_of_one_document_is_the_same_person_in_another(folder):
    root = folder(
        a_txt="I: Why?\nAmara Boone: So.\n",
        b_txt="I: Why?\nAMARA BOONE (student): So.\n",
    )
    listed = table(participant_id=["p1"], name=["Amara Boone"], document=["a"])

    assert [person for _, person in people(read_corpus(root, participants=listed))] == [
        "p1",
        "p1",
    ]


def test_a_letter_of_one_document_is_somebody_else_in_another(folder):
    root = folder(a_txt="Q: Why?\nA: So.\n", b_txt="Q: Why?\nA: So.\n")
    listed = table(participant_id=["p1"], name=["A"], document=["a"])

    corpus = read_corpus(root, participants=listed)

    assert people(corpus) == [("A", "p1"), ("A", "b:p01")]
    assert problems(corpus) == ["1 voice is not in participants: speaker 1 of b"]


def test_people_in_no_document_are_a_problem_with_their_line(folder):
    root = folder(
        a_txt="I: Why?\nAna Ruiz: So.\n",
        participants_csv="participant_id,name\np1,Ana Ruiz\np2,Bo Dean\n",
    )

    corpus = read_corpus(root)

    rows = corpus.problems[["path", "line", "problem"]].to_numpy().tolist()
    assert rows == [
        ["participants.csv", 3.0, "1 person is in no document, of 2 listed: p2"]
    ]


def test_facts_of_the_table_ride_along_and_its_heads_may_be_in_any_case(folder):
    root = folder(
        a_txt="I: Why?\nAna Ruiz: So.\n",
        participants_csv="Participant_ID,Name,ROLE,Priority_Group,grade\np1,Ana Ruiz,Mom,ML,9\n",
    )

    rows = read_corpus(root).participants.to_numpy().tolist()

    assert rows == [["p1", "family", "ML", "9"]]


def test_a_role_that_we_do_not_know_is_a_problem(folder):
    root = folder(a_txt="I: Why?\nAna Ruiz: So.\n")
    listed = table(participant_id=["p1"], name=["Ana Ruiz"], role=["wizard"])

    corpus = read_corpus(root, participants=listed)

    assert corpus.participants["role"].tolist() == ["unknown"]
    assert problems(corpus) == ["the role 'wizard' of p1 is not known"]


@pytest.mark.parametrize(
    ("head", "ours"),
    [("rolle", "role"), ("docment", "document"), ("Prioritygroup", "priority_group")],
)
def test_a_head_that_is_nearly_one_of_ours_is_told(folder, head, ours):
    listed = table(name=["Ana Ruiz"], **{head: ["student"]}, grade=["9"], rounds=["1"])

    corpus = read_corpus(folder(a_txt="I: So?\nAna Ruiz: Yes."), participants=listed)

    assert problems(corpus) == [
        f"the column {head!r} is not known, and there is no {ours!r}"
    ]


def test_lines_that_tell_a_person_differently_are_told(folder):
    listed = table(
        participant_id=["s1", "s1", "s1"], name=["Ana Ruiz"] * 3,
        role=["student", "", "teacher"], grade=["", "9", "9"],
    )  # fmt: skip

    corpus = read_corpus(folder(a_txt="I: So?\nAna Ruiz: Yes."), participants=listed)

    assert corpus.problems[["line", "problem"]].to_numpy().tolist() == [
        [4, "line 2 says otherwise of s1 under 'role', and counts"]
    ]


def test_respondents_of_a_survey_are_found_by_their_ids(folder):
    root = folder(
        survey_csv="respondent_id,grade,What helps?\ns1,9,My friends explain it\n"
        "s2,10,My own good notes\n",
        participants_csv="participant_id,name,role,document\np7,s1,student,\n",
    )

    corpus = read_corpus(root)

    assert people(corpus) == [("s1", "p7"), ("s2", "survey:p02")]
    assert corpus.participants[["participant_id", "grade"]].to_numpy().tolist() == [
        ["p7", "9"],
        ["survey:p02", "10"],
    ]


@pytest.mark.parametrize("label", ["__", "Unknown Speaker", "Multiple"])
def test_a_voice_that_nobody_knows_is_no_person(folder, label):
    root = folder(
        a_txt=f"I: Why?\nAna Ruiz: So.\nI: And?\n{label}: Yes.\n{label}: Yes.\n"
    )

    assert people(read_corpus(root))[-1] == (label, None)


def test_three_people_beside_the_facilitator_are_a_focus_group(folder):
    root = folder(
        a_txt="F: Why?\n1: So.\n2: Yes.\n3: No.\n", b_txt="F: Why?\n1: So.\n2: Yes.\n"
    )

    kinds = read_corpus(root).documents["kind"].tolist()

    assert kinds == ["focus_group", "interview"]


def test_a_role_is_read_off_a_label_or_the_name_of_the_file(folder):
    root = folder(
        a_txt="I: Why?\nStudent 1: So.\nParent: Yes.\n",
        teacher_b_txt="I: Why?\nAna Ruiz: So.\n",
    )

    roles = (
        read_corpus(root).participants[["participant_id", "role"]].to_numpy().tolist()
    )

    assert roles == [
        ["a:p01", "student"],
        ["a:p02", "family"],
        ["teacher_b:p01", "teacher"],
    ]


@pytest.mark.parametrize(
    ("said", "role"),
    [("Guardian", "family"), ("assistant principal", "school_leader"), ("pupil", "student"),
     ("school counselor", "staff"), ("Network Leader", "network_leader"), ("wizard", None)],
)  # fmt: skip
def test_words_for_roles_are_understood(said, role):
    assert role_of(said) == role


@pytest.mark.parametrize(
    ("label", "role"),
    [("Student 3", "student"), ("Maria Ruiz (parent)", "family"), ("Mr. Dean", None),
     ("Principal", "school_leader"), ("Ana", None), ("Walter Simms - Principal", "school_leader"),
     ("Ms. Okafor - AHS", None), ("Luis | parent", "family"), ("Tutors", "staff")],
)  # fmt: skip
def test_a_label_may_hold_a_role(label, role):
    assert role_from_label(label) == role


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("r1/student_03.txt", "student"),
        ("student_teacher.txt", None),
        ("talk.txt", None),
        ("Teacher interviews/06.txt", "teacher"),
        ("Exit - counselor (sonix).docx", "staff"),
        ("Students/2024/parent_04.txt", "family"),
        ("students and families/talk.txt", None),
        ("Voces de familias/grupo 3.txt", "family"),
        ("Teacher responses.xlsx/Elementary", "teacher"),
        ("Teacher responses.xlsx/Students", "student"),
        ("spring/Families/ana.txt", "family"),
        ("Student interviews/2024/Mr Lee, teacher.txt", "teacher"),
        ("Staff notes/ana.txt", None),
        ("Parent teacher night/ana.txt", None),
        ("8th_grade_focus_group.docx", "student"),
        ("8th grade team.docx", None),
        ("entrevista familia 2.txt", "family"),
    ],
)
def test_a_file_name_may_hold_a_role(path, role):
    assert role_from_path(path) == role


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Student focus group – Brookfield Middle, Oct 9", "student"),
        ("Interview with a parent, spring", "family"),
        ("Focus group: teachers", "teacher"),
        ("Grupo focal de familias", "family"),
        ("Ana and Ben were there (all 8th grade). Pizza.", "student"),
        ("Interview with the parent liaison", "staff"),
        ("Student teacher interview", "teacher"),
        ("Parent and teacher interviews, student focus group", "unknown"),
        ("How students learn. A talk with 8th grade team", "unknown"),
    ],
)
def test_the_title_of_a_talk_may_say_whose_it_is(folder, head, role):
    root = folder(a_txt=f"{head}\n\nI: Why?\nAna: So.\nI: How?\nBen: Well.\n")

    assert set(read_corpus(root).participants["role"]) == {role}


def test_a_table_without_ids_and_names_is_refused(folder):
    root = folder(a_txt="I: Why?\nAna Ruiz: So.\n")

    with pytest.raises(
        TableError, match="lacks 'participant_id' and 'name'; its columns are: grade"
    ):
        read_corpus(root, participants=table(grade=["9"]))


@pytest.mark.parametrize("first", ["Imani Okafor,student", "Okafor,teacher,9"])
def test_a_list_without_heads_is_told_without_anybodys_name(folder, first):
    root = folder(
        a_txt="I: Why?\nAna Ruiz: So.\n", participants_csv=f"{first}\nBo,staff\n"
    )

    with pytest.raises(TableError, match="write such heads") as told:
        read_corpus(root)
    assert "Okafor" not in str(told.value)


def test_people_who_are_listed_by_name_alone_get_ids_in_their_order(folder):
    root = folder(a_txt="I: Why?\nAna Ruiz: So.\n")
    listed = table(First=["Bo", "Ana"], Last=["Dean", "Ruiz"])

    assert people(read_corpus(root, participants=listed)) == [("Ana Ruiz", "p02")]


@pytest.mark.parametrize(
    "role", ["facilitator", "interviewer", "interpreter", "nobody"]
)
def test_who_is_not_heard_needs_no_id(folder, role):
    root = folder(a_txt="Bo Dean: Why?\nAna Ruiz: So.\n")
    listed = table(
        participant_id=["p1", None],
        name=["Ana Ruiz", "Bo Dean"],
        role=["student", role],
    )

    assert people(read_corpus(root, participants=listed)) == [("Ana Ruiz", "p1")]


def test_a_row_without_an_id_is_named_by_its_line(folder):
    root = folder(a_txt="I: Why?\nAna Ruiz: So.\n")
    listed = table(participant_id=["p1", None], name=["Ana Ruiz", "Bo Dean"])

    with pytest.raises(TableError, match="'participant_id' is missing in line 3"):
        read_corpus(root, participants=listed)


def test_two_people_with_one_id_are_told_by_their_lines(folder):
    root = folder(a_txt="I: Why?\nAna Ruiz: So.\n")
    listed = table(participant_id=["p1", "p1"], name=["Ana Ruiz", "Bo Dean"])

    with pytest.raises(TableError, match="'p1' stands in lines 2 and 3") as told:
        read_corpus(root, participants=listed)
    assert "Dean" not in str(told.value)


@pytest.mark.parametrize("also", ["Ana", "Ana Ruiz-Dean", "A. Ruiz", "Ana Ruiz"])
def test_one_person_may_stand_in_several_rows(folder, also):
    root = folder(a_txt="I: Why?\nAna Ruiz: So.\nI: And?\nAna Ruiz: Oh.\n")
    listed = table(participant_id=["p1", "p1"], name=["Ana Ruiz", also])

    assert read_corpus(root, participants=listed).participants[
        "participant_id"
    ].tolist() == ["p1"]


def test_a_table_that_is_not_there_is_named(folder, tmp_path):
    root = folder(a_txt="I: Why?\nAna Ruiz: So.\n")

    with pytest.raises(TableError, match=r"who\.csv: there is no such participants"):
        read_corpus(root, participants=tmp_path / "who.csv")


def test_many_strangers_of_a_survey_are_one_problem(folder):
    rows = "".join(f"s{n},Answer number {n} of this long survey\n" for n in range(30))
    root = folder(survey_csv=f"respondent_id,What helps?\n{rows}")

    corpus = read_corpus(root, participants=table(participant_id=["p1"], name=["s0"]))

    assert problems(corpus) == [
        "29 voices are not in participants: speaker 2 of survey, speaker 3 of survey, "
        "speaker 4 of survey, speaker 5 of survey, speaker 6 of survey, "
        "speaker 7 of survey and 23 more"
    ]


def test_a_participants_table_may_be_a_workbook(folder, tmp_path):
    root = folder(a_txt="I: Why?\nAna Ruiz: So.\n")
    table(participant_id=["p1"], name=["Ana Ruiz"]).to_excel(
        tmp_path / "who.xlsx", index=False
    )

    assert people(read_corpus(root / "a.txt", participants=tmp_path / "who.xlsx")) == [
        ("Ana Ruiz", "p1")
    ]


def test_somebody_listed_as_taking_part_does_not_facilitate_by_asking(folder):
    root = folder(a_txt="Jo Lee: So.\nAna Ruiz: Why?\nJo Lee: Hm.\nAna Ruiz: And?\n")
    listed = table(participant_id=["p1"], name=["Ana Ruiz"], role=["student"])

    utterances = read_corpus(root, participants=listed).utterances

    assert not utterances["is_facilitator"].any()


SHORT = (
    "Peg: Why?\nMs. Ruiz: Hours.\nOtis: No.\nPeg: So?\nT. Ruiz: Pay.\nO. Greer: A shirt.\n"
    "Peg: And?\nRuiz: Yes.\n"
)


def test_who_was_there_counts_once_however_their_name_is_shortened(tmp_path):
    head = "Present: Teresa Ruiz, Otis Greer (cook), Lan Vo\n\n"
    (tmp_path / "a.txt").write_text(head + SHORT)

    turns = read_corpus(tmp_path).utterances

    said = turns[~turns["is_facilitator"]].groupby("participant_id")["text"].agg(list)
    assert said.tolist() == [["Hours.", "Pay.", "Yes."], ["No.", "A shirt."]]


@pytest.mark.parametrize(
    "head", ["", "Present: Teresa Ruiz, Tomas Ruiz, Otis Greer\n\n"]
)
def test_a_surname_that_two_may_have_joins_nobody(tmp_path, head):
    (tmp_path / "a.txt").write_text(head + SHORT)

    turns = read_corpus(tmp_path).utterances

    ruiz = turns[turns["speaker"].str.contains("Ruiz", na=False)]
    assert ruiz["participant_id"].nunique() == 3


def test_the_name_beside_a_part_is_the_same_person_but_no_parent_is_their_child(
    tmp_path,
):
    (tmp_path / "a.txt").write_text(
        "Vol. (Peg): Why?\nAna: Hours.\nBo: No.\nPeg: So?\nMom (Ana): Pay.\nBo: Yes.\nAna: No.\n"
        "Peg: And?\n"
    )

    voices = read_corpus(tmp_path).utterances["speaker"].tolist()

    assert voices == ["Peg", "Ana", "Bo", "Peg", "Mom (Ana)", "Bo", "Ana", "Peg"]


def test_a_surname_with_the_place_of_who_has_a_title_is_hers_and_a_first_name_no_teachers(
    tmp_path,
):
    (tmp_path / "a.txt").write_text(
        "Ms. Vance (school): Why?\nAna: Hours.\nVance (school): Is it far, do you know?\n"
        "Ana: No.\nVance (school): Who goes?\nMs. Grace (school): I do.\nGrace: Me, too.\n"
        "Ms. Grace (school): She does.\nGrace: Every day.\n"
    )

    voices = read_corpus(tmp_path).utterances["speaker"].tolist()

    assert voices == [
        *["Vance (school)", "Ana"] * 2,
        "Vance (school)",
        *["Ms. Grace (school)", "Grace"] * 2,
    ]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Staff exit interviews 2023-24", "staff"),
        ("Bus change - parent interviews", "family"),
        ("Student advisory council", "student"),
        ("parent_liaison", "unknown"),
        ("teacher_notebook", "unknown"),
        ("grad_student_belonging", "unknown"),
        ("Student support staff interviews", "unknown"),
    ],
)
def test_the_folder_that_is_read_may_say_whose_talks_it_holds(tmp_path, name, role):
    root = tmp_path / name
    root.mkdir()
    root.joinpath("a.txt").write_text("I: Why?\nAna: So.\nI: How?\nAna: Well.\n")

    corpora = [read_corpus(root), read_corpus(root / "a.txt")]

    assert [set(corpus.participants["role"]) for corpus in corpora] == [{role}, {role}]


def test_a_file_says_better_than_its_folder_who_speaks(tmp_path):
    root = tmp_path / "Student advisory council"
    root.mkdir()
    talk = "I: Why?\nAna: So.\nI: How?\nAna: Well.\n"
    root.joinpath("Principal advisory 4-9.txt").write_text(talk)
    root.joinpath("Teacher interview.txt").write_text(talk.replace("Ana", "Bo"))

    assert read_corpus(root).participants["role"].tolist() == ["student", "teacher"]


def test_a_child_at_a_talk_with_parents_is_no_parent(folder):
    root = folder()
    talk = "I: Why?\nMRS. RUIZ: So.\nI: How?\nSON (in background): Well.\nI: And?\nMRS. RUIZ: Hm.\nSON (in background): No.\n"
    root.joinpath("parent interview.txt").write_text(talk)

    assert read_corpus(root).participants["role"].tolist() == ["family", "student"]


ASKS = "Interviewer: What is a day like?\n"


@pytest.mark.parametrize(
    ("labels", "n_people"),
    [
        (["Kim", "KIM", "Kim T.", "?", "Kim Tran", "Kim T", "Jo"], 2),
        (["Kim T.", "Jo", "Kim Tran", "Jo"], 2),
        (["Kim", "Jo", "Kim Tran", "Jo"], 2),
        (["Kim", "?", "Kim T.", "Jo"], 2),
        # Two people, or nobody can tell.
        (["Kim", "?", "Kim T.", "?", "Kim B."], 3),
        (["Kim T.", "?", "Kim Tran", "?", "Kim Tower"], 3),
        (["Kim", "Kim Tran", "Kim", "Jo"], 3),
        (["Kim", "?", "Linda Kim", "?", "Kim Tran"], 3),
        (["Ana Lopez", "?", "Luz Lopez", "?", "Lopez"], 3),
        (["Ms. Kim", "?", "Kim Tran"], 2),
        (["Kim (mom)", "?", "Kim Tran (student)"], 2),
        (["Student T.", "?", "Student Tran"], 2),
        (["Parent", "?", "Parent Lopez"], 2),
        (["Dana", "?", "Dean Miller", "?", "Dean"], 3),
        (
            ["Kim R.", "?", "Kim R.'s husband", "?", "Kim R.", "?", "Kim R.'s husband"],
            2,
        ),
        (["Rosa de la Cruz", "?", "Rosa", "?", "Ana Paz"], 2),
    ],
)
def test_a_name_shortened_in_one_file_is_one_persons(folder, labels, n_people):
    lines = [
        ASKS if label == "?" else f"{label}: The bus is late, day {n}.\n"
        for n, label in enumerate(labels)
    ]
    found = read_corpus(folder(a_txt=ASKS + "".join(lines)))
    told = [p for p in found.problems["problem"] if "taken for one person" in p]

    assert len(found.participants) == n_people
    assert len(told) == (n_people < len({x.casefold() for x in labels} - {"?"}))


def test_the_longest_spelling_finds_the_person_of_a_list(folder):
    root = folder(
        a_txt=f"{ASKS}Kim: So.\nJo: Hm.\n{ASKS}Kim: Ok.\nJo: So.\nKim T.: Yes.\n"
    )
    listed = table(participant_id=["p1", "p2"], name=["Kim Bauer", "Kim Tran"])
    found = read_corpus(root, participants=listed)

    spoken = found.utterances.query("speaker == 'Kim T.'")
    assert set(spoken["participant_id"]) == {"p2"}
    assert len(spoken) == 3


def test_two_accounts_of_a_chat_are_two_people_whatever_they_are_called(folder):
    chat = "".join(
        f"[2/27/24, 6:{n:02d} PM] {label}: The bus is late {n}.\n"
        for n, label in enumerate(
            ["Rosa", "Ana", "Rosa Diaz", "Ana", "Rosa", "Ana"], 10
        )
    )

    assert len(read_corpus(folder(a_txt=chat)).participants) == 3
