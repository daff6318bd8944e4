"""Who asks, as one file says it: titles, letters, lists at the head, signs of asking."""

import pytest

from empathy_insights.readers import read_corpus, read_transcript


@pytest.fixture
def leads(tmp_path):
    def write_and_read(text):
        file = tmp_path / "talk.txt"
        file.write_text(text, encoding="utf-8")
        return set(read_transcript(file).facilitators)

    return write_and_read


@pytest.mark.parametrize(
    "title",
    [
        "Entrevistadora", "Entrevistador/a", "Moderador 1", "Pesquisadora", "Intervieweuse",
        "Enquêteur", "Animatrice", "Interviewerin", "Interviewer*in", "Moderatorin",
        "Intervistatrice", "Gespreksleider", "Haastattelija", "Интервьюер", "Ведущая",
        "采访者", "訪談者", "主持人", "インタビュアー", "聞き手", "司会", "면담자", "진행자",
        "المحاورة", "الباحث", "साक्षात्कारकर्ता", "Người phỏng vấn", "Pewawancara",
        "Co-Facilitator", "The Interviewer", "Interviewer Dana", "Dana (Interviewer)",
        "Dana Holm, Moderator", "Moderator - Dana",
    ],
)  # fmt: skip
def test_titles_of_many_languages_lead(leads, title):
    said = f"{title}: Mm.\nNoa: Tests.\n{title}: Ah.\nNoa: Every week.\n"

    assert leads(said) == {title}


@pytest.mark.parametrize(
    "text",
    [
        "甲：你怎么来学校？\n乙：走路。\n甲：多久？\n乙：很久。\n",
        "سلمى: كيف الحال؟\nنور: بخير.\nسلمى: ولماذا؟\nنور: الحافلة.\n",
        "私：どうやって来ますか。\nケン：歩きます。\n私：遠いですか。\nケン：はい。\n",
        "나：어떻게 오나요?\n민수：걸어서요.\n나：왜 그럴까.\n민수：멀어요.\n",
    ],
)
def test_signs_and_endings_of_asking_count_in_any_script(leads, text):
    assert leads(text) == {text.split("：")[0].split(":")[0]}


ASKED = "P: Why?\nM: Tests.\nI: The noise.\nP: And then?\nM: Sleep.\nI: Home.\n"


@pytest.mark.parametrize(
    "head",
    [
        "",
        "PARTICIPANTS:\nIDA HOLM, MODERATOR (P)\nMIA BERG (M)\nIVO LUND (I)\n\n",
        "Speakers\nP = moderator\nM = Mia, student\nI = Ivo, student\n\n",
        "P: Ida Holm, moderator\nM: Mia Berg, student\nI: Ivo Lund, student\n\n",
        "P (moderator), M (Mia Berg), I (Ivo Lund)\n\n",
        "Moderator (P): Ida Holm\nMia Berg (M)\nIvo Lund (I)\n\n",
        "Moderadora: P\nAlumnas: M, I\n\n",
        "Moderator: Petra Holm\nStudent: Mia Berg\nStudent: Ivo Lund\n\n",
    ],
)
def test_letters_are_initials_where_a_list_or_the_talk_says_so(leads, head):
    assert leads(head + ASKED) == {"P"}


def test_a_list_leads_although_others_ask_more(leads):
    head = "Ida Holm (K), facilitator\nMia Berg (B)\nIvo Lund (C)\n\n"
    talk = "K: Go on.\nB: Why me?\nC: Why not?\nK: Well.\nB: Me?\nC: Yes?\n"

    assert leads(head + talk) == {"K"}


def test_a_list_at_the_head_is_nobodys_words(tmp_path):
    file = tmp_path / "talk.txt"
    file.write_text(f"PARTICIPANTS:\nIDA HOLM, MODERATOR (P)\nMIA BERG (M)\n\n{ASKED}")

    speakers = {turn.speaker for turn in read_transcript(file).turns}

    assert speakers == {"P", "M", "I"}


def test_a_letter_leads_beside_a_title_only_where_it_is_an_abbreviation(leads):
    talk = "{0}: Go on.\nM: So.\nF: Well.\nAna: Hm.\n{0}: And.\nM: No.\nF: Yes.\nAna: Ah.\n"

    assert leads(talk.format("Moderator")) == {"Moderator"}


def test_parts_in_other_languages_are_no_names_that_two_files_share(tmp_path):
    for n, answer in enumerate(["Прогулка.", "Уроки."]):
        text = (
            f"Интервьюер: Что?\nУчастник 1: {answer}\nИнтервьюер: А?\nУчастник 1: Да.\n"
        )
        (tmp_path / f"{n}.txt").write_text(text, encoding="utf-8")

    corpus = read_corpus(tmp_path)

    assert corpus.participants["participant_id"].tolist() == ["0:p01", "1:p01"]


PROMPTED = (
    """Dana: Tell me about school.
Ana: It is loud, you know?
Dana: Tell me more about that.
Ana: The halls, right?
Dana: What would help?
Ana: Doors, maybe? I do not know.
Dana: Okay.
Ana: Is that okay to say?
""",
    """Speaker 1: I am from the district, thank you for talking with me. Walk me through your day.
Speaker 2: I get up at six, right?
Speaker 1: Describe the ride.
Speaker 2: Long. Do you take the bus?
Speaker 1: Okay, say a little more.
Speaker 2: It is cold, you know.
""",
    """Rosa: Cuéntame de la escuela.
Luz: Es grande, ¿verdad?
Rosa: Platíqueme más.
Luz: Los pasillos, ¿no?
Rosa: ¿Qué ayudaría?
Luz: No sé.
""",
)


@pytest.mark.parametrize("talk", PROMPTED)
def test_who_prompts_asks_and_who_ends_in_a_tag_does_not(talk, tmp_path):
    file = tmp_path / "talk.txt"
    file.write_text(talk, encoding="utf-8")

    found = read_transcript(file).facilitators

    assert found == {talk.partition(":")[0]: "asks the questions"}


def test_an_answer_that_tells_nobody_to_speak_is_no_prompt(tmp_path):
    file = tmp_path / "talk.txt"
    file.write_text(
        "Jo Lee: I like it.\nAna Ruiz: Tell me about it! I describe myself as shy.\n"
        "Jo Lee: They never tell me about changes.\nAna Ruiz: We talk about it.\n"
    )

    assert read_transcript(file).facilitators == {}


GROUP = (
    "Fitch: Good morning. What changed?\nAnjali: Lunch is better.\nBo: Class is the same.\n"
    "Fitch: A second phone?\nBo: You put it away.\nNina: {}\nAnjali: That is not right.\n"
    "Fitch: No, it is not. Anything we should keep?\nBo: Basketball.\nNina: Keep it.\n"
    "Fitch: Good, thank you all.\n"
)


def test_who_asks_in_a_group_is_found_though_somebody_else_asks_once(tmp_path):
    (tmp_path / "a.txt").write_text(GROUP.format("Can I go? I have a pass."))

    assert read_transcript(tmp_path / "a.txt").facilitators == {
        "Fitch": "asks the questions"
    }


def test_who_has_one_turn_and_asks_in_it_does_not_hide_who_leads(tmp_path):
    """`And tell me what it is for` is all that Gus says."""
    said = "".join(
        f"Teddy: What did you hear about number {n}?\nOrtiz: A paper came home.\n"
        f"Lund: We kept it in the box.\n"
        for n in range(4)
    )
    file = tmp_path / "talk.txt"
    file.write_text(f"{said}Gus: And tell me what it is for.\n", encoding="utf-8")

    asking = read_corpus(file).utterances.query("is_facilitator")["speaker"]

    assert set(asking) == {"Teddy"}


def test_in_a_group_in_which_all_ask_nobody_leads(tmp_path):
    talk = GROUP.format("Can I go?").replace("Basketball.", "Basketball?")
    (tmp_path / "a.txt").write_text(talk.replace("is not right.", "is fair?"))

    assert read_transcript(tmp_path / "a.txt").facilitators == {}


def test_who_tells_a_story_of_me_leads_no_talk(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Dana: What happened?\nAna: I was like, no.\nMe: what?\nHim: nothing.\nMe: ok.\n"
        "Dana: And then?\nAna: That was it.\nDana: How did it end?\nAna: Fine.\n"
    )

    assert read_transcript(tmp_path / "a.txt").facilitators == {
        "Dana": "asks the questions"
    }
