"""What several people decided, from their files: together, and never more than they said."""

import json

import pytest

import empathy_insights as ei
from empathy_insights.codebook import Patterns
from empathy_insights.coding.review.decision_files import (
    decided_by_all,
    decisions_of,
    latest,
)
from empathy_insights.errors import TableError

BOOK = ei.Codebook(
    "b",
    "B",
    themes=tuple(
        ei.Theme(x, x.title(), patterns=Patterns((x,)))
        for x in ("bus", "lunch", "wifi")
    ),
)
ALL = ["bus", "lunch", "wifi"]


@pytest.fixture
def save(tmp_path):
    """Return a function that writes a file of decisions: passage -> its themes."""

    def save(reader, decisions, **more):
        path = tmp_path / f"decisions-{reader}.json"
        rows = [{"segment_id": k, "themes": v} for k, v in decisions.items()]
        told = {"reader": reader, "decisions": rows, **more}
        path.write_text(json.dumps(told), encoding="utf-8")
        return path

    return save


def read(files):
    return latest([decisions_of(file, BOOK) for file in files])


def pairs(codings):
    rows = codings[["segment_id", "theme"]].itertuples(index=False, name=None)
    return sorted(rows)


def test_a_passage_without_a_theme_was_read(save):
    found = decisions_of(save("kim", {"d:1.1": ["bus"], "d:2.1": []}), BOOK)

    assert pairs(found) == [("d:1.1", "bus"), ("d:2.1", "no_theme")]
    assert set(found["status"]) == {"human"}
    assert set(found["asked"]) == {""}


def test_of_two_who_differ_the_one_who_heard_it_wins(save):
    files = [save("ana", {"d:1.1": ["bus"]}), save("bo", {"d:1.1": ["lunch"]})]

    assert pairs(decided_by_all(read(files), ALL)) == [
        ("d:1.1", "bus"), ("d:1.1", "lunch"),
    ]  # fmt: skip


def test_of_three_most_decide(save):
    files = [
        save("ana", {"d:1.1": ["bus"]}),
        save("bo", {"d:1.1": []}),
        save("cy", {"d:1.1": []}),
    ]

    found = decided_by_all(read(files), ALL)
    assert pairs(found) == [("d:1.1", "no_theme")]


def test_who_was_not_asked_has_no_say(save):
    """A theme that came later is not asked in older files, never a no."""
    files = [
        save("ana", {"d:1.1": []}, asked=["bus", "lunch"]),
        save("bo", {"d:1.1": []}, asked=["bus", "lunch"]),
        save("cy", {"d:1.1": ["wifi"]}),
    ]

    found = decided_by_all(read(files), ALL)
    assert pairs(found) == [("d:1.1", "wifi")]
    assert set(found["asked"]) == {""}


def test_what_nobody_asked_stays_open(save):
    files = [
        save("ana", {"d:1.1": []}, asked=["bus"]),
        save("bo", {"d:1.1": []}, asked=["lunch"]),
    ]

    found = decided_by_all(read(files), ALL)
    assert found["asked"].tolist() == ["bus;lunch"]


def test_a_file_read_twice_counts_once(save):
    path = save("ana", {"d:1.1": ["bus"]})

    assert len(read([path, path])) == 1


def test_a_table_of_codings_is_a_file_too(tmp_path):
    path = tmp_path / "kim.csv"
    path.write_text("segment_id,theme,coder\nd:1.1,bus,kim\nd:2.1,,kim\n")

    assert pairs(decisions_of(path, BOOK)) == [
        ("d:1.1", "bus"),
        ("d:2.1", "no_theme"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "cannot be read"),
        ("[]", "no file of decisions"),
        ('{"reader": "kim", "decisions": [{"themes": []}]}', "no file of decisions"),
        ('{"reader": "kim", "decisions": [{"segment_id": "d:1.1", "themes": ["tram"]}]}', "tram"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_decisions_is_one_sentence(tmp_path, content, said):
    path = tmp_path / "decisions-kim.json"
    path.write_text(content)

    with pytest.raises(TableError, match=said) as caught:
        decisions_of(path, BOOK)
    assert "decisions-kim.json" in str(caught.value)


def test_half_of_a_sign_that_a_browser_has_cut_ends_no_run(tmp_path):
    path = tmp_path / "decisions-kim.json"
    decided = {"segment_id": "d:1.1", "themes": [], "note": "so \ud83d"}
    path.write_text(json.dumps({"reader": "Kim\ud83d", "decisions": [decided]}))

    [row] = decisions_of(path, BOOK).to_dict("records")

    assert (row["coder"], row["notes"]) == ("Kim", "so ")


def test_decisions_that_are_not_there_are_not_taken_for_broken_ones(tmp_path):
    with pytest.raises(TableError, match="there is no such file") as caught:
        decisions_of(tmp_path / "decisions-kim.json", BOOK)
    assert "decisions-kim.json" in str(caught.value)


def test_decisions_of_another_study_are_refused(save, talk):
    corpus = talk({"d": [("p1", "The bus is late.")]})

    with pytest.raises(
        TableError, match=r"\(1 of 1\) are about passages that this study"
    ):
        ei.analyze(corpus, codebook=BOOK, decisions=[save("ana", {"x:9.9": ["bus"]})])


def test_the_coder_keeps_its_say_where_nobody_was_asked(save, talk):
    corpus = talk({"d": [("p1", "The bus is late, and lunch was cold.")]})
    segment = ei.segment(corpus)["segment_id"].iloc[0]
    found = ei.analyze(
        corpus, codebook=BOOK, decisions=[save("ana", {segment: []}, asked=["bus"])]
    )

    auto = found.codings[found.codings["status"] == "auto"]
    assert auto["theme"].tolist() == ["lunch"]
    themes = found.themes.set_index("theme")
    assert themes.loc["bus", ["people", "state"]].tolist() == [0, "checked"]
    assert themes.loc["lunch", "state"] == "first look"


def test_a_study_file_names_decisions(save, tmp_path):
    (tmp_path / "d.txt").write_text("Ana: The bus is late.\n")
    corpus = ei.read_corpus(tmp_path / "d.txt")
    segment = ei.segment(corpus)["segment_id"].iloc[0]
    save("ana", {segment: ["bus"]})
    study = tmp_path / "study.yaml"
    study.write_text(
        "data: d.txt\nallow_identities: true\ncodebook: b.yaml\ndecisions: [decisions-ana.json]\n"
    )
    ei.save_codebook(BOOK, tmp_path / "b.yaml")

    assert ei.analyze(study).estimate.n_read == 1
