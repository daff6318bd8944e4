"""The sheet of who is who: filled in by hand and handed back, it splits and loses nobody."""

import openpyxl
import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.readers import people_sheet, read_corpus

TALK = "Dana Poe: How is it going?\n{0}: The bus is late.\nDana Poe: And lunch?\n{0}: Too short.\n"
FORM = 'Name,Grade,What is hard?,What helps?\n{},,"Dead Chromebooks",My team\nHolly Pruitt,8,,Time\n'


@pytest.fixture
def study(tmp_path):
    """Return a folder in which Ray speaks in an interview and writes in a form."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TALK.format("Ray Dombrowski"))
    (tmp_path / "in" / "b.csv").write_text(FORM.format("Ray Dombrowski"))
    return tmp_path / "in"


def sheet_of(folder, **options):
    """Write the sheet, and return its path and rows."""
    path = folder.parent / f"people{len(options)}.csv"
    people_sheet(read_corpus(folder, **options), path)
    return path, pd.read_csv(path, dtype="str", keep_default_na=False)


@pytest.mark.parametrize("files", [["a.txt"], ["b.csv"], ["a.txt", "b.csv"]])
@pytest.mark.parametrize("told", [{"role": "teacher"}, {"name": "Ray Dombrowski"}])
def test_a_correction_of_one_who_is_in_several_files_splits_nobody(study, files, told):
    path, rows = sheet_of(study)
    is_his = (rows["voice"] == "Ray Dombrowski") & rows["file"].isin(files)
    for column, value in told.items():
        rows.loc[is_his, column] = value
    rows.to_csv(path, index=False)

    corpus = read_corpus(study, participants=path)

    own = corpus.utterances[~corpus.utterances["is_facilitator"]]
    whose = own.groupby("speaker")["participant_id"].nunique()
    assert whose.to_dict() == {"Holly Pruitt": 1, "Ray Dombrowski": 1}
    assert own["participant_id"].nunique() == 2
    if "role" in told:
        roles = corpus.participants.set_index("participant_id")["role"]
        his = own.loc[own["speaker"] == "Ray Dombrowski", "participant_id"].iloc[0]
        assert roles[his] == "teacher"


def test_a_first_name_that_is_corrected_in_one_file_is_nobody_in_another(tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(TALK.format("Ray"))
    path, rows = sheet_of(tmp_path / "in")
    rows.loc[(rows["voice"] == "Ray") & (rows["file"] == "a.txt"), "role"] = "teacher"
    rows.to_csv(path, index=False)

    corpus = read_corpus(tmp_path / "in", participants=path)

    assert sorted(corpus.participants["role"]) == ["teacher", "unknown"]


def test_without_a_list_the_sheet_blames_none(study):
    with (study / "a.txt").open("a") as talk:
        talk.write("Unknown Speaker: Sorry, I am late.\n")
    rows = sheet_of(study)[1].set_index("voice")

    whose = ["Ray Dombrowski", "Holly Pruitt"]
    assert set(rows.loc[whose, "why"]) == {"no list of people was given"}
    assert set(rows.loc[whose, "guess"]) == {"somebody"}
    assert rows.loc["Unknown Speaker", "why"] == "the label is nobody's"


def test_with_a_list_the_sheet_says_who_is_not_in_it(study):
    listed = pd.DataFrame({"name": ["Ray Dombrowski"]})
    rows = sheet_of(study, participants=listed)[1].set_index("voice")

    assert rows.loc["Holly Pruitt", "why"] == "nobody in the list has this name"
    assert rows.loc["Holly Pruitt", "guess"] == "not in the list"


@pytest.mark.parametrize("is_sheet", [True, False])
def test_a_listed_facilitator_is_in_the_files_in_which_she_asks(study, is_sheet):
    (study / "c.txt").write_text(TALK.format("Ana Roe"))
    listed = pd.DataFrame({"name": ["Dana Poe"], "role": ["facilitator"]})
    corpus = read_corpus(study, participants=sheet_of(study)[0] if is_sheet else listed)

    rows = corpus.people

    assert "in no file" not in rows["guess"].tolist()
    asks = rows[rows["voice"] == "Dana Poe"]
    assert asks["role"].tolist() == ["facilitator"] * 2
    assert len(set(asks["participant_id"])) == 1


def test_a_numbered_respondent_has_the_number_of_the_row(tmp_path):
    (tmp_path / "s.csv").write_text(
        "Grade,What is hard?,What helps?\n9,,My friends\n9,The bus,\n8,The lunch,My mom\n"
    )

    own = read_corpus(tmp_path).utterances.query("not is_facilitator")

    whose = zip(own["speaker"], own["participant_id"], strict=True)
    assert set(whose) == {(str(n), f"s:p{n:02d}") for n in (1, 2, 3)}


def test_a_voice_that_the_sheet_leaves_open_is_told_by_its_line(study):
    path, rows = sheet_of(study)
    rows.loc[rows["voice"] == "Ray Dombrowski", "role"] = "teacher"
    rows.to_csv(path, index=False)
    line = rows.index[rows["voice"] == "Holly Pruitt"][0] + 2

    problems = read_corpus(study, participants=path).problems["problem"]

    assert f"1 row says nothing of who speaks: line {line}" in problems.tolist()


def test_a_voice_in_no_list_is_told_by_its_file(study):
    listed = pd.DataFrame({"name": ["Ray Dombrowski"]})

    problems = read_corpus(study, participants=listed).problems["problem"]

    assert "1 voice is not in participants: speaker 2 of b" in problems.tolist()


def test_a_row_without_an_id_gets_nobody_elses(study):
    path, rows = sheet_of(study)
    rows.loc[rows["voice"] == "Holly Pruitt", "participant_id"] = "p01"
    rows.loc[rows["file"] == "a.txt", "role"] = ["facilitator", "teacher"]
    rows.to_csv(path, index=False)

    corpus = read_corpus(study, participants=path)

    whose = corpus.utterances.dropna(subset="participant_id")
    ids = whose.groupby("speaker")["participant_id"].unique().map(list).to_dict()
    assert ids == {"Holly Pruitt": ["p01"], "Ray Dombrowski": ["p03"]}
    assert corpus.problems.empty


def test_a_row_without_an_id_has_that_of_its_name_elsewhere(study):
    path, rows = sheet_of(study)
    is_his = rows["voice"] == "Ray Dombrowski"
    rows.loc[is_his & (rows["file"] == "a.txt"), "role"] = "teacher"
    rows.loc[is_his & (rows["file"] == "b.csv"), "participant_id"] = "t7"
    rows.to_csv(path, index=False)

    corpus = read_corpus(study, participants=path)

    roles = corpus.participants.set_index("participant_id")["role"]
    assert roles["t7"] == "teacher"
    assert len(roles) == 2


def test_a_folder_in_which_nobody_speaks_is_told_in_words_for_everybody(tmp_path):
    (tmp_path / "notes.txt").write_text("Likes choir.\n\nThe bus is late.\n")

    with pytest.raises(EmpathyInsightsError, match="`Name: words`") as told:
        people_sheet(read_corpus(tmp_path), tmp_path / "people.xlsx")
    assert "read_corpus" not in str(told.value)


def test_a_respondent_of_a_form_whose_row_is_left_as_it_is_is_no_remark(tmp_path):
    """Whoever names one of them in the sheet has left the others as they are."""
    rows = "".join(
        f"R_1x{n}ab{n},Answer number {n} is about the bus.\n" for n in range(5)
    )
    (tmp_path / "form.csv").write_text(
        f"ResponseId,What would you change?\n{rows}", encoding="utf-8"
    )
    sheet = ei.people_sheet(ei.read_corpus(tmp_path), tmp_path / "people.xlsx")
    book = openpyxl.load_workbook(sheet)
    heads = [cell.value for cell in book.active[1]]
    for row in (2, 3):
        book.active.cell(row, heads.index("name") + 1).value = "J Baptiste"
    book.save(sheet)

    told = ei.read_corpus(tmp_path, participants=sheet)
    assert len(told.participants) == 4
    assert told.problems["problem"].str.contains("voices? (?:is|are) not in").sum() == 0
