"""Sentences, lemmas, segments and embeddings of what people said."""
