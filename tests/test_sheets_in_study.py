"""A team codes by hand and reviews, and the analysis counts what it said."""

import openpyxl
import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.coding.review.remembered import remember
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


THEMES = "themes:\n- name: Bus\n  words: late bus\n- name: Food\n"


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("", []),
        ("- name: Naps\n", ["it was made with another version of the codebook 'ours'"]),
    ],
)
def test_a_codebook_is_known_by_what_it_says_and_not_by_its_file(
    tmp_path, talk, suffix, added, told
):
    (tmp_path / "book.yaml").write_text(THEMES)
    (tmp_path / "ours.yaml").write_text(THEMES + added)
    before, now = (
        ei.load_codebook(tmp_path / f"{one}.yaml") for one in ("book", "ours")
    )
    segments = ei.segment(talk({"d": [("ana", "The late bus again.")]}))
    path = ei.coding_sheet(segments, before, tmp_path / f"kim.{suffix}", coder="kim")
    if suffix == "xlsx":
        _mark(path, segments["segment_id"].iloc[0], "Bus [bus]", "need")
    else:
        rows = pd.read_csv(path, dtype="str", keep_default_na=False)
        rows.assign(**{"Bus [bus]": "need"}).to_csv(path, index=False)

    found = remember([path], [], now, segments)

    problems = found.problems["problem"]
    assert problems[~problems.str.contains("column")].tolist() == told
    assert found.decisions["theme"].tolist() == ["bus"]
    assert found.decisions["codebook_sha256"].eq(now.sha256).all() == (not told)
