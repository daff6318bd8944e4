"""Codings that people made in other programs, found again in a study.

Where the shapes of the files are known from:

- Taguette: columns `id, document, tag, content`, and the tables of its database, from
  taguette/export.py, taguette/extract.py (offsets are bytes of UTF-8, tags not counted) and
  taguette/database/models.py of remram44/taguette; files that Taguette 1.5.2 itself wrote of
  an invented interview were read, too.
- QualCoder: `CREATE TABLE` of qualcoder/__main__.py in ccbogel/QualCoder, database version 6
  and later. Its reports have other columns from version to version.
- MAXQDA: `Document name`, `Code` ("A > B"), `Segment` as scripts in public repositories read
  "MAXQDA 24 Coded Segments.xlsx"; the other columns, and their names in German, Spanish and
  French, are from its manual and are guesses.
- NVivo: "<Files\\Folder\\Name> - § 2 references coded [ 6.78% Coverage]", "Reference 1 - 5.80%
  Coverage", as scripts in public repositories parse texts that NVivo exported.
- Dedoose: `Excerpt Copy`, `Excerpt Creator`, `Media Title`, `Code: NAME Applied` (True or
  False), from an R package in a public repository that reads such a workbook.
- ATLAS.ti: `ID`, `Document`, `Quotation Content`, `Codes`, `Reference`; or `Text Content`,
  both as public repositories describe exports of its quotation manager.
- Dovetail and Condens: no description of their columns was found; the names are guesses.
"""

import sqlite3
import warnings

import docx
import openpyxl
import pytest

import empathy_insights as ei
from empathy_insights.before_coding import begin_study
from empathy_insights.coding.hand import read_codings
from empathy_insights.errors import (
    EmpathyInsightsWarning,
    OptionError,
    TableError,
)
from empathy_insights.study_file import Study
from empathy_insights.text.segments import segment

BOOK = ei.Codebook(
    "b",
    "B",
    themes=(
        ei.Theme("bus", "Getting to school"),
        ei.Theme("bus.wait", "Waiting", parent="bus"),
        ei.Theme("lunch", "Lunch, snacks"),
        ei.Theme("mood", "Mood"),
    ),
)
SAID = {
    "ana_01": [
        ("?", "How do you get here?"),
        ("ana", "The bus is late. I stand in the rain and nothing comes."),
        ("?", "And lunch?"),
        ("ana", "Lunch is cold when I sit down. The bus is late."),
    ],
    "ben": [("ben", "Mr. Carter told me that the bus to our street is full.")],
}


@pytest.fixture
def segments(talk):
    return segment(talk(SAID))


@pytest.fixture
def read(tmp_path, segments):
    """Write a file, text or the rows of a workbook, and read its codings."""

    def read(name, content, **options):
        path = tmp_path / name
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            book = openpyxl.Workbook()
            for row in content:
                book.active.append(row)
            book.save(path)
        return read_codings(path, BOOK, segments, **options)

    return read


def given(codings):
    """Return who gave which theme to which words."""
    texts = {"ana_01": _text("ana_01"), "ben": _text("ben")}
    return [
        (row.coder, row.theme, texts[row.segment_id.split(":")[0]][int(row.evidence_start) : int(row.evidence_end)])
        for row in codings.itertuples()
    ]  # fmt: skip


def _text(name):
    return "".join(f"{words}\n" for _, words in SAID[name])


def left_out(codings):
    return [(one["line"], one["problem"]) for one in codings.attrs["problems"]]


# One test a program.


def test_highlights_of_taguette(read):
    codings = read(
        "all_tags.csv",
        "id,document,tag,content\n"
        "1,ana 01.docx,bus.waiting,I stand in the rain and nothing comes.\n"
        "2,ana 01.docx,lunch,Lunch is cold\n"
        "2,ana 01.docx,mood,Lunch is cold\n",
        coder="kim",
    )

    assert given(codings) == [
        ("kim", "bus.wait", "I stand in the rain and nothing comes"),
        ("kim", "lunch", "Lunch is cold"),
        ("kim", "mood", "Lunch is cold"),
    ]
    assert codings.attrs["reading"] == (
        "all_tags.csv: read as highlights: text from 'content', theme from 'tag', "
        "document from 'document'"
    )
    assert codings.attrs["problems"] == []


def test_a_project_of_taguette_tells_which_of_two_like_sentences_is_meant(
    tmp_path, segments
):
    page = "".join(f"<p>Ana &amp; co: {words}</p>" for _, words in SAID["ana_01"])
    text = "".join(f"Ana & co: {words}" for _, words in SAID["ana_01"]).encode()
    begin = text.rindex(b"The bus is late")
    path = tmp_path / "2026-11-27_study.sqlite3"
    project = sqlite3.connect(path)
    project.executescript(
        """
        CREATE TABLE documents (id INTEGER PRIMARY KEY, name, contents);
        CREATE TABLE tags (id INTEGER PRIMARY KEY, path, description);
        CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id, start_offset,
            end_offset, snippet);
        CREATE TABLE highlight_tags (highlight_id, tag_id);
        INSERT INTO tags VALUES (1, 'bus', '');
        INSERT INTO highlight_tags VALUES (7, 1);
        """
    )
    project.execute("INSERT INTO documents VALUES (3, 'ana_01.txt', ?)", (page,))
    row = (7, 3, begin, begin + 15, "<p>The <b>bus</b> is late</p>")
    project.execute("INSERT INTO highlights VALUES (?, ?, ?, ?, ?)", row)
    project.commit()
    project.close()

    [coding] = read_codings(path, BOOK, segments).to_dict("records")

    assert coding["segment_id"] == "ana_01:0004.01"
    assert _text("ana_01")[int(coding["evidence_start"]) :].startswith(
        "The bus is late"
    )


def test_a_project_of_qualcoder_names_categories_and_coders(tmp_path, segments):
    folder = tmp_path / "study.qda"
    folder.mkdir()
    text = _text("ana_01")
    begin = text.index("I stand")
    project = sqlite3.connect(folder / "data.qda")
    project.executescript(
        """
        CREATE TABLE source (id integer primary key, name text, fulltext text);
        CREATE TABLE code_cat (catid integer primary key, name text, supercatid integer);
        CREATE TABLE code_name (cid integer primary key, name text, catid integer);
        CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer,
            seltext text, pos0 integer, pos1 integer, owner text);
        INSERT INTO code_cat VALUES (1, 'All codes', null), (2, 'Getting to School', 1);
        INSERT INTO code_name VALUES (1, 'waiting', 2);
        """
    )
    project.execute("INSERT INTO source VALUES (1, 'ana_01.txt', ?)", (text,))
    row = (1, 1, 1, text[begin : begin + 19], begin, begin + 19, "lee")
    project.execute("INSERT INTO code_text VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    project.commit()
    project.close()

    codings = read_codings(folder, BOOK, segments)

    assert given(codings) == [("lee", "bus.wait", "I stand in the rain")]
    assert list(folder.iterdir()) == [folder / "data.qda"]


@pytest.mark.parametrize(
    "heads",
    [
        ["Document group", "Document name", "Code", "Begin", "End", "Weight score", "Segment", "Created by"],
        ["Dokumentgruppe", "Dokumentname", "Code", "Anfang", "Ende", "Gewicht", "Segment", "Erstellt von"],
        ["Grupo de documentos", "Nombre del documento", "Código", "Inicio", "Fin", "Peso", "Segmento", "Autor"],
        ["Groupe de documents", "Nom du document", "Code", "Début", "Fin", "Poids", "Segment", "Auteur"],
    ],
)  # fmt: skip
def test_coded_segments_of_maxqda(read, heads):
    row = ["Spring", "ana_01", "Getting to school > Waiting", "2", "2", "0"]
    codings = read("segments.xlsx", [heads, [*row, "I stand in the rain", "KIM"]])

    assert given(codings) == [("KIM", "bus.wait", "I stand in the rain")]


NVIVO = """<Files\\\\Spring\\\\ana_01> - § 2 references coded  [ 12.5% Coverage]

Reference 1 - 6.2% Coverage

Lunch is cold when I sit down.

Reference 2 - 6.3% Coverage

I stand in the rain

<Files\\\\ben> - § 1 reference coded  [ 90% Coverage]

Reference 1 - 90% Coverage

Mr. Carter told me
"""


@pytest.mark.parametrize("name", ["Mood.txt", "Mood.docx"])
def test_references_of_nvivo(tmp_path, segments, name):
    path = tmp_path / name
    if name.endswith(".docx"):
        document = docx.Document()
        for line in NVIVO.split("\n"):
            document.add_paragraph(line)
        document.save(path)
    else:
        path.write_text(NVIVO, encoding="utf-8")

    assert given(read_codings(path, BOOK, segments)) == [
        ("human", "mood", "I stand in the rain"),
        ("human", "mood", "Lunch is cold when I sit down"),
        ("human", "mood", "Mr. Carter told me"),
    ]


def test_excerpts_of_dedoose(read):
    codings = read(
        "excerpts.xlsx",
        [
            ["Media Title", "Excerpt Range", "Excerpt Creator", "Excerpt Copy",
             "Code: Mood Applied", "Code: Getting to school\\Waiting Applied",
             "Code: Mood Weight"],
            ["ana_01.docx", "20-40", "kim", "I stand in the rain", "False", "True", ""],
        ],
    )  # fmt: skip

    assert given(codings) == [("kim", "bus.wait", "I stand in the rain")]


@pytest.mark.parametrize("words", ["Quotation Content", "Text Content"])
def test_quotations_of_atlas_ti_with_several_codes_in_a_cell(read, words):
    codings = read(
        "quotations.xlsx",
        [
            ["Report of quotations"],
            ["ID", "Document", words, "Comment", "Codes", "Reference"],
            ["2:1", "2: ana_01.txt", "Lunch is cold", "", "Lunch, snacks\nMood", "¶ 4"],
        ],
    )

    assert given(codings) == [
        ("human", "lunch", "Lunch is cold"),
        ("human", "mood", "Lunch is cold"),
    ]


def test_highlights_of_a_research_repository_with_names_of_columns_of_its_own(read):
    codings = read(
        "highlights.csv",
        "Note title;What was said;Tags;Created by\n"
        "ana_01;Lunch is cold;Food, Mood;Kim\n",
        columns={"text": "What was said"},
        themes={"Food": "lunch"},
    )

    assert given(codings) == [
        ("Kim", "lunch", "Lunch is cold"),
        ("Kim", "mood", "Lunch is cold"),
    ]


def test_an_analysis_takes_an_export_as_it_is_and_says_what_was_left_out(tmp_path):
    folder = tmp_path / "study"
    folder.mkdir()
    said = "Interviewer: And lunch?\n\nAna: Lunch is cold when I sit down.\n"
    (folder / "ana_01.txt").write_text(said, encoding="utf-8")
    export = tmp_path / "all_tags.csv"
    export.write_text(
        _rows(("ana_01", "mood", "Lunch is cold"), ("ana_01", "Trains", "I sit down")),
        encoding="utf-8",
    )

    with pytest.warns(EmpathyInsightsWarning, match="no theme for the code 'Trains'"):
        begun = begin_study(
            Study(folder, codebook=BOOK, hand_codes=export, allow_identities=True)
        )

    problems = begun.corpus.problems
    assert begun.decisions["theme"].tolist() == ["mood"]
    assert problems[["path", "problem"]].to_numpy().tolist() == [
        ["all_tags.csv", "1 highlight found no place or no theme"]
    ]


# What is found, and what is left out.


def _rows(*rows):
    lines = "".join(f'{document},{code},"{words}"\n' for document, code, words in rows)
    return f"document,code,text\n{lines}"


def test_what_is_not_certain_is_listed_by_row_and_without_words(read):
    content = _rows(
        ("ana_01", "bus", "The bus is late."),
        ("ana_01", "Trains", "Lunch is cold"),
        ("ben", "mood", "Nobody ever said these words here."),
        ("ben", "I stand in the rain", "Mr. Carter told me"),
        ("zoe", "mood", "is full"),
        ("ana_01", "", "Lunch is cold"),
        ("ana_01", "mood", "How do you get here?"),
    )

    with pytest.warns(EmpathyInsightsWarning, match="7 of 7 highlights are left out"):
        codings = read("codes.csv", content)

    assert codings.empty
    assert left_out(codings) == [
        (2, "its words are said 2 times, and nothing says which is meant"),
        (3, "the codebook has no theme for the code 'Trains'"),
        (4, "no participant says its words in this document"),
        (5, "the codebook has no theme for the code in people's own words"),
        (6, "it has too few words to be found without its document"),
        (7, "it has no code"),
        (8, "no participant says its words in this document"),
    ]


def test_a_code_may_be_left_out_on_purpose(read):
    codings = read(
        "codes.csv", _rows(("ana_01", "To do", "Lunch is cold")), themes={"To do": ""}
    )

    assert codings.empty
    assert codings.attrs["problems"] == []


def test_a_sub_code_of_another_theme_is_not_guessed(read):
    with pytest.warns(
        EmpathyInsightsWarning, match="no theme for the code 'Mood > Waiting'"
    ):
        assert read(
            "codes.csv", _rows(("ana_01", "Mood > Waiting", "Lunch is cold"))
        ).empty


def test_where_it_begins_decides_between_like_sentences(read):
    begin = _text("ana_01").index("The bus is late")
    codings = read(
        "codes.csv", f"file,code,text,pos0\nana_01,bus,The bus is late,{begin}\n"
    )

    assert codings["segment_id"].tolist() == ["ana_01:0002.01"]


def test_names_may_have_been_taken_out_since(talk, read):
    codings = read(
        "codes.csv",
        _rows(("ben", "bus", "Mrs. Miller told me that the bus to our street is full")),
    )

    assert given(codings)[0][2].endswith("told me that the bus to our street is full")


def test_a_highlight_over_several_turns_is_in_each_of_them(read):
    both = (
        "Ana: I stand in the rain and nothing comes.\n"
        "Interviewer: And then, when it is noon, where do all of you go to eat?\n"
        "Ana: Lunch is cold when I sit down."
    )

    codings = read("codes.csv", _rows(("", "mood", both)))

    assert codings["segment_id"].tolist() == ["ana_01:0002.01", "ana_01:0004.01"]


def test_who_read_documents_to_the_end_says_that_no_theme_is_in_the_rest(read):
    content = _rows(("ana_01", "mood", "Lunch is cold"))

    rest = read("codes.csv", content, read_whole=True, coder="kim")

    assert rest[["segment_id", "theme", "coder"]].to_numpy().tolist() == [
        ["ana_01:0002.01", "no_theme", "kim"],
        ["ana_01:0004.01", "mood", "kim"],
    ]


@pytest.mark.parametrize(
    ("n_highlights", "coded", "open_"), [(2, ["d:0002.01", "d:0006.01"], []),
     (1, [], ["d:0002.01", "d:0006.01"]), (3, [], ["d:0002.01", "d:0006.01"])],
)  # fmt: skip
def test_words_that_are_said_twice_are_coded_twice_or_left_open(
    tmp_path, talk, n_highlights, coded, open_
):
    """Never said to have no theme where a highlight may be that has no place."""
    said = [
        "The bus is late.",
        "Lunch is cold now.",
        "The bus is late.",
        "That is all.",
    ]
    passages = segment(
        talk({"d": [turn for a in said for turn in (("?", "And?"), ("ana", a))]})
    )
    again = [("d", "bus", "The bus is late")] * n_highlights
    path = tmp_path / "codes.csv"
    path.write_text(_rows(*again, ("d", "mood", "Lunch is cold now")), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EmpathyInsightsWarning)
        told = read_codings(path, BOOK, passages, read_whole=True, coder="kim")

    assert told.loc[told["theme"] == "bus", "segment_id"].tolist() == coded
    assert told.loc[told["theme"] == "no_theme", "segment_id"].tolist() == ["d:0008.01"]
    assert set(passages["segment_id"]) - set(told["segment_id"]) == set(open_)


def test_the_order_of_passages_does_not_matter_and_they_stay_as_they_are(
    tmp_path, segments
):
    path = tmp_path / "codes.csv"
    path.write_text(_rows(("ana_01", "mood", "Lunch is cold")), encoding="utf-8")
    before = segments.copy()

    turned = read_codings(path, BOOK, segments[::-1])

    assert turned.equals(read_codings(path, BOOK, segments))
    assert segments.equals(before)


# What is wrong is said in a sentence.


def test_highlights_need_the_passages_that_they_are_found_in(tmp_path):
    path = tmp_path / "all_tags.csv"
    path.write_text(_rows(("a", "bus", "The bus.")), encoding="utf-8")

    with pytest.raises(TableError, match=r"give the passages .* ei.segment\(corpus\)"):
        read_codings(path, BOOK)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"themes": {"Food": "meals"}}, "the codebook 'b' has no theme 'meals'"),
        ({"columns": {"text": "Said"}}, "codes.csv has no column 'Said'"),
        ({"columns": {"words": "text"}}, "'words' is none of text, theme, document"),
    ],
)
def test_options_that_do_not_fit_are_refused(read, options, said):
    with pytest.raises(OptionError, match=said):
        read("codes.csv", _rows(("ana_01", "mood", "Lunch is cold")), **options)


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ("CREATE TABLE cats (name)", "no project of Taguette or QualCoder"),
        (
            "CREATE TABLE highlights (id); CREATE TABLE tags (id);"
            "CREATE TABLE documents (id); CREATE TABLE highlight_tags (id)",
            "the database cannot be read: it is broken",
        ),
        (
            "CREATE VIEW highlights AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL "
            "SELECT id + 1 FROM n) SELECT id, id snippet, id document_id, "
            "0 start_offset, 0 end_offset FROM n; CREATE TABLE tags (id, path);"
            "CREATE TABLE documents (id, name, contents);"
            "CREATE TABLE highlight_tags (highlight_id, tag_id);"
            "INSERT INTO documents VALUES (-1, '', '')",
            "the database cannot be read: it is broken, or far too large",
        ),
    ],
)
def test_a_strange_or_hostile_database_is_refused(
    tmp_path, segments, monkeypatch, tables, said
):
    monkeypatch.setattr("empathy_insights.coding.highlights.projects._MOST_STEPS", 20)
    path = tmp_path / "study.sqlite3"
    project = sqlite3.connect(path)
    project.executescript(tables)
    project.close()

    with pytest.raises(TableError, match=said):
        read_codings(path, BOOK, segments)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:16] + b"\1" * 4000,
        lambda data: data.replace(b"CREATE TABLE cats", b"CREATE TABL\x8a cats"),
    ],
)
def test_a_damaged_database_is_refused(tmp_path, segments, spoil):
    path = tmp_path / "study.sqlite3"
    project = sqlite3.connect(path)
    project.execute("CREATE TABLE cats (name)")
    project.close()
    path.write_bytes(spoil(path.read_bytes()))

    with pytest.raises(TableError, match="the database cannot be read"):
        read_codings(path, BOOK, segments)


def test_an_export_of_another_codebook_answers_no_theme_that_it_never_names(read):
    content = _rows(
        ("ana_01", "mood", "Lunch is cold"), ("ana_01", "Trains", "Lunch is cold")
    )

    with pytest.warns(EmpathyInsightsWarning, match="no theme for the code 'Trains'"):
        told = read("codes.csv", content, read_whole=True, coder="kim")

    assert set(told["asked"]) == {"mood"}
    assert "asked" not in read("codes.csv", _rows(("ana_01", "mood", "Lunch is cold")))
