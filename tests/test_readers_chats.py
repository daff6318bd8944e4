"""Chats as programs export them, and as people copy them; all of it is invented."""

import pytest

from empathy_insights.readers import read_transcript
from empathy_insights.readers.transcript import words

SAID = [
    ("Ms. Brandt", "What would you change?"),
    ("Leo's mom", "The packets.\nAll of them."),
    ("+1 (303) 555-0142", "who is this"),
    ("Karina", "I want some: reading"),
    ("Leo's mom", "👏👏"),
]
# How each program writes who wrote, when, and above or before what.
WAYS = {
    "WhatsApp on an iPhone": "[2/27/24, 7:0{n}:32\u202fPM] {who}: {said}\n",
    "WhatsApp on Android": "27.02.24, 19:0{n} - {who}: {said}\n",
    "Discord": "[2/26/2024 3:1{n} PM] {who}\n{said}\n\n",
    "Telegram": "{who}, [26.02.24 15:1{n}]\n{said}\n\n",
    "Discord, copied": "{who} — 02/26/2024 3:1{n} PM\n{said}\n",
    "Slack, copied": "{who}\n  7:5{n} AM\n{said}\n\n",
}


@pytest.fixture
def said(tmp_path):
    def write_and_read(text):
        (tmp_path / "chat.txt").write_text(text, encoding="utf-8")
        chat = read_transcript(tmp_path / "chat.txt")
        return [(turn.speaker, words(chat, turn)) for turn in chat.turns]

    return write_and_read


def written(way, messages=SAID):
    return "".join(
        WAYS[way].format(who=who, said=told, n=n)
        for n, (who, told) in enumerate(messages)
    )


@pytest.mark.parametrize("way", WAYS)
def test_who_writes_in_a_chat_is_heard_whatever_they_are_called(said, way):
    assert said(written(way)) == SAID


@pytest.mark.parametrize("way", ["WhatsApp on an iPhone", "Discord", "Slack, copied"])
def test_user_names_are_people_in_a_chat(said, way):
    names = ["ava.jpg", "cam the ham", "rishi_04", "zzzoe", "ava.jpg"]
    told = [(name, text) for name, (_, text) in zip(names, SAID, strict=True)]

    assert said(written(way, told)) == told


SYSTEM = [
    ("WhatsApp on an iPhone", "[2/27/24, 6:58:04\u202fPM] Families: talk: \u200eMessages are encrypted.\n"),
    ("WhatsApp on an iPhone", "\u200e[2/27/24, 6:58:04\u202fPM] Ms. Brandt: \u200eYou were added\n"),
    ("WhatsApp on an iPhone", "\u200e[2/27/24, 6:58:04\u202fPM] Ms. Brandt: \u200eimage omitted\n"),
    ("WhatsApp on Android", "27.02.24, 18:58 - Ms. Brandt created group\n"),
    ("Discord", "{Reactions}\n💀 (6) 😭 (2)\n\n"),
    ("Discord", "{Attachments}\nhttps://cdn.example/freezer.png\n\n"),
    ("Discord", "=====\nExported 20 message(s)\n=====\n"),
    ("Slack, copied", "Tuesday, February 27th\nNew\n\n"),
    ("Slack, copied", "3 replies\nLast reply today at 9:51 AM\n\n"),
    ("Slack, copied", ":100:\n4\n:eyes:\n1\n\n(edited)\n\n"),
]  # fmt: skip


@pytest.mark.parametrize(("way", "system"), SYSTEM)
def test_what_the_program_writes_is_nobodys(said, way, system):
    chat = [written(way, [one]) for one in SAID]

    assert said("".join([*chat[:-1], system, chat[-1]])) == SAID


def test_that_somebody_changed_a_message_is_not_said(said):
    edited = written("WhatsApp on an iPhone").replace(
        "them.", "them. \u200e<This message was edited>"
    )

    assert said(edited) == SAID


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01 10:00 - INFO: started\n2026-03-01 10:01 - WARN: slow\n"
        "2026-03-01 10:02 - INFO: done\n2026-03-01 10:03 - INFO: bye\n",
        "Schedule\n\nLunch\n7:50 AM\nRecess\n8:11 AM\nArt\n9:20 AM\n",
    ],
    ids=["a log", "a schedule"],
)
def test_what_has_times_and_no_people_is_no_chat(said, text):
    assert {speaker for speaker, _ in said(text)} == {None}


@pytest.mark.parametrize(
    "half",
    ["PM", "p.m.", "p. m.", "P. M.", "\u202fp.\u00a0m.", "\u00a0p.\u202fm.", "pm"],
)
@pytest.mark.parametrize(
    "form", ["8/10/25, 6:0{n} {half} - ", "[8/10/25, 6:0{n}:11 {half}] "]
)
def test_the_half_of_a_day_is_written_in_any_way(tmp_path, form, half):
    form = form.replace(" {half}", half) if half[0].isspace() else form
    lines = [
        f"{form.format(n=n, half=half)}{who}: {told}\n"
        for n, (who, told) in enumerate(SAID)
    ]
    (tmp_path / "chat.txt").write_text("".join(lines), encoding="utf-8")

    chat = read_transcript(tmp_path / "chat.txt")

    assert [(turn.speaker, words(chat, turn)) for turn in chat.turns] == SAID
    assert [int(turn.start_s or 0) // 60 for turn in chat.turns] == [*range(1080, 1085)]


BESIDE = [
    "sticker omitido", "audio omitido", "<Multimedia omitido>", "Llamada perdida",
    "Llamada de voz perdida", "Ubicación: https://maps.google.com/?q=26.2,-98.2",
    "IMG-20251008-WA0003.jpg (archivo adjunto)", "Contacto.vcf (archivo adjunto)",
    "PTT-20251008-WA0001.opus (file attached)", "\u200e<adjunto: 00000012-PHOTO.jpg>",
    "Se eliminó este mensaje", "Eliminaste este mensaje", "This message was deleted", "null",
    "Missed voice call", "Missed video call at 6:16 PM", "Waiting for this message. This may take a while.",
    "Esperando este mensaje. Esto puede tomar tiempo.", "Los mensajes y las llamadas están cifrados de extremo a extremo.",
    "Beto left", "Beto salió del grupo", "Mensagem apagada", "<Mídia oculta>", "Chamada de voz perdida",
    "Ce message a été supprimé", "<Médias omis>", "Liked “The packets.”",
]  # fmt: skip


@pytest.mark.parametrize("written_for", BESIDE)
def test_who_only_sent_what_a_program_tells_of_is_not_heard(said, written_for):
    messages = [*SAID[:2], ("Beto", written_for), *SAID[2:]]

    assert said(written("WhatsApp on Android", messages)) == SAID


def test_what_is_written_below_a_picture_is_theirs_who_sent_it(said):
    sent = "IMG-20251008-WA0003.jpg (file attached)\nThis is the bus."
    beside = "The line. \u200e<attached: 00000012-PHOTO.jpg>"
    messages = [*SAID[:2], ("Beto", sent), ("Luz", beside), *SAID[2:]]

    told = [("Beto", "This is the bus."), ("Luz", "The line.")]
    assert said(written("WhatsApp on Android", messages)) == [
        *SAID[:2],
        *told,
        *SAID[2:],
    ]


@pytest.mark.parametrize(
    "told",
    ["I missed the call", "She left early", "null and void", "My location is bad",
     "He deleted this message", "Mi audio no se oye", "Beto's bus left", "Liked it"],
)  # fmt: skip
def test_what_people_write_about_such_things_is_theirs(said, told):
    messages = [*SAID[:2], ("Beto", told), *SAID[2:]]

    assert said(written("WhatsApp on Android", messages)) == messages
