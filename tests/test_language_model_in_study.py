"""A language model in a study: what it is worth, and that it hears no names."""

import json

import numpy as np
import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.analysis.estimate.weighing import weigh
from empathy_insights.errors import OptionError
from empathy_insights.report.methods import coding_said, language_model_said
from empathy_insights.tables import CODINGS

from .fake_model import FakeModel, serving
from .test_language_model import BOOK, SAID, WORDS

pytestmark = pytest.mark.slow


@pytest.fixture
def model():
    with serving(FakeModel(WORDS)) as fake:
        yield fake


# What it is worth, people who read say.

THEMES = ["bus", "food"]


def study_of(n):
    """Return what n documents of four passages say, and what people say of them."""
    random = np.random.default_rng(0)
    truth = random.random((4 * n, 2)) < 0.3
    ids = [f"d{k // 4:03d}:{k % 4:04d}.01" for k in range(4 * n)]
    segments = pd.DataFrame({"segment_id": ids, "document_id": [i[:4] for i in ids]})
    given = [
        {
            "segment_id": one, "theme": theme, "coder": "kim", "status": "human",
            "method": "read", "codebook_sha256": "",
        }
        for one, row in zip(ids, truth, strict=True)
        for theme in ([t for t, is_ in zip(THEMES, row, strict=True) if is_] or ["no_theme"])
    ]  # fmt: skip
    return segments, truth, CODINGS.frame(given)


def chances(segments, values):
    return segments[["segment_id"]].join(pd.DataFrame(values, columns=THEMES))


def blurred(truth, noise, seed):
    odds = np.where(truth, 1.0, -1.5)
    odds = odds + np.random.default_rng(seed).normal(0, noise, truth.shape)
    return 1 / (1 + np.exp(-odds))


def test_a_coder_that_helps_gets_a_say():
    segments, truth, codings = study_of(20)
    first = chances(segments, blurred(truth, 2.0, 1))
    second = chances(segments, blurred(truth, 0.3, 2))

    found = weigh(first, second, codings, segments)

    assert found.share >= 0.5
    assert found.second > found.first
    assert not found.chances[THEMES].equals(first[THEMES])


def test_a_coder_that_guesses_is_left_out():
    segments, truth, codings = study_of(20)
    first = chances(segments, blurred(truth, 0.5, 1))
    second = chances(segments, np.random.default_rng(3).random(truth.shape))

    found = weigh(first, second, codings, segments)

    assert found.share == 0
    assert found.second < found.first
    pd.testing.assert_frame_equal(found.chances, first)


def test_before_people_have_read_it_counts_for_nothing():
    segments, truth, codings = study_of(20)
    first = chances(segments, blurred(truth, 2.0, 1))
    few = codings[codings["segment_id"] < "d004"]
    second = chances(segments, blurred(truth, 0.1, 2))

    found = weigh(first, second, few, segments)

    assert not found.is_judged
    assert found.share == 0
    pd.testing.assert_frame_equal(found.chances, first)


# In a study.


@pytest.fixture
def interviews(tmp_path):
    folder = tmp_path / "interviews"
    folder.mkdir()
    for n in range(6):
        said = [
            f"Maria{n}: {text} I told Zelindra Quexalote {k}."
            for k, text in enumerate(SAID)
        ]
        lines = [f"Interviewer: And then, {k}?\n{line}" for k, line in enumerate(said)]
        (folder / f"talk{n}.txt").write_text("\n".join(lines), encoding="utf-8")
    (folder / "roster.csv").write_text("name\nZelindra Quexalote\n", encoding="utf-8")
    save = folder.parent / "mine.yaml"
    ei.save_codebook(BOOK, save)
    return folder


def heard_in(folder, model, **options):
    given = {
        "codebook": BOOK, "coder": model.url, "embedder": "static", "cache": True,
        "roster": folder / "roster.csv",
    }  # fmt: skip
    return ei.analyze(folder, **{**given, **options})


def test_a_study_hears_it_beside_the_codebook_without_names(interviews, model):
    told = []
    found = heard_in(interviews, model, progress=told.append)

    assert set(found.codings["coder"]) >= {"language model"}
    assert found.manifest["language_model"]["answered"] == len(found.segments)
    assert found.manifest["language_model"]["share"] == 0
    sent = json.dumps(model.questions)
    for name in ("Zelindra", "Quexalote", "Maria"):
        assert name not in sent
    asked = len(model.questions)

    again = heard_in(interviews, model)

    assert len(model.questions) == asked
    pd.testing.assert_frame_equal(again.codings, found.codings)
    pd.testing.assert_frame_equal(again.themes, found.themes)


def test_a_study_without_it_is_as_before(interviews, model):
    with_it, without = (
        heard_in(interviews, model),
        heard_in(interviews, model, coder=None),
    )

    pd.testing.assert_frame_equal(with_it.chances, without.chances)
    assert "language_model" not in without.manifest
    own = with_it.codings[with_it.codings["coder"] != "language model"]
    assert own["segment_id"].tolist() == without.codings["segment_id"].tolist()


def test_a_study_says_what_it_is_worth(interviews, model):
    first = heard_in(interviews, model)
    has = {
        theme: first.segments["text"].str.contains(word)
        for theme, word in WORDS.items()
    }
    hand = pd.DataFrame(
        {
            "segment_id": one, "theme": theme, "coder": "kim", "status": "human",
            "method": "read", "codebook_sha256": "",
        }
        for n, one in enumerate(first.segments["segment_id"])
        for theme in ([t for t in WORDS if has[t][n]] or ["no_theme"])
    )  # fmt: skip

    read = heard_in(interviews, model, hand_codes=hand)

    told = read.manifest["language_model"]
    assert told["judged"]
    assert told["average_precision"] == 1
    assert "only suggested" in coding_said(first)
    assert "counts for nothing until" in coding_said(first)


@pytest.mark.parametrize(
    ("theirs", "share", "said"),
    [
        (0.31, 0.0, "found themes worse than the usual coder (average precision 0.31 and "
         "0.55). Held-out documents were foretold no better with it, so the counts leave "
         "it out."),
        (0.71, 0.5, "Held-out documents were foretold better with it, so it has 50% of "
         "the say in the counts."),
    ],
)  # fmt: skip
def test_the_report_says_so(theirs, share, said):
    told = {
        "model": "tiny on this machine", "judged": True, "read": 60, "share": share,
        "average_precision": theirs, "average_precision_of_first": 0.55,
    }  # fmt: skip

    class Run:
        manifest = {"language_model": told}  # noqa: RUF012

    assert language_model_said(Run()).endswith(said)


def test_a_study_file_names_it(interviews, model):
    study = interviews.parent / "study.yaml"
    study.write_text(
        f"data: interviews\ncodebook: mine.yaml\ncoder: {model.url}\nmodel: other\n",
        encoding="utf-8",
    )

    found = ei.analyze(study, embedder="static")

    assert found.manifest["language_model"]["model"] == "other on this machine"


def test_it_hears_no_names_that_stay_in(interviews, model):
    with pytest.raises(OptionError, match="without names only"):
        heard_in(interviews, model, allow_identities=True)
    assert model.questions == []


@pytest.mark.slow
@pytest.mark.usefixtures("no_pixels")
def test_the_command_line_asks_it(interviews, model, run):
    code, _, told = run(
        "analyze", interviews, "--codebook", interviews.parent / "mine.yaml",
        "--coder", model.url, "--model", "other", "--fast", "--json",
        "--out", interviews.parent / "out",
    )  # fmt: skip

    assert code == 0, told
    assert {question["model"] for question in model.questions} == {"other"}
    kept = interviews / ".empathy_insights" / "language_model"
    assert [file.suffix for file in kept.iterdir()] == [".jsonl"]


def test_a_wrong_address_is_told_before_anything_is_read(tmp_path):
    with pytest.raises(OptionError, match="must run on this machine"):
        ei.analyze(tmp_path / "nothing", coder="https://models.example.org/v1")
