"""A survey that lies in the folder in two exports: who answered before the first counts once."""

import pytest

from empathy_insights.readers import read_corpus

HEAD = "Timestamp,Grade,What helps you learn?,What would you change?\n"
SAID = [
    ("I can ask my teacher again after class.", "The line at lunch is so long."),
    ("Working in a group with my friends.", "More time between the classes."),
    ("Quiet. I put my headphones on and read.", "The bus comes late on Mondays."),
    ("When we build something and can try it.", "Let us redo a test that went wrong."),
    ("Videos that I can stop and watch again.", "Nothing, I like it as it is."),
    ("My sister explains it to me at home.", "Fewer tests in the same week."),
]


def rows(people, day=3):
    return "".join(
        f'10/{day}/2026 8:0{n}:11,{6 + n % 3},{SAID[n][0]},"{SAID[n][1]}"\n'
        for n in people
    )


@pytest.fixture
def folder(tmp_path):
    def fill(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return read_corpus(tmp_path)

    return fill


def told(corpus):
    rows = corpus.problems[corpus.problems["problem"].str.contains("word for word")]
    return dict(zip(rows["path"], rows["problem"], strict=True))


def test_an_earlier_export_counts_nobody_a_second_time(folder):
    corpus = folder(monday=HEAD + rows(range(4)), friday=HEAD + rows(range(6)))

    assert corpus.documents["path"].tolist() == ["friday.csv"]
    assert len(corpus.participants) == 6
    assert told(corpus) == {
        "monday.csv": "left out: friday.csv holds the same people's answers, word for word"
    }


def test_two_exports_that_overlap_both_stay_and_are_told(folder):
    corpus = folder(early=HEAD + rows(range(5)), late=HEAD + rows(range(2, 6)))

    assert corpus.documents["path"].tolist() == ["early.csv", "late.csv"]
    assert told(corpus) == {
        "late.csv": "3 people answered word for word the same in early.csv, and count twice"
    }


@pytest.mark.parametrize(
    "other",
    [
        HEAD.replace("helps you learn", "gets in your way") + rows(range(4)),
        HEAD
        + "".join(f"10/3/2026 8:0{n}:00,6,Art class.,Nothing.\n" for n in range(4)),
    ],
    ids=["asked otherwise", "a few words that anybody says"],
)
def test_two_surveys_stay_two(folder, other):
    corpus = folder(
        spring=HEAD + rows(range(6)),
        fall=other + "10/3/2026 8:09:00,7,Chess.,Longer lunch.\n",
    )

    assert len(corpus.documents) == 2
    assert told(corpus) == {}


def test_rows_that_were_put_together_twice_count_once(folder):
    corpus = folder(both=HEAD + rows(range(4)) + rows(range(2, 6)))

    assert len(corpus.participants) == 6
    assert (
        "2 rows of the table stood there before" in corpus.problems["problem"].str.cat()
    )


@pytest.mark.parametrize("n", [1, 2])
def test_short_answers_of_one_minute_are_of_two(folder, n):
    """A whole class sends the form at once, and likes art."""
    of_a_class = "10/3/2026 8:02,6,Art class.,Nothing.\n" * n

    corpus = folder(both=HEAD + rows(range(4)) + of_a_class)

    assert len(corpus.participants) == 4 + n


def sent(*mails):
    head = HEAD.replace("Grade", "Email Address")
    return head + "".join(
        f"10/3/2026 8:1{n}:00,{mail},{SAID[n % 6][0]} {n},Longer lunch.\n"
        for n, mail in enumerate(mails)
    )


def test_what_was_sent_from_one_address_is_one_persons(folder):
    corpus = folder(both=sent("ana@x.org", "bo@x.org", "Ana@x.org ", "", ""))

    assert len(corpus.participants) == 4
    told = corpus.problems["problem"].str.cat()
    assert "a mail address stands in several rows (lines 2 and 4)" in told
    assert "ana" not in told.casefold()


def test_an_office_that_types_in_paper_forms_is_no_one_person(folder):
    assert len(folder(both=sent(*["office@x.org"] * 5, "bo@x.org")).participants) == 6
