"""Projects as other programs write them, and as nobody should (REFI-QDA, .qdpx)."""

import io
import warnings
import zipfile

import pytest

import empathy_insights as ei
from empathy_insights.errors import EmpathyInsightsError

TALK = "Interviewer: How do you come?\nAna: The bus is late. Every day.\nInterviewer: And now?\nAna: I walk, it is far.\n"
BYTES = TALK.encode()
LATE = TALK.index("The bus"), TALK.index(" Every")
WALK = TALK.index("I walk"), TALK.index(".\n", TALK.index("I walk")) + 1
CODE = '<Code guid="{c}" name="Bus" isCodable="true"/>'
USERS = '<Users><User guid="{u}" name="Kim"/></Users>'
G = {
    name: f"{n:08d}-0000-4000-8000-00000000000A"
    for n, name in enumerate(["c", "s", "u", "v", "n", "p", "q", "x"], 1)
}


def selection(span, name="", code="c", *, more="", attributes=""):
    coding = f'<Coding guid="{G["x"]}" {attributes}><CodeRef targetGUID="{G[code]}"/></Coding>'
    return (
        f'<PlainTextSelection guid="{G["p"]}" name="{name}" startPosition="{span[0]}" '
        f'endPosition="{span[1]}" creatingUser="{G["u"]}">{more}{coding}</PlainTextSelection>'
    )


def source(*selections, more="", attributes='plainTextPath="internal://A.txt"'):
    return f'<TextSource guid="{G["s"]}" name="Ana" {attributes}>{"".join(selections)}{more}</TextSource>'


def project(
    sources,
    *,
    codes=CODE,
    users=USERS,
    rest="",
    space='xmlns="urn:QDA-XML:project:1.0"',
):
    between, _, after = rest.partition("|")
    text = (
        f'<Project {space} name="P">{users}<CodeBook><Codes>{codes}</Codes></CodeBook>'
        f"{between}<Sources>{sources}</Sources>{after}</Project>"
    )
    for name, guid in G.items():
        text = text.replace(f"{{{name}}}", guid)
    return text.encode()


@pytest.fixture
def packed(tmp_path):
    """Return what packs a project and gives its path."""

    def pack(qde, text=BYTES, *, named="project.qde", at="sources/A.txt", **others):
        path = tmp_path / "theirs.qdpx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in {named: qde, at: text, **others}.items():
                archive.writestr(name, data)
        return path

    return pack


def quoted(path):
    """Return the words of each coding, its theme and its coder."""
    corpus, _, codings = ei.read_qdpx(path)
    texts = corpus.documents.set_index("document_id")["text"]
    segments = ei.segment(corpus).set_index("segment_id")
    told = []
    for row in codings.to_dict("records"):
        place = segments.loc[row["segment_id"]]
        span = (row["evidence_start"], row["evidence_end"])
        start, end = span if span[0] == span[0] else (place["start"], place["end"])
        words = texts[place["document_id"]][int(start) : int(end)]
        told.append((words, row["theme"], row["coder"]))
    return told


BUS = ("The bus is late.", "bus", "Kim")
FAR = ("I walk, it is far.", "bus", "Kim")


@pytest.mark.parametrize(
    ("named", "at"),
    [("Project.qde", "sources/A.txt"), ("my study.QDE", "Sources/a.TXT")],
)
def test_any_single_qde_and_any_case_of_folders_is_read(packed, named, at):
    qde = project(source(selection(LATE, "The bus is late.")))

    assert quoted(packed(qde, named=named, at=at)) == [BUS]


@pytest.mark.parametrize(
    "space", ["", 'xmlns="urn:QDA-XML:project:1:0"', 'xmlns="urn:QDA-XML:project:0:4"']
)
def test_name_spaces_do_not_matter(packed, space):
    assert quoted(packed(project(source(selection(LATE)), space=space))) == [BUS]


def test_guids_may_have_braces_and_small_letters(packed):
    qde = project(source(selection(LATE))).decode()
    qde = qde.replace(
        f'CodeRef targetGUID="{G["c"]}"', f'CodeRef targetGUID="{{{G["c"].lower()}}}"'
    )

    assert quoted(packed(qde.encode())) == [BUS]


def in_units(span, text, extra):
    """Count a place as a program does for which some letters are longer."""
    return tuple(place + extra(text[:place]) for place in span)


@pytest.mark.parametrize(
    ("file", "extra"),
    [
        (lambda text: text.replace("\n", "\r\n"), lambda before: before.count("\n")),
        (lambda text: text.replace("\n", "\r\n"), lambda before: 0),
        (lambda text: text, lambda before: before.count("\n")),
        (lambda text: "\ufeff" + text, lambda before: 0),
        (lambda text: "\ufeff" + text, lambda before: 1),
        (lambda text: text.replace("\n", "\r"), lambda before: 0),
    ],
    ids=["CRLF is two", "CRLF is one", "LF is two", "no mark", "a mark is one", "CR"],
)
def test_every_way_to_count_is_told_by_names(packed, file, extra):
    spans = [in_units(span, TALK, extra) for span in (LATE, WALK)]
    names = ("The bus is late.", "I walk, it is…")
    qde = project(source(*map(selection, spans, names)))

    path = packed(qde, file(TALK).encode())

    assert quoted(path) == [BUS, FAR]
    assert ei.read_qdpx(path)[0].documents["text"].tolist() == [TALK]


def test_utf_16_units_are_told_by_names(packed):
    talk = TALK.replace("Every", "\U0001f68c\U0001f68c Every")
    start = talk.index("I walk")
    span = (start + 2, start + 2 + len("I walk, it is far."))

    path = packed(project(source(selection(span, "I walk, it is far."))), talk.encode())

    assert quoted(path) == [FAR]


def test_ends_that_are_the_last_character_are_told_by_names(packed):
    spans = [(LATE[0], LATE[1] - 1), (WALK[0], WALK[1] - 1)]
    names = ("The bus is late.", "I walk, it is far.")

    assert quoted(packed(project(source(*map(selection, spans, names))))) == [BUS, FAR]


def test_a_text_may_stand_in_the_xml(packed):
    inside = f"<PlainTextContent>{TALK}</PlainTextContent>"

    assert quoted(packed(project(source(inside, selection(LATE), attributes="")))) == [
        BUS
    ]


def test_a_selection_whose_words_stand_elsewhere_is_listed_and_not_guessed(packed):
    wrong = selection((0, 12), "Every day. Interviewer: And now?")
    out = selection((5000, 5010))
    empty = selection((5, 5))

    corpus, _, codings = ei.read_qdpx(
        packed(project(source(selection(LATE, "The bus is late."), wrong, out, empty)))
    )

    said = corpus.problems["problem"].str.partition(": ")[2]
    assert len(codings) == 1
    assert set(said) >= {
        "its place does not fit its words",
        "it ends outside the text",
        "it holds no word",
    }


def test_two_selections_of_a_code_in_a_passage_are_one_coding(packed):
    every = TALK.index("Every"), TALK.index("Every") + 10
    qde = project(source(selection(LATE, "The bus is late."), selection(every)))

    assert quoted(packed(qde)) == [BUS]


def test_words_of_who_asks_are_listed(packed):
    corpus, _, codings = ei.read_qdpx(packed(project(source(selection((13, 28))))))

    assert codings.empty
    assert corpus.problems["problem"].str.contains("nobody who takes part speaks").any()


def test_missing_users_and_dates_are_no_crash(packed):
    assert quoted(packed(project(source(selection(LATE)), users=""))) == [
        ("The bus is late.", "bus", "human")
    ]


@pytest.mark.parametrize(
    ("before", "more"),
    [
        ('<Cases><Case guid="{q}" name="Ana"><VariableValue><VariableRef targetGUID="{v}"/>'
         '<TextValue>9</TextValue></VariableValue><SourceRef targetGUID="{s}"/></Case></Cases>', ""),
        ("", '<VariableValue><VariableRef targetGUID="{v}"/><IntegerValue>9</IntegerValue></VariableValue>'),
        ('<Cases><Case guid="{q}"><VariableValue><VariableRef targetGUID="{v}"/>'
         '<TextValue>9</TextValue></VariableValue><SourceRef targetGUID="{s}"/></Case></Cases>', ""),
    ],
    ids=["a case", "the source", "a case without a name"],
)  # fmt: skip
def test_variables_of_cases_and_of_sources_are_facts_of_people(packed, before, more):
    variables = '<Variables><Variable guid="{v}" name="grade" typeOfVariable="Text"/></Variables>'
    qde = project(source(selection(LATE), more=more), rest=f"{variables}{before}|")

    corpus, _, _ = ei.read_qdpx(packed(qde))

    assert corpus.participants["grade"].tolist() == ["9"]
    assert len(set(corpus.utterances["participant_id"].dropna())) == 1


NOTE = '<Notes><Note guid="{n}" name="m"><PlainTextContent>Ask &amp;uuml;ber it</PlainTextContent></Note></Notes>'


@pytest.mark.parametrize(
    ("more", "rest"),
    [
        (f'<NoteRef targetGUID="{G["n"]}"/>', f"|{NOTE}"),
        ("", f'|{NOTE}<Links><Link guid="{{q}}" originGUID="{{n}}" targetGUID="{{p}}"/></Links>'),
        ("<Description>Ask über it</Description>", "|"),
    ],
    ids=["a reference", "a link, as in NVivo", "a description, as in ATLAS.ti"],
)  # fmt: skip
def test_memos_of_selections_are_notes(packed, more, rest):
    qde = project(source(selection(LATE, more=more)), rest=rest)

    assert ei.read_qdpx(packed(qde))[2]["notes"].tolist() == ["Ask über it"]


def test_recordings_sets_and_drawings_are_listed(packed):
    others = (
        '<AudioSource guid="{q}" name="Tape" path="internal://q.mp3"/>'
        '<TextSource guid="{v}" name="Away" plainTextPath="absolute:///etc/hostname"/>'
    )
    rest = (
        '|<Sets><Set guid="{q}" name="a"/></Sets><Graphs><Graph guid="{q}"/></Graphs>'
    )

    corpus, _, _ = ei.read_qdpx(
        packed(project(source(selection(LATE)) + others, rest=rest))
    )

    told = dict(corpus.problems[["problem", "path"]].itertuples(index=False))
    assert told["it is a recording without a text"] == "Tape"
    assert told["its text is not in the project"] == "Away"
    assert {"sets that are not read: 1", "drawings that are not read: 1"} <= set(told)


def test_two_sources_of_one_name_are_two_documents(packed):
    two = source(selection(LATE)) + source().replace(G["s"], G["q"])

    assert len(ei.read_qdpx(packed(project(two)))[0].documents) == 2


def test_the_standard_project_of_atlas_ti_says_that_it_has_no_texts(shared):
    with pytest.raises(EmpathyInsightsError, match="the project holds no text"):
        ei.read_qdpx(shared / "refi" / "atlasti84_standard__MIT.qdpx")


# What nobody should write.


DTD = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;">]><Project>&c;</Project>'
TWO = {"a.qde": project(source()), "b.qde": b"<Project/>"}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.txt": b"no project"}, "holds no .qde file"),
        (TWO, "holds several .qde files"),
        ({"project.qde": b"<Project"}, "no REFI-QDA project that can be read"),
        ({"project.qde": DTD}, "no REFI-QDA project that can be read"),
        ({"project.qde": b"<!DOCTYPE a><Project/>"}, "no REFI-QDA project that can be read"),
        ({"project.qde": DTD.decode().encode("utf-16")}, "no REFI-QDA project that can be"),
        ({"project.qde": b"<CodeBook/>"}, "the .qde file in it holds no project"),
        ({"project.qde": b"<Project/>"}, "the project holds no text"),
        ({"project.qde": b"<Project>" + b" " * 50_000_000}, "unpacks to more than"),
        ({"project.qde": b"<P>" + b'<a startPosition="1"/>' * 200_001 + b"</P>"},
         "unpacks to more|more than 200,000 selections"),
        ({"project.qde": b"<P>" + b"<C>" * 100_000}, "unpacks to more|cannot|can be read"),
    ],
)  # fmt: skip
def test_what_is_no_project_is_one_sentence(tmp_path, files, said):
    path = tmp_path / "x.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)

    with pytest.raises(EmpathyInsightsError, match=said) as caught:
        ei.read_qdpx(path)

    assert len(str(caught.value).splitlines()) == 1


def test_a_million_selections_are_one_sentence(tmp_path):
    one = b'<PlainTextSelection guid="%d" startPosition="1" endPosition="2"/>'
    path = tmp_path / "x.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", b"".join(one % n for n in range(1_000_000)))

    with pytest.raises(EmpathyInsightsError, match="more than 200,000 selections"):
        ei.read_qdpx(path)


@pytest.mark.parametrize("keep", [0, 30, 0.5, 0.95])
def test_a_part_of_a_file_is_one_sentence(packed, keep):
    path = packed(project(source(selection(LATE))))
    data = path.read_bytes()
    path.write_bytes(data[: int(keep * len(data)) if keep < 1 else keep])

    with pytest.raises(
        EmpathyInsightsError, match="no REFI-QDA project that can be read"
    ):
        ei.read_qdpx(path)


def test_a_locked_project_is_one_sentence(packed):
    path = packed(project(source()))
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(bytes(data))

    with pytest.raises(EmpathyInsightsError, match="locked with a password"):
        ei.read_qdpx(path)


def test_no_path_leads_out_of_the_archive(packed, tmp_path):
    (tmp_path / "secret.txt").write_text("Ana: my secret\n")
    links = (
        "internal://../secret.txt",
        "relative:///secret.txt",
        f"absolute://{tmp_path}/secret.txt",
        "absolute:///elsewhere/A.txt",
    )
    sources = "".join(
        source(attributes=f'plainTextPath="{link}"').replace(
            'name="Ana"', f'name="{n}"'
        )
        for n, link in enumerate(links)
    )

    corpus, _, _ = ei.read_qdpx(packed(project(source(selection(LATE)) + sources)))

    assert corpus.documents["text"].tolist() == [TALK]
    assert (corpus.problems["problem"] == "its text is not in the project").sum() == 4


def test_a_bomb_beside_the_project_is_never_unpacked(packed):
    bomb = io.BytesIO(b"0" * 50_000_000)
    path = packed(
        project(source(selection(LATE))), **{"sources/b.mp4": bomb.getvalue()}
    )

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert quoted(path) == [BUS]
