"""A list that says who consents counts, whatever it is called and in whatever sheet."""

from pathlib import Path

import openpyxl
import pytest

import empathy_insights as ei

TALK = "Jen: How is lunch?\n{0}: I skip it and go to the art room.\n"


def folder_with(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / f"{name}.txt").write_text(TALK.format(name))
    return folder


@pytest.mark.parametrize(
    "name", ["consent.csv", "participants list.csv", "Sign-in sheet.csv"]
)
def test_a_no_in_a_list_of_any_name_is_heard_and_told(
    tmp_path: Path, name: str
) -> None:
    folder_with(tmp_path, "Maya", "Pim")
    (tmp_path / name).write_text(
        "Name,Role,Consent,Notes\nMaya,student,yes,\nPim,student,no,mom called\n"
    )
    corpus = ei.read_corpus(tmp_path)
    assert corpus.documents["path"].tolist() == ["Maya.txt"]
    assert corpus.participants["role"].tolist() == ["student"]
    assert "Notes" not in corpus.participants
    told = "\n".join(corpus.problems["problem"])
    assert "taken for the list of people" in told
    assert "1 person left out who did not consent" in told


def test_a_log_has_a_title_above_its_heads(tmp_path: Path) -> None:
    folder_with(tmp_path, "Maya", "Pim")
    book = openpyxl.Workbook()
    for row in (
        ["Larkspur consent log"], [], ["Name", "Role", "Consent form turned in", "Notes"],
        ["Maya", "student", "Y", ""], ["Pim", "student", "N", "mom said no, do not use"],
    ):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "Consent log.xlsx")
    assert ei.read_corpus(tmp_path).documents["path"].tolist() == ["Maya.txt"]


def test_a_survey_about_consent_forms_is_read(tmp_path: Path) -> None:
    (tmp_path / "consent survey.csv").write_text(
        "Name,Do you consent?,What is hard for you about the forms?\n"
        "Ana,yes,I never know where they are or who needs them back.\n"
        "Bo,no,I lose them.\n"
    )
    said = ei.read_corpus(tmp_path).utterances
    assert said.loc[~said["is_facilitator"], "text"].str.startswith("I never").tolist() == [True]  # fmt: skip


def test_the_list_that_is_passed_counts(tmp_path: Path) -> None:
    folder_with(tmp_path, "Maya", "Pim")
    (tmp_path / "consent.csv").write_text("Name,Consent\nMaya,yes\nPim,no\n")
    (tmp_path / "participants.csv").write_text("name,role\nMaya,student\nPim,student\n")
    corpus = ei.read_corpus(tmp_path)
    assert len(corpus.documents) == 2
    told = corpus.problems["problem"]
    assert told.str.startswith("1 person has no clear yes to consent").any()


def test_a_survey_of_short_answers_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "Family form.csv").write_text(
        "Timestamp,Name,I consent,Biggest challenge,What would help\n"
        "1/2/2026 10:11,Ana,yes,The bus is always late,A second bus at seven\n"
        "1/2/2026 10:15,Bo,no,We have no wifi,A hotspot for the week\n"
    )
    said = ei.read_corpus(tmp_path).utterances
    assert said["text"].str.contains("The bus is always late").any()
    assert not said["text"].str.contains("no wifi").any()


def test_a_list_that_cannot_be_used_ends_nothing(tmp_path: Path) -> None:
    folder_with(tmp_path, "Maya")
    (tmp_path / "consent.csv").write_text(
        "participant_id,Name,Consent\ns1,Maya Lopez,yes\ns1,Pim Okafor,no\n,Bo Li,yes\n"
    )
    assert ei.read_corpus(tmp_path).documents["path"].tolist() == ["Maya.txt"]
