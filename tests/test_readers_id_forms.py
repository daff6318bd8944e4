"""Ids that a spreadsheet or pandas wrote otherwise than the survey did."""

import pandas as pd
import pytest

import empathy_insights as ei

N, REFUSE = 12, 3
ZERO = [f"09{n:03d}" for n in range(N)]
PLAIN = [f"90{n:03d}" for n in range(N)]


def survey(folder, ids, name="survey.csv", asked="What would you change?"):
    said = [f"In {name} the bus is late, by {n} minutes." for n in range(len(ids))]
    (folder / "in").mkdir(exist_ok=True)
    frame = pd.DataFrame({"Student ID": ids, asked: said})
    frame.to_csv(folder / "in" / name, index=False)
    return folder / "in"


def listed(ids):
    consent = ["no"] * REFUSE + ["yes"] * (len(ids) - REFUSE)
    return pd.DataFrame({"Student ID": ids, "consent": consent, "EL": "yes"})


def saved(folder, frame, how):
    if how == "frame":
        return frame
    file = folder / f"people.{how}"
    frame.to_csv(file, index=False) if how == "csv" else frame.to_excel(
        file, index=False
    )
    return file


FORMS = [
    (ZERO, list(map(int, ZERO))),
    (list(map(int, ZERO)), ZERO),
    (PLAIN, list(map(float, PLAIN))),
    (list(map(float, PLAIN)), PLAIN),
    (list(map(float, ZERO)), ZERO),
    (PLAIN, list(map(int, PLAIN))),
]


@pytest.mark.parametrize("how", ["frame", "csv", "xlsx"])
@pytest.mark.parametrize(("said", "told"), FORMS)
def test_an_id_is_found_however_a_program_wrote_it(said, told, how, tmp_path):
    corpus = ei.read_corpus(
        survey(tmp_path, said), participants=saved(tmp_path, listed(told), how)
    )

    heard = corpus.utterances.query("~is_facilitator")["participant_id"]
    assert heard.nunique() == N - REFUSE
    assert len(corpus.participants) == N - REFUSE
    assert set(corpus.participants["EL"]) == {"yes"}


def test_refusals_that_find_nobody_are_told_by_their_number(tmp_path):
    people = listed([f"S{one}" for one in PLAIN])

    corpus = ei.read_corpus(survey(tmp_path, PLAIN), participants=people)

    told = corpus.problems["problem"]
    said = told[told.str.contains("who said no were found in no document")]
    assert said.str.startswith("3 people who said no").tolist() == [True]
    assert not told.str.contains("S90000|S90001|S90002").any()


def test_two_listed_ids_that_differ_in_a_zero_only_stay_two(tmp_path):
    people = pd.DataFrame({"Student ID": ["0700", "700"], "consent": ["no", "yes"]})

    corpus = ei.read_corpus(survey(tmp_path, ["0700", "700"]), participants=people)

    heard = corpus.utterances.query("~is_facilitator")["participant_id"]
    assert heard.unique().tolist() == ["700"]


def test_rows_that_are_only_counted_are_no_ids(tmp_path):
    said = pd.DataFrame({"What would you change?": ["The bus.", "The noise."] * 3})
    said.to_csv(tmp_path / "a.csv", index=False)
    people = pd.DataFrame({"participant_id": ["01", "02"], "consent": ["no", "yes"]})

    corpus = ei.read_corpus(tmp_path / "a.csv", participants=people)

    assert len(corpus.utterances.query("~is_facilitator")) == 6


def test_surveys_share_people_whose_ids_differ_in_form(tmp_path):
    survey(tmp_path, ZERO, "fall.csv")
    folder = survey(tmp_path, list(map(float, ZERO)), "spring.csv")

    corpus = ei.read_corpus(folder)

    assert len(corpus.participants) == N
    assert corpus.problems["problem"].str.contains(f"{N} ids stand in").any()


@pytest.mark.parametrize("word", ["no", "pending"])
def test_who_refused_is_told_by_number_and_not_by_id(word, tmp_path):
    people = listed(PLAIN).replace({"consent": {"no": word}})

    corpus = ei.read_corpus(survey(tmp_path, PLAIN), participants=people)

    told = "\n".join(corpus.problems["problem"])
    assert told.startswith("3 people left out")
    assert not any(one in told for one in PLAIN)
