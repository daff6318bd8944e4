"""Sentences, lemmas, segments and embeddings of what people said.

- `embedders`: texts to vectors, offline
- `segments`: what participants said, cut into the passages that are coded
- `tokens`: words and sentences, with code-point offsets
"""
