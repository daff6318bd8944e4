import numpy as np
import pytest

from empathy_insights.codebook import Codebook, Example, Theme
from empathy_insights.coding.models.by_codebook import SemanticCoder
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.text.embedders import OnnxEmbedder, embedder_of

from .tiny_model import write_tiny_model


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_tiny_model(tmp_path_factory.mktemp("tiny"))


def test_vectors_are_the_mean_of_the_words_padding_left_out(folder):
    vectors = OnnxEmbedder(folder)(["bus late", "bus", "the bus is cold"])

    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-6)
    np.testing.assert_allclose(vectors[1], np.eye(8)[2], atol=1e-6)
    np.testing.assert_allclose(vectors[0, [2, 3]], [2**-0.5] * 2, atol=1e-6)
    assert vectors[2, 0] == 0


def test_it_can_be_used_by_a_coder(folder):
    book = Codebook(
        "b",
        "B",
        themes=(
            Theme("bus", "bus", examples=(Example("the bus is late"),)),
            Theme("food", "lunch", examples=(Example("lunch is cold"),)),
        ),
    )

    chances = SemanticCoder(book, OnnxEmbedder(folder)).chances(["late bus"])

    assert chances["bus"].iloc[0] > 0.6


def test_a_folder_without_the_files_says_what_to_give(tmp_path):
    with pytest.raises(
        EmpathyInsightsError, match=r"there is no model\.onnx; give the"
    ):
        OnnxEmbedder(tmp_path)(["x"])


def test_a_folder_names_its_embedder(folder):
    chosen = embedder_of(str(folder))

    assert chosen == OnnxEmbedder(folder)
    assert embedder_of(chosen) is chosen


def test_the_folder_may_be_laid_out_as_published(folder, tmp_path):
    published = tmp_path / "all-tiny"
    (published / "onnx").mkdir(parents=True)
    (published / "onnx" / "model.onnx").write_bytes(
        (folder / "model.onnx").read_bytes()
    )
    (published / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())

    vectors = OnnxEmbedder(published)(["the bus is late"])

    np.testing.assert_array_equal(vectors, OnnxEmbedder(folder)(["the bus is late"]))
