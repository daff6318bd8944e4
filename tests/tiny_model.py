"""A real, tiny sentence-transformer: each word has a vector, and is its own direction."""

from pathlib import Path

import numpy as np
import pytest

WORDS = ("[PAD]", "[UNK]", "bus", "late", "lunch", "cold", "the", "is")


def write_tiny_model(folder: Path) -> Path:
    """Write `model.onnx` and `tokenizer.json`, or skip where nothing can run them."""
    onnx = pytest.importorskip("onnx", reason="onnx writes the small model")
    pytest.importorskip(
        "onnxruntime", reason="the extra `transformer` is not installed"
    )
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(
        models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    vectors = np.eye(len(WORDS), dtype=np.float32)
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("Gather", ["vectors", "input_ids"], ["tokens"])],
        "tiny",
        [
            onnx.helper.make_tensor_value_info(
                "input_ids", onnx.TensorProto.INT64, ["batch", "length"]
            )
        ],
        [
            onnx.helper.make_tensor_value_info(
                "tokens", onnx.TensorProto.FLOAT, ["batch", "length", len(WORDS)]
            )
        ],
        [onnx.numpy_helper.from_array(vectors, "vectors")],
    )
    model = onnx.helper.make_model(
        graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=9
    )
    onnx.save(model, str(folder / "model.onnx"))
    return folder
