"""Nobody's column may clash with one of ours, whatever it is called."""

from contextlib import suppress

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights import tables
from empathy_insights.analysis import (
    cooccurrence,
    crosstab,
    crosswalk,
    quotes,
    rounds,
    saturation,
    voices,
)
from empathy_insights.codebook import Patterns
from empathy_insights.corpus import Corpus
from empathy_insights.errors import TableError

_MODULES = (
    tables,
    cooccurrence,
    crosstab,
    crosswalk,
    quotes,
    rounds,
    saturation,
    voices,
)
SCHEMAS = [
    found
    for module in _MODULES
    for found in vars(module).values()
    if isinstance(found, tables.Schema)
]
OURS = sorted({name for schema in SCHEMAS for name in schema.columns})
MORE = [
    "index", "level_0", "variable", "values", "Status", "THEME", "hidden", "shown", "n",
    "facilitator_why", "question", "before", "unit", "group", "utterance", "weight",
    "person", "where", "_end", "_measure", "sum", "size", "is_heard", "role_group",
]  # fmt: skip
ALL = list(dict.fromkeys([*OURS, *MORE]))
BATCHES = [ALL[n::4] for n in range(4)]

TALK = "Interviewer: What gets in the way?\n\nLena: The bus is late every day.\n"
ANSWERS = [
    "The bus is late every day and I miss the first lesson because of it.",
    "We share one laptop for three kids so homework is done at night.",
    "Nobody calls back from the office when I leave a message for them.",
    "My teacher explains it again in Spanish and that helps me a lot.",
]


def _study(folder, names):
    """Write an interview, a list of people and a survey, with columns of these names."""
    (folder / "lena.txt").write_text(TALK, encoding="utf-8")
    listed = pd.DataFrame({"participant_id": ["P1", "P2"], "name": ["Lena", "Omar"]})
    own = [name for name in names if name not in listed]
    listed.assign(**{name: ["EL", "not EL"] for name in own}).to_csv(
        folder / "participants.csv", index=False
    )
    survey = pd.DataFrame({"respondent": ["r0", "r1", "r2", "r3"]})
    survey = survey.assign(**{name: ["EL", "no"] * 2 for name in names}, why=ANSWERS)
    survey = survey.rename(columns={"why": "What gets in the way?"})
    survey.to_csv(folder / "survey.csv", index=False)
    return folder


def _by(run, name):
    """Count by a column, or take the one sentence that says what to do."""
    try:
        ei.theme_frequency(run.codings, run.corpus, by=name)
    except TableError as error:
        return "\n" not in str(error)
    return True


@pytest.mark.slow
@pytest.mark.parametrize("names", BATCHES, ids=lambda names: names[0])
def test_columns_called_like_ours_go_through_analyze(tmp_path, names):
    run = ei.analyze(_study(tmp_path, names), allow_identities=True)

    counted = {
        name: _by(run, name) for name in (*names, *run.corpus.participants.columns)
    }
    assert [name for name, is_fine in counted.items() if not is_fine] == []


@pytest.mark.parametrize("name", ["status", "theme", "document_id", "of", "kind"])
def test_a_column_called_like_ours_gets_another_name_and_a_remark(tmp_path, name):
    corpus = ei.read_corpus(_study(tmp_path, [name]))

    listed = corpus.participants.set_index("participant_id")[f"their_{name}"]
    said = corpus.problems[corpus.problems["problem"].str.contains("is called")]
    assert (listed["P1"], listed["P2"]) == ("EL", "not EL")
    assert name not in corpus.participants
    assert said["path"].tolist() == ["participants.csv", "survey.csv"]
    assert said["problem"].str.startswith(f"'{name}' is called 'their_{name}'").all()


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Return the analysis of a study of which people have a status and a site."""
    folder = _study(tmp_path_factory.mktemp("study"), ["status", "site"])
    return ei.analyze(folder, embedder="static", allow_identities=True)


def test_people_are_counted_by_the_other_name(run):
    table = ei.theme_frequency(run.codings, run.corpus, by="their_status")

    assert set(table.groupby("their_status")["of"].max().items()) == {
        ("EL", 3),
        ("no", 2),
    }


def test_counting_by_our_own_name_says_which_to_use(run):
    with pytest.raises(TableError, match=r"choose from .*their_status"):
        ei.theme_frequency(run.codings, run.corpus, by="status")


def test_columns_of_other_names_stay_as_they_are(tmp_path):
    corpus = ei.read_corpus(_study(tmp_path, ["grade", "language", "site"]))

    assert set(corpus.participants) >= {"grade", "language", "site"}
    assert not corpus.problems["problem"].str.contains("is called").any()


def test_people_are_counted_by_their_site_where_no_document_says_one(run):
    table = ei.theme_frequency(run.codings, run.corpus, by="site")

    assert set(table["site"]) == {"EL", "no"}


@pytest.mark.slow
@pytest.mark.parametrize("data", ["study", "survey_theme.csv"])
def test_the_columns_that_ended_an_analysis_do_no_more(shared, data):
    case = shared / "data" / "field" / "38-column-names-crash"
    if not case.is_dir():
        pytest.skip("the field cases of ../shared are not on this machine")

    run = ei.analyze(case / data, participants=case / "participants.csv")

    assert len(run.corpus.participants) >= 2


def _with_column(corpus, name):
    people = corpus.participants.assign(**{name: "x"})
    return Corpus(corpus.documents, people, corpus.utterances, corpus.problems)


@pytest.fixture(scope="module")
def by_hand(talk):
    corpus = talk({"d": [("?", "Why?"), ("ana", "The bus is late.")]})
    bus = ei.Theme("bus", "The bus", patterns=Patterns(("bus",)))
    book = ei.Codebook("b", "B", themes=(bus,))
    return corpus, ei.code(ei.segment(corpus), book)


@pytest.mark.slow
@pytest.mark.parametrize(
    "count",
    [
        ei.theme_frequency,
        *(
            pytest.param(f, marks=pytest.mark.slow)
            for f in (ei.crosstab, ei.saturation)
        ),
    ],
)
@pytest.mark.parametrize("name", sorted({*OURS} - {*tables.PARTICIPANTS.columns}))
def test_tables_take_a_corpus_made_by_hand_with_any_column(by_hand, name, count):
    corpus, codings = by_hand
    changed = _with_column(corpus, name)

    assert len(count(codings, changed, by="role")) > 0
    with suppress(TableError):
        count(codings, changed, by=name)
