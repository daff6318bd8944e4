"""Surveys of several rounds: in one table, in several files, in a frame."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import empathy_insights as ei

N = 12
BOOK = ei.Codebook(
    "b", "B", themes=(ei.Theme("bus", "Bus"), ei.Theme("lunch", "Lunch"))
)
ASKED = "What gets in the way of learning?"
FALL = "The bus is late on route number {} nearly every single day."
SPRING = "Lunch is cold in week {} and we have no time to sit."


def answers(*, ids: str = "r{:02d}") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "participant_id": ids.format(n),
            "round": one,
            "grade": str(6 + n % 3),
            ASKED: words.format(n),
        }
        for n in range(1, N + 1)
        for one, words in (("fall", FALL), ("spring", SPRING))
    )


def as_csv(folder: Path, frame: pd.DataFrame) -> None:
    frame.to_csv(folder / "survey.csv", index=False)


def as_workbook(folder: Path, frame: pd.DataFrame) -> None:
    frame.to_excel(folder / "survey.xlsx", index=False)


def as_long(folder: Path, frame: pd.DataFrame) -> None:
    asked = frame.rename(columns={ASKED: "answer"}).assign(question=ASKED)
    asked.to_csv(folder / "survey.csv", index=False)


@pytest.mark.parametrize("write", [as_csv, as_workbook, as_long])
@pytest.mark.parametrize("head", ["round", "Wave", "Time point", "School Year", "Term"])
@pytest.mark.parametrize("who", ["participant_id", "rid", "resp_id", "Subject ID"])
def test_who_answers_in_two_rounds_is_one_person_heard_in_each(
    tmp_path: Path, write: Callable[[Path, pd.DataFrame], None], head: str, who: str
) -> None:
    write(tmp_path, answers().rename(columns={"round": head, "participant_id": who}))

    corpus = ei.read_corpus(tmp_path)

    assert list(corpus.documents["round"]) == ["fall", "spring"]
    assert len(corpus.participants) == N
    assert corpus.participants["grade"].notna().all()
    assert head.casefold() not in corpus.participants
    said = corpus.utterances[~corpus.utterances["is_facilitator"]]
    assert said.groupby("document_id")["participant_id"].nunique().tolist() == [N, N]
    fall = said[said["document_id"].str.contains("fall")]
    assert fall["text"].str.contains("bus").all()


def test_tables_by_round_count_each_answer_in_its_own(tmp_path: Path) -> None:
    as_csv(tmp_path, answers())
    corpus = ei.read_corpus(tmp_path)

    segments = ei.segment(corpus)
    themes = segments["text"].str.extract("(bus|Lunch)", expand=False).str.lower()
    codes = segments[["segment_id"]].assign(theme=themes, coder="kim")
    codes.to_csv(tmp_path / "codes.csv", index=False)
    codings = ei.read_codings(tmp_path / "codes.csv", BOOK, segments)
    table = ei.theme_over_rounds(codings, corpus, codebook=BOOK)

    told = table.set_index(["theme", "round"])[["people", "of"]].T.to_dict("list")
    assert told == {
        ("bus", "fall"): [N, N],
        ("bus", "spring"): [0, N],
        ("lunch", "fall"): [0, N],
        ("lunch", "spring"): [N, N],
    }
    assert table["in_both"].dropna().tolist() == [N, N]


def test_a_round_that_nobody_repeats_describes_people(tmp_path: Path) -> None:
    frame = answers()
    frame["participant_id"] = [f"s{n:02d}" for n in range(2 * N)]
    as_csv(tmp_path, frame)

    corpus = ei.read_corpus(tmp_path)

    assert len(corpus.documents) == 1
    assert set(corpus.participants["round"]) == {"fall", "spring"}


def test_the_list_of_people_may_name_the_whole_table(tmp_path: Path) -> None:
    as_csv(tmp_path, answers())
    people = pd.DataFrame(
        {"participant_id": ["X1"], "name": ["r01"], "document": ["survey.csv"]}
    )

    said = ei.read_corpus(tmp_path, participants=people).utterances

    assert (said["participant_id"] == "X1").sum() == 2


def test_rows_of_somebody_that_differ_are_told(tmp_path: Path) -> None:
    as_csv(tmp_path, answers().rename(columns={"round": "school"}))

    [problem] = ei.read_corpus(tmp_path).problems["problem"]

    assert problem == (
        "somebody's rows differ under 'school': the first row describes them"
    )


def in_two_files(folder: Path, frame: pd.DataFrame) -> ei.Corpus:
    for one, rows in frame.groupby("round"):
        rows.drop(columns="round").to_csv(folder / f"{one}.csv", index=False)
    return ei.read_corpus(folder)


def test_the_same_ids_in_two_files_of_one_survey_are_the_same_people(
    tmp_path: Path,
) -> None:
    corpus = in_two_files(tmp_path, answers())

    assert len(corpus.participants) == N
    assert list(corpus.problems["problem"]) == [
        "the names of the files say in which round they are: fall, spring",
        "12 ids stand in fall.csv, too, and count as the same people",
    ]


def other_questions(frame: pd.DataFrame) -> pd.DataFrame:
    asked = frame[ASKED].where(frame["round"] == "fall")
    other = frame[ASKED].where(frame["round"] == "spring")
    return frame.assign(**{ASKED: asked, "How is your child doing at home?": other})


def of_rows(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(participant_id=frame["participant_id"].str[1:].astype(int))


def under_id(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.rename(columns={"participant_id": "ID"})


def of_others(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.replace({"round": {"fall": "students", "spring": "families"}})


@pytest.mark.parametrize("change", [other_questions, of_rows, under_id, of_others])
def test_ids_of_another_survey_or_of_rows_are_other_peoples(
    tmp_path: Path, change: Callable[[pd.DataFrame], pd.DataFrame]
) -> None:
    corpus = in_two_files(tmp_path, change(answers()))

    assert len(corpus.participants) == 2 * N


@pytest.mark.parametrize("options", [{}, {"round": "wave"}])
def test_a_frame_has_rounds(options: dict[str, str]) -> None:
    frame = answers().rename(columns={"round": "wave"})

    corpus = ei.corpus_from_frame(frame, text=ASKED, person="participant_id", **options)

    assert list(corpus.documents["round"]) == ["fall", "spring"]
    assert len(corpus.participants) == N
    assert corpus.participants["grade"].notna().all()
    assert corpus.problems.empty


def test_what_a_frame_cannot_keep_is_told() -> None:
    frame = answers().rename(columns={"round": "half"}).assign(weight=range(2 * N))
    frame["participant_id"] = [float(n // 2) for n in range(2 * N)]
    frame.loc[3, "participant_id"] = None
    frame["participant_id"] = frame["participant_id"].astype("object")
    frame.loc[0, "participant_id"] = 0

    corpus = ei.corpus_from_frame(frame, text=ASKED, person="participant_id")

    assert len(corpus.participants) == N + 1  # and somebody unnamed
    told = "\n".join(corpus.problems["problem"])
    assert "columns that tell answers apart, and not people, were not read: 2" in told


@pytest.mark.parametrize(
    "head", ["Student Response", "Open-Ended Response", "Free Response"]
)
def test_answers_of_a_long_export_may_be_called_by_whose_they_are(
    tmp_path: Path, head: str
) -> None:
    rows = [
        (f"s{n}", asked, f"I like the garden, number {n}.")
        for n in range(4)
        for asked in ("Why?", "What?")
    ]
    pd.DataFrame(rows, columns=["Student ID", "Question", head]).to_csv(
        tmp_path / "a.csv", index=False
    )

    corpus = ei.read_corpus(tmp_path)

    assert len(corpus.participants) == 4
    assert not corpus.utterances["text"].isin({"s0", "s1", "s2", "s3"}).any()
