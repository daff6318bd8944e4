"""What names of files, folders and words tell about documents."""

import pytest

from empathy_insights.readers import language, read_corpus
from tests.conftest import SAMPLE

TALK = "Interviewer: What helps?\nAna: My friends.\n"
SPOKEN = {
    "en": "I like to walk to school with my friends because then we talk about what we "
    "want to do after the lessons are over.",
    "es": "Me gusta caminar a la escuela con mis amigos porque así hablamos de lo que "
    "queremos hacer después de las clases.",
    "de": "Ich gehe gern mit meinen Freunden zu Fuß zur Schule, weil wir dann darüber "
    "reden, was wir nach dem Unterricht machen wollen.",
    "zh": "我喜欢和朋友们一起走路去学校因为那样我们就可以聊聊放学以后想做什么我们常常谈论"
    "老师和功课还有周末的计划这让我很开心",
}


def facts(corpus, *columns):
    found = corpus.documents[list(columns)].astype(object)
    return found.where(found.notna(), None).to_numpy().tolist()


def test_a_pattern_tells_site_role_and_date(tmp_path):
    (tmp_path / "alder_parent_20260301.txt").write_text(TALK)

    corpus = read_corpus(tmp_path, name_pattern="{site}_{role}_{date}")

    assert facts(corpus, "site", "date") == [["alder", "2026-03-01"]]
    assert corpus.participants["role"].tolist() == ["family"]


def test_a_pattern_may_speak_of_folders_and_name_the_participant(tmp_path):
    (tmp_path / "pier" / "r2").mkdir(parents=True)
    (tmp_path / "pier" / "r2" / "p07.txt").write_text(TALK)

    corpus = read_corpus(tmp_path, name_pattern="{site}/r{round}/{participant}")

    assert facts(corpus, "site", "round") == [["pier", "2"]]
    assert corpus.participants["participant_id"].tolist() == ["p07"]


def test_a_name_that_does_not_fit_is_listed(tmp_path):
    (tmp_path / "alder.txt").write_text(TALK)

    corpus = read_corpus(tmp_path, name_pattern="{site}_{role}")

    assert corpus.problems["problem"].tolist() == [
        "the name of the file does not fit name_pattern"
    ]


@pytest.mark.parametrize("pattern", ["{school}_{date}", "all", "{site}_{site}"])
def test_a_pattern_that_cannot_be_used_names_the_fields(tmp_path, pattern):
    (tmp_path / "alder.txt").write_text(TALK)

    with pytest.raises(ValueError, match=r"\{site\}, \{role\}, \{date\}"):
        read_corpus(tmp_path, name_pattern=pattern)


def test_front_matter_of_a_readme_tells_about_its_folder(tmp_path):
    (tmp_path / "r2").mkdir()
    (tmp_path / "README.md").write_text("---\nsite: Alder\nround: 1\n---\n")
    (tmp_path / "r2" / "README.md").write_text("---\nround: 2\n---\n")
    (tmp_path / "a.txt").write_text(TALK)
    (tmp_path / "r2" / "b.md").write_text(f"---\nsite: Pier\n---\n{TALK}")

    corpus = read_corpus(tmp_path)

    assert facts(corpus, "site", "round") == [["Alder", "1"], ["Pier", "2"]]


@pytest.mark.parametrize("code", SPOKEN)
def test_the_language_is_told_by_the_words(tmp_path, code):
    text = f"Interviewer: What helps?\nAna: {SPOKEN[code]}\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")

    assert facts(read_corpus(tmp_path), "language") == [[code]]


MIXED = (
    "I would like to go but there is no bus when they want me there at school. "
    "Mi mamá trabaja de noche y yo cuido a mis hermanitos cuando salimos de la escuela. "
    "La computadora que me dieron no funciona bien y nadie me ayuda a arreglarla."
)


@pytest.mark.parametrize("said", [*SPOKEN.values(), MIXED])
def test_what_is_not_plain_english_is_left_to_the_model(said):
    language._identifier.cache_clear()

    language.language_of(said * 3)

    asked = language._identifier.cache_info().currsize
    assert asked == (said != SPOKEN["en"])


def test_plain_english_is_what_the_model_takes_for_english():
    told = [path.read_text("utf-8")[:4000] for path in SAMPLE.glob("*.txt")]
    plain = [text for text in told if language.is_plain_english(text)]

    assert len(plain) > len(told) / 2
    assert {language._identifier().classify(text)[0] for text in plain} == {"en"}


def test_a_language_is_not_guessed_from_a_few_words(tmp_path):
    (tmp_path / "a.txt").write_text(TALK)

    assert facts(read_corpus(tmp_path), "language") == [[None]]
