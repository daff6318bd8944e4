"""Words of many languages for the parts of an interview: who asks, who speaks, what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIGNS = re.compile(r"[\W_]+")
# `Sprecher*in`, `intervenant·e`, `entrevistador/a`.
_GENDERED = re.compile(r" (?:in|innen|e|a|o|es|as|os|trice|euse|rice|x|r)$")
_ORDINAL = re.compile(
    r"(?:^(?:the|der|die|el|la|le|os?) )|(?<!^)[ ]?(?:number )?\d{1,3}$| [a-z]$"
)
_BESIDE = re.compile(r"[,()/|–—\[\]]|\s-\s")
# `Co-host`, `2nd facilitator`, `Zoom Host`: which one of those who ask.
_WHICH = re.compile(
    r"(?:(?:co|lead|main|head|senior|junior|first|second|third|1st|2nd|3rd|other|assistant|asst|deputy|"
    r"zoom|teams|meeting|session|primer[ao]?|segund[ao]|otr[ao]|asistente|auxiliar) ?)+(?=\w)"
)
# `Anneke - UWM Researcher`; who helps as a student researcher may be heard.
_OF_A_TEAM = re.compile(
    r"(?!.*\b(?:student|youth|teacher|parent|peer)\b)(?:\w+ ){0,3}(?:research(?:er)?(?: team| staff| assistant)?|"
    r"evaluation team|evaluator|interviewer|facilitator|moderator|principal investigator)"
)
_HOSTED = re.compile(
    r"famil|m(?:o|u)m|mother|dad|father|parent|teacher|school|brother|sister|student|site|organi|country|agency"
)
_WITHIN = re.compile(r"\s*\([^()]*\)")
_REMEMBERED = 4096


def _listed(text: str) -> tuple[str, ...]:
    """Return the entries between commas, folded as what is looked up is."""
    return tuple(dict.fromkeys(fold(entry) for entry in text.split(",")))


# What whoever makes a form types in to see whether it works. `ASD` is a word.
_OF_A_FORM = (
    r"this is (?:just |only )?an? test(?:ing)?(?:[ -]\w+)?|test(?:ing)?(?:[ ,.-]+test(?:ing)?)+|"
    r"test(?:ing)?[ ,.-]+(?:please )?(?:ignore|delete)(?: me| this)?|(?:please )?delete (?:me|this)(?: (?:row|one|response|entry))?|"
    r"ignore this(?: (?:row|one|response|entry))?|(?:asdf|qwer(?:ty)?|zxcv|lkjh|fdsa|hjkl)(?:asdf?|sdf|ghjk?|uiop|bnm|l)*\w{0,2}|"
    r"(?:asd|sdf|dfg|fgh|ghj|hjk|jkl){2,}|x{3,}|lorem ipsum\b.*|esto es una prueba"
)
# In a survey; `None` and `Nothing` answer some questions.
_NO_ANSWER = re.compile(
    r"[-–—_./\\*\s]+|\W*(?:n\W?a|not applicable|(?:no|without) (?:comments?|answer|response|opinion)|"
    r"(?:i )?(?:prefer|would rather) not (?:to )?(?:say|answer)|sin (?:comentarios?|respuesta|opini[oó]n)|"
    rf"no (?:aplica|contesta|responde)|(?:prefiero )?no (?:contestar|responder|decir)|{_OF_A_FORM})\W*",
    re.IGNORECASE | re.DOTALL,
)
_A_TRY = re.compile(rf"\W*(?:{_OF_A_FORM})\W*", re.IGNORECASE | re.DOTALL)
_PERHAPS_A_TRY = re.compile(
    r"\W*(?:(?:just |only )?(?:a )?test(?:ing)?|test\W?\d{1,3}|test (?:response|entry|answer|row|submission)|"
    r"prueba)\W*",
    re.IGNORECASE,
)


def says_no_answer(cell: str) -> bool:
    """Return whether an answer says that there is none.

    Examples
    --------
    >>> [says_no_answer(cell) for cell in ("N/A", "no comment", "--", "Nothing", "The bus")]
    [True, True, True, False, False]
    """
    return _NO_ANSWER.fullmatch(cell.strip()) is not None


def tries_a_form(cell: str) -> bool:
    """Return whether an answer only tries whether a form works.

    Examples
    --------
    >>> [tries_a_form(cell) for cell in ("asdfgh", "this is a test", "Test", "ASD", "tests")]
    [True, True, False, False, False]
    """
    return _A_TRY.fullmatch(cell.strip()) is not None


def perhaps_tries_a_form(cell: str) -> bool:
    """Return whether an answer may do so; `Test` answers some questions."""
    return _PERHAPS_A_TRY.fullmatch(cell.strip()) is not None


@lru_cache(maxsize=_REMEMBERED)
def fold(words: str) -> str:
    """Reduce words to what is the same in any spelling: no accents, signs or case.

    Examples
    --------
    >>> fold("speakerName:"), fold("Réponse_libre"), fold("Question #")
    ('speaker name', 'reponse libre', 'question number')
    """
    apart = _CAMEL.sub(" ", words).replace("#", " number ")
    marked = unicodedata.normalize("NFKD", apart.casefold())
    plain = "".join(c for c in marked if not _is_accent(c))
    return _SIGNS.sub(" ", _joined(plain)).strip()


def _is_accent(sign: str) -> bool:
    """Return whether a mark is left out in haste: others make another letter."""
    return "\u0300" <= sign <= "\u036f" or "\u064b" <= sign <= "\u0652"


def _joined(text: str) -> str:
    # Marks of Indian scripts are no letters to a pattern, and would cut words.
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        c for c in composed if unicodedata.category(c) not in ("Mn", "Mc", "Cf")
    )


# Heads over who speaks; in the order in which they are taken where several stand.
SPEAKER = _listed(
    "speaker, speaker name, speaker names, speaker label, speaker id, speaker role, "
    "speaker number, speakers, who, who speaks, who is speaking, who said it, voice, "
    "talker, spoken by, said by, who said what, who said this, who shared, who was speaking, "
    "who answered, who responded, whose words, voices, speaker initials, "
    "sprecher, sprecherin, sprecher in, sprecherinnen, sprechende, sprechende person, "
    "redner, rednerin, redner in, wer, wer spricht, "
    "locuteur, locutrice, locuteurs, locuteur trice, intervenant, intervenante, "
    "interlocuteur, interlocutrice, orateur, oratrice, qui parle, "
    "hablante, hablantes, locutor, locutora, orador, oradora, interlocutor, "
    "interlocutora, quien, quien habla, quien lo dijo, quien dijo, voz, interviniente, falante, falantes, quem fala, "
    "parlante, oratore, relatore, chi parla, spreker, sprekers, wie spreekt, talare, "
    "taler, puhuja, mówca, mluvčí, konuşmacı, konuşan, ομιλητής, vorbitor, beszélő, "
    "говорящий, спикер, кто говорит, мовець, "
    "说话人, 说话者, 發言人, 发言人, 发言者, 讲话人, 講者, 讲者, 說話者, "
    "話者, 発話者, 発言者, 話し手, 화자, 발화자, 발언자, 말하는 사람, "
    "المتحدث, المتكلم, متحدث, वक्ता, người nói, דובר"
)
# Heads that stand over people who speak, and over people who fill in a form as well.
PERSON = _listed(
    "name, person, participant, participant name, role, sender, sent by, author, "
    "character, respondent, interviewee, student, user, username, pseudonym, "
    "name, person, teilnehmer, teilnehmerin, teilnehmer in, teilnehmende, befragte, "
    "befragter, befragte r, rolle, personne, nom, participante, répondant, "
    "répondante, rôle, persona, nombre, participante, encuestado, encuestada, "
    "entrevistado, entrevistada, pessoa, nome, respondente, partecipante, intervistato, "
    "persoon, naam, deelnemer, respondentti, osoba, "
    "участник, имя, респондент, собеседник, учасник, "
    "姓名, 人物, 受访者, 參與者, 参与者, 参加者, 回答者, 名前, 氏名, "
    "이름, 참여자, 응답자, 참가자, الاسم, المشارك, नाम, प्रतिभागी, tên"
)
WORDS = _listed(
    "statement, statements, text, utterance, utterances, words, transcript, content, "
    "contents, message, sentence, turn, transcription, speech, what was said, dialogue, "
    "dialog, said, spoken words, spoken text, quote, caption, passage, "
    "transcribed text, talk, what they said, verbatim, body, lines, line, quotes, key quote, "
    "quotation, their words, in their words, their own words, in their own words, exact words, "
    "what we heard, what i heard, what they told us, what they shared, what he said, what she said, "
    "wortlaut, aussage, aussagen, gesagtes, rede, beitrag, redebeitrag, äußerung, "
    "transkript, inhalt, wortbeitrag, gesprochenes, worte, "
    "parole, paroles, propos, texte, énoncé, énoncés, discours, contenu, intervention, "
    "texto, textos, palabras, parlamento, intervención, enunciado, diálogo, contenido, "
    "transcripción, mensaje, lo que dice, lo dicho, discurso, habla, "
    "fala, falas, palavras, transcrição, conteúdo, mensagem, intervenção, discurso, "
    "testo, parole, battuta, trascrizione, contenuto, intervento, dialogo, "
    "tekst, uitspraak, gesproken tekst, transcriptie, uiting, inhoud, replik, repliek, "
    "teksti, puhe, wypowiedź, tekst, promluva, söz, metin, konuşma, "
    "текст, слова, реплика, высказывание, речь, "
    "内容, 文本, 发言, 发言内容, 说话内容, 话语, 对话, 對話, 文字, "
    "発言, 発話, 発言内容, 発話内容, 本文, セリフ, テキスト, "
    "발화, 발언, 내용, 텍스트, 대사, 말, "
    "النص, الكلام, القول, الحديث, نص, पाठ, कथन, संवाद, lời nói, nội dung, văn bản"
)
# Heads beside that over the speakers in a talk which somebody has translated.
TRANSLATED = _listed(
    "english, english translation, translation, translated, translated text, in english, "
    "inglés, traducción, traducción al inglés, tradução, traduction, übersetzung"
)
# Heads that stand over what people say in a talk, and over answers in a survey as well.
ANSWER = _listed(
    "answer, answers, response, responses, reply, replies, comment, comments, "
    "answer text, response text, free text, open text, answer given, their answer, "
    "participant answer, participant response, verbatim response, student response, student answer, parent response, staff response, "
    "open ended response, free response, open response, written response, open ended answer, "
    "antwort, antworten, réponse, réponses, respuesta, respuestas, resposta, respostas, "
    "risposta, risposte, antwoord, antwoorden, svar, vastaus, odpowiedź, odpověď, cevap, "
    "ответ, ответы, відповідь, 回答, 答案, 答复, 答え, 응답, 답변, 대답, "
    "الإجابة, الجواب, إجابة, الرد, उत्तर, जवाब, trả lời, câu trả lời"
)
# Heads beside that over the speakers, in notes on what each of them said.
NOTED = _listed(
    "notes, note, feedback, input, key points, main points, points, takeaways, key takeaways, "
    "summary, summary of comments, highlights, notas, comentario, comentarios, opinión"
)
# Heads over those who were asked, in tables that have no column of their words by name.
ASKED = _listed(
    "initials, participant number, respondent number, person interviewed, people interviewed, "
    "interviewed, who we interviewed, who we talked to, who we spoke with, who we spoke to, "
    "who we heard from, talked to, spoke with, spoke to, heard from, attendee, attendees, "
    "iniciales, asistente, con quien hablamos"
)
# Heads over those who were asked, and over what they say of somebody else as well.
PERHAPS_ASKED = _listed(
    "from, member, group member, guest, parent, parents, parent guardian, guardian, caregiver, "
    "family, family member, staff, staff member, teacher, student, mom dad, de, familia, madre padre"
)
QUESTION = _listed(
    "question, questions, question text, question asked, survey question, prompt, item, "
    "question title, question wording, interview question, interviewer question, "
    "interview questions, questions asked, questions we asked, what we asked, our questions, "
    "guiding question, guiding questions, focus group question, focus group questions, prompts, "
    "frage, fragen, fragetext, question posée, pregunta, preguntas, pergunta, perguntas, "
    "domanda, domande, vraag, vragen, fråga, spørgsmål, spørsmål, kysymys, pytanie, "
    "otázka, soru, вопрос, вопросы, питання, 问题, 問題, 提问, 質問, 設問, 질문, 문항, "
    "السؤال, سؤال, प्रश्न, सवाल, câu hỏi"
)
START = _listed(
    "timestamp, start, start s, start time, time, begin, offset, in, timecode, time code, "
    "time stamp, from time, begin time, starttime, start sec, start seconds, start ms, "
    "zeit, beginn, anfang, zeitmarke, startzeit, temps, début, horodatage, tiempo, "
    "inicio, hora, tempo, início, inizio, tijd, begintijd, время, начало, "
    "时间, 時間, 开始, 開始, 開始時間, 시간, 시작, الوقت, समय, thời gian"
)
END = _listed(
    "end, end s, end time, stop, out, endtime, finish, end sec, end seconds, end ms, "
    "ende, endzeit, fin, final, fim, fine, einde, конец, 结束, 終了, 終了時間, 끝, 종료"
)


# Who asks, as transcripts call them.
ASKERS = frozenset(_listed(
    "interviewer, interviewers, interviewing, facilitator, facilitators, co facilitator, cofacilitator, moderator, "
    "moderators, co moderator, researcher, researchers, host, hosts, lead interviewer, lead facilitator, questioner, "
    "interlocutor asking, interviewerin, interviewende, interviewender, interviewende person, moderatorin, "
    "moderation, befrager, befragerin, fragesteller, fragestellerin, forscher, forscherin, interviewleitung, "
    "gesprächsleitung, gesprächsleiter, gesprächsleiterin, intervieweur, intervieweuse, enquêteur, enquêtrice, "
    "enquêteuse, animateur, animatrice, modérateur, modératrice, facilitateur, facilitatrice, chercheur, chercheuse, "
    "entrevistador, entrevistadora, entrevistadores, moderadora, moderador, facilitador, facilitadora, investigador, "
    "investigadora, encuestador, encuestadora, pesquisador, pesquisadora, mediador, mediadora, entrevistante, "
    "intervistatore, intervistatrice, moderatore, moderatrice, facilitatore, facilitatrice, ricercatore, "
    "ricercatrice, conduttore, conduttrice, gespreksleider, onderzoeker, intervjuare, intervjuer, forskare, "
    "ordstyrer, haastattelija, tutkija, prowadzący, prowadząca, moderatorka, ankieter, ankieterka, badacz, badaczka, "
    "tazatel, tazatelka, moderátor, moderátorka, výzkumník, kérdező, interjúkészítő, intervievator, görüşmeci, "
    "moderatör, röportajcı, araştırmacı, συνεντευκτής, ερευνητής, ερευνήτρια, συντονιστής, συντονίστρια, интервьюер, "
    "ведущий, ведущая, модератор, исследователь, исследовательница, корреспондент, фасилитатор, інтерв'юер, "
    "інтервюер, ведучий, ведуча, дослідник, 采访者, 採訪者, 采访人, 访谈者, 訪談者, 访谈人, 访问者, 訪問者, 访员, 訪員, 主持人, 主持, 研究者, 研究员, 研究員, "
    "调查员, 調查員, 提问者, 提問者, 记者, 記者, 采访, インタビュアー, インタビューアー, インタヴュアー, 聞き手, ききて, 司会, 司会者, 質問者, 面接者, 調査者, モデレーター, ファシリテーター, "
    "進行役, 進行, 取材者, 인터뷰어, 인터뷰 진행자, 진행자, 사회자, 연구자, 연구원, 질문자, 조사자, 조사원, 모더레이터, 퍼실리테이터, 면담자, 면접자, 면접관, المحاور, المحاورة, "
    "محاور, الباحث, الباحثة, باحث, باحثة, الميسر, الميسرة, ميسر, ميسرة, مدير الحوار, مدير الجلسة, مديرة الجلسة, "
    "السائل, السائلة, المذيع, المقابل, مجري المقابلة, مصاحبه گر, مصاحبه‌گر, تسهیلگر, پژوهشگر, מראיין, מראיינת, מנחה, "
    "חוקר, חוקרת, साक्षात्कारकर्ता, साक्षात्कारकर्त्ता, साक्षात्कार कर्ता, साक्षात्कारकर्त्री, इंटरव्यूअर, "
    "प्रश्नकर्ता, शोधकर्ता, संचालक, मॉडरेटर, सूत्रधार, সাক্ষাৎকারগ্রহণকারী, সাক্ষাৎকার গ্রহণকারী, ผู้สัมภาษณ์, người "
    "phỏng vấn, phỏng vấn viên, pv, người điều phối, điều phối viên, người hỏi, người dẫn chương trình, nghiên cứu "
    "viên, pewawancara, fasilitator, peneliti, tagapanayam, mhojaji, mwezeshaji, entèvyouvè"
))  # fmt: skip
# Who answers, as transcripts call them; people told apart by a number or a letter.
PARTS = frozenset(_listed(
    "teilnehmer, teilnehmerin, schüler, schülerin, lehrer, lehrerin, lehrkraft, mutter, vater, elternteil, befragte, "
    "befragter, befragte person, person, studentin, studierende, sprecher, sprecherin, jugendliche, jugendlicher, "
    "kind, unbekannt, participante, alumno, alumna, estudiante, profesor, profesora, maestro, maestra, docente, "
    "madre, padre, entrevistado, entrevistada, encuestado, encuestada, answer, response, reply, antwort, réponse, "
    "respuesta, resposta, risposta, informante, hablante, persona, niño, niña, mujer, hombre, respuesta, aluno, "
    "aluna, estudante, professor, professora, mãe, pai, falante, pessoa, mulher, participant, participante, élève, "
    "étudiant, étudiante, enseignant, enseignante, professeur, parent, mère, père, interviewé, interviewée, enquêté, "
    "enquêtée, répondant, répondante, locuteur, locutrice, intervenant, intervenante, personne, studente, "
    "studentessa, alunno, alunna, insegnante, intervistato, intervistata, partecipante, parlante, leerling, docent, "
    "leraar, ouder, moeder, vader, deelnemer, geïnterviewde, spreker, uczeń, uczennica, nauczyciel, respondent, "
    "respondentka, участник, участница, респондент, респондентка, ученик, ученица, учитель, учительница, мать, отец, "
    "мама, папа, родитель, спикер, говорящий, студент, студентка, 受访者, 受訪者, 被访者, 被访谈者, 被采访者, 被採訪者, 参与者, 參與者, 参加者, 学生, "
    "學生, 老师, 老師, 教师, 家长, 家長, 母亲, 父亲, 妈妈, 爸爸, 发言人, 说话人, 講者, 回答者, 回答, 生徒, 先生, 教師, 保護者, 母親, 父親, 話者, 発言者, インタビュイー, 対象者, "
    "語り手, 참여자, 참가자, 응답자, 학생, 교사, 선생님, 학부모, 어머니, 아버지, 화자, 피면접자, 인터뷰이, 면담 대상자, 연구참여자, المشارك, المشاركة, الطالب, "
    "الطالبة, المعلم, المعلمة, الأم, الأب, ولي الأمر, المتحدث, المجيب, المبحوث, المبحوثة, طالب, طالبة, مشارك, مشاركة, "
    "प्रतिभागी, उत्तरदाता, छात्र, छात्रा, शिक्षक, शिक्षिका, माता, पिता, अभिभावक, वक्ता, người trả lời, người được "
    "phỏng vấn, người tham gia, học sinh, giáo viên, phụ huynh"
))  # fmt: skip
# What letters, forms, logs and code write before a colon.
_FACTS = frozenset(_listed(
    "from, to, cc, bcc, re, fw, fwd, subject, sent, reply to, dear, regards, sincerely, run, result, output, input, "
    "usage, args, arguments, returns, raises, yields, parameters, traceback, info, debug, trace, warn, error, fatal, "
    "critical, exception, name, full name, first name, last name, age, gender, sex, phone, telephone, mobile, "
    "assunto, asunto, betreff, betrifft, objet, oggetto, onderwerp, тема, 主题, 件名, 제목, الموضوع, documento, dokument, "
    "documento número, número, nummer, numéro, numero, coordenação, coordinación, direção, secretaria, departamento, "
    "fecha, data, datum, дата, 日期, 日付, 날짜, التاريخ, hora, heure, uhrzeit, время, 时间, 時間, 시간, الوقت, lugar, local, "
    "ort, lieu, luogo, место, 地点, 場所, 장소, المكان, escuela, escola, schule, école, scuola, школа, 学校, 학교, المدرسة, "
    "nombre, nome, nom, vorname, nachname, имя, 姓名, 名前, 이름, الاسم, edad, idade, alter, âge, età, возраст, 年龄, 年齢, 나이, "
    "العمر, dirección, endereço, adresse, indirizzo, teléfono, telefone, telefon, téléphone, correo, nota, notas, "
    "hinweis, anmerkung, bemerkung, remarque, observación, observaciones, observações, resumen, resumo, "
    "zusammenfassung, résumé, riassunto, thema, thème, tema, título, titel, titre, titolo, proyecto, projeto, "
    "projekt, projet, duración, duração, dauer, durée, durata, idioma, sprache, langue, lingua, anexo, anlage, seite, "
    "página, grabación, gravação, aufnahme, enregistrement, von, an, para, betr, resultado, ergebnis, ejemplo, "
    "exemplo, beispiel, exemple, fonte, fuente, quelle, заметка, примечание, 注, 备注, 備考, 비고, ملاحظة"
))  # fmt: skip
_CODE_SIGNS = ('"', "'", "`", "=", "\\")
_CODED = re.compile(r"\w+(?:Error|Exception|Warning)")
_COUNTED = re.compile(r" (?:no|nr|n|num)?(?: ?\d+)?$")


def says_fact(label: str) -> bool:
    """Return whether this is a line of a letter, a form or a log, no voice.

    Examples
    --------
    >>> says_fact("Documento Nº"), says_fact("ValueError"), says_fact("Nora")
    (True, True, False)
    """
    if label.startswith(_CODE_SIGNS) or _CODED.fullmatch(label.strip()):
        return True
    folded = fold(label)
    return folded in _FACTS or _COUNTED.sub("", folded) in _FACTS


def is_part(label: str) -> bool:
    """Return whether this is a part in a conversation, in any of many languages, no name.

    Examples
    --------
    >>> is_part("Schüler*in 2"), is_part("Участник 1"), is_part("Rosa 1")
    (True, True, False)
    """
    return _part(label) in PARTS or _is_asker(label)


def says_asker(label: str) -> bool:
    """Return whether a label, or what it says beside a name, is of one who asks.

    Examples
    --------
    >>> says_asker("Interviewerin 2"), says_asker("Kim (facilitator)"), says_asker("Kim")
    (True, True, False)
    """
    name, *beside = [part for part in _BESIDE.split(label) if part.strip()] or [""]
    if any(map(_is_asker, (label, name, *beside))) or _opens(label):
        return True
    return any(_OF_A_TEAM.fullmatch(fold(part)) for part in beside)


def _is_asker(said: str) -> bool:
    part = _part(said)
    return part in ASKERS or _WHICH.sub("", part, count=1) in ASKERS


def _opens(label: str) -> bool:
    """Return whether this is a title and a name, as in `Interviewer Dana`, `Co-host Lee`."""
    words = label.split()
    at = next((n for n in (1, 2) if _is_asker(" ".join(words[:n]))), len(words))
    name = words[at:]
    named = all(word[0].isupper() and word[1:2].islower() for word in name)
    return bool(name) and named and not _HOSTED.match(name[0].casefold())


def _part(label: str) -> str:
    return _GENDERED.sub("", _ORDINAL.sub("", fold(_WITHIN.sub(" ", label) or label)))


def fold_head(head: str) -> str:
    """Fold the head of a column, without what is in parentheses and other genders."""
    return _GENDERED.sub("", fold(_WITHIN.sub(" ", head) or head))


def place_of(heads: Sequence[str], wanted: Sequence[str]) -> int | None:
    """Return where the first of the wanted heads stands in a row of folded heads."""
    return next((heads.index(name) for name in wanted if name in heads), None)


@lru_cache(maxsize=65536)
def one_less(word: str) -> frozenset[str]:
    """Return the word with each of its letters left out once.

    Examples
    --------
    >>> sorted(one_less("abc"))
    ['ab', 'ac', 'bc']
    """
    return frozenset(word[:at] + word[at + 1 :] for at in range(len(word)))


@cache
def dictionary_of(language: str) -> Mapping[str, str]:
    """Return a language's dictionary as it is stored: few of its words are looked up.

    Of Spanish, half a second is spent on 800,000 words.

    Examples
    --------
    >>> "comida" in dictionary_of("es")
    True
    """
    from simplemma.strategies.dictionaries import stream_dictionary_factory

    return stream_dictionary_factory.StreamDictionaryFactory().get_dictionary(language)
