"""Web pages of a talk: all of this is invented."""

import io
import json
import zipfile

import pytest

import empathy_insights as ei
from empathy_insights.errors import TranscriptError

# As Google Docs saves one: no line ends, spans, a comment in the margin, a picture.
GOOGLE = (
    '<html><head><style type="text/css">p{color:#000}</style></head><body>'
    "<h1><span>In October</span></h1>"
    '<p><span class="c1">Interviewer:</span><span> How is&nbsp;school?</span></p>'
    '<p><span class="c1">Ana: </span><span>I like the bus.</span>'
    '<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup><span> And lunch.<br>And sleep.</span></p>'
    '<p><img src="data:image/png;base64,AAAA"></p>'
    '<p style="display: none">Ana: Never said.</p>'
    '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Ben: check this</span></p></div>'
    "<script>var x = 'Ana: no'</script></body></html>"
)
SIGN_IN = (
    "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in</h1>"
    "<div>to continue to Docs</div><p>Not your computer? Use a guest window.</p></body></html>"
)


def said(path):
    turns = ei.read_corpus(path).utterances
    return list(zip(turns["speaker"], turns["text"], strict=True))


TALK = [("Interviewer", "How is school?"),
        ("Ana", "I like the bus. And lunch.\nAnd sleep.")]  # fmt: skip


@pytest.mark.parametrize("name", ["talk.html", "talk.htm", "talk.doc", "talk.txt"])
def test_a_page_of_a_talk_is_read_whatever_it_is_called(tmp_path, name):
    (tmp_path / name).write_text(GOOGLE, encoding="utf-8")

    assert said(tmp_path / name) == TALK


def test_a_page_is_read_as_google_packs_it(tmp_path):
    with zipfile.ZipFile(tmp_path / "talk.zip", "w") as packed:
        packed.writestr("talk.html", GOOGLE)

    assert said(tmp_path) == TALK


def test_a_table_of_turns_is_read_from_a_page(tmp_path):
    rows = [("Speaker", "Text"), ("Interviewer", "Why?"), ("Ana", "So.<br/>Yes."),
            ("Interviewer", "And?"), ("Ana", "Sleep.")]  # fmt: skip
    cells = "".join(f"<tr><td>{a}</td><td><p>{b}</p></td></tr>" for a, b in rows)
    page = f"<html><body><table>{cells}</table></body></html>"
    (tmp_path / "talk.html").write_text(page, encoding="utf-8")

    assert said(tmp_path) == [("Interviewer", "Why?"), ("Ana", "So.\nYes."),
                              ("Interviewer", "And?"), ("Ana", "Sleep.")]  # fmt: skip


def test_lines_stay_lines_where_a_page_keeps_them(tmp_path):
    page = "<html><body><pre>Interviewer: Why?\nAna: So.\n  Yes.\n</pre></body></html>"
    (tmp_path / "talk.html").write_text(page, encoding="utf-8")

    assert said(tmp_path) == [("Interviewer", "Why?"), ("Ana", "So.\n Yes.")]


def test_words_far_inside_a_page_are_read(tmp_path):
    inner = "<div>" * 150 + "<i>" * 80 + "Ana: Sleep." + "</i>" * 80 + "</div>" * 150
    page = f"<html><body><p>Interviewer: What helps?</p>{inner}<p>Ana: Time.</p></body></html>"
    (tmp_path / "talk.html").write_text(page, encoding="utf-8")

    assert ("Ana", "Sleep.") in said(tmp_path)


def test_what_otranscribe_keeps_is_read(tmp_path):
    page = ('<p><span class="timestamp" data-timestamp="0.5">0:00</span> Interviewer: Why?'
            '<br /></p><p><span class="timestamp">0:05</span> Ana: I <b>like</b>&nbsp;it.</p>')  # fmt: skip
    (tmp_path / "talk.otr").write_text(json.dumps({"text": page, "media": "a.mp3"}))

    assert said(tmp_path) == [("Interviewer", "Why?"), ("Ana", "I like it.")]


@pytest.mark.parametrize("name", ["talk.html", "talk.docx"])
def test_a_page_in_which_nobody_speaks_is_told_and_not_read(tmp_path, name):
    (tmp_path / name).write_text(SIGN_IN, encoding="utf-8")

    with pytest.raises(TranscriptError, match="a web page in which nobody speaks"):
        ei.read_transcript(tmp_path / name)


@pytest.mark.parametrize("kept", ["{}", "[]", '{"text": 3}', '{"text": ""}', "{", ""])
def test_a_broken_file_of_otranscribe_is_told(tmp_path, kept):
    (tmp_path / "talk.otr").write_text(kept)

    with pytest.raises(
        TranscriptError, match=r"no file of oTranscribe|the file is empty"
    ):
        ei.read_transcript(tmp_path / "talk.otr")


@pytest.mark.slow
def test_our_own_pages_are_never_read_as_a_talk(tmp_path):
    answers = tmp_path / "talk.txt"
    answers.write_text(
        "Interviewer: What helps?\nAna: Time.\nInterviewer: And?\nAna: Sleep."
    )
    ei.analyze(answers, embedder="static").write(tmp_path / "results")
    pages = [page for page in tmp_path.rglob("*.html") if page.stat().st_size > 1000]

    assert len(pages) > 2
    for page in pages:
        with pytest.raises(TranscriptError, match="a page that empathy_insights wrote"):
            ei.read_transcript(page)


def test_an_old_word_file_is_still_told(tmp_path):
    (tmp_path / "talk.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)

    with pytest.raises(TranscriptError, match="an old Office document"):
        ei.read_transcript(tmp_path / "talk.doc")


def test_a_word_file_called_doc_is_read(tmp_path):
    import docx

    document, written = docx.Document(), io.BytesIO()
    for line in ("Interviewer: Why?", "Ana: So.", "Interviewer: And?", "Ana: Sleep."):
        document.add_paragraph(line)
    document.save(written)
    (tmp_path / "talk.doc").write_bytes(written.getvalue())

    assert len(said(tmp_path)) == 4


def test_what_a_page_has_in_an_aside_is_nobodys_words(tmp_path):
    page = (
        "<html><body><main><p>Host: Why?</p><p>Ana: So.</p><p>Host: And?</p>"
        "<p>Ana: Yes.</p></main><aside>Also heard: The Bus That Never Came</aside></body></html>"
    )
    tmp_path.joinpath("talk.html").write_text(page, encoding="utf-8")

    assert said(tmp_path / "talk.html")[-1] == ("Ana", "Yes.")
