"""Sentences, lemmas, segments and embeddings of what people said.

- `embedders`: texts to vectors, offline
- `onnx_embedder`: contextual embedders, the default and the user's own
- `segments`: what participants said, cut into the passages that are coded
- `tokens`: words and sentences, with code-point offsets
"""
