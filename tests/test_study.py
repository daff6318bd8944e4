import inspect
import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import empathy_insights as ei
from empathy_insights.analysis.table_facts import in_told_order
from empathy_insights.errors import CodebookError, TableError, TranscriptError
from empathy_insights.study import STAGES

from .conftest import SAMPLE


def test_the_sample_is_as_rich_as_promised(sample_analysis):
    corpus = sample_analysis.corpus
    roles = corpus.participants["role"].value_counts()

    assert len(corpus.documents) >= 14
    assert len({path.rsplit(".", 1)[1] for path in corpus.documents["path"]}) >= 6
    assert corpus.utterances["text"].str.split().str.len().sum() >= 15_000
    assert len(corpus.participants) >= 24
    assert {"student", "family", "teacher", "school_leader"} <= set(roles.index)
    assert (corpus.documents["kind"] == "focus_group").sum() == 2
    assert set(corpus.documents["round"].dropna()) == {"1", "2"}


def test_every_participants_segment_of_the_sample_is_coded_by_hand(sample_analysis):
    hand = pd.read_csv(SAMPLE / "hand_codes.csv", keep_default_na=False)

    assert set(hand["segment_id"]) == set(sample_analysis.segments["segment_id"])


def test_counting_mentions_would_rank_the_sample_differently(sample_analysis):
    book = sample_analysis.codebook
    hand = ei.read_codings(SAMPLE / "hand_codes.csv", book)

    table = ei.theme_frequency(hand, sample_analysis.corpus, codebook=book)

    by_people = table["theme"].tolist()
    by_mentions = table.sort_values("segments", ascending=False)["theme"].tolist()
    assert by_people[:3] == ["student_ownership", "tech_support", "digital_access"]
    assert by_people.index("workload_time") >= 8
    assert by_mentions.index("workload_time") <= 3


def test_a_person_in_two_rounds_counts_once(sample_analysis):
    turns = sample_analysis.corpus.utterances
    documents = turns.loc[turns["participant_id"] == "s01", "document_id"].unique()

    assert documents.tolist() == ["r1_alder_student_01", "r2_alder_student_05"]


def test_no_facilitators_word_is_coded(sample_analysis):
    asked = sample_analysis.corpus.utterances.query("is_facilitator")["utterance_id"]

    assert not sample_analysis.segments["utterance_id"].isin(asked).any()
    assert not sample_analysis.codings["segment_id"].str.startswith(tuple(asked)).any()


def test_hand_codes_take_the_place_of_automatic_ones(sample_by_hand):
    analysis = sample_by_hand

    assert analysis.themes["status"].unique().tolist() == ["human"]
    assert repr(analysis).splitlines()[1] == (
        "Raised most: student ownership, by 35 of 41 people (85%; of people like them 71% "
        "to 93%). Most often missing or hard: tech support."
    )


@pytest.mark.slow
def test_two_runs_give_the_same(sample_analysis):
    again = ei.analyze(SAMPLE)

    assert_frame_equal(again.codings, sample_analysis.codings)
    assert_frame_equal(again.themes, sample_analysis.themes)
    assert_frame_equal(again.topics.assignments, sample_analysis.topics.assignments)
    assert again.problem.question == sample_analysis.problem.question


def test_the_manifest_can_be_written_as_json_and_names_every_file(sample_analysis):
    manifest = json.loads(json.dumps(sample_analysis.manifest))

    paths = [document["path"] for document in manifest["documents"]]
    assert paths == sorted(sample_analysis.corpus.documents["path"])
    assert manifest["codebook"]["sha256"] == sample_analysis.codebook.sha256


def test_each_stage_is_told_as_it_begins(talk):
    told = []

    ei.analyze(
        talk({"d": [("ana", "Locked out.")]}), embedder="static", progress=told.append
    )

    assert tuple(told) == STAGES


def test_a_document_in_a_language_the_codebook_does_not_speak_is_listed(tmp_path):
    words = (
        "Ich finde den Unterricht gut, aber das Internet ist in der Schule zu langsam. "
    )
    (tmp_path / "a.txt").write_text(f"Interviewer: Wie geht es?\n\nEva: {words * 3}\n")

    problems = ei.analyze(tmp_path, embedder="static").corpus.problems["problem"]

    assert problems.tolist()[-1] == (
        "the language seems to be 'de', the codebook speaks 'en': few of its themes can "
        "be found here"
    )


@pytest.mark.parametrize(
    ("source", "codebook", "kind"),
    [
        ("no/such/folder", "empathy_core", TranscriptError),
        (SAMPLE, "no_book", CodebookError),
    ],
)
def test_bad_input_is_refused_in_one_sentence(source, codebook, kind):
    with pytest.raises(kind) as caught:
        ei.analyze(source, codebook=codebook)

    assert "\n" not in str(caught.value)


def test_all_public_names_are_there_and_documented():
    errors = [name for name in ei.__all__ if name.endswith(("Error", "Warning"))]
    assert len(ei.__all__) - len(errors) <= 54
    assert dir(ei) == sorted([*ei.__all__, "__version__"])
    assert ei.__version__ == metadata.version("empathy-insights")
    assert [name for name in ei.__all__ if not getattr(ei, name).__doc__] == []


def described(function):
    """Return the parameters that a docstring describes."""
    heads = re.findall(r"^([*\w, ]+)$", inspect.getdoc(function), re.MULTILINE)
    return {name.strip(" *") for head in heads for name in head.split(",")}


def test_every_public_function_describes_its_parameters_and_gives_an_example():
    functions = [
        one for name in ei.__all__ if inspect.isfunction(one := getattr(ei, name))
    ]

    for function in functions:
        assert {*inspect.signature(function).parameters} <= described(function)
        assert ">>> " in inspect.getdoc(function)
        assert "See Also" in inspect.getdoc(function)


@pytest.mark.parametrize(
    "kind",
    [
        ei.Corpus, ei.Codebook, ei.Theme, ei.LearnedCoder, ei.Estimate, ei.Topics,
        ei.ProblemOfPractice, ei.Analysis,
    ],
)  # fmt: skip
def test_every_public_class_describes_its_own_fields_and_says_where_to_go_on(kind):
    assert {*inspect.get_annotations(kind)} <= described(kind)
    assert "See Also" in inspect.getdoc(kind)


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'analyse'"):
        ei.analyse  # noqa: B018


def test_importing_loads_nothing_heavy_and_touches_no_warning_filter():
    script = (
        "import sys, warnings; before = list(warnings.filters); import empathy_insights; "
        "assert warnings.filters == before; heavy = {'spacy', 'bertopic', 'sklearn', "
        "'matplotlib', 'pandas', 'wordllama'} & set(sys.modules); assert not heavy, heavy"
    )

    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_notebook_shows_what_a_person_looks_at_first(sample_analysis):
    shown = {
        "corpus": sample_analysis.corpus._repr_html_(),
        "codebook": sample_analysis.codebook._repr_html_(),
        "topics": sample_analysis.topics._repr_html_(),
        "analysis": sample_analysis._repr_html_(),
    }

    assert "<td>student</td>" in shown["corpus"]
    assert "<td>tech_support</td>" in shown["codebook"]
    assert "<th>people</th>" in shown["topics"]
    first = in_told_order(sample_analysis.themes).iloc[0]["name"]
    assert f"First look, nobody has read yet: {first.lower()}" in shown["analysis"]
    assert f"<td>{first}</td>" in shown["analysis"]


def test_a_notebook_shows_what_was_raised_most_once_people_have_read(sample_by_hand):
    shown = sample_by_hand._repr_html_()

    first = sample_by_hand.themes.iloc[0]["name"]
    assert f"Raised most: {first.lower()}" in shown
    assert f"<td>{first}</td>" in shown


def test_names_with_markup_are_inert_in_a_notebook():
    book = ei.Codebook("b", "<i>", themes=(ei.Theme("t", "<img src=x>"),))

    assert "<img" not in book._repr_html_()


def test_own_tables_need_only_what_is_used(talk):
    corpus = talk(
        {"d": [("ana", "The bus is late.")], "e": [("ben", "The bus again.")]}
    )
    own = pd.DataFrame({"segment_id": ["d:0001.01", "e:0001.01"], "theme": "bus"})

    assert ei.theme_frequency(own, corpus)["people"].tolist() == [2]
    assert ei.agreement(own, own.assign(coder="kim"))["both"].tolist() == [2, 2]


@pytest.mark.parametrize("as_a", [str, Path])
def test_one_file_of_decisions_needs_no_list(talk, as_a, tmp_path):
    with pytest.raises(TableError, match=r"kim\.xlsx: there is no such file"):
        ei.analyze(
            talk({"d": [("ana", "The bus is late.")]}),
            decisions=as_a(tmp_path / "kim.xlsx"),
            embedder="static",
        )
