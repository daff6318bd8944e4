"""Every public function tells a wrong kind of argument in one sentence."""

import inspect
import pickle

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.errors import OptionError, TableError
from empathy_insights.tables import CODINGS

FUNCTIONS = sorted(name for name in ei.__all__ if inspect.isfunction(getattr(ei, name)))


class Strange:
    """Something that no function takes."""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_wrong_kind_is_told_by_the_name_of_the_parameter(name):
    function = getattr(ei, name)
    first, *others = inspect.signature(function).parameters.values()
    rest = [
        None
        for p in others
        if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD
    ]

    with pytest.raises(TypeError) as caught:
        function(Strange(), *rest)

    assert str(caught.value).startswith(f"{name}: {first.name} must be a")
    assert str(caught.value).endswith(", not Strange")
    assert "\n" not in str(caught.value)


def test_options_are_checked_too():
    with pytest.raises(
        TypeError, match="read_corpus: name_pattern must be a text or None"
    ):
        ei.read_corpus("x", name_pattern=3)


def test_a_choice_lists_what_there_is(tmp_path):
    (tmp_path / "a.txt").write_text("Interviewer: So?\nAna: Yes.\n")

    with pytest.raises(ValueError, match="by must be 'turn' or 'sentence', not 'page'"):
        ei.segment(ei.read_corpus(tmp_path), by="page")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_public_function_can_be_sent_to_another_process(name):
    assert pickle.loads(pickle.dumps(getattr(ei, name))) is getattr(ei, name)


@pytest.fixture(scope="module")
def three():
    """Return answers of four people, as segments and as a corpus, and a codebook."""
    said = ["Locked out.", "Locked out again.", "The bus is late.", "Fine."]
    answers = pd.DataFrame({"who": list("abcd"), "said": said})
    corpus = ei.corpus_from_frame(answers, text="said", person="who")
    book = ei.Codebook("b", "B", themes=(ei.Theme("bus", "Bus"),))
    return ei.segment(corpus), corpus, book


def by_hand(segments, theme="bus", **more):
    told = {"segment_id": segments["segment_id"], "theme": theme, "status": "human"}
    return pd.DataFrame(told).assign(**more)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda s, c, b: ei.theme_frequency(by_hand(s), c, unit="persons"),
         r"unit must be 'people' or .* or 'words', not 'persons'"),
        (lambda s, c, b: ei.theme_frequency(by_hand(s), c, level="subs"), "level must be 'main'"),
        (lambda s, c, b: ei.crosstab(by_hand(s), c, by="role", level="subs"), "level must be"),
        (lambda s, c, b: ei.agreement(by_hand(s), by_hand(s), universe="al"), "universe must be"),
        (lambda s, c, b: ei.audit_sample(s, by_hand(s), unit="person"),
         "unit must be 'segments' or 'people', not 'person'"),
        (lambda s, c, b: ei.audit_sample(s, by_hand(s), n=0), "n must be 1 or more, not 0"),
        (lambda s, c, b: ei.next_passages(ei.analyze(c, codebook=b, embedder="static"), n=-5),
         "n must be 1 or more, not -5"),
        (lambda s, c, b: ei.review_sheet(by_hand(s), s, b, "x.xlsx", n=-1), "n must be 1 or more"),
    ],
)  # fmt: skip
def test_a_choice_under_a_name_and_a_count_are_one_sentence(three, call, said):
    with pytest.raises(ValueError, match=said):
        call(*three)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda s, c, b: ei.theme_frequency(by_hand(s, status="Hand"), c),
         "'status' is none of human, .* in 4 rows"),
        (lambda s, c, b: ei.theme_frequency(by_hand(s, "Buss"), c, codebook=b),
         "4 codings by people are of themes that the codebook 'B' does not have"),
        (lambda s, c, b: ei.crosstab(by_hand(s, "Bus"), c, by="role", codebook=b),
         "4 codings by people are of themes"),
        (lambda s, c, b: ei.fit_coder(s, by_hand(s, "Bus"), b), "4 codings by people"),
        (lambda s, c, b: ei.fit_coder(s, by_hand(s, status="auto"), b),
         "no segment was coded by people"),
        (lambda s, c, b: ei.disagreements(s[["text"]], s[["text"]], s),
         "lacks 'segment_id', 'theme'; its columns are: text$"),
        (lambda s, c, b: ei.theme_frequency(by_hand(s[:1], segment_id="Wren is ill:1.1"), c),
         "belong to utterances that this corpus does not have; code"),
        (lambda s, c, b: ei.theme_frequency(pd.concat([by_hand(s), by_hand(s)[["theme"]]], axis=1), c),
         "two columns of the codings table are called 'theme'"),
    ],
)  # fmt: skip
def test_codings_that_cannot_count_are_refused_and_no_zeros(three, call, said):
    with pytest.raises(TableError, match=said) as caught:
        call(*three)
    assert "Wren" not in str(caught.value)


def test_codings_of_a_machine_may_have_themes_that_no_codebook_lists(three):
    segments, corpus, book = three
    codings = by_hand(segments, "voice", status="auto")

    assert ei.theme_frequency(codings, corpus, codebook=book)["theme"].tolist()


FRAME = pd.DataFrame({"who": ["ana", "ben"], "a": ["I forgot my password.", "Fine."]})


@pytest.fixture(scope="module")
def coded():
    """Return a corpus, its segments, and codings as somebody types them."""
    corpus = ei.corpus_from_frame(FRAME, text="a", person="who")
    segments = ei.segment(corpus)
    return (
        corpus,
        segments,
        segments[["segment_id"]].assign(theme="tech_support", coder="kim"),
    )


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("n_folds", {"n_folds": 1}), ("n_resamples", {"n_resamples": 0}),
        ("target_precision", {"target_precision": 7.0}), ("random_state", {"random_state": -1}),
    ],
)  # fmt: skip
def test_numbers_that_mean_nothing_are_refused_by_name(coded, name, options):
    _, segments, codings = coded
    book = ei.load_codebook("empathy_core")

    with pytest.raises(OptionError, match=rf"^fit_coder: {name} must be "):
        ei.fit_coder(segments, codings, book, **options)


@pytest.mark.parametrize(
    "of",
    [
        lambda codings, corpus, _: ei.theme_frequency(codings, corpus),
        lambda codings, corpus, _: ei.crosstab(codings, corpus, by="role"),
        lambda codings, corpus, _: ei.cooccurrence(codings, corpus),
        lambda codings, corpus, _: ei.saturation(codings, corpus),
        lambda codings, corpus, _: ei.theme_over_rounds(codings, corpus),
        lambda codings, corpus, _: ei.case_matrix(codings, corpus),
        lambda codings, corpus, segments: ei.coverage(segments, codings, corpus),
    ],
)
def test_codings_of_three_columns_do_for_every_table(coded, of):
    corpus, segments, codings = coded

    short, whole = (
        of(codings, corpus, segments),
        of(CODINGS.completed(codings), corpus, segments),
    )

    assert short.equals(whole)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda table: ei.publish(table, beside=table), "beside must be a list of tables, not"),
        (lambda table: ei.publish(table.pivot_table(index="theme", values="people", columns="of")),
         "does not say what it counts"),
    ],
)  # fmt: skip
def test_a_table_in_the_place_of_several_or_pivoted_is_one_sentence(coded, call, said):
    corpus, _, codings = coded
    table = ei.theme_frequency(codings, corpus)

    with pytest.raises((TypeError, ei.EmpathyInsightsError), match=said):
        call(table)
    with pytest.raises(TypeError, match="estimate must be an Estimate"):
        ei.theme_frequency(codings, corpus, estimate=table)


@pytest.mark.parametrize("folder", ["", None])
def test_results_are_written_to_a_place_that_has_a_name(
    coded, folder, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    analysis = ei.analyze(coded[0], embedder="static")

    with pytest.raises((OptionError, TypeError), match=r"^write: folder must"):
        analysis.write(folder)
    assert list(tmp_path.iterdir()) == []
