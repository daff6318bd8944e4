"""Whoever did not consent is not read: rows of surveys, listed people, whole files."""

import pandas as pd
import pytest
from docx import Document

from empathy_insights.errors import TranscriptError
from empathy_insights.readers import people_sheet, read_corpus
from empathy_insights.readers.consent import (
    consent_said,
    is_about_consent,
    is_about_less,
)
from empathy_insights.readers.consent_answers import meaning
from empathy_insights.readers.not_used import why_not_used
from empathy_insights.readers.people.people_sheet import things_to_do

ASKED = "What is hard for your child at school?"
ANSWERS = [
    "The homework takes three hours",
    "Please keep this one private",
    "He is hit by others",
]
TALK = (
    "Interviewer: What helps?\nImani: My friends help me.\nNoor: This one is private.\n"
)


def survey(folder, head, consent, name="survey.csv", answers=ANSWERS):
    rows = zip(consent, answers, strict=True)
    lines = [f'"{head}","{ASKED}"', *(f'"{said}","{answer}"' for said, answer in rows)]
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return folder


def said(folder, **options):
    return "\n".join(read_corpus(folder, **options).utterances["text"])


def problems(corpus):
    return "\n".join(corpus.problems["problem"])


OF_CONSENT = [
    "Do you consent to take part?", "Consent", "consent_given", "Parental consent (Y/N)", "Permission",
    "May we use your answers?", "May we use/quote/share your answers?", "I agree to take part",
    "I have read the information sheet and agree that my anonymous answers may be used (Yes/No)",
    "Autorizo el uso de mis respuestas", "¿Da su consentimiento para participar?", "Consent form signed?",
    "Do you give permission for us to use your comments?", "Do you agree to be part of this research study?",
    "Is it okay if we use what you wrote?", "¿Acepta participar en la encuesta?", "Do you assent to participate?",
    "I understand that I do not have to answer and may stop. I agree to participate.",
    "I am 18 or older and agree to participate in this study", "Consented?", "I hereby give my consent",
    "Are you willing to take part in this study?", "Parent/guardian consent for minors", "Research use",
    "¿Acepta usted que usemos sus respuestas (sin su nombre) para mejorar la escuela?", "Permiso de los padres",
    "¿Sus papás firmaron el permiso?", "¿Nos autoriza a usar sus respuestas?", "Carta de consentimiento entregada",
    "¿Está de acuerdo con que usemos lo que nos cuente?", "He leído lo anterior y acepto participar", "¿Quiere participar?",
    "¿Permite que compartamos sus comentarios?", "Permission slip returned",
    "Did your parents sign the consent form?", "Did your parent sign the form?", "Form signed?", "Signed", "Parent OK?", "Forms in",
    "Can the team read this?", "Are you ok being part of this project?", "Do you want to be in our study?", "My parents said yes",
    "Thumbs up to share with the team?", "Has your mom or dad signed the form?", "Hoja firmada", "Is it ok for us to share this?",
    "I agree to take this survey", "I am willing to complete our short survey.", "Would you like to participate in this survey?",
    "Would you like to take part?", "Do you agree to have your responses used in research?", "I am okay with having my answers used",
    "I want my answers included", "Include in analysis?", "Included in the study (Y/N)", "Use for research?", "Include", "OK to use?", "OK to share",
    "Parent/guardian permission on file?", "Permission granted", "Has parental consent", "Consent on file", "Permission slip in",
    "Você concorda em participar?", "Quý vị có đồng ý tham gia không?", "Acceptez-vous de participer à cette étude ?",
]  # fmt: skip
OF_LESS = [
    "May we quote you?", "May we use direct quotes from your responses?", "Consent to be recorded",
    "Photo consent", "Media release", "May we use your name?", "¿Acepta que usemos sus fotos?", "¿Podemos citar sus palabras?", "Do you consent to audio recording?", "Permission to quote",
]  # fmt: skip
OF_NEITHER = [
    "¿Qué opina de los permisos?", "¿Acepta la escuela que usen celulares?", "¿Quiere participar en el comité de padres?",
    "¿Está de acuerdo con las reglas de la escuela?", "¿Qué permiso necesita para salir?",
    "Did you sign the permission slip for the trip?",
    "Did you sign up for the form?", "Do you want to be in the band?", "Do you want to be in the science project?", "Can the teacher read your handwriting?",
    "Do your parents sign your homework?", "Do you feel left out?", "Can you share with the team at recess?", "Did you return your library books?",
    "Do you want to be left out of PE?", "Do your parents say no to phones?", "Are you ok with being part of a team?", "Parents", "Is your form teacher nice?",
    "Do you keep your answers private in class?", "Do you leave your things out?",
    "Do you want to take this survey in Spanish?", "Would you like to participate in sports?", "Would you like to take the survey bus?",
    "Do you feel included?", "Included", "If you do not ride the bus, check here", "If you do not use the gym, please mark it",
    "Should phones be excluded from class?", "Would you like to join the band?", "Do you answer in class?", "Do you complete the reading?",
    "Is the permission to leave on file at school?", "Do you agree to have lunch later?",
    "Do you agree with the new policy?", "Do you need permission to leave class?", "Can we use our phones at lunch?",
    "Would you be willing to take part in a follow-up interview?", "May we contact you?",
    "Would you like to participate in a focus group?", "Do your students know what consent means?",
    "Do you like to participate in class?", "Do you want to share your comments?", "Permission to walk home",
    "Do you want to take part in after-school programs?", "Do teachers use your feedback?",
    "Who gives you permission to use the bathroom?", "I want to be part of decisions at school",
    "Do you agree that your teachers share information about homework?", "Do you teach students about consent?",
    "Do you have any concerns about consent?", "Did the school ask for your consent before the survey?",
    "Should students give consent?", "Do you agree that consent should be taught?", "Do you want to opt out of email?",
    "Opt out of testing?", "Concordas com a nova política da escola?", "Do you want to withdraw from class?",
]  # fmt: skip


@pytest.mark.parametrize("head", OF_CONSENT)
def test_a_row_of_a_no_is_not_read_and_told(tmp_path, head):
    corpus = read_corpus(survey(tmp_path, head, ["Yes", "No", "I do not consent"]))

    assert list(corpus.utterances["text"]) == [ASKED, ANSWERS[0]]
    assert len(corpus.participants) == 1
    assert not corpus.documents["text"].str.contains("private").any()
    told = corpus.problems.loc[corpus.problems["line"] == 3].iloc[0]
    assert told["problem"].startswith(
        "2 rows left out, of people who say no to the use"
    )
    assert "if that is wrong, correct" in told["advice"]
    assert "2 rows left out" in "\n".join(things_to_do(corpus))


@pytest.mark.parametrize("head", OF_LESS)
def test_who_may_not_be_quoted_named_or_recorded_counts_and_is_told(tmp_path, head):
    corpus = read_corpus(survey(tmp_path, head, ["Yes", "No", "Yes"]))

    assert len(corpus.participants) == 3
    assert "1 row of people who say no to being quoted" in problems(corpus)
    assert is_about_less(head)
    assert not is_about_consent(head)


@pytest.mark.parametrize("head", OF_NEITHER)
def test_a_no_to_another_question_is_no_refusal(tmp_path, head):
    corpus = read_corpus(survey(tmp_path, head, ["Yes", "No", "No"]))

    assert len(corpus.participants) == 3
    assert "say no" not in problems(corpus)


def test_an_empty_cell_is_no_refusal_and_told_where_others_refuse(tmp_path):
    corpus = read_corpus(survey(tmp_path, "Consent", ["Yes", "", "No"]))

    assert len(corpus.participants) == 2
    assert "(line 4); 1 without an answer to it read all the same" in problems(corpus)


def test_a_column_about_consent_that_holds_no_answers_to_it_leaves_nobody_out(tmp_path):
    consent = ["Form A of 2024", "Form B of 2025", "No form"]
    corpus = read_corpus(survey(tmp_path, "Consent", consent))

    assert len(corpus.participants) == 3


@pytest.mark.parametrize(
    ("answer", "is_no"),
    [("no.", True), ("Declined", True), ("No, do not use my answers", True), ("Withdrawn", True),
     ("I'd rather not", True), ("No autorizo", True), ("false", True), ("", False), ("n/a", False),
     ("No problem", False), ("yes, but not my name", False), ("not sure", False), ("No sé", False),
     ("I agree", False)],
)  # fmt: skip
def test_what_is_a_no(answer, is_no):
    assert (consent_said("Consent", answer) == "no") == is_no


@pytest.mark.parametrize(
    "answer",
    ["yes, then withdrew", "Yes - revoked 10/3", "Không", "Não", "Non", "nein", "retirado", "unchecked", "Prefer not to",
     "no longer participating", "not signed", "never returned"],
)  # fmt: skip
def test_refusals_in_other_words_leave_out(tmp_path, answer):
    assert consent_said("Consent", answer) == "no"
    corpus = read_corpus(survey(tmp_path, "Consent", ["Yes", answer, "yes"]))

    assert len(corpus.participants) == 2
    assert "1 row left out, of people who say no" in problems(corpus)


UNCLEAR = ["pending", "waiting for form", "✗", "☐", "?", "N/A", "not sure", "form sent home", "signed form missing",
           "Only with my name removed", "maya", "ask Kim"]  # fmt: skip
CLEAR = ["I consent", "yes", "signed", "x", "9/4/25", "Sept 4", "2025-09-04 00:00:00", "on file", "copy on file", "",
         "☑", "Sim", "oui", "parent signed", "yes, but not my name", "form returned 9/4", "verbal", "OK",
         "I understand I can withdraw at any time"]  # fmt: skip


@pytest.mark.parametrize("answer", UNCLEAR)
def test_what_is_neither_yes_nor_no_leaves_out_and_is_told(tmp_path, answer):
    corpus = read_corpus(survey(tmp_path, "Consent", ["Yes", answer, "yes"]))

    assert list(corpus.utterances["text"]) == [ASKED, ANSWERS[0], ANSWERS[2]]
    told = problems(corpus)
    assert "1 row left out, since what stands about consent is neither yes nor" in told
    assert "(line 3)" in told
    assert "neither yes nor no" in "\n".join(things_to_do(corpus))


@pytest.mark.parametrize("answer", CLEAR)
def test_what_people_write_for_a_yes_is_read(tmp_path, answer):
    corpus = read_corpus(survey(tmp_path, "Consent", ["Yes", answer, "yes"]))

    assert len(corpus.participants) == 3
    assert "left out" not in problems(corpus)


@pytest.mark.parametrize(
    "head",
    ["Opt out of this study?", "Opt out", "I want to withdraw from the study", "Do not use my answers",
     "Decline to participate", "Exclude my answers", "I want my answers to be left out", "Leave my answers out", "Withdraw my answers",
     "Should we delete your answers?", "Do you want to be left out of the study?", "My parents said no", "Keep my answers private",
     "Quiero que no usen mis respuestas", "Please leave me out", "I do not want my answers used", "Exclude from analysis", "Exclude",
     "Please exclude this response from the report", "Omitted from data set (Y/N)", "Please do not share", "Do not use this row",
     "Permission denied", "Consent revoked", "If you do NOT want us to use your answers, check here", "If you would rather not take part in the study, tick this box", "Check this box to opt out", "Tick here to have my answers removed"],
)  # fmt: skip
@pytest.mark.parametrize("answer", ["Yes", "yes please", "opt out", "x"])
def test_a_yes_to_being_left_out_leaves_out(tmp_path, head, answer):
    corpus = read_corpus(survey(tmp_path, head, ["No", answer, ""]))

    assert list(corpus.utterances["text"]) == [ASKED, ANSWERS[0], ANSWERS[2]]


@pytest.mark.parametrize(
    ("head", "label"),
    [("I do not want my answers used", "I do not want my answers used"), ("If you do not want us to use your answers, check here", "Do not use my answers"),
     ("Please do not share", "Please do not share my answers")],
)  # fmt: skip
def test_a_ticked_box_that_says_its_label_again_leaves_out(tmp_path, head, label):
    corpus = read_corpus(survey(tmp_path, head, ["", label, ""]))

    assert list(corpus.utterances["text"]) == [ASKED, ANSWERS[0], ANSWERS[2]]


@pytest.mark.parametrize("head", ["Status", "Participant status", "Response Status", "Study status"])  # fmt: skip
@pytest.mark.parametrize("said", ["Withdrawn", "Opted out", "Parent declined", "Consent revoked", "Do not use"])  # fmt: skip
def test_a_status_of_a_no_leaves_out_and_no_other_status_does(tmp_path, head, said):
    corpus = read_corpus(survey(tmp_path, head, ["Complete", said, "Partial"]))

    assert list(corpus.utterances["text"]) == [ASKED, ANSWERS[0], ANSWERS[2]]
    assert "1 row left out, of people who say no" in problems(corpus)


@pytest.mark.parametrize("head", ["Enrollment status", "Marital status", "Status"])
def test_what_somebody_is_otherwise_is_no_refusal(tmp_path, head):
    told = "Withdrawn" if head == "Enrollment status" else "Not enrolled"
    corpus = read_corpus(survey(tmp_path, head, ["Active", told, "No"]))

    assert len(corpus.participants) == 3
    assert "left out" not in problems(corpus)


@pytest.mark.parametrize(
    ("answer", "says"),
    [("Passive opt-out received", "no"), ("Opt-out form returned 9/4", "no"), ("Refusal on file", "no"), ("passive; withdrawal form was signed", "no"),
     ("No opt-out received", "yes"), ("Passive (no opt-out returned)", "yes"), ("Passive", "yes"), ("Active", "yes"), ("no refusals", "yes")],
)  # fmt: skip
def test_a_form_by_which_somebody_is_out_is_a_no(answer, says):
    assert meaning(answer) == says


@pytest.mark.parametrize("head", ["Paper form?", "Share my answers?", "Signature here", "Is the release in?"])  # fmt: skip
def test_a_column_that_may_be_permission_is_told(tmp_path, head):
    corpus = read_corpus(survey(tmp_path, head, ["Yes", "No", ""]))

    assert f"under '{head}' may be permission, and nobody is left out" in problems(
        corpus
    )
    assert len(corpus.participants) == 3


@pytest.mark.parametrize("head", ["Do you like math?", "What is your study like?"])
def test_other_columns_are_not_told_as_permission(tmp_path, head):
    answers = ["I read at home", "no", "yes"]
    corpus = read_corpus(survey(tmp_path, head, answers))

    assert "may be permission" not in problems(corpus)


@pytest.mark.parametrize("head", ["Form signed?", "Signed", "Parent OK?", "Forms in"])
def test_a_list_says_no_under_heads_about_a_form(tmp_path, head):
    people = PEOPLE.replace("consent", head).replace("withdrawn", "parent said no")
    corpus = read_corpus(study(tmp_path, people))

    assert not corpus.documents["text"].str.contains("private").any()
    assert "2 people left out who did not consent" in problems(corpus)


def test_grown_ups_need_no_consent_of_parents(tmp_path):
    corpus = read_corpus(survey(tmp_path, "Parental consent", ["Yes", "N/A", "yes"]))

    assert len(corpus.participants) == 3


def test_a_column_that_is_not_understood_is_told(tmp_path):
    corpus = read_corpus(survey(tmp_path, "Consent", ["Form A", "Form B", "Form A"]))

    assert "under 'Consent' is mostly neither yes nor no: nobody" in problems(corpus)


def test_where_nobody_is_clear_nothing_is_read_and_the_reason_told(tmp_path):
    with pytest.raises(TranscriptError, match="nobody in the table says a clear yes"):
        read_corpus(survey(tmp_path, "Consent", ["pending", "No", "sent"]))


def test_where_a_yes_takes_answers_back(tmp_path):
    head = "Please check here if you do not want your answers used"
    corpus = read_corpus(survey(tmp_path, head, ["", "Yes", ""]))

    assert list(corpus.utterances["text"]) == [ASKED, ANSWERS[0], ANSWERS[2]]
    assert consent_said("Consent withdrawn", "x") == "no"
    assert consent_said("Consent withdrawn", "no") == "yes"


def test_where_everybody_refuses_nothing_is_read_and_the_reason_told(tmp_path):
    with pytest.raises(TranscriptError, match="everybody in the table says no"):
        read_corpus(survey(tmp_path, "Consent", ["No", "No", "No"]))


def test_a_row_with_too_many_cells_is_not_kept_for_its_no(tmp_path):
    survey(tmp_path, "Consent", ["Yes", "Yes", "Yes"])
    with (tmp_path / "survey.csv").open("a") as file:
        file.write('\n"No","This one is private","more"\n')

    assert not read_corpus(tmp_path).documents["text"].str.contains("This one").any()


def test_a_survey_of_a_row_an_answer_loses_all_rows_of_whoever_refuses(tmp_path):
    rows = ["participant,question,answer"]
    for who, consent, answer in zip("abc", ["Yes", "No", "Yes"], ANSWERS, strict=True):
        rows += [
            f"{who},Do you consent to take part?,{consent}",
            f"{who},{ASKED},{answer}",
        ]
    (tmp_path / "long.csv").write_text("\n".join(rows))
    corpus = read_corpus(tmp_path)

    assert "private" not in "\n".join(corpus.utterances["text"])
    assert len(corpus.participants) == 2
    assert "2 rows left out" in problems(corpus)


def sheet_of(folder):
    """Return the people sheet of a folder, as nobody has filled it in yet."""
    return pd.read_csv(
        people_sheet(read_corpus(folder), folder.parent / "people.csv"),
        dtype="str",
        keep_default_na=False,
    )


def test_a_no_beside_a_voice_of_the_people_sheet_is_enough(tmp_path):
    """A family withdraws before anybody has filled in names and roles."""
    talks = tmp_path / "talks"
    talks.mkdir()
    (talks / "talk.txt").write_text(TALK)
    sheet = sheet_of(talks)
    refusing = (sheet["voice"] == "Noor").map({True: "withdrawn", False: ""})
    corpus = read_corpus(talks, participants=sheet.assign(consent=refusing))

    assert "private" not in "\n".join(corpus.utterances["text"])
    assert len(corpus.participants) == 1
    assert "1 person left out who did not consent" in problems(corpus)


def test_a_word_beside_the_voice_of_all_makes_no_person_of_it(tmp_path):
    talks = tmp_path / "talks"
    talks.mkdir()
    (talks / "talk.txt").write_text(f"{TALK}All: Yes!\nImani: And lunch.\n")
    sheet = sheet_of(talks).assign(consent="yes")

    assert len(read_corpus(talks, participants=sheet).participants) == 2


NOT_USED = [
    "FV-09 WITHDRAWN CONSENT 11-02.txt", "PILOT - do not use - test of protocol.txt", "FV-09 (withdrawn).txt",
    "FV-09_withdrawn.txt", "Pilot_DO_NOT_USE_v2.txt", "ana - no consent.txt", "P07 - withdrew consent.txt",
    "do not use/ana.txt", "Withdrawn/ana.txt", "no consent.txt", "withdrew_x.txt", "opt-out_x.txt", "x_revoked.txt",
    "x NO PERMISSION.txt", "x_declined.txt", "DONOTUSE_x.txt", "maria (declined).txt", "retirado_luz.txt",
    "x do not use.txt", "Interview x opted out.txt", "Interview x withdrawn.txt", "x did not consent.txt",
    "Entrevista x NO FIRMÓ.txt", "entrevista x (retiró consentimiento).txt", "x sin consentimiento.txt",
    "entrevista x ya no quiere participar.txt", "x no autorizó.txt", "entrevista_x_no_usar.txt",
    "OPT OUT maria.txt", "no-consent-07.txt", "opted out/ana.txt",
    "Ida - not consented.txt", "Ida gr5 (no form).txt", "Ida (parent said no).txt", "IDA opt out.txt", "Ida-noconsent.txt",
    "not signed/ida.txt", "zz DO NOT READ/ida.txt", "no form/ida.txt", "Ida - mom withdrew.txt", "Ida (la mamá dijo que no).txt",
    "Ida - delete this one.txt", "sin firma/ida.txt",
]  # fmt: skip
USED = [
    "quiet and withdrawn.txt", "maestro retirado.txt", "alumnos sin permiso.txt", "salir sin permiso.txt",
    "apps they do not use.txt", "Why we opted out.txt",
    "do not use phones.txt", "Pilot program interviews.txt", "Pilot/ana.txt", "withdrawn students.txt",
    "why kids feel withdrawn.txt", "DO NOT USE PHONES.txt", "Excluded voices/ana.txt", "consent policy.txt",
    "withdrawn_students.txt", "declined_attendance.txt", "privileges_revoked.txt", "Opt-out_policy.txt", "No permission slips.txt",
    "students who opted out of testing.txt", "School REFUSED bus aid.txt", "NOTES ON OPT OUT TESTING.txt", "refused to come.txt",
    "books kids do not read/ana.txt", "in good form.txt", "What my mom said no to.txt", "Parents said no to homework.txt", "forms/ana.txt",
    "new consent forms.txt", "signed/ana.txt", "not signed up for sports.txt", "kids who opt out of lunch.txt",
]  # fmt: skip


@pytest.mark.parametrize("name", NOT_USED)
def test_a_file_whose_name_says_so_is_not_read_and_told(tmp_path, name):
    (tmp_path / "kept.txt").write_text(TALK)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(TALK.replace("friends", "secret"))
    corpus = read_corpus(tmp_path)

    assert list(corpus.documents["path"]) == ["kept.txt"]
    [row] = corpus.problems[corpus.problems["path"] == name].itertuples()
    assert row.problem == "not read, since it says that it is not to be used"
    assert row.advice.startswith("if it is to be read, take that out of")
    assert "not to be used" in things_to_do(corpus)[0]


@pytest.mark.parametrize("name", USED)
def test_a_file_whose_name_is_about_something_else_is_read(name):
    assert not why_not_used(name)


@pytest.mark.parametrize(
    "top",
    ["FV-09 - consent withdrawn by e-mail 11/2/2025 - do not include", "Consent: no", "WITHDREW CONSENT",
     "WITHDRAWN", "FV-09 WITHDRAWN",
     "PILOT INTERVIEW - testing the questions, not part of the study, do not use",
     "Interview 4\nDo not use this interview.", "Withdrew from the study", "Opted out", "No parental permission",
     "Consent not given", "RETIRADO", "Do not quote or use", "Excluded at parent request", "Consent: pending",
     "Sin consentimiento", "Permission never returned", "Did not consent.", "Mom did not sign the consent form",
     "She does not want to be in the study", "No dio su consentimiento.", "La mamá ya no quiere que se use",
     "Consentimiento no otorgado", "No firmó el permiso", "Not consented", "No permission slip", "Parent declined", "Form not signed",
     "Mom said no to using this", "Consent? N", "Consent: ☐ yes ☒ no", "Consent: [ ] yes [x] no", "Consent: Yes ☐ No ☑",
     "Consent Y / (N)", "Consent: ☐ yes ☐ no", "opt-out", "*** family withdrew 11/20 ***", "Consent\tNo", "Consent - no", "Consent: verbal only",
     "Delete this one - family changed their mind", "Grade 5 - no consent form yet!!", "La mamá dijo que no", "Falta el permiso",
     "Consentimiento: ☐ sí ☒ no", "Belonging study\nInterviewer: Kim\nDate: 11/5\nGrade: 5\nConsent: no", "Form never returned",
     "Talk 4\nNov 5\nRoom 12\nSite B\nConsent: no", "Status: withdrawn", "Participation status: declined", "Consent: verbal no",
     "Consent: Yes / No (circled: No)", "NOT FOR USE", "Mother refused permission", "Retirado del estudio", "Please remove.",
     "Family asked us to remove this interview", "Kwame's mom said no"],
)  # fmt: skip
def test_a_file_whose_first_lines_say_so_is_not_read(tmp_path, top):
    (tmp_path / "kept.txt").write_text(TALK)
    (tmp_path / "other.txt").write_text(f"{top}\n\n{TALK.replace('friends', 'secret')}")
    corpus = read_corpus(tmp_path)

    assert "secret" not in "\n".join(corpus.utterances["text"])
    assert "take that out of its first lines" in "\n".join(corpus.problems["advice"])


@pytest.mark.parametrize(
    "top",
    ["They did not sign up for the bus", "She does not want to be late", "No quiere ir a la escuela",
     "What students do not use", "Confidential - do not share", "No consent to record, notes only",
     "Audio consent refused; notes only", "Consent: yes", "Consent withdrawn: no", "Pilot interview 2", "Withdrawn",
     "Students opted out of the test", "Do not quote", "Opt out: no", "Consent: form 3, folder B", "Consent: see folder",
     "Consent: obtained verbally, not recorded", "Parental consent: n/a", "Declined",
     "Consent: ☒ yes ☐ no", "Consent: yes ☑ no ☐", "Consent (Y) / N", "Consent? Y", "No form of homework helps", "Missing form: no",
     "Asked to go home and the mom said no", "Ask about the consent form", "Did they opt out of testing?",
     "Leave the lights out", "Delete this app, they say", "Imani: Opt out.", "Noor: Mom said no.",
     "Interviewer: Phones - do not use?", "Imani: We withdrew consent to the bus.", "Status: active", "Not for use of phones",
     "Consent: Yes / No (circled: Yes)", "We refused lunch", "Consent: verbal yes", "Family asked us to remove shoes"],
)  # fmt: skip
def test_other_first_lines_keep_a_file(tmp_path, top):
    (tmp_path / "other.txt").write_text(f"{top}\n{TALK}")

    assert "My friends help me." in said(tmp_path)


def word_file(file, rows=(), header="", talk=TALK):
    document = Document()
    if rows:
        table = document.add_table(rows=0, cols=2)
        for row in rows:
            for cell, told in zip(table.add_row().cells, row, strict=True):
                cell.text = told
    if header:
        document.sections[0].header.paragraphs[0].text = header
    for line in talk.splitlines():
        document.add_paragraph(line)
    document.save(file)


@pytest.mark.parametrize(
    "options",
    [{"rows": [("Date", "11/5"), ("Consent", "No")]}, {"header": "NO CONSENT - DO NOT USE"},
     {"rows": [("Date", "11/5"), ("Interviewer", "Kim"), ("Grade", "5"), ("Consent", "☐ yes ☒ no")]}],
)  # fmt: skip
def test_a_word_file_that_says_so_in_a_table_or_a_page_header_is_not_read(
    tmp_path, options
):
    (tmp_path / "kept.txt").write_text(TALK)
    word_file(tmp_path / "a.docx", talk=TALK.replace("friends", "secret"), **options)
    corpus = read_corpus(tmp_path)

    assert list(corpus.documents["path"]) == ["kept.txt"]
    assert "not to be used" in problems(corpus)


def test_a_word_file_with_another_page_header_is_read(tmp_path):
    word_file(tmp_path / "a.docx", header="Belonging study, page 1")

    assert "My friends help me." in said(tmp_path)


def test_a_folder_of_nothing_else_says_why(tmp_path):
    (tmp_path / "FV-09 WITHDRAWN.txt").write_text(TALK)

    with pytest.raises(TranscriptError, match="not to be used"):
        read_corpus(tmp_path)


PEOPLE = "name,role,consent\nImani Okafor,student,yes\nNoor Ali,student,withdrawn\nBen Ruiz,student,No\n"


def study(folder, people=PEOPLE):
    (folder / "participants.csv").write_text(people)
    (folder / "group.txt").write_text(TALK)
    (folder / "ben.txt").write_text(
        "Interviewer: What helps?\nBen: Another private one.\nInterviewer: So it is private?\n"
    )
    return folder


def test_a_listed_person_without_consent_is_not_read(tmp_path):
    corpus = read_corpus(study(tmp_path))

    assert list(corpus.documents["path"]) == ["group.txt"]
    assert not corpus.documents["text"].str.contains("private").any()
    assert list(corpus.participants["participant_id"]) == ["p01"]
    assert "private" not in corpus.people.to_csv()
    assert "2 people left out who did not consent" in problems(corpus)
    assert "in no document" not in problems(corpus)


def test_the_people_sheet_keeps_who_is_left_out(tmp_path):
    sheet = people_sheet(read_corpus(study(tmp_path)), tmp_path / "people.csv")
    (tmp_path / "participants.csv").unlink()

    assert "private" not in said(tmp_path, participants=sheet)
    assert "My friends help me." in said(tmp_path, participants=sheet)


def test_consent_to_less_or_none_said_keeps_a_listed_person(tmp_path):
    people = pd.DataFrame(
        {"name": ["Imani Okafor", "Noor Ali", "Ben Ruiz"], "photo_consent": ["no", "no", "yes"],
         "consent": ["yes", "", "yes"]}
    )  # fmt: skip

    corpus = read_corpus(study(tmp_path), participants=people)

    assert len(corpus.participants) == 3


def test_where_no_listed_person_consents_the_reason_is_told(tmp_path):
    with pytest.raises(TranscriptError, match="nobody in these files consents"):
        read_corpus(study(tmp_path, PEOPLE.replace("yes", "no")))


@pytest.mark.parametrize("said", ["pending", "✗", "waiting for form", "maya", "N/A"])
def test_a_listed_person_of_whom_it_is_not_clear_is_not_read(tmp_path, said):
    people = PEOPLE.replace("withdrawn", said).replace("No\n", "yes\n")
    corpus = read_corpus(study(tmp_path, people))

    assert "This one" not in "\n".join(corpus.documents["text"])
    told = "1 person left out since what the list says of their consent is neither yes"
    assert told in problems(corpus)
    assert "neither yes nor no" in "\n".join(things_to_do(corpus))


@pytest.mark.parametrize("said", ["yes, then withdrew", "không", "retirado", "No!"])
def test_a_listed_person_who_refuses_in_other_words_is_not_read(tmp_path, said):
    people = PEOPLE.replace("withdrawn", f'"{said}"').replace("No\n", "yes\n")
    corpus = read_corpus(study(tmp_path, people))

    assert "This one" not in "\n".join(corpus.documents["text"])
    assert "1 person left out who did not consent" in problems(corpus)


def test_a_list_that_names_forms_leaves_out_only_a_clear_no(tmp_path):
    people = PEOPLE.replace("yes", "Form A").replace("No\n", "Form B\n")
    corpus = read_corpus(study(tmp_path, people))

    assert "1 person left out who did not consent" in problems(corpus)
    assert "under 'consent' is mostly neither yes nor no: nobody is left" in problems(
        corpus
    )
    assert len(corpus.participants) == 2


@pytest.mark.parametrize(
    "name",
    [
        "withdrawn ben", "withdrawn P08", "Withdrawn - student 5", "student_13_withdrawn",
        "south_student_13 withdrawn", "withdrawn south_student_13", "do not use Zepeda",
    ],
)  # fmt: skip
def test_a_name_that_says_whose_file_was_withdrawn_is_heard(name, tmp_path):
    talk = "Interviewer: How is the bus?\nStudent: {} every day.\n"
    (tmp_path / f"{name}.txt").write_text(talk.format("It is late"))
    (tmp_path / "a.txt").write_text(talk.format("It is early"))

    assert read_corpus(tmp_path).documents["path"].tolist() == ["a.txt"]


@pytest.mark.parametrize(
    "name", ["withdrawn students focus group", "student withdrawal survey"]
)
def test_a_name_that_speaks_of_who_withdrew_is_read(name, tmp_path):
    talk = "Interviewer: How is the bus?\nStudent: It is late every day.\n"
    (tmp_path / f"{name}.txt").write_text(talk)

    assert len(read_corpus(tmp_path).documents) == 1


@pytest.mark.parametrize(
    ("answer", "means"),
    [
        ("yes (student), no (parent)", "no"), ("Y, dad says N", "no"), ("Y/N", "open"),
        ("yes but parents declined", "no"), ("signed (student only)", "open"),
        ("Yes (verbal), form not signed", "open"), ("yes, mother signed", "yes"),
        ("Yes, but no photos", "yes"), ("parent signed, no video", "yes"),
    ],
)  # fmt: skip
def test_a_no_beside_a_yes_is_heard(answer, means):
    assert meaning(answer) == means
