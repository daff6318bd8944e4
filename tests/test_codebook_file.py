from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empathy_insights.codebook import (
    Boundary,
    Codebook,
    Example,
    NearMiss,
    Need,
    Patterns,
    Theme,
)
from empathy_insights.codebook_file import load_codebook, save_codebook
from empathy_insights.codebook_yaml import SHIPPED
from empathy_insights.coding.check import codebook_gaps
from empathy_insights.errors import CodebookError

_words = st.text(
    st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=30
).map(lambda text: f"x{' '.join(text.split())}x")
_texts = st.lists(_words, max_size=3).map(tuple)
_themes = st.builds(
    Theme,
    id=st.from_regex(r"[a-z_]{1,8}", fullmatch=True),
    name=_words,
    brief=_words,
    use_when=_texts,
    not_when=st.lists(st.builds(Boundary, text=_words), max_size=2).map(tuple),
    patterns=st.builds(
        Patterns, strong=st.just(("lock .. out",)), weak=st.just(("a|b c",))
    ),
    examples=st.lists(st.builds(Example, text=_words, role=_words), max_size=2).map(
        tuple
    ),
    near_misses=st.lists(st.builds(NearMiss, text=_words, why=_words), max_size=2).map(
        tuple
    ),
    need=st.builds(Need, verb_phrase=_words),
    handle_with_care=st.booleans(),
    extra=st.dictionaries(st.just("seeds"), st.lists(_words, min_size=1, max_size=2)),
)


@given(st.lists(_themes, min_size=1, max_size=3, unique_by=lambda theme: theme.id))
def test_a_saved_codebook_reads_back_equal(tmp_path_factory, themes):
    book = Codebook("mine", "Mine", themes=tuple(themes))

    path = save_codebook(book, tmp_path_factory.mktemp("books") / "mine.yaml")

    assert load_codebook(path) == book


def with_few_stories(book):
    """Return a codebook with some of its stories: to write thousands takes seconds."""
    themes = [
        replace(theme, examples=theme.examples[:9] + theme.examples[9:][-9:])
        for theme in book.themes
    ]
    return replace(book, themes=tuple(themes), no_theme=book.no_theme[:9])


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_codebooks_read_back_equal(tmp_path, name):
    book = with_few_stories(load_codebook(name))

    assert load_codebook(save_codebook(book, tmp_path / "copy.yaml")) == book


def test_the_core_codebook_keeps_both_seed_theme_sets():
    assert load_codebook("empathy_core").theme_sets == {
        "case_study": ("tech_support", "digital_access", "student_ownership"),
        "tla_artifact": (
            "student_ownership",
            "meaningful_tech_use",
            "cultural_relevance_antiracism",
        ),
    }


def test_fields_of_a_codebooks_own_are_kept():
    theme = load_codebook("iste_students")["empowered_learner"]

    assert theme.extra["ref"] == "1.1"


def test_a_theme_needs_only_an_id_and_a_name(tmp_path):
    path = _write(tmp_path, "id: b\nname: B\nthemes:\n- {id: lunch, name: Lunch}\n")

    assert load_codebook(path)["lunch"] == Theme("lunch", "Lunch")


def test_every_problem_is_reported_at_once_with_its_line(tmp_path):
    path = _write(
        tmp_path,
        "id: b\n"
        "name: B\n"
        "theme_sets: {main: [lunhc]}\n"
        "themes:\n"
        "- id: lunch\n"
        "  nam: Lunch\n"
        "  patterns: {strong: ['.. food', 'a| b'], stron: [x]}\n"
        "- id: lunch\n"
        "  name: Again\n"
        "  examples: {text: not a list}\n"
        "  subthemes: [{id: milk, name: Milk}]\n",
    )

    with pytest.raises(CodebookError) as caught:
        load_codebook(path)

    assert caught.value.problems == (
        "book.yaml:1: theme_sets.main: there is no theme 'lunhc'",
        "book.yaml:5: theme id 'lunch' is used twice",
        "book.yaml:6: themes[0].name is missing; is 'nam' meant for it?",
        "book.yaml:7: themes[0].patterns.stron is no field here; the fields are "
        "exclude, strong, weak",
        "book.yaml:7: themes[0].patterns.strong[0] must start with a word, not with a gap",
        "book.yaml:7: themes[0].patterns.strong[1] has an empty alternative; write a|b "
        "with no spaces around the bar",
        "book.yaml:10: themes[1].examples must be a list",
        "book.yaml:11: sub-theme id 'milk' must start with 'lunch.'",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("id: b\nname: [\n", r"book.yaml:3: the file is not valid YAML"),
        ("just words", r"book.yaml: a codebook needs `themes:`"),
        ("", r"book.yaml: a codebook needs `themes:`"),
        ("id: b\nname: B\n", r"themes is missing"),
        ("theme_sets: {main: []}\n", r"book.yaml:1: themes is missing$"),
        ("themes:\n- nmae: Bus\n", r"yaml:2: themes\[0\].name is missing; is 'nmae' "),
        ("thmes: []\n", r"yaml:1: themes is missing; is 'thmes' meant for it\?"),
        (
            "nmae: Ours\nthemes: [Bus]\n",
            r"yaml:1: 'nmae' is no key of a codebook; did you mean 'name'",
        ),
        (
            "themes: [Bus]\nname: B\nthemes: [Lunch]\n",
            r"yaml:3: .* 'themes' is in line 1 too; keep one of them$",
        ),
        ("id: b\nname: B\nthemes: [1]\n", r"themes\[0\] must hold named fields"),
        ("id: b\nname: B\nthemes: [{id: a, name: {x: 1}}]\n", r"name must be a text"),
        ("id: b\nname: B\nthemes: [{id: a.b, name: A}]\n", r"'a.b' has a dot"),
        (
            "id: b\nname: B\nthemes: [{id: a, name: A, handle_with_care: maybe}]\n",
            r"must be true or false",
        ),
        (
            "id: b\nname: B\nthemes: [{id: a, name: A, need: x}]\n",
            r"must hold named fields",
        ),
        ("id: b\nname: B\nthemes: [{id: a, name: A, use_when: x}]\n", r"list of texts"),
    ],
)
def test_bad_files_are_refused_with_a_reason(tmp_path, content, said):
    with pytest.raises(CodebookError, match=said):
        load_codebook(_write(tmp_path, content))


def test_a_codebook_that_does_not_exist_names_the_shipped_ones():
    with pytest.raises(
        CodebookError, match=r"no codebook 'empathy_cor'; .*empathy_core"
    ):
        load_codebook("empathy_cor")


def test_a_binary_codebook_is_refused(tmp_path):
    path = tmp_path / "book.yaml"
    path.write_bytes(b"\xff\xfe\x00id")

    with pytest.raises(CodebookError, match="not UTF-8"):
        load_codebook(path)


def test_the_hash_changes_with_the_content():
    one = Codebook("b", "B", themes=(Theme("a", "A"),))
    other = Codebook("b", "B", themes=(Theme("a", "Ä"),))

    assert one.sha256 != other.sha256


def test_main_and_sub_themes_are_told_apart():
    book = Codebook("b", "B", themes=(Theme("a", "A"), Theme("a.x", "X", parent="a")))

    assert [theme.id for theme in book.main_themes] == ["a"]
    assert [theme.id for theme in book.sub_themes("a")] == ["a.x"]
    assert "a.x" in book


def _write(folder: Path, content: str) -> Path:
    path = folder / "book.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def test_stories_beside_a_codebook_become_examples(tmp_path):
    path = _write(
        tmp_path,
        "id: b\nname: B\nstories_file: s.csv\nthemes:\n- id: bus\n  name: Bus\n",
    )
    (tmp_path / "s.csv").write_text(
        "themes,role,text\nbus,student,It never comes.\nno_theme,family,Good morning.\n"
    )

    book = load_codebook(path)

    assert book["bus"].examples == (Example("It never comes.", "student", "story"),)
    assert book.no_theme == (Example("Good morning.", "family", "story"),)
    assert load_codebook(save_codebook(book, tmp_path / "copy.yaml")) == book


def test_every_problem_of_the_stories_is_reported_with_its_line(tmp_path):
    path = _write(
        tmp_path,
        "id: b\nname: B\nstories_file: s.csv\nthemes:\n- id: bus\n  name: Bus\n",
    )
    (tmp_path / "s.csv").write_text(
        "themes,role,text\nbuss,student,Late.\nbus,student,\nbuss,student,Full.\n"
    )

    with pytest.raises(CodebookError) as caught:
        load_codebook(path)

    assert list(caught.value.problems) == [
        "s.csv:2: there is no theme 'buss'; is it 'bus'? (on 2 lines)",
        "s.csv:3: the text is empty",
    ]


def test_stories_of_a_theme_that_is_gone_are_left_out_and_told(tmp_path):
    path = _write(
        tmp_path,
        "id: b\nname: B\nstories_file: s.csv\nthemes:\n- id: bus\n  name: Bus\n",
    )
    (tmp_path / "s.csv").write_text(
        "themes,role,text\nlunch,student,It is cold.\nbus;lunch,student,Late and cold.\n"
    )

    book = load_codebook(path)

    assert [example.text for example in book["bus"].examples] == ["Late and cold."]
    assert book.no_theme == ()
    assert (
        codebook_gaps(book)["sentence"]
        .iloc[-1]
        .startswith("1 story is of 'lunch' alone, which is no theme here, and left out")
    )
    assert load_codebook(save_codebook(book, tmp_path / "copy.yaml")) == book


@pytest.mark.parametrize("name", ["../s.csv", "/etc/s.csv", "other.csv"])
def test_stories_come_from_a_file_beside_the_codebook_only(tmp_path, name):
    folder = tmp_path / "books"
    folder.mkdir()
    (tmp_path / "s.csv").write_text("themes,role,text\nbus,student,Late.\n")
    path = _write(
        folder,
        f"id: b\nname: B\nstories_file: {name}\nthemes:\n- id: bus\n  name: Bus\n",
    )

    with pytest.raises(CodebookError, match="beside the codebook"):
        load_codebook(path)


def test_the_core_codebook_says_that_its_stories_are_taught_and_what_they_are_not():
    book = load_codebook("empathy_core")

    assert book.is_taught
    assert len(book.no_theme) > 100
    assert "measured" in book.extra


def test_a_need_can_be_worded_for_a_role(tmp_path):
    path = tmp_path / "b.yaml"
    text = (
        "id: b\nname: B\nthemes:\n- id: a\n  name: A\n  need:\n    verb_phrase: rest\n"
        "    verb_phrase_of: {teacher: plan}\n"
    )
    path.write_text(text)

    book = load_codebook(path)

    assert book["a"].need.verb_phrase_of == {"teacher": "plan"}
    assert load_codebook(save_codebook(book, tmp_path / "again.yaml")) == book
    path.write_text(text.replace("teacher", "teachers"))
    with pytest.raises(CodebookError, match=r"b.yaml:8: .*teachers is no field here"):
        load_codebook(path)


ADDED = {
    "list.md": "# Ours\n\nExtends: empathy_core\n\n- Buses: how we get there\n"
    "  - words: bus stop\n- Lunch: what there is to eat\n",
    "plain.txt": "extends: empathy_core\nBuses\nLunch\n",
    "ours.yaml": "extends: empathy_core\nname: Ours\nthemes:\n- {name: Buses}\n- {name: Lunch}\n",
}


@pytest.mark.parametrize("name", ADDED)
def test_themes_are_added_to_a_shipped_codebook(tmp_path, name):
    (tmp_path / name).write_text(ADDED[name])
    core = load_codebook("empathy_core")

    book = load_codebook(tmp_path / name)

    assert book.themes[: len(core.themes)] == core.themes
    assert [theme.id for theme in book.themes[len(core.themes) :]] == ["buses", "lunch"]
    assert (book.id, book.extra) == (name.split(".")[0], {})
    assert book.sensitive_cues == core.sensitive_cues
    assert book.no_theme == core.no_theme
    assert load_codebook(save_codebook(book, tmp_path / "saved.yaml")) == book


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extends: empathy_kore\n- Buses: late\n", "not 'empathy_kore'"),
        (
            "extends: empathy_core\n- Tech support: late\n",
            "has a theme 'Tech support' already",
        ),
    ],
)
def test_what_cannot_be_extended_is_told(tmp_path, text, said):
    (tmp_path / "ours.md").write_text(text)

    with pytest.raises(CodebookError, match=said):
        load_codebook(tmp_path / "ours.md")


def test_the_lines_of_a_list_that_extends_are_those_of_the_file(tmp_path):
    text = "extends: empathy_core\n\n| theme | color | size |\n| --- | --- | --- |\n| Bus | red | 3 | 4 |\n"
    (tmp_path / "ours.md").write_text(text)

    with pytest.raises(CodebookError, match=":5:"):
        load_codebook(tmp_path / "ours.md")
