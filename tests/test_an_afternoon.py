"""A team's afternoon, from the codebook to shares that can be defended."""

import openpyxl
import pandas as pd
import pytest

import empathy_insights as ei

from .conftest import SAMPLE

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def study():
    """Read the invented sample with its hand codes."""
    corpus = ei.read_corpus(SAMPLE, participants=SAMPLE / "participants.csv")
    book = ei.load_codebook("empathy_core")
    segments = ei.segment(corpus)
    return corpus, segments, book, ei.read_codings(SAMPLE / "hand_codes.csv", book)


@pytest.fixture(scope="module")
def machine(study):
    _, segments, book, _ = study
    return ei.code(segments, book)


def test_a_sheet_for_an_audit_corrects_the_shares(study, machine, tmp_path):
    corpus, segments, book, by_hand = study
    drawn = ei.audit_sample(segments, machine, n=80)

    path = ei.coding_sheet(drawn, book, tmp_path / "audit.xlsx", coder="kim")
    _fill(path, by_hand)
    audit = ei.read_codings(path, book, segments)
    themes = ei.theme_frequency(
        machine, corpus, codebook=book, audit=audit, segments=segments
    )

    row = themes.set_index("theme").loc["student_ownership"]
    share = by_hand.loc[
        by_hand["theme"].str.startswith("student_ownership"), "segment_id"
    ]
    truth = share.nunique() / len(segments)
    assert row["share_of_segments"] < truth
    assert row["corrected_low"] <= truth <= row["corrected_high"]
    assert row["audited"] == 80


@pytest.mark.slow
def test_what_one_round_teaches_is_suggested_in_the_next(study, tmp_path):
    _, segments, book, by_hand = study
    is_first = segments["segment_id"].str.startswith("r1")
    first, second = segments[is_first], segments[~is_first].reset_index(drop=True)
    known = by_hand[by_hand["segment_id"].isin(first["segment_id"])]

    coder = ei.fit_coder(
        segments, known, book, embedder="static", n_folds=3, n_resamples=20
    )
    path = coder.save(tmp_path / "coder.zip")
    again = ei.LearnedCoder.load(path, embedder="static")
    codings = ei.code(second, book, coders=[again])

    assert set(codings["status"]) <= {"auto", "suggested"}
    assert codings["stance"].notna().all()
    found = codings.merge(by_hand, on=["segment_id", "theme"])
    by_chance = len(by_hand) / (len(segments) * len(book.main_themes))
    assert len(found) / len(codings) > 2 * by_chance
    why = ei.explain(codings.iloc[0], second, book, coder=again)
    assert {"chance", "word"} <= set(why["kind"])


def test_a_reviewed_suggestion_is_counted(study, machine, tmp_path):
    corpus, segments, book, _ = study
    codings = machine
    path = ei.review_sheet(codings, segments, book, tmp_path / "review.xlsx", n=10)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for row in range(2, 7):
        sheet.cell(row, heads.index("decision") + 1).value = "accept"
    workbook.save(path)

    reviewed = ei.read_review_sheet(path, codings, book, reviewer="kim")

    accepted = reviewed[reviewed["status"] == "accepted"]
    assert len(accepted) == 5
    before = ei.theme_frequency(codings, corpus, codebook=book)["segments"].sum()
    after = ei.theme_frequency(reviewed, corpus, codebook=book)["segments"].sum()
    # A sub-theme may be accepted where its theme was counted already.
    assert before < after <= before + 5


def _fill(path, by_hand: pd.DataFrame) -> None:
    """Copy hand codes into the cells of a coding sheet, as a teacher would type them."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    themes = by_hand.assign(main=by_hand["theme"].str.split(".").str[0])
    given = themes.groupby("segment_id")["main"].agg(set)
    for row in range(2, sheet.max_row + 1):
        for theme in given.get(
            sheet.cell(row, heads["segment_id"]).value, {"no_theme"}
        ):
            head = next(
                (name for name in heads if str(name).endswith(f"[{theme}]")),
                "nothing applies",
            )
            sheet.cell(row, heads[head]).value = "yes"
    workbook.save(path)
