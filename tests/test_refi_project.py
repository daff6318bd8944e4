"""Studies to and from the programs in which people code by hand (REFI-QDA, .qdpx)."""

import json
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.codebook import Patterns, Theme
from empathy_insights.identities import Deidentified
from empathy_insights.tables import CODINGS

SCHEMA = Path(__file__).parent / "schemas" / "Project.xsd"
SAMPLE = Path(__file__).parents[1] / "data" / "sample"
FILES = ("r1_pier_family_02.txt", "participants.csv")
BUS = Theme("bus", "Bus", patterns=Patterns(strong=("bus",)))
HELP = Theme(
    "help", "Help", definition="Who helps", patterns=Patterns(strong=("help",))
)
HOME = Theme("help.home", "At home", parent="help")
BOOK = ei.Codebook("mine", "Mine", themes=(BUS, HELP, HOME))


@dataclass(frozen=True)
class Coded:
    """Hold what a project is written of."""

    corpus: ei.Corpus
    codebook: ei.Codebook
    segments: pd.DataFrame
    codings: pd.DataFrame
    deidentified: Deidentified | None
    decisions: pd.DataFrame = field(default_factory=lambda: CODINGS.frame([]))
    manifest: Mapping[str, object] = field(
        default_factory=lambda: {"date": "2026-03-01"}
    )


def human(segment, theme, coder, status="human", stance=None, notes=""):
    return {
        "segment_id": segment, "theme": theme, "coder": coder, "status": status,
        "method": "read by a person", "stance": stance, "notes": notes,
        "codebook_sha256": BOOK.sha256,
    }  # fmt: skip


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """Return two interviews of the sample, coded by a program and by two people."""
    folder = tmp_path_factory.mktemp("part")
    for name in FILES:
        shutil.copy(SAMPLE / name, folder / name)
    clean = ei.deidentify(ei.read_corpus(folder))
    segments = ei.segment(clean.corpus)
    first, second, third, *_ = segments["segment_id"]
    people = [
        human(
            first, "bus", "kim", stance="need", notes="Ask her about <Monday> & then."
        ),
        human(first, "bus", "ali", "accepted"),
        human(second, "no_theme", "kim"),
        human(third, "help.home", "kim", "rejected"),
    ]
    by_machine = ei.code(segments, BOOK, embedder="static").to_dict("records")
    codings = CODINGS.frame(
        [*by_machine, *({**CODINGS.usual, **one} for one in people)]
    )
    return Coded(clean.corpus, BOOK, segments, codings, clean)


@pytest.fixture(scope="module")
def written(study, tmp_path_factory):
    return ei.write_qdpx(study, tmp_path_factory.mktemp("out") / "study.qdpx")


def qde(path):
    with zipfile.ZipFile(path) as packed:
        return packed.read("project.qde").decode("utf-8")


def changed(path, to, *exchanged):
    """Write a project again as another program might, with other XML."""
    text = qde(path)
    for old, new in exchanged:
        assert old in text
        text = text.replace(old, new)
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(to, "w") as again:
        for name in packed.namelist():
            data = text.encode() if name == "project.qde" else packed.read(name)
            again.writestr(name, data)
    return to


def test_a_project_is_valid(written):
    xmlschema = pytest.importorskip("xmlschema", reason="xmlschema is not installed")

    xmlschema.XMLSchema(SCHEMA).validate(qde(written))


def test_what_was_written_is_read_again(study, written):
    corpus, book, codings = ei.read_qdpx(written)

    assert book == study.codebook
    pd.testing.assert_frame_equal(corpus.documents, study.corpus.documents)
    pd.testing.assert_frame_equal(corpus.participants, study.corpus.participants)
    pd.testing.assert_frame_equal(corpus.utterances, study.corpus.utterances)
    pd.testing.assert_frame_equal(codings, study.codings)
    assert corpus.problems.empty


def test_other_programs_get_what_each_of_several_readers_chose(study, tmp_path):
    """A study has one coding of a passage; who compares coders needs those of each."""
    passages = study.segments["segment_id"]
    kim = [human(one, "bus", "kim") for one in passages]
    lee = [human(one, "bus", "lee") for one in passages[1:]]
    lee.append(human(passages.iloc[0], "no_theme", "lee"))
    both = CODINGS.frame([{**CODINGS.usual, **one} for one in (*kim, *lee)])
    settled = both[both["coder"] == "kim"].reset_index(drop=True)
    part = replace(study, codings=settled, decisions=both)

    ours = ei.write_qdpx(part, tmp_path / "a.qdpx")
    theirs = changed(ours, tmp_path / "b.qdpx", ('name="All of', 'name="Some of'))

    pd.testing.assert_frame_equal(ei.read_qdpx(ours)[2], settled)
    codings = ei.read_qdpx(theirs)[2]
    by_coder = {name: set(zip(rows["segment_id"], rows["theme"], strict=True))
                for name, rows in codings.groupby("coder")}  # fmt: skip
    assert by_coder == {
        name: set(zip(rows["segment_id"], rows["theme"], strict=True))
        for name, rows in both.groupby("coder")
    }


def test_a_project_saved_again_is_the_same_bytes(study, written, tmp_path):
    corpus, book, codings = ei.read_qdpx(written)
    again = replace(study, corpus=corpus, codebook=book, codings=codings)

    assert (
        ei.write_qdpx(again, tmp_path / "study.qdpx").read_bytes()
        == written.read_bytes()
    )


def test_the_archive_holds_one_project_and_its_texts_and_no_time(study, written):
    with zipfile.ZipFile(written) as packed:
        members = packed.infolist()
        texts = {packed.read(one) for one in members[1:]}

    assert members[0].filename == "project.qde"
    assert {one.filename.split("/")[0] for one in members[1:]} == {"sources"}
    assert {one.date_time[0] for one in members} == {1980}
    assert texts == {text.encode() for text in study.corpus.documents["text"]}


def test_selections_are_the_words_of_passages(study, written):
    text = qde(written)
    row = study.segments.iloc[0]

    assert f'startPosition="{row["start"]}" endPosition="{row["end"]}"' in text
    assert "basePath" not in text
    assert text.count("<Coding ") == (study.codings["status"] != "rejected").sum()


def test_what_a_person_rejected_is_no_coding_and_what_nobody_read_has_a_user_of_its_own(
    study, tmp_path
):
    [row] = study.codings[study.codings["status"] == "auto"].head(1).to_dict("records")
    codings = CODINGS.frame(
        [
            {**row, "status": "suggested"},
            {**row, "theme": "help.home", "status": "rejected"},
        ]
    )

    text = qde(ei.write_qdpx(replace(study, codings=codings), tmp_path / "a.qdpx"))

    assert text.count("<Coding ") == 1
    assert 'name="codebook (suggestion)"' in text
    assert 'name="codebook"' not in text


def test_nothing_of_the_key_leaves(study, written):
    with zipfile.ZipFile(written) as packed:
        everything = b"\n".join(map(packed.read, packed.namelist())).decode()

    key = study.deidentified.key
    names = {one for one in key["form"] if len(one) > 4}
    assert names
    assert [name for name in names if name in everything] == []


def test_a_study_with_names_is_written_with_a_warning(study, tmp_path):
    with pytest.warns(ei.EmpathyInsightsWarning, match="may hold names"):
        ei.write_qdpx(replace(study, deidentified=None), tmp_path / "a.qdpx")


def test_what_others_deleted_and_added_counts(study, written, tmp_path):
    text = qde(written)
    gone = text[text.index("<Coding ") : text.index("</Coding>") + len("</Coding>")]
    [theme] = [one for one in (BUS, HELP) if guid_of_code(text, one.name) in gone]
    other = HELP if theme is BUS else BUS
    added = (
        '<Coding guid="11111111-2222-3333-4444-555555555555"><CodeRef '
        f'targetGUID="{guid_of_code(text, other.name)}"/></Coding>'
    )

    _, _, codings = ei.read_qdpx(changed(written, tmp_path / "b.qdpx", (gone, added)))

    before = set(map(tuple, study.codings[["segment_id", "theme"]].to_numpy()))
    after = set(map(tuple, codings[["segment_id", "theme"]].to_numpy()))
    first = study.segments["segment_id"].iloc[0]
    assert len(codings) == len(study.codings)
    assert {theme for _, theme in after - before} <= {other.id}
    assert (codings["segment_id"] == first).any()


def guid_of_code(text, name):
    at = text.index(f'name="{name}" isCodable')
    return text[text.rindex('guid="', 0, at) + 6 :][:36]


def test_without_our_note_people_codes_and_codings_are_still_there(
    study, written, tmp_path
):
    path = changed(written, tmp_path / "b.qdpx", ("All of the codebook, for", "x"))

    corpus, book, codings = ei.read_qdpx(path)

    told = ["segment_id", "theme", "coder", "status", "stance"]
    kept = study.codings[study.codings["status"] != "rejected"]
    assert [theme.name for theme in book] == ["Bus", "Help", "At home"]
    assert corpus.documents["text"].tolist() == study.corpus.documents["text"].tolist()
    assert set(corpus.participants["role"]) == set(study.corpus.participants["role"])
    named = {"help.at_home": "help.home"}
    pd.testing.assert_frame_equal(
        codings.replace({"theme": named})[told].sort_values(told, ignore_index=True),
        kept[told].sort_values(told, ignore_index=True),
    )
    assert "Ask her about <Monday> & then." in set(codings["notes"])


def test_a_memo_holds_pseudonyms_for_the_names_of_the_study(study, tmp_path):
    key = study.deidentified.key
    known = key[key["form"].str.count(" ") == 1].iloc[0]
    memo = f"Ask {known['form']} (ana@example.org) about it."
    codings = study.codings.assign(notes=memo)
    documents = study.corpus.documents.assign(memo=memo)
    noted = replace(
        study, codings=codings, corpus=replace(study.corpus, documents=documents)
    )

    text = qde(ei.write_qdpx(noted, tmp_path / "memo.qdpx"))

    assert known["form"] not in text
    assert "ana@example.org" not in text
    assert f"Ask {known['pseudonym']} (" in text


def test_a_project_is_analyzed_like_a_folder(written, study):
    analysis = ei.analyze(written, embedder="static")

    people = study.codings[
        study.codings["status"].isin(["human", "accepted", "rejected"])
    ]
    mine = analysis.codings[analysis.codings["status"].isin(["human", "rejected"])]
    assert analysis.codebook == study.codebook
    assert set(analysis.corpus.participants["participant_id"]) == set(
        study.corpus.participants["participant_id"]
    )
    assert set(analysis.decisions["segment_id"]) == set(people["segment_id"])
    assert set(analysis.decisions["coder"]) == {"kim", "ali"}
    assert len(mine)


@pytest.mark.parametrize(
    "exchanged",
    [
        ('{"made_by"', '{"made'),
        ('"codings": [', '"codings": [7, '),
        ('"participants": [', '"participants": [{"role": 5}, '),
        ('"schema_version', '"schema_ : ['),
    ],
)
def test_what_we_kept_and_somebody_broke_is_no_crash(
    written, study, tmp_path, exchanged
):
    path = changed(written, tmp_path / "b.qdpx", exchanged)

    corpus, _, codings = ei.read_qdpx(path)

    kept = study.codings[study.codings["status"] != "rejected"]
    assert len(corpus.documents) == len(study.corpus.documents)
    assert len(codings) >= len(kept)


@pytest.mark.slow
def test_a_check_by_hand_knows_what_the_sample_must_give(sample_analysis, tmp_path):
    page = Path(__file__).parents[1] / "docs" / "exchange.md"
    ei.write_qdpx(sample_analysis, tmp_path / "sample.qdpx")
    with zipfile.ZipFile(tmp_path / "sample.qdpx") as archive:
        project = archive.read("project.qde").decode()

    texts, people, codes, marks, passages = (
        project.count(f"<{name} ")
        for name in ("TextSource", "Case", "Code", "Coding", "PlainTextSelection")
    )
    told = page.read_text(encoding="utf-8").split("**A check by hand")[1]
    assert f"Count documents, cases and codes: {texts}, {people} and {codes}." in told
    assert f"together {marks}." in told
    assert f"must say {passages}." in told


def test_another_library_counts_the_same_and_what_it_saves_is_read(
    written, study, tmp_path
):
    refi = pytest.importorskip(
        "pyrefiqda.refiproject", reason="pyrefiqda is not installed"
    )

    theirs = refi.RefiProject.load(written, tmp_path / "inside")
    again = tmp_path / "again.qdpx"
    refi.RefiProject.save(theirs, again, tmp_path / "inside" / "sources")

    selections = [
        one for text in theirs.sources.text_source for one in text.plain_text_selection
    ]
    kept = study.codings[study.codings["status"] != "rejected"]
    assert len(theirs.sources.text_source) == len(study.corpus.documents)
    assert len(theirs.cases.case) == len(study.corpus.participants)
    assert len(selections) == kept["segment_id"].nunique()
    assert sum(len(one.coding) for one in selections) == len(kept)
    pd.testing.assert_frame_equal(ei.read_qdpx(again)[2], study.codings)


def test_a_study_and_its_codebook_are_exported_by_a_command(run, tmp_path):
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "ana.txt").write_text(
        "Interviewer: How?\nAna: The bus is late.\n"
    )
    (tmp_path / "ours.md").write_text("# Ours\n- Bus: how it comes\n")
    (tmp_path / "study.yaml").write_text("data: talks\ncodebook: ours.md\n")
    project, codes = tmp_path / "a.qdpx", tmp_path / "a.qdc"

    code, out, _ = run("export", "qdpx", tmp_path, "-o", project)
    told = run("export", "qdc", tmp_path, "-o", codes, "--json")

    assert (code, "keep it to the team" in out) == (0, True)
    assert (told[0], json.loads(told[1])) == (0, {"out": str(codes), "themes": 1})
    assert ei.read_qdpx(project)[1].name == ei.read_qdc(codes).name == "Ours"
    assert run("export", "docx", tmp_path)[0] == 1
