"""Codebooks as people have them: sheets, lists, exports of programs; and messy ones."""

import zipfile

import openpyxl
import pytest

from empathy_insights.codebook import Boundary, Codebook, Example, Theme
from empathy_insights.codebook_file import load_codebook, save_codebook
from empathy_insights.codebook_tables import column_of
from empathy_insights.coding.models.lexical import LexicalCoder, own_words
from empathy_insights.errors import CodebookError
from empathy_insights.files.results import own_table
from empathy_insights.report.methods import coding_said
from empathy_insights.study import analyze
from empathy_insights.study_file import load_study
from empathy_insights.text.segments import segment

BUS = Theme("bus", "Bus", definition="How it comes")


@pytest.fixture
def book(tmp_path):
    """Write a file, text or the rows of a sheet, and load it as a codebook."""

    def load(name, content, merge=(), encoding="utf-8"):
        path = tmp_path / name
        if isinstance(content, str):
            path.write_text(content, encoding=encoding)
        else:
            workbook = openpyxl.Workbook()
            for row in content:
                workbook.active.append(row)
            for cells in merge:
                workbook.active.merge_cells(cells)
            workbook.save(path)
        loaded = load_codebook(path)
        assert load_codebook(save_codebook(loaded, tmp_path / "copy.yaml")) == loaded
        return loaded

    return load


def names(codebook):
    return [theme.name for theme in codebook]


# Sheets, and what stands over their columns.


def test_a_sheet_with_a_title_empty_rows_and_colors_is_read(book):
    mine = book(
        "ours.xlsx",
        [
            ["Our codebook, spring 2026"],
            [],
            ["CODE", "Definition", "Inclusion criteria", "Exclusion criteria",
             "Key words", "Example quotes", "Headline", "Students need to", "Colour"],
            ["Bus", "How it comes", "Late buses; drivers", "Cars of parents",
             "Drivers, no-show\nwait", "“It never comes.”\n- I wait, an hour.",
             "The bus decides", "Students need to get home.", "#ff0000"],
            [],
            ["Food", None, "", "", "", "Cold; late"],
        ],
    )  # fmt: skip

    bus, food = mine
    assert (bus.id, bus.name, bus.definition) == ("bus", "Bus", "How it comes")
    assert bus.use_when == ("Late buses", "drivers")
    assert bus.not_when == (Boundary("Cars of parents"),)
    assert bus.patterns.strong == ("drivers|driver", "no show", "wait")
    assert bus.examples == (Example("It never comes."), Example("I wait, an hour."))
    assert (bus.headline, bus.need.verb_phrase) == ("The bus decides", "get home")
    assert (bus.extra, food.examples) == ({}, (Example("Cold"), Example("late")))
    assert (mine.id, mine.name) == ("ours", "Ours")


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("Theme name", "theme"),
        ("  KEYWORDS:", "words"),
        ("Use when…", "use_when"),
        ("When to use (inclusion)", "use_when"),
        ("Do not use when", "not_when"),
        ("Definition of the theme", "description"),
        ("Examples from our interviews", "examples"),
        ("Theme color", ""),
        ("Shoe size", ""),
    ],
)
def test_heads_are_recognised_generously(head, column):
    assert column_of(head) == column


def test_the_first_column_may_have_no_head(book):
    mine = book("x.xlsx", [["Team 3"], [None, "Description"], ["Bus", "How it comes"]])

    assert mine.themes == (BUS,)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.csv", "Bus\nFood\n"),
        ("notes.csv", "Theme\nBus\nFood\n"),
        ("notes.txt", "Bus\n\nFood\n"),
        ("notes.md", "- Bus\n- **Food**\n"),
        ("notes.md", "# Ours\n\n## Bus\n\n## 2. Food\n"),
        ("notes.xlsx", [["Bus"], ["Food"]]),
        ("notes.yaml", "themes: [{name: Bus}, {name: Food}]\n"),
        ("notes.yaml", "themes:\n- Bus\n- Food\n"),
        ("notes.yaml", "- Bus\n- Food\n"),
        ("notes.xlsx", [["Theme"], ["Bus", "", "ask Kim about this"], ["Food"]]),
        ("notes.md", "**Bus**\n\n**Food**\n"),
    ],
)
def test_names_alone_are_a_codebook(book, name, content):
    mine = book(name, content)

    assert [theme.id for theme in mine] == ["bus", "food"]
    assert "2 without phrases, looked for by their names" in repr(mine)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Theme;Description\r\nBus;How it comes\r\n", "utf-8-sig"),
        ("Theme\tDescription\nBus\tHow it comes\n", "utf-16"),
        ("sep=;\nTheme;Description\nBus;How it comes\n", "cp1252"),
    ],
)
def test_a_csv_may_have_any_delimiter_and_encoding(book, content, encoding):
    assert book("x.csv", content, encoding=encoding).themes == (BUS,)


def test_columns_of_ones_own_are_kept_and_two_descriptions_joined(book):
    mine = book("x.csv", "Theme,Definition,Description,Asked By\nBus,Late,Very,Kim\n")

    [bus] = mine
    assert (bus.definition, bus.extra) == ("Late\nVery", {"asked_by": "Kim"})


def test_the_sheet_that_looks_like_a_codebook_is_read(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.append(["Read me first", "please"])
    second = workbook.create_sheet("Codes")
    second.append(["Code", "Definition"])
    second.append(["Bus", "How it comes"])
    workbook.save(tmp_path / "two.xlsx")

    assert load_codebook(tmp_path / "two.xlsx").themes == (BUS,)


def test_merged_cells_go_on_with_the_theme_above(book):
    mine = book(
        "x.xlsx",
        [
            ["Theme", "Code", "Definition", "Example"],
            ["Access", "Wifi", "Internet at home", "We have none"],
            [None, "Devices", "Laptops", "Mine is broken"],
            [None, None, None, "The screen is black"],
            ["Voice", "Choice", "Students choose", ""],
        ],
        merge=["A2:A4"],
    )

    assert [theme.id for theme in mine] == [
        "access", "access.wifi", "access.devices", "voice", "voice.choice",
    ]  # fmt: skip
    assert mine["access.devices"].examples == (
        Example("Mine is broken"),
        Example("The screen is black"),
    )


def test_a_row_an_example_is_one_theme(book):
    mine = book("x.csv", "theme,description,example\nBus,Late,a\nbus,Late,b\nBUS,,c\n")

    [bus] = mine
    assert (bus.name, [item.text for item in bus.examples]) == ("Bus", ["a", "b", "c"])


def test_a_parent_is_a_theme_and_so_is_its_own_parent(book):
    mine = book(
        "x.csv", "code,parent code\nVoice,\nChoice,Voice\nTopic,Choice\nBus,Way\n"
    )

    assert [theme.id for theme in mine] == [
        "voice", "voice.choice", "voice.topic", "way", "way.bus",
    ]  # fmt: skip


def test_two_hundred_themes_are_read_and_names_that_look_alike_have_ids(book):
    rows = [f"Theme number {n}!" for n in range(200)] + ["Theme number 7?"]

    mine = book("x.xlsx", [["Theme"], *([row] for row in rows)])

    assert len(mine.themes) == 201
    assert mine.themes[-1].id == "theme_number_7_2"


def test_formulas_and_markup_stay_text(book):
    mine = book(
        "x.csv",
        "theme,description,words\n@SUM(1),<script>alert(1)</script>,=cmd|'/c'!A0\n",
    )

    [theme] = mine
    assert (theme.id, theme.name) == ("sum_1", "@SUM(1)")
    assert theme.definition == "<script>alert(1)</script>"


def test_a_word_that_everybody_says_never_counts_alone(book):
    [theme] = book("x.csv", "theme,words\nHelp,IT; help desk\n")

    assert (theme.patterns.strong, theme.patterns.weak) == (("help desk",), ("it",))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.csv", "theme,description\nBus,late\nFood,cold\nbus,early\n",
         r"x.csv:4: 'bus' has a second description, other than that of line 2"),
        ("x.csv", "theme,description\n,late\n", "x.csv:2: the row names no theme"),
        ("x.csv", f"theme,words\n{'long ' * 60},late\n", "x.csv:2: the name of a theme"),
        ("x.csv", "a,b,c\n1,2,3\n", "x.csv: no column is called theme"),
        ("x.csv", "theme,words\nBus,late,early\n", "x.csv:2: the row has more cells"),
        ("x.csv", "", "x.csv: the file is empty"),
        ("x.xlsx", [], "x.xlsx: the codebook holds nothing"),
        ("x.md", "\n\n---\n", "x.md: no theme was found"),
        ("x.md", "- No theme: small talk\n", "kept for segments to which no theme"),
        ("x.docx", "words", "x.docx: a codebook is not read from a .docx file; save it"),
        ("x.qdc", "<CodeBook>", "x.qdc: the file is no codebook in the REFI-QDA format"),
        ("x.qdc", "<CodeBook/>", "x.qdc: the file holds no code"),
        ("x.qdc", '<!DOCTYPE a [<!ENTITY b "c">]><a/>', "x.qdc: the file is no codebook"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence(book, name, content, said):
    with pytest.raises(CodebookError, match=said) as caught:
        book(name, content)

    assert len(str(caught.value).splitlines()) == 1


def test_all_problems_of_a_sheet_are_told_with_their_lines(book):
    with pytest.raises(CodebookError) as caught:
        book("x.csv", "theme,brief\n,late\nBus,a\nBus,b\n")

    assert [problem.split(":")[1] for problem in caught.value.problems] == ["2", "4"]


# What programs for coding write.


def test_the_codebook_of_taguette_is_read(book):
    mine = book("x.csv", "tag,description,number of highlights\nbus,How it comes,3\n")

    assert mine.themes == (Theme("bus", "bus", definition="How it comes"),)


def test_the_codes_of_qualcoder_are_read(book):
    mine = book(
        "x.csv",
        "name,memo,owner,date,cid,catid,color,category\n"
        "Bus,How it comes,kim,2026-01-01,1,2,#fff,Travel\n",
    )

    [bus] = mine
    assert (bus.definition, bus.extra) == ("How it comes", {"category": "Travel"})


CODES = (
    '<CodeBook xmlns="urn:QDA-XML:codebook:1:0"><Codes>'
    '<Code name="Topics" isCodable="false"><Code name="Bus" isCodable="true">'
    '<Description>How it comes</Description><Code name="Late"/></Code></Code>'
    "</Codes></CodeBook>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_an_exchange_file_keeps_codes_and_leaves_out_folders(book, encoding):
    mine = book("x.qdc", CODES, encoding=encoding)

    assert [theme.id for theme in mine] == ["bus", "bus.late"]
    assert mine["bus"].definition == "How it comes"


def test_a_project_of_a_program_holds_its_codes(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.qdpx", "w") as archive:
        archive.writestr("project.qde", CODES)

    assert names(load_codebook(tmp_path / "x.qdpx")) == ["Bus", "Late"]


# Lists and headings.


def test_a_list_says_under_each_theme_what_a_sheet_says(book):
    mine = book(
        "x.md",
        "# What we listen for\n\nSome words of ours.\n\n"
        "- **Bus**: How it comes\n"
        "  - use when: it is late\n"
        "  - Words: driver, wait\n"
        "  - Examples:\n"
        '    - "I wait: an hour."\n'
        "    - It never comes.\n"
        "- Food – what is eaten\n"
        "  and when\n",
    )

    bus, food = mine
    assert mine.name == "What we listen for"
    assert (bus.definition, bus.use_when) == ("How it comes", ("it is late",))
    assert bus.patterns.strong == ("driver", "wait")
    assert bus.examples == (Example("I wait: an hour."), Example("It never comes."))
    assert (food.name, food.definition) == ("Food", "what is eaten\nand when")


def test_headings_are_themes_and_paragraphs_say_what_they_mean(book):
    mine = book(
        "x.md",
        "# Ours\n\nSome words.\n\n## Bus\n\nHow it comes.\n\n**Use when:** it is late\n\n"
        "### Examples\n\n- It never comes.\n- I wait.\n\n## Food\n",
    )

    bus, _ = mine
    assert names(mine) == ["Bus", "Food"]
    assert (bus.definition, bus.use_when) == ("How it comes.", ("it is late",))
    assert bus.examples == (Example("It never comes."), Example("I wait."))


def test_a_table_between_bars_is_a_sheet(book):
    mine = book(
        "x.md", "# T\n\n| Code | Definition |\n|---|---|\n| Bus | How it comes |\n"
    )

    assert mine.themes == (BUS,)


# YAML with less to write, and the words of others for its keys.


def test_a_hand_written_codebook_needs_names_only(book):
    mine = book(
        "our_themes.yaml",
        "themes:\n- name: Bus\n  description: How it comes\n  words: late, driver\n"
        "  subthemes: [{name: Late}]\n- name: Bus?\n",
    )

    assert [theme.id for theme in mine] == ["bus", "bus.late", "bus_2"]
    assert mine["bus"].patterns.strong == ("late", "driver")
    assert (mine.id, mine.name) == ("our_themes", "Our themes")


def test_other_words_for_keys_are_understood_and_lines_stay_true(book):
    text = "codes:\n- label: Bus\n  keywords: [late]\n  exemplars: [It is late.]\n"

    [bus] = book("x.yaml", text)

    assert (bus.patterns.strong, bus.examples) == (("late",), (Example("It is late."),))
    with pytest.raises(CodebookError, match=r"x.yaml:4: themes\[0\].examples must be"):
        book("x.yaml", text.replace("[It is late.]", "It is late."))


def test_a_slip_of_a_key_is_answered_with_the_right_one(book):
    with pytest.raises(CodebookError) as caught:
        book("x.yaml", "themes:\n- name: Bus\n  descripton: late\n")

    assert str(caught.value) == (
        "x.yaml:3: 'descripton' is no key of a theme; did you mean 'description'?"
    )


def test_one_name_twice_is_refused(book):
    with pytest.raises(CodebookError, match="theme id 'bus' is used twice"):
        book("x.yaml", "themes: [{name: Bus}, {name: Bus}]\n")


def test_a_headline_is_part_of_the_fingerprint_only_where_there_is_one():
    plain = Codebook("b", "B", themes=(Theme("a", "A"),))
    told = Codebook("b", "B", themes=(Theme("a", "A", headline="A matters"),))

    assert plain.sha256 != told.sha256
    # As it was before there were headlines.
    assert load_codebook("mastery_systems").sha256[:12] == "0e6e4460a4b7"


# One entrance, and the real files beside the checkout.


def test_a_study_names_a_sheet_beside_it(tmp_path):
    (tmp_path / "ours.csv").write_text("theme\nBus\n")
    (tmp_path / "study.yaml").write_text("data: .\ncodebook: ours.csv\n")

    assert names(load_codebook(load_study(tmp_path / "study.yaml").codebook)) == ["Bus"]


@pytest.mark.parametrize(
    ("path", "n"),
    [
        ("codebooks/empathy_core.yaml", 43),
        ("codebooks/iste_students.yaml", 7),
        ("codebooks/mastery_learning_roadmap.yaml", 24),
        ("codebooks/mastery_systems.yaml", 6),
        ("codebooks/solution_levers.yaml", 11),
        ("refi/REFI_spec_annexA_1_CodeBook.xml", 4),
        ("refi/atlasti84_standard__MIT.qdpx", 14),
    ],
)
def test_real_codebooks_are_read_as_they_are(shared, path, n):
    assert len(load_codebook(shared / path).themes) == n


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ours.csv", "Code,Definition\nBus,How it comes\n"),
        ("ours.yaml", "id: ours\nthemes:\n- id: bus\n  name: Bus\n"),
        ("ours.yml", '"themes" : [{"id": "bus"}]\n'),
    ],
)
def test_a_codebook_among_the_interviews_is_no_interview(tmp_path, name, text):
    (tmp_path / name).write_text(text)

    assert own_table(tmp_path / name) == "a codebook; pass it as codebook to use it"


# What stands in for words that nobody wrote.


def test_the_words_of_a_bare_theme_are_its_own(book):
    mine = book("x.csv", "theme,description\nBus,Late at school\nFood,Cold at school\n")

    assert [own_words(theme, mine) for theme in mine] == [
        ("bus", "late"),
        ("food", "cold"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("My bus.", [("bus", "suggested")]),
        ("It comes.", []),
        ("It comes late.", [("being_heard", "suggested")]),
        ("Nobody came.", []),
    ],
)
def test_words_of_a_name_suggest_and_never_code(book, talk, text, found):
    mine = book("notes.txt", "Bus\nBeing heard: who comes late\n")

    codings = LexicalCoder(mine)(segment(talk({"d": [("ana", text)]})))

    assert list(zip(codings["theme"], codings["status"], strict=True)) == found


@pytest.mark.parametrize(
    ("content", "themes"),
    [
        ("Too loud\nLocked rooms\nMoney\n- Spanish at home\n", 4),
        ("1. Too loud\nLocked rooms\nMoney\n", 3),
        ("Our themes\n- Bus\n- Food\n", 2),
        ("- Bus\nIt comes late, and it is full.\nNobody waits for it any more.\n", 1),
        ("We met in May.\nThese are they:\n- Bus\nlate\n- Food\ncold\n", 2),
    ],
)
def test_notes_of_which_a_few_have_a_mark_are_themes_each(book, content, themes):
    assert len(list(book("notes.txt", content))) == themes


def test_names_alone_lead_to_a_first_statement_with_a_blank(tmp_path):
    (tmp_path / "study.yaml").write_text("data: talks\ncodebook: notes.txt\n")
    (tmp_path / "notes.txt").write_text("Bus\nLunch\n")
    (tmp_path / "talks").mkdir()
    said = "Interviewer: How is it?\n\nAna: My bus is late, the bus, my bus.\n"
    for name in ("Ana", "Bo", "Cy", "Di"):
        text = said.replace("Ana", name)
        (tmp_path / "talks" / f"{name}.txt").write_text(text)

    run = analyze(tmp_path / "study.yaml", allow_identities=True)

    assert set(run.codings["status"]) == {"suggested"}
    assert run.problem.question == (
        "How might we make it possible for our students to ____?"
    )
    assert coding_said(run) == (
        "Passages were coded automatically with the codebook “Notes” (version 0, 2 "
        "themes). 2 of its themes have no phrases; the words of their names and "
        "descriptions stood in, and only suggested."
    )


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        ("Theme,Defintion", "x.csv:1: 'Defintion' is no head that we know; did you mean 'definition'?"),
        ("Tehme,Words", "x.csv:1: 'Tehme' is no head that we know; did you mean 'theme'?"),
        ("Theme,Description,Descriptions", "x.csv:1: 'Descriptions' is no head that we know; did you mean 'description'?"),
        ("Theme,Use wen", "x.csv:1: 'Use wen' is no head that we know; did you mean 'use when'?"),
    ],
)  # fmt: skip
def test_a_misspelt_head_is_told_once_and_with_the_right_one(book, heads, said):
    more = "," * (heads.count(",") - 1)
    rows = f"Bus,late{more}\nLunch,cold{more}\nHome,far{more}\n"

    with pytest.raises(CodebookError) as caught:
        book("x.csv", f"{heads}\n{rows}")

    assert str(caught.value) == said


def test_all_misspelt_heads_are_told_at_once(book):
    with pytest.raises(CodebookError, match="2 problems") as caught:
        book("x.csv", "Theme,Defintion,Keywrds\nBus,late,bus\n")

    assert str(caught.value).count("did you mean") == 2


@pytest.mark.parametrize(
    "head", ["Color", "Notes", "Comment", "Owner", "Our thoughts", "Nickname", "Density",
             "Created by", "Weight"],
)  # fmt: skip
def test_a_column_of_ones_own_is_no_misspelt_head(book, head):
    """Nor is one that is nearly a column which is there."""
    [bus] = book("x.csv", f"Theme,Description,{head}\nBus,late,mine\n")

    assert (bus.id, bus.definition.split("\n")[0]) == ("bus", "late")
