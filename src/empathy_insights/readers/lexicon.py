"""Words of many languages for the parts of an interview: who asks, who speaks, what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIGNS = re.compile(r"[\W_]+")
# `Sprecher*in`, `intervenant·e`, `entrevistador/a`.
_GENDERED = re.compile(r" (?:in|innen|e|a|o|es|as|os|trice|euse|rice|x|r)$")
_WITHIN = re.compile(r"\s*\([^()]*\)")
_REMEMBERED = 4096


def _listed(text: str) -> tuple[str, ...]:
    """Return the entries between commas, folded as what is looked up is."""
    return tuple(dict.fromkeys(fold(entry) for entry in text.split(",")))


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
    """Tell marks that are left out in haste from those that make another letter."""
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
    "talker, spoken by, said by, "
    "sprecher, sprecherin, sprecher in, sprecherinnen, sprechende, sprechende person, "
    "redner, rednerin, redner in, wer, wer spricht, "
    "locuteur, locutrice, locuteurs, locuteur trice, intervenant, intervenante, "
    "interlocuteur, interlocutrice, orateur, oratrice, qui parle, "
    "hablante, hablantes, locutor, locutora, orador, oradora, interlocutor, "
    "interlocutora, quien habla, interviniente, falante, falantes, quem fala, "
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
    "transcribed text, talk, what they said, verbatim, body, lines, line, "
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
# Heads that stand over what people say in a talk, and over answers in a survey as well.
ANSWER = _listed(
    "answer, answers, response, responses, reply, replies, comment, comments, "
    "answer text, response text, free text, open text, answer given, their answer, "
    "participant answer, participant response, verbatim response, "
    "antwort, antworten, réponse, réponses, respuesta, respuestas, resposta, respostas, "
    "risposta, risposte, antwoord, antwoorden, svar, vastaus, odpowiedź, odpověď, cevap, "
    "ответ, ответы, відповідь, 回答, 答案, 答复, 答え, 응답, 답변, 대답, "
    "الإجابة, الجواب, إجابة, الرد, उत्तर, जवाब, trả lời, câu trả lời"
)
QUESTION = _listed(
    "question, questions, question text, question asked, survey question, prompt, item, "
    "question title, question wording, interview question, interviewer question, "
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


def fold_head(head: str) -> str:
    """Fold the head of a column, without what is in parentheses and other genders."""
    return _GENDERED.sub("", fold(_WITHIN.sub(" ", head) or head))


def place_of(heads: Sequence[str], wanted: Sequence[str]) -> int | None:
    """Return where the first of the wanted heads stands in a row of folded heads."""
    return next((heads.index(name) for name in wanted if name in heads), None)
