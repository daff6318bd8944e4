"""A team codes by hand and reviews, and the analysis counts what it said."""

import openpyxl
import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.report.folder import write_team_files
from empathy_insights.report.published import published


@pytest.mark.slow
def test_a_filled_sheet_counts_and_its_notes_stay_with_the_team(tmp_path):
    answers = pd.DataFrame(
        {"who": ["ana", "ben"], "a": ["I was locked out of my account.", "Rice."]}
    )
    corpus = ei.corpus_from_frame(answers, text="a", person="who")
    book = ei.load_codebook("empathy_core")
    path = ei.coding_sheet(ei.segment(corpus), book, tmp_path / "kim.xlsx", coder="kim")
    _mark(path, "survey:0001.01", "Family engagement [family_engagement]", "need")

    analysis = ei.analyze(corpus, hand_codes=path, embedder="static")
    write_team_files(published(analysis, "school"), tmp_path / "team_only")

    themes = analysis.themes.set_index("theme")["people"]
    written = pd.read_parquet(tmp_path / "team_only" / "codings.parquet")
    assert themes["family_engagement"] == 1
    assert themes["tech_support"] == 0
    assert "notes" in analysis.codings
    assert "notes" not in written
    assert written.loc[written["coder"] == "kim", "suggestion"].tolist() == [False]


def _mark(path, segment_id, head, mark):
    book = openpyxl.load_workbook(path)
    sheet = book["code here"]
    heads = [cell.value for cell in sheet[1]]
    [row] = [
        cells[0].row for cells in sheet.iter_rows() if cells[0].value == segment_id
    ]
    sheet.cell(row, heads.index(head) + 1).value = mark
    sheet.cell(row, heads.index("notes") + 1).value = "ask Ana Lopez"
    book.save(path)
